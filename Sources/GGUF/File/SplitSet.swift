import HIFIFiles
import HIFIForeign

/// A model that is split into several files, or lies in a single one, taken as one unit.
///
/// Parts are found by their names; what the keys `split.no`, `split.count` and `split.tensors.count` say is compared with that.
public struct SplitSet: Sendable {
    /// One file of the set.
    public struct Part: Sendable {
        /// The part's number, from 1.
        public let number: Int
        /// The scanned file.
        public let file: GGUFFile
    }

    /// The parts that exist, by number.
    public let parts: [Part]
    /// How many parts the names announce; 1 for a file that is not named as a part.
    public let count: Int
    /// How many parts the name or, of a file that is not named as a part, its key `split.count` announces; at least 1.
    public let announcedCount: Int
    /// Everything that does not fit together. Problems inside a part are those of its scan.
    public let problems: [SplitProblem]
    /// Which part a tensor is in; empty where there is one part only.
    private let tensorPart: [ByteView: Int]

    /// Opens the set that `path` belongs to: any of its parts, or a single file.
    ///
    /// Throws only where `path` itself cannot be read; what is wrong with its siblings is listed in `problems`.
    ///
    /// - Parameter source: where the files come from.
    public static func scan(
        path: String, limits: ScanLimits = ScanLimits(), source: any FileSource = LocalFiles()
    ) throws(FileError) -> SplitSet {
        let given = try GGUFFile.scan(path: path, limits: limits, source: source)
        guard let name = SplitName(path: path) else { return SplitSet(unnamed: given) }
        var parts: [Part] = []
        var problems: [SplitProblem] = []
        for number in 1...name.count {
            if number == name.number {
                parts.append(Part(number: number, file: given))
                continue
            }
            do {
                parts.append(Part(number: number, file: try GGUFFile.scan(path: name.path(of: number), limits: limits, source: source)))
            } catch {
                problems.append(.missingPart(number: number, error))
                // A name may announce up to 99999 parts; one that is mostly wrong need not be followed to the end.
                if problems.count >= (source.isLocal(path) ? 1000 : 8) { break }
            }
        }
        return SplitSet(parts: parts, count: name.count, announcedCount: name.count, problems: problems, isSplit: true)
    }

    /// A file that is not named as a part, with what its keys say about parts.
    private init(unnamed file: GGUFFile) {
        let (announced, problems) = Self.unnamedProblems(of: file)
        self.init(parts: [Part(number: 1, file: file)], count: 1, announcedCount: announced, problems: problems, isSplit: false)
    }

    /// As ``scan(path:limits:source:)``, but `-` is standard input, which is a file without a name and can be read once.
    public static func scan(
        argument path: String, limits: ScanLimits = ScanLimits(), source: any FileSource = LocalFiles()
    ) throws(FileError) -> SplitSet {
        guard path == StandardInput.path else { return try scan(path: path, limits: limits, source: source) }
        return SplitSet(unnamed: GGUFFile.scan(try MappedFile(argument: path), limits: limits))
    }

    /// Why parts that are there, for all that the system says, could not be opened. They are among `problems` as missing ones.
    public var refusals: [FileError] {
        problems.compactMap { problem in
            if case .missingPart(_, let error) = problem, error.isRefusal { error } else { nil }
        }
    }

    /// Throws the first problem that stands against reading the set whole: a part that is missing or broken, or parts that do not fit.
    public func checkReadable() throws(GGUFError) {
        if let error = refusals.first { throw .file(error) }
        for part in parts { try part.file.checkReadable() }
        if let problem = readingProblems.first { throw .parts(problem) }
    }

    /// Opens the set that `path` belongs to in order to read it whole, and throws the first problem that stands against that: a part that
    /// is missing or broken, or parts that do not fit together.
    ///
    /// - Parameter source: where the files come from.
    public static func open(path: String, source: any FileSource = LocalFiles()) throws(GGUFError) -> SplitSet {
        let set: SplitSet
        do { set = try scan(path: path, source: source) } catch { throw .file(error) }
        try set.checkReadable()
        return set
    }

