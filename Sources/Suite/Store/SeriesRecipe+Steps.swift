import HIFIBlockSpec
import HIFIForeign
import HIFIReference

extension SeriesRecipe {
    /// The questions, in order. A recipe never changes what it asks.
    ///
    /// - Throws: where the format cannot be what the recipe is about.
    public func steps(of format: BlockFormat) throws(VectorProblem) -> [SeriesStep] {
        let maker = try SeriesMaker(self, format)
        switch axis {
        case .length: return try maker.lengths()
        case .magnitude: return try maker.magnitudes()
        case .placement: return try maker.placements()
        case .repetition: return try maker.repetitions()
        case .rows: return try maker.rows()
        }
    }

    /// Numbers of blocks along the axis of lengths: all up to 17, then around powers of two up to 64 × 256 weights.
    package static func lengths(of format: BlockFormat) -> [Int] {
        let long = format.elements >= 256 ? [] : [127, 128, 129, 255, 256, 512]
        return Array(1...17) + [24, 31, 32, 33, 47, 63, 64] + long
    }
}

/// Makes the operands of a series.
private struct SeriesMaker {
    private let recipe: SeriesRecipe
    private let format: BlockFormat
    private let activation: BlockFormat?
    private let quantizer: ActivationQuantizer?

    init(_ recipe: SeriesRecipe, _ format: BlockFormat) throws(VectorProblem) {
        (self.recipe, self.format) = (recipe, format.asOneBlockRows)
        guard let name = recipe.activationFormat else {
            (activation, quantizer) = (nil, nil)
            return
        }
        guard let activation = Spec.format(name), let quantizer = try? ActivationQuantizer(activation) else {
            throw .malformed(file: "series", what: "no activations of \(ForeignText(name))")
        }
        (self.activation, self.quantizer) = (activation, quantizer)
    }

    // MARK: Axes

    func lengths() throws(VectorProblem) -> [SeriesStep] {
        var steps: [SeriesStep] = []
        for (number, blocks) in SeriesRecipe.lengths(of: format).enumerated() where fits(blocks) {
            steps.append(try step(Operands(number, blocks: blocks), "\(blocks) block\(blocks == 1 ? "" : "s")"))
        }
        return steps
    }

    func magnitudes() throws(VectorProblem) -> [SeriesStep] {
        var steps: [SeriesStep] = []
        for (weights, words) in [(Extreme.highest, "the highest"), (.lowest, "the lowest"), (.turning, "the highest and lowest in turn")] {
            for (sign, sense) in [(Float(1), "positive"), (-1, "negative")] {
                for blocks in [1, 2, 16, 64].map({ $0 * max(1, 256 / format.elements) }) {
                    var operands = Operands(0, blocks: blocks)
                    operands.extreme = weights
                    operands.sign = sign
                    steps.append(try step(operands, "\(blocks) block\(blocks == 1 ? "" : "s"), all codes \(words), activations \(sense)"))
                }
            }
        }
        return steps
    }

    func placements() throws(VectorProblem) -> [SeriesStep] {
        var steps: [SeriesStep] = []
        for blocks in [1, 3].map({ $0 * perRow }) {
            for shift in 0..<16 {
                steps.append(
                    try step(Operands(blocks, blocks: blocks), "\(shift) block\(shift == 1 ? "" : "s") into a matrix", shift: shift))
            }
        }
        return steps
    }

    /// First a row A; then rows that differ from it in one thing; each time A again.
    func repetitions() throws(VectorProblem) -> [SeriesStep] {
        let blocks = 5 * perRow
        let first = Operands(0, blocks: blocks)
        var others = [("another row of the same size", Operands(1, blocks: blocks))]
        var last = first
        last.changesLast = true
        others.append(("the same row but for its last block", last))
        if recipe.hasImportance {
            var importance = first
            importance.importance = 1
            others.append(("the same row under other importances", importance))
        }
        if recipe.activationFormat != nil {
            var column = first
            column.column = 1
            others.append(("the same row with other activations", column))
        }
        var steps = [try step(first, "a row"), try step(first, "the same row again")]
        for (label, operands) in others {
            steps.append(try step(operands, label))
            steps.append(try step(first, "the first row again, after \(label)"))
        }
        steps.append(try step(Operands(2, blocks: 2 * perRow), "a shorter row"))
        steps.append(try step(first, "the first row again, after a shorter row"))
        return steps
    }

    func rows() throws(VectorProblem) -> [SeriesStep] {
        var steps: [SeriesStep] = []
        for (rows, columns) in [(1, 1), (2, 1), (3, 1), (8, 1), (2, 2), (3, 3), (5, 4)] {
            guard recipe.operation == .product || columns == 1 else { continue }
            for length in [1, 2, 5] {
                var operands = Operands(rows + columns, blocks: length * perRow)
                (operands.rows, operands.columns) = (rows, columns)
                let words = "\(rows) row\(rows == 1 ? "" : "s") of \(length * perRow) blocks"
                steps.append(try step(operands, recipe.operation == .product ? "\(words) times \(columns)" : words))
            }
        }
        return steps
    }

