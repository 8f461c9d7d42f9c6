// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

@_optimize(none) private func quantizerRuleTableMade() -> QuantizerRules {
QuantizerRules(
    routing: [
        RoutingRules(
            mixes: .hifi,
            architectures: [],
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
            layers: [],
            overrides: .afterFallback,
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
            needsImatrix: ["iq3_xxs", "iq2_xxs", "iq2_xs", "iq2_s", "iq1_m", "iq1_s"]
        ),
        RoutingRules(
            mixes: .stock,
            architectures: [
                "llama",
                "llama4",
                "deci",
                "falcon",
                "grok",
                "gpt2",
                "gptneox",
                "mpt",
                "baichuan",
                "starcoder",
                "refact",
                "bert",
                "modern-bert",
                "nomic-bert",
                "nomic-bert-moe",
                "neo-bert",
                "jina-bert-v2",
                "jina-bert-v3",
                "eurobert",
                "bloom",
                "stablelm",
                "qwen",
                "qwen2",
                "qwen2moe",
                "qwen2vl",
                "qwen3",
                "qwen3moe",
                "qwen3next",
                "qwen3vl",
                "qwen3vlmoe",
                "qwen35",
                "qwen35moe",
                "qwen4exp",
                "phi2",
                "phi3",
                "phimoe",
                "plamo",
                "plamo2",
                "plamo3",
                "codeshell",
                "orion",
                "internlm2",
                "minicpm",
                "minicpm3",
                "gemma",
                "gemma2",
                "gemma3",
                "gemma3n",
                "gemma4",
                "gemma4-assistant",
                "gemma-embedding",
                "starcoder2",
                "mamba",
                "mamba2",
                "maple",
                "jamba",
                "falcon-h1",
                "xverse",
                "command-r",
                "cohere2",
                "cohere2moe",
                "dbrx",
                "olmo",
                "olmo2",
                "olmoe",
                "muse-glimmer",
                "openelm",
                "arctic",
                "deepseek",
                "deepseek2",
                "deepseek2-ocr",
                "deepseek32",
                "chatglm",
                "glm4",
                "glm4moe",
                "glm-dsa",
                "bitnet",
                "t5",
                "t5encoder",
                "jais",
                "jais2",
                "nemotron",
                "nemotron_h",
                "nemotron_h_moe",
                "exaone",
                "exaone4",
                "exaone-moe",
                "rwkv6",
                "rwkv6qwen2",
                "rwkv7",
                "arwkv7",
                "granite",
                "granitemoe",
                "granitehybrid",
                "granite_swa",
                "chameleon",
                "wavtokenizer-dec",
                "plm",
                "bailingmoe",
                "bailingmoe2",
                "dots1",
                "arcee",
                "afmoe",
                "laguna",
                "ernie4_5",
                "ernie4_5-moe",
                "hunyuan-moe",
                "hunyuan-dense",
                "hunyuan_vl",
                "hy_v3",
                "hy_v4",
                "smollm3",
                "gpt-oss",
                "lfm2",
                "lfm2moe",
                "dream",
                "smallthinker",
                "llada",
                "llada-moe",
                "seed_oss",
                "grovemoe",
                "apertus",
                "minimax-01",
                "minimax-m2",
                "minimax-m3",
                "cogvlm",
                "rnd1",
                "pangu-embedded",
                "mistral3",
                "mistral4",
                "paddleocr",
                "mimo2",
                "step35",
                "spark2_5",
                "llama-embed",
                "maincoder",
                "kimi-linear",
                "kimi-k3",
                "talkie",
                "mellum",
                "qwen3tts",
                "pockettts"
            ],
            kept: NameList(
                names: ["position_embd.weight", "token_types.weight"],
                parts: [
                    "_norm.weight",
                    "ffn_gate_inp.weight",
                    "ffn_gate_tid2eid.weight",
                    "altup",
                    "laurel",
                    "per_layer_model_proj",
                    "ssm_conv1d",
                    "shortconv.conv.weight",
                    "indexer.k_proj.weight",
                    "indexer.q_proj.weight",
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
                    "time_mix_lerp_fused.weight",
                    "attn_rel_b.weight",
                    ".position_embd",
                    "sam.pos_embd",
                    "sam.neck.",
                    "sam.net_",
                    ".rel_pos",
                    ".patch_embd",
                    ".patch_merger",
                    "a.rvq.codebook",
                    "mm.a.code_embd"
                ]
            ),
            roles: [
                TensorNameRole(part: nil, name: "output.weight", kind: .output),
                TensorNameRole(part: nil, name: "token_embd.weight", kind: .tokenEmbedding),
                TensorNameRole(part: nil, name: "per_layer_token_embd.weight", kind: .tokenEmbedding),
                TensorNameRole(part: "attn_qkv.weight", name: nil, kind: .attentionQKV),
                TensorNameRole(part: "attn_kv_b.weight", name: nil, kind: .attentionKVB),
                TensorNameRole(part: "attn_v.weight", name: nil, kind: .attentionV),
                TensorNameRole(part: "attn_k.weight", name: nil, kind: .attentionK),
                TensorNameRole(part: "attn_q.weight", name: nil, kind: .attentionQ),
                TensorNameRole(part: "attn_output.weight", name: nil, kind: .attentionOutput),
                TensorNameRole(part: "ffn_up", name: nil, kind: .feedForwardUp),
                TensorNameRole(part: "ffn_gate", name: nil, kind: .feedForwardGate),
                TensorNameRole(part: "ffn_down", name: nil, kind: .feedForwardDown)
            ],
            layers: [
                LayerCount(tensors: [.attentionV, .attentionQKV, .attentionKVB], among: .tensors, namedWithExperts: false),
                LayerCount(tensors: [.feedForwardDown], among: .layers, namedWithExperts: true),
                LayerCount(tensors: [.feedForwardGate], among: .layers, namedWithExperts: true),
                LayerCount(tensors: [.feedForwardUp], among: .layers, namedWithExperts: true)
            ],
            overrides: .beforeFallback,
            fallbacks: [
                TypeFallback(from: ["iq1_s", "iq1_m", "iq2_xxs", "iq2_xs", "iq2_s", "iq3_xxs", "iq3_s", "iq4_xs"], to: "iq4_nl"),
                TypeFallback(from: ["q2_k", "q3_k", "tq1_0", "tq2_0", "q2_0"], to: "q4_0"),
                TypeFallback(from: ["q4_k"], to: "q5_0"),
                TypeFallback(from: ["q5_k"], to: "q5_1"),
                TypeFallback(from: ["q6_k"], to: "q8_0"),
                TypeFallback(from: ["q4_0", "q4_1", "q5_0", "q5_1", "q8_0", "iq4_nl", "mxfp4"], to: "f16")
            ],
            lastFallback: "f16",
            headFallback: "q8_0",
            needsImatrix: ["iq3_xxs", "iq2_xxs", "iq2_xs", "iq2_s", "iq1_m", "iq1_s"]
        )
    ],
    sizedOutliers: [
        SizedOutliers(atMost: Optional(0.8), below: nil, outliers: 0),
        SizedOutliers(atMost: Optional(1.7), below: nil, outliers: 2),
        SizedOutliers(atMost: Optional(5.0), below: nil, outliers: 8),
        SizedOutliers(atMost: Optional(10.0), below: nil, outliers: 6),
        SizedOutliers(atMost: nil, below: Optional(30.0), outliers: 4),
        SizedOutliers(atMost: nil, below: nil, outliers: 2)
    ],
    importanceParts: ["attn_q", "attn_k", "attn_v", "ffn_gate", "ffn_up", "qkv"],
    importanceExceptions: ["attn_output", "ffn_down", "output.weight", "ssm_out"],
    negligibleResiduals: [
        ResidualShare(below: Optional(2.0), share: 0.22),
        ResidualShare(below: Optional(8.0), share: 0.18),
        ResidualShare(below: nil, share: 0.15)
    ],
    called70B: [
        NamedSize(architectures: ["deci", "olmo", "qwen2"], layers: 80, grouped: false),
        NamedSize(architectures: ["llama", "llama-embed"], layers: 80, grouped: true),
        NamedSize(architectures: ["jais2"], layers: 68, grouped: false)
    ],
    weightRanges: [
        WeightRange(formats: ["f32", "f64"], lowest: -3.4028234663852886e+38, highest: 3.4028234663852886e+38),
        WeightRange(formats: ["bf16"], lowest: -3.3895313892515355e+38, highest: 3.3895313892515355e+38),
        WeightRange(formats: ["q8_0"], lowest: -8319008.0, highest: 8319008.0),
        WeightRange(formats: ["iq4_nl"], lowest: -7401952.0, highest: 7401952.0),
        WeightRange(formats: ["q4_0"], lowest: -524032.0, highest: 524032.0),
        WeightRange(formats: ["q5_0"], lowest: -1048064.0, highest: 1048064.0),
        WeightRange(formats: ["q4_1"], lowest: -65504.0, highest: 1048064.0),
        WeightRange(formats: ["q5_1"], lowest: -65504.0, highest: 2096128.0),
        WeightRange(formats: ["q2_k"], lowest: -982560.0, highest: 2947680.0),
        WeightRange(formats: ["q3_k", "q3_k_hifi_res8"], lowest: -8384512.0, highest: 8384512.0),
        WeightRange(formats: ["q4_k"], lowest: -4126752.0, highest: 61901280.0),
        WeightRange(formats: ["q5_k"], lowest: -4126752.0, highest: 127929312.0),
        WeightRange(formats: ["q6_k", "q6_k_hifi_res8"], lowest: -268304384.0, highest: 268304384.0),
        WeightRange(formats: ["mxfp4"], lowest: -3.4028234663852886e+38, highest: 3.4028234663852886e+38),
        WeightRange(formats: ["nvfp4"], lowest: -2688.0, highest: 2688.0),
        WeightRange(formats: ["iq4_xs"], lowest: -236862464.0, highest: 236862464.0),
        WeightRange(formats: ["iq1_s", "iq1_m"], lowest: -982560.0, highest: 982560.0),
        WeightRange(formats: ["iq2_xxs", "iq2_xs", "iq2_s"], lowest: -10153120.0, highest: 10153120.0),
        WeightRange(formats: ["iq3_xxs"], lowest: -30083318.0, highest: 30083318.0),
        WeightRange(formats: ["iq3_s"], lowest: -29486310.0, highest: 29486310.0)
    ]
)
}

