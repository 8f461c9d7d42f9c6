import HIFIBlockSpec

/// Made-up tensors: any codes, scales near 2^−7, outlier positions that rise.
enum BenchBlocks {
    static func make(_ format: BlockFormat, bytes: Int) -> [UInt8] {
        var state: UInt64 = 2
        var blocks = [UInt8](unsafeUninitializedCapacity: bytes) { buffer, count in
            for i in buffer.indices { buffer.initializeElement(at: i, to: UInt8(truncatingIfNeeded: next(&state) >> 32)) }
            count = bytes
        }
        let slots = format.outliers
        for block in stride(from: 0, to: bytes, by: format.bytes) {
            for field in format.fields where field.type.canBeNonFinite && field.parts.isEmpty {
                for k in 0..<field.count {
                    // The upper byte alone: 2^-7 with some bits of a fraction, in either width.
                    let last = block + field.offset + (k + 1) * field.type.bytes - 1
                    blocks[last] = field.type == .f32 ? 0x3C : 0x20 | blocks[last] & 3
                    if field.type == .f32 { blocks[last - 1] &= 0x7F }
                }
            }
            guard let slots else { continue }
            let index = slots.index
            for k in 0..<index.count { blocks[block + index.offset + k] = UInt8(32 * (k % 8)) | blocks[block + index.offset + k] & 31 }
            if let count = slots.rule.count, let field = slots.count { blocks[block + field.offset] = UInt8(count.maximum) }
        }
        return blocks
    }

    static func activations(_ count: Int) -> [Float] {
        var state: UInt64 = 1
        return (0..<count).map { _ in Float(next(&state) >> 40) * 0x1p-23 - 1 }
    }

    private static func next(_ state: inout UInt64) -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state
    }
}
