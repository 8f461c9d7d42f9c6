import HIFIBlockSpec

/// Reads the integers of an `IndexedInteger`: where each plane's bits lie is worked out once, for every index.
package struct IntegerReader {
    private struct Plane {
        /// Bit position in the block, per index.
        let positions: [Int]
        let width: Int
        let place: Int
        let signed: Bool
    }

    private let planes: [Plane]
    /// By plane: the plane, where its bits are not those of the block itself, and the first bit of its field. Empty where all are.
    private let derived: [(plane: BitPlane, fieldStart: Int)?]
    package let bias: Int
    package let codebook: [Int]?
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
    package let count: Int

    package init(_ rule: IndexedInteger, in format: BlockFormat) {
        count = rule.count
        bias = rule.bias
        codebook = rule.codebook
        selected = rule.selection.map(Selected.init)
        lanes = rule.selection == nil ? [] : rule.lanes
        var planes: [Plane] = []
        var derived: [(plane: BitPlane, fieldStart: Int)?] = []
        for (number, plane) in rule.planes.enumerated() {
            planes.append(
                Plane(
                    positions: rule.positions(ofPlane: number, in: format), width: plane.width, place: plane.place, signed: plane.signed))
            derived.append(plane.gray > 0 ? (plane, 8 * format.declared(plane.field).offset) : nil)
        }
        self.planes = planes
        self.derived = derived.contains { $0 != nil } ? derived : []
    }

    /// The integer with this index: planes gathered, selection or codebook applied, bias added.
    func value(_ index: Int, in block: BlockBytes) -> Int {
        value(of: code(index, block.bits(at:width:)) { block.bytes[$0] }, index)
    }

    /// The planes put together.
    ///
    /// - Parameters:
    ///   - bits: as many bits as the second number says, at most 8, from this position of the block.
    ///   - byte: a byte of the block.
    @inline(__always)
    package func code(_ index: Int, _ bits: (Int, Int) -> Int, _ byte: (Int) -> UInt8) -> Int {
        var code = 0
        // By number: a copy of a plane would count references for every integer of every block.
        for number in planes.indices {
            let (position, width) = (planes[number].positions[index], planes[number].width)
            var bits = derived.isEmpty ? bits(position, width) : derivedBits(number, position, bits, byte)
            if planes[number].signed, bits >> (width - 1) == 1 { bits -= 1 << width }
            code += bits << planes[number].place
        }
        return code
    }

    private func derivedBits(_ number: Int, _ position: Int, _ bits: (Int, Int) -> Int, _ byte: (Int) -> UInt8) -> Int {
        guard let one = derived[number] else { return bits(position, planes[number].width) }
        return one.plane.bits(at: position, fieldStart: one.fieldStart, byte)
    }

    /// What the code of the integer with this index stands for. A codebook must have an entry for the code.
    package func value(of code: Int, _ index: Int) -> Int {
        if let selected { return selected.value(of: code, lane: lanes[index]) + bias }
        return (codebook.map { $0[code] } ?? code) + bias
    }

    /// Bytes of the block that hold bits of the integer with this index.
    package func bytes(_ index: Int) -> Set<Int> {
        Set(planes.flatMap { plane in (0..<plane.width).map { (plane.positions[index] + $0) >> 3 } })
    }
}
