// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

extension Spec {
    static let quantizerRuleTable: QuantizerRules = QuantizerRules(
        kept: NameList(
            names: ["position_embd.weight", "token_types.weight"],
            parts: [
                "_norm.weight",
                "ffn_gate_inp.weight",
                "altup",
                "laurel",
                "per_layer_model_proj",
                "ssm_conv1d.weight",
                "shortconv.conv.weight",
                "attn_rel_b.weight",
                ".position_embd.",
                "time_mix_first.weight",
                "time_mix_w0.weight",
                "time_mix_w1.weight",
                "time_mix_w2.weight",
                "time_mix_v0.weight",
                "time_mix_v1.weight",
                "time_mix_v2.weight",
                "time_mix_a0.weight",
                "time_mix_a1.weight",
                "time_mix_a2.weight",
                "time_mix_g1.weight",
                "time_mix_g2.weight",
                "time_mix_decay_w1.weight",
                "time_mix_decay_w2.weight",
                "time_mix_lerp_fused.weight"
            ]
        ),
        roles: [
            TensorNameRole(part: "attn_v.weight", name: nil, kind: .attentionV),
            TensorNameRole(part: "attn_k.weight", name: nil, kind: .attentionK),
            TensorNameRole(part: "attn_q.weight", name: nil, kind: .attentionQ),
            TensorNameRole(part: "ffn_down", name: nil, kind: .feedForwardDown),
            TensorNameRole(part: "attn_output.weight", name: nil, kind: .attentionOutput),
            TensorNameRole(part: "attn_qkv.weight", name: nil, kind: .attentionQKV),
            TensorNameRole(part: "ffn_gate", name: nil, kind: .feedForwardGate),
            TensorNameRole(part: "ffn_up", name: nil, kind: .feedForwardUp),
            TensorNameRole(part: nil, name: "output.weight", kind: .output),
            TensorNameRole(part: nil, name: "token_embd.weight", kind: .tokenEmbedding)
        ],
        fallbacks: [
            TypeFallback(from: ["q2_k", "q3_k", "iq4_xs"], to: "iq4_nl"),
            TypeFallback(
                from: [
                    "q3_k_hifi@r7a",
                    "q3_k_hifi@r7b",
                    "q3_k_hifi@r7c",
                    "q3_k_hifi@r7d",
                    "q3_k_hifi@r7e",
                    "q3_k_hifi@r7f",
                    "q3_k_hifi@r8",
                    "q3_k_hifi@r9",
                    "q3_k_hifi@r10",
                    "q3_k_hifi@r10-gpu",
                    "q3_k_hifi@r11",
                    "q3_k_hifi@r11-gpu",
                    "q3_k_hifi@r12a",
                    "q3_k_hifi@r12b",
                    "q3_k_hifi@r12c",
                    "q3_k_hifi@r13"
                ],
                to: "iq4_nl"
            ),
            TypeFallback(from: ["q4_k"], to: "q5_0"),
            TypeFallback(from: ["q5_k"], to: "q5_1"),
            TypeFallback(from: ["q6_k"], to: "q8_0")
        ],
        lastFallback: "f16",
        headFallback: "q8_0",
        outlierCounts: [
            OutlierCount(formats: ["q3_k_hifi@r1"], least: 4, most: 4, standard: 4),
            OutlierCount(
                formats: ["q3_k_hifi@r2", "q3_k_hifi@r3", "q3_k_hifi@r4", "q3_k_hifi@r5"],
                least: 6,
                most: 6,
                standard: 6
            ),
            OutlierCount(formats: ["q3_k_hifi@r6", "q3_k_hifi_res8"], least: 8, most: 8, standard: 8),
            OutlierCount(formats: ["q3_k_hifi@r7a"], least: 16, most: 16, standard: 16),
            OutlierCount(
                formats: ["q3_k_hifi@r7b", "q3_k_hifi@r7c", "q3_k_hifi@r7d", "q3_k_hifi@r7e", "q3_k_hifi@r7f"],
                least: 0,
                most: 16,
                standard: 16
            ),
            OutlierCount(formats: ["q3_k_hifi@r8"], least: 1, most: 16, standard: 16),
            OutlierCount(
                formats: ["q3_k_hifi@r9", "q3_k_hifi@r10", "q3_k_hifi@r10-gpu", "q3_k_hifi@r11", "q3_k_hifi@r11-gpu"],
                least: 0,
                most: 16,
                standard: 16
            ),
            OutlierCount(
                formats: ["q3_k_hifi@r12a", "q3_k_hifi@r12b", "q3_k_hifi@r12c", "q4_k_hifi"],
                least: 0,
                most: 8,
                standard: 8
            ),
            OutlierCount(formats: ["q3_k_hifi@r13", "q5_k_hifi_res8", "q6_k_hifi_res8"], least: 1, most: 8, standard: 8),
            OutlierCount(formats: ["q2_k_hifi"], least: 3, most: 3, standard: 3),
            OutlierCount(formats: ["q6_k_hifi"], least: 4, most: 4, standard: 4),
            OutlierCount(formats: ["q6_k_hifi_dynamic"], least: 2, most: 8, standard: 6)
        ],
        sizedFormats: [
            "q3_k_hifi@r7b",
            "q3_k_hifi@r7c",
            "q3_k_hifi@r7d",
            "q3_k_hifi@r7e",
            "q3_k_hifi@r7f",
            "q3_k_hifi@r8",
            "q3_k_hifi@r9",
            "q3_k_hifi@r10",
            "q3_k_hifi@r11",
            "q3_k_hifi@r12a",
            "q3_k_hifi@r12b",
            "q3_k_hifi@r12c"
        ],
        sizedOutliers: [
            SizedOutliers(atMost: 0.8, below: nil, outliers: 0),
            SizedOutliers(atMost: 1.7, below: nil, outliers: 2),
            SizedOutliers(atMost: 5.0, below: nil, outliers: 8),
            SizedOutliers(atMost: 10.0, below: nil, outliers: 6),
            SizedOutliers(atMost: nil, below: 30.0, outliers: 4),
            SizedOutliers(atMost: nil, below: nil, outliers: 2)
        ],
        importanceParts: ["attn_q", "attn_k", "attn_v", "ffn_gate", "ffn_up", "qkv"],
        importanceExceptions: ["attn_output", "ffn_down", "output.weight", "ssm_out"],
        negligibleResiduals: [ResidualShare(below: 2.0, share: 0.22), ResidualShare(below: 8.0, share: 0.18), ResidualShare(below: nil, share: 0.15)],
        called70B: NamedSize(layers: 80, architectures: ["deci", "olmo", "qwen2"], grouped: ["llama"])
    )
}

