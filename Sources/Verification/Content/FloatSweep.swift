import BlockSpec

/// Looks for NaN and infinity in long runs of floats, a cache line at a time.
enum FloatSweep {
    /// True if no scalar of the run has all exponent bits set. Any alignment; a rest shorter than a scalar is ignored.
    static func allFinite(_ bytes: UnsafeRawBufferPointer, type: ScalarType) -> Bool {
        switch type {
        case .f16: sweep(bytes, mask: UInt16(0x7C00))
        case .bf16: sweep(bytes, mask: UInt16(0x7F80))
        case .f32: sweep(bytes, mask: UInt32(0x7F80_0000))
        case .f64: sweep(bytes, mask: UInt64(0x7FF0_0000_0000_0000))
        default: true
        }
    }

    private static func sweep<Bits: FixedWidthInteger & BitwiseCopyable>(_ bytes: UnsafeRawBufferPointer, mask: Bits) -> Bool {
        let count = bytes.count / MemoryLayout<Bits>.size
        let littleEndianMask = mask.littleEndian
        var index = 0
        // One flag for a stretch instead of a branch for each scalar: the inner loop has no exit and becomes vector code.
        while index < count {
            let end = min(index + 1024, count)
            var found = false
            for position in index..<end {
                let bits = bytes.loadUnaligned(fromByteOffset: position * MemoryLayout<Bits>.size, as: Bits.self)
                found = found || bits & littleEndianMask == littleEndianMask
            }
            if found { return false }
            index = end
        }
        return true
    }
}
