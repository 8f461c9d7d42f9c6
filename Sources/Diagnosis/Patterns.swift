import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// What wrong answers have in common where nothing predicts them bit by bit, because memory that nobody wrote is part of them.
///
/// A pattern says where a system is wrong and nowhere else; that alone is its evidence.
package enum Patterns {
    /// Patterns of one operation that hold for some of these answers at least.
    package static func matches(_ evidence: [Evidence], _ format: BlockFormat, _ operation: SeriesRecipe.Operation) -> [Match] {
        switch operation {
        case .decode: [countUnclamped(format), lateSlots(evidence, format)].compactMap(\.self)
        case .encode: [paddingUnwritten(format), codesUnderZero(format), scaleOfNothing(format)].compactMap(\.self)
        case .dot, .product, .quantize: []
        }
    }

    private static func named(_ defects: [String], _ format: BlockFormat) -> String? {
        defects.first { DistinctFormats.concerns($0, format) }
    }

    private static func drafts(_ blocks: [UInt8], _ format: BlockFormat) -> [BlockDraft] {
        let blocks = format.blocks(ofRow: blocks)
        return stride(from: 0, to: blocks.count - format.bytes + 1, by: format.bytes).map {
            BlockDraft(format, bytes: Array(blocks[$0..<$0 + format.bytes]))
        }
    }

    /// Wrong weights of a block.
    private struct WrongBlock {
        let draft: BlockDraft
        let places: [Int]
    }

    /// Blocks that were decoded wrongly; nil for other evidence.
    private static func wrongBlocks(_ evidence: Evidence, _ format: BlockFormat) -> [WrongBlock]? {
        guard case .decode(_, let blocks) = evidence.request, case .weights(let right) = evidence.right,
            case .floats(let found) = evidence.found, right.count == found.count
        else { return nil }
        return drafts(blocks, format).enumerated().compactMap { index, draft in
            let places = (0..<format.elements).filter { right[index * format.elements + $0] != found[index * format.elements + $0] }
            return places.isEmpty ? nil : WrongBlock(draft: draft, places: places)
        }
    }

    // MARK: Decoding

    /// Only blocks with a count over the number of slots are wrong: the rule for them is that the count is clamped.
    private static func countUnclamped(_ format: BlockFormat) -> Match? {
        guard let slots = BlockDraft(format).slots, let field = slots.count, let count = slots.rule.count else { return nil }
        let isOver: (BlockDraft) -> Bool = { Int($0.bits(field)) & count.mask > count.maximum }
        let explains: (Evidence) -> Bool = { evidence in
            // Where a foreign count leads out of the block, the program may die as well.
            if evidence.isCrash, case .decode(_, let blocks) = evidence.request { return drafts(blocks, format).contains(where: isOver) }
            guard let wrong = wrongBlocks(evidence, format), !wrong.isEmpty else { return false }
            return wrong.allSatisfy { isOver($0.draft) }
        }
        return Match(
            id: "decoder/\(format.id)/count-unlimited", words: "a count over \(count.maximum) is not clamped",
            defect: named(["O1", "O2"], format), explains: explains, agrees: explains, isRight: { _ in true })
    }

    /// Only the places of late slots are wrong, perhaps at some counts only: those slots do not act, or act with what was in memory.
    private static func lateSlots(_ evidence: [Evidence], _ format: BlockFormat) -> Match? {
        guard let slots = BlockDraft(format).slots, let field = slots.count, let count = slots.rule.count,
            let decoder = try? ReferenceDecoder(format)
        else { return nil }
        func used(_ draft: BlockDraft) -> Int { Int(draft.bits(field)) & count.mask }
        /// The first slot that names one of these places; nil if a place has none.
        func firstSlot(_ block: WrongBlock) -> Int? {
            let positions = (0..<min(used(block.draft), count.maximum)).map { Int(block.draft.bits(slots.index, $0)) }
            let first = block.places.map { positions.firstIndex(of: $0) }
            return first.contains(nil) ? nil : first.compactMap(\.self).min()
        }
        let wrong = evidence.filter { !$0.isCrash }.compactMap { wrongBlocks($0, format) }.joined().filter {
            used($0.draft) <= count.maximum
        }
        let firsts = wrong.map(firstSlot)
        guard !wrong.isEmpty, !firsts.contains(nil), let kept = firsts.compactMap(\.self).min() else { return nil }
        let counts = Set(wrong.map { used($0.draft) })
        // That outliers are wrong at any count and in any slot says nothing.
        guard kept > 0 || counts.count < 3 else { return nil }
        let isMeant: (BlockDraft) -> Bool = { counts.contains(used($0)) && used($0) > kept }
        let explains: (Evidence) -> Bool = { one in
            guard let blocks = wrongBlocks(one, format), !blocks.isEmpty else { return false }
            return blocks.allSatisfy { isMeant($0.draft) && (firstSlot($0) ?? -1) >= kept }
        }
        let isRight: (ConformanceCase) -> Bool = { entry in
            guard case .decode(let blocks, let right) = entry.task else { return true }
            let changed = drafts(blocks, format).flatMap { draft -> [UInt8] in
                var draft = draft
                if isMeant(draft) {
                    draft.set(field, bits: draft.bits(field) & ~UInt64(truncatingIfNeeded: count.mask) | UInt64(kept))
                }
                return draft.bytes
            }
            return ((try? decoder.decode(changed)) ?? []).map { FloatPattern.classified($0.bitPattern) } == right
        }
        let list = counts.sorted().map(String.init).joined(separator: " and ")
        let cases = counts.count > 3 ? "" : " at \(counts.count == 1 ? "a count" : "counts") of \(list)"
        let late = kept == 0 ? "slots" : "slots after the first\(kept == 1 ? "" : " \(kept)")"
        return Match(
            id: "decoder/\(format.id)/stale", words: "\(late) do not act\(cases), or act with what was in memory",
            defect: counts.isSubset(of: [6, 7]) ? named(["O3"], format) : nil, explains: explains, agrees: explains, isRight: isRight)
    }

    // MARK: Encoding

    /// Blocks that differ from the right ones, each with the right one; nil for other evidence.
    private static func wrongBlocks(encoded evidence: Evidence, _ format: BlockFormat) -> [(found: BlockDraft, right: BlockDraft)]? {
        guard case .bytes(let found) = evidence.found, case .bytes(let right) = evidence.rightBytes, found.count == right.count else {
            return nil
        }
        return zip(drafts(found, format), drafts(right, format)).filter { $0.bytes != $1.bytes }.map { ($0, $1) }
    }

    /// Nothing is wrong but the padding.
    private static func paddingUnwritten(_ format: BlockFormat) -> Match? {
        guard let pad = format.field("pad") ?? format.field("tail") else { return nil }
        let explains: (Evidence) -> Bool = { evidence in
            guard let wrong = wrongBlocks(encoded: evidence, format), !wrong.isEmpty else { return false }
            return wrong.allSatisfy { found, right in
                found.bytes.indices.allSatisfy { pad.range.contains($0) || found.bytes[$0] == right.bytes[$0] }
            }
        }
        return Match(
            id: "encoder/\(format.id)/padding-unwritten",
            words: "bytes \(pad.range.lowerBound) to \(pad.range.upperBound - 1) of each block are not written as zero",
            defect: named(["O18"], format), explains: explains, agrees: explains, isRight: { _ in true })
    }

    /// The scale of blocks whose weights are nothing but scale times code.
    private static func loneScale(_ format: BlockFormat) -> Field? {
        guard let d = format.field("d"), d.type == .f16, d.count == 1, d.parts.isEmpty, format.decoding?.minimum == nil else { return nil }
        return d
    }

    /// Only blocks are wrong whose scale is NaN by the rules, which happens where importances are all zero; they have a scale.
    private static func scaleOfNothing(_ format: BlockFormat) -> Match? {
        guard let d = loneScale(format) else { return nil }
        let isNaN: (UInt64) -> Bool = { $0 & 0x7FFF > 0x7C00 }
        let explains: (Evidence) -> Bool = { evidence in
            guard case .encode(_, _, _, _, .some) = evidence.request, let wrong = wrongBlocks(encoded: evidence, format), !wrong.isEmpty
            else { return false }
            return wrong.allSatisfy { found, right in isNaN(right.bits(d)) && !isNaN(found.bits(d)) }
        }
        return Match(
            id: "encoder/\(format.id)/scale-of-nothing",
            words: "where the importances of a block are all zero its scale is a number, not NaN",
            defect: nil, explains: explains, agrees: explains, isRight: { _ in true })
    }

    /// Only codes under a scale of zero are other ones.
    private static func codesUnderZero(_ format: BlockFormat) -> Match? {
        guard let d = loneScale(format), let codes = format.field("qs") else { return nil }
        let explains: (Evidence) -> Bool = { evidence in
            guard let wrong = wrongBlocks(encoded: evidence, format), !wrong.isEmpty else { return false }
            return wrong.allSatisfy { found, right in
                right.bits(d) & 0x7FFF == 0
                    && found.bytes.indices.allSatisfy { codes.range.contains($0) || found.bytes[$0] == right.bytes[$0] }
            }
        }
        return Match(
            id: "encoder/\(format.id)/codes-under-zero",
            words: "where a block has scale 0 its codes are those of the block before it, or what was in memory",
            defect: named(["O25"], format), explains: explains, agrees: explains, isRight: { _ in true })
    }
}

extension Evidence {
    /// What the reference writes; an error for other questions.
    fileprivate var rightBytes: Answer {
        guard case .encode = request else { return .skipped(reason: "not an encoding") }
        return ReferenceSystem.shared.answer(request).unchecked
    }
}
