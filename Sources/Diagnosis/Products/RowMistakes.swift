import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// Mistakes about what is summed over a row, beyond single terms.
enum RowMistakes {
    static func all(of format: BlockFormat) -> [Mutant] {
        guard let twin = DotTwin(format), let reader = BlockReader(format), format.headBytes == 0 else { return [] }
        let activation = twin.activation
        let rows = Remembered<RowProduct?>()
        var made: [Mutant] = []
        func add(_ name: String, _ fault: String, _ product: @escaping @Sendable (RowProduct) -> Double) {
            made.append(
                Mutant(product: name, of: format, fault) { request in
                    guard case .dot(_, let blocks, let type, let activations) = request, type == activation.id,
                        let row = rows.value(of: request, make: { RowProduct(reader, activation, blocks, activations) })
                    else { return .skipped(reason: "not part of this mutant") }
                    return .floats([Float(product(row)).bitPattern])
                })
        }
        scales(add)
        histories(add)
        if reader.part(.minimum) != nil { minima(add) }
        if reader.layout.slots != nil { outliers(add) }
        integers(reader, add)
        biases(reader, add)
        return made
    }

    /// A number that becomes another one.
    struct Change {
        let name: String
        let words: String
        let apply: @Sendable (Double) -> Double

        init(_ name: String, _ words: String, _ apply: @escaping @Sendable (Double) -> Double) {
            // What is not finite stays so.
            (self.name, self.words, self.apply) = (name, words, { $0.isFinite ? apply($0) : $0 })
        }

        private static func half(_ value: Double) -> Double { Double(SmallFloats.float(half: SmallFloats.half(Float(value)))) }
        private static func bfloat(_ value: Double) -> Double {
            Double(SmallFloats.float(bfloat16: SmallFloats.bfloat16(Float(value))))
        }
        private static func cut(_ value: Double) -> Double { Double(Float(bitPattern: Float(value).bitPattern & 0xFFFF_0000)) }
        private static func wrapped(_ value: Double, _ bits: Int) -> Double {
            let integer = Int(max(-1e15, min(1e15, value)))
            return Double((integer << (64 - bits)) >> (64 - bits))
        }
        private static func unsigned(_ value: Double, _ bits: Int) -> Double { Double(Int(value) & ((1 << bits) - 1)) }
        private static func held(_ value: Double, _ bits: Int) -> Double {
            let limit = Double(1 << (bits - 1))
            return max(-limit, min(limit - 1, value))
        }

        static let floats: [Change] = [
            Change("fp16", "rounded to fp16") { half($0) }, Change("bf16", "rounded to bf16") { bfloat($0) },
            Change("cut-bf16", "cut down to bf16") { cut($0) }, Change("absolute", "taken without its sign") { abs($0) },
        ]
        static let sums: [Change] =
            floats + [
                Change("whole", "cut down to a whole number") { $0.rounded(.towardZero) },
                Change("nearest", "rounded to a whole number") { $0.rounded() },
                Change("positive", "held to 0 and above") { max($0, 0) }, Change("negative", "held to 0 and below") { min($0, 0) },
            ]
        static let activationSums: [Change] = [
            Change("i8", "wrap at 8 bits") { wrapped($0, 8) }, Change("held-i8", "are held to 8 bits") { held($0, 8) },
            Change("i12", "wrap at 12 bits") { wrapped($0, 12) }, Change("u8", "are taken without a sign at 8 bits") { unsigned($0, 8) },
            Change("u16", "are taken without a sign") { unsigned($0, 16) }, Change("absolute", "lose their sign") { abs($0) },
            Change("positive", "are held to 0 and above") { max($0, 0) },
            Change("even", "lose their lowest bit") { 2 * ($0 / 2).rounded(.down) }, Change("half", "count half") { $0 / 2 },
            Change("twice", "count twice") { 2 * $0 },
        ]
        static let integers: [Change] = [
            Change("wrap-8", "wrap at 8 bits") { wrapped($0, 8) }, Change("held-8", "are held to 8 bits") { held($0, 8) },
            Change("wrap-16", "wrap at 16 bits") { wrapped($0, 16) }, Change("held-16", "are held to 16 bits") { held($0, 16) },
            Change("even", "lose their lowest bit") { 2 * ($0 / 2).rounded(.down) },
        ]
    }

    typealias Add = (_ name: String, _ fault: String, _ product: @escaping @Sendable (RowProduct) -> Double) -> Void

