import HIFIBlockSpec
import HIFIReference

/// Where the bits of the integers of a declaration lie, worked out once: like the reference's reader, but for declarations
/// that may be wrong on purpose. Bits outside the block read as 0.
struct PlaneBits {
    private struct Plane {
        /// Bit position in the block, per index.
        let positions: [Int]
        let width: Int
        let place: Int
        let signed: Bool
        /// The declaration, where the bits are not those of the block itself, and the first bit of the field.
        let derived: (plane: BitPlane, fieldStart: Int)?
    }

    private let planes: [Plane]
    private let bias: Int
    private let codebook: [Int]?
    private let selection: Selection?
    private let lanes: [Int]
    let count: Int

    init(_ rule: IndexedInteger, _ format: BlockFormat) {
        count = rule.count
        (bias, codebook, selection, lanes) = (rule.bias, rule.codebook, rule.selection, rule.lanes)
        planes = rule.planes.enumerated().map { number, plane in
            Plane(
                positions: rule.positions(ofPlane: number, in: format), width: plane.width, place: plane.place, signed: plane.signed,
                derived: plane.gray > 0 ? (plane, 8 * format.declared(plane.field).offset) : nil)
        }
    }

    /// All integers, in order.
    func values(_ block: [UInt8]) -> [Int] {
        var values = gathered(block)
        for index in values.indices {
            if let selection { values[index] = selection.value(of: values[index], lane: lanes[index]) }
            if let codebook { values[index] = codebook.indices.contains(values[index]) ? codebook[values[index]] : 0 }
            values[index] += bias
        }
        return values
    }

    /// The planes put together, of all integers.
    private func gathered(_ block: [UInt8]) -> [Int] {
        var values = [Int](repeating: 0, count: count)
        for plane in planes {
            let mask = 1 << plane.width - 1
            for index in 0..<min(count, plane.positions.count) {
                let position = plane.positions[index]
                let byte = position >> 3
                guard byte >= 0, byte < block.count else { continue }
                var word = Int(block[byte])
                if byte + 1 < block.count { word |= Int(block[byte + 1]) << 8 }
                var bits = word >> (position & 7) & mask
                if let derived = plane.derived {
                    bits = derived.plane.bits(at: position, fieldStart: derived.fieldStart) { block.indices.contains($0) ? block[$0] : 0 }
                }
                if plane.signed, bits >> (plane.width - 1) == 1 { bits -= 1 << plane.width }
                values[index] += bits << plane.place
            }
        }
        return values
    }

    /// Where codes name entries of a grid, the number of the entry for each integer; nil elsewhere.
    func entries(_ block: [UInt8]) -> [Int]? {
        guard let selection, case .grid(_, let bits) = selection.rule else { return nil }
        return gathered(block).map { $0 & (1 << bits - 1) }
    }

    /// Bytes of the block that hold bits of integer `index`.
    func bytes(_ index: Int) -> Set<Int> {
        var bytes: Set<Int> = []
        for plane in planes where index < plane.positions.count {
            let start = plane.positions[index]
            for bit in start..<start + plane.width { bytes.insert(bit >> 3) }
        }
        return bytes
    }
}

/// Scalars of fields.
enum FieldScalar {
    /// As fp32.
    static func float(_ field: Field, _ index: Int, _ block: [UInt8]) -> Float? {
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

    /// As an integer.
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

    /// As stored; nil where it is not inside the block.
    static func bits(_ field: Field, _ index: Int, _ block: [UInt8]) -> UInt64? {
        if !field.parts.isEmpty {
            guard index == 0, field.range.lowerBound >= 0, field.range.upperBound <= block.count else { return nil }
            return field.gathered { block[$0] }
        }
        let start = field.offset + index * field.type.bytes
        guard index >= 0, index < field.count, start >= 0, start + field.type.bytes <= block.count else { return nil }
        return (0..<field.type.bytes).reduce(0) { $0 | UInt64(block[start + $1]) << UInt64(8 * $1) }
    }
}
