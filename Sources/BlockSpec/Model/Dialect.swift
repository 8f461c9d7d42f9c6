/// What tensor type ids and file types meant in one project during one period.
///
/// A GGUF file stores types as numbers, and several projects gave the same number to different formats, some more than
/// once. A dialect is what the numbers meant to one project between two dates.
public struct Dialect: Sendable, Hashable {
    /// For example `upstream` or `fork-2025-12-13`.
    public let id: String
    /// A one-line description.
    public let title: String
    /// Whose dialect it is.
    public let family: DialectFamily
    /// The dialect whose entries hold where this one has none.
    public let base: String?
    /// When it came into force; `nil` where that is not known.
    public let since: Milestone?
    /// When the next one replaced it; `nil` for the newest of its family or where not known.
    public let until: Milestone?
    /// The entries in which it differs from its base.
    public let ownTypes: [TypeAssignment]
    /// The file types in which it differs from its base.
    public let ownFileTypes: [FileTypeAssignment]
    /// What a person should know.
    public let notes: [String]
    /// Where that is known from, if dates and commits do not say it: projects, issues, commits.
    public let sources: [String]

    /// Creates a dialect.
    public init(
        id: String, title: String, family: DialectFamily, base: String?, since: Milestone?, until: Milestone?,
        ownTypes: [TypeAssignment], ownFileTypes: [FileTypeAssignment], notes: [String], sources: [String] = []
    ) {
        self.id = id
        self.title = title
        self.family = family
        self.base = base
        self.since = since
        self.until = until
        self.ownTypes = ownTypes
        self.ownFileTypes = ownFileTypes
        self.notes = notes
        self.sources = sources
    }
}

/// Whose dialect it is.
public enum DialectFamily: String, Sendable, Hashable, CaseIterable {
    /// ggml itself.
    case upstream
    /// The library of the HIFI fork.
    case fork
    /// The Python package of the HIFI fork, which numbered on its own.
    case forkPython = "fork-python"
    /// Another project.
    case other
}

/// What a number stands for.
public enum AssignmentStatus: String, Sendable, Hashable, CaseIterable {
    /// A type that can be read.
    case assigned
    /// A type that once was; its number is not used again.
    case removed
    /// A number kept free on purpose.
    case reserved
    /// In use by this project, but its format is not specified here.
    case foreign
    /// Nothing, although the base dialect assigns it.
    case unassigned
}

/// What a type is made for.
public enum TypeUse: String, Sendable, Hashable, CaseIterable {
    /// Files.
    case files
    /// Rows of another type interleaved for speed, when a model is loaded or by the project's quantizer.
    case repacked
    /// Never stored: what activations become while they are multiplied, or the cache of keys and values.
    case working
}

/// One tensor type number of a dialect.
public struct TypeAssignment: Sendable, Hashable {
    /// The number stored in the file.
    public let id: UInt32
    /// The name that the project gave it; empty if it is unassigned.
    public let name: String
    /// Whether the number can occur.
    public let status: AssignmentStatus
    /// Format ids it may stand for within the period; more than one means that the number does not tell.
    public let formats: [String]
    /// A stock type under another number than upstream's.
    public let isShifted: Bool
    /// What a person should know.
    public let note: String?
    /// What the type is made for.
    public let use: TypeUse
    /// The format id that a repacked type is made of.
    public let of: String?
    /// Whether the project's quantizer writes a repacked type to files, too.
    public let isWritten: Bool

    /// Creates an assignment.
    public init(
        id: UInt32, name: String, status: AssignmentStatus, formats: [String], isShifted: Bool, note: String?, use: TypeUse = .files,
        of: String? = nil, isWritten: Bool = false
    ) {
        self.id = id
        self.name = name
        self.status = status
        self.formats = formats
        self.isShifted = isShifted
        self.note = note
        self.use = use
        self.of = of
        self.isWritten = isWritten
    }
}

/// One value of `general.file_type` in a dialect.
public struct FileTypeAssignment: Sendable, Hashable {
    /// The number stored in the file.
    public let id: UInt32
    /// The name that the project gave it.
    public let name: String
    /// Whether files may carry it.
    public let status: AssignmentStatus
    /// The routing it stands for, where that is specified.
    public let mix: String?
    /// What a person should know.
    public let note: String?

    /// Creates an assignment.
    public init(id: UInt32, name: String, status: AssignmentStatus, mix: String?, note: String?) {
        self.id = id
        self.name = name
        self.status = status
        self.mix = mix
        self.note = note
    }
}

extension Dialect {
    /// This dialect and those it builds on, nearest first.
    public var lineage: [Dialect] {
        var chain = [self]
        while let base = chain.last?.base, let next = Spec.dialect(base) { chain.append(next) }
        return chain
    }

    /// What a tensor type number means here; `nil` for a number without a meaning.
    public func type(id: UInt32) -> TypeAssignment? {
        let entry = ownTypes.first { $0.id == id } ?? base.flatMap { SpecIndex.types[$0]?[id] }
        return entry?.status == .unassigned ? nil : entry
    }

    /// What a value of `general.file_type` means here; `nil` for a number without a meaning.
    public func fileType(id: UInt32) -> FileTypeAssignment? {
        let entry = ownFileTypes.first { $0.id == id } ?? base.flatMap { SpecIndex.fileTypes[$0]?[id] }
        return entry?.status == .unassigned ? nil : entry
    }

    /// All type numbers with a meaning, inherited ones included, in the order of the numbers.
    public var types: [TypeAssignment] {
        let inherited = base.flatMap { SpecIndex.types[$0] } ?? [:]
        return Set(ownTypes.map(\.id)).union(inherited.keys).sorted().compactMap(type(id:))
    }

    /// All file types with a meaning, inherited ones included, in the order of the numbers.
    public var fileTypes: [FileTypeAssignment] {
        let inherited = base.flatMap { SpecIndex.fileTypes[$0] } ?? [:]
        return Set(ownFileTypes.map(\.id)).union(inherited.keys).sorted().compactMap(fileType(id:))
    }

    /// The numbers under which a format, given by id or alias, can occur here; usually none or one.
    public func typeIDs(of format: String) -> [UInt32] {
        let format = Spec.canonicalFormat(format)
        return types.filter { $0.formats.contains(format) }.map(\.id)
    }

    /// Whether stock types below 40 have other numbers than upstream gives them.
    public var shiftsStockTypes: Bool { types.contains { $0.isShifted && $0.id < 40 } }
}
