/// Who means what by a type number: everything that the dialects say, put together by number.
public enum TypeRegistry {
    /// Every number that has or had a meaning, ascending.
    public static var numbers: [TypeNumber] { all }

    /// What a number has meant; nil for one that never meant anything.
    public static func number(_ id: UInt32) -> TypeNumber? { byID[id] }

    /// The types of this name, letter case ignored, whose blocks are not described: known by name, or removed.
    public static func namedOnly(_ name: String) -> [(number: UInt32, meaning: TypeMeaning)] {
        let name = name.lowercased()
        return all.flatMap { number in
            number.meanings.filter { $0.formats.isEmpty && $0.name.lowercased() == name }.map { (number.id, $0) }
        }
    }

    private static let byID = Dictionary(all.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })

    private static let all: [TypeNumber] = {
        let ids = Set(Spec.dialects.flatMap(\.ownTypes).filter { $0.status != .unassigned }.map(\.id))
        return ids.sorted().map { TypeNumber(id: $0, dialects: Spec.dialects) }
    }()
}

/// A type number and all that it has meant.
public struct TypeNumber: Sendable, Hashable {
    /// The number stored in files.
    public let id: UInt32
    /// What it means or meant, each once, in the order of the dialects that say so first.
    public let meanings: [TypeMeaning]

    init(id: UInt32, dialects: [Dialect]) {
        self.id = id
        var meanings: [TypeMeaning] = []
        for dialect in dialects {
            guard let type = dialect.type(id: id) else { continue }
            if let known = meanings.firstIndex(where: { $0.isSame(type, in: dialect) }) {
                meanings[known].dialects.append(dialect.id)
                meanings[known].until = dialect.until
            } else {
                meanings.append(TypeMeaning(type, in: dialect))
            }
        }
        self.meanings = meanings
    }

    /// Whether the number has stood for formats that differ.
    public var collides: Bool { Set(meanings.filter { $0.status == .assigned || $0.status == .foreign }.map(\.identity)).count > 1 }

    /// What tells the meanings apart in a file, as a sentence; nil where there is nothing to tell apart.
    public var decidedBy: String? {
        guard collides else { return nil }
        let formats = Set(meanings.flatMap(\.formats)).sorted().compactMap(Spec.format)
        var parts: [String] = []
        let sizes = Dictionary(grouping: formats) { Size($0) }
        if sizes.count > 1 { parts.append("the distances between tensors, where sizes differ") }
        let alike = sizes.values.filter { $0.count > 1 }.map { $0.map(\.id).sorted() }.sorted { $0[0] < $1[0] }
        for group in alike {
            let known = group.compactMap(Spec.format)
            let meanings = Set(known.map { Meaning($0) })
            let list = group.joined(separator: ", ")
            if meanings.count == 1, known[0].decoding != nil {
                parts.append("nothing for \(list), which mean the same")
            } else if known.allSatisfy({ $0.decoding?.correction != nil || !$0.marks.forms.isEmpty }) {
                parts.append("the blocks for \(list)")
            } else {
                parts.append("only the program that wrote the file for \(list)")
            }
        }
        let unsized = meanings.filter { $0.mayBeUnsized }.map(\.name)
        if !unsized.isEmpty {
            parts.append("only the program that wrote the file for \(unsized.joined(separator: ", ")), whose size is not recorded")
        }
        return parts.isEmpty ? "the program that wrote the file" : parts.joined(separator: "; ")
    }

    /// Who means what by the number, and what became of it: `IQ4_NL_4_4 (upstream, withdrawn), TQ2_0 (the HIFI fork)`.
    public var summary: String {
        var parts: [String] = []
        for meaning in meanings where !parts.contains(meaning.summary) { parts.append(meaning.summary) }
        return parts.joined(separator: ", ")
    }

    private struct Size: Hashable {
        let weights, bytes, header, tail: Int

        /// Bytes of so many weights that every format has whole blocks of them.
        init(_ format: BlockFormat) {
            weights = 256
            bytes = format.bytes * 256 / max(1, format.elements)
            (header, tail) = (format.headerBytes, format.tensorTail)
        }
    }

    private struct Meaning: Hashable {
        let fields: [Field]
        let decoding: Decoding?

        init(_ format: BlockFormat) { (fields, decoding) = (format.fields, format.decoding) }
    }
}

