import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// Dot cases: a row of weight blocks times a row of activation blocks, with the product in real arithmetic and the a-priori
/// bound of a kernel (DOT-06).
struct DotCases {
    let format: BlockFormat
    let activation: BlockFormat
    private let dot: ReferenceDot
    private let clauses: FormatClauses

    /// Nil for formats that are not multiplied: element types of other widths and activation formats.
    init?(_ format: BlockFormat) {
        guard format.decoding != nil, format.elements > 1, !["q8_1", "q8_k"].contains(format.id),
            let activation = ReferenceDot.activationFormat(for: format),
            let dot = try? ReferenceDot(Spec.format(format.id) ?? format, activation: activation)
        else { return nil }
        self.format = format
        self.activation = activation
        self.dot = dot
        clauses = FormatClauses(format)
    }

    private func defects(_ ids: String...) -> [String] { ids.filter { DistinctFormats.concerns($0, format) } }

    func add(to list: inout CaseCollector) throws {
        try wholeRows(&list)
        try lone(&list)
        try blocks(&list)
        try outliers(&list)
        try fewLevels(&list)
        try extremes(&list)
    }

    // MARK: Making rows

    /// Activation blocks for these codes, a scale for each block, with right sums.
    func activations(_ codes: [Int], scales: [Float]) -> [UInt8] {
        var bytes: [UInt8] = []
        for block in 0..<codes.count / activation.elements {
            var draft = BlockDraft(activation)
            let part = codes[block * activation.elements..<(block + 1) * activation.elements]
            let scale = scales[block % scales.count]
            guard let d = activation.field("d"), let qs = activation.field("qs") else { return [] }
            let half = SmallFloats.half(scale)
            draft.set(d, bits: d.type == .f16 ? UInt64(half) : UInt64(scale.bitPattern))
            for (i, code) in part.enumerated() { draft.set(qs, i, bits: UInt64(UInt8(truncatingIfNeeded: code))) }
            if let sums = activation.field("bsums") {
                for group in 0..<sums.count {
                    draft.set(sums, group, bits: UInt64(UInt16(truncatingIfNeeded: part.dropFirst(16 * group).prefix(16).reduce(0, +))))
                }
            }
            if let sum = activation.field("s") {
                draft.set(sum, bits: UInt64(SmallFloats.half(SmallFloats.float(half: half) * Float(part.reduce(0, +)))))
            }
            bytes += draft.bytes
        }
        return bytes
    }

    /// At least 64 weights, so that formats of 32 have rows of more than one block.
    var perRow: Int { max(64, format.elements) }

    private func ramps(_ blocks: Int, _ number: Int = 0) -> [UInt8] {
        (0..<blocks * perRow / format.elements).flatMap { DraftBlocks.ramp(format, number: number + $0).bytes }
    }

    private func codes(_ count: Int, _ value: (Int) -> Int) -> [UInt8] {
        activations((0..<count).map(value), scales: [0.0173, 0.25, 0.0031])
    }

    func add(
        _ list: inout CaseCollector, _ blocks: [UInt8], _ row: [UInt8], _ ids: [String], _ flags: [String], _ why: String,
        level: ConformanceCase.Level = .required
    ) throws {
        let blocks = format.row(of: blocks)
        let value = try dot.dot(blocks, row)
        try secondOpinion(blocks, row, value)
        list.add(
            .init(
                kind: .dot, format: format.id, clauses: ids, level: level, flags: flags, validity: .valid, why: why,
                task: .dot(blocks: blocks, activationFormat: activation.id, activations: row, exact: value.value, bound: value.bound())))
    }

