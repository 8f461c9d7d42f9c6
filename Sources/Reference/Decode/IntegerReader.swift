import HIFIBlockSpec

/// Reads the integers of an `IndexedInteger`: where each plane's bits lie is worked out once, for every index.
struct IntegerReader {
    private struct Plane {
        /// Bit position in the block, per index.
        let positions: [Int]
        let width: Int
        let place: Int
        let signed: Bool
        /// The plane, where its bits are not those of the block itself, and the first bit of its field.
        let derived: (plane: BitPlane, fieldStart: Int)?
    }

    private let planes: [Plane]
    private let bias: Int
    private let codebook: [Int]?
    private let selected: Selected?
    /// Which of the numbers of its code each integer takes; empty without a selection.
    private let lanes: [Int]

    /// A selection, a grid laid flat for many look-ups.
    private struct Selected {
        let selection: Selection
        let numbers: [Int8]
        let lanes: Int
        let bits: Int
        let signs: Selection.Signs

        init(_ selection: Selection) {
            self.selection = selection
            signs = selection.signs
            switch selection.rule {
            case .grid(let grid, let bits): (numbers, lanes, self.bits) = (grid.numbers, grid.lanes, bits)
            case .ternary, .ternaryFromLast, .sequence: (numbers, lanes, bits) = ([], 1, 8)
            }
        }

        func value(of code: Int, lane: Int) -> Int {
            if numbers.isEmpty { return selection.value(of: code, lane: lane) }
            let number = Int(numbers[(code & (1 << bits - 1)) * lanes + lane % lanes])
            return signs.isNegative(code >> bits, lane: lane) ? -number : number
        }
    }

    /// How many integers a block has.
    let count: Int

    /// Nil if a plane names a field that the format lacks.
    init(_ rule: IndexedInteger, in format: BlockFormat) {
        count = rule.count
        bias = rule.bias
        codebook = rule.codebook
        selected = rule.selection.map(Selected.init)
        lanes = rule.selection == nil ? [] : rule.lanes
        var planes: [Plane] = []
        for (number, plane) in rule.planes.enumerated() {
            planes.append(
                Plane(
                    positions: rule.positions(ofPlane: number, in: format), width: plane.width, place: plane.place, signed: plane.signed,
                    derived: plane.gray > 0 ? (plane, 8 * format.declared(plane.field).offset) : nil))
        }
        self.planes = planes
    }

    private func bits(of plane: Plane, _ index: Int, in block: BlockBytes) -> Int {
        guard let derived = plane.derived else { return block.bits(at: plane.positions[index], width: plane.width) }
        return derived.plane.bits(at: plane.positions[index], fieldStart: derived.fieldStart) { block.bytes[$0] }
    }

    /// The integer with this index: planes gathered, selection or codebook applied, bias added.
    func value(_ index: Int, in block: BlockBytes) -> Int {
        var code = 0
        for plane in planes {
            var bits = self.bits(of: plane, index, in: block)
            if plane.signed, bits >> (plane.width - 1) == 1 { bits -= 1 << plane.width }
            code += bits << plane.place
        }
        if let selected { return selected.value(of: code, lane: lanes[index]) + bias }
        return (codebook.map { $0[code] } ?? code) + bias
    }
}
