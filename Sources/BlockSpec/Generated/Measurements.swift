// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let measurement0 = measurement0Made()
@_optimize(none) private func measurement0Made() -> MeasurementSeries {
MeasurementSeries(
    id: "tiny-qwen3-a",
    title: "A small trained model of the Qwen3 architecture, quantized and measured by the llama.cpp tools",
    architecture: "qwen3",
    model: ModelShape(
        id: "tiny-qwen3-a",
        label: "6.4M",
        embedding: 256,
        layers: 6,
        feedForward: 768,
        heads: 4,
        headsKV: 2,
        headSize: 128,
        vocabulary: 2048,
        tied: true,
        outputTensor: false
    ),
    method: MeasurementMethod(
        text: "Held-out text in the public domain, three languages, 237,616 bytes",
        tokens: 76967,
        contextLength: 512,
        chunks: 150,
        scoredTokens: 38250,
        threads: 1,
        imatrix: "60 chunks of 512 tokens of training text, collected by the later tool"
    ),
    tools: [
        MeasurementTool(
            id: "original-2025-12",
            milestone: Milestone(date: "2025-12-22", commit: "e4fd98f81"),
            revision: "q3_k_hifi@r6"
        ),
        MeasurementTool(
            id: "original-2026-03",
            milestone: Milestone(date: "2026-03-03", commit: "1de093b32"),
            revision: "q3_k_hifi@r12c"
        )
    ],
    variants: [
        MeasurementVariant(
            id: "plain",
            title: "As trained",
            isArtificial: false,
            remark: "Has none of the channel outliers of large models and hardly reacts to 3-bit types."
        ),
        MeasurementVariant(
            id: "outliers",
            title: "The same function with channels rescaled by heavy-tailed factors",
            isArtificial: true,
            remark: "Shows that conditions matter; no evidence on how types rank on large models."
        )
    ],
    rows: [
        Measurement(
            variant: "plain",
            type: "F16",
            mix: nil,
            usesImatrix: nil,
            tool: "original-2025-12",
            bytes: 12929056,
            perplexity: "42.3724",
            error: "0.50968",
            sha256: "de5c7d93806fb2d33bae7472d88a0b925525cd27db8d0532db3b5a9e11377d16"
        ),
        Measurement(
            variant: "plain",
            type: "Q3_HIFI",
            mix: "q3_k_hifi",
            usesImatrix: Optional(false),
            tool: "original-2025-12",
            bytes: 3278880,
            perplexity: "42.6152",
            error: "0.51291",
            sha256: "eb861b840a3180f55f2c3a0ce5922c7357515da7d879202b24139b9ce23eccd5"
        ),
        Measurement(
            variant: "plain",
            type: "Q3_HIFI",
            mix: "q3_k_hifi",
            usesImatrix: Optional(true),
            tool: "original-2025-12",
            bytes: 3279104,
            perplexity: "42.5985",
            error: "0.51182",
            sha256: "811f71bd84d9e5667befe861357a6a9cc9a8dcab53ff0b0437b25e3b16a1a2ed"
        ),
        Measurement(
            variant: "plain",
            type: "F16",
            mix: nil,
            usesImatrix: nil,
            tool: "original-2026-03",
            bytes: 12929056,
            perplexity: "42.3723",
            error: "0.50967",
            sha256: "de5c7d93806fb2d33bae7472d88a0b925525cd27db8d0532db3b5a9e11377d16"
        ),
        Measurement(
            variant: "plain",
            type: "Q3_K_S",
            mix: "q3_k_s",
            usesImatrix: Optional(false),
            tool: "original-2026-03",
            bytes: 3048480,
            perplexity: "42.6441",
            error: "0.51300",
            sha256: "6898d352f1704d7730853568b027669da21e61cf54b4476f97f89a70a768f5a0"
        ),
        Measurement(
            variant: "plain",
            type: "Q3_K_S",
            mix: "q3_k_s",
            usesImatrix: Optional(true),
            tool: "original-2026-03",
            bytes: 3048704,
            perplexity: "42.6318",
            error: "0.51207",
            sha256: "b1b3e7991b42ea6da82118428fff631bbe2ed5293c19aa20db22884e08d7ea7c"
        ),
        Measurement(
            variant: "plain",
            type: "Q3_K_M",
            mix: "q3_k_m",
            usesImatrix: Optional(false),
            tool: "original-2026-03",
            bytes: 3378208,
            perplexity: "42.5737",
            error: "0.51249",
            sha256: "933b2fed9ad5ebd332e71ec3140abf282fd7af2adf4650440b23677b37f2ab0e"
        ),
        Measurement(
            variant: "plain",
            type: "Q3_K_M",
            mix: "q3_k_m",
            usesImatrix: Optional(true),
            tool: "original-2026-03",
            bytes: 3378432,
            perplexity: "42.5570",
            error: "0.51164",
            sha256: "b119a9ff058dc7a8f8ca52993eb318fd731738c63da9369b3a36e8b6d79495d2"
        ),
        Measurement(
            variant: "plain",
            type: "Q3_K_HIFI",
            mix: "f08",
            usesImatrix: Optional(false),
            tool: "original-2026-03",
            bytes: 3848224,
            perplexity: "42.4229",
            error: "0.51050",
            sha256: "5b3457d253b514dce5a311f8f2a783f8f5159e82033d75d54e40dda1c8fee31f"
        ),
        Measurement(
            variant: "plain",
            type: "Q3_K_HIFI",
            mix: "f08",
            usesImatrix: Optional(true),
            tool: "original-2026-03",
            bytes: 3848448,
            perplexity: "42.4274",
            error: "0.51051",
            sha256: "91920a325fa04b8fc2379a705058d7c3602aa6d049069f33736e673209b3123b"
        ),
        Measurement(
            variant: "outliers",
            type: "F16",
            mix: nil,
            usesImatrix: nil,
            tool: "original-2025-12",
            bytes: 12929056,
            perplexity: "42.3724",
            error: "0.50968",
            sha256: "ea152b17bff17db2a686d84f457a151b4a65d1095ad9b534c5b8cdc3c1234b1c"
        ),
        Measurement(
            variant: "outliers",
            type: "Q3_HIFI",
            mix: "q3_k_hifi",
            usesImatrix: Optional(false),
            tool: "original-2025-12",
            bytes: 3278880,
            perplexity: "44.9170",
            error: "0.53908",
            sha256: "c106461e0b9dd4cf71fa1a8d41dcf3989f7bad9d89de80faa78f128db08a0d6c"
        ),
        Measurement(
            variant: "outliers",
            type: "Q3_HIFI",
            mix: "q3_k_hifi",
            usesImatrix: Optional(true),
            tool: "original-2025-12",
            bytes: 3279104,
            perplexity: "44.3649",
            error: "0.53282",
            sha256: "18ed77fbe4e03195f80a1dcb4f739f5deda0dcaea744752deef16edb0954c178"
        ),
        Measurement(
            variant: "outliers",
            type: "F16",
            mix: nil,
            usesImatrix: nil,
            tool: "original-2026-03",
            bytes: 12929056,
            perplexity: "42.3722",
            error: "0.50966",
            sha256: "ea152b17bff17db2a686d84f457a151b4a65d1095ad9b534c5b8cdc3c1234b1c"
        ),
        Measurement(
            variant: "outliers",
            type: "Q3_K_S",
            mix: "q3_k_s",
            usesImatrix: Optional(false),
            tool: "original-2026-03",
            bytes: 3048480,
            perplexity: "45.5600",
            error: "0.54305",
            sha256: "1f9201a55096fe7a9da7e20db37838e2f0d4d8096a647d00ceb5159966eb8b86"
        ),
        Measurement(
            variant: "outliers",
            type: "Q3_K_S",
            mix: "q3_k_s",
            usesImatrix: Optional(true),
            tool: "original-2026-03",
            bytes: 3048704,
            perplexity: "44.4536",
            error: "0.53137",
            sha256: "7dac001db0c08cbf3aa8fea845b55373b2849d9b51d0d27d54056176f881603b"
        ),
        Measurement(
            variant: "outliers",
            type: "Q3_K_M",
            mix: "q3_k_m",
            usesImatrix: Optional(false),
            tool: "original-2026-03",
            bytes: 3378208,
            perplexity: "44.7283",
            error: "0.53834",
            sha256: "ec08c048292afced9d9c67175df5f5dc44cb8a4f0e741247b62af1dd71488b6f"
        ),
        Measurement(
            variant: "outliers",
            type: "Q3_K_M",
            mix: "q3_k_m",
            usesImatrix: Optional(true),
            tool: "original-2026-03",
            bytes: 3378432,
            perplexity: "44.1496",
            error: "0.53256",
            sha256: "e09a73416daaa981ae3d90edd445e9ee92b71a1aad6ed59ef2fba247c82e7f94"
        ),
        Measurement(
            variant: "outliers",
            type: "Q3_K_HIFI",
            mix: "f08",
            usesImatrix: Optional(false),
            tool: "original-2026-03",
            bytes: 3848224,
            perplexity: "43.4476",
            error: "0.52043",
            sha256: "8cc2f0b1489832f9751fe0720693754aa89abb27dd957377af87c1af9770748b"
        ),
        Measurement(
            variant: "outliers",
            type: "Q3_K_HIFI",
            mix: "f08",
            usesImatrix: Optional(true),
            tool: "original-2026-03",
            bytes: 3848448,
            perplexity: "42.9492",
            error: "0.51533",
            sha256: "70aaff7cbe0388c323d0644703d86384a7d212a84835d4095e43d6607b8cc3ab"
        )
    ],
    ours: "q3_k_hifi",
    theirs: "q3_k_m",
    remarks: [
        "The error is that of each perplexity alone. All rows score the same tokens, so differences are less noisy than it suggests; paired statistics were not computed.",
        "The later tool puts no HIFI block into a model this small (its routing goes by the number of parameters), so its Q3_K_HIFI rows say nothing about HIFI blocks.",
        "Both tools write byte-identical Q3_K_S and Q3_K_M files; their perplexities are those of the later tool."
    ]
)
}

extension Spec {
    static let measurementTable: [MeasurementSeries] = [measurement0]
}
