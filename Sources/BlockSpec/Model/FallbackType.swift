/// What the original takes where a row is no whole number of blocks.
public enum FallbackType {
    /// The type for rows of this length.
    ///
    /// `head` matrices go to Q8_0 at once; other rows step down to a type with blocks of 32, and to F16 where even those do not
    /// fit. The early HIFI revisions, up to r6, had no entry in the original's list: it refused.
    /// - Returns: a format id, the type itself where it fits; nil where the original refuses.
    public static func type(for type: BlockFormat, columns: Int) -> String? {
        guard columns % type.elements != 0 else { return type.id }
        guard let smaller = smaller[type.id] ?? (laterHIFI(type) ? "iq4_nl" : nil) else { return nil }
        return columns % 32 == 0 ? smaller : "f16"
    }

    private static let smaller = ["q2_k": "iq4_nl", "q3_k": "iq4_nl", "iq4_xs": "iq4_nl", "q4_k": "q5_0", "q5_k": "q5_1", "q6_k": "q8_0"]

    private static func laterHIFI(_ type: BlockFormat) -> Bool {
        guard type.family == "q3_k_hifi" else { return false }
        let number = type.id.split(separator: "@r").last.map { $0.prefix { $0.isNumber } }.flatMap { Int($0) }
        return (number ?? 0) > 6
    }
}
