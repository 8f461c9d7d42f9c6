import HIFIBlockSpec

/// Tells whether the base of a block decodes to zero at a weight.
///
/// Encoders of formats whose outliers replace the base set those weights to zero before they quantize it. That leaves a mark that
/// no count or padding byte can fake: under the right reading the base is zero wherever a slot points, under a wrong one it is
/// zero there as often as anywhere.
struct BaseZero: Sendable {
    private let code: BitGather
    private let scale: BitGather?
    /// Scalars that every weight is multiplied by: byte offset and mask that leaves the sign out.
    private let factors: [(offset: Int, bytes: Int)]

    /// Nil where zero is not a matter of one factor: formats with minima, without codes, or with a packed code stream.
    init?(_ format: BlockFormat) {
        guard let decoding = format.decoding, let integers = decoding.code, integers.skipping == nil, integers.codebook == nil,
            let code = BitGather(integers, in: format), let names = Self.factors(of: decoding.value), names.contains("code")
        else { return nil }
        var factors: [(offset: Int, bytes: Int)] = []
        for name in names where name != "code" && name != "scale" {
            guard let field = format.field(name), field.count == 1, field.type == .f16 || field.type == .f32 else { return nil }
            factors.append((field.offset, field.type.bytes))
        }
        if names.contains("scale") {
            guard let integers = decoding.scale, integers.codebook == nil, let scale = BitGather(integers, in: format) else { return nil }
            self.scale = scale
        } else {
            scale = nil
        }
        self.code = code
        self.factors = factors
    }

    /// The names in a pure product; nil for any other arithmetic.
    private static func factors(of value: Expression) -> [String]? {
        switch value {
        case .f32(let name): return [name]
        case .multiply(let a, let b):
            guard let a = factors(of: a), let b = factors(of: b) else { return nil }
            return a + b
        case .literal, .add, .subtract, .divide: return nil
        }
    }

    /// `weight` outside the block counts as zero.
    func isZero(_ block: UnsafeRawPointer, at weight: Int) -> Bool {
        if code.value(block, at: weight) == 0 || scale?.value(block, at: weight) == 0 { return true }
        for factor in factors {
            let bits = factor.bytes == 2 ? UInt32(block.half(factor.offset) & 0x7FFF) : block.word(factor.offset) & 0x7FFF_FFFF
            if bits == 0 { return true }
        }
        return false
    }
}

/// Reads the integer of a weight from its bit planes, as `IndexedInteger` declares it, with all positions worked out beforehand.
struct BitGather: Sendable {
    private struct Plane: Sendable {
        /// Bit position in the block for each index.
        let positions: [Int32]
        let width: Int
        let place: Int
        let signed: Bool
    }

    private let planes: [Plane]
    private let every: Int
    private let bias: Int
    private let count: Int

    /// Nil where a plane would leave the block or takes more than 8 bits.
    init?(_ integers: IndexedInteger, in format: BlockFormat) {
        guard integers.every > 0, integers.selection == nil, integers.further.isEmpty else { return nil }
        let count = integers.digits.reduce(1) { $0 * $1.radix }
        var planes: [Plane] = []
        for (number, plane) in integers.planes.enumerated() {
            guard (1...8).contains(plane.width) else { return nil }
            let positions = integers.positions(ofPlane: number, in: format)
            guard positions.allSatisfy({ $0 >= 0 && $0 + plane.width <= 8 * format.bytes }) else { return nil }
            planes.append(Plane(positions: positions.map(Int32.init), width: plane.width, place: plane.place, signed: plane.signed))
        }
        self.planes = planes
        self.count = count
        every = integers.every
        bias = integers.bias
    }

    /// The integer of `weight`; 0 outside the block.
    func value(_ block: UnsafeRawPointer, at weight: Int) -> Int {
        let index = weight / every
        guard weight >= 0, index < count else { return 0 }
        var value = bias
        for plane in planes {
            let position = Int(plane.positions[index])
            let (byte, shift) = (position >> 3, position & 7)
            var bits = Int(block.byte(byte)) >> shift
            // A code may straddle two bytes; the second one is inside the block because the code's last bit is.
            if shift + plane.width > 8 { bits |= Int(block.byte(byte + 1)) << (8 - shift) }
            bits &= 1 << plane.width - 1
            if plane.signed, bits >> (plane.width - 1) == 1 { bits -= 1 << plane.width }
            value += bits << plane.place
        }
        return value
    }
}

extension UnsafeRawPointer {
    @inline(__always) package func word(_ offset: Int) -> UInt32 { loadUnaligned(fromByteOffset: offset, as: UInt32.self).littleEndian }
}
