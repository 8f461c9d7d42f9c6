import HIFIBlockSpec
import HIFIReference
import Mutants
import Suite

/// Encode cases: rows and importance matrices to bytes.
struct EncodeCases {
    let format: BlockFormat
    private let count: Int

    /// Nil for formats that cannot be encoded.
    init?(_ format: BlockFormat) {
        guard ReferenceEncoder.canEncode(format) else { return nil }
        self.format = format
        count = max(64, format.elements)
    }

    private func defects(_ ids: String...) -> [String] { ids.filter { DistinctFormats.concerns($0, format) } }

    func add(to list: inout CaseCollector) throws {
        var inputs = EncodeInputs(count: count, seed: BaseCases.seed("encode" + format.id))
        let always = defects("B4", "F10", "F11", "F12", "F14", "F15", "O18", "O23")
        for row in inputs.rows() {
            var flags = row.flags + always
            if row.name == "zeros" { flags += defects("F16") }
            if row.name == "uneven" { flags += defects("F13") }
            if row.name == "tiny" { flags += defects("O12") }
            if format.encoding?.needsImportances == true {
                let even = [Float](repeating: 1, count: count)
                try encode(&list, .chunk, row.values, columns: count, even, flags, row.why + " Importances are even.")
                continue
            }
            try encode(&list, .reference, row.values, columns: count, nil, flags, row.why)
            if ["zeros", "bell", "spikes", "equal-spikes"].contains(row.name) {
                try encode(&list, .chunk, row.values, columns: count, nil, flags, row.why + " By the path of whole files.")
            }
        }
        guard format.elements > 1 else { return try refusals(&list) }
        for (values, why) in edges() { try encode(&list, .reference, values, columns: count, nil, ["ties"] + always, why) }
        if format.base ?? format.id == "q3_k" {
            for row in SensitiveRows.rows {
                // Spikes at the places that the row leaves at zero: once they are outliers, the base is that of the row.
                var values = row
                for (number, place) in SensitiveRows.zeros.prefix(BlockDraft(format).slots?.number ?? 0).enumerated() {
                    values[place] = number % 2 == 0 ? 9 : -8
                }
                for row in [row, values] {
                    try encode(
                        &list, .reference, row, columns: 256, nil, ["contraction"] + always,
                        "A fused multiply-add in the search changes the bytes.")
                }
            }
        }
        // A block of zero importances gives IQ4_NL a NaN scale (O17), which no encoder should be asked for.
        for importance in inputs.importances(count)
        where !["all zero", "one of each 256"].contains(importance.name) || format.id != "iq4_nl" {
            let rows = [(inputs.spikes(0.1), "a bell with spikes"), (inputs.bells(0.4), "a bell")]
            for (values, what) in importance.name == "spread" || importance.name == "a quarter zero" ? rows : Array(rows.prefix(1)) {
                let flags = importance.flags + always
                try encode(
                    &list, .chunk, values, columns: count, importance.values, flags, "Importances: \(importance.name), over \(what).")
            }
        }
        // Two rows of two blocks or more: importances belong to columns, and nothing passes from row to row.
        let columns = 2 * count
        let values = inputs.spikes(0.08, 2 * columns)
        var spread = inputs.importances(columns)[1].values
        for i in 0..<count { spread[i] *= 6 }
        try encode(
            &list, .chunk, values, columns: columns, spread, ["importance", "row"] + defects("B33", "O11"),
            "Two rows of several blocks under one importance matrix.")
        try encode(&list, .reference, values, columns: columns, nil, ["row"] + always + defects("B33"), "Two rows of several blocks.")
        try refusals(&list)
    }

    /// Rows that lie where a type's own rounding decides.
    private func edges() -> [(values: [Float], why: String)] {
        switch format.encoding?.search {
        case .q10:
            let values = [Float](repeating: 1 + 0x1p-11, count: count)
            return [(values, "The mean lies half way between two halves: a little more, and the scale is the next.")]
        case .nvfp4:
            // E2M1 numbers change half way between these, under scales of powers of two.
            let middles: [Float] = [0.25, 0.75, 1.25, 1.75, 2.5, 3.5, 5]
            let values = (0..<count).map { place -> Float in
                let magnitude = place % 16 == 0 ? 6 : middles[place % 7] * (1 + 0x1p-14)
                return (place % 2 == 0 ? magnitude : -magnitude) * [1, 0.25, 2, 16][place / 16 % 4]
            }
            return [(values, "Weights just above the middle of two numbers, under scales from 2^-2 to 2^4.")]
        default: return []
        }
    }

    private func refusals(_ list: inout CaseCollector) throws {
        let base = (0..<count).map { Float($0 % 9 - 4) / 16 }
        let needs = format.encoding?.needsImportances == true
        if needs {
            list.add(
                .init(
                    kind: .encode, format: format.id, clauses: ["ENC-39"], level: .recommended, flags: ["refusal", "importance"],
                    validity: .invalid, why: "Without importances, which the type needs, weights must be refused.",
                    task: .encode(path: .chunk, values: base.map(\.bitPattern), columns: count, importance: nil, blocks: nil)))
        }
        for (value, what, ids) in [
            (Float.nan, "NaN", defects("O16")), (.infinity, "infinite", defects("O16")), (-.infinity, "minus infinity", defects("O16")),
            (1e9, "a thousand million, more than blocks hold", defects("O13")),
        ] {
            if value.isFinite, format.weightRange.contains(value) { continue }
            var values = base
            values[count / 2 + 3] = value
            list.add(
                .init(
                    kind: .encode, format: format.id, clauses: ["ENC-02"], level: format.elements == 1 ? .optional : .recommended,
                    flags: ["refusal"] + ids, validity: .invalid,
                    why: "One weight is \(what); it cannot be stored and must be refused.",
                    task: .encode(
                        path: needs ? .chunk : .reference, values: values.map { FloatPattern.classified($0.bitPattern) }, columns: count,
                        importance: needs ? values.map { _ in Float(1).bitPattern } : nil, blocks: nil)))
        }
    }

