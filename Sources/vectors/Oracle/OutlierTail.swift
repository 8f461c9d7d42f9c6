import HIFIBlockSpec
/// What follows the base of a HIFI block, as numbers: where the slots are and what they do.
struct OutlierTail {
    let base: String
    let slots: Int
    let index: Int
    let value: Int
    var wideIndex = false
    /// Offset of the count byte.
    var count: Int?
    var kind = Kind.replace
    /// Of two slots with one position only the first acts.
    var firstOnly = false

    enum Kind {
        /// fp16 values that replace.
        case replace
        /// fp16 values that add.
        case add
        /// fp16 values; bit 7 of the count says whether they add.
        case byCountBit
        /// Bytes times an f32 scale at this offset.
        case scaledF32(Int)
        /// Bytes times an fp16 scale at this offset.
        case scaledF16(Int)
        /// Bytes divided by 127, times an f32 scale at this offset.
        case dividedF32(Int)
        /// Bytes times (E4M3 scale at this offset times fp32 1/127).
        case scaledE4M3(Int)
    }

    /// Of a format with fp16 values in slots behind a base; nil for other kinds.
    static func declared(_ format: BlockFormat) -> OutlierTail? {
        guard let base = format.base, let slots = format.outliers, slots.switching == nil, slots.rule.count.map({ $0.mask == 255 }) ?? true,
            slots.operands == [slots.values], slots.storesHalves
        else { return nil }
        let (rule, index, value) = (slots.rule, slots.index, slots.values)
        return OutlierTail(
            base: base, slots: rule.slots, index: index.offset, value: value.offset, wideIndex: index.type == .u16,
            count: slots.count?.offset, kind: rule.mode == .add ? .add : .replace,
            firstOnly: rule.duplicates == .first)
    }

    func apply(_ block: [UInt8], to base: [Float]) -> [Float] {
        let b = Bytes(block)
        var weights = base
        var used = slots
        var adds = false
        if let count {
            used = b[count]
            if case .byCountBit = kind {
                adds = used >= 128
                used %= 128
            }
            used = min(used, slots)
        }
        var seen: [Int] = []
        for slot in 0..<used {
            let position = wideIndex ? b.word(index + 2 * slot) : b[index + slot]
            if position > 255 || (firstOnly && seen.contains(position)) { continue }
            seen.append(position)
            let half = b.half(min(value + 2 * slot, block.count - 2))
            let byte = Float(b.signed(value + slot))
            let old = weights[position]
            weights[position] =
                switch kind {
                case .replace: half
                case .add: ExactArithmetic.add(old, half)
                case .byCountBit: adds ? ExactArithmetic.add(old, half) : half
                case .scaledF32(let at): ExactArithmetic.add(old, ExactArithmetic.multiply(b.single(at), byte))
                case .scaledF16(let at): ExactArithmetic.add(old, ExactArithmetic.multiply(b.half(at), byte))
                case .dividedF32(let at):
                    ExactArithmetic.add(old, ExactArithmetic.multiply(b.single(at), ExactArithmetic.divide(byte, 127)))
                case .scaledE4M3(let at):
                    ExactArithmetic.add(
                        old,
                        ExactArithmetic.multiply(
                            ExactArithmetic.multiply(ExactArithmetic.e4m3(b[at]), ExactArithmetic.divide(1, 127)), byte))
                }
        }
        return weights
    }

    static let all: [String: OutlierTail] = [
        "q3_k_hifi@r1": .init(base: "linear-f32", slots: 4, index: 100, value: 108, wideIndex: true),
        "q3_k_hifi@r2": .init(base: "linear-f32", slots: 6, index: 100, value: 112, wideIndex: true),
        "q3_k_hifi@r3": .init(base: "linear-f16", slots: 6, index: 98, value: 104),
        "q3_k_hifi@r4": .init(base: "linear-planes", slots: 6, index: 98, value: 104),
        "q3_k_hifi@r5": .init(base: "q3_k", slots: 6, index: 110, value: 116),
        "q3_k_hifi@r6": .init(base: "q3_k", slots: 8, index: 110, value: 118),
        "q3_k_hifi@r7a": .init(base: "q3_k", slots: 16, index: 112, value: 128, count: 110, kind: .add),
        "q3_k_hifi@r7b": .init(base: "q3_k", slots: 16, index: 112, value: 128, count: 110, kind: .add),
        "q3_k_hifi@r7c": .init(base: "q3_k", slots: 16, index: 112, value: 128, count: 110),
        "q3_k_hifi@r7d": .init(base: "q3_k", slots: 16, index: 112, value: 128, count: 110, kind: .add),
        "q3_k_hifi@r7e": .init(base: "q3_k", slots: 16, index: 112, value: 128, count: 110),
        "q3_k_hifi@r7f": .init(base: "q3_k", slots: 16, index: 112, value: 128, count: 110, kind: .add),
        "q3_k_hifi@r8": .init(base: "sparse", slots: 16, index: 2, value: 18),
        "q3_k_hifi@r9": .init(base: "q3_k", slots: 16, index: 110, value: 126),
        "q3_k_hifi@r10": .init(base: "q3_k", slots: 16, index: 111, value: 127),
        "q3_k_hifi@r10-gpu": .init(base: "q3_k", slots: 16, index: 111, value: 128, count: 110),
        "q3_k_hifi@r11": .init(base: "q3_k", slots: 16, index: 111, value: 127),
        "q3_k_hifi@r11-gpu": .init(base: "q3_k", slots: 16, index: 111, value: 128, count: 110),
        "q3_k_hifi@r12a": .init(base: "q3_k", slots: 8, index: 110, value: 118),
        "q3_k_hifi@r12b": .init(base: "q3_k", slots: 8, index: 110, value: 118),
        "q3_k_hifi@r12c": .init(base: "q3_k", slots: 8, index: 110, value: 118),
        "q3_k_hifi@r13": .init(base: "q3_k", slots: 8, index: 110, value: 118, count: 134),
        "q3_k_hifi_res8": .init(base: "q3_k", slots: 8, index: 112, value: 120, count: 110, kind: .scaledF32(128)),
        "q2_k_hifi": .init(base: "q2_k", slots: 3, index: 85, value: 88, count: 84, kind: .byCountBit),
        "q4_k_hifi": .init(base: "q4_k", slots: 8, index: 144, value: 152),
        "q5_k_hifi_res8": .init(base: "q5_k", slots: 8, index: 177, value: 185, count: 176, kind: .scaledE4M3(193), firstOnly: true),
        "q6_k_hifi": .init(base: "q6_k", slots: 4, index: 210, value: 214),
        "q6_k_hifi_dynamic": .init(base: "q6_k", slots: 8, index: 211, value: 220, count: 210),
        "q6_k_hifi_res8": .init(base: "q6_k", slots: 8, index: 211, value: 219, count: 210, kind: .dividedF32(228)),
        "q2_k_lite": .init(base: "q2_k", slots: 4, index: 85, value: 89, count: 84, kind: .scaledF16(94)),
        "q3_k_lite": .init(base: "q2_k", slots: 8, index: 85, value: 93, count: 84, kind: .scaledF16(102)),
        "q4_k_lite": .init(base: "q3_k", slots: 7, index: 111, value: 118, count: 110, kind: .scaledF16(126)),
        "q5_k_lite": .init(base: "q4_k", slots: 8, index: 145, value: 153, count: 144, kind: .scaledF16(162)),
        "q6_k_lite": .init(base: "q5_k", slots: 8, index: 177, value: 185, count: 176, kind: .scaledF16(194)),
    ]
}
