import HIFIBlockSpec
import HIFIReference
import Suite

/// Dot products with one fault each.
package enum DotMutants {
    package static func all() -> [Mutant] { DistinctFormats.all.flatMap(mutants(of:)) }

    package static func controls() -> [Mutant] {
        SingleBlocks.formats.compactMap { format in
            DotTwin(format).map { twin in
                Mutant(
                    "dot/\(format.id)/control", format: format.id, kind: .dot, fault: "none",
                    system: FunctionSystem(name: "control", other: twin.answer))
            }
        }
    }

    private struct List {
        let format: BlockFormat
        let twin: DotTwin
        var mutants: [Mutant] = []

        func named(_ defect: String) -> String? { DistinctFormats.concerns(defect, format) ? defect : nil }

        mutating func add(
            _ name: String, _ fault: String, defect: String? = nil, equivalence: Mutant.Equivalence? = nil,
            _ plant: (inout DotTwin) -> Void
        ) {
            var changed = twin
            plant(&changed)
            add(name, fault, defect: defect, equivalence: equivalence, answer: changed.answer)
        }

        mutating func add(
            _ name: String, _ fault: String, defect: String? = nil, equivalence: Mutant.Equivalence? = nil,
            answer: @escaping @Sendable (Request) -> Answer
        ) {
            mutants.append(
                Mutant(
                    "dot/\(format.id)/\(name)", format: format.id, kind: .dot, defect: defect, fault: fault,
                    equivalence: equivalence, system: FunctionSystem(name: name, other: answer)))
        }
    }

    package static func mutants(of format: BlockFormat) -> [Mutant] {
        guard let twin = DotTwin(format) else { return [] }
        var list = List(format: format, twin: twin)
        numbers(&list)
        rows(&list)
        meanings(&list)
        sums(&list)
        history(&list)
        decoders(&list)
        return list.mutants
    }

    private static func numbers(_ list: inout List) {
        list.add("two-percent", "the result is 2 per cent too large", defect: list.named("F8")) { $0.finish = { Float($0 * 1.02) } }
        list.add("slightly", "the result is 1 in 4096 too large") { $0.finish = { Float($0 * (1 + 1.0 / 4096)) } }
        list.add("half-added", "a half is added to the result", defect: list.named("F9")) { $0.finish = { Float($0 + 0.5) } }
        list.add("thousandth-added", "a thousandth is added to the result") { $0.finish = { Float($0 + 0.001) } }
        list.add("fp16-result", "the result is rounded to fp16") { $0.finish = { SmallFloats.float(half: SmallFloats.half(Float($0))) } }
        list.add("bf16-result", "the result is rounded to bf16") {
            $0.finish = { SmallFloats.float(bfloat16: SmallFloats.bfloat16(Float($0))) }
        }
        list.add("sign", "the result has the other sign") { $0.finish = { Float(-$0) } }
        list.add("fp16-terms", "every product is rounded to fp16") {
            $0.term = { Double(SmallFloats.float(half: SmallFloats.half(Float(Double($0.weight) * $0.activation)))) }
        }
        let format = list.format
        list.add(
            "fp16-weights", "weights are rounded to fp16",
            equivalence: ValueProof.survives(format) { SmallFloats.float(half: SmallFloats.half($0)) }
        ) {
            $0.term = { Double(SmallFloats.float(half: SmallFloats.half($0.weight))) * $0.activation }
        }
        // Weights of MXFP4 are exact in bf16.
        if list.format.id != "mxfp4" {
            list.add(
                "bf16-weights", "weights are rounded to bf16",
                equivalence: ValueProof.survives(format) { SmallFloats.float(bfloat16: SmallFloats.bfloat16($0)) }
            ) {
                $0.term = { Double(SmallFloats.float(bfloat16: SmallFloats.bfloat16($0.weight))) * $0.activation }
            }
        }
        list.add("unsigned-codes", "activation codes are read unsigned") {
            $0.term = { Double($0.weight) * Double($0.code & 0xFF) * $0.scale }
        }
        list.add("small-codes", "activation codes up to 1 are taken for zero") {
            $0.term = { abs($0.code) <= 1 ? 0 : Double($0.weight) * $0.activation }
        }
        list.add("code-limit", "activation codes are held to 126") {
            $0.term = { Double($0.weight) * Double(max(-126, min(126, $0.code))) * $0.scale }
        }
    }

    private static func rows(_ list: inout List) {
        let elements = list.format.elements
        list.add("last-block", "the last block is left out", defect: list.named("F17")) {
            $0.term = { $0.block == $0.blocks - 1 ? 0 : Double($0.weight) * $0.activation }
        }
        list.add("first-block", "the first block is left out") { $0.term = { $0.block == 0 ? 0 : Double($0.weight) * $0.activation } }
        list.add("first-scale", "all blocks take the activation scale of the first") {
            $0.term = { Double($0.weight) * Double($0.code) * $0.firstScale }
        }
        list.add("no-scale", "activation scales are left out") { $0.term = { Double($0.weight) * Double($0.code) } }
        list.add("scale-twice", "activation scales are applied twice") { $0.term = { Double($0.weight) * $0.activation * $0.scale } }
        list.add("half-factor", "the second half of each block counts four times", defect: list.named("B10")) {
            $0.term = { Double($0.weight) * $0.activation * ($0.index >= elements / 2 ? 4 : 1) }
        }
        list.add("last-weight", "the last weight of each block is left out") {
            $0.term = { $0.index == elements - 1 ? 0 : Double($0.weight) * $0.activation }
        }
        list.add("lane", "lane 3 of each eight is left out") { $0.term = { $0.index % 8 == 3 ? 0 : Double($0.weight) * $0.activation } }
        if elements == 256, let d = list.format.field("d") ?? list.format.field("scale16"), d.type == .f16 {
            let format = list.format
            list.add("weight-scale-twice", "the scale of the weights is applied twice", defect: list.named("B18")) { twin in
                let decode = twin.decode
                twin.decode = { blocks in
                    decode(blocks).enumerated().map { place, weight in
                        let block = BlockDraft(format, bytes: Array(blocks[place / 256 * format.bytes..<(place / 256 + 1) * format.bytes]))
                        return weight * SlotFaults.float(block, d, 0)
                    }
                }
            }
        }
    }

    /// What existing readers do with outliers.
    private static func meanings(_ list: inout List) {
        let (format, activation) = (list.format, list.twin.activation)
        guard let rule = format.decoding?.correction, let dot = try? ReferenceDot(format, activation: activation) else { return }
        let addsAlready = rule.mode == .add && rule.duplicates == .each
        var wrong: [(DotMeaning, String?)] = [
            (.baseOffPerSlot, list.named("O10") ?? list.named("B21")), (.baseOnly, list.named("B12")), (.addWhereActive, list.named("O9")),
        ]
        if !addsAlready { wrong.append((.add, list.named("B3") ?? list.named("O8") ?? list.named("B22"))) }
        if rule.slots > 8 { wrong.append((.addFirstEight, list.named("B15"))) }
        for (meaning, defect) in wrong {
            list.add(meaning.rawValue, words(meaning, rule.mode), defect: defect) { request in
                guard case .dot(_, let blocks, _, let row) = request else { return .skipped(reason: "not part of this mutant") }
                do { return .floats([Float(try dot.dot(blocks, row, meaning: meaning).value).bitPattern]) } catch {
                    return .error("\(error)")
                }
            }
        }
    }

    /// Kernels that take what weights have in common times the sums that are stored.
    private static func sums(_ list: inout List) {
        let (format, twin) = (list.format, list.twin)
        guard let common = CommonPart(format, activation: twin.activation) else { return }
        list.add("stored-sums", "the sums stored beside activations are trusted", defect: list.named("O24")) { request in
            guard case .dot(_, let blocks, _, let activations) = request, case .floats(let right) = twin.answer(request) else {
                return .skipped(reason: "not part of this mutant")
            }
            let change = common.change(format.blocks(ofRow: blocks), activations)
            return .floats([Float(Double(Float(bitPattern: right[0])) + change).bitPattern])
        }
    }

    private static func words(_ meaning: DotMeaning, _ mode: Correction.Mode) -> String {
        switch meaning {
        case .decoded: "outliers act as they decode"
        case .add: "outliers are added, and the base under them stays"
        case .baseOffPerSlot: "the base under an outlier is taken off once for every slot that names it"
        case .addFirstEight: "the first eight slots are added, whatever the count"
        case .addWhereActive where mode == .add: "outliers are added only where the activation's code exceeds 4 in magnitude"
        case .addWhereActive:
            "outliers are added only where the activation's code exceeds 4 in magnitude, and the base under them stays"
        case .baseOnly: "outliers are left out"
        }
    }

    /// Single kernels of the format's history.
    private static func history(_ list: inout List) {
        let (format, activation) = (list.format, list.twin.activation)
        guard format.decoding?.correction != nil, let dot = try? ReferenceDot(format, activation: activation) else { return }
        @Sendable func value(_ request: Request, _ meaning: DotMeaning) -> Double {
            guard case .dot(_, let blocks, _, let row) = request else { return .nan }
            return (try? dot.dot(blocks, row, meaning: meaning).value) ?? .nan
        }
        list.add("eightfold", "every thread of eight adds the outliers", defect: list.named("B24")) { request in
            let outliers = value(request, .add) - value(request, .baseOnly)
            return .floats([Float(value(request, .decoded) + 7 * outliers).bitPattern])
        }
        if let base = format.base.flatMap({ Spec.format($0) }), base.elements == format.elements, base.bytes < format.bytes,
            let decoder = try? ReferenceDecoder(base)
        {
            let fault = "blocks are multiplied as \(base.id): outliers are left out, and blocks are taken to lie \(base.bytes) bytes apart"
            list.add("as-base", fault, defect: list.named("O6")) { twin in
                twin.decode = { blocks in
                    (try? decoder.decode(Array(blocks.prefix(blocks.count / format.bytes * base.bytes)))) ?? []
                }
            }
        }
        guard let bare = try? ReferenceDecoder(FormatEdit.correction(format) { _ in nil }), format.base == "q3_k" else { return }
        list.add("wrong-base", "the base taken off an outlier is that of a weight among the first 64", defect: list.named("B23")) { twin in
            twin.decode = { blocks in
                var weights = (try? bare.decode(blocks)) ?? []
                for block in 0..<blocks.count / format.bytes {
                    let draft = BlockDraft(format, bytes: Array(blocks[block * format.bytes..<(block + 1) * format.bytes]))
                    guard let slots = draft.slots else { continue }
                    let base = Array(weights[256 * block..<256 * block + 256])
                    for slot in 0..<slots.number {
                        let position = Int(draft.bits(slots.index, slot))
                        weights[256 * block + position] += SlotFaults.float(draft, slots.values, slot) - base[position % 64]
                    }
                }
                return weights
            }
        }
    }

    /// Faulty decoders, as they show in products. Those that show in signs of zero or in values that are not finite, or
    /// whose fault is smaller than what any kernel may be off by, do not.
    private static func decoders(_ list: inout List) {
        let names: Set<String> = [
            "hole", "last-high-bit", "last-scale", "one-scale", "upper-scale-bits", "lose-sign", "big-endian", "flush-subnormals",
            "spares-255", "spares-0",
            "stops-unless-rising", "first-eight", "count-unlimited", "interleaved", "next", "half", "signed", "missed", "sixteenth",
            "magnitude", "divided",
            "multiplied", "twice", "where-zero", "where-live", "linear", "stale",
        ]
        for mutant in DecoderFaults.mutants(of: list.format) {
            let name = String(mutant.id.split(separator: "/").last ?? "")
            guard names.contains(name) || ["stride-", "subnormal-", "exponent-"].contains(where: name.hasPrefix),
                let faulty = (mutant.system as? FunctionSystem)?.decode
            else {
                continue
            }
            let format = list.format
            list.add("decoded-\(name)", mutant.fault, defect: mutant.defect) {
                $0.decode = { faulty(format.row(of: $0)).map(Float.init(bitPattern:)) }
            }
        }
    }
}
