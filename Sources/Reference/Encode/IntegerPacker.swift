import HIFIBlockSpec

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

    /// Nil if a plane is wider than a byte.
    init?(_ rule: IndexedInteger, in format: BlockFormat) {
        count = rule.count
        var planes: [Plane] = []
        for (number, plane) in rule.planes.enumerated() {
            guard plane.width <= 8 else { return nil }
            planes.append(Plane(positions: rule.positions(ofPlane: number, in: format), mask: 1 << plane.width - 1, place: plane.place))
        }
        self.planes = planes
    }

    /// Sets the bits of integers 0 ..< `used` in a block whose bits there are still zero. Integers that share bits have them equal.
    func write<T: FixedWidthInteger>(_ integers: [T], used: Int, to block: UnsafeMutableRawBufferPointer) {
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
