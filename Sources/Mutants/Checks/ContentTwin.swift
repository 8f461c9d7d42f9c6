import HIFIBlockSpec
import HIFIReference
import Suite

/// A second implementation of the content checks, from the sentences of the spec, with switches for faults.
public struct ContentTwin: Sendable {
    /// What is checked.
    public let format: BlockFormat
    /// Checks that are left out.
    var ignoring: Set<ContentCheck> = []
    /// NaN passes where a finite number is asked for.
    var passesNaN = false
    /// Infinities pass.
    var passesInfinity = false
    /// Numbers are converted as integers before they are checked, which makes them finite always.
    var checksIntegers = false
    /// Of fields with several scalars only the first is looked at.
    package var firstOnly = false
    /// Only the first block of a row is looked at.
    var firstBlockOnly = false
    /// A count may be one over the number of slots.
    var slack = 0
    /// 1: bytes that are one larger than one that encoders write pass; -1: only bytes pass that are one smaller than one.
    var byteSlack = 0
    /// Only neighbouring slots are compared for equal positions.
    var neighboursOnly = false
    /// Every block is found to break everything.
    var refusesAll = false

    /// A check of all that the format declares.
    public init(_ format: BlockFormat) { self.format = format }

    /// The clauses that some block breaks, or a row with its header, in the order of the format's checks.
    public func broken(_ blocks: [UInt8]) -> [String] {
        let blocks = format.blocks(ofRow: blocks)
        let drafts = stride(from: 0, to: blocks.count, by: format.bytes).map {
            BlockDraft(format, bytes: Array(blocks[$0..<$0 + format.bytes]))
        }
        return format.checks.filter { check in
            refusesAll || (!ignoring.contains(check) && drafts.prefix(firstBlockOnly ? 1 : drafts.count).contains { breaks(check, $0) })
        }.map(\.clause)
    }

    private func breaks(_ check: ContentCheck, _ block: BlockDraft) -> Bool {
        guard let field = format.field(check.field) else { return false }
        let slots = block.slots
        let used = usedSlots(block)
        switch check.kind {
        case .finite: return !checksIntegers && (0..<(firstOnly ? 1 : field.count)).contains { !isFinite(block, field, $0) }
        case .zero: return block.bytes[field.range].prefix(firstOnly ? 1 : field.count).contains { $0 != 0 }
        case .bytesWritten:
            return block.bytes[field.range].prefix(firstOnly ? 1 : field.count).contains { byte in
                switch byteSlack {
                case 1: !writes(byte, check) && (byte == 0 || !writes(byte - 1, check))
                case -1: !writes(byte, check) || (byte < 255 && !writes(byte + 1, check))
                default: !writes(byte, check)
                }
            }
        case .countWithinSlots: return storedCount(block) > (slots?.rule.count?.maximum ?? .max) + slack
        case .indexInBlock: return used.contains { $0.position >= format.elements }
        case .distinct: return repeats(used.map(\.position))
        case .ascending:
            return zip(used, used.dropFirst()).contains { a, b in
                b.position < a.position || (b.position == a.position && (b.isEmpty == false || slots?.count != nil))
            }
        case .unusedSlotsZero: return allSlots(block).dropFirst(used.count).contains { $0.position != 0 || !$0.isEmpty }
        case .countZeroButSlotsFilled: return storedCount(block) == 0 && allSlots(block).contains { !$0.isEmpty }
        case .baseZeroUnderOutlier: return used.contains { $0.position < format.elements && block.code($0.position) != block.zeroCode }
        case .sentinelSparesWeights: return sentinelHurts(used, block)
        }
    }

    /// Whether encoders write the byte: worked out from what it means, not looked up.
    private func writes(_ byte: UInt8, _ check: ContentCheck) -> Bool {
        switch (format.id, check.field) {
        case ("tq1_0", "qs"): (0..<243).contains { (256 * $0 + 242) / 243 == Int(byte) }
        case ("tq1_0", "qh"): (0..<81).contains { (256 * 3 * $0 + 242) / 243 == Int(byte) }
        case ("iq1_bn", "ql"): (0..<243).contains { (256 * $0 + 242) / 243 == Int(byte) }
        case ("iq1_bn", "extra"): (0..<81).contains { (256 * $0 + 242) / 243 == Int(byte) }
        case ("tq2_0", _), ("iq2_bn", _): byte & byte >> 1 & 0x55 == 0
        case ("nvfp4", _): byte < 0x7F
        default: check.bytes?.contains(byte) ?? true
        }
    }

    private struct Slot {
        let position: Int
        /// The value is zero.
        let isEmpty: Bool
    }

    private func storedCount(_ block: BlockDraft) -> Int {
        guard let slots = block.slots, let rule = slots.rule.count, let field = slots.count else { return block.slots?.number ?? 0 }
        return Int(block.bits(field)) & rule.mask
    }

