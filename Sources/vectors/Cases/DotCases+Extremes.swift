import HIFIBlockSpec
import HIFIReference
import Suite

/// Products of rows whose scalars all lie at an end of their type. Among scalars of common size a mistaken one would vanish in the sum.
extension DotCases {
    /// Bits of a scalar at an end, and what it is.
    private struct Extreme {
        let bits: UInt64
        let what: String
        /// Such that terms neither underflow nor overflow.
        let activationScale: Float
        /// Whether only weights of plus and minus one scale are finite.
        var isLargest = false

        /// Bits for another type than the one that they are of. A subnormal of many bits, so that the order of factors does not show.
        func bits(of scale: Field) -> UInt64 { scale.type != .f32 || bits > 0xFFFF ? bits : bits & 0x7C00 == 0 ? 0x0055_5555 : 0x0080_0000 }
    }

    private static func extremes(_ type: ScalarType) -> [Extreme] {
        switch type {
        case .f16:
            [
                (0x0001, "the smallest subnormal"), (0x0155, "subnormal"), (0x83FF, "the largest negative subnormal"),
                (0x0400, "the smallest normal number"),
            ].map { Extreme(bits: $0.0, what: $0.1, activationScale: 30_000) }
        case .bf16:
            [(0x0001, "the smallest subnormal"), (0x8055, "subnormal and negative"), (0x0080, "the smallest normal number")]
                .map { Extreme(bits: $0.0, what: $0.1, activationScale: 30_000) }
        case .f32:
            [(0x0000_0001, "the smallest subnormal"), (0x8055_5555, "subnormal and negative"), (0x0080_0000, "the smallest normal number")]
                .map { Extreme(bits: $0.0, what: $0.1, activationScale: 30_000) }
        case .e8m0half:
            [0, 1, 2, 100, 103, 104].map { Extreme(bits: $0, what: "of code \($0)", activationScale: 30_000) }
                + [143, 144, 150, 254, 255].map {
                    Extreme(bits: $0, what: "of code \($0)", activationScale: 0x1p-14, isLargest: $0 > 252)
                }
        default: []
        }
    }

    func extremes(_ list: inout CaseCollector) throws {
        let fields = DraftBlocks.scales(of: format)
        let slots = BlockDraft(format).slots
        let ofSlots = [slots?.scale, slots?.storesHalves == true ? slots?.values : nil].compactMap(\.self).filter { $0.type != .e4m3hifi }
        guard let type = fields.first?.type, fields.allSatisfy({ $0.type == type }) else { return }
        let flag = type == .e8m0half ? "exponent-scale" : "subnormal-scale"
        let clauses = ["DOT-01", type == .e8m0half ? "NUM-08" : "NUM-07"]
        for (number, extreme) in Self.extremes(type).enumerated() {
            let all = row(number) { _ in extreme }
            // The stored product of a block's scale and its sum has to be finite too.
            let scales = [activation.field("s") == nil ? extreme.activationScale : min(extreme.activationScale, 8)]
            let words = "\(fields.count > 1 ? "All scalars of the weights are" : "The scale of the weights is") \(extreme.what)"
            try add(
                &list, all, activations((0..<perRow).map { $0 * 7 % 255 - 127 }, scales: scales), clauses, [flag],
                "\(words).")
            for place in [3 + 5 * number, perRow - 9 - 11 * number].map({ ($0 + perRow) % perRow }) {
                try add(
                    &list, all, activations((0..<perRow).map { $0 == place ? -97 : 0 }, scales: scales), clauses,
                    [flag, "lone-activation"], "\(words), under the only activation, that of weight \(place).")
            }
            guard fields.count + ofSlots.count > 1 else { continue }
            for field in fields + ofSlots {
                let alone = row(number) { $0 == field ? extreme : nil }
                try add(
                    &list, alone, activations((0..<perRow).map { 1 + $0 * 7 % 127 }, scales: scales), clauses, [flag],
                    "Of the scalars of the weights \(field.name) \(field.count > 1 ? "are" : "is") \(extreme.what), and the others are 0.")
            }
        }
    }

    /// A row of ramps.
    ///
    /// - Parameter extreme: by field; one without is 0.
    private func row(_ number: Int, _ extreme: (Field) -> Extreme?) -> [UInt8] {
        (0..<perRow / format.elements).flatMap { block -> [UInt8] in
            var draft = DraftBlocks.ramp(format, number: number + block)
            for field in DraftBlocks.scales(of: format) {
                let one = extreme(field)
                draft.set(field, bits: one?.bits ?? 0)
                guard one?.isLargest == true else { continue }
                for code in 0..<draft.codeCount { draft.setCode(code, code % 3 == 0 ? 9 : 1) }
            }
            // Outliers as small as the weights, so that they do not stand for the whole sum.
            if let slots = draft.slots {
                if slots.storesHalves {
                    let value = extreme(slots.values)?.bits ?? 0
                    for slot in 0..<slots.number { draft.setSlot(slot, position: 7 + 13 * slot, value: Int(value)) }
                }
                if let scale = slots.scale {
                    draft.set(scale, bits: scale.type == .e4m3hifi ? 1 : extreme(scale)?.bits(of: scale) ?? 0)
                }
            }
            return draft.bytes
        }
    }
}
