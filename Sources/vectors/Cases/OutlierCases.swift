import HIFIBlockSpec
import Mutants
import Suite

/// Decode cases about outlier slots: positions, values, order, duplicates, counts, unused slots, padding.
struct OutlierCases {
    let format: BlockFormat
    let clauses: FormatClauses
    let slots: OutlierSlots

    /// Nil for formats without outliers.
    init?(_ format: BlockFormat) {
        guard let slots = BlockDraft(format).slots else { return nil }
        self.format = format
        self.slots = slots
        clauses = FormatClauses(format)
    }

    func defects(_ ids: String...) -> [String] { ids.filter { DistinctFormats.concerns($0, format) } }

    /// Bits of a slot value of size about `step`/8, or the byte `step`.
    private func value(_ step: Int) -> Int {
        guard slots.storesHalves else { return step }
        return (step < 0 ? 0x8000 : 0) + 0x3000 + 0x4B * abs(step)
    }

    private func emptyBase() -> BlockDraft {
        var draft = DraftBlocks.zeroBase(format)
        if let scale = slots.scale { draft.set(scale, bits: DraftBlocks.residualScaleBits(scale)) }
        draft.setCount(slots.number)
        return draft
    }

    /// Every weight of the base is live.
    private func liveBase(_ number: Int = 0) -> BlockDraft { DraftBlocks.ramp(format, number: number) }

    /// The base is live where it matters: at the slots' positions, at both ends and at a few places between. (Runs of zeros
    /// keep the vectors short.)
    private func sparseBase(_ number: Int = 0) -> BlockDraft {
        var draft = DraftBlocks.zeroBase(format)
        DraftBlocks.fillSlots(&draft, number)
        let used = (0..<slots.number).map { Int(draft.bits(slots.index, $0)) }
        let codes = 1 << draft.codeWidth
        for (rank, weight) in (used + [0, 1, 40, 60, 77, 90, 100, 254, 255]).enumerated() where weight < format.elements {
            let code = (1 + 3 * rank + number) % codes
            draft.setCode(weight, code == draft.zeroCode ?? 0 ? codes - 1 : code)
        }
        return draft
    }

    func add(to list: inout CaseCollector) throws {
        try positions(&list)
        if Catalogue.isRepeat(format) {
            try duplicates(&list)
            try counts(&list)
            return
        }
        try values(&list)
        try order(&list)
        try duplicates(&list)
        try liveBases(&list)
        try sentinels(&list)
        try counts(&list)
        try padding(&list)
        try neighbours(&list)
        try residualScales(&list)
        try widePositions(&list)
        try sums(&list)
    }

    private func positions(_ list: inout CaseCollector) throws {
        let flags = ["outlier-position"] + defects("B6", "B9", "B13", "B28")
        // Every position once, each slot with its share of them.
        let perBlock = slots.number
        let blocks = stride(from: 0, to: 256, by: perBlock).map { first -> BlockDraft in
            var draft = emptyBase()
            for slot in 0..<perBlock { draft.setSlot(slot, position: (first + slot) * 37 % 256, value: value(slot + 1)) }
            return draft
        }
        try list.decode(blocks, clauses.apply + clauses.layout, flags, "Every position once, spread over slots and \(blocks.count) blocks.")
        for slot in 0..<slots.number {
            for position in [0, 31, 64, 128, 255] where (slot + position) % 3 == 0 || slot == 0 || slot == slots.number - 1 {
                var draft = emptyBase()
                for other in 0..<slots.number { draft.setSlot(other, position: (position + 17 + 5 * other) % 256, value: value(2 + other)) }
                draft.setSlot(slot, position: position, value: value(90))
                let more = slot >= 8 ? defects("B15") : []
                try list.decode(draft, clauses.apply, flags + more, "Slot \(slot) holds position \(position).")
            }
        }
        // Odd and high positions, rising, as encoders store them.
        var draft = liveBase()
        for slot in 0..<slots.number { draft.setSlot(slot, position: 255 - (slots.number - 1 - slot), value: value(20 + slot)) }
        try list.decode(draft, clauses.apply, flags, "The last positions of the block, rising, over a live base.")
    }

