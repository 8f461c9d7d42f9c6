import HIFIBlockSpec

/// What `Spec/dialects.yaml` holds.
public struct DialectData: Sendable {
    /// Dialects, each after its base.
    public let dialects: [Dialect]
    /// Builds whose behaviour is known.
    public let readers: [Reader]
    /// Where the Python package differed from the library.
    public let disagreements: [NumberingDisagreement]
}

/// `Spec/dialects.yaml` as it stands.
struct DialectFile: Codable {
    struct Entry: Codable {
        var id: UInt32
        var name: String?
        var status: String?
        var formats: [String]?
        var shifted: Bool?
        var note: String?
        var use: String?
        var of: String?
        var written: Bool?
    }

    struct FileType: Codable {
        var id: UInt32
        var name: String
        var status: String?
        var mix: String?
        var note: String?
    }

    struct Numbering: Codable {
        var id: String
        var title: String
        var family: String
        var base: String?
        var since: MilestoneSource?
        var until: MilestoneSource?
        var types: [Entry]
        var fileTypes: [FileType]?
        var notes: [String]?
        var sources: [String]?
    }

    struct Fault: Codable {
        var formats: [String]
        var operation: String
        var defect: String
        var effect: String
    }

    struct Build: Codable {
        var id: String
        var title: String
        var family: String
        var dialect: String
        var from: MilestoneSource
        var to: MilestoneSource?
        var decodes: [String]
        var faults: [Fault]
    }

    struct Disagreement: Codable {
        struct BlockBytes: Codable {
            var format: String
            var bytes: Int
        }

        var id: String
        var subject: String
        var python: String
        var library: String
        var formats: [String]
        var blockBytes: [BlockBytes]?
        var since: MilestoneSource
        var until: MilestoneSource?
    }

    var dialects: [Numbering]
    var readers: [Build]
    var disagreements: [Disagreement]
}

extension SpecSource {
    /// Reads and checks `dialects.yaml`, and the dialects that revisions bring along.
    ///
    /// - Parameter formats: the declared formats, see ``formatIDs()``; a dialect may refer to no others.
    public func dialects(formats: Set<String>) throws -> DialectData {
        let path = "dialects.yaml"
        var file = try decodeStrictly(DialectFile.self, from: path)
        // A revision may bring the numbering that it was introduced with.
        for revision in try files(in: "revisions") + files(in: "revisions/family") {
            file.dialects += try decodeStrictly(BlockSource.self, from: revision).dialects ?? []
        }
        let reader = DialectReader(checks: SpecChecks(file: path), formats: formats)
        return try reader.read(file)
    }
}

/// Turns the file's structures into model values.
private struct DialectReader {
    let checks: SpecChecks
    let formats: Set<String>

    func read(_ file: DialectFile) throws -> DialectData {
        try checks.unique(file.dialects.map(\.id), "dialect")
        try checks.unique(file.readers.map(\.id), "reader")
        try checks.unique(file.disagreements.map(\.id), "disagreement")

        var known: Set<String> = []
        let dialects = try file.dialects.map { source in
            if let base = source.base, !known.contains(base) {
                throw checks.fail("dialect \(source.id): its base '\(base)' must come before it")
            }
            known.insert(source.id)
            return try dialect(source)
        }
        return DialectData(
            dialects: dialects,
            readers: try file.readers.map { try reader($0, dialects: known) },
            disagreements: try file.disagreements.map(disagreement))
    }

    private func dialect(_ source: DialectFile.Numbering) throws -> Dialect {
        let place = "dialect \(source.id)"
        try checks.unique(source.types.map(\.id), "\(place): type")
        try checks.unique((source.fileTypes ?? []).map(\.id), "\(place): file type")
        let since = try source.since.map(checks.milestone)
        let until = try source.until.map(checks.milestone)
        if let from = since?.date, let to = until?.date, from > to { throw checks.fail("\(place): ends before it begins") }
        return Dialect(
            id: source.id, title: source.title, family: try checks.word(source.family, DialectFamily.self, at: place), base: source.base,
            since: since, until: until, ownTypes: try source.types.map { try type($0, at: place) },
            ownFileTypes: try (source.fileTypes ?? []).map { fileType in
                FileTypeAssignment(
                    id: fileType.id, name: fileType.name,
                    status: try checks.word(fileType.status ?? "assigned", AssignmentStatus.self, at: "\(place): file type \(fileType.id)"),
                    mix: fileType.mix, note: fileType.note)
            },
            notes: source.notes ?? [], sources: source.sources ?? [])
    }

    private func type(_ source: DialectFile.Entry, at place: String) throws -> TypeAssignment {
        let place = "\(place): type \(source.id)"
        let status = try checks.word(source.status ?? "assigned", AssignmentStatus.self, at: place)
        let formats = source.formats ?? []
        try checks.known(formats, among: self.formats, at: place)
        try checks.unique(formats, "\(place): format")
        if (status == .assigned) == formats.isEmpty { throw checks.fail("\(place): formats are given exactly for an assigned type") }
        if (status == .unassigned) != (source.name == nil) { throw checks.fail("\(place): a name is given exactly for a number in use") }
        let use = try checks.word(source.use ?? "files", TypeUse.self, at: place)
        if let of = source.of {
            try checks.known([of], among: self.formats, at: place)
            guard use == .repacked else { throw checks.fail("\(place): only a repacked type is made of another") }
        }
        if source.written != nil, use != .repacked { throw checks.fail("\(place): written is said of repacked types") }
        return TypeAssignment(
            id: source.id, name: source.name ?? "", status: status, formats: formats, isShifted: source.shifted ?? false, note: source.note,
            use: use, of: source.of, isWritten: source.written ?? false)
    }

    private func reader(_ source: DialectFile.Build, dialects: Set<String>) throws -> Reader {
        let place = "reader \(source.id)"
        guard dialects.contains(source.dialect) else { throw checks.fail("\(place): unknown dialect '\(source.dialect)'") }
        try checks.known(source.decodes, among: formats, at: place)
        return Reader(
            id: source.id, title: source.title, family: try checks.word(source.family, DialectFamily.self, at: place),
            dialect: source.dialect, from: try checks.milestone(source.from), to: try source.to.map(checks.milestone),
            decodes: source.decodes,
            faults: try source.faults.map { fault in
                try checks.known(fault.formats, among: formats, at: place)
                return ReaderFault(
                    formats: fault.formats, operation: try checks.word(fault.operation, ReaderOperation.self, at: place),
                    defect: fault.defect, effect: fault.effect)
            })
    }

    private func disagreement(_ source: DialectFile.Disagreement) throws -> NumberingDisagreement {
        let place = "disagreement \(source.id)"
        try checks.known(source.formats, among: formats, at: place)
        for block in source.blockBytes ?? [] where !source.formats.contains(block.format) || block.bytes <= 0 {
            throw checks.fail("\(place): blockBytes speaks of \(block.format), which is not among its formats, or has no bytes")
        }
        return NumberingDisagreement(
            id: source.id, subject: source.subject, python: source.python, library: source.library, formats: source.formats,
            blockBytes: (source.blockBytes ?? []).map { PythonBlockBytes(format: $0.format, bytes: $0.bytes) },
            since: try checks.milestone(source.since), until: try source.until.map(checks.milestone))
    }
}
