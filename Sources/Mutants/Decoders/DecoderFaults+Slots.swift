import HIFIBlockSpec
import HIFIReference
import Suite

extension DecoderFaults {
    /// Faults in what is done with outlier slots.
    package static func slots(_ list: inout TwinList) {
        let format = list.format
        guard let slots = BlockDraft(format).slots else { return }
        let rule = slots.rule
        let adds = rule.mode == .add || rule.switching != nil
        func slot(
            _ name: String, _ fault: String, defect: String? = nil, equivalence: Mutant.Equivalence? = nil,
            _ plant: (inout SlotFaults) -> Void
        ) {
            list.add(name, fault, defect: defect, equivalence: equivalence) { plant(&$0.slots) }
        }
        slot("reversed", "slots act from the last to the first") { $0.reversed = true }
        slot("stops-at-zero", "a slot of value zero ends the list") { $0.stopsAtZero = true }
        if rule.mode == .replace { slot("skips-zero", "slots of value zero do nothing") { $0.skipsZero = true } }
        if rule.mode == .replace {
            slot("spares-255", "slots (255, 0) are taken for unused", defect: list.named("B20")) { $0.exempt = [255] }
            slot("spares-0", "slots (0, 0) are taken for unused", defect: list.named("B19")) { $0.exempt = [0] }
        }
        slot("stops-unless-rising", "a position that does not rise ends the list", defect: list.named("B28")) {
            $0.stopsUnlessRising = true
        }
        if rule.slots > 8 { slot("first-eight", "only the first eight slots act", defect: list.named("B15")) { $0.most = 8 } }
        if slots.count != nil {
            let defect = list.named("O1") ?? list.named("O2")
            slot("count-unlimited", "a count over the number of slots is followed", defect: defect) { $0.countUnlimited = true }
        }
        if slots.count == nil {
            // r13 counts where r12 pads and where an r6 block has ended; a reader of one that meets another finds what is there.
            let unused = format.fields.filter { ["pad", "tail"].contains($0.name) }.map(\.offset) + [format.bytes]
            for offset in unused {
                let place = offset == format.bytes ? "the byte behind the block" : "byte \(offset)"
                slot("count-at-\(offset)", "\(place) is taken for a count") { $0.countByte = (offset, false) }
                slot("count-unless-zero-at-\(offset)", "\(place) is taken for a count unless it is zero") { $0.countByte = (offset, true) }
            }
        }
        slot("interleaved", "positions are taken as if weights were interleaved", defect: list.named("B13")) {
            $0.place = { 128 * ($0 / 128) + 32 * ($0 % 4) + $0 % 128 / 4 }
        }
        slot("next", "each slot acts on the weight after its own") { $0.place = { ($0 + 1) % 256 } }
        slot("half", "positions lose their upper bit", defect: list.named("B6")) { $0.place = { $0 & 127 } }
        slot("signed", "positions from 128 on are taken for negative") { $0.place = { $0 < 128 ? $0 : -1 } }
        slot("missed", "positions 40 to 63 are owned by nobody", defect: list.named("B9")) {
            $0.place = { (40..<64).contains($0) ? -1 : $0 }
        }
        slot("sixteenth", "values are divided by 16", defect: list.named("B9")) { $0.value = { $0 / 16 } }
        slot("magnitude", "values lose their sign") { $0.value = { $0.magnitude } }
        slot("coarse", "values pass through bf16") { $0.value = { SmallFloats.float(bfloat16: SmallFloats.bfloat16($0)) } }
        if !slots.storesHalves {
            slot("divided", "values are divided by 127 once more", defect: list.named("B29")) { $0.value = { $0 / 127 } }
            slot("multiplied", "values are multiplied by 127") { $0.value = { $0 * 127 } }
        }
        slot("where-zero", "slots act only where the base is zero") { $0.actsOn = { $0 == 0 } }
        slot("where-live", "slots act only where the base is not zero") { $0.actsOn = { $0 != 0 } }
        if adds { slot("twice", "slots are added twice", defect: list.named("B24")) { $0.times = 2 } }
        if adds, case .multiply = rule.value {
            let proof = Mutant.Equivalence(
                argument: "scale times byte has at most 24 significant bits and is exact, so fusing leaves out a rounding that does nothing"
            ) {
                ValueProof.productsAreExact(rule.value, in: format)
            }
            slot("slot-fused", "scale times byte is added unrounded", equivalence: proof) { $0.fuses = true }
        }
        if slots.index.type == .u16 { slot("wraps", "positions past the block wrap around", defect: list.named("O20")) { $0.wraps = true } }
        if format.decoding?.code?.skipping != nil {
            slot("unused-keep-codes", "unused slots do not take their weight out of the stream", defect: list.named("B17")) {
                $0.unusedKeepsCode = true
            }
        }
    }