    /// The sum over separately decoded weights must lie inside the bound too.
    private func secondOpinion(_ blocks: [UInt8], _ row: [UInt8], _ value: DotValue) throws {
        let weights = try CaseCollector.weights(format, blocks)
        let others = try CaseCollector.weights(activation, row)
        // Each product of two fp32 is exact in fp64; a compensated sum keeps what additions lose.
        var sum = 0.0
        var lost = 0.0
        for (a, b) in zip(weights, others) {
            let term = Double(Float(bitPattern: a)) * Double(Float(bitPattern: b))
            let next = sum + term
            lost += abs(sum) >= abs(term) ? (sum - next) + term : (term - next) + sum
            sum = next
        }
        let total = sum + lost
        let agrees = value.value.isFinite ? abs(total - value.value) <= value.bound() : !total.isFinite
        guard agrees else {
            throw CaseCollector.Disagreement(
                description: "\(format.id): product \(value.value), by decoded weights \(total), bound \(value.bound())")
        }
    }

    // MARK: Cases

    private func wholeRows(_ list: inout CaseCollector) throws {
        var random = SeededRandom(seed: BaseCases.seed("dot" + format.id))
        for number in 0..<5 {
            let count = (1 + number % 3) * perRow
            let blocks = (0..<count / format.elements).flatMap { _ in DraftBlocks.weightLike(format, &random).bytes }
            let row = codes(count) { _ in Int(random.next() % 255) - 127 }
            try add(
                &list, blocks, row,
                ["DOT-01", "DOT-02", "DOT-03", "DOT-05", "DOT-06", "DOT-07", "DOT-10"] + (activation.id == "q8_1" ? ["DOT-08"] : []),
                ["weight-like"] + defects("F8", "B10", "B18", "O7"),
                "Weights and activations as in a model, \(count / perRow) block\(count > perRow ? "s" : "").")
        }
        for (value, what) in [(127, "largest"), (-127, "most negative"), (1, "smallest")] {
            try add(
                &list, ramps(2), codes(2 * perRow) { _ in value }, ["DOT-01", "DOT-02"], ["code-map"] + defects("F8"),
                "All activation codes are the \(what): sums of weights.")
        }
        try add(
            &list, ramps(1), codes(perRow) { _ in 0 }, ["DOT-01"], ["zero-product"] + defects("F9"),
            "All activations are zero: the product is zero, exactly.")
        let zeros = (0..<perRow / format.elements).flatMap { _ in DraftBlocks.zeroBase(format).bytes }
        try add(
            &list, zeros, codes(perRow) { $0 % 255 - 127 }, ["DOT-01"], ["zero-product"] + defects("F9"),
            "The base of every weight is zero.")
        if let sums = activation.field("bsums") {
            var row = codes(perRow) { $0 * 3 % 90 - 20 }
            for byte in sums.range { row[byte] = 0 }
            try add(
                &list, ramps(1), row, ["DOT-04"], ["stored-sums"] + defects("O24"),
                "The stored sums of the activations are zero although the codes are not: the codes decide.", level: .optional)
        }
        try add(
            &list, ramps(1), codes(perRow) { $0 % 2 == 0 ? 90 : -90 }, ["DOT-01", "DOT-02"], ["cancellation"],
            "Activations alternate in sign, so that much cancels.")
    }

    /// One activation that is not zero: the bound is then a few units in the last place of one term.
    private func lone(_ list: inout CaseCollector) throws {
        let places = [0, 1, 15, 16, 32, 63, 100, 127, 128, 192, 255].filter { $0 < perRow }
        for place in places {
            let flags = ["lone-activation"] + defects("B10", "F2", "F3")
            try add(
                &list, ramps(1), codes(perRow) { $0 == place ? 113 : 0 }, ["DOT-01", "DOT-06"], flags,
                "Only the activation of weight \(place) is not zero.")
        }
        for group in stride(from: 0, to: perRow, by: 64) {
            try add(
                &list, ramps(1, 2), codes(perRow) { $0 / 64 == group / 64 ? 40 + $0 % 50 : 0 }, ["DOT-01", "DOT-02"],
                ["lone-activation"] + defects("B10"), "Only the activations of weights \(group) to \(group + 63) are not zero.")
        }
    }

