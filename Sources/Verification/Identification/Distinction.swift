/// Words for what formats that share id and size have to do with each other.
enum Distinction {
    static func ambiguity(typeID: UInt32, formats: [String], decodesAlike: Bool, decidedBy: String?) -> Identification.Ambiguity {
        let list = NumberText.list(formats, limit: 12, and: "or")
        let text =
            decodesAlike
            ? "type id \(typeID) is \(list), which give the same bytes the same meaning" : "type id \(typeID) may be \(list)"
        return .init(
            typeID: typeID, formats: formats, decodesAlike: decodesAlike, text: text,
            decidedBy: decidedBy ?? decision(formats, decodesAlike))
    }

    /// What would tell the formats apart.
    private static func decision(_ formats: [String], _ decodesAlike: Bool) -> String {
        func has(_ prefix: String) -> Bool { formats.contains { $0.hasPrefix("q3_k_hifi@\(prefix)") } }
        if decodesAlike {
            if has("r12a") { return "a block with two or more outliers, or with one and a free slot: order and filling differ" }
            if has("r12") { return "nothing in the blocks; they differ only in how the number of outliers was chosen" }
            if has("r7") { return "nothing in the blocks; they differ only in which residuals were chosen" }
            return "the program that wrote the file"
        }
        if has("r12"), has("r13") { return "a block with an outlier: r13 counts it in byte 134, r12 leaves that byte zero" }
        if has("r3") || has("r4") || has("r1") {
            return "blocks with outliers over weights that are not all zero: the base is cleared under them in the right layout"
        }
        if has("r7") || has("r8") || has("r9") || has("r10") {
            return "blocks with enough used slots: count byte, padding and a base cleared under outliers differ"
        }
        return "a larger tensor of the type, whose span allows only one block size"
    }
}
