import HIFIBlockSpec
import HIFICKernels
import HIFIKernels

/// Looks over many blocks at the speed of memory and says where nothing is wrong.
///
/// The kernels know words, bytes and slots, not rules: they answer "nothing suspicious" or "look closer" for a group of blocks,
/// and the predicates of this module decide what, if anything, is wrong there. A suspicion may be unfounded; a clean answer is
/// not.
final class QuickScan: @unchecked Sendable {
    // Unchecked: the plan is written in `init` only, the kernels are constants of the program.

    /// For each check of the scanner, whether a clean answer covers it.
    let covers: [Bool]
    /// For each of the format's magnitude fields, a bit for every lane that kernels see its exponents in; 0 where they see none.
    let lanes: [UInt64]
    /// Blocks judged together.
    let group: Int
    /// Whether subnormal fp16 scales are counted on the way: all that the format has.
    let countsSubnormals: Bool
    private let stride: Int
    private let plan: UnsafeMutablePointer<hifi_scan_plan>
    private let kernels: UnsafePointer<hifi_kernels>

    /// Nil where kernels have nothing for the blocks: no check, or a block length that no plan fits.
    ///
    /// - Parameter isa: nil takes the one in use; portable C where the environment names one that is not there.
    init?(_ format: BlockFormat, _ checks: [ContentCheck], isa: InstructionSet?) {
        let table = isa.map { hifi_kernels_named($0.rawValue) } ?? hifi_kernels_active() ?? hifi_kernels_named("scalar")
        guard let table, !checks.isEmpty, let stride = UInt32(exactly: format.bytes) else { return nil }
        let plan = UnsafeMutablePointer<hifi_scan_plan>.allocate(capacity: 1)
        let builder = PlanBuilder(format: format, plan: plan)
        let scales = format.scaleFields.filter { $0.type == .f16 && $0.count == 1 }
        func isUsable(_ covers: [Bool]) -> Bool {
            // Subnormal scales are counted on the way: all of them or none.
            let isComplete = zip(checks, covers).allSatisfy { check, isCovered in
                isCovered || check.kind != .finite || !scales.contains { $0.name == check.field }
            }
            return plan.pointee.group > 0 && isComplete && covers.contains(true)
        }
        hifi_scan_begin(plan, stride)
        var covers = checks.map(builder.add)
        if !isUsable(covers) {
            hifi_scan_begin_singly(plan, stride)
            covers = checks.map(builder.add)
        }
        guard isUsable(covers) else {
            plan.deallocate()
            return nil
        }
        countsSubnormals = scales.allSatisfy(\.parts.isEmpty)
        lanes = MagnitudeField.all(of: format).map { field in
            let words = field.exponentWords.map { hifi_scan_lanes(plan, UInt32($0)) }
            return words.contains(0) ? 0 : words.reduce(0, |)
        }
        (self.covers, self.plan, kernels, self.stride, group) = (covers, plan, table, format.bytes, Int(plan.pointee.group))
    }

    deinit { plan.deallocate() }

    /// How many of the first blocks are clean: `count`, or the first block of a group that must be looked at.
    ///
    /// - Parameter seen: what is seen on the way, up to the end of that group, is added.
    func clean(_ blocks: UnsafeRawPointer, count: Int, seen: inout hifi_scan_found) -> Int {
        Int(hifi_scan(kernels, plan, blocks.assumingMemoryBound(to: UInt8.self), count, &seen))
    }
}

/// Puts checks into a plan.
private struct PlanBuilder {
    let format: BlockFormat
    let plan: UnsafeMutablePointer<hifi_scan_plan>

    /// False where the kernels have no test for the check.
    func add(_ check: ContentCheck) -> Bool {
        guard let field = format.field(check.field) else { return false }
        switch check.kind {
        case .finite: return addFinite(field)
        case .zero: return field.range.allSatisfy { addLimit($0, mask: 0xFF, limit: 0) }
        case .indexInBlock:
            // The upper bytes of positions in a block of 256 are zero.
            guard field.type == .u16, format.elements == 256 else { return false }
            return (0..<field.count).allSatisfy { addLimit(field.offset + 2 * $0 + 1, mask: 0xFF, limit: 0) }
        case .countWithinSlots:
            guard let slots = format.outliers, let count = slots.rule.count, let field = slots.count, field.type == .u8 else {
                return false
            }
            return addLimit(field.offset, mask: UInt8(truncatingIfNeeded: count.mask), limit: UInt8(clamping: count.maximum))
        case .distinct: return addSlots(HIFI_SCAN_DISTINCT)
        case .ascending: return addSlots(HIFI_SCAN_RISING)
        case .baseZeroUnderOutlier: return addSlots(HIFI_SCAN_BASE_ZERO)
        case .sentinelSparesWeights: return addSlots(HIFI_SCAN_SPARING)
        // If the slots past the count are empty, those of a count of zero are.
        case .unusedSlotsZero, .countZeroButSlotsFilled: return addSlots(HIFI_SCAN_EMPTY)
        case .bytesWritten: return check.bytes.map { addSet($0, field.range) } ?? false
        }
    }

