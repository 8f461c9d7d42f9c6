import HIFIBlockSpec
import Mutants
import Suite

/// Decode cases about codes, scales, minima and their arithmetic, without outliers.
struct BaseCases {
    let format: BlockFormat
    let clauses: FormatClauses

    init(_ format: BlockFormat) {
        self.format = format
        clauses = FormatClauses(format)
    }

    /// The catalogue flags of defects that these cases catch in a format.
    func defects(_ ids: String...) -> [String] {
        ids.filter { DistinctFormats.concerns($0, format) }
    }

    func add(to list: inout CaseCollector) throws {
        try plainBlocks(&list)
        try random(&list)
        try rows(&list)
        if Catalogue.isRepeat(format) { return }
        try scaleValues(&list)
        try signsOfZero(&list)
        try codeMaps(&list)
        try loneWeights(&list)
        try subBlocks(&list)
    }

    private func plainBlocks(_ list: inout CaseCollector) throws {
        let all = clauses.layout + clauses.value
        try list.decode(BlockDraft(format), all, ["zero-block"], "A block of zero bytes decodes to zeros of the right sign.")
        for fill: UInt8 in [0x55, 0xAA, 0xFF] {
            try list.decode(
                BlockDraft(format, fill: fill), all, ["all-ones"],
                "Every byte is 0x\(Hex.text([fill])): all fields at extreme values at once.")
        }
        try list.decode(DraftBlocks.ramp(format), all, ["code-map", "scale-map"], "All codes, and a scale of its own for every sub-block.")
        for number in 1...2 {
            try list.decode(
                DraftBlocks.ramp(format, number: number), all, ["code-map", "scale-map"],
                "The ramp of codes turned by \(number), with other scales.")
        }
    }

    /// Special values in every scalar that scales: zeros, subnormals, the largest, infinities, NaNs.
    private func scaleValues(_ list: inout CaseCollector) throws {
        for field in DraftBlocks.scales(of: format) {
            for special in SpecialScalars.of(field.type)
            where format.base == nil || field.type != .f16
                || [0x0000, 0x0001, 0x03FF, 0x3C00, 0x7BFF, 0x7C00, 0x7E00].contains(special.bits)
            {
                var draft = DraftBlocks.ramp(format)
                draft.set(field, bits: special.bits)
                let flags = [special.flag] + defects("B1", "F6") + (special.flag == "non-finite-scale" ? defects("B2") : [])
                try list.decode(draft, clauses.value + special.clauses, flags, "Field \(field.name) is \(special.name).")
            }
        }
        if format.elements == 1 {
            for special in SpecialScalars.of(format.fields[0].type) {
                var draft = BlockDraft(format)
                draft.set(format.fields[0], bits: special.bits)
                try list.decode(draft, clauses.value + special.clauses, [special.flag], "The scalar is \(special.name).")
            }
        }
    }

    /// Zeros of either sign, from each way to make one.
    private func signsOfZero(_ list: inout CaseCollector) throws {
        let fields = DraftBlocks.scales(of: format)
        guard format.elements > 1, fields.allSatisfy({ $0.type.canBeNonFinite }), fields.count <= 2 else { return }
        for signs in 0..<(1 << fields.count) {
            for size in [0, 1] {
                var draft = BlockDraft(format)
                for (index, field) in fields.enumerated() {
                    // The scale has a size, or is a zero too; what is subtracted or added is a zero.
                    let magnitude = size == 1 && index == 0 ? DraftBlocks.scaleBits(field) : 0
                    draft.set(field, bits: magnitude | UInt64(signs >> index & 1) << UInt64(8 * field.type.bytes - 1))
                }
                for s in 0..<draft.scaleCount { draft.setScale(s, (5 + 9 * s) % (1 << draft.scaleWidth)) }
                for i in 0..<draft.codeCount { draft.setCode(i, i % 3 == 0 ? (1 + i) % (1 << draft.codeWidth) : draft.zeroCode ?? 0) }
                DraftBlocks.fillSlots(&draft)
                try list.decode(
                    draft, clauses.value, ["zero-scale"] + defects("F5"),
                    "Zeros of either sign: which comes out follows from the signs of codes and scales.")
            }
        }
    }

