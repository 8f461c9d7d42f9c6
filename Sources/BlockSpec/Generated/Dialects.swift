// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let dialect0 = dialect0Made()
@_optimize(none) private func dialect0Made() -> Dialect {
Dialect(
    id: "upstream-2025-08-05",
    title: "ggml with MXFP4, the dialect the fork started from",
    family: .upstream,
    base: nil,
    since: Milestone(date: "2025-08-05", commit: "fd1234cb4"),
    until: Milestone(date: "2026-03-11", commit: "5eae9cb1d"),
    ownTypes: [
        TypeAssignment(id: 0, name: "F32", status: .assigned, formats: ["f32"], isShifted: false, note: nil),
        TypeAssignment(id: 1, name: "F16", status: .assigned, formats: ["f16"], isShifted: false, note: nil),
        TypeAssignment(id: 2, name: "Q4_0", status: .assigned, formats: ["q4_0"], isShifted: false, note: nil),
        TypeAssignment(id: 3, name: "Q4_1", status: .assigned, formats: ["q4_1"], isShifted: false, note: nil),
        TypeAssignment(id: 4, name: "Q4_2", status: .removed, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 5, name: "Q4_3", status: .removed, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 6, name: "Q5_0", status: .assigned, formats: ["q5_0"], isShifted: false, note: nil),
        TypeAssignment(id: 7, name: "Q5_1", status: .assigned, formats: ["q5_1"], isShifted: false, note: nil),
        TypeAssignment(id: 8, name: "Q8_0", status: .assigned, formats: ["q8_0"], isShifted: false, note: nil),
        TypeAssignment(id: 9, name: "Q8_1", status: .assigned, formats: ["q8_1"], isShifted: false, note: nil),
        TypeAssignment(id: 10, name: "Q2_K", status: .assigned, formats: ["q2_k"], isShifted: false, note: nil),
        TypeAssignment(id: 11, name: "Q3_K", status: .assigned, formats: ["q3_k"], isShifted: false, note: nil),
        TypeAssignment(id: 12, name: "Q4_K", status: .assigned, formats: ["q4_k"], isShifted: false, note: nil),
        TypeAssignment(id: 13, name: "Q5_K", status: .assigned, formats: ["q5_k"], isShifted: false, note: nil),
        TypeAssignment(id: 14, name: "Q6_K", status: .assigned, formats: ["q6_k"], isShifted: false, note: nil),
        TypeAssignment(id: 15, name: "Q8_K", status: .assigned, formats: ["q8_k"], isShifted: false, note: nil),
        TypeAssignment(id: 16, name: "IQ2_XXS", status: .assigned, formats: ["iq2_xxs"], isShifted: false, note: nil),
        TypeAssignment(id: 17, name: "IQ2_XS", status: .assigned, formats: ["iq2_xs"], isShifted: false, note: nil),
        TypeAssignment(id: 18, name: "IQ3_XXS", status: .assigned, formats: ["iq3_xxs"], isShifted: false, note: nil),
        TypeAssignment(id: 19, name: "IQ1_S", status: .assigned, formats: ["iq1_s"], isShifted: false, note: nil),
        TypeAssignment(id: 20, name: "IQ4_NL", status: .assigned, formats: ["iq4_nl"], isShifted: false, note: nil),
        TypeAssignment(id: 21, name: "IQ3_S", status: .assigned, formats: ["iq3_s"], isShifted: false, note: nil),
        TypeAssignment(id: 22, name: "IQ2_S", status: .assigned, formats: ["iq2_s"], isShifted: false, note: nil),
        TypeAssignment(id: 23, name: "IQ4_XS", status: .assigned, formats: ["iq4_xs"], isShifted: false, note: nil),
        TypeAssignment(id: 24, name: "I8", status: .assigned, formats: ["i8"], isShifted: false, note: nil),
        TypeAssignment(id: 25, name: "I16", status: .assigned, formats: ["i16"], isShifted: false, note: nil),
        TypeAssignment(id: 26, name: "I32", status: .assigned, formats: ["i32"], isShifted: false, note: nil),
        TypeAssignment(id: 27, name: "I64", status: .assigned, formats: ["i64"], isShifted: false, note: nil),
        TypeAssignment(id: 28, name: "F64", status: .assigned, formats: ["f64"], isShifted: false, note: nil),
        TypeAssignment(id: 29, name: "IQ1_M", status: .assigned, formats: ["iq1_m"], isShifted: false, note: nil),
        TypeAssignment(id: 30, name: "BF16", status: .assigned, formats: ["bf16"], isShifted: false, note: nil),
        TypeAssignment(id: 31, name: "Q4_0_4_4", status: .removed, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 32, name: "Q4_0_4_8", status: .removed, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 33, name: "Q4_0_8_8", status: .removed, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 34, name: "TQ1_0", status: .assigned, formats: ["tq1_0"], isShifted: false, note: nil),
        TypeAssignment(id: 35, name: "TQ2_0", status: .assigned, formats: ["tq2_0"], isShifted: false, note: nil),
        TypeAssignment(id: 36, name: "IQ4_NL_4_4", status: .removed, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 37, name: "IQ4_NL_4_8", status: .removed, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 38, name: "IQ4_NL_8_8", status: .removed, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 39, name: "MXFP4", status: .assigned, formats: ["mxfp4"], isShifted: false, note: nil)
    ],
    ownFileTypes: [
        FileTypeAssignment(id: 0, name: "ALL_F32", status: .assigned, mix: "f32", note: nil),
        FileTypeAssignment(id: 1, name: "MOSTLY_F16", status: .assigned, mix: "f16", note: nil),
        FileTypeAssignment(id: 2, name: "MOSTLY_Q4_0", status: .assigned, mix: "q4_0", note: nil),
        FileTypeAssignment(id: 3, name: "MOSTLY_Q4_1", status: .assigned, mix: "q4_1", note: nil),
        FileTypeAssignment(id: 4, name: "MOSTLY_Q4_1_SOME_F16", status: .removed, mix: nil, note: nil),
        FileTypeAssignment(id: 5, name: "MOSTLY_Q4_2", status: .removed, mix: nil, note: nil),
        FileTypeAssignment(id: 6, name: "MOSTLY_Q4_3", status: .removed, mix: nil, note: nil),
        FileTypeAssignment(id: 7, name: "MOSTLY_Q8_0", status: .assigned, mix: "q8_0", note: nil),
        FileTypeAssignment(id: 8, name: "MOSTLY_Q5_0", status: .assigned, mix: "q5_0", note: nil),
        FileTypeAssignment(id: 9, name: "MOSTLY_Q5_1", status: .assigned, mix: "q5_1", note: nil),
        FileTypeAssignment(id: 10, name: "MOSTLY_Q2_K", status: .assigned, mix: "q2_k", note: nil),
        FileTypeAssignment(id: 11, name: "MOSTLY_Q3_K_S", status: .assigned, mix: "q3_k_s", note: nil),
        FileTypeAssignment(id: 12, name: "MOSTLY_Q3_K_M", status: .assigned, mix: "q3_k_m", note: nil),
        FileTypeAssignment(id: 13, name: "MOSTLY_Q3_K_L", status: .assigned, mix: "q3_k_l", note: nil),
        FileTypeAssignment(id: 14, name: "MOSTLY_Q4_K_S", status: .assigned, mix: "q4_k_s", note: nil),
        FileTypeAssignment(id: 15, name: "MOSTLY_Q4_K_M", status: .assigned, mix: "q4_k_m", note: nil),
        FileTypeAssignment(id: 16, name: "MOSTLY_Q5_K_S", status: .assigned, mix: "q5_k_s", note: nil),
        FileTypeAssignment(id: 17, name: "MOSTLY_Q5_K_M", status: .assigned, mix: "q5_k_m", note: nil),
        FileTypeAssignment(id: 18, name: "MOSTLY_Q6_K", status: .assigned, mix: "q6_k", note: nil),
        FileTypeAssignment(id: 19, name: "MOSTLY_IQ2_XXS", status: .assigned, mix: "iq2_xxs", note: nil),
        FileTypeAssignment(id: 20, name: "MOSTLY_IQ2_XS", status: .assigned, mix: "iq2_xs", note: nil),
        FileTypeAssignment(id: 21, name: "MOSTLY_Q2_K_S", status: .assigned, mix: "q2_k_s", note: nil),
        FileTypeAssignment(id: 22, name: "MOSTLY_IQ3_XS", status: .assigned, mix: "iq3_xs", note: nil),
        FileTypeAssignment(id: 23, name: "MOSTLY_IQ3_XXS", status: .assigned, mix: "iq3_xxs", note: nil),
        FileTypeAssignment(id: 24, name: "MOSTLY_IQ1_S", status: .assigned, mix: "iq1_s", note: nil),
        FileTypeAssignment(id: 25, name: "MOSTLY_IQ4_NL", status: .assigned, mix: "iq4_nl", note: nil),
        FileTypeAssignment(id: 26, name: "MOSTLY_IQ3_S", status: .assigned, mix: "iq3_s", note: nil),
        FileTypeAssignment(id: 27, name: "MOSTLY_IQ3_M", status: .assigned, mix: "iq3_m", note: nil),
        FileTypeAssignment(id: 28, name: "MOSTLY_IQ2_S", status: .assigned, mix: "iq2_s", note: nil),
        FileTypeAssignment(id: 29, name: "MOSTLY_IQ2_M", status: .assigned, mix: "iq2_m", note: nil),
        FileTypeAssignment(id: 30, name: "MOSTLY_IQ4_XS", status: .assigned, mix: "iq4_xs", note: nil),
        FileTypeAssignment(id: 31, name: "MOSTLY_IQ1_M", status: .assigned, mix: "iq1_m", note: nil),
        FileTypeAssignment(id: 32, name: "MOSTLY_BF16", status: .assigned, mix: "bf16", note: nil),
        FileTypeAssignment(id: 33, name: "MOSTLY_Q4_0_4_4", status: .removed, mix: nil, note: nil),
        FileTypeAssignment(id: 34, name: "MOSTLY_Q4_0_4_8", status: .removed, mix: nil, note: nil),
        FileTypeAssignment(id: 35, name: "MOSTLY_Q4_0_8_8", status: .removed, mix: nil, note: nil),
        FileTypeAssignment(id: 36, name: "MOSTLY_TQ1_0", status: .assigned, mix: "tq1_0", note: nil),
        FileTypeAssignment(id: 37, name: "MOSTLY_TQ2_0", status: .assigned, mix: "tq2_0", note: nil),
        FileTypeAssignment(id: 38, name: "MOSTLY_MXFP4_MOE", status: .assigned, mix: "mxfp4_moe", note: nil)
    ],
    notes: []
)
}