    private func values(_ list: inout CaseCollector) throws {
        guard slots.storesHalves else {
            for byte in [-128, -127, -64, -1, 0, 1, 2, 3, 85, 126, 127] {
                var draft = sparseBase()
                draft.setSlot(0, position: 40, value: byte)
                try list.decode(draft, clauses.apply, ["outlier-value"] + defects("B29"), "A stored residual of \(byte).")
            }
            return
        }
        for special in SpecialScalars.of(.f16) {
            var draft = sparseBase()
            draft.setSlot(slots.number / 2, position: 40, value: Int(special.bits))
            let flag = special.flag.replacing("scale", with: "outlier")
            try list.decode(draft, clauses.apply + special.clauses, [flag], "An outlier of \(special.name).")
        }
        for slot in [0, slots.number / 2, slots.number - 1] {
            var draft = sparseBase()
            draft.setSlot(slot, position: 77, value: 0)
            try list.decode(
                draft, clauses.zeroValue, ["zero-outlier"], "Slot \(slot) holds the value zero, and slots after it count all the same.")
        }
    }

    private func order(_ list: inout CaseCollector) throws {
        let ways: [(String, (Int) -> Int)] = [
            ("falling", { slots.number - 1 - $0 }), ("turned by one", { ($0 + 1) % slots.number }),
            ("with the first two swapped", { $0 < 2 ? 1 - $0 : $0 }),
            ("even before odd", { ($0 * 2) % slots.number + $0 * 2 / slots.number }),
        ]
        for (name, place) in ways {
            for base in [emptyBase(), sparseBase(1)] {
                var draft = base
                for slot in 0..<slots.number { draft.setSlot(slot, position: 3 + 29 * place(slot) % 250, value: value(11 + place(slot))) }
                try list.decode(
                    draft, clauses.apply, ["slot-order"] + defects("B28"), "Positions are \(name): their order carries no meaning.")
            }
        }
    }

    private func duplicates(_ list: inout CaseCollector) throws {
        let flags = ["duplicate-position"] + defects("B30", "O4", "O10", "B3")
        let last = slots.number - 1
        for (first, second) in [(0, 1), (0, last), (last - 1, last), (1, last / 2 + 1)] where first != second {
            for number in 0..<2 {
                var draft = sparseBase(number)
                draft.setSlot(first, position: 100, value: value(33 + number))
                draft.setSlot(second, position: 100, value: value(-57))
                try list.decode(
                    draft, clauses.duplicates, flags, "Slots \(first) and \(second) hold the same position with different values.")
            }
        }
        for position in [0, 100, 255] {
            var draft = sparseBase()
            for slot in 0..<slots.number {
                draft.setSlot(slot, position: position, value: value(slot % 2 == 0 ? 40 + slot : -90 + 3 * slot))
            }
            try list.decode(draft, clauses.duplicates, flags, "All slots hold position \(position) with different values.")
        }
        if slots.number >= 3 {
            var draft = sparseBase(2)
            for slot in 0..<3 { draft.setSlot(slot, position: 60, value: value([21, 110, -43][slot])) }
            try list.decode(draft, clauses.duplicates, flags, "Three slots hold the same position.")
        }
    }

    private func liveBases(_ list: inout CaseCollector) throws {
        let flags = ["live-base"] + defects("B3", "B16", "B21", "B22", "B24", "O8")
        for number in 0..<4 {
            var draft = liveBase(number)
            for slot in 0..<slots.number {
                draft.setSlot(slot, position: 5 + (31 * slot + number) % 250, value: value(slot % 2 == 0 ? 60 : -35))
            }
            try list.decode(
                draft, clauses.apply + clauses.mode, flags, "Outliers at positions whose base is not zero: adding and replacing differ.")
        }
        if let mode = slots.rule.switching, let field = format.field(mode.field) {
            for count in [0x80, 0x81, 0x82, 0x83, 0x84, 0xFF, 0x01, 0x02, 0x03, 0x7F] {
                var draft = liveBase(1)
                draft.set(field, bits: UInt64(count))
                try list.decode(
                    draft, clauses.mode + clauses.count, ["mode-bit"] + flags, "Count byte 0x\(Hex.text([UInt8(count)])) over a live base.")
            }
        }
    }

    private func sentinels(_ list: inout CaseCollector) throws {
        for unused in [255, 0] {
            let flags = ["unused-slots"] + defects("B17", "B19", "B20", "B21", "B22", "B25", "B32", "O5")
            for used in Array(Set([0, 1, slots.number / 2, slots.number - 1])).sorted() {
                var draft = sparseBase(used)
                for slot in used..<slots.number { draft.setSlot(slot, position: unused, value: 0) }
                draft.setCount(slots.number)
                try list.decode(draft, clauses.sentinel, flags, "\(used) outliers, then slots (\(unused), 0) that act like any other.")
                guard slots.count != nil else { continue }
                draft.setCount(used)
                try list.decode(draft, clauses.count, flags, "\(used) outliers by the count; slots (\(unused), 0) past it do nothing.")
            }
            var draft = sparseBase(1)
            draft.setSlot(0, position: unused, value: value(70))
            for slot in 1..<slots.number { draft.setSlot(slot, position: unused, value: 0) }
            draft.setCount(slots.number)
            try list.decode(
                draft, clauses.sentinel + clauses.duplicates, flags,
                "Weight \(unused) is a genuine outlier, followed by slots (\(unused), 0).")
            draft.setCount(1)
            if slots.count != nil {
                try list.decode(draft, clauses.count, flags, "Weight \(unused) is the only outlier by the count.")
            }
        }
    }

