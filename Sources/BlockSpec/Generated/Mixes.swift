// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let mix0 = mix0Made()
@_optimize(none) private func mix0Made() -> Mix {
Mix(
    id: "q2_k",
    title: "Q2_K",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .feedForwardDown], conditions: [], type: "q3_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.architecture("falcon")], type: "q2_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.experts(8)], type: "q5_k"),
        MixRule(tensors: [.attentionOutput], conditions: [], type: "q3_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q2_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix1 = mix1Made()
@_optimize(none) private func mix1Made() -> Mix {
Mix(
    id: "q2_k_s",
    title: "Q2_K - Small",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 8))], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q2_k",
    needsImatrix: ["q2_k"],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix2 = mix2Made()
@_optimize(none) private func mix2Made() -> Mix {
Mix(
    id: "q3_k_s",
    title: "Q3_K - Small",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.notArchitecture("falcon"), .experts(8)], type: "q5_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix3 = mix3Made()
@_optimize(none) private func mix3Made() -> Mix {
Mix(
    id: "q3_k_m",
    title: "Q3_K - Medium",
    aliases: ["q3_k"],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [], type: "q4_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.notArchitecture("falcon")], type: "q4_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.useMoreBits], type: "q4_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.architecture("falcon")], type: "q3_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.experts(8)], type: "q5_k"),
        MixRule(tensors: [.attentionOutput], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix4 = mix4Made()
@_optimize(none) private func mix4Made() -> Mix {
Mix(
    id: "q3_k_l",
    title: "Q3_K - Large",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown, .attentionOutput], conditions: [.architecture("falcon")], type: "q4_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [], type: "q5_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.notExperts(8)], type: "q5_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix5 = mix5Made()
@_optimize(none) private func mix5Made() -> Mix {
Mix(
    id: "q4_0",
    title: "Q4_0",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(
            tensors: [.feedForwardDown],
            conditions: [.imatrix, .layerBelow(.fraction(numerator: 1, denominator: 8))],
            type: "q4_1"
        )
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q4_0",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix6 = mix6Made()
@_optimize(none) private func mix6Made() -> Mix {
Mix(
    id: "q4_1",
    title: "Q4_1",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q4_1",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix7 = mix7Made()
@_optimize(none) private func mix7Made() -> Mix {
Mix(
    id: "q4_k_s",
    title: "Q4_K - Small",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.layerBelow(.constant(4))], type: "q5_k"),
        MixRule(
            tensors: [.feedForwardDown],
            conditions: [.notArchitecture("falcon"), .layerBelow(.fraction(numerator: 1, denominator: 8))],
            type: "q5_k"
        ),
        MixRule(tensors: [.attentionOutput], conditions: [.notArchitecture("falcon"), .experts(8)], type: "q5_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q4_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix8 = mix8Made()
@_optimize(none) private func mix8Made() -> Mix {
Mix(
    id: "q4_k_m",
    title: "Q4_K - Medium",
    aliases: ["q4_k"],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.useMoreBits], type: "q6_k"),
        MixRule(
            tensors: [.feedForwardDown],
            conditions: [.architecture("falcon"), .layerBelow(.fraction(numerator: 1, denominator: 16))],
            type: "q6_k"
        ),
        MixRule(tensors: [.feedForwardDown], conditions: [.architecture("falcon"), .useMoreBits], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.notArchitecture("falcon"), .useMoreBits], type: "q6_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.notArchitecture("falcon"), .experts(8)], type: "q5_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q4_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix9 = mix9Made()
@_optimize(none) private func mix9Made() -> Mix {
Mix(
    id: "q5_0",
    title: "Q5_0",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(
            tensors: [.feedForwardDown],
            conditions: [.imatrix, .layerBelow(.fraction(numerator: 1, denominator: 8))],
            type: "q5_1"
        )
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q5_0",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix10 = mix10Made()
@_optimize(none) private func mix10Made() -> Mix {
Mix(
    id: "q5_1",
    title: "Q5_1",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q5_1",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix11 = mix11Made()
@_optimize(none) private func mix11Made() -> Mix {
Mix(
    id: "q5_k_s",
    title: "Q5_K - Small",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q5_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix12 = mix12Made()
@_optimize(none) private func mix12Made() -> Mix {
Mix(
    id: "q5_k_m",
    title: "Q5_K - Medium",
    aliases: ["q5_k"],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .feedForwardDown], conditions: [.useMoreBits], type: "q6_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q5_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix13 = mix13Made()
@_optimize(none) private func mix13Made() -> Mix {
Mix(
    id: "q6_k",
    title: "Q6_K",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q6_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix14 = mix14Made()
@_optimize(none) private func mix14Made() -> Mix {
Mix(
    id: "q8_0",
    title: "Q8_0",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q8_0")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q8_0",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix15 = mix15Made()
@_optimize(none) private func mix15Made() -> Mix {
Mix(
    id: "iq4_nl",
    title: "IQ4_NL",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q5_k"),
        MixRule(
            tensors: [.feedForwardDown],
            conditions: [.noImatrix, .layerBelow(.fraction(numerator: 1, denominator: 8))],
            type: "q5_k"
        ),
        MixRule(tensors: [.attentionOutput], conditions: [.notArchitecture("falcon"), .experts(8)], type: "q5_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "iq4_nl",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix16 = mix16Made()
@_optimize(none) private func mix16Made() -> Mix {
Mix(
    id: "iq4_xs",
    title: "IQ4_XS",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q5_k"),
        MixRule(
            tensors: [.feedForwardDown],
            conditions: [.noImatrix, .layerBelow(.fraction(numerator: 1, denominator: 8))],
            type: "q5_k"
        ),
        MixRule(tensors: [.attentionOutput], conditions: [.notArchitecture("falcon"), .experts(8)], type: "q5_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "iq4_xs",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix17 = mix17Made()
@_optimize(none) private func mix17Made() -> Mix {
Mix(
    id: "iq3_xxs",
    title: "IQ3_XXS",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q5_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [], type: "iq3_s"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.noImatrix], type: "iq3_s"),
        MixRule(tensors: [.attentionK, .attentionQ], conditions: [], type: "iq2_s"),
        MixRule(
            tensors: [.feedForwardDown],
            conditions: [.noImatrix, .layerBelow(.fraction(numerator: 1, denominator: 8))],
            type: "q4_k"
        ),
        MixRule(tensors: [.feedForwardDown], conditions: [.noImatrix], type: "q3_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.notArchitecture("falcon"), .experts(8)], type: "q5_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.notArchitecture("falcon")], type: "iq3_s")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "iq3_xxs",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix18 = mix18Made()
@_optimize(none) private func mix18Made() -> Mix {
Mix(
    id: "iq3_xs",
    title: "IQ3_XS",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionK, .attentionQ], conditions: [], type: "iq3_xxs"),
        MixRule(tensors: [.attentionOutput], conditions: [.notArchitecture("falcon"), .experts(8)], type: "q5_k"),
        MixRule(
            tensors: [.feedForwardGate, .feedForwardUp],
            conditions: [.layerBelow(.fraction(numerator: 1, denominator: 8))],
            type: "iq3_s"
        ),
        MixRule(
            tensors: [.feedForwardGate, .feedForwardUp],
            conditions: [.layerBelow(.fraction(numerator: 7, denominator: 8))],
            type: "iq3_xxs"
        )
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "iq3_s",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix19 = mix19Made()
@_optimize(none) private func mix19Made() -> Mix {
Mix(
    id: "iq3_s",
    title: "IQ3_S",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.notArchitecture("falcon"), .experts(8)], type: "q5_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "iq3_s",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix20 = mix20Made()
@_optimize(none) private func mix20Made() -> Mix {
Mix(
    id: "iq3_m",
    title: "IQ3_M",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [], type: "q4_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 8))], type: "q4_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.experts(8), .useMoreBits], type: "q4_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.notArchitecture("falcon"), .experts(8)], type: "q5_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.notArchitecture("falcon")], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "iq3_s",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix21 = mix21Made()
@_optimize(none) private func mix21Made() -> Mix {
Mix(
    id: "tq1_0",
    title: "TQ1_0",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "tq1_0",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix22 = mix22Made()
@_optimize(none) private func mix22Made() -> Mix {
Mix(
    id: "tq2_0",
    title: "TQ2_0",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "tq2_0",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix23 = mix23Made()
@_optimize(none) private func mix23Made() -> Mix {
Mix(
    id: "q1_0",
    title: "Q1_0",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q1_0",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix24 = mix24Made()
@_optimize(none) private func mix24Made() -> Mix {
Mix(
    id: "q2_0",
    title: "Q2_0",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB, .attentionK], conditions: [.experts(8)], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q2_0",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix25 = mix25Made()
@_optimize(none) private func mix25Made() -> Mix {
Mix(
    id: "iq1_s",
    title: "IQ1_S",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q5_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [], type: "q2_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.expertsAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [], type: "q2_k"),
        MixRule(tensors: [.attentionK], conditions: [.experts(8)], type: "q4_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 8))], type: "q2_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.experts(8)], type: "q5_k"),
        MixRule(tensors: [.attentionOutput], conditions: [], type: "iq2_xxs")
    ],
    rewrites: [],
    defaultType: "iq1_s",
    needsImatrix: [],
    countsLayers: true,
    importanceShares: [],
    notes: []
)
}

private let mix26 = mix26Made()
@_optimize(none) private func mix26Made() -> Mix {
Mix(
    id: "iq1_m",
    title: "IQ1_M",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q5_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [], type: "q2_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.expertsAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [], type: "q2_k"),
        MixRule(tensors: [.attentionK], conditions: [.experts(8)], type: "q4_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 8))], type: "q2_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.experts(8)], type: "q5_k"),
        MixRule(tensors: [.attentionOutput], conditions: [], type: "iq2_xxs")
    ],
    rewrites: [],
    defaultType: "iq1_m",
    needsImatrix: [],
    countsLayers: true,
    importanceShares: [],
    notes: []
)
}

private let mix27 = mix27Made()
@_optimize(none) private func mix27Made() -> Mix {
Mix(
    id: "iq2_xxs",
    title: "IQ2_XXS",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q5_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [], type: "q2_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.expertsAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [], type: "q2_k"),
        MixRule(tensors: [.attentionK], conditions: [.experts(8)], type: "q4_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 8))], type: "q2_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.experts(8)], type: "q5_k")
    ],
    rewrites: [],
    defaultType: "iq2_xxs",
    needsImatrix: [],
    countsLayers: true,
    importanceShares: [],
    notes: []
)
}

private let mix28 = mix28Made()
@_optimize(none) private func mix28Made() -> Mix {
Mix(
    id: "iq2_xs",
    title: "IQ2_XS",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q5_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [], type: "q2_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.expertsAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [], type: "q2_k"),
        MixRule(tensors: [.attentionK], conditions: [.experts(8)], type: "q4_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 8))], type: "q2_k"),
        MixRule(tensors: [.attentionOutput], conditions: [.experts(8)], type: "q5_k")
    ],
    rewrites: [],
    defaultType: "iq2_xs",
    needsImatrix: [],
    countsLayers: true,
    importanceShares: [],
    notes: []
)
}

private let mix29 = mix29Made()
@_optimize(none) private func mix29Made() -> Mix {
Mix(
    id: "iq2_s",
    title: "IQ2_S",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q5_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [], type: "iq3_s"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.expertsAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [], type: "iq3_s"),
        MixRule(tensors: [.attentionK], conditions: [.experts(8)], type: "q4_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 8))], type: "iq3_s"),
        MixRule(tensors: [.attentionOutput], conditions: [.experts(8)], type: "q5_k"),
        MixRule(tensors: [.attentionOutput], conditions: [], type: "iq3_s")
    ],
    rewrites: [],
    defaultType: "iq2_xs",
    needsImatrix: [],
    countsLayers: true,
    importanceShares: [],
    notes: []
)
}

private let mix30 = mix30Made()
@_optimize(none) private func mix30Made() -> Mix {
Mix(
    id: "iq2_m",
    title: "IQ2_M",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [.architecture("falcon")], type: "q8_0"),
        MixRule(tensors: [.head], conditions: [], type: "q5_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [], type: "iq3_s"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.headGroupAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [.expertsAtLeast(4)], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionQKV, .attentionKVB], conditions: [], type: "iq3_s"),
        MixRule(tensors: [.attentionK], conditions: [.experts(8)], type: "q4_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 8))], type: "iq3_s"),
        MixRule(tensors: [.attentionOutput], conditions: [.experts(8)], type: "q5_k"),
        MixRule(tensors: [.attentionOutput], conditions: [], type: "iq3_s")
    ],
    rewrites: [],
    defaultType: "iq2_s",
    needsImatrix: [],
    countsLayers: true,
    importanceShares: [],
    notes: []
)
}

private let mix31 = mix31Made()
@_optimize(none) private func mix31Made() -> Mix {
Mix(
    id: "mxfp4_moe",
    title: "MXFP4 for experts, Q8_0 for the rest",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q8_0"),
        MixRule(
            tensors: [
                .tokenEmbedding,
                .attentionQ,
                .attentionK,
                .attentionV,
                .attentionQKV,
                .attentionKVB,
                .attentionOutput,
                .feedForwardGate,
                .feedForwardUp,
                .feedForwardDown,
                .other
            ],
            conditions: [.matricesAbove(1)],
            type: "mxfp4"
        ),
        MixRule(
            tensors: [
                .tokenEmbedding,
                .attentionQ,
                .attentionK,
                .attentionV,
                .attentionQKV,
                .attentionKVB,
                .attentionOutput,
                .feedForwardGate,
                .feedForwardUp,
                .feedForwardDown,
                .other
            ],
            conditions: [],
            type: "q8_0"
        )
    ],
    rewrites: [],
    defaultType: "mxfp4",
    needsImatrix: [],
    countsLayers: true,
    importanceShares: [],
    notes: []
)
}

private let mix32 = mix32Made()
@_optimize(none) private func mix32Made() -> Mix {
Mix(
    id: "f32",
    title: "F32",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [MixRule(tensors: [.norm], conditions: [], type: "f32")],
    rewrites: [],
    defaultType: "f32",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix33 = mix33Made()
@_optimize(none) private func mix33Made() -> Mix {
Mix(
    id: "f16",
    title: "F16",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [MixRule(tensors: [.norm], conditions: [], type: "f32")],
    rewrites: [],
    defaultType: "f16",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix34 = mix34Made()
@_optimize(none) private func mix34Made() -> Mix {
Mix(
    id: "bf16",
    title: "BF16",
    aliases: [],
    label: nil,
    kind: .stock,
    hifiFormats: [],
    since: nil,
    until: nil,
    rules: [MixRule(tensors: [.norm], conditions: [], type: "f32")],
    rewrites: [],
    defaultType: "bf16",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix35 = mix35Made()
@_optimize(none) private func mix35Made() -> Mix {
Mix(
    id: "q3_k_hifi",
    title: "Q3_HIFI of the published table",
    aliases: [],
    label: "A2",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r6"],
    since: Milestone(date: "2025-12-13", commit: "c5bf27f5e"),
    until: Milestone(date: "2025-12-27", commit: "2128f33c0"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV], conditions: [], type: "hifi"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 3))], type: "hifi"),
        MixRule(tensors: [.feedForwardDown], conditions: [.useMoreBits], type: "q4_k"),
        MixRule(tensors: [.attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: [
        "Introduced as Q3_HIFI_A and made the only Q3_HIFI by 0baa2c8fb on 2025-12-14.",
        "The type named Q3_K_HIFI from 2026-01-09 on never had this routing; the published numbers were only relabelled."
    ]
)
}

private let mix36 = mix36Made()
@_optimize(none) private func mix36Made() -> Mix {
Mix(
    id: "u116a",
    title: "Uniform Q3_HIFI, four outliers",
    aliases: [],
    label: "U116a",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r1"],
    since: Milestone(date: "2025-11-27", commit: "6a7ff5324"),
    until: Milestone(date: "2025-11-29", commit: "431fa1ec4"),
    rules: [MixRule(tensors: [.norm], conditions: [], type: "f32"), MixRule(tensors: [.head], conditions: [], type: "q6_k")],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "hifi",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix37 = mix37Made()
@_optimize(none) private func mix37Made() -> Mix {
Mix(
    id: "u124",
    title: "Uniform Q3_HIFI, six outliers",
    aliases: [],
    label: "U124",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r2"],
    since: Milestone(date: "2025-11-29", commit: "431fa1ec4"),
    until: Milestone(date: "2025-12-11", commit: "202510931"),
    rules: [MixRule(tensors: [.norm], conditions: [], type: "f32"), MixRule(tensors: [.head], conditions: [], type: "q6_k")],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "hifi",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix38 = mix38Made()
@_optimize(none) private func mix38Made() -> Mix {
Mix(
    id: "u116b",
    title: "Uniform Q3_HIFI, fp16 scale",
    aliases: [],
    label: "U116b",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r3", "q3_k_hifi@r4"],
    since: Milestone(date: "2025-12-11", commit: "202510931"),
    until: Milestone(date: "2025-12-12", commit: "1fb41ecd8"),
    rules: [MixRule(tensors: [.norm], conditions: [], type: "f32"), MixRule(tensors: [.head], conditions: [], type: "q6_k")],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "hifi",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix39 = mix39Made()
@_optimize(none) private func mix39Made() -> Mix {
Mix(
    id: "u128",
    title: "Uniform Q3_HIFI on a Q3_K base, six outliers",
    aliases: [],
    label: "U128",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r5"],
    since: Milestone(date: "2025-12-11", commit: "31200f197"),
    until: Milestone(date: "2025-12-13", commit: "c5bf27f5e"),
    rules: [MixRule(tensors: [.norm], conditions: [], type: "f32"), MixRule(tensors: [.head], conditions: [], type: "q6_k")],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "hifi",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix40 = mix40Made()
@_optimize(none) private func mix40Made() -> Mix {
Mix(
    id: "u134",
    title: "Uniform Q3_HIFI on a Q3_K base, eight outliers",
    aliases: [],
    label: "U134",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r6"],
    since: Milestone(date: "2025-12-13", commit: "c5bf27f5e"),
    until: Milestone(date: "2025-12-14", commit: "0baa2c8fb"),
    rules: [MixRule(tensors: [.norm], conditions: [], type: "f32"), MixRule(tensors: [.head], conditions: [], type: "q6_k")],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "hifi",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix41 = mix41Made()
@_optimize(none) private func mix41Made() -> Mix {
Mix(
    id: "hyb128",
    title: "Q3_K_M with HIFI attn_v and ffn_down by command line",
    aliases: [],
    label: "HYB128",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r5"],
    since: Milestone(date: nil, commit: "40181d878"),
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown], conditions: [], type: "hifi"),
        MixRule(tensors: [.attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: ["A documented command line, not code of the fork."]
)
}

private let mix42 = mix42Made()
@_optimize(none) private func mix42Made() -> Mix {
Mix(
    id: "a1",
    title: "Q3_HIFI_A, first form",
    aliases: [],
    label: "A1",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r5"],
    since: Milestone(date: "2025-12-13", commit: "9344bfef3"),
    until: Milestone(date: "2025-12-13", commit: "c5bf27f5e"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(4))], type: "hifi"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 4))], type: "hifi"),
        MixRule(tensors: [.feedForwardDown], conditions: [.useMoreBits], type: "q4_k"),
        MixRule(tensors: [.attentionV, .attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix43 = mix43Made()
@_optimize(none) private func mix43Made() -> Mix {
Mix(
    id: "j09",
    title: "Q3_K_HIFI as a placeholder",
    aliases: [],
    label: "J09",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r6"],
    since: Milestone(date: "2026-01-09", commit: "931dd7b05"),
    until: Milestone(date: "2026-01-15", commit: "b6dc77c20"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head, .tokenEmbedding], conditions: [], type: "q6_k"),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: ["Writes no HIFI block at all."]
)
}

private let mix44 = mix44Made()
@_optimize(none) private func mix44Made() -> Mix {
Mix(
    id: "j15",
    title: "Placeholder with attn_v raised by model size",
    aliases: [],
    label: "J15",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r6"],
    since: Milestone(date: "2026-01-15", commit: "b6dc77c20"),
    until: Milestone(date: "2026-01-16", commit: "501269ae3"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head, .tokenEmbedding], conditions: [], type: "q6_k"),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(20.0), .layerAtMost(.fraction(numerator: 5, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(10.0), .sizeAtMost(20.0), .layerAtMost(.fraction(numerator: 8, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(5.0), .sizeAtMost(10.0), .layerAtMost(.fraction(numerator: 15, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(2.0), .sizeAtMost(5.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.7), .sizeAtMost(2.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.0), .sizeAtMost(1.7), .layerAtMost(.fraction(numerator: 7, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: ["Writes no HIFI block at all."]
)
}

private let mix45 = mix45Made()
@_optimize(none) private func mix45Made() -> Mix {
Mix(
    id: "j16",
    title: "As J15 with attn_output in Q4_K",
    aliases: [],
    label: "J16",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r6"],
    since: Milestone(date: "2026-01-16", commit: "501269ae3"),
    until: Milestone(date: "2026-01-17", commit: "3c1480f35"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [.sizeAbove(1.7)], type: "q6_k"),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(20.0), .layerAtMost(.fraction(numerator: 5, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(10.0), .sizeAtMost(20.0), .layerAtMost(.fraction(numerator: 8, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(5.0), .sizeAtMost(10.0), .layerAtMost(.fraction(numerator: 15, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(2.0), .sizeAtMost(5.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.7), .sizeAtMost(2.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.0), .sizeAtMost(1.7), .layerAtMost(.fraction(numerator: 7, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown, .attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: ["Writes no HIFI block at all."]
)
}

private let mix46 = mix46Made()
@_optimize(none) private func mix46Made() -> Mix {
Mix(
    id: "j17a",
    title: "As J16, Q3_K becomes HIFI in small models",
    aliases: [],
    label: "J17a",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r7a"],
    since: Milestone(date: "2026-01-17", commit: "3c1480f35"),
    until: Milestone(date: "2026-01-17", commit: "a557bf7d4"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [.sizeAbove(1.7)], type: "q6_k"),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(20.0), .layerAtMost(.fraction(numerator: 5, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(10.0), .sizeAtMost(20.0), .layerAtMost(.fraction(numerator: 8, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(5.0), .sizeAtMost(10.0), .layerAtMost(.fraction(numerator: 15, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(2.0), .sizeAtMost(5.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.7), .sizeAtMost(2.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.0), .sizeAtMost(1.7), .layerAtMost(.fraction(numerator: 7, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown, .attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAbove(1.7), .sizeAtMost(8.0)], type: "hifi")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix47 = mix47Made()
@_optimize(none) private func mix47Made() -> Mix {
Mix(
    id: "j17b",
    title: "As J17a up to p = 20",
    aliases: [],
    label: "J17b",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r7a"],
    since: Milestone(date: "2026-01-17", commit: "a557bf7d4"),
    until: Milestone(date: "2026-01-18", commit: "4660add54"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [.sizeAbove(1.7)], type: "q6_k"),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(20.0), .layerAtMost(.fraction(numerator: 5, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(10.0), .sizeAtMost(20.0), .layerAtMost(.fraction(numerator: 8, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(5.0), .sizeAtMost(10.0), .layerAtMost(.fraction(numerator: 15, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(2.0), .sizeAtMost(5.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.7), .sizeAtMost(2.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.0), .sizeAtMost(1.7), .layerAtMost(.fraction(numerator: 7, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown, .attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAbove(1.7), .sizeAtMost(20.0)], type: "hifi")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix48 = mix48Made()
@_optimize(none) private func mix48Made() -> Mix {
Mix(
    id: "j18",
    title: "As J17b, the 8-bit residual type with an imatrix",
    aliases: [],
    label: "J18",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r7a"],
    since: Milestone(date: "2026-01-18", commit: "4660add54"),
    until: Milestone(date: "2026-01-19", commit: "ad00c42fc"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [.sizeAbove(1.7)], type: "q6_k"),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(20.0), .layerAtMost(.fraction(numerator: 5, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(10.0), .sizeAtMost(20.0), .layerAtMost(.fraction(numerator: 8, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(5.0), .sizeAtMost(10.0), .layerAtMost(.fraction(numerator: 15, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(2.0), .sizeAtMost(5.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.7), .sizeAtMost(2.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.0), .sizeAtMost(1.7), .layerAtMost(.fraction(numerator: 7, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown, .attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAbove(1.7), .sizeAtMost(20.0), .imatrix], type: "q3_k_hifi_res8"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAbove(1.7), .sizeAtMost(20.0)], type: "hifi")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix49 = mix49Made()
@_optimize(none) private func mix49Made() -> Mix {
Mix(
    id: "j19",
    title: "As J17b, only without an imatrix",
    aliases: [],
    label: "J19",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r7a"],
    since: Milestone(date: "2026-01-19", commit: "ad00c42fc"),
    until: Milestone(date: "2026-01-20", commit: "2c84cddcd"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [.sizeAbove(1.7)], type: "q6_k"),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(20.0), .layerAtMost(.fraction(numerator: 5, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(10.0), .sizeAtMost(20.0), .layerAtMost(.fraction(numerator: 8, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(5.0), .sizeAtMost(10.0), .layerAtMost(.fraction(numerator: 15, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(2.0), .sizeAtMost(5.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.7), .sizeAtMost(2.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.0), .sizeAtMost(1.7), .layerAtMost(.fraction(numerator: 7, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown, .attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAbove(1.7), .sizeAtMost(20.0), .noImatrix], type: "hifi")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix50 = mix50Made()
@_optimize(none) private func mix50Made() -> Mix {
Mix(
    id: "j20a",
    title: "HIFI by size window and imatrix",
    aliases: [],
    label: "J20a",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r7a"],
    since: Milestone(date: "2026-01-20", commit: "2c84cddcd"),
    until: Milestone(date: "2026-01-20", commit: "95f7b7673"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [.sizeAbove(1.7)], type: "q6_k"),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(20.0), .layerAtMost(.fraction(numerator: 5, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(10.0), .sizeAtMost(20.0), .layerAtMost(.fraction(numerator: 8, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(5.0), .sizeAtMost(10.0), .layerAtMost(.fraction(numerator: 15, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(2.0), .sizeAtMost(5.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.7), .sizeAtMost(2.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.0), .sizeAtMost(1.7), .layerAtMost(.fraction(numerator: 7, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown, .attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAbove(2.5), .sizeAtMost(6.0)], type: "hifi"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAbove(1.2), .sizeAtMost(2.5), .imatrix], type: "hifi"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAbove(6.0), .sizeAtMost(10.0), .imatrix], type: "hifi"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAbove(10.0), .sizeAtMost(20.0), .noImatrix], type: "hifi")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix51 = mix51Made()
@_optimize(none) private func mix51Made() -> Mix {
Mix(
    id: "j20b",
    title: "As J20a without the smallest window",
    aliases: [],
    label: "J20b",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r7a"],
    since: Milestone(date: "2026-01-20", commit: "95f7b7673"),
    until: Milestone(date: "2026-01-25", commit: "578b03acc"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [.sizeAbove(1.7)], type: "q6_k"),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(20.0), .layerAtMost(.fraction(numerator: 5, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(10.0), .sizeAtMost(20.0), .layerAtMost(.fraction(numerator: 8, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(5.0), .sizeAtMost(10.0), .layerAtMost(.fraction(numerator: 15, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(2.0), .sizeAtMost(5.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.7), .sizeAtMost(2.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.0), .sizeAtMost(1.7), .layerAtMost(.fraction(numerator: 7, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown, .attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAbove(2.5), .sizeAtMost(6.0)], type: "hifi"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAbove(6.0), .sizeAtMost(10.0), .imatrix], type: "hifi"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAbove(10.0), .sizeAtMost(20.0), .noImatrix], type: "hifi")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix52 = mix52Made()
@_optimize(none) private func mix52Made() -> Mix {
Mix(
    id: "j25",
    title: "Every Q3_K becomes HIFI",
    aliases: [],
    label: "J25",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r7a"],
    since: Milestone(date: "2026-01-25", commit: "578b03acc"),
    until: Milestone(date: "2026-01-26", commit: "6aa70b9ff"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [.sizeAbove(1.7)], type: "q6_k"),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(20.0), .layerAtMost(.fraction(numerator: 5, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(10.0), .sizeAtMost(20.0), .layerAtMost(.fraction(numerator: 8, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(5.0), .sizeAtMost(10.0), .layerAtMost(.fraction(numerator: 15, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(2.0), .sizeAtMost(5.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q5_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.7), .sizeAtMost(2.0), .layerAtMost(.fraction(numerator: 25, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(
            tensors: [.attentionV],
            conditions: [.sizeAbove(1.0), .sizeAtMost(1.7), .layerAtMost(.fraction(numerator: 7, denominator: 100))],
            type: "q4_k"
        ),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown, .attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [], type: "hifi")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix53 = mix53Made()
@_optimize(none) private func mix53Made() -> Mix {
Mix(
    id: "j26a",
    title: "Q3_K_M, every Q3_K becomes HIFI",
    aliases: [],
    label: "J26a",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r7a"],
    since: Milestone(date: "2026-01-26 11:10", commit: "6aa70b9ff"),
    until: Milestone(date: "2026-01-26 11:51", commit: "fdfbaad39"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [.sizeAbove(1.7)], type: "q6_k"),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown, .attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [], type: "hifi")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: []
)
}

private let mix54 = mix54Made()
@_optimize(none) private func mix54Made() -> Mix {
Mix(
    id: "j26b",
    title: "As J26a, HIFI in the input projections only",
    aliases: [],
    label: "J26b",
    kind: .hifi,
    hifiFormats: [
        "q3_k_hifi@r9",
        "q3_k_hifi@r7a",
        "q3_k_hifi@r7b",
        "q3_k_hifi@r7c",
        "q3_k_hifi@r7d",
        "q3_k_hifi@r7e",
        "q3_k_hifi@r7f",
        "q3_k_hifi@r8",
        "q3_k_hifi@r10",
        "q3_k_hifi@r11",
        "q3_k_hifi@r12a",
        "q3_k_hifi@r12b"
    ],
    since: Milestone(date: "2026-01-26 11:51", commit: "fdfbaad39"),
    until: Milestone(date: "2026-02-08", commit: "3b2aa1a6f"),
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [.sizeAbove(1.7)], type: "q6_k"),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown, .attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(
            from: "q3_k",
            tensors: [.attentionQ, .attentionK, .attentionV, .attentionQKV, .feedForwardGate, .feedForwardUp],
            conditions: [],
            type: "hifi"
        ),
        MixRewrite(from: "q3_k", tensors: [], conditions: [], type: "q4_k")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [],
    notes: ["The routing stayed while the block changed from 160 to 159 and then 136 bytes on 2026-02-03."]
)
}

private let mix55 = mix55Made()
@_optimize(none) private func mix55Made() -> Mix {
Mix(
    id: "f08",
    title: "As J26b, by model size and importance",
    aliases: [],
    label: "F08",
    kind: .hifi,
    hifiFormats: ["q3_k_hifi@r12c", "q3_k_hifi@r13"],
    since: Milestone(date: "2026-02-08", commit: "3b2aa1a6f"),
    until: nil,
    rules: [
        MixRule(tensors: [.norm], conditions: [], type: "f32"),
        MixRule(tensors: [.head], conditions: [], type: "q6_k"),
        MixRule(tensors: [.tokenEmbedding], conditions: [.sizeAbove(1.7)], type: "q6_k"),
        MixRule(tensors: [.attentionV], conditions: [.layerBelow(.constant(2))], type: "q5_k"),
        MixRule(tensors: [.feedForwardDown], conditions: [.layerBelow(.fraction(numerator: 1, denominator: 16))], type: "q5_k"),
        MixRule(tensors: [.attentionV, .feedForwardDown, .attentionOutput, .attentionQKV], conditions: [], type: "q4_k")
    ],
    rewrites: [
        MixRewrite(from: "q3_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q4_k", tensors: [.attentionV], conditions: [.called70B], type: "q5_k"),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.sizeAtMost(2.0)], type: "q4_k"),
        MixRewrite(
            from: "q3_k",
            tensors: [.attentionQ, .attentionK, .attentionV, .attentionQKV, .feedForwardGate, .feedForwardUp],
            conditions: [.imatrix, .important],
            type: "hifi"
        ),
        MixRewrite(from: "q3_k", tensors: [], conditions: [.imatrix], type: "q4_k"),
        MixRewrite(
            from: "q3_k",
            tensors: [.attentionQ, .attentionK, .attentionV, .attentionQKV, .feedForwardGate, .feedForwardUp],
            conditions: [.sizeAtMost(10.0)],
            type: "hifi"
        ),
        MixRewrite(
            from: "q3_k",
            tensors: [.attentionQ, .attentionK, .feedForwardGate],
            conditions: [.sizeAbove(10.0)],
            type: "hifi"
        ),
        MixRewrite(from: "q3_k", tensors: [], conditions: [], type: "q4_k")
    ],
    defaultType: "q3_k",
    needsImatrix: [],
    countsLayers: false,
    importanceShares: [
        ImportanceShare(atMost: Optional(5.0), percent: 30),
        ImportanceShare(atMost: Optional(10.0), percent: 20),
        ImportanceShare(atMost: Optional(20.0), percent: 15),
        ImportanceShare(atMost: nil, percent: 10)
    ],
    notes: [
        "With an imatrix the result depends on the data; shapes alone bound it from both sides (every or no candidate selected).",
        "The candidate list also holds attn_v and the q and k norm vectors, so the share is not taken over the matrices it acts on.",
        "Read the same at 1de093b32 (2026-03-03) and 40d639ded (2026-04-11)."
    ]
)
}

extension Spec {
    static let mixTable: [Mix] = [mix0, mix1, mix2, mix3, mix4, mix5, mix6, mix7, mix8, mix9, mix10, mix11, mix12, mix13, mix14, mix15, mix16, mix17, mix18, mix19, mix20, mix21, mix22, mix23, mix24, mix25, mix26, mix27, mix28, mix29, mix30, mix31, mix32, mix33, mix34, mix35, mix36, mix37, mix38, mix39, mix40, mix41, mix42, mix43, mix44, mix45, mix46, mix47, mix48, mix49, mix50, mix51, mix52, mix53, mix54, mix55]
}
