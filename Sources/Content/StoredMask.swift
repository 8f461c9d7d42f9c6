import HIFIBlockSpec

/// Whether a tensor of plain floats is a stored attention mask: 0 where attention is allowed, −infinity where not, and nothing else.
package enum StoredMask {
    /// A mask blocks no less than one number in so many: a row of it blocks some positions, or there was no need to store it.
    private static let leastShare = 16

    /// - Returns: false where the tensor holds anything else, one of the two only, or infinities here and there.
    package static func isMask(_ tensor: UnsafeRawBufferPointer, _ format: BlockFormat) -> Bool {
        guard format.elements == 1, let type = format.fields.first?.type else { return false }
        switch type {
        case .f16: return holds(tensor, zeros: [0, 0x8000], blocked: UInt16(0xFC00))
        case .bf16: return holds(tensor, zeros: [0, 0x8000], blocked: UInt16(0xFF80))
        case .f32: return holds(tensor, zeros: [0, 0x8000_0000], blocked: UInt32(0xFF80_0000))
        case .f64: return holds(tensor, zeros: [0, 0x8000_0000_0000_0000], blocked: UInt64(0xFFF0_0000_0000_0000))
        default: return false
        }
    }

    private static func holds<T: FixedWidthInteger & BitwiseCopyable>(
        _ tensor: UnsafeRawBufferPointer, zeros: [T], blocked: T
    ) -> Bool {
        let size = MemoryLayout<T>.size
        var (open, closed) = (0, 0)
        for offset in stride(from: 0, through: tensor.count - size, by: size) {
            let bits = T(littleEndian: tensor.loadUnaligned(fromByteOffset: offset, as: T.self))
            if bits == blocked { closed += 1 } else if zeros.contains(bits) { open += 1 } else { return false }
        }
        return open > 0 && closed > open / leastShare
    }
}
