import HIFIBlockSpec

/// Which clauses of a format a case about its layout, codes, scales, … shows.
struct FormatClauses {
    var layout: [String]
    var code: [String]
    var scale: [String]
    var minimum: [String]
    var value: [String]
    /// What the slots do, and with which mode.
    var apply: [String]
    var duplicates: [String]
    var zeroValue: [String]
    var sentinel: [String]
    var count: [String]
    var mode: [String]
    var outside: [String]

    init(_ format: BlockFormat) {
        let base = Self.bases[format.base ?? format.id]
        layout = base.map { ["\($0.prefix)-01"] } ?? []
        code = base?.code ?? []
        scale = base?.scale ?? []
        minimum = base?.minimum ?? []
        value = base?.value ?? []
        (apply, duplicates, zeroValue, sentinel, count, mode, outside) = ([], [], [], [], [], [], [])
        if let tail = Self.tails[format.id] ?? Self.declared(format) {
            layout.insert(tail.layout, at: 0)
            if !tail.code.isEmpty { code = tail.code }
            if !tail.value.isEmpty { value = tail.value }
            apply = tail.apply
            duplicates = tail.duplicates.isEmpty ? apply : tail.duplicates
            zeroValue = tail.zeroValue.isEmpty ? apply : tail.zeroValue
            sentinel = tail.sentinel.isEmpty ? apply : tail.sentinel
            count = tail.count.isEmpty ? apply : tail.count
            mode = tail.mode.isEmpty ? apply : tail.mode
            outside = tail.outside
        }
    }

    private struct Base {
        let prefix: String
        var code: [String]
        var scale: [String] = []
        var minimum: [String] = []
        let value: [String]
    }

    private static let bases: [String: Base] = {
        func small(_ prefix: String) -> Base { Base(prefix: prefix, code: ["\(prefix)-01"], value: ["\(prefix)-02"]) }
        func grid(_ prefix: String) -> Base {
            Base(prefix: prefix, code: ["\(prefix)-02", "\(prefix)-03"], scale: ["\(prefix)-04"], value: ["\(prefix)-05"])
        }
        func book(_ prefix: String) -> Base {
            Base(prefix: prefix, code: ["\(prefix)-02", "\(prefix)-03"], scale: ["\(prefix)-04"], value: ["\(prefix)-05"])
        }
        func trellis(_ prefix: String) -> Base {
            var base = grid(prefix)
            base.code.append("NUM-13")
            return base
        }
        return [
            "q2_k": Base(prefix: "Q2K", code: ["Q2K-02"], scale: ["Q2K-03"], minimum: ["Q2K-03"], value: ["Q2K-04"]),
            "q3_k": Base(prefix: "Q3K", code: ["Q3K-02", "Q3K-03", "Q3K-04"], scale: ["Q3K-05", "Q3K-06"], value: ["Q3K-07"]),
            "q4_k": Base(prefix: "Q4K", code: ["Q4K-02"], scale: ["Q4K-03"], minimum: ["Q4K-04"], value: ["Q4K-05"]),
            "q5_k": Base(prefix: "Q5K", code: ["Q5K-02", "Q5K-03"], scale: ["Q5K-04"], minimum: ["Q5K-04"], value: ["Q5K-05"]),
            "q6_k": Base(prefix: "Q6K", code: ["Q6K-02", "Q6K-03", "Q6K-04"], scale: ["Q6K-04"], value: ["Q6K-05"]),
            "iq4_xs": Base(prefix: "IQ4XS", code: ["IQ4XS-01"], scale: ["IQ4XS-02"], value: ["IQ4XS-03"]),
            "tq1_0": Base(prefix: "TQ1", code: ["TQ1-02", "TQ1-03", "NUM-11"], value: ["TQ1-04"]),
            "tq2_0": Base(prefix: "TQ2", code: ["TQ2-02"], value: ["TQ2-03"]),
            "nvfp4": Base(prefix: "NVFP4", code: ["NVFP4-01"], scale: ["NVFP4-02", "NUM-12"], value: ["NVFP4-03"]),
            "iq2_xxs": grid("IQ2XXS"), "iq2_xs": grid("IQ2XS"), "iq2_s": grid("IQ2S"), "iq3_xxs": grid("IQ3XXS"), "iq3_s": grid("IQ3S"),
            "iq1_s": Base(prefix: "IQ1S", code: ["IQ1S-02"], scale: ["IQ1S-03"], minimum: ["IQ1S-03"], value: ["IQ1S-04"]),
            "iq1_m": Base(prefix: "IQ1M", code: ["IQ1M-02"], scale: ["IQ1M-03"], minimum: ["IQ1M-02"], value: ["IQ1M-04", "IQ1M-05"]),
            "iq1_bn": Base(prefix: "IQ1BN", code: ["IQ1BN-02", "IQ1BN-03", "NUM-11"], value: ["IQ1BN-04"]),
            "iq2_bn": Base(prefix: "IQ2BN", code: ["IQ2BN-02"], value: ["IQ2BN-03"]),
            "q8_kv": Base(prefix: "Q8KV", code: ["Q8KV-01"], value: ["Q8KV-02", "Q8KV-03"]),
            "iq2_ks": book("IQ2KS"), "iq3_ks": book("IQ3KS"), "iq4_ks": book("IQ4KS"), "iq4_kss": book("IQ4KSS"), "iq5_ks": book("IQ5KS"),
            "iq2_kl": grid("IQ2KL"), "iq1_kt": trellis("IQ1KT"), "iq2_kt": trellis("IQ2KT"), "iq4_kt": trellis("IQ4KT"),
            "iq3_kt": Base(
                prefix: "IQ3KT", code: ["IQ3KT-02", "IQ3KT-03", "NUM-13"], scale: ["IQ3KT-04"], minimum: ["IQ3KT-05"],
                value: ["IQ3KT-06"]),
            "iq2_k": book("IQ2K"), "iq3_k": book("IQ3K"), "iq4_k": book("IQ4K"), "iq5_k": book("IQ5K"),
            "iq6_k": Base(
                prefix: "IQ6K", code: ["IQ6K-02"], scale: ["IQ6K-03"], minimum: ["IQ6K-03"], value: ["IQ6K-04", "IQ6K-05", "IQ6K-06"]),
            "q6_0": small("Q60"),
            "q1_0": small("Q10"), "q2_0": small("Q20"), "q4_0": small("Q40"), "q4_1": small("Q41"), "q5_0": small("Q50"),
            "q5_1": small("Q51"), "q8_0": small("Q80"),
            "q8_1": small("Q81"), "q8_k": small("Q8K"), "iq4_nl": small("IQ4NL"), "mxfp4": small("MXFP4"),
        ].merging(
            ["f32", "f16", "bf16", "f64", "i8", "i16", "i32", "i64"].map {
                ($0, Base(prefix: "PLAIN", code: ["PLAIN-01"], value: ["PLAIN-01"]))
            },
            uniquingKeysWith: { first, _ in first })
    }()

