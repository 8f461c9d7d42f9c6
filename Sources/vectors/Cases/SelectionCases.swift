import HIFIBlockSpec
import Suite

/// Decode cases about codes that stand for the numbers of several weights: entries of grids, signs, ternary digits.
struct SelectionCases {
    let format: BlockFormat
    private let selection: Selection
    private let clauses: FormatClauses

    /// Nil for formats whose weights have codes of their own.
    init?(_ format: BlockFormat) {
        guard let selection = format.decoding?.code?.selection else { return nil }
        (self.format, self.selection) = (format, selection)
        clauses = FormatClauses(format)
    }

    func add(to list: inout CaseCollector) throws {
        switch selection.rule {
        case .grid(let grid, let bits):
            try entries(&list, grid, bits)
            try signs(&list, grid, bits)
        case .ternary, .ternaryFromLast: try everyByte(&list)
        case .sequence: break
        }
    }

    private func entries(_ list: inout CaseCollector, _ grid: Grid, _ bits: Int) throws {
        let perBlock = format.elements / grid.lanes
        let blocks = (0..<max(1, grid.entries / perBlock)).map { block in
            filled(block) { weight in
                let entry = (block * perBlock + weight / grid.lanes) % grid.entries
                return entry | sign(weight, pattern: 37 * (weight / 8) + block) << bits
            }
        }
        try list.decode(blocks, clauses.code, ["code-map"], "Every entry of the grid in turn, over \(blocks.count) blocks.")
    }

    private func signs(_ list: inout CaseCollector, _ grid: Grid, _ bits: Int) throws {
        guard selection.signs != .none else { return }
        for place in 0..<8 where selection.signs == .own || place < Selection.storedSigns {
            let draft = filled(place) { weight in (3 + 5 * (weight / grid.lanes)) % grid.entries | sign(weight, pattern: 1 << place) << bits
            }
            try list.decode(draft, clauses.code, ["code-map"], "Of the signs of eight weights only number \(place) is set.")
        }
        let patterns = 1 << (selection.signs == .own ? 8 : Selection.storedSigns)
        let blocks = (0..<patterns / 32).map { block in
            filled(block) { weight in (7 * (weight / grid.lanes)) % grid.entries | sign(weight, pattern: 32 * block + weight / 8) << bits }
        }
        try list.decode(
            blocks, clauses.code, ["code-map"], "Every pattern of the stored signs of eight weights, over \(blocks.count) blocks.")
    }

    /// Bytes of ternary digits take every value, in every field of them.
    private func everyByte(_ list: inout CaseCollector) throws {
        guard let rule = format.decoding?.code else { return }
        let fields = Set(rule.runs.flatMap(\.planes).map(\.field)).sorted().compactMap(format.field)
        for field in fields {
            let blocks = stride(from: 0, to: 256, by: field.count).map { first -> BlockDraft in
                var draft = filled(first) { _ in 0 }
                for byte in field.range { draft.bytes[byte] = UInt8(truncatingIfNeeded: first + byte - field.offset) }
                return draft
            }
            try list.decode(blocks, clauses.code, ["code-map"], "Every byte in \(field.name), over \(blocks.count) blocks.")
        }
    }

    /// The bits above the number of an entry, of which `pattern` says all that belong to the same eight weights.
    private func sign(_ weight: Int, pattern: Int) -> Int {
        switch selection.signs {
        case .none: 0
        case .own: pattern >> (weight % 8) & 1
        case .parity: pattern & (1 << Selection.storedSigns - 1)
        }
    }

    private func filled(_ number: Int, code: (Int) -> Int) -> BlockDraft {
        var draft = BlockDraft(format)
        for (index, field) in DraftBlocks.scales(of: format).enumerated() { draft.set(field, bits: DraftBlocks.scaleBits(field, index)) }
        for s in 0..<draft.scaleCount { draft.setScale(s, (3 + 5 * s + number) % (1 << draft.scaleWidth)) }
        for s in 0..<draft.minimumCount { draft.setMinimum(s, (s + number) % (1 << draft.minimumWidth)) }
        for i in 0..<draft.codeCount { draft.setCode(i, code(i)) }
        return draft
    }
}