    // MARK: Operands

    /// Blocks in 256 weights; one where a block is as large.
    private var perRow: Int { max(1, 256 / format.elements) }

    /// Whether a row of so many blocks is whole blocks of activations too.
    private func fits(_ blocks: Int) -> Bool { blocks * format.elements % (activation?.elements ?? 1) == 0 }

    /// What a step's numbers follow from.
    private struct Operands {
        /// Which numbers, of those that the seed gives.
        var number: Int
        /// Blocks in a row.
        var blocks: Int
        var rows = 1
        var columns = 1
        var changesLast = false
        var importance = 0
        var column = 0
        var extreme: Extreme?
        var sign: Float = 1

        init(_ number: Int, blocks: Int) { (self.number, self.blocks) = (number, blocks) }
    }

    /// Blocks whose integers are as large as they get.
    private enum Extreme { case highest, lowest, turning }

    private func random(_ purpose: UInt64, _ number: Int) -> SeededRandom {
        SeededRandom(seed: recipe.seed &+ purpose &* 0x9E37_79B9_7F4A_7C15 &+ UInt64(number) &* 0xD1B5_4A32_D192_ED03)
    }

    private func step(_ operands: Operands, _ name: String, shift: Int = 0) throws(VectorProblem) -> SeriesStep {
        SeriesStep(request: try request(operands), shift: shift, name: name)
    }

    private func request(_ operands: Operands) throws(VectorProblem) -> Request {
        let width = operands.blocks * format.elements
        switch recipe.operation {
        case .decode: return .decode(format: format.id, blocks: format.row(of: blocks(operands)))
        case .encode:
            guard let path = recipe.path else { throw .malformed(file: "series", what: "encoding without a way in") }
            var weights = SeriesMaker.weights(random(1, operands.number), operands.rows * width)
            if operands.changesLast {
                weights.replaceLast(format.elements, by: SeriesMaker.weights(random(2, operands.number), format.elements))
            }
            let importance = recipe.hasImportance ? SeriesMaker.importance(random(3, operands.importance), width) : nil
            return .encode(format: format.id, path: path, values: weights, columns: width, importance: importance)
        case .quantize:
            var values = SeriesMaker.weights(random(1, operands.number), width)
            if operands.changesLast {
                values.replaceLast(format.elements, by: SeriesMaker.weights(random(2, operands.number), format.elements))
            }
            return .quantizeActivations(format: format.id, values: values)
        case .dot:
            guard let activation else { throw .malformed(file: "series", what: "products without activations") }
            return .dot(
                format: format.id, blocks: format.row(of: blocks(operands)), activationFormat: activation.id,
                activations: try activations(operands, width))
        case .product:
            guard let activation else { throw .malformed(file: "series", what: "products without activations") }
            return .product(
                format: format.id, blocks: matrix(operands), rows: operands.rows, activationFormat: activation.id,
                activations: try activations(operands, width), columns: operands.columns)
        }
    }

    /// Rows one behind another, each with its header if the format has one.
    private func matrix(_ operands: Operands) -> [UInt8] {
        let (bytes, row) = (blocks(operands), operands.blocks * format.bytes)
        return stride(from: 0, to: bytes.count, by: row).flatMap { format.row(of: Array(bytes[$0..<$0 + row])) }
    }

    private func blocks(_ operands: Operands) -> [UInt8] {
        let count = operands.rows * operands.blocks
        if let extreme = operands.extreme { return (0..<count).flatMap { self.extreme(extreme, $0) } }
        var bytes = SeriesMaker.blocks(format, random(1, operands.number), count)
        if operands.changesLast { bytes.replaceLast(format.bytes, by: SeriesMaker.blocks(format, random(2, operands.number), 1)) }
        return bytes
    }

    private func activations(_ operands: Operands, _ width: Int) throws(VectorProblem) -> [UInt8] {
        var values: [Float] = []
        if operands.extreme != nil {
            // A row of one magnitude: every code is as large as codes get.
            values = [Float](repeating: operands.sign * 0.75, count: width)
        } else {
            for column in 0..<operands.columns {
                values += SeriesMaker.weights(random(4, operands.number + 100 * (operands.column + column)), width)
            }
        }
        guard let quantizer, let bytes = try? quantizer.quantize(values, columns: width) else {
            throw .malformed(file: "series", what: "activations of \(ForeignText(recipe.activationFormat ?? "")) cannot be made")
        }
        return bytes
    }