    private struct Tail {
        let layout: String
        var code: [String] = []
        var value: [String] = []
        let apply: [String]
        var duplicates: [String] = []
        var zeroValue: [String] = []
        var sentinel: [String] = []
        var count: [String] = []
        var mode: [String] = []
        var outside: [String] = []
    }

    /// Of a format whose clauses nobody has sorted yet: by their topics.
    private static func declared(_ format: BlockFormat) -> Tail? {
        func first(_ topic: Clause.Topic) -> String? { format.clauses.first { $0.topic == topic }?.id }
        guard format.decoding?.correction != nil, let layout = first(.layout), let decode = first(.decode) else { return nil }
        return Tail(layout: layout, apply: [decode])
    }

    private static let tails: [String: Tail] = {
        var tails: [String: Tail] = [
            "q3_k_hifi@r1": Tail(layout: "R1-01", code: ["R1-02"], value: ["R1-03"], apply: ["R1-04"], outside: ["R1-06"]),
            "q3_k_hifi@r2": Tail(layout: "R2-01", code: ["R2-02"], value: ["R2-02"], apply: ["R2-02"], outside: ["R2-04"]),
            "q3_k_hifi@r3": Tail(layout: "R3-01", code: ["R3-01", "R3-02"], value: ["R3-02"], apply: ["R3-02"]),
            "q3_k_hifi@r4": Tail(layout: "R4-01", code: ["R4-02"], value: ["R4-03"], apply: ["R4-03"]),
            "q3_k_hifi@r5": Tail(layout: "R5-01", apply: ["R5-02"]),
            "q3_k_hifi@r6": Tail(
                layout: "R6-01", apply: ["R6-02"], duplicates: ["R6-02", "R6-03"], zeroValue: ["R6-04"], sentinel: ["R6-04"]),
            "q3_k_hifi@r8": Tail(layout: "R8-01", code: ["R8-02"], value: ["R8-03"], apply: ["R8-02", "R8-03"], sentinel: ["R8-05"]),
            "q3_k_hifi@r9": Tail(layout: "R9-01", apply: ["R9-02"]),
            "q3_k_hifi@r10": Tail(layout: "R10-01", apply: ["R10-02"]),
            "q3_k_hifi@r10-gpu": Tail(layout: "R10-03", apply: ["R10-03"]),
            "q3_k_hifi@r11": Tail(layout: "R11-01", apply: ["R11-02"]),
            "q3_k_hifi@r11-gpu": Tail(layout: "R11-03", apply: ["R11-03"]),
            "q3_k_hifi@r13": Tail(layout: "R13-01", apply: ["R13-02"]),
            "q3_k_hifi_res8": Tail(layout: "RES8-01", apply: ["RES8-02"], duplicates: ["RES8-03"], mode: ["RES8-02", "RES8-03"]),
            "q2_k_hifi": Tail(layout: "Q2H-01", apply: ["Q2H-02"], duplicates: ["Q2H-03"], mode: ["Q2H-03"]),
            "q4_k_hifi": Tail(layout: "Q4H-01", apply: ["Q4H-02"]),
            "q5_k_hifi_res8": Tail(layout: "Q5R-01", apply: ["Q5R-02"], duplicates: ["Q5R-03"]),
            "q6_k_hifi": Tail(layout: "Q6H-01", apply: ["Q6H-02"]),
            "q6_k_hifi_dynamic": Tail(layout: "Q6D-01", apply: ["Q6D-02"]),
            "q6_k_hifi_res8": Tail(layout: "Q6R-01", apply: ["Q6R-02"]),
        ]
        for letter in ["a", "b", "d", "f"] {
            tails["q3_k_hifi@r7\(letter)"] = Tail(layout: "R7-01", apply: ["R7-02", "R7-03"], duplicates: ["R7-03"], mode: ["R7-03"])
        }
        for letter in ["c", "e"] {
            tails["q3_k_hifi@r7\(letter)"] = Tail(layout: "R7-01", apply: ["R7-02", "R7-04"], duplicates: ["R7-04"], mode: ["R7-04"])
        }
        for letter in ["a", "b", "c"] {
            tails["q3_k_hifi@r12\(letter)"] = Tail(layout: "R12-01", apply: ["R12-02"], sentinel: ["R12-03"])
        }
        for size in 2...6 { tails["q\(size)_k_lite"] = Tail(layout: "Q\(size)L-01", apply: ["Q\(size)L-02"]) }
        return tails
    }()
}
