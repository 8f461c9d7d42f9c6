import HIFIBlockSpec

/// Words for what formats that share id and size have to do with each other.
enum Distinction {
    static func ambiguity(typeID: UInt32, formats: [String], decodesAlike: Bool, decidedBy: String?) -> Identification.Ambiguity {
        let list = NumberText.list(formats, limit: 12, and: "or")
        let text =
            decodesAlike
            ? "type id \(typeID) is \(list), which give the same bytes the same meaning" : "type id \(typeID) may be \(list)"
        return .init(
            typeID: typeID, formats: formats, decodesAlike: decodesAlike, text: text,
            decidedBy: decidedBy ?? decision(formats.compactMap { KnownFormats.byID[$0] }, decodesAlike))
    }

    /// What would tell the formats apart.
    private static func decision(_ formats: [BlockFormat], _ decodesAlike: Bool) -> String {
        decodesAlike ? encoders(formats.compactMap { $0.encoding?.outliers }) : layouts(formats)
    }

    /// What encoders do differently that mean the same by the same bytes.
    private static func encoders(_ rules: [OutlierEncoding]) -> String {
        func differ<T: Hashable>(_ part: (OutlierEncoding) -> T) -> Bool { Set(rules.map(part)).count > 1 }
        if differ(\.order), differ(\.unused) {
            return "a block with two or more outliers, or with one and a free slot: order and filling differ"
        }
        if differ(\.order) { return "a block with two or more outliers: their order differs" }
        if differ(\.unused) { return "a block with a free slot: the filling differs" }
        if differ(\.choice) { return "nothing in the blocks; they differ only in how outliers were chosen" }
        if differ(\.least) || differ(\.follows) || differ(\.standard) {
            return "nothing in the blocks; they differ only in how the number of outliers was chosen"
        }
        return "the program that wrote the file"
    }

    /// What formats show that mean different things by the same bytes.
    private static func layouts(_ formats: [BlockFormat]) -> String {
        for counted in formats {
            guard let count = counted.outliers?.count else { continue }
            for other in formats
            where other.base == counted.base && other.bytes == counted.bytes && other.decoding?.correction?.count == nil {
                guard other.checks.contains(where: { $0.kind == .zero && other.field($0.field)?.range.contains(count.offset) == true })
                else {
                    continue
                }
                return "a block with an outlier: \(counted.id) counts it in byte \(count.offset), \(other.id) leaves that byte zero"
            }
        }
        if formats.contains(where: { $0.encoding?.search == .linear && $0.decoding?.code?.skipping == nil }) {
            return "blocks with outliers over weights that are not all zero: the base is cleared under them in the right layout"
        }
        if formats.contains(where: { $0.decoding?.correction != nil }) {
            return "blocks with enough used slots: count byte, padding and a base cleared under outliers differ"
        }
        return "a larger tensor of the type, whose span allows only one block size"
    }
}