    /// All bytes up to a limit, or any others.
    private func addSet(_ bytes: ByteSet, _ range: Range<Int>) -> Bool {
        let allowed = (0...UInt8.max).filter(bytes.contains)
        if let limit = allowed.last, allowed.count == Int(limit) + 1, range.count <= Int(HIFI_SCAN_WINDOW) {
            return range.allSatisfy { addLimit($0, mask: 0xFF, limit: limit) }
        }
        let bits = bytes.words.flatMap { word in (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64(8 * $0)) } }
        return hifi_scan_among(plan, UInt32(range.lowerBound), UInt32(range.count), bits) != 0
    }

    /// A float is finite unless all its exponent bits are set; they lie in its uppermost word.
    private func addFinite(_ field: Field) -> Bool {
        guard field.parts.isEmpty else { return addUpperExponent(field) }
        let exponent: UInt16
        switch field.type {
        case .f16: exponent = 0x7C00
        case .bf16, .f32: exponent = 0x7F80
        case .f64: exponent = 0x7FF0
        default: return false
        }
        let isScale = field.type == .f16 && field.count == 1 && format.scaleFields.contains(field)
        return (0..<field.count).allSatisfy { index in
            let place = field.offset + (index + 1) * field.type.bytes - 2
            return hifi_scan_word(plan, UInt32(place), exponent, isScale ? 1 : 0) != 0
        }
    }

    /// Of an fp16 that is cut up, the upper three bits of the exponent, where they lie in one word. If all are set, the number is
    /// 8192 or more, which no scale is: enough to look closer.
    private func addUpperExponent(_ field: Field) -> Bool {
        guard field.type == .f16, let part = field.parts.first(where: { $0.place <= 12 && $0.place + $0.width >= 15 }) else { return false }
        let (word, bit) = (part.bit + 12 - part.place).quotientAndRemainder(dividingBy: 16)
        guard bit <= 13 else { return false }
        return hifi_scan_word(plan, UInt32(field.offset + 2 * word), 7 << UInt16(bit), 0) != 0
    }

    private func addLimit(_ offset: Int, mask: UInt8, limit: UInt8) -> Bool {
        hifi_scan_limit(plan, UInt32(offset), mask, limit) != 0
    }

    private func addSlots(_ test: Int) -> Bool {
        guard var slots else { return false }
        return hifi_scan_slots(plan, &slots, UInt32(test)) != 0
    }

    private var slots: hifi_scan_slot_layout? {
        guard let outliers = format.outliers, outliers.index.type == .u8, format.elements == 256,
            let slots = UInt8(exactly: outliers.number)
        else { return nil }
        let (rule, index, value) = (outliers.rule, outliers.index, outliers.values)
        var layout = hifi_scan_slot_layout()
        layout.slots = slots
        layout.index_at = UInt16(index.offset)
        layout.value_at = UInt16(value.offset)
        layout.wide_values = value.type.bytes == 2 ? 1 : 0
        if let count = rule.count {
            guard let field = outliers.count, field.type == .u8, let maximum = UInt8(exactly: count.maximum) else { return nil }
            layout.has_count = 1
            layout.count_at = UInt16(field.offset)
            layout.count_mask = UInt8(truncatingIfNeeded: count.mask)
            layout.count_max = maximum
        }
        layout.q3k_base = beginsAsQ3K ? 1 : 0
        return layout
    }

    private var beginsAsQ3K: Bool {
        guard let base = Spec.format("q3_k"), format.decoding?.code == base.decoding?.code else { return false }
        return ["hmask", "qs"].allSatisfy { format.field($0) == base.field($0) }
    }
}