extension Spec {
    static let quantizerRuleTable: QuantizerRules = quantizerRuleTableMade()
}

private let quantizerClause0 = quantizerClause0Made()
@_optimize(none) private func quantizerClause0Made() -> Clause {
Clause(
    id: "QUANT-01",
    topic: .encode,
    text: "A tensor is quantized if its name ends in weight, it has two dimensions or more (those of 1 at the end do not count) and `kept` does not list it. All others are copied."
)
}

private let quantizerClause1 = quantizerClause1Made()
@_optimize(none) private func quantizerClause1Made() -> Clause {
Clause(
    id: "QUANT-02",
    topic: .encode,
    text: "The part that a tensor plays in a mix is that of the first entry of `roles` that fits its name; its layer is the number after blk. at the beginning of the name."
)
}

private let quantizerClause2 = quantizerClause2Made()
@_optimize(none) private func quantizerClause2Made() -> Clause {
Clause(
    id: "QUANT-03",
    topic: .encode,
    text: "Where a row is not a whole number of blocks of the type that the mix gives, the tensor gets the type that `fallbacks` of the mix's kind lists for it, and f16 where the row is not a whole number of that type's blocks either. Stock mixes step from Q2_K and Q3_K to Q4_0, HIFI mixes to IQ4_NL, as stock mixes once did. A type that is not listed is refused: among others the HIFI revisions up to r6, which the fork's list did not have."
)
}