    /// A single file as a set.
    public init(_ file: GGUFFile) {
        self.init(parts: [Part(number: 1, file: file)], count: 1, announcedCount: 1, problems: [], isSplit: false)
    }

    init(parts: [Part], count: Int, announcedCount: Int, problems: [SplitProblem], isSplit: Bool) {
        (self.parts, self.count, self.announcedCount) = (parts, count, announcedCount)
        var problems = problems
        var owner: [ByteView: Int] = [:]
        var total = 0
        for (index, part) in parts.enumerated() {
            total += part.file.tensors.count
            // A single file knows its own names.
            guard parts.count > 1 else { continue }
            for tensor in part.file.tensors {
                if let first = owner[tensor.nameBytes], first != index {
                    problems.append(
                        .duplicateTensor(name: tensor.name, firstPath: parts[first].file.path, secondPath: part.file.path))
                } else {
                    owner[tensor.nameBytes] = index
                }
            }
        }
        if isSplit {
            for part in parts { problems += Self.keyProblems(of: part, count: count) }
            if parts.count == count { problems += Self.totalProblems(of: parts, total: total) }
        }
        self.problems = problems
        tensorPart = owner
    }

    /// What the keys of a file say that is not named as a part, and how many parts there are by them. A count of 0 beside number 0 is
    /// what llama.cpp's tools leave in a file that they have merged from parts: such a file is whole.
    private static func unnamedProblems(of file: GGUFFile) -> (announced: Int, problems: [SplitProblem]) {
        var problems: [SplitProblem] = []
        func integer(_ key: String) -> Int? {
            guard let entry = file.metadata[key] else { return nil }
            guard let value = entry.integer else {
                problems.append(.wrongKeyType(path: file.path, key: ForeignText(key), found: entry.typeDescription))
                return nil
            }
            return value
        }
        let (count, number) = (integer("split.count"), integer("split.no"))
        _ = integer("split.tensors.count")
        guard let count else {
            if file.metadata["split.no"] != nil, file.metadata["split.count"] == nil {
                problems.append(.missingKey(path: file.path, key: "split.count"))
            }
            return (1, problems)
        }
        if count == 0, number ?? 0 == 0 { return (1, problems) }
        if count > 1 {
            problems.append(.nameNotOfSplitForm(path: file.path, count: count))
            for key in ["split.no", "split.tensors.count"] where file.metadata[key] == nil {
                problems.append(.missingKey(path: file.path, key: ForeignText(key)))
            }
        }
        if let number, number < 0 || number >= count {
            problems.append(.numberOutOfRange(path: file.path, number: number, count: count))
        } else if count < 1 {
            problems.append(.numberOutOfRange(path: file.path, number: number ?? 0, count: count))
        }
        // No name has more than 99999 parts.
        return (min(max(1, count), 99_999), problems)
    }

    private static func keyProblems(of part: Part, count: Int) -> [SplitProblem] {
        var problems: [SplitProblem] = []
        func check(_ key: String, expected: Int, _ problem: (Int) -> SplitProblem) {
            guard let entry = part.file.metadata[key] else {
                problems.append(.missingKey(path: part.file.path, key: ForeignText(key)))
                return
            }
            guard let found = entry.integer else {
                problems.append(.wrongKeyType(path: part.file.path, key: ForeignText(key), found: entry.typeDescription))
                return
            }
            if found != expected { problems.append(problem(found)) }
        }
        check("split.count", expected: count) { .countMismatch(path: part.file.path, expected: count, found: $0) }
        check("split.no", expected: part.number - 1) { .numberMismatch(path: part.file.path, expected: part.number - 1, found: $0) }
        // Readers look for it in the first part.
        if part.number == 1, part.file.metadata["split.tensors.count"] == nil {
            problems.append(.missingKey(path: part.file.path, key: "split.tensors.count"))
        }
        return problems
    }

    private static func totalProblems(of parts: [Part], total: Int) -> [SplitProblem] {
        parts.compactMap { part in
            guard let entry = part.file.metadata["split.tensors.count"] else { return nil }
            guard let stated = entry.integer else {
                return .wrongKeyType(path: part.file.path, key: "split.tensors.count", found: entry.typeDescription)
            }
            return stated == total ? nil : .tensorTotalMismatch(path: part.file.path, expected: stated, found: total)
        }
    }

