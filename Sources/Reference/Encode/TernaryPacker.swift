import HIFIBlockSpec

/// Writes ternary digits that share bytes: the inverse of NUM-11, from the same declaration.
struct TernaryPacker: Sendable {
    /// The byte of each weight, from the start of the block, and what its digit counts there.
    private let places: [(byte: Int, weight: Int)]
    private let bytes: [Int]
    /// Digits of a byte.
    private static let digits = 5

    /// Nil unless codes are whole bytes.
    init?(_ rule: IndexedInteger, in format: BlockFormat) {
        guard rule.planes.count == 1, rule.width == 8, rule.laneCount <= Self.digits else { return nil }
        let positions = rule.positions(ofPlane: 0, in: format)
        guard positions.allSatisfy({ $0 & 7 == 0 }) else { return nil }
        bytes = Set(positions.map { $0 >> 3 }).sorted()
        places = zip(positions, rule.lanes).map { position, lane in
            (position >> 3, (lane + 1..<Self.digits).reduce(1) { power, _ in 3 * power })
        }
    }

    /// Sets the bytes of a block that are still zero. `digits` are 0, 1 or 2, one per weight; a digit that a byte has no weight for is 0.
    ///
    /// Five digits are a number below 243. Its byte is the least fraction of 256 that has them: 256 times the number over 243, rounded up.
    func write(_ digits: [UInt8], to block: UnsafeMutableRawBufferPointer) {
        for (place, digit) in zip(places, digits) { block[place.byte] += UInt8(Int(digit) * place.weight) }
        for byte in bytes { block[byte] = UInt8((256 * Int(block[byte]) + 242) / 243) }
    }
}
