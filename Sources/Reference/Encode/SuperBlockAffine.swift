/// Q2_K: sixteen sub-blocks of sixteen weights, scales and minima of four bits in one byte.
struct Q2KEncoder: BaseEncoder {
    private static let plain = AffineSearch(limit: 3, first: -0.5, step: 0.1, trials: 15, absolute: true)
    private static let searched = AffineSearch(limit: 3, first: -0.9, step: 0.05, trials: 36, absolute: false)

    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        withScratch(64) { scratch, trial in
            let scales = scratch.group(0, 16)
            let minima = scratch.group(16, 16)
            let totals = scratch.group(32, 16)
            let weights = scratch.group(48, 16)
            var importance: UnsafeBufferPointer<Float>?
            if case .searched(let given) = guidance { importance = given }
            let evening = importance == nil ? 0 : sumOfSquares(x) / 256
            content.codes.withUnsafeMutableBufferPointer { codes in
                for j in 0..<16 {
                    let values = x.group(16 * j, 16)
                    if let importance {
                        fill(weights, importance: importance.group(16 * j, 16), evening: evening, x: values)
                        totals[j] = sum(.init(weights))
                    } else {
                        for l in 0..<16 { weights[l] = abs(values[l]) }
                    }
                    let search = importance == nil ? Self.plain : Self.searched
                    let codes = codes.group(16 * j, 16)
                    (scales[j], minima[j]) = search.run(values, weights: .init(weights), codes: codes, trial: trial.group(0, 16))
                }
            }
            if importance == nil {
                content.scale = plainSuperScale(.init(scales), &content.scales)
                content.minimum = plainSuperScale(.init(minima), &content.minima)
            } else {
                content.scale = searchedSuperScale(.init(scales), .init(totals), &content.scales)
                content.minimum = searchedSuperScale(.init(minima), .init(totals), &content.minima)
            }
            let d = SmallFloats.float(half: SmallFloats.half(content.scale))
            let dmin = SmallFloats.float(half: SmallFloats.half(content.minimum))
            for j in 0..<16 {
                // Both live in one byte: a code wider than four bits (only from out-of-range input) runs into the other.
                let byte = content.scales[j] | content.minima[j] << 4
                content.scales[j] = byte & 15
                content.minima[j] = byte >> 4
                requantize(x, 16 * j..<16 * j + 16, step: d * Float(byte & 15), minimum: dmin * Float(byte >> 4), limit: 3, &content.codes)
            }
        }
    }

    private func plainSuperScale(_ values: UnsafeBufferPointer<Float>, _ codes: inout [UInt8]) -> Float {
        var largest: Float = 0
        for value in values where value > largest { largest = value }
        guard largest > 0 else {
            for j in 0..<16 { codes[j] = 0 }
            return 0
        }
        let inverse = 15 / largest
        for j in 0..<16 { codes[j] = UInt8(truncatingIfNeeded: Rounding.nearest(inverse * values[j])) }
        return largest / 15
    }

    private func searchedSuperScale(
        _ values: UnsafeBufferPointer<Float>, _ totals: UnsafeBufferPointer<Float>, _ codes: inout [UInt8]
    ) -> Float {
        codes.withUnsafeMutableBufferPointer { PositiveSearch.run(values, weights: totals, limit: 15, codes: $0) }
    }
}

/// Q4_K and Q5_K: eight sub-blocks of thirty-two weights, scales and minima of six bits.
struct Q45KEncoder: BaseEncoder {
    private let limit: Int32
    private let plain: AffineSearch
    private let searched: AffineSearch
    /// Whether codes of scales and minima are held to six bits after the positive search, as only Q5_K does (ENC-12).
    private var holdsCodes: Bool { limit == 31 }

    static let q4 = Q45KEncoder(limit: 15, plain: .init(limit: 15, first: -1, step: 0.1, trials: 20, absolute: false))
    static let q5 = Q45KEncoder(limit: 31, plain: .init(limit: 31, first: -0.5, step: 0.1, trials: 15, absolute: false))

