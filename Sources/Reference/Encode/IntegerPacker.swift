import BlockSpec

/// Writes the integers of an `IndexedInteger`: the inverse of `IntegerReader`, from the same declaration.
struct IntegerPacker: Sendable {
    private struct Plane: Sendable {
        /// Bit position in the block, per index.
        let positions: [Int]
        let mask: Int
        let place: Int
    }

    private let planes: [Plane]
    let count: Int

    /// Nil if a plane names a field that the format lacks, or is wider than a byte.
    init?(_ rule: IndexedInteger, in format: BlockFormat) {
        count = rule.digits.reduce(1) { $0 * $1.radix }
        var planes: [Plane] = []
        for plane in rule.planes {
            guard let field = format.field(plane.field), plane.width <= 8 else { return nil }
            let positions = (0..<count).map { index in
                var rest = index
                var position = 8 * field.offset + plane.firstBit
                for (digit, stride) in zip(rule.digits, plane.strides).reversed() {
                    position += rest % digit.radix * stride
                    rest /= digit.radix
                }
                return position
            }
            planes.append(Plane(positions: positions, mask: 1 << plane.width - 1, place: plane.place))
        }
        self.planes = planes
    }

    /// Sets the bits of integers 0 ..< `used` in a block whose bits there are still zero.
    func write(_ integers: [UInt8], used: Int, to block: UnsafeMutableRawBufferPointer) {
        for plane in planes {
            for index in 0..<min(used, count) {
                let bits = Int(integers[index]) >> plane.place & plane.mask
                let position = plane.positions[index]
                let shifted = bits << (position & 7)
                block[position >> 3] |= UInt8(truncatingIfNeeded: shifted)
                if shifted > 0xFF { block[position >> 3 + 1] |= UInt8(truncatingIfNeeded: shifted >> 8) }
            }
        }
    }
}