private let quantizerClause3 = quantizerClause3Made()
@_optimize(none) private func quantizerClause3Made() -> Clause {
Clause(
    id: "QUANT-04",
    topic: .encode,
    text: "The head is q8_0, whatever the rules say, where its rows are not whole blocks of the mix's default type; then QUANT-03 holds for q8_0."
)
}

private let quantizerClause4 = quantizerClause4Made()
@_optimize(none) private func quantizerClause4Made() -> Clause {
Clause(
    id: "QUANT-05",
    topic: .encode,
    text: "A type that is asked for by a pattern takes the place of the mix's. Under a stock mix the first of several patterns that fit a name decides, before the fallback, and the tensor is not counted (QUANT-18); f32, f16 and bf16 take no patterns. Under a HIFI mix the last decides, and none reaches a tensor that has fallen back."
)
}

private let quantizerClause5 = quantizerClause5Made()
@_optimize(none) private func quantizerClause5Made() -> Clause {
Clause(
    id: "QUANT-06",
    topic: .encode,
    text: "Tensors are written in this order: those outside the layers, then layer by layer, by the bytes of their names within each. Dimensions of 1 at the end are left out."
)
}

private let quantizerClause6 = quantizerClause6Made()
@_optimize(none) private func quantizerClause6Made() -> Clause {
Clause(
    id: "QUANT-07",
    topic: .encode,
    text: "p, the estimate of a model's weights in billions, is (4 h h n + 3 h f n + 2 v h) / 1e9 with embedding length h, feed-forward length f, n layers and v tokens, and v = 0 in the quantizer, which loads no vocabulary. Grouped heads and tied embeddings play no part, so p is not the size that a model is sold by."
)
}

