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
    private let selection: Selection?
    /// Which of the numbers of its code each integer takes; empty without a selection.
    private let lanes: [Int]
    /// How many integers a block has.
    let count: Int

    /// Nil if a plane names a field that the format lacks.
    init?(_ rule: IndexedInteger, in format: BlockFormat) {
        count = rule.count
        bias = rule.bias
        codebook = rule.codebook
        selection = rule.selection
        lanes = rule.selection == nil ? [] : rule.lanes
        var planes: [Plane] = []
        for (number, plane) in rule.planes.enumerated() {
            guard let positions = rule.positions(ofPlane: number, in: format) else { return nil }
            planes.append(Plane(positions: positions, width: plane.width, place: plane.place, signed: plane.signed))
        }
        self.planes = planes
    }

    /// The integer with this index: planes gathered, selection or codebook applied, bias added.
    func value(_ index: Int, in block: BlockBytes) -> Int {
        var code = 0
        for plane in planes {
            var bits = block.bits(at: plane.positions[index], width: plane.width)
            if plane.signed, bits >> (plane.width - 1) == 1 { bits -= 1 << plane.width }
            code += bits << plane.place
        }
        if let selection { return selection.value(of: code, lane: lanes[index]) + bias }
        return (codebook.map { $0[code] } ?? code) + bias
    }
}