    /// The metadata of the model: that of the first part; nil where that part is missing.
    public var metadata: Metadata? { parts.first { $0.number == 1 }?.file.metadata }

    /// Whether the names announce several parts.
    public var isSplit: Bool { count > 1 }

    /// All tensors, part by part, each with the part it is in.
    public var tensors: [(part: Part, tensor: TensorInfo)] {
        parts.flatMap { part in part.file.tensors.map { (part, $0) } }
    }

    /// The tensor of that name and the part it is in, or nil. With a name in several parts, the first.
    public func tensor(named name: String) -> (part: Part, tensor: TensorInfo)? {
        let index = parts.count == 1 ? 0 : tensorPart[ByteView(Array(name.utf8))]
        guard let index, let tensor = parts[index].file.tensor(named: name) else { return nil }
        return (parts[index], tensor)
    }

    /// The path of the part that a tensor is in; nil where there is no such tensor.
    public func path(ofTensor name: ForeignText) -> ForeignText? { tensor(named: name.raw)?.part.file.path }

    /// Bytes of all parts.
    public var byteCount: Int { parts.reduce(0) { $0 + $1.file.bytes.count } }

    /// The digest of all parts, one after the other.
    public func digest(_ algorithm: Digest.Algorithm) -> Digest {
        let hasher = MultiHasher([algorithm])
        for part in parts { hasher.update(part.file.bytes) }
        return hasher.finish()[0]
    }

    /// Throws if one of the parts was changed since it was opened.
    public func checkUnchanged() throws(FileError) {
        for part in parts { try part.file.mapping.checkUnchanged() }
    }
}

/// One way in which the parts of a split model do not fit together.
public enum SplitProblem: Hashable, Sendable {
    /// A part that the names announce cannot be read.
    case missingPart(number: Int, FileError)
    /// A file says it is one of several parts but is not named like one, so the others cannot be found.
    case nameNotOfSplitForm(path: ForeignText, count: Int)
    /// `split.no` (from 0) is not below `split.count`.
    case numberOutOfRange(path: ForeignText, number: Int, count: Int)
    /// A part lacks one of the keys of parts.
    case missingKey(path: ForeignText, key: ForeignText)
    /// A key of parts has no integer type.
    case wrongKeyType(path: ForeignText, key: ForeignText, found: String)
    /// `split.count` is not the number of parts in the name.
    case countMismatch(path: ForeignText, expected: Int, found: Int)
    /// `split.no` (from 0) is not the number in the name (from 1) less one.
    case numberMismatch(path: ForeignText, expected: Int, found: Int)
    /// Two parts have a tensor of one name.
    case duplicateTensor(name: ForeignText, firstPath: ForeignText, secondPath: ForeignText)
    /// `split.tensors.count` is not the number of tensors in all parts.
    case tensorTotalMismatch(path: ForeignText, expected: Int, found: Int)
}

extension SplitProblem: CustomStringConvertible {
    /// One line.
    public var description: String {
        switch self {
        case .missingPart(let number, let error): "part \(number) of the set: \(error)"
        case .nameNotOfSplitForm(let path, let count):
            "\(path): says it is one of \(count) parts, but is not named like NAME-00001-of-0000N.gguf"
        case .numberOutOfRange(let path, let number, let count):
            "\(path): split.no is \(number), which is not below split.count, \(count)"
        case .missingKey(let path, let key): "\(path): a part of a set, but has no key \(key)"
        case .wrongKeyType(let path, let key, let found): "\(path): key \(key) is stored as \(found), expected an integer"
        case .countMismatch(let path, let expected, let found):
            "\(path): split.count is \(found), the name says \(expected)"
        case .numberMismatch(let path, let expected, let found):
            "\(path): split.no is \(found), by the name it is \(expected)"
        case .duplicateTensor(let name, let first, let second):
            "tensor \(name) is in \(first) and in \(second)"
        case .tensorTotalMismatch(let path, let expected, let found):
            "\(path): split.tensors.count is \(expected), the parts have \(found) tensors"
        }
    }
}