    /// The blocks of a format read as those of another of the same size.
    static func misreadings(_ list: inout TwinList) {
        let format = list.format
        for other in SingleBlocks.formats where other.bytes == format.bytes && other.elements == format.elements && other.id != format.id {
            // Rows of other headers are no rows of this format.
            guard other.headBytes == format.headBytes else { continue }
            guard other.decoding != nil, other.decoding != format.decoding || other.fields != format.fields,
                let decoder = try? ReferenceDecoder(other)
            else { continue }
            let defect = historicalMisreading[[format.id, other.id]].flatMap { list.named($0) }
            let decode = format.decodingRows { blocks in ((try? decoder.decode(blocks)) ?? []).map(\.bitPattern) }
            list.add("read-as-\(other.id)", "blocks are read as \(other.id)", defect: defect, decode: decode)
        }
    }

    private static let historicalMisreading: [[String]: String] = [
        ["q3_k_hifi@r3", "q3_k_hifi@r4"]: "B5", ["q3_k_hifi@r4", "q3_k_hifi@r3"]: "B5",
        ["q3_k_hifi@r7c", "q3_k_hifi@r7a"]: "B16", ["q3_k_hifi@r7e", "q3_k_hifi@r7a"]: "B16",
        ["q3_k_hifi@r12a", "q3_k_hifi@r13"]: "B32", ["q3_k_hifi@r13", "q3_k_hifi@r12c"]: "B32",
    ]

    /// Single decoders of the format's history.
    package static func history(_ list: inout TwinList) {
        let format = list.format
        if let defect = list.named("B7"), let field = format.field("d") {
            list.add("linear", "codes are unpacked in linear order under one scale", defect: defect) {
                $0.code = { draft, i in
                    let low = Int(draft.bytes[32 + i / 4] >> UInt8(2 * (i % 4)) & 3)
                    return low + 4 * Int(draft.bytes[i / 8] >> UInt8(i % 8) & 1) - 4
                }
                $0.value = { scalar, code, _ in scalar(field.name) * Float(code) }
            }
            list.add("linear-no-outliers", "codes are unpacked in linear order, outliers are dropped", defect: list.named("B8")) {
                $0.code = { draft, i in
                    let low = Int(draft.bytes[32 + i / 4] >> UInt8(2 * (i % 4)) & 3)
                    return low + 4 * Int(draft.bytes[i / 8] >> UInt8(i % 8) & 1) - 4
                }
                $0.value = { scalar, code, _ in scalar(field.name) * Float(code) }
                $0.slots.most = 0
            }
        }
        if let defect = list.named("B31"), let field = format.field("d") {
            list.add(
                "contiguous", "the contiguous three-bit decoder of older revisions, with the scale's bits as an integer", defect: defect
            ) {
                $0.code = { draft, i in
                    let bit = 8 * 32 + 3 * i
                    let pair = Int(draft.bytes[bit / 8]) | (bit / 8 + 1 < draft.bytes.count ? Int(draft.bytes[bit / 8 + 1]) << 8 : 0)
                    return pair >> (bit % 8) & 7 - 4
                }
                $0.value = { scalar, code, _ in Float(SmallFloats.half(scalar(field.name))) * Float(code) }
            }
        }
        if let defect = list.named("B34"), let decoder = try? ReferenceDecoder(Spec.format("q3_k_hifi@r7a") ?? format),
            format.bytes < decoder.format.bytes
        {
            list.add("python", "blocks are taken to be 160 bytes of another revision", defect: defect) { blocks in
                let count = blocks.count / format.bytes
                let padded = blocks + [UInt8](repeating: 0, count: count * (160 - format.bytes))
                return ((try? decoder.decode(padded)) ?? []).map(\.bitPattern)
            }
        }
        if let defect = list.named("B25"), format.field("n_outliers") != nil,
            let decoder = Spec.format("\(format.id)-gpu").flatMap({ try? ReferenceDecoder($0) })
        {
            list.add("unpacked", "blocks are read by the unpacked layout of GPU builds", defect: defect) { blocks in
                let size = decoder.format.bytes
                let count = blocks.count / format.bytes
                let padded = blocks + [UInt8](repeating: 0, count: max(0, count * size - blocks.count))
                return ((try? decoder.decode(Array(padded.prefix(count * size)))) ?? []).map(\.bitPattern)
            }
        }
        if let defect = list.named("O3"), let count = format.field("outlier_count"), let values = format.field("residual_vals") {
            list.add("stale", "at counts 6 and 7 the last residual is what was in memory", defect: defect) {
                $0.prepare = { draft, _ in
                    let used = Int(draft.bits(count))
                    if used == 6 || used == 7 { draft.set(values, used - 1, bits: draft.bits(values, used - 1) ^ 0x5A) }
                }
            }
        }
    }
}
