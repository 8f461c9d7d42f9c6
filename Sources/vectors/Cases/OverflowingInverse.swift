import HIFIBlockSpec

/// Blocks of weights so small that the inverse of their scale is infinite (ENC-40).
///
/// Quotients are then infinite or not numbers. What integer those become is not defined in C: one compiler's build leaves zeros, another's
/// the smallest codes, and under the stored scale of zero they mean nothing.
enum OverflowingInverse {
    /// For each block whether it is such a one.
    static func blocks(_ values: [Float], _ format: BlockFormat, guided: Bool) -> [Bool] {
        guard let search = format.encoding?.search, let code = format.decoding?.code else { return [] }
        let bits = code.planes.reduce(0) { $0 + $1.width }
        return stride(from: 0, to: values.count - format.elements + 1, by: format.elements).map { start in
            let block = values[start..<start + format.elements]
            let (low, high) = (block.min() ?? 0, block.max() ?? 0)
            let scale: Float
            switch search {
            case .bytes: scale = max(-low, high) / 127
            case .symmetric where !guided: scale = max(-low, high) / Float(1 << (bits - 1))
            case .affine where !guided: scale = (high - low) / Float(1 << bits - 1)
            default: return false
            }
            return scale != 0 && !(1 / scale).isFinite
        }
    }
}