private let dialect1 = dialect1Made()
@_optimize(none) private func dialect1Made() -> Dialect {
Dialect(
    id: "upstream-2026-03-11",
    title: "ggml with NVFP4",
    family: .upstream,
    base: "upstream-2025-08-05",
    since: Milestone(date: "2026-03-11", commit: "5eae9cb1d"),
    until: Milestone(date: "2026-04-06", commit: "2e1f0a889"),
    ownTypes: [TypeAssignment(id: 40, name: "NVFP4", status: .assigned, formats: ["nvfp4"], isShifted: false, note: nil)],
    ownFileTypes: [FileTypeAssignment(id: 39, name: "MOSTLY_NVFP4", status: .assigned, mix: nil, note: nil)],
    notes: []
)
}

private let dialect2 = dialect2Made()
@_optimize(none) private func dialect2Made() -> Dialect {
Dialect(
    id: "upstream-2026-04-06",
    title: "ggml with Q1_0",
    family: .upstream,
    base: "upstream-2026-03-11",
    since: Milestone(date: "2026-04-06", commit: "2e1f0a889"),
    until: Milestone(date: "2026-07-07", commit: "bec4772f6"),
    ownTypes: [TypeAssignment(id: 41, name: "Q1_0", status: .assigned, formats: ["q1_0"], isShifted: false, note: nil)],
    ownFileTypes: [FileTypeAssignment(id: 40, name: "MOSTLY_Q1_0", status: .assigned, mix: "q1_0", note: nil)],
    notes: []
)
}

private let dialect3 = dialect3Made()
@_optimize(none) private func dialect3Made() -> Dialect {
Dialect(
    id: "upstream",
    title: "ggml with Q2_0, the newest dialect known here (3f545becc, 2026-08-23)",
    family: .upstream,
    base: "upstream-2026-04-06",
    since: Milestone(date: "2026-07-07", commit: "bec4772f6"),
    until: nil,
    ownTypes: [TypeAssignment(id: 42, name: "Q2_0", status: .assigned, formats: ["q2_0"], isShifted: false, note: nil)],
    ownFileTypes: [FileTypeAssignment(id: 41, name: "MOSTLY_Q2_0", status: .assigned, mix: "q2_0", note: nil)],
    notes: []
)
}

private let dialect4 = dialect4Made()
@_optimize(none) private func dialect4Made() -> Dialect {
Dialect(
    id: "fork-2025-11-27",
    title: "HIFI fork, stock numbers shifted by one, Q3_HIFI R1 at 12",
    family: .fork,
    base: "upstream-2025-08-05",
    since: Milestone(date: "2025-11-27 22:42", commit: "6a7ff5324"),
    until: Milestone(date: "2025-11-29 16:31", commit: "431fa1ec4"),
    ownTypes: [
        TypeAssignment(id: 12, name: "Q3_HIFI", status: .assigned, formats: ["q3_k_hifi@r1"], isShifted: false, note: nil),
        TypeAssignment(id: 13, name: "Q4_K", status: .assigned, formats: ["q4_k"], isShifted: true, note: nil),
        TypeAssignment(id: 14, name: "Q5_K", status: .assigned, formats: ["q5_k"], isShifted: true, note: nil),
        TypeAssignment(id: 15, name: "Q6_K", status: .assigned, formats: ["q6_k"], isShifted: true, note: nil),
        TypeAssignment(id: 16, name: "Q8_K", status: .assigned, formats: ["q8_k"], isShifted: true, note: nil),
        TypeAssignment(id: 17, name: "IQ2_XXS", status: .assigned, formats: ["iq2_xxs"], isShifted: true, note: nil),
        TypeAssignment(id: 18, name: "IQ2_XS", status: .assigned, formats: ["iq2_xs"], isShifted: true, note: nil),
        TypeAssignment(id: 19, name: "IQ3_XXS", status: .assigned, formats: ["iq3_xxs"], isShifted: true, note: nil),
        TypeAssignment(id: 20, name: "IQ1_S", status: .assigned, formats: ["iq1_s"], isShifted: true, note: nil),
        TypeAssignment(id: 21, name: "IQ4_NL", status: .assigned, formats: ["iq4_nl"], isShifted: true, note: nil),
        TypeAssignment(id: 22, name: "IQ3_S", status: .assigned, formats: ["iq3_s"], isShifted: true, note: nil),
        TypeAssignment(id: 23, name: "IQ2_S", status: .assigned, formats: ["iq2_s"], isShifted: true, note: nil),
        TypeAssignment(id: 24, name: "IQ4_XS", status: .assigned, formats: ["iq4_xs"], isShifted: true, note: nil),
        TypeAssignment(id: 25, name: "I8", status: .assigned, formats: ["i8"], isShifted: true, note: nil),
        TypeAssignment(id: 26, name: "I16", status: .assigned, formats: ["i16"], isShifted: true, note: nil),
        TypeAssignment(id: 27, name: "I32", status: .assigned, formats: ["i32"], isShifted: true, note: nil),
        TypeAssignment(id: 28, name: "I64", status: .assigned, formats: ["i64"], isShifted: true, note: nil),
        TypeAssignment(id: 29, name: "F64", status: .assigned, formats: ["f64"], isShifted: true, note: nil),
        TypeAssignment(id: 30, name: "IQ1_M", status: .assigned, formats: ["iq1_m"], isShifted: true, note: nil),
        TypeAssignment(id: 31, name: "BF16", status: .assigned, formats: ["bf16"], isShifted: true, note: nil),
        TypeAssignment(id: 32, name: "Q4_0_4_4", status: .removed, formats: [], isShifted: true, note: nil),
        TypeAssignment(id: 33, name: "Q4_0_4_8", status: .removed, formats: [], isShifted: true, note: nil),
        TypeAssignment(id: 34, name: "Q4_0_8_8", status: .removed, formats: [], isShifted: true, note: nil),
        TypeAssignment(id: 35, name: "TQ1_0", status: .assigned, formats: ["tq1_0"], isShifted: true, note: nil),
        TypeAssignment(id: 36, name: "TQ2_0", status: .assigned, formats: ["tq2_0"], isShifted: true, note: nil),
        TypeAssignment(id: 37, name: "IQ4_NL_4_4", status: .removed, formats: [], isShifted: true, note: nil),
        TypeAssignment(id: 38, name: "IQ4_NL_4_8", status: .removed, formats: [], isShifted: true, note: nil),
        TypeAssignment(id: 39, name: "IQ4_NL_8_8", status: .removed, formats: [], isShifted: true, note: nil),
        TypeAssignment(id: 40, name: "MXFP4", status: .assigned, formats: ["mxfp4"], isShifted: true, note: nil)
    ],
    ownFileTypes: [],
    notes: [
        "The introducing commit does not compile, so no file of R1 can have come from it.",
        "The numbers of the fork's Python package were never shifted; see the disagreements."
    ]
)
}

private let dialect5 = dialect5Made()
@_optimize(none) private func dialect5Made() -> Dialect {
Dialect(
    id: "fork-2025-11-29",
    title: "HIFI fork, shifted, Q3_HIFI R2 at 12",
    family: .fork,
    base: "fork-2025-11-27",
    since: Milestone(date: "2025-11-29 16:31", commit: "431fa1ec4"),
    until: Milestone(date: "2025-12-11 16:21", commit: "202510931"),
    ownTypes: [TypeAssignment(id: 12, name: "Q3_HIFI", status: .assigned, formats: ["q3_k_hifi@r2"], isShifted: false, note: nil)],
    ownFileTypes: [
        FileTypeAssignment(
            id: 39,
            name: "MOSTLY_Q3_HIFI",
            status: .assigned,
            mix: "u124",
            note: "Added within the period by 7d003b2cb and 3cf323500."
        )
    ],
    notes: []
)
}

private let dialect6 = dialect6Made()
@_optimize(none) private func dialect6Made() -> Dialect {
Dialect(
    id: "fork-2025-12-11",
    title: "HIFI fork, shifted, Q3_HIFI R3 or R4 at 12",
    family: .fork,
    base: "fork-2025-11-29",
    since: Milestone(date: "2025-12-11 16:21", commit: "202510931"),
    until: Milestone(date: "2025-12-11 21:24", commit: "31200f197"),
    ownTypes: [
        TypeAssignment(
            id: 12,
            name: "Q3_HIFI",
            status: .assigned,
            formats: ["q3_k_hifi@r3", "q3_k_hifi@r4"],
            isShifted: false,
            note: "R3 for 54 minutes until cc7c51d9a; same 116 bytes."
        )
    ],
    ownFileTypes: [FileTypeAssignment(id: 39, name: "MOSTLY_Q3_HIFI", status: .assigned, mix: "u116b", note: nil)],
    notes: []
)
}

private let dialect7 = dialect7Made()
@_optimize(none) private func dialect7Made() -> Dialect {
Dialect(
    id: "fork-2025-12-11-fast",
    title: "HIFI fork, shifted, R4 at 12 and R5 at 41 as Q3_HIFI_FAST",
    family: .fork,
    base: "fork-2025-12-11",
    since: Milestone(date: "2025-12-11 21:24", commit: "31200f197"),
    until: Milestone(date: "2025-12-12 10:59", commit: "1fb41ecd8"),
    ownTypes: [
        TypeAssignment(id: 12, name: "Q3_HIFI", status: .assigned, formats: ["q3_k_hifi@r4"], isShifted: false, note: nil),
        TypeAssignment(id: 41, name: "Q3_HIFI_FAST", status: .assigned, formats: ["q3_k_hifi@r5"], isShifted: false, note: nil)
    ],
    ownFileTypes: [FileTypeAssignment(id: 40, name: "MOSTLY_Q3_HIFI_FAST", status: .assigned, mix: "u128", note: nil)],
    notes: []
)
}

private let dialect8 = dialect8Made()
@_optimize(none) private func dialect8Made() -> Dialect {
Dialect(
    id: "fork-2025-12-12",
    title: "HIFI fork, shifted, R5 at 41 as Q3_HIFI, 12 reserved",
    family: .fork,
    base: "fork-2025-12-11-fast",
    since: Milestone(date: "2025-12-12 10:59", commit: "1fb41ecd8"),
    until: Milestone(date: "2025-12-13 21:26", commit: "c5bf27f5e"),
    ownTypes: [
        TypeAssignment(id: 12, name: "Q3_HIFI_OLD", status: .reserved, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 41, name: "Q3_HIFI", status: .assigned, formats: ["q3_k_hifi@r5"], isShifted: false, note: nil)
    ],
    ownFileTypes: [
        FileTypeAssignment(id: 39, name: "MOSTLY_Q3_HIFI", status: .reserved, mix: nil, note: nil),
        FileTypeAssignment(id: 40, name: "MOSTLY_Q3_HIFI", status: .assigned, mix: "u128", note: nil),
        FileTypeAssignment(id: 41, name: "MOSTLY_Q3_HIFI_A", status: .assigned, mix: "a1", note: "From 9344bfef3 on 2025-12-13.")
    ],
    notes: []
)
}