    /// A block whose codes, scales and minima are the highest or lowest.
    private func extreme(_ kind: Extreme, _ index: Int) -> [UInt8] {
        var random = self.random(5, index)
        var draft = BlockDraft(format, bytes: SeriesMaker.blocks(format, random, 1))
        let highest = kind == .highest || kind == .turning && random.next() % 2 == 0
        // Signed codes are stored in two's complement or with an offset: of eight bits the former.
        let own = draft.codeWidth == 8 ? (highest ? 0x7F : 0x80) : highest ? (1 << draft.codeWidth) - 1 : 0
        let code = format.decoding?.code?.selection?.extremeCode(highest) ?? own
        for i in 0..<draft.codeCount { draft.setCode(i, code) }
        let book = format.decoding?.scale?.codebook
        let scale =
            book.flatMap { book in book.max().flatMap(book.firstIndex) } ?? (draft.scaleWidth == 8 ? 0x7F : (1 << draft.scaleWidth) - 1)
        for s in 0..<draft.scaleCount { draft.setScale(s, scale) }
        for s in 0..<draft.minimumCount { draft.setMinimum(s, kind == .lowest ? (1 << draft.minimumWidth) - 1 : 0) }
        return draft.bytes
    }

    // MARK: Numbers

    /// Random blocks whose scales are of about one size, so that every weight is seen in a sum.
    private static func blocks(_ format: BlockFormat, _ source: SeededRandom, _ count: Int) -> [UInt8] {
        var random = source
        var bytes: [UInt8] = []
        for _ in 0..<count {
            var block = random.bytes(format.bytes)
            for field in format.fields where !field.parts.isEmpty && field.type == .f16 {
                var draft = BlockDraft(format, bytes: block)
                draft.set(field, bits: draft.bits(field) & 0x87FF | 0x1800)
                block = draft.bytes
            }
            for field in format.fields where field.parts.isEmpty {
                for scalar in 0..<field.count { narrow(&block, field, at: field.offset + scalar * field.type.bytes) }
            }
            bytes += block
        }
        return bytes
    }

    /// Keeps sign and mantissa of a float and brings its exponent into a range of a few powers of two.
    private static func narrow(_ block: inout [UInt8], _ field: Field, at place: Int) {
        let last = place + field.type.bytes - 1
        switch field.type {
        case .f16: block[last] = block[last] & 0x87 | 0x18
        case .bf16, .f32: block[last] = block[last] & 0x80 | 0x3C
        case .f64: (block[last], block[last - 1]) = (block[last] & 0x80 | 0x3F, block[last - 1] & 0x0F | 0xA0)
        case .e8m0half: block[last] = 118 + block[last] % 8
        case .e4m3hifi: block[last] = block[last] & 0x87 | 0x20
        default: break
        }
    }

    /// A number below 1 in steps of 2⁻²⁴.
    private static func uniform(_ random: inout SeededRandom) -> Float { Float(random.next() >> 40) / Float(1 << 24) }

    /// A bell without any library function, with some values many times larger, as weights and activations are.
    private static func weights(_ source: SeededRandom, _ count: Int) -> [Float] {
        var random = source
        return (0..<count).map { _ in
            // Twelve uniform numbers of 16 bits, four from each random one. Their sum is exact in fp32.
            var sum: UInt64 = 0
            for _ in 0..<3 {
                let word = random.next()
                sum += word & 0xFFFF + word >> 16 & 0xFFFF + word >> 32 & 0xFFFF + word >> 48
            }
            let value = (Float(sum) / 65536 - 6) * 0.05
            return random.next() % 32 == 0 ? value * (5 + 30 * uniform(&random)) : value
        }
    }

    /// Importances over two powers of ten; no two of a row's are equal but by accident.
    private static func importance(_ source: SeededRandom, _ count: Int) -> [Float] {
        var random = source
        return (0..<count).map { _ in
            let value = uniform(&random)
            return 0.01 + value * value
        }
    }
}

extension Selection {
    /// The code whose numbers are together the largest, or the smallest.
    fileprivate func extremeCode(_ highest: Bool) -> Int {
        guard case .grid(let grid, let bits) = rule else { return highest ? 0xFF : 0 }
        let sums = (0..<grid.entries).map { entry in (0..<grid.lanes).reduce(0) { $0 + grid.number(entry, $1) } }
        let signed = signs == .none ? 0 : highest ? 0 : ~(~0 << (signs == .own ? 1 : Self.storedSigns)) << bits
        let sum = (highest || signs != .none ? sums.max() : sums.min()) ?? 0
        return (sums.firstIndex(of: sum) ?? 0) | signed
    }
}

extension Array {
    fileprivate mutating func replaceLast(_ count: Int, by other: [Element]) { replaceSubrange(endIndex - count..<endIndex, with: other) }
}