    private func counts(_ list: inout CaseCollector) throws {
        // A byte that might be taken for a count, whether it is one or not.
        guard let field = slots.count ?? format.field("n_outliers") else { return }
        let flags = ["count"] + defects("B15", "B25", "B32", "O1", "O2", "O3", "O19")
        let corners = [0, 1, 2, 3, 6, 7, 8, 9, 16, 17, 64, 127, 128, 255]
        for count in corners {
            var draft = sparseBase()
            draft.set(field, bits: UInt64(count))
            let what = slots.count == nil ? "plays no part" : "means \(min(count & (slots.rule.count?.mask ?? 255), slots.number)) slots"
            try list.decode(draft, clauses.count, flags, "Byte `\(field.name)` is \(count), which \(what).")
        }
        let values = Array(0...20) + stride(from: 25, to: 250, by: 9) + [126, 127, 128, 129, 254, 255]
        let sweep = values.map { count -> BlockDraft in
            var draft = emptyBase()
            for slot in 0..<slots.number { draft.setSlot(slot, position: 9 + 30 * slot % 240, value: value(slot + 5)) }
            draft.set(field, bits: UInt64(count))
            return draft
        }
        try list.decode(sweep, clauses.count, flags, "\(values.count) values of byte `\(field.name)`, a block each.")
    }

    /// A reader that looks for a count behind the block finds the next block there.
    private func neighbours(_ list: inout CaseCollector) throws {
        guard slots.count == nil else { return }
        let blocks = [UInt8](arrayLiteral: 0, 1, 3, 0, 7, 8, 2).map { first -> BlockDraft in
            var draft = sparseBase()
            draft.bytes[0] = first
            return draft
        }
        try list.decode(
            blocks, clauses.layout + clauses.apply, ["row"],
            "Blocks that begin with small bytes, behind others with all slots in use: none of them is a count.")
    }

    private func padding(_ list: inout CaseCollector) throws {
        // r12 has a byte where r13 counts: any value must leave its weights alone.
        for field in format.fields where ["pad", "tail"].contains(field.name) {
            for fill: UInt8 in [1, 3, 8, 0x80, 0xFF] {
                var draft = sparseBase()
                for byte in field.range { draft.bytes[byte] = fill }
                try list.decode(
                    draft, clauses.layout + clauses.apply, ["padding"] + defects("B32"),
                    "Padding `\(field.name)` is \(fill); it plays no part.")
            }
        }
    }

    private func residualScales(_ list: inout CaseCollector) throws {
        guard let scale = slots.scale else { return }
        let specials = SpecialScalars.of(scale.type)
        if scale.type == .e4m3hifi {
            // All 256 codes in blocks of a row, with a residual that shows the code alone.
            let blocks = specials.map { special -> BlockDraft in
                var draft = emptyBase()
                draft.set(scale, bits: special.bits)
                for slot in 0..<slots.number {
                    draft.setSlot(slot, position: 20 + slot, value: [127, -127, 1, 64, -128, 3, 85, 0][slot % 8])
                }
                return draft
            }
            try list.decode(blocks, clauses.apply + ["NUM-09"], ["e4m3-scale"], "All 256 codes of the residual scale.")
        }
        let picked =
            scale.type == .e4m3hifi
            ? specials.filter { [0, 1, 7, 8, 0x38, 0x3F, 0x7E, 0x7F, 0x80, 0x81, 0xB8, 0xFF].contains($0.bits) } : specials
        for special in picked {
            var draft = sparseBase(1)
            draft.set(scale, bits: special.bits)
            let flag = special.flag.replacing("scale", with: "residual-scale")
            try list.decode(
                draft, clauses.apply + special.clauses, [flag] + defects("B29", "O14"), "The residual scale is \(special.name).")
            // Beside weights of common size so small a residual does not show.
            guard special.flag == "subnormal-scale" else { continue }
            var bare = emptyBase()
            bare.set(scale, bits: special.bits)
            for slot in 0..<slots.number { bare.setSlot(slot, position: 11 + 9 * slot, value: slot % 2 == 0 ? 127 - slot : slot - 127) }
            try list.decode(
                bare, clauses.apply + special.clauses, [flag], "The residual scale is \(special.name), and all other weights are 0.")
        }
        // A residual of 1: the byte 127 under the scale that makes it so.
        var draft = emptyBase()
        draft.set(scale, bits: scale.type == .f32 ? 0x3C01_0204 : scale.type == .f16 ? 0x2008 : 0x38)
        for slot in 0..<slots.number { draft.setSlot(slot, position: 10 + slot, value: 127) }
        try list.decode(
            draft, clauses.apply + clauses.mode, ["residual-of-one"] + defects("B29"),
            "A residual that must come back as about 1, not as 1/127.")
    }