    private func blocks(_ list: inout CaseCollector) throws {
        for block in 0..<3 {
            let flags = ["row"] + defects("B14", "O6", "F17")
            try add(
                &list, ramps(3), codes(3 * perRow) { $0 / perRow == block ? $0 % 101 - 50 : 0 }, ["DOT-01", "NUM-10"], flags,
                "Of three blocks only the activations of block \(block) are not zero.")
        }
        try add(
            &list, ramps(4), activations((0..<4 * perRow).map { $0 * 7 % 255 - 127 }, scales: [1, 0.001, 30, 0.2]), ["DOT-01", "DOT-06"],
            ["row"],
            "Four blocks whose activations have scales of very different size.")
        guard let d = DraftBlocks.scales(of: format).first else { return }
        let corners: [(UInt64, String)] =
            d.type == .f16
            ? [(0x7C00, "infinite"), (0x7E00, "NaN")] : d.type == .f32 ? [(0x7F80_0000, "infinite")] : [(160, "2^32"), (90, "2^-38")]
        for (bits, what) in corners {
            let drafts = (0..<perRow / format.elements).flatMap { number -> [UInt8] in
                var draft = DraftBlocks.ramp(format, number: number)
                draft.set(d, bits: bits)
                return draft.bytes
            }
            let ids = d.type == .e8m0half ? ["DOT-01"] : ["DOT-09"]
            try add(
                &list, drafts, codes(perRow) { $0 % 120 - 50 }, ids, [d.type == .e8m0half ? "exponent-scale" : "non-finite-scale"],
                "The scale of the weights is \(what).")
        }
        guard d.type.canBeNonFinite else { return }
        let others: [(UInt64, String)] =
            switch d.type {
            case .f16: [(0x8001, "a subnormal"), (0xA3FF, "negative"), (0x0200, "subnormal")]
            case .f32: [(0xBC3F_FFFF, "negative"), (0x0040_0001, "subnormal")]
            default: []
            }
        for (bits, what) in others {
            let drafts = (0..<perRow / format.elements).flatMap { number -> [UInt8] in
                var draft = DraftBlocks.ramp(format, number: number)
                draft.set(d, bits: bits)
                return draft.bytes
            }
            try add(
                &list, drafts, codes(perRow) { $0 % 200 - 90 }, ["DOT-01"], ["subnormal-scale"] + defects("F6"),
                "The scale of the weights is \(what).")
        }
    }

    /// Weights of a few levels and one scale cancel in sums, so their scales are seen under a single activation.
    private func fewLevels(_ list: inout CaseCollector) throws {
        guard let rule = format.decoding?.code, rule.width <= 8, rule.possibleValues.count <= 4, format.decoding?.scale == nil,
            let d = format.field("d"), d.type == .f16
        else { return }
        for (bits, what) in [(UInt64(0x8001), "a subnormal"), (0xA3FF, "negative"), (0x0200, "subnormal"), (0x7BFF, "the largest")] {
            for place in [1, 6, perRow - 2] {
                let drafts = (0..<perRow / format.elements).flatMap { _ -> [UInt8] in
                    var draft = BlockDraft(format)
                    draft.set(d, bits: bits)
                    for i in 0..<draft.codeCount { draft.setCode(i, (1 << draft.codeWidth) - 1) }
                    return draft.bytes
                }
                try add(
                    &list, drafts, codes(perRow) { $0 == place ? 67 : 0 }, ["DOT-01", "DOT-06"], ["lone-activation", "plain-scale"],
                    "The scale of the weights is \(what), under the only activation, that of weight \(place).")
            }
        }
    }