    private init(limit: Int32, plain: AffineSearch) {
        self.limit = limit
        self.plain = plain
        searched = AffineSearch(limit: limit, first: -0.9, step: 0.05, trials: 36, absolute: false)
    }

    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        withScratch(56) { scratch, trial in
            let scales = scratch.group(0, 8)
            let minima = scratch.group(8, 8)
            let totals = scratch.group(16, 8)
            let weights = scratch.group(24, 32)
            content.codes.withUnsafeMutableBufferPointer { codes in
                search(x, guidance, codes: codes, trial.group(0, 32), weights, totals, scales, minima)
            }
            switch guidance {
            case .plain:
                content.scale = plainSuperScale(.init(scales), &content.scales)
                content.minimum = plainSuperScale(.init(minima), &content.minima)
            case .searched:
                content.scale = searchedSuperScale(.init(scales), .init(totals), &content.scales)
                content.minimum = searchedSuperScale(.init(minima), .init(totals), &content.minima)
            }
            settle(&content.scales)
            settle(&content.minima)
            let d = SmallFloats.float(half: SmallFloats.half(content.scale))
            let dmin = SmallFloats.float(half: SmallFloats.half(content.minimum))
            for j in 0..<8 {
                let step = d * Float(content.scales[j])
                let minimum = dmin * Float(content.minima[j])
                requantize(x, 32 * j..<32 * j + 32, step: step, minimum: minimum, limit: limit, &content.codes)
            }
        }
    }

    private func search(
        _ x: UnsafeBufferPointer<Float>, _ guidance: Guidance, codes: UnsafeMutableBufferPointer<UInt8>,
        _ trial: UnsafeMutableBufferPointer<UInt8>, _ weights: UnsafeMutableBufferPointer<Float>,
        _ totals: UnsafeMutableBufferPointer<Float>, _ scales: UnsafeMutableBufferPointer<Float>,
        _ minima: UnsafeMutableBufferPointer<Float>
    ) {
        var evening: Float = 0
        if case .searched = guidance { evening = 2 * sumOfSquares(x) / 256 }
        for j in 0..<8 {
            let values = x.group(32 * j, 32)
            let search: AffineSearch
            switch guidance {
            case .plain:
                let typical = (sumOfSquares(values) / 32).squareRoot()
                for l in 0..<32 { weights[l] = typical + abs(values[l]) }
                search = plain
            case .searched(let importance?):
                fill(weights, importance: importance.group(32 * j, 32), evening: evening, x: values)
                search = searched
            case .searched(nil):
                let typical = evening.squareRoot()
                for l in 0..<32 { weights[l] = typical + abs(values[l]) }
                search = searched
            }
            totals[j] = sum(.init(weights))
            (scales[j], minima[j]) = search.run(values, weights: .init(weights), codes: codes.group(32 * j, 32), trial: trial)
        }
    }

    private func plainSuperScale(_ values: UnsafeBufferPointer<Float>, _ codes: inout [UInt8]) -> Float {
        var largest: Float = 0
        for value in values where value > largest { largest = value }
        let inverse = largest > 0 ? 63 / largest : 0
        for j in 0..<8 { codes[j] = min(63, UInt8(truncatingIfNeeded: Rounding.nearest(inverse * values[j]))) }
        return largest / 63
    }

    private func searchedSuperScale(
        _ values: UnsafeBufferPointer<Float>, _ totals: UnsafeBufferPointer<Float>, _ codes: inout [UInt8]
    ) -> Float {
        codes.withUnsafeMutableBufferPointer { PositiveSearch.run(values, weights: totals, limit: 63, codes: $0) }
    }

    /// Codes wider than six bits (the positive search leaves them where a scale came out below zero) are held by Q5_K. In
    /// Q4_K the first four share their byte with the upper bits of the last four, into which the surplus runs.
    private func settle(_ codes: inout [UInt8]) {
        if holdsCodes { for j in 0..<8 { codes[j] = min(63, codes[j]) } }
        for j in 0..<4 {
            codes[j + 4] = codes[j + 4] & 0x3F | (codes[j] >> 6) << 4
            codes[j] &= 0x3F
        }
    }
}

/// Codes for the scale and minimum as they will be read back; where the step is zero the codes of the search stay.
@inline(__always)
private func requantize(
    _ x: UnsafeBufferPointer<Float>, _ range: Range<Int>, step: Float, minimum: Float, limit: Int32, _ codes: inout [UInt8]
) {
    guard step != 0 else { return }
    for i in range {
        codes[i] = UInt8(truncatingIfNeeded: Rounding.clamp(Rounding.nearest((x[i] + minimum) / step), 0, limit))
    }
}