private let quantizerClause0: Clause = Clause(
    id: "QUANT-01",
    topic: .encode,
    text: "A tensor is quantized if its name ends in weight, it has two dimensions or more (those of 1 at the end do not count) and `kept` does not list it. All others are copied."
)

private let quantizerClause1: Clause = Clause(
    id: "QUANT-02",
    topic: .encode,
    text: "The part that a tensor plays in a mix is that of the first entry of `roles` that fits its name; its layer is the number after blk. at the beginning of the name."
)

private let quantizerClause2: Clause = Clause(
    id: "QUANT-03",
    topic: .encode,
    text: "Where a row is no whole number of blocks of the type that the mix gives, the tensor gets the type that `fallbacks` lists for it, and f16 where the row is no whole number of that type's blocks either. A type that is not listed is refused: among others the HIFI revisions up to r6, which the original's list did not have."
)

private let quantizerClause3: Clause = Clause(
    id: "QUANT-04",
    topic: .encode,
    text: "The head is q8_0, whatever the rules say, where its rows are no whole blocks of the mix's default type."
)

private let quantizerClause4: Clause = Clause(
    id: "QUANT-05",
    topic: .encode,
    text: "A type that is asked for by a pattern takes the place of the mix's; of several patterns that fit a name the last decides. None reaches a tensor that has fallen back."
)

private let quantizerClause5: Clause = Clause(
    id: "QUANT-06",
    topic: .encode,
    text: "Tensors are written in this order: those outside the layers, then layer by layer, by the bytes of their names within each."
)