    private func outliers(_ list: inout CaseCollector) throws {
        guard let slots = BlockDraft(format).slots else { return }
        let positions = (0..<slots.number).map { 3 + (255 / slots.number) * $0 }
        func value(_ step: Int) -> Int { slots.storesHalves ? (step < 0 ? 0x8000 : 0) + 0x3000 + 0x4B * abs(step) : step }
        func row(_ live: Set<Int>, _ code: Int) -> [UInt8] { codes(256) { live.contains($0) ? code : 0 } }
        func filled(_ base: BlockDraft) -> BlockDraft {
            var draft = base
            for (slot, position) in positions.enumerated() {
                draft.setSlot(slot, position: position, value: value(slot % 2 == 0 ? 50 + slot : -80 + slot))
            }
            draft.setCount(slots.number)
            // Residuals as large as the base, so that one left out cannot hide inside the bound.
            if let scale = slots.scale { draft.set(scale, bits: Self.largeScaleBits(scale)) }
            return draft
        }
        let ids = ["DOT-03"] + revisionClauses
        let zero = filled(DraftBlocks.zeroBase(format))
        let live = filled(DraftBlocks.ramp(format))
        // All outliers together and one by one, over a base of zeros and over a live one.
        let common = defects("B3", "B12", "B18", "B21", "B22", "O8")
        for (draft, what) in [(zero, "zero"), (live, "live")] {
            try add(
                &list, draft.bytes, row(Set(positions), 101), ids, ["outlier-position"] + common + (what == "live" ? ["live-base"] : []),
                "Only activations of outliers are not zero, over a \(what) base.")
            for (slot, position) in positions.enumerated() where what == "live" || slot % 3 == 0 {
                let flags =
                    ["lone-activation", "outlier-position"] + common + defects("B6", "B9", "B24") + (slot >= 8 ? defects("B15") : [])
                try add(
                    &list, draft.bytes, row([position], 101), ids, flags,
                    "Only the activation of the outlier in slot \(slot) is not zero, over a \(what) base.")
            }
            for code in [1, 4, -3] {
                try add(
                    &list, draft.bytes, row(Set(positions), code), ids, ["small-activation"] + defects("O9"),
                    "Outliers under an activation code of \(code), over a \(what) base.")
            }
        }
        try sweep(&list, slots, ids, value)
        try repeats(&list, slots, live, ids, value)
        try special(&list, slots, live, ids, value)
        try unused(&list, slots, live, ids, value)
    }

    /// The clause of the format about its product, where it has one.
    private var revisionClauses: [String] { format.clauses.filter { $0.topic == .dot }.map(\.id) }

    private static func largeScaleBits(_ scale: Field) -> UInt64 { scale.type == .f32 ? 0x3F9D_F3B7 : scale.type == .f16 ? 0x3C37 : 0x45 }

    private func sweep(_ list: inout CaseCollector, _ slots: OutlierSlots, _ ids: [String], _ value: (Int) -> Int) throws {
        for position in [0, 12, 31, 32, 40, 63, 64, 77, 127, 128, 150, 191, 192, 223, 254, 255] {
            var draft = DraftBlocks.ramp(format, number: position % 5)
            if let scale = slots.scale { draft.set(scale, bits: Self.largeScaleBits(scale)) }
            for slot in 0..<slots.number {
                draft.setSlot(slot, position: (position + 256 - slot) % 256, value: value(slot == 0 ? 99 : 10 + slot))
            }
            if slots.number > 1 { draft.setSlot(1, position: (position + 128) % 256, value: value(-41)) }
            try add(
                &list, draft.bytes, codes(256) { $0 == position ? -88 : 0 }, ids,
                ["outlier-position", "lone-activation"] + defects("B6", "B9", "B13", "B23", "B28"),
                "One outlier at \(position) under the only activation.")
        }
    }

    private func repeats(_ list: inout CaseCollector, _ slots: OutlierSlots, _ live: BlockDraft, _ ids: [String], _ value: (Int) -> Int)
        throws
    {
        for (first, second) in [(0, 1), (0, slots.number - 1), (slots.number - 2, slots.number - 1)] where first != second {
            var draft = live
            draft.setSlot(first, position: 90, value: value(64))
            draft.setSlot(second, position: 90, value: value(-27))
            for activation in [codes(256) { $0 == 90 ? 77 : 0 }, codes(256) { $0 % 90 - 45 }] {
                try add(
                    &list, draft.bytes, activation, ids, ["duplicate-position"] + defects("B21", "B30", "O4", "O10"),
                    "Slots \(first) and \(second) hold the same position.")
            }
        }
        var falling = live
        for slot in 0..<slots.number { falling.setSlot(slot, position: 240 - 14 * slot, value: value(30 + slot)) }
        try add(
            &list, falling.bytes, codes(256) { $0 % 14 == 240 % 14 ? 60 : 0 }, ids, ["slot-order"] + defects("B28"),
            "Positions fall from slot to slot.")
    }