    /// One pattern per bit of a code and per digit of the weight's number: each tells planes and places apart.
    private func codeMaps(_ list: inout CaseCollector) throws {
        guard let rule = format.decoding?.code else { return }
        if rule.planes.contains(where: { $0.gray > 0 }) { return try words(&list) }
        let codes = 1 << BlockDraft(format).codeWidth
        for bit in 0..<(format.base == nil ? BlockDraft(format).codeWidth : 0) {
            var draft = distinctScales()
            for i in 0..<draft.codeCount { draft.setCode(i, 1 << bit) }
            try list.decode(draft, clauses.code, ["code-map"], "Every code has bit \(bit) alone.")
            for i in 0..<draft.codeCount { draft.setCode(i, codes - 1 - (1 << bit)) }
            try list.decode(draft, clauses.code, ["code-map"], "Every code has all bits but bit \(bit).")
        }
        // Codes of several weights say nothing about where a weight is.
        guard rule.selection == nil else { return }
        var place = rule.digits.reduce(1) { $0 * $1.radix }
        for digit in rule.digits {
            place /= digit.radix
            guard digit.radix > 1 else { continue }
            for (shift, what) in [(0, "lowest bits"), (3, "upper bits")] where shift == 0 || digit.radix > 8 {
                var draft = distinctScales()
                for i in 0..<draft.codeCount { draft.setCode(i, ((i / place % digit.radix) >> shift) & (codes - 1)) }
                try list.decode(
                    draft, clauses.code, ["code-map"] + defects("B5", "B7", "B8", "B31"),
                    "The code of a weight is the \(what) of its digit `\(digit.name)`.")
            }
        }
    }

    /// Codes that are the Gray code of words with other codes: each bit of the words alone, and all but it.
    private func words(_ list: inout CaseCollector) throws {
        guard let plane = format.decoding?.code?.planes.first(where: { $0.gray > 0 }), let field = format.field(plane.field) else { return }
        for invert in [false, true] {
            let blocks = (0..<plane.gray).map { bit -> BlockDraft in
                var draft = distinctScales()
                for byte in field.range {
                    let place = (byte - field.offset) % (plane.gray / 8)
                    let alone = bit / 8 == place ? UInt8(1) << UInt8(bit % 8) : 0
                    draft.bytes[byte] = invert ? ~alone : alone
                }
                return draft
            }
            try list.decode(
                blocks, clauses.code, ["code-map"],
                "Every word has \(invert ? "all bits but one" : "one bit") set, another in each of \(blocks.count) blocks.")
        }
    }

    private func loneWeights(_ list: inout CaseCollector) throws {
        let count = BlockDraft(format).codeCount
        guard count > 0, let rule = format.decoding?.code, rule.selection == nil, !rule.planes.contains(where: { $0.gray > 0 }) else {
            return
        }
        let places = [0, 1, 7, 15, 16, 31, 32, 63, 64, 127, 128, 143, 200, 254, 255].filter {
            $0 < count && (format.base == nil || [0, 64, 143, 255].contains($0))
        }
        for weight in places {
            var draft = distinctScales()
            let zero = draft.zeroCode ?? 0
            for i in 0..<count { draft.setCode(i, zero) }
            draft.setCode(weight, zero == 0 ? (1 << draft.codeWidth) - 1 : zero - 1)
            let flags = ["lone-weight"] + (weight == 255 ? defects("F2", "F3") : []) + (weight % 16 == 7 ? defects("F7") : [])
            try list.decode(draft, clauses.code + clauses.scale, flags, "Only weight \(weight) is not at the zero code.")
        }
    }

