import HIFIBlockSpec
import HIFIReference
import Suite

/// Encoders with one fault each, made by changing what goes into the reference encoder or what comes out of it.
package enum EncoderMutants {
    package static func all() -> [Mutant] { Spec.blockFormats.filter { ReferenceEncoder.canEncode($0) }.flatMap(mutants(of:)) }

    /// One question to an encoder.
    struct Question {
        var path: ReferenceEncoder.Path
        var values: [Float]
        var columns: Int
        var importance: [Float]?
    }

    private struct List {
        let format: BlockFormat
        var mutants: [Mutant] = []

        func named(_ defect: String) -> String? { Spec.defect(defect)?.formats.contains(format.id) ?? false ? defect : nil }

        /// - Parameters:
        ///   - before: changes the question.
        ///   - after: changes the blocks of the answer.
        mutating func add(
            _ name: String, _ fault: String, defect: String? = nil, policy: InputPolicy = .reject, equivalence: Mutant.Equivalence? = nil,
            before: @escaping @Sendable (inout Question) -> Void = { _ in },
            after: @escaping @Sendable (inout [BlockDraft], Question) -> Void = { _, _ in }
        ) {
            let format = format
            let system = FunctionSystem(
                name: name,
                other: { request in
                    guard case .encode(_, let path, let values, let columns, let importance) = request else {
                        return .skipped(reason: "not part of this mutant")
                    }
                    var question = Question(
                        path: path == .chunk ? .chunk : .reference, values: values, columns: columns, importance: importance)
                    before(&question)
                    do {
                        let encoder = try ReferenceEncoder(format, path: question.path, policy: policy)
                        let bytes = try encoder.encode(question.values, columns: question.columns, importance: question.importance)
                        var drafts = stride(from: 0, to: bytes.count, by: format.bytes).map {
                            BlockDraft(format, bytes: Array(bytes[$0..<$0 + format.bytes]))
                        }
                        after(&drafts, question)
                        return .bytes(drafts.flatMap(\.bytes))
                    } catch {
                        return .error("\(error)")
                    }
                })
            mutants.append(
                Mutant(
                    "encoder/\(format.id)/\(name)", format: format.id, kind: .encode, defect: defect, fault: fault,
                    equivalence: equivalence, system: system))
        }
    }

    package static func mutants(of format: BlockFormat) -> [Mutant] {
        var list = List(format: format)
        inputs(&list)
        importances(&list)
        outputs(&list)
        slots(&list)
        counts(&list)
        return list.mutants
    }

    private static func inputs(_ list: inout List) {
        let format = list.format
        if format.id != "f16" {
            list.add(
                "fp16-input", "weights are rounded to fp16 first",
                before: { $0.values = $0.values.map { SmallFloats.float(half: SmallFloats.half($0)) } })
        }
        if format.id != "bf16" {
            list.add(
                "bf16-input", "weights are rounded to bf16 first",
                before: { $0.values = $0.values.map { SmallFloats.float(bfloat16: SmallFloats.bfloat16($0)) } })
        }
        list.add("negated", "weights change their sign", before: { $0.values = $0.values.map(-) })
        list.add("magnitudes", "weights lose their sign", before: { $0.values = $0.values.map(\.magnitude) })
        list.add("accepts-nan", "NaN is taken for zero", policy: .clamp)
        list.add(
            "silent-infinity", "weights that cannot be stored are stored as infinities", defect: list.named("O13") ?? list.named("O16"),
            policy: .asOriginal)
        guard format.elements > 1 else { return }
        list.add(
            "last-input", "the last weight of a row is taken for zero",
            before: { if !$0.values.isEmpty { $0.values[$0.values.count - 1] = 0 } })
        list.add(
            "first-row", "every row is encoded as the first",
            before: { question in
                let first = Array(question.values.prefix(question.columns))
                question.values = (0..<question.values.count / question.columns).flatMap { _ in first }
            })
        list.add(
            "nudged", "every weight is one unit in the last place larger",
            before: { $0.values = $0.values.map { $0 == 0 ? $0 : $0.nextUp } })
        list.add(
            "backwards", "each block is encoded from its last weight to its first",
            before: { question in
                let elements = format.elements
                question.values = stride(from: 0, to: question.values.count, by: elements).flatMap {
                    question.values[$0..<$0 + elements].reversed()
                }
            })
    }

    private static func importances(_ list: inout List) {
        let format = list.format
        // Types whose bytes do not depend on importances.
        let isDeaf =
            if let rule = format.encoding?.guidedOutliers {
                !rule.scoredByImportance && rule.guidance == .plain
            } else {
                format.encoding?.search.heedsImportances != true
            }
        guard !isDeaf else { return }
        list.add("importance-ignored", "importances are ignored", before: { $0.importance = nil })
        list.add(
            "importance-first-block", "every block takes the importances of the first",
            before: { question in
                guard let given = question.importance else { return }
                question.importance = given.indices.map { given[$0 % format.elements] }
            })
        list.add(
            "importance-shifted", "importances belong to the column after theirs",
            before: { question in
                guard let given = question.importance else { return }
                question.importance = given.indices.map { given[($0 + 1) % given.count] }
            })
        list.add("importance-squared", "importances are squared", before: { $0.importance = $0.importance?.map { $0 * $0 } })
        list.add("importance-floor", "importances are at least 0.1", before: { $0.importance = $0.importance?.map { max(0.1, $0) } })
    }

    /// The number of outliers depends on what it must not depend on.
    private static func counts(_ list: inout List) {
        let format = list.format
        guard let full = try? ReferenceEncoder(format).outliers, full > 2, let fewer = try? ReferenceEncoder(format, outliers: full - 2)
        else { return }
        list.add(
            "fewer-outliers", "two outliers fewer are stored, and unused slots act on weights", defect: list.named("O5"),
            after: { drafts, question in
                guard let bytes = try? fewer.encode(question.values, columns: question.columns, importance: question.importance) else {
                    return
                }
                drafts = drafts.indices.map { BlockDraft(format, bytes: Array(bytes[$0 * format.bytes..<($0 + 1) * format.bytes])) }
            })
        list.add(
            "count-by-thread", "rows after the first, done by other threads, get two outliers fewer",
            defect: list.named("B33") ?? list.named("O11"),
            after: { drafts, question in
                guard let bytes = try? fewer.encode(question.values, columns: question.columns, importance: question.importance) else {
                    return
                }
                for index in drafts.indices where index * format.elements >= question.columns {
                    drafts[index] = BlockDraft(format, bytes: Array(bytes[index * format.bytes..<(index + 1) * format.bytes]))
                }
            })
    }

    private static func outputs(_ list: inout List) {
        let format = list.format
        for field in DecoderFaults.scalars(of: format) where field.count == 1 {
            list.add(
                "\(field.name)-up", "\(field.name) is one unit in the last place too large",
                after: { drafts, _ in
                    for index in drafts.indices { drafts[index].set(field, bits: drafts[index].bits(field) &+ 1) }
                })
            list.add(
                "\(field.name)-down", "\(field.name) is one unit in the last place too small where it is not zero",
                after: { drafts, _ in
                    for index in drafts.indices where drafts[index].bits(field) != 0 {
                        drafts[index].set(field, bits: drafts[index].bits(field) - 1)
                    }
                })
        }
        guard format.elements > 1 else { return }
        if list.named("F12") != nil, let d = format.field("d") {
            list.add(
                "super-scale", "the super-scale is 1 per cent too large", defect: "F12",
                after: { drafts, _ in
                    for index in drafts.indices {
                        drafts[index].set(d, bits: UInt64(SmallFloats.half(SlotFaults.float(drafts[index], d, 0) * 1.01)))
                    }
                })
        }
        list.add("last-block", "the last block is left as zeros", after: { drafts, _ in drafts[drafts.count - 1] = BlockDraft(format) })
        list.add(
            "blocks-swapped", "the first two blocks change places", after: { drafts, _ in if drafts.count > 1 { drafts.swapAt(0, 1) } })
        let probe = BlockDraft(format)
        if probe.codeCount > 0, format.decoding?.code?.skipping == nil {
            list.add(
                "last-code", "the code of the last weight is one off",
                after: { drafts, _ in
                    for index in drafts.indices {
                        let last = drafts[index].codeCount - 1
                        drafts[index].setCode(last, drafts[index].code(last) ^ 1)
                    }
                })
            // Codes of grids and ternary digits have no largest one, and Q2_0 never writes it.
            if format.decoding?.code?.selection == nil, ![.ternary, .q20].contains(format.encoding?.search) {
                list.add(
                    "code-limit", "the largest code is never used", defect: list.named("F11"),
                    after: { drafts, _ in
                        for index in drafts.indices {
                            let top = (1 << drafts[index].codeWidth) - 1
                            for i in 0..<drafts[index].codeCount where drafts[index].code(i) == top { drafts[index].setCode(i, top - 1) }
                        }
                    })
            }
        }
        if probe.scaleCount > 0 {
            list.add(
                "upper-scale-bits", "the upper scale bits of the last quarter of sub-blocks are lost", defect: list.named("F13"),
                after: { drafts, _ in
                    for index in drafts.indices {
                        let (count, width) = (drafts[index].scaleCount, drafts[index].scaleWidth)
                        for s in count * 3 / 4..<count { drafts[index].setScale(s, drafts[index].scale(s) & ((1 << (width - 2)) - 1)) }
                    }
                })
            list.add(
                "last-scale", "the last sub-block has the scale of the one before",
                after: { drafts, _ in
                    for index in drafts.indices {
                        let last = drafts[index].scaleCount - 1
                        drafts[index].setScale(last, drafts[index].scale(last - 1))
                    }
                })
        }
        if probe.minimumCount > 0 {
            list.add(
                "last-minimum", "the last sub-block has no minimum",
                after: { drafts, _ in
                    for index in drafts.indices { drafts[index].setMinimum(drafts[index].minimumCount - 1, 0) }
                })
        }
        if let d = format.field("d"), d.type.canBeNonFinite {
            list.add(
                "nan-scale", "a block of zeros gets a NaN as scale", defect: list.named("F16"),
                after: { drafts, question in
                    for index in drafts.indices
                    where question.values[index * format.elements..<(index + 1) * format.elements].allSatisfy({ $0 == 0 }) {
                        drafts[index].set(d, bits: d.type == .f16 ? 0x7E00 : 0x7FC0_0000)
                    }
                })
        }
    }

    private static func slots(_ list: inout List) {
        let format = list.format
        guard let slots = BlockDraft(format).slots else { return }
        @Sendable func swap(_ draft: inout BlockDraft, _ a: Int, _ b: Int) {
            let (first, second) = (
                (draft.bits(slots.index, a), draft.bits(slots.values, a)), (draft.bits(slots.index, b), draft.bits(slots.values, b))
            )
            draft.set(slots.index, a, bits: second.0)
            draft.set(slots.values, a, bits: second.1)
            draft.set(slots.index, b, bits: first.0)
            draft.set(slots.values, b, bits: first.1)
        }
        list.add(
            "slots-swapped", "the first two slots change places",
            after: { drafts, _ in for index in drafts.indices { swap(&drafts[index], 0, 1) } })
        // Where encoders sort and unused slots come last, sorting is not a fault.
        let rule = format.encoding?.outliers
        let isSorted = rule?.order == .position && rule?.unused == 255
        if !isSorted {
            list.add(
                "slots-sorted", "slots are in order of position",
                after: { drafts, _ in
                    for index in drafts.indices {
                        for a in 0..<slots.number {
                            for b in a + 1..<slots.number where drafts[index].bits(slots.index, b) < drafts[index].bits(slots.index, a) {
                                swap(&drafts[index], a, b)
                            }
                        }
                    }
                })
        }
        list.add(
            "slots-reversed", "slots are in the opposite order",
            after: { drafts, _ in
                for index in drafts.indices {
                    for slot in 0..<slots.number / 2 { swap(&drafts[index], slot, slots.number - 1 - slot) }
                }
            })
        list.add(
            "last-slot", "the last slot stays empty",
            after: { drafts, _ in
                for index in drafts.indices {
                    let last = (0..<slots.number).last { drafts[index].bits(slots.values, $0) != 0 } ?? 0
                    drafts[index].setSlot(last, position: 0, value: 0)
                }
            })
        list.add(
            "position-off", "positions are one too large",
            after: { drafts, _ in
                for index in drafts.indices {
                    for slot in 0..<slots.number { drafts[index].set(slots.index, slot, bits: drafts[index].bits(slots.index, slot) &+ 1) }
                }
            })
        list.add(
            "value-off", "stored values are one unit too large",
            after: { drafts, _ in
                for index in drafts.indices {
                    for slot in 0..<slots.number {
                        drafts[index].set(slots.values, slot, bits: drafts[index].bits(slots.values, slot) &+ 1)
                    }
                }
            })
        if let count = slots.count ?? format.field("n_outliers") {
            list.add(
                "count-off", "the count is one too small",
                after: { drafts, _ in
                    for index in drafts.indices { drafts[index].set(count, bits: drafts[index].bits(count) &- 1) }
                })
            list.add(
                "count-unwritten", "the count is not written", defect: list.named("O19"),
                after: { drafts, _ in
                    for index in drafts.indices { drafts[index].set(count, bits: 0xAA) }
                })
        }
        if let pad = format.field("pad") ?? format.field("tail") {
            list.add(
                "padding-unwritten", "the padding is not written", defect: list.named("O18"),
                after: { drafts, _ in
                    for index in drafts.indices { for byte in pad.range { drafts[index].bytes[byte] = 0xAA } }
                })
        }
        if format.encoding?.outliers?.choice == .magnitude, slots.rule.mode == .replace, format.decoding?.code?.skipping == nil,
            let base = format.base.flatMap({ Spec.format($0) }),
            let encoder = try? ReferenceEncoder(base, path: .reference)
        {
            list.add(
                "base-of-all", "the base is made of all weights, outliers included",
                after: { drafts, question in
                    guard let bytes = try? encoder.encode(question.values, columns: question.columns) else { return }
                    for index in drafts.indices {
                        drafts[index].bytes.replaceSubrange(0..<base.bytes, with: bytes[index * base.bytes..<(index + 1) * base.bytes])
                    }
                })
        }
    }
}