    /// Values at the edge of fp16, and a genuine outlier followed by an unused slot of its position.
    private func special(_ list: inout CaseCollector, _ slots: OutlierSlots, _ live: BlockDraft, _ ids: [String], _ value: (Int) -> Int)
        throws
    {
        if slots.storesHalves {
            for bits in [0x0001, 0x83FF, 0x7BFF] {
                var draft = live
                draft.setSlot(0, position: 44, value: bits)
                let flag = bits == 0x7BFF ? "large-outlier" : "subnormal-outlier"
                try add(
                    &list, draft.bytes, codes(256) { $0 == 44 ? 120 : 0 }, ids, [flag, "lone-activation"],
                    "An outlier of bits 0x\(String(bits, radix: 16)) under the only activation.")
            }
        }
        for place in [0, 255] {
            var draft = live
            draft.setSlot(0, position: place, value: value(88))
            draft.setSlot(slots.number - 1, position: place, value: 0)
            let flags = ["unused-slots", "duplicate-position"] + defects("B19", "B20", "B21", "B22", "O5")
            try add(
                &list, draft.bytes, codes(256) { $0 == place ? -97 : 0 }, ids, flags,
                "A genuine outlier at \(place), then a slot (\(place), 0).")
        }
    }

    private func unused(_ list: inout CaseCollector, _ slots: OutlierSlots, _ live: BlockDraft, _ ids: [String], _ value: (Int) -> Int)
        throws
    {
        for place in [0, 255] {
            for used in Array(
                Set([0, 1, slots.number / 2, slots.number - 1] + (slots.count == nil ? [] : [6, 7].filter { $0 < slots.number }))
            ).sorted() {
                var draft = live
                for slot in used..<slots.number { draft.setSlot(slot, position: place, value: 0) }
                draft.setCount(slots.number)
                let flags = ["unused-slots"] + defects("B19", "B20", "B21", "B22", "O5")
                try add(
                    &list, draft.bytes, codes(256) { $0 == place ? 91 : 0 }, ids, flags,
                    "\(slots.number - used) slots (\(place), 0) under the only activation.")
                try add(
                    &list, draft.bytes, codes(256) { $0 % 77 - 33 }, ids, flags,
                    "\(slots.number - used) slots (\(place), 0) among ordinary activations.")
                guard slots.count != nil else { continue }
                draft = live
                draft.setCount(used)
                try add(
                    &list, draft.bytes, codes(256) { $0 % 83 - 40 }, ids, ["count"] + defects("B15", "B25"),
                    "A count of \(used): slots past it do nothing.")
            }
        }
        guard let count = slots.count, let rule = slots.rule.count else { return }
        for byte in [rule.maximum + 1, 127, 255] {
            var draft = live
            draft.set(count, bits: UInt64(byte))
            let flags = ["count"] + defects("O1", "O2")
            try add(
                &list, draft.bytes, codes(256) { $0 % 71 - 35 }, ids, flags,
                "Count byte \(byte) means \(min(byte & rule.mask, rule.maximum)) slots.")
            // What lies after the slots is the next block: followed, it would change much.
            let row = draft.bytes + DraftBlocks.ramp(format, number: 3).bytes
            try add(&list, row, codes(512) { $0 % 71 - 35 }, ids, flags + ["row"], "Count byte \(byte) in the first of two blocks.")
            try add(
                &list, row, codes(512) { $0 < 256 ? 99 : 0 }, ids, flags + ["row"],
                "Count byte \(byte) in the first of two blocks, whose activations alone are not zero.")
        }
    }
}
