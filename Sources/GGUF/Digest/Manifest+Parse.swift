import HIFIFiles
import HIFIForeign

/// A line of a manifest that could not be understood.
public struct ManifestLineProblem: Hashable, Sendable, CustomStringConvertible {
    /// The line's number, from 1.
    public let line: Int
    /// What is wrong with it.
    public let reason: String

    /// One line.
    public var description: String { "line \(line): \(reason)" }
}

extension Manifest {
    /// A manifest is no larger than this.
    public static let limit = WholeFile.Limit("a manifest", 256 << 20)
    /// Lines longer than this are refused.
    private static let maximumLineBytes = 64 << 10
    /// More entries than this are refused.
    private static let maximumEntries = 1 << 20
    /// Problems listed; more are counted in a last one.
    private static let maximumProblems = 100

    /// Reads a manifest of either form, or what `sha256sum` and `sha1sum` write (see ``ChecksumLine``). Lines that are malformed are left
    /// out and listed; nothing is ever thrown.
    public static func parse(_ bytes: ByteView) -> (manifest: Manifest, problems: [ManifestLineProblem]) {
        var parser = Parser()
        var number = 0
        bytes.withUnsafeBytes { raw in
            // Editors put a mark in front of UTF-8.
            var rest = raw.starts(with: [0xEF, 0xBB, 0xBF]) ? raw[3...] : raw[...]
            while !rest.isEmpty, !parser.isFull {
                let end = rest.firstIndex(of: UInt8(ascii: "\n")) ?? rest.endIndex
                number += 1
                parser.take(rest[rest.startIndex..<end], number)
                rest = rest[min(end + 1, rest.endIndex)...]
            }
        }
        return (Manifest(form: parser.form, entries: parser.entries), parser.finish())
    }

    /// Reads a manifest of either form.
    public static func parse(_ text: String) -> (manifest: Manifest, problems: [ManifestLineProblem]) {
        parse(ByteView(Array(text.utf8)))
    }

    /// What a file is called in which not one line is a digest: none at all, where it is not said to be one by its first line.
    public static func noManifest(_ bytes: ByteView) -> String {
        if bytes.prefix(13).elementsEqual("# hifi-chunks".utf8) {
            return "this is a list of pieces, which `hifi repair` compares files with"
        }
        let magic = bytes.prefix(4).elementsEqual("GGUF".utf8)
        return (magic ? "this is a GGUF file, no manifest" : "this is not a manifest: no line of it is a digest with a name")
            + "; `hifi hash` and `sha256sum` write manifests"
    }

    private struct Parser {
        var form = Form.common
        var entries: [Entry] = []
        private var problems: [ManifestLineProblem] = []
        private var omitted = 0
        private var lastLine = 0
        var isFull = false

        mutating func finish() -> [ManifestLineProblem] {
            if omitted > 0 { problems.append(ManifestLineProblem(line: lastLine, reason: "\(omitted) more bad lines up to here")) }
            return problems
        }

        private mutating func refuse(_ line: Int, _ reason: String) {
            lastLine = line
            if problems.count < Manifest.maximumProblems {
                problems.append(ManifestLineProblem(line: line, reason: reason))
            } else {
                omitted += 1
            }
        }

        mutating func take(_ bytes: Slice<UnsafeRawBufferPointer>, _ number: Int) {
            guard bytes.count <= Manifest.maximumLineBytes else {
                return refuse(number, "longer than \(Manifest.maximumLineBytes) bytes")
            }
            guard UTF8Check(UnsafeRawBufferPointer(rebasing: bytes)).firstInvalid == nil else { return refuse(number, "not UTF-8") }
            let line = String(decoding: bytes.last == UInt8(ascii: "\r") ? bytes.dropLast() : bytes, as: UTF8.self)
            if line.hasPrefix("# hifi-manifest") {
                guard line == Manifest.hifiMark, number == 1 else {
                    return refuse(number, "expected \"\(Manifest.hifiMark)\" as the first line and nowhere else")
                }
                form = .hifi
                return
            }
            let text = line.utf8.drop(while: Self.isBlank)
            guard let first = text.first, first != UInt8(ascii: "#") else { return }
            takeEntry(Substring(text), number)
        }

        private static func isBlank(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x09 }

