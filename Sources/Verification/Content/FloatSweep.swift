import BlockSpec

/// Looks for NaN and infinity in long runs of floats, as fast as they can be read.
enum FloatSweep {
    /// True if no scalar of the run has all exponent bits set. Any alignment; a rest shorter than a scalar is ignored.
    ///
    /// Without its sign, a float has all exponent bits set exactly if adding one to the exponent carries into the sign's
    /// place. Nothing carries farther, so that words of eight bytes can be taken whatever the width of the floats.
    static func allFinite(_ bytes: UnsafeRawBufferPointer, type: ScalarType) -> Bool {
        switch type {
        case .f16: sweep(bytes, sign: 0x8000_8000_8000_8000, exponentOne: 0x0400_0400_0400_0400, width: 2)
        case .bf16: sweep(bytes, sign: 0x8000_8000_8000_8000, exponentOne: 0x0080_0080_0080_0080, width: 2)
        case .f32: sweep(bytes, sign: 0x8000_0000_8000_0000, exponentOne: 0x0080_0000_0080_0000, width: 4)
        case .f64: sweep(bytes, sign: 1 << 63, exponentOne: 1 << 52, width: 8)
        default: true
        }
    }

    private static func sweep(_ bytes: UnsafeRawBufferPointer, sign: UInt64, exponentOne: UInt64, width: Int) -> Bool {
        guard let start = bytes.baseAddress else { return true }
        let words = bytes.count / 8
        var word = 0
        // No exit within a stretch: the inner loop becomes vector code.
        while word < words {
            let end = min(word &+ 1024, words)
            var carries: UInt64 = 0
            while word < end {
                let bits = start.loadUnaligned(fromByteOffset: word &* 8, as: UInt64.self).littleEndian
                carries |= (bits & ~sign) &+ exponentOne
                word &+= 1
            }
            if carries & sign != 0 { return false }
        }
        var rest: UInt64 = 0
        let tail = (bytes.count - 8 * words) / width * width
        for index in 0..<tail { rest |= UInt64(bytes[8 * words + index]) << UInt64(8 * index) }
        return (rest & ~sign) &+ exponentOne & sign == 0
    }
}