private let dialect9 = dialect9Made()
@_optimize(none) private func dialect9Made() -> Dialect {
Dialect(
    id: "fork-2025-12-13",
    title: "HIFI fork, shifted, R6 at 41 (the dialect of the published table)",
    family: .fork,
    base: "fork-2025-12-12",
    since: Milestone(date: "2025-12-13 21:26", commit: "c5bf27f5e"),
    until: Milestone(date: "2025-12-22 08:46", commit: "2c4049ec2"),
    ownTypes: [TypeAssignment(id: 41, name: "Q3_HIFI", status: .assigned, formats: ["q3_k_hifi@r6"], isShifted: false, note: nil)],
    ownFileTypes: [
        FileTypeAssignment(
            id: 40,
            name: "MOSTLY_Q3_HIFI",
            status: .assigned,
            mix: "u134",
            note: "Dropped by 0baa2c8fb on 2025-12-14."
        ),
        FileTypeAssignment(
            id: 41,
            name: "MOSTLY_Q3_HIFI",
            status: .assigned,
            mix: "q3_k_hifi",
            note: "Called MOSTLY_Q3_HIFI_A until 0baa2c8fb on 2025-12-14."
        )
    ],
    notes: [
        "A published-table file labels Q3_HIFI tensors 41, Q4_K tensors 13 and Q6_K tensors 15; Q3_K, F32 and F16 keep their numbers."
    ]
)
}

private let dialect10 = dialect10Made()
@_optimize(none) private func dialect10Made() -> Dialect {
Dialect(
    id: "fork-2025-12-22-early",
    title: "HIFI fork, shifted, R6 at 12, for 38 minutes",
    family: .fork,
    base: "fork-2025-12-13",
    since: Milestone(date: "2025-12-22 08:46", commit: "2c4049ec2"),
    until: Milestone(date: "2025-12-22 09:24", commit: "e4fd98f81"),
    ownTypes: [
        TypeAssignment(id: 12, name: "Q3_HIFI", status: .assigned, formats: ["q3_k_hifi@r6"], isShifted: false, note: nil),
        TypeAssignment(id: 41, name: "", status: .unassigned, formats: [], isShifted: false, note: nil)
    ],
    ownFileTypes: [FileTypeAssignment(id: 40, name: "MOSTLY_Q3_HIFI", status: .reserved, mix: nil, note: nil)],
    notes: []
)
}

private let dialect11 = dialect11Made()
@_optimize(none) private func dialect11Made() -> Dialect {
Dialect(
    id: "fork-2025-12-22",
    title: "HIFI fork, stock numbers restored, R6 at 40",
    family: .fork,
    base: "upstream-2025-08-05",
    since: Milestone(date: "2025-12-22 09:24", commit: "e4fd98f81"),
    until: Milestone(date: "2025-12-27", commit: "2128f33c0"),
    ownTypes: [TypeAssignment(id: 40, name: "Q3_HIFI", status: .assigned, formats: ["q3_k_hifi@r6"], isShifted: false, note: nil)],
    ownFileTypes: [FileTypeAssignment(id: 41, name: "MOSTLY_Q3_HIFI", status: .assigned, mix: "q3_k_hifi", note: nil)],
    notes: []
)
}

private let dialect12 = dialect12Made()
@_optimize(none) private func dialect12Made() -> Dialect {
Dialect(
    id: "fork-2025-12-27",
    title: "HIFI fork, with Q6_K_HIFI at 41 and Q6_K_HIFI_DYNAMIC at 42",
    family: .fork,
    base: "fork-2025-12-22",
    since: Milestone(date: "2025-12-27", commit: "2128f33c0"),
    until: Milestone(date: "2025-12-30", commit: nil),
    ownTypes: [
        TypeAssignment(id: 41, name: "Q6_K_HIFI", status: .assigned, formats: ["q6_k_hifi"], isShifted: false, note: nil),
        TypeAssignment(
            id: 42,
            name: "Q6_K_HIFI_DYN",
            status: .assigned,
            formats: ["q6_k_hifi_dynamic"],
            isShifted: false,
            note: nil
        )
    ],
    ownFileTypes: [
        FileTypeAssignment(
            id: 41,
            name: "MOSTLY_Q3_HIFI",
            status: .reserved,
            mix: nil,
            note: "Removed; until 2026-01-09 no file type leads to the Q3 HIFI type."
        ),
        FileTypeAssignment(
            id: 42,
            name: "MOSTLY_Q4_HIFI_M",
            status: .assigned,
            mix: nil,
            note: "The day of introduction is not known exactly."
        ),
        FileTypeAssignment(
            id: 43,
            name: "MOSTLY_Q4_KM_HIFI",
            status: .assigned,
            mix: nil,
            note: "The day of introduction is not known exactly."
        ),
        FileTypeAssignment(
            id: 44,
            name: "MOSTLY_Q4_KM_HIFI_DYN",
            status: .assigned,
            mix: nil,
            note: "Later Q4_HIFI and then Q4_K_HIFI under the same number; days not known exactly."
        )
    ],
    notes: []
)
}

private let dialect13 = dialect13Made()
@_optimize(none) private func dialect13Made() -> Dialect {
Dialect(
    id: "fork-2025-12-30",
    title: "HIFI fork, with Q6_K_HIFI_RES8 at 43",
    family: .fork,
    base: "fork-2025-12-27",
    since: Milestone(date: "2025-12-30", commit: nil),
    until: Milestone(date: "2026-01-05", commit: "912730801"),
    ownTypes: [
        TypeAssignment(
            id: 43,
            name: "Q6_K_HIFI_RES8",
            status: .assigned,
            formats: ["q6_k_hifi_res8"],
            isShifted: false,
            note: nil
        )
    ],
    ownFileTypes: [],
    notes: []
)
}

private let dialect14 = dialect14Made()
@_optimize(none) private func dialect14Made() -> Dialect {
Dialect(
    id: "fork-2026-01-05",
    title: "HIFI fork, with Q5_K_HIFI_RES8 (200 bytes) at 44",
    family: .fork,
    base: "fork-2025-12-30",
    since: Milestone(date: "2026-01-05", commit: "912730801"),
    until: Milestone(date: "2026-01-09", commit: "c55c8afb7"),
    ownTypes: [
        TypeAssignment(
            id: 44,
            name: "Q5_K_HIFI_RES8",
            status: .assigned,
            formats: ["q5_k_hifi_res8@f32"],
            isShifted: false,
            note: nil
        ),
        TypeAssignment(
            id: 45,
            name: "Q5_K_HIFI_HYBRID",
            status: .reserved,
            formats: [],
            isShifted: false,
            note: "Existed for 38 minutes on 2026-01-06, 83fc1862a to d44aa641c; its layout is not specified here."
        )
    ],
    ownFileTypes: [],
    notes: []
)
}

private let dialect15 = dialect15Made()
@_optimize(none) private func dialect15Made() -> Dialect {
Dialect(
    id: "fork-2026-01-09",
    title: "HIFI fork, Q3_HIFI renamed Q3_K_HIFI with file type 45",
    family: .fork,
    base: "fork-2026-01-05",
    since: Milestone(date: "2026-01-09", commit: "c55c8afb7"),
    until: Milestone(date: "2026-01-17 13:27", commit: "3c1480f35"),
    ownTypes: [
        TypeAssignment(id: 40, name: "Q3_K_HIFI", status: .assigned, formats: ["q3_k_hifi@r6"], isShifted: false, note: nil),
        TypeAssignment(id: 45, name: "", status: .unassigned, formats: [], isShifted: false, note: nil)
    ],
    ownFileTypes: [
        FileTypeAssignment(
            id: 45,
            name: "MOSTLY_Q3_K_HIFI",
            status: .assigned,
            mix: "j09",
            note: "Routed like Q3_K_M; J15 and J16 followed on 01-15 and 01-16. Writes no Q3_K_HIFI tensor."
        )
    ],
    notes: []
)
}

private let dialect16 = dialect16Made()
@_optimize(none) private func dialect16Made() -> Dialect {
Dialect(
    id: "fork-2026-01-17",
    title: "HIFI fork, R7 at 40 (sixteen residuals)",
    family: .fork,
    base: "fork-2026-01-09",
    since: Milestone(date: "2026-01-17 13:27", commit: "3c1480f35"),
    until: Milestone(date: "2026-01-18", commit: "4660add54"),
    ownTypes: [
        TypeAssignment(
            id: 40,
            name: "Q3_K_HIFI",
            status: .assigned,
            formats: ["q3_k_hifi@r7a", "q3_k_hifi@r6"],
            isShifted: false,
            note: "893e8ab82 of the same day goes back to eight outliers until 4660add54; the sizes 160 and 134 distinguish the two."
        )
    ],
    ownFileTypes: [
        FileTypeAssignment(
            id: 45,
            name: "MOSTLY_Q3_K_HIFI",
            status: .assigned,
            mix: "j17a",
            note: "J17b from a557bf7d4 of the same day."
        )
    ],
    notes: []
)
}

private let dialect17 = dialect17Made()
@_optimize(none) private func dialect17Made() -> Dialect {
Dialect(
    id: "fork-2026-01-18",
    title: "HIFI fork, R7 at 40, Q3_K_HIFI_RES8 at 45",
    family: .fork,
    base: "fork-2026-01-17",
    since: Milestone(date: "2026-01-18", commit: "4660add54"),
    until: Milestone(date: "2026-01-26 13:16", commit: "1fb549455"),
    ownTypes: [
        TypeAssignment(id: 40, name: "Q3_K_HIFI", status: .assigned, formats: ["q3_k_hifi@r7a"], isShifted: false, note: nil),
        TypeAssignment(
            id: 45,
            name: "Q3_K_HIFI_RES8",
            status: .assigned,
            formats: ["q3_k_hifi_res8"],
            isShifted: false,
            note: nil
        )
    ],
    ownFileTypes: [
        FileTypeAssignment(
            id: 45,
            name: "MOSTLY_Q3_K_HIFI",
            status: .assigned,
            mix: "j18",
            note: "Then J19 (01-19), J20a and J20b (01-20), J25 (01-25), J26a and J26b (01-26)."
        )
    ],
    notes: []
)
}

