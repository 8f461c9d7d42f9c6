import HIFIBlockSpec
import HIFIReference
import Suite

/// Quantizers of activations with one fault each.
package enum ActivationMutants {
    package static func all() -> [Mutant] { ["q8_k", "q8_0", "q8_1"].compactMap { Spec.format($0) }.flatMap(mutants(of:)) }

    private static func mutants(of format: BlockFormat) -> [Mutant] {
        var list: [Mutant] = []
        func add(
            _ name: String, _ fault: String, before: @escaping @Sendable (inout [Float]) -> Void = { _ in },
            after: @escaping @Sendable (inout BlockDraft, ArraySlice<Float>) -> Void = { _, _ in }
        ) {
            let system = FunctionSystem(
                name: name,
                other: { request in
                    guard case .quantizeActivations(_, var values) = request else { return .skipped(reason: "not part of this mutant") }
                    before(&values)
                    do {
                        let bytes = try ActivationQuantizer(format).quantize(values, columns: values.count)
                        var output: [UInt8] = []
                        for block in 0..<bytes.count / format.bytes {
                            var draft = BlockDraft(format, bytes: Array(bytes[block * format.bytes..<(block + 1) * format.bytes]))
                            after(&draft, values[block * format.elements..<(block + 1) * format.elements])
                            output += draft.bytes
                        }
                        return .bytes(output)
                    } catch {
                        return .error("\(error)")
                    }
                })
            list.append(Mutant("activation/\(format.id)/\(name)", format: format.id, kind: .activation, fault: fault, system: system))
        }
        guard let d = format.field("d"), let codes = format.field("qs") else { return [] }
        add("negated", "values change their sign", before: { $0 = $0.map(-) })
        add("fp16-input", "values are rounded to fp16 first", before: { $0 = $0.map { SmallFloats.float(half: SmallFloats.half($0)) } })
        add(
            "one-scale", "all blocks have the first block's scale in their head", before: { _ in },
            after: { draft, values in
                if values.startIndex > 0 { draft.set(d, bits: 0x3C00) }
            })
        add("scale-up", "the scale is one unit too large", after: { draft, _ in draft.set(d, bits: draft.bits(d) + 1) })
        add(
            "scale-positive", "the scale changes its sign",
            after: { draft, _ in draft.set(d, bits: draft.bits(d) ^ (1 << UInt64(8 * d.type.bytes - 1))) })
        add("last-code", "the last code is zero", after: { draft, _ in draft.set(codes, codes.count - 1, bits: 0) })
        add(
            "limit", "codes are held to 126",
            after: { draft, _ in
                for i in 0..<codes.count {
                    draft.set(
                        codes, i, bits: UInt64(UInt8(bitPattern: max(-126, min(126, Int8(truncatingIfNeeded: draft.bits(codes, i)))))))
                }
            })
        add(
            "truncates", "codes are cut instead of rounded",
            after: { draft, values in
                let scale = SlotFaults.float(draft, d, 0)
                guard scale != 0 else { return }
                for (i, value) in values.enumerated() {
                    draft.set(codes, i, bits: UInt64(UInt8(bitPattern: Int8(max(-127, min(127, value / scale))))))
                }
            })
        if let sums = format.field("bsums") ?? format.field("s") {
            add("no-sums", "sums are not stored", after: { draft, _ in for i in 0..<sums.count { draft.set(sums, i, bits: 0) } })
            add(
                "last-sum", "the last sum is one too large",
                after: { draft, _ in draft.set(sums, sums.count - 1, bits: draft.bits(sums, sums.count - 1) &+ 1) })
        }
        return list
    }
}
