import BlockSpec
import Reference

/// Reads the integers of a declaration from a block: as the reference does, but of declarations that may be wrong on purpose.
struct PlaneBits {
    /// All integers, in order; bits outside the block read as 0.
    static func values(_ rule: IndexedInteger, _ format: BlockFormat, _ block: [UInt8]) -> [Int] {
        let count = rule.digits.reduce(1) { $0 * $1.radix }
        return (0..<count).map { value(rule, format, block, $0) }
    }

    static func value(_ rule: IndexedInteger, _ format: BlockFormat, _ block: [UInt8], _ index: Int) -> Int {
        let code = raw(rule, format, block, index)
        guard let codebook = rule.codebook else { return code + rule.bias }
        return (codebook.indices.contains(code) ? codebook[code] : 0) + rule.bias
    }

    /// The gathered bits, before codebook and bias.
    static func raw(_ rule: IndexedInteger, _ format: BlockFormat, _ block: [UInt8], _ index: Int) -> Int {
        var code = 0
        for plane in rule.planes {
            guard let field = format.field(plane.field) else { continue }
            let start = 8 * field.offset + plane.firstBit + rule.offset(of: index, strides: plane.strides)
            var bits = 0
            for bit in 0..<plane.width {
                let position = start + bit
                guard position >= 0, position >> 3 < block.count else { continue }
                bits |= Int(block[position >> 3] >> UInt8(position & 7) & 1) << bit
            }
            if plane.signed, bits >> (plane.width - 1) == 1 { bits -= 1 << plane.width }
            code += bits << plane.place
        }
        return code
    }

    /// Bytes of the block that hold bits of integer `index`.
    static func bytes(_ rule: IndexedInteger, _ format: BlockFormat, _ index: Int) -> Set<Int> {
        var bytes: Set<Int> = []
        for plane in rule.planes {
            guard let field = format.field(plane.field) else { continue }
            let start = 8 * field.offset + plane.firstBit + rule.offset(of: index, strides: plane.strides)
            for bit in start..<start + plane.width { bytes.insert(bit >> 3) }
        }
        return bytes
    }

    /// A scalar of a field as fp32.
    static func scalar(_ field: Field, _ index: Int, _ block: [UInt8]) -> Float? {
        guard let bits = bits(field, index, block) else { return nil }
        switch field.type {
        case .f32: return Float(bitPattern: UInt32(truncatingIfNeeded: bits))
        case .f16: return SmallFloats.float(half: UInt16(truncatingIfNeeded: bits))
        case .bf16: return SmallFloats.float(bfloat16: UInt16(truncatingIfNeeded: bits))
        case .f64: return Float(Double(bitPattern: bits))
        case .e4m3hifi: return SmallFloats.float(e4m3: UInt8(truncatingIfNeeded: bits))
        case .e8m0half: return SmallFloats.float(e8m0half: UInt8(truncatingIfNeeded: bits))
        default: return integer(field, index, block).map(Float.init)
        }
    }

    static func integer(_ field: Field, _ index: Int, _ block: [UInt8]) -> Int? {
        guard let bits = bits(field, index, block) else { return nil }
        switch field.type {
        case .i8: return Int(Int8(truncatingIfNeeded: bits))
        case .i16: return Int(Int16(truncatingIfNeeded: bits))
        case .i32: return Int(Int32(truncatingIfNeeded: bits))
        case .i64: return Int(Int64(truncatingIfNeeded: bits))
        default: return Int(truncatingIfNeeded: bits)
        }
    }

    static func bits(_ field: Field, _ index: Int, _ block: [UInt8]) -> UInt64? {
        let start = field.offset + index * field.type.bytes
        guard index >= 0, index < field.count, start + field.type.bytes <= block.count else { return nil }
        return (0..<field.type.bytes).reduce(0) { $0 | UInt64(block[start + $1]) << UInt64(8 * $1) }
    }
}