private let dialect18 = dialect18Made()
@_optimize(none) private func dialect18Made() -> Dialect {
Dialect(
    id: "fork-2026-01-26",
    title: "HIFI fork, the day of the flips, R7b to R7f at 40",
    family: .fork,
    base: "fork-2026-01-18",
    since: Milestone(date: "2026-01-26 13:16", commit: "1fb549455"),
    until: Milestone(date: "2026-01-26 20:40", commit: "d10765359"),
    ownTypes: [
        TypeAssignment(
            id: 40,
            name: "Q3_K_HIFI",
            status: .assigned,
            formats: ["q3_k_hifi@r7b", "q3_k_hifi@r7c", "q3_k_hifi@r7d", "q3_k_hifi@r7e", "q3_k_hifi@r7f"],
            isShifted: false,
            note: "Add, replace, add, replace, add within six hours; the same 160 bytes and no mark."
        )
    ],
    ownFileTypes: [FileTypeAssignment(id: 45, name: "MOSTLY_Q3_K_HIFI", status: .assigned, mix: "j26b", note: nil)],
    notes: []
)
}

private let dialect19 = dialect19Made()
@_optimize(none) private func dialect19Made() -> Dialect {
Dialect(
    id: "fork-2026-01-26-sparse",
    title: "HIFI fork, R8 at 40 for 65 minutes",
    family: .fork,
    base: "fork-2026-01-26",
    since: Milestone(date: "2026-01-26 20:40", commit: "d10765359"),
    until: Milestone(date: "2026-01-26 21:45", commit: "aed2bd56a"),
    ownTypes: [TypeAssignment(id: 40, name: "Q3_K_HIFI", status: .assigned, formats: ["q3_k_hifi@r8"], isShifted: false, note: nil)],
    ownFileTypes: [],
    notes: []
)
}

private let dialect20 = dialect20Made()
@_optimize(none) private func dialect20Made() -> Dialect {
Dialect(
    id: "fork-2026-01-26-late",
    title: "HIFI fork, R9 at 40",
    family: .fork,
    base: "fork-2026-01-26-sparse",
    since: Milestone(date: "2026-01-26 21:45", commit: "aed2bd56a"),
    until: Milestone(date: "2026-02-03 12:55", commit: "339651b02"),
    ownTypes: [TypeAssignment(id: 40, name: "Q3_K_HIFI", status: .assigned, formats: ["q3_k_hifi@r9"], isShifted: false, note: nil)],
    ownFileTypes: [],
    notes: []
)
}

private let dialect21 = dialect21Made()
@_optimize(none) private func dialect21Made() -> Dialect {
Dialect(
    id: "fork-2026-02-03",
    title: "HIFI fork, R10 and R11 at 40",
    family: .fork,
    base: "fork-2026-01-26-late",
    since: Milestone(date: "2026-02-03 12:55", commit: "339651b02"),
    until: Milestone(date: "2026-02-03 20:58", commit: "1dfd07fe6"),
    ownTypes: [
        TypeAssignment(
            id: 40,
            name: "Q3_K_HIFI",
            status: .assigned,
            formats: ["q3_k_hifi@r10", "q3_k_hifi@r11"],
            isShifted: false,
            note: "R11 from 281d10e83 at 17:48; 160 and 159 bytes in files written by the CPU library."
        )
    ],
    ownFileTypes: [],
    notes: ["GPU builds compile the same structs with natural alignment and so expect 162 bytes for R10 and 160 for R11."]
)
}

private let dialect22 = dialect22Made()
@_optimize(none) private func dialect22Made() -> Dialect {
Dialect(
    id: "fork-2026-02-03-late",
    title: "HIFI fork, R12a at 40",
    family: .fork,
    base: "fork-2026-02-03",
    since: Milestone(date: "2026-02-03 20:58", commit: "1dfd07fe6"),
    until: Milestone(date: "2026-02-04 11:03", commit: "3012872a3"),
    ownTypes: [TypeAssignment(id: 40, name: "Q3_K_HIFI", status: .assigned, formats: ["q3_k_hifi@r12a"], isShifted: false, note: nil)],
    ownFileTypes: [],
    notes: []
)
}

private let dialect23 = dialect23Made()
@_optimize(none) private func dialect23Made() -> Dialect {
Dialect(
    id: "fork-2026-02-04",
    title: "HIFI fork, R12b at 40",
    family: .fork,
    base: "fork-2026-02-03-late",
    since: Milestone(date: "2026-02-04 11:03", commit: "3012872a3"),
    until: Milestone(date: "2026-02-08 17:15", commit: "3b2aa1a6f"),
    ownTypes: [TypeAssignment(id: 40, name: "Q3_K_HIFI", status: .assigned, formats: ["q3_k_hifi@r12b"], isShifted: false, note: nil)],
    ownFileTypes: [],
    notes: []
)
}

private let dialect24 = dialect24Made()
@_optimize(none) private func dialect24Made() -> Dialect {
Dialect(
    id: "fork-2026-02-08",
    title: "HIFI fork, R12c at 40",
    family: .fork,
    base: "fork-2026-02-04",
    since: Milestone(date: "2026-02-08 17:15", commit: "3b2aa1a6f"),
    until: Milestone(date: "2026-02-11", commit: nil),
    ownTypes: [TypeAssignment(id: 40, name: "Q3_K_HIFI", status: .assigned, formats: ["q3_k_hifi@r12c"], isShifted: false, note: nil)],
    ownFileTypes: [FileTypeAssignment(id: 45, name: "MOSTLY_Q3_K_HIFI", status: .assigned, mix: "f08", note: nil)],
    notes: []
)
}

private let dialect25 = dialect25Made()
@_optimize(none) private func dialect25Made() -> Dialect {
Dialect(
    id: "fork-2026-02-11",
    title: "HIFI fork, with Q4_K_HIFI at 46",
    family: .fork,
    base: "fork-2026-02-08",
    since: Milestone(date: "2026-02-11", commit: nil),
    until: Milestone(date: "2026-02-13", commit: "f6b163dad"),
    ownTypes: [TypeAssignment(id: 46, name: "Q4_K_HIFI", status: .assigned, formats: ["q4_k_hifi"], isShifted: false, note: nil)],
    ownFileTypes: [FileTypeAssignment(id: 44, name: "MOSTLY_Q4_K_HIFI", status: .assigned, mix: nil, note: nil)],
    notes: []
)
}

private let dialect26 = dialect26Made()
@_optimize(none) private func dialect26Made() -> Dialect {
Dialect(
    id: "fork-2026-02-13",
    title: "HIFI fork, Q5_K_HIFI_RES8 shortened to 196 bytes",
    family: .fork,
    base: "fork-2026-02-11",
    since: Milestone(date: "2026-02-13", commit: "f6b163dad"),
    until: Milestone(date: "2026-02-22", commit: nil),
    ownTypes: [
        TypeAssignment(
            id: 44,
            name: "Q5_K_HIFI_RES8",
            status: .assigned,
            formats: ["q5_k_hifi_res8"],
            isShifted: false,
            note: nil
        )
    ],
    ownFileTypes: [],
    notes: []
)
}

private let dialect27 = dialect27Made()
@_optimize(none) private func dialect27Made() -> Dialect {
Dialect(
    id: "fork-2026-02-22",
    title: "HIFI fork, with Q2_K_HIFI at 47",
    family: .fork,
    base: "fork-2026-02-13",
    since: Milestone(date: "2026-02-22", commit: nil),
    until: Milestone(date: "2026-03-04", commit: "1ac343467"),
    ownTypes: [TypeAssignment(id: 47, name: "Q2_K_HIFI", status: .assigned, formats: ["q2_k_hifi"], isShifted: false, note: nil)],
    ownFileTypes: [
        FileTypeAssignment(
            id: 46,
            name: "MOSTLY_Q5_K_HIFI",
            status: .assigned,
            mix: nil,
            note: "The day of introduction is not known exactly."
        ),
        FileTypeAssignment(id: 47, name: "MOSTLY_Q2_K_HIFI", status: .assigned, mix: nil, note: nil)
    ],
    notes: []
)
}

private let dialect28 = dialect28Made()
@_optimize(none) private func dialect28Made() -> Dialect {
Dialect(
    id: "fork-2026-03-04",
    title: "HIFI fork, with the TURBO types at 48 to 52",
    family: .fork,
    base: "fork-2026-02-22",
    since: Milestone(date: "2026-03-04", commit: "1ac343467"),
    until: Milestone(date: "2026-03-08", commit: "6526b9c30"),
    ownTypes: [
        TypeAssignment(id: 48, name: "Q2_K_TURBO", status: .assigned, formats: ["q2_k_turbo"], isShifted: false, note: nil),
        TypeAssignment(id: 49, name: "Q3_K_TURBO", status: .assigned, formats: ["q3_k_turbo"], isShifted: false, note: nil),
        TypeAssignment(id: 50, name: "Q4_K_TURBO", status: .assigned, formats: ["q4_k_turbo"], isShifted: false, note: nil),
        TypeAssignment(id: 51, name: "Q5_K_TURBO", status: .assigned, formats: ["q5_k_turbo"], isShifted: false, note: nil),
        TypeAssignment(id: 52, name: "Q6_K_TURBO", status: .assigned, formats: ["q6_k_turbo"], isShifted: false, note: nil)
    ],
    ownFileTypes: [
        FileTypeAssignment(id: 48, name: "MOSTLY_Q2_K_TURBO", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 49, name: "MOSTLY_Q3_K_TURBO", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 50, name: "MOSTLY_Q4_K_TURBO", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 51, name: "MOSTLY_Q5_K_TURBO", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 52, name: "MOSTLY_Q6_K_TURBO", status: .assigned, mix: nil, note: nil)
    ],
    notes: []
)
}

private let dialect29 = dialect29Made()
@_optimize(none) private func dialect29Made() -> Dialect {
Dialect(
    id: "fork-2026-03-08",
    title: "HIFI fork, TURBO types rebuilt on the next smaller base",
    family: .fork,
    base: "fork-2026-03-04",
    since: Milestone(date: "2026-03-08", commit: "6526b9c30"),
    until: Milestone(date: "2026-03-15", commit: "e6656fb00"),
    ownTypes: [
        TypeAssignment(id: 48, name: "Q2_K_TURBO", status: .assigned, formats: ["q2_k_lite"], isShifted: false, note: nil),
        TypeAssignment(id: 49, name: "Q3_K_TURBO", status: .assigned, formats: ["q3_k_lite"], isShifted: false, note: nil),
        TypeAssignment(id: 50, name: "Q4_K_TURBO", status: .assigned, formats: ["q4_k_lite"], isShifted: false, note: nil),
        TypeAssignment(id: 51, name: "Q5_K_TURBO", status: .assigned, formats: ["q5_k_lite"], isShifted: false, note: nil),
        TypeAssignment(id: 52, name: "Q6_K_TURBO", status: .assigned, formats: ["q6_k_lite"], isShifted: false, note: nil)
    ],
    ownFileTypes: [],
    notes: []
)
}

