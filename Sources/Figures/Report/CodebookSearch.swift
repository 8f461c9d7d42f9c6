import BlockSpec
import Reference

/// Finds good IQ4_XS blocks by trying, for the spec has no encoder of that type.
///
/// For a given super-scale the result is the best there is: each of the 64 scales of each sub-block is tried with the nearest
/// codes. The super-scale is the best of a few around the largest weight. An encoder that chooses among the same super-scales
/// cannot do better, so this says what the format can hold, not what a program makes of it.
struct CodebookSearch {
    private let format: BlockFormat
    private let values: [Float]

    /// Nil unless the format is laid out as IQ4_XS.
    init?(_ format: BlockFormat) {
        guard format.id == "iq4_xs", let book = format.decoding?.code?.codebook, book.count == 16 else { return nil }
        self.format = format
        values = book.map(Float.init)
    }

    /// Blocks for whole multiples of 256 weights.
    func blocks(_ weights: [Float]) -> [UInt8] {
        stride(from: 0, to: weights.count - weights.count % 256, by: 256).flatMap { block(Array(weights[$0..<$0 + 256])) }
    }

    private func block(_ x: [Float]) -> [UInt8] {
        let largest = x.reduce(0) { max($0, abs($1)) }
        var best: (error: Float, bytes: [UInt8]) = (.infinity, [UInt8](repeating: 0, count: format.bytes))
        // A scale of 32 times the super-scale times 127 must reach about the largest weight.
        for step in 0..<12 {
            let d = SmallFloats.half(largest / 127 / 31 * (0.72 + 0.04 * Float(step)))
            guard SmallFloats.float(half: d) > 0 else { continue }
            let candidate = self.block(x, d)
            if candidate.error < best.error { best = candidate }
        }
        return best.bytes
    }

    private func block(_ x: [Float], _ bits: UInt16) -> (error: Float, bytes: [UInt8]) {
        var bytes = [UInt8](repeating: 0, count: format.bytes)
        let d = SmallFloats.float(half: bits)
        bytes[0] = UInt8(truncatingIfNeeded: bits)
        bytes[1] = UInt8(truncatingIfNeeded: bits >> 8)
        var total: Float = 0
        for group in 0..<8 {
            let part = x[32 * group..<32 * group + 32]
            let (code, error) = scale(part, d)
            total += error
            // Six bits, biased by 32: four in a nibble of scales_l, two in scales_h.
            let stored = code + 32
            bytes[4 + group / 2] |= UInt8(stored & 15) << (group % 2 * 4)
            bytes[2 + group / 4] |= UInt8(stored >> 4) << (group % 4 * 2)
            let step = d * Float(code)
            for (lane, weight) in part.enumerated() {
                bytes[8 + 16 * group + lane % 16] |= UInt8(nearest(weight, step)) << (lane / 16 * 4)
            }
        }
        return (total, bytes)
    }

    /// The best of all scales of a sub-block.
    private func scale(_ x: ArraySlice<Float>, _ d: Float) -> (code: Int, error: Float) {
        var best = (code: 0, error: x.reduce(0) { $0 + $1 * $1 })
        for code in -32...31 where code != 0 {
            let step = d * Float(code)
            var error: Float = 0
            for weight in x {
                let difference = weight - step * values[nearest(weight, step)]
                error += difference * difference
                if error >= best.error { break }
            }
            if error < best.error { best = (code, error) }
        }
        return best
    }

    private func nearest(_ weight: Float, _ step: Float) -> Int {
        guard step != 0 else { return 8 }
        let target = weight / step
        var low = 0
        var high = 15
        if target <= values[low] { return low }
        if target >= values[high] { return high }
        while high - low > 1 {
            let middle = (low + high) / 2
            if target < values[middle] { high = middle } else { low = middle }
        }
        return target - values[low] <= values[high] - target ? low : high
    }
}
