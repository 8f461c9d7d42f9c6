import HIFIBlockSpec

extension SpecSource {
    /// Every block format of `blocks/` and `revisions/`: element types, then the block types, bases before what extends them,
    /// and last the types known by size only.
    public func formats() throws -> [BlockFormat] {
        var resolver = BlockResolver(grids: try grids())
        let (plain, sizes) = ("blocks/plain.yaml", "blocks/sizes.yaml")
        try resolver.add(decodeStrictly(PlainSource.self, from: plain), from: plain)
        for file in try files(in: "blocks") where file != plain && file != sizes {
            try resolver.add(decodeStrictly(BlockSource.self, from: file), from: file)
        }
        for file in try files(in: "revisions") + files(in: "revisions/family") {
            try resolver.add(decodeStrictly(BlockSource.self, from: file), from: file)
        }
        try resolver.add(decodeStrictly(SizesSource.self, from: sizes), from: sizes)
        // Read with the others, so that no prefix is given twice.
        for file in ClauseFileName.allCases { _ = try resolver.clauses.read(clauseSources(of: file), from: file.rawValue) }
        _ = try resolver.clauses.read(quantizerClauseSources(), from: Self.quantizerFile)
        return try resolver.all()
    }

    /// The ids of all formats, without aliases: what dialects, mixes, defects and published tables may refer to.
    public func formatIDs() throws -> Set<String> { Set(try formats().map(\.id)) }

    /// Files that hold nothing but clauses.
    public enum ClauseFileName: String, Sendable, CaseIterable {
        /// fp32 arithmetic and small floats.
        case numerics = "numerics.yaml"
        /// Products of quantized rows; activations.
        case products = "dot.yaml"
        /// From weights to blocks.
        case encoding = "encode.yaml"
    }

    /// The clauses of such a file.
    public func clauses(of file: ClauseFileName) throws -> [Clause] {
        var clauses = ClauseRegister()
        return try clauses.read(clauseSources(of: file), from: file.rawValue)
    }

    private func clauseSources(of file: ClauseFileName) throws -> [ClauseSource] {
        try decodeStrictly(ClauseFile.self, from: file.rawValue).clauses
    }
}
