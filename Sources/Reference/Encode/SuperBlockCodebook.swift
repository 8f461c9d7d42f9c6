/// IQ4_XS: eight sub-blocks of thirty-two weights, signed scales, sixteen fixed values.
struct SuperBlockCodebookEncoder: BaseEncoder {
    private let book: CodebookEncoder

    /// - Parameter values: rising.
    init(values: [Int]) { book = CodebookEncoder(values: values) }

    /// Scales as IQ4_NL searches them, 0 where no weight counts; that of largest magnitude becomes -32. Codes are then chosen for the
    /// products of the scales' codes with the super-scale as it is before it is rounded.
    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        let evening = sumOfSquares(x) * (2 / 256)
        withScratch(32 + 8) { scratch, _ in
            let weights = scratch.group(0, 32)
            let scales = scratch.group(32, 8)
            for j in 0..<8 {
                let part = x.group(32 * j, 32)
                if let importance = guidance.importance {
                    fill(weights, importance: importance.group(32 * j, 32), evening: evening, x: part)
                } else {
                    for i in 0..<32 { weights[i] = part[i] * part[i] }
                }
                let extreme = SymmetricSearch.signedExtreme(part)
                let isNegligible = abs(extreme) < negligibleMagnitude
                scales[j] = isNegligible ? 0 : book.searchedScale(part, weights, extreme, trials: 7, ofNothing: 0)
            }
            let step = -SymmetricSearch.signedExtreme(.init(scales)) / 32
            let inverse = step != 0 ? 1 / step : 0
            content.scale = step
            for j in 0..<8 {
                let code = Rounding.clamp(Rounding.nearest(inverse * scales[j]), -32, 31)
                content.scales[j] = UInt8(code + 32)
                let scale = step * Float(code)
                let ofOne = scale != 0 ? 1 / scale : 0
                for i in 32 * j..<32 * j + 32 { content.codes[i] = UInt8(book.nearest(ofOne * x[i])) }
            }
        }
    }
}