private let quantizerClause6: Clause = Clause(
    id: "QUANT-07",
    topic: .encode,
    text: "p, the estimate of a model's weights in billions, is (4 h h n + 3 h f n + 2 v h) / 1e9 with embedding length h, feed-forward length f, n layers and v tokens, and v = 0 in the quantizer, which loads no vocabulary. Grouped heads and tied embeddings play no part, so p is not the size that a model is sold by."
)

private let quantizerClause7: Clause = Clause(
    id: "QUANT-08",
    topic: .encode,
    text: "Where nothing else decides, blocks keep the standard number of outliers of `outlierCounts`; an encoder can be asked for `least` to `most`."
)

private let quantizerClause8: Clause = Clause(
    id: "QUANT-09",
    topic: .encode,
    text: "Under a HIFI mix blocks of the formats of `sizedOutliers` keep the number that stands there for p rounded to fp32. Under a stock mix, where a tensor has such a format by a pattern, they keep the standard number."
)

private let quantizerClause9: Clause = Clause(
    id: "QUANT-10",
    topic: .encode,
    text: "The importance of a tensor is 0.2 + 0.7 c in fp32, held to 0.2 ... 0.9, with c the standard deviation of its importances divided by their mean and by 3, in fp64 and then rounded. It is 0.5 without importances, for a mean below 1e-10, and where rounding makes the variance negative."
)

private let quantizerClause10: Clause = Clause(
    id: "QUANT-11",
    topic: .encode,
    text: "Blocks of r12c of a candidate (QUANT-12) get two outliers more than QUANT-09 says from importance 0.7 up, but at most 8, and two fewer below 0.4, but at least 2: also where p alone gives 0."
)

private let quantizerClause11: Clause = Clause(
    id: "QUANT-12",
    topic: .encode,
    text: "Candidates are the tensors that `importanceCandidates` describes, norm vectors among them. With an importance matrix and p above 2 `important` (a term of mixes) are those that reach the importance at place floor(candidates * share) of all candidates' in falling order, places from 0, share and product in fp32; with fewer, the last one's."
)

private let quantizerClause12: Clause = Clause(
    id: "QUANT-13",
    topic: .encode,
    text: "With importances a block of Q5_K_HIFI_RES8 or Q6_K_HIFI_RES8 has the importance 0.2 + 0.7 c in fp32, held to 0.2 ... 0.9, with c half of 0.6 standard deviation / mean + 0.4 largest / mean / 10 in fp64, then rounded; 0.3 for a mean below 1e-10. It keeps round(count * factor) outliers, 1 to 8: the factor is 1 + 0.5 (importance - 0.7) / 0.3 above 0.7, 0.5 + 0.5 (importance / 0.3) below 0.3, else 1, and below 0.4 times 0.8 in models from 7 billion up."
)

private let quantizerClause13: Clause = Clause(
    id: "QUANT-14",
    topic: .encode,
    text: "The share of the standard deviation in ENC-24 is the first of `negligibleResiduals` that holds for the model's size. Outside a model Q5_K_HIFI_RES8 takes 4 billion, Q6_K_HIFI_RES8 1."
)

private let quantizerClause14: Clause = Clause(
    id: "QUANT-15",
    topic: .encode,
    text: "Importances that are not as many as the tensor's columns (times its matrices) are refused, but for token_embd.weight, which is then encoded without."
)

private let quantizerClause15: Clause = Clause(
    id: "QUANT-16",
    topic: .encode,
    text: "A model is `called_70b` (a term of mixes) if it has the layers of `called70B` and an architecture that is listed there; one under `grouped` only if its first layer has other numbers of heads and of key heads. Without a key for key heads they are as many as heads. Its attn_v that rules make q3_k or q4_k are q5_k, in HIFI mixes too; what a mix rewrites comes after. The rows of the tensor and the number of heads play no part."
)

extension Spec {
    static let quantizerClauseTable: [Clause] = [quantizerClause0, quantizerClause1, quantizerClause2, quantizerClause3, quantizerClause4, quantizerClause5, quantizerClause6, quantizerClause7, quantizerClause8, quantizerClause9, quantizerClause10, quantizerClause11, quantizerClause12, quantizerClause13, quantizerClause14, quantizerClause15]
}
