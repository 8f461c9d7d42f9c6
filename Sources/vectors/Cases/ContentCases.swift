import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// Content cases: blocks and the clauses that they break.
struct ContentCases {
    let format: BlockFormat

    /// Nil for formats without content checks.
    init?(_ format: BlockFormat) {
        guard !format.checks.isEmpty else { return nil }
        self.format = format
    }

    private func defects(_ ids: String...) -> [String] { ids.filter { DistinctFormats.concerns($0, format) } }

    func add(to list: inout CaseCollector) throws {
        let clean = cleanBlock()
        try add(&list, clean.bytes, ["clean-block"] + defects("O21"), "A block that breaks nothing.")
        try add(&list, clean.bytes + clean.bytes, ["clean-block"], "Two blocks that break nothing.")
        for check in format.checks { try broken(&list, check, clean) }
        if let slots = clean.slots { try slotCases(&list, slots, clean) }
    }

    /// Adds a case; what is broken is what the checker and its twin both find.
    private func add(_ list: inout CaseCollector, _ blocks: [UInt8], _ flags: [String], _ why: String, about clause: String? = nil) throws {
        let blocks = format.row(of: blocks)
        guard case .broken(let found) = ReferenceSystem.shared.inspect(.content(format: format.id, blocks: blocks)) else { return }
        let second = ContentTwin(format).broken(blocks)
        guard Set(found) == Set(second) else {
            throw CaseCollector.Disagreement(
                description: "\(format.id): \(why) The checker finds \(found), its twin \(second); block \(Hex.text(blocks))")
        }
        if let clause, !found.contains(clause) {
            throw CaseCollector.Disagreement(
                description: "\(format.id): \(why) \(clause) should be broken, but \(found) is; block \(Hex.text(blocks))")
        }
        let ids = found.isEmpty ? format.checks.map(\.clause) : found
        list.add(
            .init(
                kind: .content, format: format.id, clauses: Array(Set(ids)).sorted(), level: .required, flags: flags,
                validity: found.isEmpty ? .valid : .invalid, why: why, task: .content(blocks: blocks, broken: Array(Set(found)).sorted())))
    }

    private func cleanBlock() -> BlockDraft {
        var draft = DraftBlocks.ramp(format)
        if format.elements == 1 { draft.bytes = BulkGenerator.moderate([UInt8](repeating: 0x35, count: format.bytes), format) }
        for check in format.checks {
            guard let bytes = check.bytes, let field = format.field(check.field) else { continue }
            for place in field.range { while !bytes.contains(draft.bytes[place]) { draft.bytes[place] &+= 1 } }
        }
        guard let slots = draft.slots else { return draft }
        for slot in 0..<slots.number {
            let position = Int(draft.bits(slots.index, slot))
            if slots.rule.mode == .replace, let zero = draft.zeroCode { draft.setCode(position, zero) }
        }
        return draft
    }

    private func broken(_ list: inout CaseCollector, _ check: ContentCheck, _ clean: BlockDraft) throws {
        guard let field = format.field(check.field) else { return }
        switch check.kind {
        case .finite:
            let special: [(UInt64, String)] =
                switch field.type {
                case .f16:
                    [
                        (0x7C00, "+infinity"), (0xFC00, "-infinity"), (0x7E00, "a quiet NaN"), (0x7C01, "a signalling NaN"),
                        (0xFFFF, "a NaN of all ones"),
                    ]
                case .bf16: [(0x7F80, "+infinity"), (0xFFC0, "a NaN")]
                case .f32:
                    [
                        (0x7F80_0000, "+infinity"), (0xFF80_0000, "-infinity"), (0x7FC0_0000, "a quiet NaN"),
                        (0x7F80_0001, "a signalling NaN"),
                    ]
                default: [(0x7FF0_0000_0000_0000, "+infinity"), (0x7FF8_0000_0000_0000, "a NaN")]
                }
            for (number, (bits, what)) in special.enumerated() {
                for index in Set([0, field.count - 1, number % field.count]).sorted() {
                    var draft = clean
                    draft.set(field, index, bits: bits)
                    let flags = ["non-finite-scale"] + defects("B2", "O13", "O14")
                    try add(&list, draft.bytes, flags, "Scalar \(index) of \(field.name) is \(what).", about: check.clause)
                    // A header has no second block.
                    if index == 0, number < 2, field.offset >= format.headBytes {
                        try add(
                            &list, clean.bytes + draft.bytes, flags, "The second of two blocks has \(what) in \(field.name).",
                            about: check.clause)
                    }
                }
            }
            var draft = clean
            draft.set(
                field,
                bits: field.type == .f16 ? 0x7BFF : field.type == .bf16 ? 0x7F7F : field.type == .f32 ? 0x7F7F_FFFF : 0x7FEF_FFFF_FFFF_FFFF)
            try add(&list, draft.bytes, ["large-scale"], "Field \(field.name) holds the largest finite number, which is no fault.")
        case .zero:
            for byte in field.range {
                for fill: UInt8 in [1, 0x80] {
                    var draft = clean
                    draft.bytes[byte] = fill
                    try add(&list, draft.bytes, ["padding"], "Byte \(byte) of the padding is \(fill).", about: check.clause)
                }
            }
        case .bytesWritten:
            guard let bytes = check.bytes else { return }
            // Bytes beside those that are written, and the extremes, at each end of the field.
            let edges = UInt8.min...UInt8.max
            for byte in edges where !bytes.contains(byte) && (byte == 255 || bytes.contains(byte &+ 1) || bytes.contains(byte &- 1)) {
                var draft = clean
                draft.bytes[byte % 2 == 0 ? field.offset : field.range.upperBound - 1] = byte
                try add(&list, draft.bytes, ["unwritten-byte"], "Field \(field.name) holds 0x\(Hex.text([byte])).", about: check.clause)
            }
            if let byte = edges.last(where: { !bytes.contains($0) }) {
                var draft = clean
                draft.bytes[field.offset] = byte
                try add(
                    &list, clean.bytes + draft.bytes, ["unwritten-byte"], "The second of two blocks has such a byte in \(field.name).",
                    about: check.clause)
            }
            let written = edges.filter(bytes.contains)
            let blocks = stride(from: 0, to: written.count, by: field.count).map { first -> BlockDraft in
                var draft = clean
                for place in 0..<field.count { draft.bytes[field.offset + place] = written[(first + place) % written.count] }
                return draft
            }
            try add(&list, blocks.flatMap(\.bytes), ["clean-block"], "Every byte that encoders write in \(field.name).")
        case .countWithinSlots:
            guard let rule = clean.slots?.rule.count else { return }
            for count in [rule.maximum + 1, rule.mask] {
                var draft = clean
                draft.set(field, bits: UInt64(count))
                try add(&list, draft.bytes, ["count"] + defects("O15", "O1", "O2"), "A count of \(count).", about: check.clause)
            }
            var draft = clean
            draft.set(field, bits: UInt64(rule.maximum))
            try add(&list, draft.bytes, ["count"], "A count of \(rule.maximum), the largest there may be.")
        case .indexInBlock:
            for position in [256, 32768, 65535] {
                for slot in [0, (clean.slots?.number ?? 1) - 1] {
                    var draft = clean
                    draft.set(field, slot, bits: UInt64(position))
                    try add(
                        &list, draft.bytes, ["wide-position"] + defects("O20"), "Slot \(slot) holds position \(position).",
                        about: check.clause)
                }
            }
        case .distinct, .ascending, .unusedSlotsZero, .baseZeroUnderOutlier, .sentinelSparesWeights, .countZeroButSlotsFilled:
            try slotRule(&list, check, clean)
        }
    }

