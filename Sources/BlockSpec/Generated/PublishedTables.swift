// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let published0 = published0Made()
@_optimize(none) private func published0Made() -> PublishedTable {
PublishedTable(
    id: "qwen3",
    title: "Q3_HIFI compared with Q3_K_M and Q3_K_S on dense Qwen3",
    architecture: "qwen3",
    provenance: PublishedProvenance(
        document: "Q3_Quantization_Comparison.md, later docs/quantization/Q3_HIFI.md",
        history: [
            PublicationEvent(
                milestone: Milestone(date: "2025-12-21 16:17", commit: "5792ab45f"),
                event: "First published in the fork."
            ),
            PublicationEvent(
                milestone: Milestone(date: "2025-12-21 20:33", commit: "dbf9a9aaf"),
                event: "Moved without a change."
            ),
            PublicationEvent(
                milestone: Milestone(date: "2026-01-09", commit: "7fdb40c50"),
                event: "Every Q3_HIFI renamed Q3_K_HIFI; the numbers stayed."
            )
        ],
        pullRequest: "ggml-org/llama.cpp#18246",
        environment: "EPYC 9254, two L40S, CUDA 12.9",
        revision: "q3_k_hifi@r6",
        dialect: "fork-2025-12-13",
        notStated: ["error bars", "test text", "context length", "micro-batch", "imatrix", "commit"]
    ),
    columns: [
        PublishedColumn(name: "Q3_HIFI", mix: "q3_k_hifi"),
        PublishedColumn(name: "Q3_K_M", mix: "q3_k_m"),
        PublishedColumn(name: "Q3_K_S", mix: "q3_k_s")
    ],
    cells: [
        PublishedCell(
            model: "qwen3-0.6b",
            mix: "q3_k_hifi",
            size: "382.37 MiB",
            bpw: "4.27",
            perplexity: "26.43",
            tokensPerSecond: "601.39"
        ),
        PublishedCell(
            model: "qwen3-0.6b",
            mix: "q3_k_m",
            size: "389.12 MiB",
            bpw: "4.34",
            perplexity: "31.64",
            tokensPerSecond: "618.42"
        ),
        PublishedCell(
            model: "qwen3-0.6b",
            mix: "q3_k_s",
            size: "366.19 MiB",
            bpw: "4.09",
            perplexity: "35.70",
            tokensPerSecond: "612.28"
        ),
        PublishedCell(
            model: "qwen3-1.7b",
            mix: "q3_k_hifi",
            size: "993.5 MiB",
            bpw: "4.10",
            perplexity: "17.65",
            tokensPerSecond: "411.11"
        ),
        PublishedCell(
            model: "qwen3-1.7b",
            mix: "q3_k_m",
            size: "1017.9 MiB",
            bpw: "4.20",
            perplexity: "22.44",
            tokensPerSecond: "416.70"
        ),
        PublishedCell(
            model: "qwen3-1.7b",
            mix: "q3_k_s",
            size: "948.9 MiB",
            bpw: "3.92",
            perplexity: "24.07",
            tokensPerSecond: "425.64"
        ),
        PublishedCell(
            model: "qwen3-4b",
            mix: "q3_k_hifi",
            size: "1.87 GiB",
            bpw: "3.99",
            perplexity: "16.76",
            tokensPerSecond: "215.13"
        ),
        PublishedCell(
            model: "qwen3-4b",
            mix: "q3_k_m",
            size: "1.93 GiB",
            bpw: "4.12",
            perplexity: "18.07",
            tokensPerSecond: "217.49"
        ),
        PublishedCell(
            model: "qwen3-4b",
            mix: "q3_k_s",
            size: "1.75 GiB",
            bpw: "3.74",
            perplexity: "19.08",
            tokensPerSecond: "227.70"
        ),
        PublishedCell(
            model: "qwen3-8b",
            mix: "q3_k_hifi",
            size: "3.72 GiB",
            bpw: "3.90",
            perplexity: "10.56",
            tokensPerSecond: "143.98"
        ),
        PublishedCell(
            model: "qwen3-8b",
            mix: "q3_k_m",
            size: "3.84 GiB",
            bpw: "4.02",
            perplexity: "11.05",
            tokensPerSecond: "144.72"
        ),
        PublishedCell(
            model: "qwen3-8b",
            mix: "q3_k_s",
            size: "3.51 GiB",
            bpw: "3.68",
            perplexity: "11.38",
            tokensPerSecond: "153.74"
        ),
        PublishedCell(
            model: "qwen3-14b",
            mix: "q3_k_hifi",
            size: "6.59 GiB",
            bpw: "3.83",
            perplexity: "9.38",
            tokensPerSecond: "85.58"
        ),
        PublishedCell(
            model: "qwen3-14b",
            mix: "q3_k_m",
            size: "6.81 GiB",
            bpw: "3.96",
            perplexity: "9.53",
            tokensPerSecond: "85.40"
        ),
        PublishedCell(
            model: "qwen3-14b",
            mix: "q3_k_s",
            size: "6.19 GiB",
            bpw: "3.60",
            perplexity: "9.71",
            tokensPerSecond: "91.52"
        ),
        PublishedCell(
            model: "qwen3-32b",
            mix: "q3_k_hifi",
            size: "14.32 GiB",
            bpw: "3.76",
            perplexity: "8.30",
            tokensPerSecond: "39.84"
        ),
        PublishedCell(
            model: "qwen3-32b",
            mix: "q3_k_m",
            size: "14.87 GiB",
            bpw: "3.90",
            perplexity: "8.47",
            tokensPerSecond: "39.55"
        ),
        PublishedCell(
            model: "qwen3-32b",
            mix: "q3_k_s",
            size: "13.40 GiB",
            bpw: "3.51",
            perplexity: "20.19",
            tokensPerSecond: "42.95"
        )
    ],
    derived: [
        PublishedPercentages(metric: .perplexity, against: "q3_k_m", percent: ["-16.4", "-21.4", "-7.3", "-4.4", "-1.6", "-2.0"]),
        PublishedPercentages(metric: .size, against: "q3_k_m", percent: ["-1.7", "-2.4", "-3.1", "-3.1", "-3.2", "-3.7"]),
        PublishedPercentages(metric: .speed, against: "q3_k_m", percent: ["-2.8", "-1.3", "-1.1", "-0.5", "+0.2", "+0.7"]),
        PublishedPercentages(
            metric: .perplexity,
            against: "q3_k_s",
            percent: ["-26.0", "-26.7", "-12.2", "-7.2", "-3.4", "-58.9"]
        ),
        PublishedPercentages(metric: .size, against: "q3_k_s", percent: ["+4.4", "+4.7", "+6.9", "+6.0", "+6.5", "+6.9"]),
        PublishedPercentages(metric: .speed, against: "q3_k_s", percent: ["-1.8", "-3.4", "-5.5", "-6.3", "-6.5", "-7.2"])
    ],
    claims: [
        PublishedClaim(
            id: "P1",
            text: "Q3_K_S loses 143 per cent of perplexity at 32B.",
            verdict: .follows,
            remark: "Follows from 20.19 against 8.30; the 20.19 itself is out of line with every other cell and should be measured again.",
            check: ClaimCheck(
                metric: .perplexity,
                mix: "q3_k_s",
                against: "q3_k_hifi",
                models: ["qwen3-32b"],
                form: .within,
                low: "+143",
                high: "+143"
            )
        ),
        PublishedClaim(
            id: "P2",
            text: "Q3_HIFI files are 3 to 4 per cent smaller than Q3_K_M.",
            verdict: .partly,
            remark: "True of 4B to 32B by the printed figures; 1.7 per cent at 0.6B and 2.4 at 1.7B. From exact bytes 4B and 8B are just below 3.",
            check: ClaimCheck(
                metric: .size,
                mix: "q3_k_hifi",
                against: "q3_k_m",
                models: ["qwen3-0.6b", "qwen3-1.7b", "qwen3-4b", "qwen3-8b", "qwen3-14b", "qwen3-32b"],
                form: .within,
                low: "-4",
                high: "-3"
            )
        ),
        PublishedClaim(
            id: "P3",
            text: "Q3_K_S is 7 to 27 per cent worse than Q3_HIFI.",
            verdict: .contradicted,
            remark: "The base is the wrong one. Q3_K_S is 35.1, 36.4, 13.8, 7.8 and 3.5 per cent worse from 0.6B to 14B.",
            check: ClaimCheck(
                metric: .perplexity,
                mix: "q3_k_s",
                against: "q3_k_hifi",
                models: ["qwen3-0.6b", "qwen3-1.7b", "qwen3-4b", "qwen3-8b", "qwen3-14b"],
                form: .extremes,
                low: "+7",
                high: "+27"
            )
        )
    ],
    imatrixEvidence: [
        ImatrixEvidence(
            id: "E1",
            source: "Findings note of the fork, 1cf26dcc6 (2025-12-13)",
            statement: "The 993.50 MiB HIFI file of 1.7B has perplexity 17.66 beside Q3_K_M with 17.69 and Q3_K_S with 24.15; its command line passes an imatrix.",
            suggests: .hifiWithImatrix
        ),
        ImatrixEvidence(
            id: "E2",
            source: "Optimization plan of the same week",
            statement: "A Q3_K_M baseline of 22.78 stands beside HIFI files made with an imatrix for Qwen3-1.7B.",
            suggests: .baselineWithoutImatrix
        ),
        ImatrixEvidence(
            id: "E3",
            source: "Comments at ad00c42fc and 2c84cddcd (January 2026)",
            statement: "Q3_K_M of 14B has 9.5313 without an imatrix and 9.2741 with one; the table prints 9.53.",
            suggests: .baselineWithoutImatrix
        ),
        ImatrixEvidence(
            id: "E4",
            source: "Comments at 95f7b7673 and 3b2aa1a6f",
            statement: "Q3_K_M of 1.7B with an imatrix has 17.75 to 17.78; the table prints 22.44.",
            suggests: .baselineWithoutImatrix
        ),
        ImatrixEvidence(
            id: "E5",
            source: "Speed plan of the same week",
            statement: "Q3_K_M of 1.7B is given as 20.2, so the author's conditions were not the same throughout.",
            suggests: .mixedConditions
        ),
        ImatrixEvidence(
            id: "E6",
            source: "Summary comment at 2c84cddcd and 95f7b7673 (2026-01-20), residual revision R7",
            statement: "With the same imatrix use on both sides HIFI is worse than Q3_K_M at 0.6B and 1.7B, level at 8B and 14B, 1 to 3 per cent better at 4B.",
            suggests: .gainFromImatrix
        ),
        ImatrixEvidence(
            id: "E7",
            source: "Sizes",
            statement: "No rule of the three routings looks at an imatrix, so the printed sizes say nothing about its use.",
            suggests: .neutral
        )
    ],
    likeForLike: [
        LikeForLike(
            id: "C1",
            model: "qwen3-1.7b",
            ours: "17.66",
            theirs: "17.69",
            source: "Findings note of the fork, 1cf26dcc6 (2025-12-13)",
            remark: "The note passes an imatrix; that Q3_K_M had one too is inferred from 17.75 to 17.78 recorded elsewhere with one (E4)."
        ),
        LikeForLike(
            id: "C2",
            model: "qwen3-14b",
            ours: "9.38",
            theirs: "9.2741",
            source: "The table's Q3_HIFI beside Q3_K_M with an imatrix from comments at ad00c42fc",
            remark: "The two come from different measurements, whose settings need not be the same."
        )
    ],
    imatrixVerdict: ImatrixVerdict(
        certainty: .probable,
        statement: "The Q3_HIFI rows were probably made with an importance matrix and the Q3_K_M and Q3_K_S rows without, so the gain in perplexity probably measures the importance matrix more than the format.",
        caveats: [
            "The document does not say per row whether an imatrix was used.",
            "The notes that speak for it may have had other settings than the table.",
            "Nobody has measured the table's own files again."
        ]
    ),
    recordedSizes: [
        RecordedSize(
            id: "S1",
            source: "1cf26dcc6",
            subject: "Q3_HIFI_A second form as the loader prints it",
            model: "qwen3-1.7b",
            mix: "q3_k_hifi",
            usesImatrix: nil,
            size: "993.50 MiB",
            measure: .tensors,
            agrees: true,
            remark: nil
        ),
        RecordedSize(
            id: "S2",
            source: "1cf26dcc6",
            subject: "Q3_K_M as the loader prints it",
            model: "qwen3-1.7b",
            mix: "q3_k_m",
            usesImatrix: nil,
            size: "1017.85 MiB",
            measure: .tensors,
            agrees: true,
            remark: nil
        ),
        RecordedSize(
            id: "S3",
            source: "1cf26dcc6, 2d4d0b387",
            subject: "Q3_K_S as the loader prints it",
            model: "qwen3-1.7b",
            mix: "q3_k_s",
            usesImatrix: nil,
            size: "948.91 MiB",
            measure: .tensors,
            agrees: true,
            remark: nil
        ),
        RecordedSize(
            id: "S4",
            source: "ae313c5f0",
            subject: "First Q3_HIFI on disk",
            model: "qwen3-1.7b",
            mix: "u124",
            usesImatrix: nil,
            size: "1044.31 MiB",
            measure: .file,
            agrees: true,
            remark: nil
        ),
        RecordedSize(
            id: "S5",
            source: "ae313c5f0, cc7c51d9a",
            subject: "Q3_HIFI with fp16 scale",
            model: "qwen3-1.7b",
            mix: "u116b",
            usesImatrix: nil,
            size: "987.37 MiB",
            measure: .tensors,
            agrees: true,
            remark: "Recorded beside on-disk figures although it is the tensor bytes."
        ),
        RecordedSize(
            id: "S6",
            source: "31200f197",
            subject: "Q3_HIFI_FAST on disk",
            model: "qwen3-1.7b",
            mix: "u128",
            usesImatrix: nil,
            size: "1070 MiB",
            measure: .file,
            agrees: true,
            remark: nil
        ),
        RecordedSize(
            id: "S7",
            source: "40181d878",
            subject: "Q3_HIFI_FAST",
            model: "qwen3-1.7b",
            mix: "u128",
            usesImatrix: nil,
            size: "1040 MiB",
            measure: .tensors,
            agrees: false,
            remark: "Really 1064 MiB; the loader prints 1.04 GiB."
        ),
        RecordedSize(
            id: "S8",
            source: "40181d878",
            subject: "Q3_K_M with HIFI attn_v and ffn_down",
            model: "qwen3-1.7b",
            mix: "hyb128",
            usesImatrix: nil,
            size: "991 MiB",
            measure: .tensors,
            agrees: true,
            remark: nil
        ),
        RecordedSize(
            id: "S9",
            source: "ad00c42fc",
            subject: "Q3_K_HIFI without an imatrix",
            model: "qwen3-14b",
            mix: "j19",
            usesImatrix: Optional(false),
            size: "8.62 GiB",
            measure: .tensors,
            agrees: true,
            remark: nil
        ),
        RecordedSize(
            id: "S10",
            source: "ad00c42fc",
            subject: "Q3_K_HIFI with an imatrix",
            model: "qwen3-14b",
            mix: "j19",
            usesImatrix: Optional(true),
            size: "6.81 GiB",
            measure: .tensors,
            agrees: false,
            remark: "The code gives 7.10 GiB; 6.81 is the size of Q3_K_M."
        ),
        RecordedSize(
            id: "S11",
            source: "95f7b7673",
            subject: "Q3_K_HIFI with an imatrix",
            model: "qwen3-1.7b",
            mix: "j20a",
            usesImatrix: Optional(true),
            size: "1.21 GiB",
            measure: .tensors,
            agrees: true,
            remark: "Only with the parameter estimate that leaves the vocabulary out."
        )
    ]
)
}

extension Spec {
    static let publishedTable: [PublishedTable] = [published0]
}