private let dialect30 = dialect30Made()
@_optimize(none) private func dialect30Made() -> Dialect {
Dialect(
    id: "fork-2026-03-15",
    title: "HIFI fork, TURBO renamed LITE, NVFP4 merged at 53",
    family: .fork,
    base: "fork-2026-03-08",
    since: Milestone(date: "2026-03-15", commit: "e6656fb00"),
    until: Milestone(date: "2026-04-11", commit: "40d639ded"),
    ownTypes: [
        TypeAssignment(id: 48, name: "Q2_K_LITE", status: .assigned, formats: ["q2_k_lite"], isShifted: false, note: nil),
        TypeAssignment(id: 49, name: "Q3_K_LITE", status: .assigned, formats: ["q3_k_lite"], isShifted: false, note: nil),
        TypeAssignment(id: 50, name: "Q4_K_LITE", status: .assigned, formats: ["q4_k_lite"], isShifted: false, note: nil),
        TypeAssignment(id: 51, name: "Q5_K_LITE", status: .assigned, formats: ["q5_k_lite"], isShifted: false, note: nil),
        TypeAssignment(id: 52, name: "Q6_K_LITE", status: .assigned, formats: ["q6_k_lite"], isShifted: false, note: nil),
        TypeAssignment(
            id: 53,
            name: "NVFP4",
            status: .assigned,
            formats: ["nvfp4"],
            isShifted: true,
            note: "Merge c1db1904e; upstream has it at 40."
        )
    ],
    ownFileTypes: [
        FileTypeAssignment(id: 48, name: "MOSTLY_Q2_K_LITE", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 49, name: "MOSTLY_Q3_K_LITE", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 50, name: "MOSTLY_Q4_K_LITE", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 51, name: "MOSTLY_Q5_K_LITE", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 52, name: "MOSTLY_Q6_K_LITE", status: .assigned, mix: nil, note: nil)
    ],
    notes: []
)
}

private let dialect31 = dialect31Made()
@_optimize(none) private func dialect31Made() -> Dialect {
Dialect(
    id: "fork-2026-04-11",
    title: "HIFI fork, renumbered, R12c at 42 (newest dated dialect)",
    family: .fork,
    base: "upstream-2026-04-06",
    since: Milestone(date: "2026-04-11", commit: "40d639ded"),
    until: nil,
    ownTypes: [
        TypeAssignment(id: 42, name: "Q3_K_HIFI", status: .assigned, formats: ["q3_k_hifi@r12c"], isShifted: false, note: nil),
        TypeAssignment(id: 43, name: "Q6_K_HIFI", status: .assigned, formats: ["q6_k_hifi"], isShifted: false, note: nil),
        TypeAssignment(
            id: 44,
            name: "Q6_K_HIFI_DYN",
            status: .assigned,
            formats: ["q6_k_hifi_dynamic"],
            isShifted: false,
            note: nil
        ),
        TypeAssignment(
            id: 45,
            name: "Q6_K_HIFI_RES8",
            status: .assigned,
            formats: ["q6_k_hifi_res8"],
            isShifted: false,
            note: nil
        ),
        TypeAssignment(
            id: 46,
            name: "Q5_K_HIFI_RES8",
            status: .assigned,
            formats: ["q5_k_hifi_res8"],
            isShifted: false,
            note: nil
        ),
        TypeAssignment(
            id: 47,
            name: "Q3_K_HIFI_RES8",
            status: .assigned,
            formats: ["q3_k_hifi_res8"],
            isShifted: false,
            note: nil
        ),
        TypeAssignment(id: 48, name: "Q4_K_HIFI", status: .assigned, formats: ["q4_k_hifi"], isShifted: false, note: nil),
        TypeAssignment(id: 49, name: "Q2_K_HIFI", status: .assigned, formats: ["q2_k_hifi"], isShifted: false, note: nil),
        TypeAssignment(id: 50, name: "Q2_K_LITE", status: .assigned, formats: ["q2_k_lite"], isShifted: false, note: nil),
        TypeAssignment(id: 51, name: "Q3_K_LITE", status: .assigned, formats: ["q3_k_lite"], isShifted: false, note: nil),
        TypeAssignment(id: 52, name: "Q4_K_LITE", status: .assigned, formats: ["q4_k_lite"], isShifted: false, note: nil),
        TypeAssignment(id: 53, name: "Q5_K_LITE", status: .assigned, formats: ["q5_k_lite"], isShifted: false, note: nil),
        TypeAssignment(id: 54, name: "Q6_K_LITE", status: .assigned, formats: ["q6_k_lite"], isShifted: false, note: nil)
    ],
    ownFileTypes: [
        FileTypeAssignment(id: 41, name: "legacy HIFI", status: .reserved, mix: nil, note: nil),
        FileTypeAssignment(id: 42, name: "legacy HIFI", status: .reserved, mix: nil, note: nil),
        FileTypeAssignment(id: 43, name: "legacy HIFI", status: .reserved, mix: nil, note: nil),
        FileTypeAssignment(id: 44, name: "MOSTLY_Q4_K_HIFI", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 45, name: "MOSTLY_Q3_K_HIFI", status: .assigned, mix: "f08", note: nil),
        FileTypeAssignment(id: 46, name: "MOSTLY_Q5_K_HIFI", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 47, name: "MOSTLY_Q2_K_HIFI", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 48, name: "MOSTLY_Q2_K_LITE", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 49, name: "MOSTLY_Q3_K_LITE", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 50, name: "MOSTLY_Q4_K_LITE", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 51, name: "MOSTLY_Q5_K_LITE", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 52, name: "MOSTLY_Q6_K_LITE", status: .assigned, mix: nil, note: nil)
    ],
    notes: ["Still in force at e7fdbc586 of 2026-04-19, the newest dated commit; upstream took 42 for Q2_0 on 2026-07-07."]
)
}

private let dialect32 = dialect32Made()
@_optimize(none) private func dialect32Made() -> Dialect {
Dialect(
    id: "fork-report",
    title: "HIFI re-port, undated snapshots after 2026-04, R13 at 42",
    family: .fork,
    base: "fork-2026-04-11",
    since: nil,
    until: nil,
    ownTypes: [TypeAssignment(id: 42, name: "Q3_K_HIFI", status: .assigned, formats: ["q3_k_hifi@r13"], isShifted: false, note: nil)],
    ownFileTypes: [],
    notes: [
        "Known from undated snapshots 21b6cc82b, 9219ce858 and ddc30d423 only. Some derived headers carry the R13 layout under 40.",
        "Its residual types decode 127 times smaller than the dated fork does (defect B29); layouts and numbers are the same."
    ]
)
}

private let dialect33 = dialect33Made()
@_optimize(none) private func dialect33Made() -> Dialect {
Dialect(
    id: "fork-derived",
    title: "Headers derived from the HIFI fork, R13 under the old number 40",
    family: .fork,
    base: "fork-2026-02-22",
    since: nil,
    until: nil,
    ownTypes: [
        TypeAssignment(
            id: 40,
            name: "Q3_K_HIFI",
            status: .assigned,
            formats: ["q3_k_hifi@r13"],
            isShifted: false,
            note: "Found in stored source trees without a date; one derived kernel instead stops at the first fp16 zero."
        )
    ],
    ownFileTypes: [],
    notes: []
)
}

private let dialect34 = dialect34Made()
@_optimize(none) private func dialect34Made() -> Dialect {
Dialect(
    id: "fork-python-2025-12",
    title: "gguf-py of the fork, upstream numbers with Q3_HIFI at 41",
    family: .forkPython,
    base: "upstream-2025-08-05",
    since: Milestone(date: nil, commit: "d83449454"),
    until: Milestone(date: "2026-01-01", commit: "eed04a7fd"),
    ownTypes: [
        TypeAssignment(
            id: 41,
            name: "Q3_HIFI",
            status: .assigned,
            formats: ["q3_k_hifi@r5", "q3_k_hifi@r6"],
            isShifted: false,
            note: "128 bytes while the library had R5 and 134 afterwards."
        )
    ],
    ownFileTypes: [
        FileTypeAssignment(id: 40, name: "MOSTLY_Q3_HIFI", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 41, name: "MOSTLY_Q3_K_HIFI", status: .assigned, mix: nil, note: nil)
    ],
    notes: ["It reads shifted K-quant tensors of the library under the wrong names and would write them under the wrong numbers."]
)
}

private let dialect35 = dialect35Made()
@_optimize(none) private func dialect35Made() -> Dialect {
Dialect(
    id: "fork-python-2026-01",
    title: "gguf-py of the fork, upstream numbers with Q3_HIFI at 40",
    family: .forkPython,
    base: "upstream-2025-08-05",
    since: Milestone(date: "2026-01-01", commit: "eed04a7fd"),
    until: nil,
    ownTypes: [
        TypeAssignment(
            id: 40,
            name: "Q3_K_HIFI",
            status: .assigned,
            formats: ["q3_k_hifi@r6", "q3_k_hifi@r7a"],
            isShifted: false,
            note: "134 bytes until 3bcbede41 of 2026-01-25, then 160 for good, with an adding decoder."
        )
    ],
    ownFileTypes: [
        FileTypeAssignment(id: 41, name: "MOSTLY_Q3_K_HIFI", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 45, name: "MOSTLY_Q3_K_HIFI_NEW", status: .assigned, mix: nil, note: nil)
    ],
    notes: []
)
}