    private func slotRule(_ list: inout CaseCollector, _ check: ContentCheck, _ clean: BlockDraft) throws {
        guard let slots = clean.slots else { return }
        let last = slots.number - 1
        func position(_ slot: Int) -> Int { Int(clean.bits(slots.index, slot)) }
        switch check.kind {
        case .distinct:
            for (a, b) in [(0, 1), (0, last), (last - 1, last)] where a != b {
                var draft = clean
                draft.set(slots.index, b, bits: UInt64(position(a)))
                try add(
                    &list, draft.bytes, ["duplicate-position"] + defects("B30", "O4"), "Slots \(a) and \(b) hold the same position.",
                    about: check.clause)
            }
        case .ascending:
            for (a, b) in [(0, 1), (last - 1, last)] {
                var draft = clean
                draft.set(slots.index, a, bits: UInt64(position(b)))
                draft.set(slots.index, b, bits: UInt64(position(a)))
                try add(&list, draft.bytes, ["slot-order"] + defects("B28"), "Slots \(a) and \(b) are out of order.", about: check.clause)
            }
        case .unusedSlotsZero:
            for used in [0, last] {
                var draft = clean
                draft.setCount(used)
                try add(&list, draft.bytes, ["unused-slots"], "\(used) slots in use and something in those after.", about: check.clause)
            }
        case .baseZeroUnderOutlier:
            for slot in [0, last] {
                var draft = clean
                draft.setCode(position(slot), 1)
                try add(&list, draft.bytes, ["live-base"] + defects("B3"), "The base under slot \(slot) is not zero.", about: check.clause)
            }
        case .sentinelSparesWeights:
            for place in [0, 255] {
                var draft = clean
                draft.setCode(place, draft.zeroCode == 1 ? 2 : 1)
                draft.setSlot(last, position: place, value: 0)
                try add(
                    &list, draft.bytes, ["unused-slots"] + defects("B19", "B20", "O5"),
                    "An unused slot (\(place), 0) over a weight that is not zero.", about: check.clause)
                if let zero = draft.zeroCode {
                    draft.setCode(place, zero)
                    try add(&list, draft.bytes, ["unused-slots"], "An unused slot (\(place), 0) over a weight that is zero.")
                }
            }
            for (a, b) in [(0, 1), (0, last)] {
                var draft = clean
                draft.set(slots.index, b, bits: UInt64(position(a)))
                try add(&list, draft.bytes, ["duplicate-position"], "Slots \(a) and \(b) hold the same position.", about: check.clause)
            }
        case .countZeroButSlotsFilled:
            var draft = clean
            draft.setCount(0)
            try add(
                &list, draft.bytes, ["count", "unused-slots"] + defects("B32"), "A count of zero beside filled slots.", about: check.clause)
        default: break
        }
    }

    private func slotCases(_ list: inout CaseCollector, _ slots: OutlierSlots, _ clean: BlockDraft) throws {
        guard slots.count != nil else { return }
        var draft = clean
        for slot in 1..<slots.number { draft.setSlot(slot, position: 0, value: 0) }
        draft.setCount(1)
        try add(&list, draft.bytes, ["clean-block", "unused-slots"], "One slot in use, the others empty.")
        draft.setSlot(0, position: 0, value: 0)
        draft.setCount(0)
        try add(&list, draft.bytes, ["clean-block", "unused-slots"], "No slot in use, all empty.")
    }
}
