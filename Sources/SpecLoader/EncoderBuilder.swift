import HIFIBlockSpec

extension BlockBuilder {
    /// The encoder of a format, nil where neither it nor its base says how.
    ///
    /// - Parameters:
    ///   - inherited: the search of the base.
    ///   - correction: what the slots do.
    func encoding(_ source: EncoderSource?, inherited: Encoding.Search?, _ decoding: Decoding?, fields: [Field]) throws -> Encoding? {
        // A format with slots of its own is encoded only where it says how: its base does not.
        guard let source else {
            guard let inherited, decoding?.correction == nil else { return nil }
            return Encoding(search: inherited, outliers: nil, guidedOutliers: nil)
        }
        guard let search = try source.search.map({ try checks.word($0, Encoding.Search.self, at: id) }) ?? inherited else {
            throw fail("encoder without a search")
        }
        try checkSearch(search, decoding)
        guard let correction = decoding?.correction else {
            guard source.outliers == nil, source.guided == nil else { throw fail("an encoder of outliers for a format without slots") }
            return Encoding(search: search, outliers: nil, guidedOutliers: nil, needsImportances: source.needsImportances ?? false)
        }
        guard source.needsImportances == nil else { throw fail("formats with slots are made without importances too") }
        guard let outliers = source.outliers else { throw fail("an encoder for slots does not say what it puts into them") }
        let plain = try encoding(outliers, nil, correction, fields: fields)
        let guided = try source.guided.map { try encoding($0, plain, correction, fields: fields) } ?? plain
        guard guided.least == plain.least, guided.standard == plain.standard, guided.follows == plain.follows else {
            throw fail("the number of outliers cannot depend on whether importances are given")
        }
        return Encoding(search: search, outliers: plain, guidedOutliers: guided)
    }

    private func checkSearch(_ search: Encoding.Search, _ decoding: Decoding?) throws {
        guard let decoding else { throw fail("an encoder for a format that cannot be decoded") }
        let fits =
            switch search {
            case .scalar: decoding.code == nil
            case .codebook: decoding.code?.codebook != nil
            case .affine, .symmetric, .bytes, .linear: decoding.code != nil && decoding.scale == nil
            case .q2k, .q3k, .q4k, .q5k, .q6k: decoding.code != nil && decoding.scale != nil
            case .q10: decoding.code?.codebook?.count == 2
            case .q20: decoding.code?.width == 2 && decoding.scale == nil
            case .ternary: decoding.code?.bias == -1 && decoding.scale == nil
            case .mxfp4: decoding.code?.codebook?.count == 16 && decoding.scale == nil
            case .nvfp4, .iq4xs: decoding.code?.codebook?.count == 16 && decoding.scale != nil
            case .iq2xxs, .iq2xs, .iq2s, .iq3xxs, .iq3s: Self.hasGrid(decoding) && decoding.scale != nil && decoding.minimum == nil
            case .iq1s, .iq1m: Self.hasGrid(decoding) && decoding.scale != nil && decoding.minimum != nil
            }
        guard fits else { throw fail("search \(search.rawValue) does not fit what the format declares") }
    }

    private static func hasGrid(_ decoding: Decoding) -> Bool {
        if case .grid = decoding.code?.selection?.rule { true } else { false }
    }

    private func encoding(
        _ source: OutlierSource, _ other: OutlierEncoding?, _ correction: Correction, fields: [Field]
    ) throws -> OutlierEncoding {
        func word<T: RawRepresentable & CaseIterable>(_ text: String?, _ inherited: T?, _ standard: T?, _ key: String) throws -> T
        where T.RawValue == String {
            if let text { return try checks.word(text, T.self, at: "\(id): \(key)") }
            guard let value = inherited ?? standard else { throw fail("encoder: \(key) missing") }
            return value
        }
        guard let least = source.least ?? other?.least, let standard = source.standard ?? other?.standard else {
            throw fail("encoder: least and standard number of outliers missing")
        }
        let encoding = OutlierEncoding(
            least: least, standard: standard, follows: try word(source.follows, other?.follows, .nothing, "follows"),
            choice: try word(source.choice, other?.choice, nil, "choice"),
            scoredByImportance: source.scoredByImportance ?? other?.scoredByImportance ?? true,
            stored: try word(source.stored, other?.stored, .weight, "stored"),
            guidance: try word(source.guidance, other?.guidance, .plain, "guidance"),
            order: try word(source.order, other?.order, .score, "order"), unused: source.unused ?? other?.unused ?? 0,
            unusedWithoutOutliers: source.unusedWithoutOutliers ?? other?.unusedWithoutOutliers ?? 0, count: source.count ?? other?.count,
            countFlag: source.countFlag ?? other?.countFlag ?? 0, stopsAtZero: source.stopsAtZero ?? other?.stopsAtZero ?? false,
            passesOverNaN: source.passesOverNaN ?? other?.passesOverNaN ?? false, variesFor: source.variesFor ?? other?.variesFor)
        try check(encoding, correction, fields: fields)
        return encoding
    }

    private func check(_ encoding: OutlierEncoding, _ correction: Correction, fields: [Field]) throws {
        guard (0...correction.slots).contains(encoding.least), (encoding.least...correction.slots).contains(encoding.standard) else {
            throw fail("encoder: \(encoding.least) to \(encoding.standard) outliers for \(correction.slots) slots")
        }
        guard (0...255).contains(encoding.unused), (0...255).contains(encoding.unusedWithoutOutliers),
            (0...255).contains(encoding.countFlag)
        else { throw fail("encoder: unused positions and the count's flag are bytes") }
        if let count = encoding.count {
            guard fields.contains(where: { $0.name == count && $0.type == .u8 && $0.count == 1 }) else {
                throw fail("encoder: count '\(count)' is not a byte of the block")
            }
        } else if let count = correction.count {
            throw fail("encoder: '\(count.field)' counts the slots in use, but nothing is written to it")
        }
        let values = fields.filter { $0.count == correction.slots && correction.value.names.contains($0.name) }
        guard values.count == 1, let value = values.first, value.type == (encoding.stored.isBytes ? .i8 : .f16) else {
            throw fail("encoder: slots of \(encoding.stored.isBytes ? "bytes" : "fp16 values") do not fit the correction's value")
        }
        let scales = fields.filter { $0.count == 1 && correction.value.names.contains($0.name) }
        guard scales.count == (encoding.stored.isBytes ? 1 : 0) else { throw fail("encoder: bytes need a scale, and nothing else does") }
    }
}