    private func subBlocks(_ list: inout CaseCollector) throws {
        let draft = BlockDraft(format)
        for (count, width, what, ids, set) in [
            (
                draft.scaleCount, draft.scaleWidth, "scale", clauses.scale,
                { (draft: inout BlockDraft, s: Int, raw: Int) in draft.setScale(s, raw) }
            ),
            (
                draft.minimumCount, draft.minimumWidth, "minimum", clauses.minimum,
                { (draft: inout BlockDraft, s: Int, raw: Int) in draft.setMinimum(s, raw) }
            ),
        ] where count > 0 {
            for bit in 0..<(format.base == nil ? width : 0) {
                var block = codesOnly()
                for s in 0..<count { set(&block, s, 1 << bit) }
                try list.decode(block, ids, ["scale-map"], "Every sub-block \(what) has bit \(bit) alone.")
            }
            // The base of a format that extends another is shown once, by that other.
            // Where every weight has one, a few of them.
            for s in 0..<count where (format.base == nil && (count <= 32 || s % 37 == 0)) || s >= count - 2 {
                var block = codesOnly()
                for other in 0..<count { set(&block, other, 1 << (width - 1)) }
                set(&block, s, (1 << width) - 1)
                let flags = ["scale-map"] + (s >= count - 2 ? defects("F3") : []) + defects("B7", "B8")
                try list.decode(block, ids, flags, "Sub-block \(s) alone has its \(what) at all ones.")
            }
            // All values of the width, a block for each run of `count`.
            let blocks = stride(from: 0, to: 1 << width, by: count).map { first -> BlockDraft in
                var block = codesOnly()
                for s in 0..<count { set(&block, s, (first + s) % (1 << width)) }
                return block
            }
            try list.decode(
                blocks, ids + clauses.value, ["scale-map"] + defects("F1"),
                "Every value of a sub-block \(what), over \(blocks.count) blocks.")
        }
    }

    private func rows(_ list: inout CaseCollector) throws {
        for count in [2, 3] {
            let drafts = (0..<count).map { DraftBlocks.ramp(format, number: 3 + $0) }
            try list.decode(
                drafts, clauses.layout + ["NUM-10"], ["row"] + defects("B11", "B14", "B26", "B27", "B34", "O6"),
                "\(count) different blocks in a row: the distance between blocks is their size, and none needs more alignment.")
        }
        var second = DraftBlocks.ramp(format, number: 5)
        let first = BlockDraft(format)
        try list.decode([first, second], clauses.layout + ["NUM-10"], ["row"] + defects("B14"), "Zeros, then a block that is not.")
        second.bytes.reverse()
        try list.decode([second, first], clauses.layout + ["NUM-10"], ["row"], "Any bytes, then a block of zeros.")
    }

    private func random(_ list: inout CaseCollector) throws {
        var random = SeededRandom(seed: Self.seed(format.id))
        let all = clauses.layout + clauses.code + clauses.scale + clauses.minimum + clauses.value + clauses.apply
        for _ in 0..<(format.base == nil ? 8 : 5) {
            try list.decode(
                DraftBlocks.weightLike(format, &random), all + ["NUM-01", "NUM-02"], ["weight-like"] + defects("F4"),
                "A block shaped like those of real weights.")
        }
        for _ in 0..<(format.base == nil ? 5 : 3) {
            try list.decode(BlockDraft(format, bytes: random.bytes(format.bytes)), all, ["random-bytes"], "Random bytes.")
        }
        for _ in 0..<(format.base == nil ? 5 : 3) {
            let bytes = BulkGenerator.moderate(random.bytes(format.bytes), format)
            try list.decode(BlockDraft(format, bytes: bytes), all, ["random-bytes"], "Random bytes under moderate scales.")
        }
    }

    /// Different scales in all sub-blocks, moderate scalars, codes at zero, no slot in use where that can be said.
    private func distinctScales() -> BlockDraft {
        var draft = BlockDraft(format)
        for (index, field) in DraftBlocks.scales(of: format).enumerated() { draft.set(field, bits: DraftBlocks.scaleBits(field, index)) }
        for s in 0..<draft.scaleCount { draft.setScale(s, (3 + 5 * s) % (1 << draft.scaleWidth)) }
        for s in 0..<draft.minimumCount { draft.setMinimum(s, (2 + 7 * s) % (1 << draft.minimumWidth)) }
        return draft
    }

    /// Codes that are not zero, moderate scalars, scales and minima to be set.
    private func codesOnly() -> BlockDraft {
        var draft = BlockDraft(format)
        for (index, field) in DraftBlocks.scales(of: format).enumerated() { draft.set(field, bits: DraftBlocks.scaleBits(field, index)) }
        for i in 0..<draft.codeCount { draft.setCode(i, 1 + i % 2) }
        return draft
    }

    static func seed(_ name: String) -> UInt64 { name.utf8.reduce(0xCBF2_9CE4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 } }
}