        private mutating func takeEntry(_ text: Substring, _ number: Int) {
            switch form == .hifi ? nil : ChecksumLine.parse(text) {
            case .success(let line)?: return add(Entry(digest: line.digest, target: .file(line.file), typeID: nil, dimensions: nil), number)
            case .failure(let problem)?: return refuse(number, problem.reason)
            case nil: break
            }
            let fields = text.utf8.split(maxSplits: 2, omittingEmptySubsequences: true, whereSeparator: Self.isBlank).map { Substring($0) }
            guard fields.count == 3 else { return refuse(number, "expected an algorithm, a digest and a name") }
            guard let algorithm = Digest.Algorithm(rawValue: String(fields[0])) else {
                let known = Digest.Algorithm.allCases.map(\.rawValue).joined(separator: ", ")
                return refuse(number, "unknown algorithm \(ForeignText(decoding: fields[0].utf8)) (known: \(known))")
            }
            guard let digest = Digest(algorithm, hex: fields[1]) else {
                return refuse(number, "expected \(2 * algorithm.byteCount) hexadecimal digits for \(algorithm.rawValue)")
            }
            let entry = form == .hifi ? hifiEntry(digest, fields[2], number) : commonEntry(digest, fields[2])
            if let entry { add(entry, number) }
        }

        private mutating func add(_ entry: Entry, _ number: Int) {
            guard entries.count < Manifest.maximumEntries else {
                isFull = true
                return refuse(number, "more than \(Manifest.maximumEntries) digests")
            }
            entries.append(entry)
        }

        private func commonEntry(_ digest: Digest, _ rest: Substring) -> Entry {
            var name = Substring(rest.utf8.drop(while: Self.isBlank))
            while let last = name.utf8.last, Self.isBlank(last) { name = name.dropLast() }
            let target: Target
            if let split = Self.splitCommon(name) {
                target = .tensor(file: ForeignText(path: String(name[..<split])), name: ForeignText(name[name.utf8.index(after: split)...]))
            } else {
                target = .tensorData(file: ForeignText(path: String(name)))
            }
            return Entry(digest: digest, target: target, typeID: nil, dimensions: nil)
        }

        /// Where the colon between file and tensor is. File names may have colons themselves, so an extension in front of one decides.
        private static func splitCommon(_ name: Substring) -> Substring.Index? {
            let bytes = name.utf8
            let mark = Array(".gguf:".utf8)
            var index = bytes.startIndex
            while index < bytes.endIndex {
                if bytes[index...].starts(with: mark) { return bytes.index(index, offsetBy: mark.count - 1) }
                index = bytes.index(after: index)
            }
            if name.hasSuffix(".gguf") { return nil }
            let lastPart = bytes.lastIndex(of: UInt8(ascii: "/")) ?? bytes.startIndex
            return bytes[lastPart...].firstIndex(of: UInt8(ascii: ":"))
        }

        private mutating func hifiEntry(_ digest: Digest, _ rest: Substring, _ number: Int) -> Entry? {
            let words = rest.utf8.split(whereSeparator: Self.isBlank).map { Substring($0) }
            guard let written = words.first, let target = Self.target(written) else {
                refuse(number, "the name is not written as FILE, FILE:TENSOR, FILE#header or FILE#file with %-escapes")
                return nil
            }
            var typeID: UInt32?
            var dimensions: [UInt64]?
            for word in words.dropFirst() {
                if word.hasPrefix("type="), let id = UInt32(word.dropFirst(5)) {
                    typeID = id
                } else if word.hasPrefix("dims=") {
                    let parts = word.dropFirst(5).utf8.split(separator: UInt8(ascii: "x"), omittingEmptySubsequences: true)
                    let numbers = parts.compactMap { UInt64(Substring($0)) }
                    guard numbers.count == parts.count else {
                        refuse(number, "dims= needs numbers joined by x")
                        return nil
                    }
                    dimensions = numbers
                } else {
                    refuse(number, "unexpected word \(ForeignText(word))")
                    return nil
                }
            }
            return Entry(digest: digest, target: target, typeID: typeID, dimensions: dimensions)
        }

        private static func target(_ written: Substring) -> Target? {
            let bytes = written.utf8
            guard let split = bytes.firstIndex(where: { $0 == UInt8(ascii: ":") || $0 == UInt8(ascii: "#") }) else {
                return Manifest.unescaped(written).map { .tensorData(file: $0) }
            }
            guard let file = Manifest.unescaped(written[..<split]), !file.isEmpty else { return nil }
            let rest = written[bytes.index(after: split)...]
            if bytes[split] == UInt8(ascii: ":") { return Manifest.unescaped(rest).map { .tensor(file: file, name: $0) } }
            return rest == "header" ? .header(file: file) : rest == "file" ? .file(file) : nil
        }
    }

    /// The name of a written one; nil where it is not written with %-escapes.
    package static func unescaped(_ text: Substring) -> ForeignText? {
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                guard byte != UInt8(ascii: ":"), byte != UInt8(ascii: "#") else { return nil }
                bytes.append(byte)
                continue
            }
            let digits = Substring(rest.prefix(2))
            guard digits.utf8.count == 2, digits.utf8.first != UInt8(ascii: "+"), let value = UInt8(digits, radix: 16) else {
                return nil
            }
            bytes.append(value)
            rest = rest.dropFirst(2)
        }
        return String(validating: bytes, as: UTF8.self).map { ForeignText(path: $0) }
    }
}
