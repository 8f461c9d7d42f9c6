import HIFIBlockSpec
import HIFIReference
import Suite

/// A second encoder of r1 to r4 (ENC-17, ENC-18), with switches.
struct LinearTwin: Sendable {
    let format: BlockFormat
    /// The largest magnitude left is this many steps.
    var steps: Float = 4
    /// A code from a quotient.
    var nearest: @Sendable (Float) -> Int = SearchPolicy.tiesAway
    /// The largest code.
    var high = 3
    /// Quotients are formed with the scale before it is stored.
    var usesUnroundedScale = true
    /// Quotients are formed by division instead of the inverse.
    var divides = false
    /// Chosen weights are zero in what is coded.
    var clears = true
    /// Of equal scores the first is chosen.
    var firstOfEquals = true

    func answer(_ request: Request) -> Answer { encoded(request, encode) }

    private func encode(_ x: [Float], _ importance: [Float]?) -> BlockDraft {
        var draft = BlockDraft(format)
        var scores = x.indices.map { abs(x[$0]) * (importance?[$0] ?? 1) }
        var rest = x
        for slot in 0..<(draft.slots?.number ?? 0) {
            var best = 0
            for i in scores.indices where firstOfEquals ? scores[i] > scores[best] : scores[i] >= scores[best] { best = i }
            scores[best] = -1
            if clears { rest[best] = 0 }
            draft.setSlot(slot, position: best, value: Int(SmallFloats.half(x[best])))
        }
        var scale = rest.reduce(0) { max($0, abs($1)) } / steps
        guard let d = format.field("d") else { return draft }
        let half = SmallFloats.half(scale)
        draft.set(d, bits: d.type == .f16 ? UInt64(half) : UInt64(scale.bitPattern))
        if !usesUnroundedScale, d.type == .f16 { scale = SmallFloats.float(half: half) }
        let inverse = scale != 0 ? 1 / scale : 0
        for i in rest.indices {
            let quotient = divides ? (scale != 0 ? rest[i] / scale : 0) : rest[i] * inverse
            draft.setCode(i, max(-4, min(high, nearest(quotient))) + 4)
        }
        return draft
    }
}

/// Encoders of r1 to r4 with one fault each.
package enum LinearMutants {
    private static let formats = Spec.blockFormats.filter { $0.encoding?.search == .linear && $0.decoding?.code?.skipping == nil }

    package static func controls() -> [Mutant] { formats.map { mutant(LinearTwin(format: $0), "linear-control", "none") } }

    package static func all() -> [Mutant] {
        formats.flatMap { format -> [Mutant] in
            func changed(_ name: String, _ fault: String, defect: String? = nil, _ plant: (inout LinearTwin) -> Void) -> Mutant {
                var twin = LinearTwin(format: format)
                plant(&twin)
                return mutant(twin, "linear-\(name)", fault, defect: defect)
            }
            var list = [
                changed("whole-range", "the scale lets the largest positive weight keep its size", defect: "B4") { $0.steps = 3 },
                changed("steps", "the largest magnitude is three and a half steps", defect: "B4") { $0.steps = 3.5 },
                changed("wide", "codes run to 4, into the next field of bits", defect: "B4") { $0.high = 4 },
                changed("ties-even", "ties go to even codes") { $0.nearest = SearchPolicy.tiesToEven },
                changed("truncates", "codes are cut instead of rounded") { $0.nearest = SearchPolicy.truncating },
                changed("high-2", "codes are held to 2") { $0.high = 2 },
                changed("divides", "quotients are formed by division") { $0.divides = true },
                changed("keeps", "chosen weights stay in what is coded") { $0.clears = false },
                changed("last-of-equals", "of equal scores the last is chosen") { $0.firstOfEquals = false },
            ]
            if format.field("d")?.type == .f16 {
                list.append(changed("rounded-scale", "quotients are formed with the stored scale") { $0.usesUnroundedScale = false })
            }
            return list
        }
    }

    private static func mutant(_ twin: LinearTwin, _ name: String, _ fault: String, defect: String? = nil) -> Mutant {
        Mutant(
            "encoder/\(twin.format.id)/\(name)", format: twin.format.id, kind: .encode, defect: defect, fault: fault,
            system: FunctionSystem(name: name, other: twin.answer))
    }
}