    private func widePositions(_ list: inout CaseCollector) throws {
        guard slots.index.type == .u16 else { return }
        for position in [256, 257, 511, 512, 4096, 32767, 32768, 65535] {
            var draft = sparseBase()
            draft.setSlot(1, position: position, value: value(50))
            try list.decode(
                draft, clauses.outside, ["wide-position"] + defects("O20"),
                "Position \(position) is outside the block; the slot does nothing.")
        }
        var draft = sparseBase()
        for slot in 0..<slots.number { draft.setSlot(slot, position: 256 + slot, value: value(50)) }
        try list.decode(draft, clauses.outside, ["wide-position"] + defects("O20"), "No slot has a position inside the block.")
    }

    /// Sums and products that round: slot order and the order of operations show in the last bit.
    private func sums(_ list: inout CaseCollector) throws {
        guard slots.rule.mode == .add || slots.rule.switching != nil else { return }
        var random = SeededRandom(seed: BaseCases.seed("sums" + format.id))
        for _ in 0..<12 {
            var draft = liveBase(Int(random.next() % 7))
            for field in DraftBlocks.scales(of: format) where field.type == .f16 { draft.set(field, bits: 0x2001 + random.next() % 0x800) }
            if let mode = slots.rule.switching, let field = format.field(mode.field) {
                draft.set(field, bits: UInt64(mode.mask | slots.number))
            }
            if let scale = slots.scale {
                switch scale.type {
                case .f32: draft.set(scale, bits: 0x3B00_0001 + random.next() % 0x100_0000)
                case .f16: draft.set(scale, bits: 0x1801 + random.next() % 0x800)
                default: draft.set(scale, bits: 0x11 + random.next() % 0x1F)
                }
            }
            for slot in 0..<slots.number {
                let byte = Int(random.next() % 255) - 127
                let half = Int(0x2401 + random.next() % 0x1000 + (random.next() & 0x8000))
                draft.setSlot(slot, position: slot < 3 ? 90 : 7 + 13 * slot, value: slots.storesHalves ? half : byte)
            }
            try list.decode(
                draft, clauses.apply + clauses.duplicates + ["NUM-01", "NUM-02"], ["rounding", "duplicate-position"],
                "Sums that round: one rounding per step, in slot order.")
        }
        // Corrections far larger than the base, then back: what is lost on the way depends on the order.
        for trial in 0..<8 {
            var draft = liveBase(trial)
            if let mode = slots.rule.switching, let field = format.field(mode.field) {
                draft.set(field, bits: UInt64(mode.mask | slots.number))
            }
            if let scale = slots.scale, scale.type != .e4m3hifi {
                draft.set(scale, bits: (scale.type == .f32 ? 0x4280_1235 : 0x5413) + random.next() % 0x200)
            }
            for slot in 0..<slots.number {
                // Odd trials climb twice before they come back, so that one order passes a larger power of two than the other.
                let (bytes, halves) =
                    trial % 2 == 0
                    ? ([127, 3, -126, 1, -101, 55, 2, 99], [0x6C11, 0x1803, 0xEC07, 0x2A55, 0xE801, 0x6403, 0x9999, 0x5ABC])
                    : ([127, 126, -125, -103, 100, 101, 2, 99], [0x6C11, 0x6C07, 0xEC03, 0x2A55, 0xE801, 0x6403, 0x9999, 0x5ABC])
                let rank = trial % 2 == 0 ? (slot + trial) % 8 : slot % 8
                let byte = bytes[rank] - trial / 4
                let half = halves[rank] + trial
                draft.setSlot(slot, position: slot < 3 ? 90 : slot < 6 ? 31 : 7 + 13 * slot, value: slots.storesHalves ? half : byte)
            }
            try list.decode(
                draft, clauses.apply + clauses.duplicates + ["NUM-01", "NUM-02"], ["rounding", "duplicate-position"],
                "Large corrections that nearly cancel: slot order shows in the last bits.")
        }
    }
}
