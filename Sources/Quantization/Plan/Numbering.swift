import HIFIBlockSpec

/// Whose numbers a file is written with.
struct Numbering: Sendable {
    let dialect: Dialect
    private let numbers: [String: UInt32]

    /// The dialect that was asked for, or the most usual one that has a number for everything.
    ///
    /// - Parameters:
    ///   - formats: ids of the formats in the file.
    ///   - mix: the routing, which needs a file type; nil if that is settled otherwise.
    init(formats: Set<String>, mix: Mix?, asked: Dialect?) throws(QuantizationError) {
        if let asked {
            dialect = asked
        } else {
            let able = Self.byPreference.filter { dialect in formats.allSatisfy { !dialect.typeIDs(of: $0).isEmpty } }
            let fitting =
                able.first { dialect in mix.map { Self.listedFileType($0, in: dialect) != nil } ?? true }
                ?? able.first { dialect in mix.map { Self.wasInForce(dialect, with: $0) && Self.fileType($0, in: dialect) != nil } ?? true }
            guard let fitting else {
                let names = formats.sorted().joined(separator: ", ")
                throw .usage("no dialect has ids for all of \(names)" + (mix.map { " and a file type for \($0.id)" } ?? ""))
            }
            dialect = fitting
        }
        var numbers: [String: UInt32] = [:]
        for format in formats {
            guard let id = dialect.typeIDs(of: format).first else { throw .noNumber(dialect: dialect.id, what: "type \(format)") }
            numbers[format] = id
        }
        self.numbers = numbers
    }

    /// The number of a format among those that the dialect was made for.
    func typeID(_ format: BlockFormat) throws(QuantizationError) -> UInt32 {
        guard let id = numbers[format.id] else { throw .noNumber(dialect: dialect.id, what: "type \(format.id)") }
        return id
    }

    /// The value of `general.file_type` for a routing.
    func fileType(_ mix: Mix) throws(QuantizationError) -> UInt32 {
        guard let id = Self.fileType(mix, in: dialect) else { throw .noNumber(dialect: dialect.id, what: "file type \(mix.id)") }
        return id
    }

    /// Upstream first, then dialects that known readers have, then the rest; such as shift stock types last.
    private static let byPreference: [Dialect] = {
        let read = Spec.readers.compactMap { Spec.dialect($0.dialect) }
        let all = Spec.dialects.filter { $0.family == .upstream }.suffix(1) + read + Spec.dialects.filter { $0.family == .fork }
        return all.filter { !$0.shiftsStockTypes } + all.filter(\.shiftsStockTypes)
    }()

    /// The file type that the dialect lists for the routing.
    private static func listedFileType(_ mix: Mix, in dialect: Dialect) -> UInt32? {
        dialect.fileTypes.last { $0.status == .assigned && $0.mix == mix.id }?.id
    }

    /// The same; a HIFI routing that is not listed goes by the type's own file type, under which it was made.
    private static func fileType(_ mix: Mix, in dialect: Dialect) -> UInt32? {
        if let listed = listedFileType(mix, in: dialect) { return listed }
        guard mix.kind == .hifi else { return nil }
        return dialect.fileTypes.last { $0.status == .assigned && ["MOSTLY_Q3_HIFI", "MOSTLY_Q3_K_HIFI"].contains($0.name) }?.id
    }

    /// Whether the routing was introduced while the dialect was in force.
    private static func wasInForce(_ dialect: Dialect, with mix: Mix) -> Bool {
        guard let date = mix.since?.date, let since = dialect.since?.date, since <= date else { return false }
        return dialect.until?.date.map { date < $0 } ?? true
    }
}
