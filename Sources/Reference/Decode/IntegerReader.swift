import BlockSpec

/// Reads the integers of an `IndexedInteger`: where each plane's bits lie is worked out once, for every index.
struct IntegerReader {
    private struct Plane {
        /// Bit position in the block, per index.
        let positions: [Int]
        let width: Int
        let place: Int
        let signed: Bool
    }

    private let planes: [Plane]
    private let bias: Int
    private let codebook: [Int]?
    /// How many integers a block has.
    let count: Int

    /// Nil if a plane names a field that the format lacks.
    init?(_ rule: IndexedInteger, in format: BlockFormat) {
        count = rule.digits.reduce(1) { $0 * $1.radix }
        bias = rule.bias
        codebook = rule.codebook
        var planes: [Plane] = []
        for plane in rule.planes {
            guard let field = format.field(plane.field) else { return nil }
            let positions = (0..<count).map { 8 * field.offset + plane.firstBit + rule.offset(of: $0, strides: plane.strides) }
            planes.append(Plane(positions: positions, width: plane.width, place: plane.place, signed: plane.signed))
        }
        self.planes = planes
    }

    /// The integer with this index: planes gathered, codebook applied, bias added.
    func value(_ index: Int, in block: BlockBytes) -> Int {
        var code = 0
        for plane in planes {
            var bits = block.bits(at: plane.positions[index], width: plane.width)
            if plane.signed, bits >> (plane.width - 1) == 1 { bits -= 1 << plane.width }
            code += bits << plane.place
        }
        return (codebook.map { $0[code] } ?? code) + bias
    }
}