    private func allSlots(_ block: BlockDraft) -> [Slot] {
        guard let slots = block.slots else { return [] }
        return (0..<slots.number).map { slot in
            let bits = block.bits(slots.values, slot)
            return Slot(position: Int(block.bits(slots.index, slot)), isEmpty: slots.storesHalves ? bits & 0x7FFF == 0 : bits == 0)
        }
    }

    private func usedSlots(_ block: BlockDraft) -> [Slot] {
        let most = block.slots?.rule.count?.maximum ?? block.slots?.number ?? 0
        return Array(allSlots(block).prefix(min(storedCount(block), most)))
    }

    private func isFinite(_ block: BlockDraft, _ field: Field, _ index: Int) -> Bool {
        // A large fp64 is finite although it is infinite as fp32.
        let value = field.type == .f64 ? Double(bitPattern: block.bits(field, index)) : Double(SlotFaults.float(block, field, index))
        return value.isFinite || (passesNaN && value.isNaN) || (passesInfinity && value.isInfinite)
    }

    private func repeats(_ positions: [Int]) -> Bool {
        if neighboursOnly { return zip(positions, positions.dropFirst()).contains { $0 == $1 } }
        return Set(positions).count < positions.count
    }

    /// A slot (0, 0) or (255, 0) over a weight that is not zero, or a position twice unless both are such.
    private func sentinelHurts(_ used: [Slot], _ block: BlockDraft) -> Bool {
        func isSentinel(_ slot: Slot) -> Bool { slot.isEmpty && [0, 255].contains(slot.position) }
        if used.contains(where: { isSentinel($0) && (block.zeroCode == nil || block.code($0.position) != block.zeroCode) }) { return true }
        for (index, slot) in used.enumerated() {
            for earlier in used.prefix(neighboursOnly ? 0 : index) where earlier.position == slot.position {
                if !(isSentinel(slot) && earlier.isEmpty) { return true }
            }
        }
        return false
    }
}

/// Content checks with one fault each.
enum ContentMutants {
    static func all() -> [Mutant] { SingleBlocks.formats.filter { !$0.checks.isEmpty }.flatMap(mutants(of:)) }

    static func controls() -> [Mutant] {
        SingleBlocks.formats.filter { !$0.checks.isEmpty }.map { mutant($0, "control", "none", ContentTwin($0)) }
    }

    private static func mutants(of format: BlockFormat) -> [Mutant] {
        var list: [Mutant] = []
        func add(_ name: String, _ fault: String, defect: String? = nil, _ plant: (inout ContentTwin) -> Void) {
            var twin = ContentTwin(format)
            plant(&twin)
            let known = defect.flatMap { id in Spec.defect(id)?.formats.contains(format.id) ?? false ? id : nil }
            list.append(mutant(format, name, fault, twin, defect: known))
        }
        for check in format.checks {
            let defect: String? =
                switch check.kind {
                case .countWithinSlots: "O15"
                case .finite: check.field == "residual_scale" ? "O14" : check.field == "outlier_vals" ? "O13" : nil
                default: nil
                }
            add(
                "without-\(check.kind.rawValue)-\(check.field)", "the check `\(check.kind.rawValue)` of \(check.field) is left out",
                defect: defect
            ) { $0.ignoring = [check] }
        }
        let kinds = Set(format.checks.map(\.kind))
        if kinds.contains(.finite) {
            add("passes-nan", "NaNs pass") { $0.passesNaN = true }
            add("passes-infinity", "infinities pass") { $0.passesInfinity = true }
            add("integers", "numbers are converted as integers before the check", defect: "B2") { $0.checksIntegers = true }
        }
        if format.checks.contains(where: { [.finite, .zero, .bytesWritten].contains($0.kind) && (format.field($0.field)?.count ?? 1) > 1 })
        {
            add("first-scalar", "only the first scalar of a field is looked at") { $0.firstOnly = true }
        }
        let isOfBlocks = format.checks.contains { format.field($0.field).map { $0.offset >= format.headBytes } ?? false }
        if format.elements > 1, isOfBlocks { add("first-block", "only the first block is looked at") { $0.firstBlockOnly = true } }
        if kinds.contains(.bytesWritten) {
            add("byte-slack", "bytes one too large pass") { $0.byteSlack = 1 }
            add("byte-strict", "the largest byte that encoders write is found broken") { $0.byteSlack = -1 }
        }
        if kinds.contains(.countWithinSlots) { add("count-slack", "a count one too large passes") { $0.slack = 1 } }
        if kinds.contains(.distinct) || kinds.contains(.sentinelSparesWeights) {
            add("neighbours", "only neighbouring slots are compared") { $0.neighboursOnly = true }
        }
        add("refuses-all", "every block is found broken", defect: "O21") { $0.refusesAll = true }
        return list
    }

    private static func mutant(_ format: BlockFormat, _ name: String, _ fault: String, _ twin: ContentTwin, defect: String? = nil) -> Mutant
    {
        Mutant(
            "content/\(format.id)/\(name)", format: format.id, kind: .content, defect: defect, fault: fault,
            system: FunctionSystem(name: name, broken: twin.broken))
    }
}