private let quantizerClause7 = quantizerClause7Made()
@_optimize(none) private func quantizerClause7Made() -> Clause {
Clause(
    id: "QUANT-08",
    topic: .encode,
    text: "Where nothing else decides, blocks keep the `standard` number of outliers of the format's `encoder`; it can be asked for `least` up to all slots."
)
}

private let quantizerClause8 = quantizerClause8Made()
@_optimize(none) private func quantizerClause8Made() -> Clause {
Clause(
    id: "QUANT-09",
    topic: .encode,
    text: "Under a HIFI mix blocks of formats whose encoder `follows` the model or the tensor keep the number of `sizedOutliers` for p rounded to fp32. Under a stock mix, where a tensor has such a format by a pattern, they keep the standard number."
)
}

private let quantizerClause9 = quantizerClause9Made()
@_optimize(none) private func quantizerClause9Made() -> Clause {
Clause(
    id: "QUANT-10",
    topic: .encode,
    text: "The importance of a tensor is 0.2 + 0.7 c in fp32, clamped to 0.2 ... 0.9, with c the standard deviation of its importances divided by their mean and by 3, in fp64 and then rounded. It is 0.5 without importances, for a mean below 1e-10, and where rounding makes the variance negative."
)
}

private let quantizerClause10 = quantizerClause10Made()
@_optimize(none) private func quantizerClause10Made() -> Clause {
Clause(
    id: "QUANT-11",
    topic: .encode,
    text: "Blocks of a candidate (QUANT-12) in a format whose encoder `follows` the tensor, r12c, get two outliers more than QUANT-09 says from importance 0.7 up, but at most 8, and two fewer below 0.4, but at least 2: also where p alone gives 0."
)
}

private let quantizerClause11 = quantizerClause11Made()
@_optimize(none) private func quantizerClause11Made() -> Clause {
Clause(
    id: "QUANT-12",
    topic: .encode,
    text: "Candidates are the tensors that `importanceCandidates` describes, norm vectors among them. With an importance matrix and p above 2 `important` (a term of mixes) are those that reach the importance at place floor(candidates * share) of all candidates' in falling order, places from 0, share and product in fp32; with fewer, the last one's."
)
}

private let quantizerClause12 = quantizerClause12Made()
@_optimize(none) private func quantizerClause12Made() -> Clause {
Clause(
    id: "QUANT-13",
    topic: .encode,
    text: "With importances a block of Q5_K_HIFI_RES8 or Q6_K_HIFI_RES8 has the importance 0.2 + 0.7 c in fp32, clamped to 0.2 ... 0.9, with c half of 0.6 standard deviation / mean + 0.4 largest / mean / 10 in fp64, then rounded; 0.3 for a mean below 1e-10. It keeps round(count * factor) outliers, 1 to 8: the factor is 1 + 0.5 (importance - 0.7) / 0.3 above 0.7, 0.5 + 0.5 (importance / 0.3) below 0.3, else 1, and below 0.4 times 0.8 in models from 7 billion up."
)
}

private let quantizerClause13 = quantizerClause13Made()
@_optimize(none) private func quantizerClause13Made() -> Clause {
Clause(
    id: "QUANT-14",
    topic: .encode,
    text: "The share of the standard deviation in ENC-24 is the first of `negligibleResiduals` that holds for the model's size. Outside a model Q5_K_HIFI_RES8 takes 4 billion, Q6_K_HIFI_RES8 1."
)
}

private let quantizerClause14 = quantizerClause14Made()
@_optimize(none) private func quantizerClause14Made() -> Clause {
Clause(
    id: "QUANT-15",
    topic: .encode,
    text: "Importances that are not as many as the tensor's columns (times its matrices) are refused, but for token_embd.weight, which is then encoded without."
)
}

