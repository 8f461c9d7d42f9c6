import HIFIBlockSpec

/// Well-formed blocks with random codes.
package enum BenchBlocks {
    /// Blocks that are made; longer memory repeats them.
    private static let distinct = 4096

    /// Random codes; scales as tensors have them; every slot in use, at rising positions, over a base that is zero there;
    /// padding zero. So every content check passes.
    package static func fill(_ memory: UnsafeMutableRawBufferPointer, _ format: BlockFormat) {
        let made = min(memory.count / format.bytes, distinct)
        var state: UInt64 = 2
        for i in 0..<made * format.bytes { memory[i] = UInt8(truncatingIfNeeded: next(&state) >> 32) }
        for block in 0..<made {
            let bytes = UnsafeMutableRawBufferPointer(rebasing: memory[block * format.bytes..<(block + 1) * format.bytes])
            setFloats(bytes, format, &state)
            setSlots(bytes, format, &state)
            for check in format.checks where check.kind == .zero {
                format.field(check.field)?.range.forEach { bytes[$0] = 0 }
            }
            for check in format.checks {
                guard let written = check.bytes, let field = format.field(check.field) else { continue }
                for place in field.range { while !written.contains(bytes[place]) { bytes[place] &+= 1 } }
            }
        }
        var filled = made * format.bytes
        while filled > 0, filled < memory.count {
            let count = min(filled, memory.count - filled)
            UnsafeMutableRawBufferPointer(rebasing: memory[filled...]).copyMemory(
                from: UnsafeRawBufferPointer(rebasing: memory[0..<count]))
            filled += count
        }
    }

    /// Sums of four uniform numbers are close enough to a bell curve.
    package static func fill(_ values: UnsafeMutableBufferPointer<Float>) {
        var state: UInt64 = 1
        for i in values.indices {
            var sum: Float = 0
            for _ in 0..<4 { sum += Float(next(&state) >> 40) * 0x1p-24 - 0.5 }
            values[i] = sum
        }
    }

    /// 2⁻⁷ with some fraction bits, in any width.
    private static func setFloats(_ block: UnsafeMutableRawBufferPointer, _ format: BlockFormat, _ state: inout UInt64) {
        for field in format.fields where field.type.canBeNonFinite {
            if !field.parts.isEmpty {
                let bits = 0x2000 | next(&state) >> 54
                for part in field.parts {
                    for bit in 0..<part.width {
                        let position = 8 * field.offset + part.bit + bit
                        let mask = UInt8(1) << UInt8(position % 8)
                        if bits >> UInt64(part.place + bit) & 1 == 1 { block[position / 8] |= mask } else { block[position / 8] &= ~mask }
                    }
                }
                continue
            }
            for k in 0..<field.count {
                let place = field.offset + k * field.type.bytes
                let fraction = UInt32(truncatingIfNeeded: next(&state) >> 32)
                switch field.type {
                case .f64: block.storeBytes(of: UInt64(0x3F80) << 48 | UInt64(fraction), toByteOffset: place, as: UInt64.self)
                case .f32: block.storeBytes(of: 0x3C00_0000 | fraction & 0x7F_FFFF, toByteOffset: place, as: UInt32.self)
                case .bf16: block.storeBytes(of: 0x3C00 | UInt16(fraction & 0x7F), toByteOffset: place, as: UInt16.self)
                case .f16: block.storeBytes(of: 0x2000 | UInt16(fraction & 0x3FF), toByteOffset: place, as: UInt16.self)
                default: break
                }
            }
        }
    }

    private static func setSlots(_ block: UnsafeMutableRawBufferPointer, _ format: BlockFormat, _ state: inout UInt64) {
        guard let slots = format.outliers else { return }
        let index = slots.index
        for slot in 0..<index.count {
            let position = slot * format.elements / index.count + Int(next(&state) >> 60)
            let place = index.offset + slot * index.type.bytes
            block[place] = UInt8(truncatingIfNeeded: position)
            if index.type == .u16 { block[place + 1] = UInt8(truncatingIfNeeded: position >> 8) }
            if let code = format.decoding?.code, code.skipping == nil { setZero(code, at: position, in: block, format) }
        }
        if let count = slots.rule.count, let field = slots.count { block[field.offset] = UInt8(truncatingIfNeeded: count.maximum) }
    }

    /// Gives a weight the code of zero, where there is one.
    private static func setZero(_ code: IndexedInteger, at weight: Int, in block: UnsafeMutableRawBufferPointer, _ format: BlockFormat) {
        guard code.codebook == nil, code.selection == nil else { return }
        for (number, plane) in code.planes.enumerated() {
            let position = code.positions(ofPlane: number, in: format)[weight]
            for bit in 0..<plane.width where block.indices.contains((position + bit) / 8) {
                let mask = UInt8(1) << UInt8((position + bit) % 8)
                let isSet = -code.bias >> (plane.place + bit) & 1 == 1
                if isSet { block[(position + bit) / 8] |= mask } else { block[(position + bit) / 8] &= ~mask }
            }
        }
    }

    private static func next(_ state: inout UInt64) -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state
    }
}