    private func encode(
        _ list: inout CaseCollector, _ path: Request.EncodePath, _ values: [Float], columns: Int, _ importance: [Float]?, _ flags: [String],
        _ why: String
    ) throws {
        let request = Request.encode(format: format.id, path: path, values: values, columns: columns, importance: importance)
        // Rows that a format cannot hold have their own cases.
        guard case .bytes(let blocks) = ReferenceSystem.shared.answer(request) else { return }
        var matters = [Bool](repeating: true, count: blocks.count)
        maskMeaninglessCodes(blocks, &matters)
        let overflowing = OverflowingInverse.blocks(values, format, guided: importance != nil)
        for (block, isMeaningless) in overflowing.enumerated() where isMeaningless {
            for field in [format.field("qs"), format.field("qh")].compactMap(\.self) {
                for byte in field.range { matters[block * format.bytes + byte] = false }
            }
        }
        list.add(
            .init(
                kind: .encode, format: format.id, clauses: clauses(importance != nil) + (overflowing.contains(true) ? ["ENC-40"] : []),
                level: .required, flags: flags, validity: .valid,
                why: why,
                task: .encode(
                    path: path, values: values.map(\.bitPattern), columns: columns, importance: importance?.map(\.bitPattern),
                    blocks: MaskedBytes(blocks, matters: matters))))
    }

    /// Under a scale of zero the codes of IQ4_NL mean nothing, and encoders leave what they like (ENC-01).
    private func maskMeaninglessCodes(_ blocks: [UInt8], _ matters: inout [Bool]) {
        guard format.id == "iq4_nl", let d = format.field("d"), let codes = format.field("qs") else { return }
        for start in stride(from: 0, to: blocks.count, by: format.bytes) {
            let isZero = blocks[start + d.offset] == 0 && blocks[start + d.offset + 1] & 0x7F == 0
            if isZero { for byte in codes.range { matters[start + byte] = false } }
        }
    }

    /// The clauses of encoding that the format's bytes follow.
    private func clauses(_ guided: Bool) -> [String] {
        var ids = ["ENC-01", "ENC-04"]
        if format.elements > 1 { ids.append("ENC-03") }
        switch format.base ?? format.family {
        case "q3_k": ids += ["ENC-06", "ENC-09", "ENC-13"] + (guided ? ["ENC-05"] : [])
        case "q6_k": ids += ["ENC-05", "ENC-10", "ENC-13"]
        case "q2_k": ids += ["ENC-07", "ENC-11", "ENC-13"] + (guided ? ["ENC-08"] : [])
        case "q4_k", "q5_k": ids += ["ENC-07", "ENC-12", "ENC-13"] + (guided ? ["ENC-08"] : [])
        case "q4_0", "q5_0", "q4_1", "q5_1": ids += ["ENC-14"] + (guided ? ["ENC-05", "ENC-07"] : [])
        case "q8_0", "f16", "bf16", "f32", "f64": ids.append("ENC-15")
        case "iq4_nl": ids.append("ENC-16")
        case "q1_0": ids.append("ENC-27")
        case "q2_0": ids.append("ENC-28")
        case "tq1_0", "tq2_0": ids.append("ENC-29")
        case "mxfp4": ids.append("ENC-30")
        case "nvfp4": ids += ["ENC-30", "ENC-31"]
        case "iq4_xs": ids += ["ENC-16", "ENC-32"]
        case "iq2_xxs": ids += ["ENC-08", "ENC-33", "ENC-34", "ENC-35", "ENC-36"]
        case "iq2_xs", "iq2_s", "iq3_xxs", "iq3_s": ids += ["ENC-33", "ENC-34", "ENC-35", "ENC-36"]
        case "iq1_s": ids += ["ENC-33", "ENC-36", "ENC-37"]
        case "iq1_m": ids += ["ENC-33", "ENC-36", "ENC-37", "ENC-38"]
        default: break
        }
        if format.decoding?.correction != nil { ids += ["ENC-17"] }
        switch format.id {
        case "q3_k_hifi@r1", "q3_k_hifi@r2", "q3_k_hifi@r3", "q3_k_hifi@r4", "q3_k_hifi@r8": ids += ["ENC-18", "ENC-20"]
        case "q3_k_hifi@r7a", "q3_k_hifi@r7b", "q3_k_hifi@r7d", "q3_k_hifi@r7f": ids += ["ENC-22", "ENC-20"]
        case "q3_k_hifi@r13": ids += ["ENC-19", "ENC-20", "ENC-21"]
        case "q2_k_hifi": ids += guided ? ["ENC-22"] : ["ENC-19", "ENC-20"]
        case "q3_k_hifi_res8": ids.append("ENC-23")
        case "q6_k_hifi_res8": ids.append("ENC-24")
        case "q5_k_hifi_res8": ids += ["ENC-24", "ENC-25", "ENC-26"]
        case "q3_k_hifi@r10", "q3_k_hifi@r11": ids += ["ENC-19", "ENC-20", "ENC-26"]
        default: if format.decoding?.correction != nil { ids += ["ENC-19", "ENC-20"] }
        }
        return ids
    }
}