private let dialect36 = dialect36Made()
@_optimize(none) private func dialect36Made() -> Dialect {
Dialect(
    id: "ik-llama",
    title: "ik_llama.cpp (8337e4cd3, 2026-08-15)",
    family: .other,
    base: "upstream-2025-08-05",
    since: nil,
    until: nil,
    ownTypes: [
        TypeAssignment(
            id: 15,
            name: "Q8_K",
            status: .assigned,
            formats: ["q8_k@ik"],
            isShifted: false,
            note: "296 bytes, upstream's has 292: no file holds either.",
            use: .working
        ),
        TypeAssignment(
            id: 31,
            name: "Q4_0_4_4",
            status: .assigned,
            formats: ["q4_0_4x4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "q4_0",
            isWritten: true
        ),
        TypeAssignment(
            id: 32,
            name: "Q4_0_4_8",
            status: .assigned,
            formats: ["q4_0_4x8"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "q4_0",
            isWritten: true
        ),
        TypeAssignment(
            id: 33,
            name: "Q4_0_8_8",
            status: .assigned,
            formats: ["q4_0_8x8"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "q4_0",
            isWritten: true
        ),
        TypeAssignment(id: 34, name: "", status: .unassigned, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 35, name: "", status: .unassigned, formats: [], isShifted: false, note: nil),
        TypeAssignment(
            id: 36,
            name: "I2_S",
            status: .assigned,
            formats: ["i2_s"],
            isShifted: false,
            note: "Read for files of Microsoft's BitNet, whose llama.cpp gave it the number; two bits a weight, and 32 bytes at the end of each tensor."
        ),
        TypeAssignment(id: 37, name: "", status: .unassigned, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 38, name: "", status: .unassigned, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 41, name: "Q1_0_G128", status: .assigned, formats: ["q1_0"], isShifted: false, note: nil),
        TypeAssignment(
            id: 97,
            name: "Q8_0_X4",
            status: .assigned,
            formats: ["q8_0_x4"],
            isShifted: false,
            note: nil,
            use: .working
        ),
        TypeAssignment(
            id: 98,
            name: "Q8_1_X4",
            status: .assigned,
            formats: ["q8_1_x4"],
            isShifted: false,
            note: nil,
            use: .working
        ),
        TypeAssignment(
            id: 99,
            name: "Q8_2_X4",
            status: .assigned,
            formats: ["q8_2_x4"],
            isShifted: false,
            note: nil,
            use: .working
        ),
        TypeAssignment(id: 133, name: "Q6_0", status: .assigned, formats: ["q6_0"], isShifted: false, note: nil),
        TypeAssignment(id: 134, name: "IQ1_BN", status: .assigned, formats: ["iq1_bn"], isShifted: false, note: nil),
        TypeAssignment(id: 135, name: "IQ2_BN", status: .assigned, formats: ["iq2_bn"], isShifted: false, note: nil),
        TypeAssignment(
            id: 136,
            name: "Q8_K64",
            status: .assigned,
            formats: ["q8_k64"],
            isShifted: false,
            note: nil,
            use: .working
        ),
        TypeAssignment(id: 137, name: "IQ2_K", status: .assigned, formats: ["iq2_k"], isShifted: false, note: nil),
        TypeAssignment(id: 138, name: "IQ3_K", status: .assigned, formats: ["iq3_k"], isShifted: false, note: nil),
        TypeAssignment(id: 139, name: "IQ4_K", status: .assigned, formats: ["iq4_k"], isShifted: false, note: nil),
        TypeAssignment(id: 140, name: "IQ5_K", status: .assigned, formats: ["iq5_k"], isShifted: false, note: nil),
        TypeAssignment(id: 141, name: "IQ6_K", status: .assigned, formats: ["iq6_k"], isShifted: false, note: nil),
        TypeAssignment(id: 142, name: "IQ2_TN", status: .removed, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 143, name: "IQ1_TN", status: .removed, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 144, name: "IQ4_KS", status: .assigned, formats: ["iq4_ks"], isShifted: false, note: nil),
        TypeAssignment(id: 145, name: "IQ2_KS", status: .assigned, formats: ["iq2_ks"], isShifted: false, note: nil),
        TypeAssignment(id: 146, name: "IQ4_KSS", status: .assigned, formats: ["iq4_kss"], isShifted: false, note: nil),
        TypeAssignment(
            id: 147,
            name: "Q8_K16",
            status: .assigned,
            formats: ["q8_k16"],
            isShifted: false,
            note: nil,
            use: .working
        ),
        TypeAssignment(
            id: 148,
            name: "Q8_K32",
            status: .assigned,
            formats: ["q8_k32"],
            isShifted: false,
            note: nil,
            use: .working
        ),
        TypeAssignment(
            id: 149,
            name: "Q8_KR8",
            status: .assigned,
            formats: ["q8_kr8"],
            isShifted: false,
            note: nil,
            use: .working
        ),
        TypeAssignment(
            id: 150,
            name: "Q8_K128",
            status: .assigned,
            formats: ["q8_k128"],
            isShifted: false,
            note: nil,
            use: .working
        ),
        TypeAssignment(id: 151, name: "Q8_KV", status: .assigned, formats: ["q8_kv"], isShifted: false, note: nil),
        TypeAssignment(id: 152, name: "IQ5_KS", status: .assigned, formats: ["iq5_ks"], isShifted: false, note: nil),
        TypeAssignment(id: 153, name: "IQ2_KT", status: .assigned, formats: ["iq2_kt"], isShifted: false, note: nil),
        TypeAssignment(id: 154, name: "IQ3_KT", status: .assigned, formats: ["iq3_kt"], isShifted: false, note: nil),
        TypeAssignment(id: 155, name: "IQ4_KT", status: .assigned, formats: ["iq4_kt"], isShifted: false, note: nil),
        TypeAssignment(id: 156, name: "IQ3_KS", status: .assigned, formats: ["iq3_ks"], isShifted: false, note: nil),
        TypeAssignment(id: 157, name: "IQ2_KL", status: .assigned, formats: ["iq2_kl"], isShifted: false, note: nil),
        TypeAssignment(id: 158, name: "IQ1_KT", status: .assigned, formats: ["iq1_kt"], isShifted: false, note: nil),
        TypeAssignment(
            id: 202,
            name: "Q4_0_R8",
            status: .assigned,
            formats: ["q4_0_r8"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "q4_0",
            isWritten: true
        ),
        TypeAssignment(
            id: 206,
            name: "Q5_0_R4",
            status: .assigned,
            formats: ["q5_0_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "q5_0",
            isWritten: true
        ),
        TypeAssignment(
            id: 208,
            name: "Q8_0_R8",
            status: .assigned,
            formats: ["q8_0_r8"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "q8_0",
            isWritten: true
        ),
        TypeAssignment(
            id: 210,
            name: "Q2_K_R4",
            status: .assigned,
            formats: ["q2_k_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "q2_k",
            isWritten: true
        ),
        TypeAssignment(
            id: 211,
            name: "Q3_K_R4",
            status: .assigned,
            formats: ["q3_k_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "q3_k",
            isWritten: true
        ),
        TypeAssignment(
            id: 212,
            name: "Q4_K_R4",
            status: .assigned,
            formats: ["q4_k_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "q4_k",
            isWritten: true
        ),
        TypeAssignment(
            id: 213,
            name: "Q5_K_R4",
            status: .assigned,
            formats: ["q5_k_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "q5_k",
            isWritten: true
        ),
        TypeAssignment(
            id: 214,
            name: "Q6_K_R4",
            status: .assigned,
            formats: ["q6_k_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "q6_k",
            isWritten: true
        ),
        TypeAssignment(
            id: 216,
            name: "IQ2_XXS_R4",
            status: .assigned,
            formats: ["iq2_xxs_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq2_xxs",
            isWritten: true
        ),
        TypeAssignment(
            id: 217,
            name: "IQ2_XS_R4",
            status: .assigned,
            formats: ["iq2_xs_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq2_xs",
            isWritten: true
        ),
        TypeAssignment(
            id: 218,
            name: "IQ3_XXS_R4",
            status: .assigned,
            formats: ["iq3_xxs_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq3_xxs",
            isWritten: true
        ),
        TypeAssignment(
            id: 219,
            name: "IQ1_S_R4",
            status: .assigned,
            formats: ["iq1_s_r4"],
            isShifted: false,
            note: "A format of its own with four rows interleaved: its blocks are not those of IQ1_S."
        ),
        TypeAssignment(
            id: 220,
            name: "IQ4_NL_R4",
            status: .assigned,
            formats: ["iq4_nl_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq4_nl",
            isWritten: true
        ),
        TypeAssignment(
            id: 221,
            name: "IQ3_S_R4",
            status: .assigned,
            formats: ["iq3_s_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq3_s",
            isWritten: true
        ),
        TypeAssignment(
            id: 222,
            name: "IQ2_S_R4",
            status: .assigned,
            formats: ["iq2_s_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq2_s",
            isWritten: true
        ),
        TypeAssignment(
            id: 223,
            name: "IQ4_XS_R8",
            status: .assigned,
            formats: ["iq4_xs_r8"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq4_xs",
            isWritten: true
        ),
        TypeAssignment(
            id: 229,
            name: "IQ1_M_R4",
            status: .assigned,
            formats: ["iq1_m_r4"],
            isShifted: false,
            note: "A format of its own with four rows interleaved: its blocks are not those of IQ1_M."
        ),
        TypeAssignment(
            id: 230,
            name: "BF16_R16",
            status: .assigned,
            formats: ["bf16_r16"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "bf16",
            isWritten: true
        ),
        TypeAssignment(
            id: 233,
            name: "Q6_0_R4",
            status: .assigned,
            formats: ["q6_0_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "q6_0",
            isWritten: true
        ),
        TypeAssignment(
            id: 335,
            name: "IQ2_BN_R4",
            status: .assigned,
            formats: ["iq2_bn_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq2_bn",
            isWritten: true
        ),
        TypeAssignment(
            id: 337,
            name: "IQ2_K_R4",
            status: .assigned,
            formats: ["iq2_k_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq2_k",
            isWritten: true
        ),
        TypeAssignment(
            id: 338,
            name: "IQ3_K_R4",
            status: .assigned,
            formats: ["iq3_k_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq3_k",
            isWritten: true
        ),
        TypeAssignment(
            id: 339,
            name: "IQ4_K_R4",
            status: .assigned,
            formats: ["iq4_k_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq4_k",
            isWritten: true
        ),
        TypeAssignment(
            id: 340,
            name: "IQ5_K_R4",
            status: .assigned,
            formats: ["iq5_k_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq5_k",
            isWritten: true
        ),
        TypeAssignment(
            id: 344,
            name: "IQ4_KS_R4",
            status: .assigned,
            formats: ["iq4_ks_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq4_ks",
            isWritten: true
        ),
        TypeAssignment(
            id: 352,
            name: "IQ5_KS_R4",
            status: .assigned,
            formats: ["iq5_ks_r4"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "iq5_ks",
            isWritten: true
        ),
        TypeAssignment(
            id: 353,
            name: "MXFP4_R8",
            status: .assigned,
            formats: ["mxfp4_r8"],
            isShifted: false,
            note: nil,
            use: .repacked,
            of: "mxfp4"
        ),
        TypeAssignment(
            id: 397,
            name: "Q8_K_R16",
            status: .assigned,
            formats: ["q8_k_r16"],
            isShifted: false,
            note: nil,
            use: .repacked
        ),
        TypeAssignment(
            id: 398,
            name: "Q8_KV_R8",
            status: .assigned,
            formats: ["q8_kv_r8"],
            isShifted: false,
            note: nil,
            use: .repacked,
            isWritten: true
        ),
        TypeAssignment(
            id: 399,
            name: "Q8_K_R8",
            status: .assigned,
            formats: ["q8_k_r8"],
            isShifted: false,
            note: nil,
            use: .repacked,
            isWritten: true
        )
    ],
    ownFileTypes: [
        FileTypeAssignment(id: 135, name: "MOSTLY_Q6_0", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 136, name: "MOSTLY_IQ1_BN", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 137, name: "MOSTLY_IQ2_BN", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 138, name: "MOSTLY_IQ2_K", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 139, name: "MOSTLY_IQ3_K", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 140, name: "MOSTLY_IQ4_K", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 141, name: "MOSTLY_IQ5_K", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 142, name: "MOSTLY_IQ6_K", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 145, name: "MOSTLY_IQ4_KS", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 146, name: "MOSTLY_IQ3_KL", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 147, name: "MOSTLY_IQ2_KS", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 148, name: "MOSTLY_IQ4_KSS", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 149, name: "MOSTLY_Q8_KV", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 150, name: "MOSTLY_IQ5_KS", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 151, name: "MOSTLY_IQ2_KT", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 152, name: "MOSTLY_IQ3_KT", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 153, name: "MOSTLY_IQ4_KT", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 154, name: "MOSTLY_IQ3_KS", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 155, name: "MOSTLY_IQ2_KL", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 156, name: "MOSTLY_IQ1_KT", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 202, name: "MOSTLY_Q4_0_R8", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 207, name: "MOSTLY_Q8_0_R8", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 208, name: "MOSTLY_Q5_0_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 210, name: "MOSTLY_Q2_K_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 211, name: "MOSTLY_Q3_K_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 214, name: "MOSTLY_Q4_K_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 216, name: "MOSTLY_Q5_K_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 218, name: "MOSTLY_Q6_K_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 219, name: "MOSTLY_IQ2_XXS_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 220, name: "MOSTLY_IQ2_XS_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 223, name: "MOSTLY_IQ3_XXS_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 224, name: "MOSTLY_IQ1_S_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 225, name: "MOSTLY_IQ4_NL_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 226, name: "MOSTLY_IQ3_S_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 229, name: "MOSTLY_IQ2_M_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 230, name: "MOSTLY_IQ4_XS_R8", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 231, name: "MOSTLY_IQ1_M_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 232, name: "MOSTLY_BF16_R16", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 335, name: "MOSTLY_Q6_0_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 337, name: "MOSTLY_IQ2_BN_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 338, name: "MOSTLY_IQ2_K_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 339, name: "MOSTLY_IQ3_K_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 340, name: "MOSTLY_IQ4_K_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 341, name: "MOSTLY_IQ5_K_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 345, name: "MOSTLY_IQ4_KS_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 350, name: "MOSTLY_IQ5_KS_R4", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 398, name: "MOSTLY_Q8_KV_R8", status: .assigned, mix: nil, note: nil),
        FileTypeAssignment(id: 399, name: "MOSTLY_Q8_K_R8", status: .assigned, mix: nil, note: nil)
    ],
    notes: [
        "Types with interleaved rows (_R4, _R8, _R16) are made when a model is loaded with run-time repacking, and all but MXFP4_R8 and Q8_K_R16 are written by llama-quantize, too, which has a file type for each. Nothing turns a file back, so keep the one that it was made of.",
        "CPU builds of 2026-08-15 decode IQ1_BN and IQ2_BN without their row headers (O26); the encoder and the GPU kernels agree with this specification."
    ],
    sources: [
        "ik_llama.cpp 8337e4cd3: ggml/include/ggml.h, ggml/src/ggml.c, ggml/src/iqk/iqk_quantize.cpp",
        "ik_llama.cpp: include/llama.h, enum llama_ftype; src/llama-quantize.cpp",
        "microsoft/BitNet's llama.cpp: ggml/src/ggml.c, ggml_nbytes"
    ]
)
}

private let dialect37 = dialect37Made()
@_optimize(none) private func dialect37Made() -> Dialect {
Dialect(
    id: "prism",
    title: "PrismML's fork with its own Q2_0",
    family: .other,
    base: "upstream-2026-04-06",
    since: nil,
    until: nil,
    ownTypes: [
        TypeAssignment(
            id: 42,
            name: "Q2_0",
            status: .assigned,
            formats: ["q2_0@prism"],
            isShifted: false,
            note: "128 weights in 34 bytes, upstream's Q2_0 has 64 in 18."
        )
    ],
    ownFileTypes: [],
    notes: [],
    sources: ["PrismML-Eng/llama.cpp issue 167 and pull request 130"]
)
}

private let dialect38 = dialect38Made()
@_optimize(none) private func dialect38Made() -> Dialect {
Dialect(
    id: "prism-2026-08",
    title: "PrismML's fork with numbers of its own (PQ2_0, PTQ1_0)",
    family: .other,
    base: "upstream",
    since: nil,
    until: nil,
    ownTypes: [
        TypeAssignment(
            id: 142,
            name: "PQ2_0",
            status: .assigned,
            formats: ["q2_0@prism"],
            isShifted: false,
            note: "ik_llama.cpp's retired IQ2_TN had the number."
        ),
        TypeAssignment(
            id: 143,
            name: "PTQ1_0",
            status: .assigned,
            formats: ["ptq1_0"],
            isShifted: false,
            note: "ik_llama.cpp's retired IQ1_TN had the number."
        )
    ],
    ownFileTypes: [],
    notes: ["Weights may be folded with a Hadamard rotation, which the keys prism.hadamard.* describe."],
    sources: ["ggml-org/llama.cpp issue 29058 and pull request 29077", "PrismML-Eng/llama.cpp tag prism-b10683-d8f26ee, issue 242"]
)
}

private let dialect39 = dialect39Made()
@_optimize(none) private func dialect39Made() -> Dialect {
Dialect(
    id: "unsloth-pr-61",
    title: "unslothai/llama.cpp pull request 61",
    family: .other,
    base: "upstream",
    since: Milestone(date: "2026-08-03", commit: nil),
    until: nil,
    ownTypes: [TypeAssignment(id: 43, name: "IQ1_XS", status: .assigned, formats: ["iq1_xs"], isShifted: false, note: nil)],
    ownFileTypes: [],
    notes: [],
    sources: ["unslothai/llama.cpp pull request 61"]
)
}

private let dialect40 = dialect40Made()
@_optimize(none) private func dialect40Made() -> Dialect {
Dialect(
    id: "unsloth-iq1-narrow",
    title: "unslothai/llama.cpp branch iq1-narrow",
    family: .other,
    base: "upstream",
    since: Milestone(date: "2026-08-07", commit: "36fe8e1cc"),
    until: nil,
    ownTypes: [
        TypeAssignment(id: 64, name: "IQ1_XS", status: .assigned, formats: ["iq1_xs"], isShifted: false, note: nil),
        TypeAssignment(id: 65, name: "IQ1_XXS", status: .assigned, formats: ["iq1_xxs"], isShifted: false, note: nil),
        TypeAssignment(id: 66, name: "IQ1_XXXS", status: .assigned, formats: ["iq1_xxxs"], isShifted: false, note: nil)
    ],
    ownFileTypes: [],
    notes: ["Published files call IQ1_XS TQ2_0, IQ1_XXS TQ1_0 and IQ1_XXXS Q1_0 in their names, which are other types of upstream's."],
    sources: ["unslothai/llama.cpp branch iq1-narrow, 36fe8e1cc"]
)
}

private let dialect41 = dialect41Made()
@_optimize(none) private func dialect41Made() -> Dialect {
Dialect(
    id: "q4-t",
    title: "llama.cpp pull request 23617 (closed)",
    family: .other,
    base: "upstream-2026-04-06",
    since: Milestone(date: "2026-05-24", commit: nil),
    until: nil,
    ownTypes: [TypeAssignment(id: 43, name: "Q4_T", status: .assigned, formats: ["q4_t"], isShifted: false, note: nil)],
    ownFileTypes: [],
    notes: [],
    sources: ["ggml-org/llama.cpp pull request 23617"]
)
}

private let dialect42 = dialect42Made()
@_optimize(none) private func dialect42Made() -> Dialect {
Dialect(
    id: "turboquant",
    title: "llama-cpp-turboquant, rebased on upstream's Q1_0",
    family: .other,
    base: "upstream-2026-04-06",
    since: Milestone(date: "2026-04-15", commit: nil),
    until: nil,
    ownTypes: [
        TypeAssignment(id: 42, name: "TURBO2_0", status: .foreign, formats: [], isShifted: false, note: nil, use: .working),
        TypeAssignment(id: 43, name: "TURBO3_0", status: .foreign, formats: [], isShifted: false, note: nil, use: .working),
        TypeAssignment(id: 44, name: "TURBO4_0", status: .foreign, formats: [], isShifted: false, note: nil, use: .working),
        TypeAssignment(id: 45, name: "TQ3_1S", status: .foreign, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 46, name: "TQ4_1S", status: .assigned, formats: ["tq4_1s"], isShifted: false, note: nil)
    ],
    ownFileTypes: [],
    notes: ["The TURBO types are for the cache of keys and values; no model file holds them."],
    sources: ["TheTom/llama-cpp-turboquant pull request 80"]
)
}

private let dialect43 = dialect43Made()
@_optimize(none) private func dialect43Made() -> Dialect {
Dialect(
    id: "llama-cpp-tq3",
    title: "turbo-tan/llama.cpp-tq3",
    family: .other,
    base: "upstream-2026-03-11",
    since: nil,
    until: nil,
    ownTypes: [
        TypeAssignment(id: 44, name: "TQ3_1S", status: .foreign, formats: [], isShifted: false, note: nil),
        TypeAssignment(id: 46, name: "TQ3_4S", status: .assigned, formats: ["tq3_4s"], isShifted: false, note: nil),
        TypeAssignment(id: 200, name: "TQ3_0", status: .foreign, formats: [], isShifted: false, note: nil, use: .working)
    ],
    ownFileTypes: [],
    notes: [],
    sources: ["turbo-tan/llama.cpp-tq3; ikawrakow/ik_llama.cpp pull request 1683"]
)
}

extension Spec {
    static let dialectTable: [Dialect] = [dialect0, dialect1, dialect2, dialect3, dialect4, dialect5, dialect6, dialect7, dialect8, dialect9, dialect10, dialect11, dialect12, dialect13, dialect14, dialect15, dialect16, dialect17, dialect18, dialect19, dialect20, dialect21, dialect22, dialect23, dialect24, dialect25, dialect26, dialect27, dialect28, dialect29, dialect30, dialect31, dialect32, dialect33, dialect34, dialect35, dialect36, dialect37, dialect38, dialect39, dialect40, dialect41, dialect42, dialect43]
}

private let reader0 = reader0Made()
@_optimize(none) private func reader0Made() -> Reader {
Reader(
    id: "fork-table",
    title: "HIFI fork of the published table",
    family: .fork,
    dialect: "fork-2025-12-13",
    from: Milestone(date: "2025-12-14", commit: "0baa2c8fb"),
    to: Milestone(date: "2025-12-21", commit: "c42d48f51"),
    decodes: ["q3_k_hifi@r6"],
    faults: [
        ReaderFault(
            formats: ["q3_k_hifi@r6"],
            operation: .dot,
            defect: "B3",
            effect: "Adds the outlier to the base product; right only where the base decodes to zero at the outlier."
        )
    ]
)
}

private let reader1 = reader1Made()
@_optimize(none) private func reader1Made() -> Reader {
Reader(
    id: "fork-a",
    title: "HIFI fork A, stock numbers restored",
    family: .fork,
    dialect: "fork-2025-12-22",
    from: Milestone(date: "2025-12-22 09:24", commit: "e4fd98f81"),
    to: nil,
    decodes: ["q3_k_hifi@r6"],
    faults: [
        ReaderFault(
            formats: ["q3_k_hifi@r6"],
            operation: .dot,
            defect: "B3",
            effect: "Adds the outlier to the base product; right only where the base decodes to zero at the outlier."
        )
    ]
)
}

private let reader2 = reader2Made()
@_optimize(none) private func reader2Made() -> Reader {
Reader(
    id: "fork-b",
    title: "HIFI fork B, with seven more HIFI types",
    family: .fork,
    dialect: "fork-2026-02-22",
    from: Milestone(date: "2026-03-03", commit: "1de093b32"),
    to: nil,
    decodes: [
        "q3_k_hifi@r12c",
        "q3_k_hifi_res8",
        "q2_k_hifi",
        "q4_k_hifi",
        "q5_k_hifi_res8",
        "q6_k_hifi",
        "q6_k_hifi_dynamic",
        "q6_k_hifi_res8"
    ],
    faults: [
        ReaderFault(
            formats: ["q3_k_hifi@r12c"],
            operation: .decode,
            defect: "B20",
            effect: "Weight 255 becomes 0 in each block with fewer than eight outliers."
        ),
        ReaderFault(
            formats: ["q3_k_hifi@r12c", "q4_k_hifi"],
            operation: .dot,
            defect: "B21",
            effect: "Unused slots take the base of weight 255 away once each."
        ),
        ReaderFault(
            formats: ["q3_k_hifi_res8"],
            operation: .dot,
            defect: "O7",
            effect: "No CPU kernel: the program crashes when it runs such a model."
        ),
        ReaderFault(
            formats: ["q6_k_hifi"],
            operation: .dot,
            defect: "O6",
            effect: "Walks 222-byte blocks in steps of 210 bytes; rows over 256 weights are garbage."
        ),
        ReaderFault(
            formats: ["q2_k_hifi"],
            operation: .dot,
            defect: "O8",
            effect: "Adds the value without removing the base there."
        ),
        ReaderFault(
            formats: ["q5_k_hifi_res8", "q6_k_hifi_res8", "q6_k_hifi_dynamic"],
            operation: .dot,
            defect: "O9",
            effect: "Drops corrections at small activations."
        ),
        ReaderFault(
            formats: ["q5_k_hifi_res8"],
            operation: .decode,
            defect: "O3",
            effect: "May return stale values at counts 6 and 7 when built with strict aliasing."
        )
    ]
)
}

private let reader3 = reader3Made()
@_optimize(none) private func reader3Made() -> Reader {
Reader(
    id: "fork-c",
    title: "HIFI fork C, newest dated commit",
    family: .fork,
    dialect: "fork-2026-04-11",
    from: Milestone(date: "2026-04-19", commit: "e7fdbc586"),
    to: nil,
    decodes: [
        "q3_k_hifi@r12c",
        "q3_k_hifi_res8",
        "q2_k_hifi",
        "q4_k_hifi",
        "q5_k_hifi_res8",
        "q6_k_hifi",
        "q6_k_hifi_dynamic",
        "q6_k_hifi_res8",
        "q2_k_lite",
        "q3_k_lite",
        "q4_k_lite",
        "q5_k_lite",
        "q6_k_lite"
    ],
    faults: [
        ReaderFault(
            formats: ["q3_k_hifi@r12c"],
            operation: .decode,
            defect: "B20",
            effect: "Weight 255 becomes 0 in each block with fewer than eight outliers."
        ),
        ReaderFault(
            formats: ["q3_k_hifi@r12c"],
            operation: .dot,
            defect: "B21",
            effect: "Unused slots take the base of weight 255 away once each."
        ),
        ReaderFault(
            formats: ["q3_k_hifi_res8"],
            operation: .dot,
            defect: "O7",
            effect: "No CPU kernel: the program crashes when it runs such a model."
        )
    ]
)
}

private let reader4 = reader4Made()
@_optimize(none) private func reader4Made() -> Reader {
Reader(
    id: "upstream-today",
    title: "llama.cpp, newest dialect known here",
    family: .upstream,
    dialect: "upstream",
    from: Milestone(date: "2026-08-23", commit: "3f545becc"),
    to: nil,
    decodes: [],
    faults: []
)
}

extension Spec {
    static let readerTable: [Reader] = [reader0, reader1, reader2, reader3, reader4]
}

private let numberingDisagreement0 = numberingDisagreement0Made()
@_optimize(none) private func numberingDisagreement0Made() -> NumberingDisagreement {
NumberingDisagreement(
    id: "py-q3-hifi-id",
    subject: "Number of Q3_HIFI",
    python: "41",
    library: "12 for 38 minutes, then 40",
    formats: ["q3_k_hifi@r6"],
    blockBytes: [],
    since: Milestone(date: "2025-12-22", commit: "2c4049ec2"),
    until: Milestone(date: "2026-01-01", commit: "eed04a7fd")
)
}

private let numberingDisagreement1 = numberingDisagreement1Made()
@_optimize(none) private func numberingDisagreement1Made() -> NumberingDisagreement {
NumberingDisagreement(
    id: "py-stock-ids",
    subject: "Numbers of the stock types from 12 on",
    python: "as upstream",
    library: "one higher",
    formats: ["q4_k", "q5_k", "q6_k", "q8_k"],
    blockBytes: [],
    since: Milestone(date: "2025-11-27", commit: "6a7ff5324"),
    until: Milestone(date: "2025-12-22", commit: "e4fd98f81")
)
}

private let numberingDisagreement2 = numberingDisagreement2Made()
@_optimize(none) private func numberingDisagreement2Made() -> NumberingDisagreement {
NumberingDisagreement(
    id: "py-q3-hifi-134",
    subject: "Bytes of a Q3_K_HIFI block",
    python: "134",
    library: "160",
    formats: ["q3_k_hifi@r7a"],
    blockBytes: [PythonBlockBytes(format: "q3_k_hifi@r7a", bytes: 134)],
    since: Milestone(date: "2026-01-17", commit: "3c1480f35"),
    until: Milestone(date: "2026-01-25", commit: "3bcbede41")
)
}

private let numberingDisagreement3 = numberingDisagreement3Made()
@_optimize(none) private func numberingDisagreement3Made() -> NumberingDisagreement {
NumberingDisagreement(
    id: "py-q3-hifi-160",
    subject: "Bytes and meaning of a Q3_K_HIFI block",
    python: "160 bytes, values are added, indices two and values eighteen bytes after the base",
    library: "136 bytes, values replace",
    formats: ["q3_k_hifi@r12a", "q3_k_hifi@r12b", "q3_k_hifi@r12c"],
    blockBytes: [
        PythonBlockBytes(format: "q3_k_hifi@r12a", bytes: 160),
        PythonBlockBytes(format: "q3_k_hifi@r12b", bytes: 160),
        PythonBlockBytes(format: "q3_k_hifi@r12c", bytes: 160)
    ],
    since: Milestone(date: "2026-02-03", commit: "1dfd07fe6"),
    until: nil
)
}

private let numberingDisagreement4 = numberingDisagreement4Made()
@_optimize(none) private func numberingDisagreement4Made() -> NumberingDisagreement {
NumberingDisagreement(
    id: "py-file-type",
    subject: "File-type numbers of Q3_K_HIFI",
    python: "41, and 45 under another name",
    library: "45",
    formats: ["q3_k_hifi@r6", "q3_k_hifi@r7a", "q3_k_hifi@r12c"],
    blockBytes: [],
    since: Milestone(date: "2026-01-09", commit: "c55c8afb7"),
    until: Milestone(date: "2026-03-20", commit: nil)
)
}

private let numberingDisagreement5 = numberingDisagreement5Made()
@_optimize(none) private func numberingDisagreement5Made() -> NumberingDisagreement {
NumberingDisagreement(
    id: "py-q5-res8",
    subject: "Bytes of a Q5_K_HIFI_RES8 block",
    python: "200",
    library: "196",
    formats: ["q5_k_hifi_res8"],
    blockBytes: [PythonBlockBytes(format: "q5_k_hifi_res8", bytes: 200)],
    since: Milestone(date: "2026-02-13", commit: "f6b163dad"),
    until: nil
)
}

private let numberingDisagreement6 = numberingDisagreement6Made()
@_optimize(none) private func numberingDisagreement6Made() -> NumberingDisagreement {
NumberingDisagreement(
    id: "py-q2-hifi",
    subject: "Bytes of a Q2_K_HIFI block",
    python: "99",
    library: "96",
    formats: ["q2_k_hifi"],
    blockBytes: [PythonBlockBytes(format: "q2_k_hifi", bytes: 99)],
    since: Milestone(date: "2026-02-22", commit: nil),
    until: nil
)
}

private let numberingDisagreement7 = numberingDisagreement7Made()
@_optimize(none) private func numberingDisagreement7Made() -> NumberingDisagreement {
NumberingDisagreement(
    id: "py-lite",
    subject: "Bytes of the Q3 to Q6 LITE blocks",
    python: "132, 168, 200, 232",
    library: "104, 128, 164, 196",
    formats: ["q3_k_lite", "q4_k_lite", "q5_k_lite", "q6_k_lite"],
    blockBytes: [
        PythonBlockBytes(format: "q3_k_lite", bytes: 132),
        PythonBlockBytes(format: "q4_k_lite", bytes: 168),
        PythonBlockBytes(format: "q5_k_lite", bytes: 200),
        PythonBlockBytes(format: "q6_k_lite", bytes: 232)
    ],
    since: Milestone(date: "2026-03-08", commit: "6526b9c30"),
    until: nil
)
}

extension Spec {
    static let numberingDisagreementTable: [NumberingDisagreement] = [numberingDisagreement0, numberingDisagreement1, numberingDisagreement2, numberingDisagreement3, numberingDisagreement4, numberingDisagreement5, numberingDisagreement6, numberingDisagreement7]
}