private let quantizerClause15 = quantizerClause15Made()
@_optimize(none) private func quantizerClause15Made() -> Clause {
Clause(
    id: "QUANT-16",
    topic: .encode,
    text: "A model is `called_70b` (a term of mixes) if an entry of `called70B` lists its architecture and has its number of layers, without those that predict further tokens (nextn_predict_layers); where the entry is `grouped`, only if its first layer has other numbers of heads and of key heads. Without a key for key heads they are as many as heads. Its attn_v (in stock mixes attn_qkv and attn_kv_b too) that rules make q3_k or q4_k are q5_k, in HIFI mixes too; what a mix rewrites comes after. The rows of the tensor and the number of heads play no part."
)
}

private let quantizerClause16 = quantizerClause16Made()
@_optimize(none) private func quantizerClause16Made() -> Clause {
Clause(
    id: "QUANT-17",
    topic: .encode,
    text: "Stock mixes are known for the `architectures` that are listed, HIFI mixes for all without experts but Falcon. Others are refused by name. `experts` in conditions is expert_count, 0 without the key; `gqa` the heads of the first layer divided by its key heads, rounded down, 0 where it has none."
)
}

private let quantizerClause17 = quantizerClause17Made()
@_optimize(none) private func quantizerClause17Made() -> Clause {
Clause(
    id: "QUANT-18",
    topic: .encode,
    text: "In stock mixes `layer` and `n` are not always those of the name. Values (attn_v, attn_qkv, attn_kv_b) are counted in the order of QUANT-06, and n is how many there are. ffn_down, ffn_gate and ffn_up are counted each by itself, among the model's layers: so the decoder of T5, which comes first, has layers 0 to n - 1, its encoder n and on. In models of two experts or more their layer is that of the name, and a tensor without one, or with one beyond the model's layers, is refused, as by llama-quantize; mixes with `countsLayers` count there too. In HIFI mixes the layer is always that of the name."
)
}

private let quantizerClause18 = quantizerClause18Made()
@_optimize(none) private func quantizerClause18Made() -> Clause {
Clause(
    id: "QUANT-19",
    topic: .encode,
    text: "Types under `needsImatrix`, of the kind of mixes or of a mix, are made with importances only, but for token embeddings and output: IQ1, IQ2 and IQ3_XXS, and Q2_K in Q2_K_S. Without them llama-quantize refuses the model. What cannot be made without them (ENC-39) is refused for token embeddings and output too; llama-quantize ends there."
)
}

private let quantizerClause19 = quantizerClause19Made()
@_optimize(none) private func quantizerClause19Made() -> Clause {
Clause(
    id: "QUANT-20",
    topic: .encode,
    text: "Importances that spoil a block are refused, with file, entry, column and value: those under which a scale or minimum is not a finite number, or a block stores nothing of weights whose importances are above zero, while it comes out well without importances, and with the same proportions about 1. llama-quantize writes such blocks. The largest of a block is named where sums overflow, the smallest above zero where they vanish."
)
}

private let quantizerClause20 = quantizerClause20Made()
@_optimize(none) private func quantizerClause20Made() -> Clause {
Clause(
    id: "QUANT-21",
    topic: .encode,
    text: "A matrix with a weight other than zero is refused if all its weights would decode to zero; each matrix of a tensor of several counts separately. llama-quantize writes it."
)
}

private let quantizerClause21 = quantizerClause21Made()
@_optimize(none) private func quantizerClause21Made() -> Clause {
Clause(
    id: "QUANT-22",
    topic: .encode,
    text: "A matrix that loses most of its information is noted: one that is stored with an error of more than half of the weights' size, as root of the sums of squares over a sample of 8192 weights at the beginning of each slab of 2^20; and likewise, where they are more than a twentieth, the columns with importances that are 0, or at most 2^-24 of the largest. What is written is what llama-quantize writes."
)
}

extension Spec {
    static let quantizerClauseTable: [Clause] = [quantizerClause0, quantizerClause1, quantizerClause2, quantizerClause3, quantizerClause4, quantizerClause5, quantizerClause6, quantizerClause7, quantizerClause8, quantizerClause9, quantizerClause10, quantizerClause11, quantizerClause12, quantizerClause13, quantizerClause14, quantizerClause15, quantizerClause16, quantizerClause17, quantizerClause18, quantizerClause19, quantizerClause20, quantizerClause21]
}