    private static func plain(_ row: RowProduct, _ scale: (Int) -> Double) -> Double {
        let weights = row.weights
        return row.code.indices.reduce(0) { $0 + weights[$1] * Double(row.code[$1]) * scale($1 / row.activation.elements) }
    }

    static func half(_ value: Double) -> Double { Double(SmallFloats.float(half: SmallFloats.half(Float(value)))) }

    // MARK: Scales

    private static func scales(_ add: Add) {
        add("scale-low-half", "the first two bytes of the activation scale are read as fp16") { row in
            plain(row) { block in Double(SmallFloats.float(half: UInt16(truncatingIfNeeded: Float(row.scales[block]).bitPattern))) }
        }
        add("scale-high-half", "the last two bytes of the activation scale are read as fp16") { row in
            plain(row) { block in Double(SmallFloats.float(half: UInt16(truncatingIfNeeded: Float(row.scales[block]).bitPattern >> 16))) }
        }
        add("scale-next-once", "each block takes the activation scale of the next, the last its own") { row in
            plain(row) { row.scales[min($0 + 1, row.scales.count - 1)] }
        }
        add("scale-previous-once", "each block takes the activation scale of the one before, the first its own") { row in
            plain(row) { row.scales[max($0 - 1, 0)] }
        }
        add("scale-previous-none", "each block takes the activation scale of the one before, the first none") { row in
            plain(row) { $0 == 0 ? 0 : row.scales[$0 - 1] }
        }
        add("scale-last", "all blocks take the activation scale of the last") { row in plain(row) { _ in row.scales[row.scales.count - 1] }
        }
        add("scale-pair", "blocks of each pair take the activation scale of the first of them") { row in plain(row) { row.scales[$0 & ~1] }
        }
        add("scale-d", "the weight scale is applied twice, and the activation scale not at all") { row in
            guard !row.d.isEmpty else { return .nan }
            let weights = row.weights
            return row.code.indices.reduce(0) { $0 + weights[$1] * Double(row.code[$1]) * row.d[$1 / row.format.elements] }
        }
        add("scale-square", "activation scales are applied twice") { row in plain(row) { row.scales[$0] * row.scales[$0] } }
        /// Weights under the scalar of another block.
        func weights(_ name: String, _ fault: String, _ block: @escaping @Sendable (_ block: Int, _ blocks: Int) -> Int) {
            add("d-\(name)", fault) { row in
                guard !row.d.isEmpty else { return .nan }
                let all = row.weights
                return row.code.indices.reduce(0) { sum, weight in
                    let own = weight / row.format.elements
                    let (d, other) = (row.d[own], row.d[block(own, row.d.count)])
                    let scaled = d == 0 ? 0 : row.scaled[weight] / d * other
                    return sum + (scaled + all[weight] - row.scaled[weight]) * Double(row.code[weight]) * row.scale(weight)
                }
            }
        }
        weights("pair", "blocks of each pair take the weight scale of the first of them") { block, _ in block & ~1 }
        weights("first", "all blocks take the weight scale of the first") { _, _ in 0 }
        weights("last", "all blocks take the weight scale of the last") { $1 - 1 }
        weights("next", "each block takes the weight scale of the next, the last its own") { min($0 + 1, $1 - 1) }
        weights("previous", "each block takes the weight scale of the one before, the first its own") { block, _ in max(block - 1, 0) }
        add("scale-flushed", "subnormal activation scales are taken for 0") { row in
            plain(row) { abs(row.scales[$0]) < 0x1p-14 ? 0 : row.scales[$0] }
        }
        for change in Change.floats {
            add("scales-\(change.name)", "the product of weight scale and activation scale is \(change.words)") { row in
                guard !row.d.isEmpty else { return .nan }
                let weights = row.weights
                return row.code.indices.reduce(0) { sum, weight in
                    let (d, scale) = (row.d[weight / row.format.elements], row.scale(weight))
                    let own = d * scale
                    let factor = own == 0 ? 1 : change.apply(own) / own
                    return sum + (row.scaled[weight] * factor + (weights[weight] - row.scaled[weight])) * Double(row.code[weight]) * scale
                }
            }
        }
        for shift in [-4, -3, -2, -1, 1, 2, 3, 4] {
            add(
                "codes-at\(shift)",
                "activation codes are read \(abs(shift)) byte\(abs(shift) == 1 ? "" : "s") too \(shift < 0 ? "early" : "far")"
            ) {
                row in
                guard let codes = row.activation.field("qs") else { return .nan }
                let all = row.weights
                return row.code.indices.reduce(0) { sum, weight in
                    let (block, index) = weight.quotientAndRemainder(dividingBy: row.activation.elements)
                    let at = block * row.activation.bytes + codes.offset + index + shift
                    let code = row.activations.indices.contains(at) ? Int(Int8(bitPattern: row.activations[at])) : 0
                    return sum + all[weight] * Double(code) * row.scale(weight)
                }
            }
        }
        /// Activations at places that are not those of their weights; several weights may share one.
        func places(_ name: String, _ fault: String, _ place: @escaping @Sendable (Int) -> Int) {
            add("places-\(name)", fault) { row in
                let (all, elements) = (row.weights, row.activation.elements)
                return row.code.indices.reduce(0) { sum, weight in
                    let other = weight / elements * elements + place(weight % elements) % elements
                    return sum + all[weight] * Double(row.code[other]) * row.scale(weight)
                }
            }
        }
        for run in [8, 16, 32, 64, 128] {
            places("step-\(run)", "activations move on by \(run / 2) for each \(run) weights") { $0 / run * (run / 2) + $0 % run }
            places("first-\(run)", "all runs of \(run) weights are multiplied with the first \(run) activations of a block") { $0 % run }
            places("repeat-\(run)", "of each two runs of \(run) weights both are multiplied with the activations of the first") {
                $0 & ~run
            }
            places("second-\(run)", "of each two runs of \(run) weights both are multiplied with the activations of the second") {
                $0 | run
            }
        }
        for size in [-8, -6, -4, -2, 2, 4, 8] {
            add("stride\(size)", "activation blocks are taken to be \(abs(size)) bytes \(size < 0 ? "shorter" : "longer") than they are") {
                row in
                let (bytes, kind) = (row.activation.bytes + size, row.activation)
                guard let d = kind.field("d"), let codes = kind.field("qs") else { return .nan }
                let sums = kind.field("bsums")
                let weights = sums == nil ? row.weights : row.scaled
                var sum = 0.0
                for block in row.scales.indices {
                    let moved = (0..<kind.bytes).map { byte in
                        let at = block * bytes + byte
                        return at < row.activations.count ? row.activations[at] : 0
                    }
                    let draft = BlockDraft(kind, bytes: moved)
                    let scale = Double(SlotFaults.float(draft, d, 0))
                    for index in 0..<kind.elements {
                        sum += weights[block * kind.elements + index] * scale * Double(Int8(truncatingIfNeeded: draft.bits(codes, index)))
                    }
                    guard let sums else { continue }
                    for group in 0..<sums.count {
                        let minimum = row.minimum[block * kind.elements + group * kind.elements / sums.count]
                        sum += minimum * scale * Double(SlotFaults.float(draft, sums, group))
                    }
                }
                return sum
            }
        }
    }

