import HIFIBlockSpec

/// IQ2 and IQ3: 256 weights, of which a few in a row share an entry of magnitudes; signs beside them, scales for sub-blocks.
///
/// In the search, level l of a magnitude counts as 2 l + 1. Sums run over a sub-block in order.
struct EntryEncoder: BaseEncoder {
    private let rule: EntryRule
    private let deferred: DeferredIndex
    private let signs: Selection.Signs
    /// Bits of an entry's number.
    private let bits: Int

    /// Nil unless codes name entries of two bits or three for each weight.
    init?(_ code: IndexedInteger, _ rule: EntryRule, _ maker: EntryKernelMaker?) {
        guard let selection = code.selection, case .grid(let grid, let bits) = selection.rule, selection.signs != .none else { return nil }
        guard let deferred = DeferredIndex(grid, shells: rule.shells, shapes: [(8, 3), (4, 8)], maker: { maker?($0, rule) })
        else { return nil }
        self.rule = rule
        self.deferred = deferred
        self.bits = bits
        signs = selection.signs
    }

    func encode(_ x: UnsafeBufferPointer<Float>, guidance: Guidance, meanSquareOfRow: Float, into content: inout BlockContent) {
        let evening = rule.evening * sumOfSquares(x) / 256
        let parts = x.count / rule.part
        let made = deferred.value
        let index = made.index
        var kept: [Int] = []
        withUnsafeTemporaryAllocation(of: Float.self, capacity: parts) { scales in
            withScratch(3 * rule.part) { scratch, levels in
                let work = EntrySearch(rule: rule, index: index, kernel: made.kernel, scratch: scratch, levels: levels)
                for j in 0..<parts {
                    let part = x.group(rule.part * j, rule.part)
                    work.weigh(part, guidance.importance?.group(rule.part * j, rule.part), evening)
                    var negative = work.takeMagnitudes(part, byParity: signs == .parity)
                    let found = work.run()
                    // Nothing is stored of a negligible part.
                    if found == nil { negative = 0 } else { kept.append(j) }
                    var scale = found ?? 0
                    if scale < 0 {
                        scale = -scale
                        negative = ~negative
                    }
                    scales[j] = scale
                    store(work, negative, first: rule.part * j, hasEntries: found != nil, lanes: index.lanes, &content)
                }
            }
            finish(.init(scales), &content)
        }
        if rule.closesUp, kept.count < parts { closeUp(kept, &content) }
    }

    /// IQ3_S writes on where the last sub-block that it stored ended: the lower eight bits of numbers, and signs, of those after a
    /// negligible one come out too early, and zeros are left at the end. Only the ninth bits stand where they are read.
    private func closeUp(_ kept: [Int], _ content: inout BlockContent) {
        let ninth: UInt16 = 1 << 8
        let original = content.entries
        for i in original.indices {
            let source = kept.indices.contains(i / rule.part) ? original[kept[i / rule.part] * rule.part + i % rule.part] : 0
            content.entries[i] = source & ~ninth | original[i] & ninth
        }
    }

    /// Entries and signs of a sub-block, as the planes take them.
    private func store(_ work: EntrySearch, _ negative: UInt32, first: Int, hasEntries: Bool, lanes: Int, _ content: inout BlockContent) {
        for i in 0..<rule.part {
            let entry = hasEntries ? work.entry(i / lanes) : 0
            let sign = signs == .own ? negative >> UInt32(i) & 1 : negative >> UInt32(i & ~7) & 0x7F
            content.entries[first + i] = UInt16(entry | Int(sign) << bits)
        }
    }

    /// The largest scale becomes 31 of the super-scale, code 15; its factor makes up for what rounding takes.
    private func finish(_ scales: UnsafeBufferPointer<Float>, _ content: inout BlockContent) {
        var largest: Float = 0
        for scale in scales where !(largest > scale) { largest = scale }
        if largest == 0 {
            content.scale = 0
            for j in scales.indices { content.scales[j] = 0 }
            if rule.wipes { for i in content.entries.indices { content.entries[i] = 0 } }
            return
        }
        let step = largest / 31
        let inverse = 1 / step
        content.scale = step * rule.factor
        for j in scales.indices {
            content.scales[j] = UInt8(Rounding.clamp(Rounding.nearest(0.5 * (inverse * scales[j] - 1)), 0, 15))
        }
    }
}