/// What a type number meant to some dialects.
public struct TypeMeaning: Sendable, Hashable {
    /// The name that the project gave it.
    public let name: String
    /// Whether the number can occur.
    public let status: AssignmentStatus
    /// What the type is made for.
    public let use: TypeUse
    /// The format id that a repacked type is made of.
    public let of: String?
    /// Whether the project's quantizer writes a repacked type to files, too.
    public let isWritten: Bool
    /// Format ids that it may stand for; none for a type that is known by name only.
    public let formats: [String]
    /// A stock type under another number than upstream's.
    public let isShifted: Bool
    /// Ids of the dialects in which it has this meaning, in the order of the spec.
    public fileprivate(set) var dialects: [String]
    /// The title of the first of them.
    public let who: String
    /// Whose dialect that is.
    public let family: DialectFamily
    /// When the first of them came into force; nil where that is not known.
    public let since: Milestone?
    /// When the last of them was replaced; nil where it was not, or that is not known.
    public fileprivate(set) var until: Milestone?
    /// What a person should know.
    public let note: String?
    /// Where it is known from, if dates and commits do not say it.
    public let sources: [String]

    init(_ type: TypeAssignment, in dialect: Dialect) {
        (name, status, use, of, isWritten, formats) = (type.name, type.status, type.use, type.of, type.isWritten, type.formats)
        (isShifted, note) = (type.isShifted, type.note)
        (dialects, who, family) = ([dialect.id], dialect.title, dialect.family)
        (since, until, sources) = (dialect.since, dialect.until, dialect.sources)
    }

    /// Whether a dialect goes on meaning this.
    fileprivate func isSame(_ type: TypeAssignment, in dialect: Dialect) -> Bool {
        guard type.status == status, type.formats == formats, type.use == use else { return false }
        return !formats.isEmpty || type.name == name
    }

    /// The formats, or the name where there are none: meanings that differ in it are different.
    public var identity: [String] { formats.isEmpty ? [name.lowercased()] : formats }

    /// In use in files, and nobody here knows how large its blocks are: sizes cannot rule it out.
    public var mayBeUnsized: Bool { TypeAssignment.mayBeUnsized(formats, status, use) }

    /// The project that said so first, in a word or two.
    public var project: String {
        switch family {
        case .upstream: "upstream"
        case .fork: "the HIFI fork"
        case .forkPython: "the HIFI fork's Python package"
        case .other: String(who.prefix { $0 != "," && $0 != "(" }.reversed().drop { $0 == " " }.reversed())
        }
    }

    /// `I2_S (ik_llama.cpp)`.
    fileprivate var summary: String {
        let fate: String? =
            switch status {
            case .removed: "withdrawn"
            case .reserved: "reserved"
            case .assigned, .foreign, .unassigned: nil
            }
        return "\(name) (\([project, fate].compactMap(\.self).joined(separator: ", ")))"
    }

    /// How much is known here about the blocks.
    public var knowledge: Knowledge {
        let known = formats.compactMap(Spec.format)
        if known.isEmpty { return .named }
        return known.allSatisfy { $0.decoding != nil || $0.weave != nil } ? .decoded : .sized
    }

    /// How much is known about the blocks of a type.
    public enum Knowledge: String, Sendable, Hashable, Codable, CaseIterable {
        /// What every byte means.
        case decoded
        /// How long they are.
        case sized
        /// The name.
        case named
    }

    /// What the type is for, where it is not for files: how it comes about, and the way back. Nil for a type for files.
    public var explanation: String? {
        switch use {
        case .files: return nil
        case .working: return "never stored in a file: \(name) is what numbers become while a program runs"
        case .repacked:
            let source = of.map { " of \($0)" } ?? ""
            let when = isWritten ? "when a model is loaded, or written by the project's own quantizer" : "when a model is loaded"
            return "made\(source) \(when), with several rows interleaved for speed; other programs do not read it"
                + (formats.contains { Spec.format($0)?.weave != nil } ? ", but its rows can be taken apart and decoded" : "")
        }
    }
}

extension TypeAssignment {
    /// In use in files, and nobody here knows how large its blocks are: sizes cannot rule it out.
    public var mayBeUnsized: Bool { Self.mayBeUnsized(formats, status, use) }

    fileprivate static func mayBeUnsized(_ formats: [String], _ status: AssignmentStatus, _ use: TypeUse) -> Bool {
        formats.isEmpty && status == .foreign && use == .files
    }
}
