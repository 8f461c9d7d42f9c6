extension Spec {
    /// Every block format: element types, the library's own block types, the HIFI revisions, the HIFI family.
    public static var formats: [BlockFormat] { formatTable }

    /// The format with this id or alias, letter case ignored: `q3_k`, `Q3_K_HIFI@r6`, `q3_k_hifi`.
    public static func format(_ name: String) -> BlockFormat? {
        formatIndex[name.lowercased()].map { formatTable[$0] }
    }

    /// The rules of arithmetic that all formats rely on.
    public static var numerics: [Clause] { numericsClauseTable }

    private static let formatIndex: [String: Int] = {
        var index: [String: Int] = [:]
        for (position, format) in formatTable.enumerated() {
            for name in [format.id] + format.aliases { index[name] = position }
        }
        return index
    }()
}
