import HIFIBlockSpec
import HIFIReference
import Suite

/// Activation cases: fp32 to Q8_K, Q8_0 and Q8_1.
struct ActivationCases {
    static func add(to list: inout CaseCollector) throws {
        for name in ["q8_k", "q8_0", "q8_1"] {
            guard let format = Spec.format(name) else { continue }
            var inputs = EncodeInputs(count: max(64, format.elements), seed: BaseCases.seed("activation" + name))
            for row in inputs.rows() { try add(&list, format, row.values, row.flags, row.why) }
            for number in 0..<4 {
                try add(
                    &list, format, inputs.bells(0.5 + Float(number), 4 * format.elements), ["weight-like", "row"],
                    "Four blocks of activations in a bell.")
            }
            try add(&list, format, extremes(format.elements), ["ties"], "The largest magnitude occurs with both signs; the first decides.")
            for number in 0..<3 {
                let scale: Float = [1, 0.001, 300][number]
                let values = (0..<format.elements).map { $0 == 5 ? 127 * scale : (Float($0 % 200) - 100 + 0.5) * scale }
                try add(&list, format, values, ["ties"], "Codes that fall on ties, under a scale of \(scale).")
            }
        }
    }

    /// Under a scale of zero the rest means nothing: codes differ between vector units where fp16 takes the scale to zero, and
    /// ggml leaves the sums of Q8_K unwritten.
    private static func matters(_ format: BlockFormat, _ bytes: [UInt8]) -> [Bool] {
        var matters = [Bool](repeating: true, count: bytes.count)
        guard let d = format.field("d"), let idle = format.field(d.type == .f16 ? "qs" : "bsums") else { return matters }
        for start in stride(from: 0, to: bytes.count, by: format.bytes) {
            // The sign bit aside.
            let scale = bytes[start + d.offset..<start + d.offset + d.type.bytes]
            if scale.dropLast().allSatisfy({ $0 == 0 }), (scale.last ?? 0) & 0x7F == 0 {
                for byte in idle.range { matters[start + byte] = false }
            }
        }
        return matters
    }

    private static func extremes(_ count: Int) -> [Float] { (0..<count).map { $0 == 9 ? -2 : $0 == 20 ? 2 : Float($0 % 7) / 8 } }

    private static func add(_ list: inout CaseCollector, _ format: BlockFormat, _ values: [Float], _ flags: [String], _ why: String) throws
    {
        var answers: [MaskedBytes] = []
        for variant in ActivationQuantizer.Variant.allCases {
            let bytes: [UInt8]
            do { bytes = try ActivationQuantizer(format, variant: variant).quantize(values, columns: values.count) } catch { return }
            let answer = MaskedBytes(bytes, matters: matters(format, bytes))
            if !answers.contains(answer) { answers.append(answer) }
        }
        let clauses =
            ["q8_k": ["ACT-01", "Q8K-01"], "q8_0": ["ACT-02", "ACT-03", "Q80-01"], "q8_1": ["ACT-04", "Q81-01"]][format.id] ?? []
        list.add(
            .init(
                kind: .activation, format: format.id, clauses: clauses, level: .required, flags: flags, validity: .valid, why: why,
                task: .activations(values: values.map(\.bitPattern), blocks: answers)))
    }
}