    // MARK: Sums

    private static func histories(_ add: Add) {
        func sums(_ name: String, _ fault: String, _ total: @escaping @Sendable (_ row: RowProduct, _ integers: [Double]) -> Double) {
            add(name, fault) { row in
                let weights = row.weights
                return total(row, row.sums { weights[$0] * Double(row.code[$0]) })
            }
        }
        sums("kept", "sums of the blocks before are not reset, and count again with each activation scale") { row, sums in
            var (running, total) = (0.0, 0.0)
            for (scale, sum) in zip(row.scales, sums) {
                running += sum
                total += running * scale
            }
            return total
        }
        let kept: @Sendable (RowProduct, [Double]) -> Double = { row, sums in
            sums.indices.reduce(0) { $0 + Double(sums.count - $1) * row.scales[$1] * sums[$1] }
        }
        sums("kept-scaled", "sums of the blocks before are not reset, and count again", kept)
        sums("last", "only the last block counts") { row, sums in row.scales[sums.count - 1] * sums[sums.count - 1] }
        sums("largest", "only the largest block counts") { row, sums in
            zip(row.scales, sums).map { $0 * $1 }.max { abs($0) < abs($1) } ?? 0
        }
        for change in Change.sums {
            sums("running-\(change.name)", "the running sum is \(change.words) after each block") { row, sums in
                zip(row.scales, sums).reduce(0) { change.apply($0 + $1.0 * $1.1) }
            }
            sums("block-\(change.name)", "the sum of each block is \(change.words)") { row, sums in
                zip(row.scales, sums).reduce(0) { $0 + change.apply($1.0 * $1.1) }
            }
        }
    }
}
