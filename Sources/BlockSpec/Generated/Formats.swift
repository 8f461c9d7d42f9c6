// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let format0 = format0Made()
@_optimize(none) private func format0Made() -> BlockFormat {
BlockFormat(
    id: "f32",
    aliases: [],
    title: "32-bit IEEE float",
    elements: 1,
    bytes: 4,
    alignment: 4,
    base: nil,
    fields: [Field(name: "value", offset: 0, type: .f32, count: 1, parts: [])],
    decoding: Decoding(code: nil, scale: nil, minimum: nil, value: .f32("value"), correction: nil),
    encoding: Encoding(search: .scalar, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "PLAIN-02", kind: .finite, field: "value", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "PLAIN-01",
            topic: .decode,
            text: "A weight of an element type is its scalar converted to fp32 (NUM-03, NUM-06); f32 is copied bit for bit."
        ),
        Clause(id: "PLAIN-02", topic: .content, text: "A weight stored as a float is finite.")
    ],
    provenance: nil
)
}

private let format1 = format1Made()
@_optimize(none) private func format1Made() -> BlockFormat {
BlockFormat(
    id: "f16",
    aliases: [],
    title: "16-bit IEEE float",
    elements: 1,
    bytes: 2,
    alignment: 2,
    base: nil,
    fields: [Field(name: "value", offset: 0, type: .f16, count: 1, parts: [])],
    decoding: Decoding(code: nil, scale: nil, minimum: nil, value: .f32("value"), correction: nil),
    encoding: Encoding(search: .scalar, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "PLAIN-02", kind: .finite, field: "value", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format2 = format2Made()
@_optimize(none) private func format2Made() -> BlockFormat {
BlockFormat(
    id: "bf16",
    aliases: [],
    title: "bfloat16",
    elements: 1,
    bytes: 2,
    alignment: 2,
    base: nil,
    fields: [Field(name: "value", offset: 0, type: .bf16, count: 1, parts: [])],
    decoding: Decoding(code: nil, scale: nil, minimum: nil, value: .f32("value"), correction: nil),
    encoding: Encoding(search: .scalar, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "PLAIN-02", kind: .finite, field: "value", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format3 = format3Made()
@_optimize(none) private func format3Made() -> BlockFormat {
BlockFormat(
    id: "f64",
    aliases: [],
    title: "64-bit IEEE float",
    elements: 1,
    bytes: 8,
    alignment: 8,
    base: nil,
    fields: [Field(name: "value", offset: 0, type: .f64, count: 1, parts: [])],
    decoding: Decoding(code: nil, scale: nil, minimum: nil, value: .f32("value"), correction: nil),
    encoding: Encoding(search: .scalar, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "PLAIN-02", kind: .finite, field: "value", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format4 = format4Made()
@_optimize(none) private func format4Made() -> BlockFormat {
BlockFormat(
    id: "i8",
    aliases: [],
    title: "8-bit signed integer",
    elements: 1,
    bytes: 1,
    alignment: 1,
    base: nil,
    fields: [Field(name: "value", offset: 0, type: .i8, count: 1, parts: [])],
    decoding: Decoding(code: nil, scale: nil, minimum: nil, value: .f32("value"), correction: nil),
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format5 = format5Made()
@_optimize(none) private func format5Made() -> BlockFormat {
BlockFormat(
    id: "i16",
    aliases: [],
    title: "16-bit signed integer",
    elements: 1,
    bytes: 2,
    alignment: 2,
    base: nil,
    fields: [Field(name: "value", offset: 0, type: .i16, count: 1, parts: [])],
    decoding: Decoding(code: nil, scale: nil, minimum: nil, value: .f32("value"), correction: nil),
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format6 = format6Made()
@_optimize(none) private func format6Made() -> BlockFormat {
BlockFormat(
    id: "i32",
    aliases: [],
    title: "32-bit signed integer",
    elements: 1,
    bytes: 4,
    alignment: 4,
    base: nil,
    fields: [Field(name: "value", offset: 0, type: .i32, count: 1, parts: [])],
    decoding: Decoding(code: nil, scale: nil, minimum: nil, value: .f32("value"), correction: nil),
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format7 = format7Made()
@_optimize(none) private func format7Made() -> BlockFormat {
BlockFormat(
    id: "i64",
    aliases: [],
    title: "64-bit signed integer",
    elements: 1,
    bytes: 8,
    alignment: 8,
    base: nil,
    fields: [Field(name: "value", offset: 0, type: .i64, count: 1, parts: [])],
    decoding: Decoding(code: nil, scale: nil, minimum: nil, value: .f32("value"), correction: nil),
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format8 = format8Made()
@_optimize(none) private func format8Made() -> BlockFormat {
BlockFormat(
    id: "iq1_bn",
    aliases: [],
    title: "ternary, five weights a byte, one scale per row (ik_llama.cpp)",
    elements: 64,
    bytes: 13,
    alignment: 1,
    rowHeader: RowHeader(bytes: 2, alignment: 2, fields: [Field(name: "d", offset: 0, type: .f16, count: 1, parts: [])]),
    base: nil,
    fields: [
        Field(name: "ql", offset: 0, type: .u8, count: 12, parts: []),
        Field(name: "extra", offset: 12, type: .u8, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "byte", radix: 3), Digit(name: "digit", radix: 5)],
            planes: [BitPlane(field: "ql", firstBit: 0, strides: [8, 0], width: 8, place: 0, signed: false)],
            bias: -1,
            codebook: nil,
            selection: Selection(lane: ["digit"], rule: .ternaryFromLast, signs: .none),
            further: [
                IndexedInteger.Run(
                    digits: [Digit(name: "digit", radix: 1)],
                    planes: [BitPlane(field: "extra", firstBit: 0, strides: [0], width: 8, place: 0, signed: false)]
                ),
                IndexedInteger.Run(
                    digits: [Digit(name: "byte", radix: 3), Digit(name: "digit", radix: 5)],
                    planes: [BitPlane(field: "ql", firstBit: 24, strides: [8, 0], width: 8, place: 0, signed: false)]
                ),
                IndexedInteger.Run(
                    digits: [Digit(name: "digit", radix: 1)],
                    planes: [BitPlane(field: "extra", firstBit: 0, strides: [0], width: 8, place: 0, signed: false)],
                    firstLane: 1
                ),
                IndexedInteger.Run(
                    digits: [Digit(name: "byte", radix: 3), Digit(name: "digit", radix: 5)],
                    planes: [BitPlane(field: "ql", firstBit: 48, strides: [8, 0], width: 8, place: 0, signed: false)]
                ),
                IndexedInteger.Run(
                    digits: [Digit(name: "digit", radix: 1)],
                    planes: [BitPlane(field: "extra", firstBit: 0, strides: [0], width: 8, place: 0, signed: false)],
                    firstLane: 2
                ),
                IndexedInteger.Run(
                    digits: [Digit(name: "byte", radix: 3), Digit(name: "digit", radix: 5)],
                    planes: [BitPlane(field: "ql", firstBit: 72, strides: [8, 0], width: 8, place: 0, signed: false)]
                ),
                IndexedInteger.Run(
                    digits: [Digit(name: "digit", radix: 1)],
                    planes: [BitPlane(field: "extra", firstBit: 0, strides: [0], width: 8, place: 0, signed: false)],
                    firstLane: 3
                )
            ],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("d"), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [
        ContentCheck(clause: "IQ1BN-05", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(
            clause: "IQ1BN-06",
            kind: .bytesWritten,
            field: "ql",
            severity: .warning,
            bytes: ByteSet(words: [17293821469590028285, 18410715242330816511, 18445618172728966143, 18446708889303908319])
        ),
        ContentCheck(
            clause: "IQ1BN-06",
            kind: .bytesWritten,
            field: "extra",
            severity: .warning,
            bytes: ByteSet(words: [17293821469590028285, 4161535, 0, 0])
        )
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ1BN-01",
            topic: .layout,
            text: "A row is fp16 d and blocks of thirteen bytes: twelve bytes ql at 0, one byte extra at 12."
        ),
        Clause(
            id: "IQ1BN-02",
            topic: .layout,
            text: "Weight 16s + 5k + j, j below 5 and k below 3, is ternary digit 4 - j of byte 3s + k of ql; weight 16s + 15 is digit 4 - s of extra."
        ),
        Clause(
            id: "IQ1BN-03",
            topic: .layout,
            text: "A byte is a fraction of 256 in ternary digits (NUM-11); the code is the digit minus 1."
        ),
        Clause(id: "IQ1BN-04", topic: .decode, text: "A weight is d * code, one rounding, which changes nothing."),
        Clause(id: "IQ1BN-05", topic: .content, text: "d is finite."),
        Clause(
            id: "IQ1BN-06",
            topic: .content,
            text: "A byte of ql is the smallest fraction with its five digits, 256 q / 243 rounded up for a q below 243; extra the same for a q below 81. Encoders write no other."
        )
    ],
    provenance: nil
)
}

private let format9 = format9Made()
@_optimize(none) private func format9Made() -> BlockFormat {
BlockFormat(
    id: "iq1_kt",
    aliases: [],
    title: "trellis of 13 bits for eight weights, 4-bit scales per 32 weights, one scale per row (ik_llama.cpp)",
    elements: 256,
    bytes: 56,
    alignment: 1,
    rowHeader: RowHeader(bytes: 4, alignment: 4, fields: [Field(name: "d", offset: 0, type: .f32, count: 1, parts: [])]),
    base: nil,
    fields: [
        Field(name: "sh", offset: 0, type: .u8, count: 8, parts: []),
        Field(name: "ql", offset: 8, type: .u8, count: 32, parts: []),
        Field(name: "qh", offset: 40, type: .u8, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [
                Digit(name: "half", radix: 2),
                Digit(name: "block", radix: 4),
                Digit(name: "group", radix: 4),
                Digit(name: "lane", radix: 8)
            ],
            planes: [
                BitPlane(field: "ql", firstBit: 0, strides: [128, 32, 8, 0], width: 8, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [4, 32, 8, 0], width: 4, place: 8, signed: false),
                BitPlane(field: "sh", firstBit: 4, strides: [32, 8, 1, 0], width: 1, place: 12, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: Selection(lane: ["lane"], rule: .sequence(NumberSequence(start: 4096, multiplier: 3417055213, mask: 1061109567, bias: -126, isMagnitude: false)), signs: .none),
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "block", radix: 8)],
            planes: [BitPlane(field: "sh", firstBit: 0, strides: [8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113],
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ1KT-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ1KT-01",
            topic: .layout,
            text: "A row is fp32 d and blocks of 56 bytes: eight bytes sh at 0, 32 bytes ql at 8, sixteen bytes qh at 40."
        ),
        Clause(
            id: "IQ1KT-02",
            topic: .layout,
            text: "Eight weights from 8g on have a code of 13 bits: ql[g], nibble g div 16 of qh[g mod 16] above it, and bit 4 + g mod 4 of sh[g div 4] above that."
        ),
        Clause(
            id: "IQ1KT-03",
            topic: .layout,
            text: "Their numbers are the first eight of the sequence of the code (NUM-13), with the start 4096, the multiplier 3417055213, the mask 0x3F3F3F3F and the bias -126."
        ),
        Clause(
            id: "IQ1KT-04",
            topic: .layout,
            text: "The scale of sub-block b of 32 weights is the number of the IQ4_NL codebook that the lower nibble of sh[b] names."
        ),
        Clause(id: "IQ1KT-05", topic: .decode, text: "A weight is (d * scale) * number: two roundings."),
        Clause(id: "IQ1KT-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format10 = format10Made()
@_optimize(none) private func format10Made() -> BlockFormat {
BlockFormat(
    id: "iq1_m",
    aliases: [],
    title: "ternary entries of 2048 with a shift per 8 weights, 3-bit scales per 16 weights",
    elements: 256,
    bytes: 56,
    alignment: 1,
    base: nil,
    fields: [
        Field(name: "qs", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qh", offset: 32, type: .u8, count: 16, parts: []),
        Field(name: "scales", offset: 48, type: .u8, count: 8, parts: []),
        Field(
            name: "d",
            offset: 48,
            type: .f16,
            count: 1,
            parts: [
                Field.Part(bit: 12, width: 4, place: 0),
                Field.Part(bit: 28, width: 4, place: 4),
                Field.Part(bit: 44, width: 4, place: 8),
                Field.Part(bit: 60, width: 4, place: 12)
            ]
        )
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "group", radix: 32), Digit(name: "lane", radix: 8)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [8, 0], width: 8, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [4, 0], width: 3, place: 8, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: Selection(lane: ["lane"], rule: .grid(Spec.gridEntry("iq1"), bits: 11), signs: .none),
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "word", radix: 4), Digit(name: "sub", radix: 4)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [16, 3], width: 3, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 8,
            digits: [Digit(name: "group", radix: 32)],
            planes: [BitPlane(field: "qh", firstBit: 3, strides: [4], width: 1, place: 0, signed: false)],
            bias: 0,
            codebook: [1, -1],
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .multiply(.multiply(.f32("d"), .add(.multiply(.literal(2.0), .f32("scale")), .literal(1.0))), .add(.f32("code"), .divide(.f32("min"), .literal(8.0)))),
        correction: nil
    ),
    encoding: Encoding(search: .iq1m, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "IQ1M-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(id: "IQ1M-01", topic: .layout, text: "56 bytes: 32 bytes qs at 0, sixteen bytes qh at 32, four u16 scales at 48."),
        Clause(
            id: "IQ1M-02",
            topic: .layout,
            text: "Group g of eight weights has the entry of grid iq1 whose number is qs[g] with the lower three bits of nibble g of qh above it; the upper bit of the nibble is the sign of the shift, set for -1/8, else 1/8."
        ),
        Clause(
            id: "IQ1M-03",
            topic: .layout,
            text: "Bits 3k to 3k + 2 of scales[j] are the scale of sub-block 4j + k of sixteen weights."
        ),
        Clause(
            id: "IQ1M-04",
            topic: .layout,
            text: "d is an fp16 of which scales[j] has bits 4j to 4j + 3 in its upper four bits."
        ),
        Clause(
            id: "IQ1M-05",
            topic: .decode,
            text: "A weight is (d * (2 scale + 1)) * (entry + shift). The steps are those of the original; none of them rounds."
        ),
        Clause(id: "IQ1M-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format11 = format11Made()
@_optimize(none) private func format11Made() -> BlockFormat {
BlockFormat(
    id: "iq1_s",
    aliases: [],
    title: "ternary entries of 2048 with a shift, 3-bit scales per 32 weights",
    elements: 256,
    bytes: 50,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "qs", offset: 2, type: .u8, count: 32, parts: []),
        Field(name: "qh", offset: 34, type: .u8, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "block", radix: 8), Digit(name: "group", radix: 4), Digit(name: "lane", radix: 8)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [32, 8, 0], width: 8, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [16, 3, 0], width: 3, place: 8, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: Selection(lane: ["lane"], rule: .grid(Spec.gridEntry("iq1"), bits: 11), signs: .none),
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "block", radix: 8)],
            planes: [BitPlane(field: "qh", firstBit: 12, strides: [16], width: 3, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 32,
            digits: [Digit(name: "block", radix: 8)],
            planes: [BitPlane(field: "qh", firstBit: 15, strides: [16], width: 1, place: 0, signed: false)],
            bias: 0,
            codebook: [1, -1],
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .multiply(.multiply(.f32("d"), .add(.multiply(.literal(2.0), .f32("scale")), .literal(1.0))), .add(.f32("code"), .divide(.f32("min"), .literal(8.0)))),
        correction: nil
    ),
    encoding: Encoding(search: .iq1s, outliers: nil, guidedOutliers: nil, needsImportances: true),
    checks: [ContentCheck(clause: "IQ1S-05", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ1S-01",
            topic: .layout,
            text: "50 bytes: fp16 d at 0, 32 bytes qs at 2, eight u16 qh at 34, one for each sub-block of 32 weights."
        ),
        Clause(
            id: "IQ1S-02",
            topic: .layout,
            text: "Group g of eight weights in sub-block b has the entry of grid iq1 whose number is qs[4b + g] with bits 3g to 3g + 2 of qh[b] above it."
        ),
        Clause(
            id: "IQ1S-03",
            topic: .layout,
            text: "Bits 12 to 14 of qh[b] are the scale; bit 15 is the sign of the shift, set for -1/8, else 1/8."
        ),
        Clause(
            id: "IQ1S-04",
            topic: .decode,
            text: "A weight is (d * (2 scale + 1)) * (entry + shift). The steps are those of the original; none of them rounds."
        ),
        Clause(id: "IQ1S-05", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format12 = format12Made()
@_optimize(none) private func format12Made() -> BlockFormat {
BlockFormat(
    id: "iq2_bn",
    aliases: [],
    title: "ternary in two bits, one scale per row (ik_llama.cpp)",
    elements: 64,
    bytes: 16,
    alignment: 1,
    rowHeader: RowHeader(bytes: 4, alignment: 4, fields: [Field(name: "d", offset: 0, type: .f32, count: 1, parts: [])]),
    base: nil,
    fields: [Field(name: "qs", offset: 0, type: .u8, count: 16, parts: [])],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "pair", radix: 4), Digit(name: "lane", radix: 16)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [2, 8], width: 2, place: 0, signed: false)],
            bias: -1,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("d"), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [
        ContentCheck(clause: "IQ2BN-04", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(
            clause: "IQ2BN-05",
            kind: .bytesWritten,
            field: "qs",
            severity: .warning,
            bytes: ByteSet(words: [8207807743863, 8207807743863, 8207807743863, 0])
        )
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(id: "IQ2BN-01", topic: .layout, text: "A row is fp32 d and blocks of sixteen bytes qs."),
        Clause(
            id: "IQ2BN-02",
            topic: .layout,
            text: "Weight 16p + l of a block has its two bits in qs[l] at shift 2p; the code is the bits minus 1: -1 to 2."
        ),
        Clause(id: "IQ2BN-03", topic: .decode, text: "A weight is d * code, one rounding, which changes nothing."),
        Clause(id: "IQ2BN-04", topic: .content, text: "d is finite."),
        Clause(
            id: "IQ2BN-05",
            topic: .content,
            text: "No two bits of qs are both set: a code of 2 decodes, but weights are ternary and encoders write none."
        )
    ],
    provenance: nil
)
}

private let format13 = format13Made()
@_optimize(none) private func format13Made() -> BlockFormat {
BlockFormat(
    id: "iq2_k",
    aliases: [],
    title: "2-bit codebook super-block, 4-bit scales per 16 weights (ik_llama.cpp)",
    elements: 256,
    bytes: 76,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "extra", offset: 2, type: .u16, count: 1, parts: []),
        Field(name: "scales", offset: 4, type: .u8, count: 8, parts: []),
        Field(name: "qs", offset: 12, type: .u8, count: 64, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [
                Digit(name: "half", radix: 2),
                Digit(name: "quarter", radix: 4),
                Digit(name: "side", radix: 2),
                Digit(name: "lane", radix: 16)
            ],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 128, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "extra", firstBit: 0, strides: [8, 2, 1, 0], width: 1, place: 2, signed: false)
            ],
            bias: 0,
            codebook: [-31, -13, 1, 17, -26, -8, 6, 22],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "block", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [4], width: 4, place: 0, signed: false)],
            bias: -8,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ2K-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ2K-01",
            topic: .layout,
            text: "76 bytes: fp16 d at 0, u16 extra at 2, eight bytes scales at 4, 64 bytes qs at 12."
        ),
        Clause(id: "IQ2K-02", topic: .layout, text: "Weight 128h + 32q + l has its two bits in byte 32h + l of qs at shift 2q."),
        Clause(
            id: "IQ2K-03",
            topic: .layout,
            text: "Sub-block b of sixteen weights takes the second four numbers of the codebook if bit b of extra is set, else the first."
        ),
        Clause(
            id: "IQ2K-04",
            topic: .layout,
            text: "The scale of sub-block b is nibble b of scales, the low one of a byte first, minus 8."
        ),
        Clause(id: "IQ2K-05", topic: .decode, text: "A weight is (d * scale) * (number of the codebook): two roundings."),
        Clause(id: "IQ2K-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format14 = format14Made()
@_optimize(none) private func format14Made() -> BlockFormat {
BlockFormat(
    id: "iq2_kl",
    aliases: [],
    title: "pairs of 32 in five bits, 6-bit scales per 32 weights, one scale per row (ik_llama.cpp)",
    elements: 256,
    bytes: 86,
    alignment: 2,
    rowHeader: RowHeader(bytes: 2, alignment: 2, fields: [Field(name: "d", offset: 0, type: .f16, count: 1, parts: [])]),
    base: nil,
    fields: [
        Field(name: "scales_h", offset: 0, type: .u16, count: 1, parts: []),
        Field(name: "scales_l", offset: 2, type: .u8, count: 4, parts: []),
        Field(name: "qs", offset: 6, type: .u8, count: 64, parts: []),
        Field(name: "qh", offset: 70, type: .u8, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [
                Digit(name: "block", radix: 4),
                Digit(name: "nibble", radix: 2),
                Digit(name: "pair", radix: 16),
                Digit(name: "lane", radix: 2)
            ],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [128, 4, 8, 0], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [2, 1, 8, 0], width: 1, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: Selection(lane: ["lane"], rule: .grid(Spec.gridEntry("iq2_kl"), bits: 5), signs: .none),
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "nibble", radix: 2), Digit(name: "byte", radix: 4)],
            planes: [
                BitPlane(field: "scales_l", firstBit: 0, strides: [4, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales_h", firstBit: 0, strides: [8, 2], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ2KL-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ2KL-01",
            topic: .layout,
            text: "A row is fp16 d and blocks of 86 bytes: u16 scales_h at 0, four bytes scales_l at 2, 64 bytes qs at 6, sixteen bytes qh at 70."
        ),
        Clause(
            id: "IQ2KL-02",
            topic: .layout,
            text: "The two weights from 64b + 32n + 2p on have the numbers of the entry of grid iq2_kl that nibble n of qs[16b + p] names, with bit 2b + n of qh[p] above it."
        ),
        Clause(id: "IQ2KL-03", topic: .layout, text: "Grid iq2_kl has 32 entries of two numbers."),
        Clause(
            id: "IQ2KL-04",
            topic: .layout,
            text: "The scale of sub-block s of 32 weights is nibble s div 4 of scales_l[s mod 4] with bits 2s and 2s + 1 of scales_h above it, minus 32."
        ),
        Clause(id: "IQ2KL-05", topic: .decode, text: "A weight is (d * scale) * (number of the grid): two roundings."),
        Clause(id: "IQ2KL-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format15 = format15Made()
@_optimize(none) private func format15Made() -> BlockFormat {
BlockFormat(
    id: "iq2_ks",
    aliases: [],
    title: "2-bit codebook super-block, 5-bit scales per 32 weights, one scale per row (ik_llama.cpp)",
    elements: 256,
    bytes: 70,
    alignment: 2,
    rowHeader: RowHeader(bytes: 2, alignment: 2, fields: [Field(name: "d", offset: 0, type: .f16, count: 1, parts: [])]),
    base: nil,
    fields: [
        Field(name: "extra", offset: 0, type: .u16, count: 1, parts: []),
        Field(name: "scales", offset: 2, type: .u8, count: 4, parts: []),
        Field(name: "qs", offset: 6, type: .u8, count: 64, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "extra", firstBit: 0, strides: [4, 1, 0], width: 1, place: 2, signed: false)
            ],
            bias: 0,
            codebook: [-31, -13, 1, 17, -26, -8, 6, 22],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "block", radix: 8)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4], width: 4, place: 0, signed: false),
                BitPlane(field: "extra", firstBit: 8, strides: [1], width: 1, place: 4, signed: false)
            ],
            bias: -16,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ2KS-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ2KS-01",
            topic: .layout,
            text: "A row is fp16 d and blocks of 70 bytes: u16 extra at 0, four bytes scales at 2, 64 bytes qs at 6."
        ),
        Clause(id: "IQ2KS-02", topic: .layout, text: "Weight 128h + 32q + l has its two bits in byte 32h + l of qs at shift 2q."),
        Clause(
            id: "IQ2KS-03",
            topic: .layout,
            text: "Sub-block b of 32 weights takes the second four numbers of the codebook if bit b of extra is set, else the first."
        ),
        Clause(
            id: "IQ2KS-04",
            topic: .layout,
            text: "The scale of sub-block b is nibble b of scales, the low one of a byte first, with bit 8 + b of extra above it, minus 16."
        ),
        Clause(id: "IQ2KS-05", topic: .decode, text: "A weight is (d * scale) * (number of the codebook): two roundings."),
        Clause(id: "IQ2KS-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format16 = format16Made()
@_optimize(none) private func format16Made() -> BlockFormat {
BlockFormat(
    id: "iq2_kt",
    aliases: [],
    title: "trellis of 16 bits for eight weights, 4-bit scales per 32 weights, one scale per row (ik_llama.cpp)",
    elements: 256,
    bytes: 68,
    alignment: 1,
    rowHeader: RowHeader(bytes: 4, alignment: 4, fields: [Field(name: "d", offset: 0, type: .f32, count: 1, parts: [])]),
    base: nil,
    fields: [
        Field(name: "scales", offset: 0, type: .u8, count: 4, parts: []),
        Field(name: "ql", offset: 4, type: .u8, count: 64, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "group", radix: 32), Digit(name: "lane", radix: 8)],
            planes: [
                BitPlane(field: "ql", firstBit: 0, strides: [16, 0], width: 8, place: 0, signed: false),
                BitPlane(field: "ql", firstBit: 8, strides: [16, 0], width: 8, place: 8, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: Selection(lane: ["lane"], rule: .sequence(NumberSequence(start: 4096, multiplier: 3417055213, mask: 1061109567, bias: -126, isMagnitude: false)), signs: .none),
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "nibble", radix: 2), Digit(name: "byte", radix: 4)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [4, 8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113],
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ2KT-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ2KT-01",
            topic: .layout,
            text: "A row is fp32 d and blocks of 68 bytes: four bytes scales at 0, 64 bytes ql at 4."
        ),
        Clause(
            id: "IQ2KT-02",
            topic: .layout,
            text: "Eight weights from 8g on have the 16-bit word at byte 2g of ql as their code."
        ),
        Clause(
            id: "IQ2KT-03",
            topic: .layout,
            text: "Their numbers are the first eight of the sequence of the code (NUM-13), with the start 4096, the multiplier 3417055213, the mask 0x3F3F3F3F and the bias -126."
        ),
        Clause(
            id: "IQ2KT-04",
            topic: .layout,
            text: "The scale of sub-block b of 32 weights is the number of the IQ4_NL codebook that nibble b div 4 of scales[b mod 4] names."
        ),
        Clause(id: "IQ2KT-05", topic: .decode, text: "A weight is (d * scale) * number: two roundings."),
        Clause(id: "IQ2KT-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format17 = format17Made()
@_optimize(none) private func format17Made() -> BlockFormat {
BlockFormat(
    id: "iq2_s",
    aliases: [],
    title: "2-bit, entries of 1024 with a sign for each weight, 4-bit scales per 16 weights",
    elements: 256,
    bytes: 82,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "qs", offset: 2, type: .u8, count: 32, parts: []),
        Field(name: "signs", offset: 34, type: .u8, count: 32, parts: []),
        Field(name: "qh", offset: 66, type: .u8, count: 8, parts: []),
        Field(name: "scales", offset: 74, type: .u8, count: 8, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "group", radix: 32), Digit(name: "lane", radix: 8)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [8, 0], width: 8, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [2, 0], width: 2, place: 8, signed: false),
                BitPlane(field: "signs", firstBit: 0, strides: [8, 1], width: 1, place: 10, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: Selection(lane: ["lane"], rule: .grid(Spec.gridEntry("iq2_s"), bits: 10), signs: .own),
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [4], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.multiply(.f32("d"), .add(.literal(0.5), .f32("scale"))), .literal(0.25)), .f32("code")),
        correction: nil
    ),
    encoding: Encoding(search: .iq2s, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "IQ2S-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ2S-01",
            topic: .layout,
            text: "82 bytes: fp16 d at 0, 32 bytes qs at 2, 32 bytes signs at 34, eight bytes qh at 66, eight bytes scales at 74."
        ),
        Clause(
            id: "IQ2S-02",
            topic: .layout,
            text: "Group g of eight weights has the magnitudes of the entry of grid iq2_s whose number is qs[g] with bits 2g and 2g + 1 of qh above it."
        ),
        Clause(id: "IQ2S-03", topic: .layout, text: "Weight l of group g is negative if bit l of signs[g] is set."),
        Clause(
            id: "IQ2S-04",
            topic: .layout,
            text: "Sub-block s of sixteen weights has nibble s of scales, the low one of a byte first."
        ),
        Clause(
            id: "IQ2S-05",
            topic: .decode,
            text: "A weight is ((d * (0.5 + scale)) * 0.25) * (signed magnitude). The steps are those of the original; none of them rounds."
        ),
        Clause(id: "IQ2S-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format18 = format18Made()
@_optimize(none) private func format18Made() -> BlockFormat {
BlockFormat(
    id: "iq2_xs",
    aliases: [],
    title: "2-bit, entries of 512 with signs by parity, 4-bit scales per 16 weights",
    elements: 256,
    bytes: 74,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "qs", offset: 2, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 66, type: .u8, count: 8, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "group", radix: 32), Digit(name: "lane", radix: 8)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [16, 0], width: 8, place: 0, signed: false),
                BitPlane(field: "qs", firstBit: 8, strides: [16, 0], width: 1, place: 8, signed: false),
                BitPlane(field: "qs", firstBit: 9, strides: [16, 0], width: 7, place: 9, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: Selection(lane: ["lane"], rule: .grid(Spec.gridEntry("iq2_xs"), bits: 9), signs: .parity),
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [4], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.multiply(.f32("d"), .add(.literal(0.5), .f32("scale"))), .literal(0.25)), .f32("code")),
        correction: nil
    ),
    encoding: Encoding(search: .iq2xs, outliers: nil, guidedOutliers: nil, needsImportances: true),
    checks: [ContentCheck(clause: "IQ2XS-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(id: "IQ2XS-01", topic: .layout, text: "74 bytes: fp16 d at 0, 32 u16 qs at 2, eight bytes scales at 66."),
        Clause(
            id: "IQ2XS-02",
            topic: .layout,
            text: "Group g of eight weights has the magnitudes of the entry of grid iq2_xs that the lower nine bits of qs[g] number."
        ),
        Clause(
            id: "IQ2XS-03",
            topic: .layout,
            text: "The upper seven bits of qs[g] are the signs of the first seven weights, set for negative; the eighth is negative if an odd number of them is."
        ),
        Clause(
            id: "IQ2XS-04",
            topic: .layout,
            text: "Sub-block s of sixteen weights has nibble s of scales, the low one of a byte first."
        ),
        Clause(
            id: "IQ2XS-05",
            topic: .decode,
            text: "A weight is ((d * (0.5 + scale)) * 0.25) * (signed magnitude). The steps are those of the original; none of them rounds."
        ),
        Clause(id: "IQ2XS-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format19 = format19Made()
@_optimize(none) private func format19Made() -> BlockFormat {
BlockFormat(
    id: "iq2_xxs",
    aliases: [],
    title: "2-bit, entries of 256 with signs by parity, 4-bit scales per 32 weights",
    elements: 256,
    bytes: 66,
    alignment: 2,
    base: nil,
    fields: [Field(name: "d", offset: 0, type: .f16, count: 1, parts: []), Field(name: "qs", offset: 2, type: .u8, count: 64, parts: [])],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "block", radix: 8), Digit(name: "group", radix: 4), Digit(name: "lane", radix: 8)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [64, 8, 0], width: 8, place: 0, signed: false),
                BitPlane(field: "qs", firstBit: 32, strides: [64, 7, 0], width: 7, place: 8, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: Selection(lane: ["lane"], rule: .grid(Spec.gridEntry("iq2_xxs"), bits: 8), signs: .parity),
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "block", radix: 8)],
            planes: [BitPlane(field: "qs", firstBit: 60, strides: [64], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.multiply(.f32("d"), .add(.literal(0.5), .f32("scale"))), .literal(0.25)), .f32("code")),
        correction: nil
    ),
    encoding: Encoding(search: .iq2xxs, outliers: nil, guidedOutliers: nil, needsImportances: true),
    checks: [ContentCheck(clause: "IQ2XXS-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ2XXS-01",
            topic: .layout,
            text: "66 bytes: fp16 d at 0, 64 bytes qs at 2, eight for each sub-block of 32 weights: four numbers of entries, then a u32."
        ),
        Clause(
            id: "IQ2XXS-02",
            topic: .layout,
            text: "Group g of eight weights in a sub-block has the magnitudes of the entry of grid iq2_xxs with number g."
        ),
        Clause(
            id: "IQ2XXS-03",
            topic: .layout,
            text: "Bits 7g to 7g + 6 of the u32 are the signs of the first seven weights of group g, set for negative; the eighth is negative if an odd number of them is."
        ),
        Clause(id: "IQ2XXS-04", topic: .layout, text: "The upper four bits of the u32 are the scale."),
        Clause(
            id: "IQ2XXS-05",
            topic: .decode,
            text: "A weight is ((d * (0.5 + scale)) * 0.25) * (signed magnitude). The steps are those of the original; none of them rounds."
        ),
        Clause(id: "IQ2XXS-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format20 = format20Made()
@_optimize(none) private func format20Made() -> BlockFormat {
BlockFormat(
    id: "iq3_k",
    aliases: [],
    title: "3-bit codebook super-block, 5-bit odd scales per 16 weights (ik_llama.cpp)",
    elements: 256,
    bytes: 110,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "extra", offset: 2, type: .u16, count: 1, parts: []),
        Field(name: "scales_h", offset: 4, type: .u16, count: 1, parts: []),
        Field(name: "scales_l", offset: 6, type: .u8, count: 8, parts: []),
        Field(name: "qs", offset: 14, type: .u8, count: 64, parts: []),
        Field(name: "qh", offset: 78, type: .u8, count: 32, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [
                Digit(name: "half", radix: 2),
                Digit(name: "quarter", radix: 4),
                Digit(name: "side", radix: 2),
                Digit(name: "lane", radix: 16)
            ],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 128, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [4, 1, 128, 8], width: 1, place: 2, signed: false),
                BitPlane(field: "extra", firstBit: 0, strides: [8, 2, 1, 0], width: 1, place: 3, signed: false)
            ],
            bias: 0,
            codebook: [-63, -40, -23, -10, 1, 13, 28, 47, -59, -36, -19, -6, 5, 17, 32, 51],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "block", radix: 16)],
            planes: [
                BitPlane(field: "scales_l", firstBit: 0, strides: [4], width: 4, place: 0, signed: false),
                BitPlane(field: "scales_h", firstBit: 0, strides: [1], width: 1, place: 4, signed: false)
            ],
            bias: 0,
            codebook: [
                1,
                3,
                5,
                7,
                9,
                11,
                13,
                15,
                17,
                19,
                21,
                23,
                25,
                27,
                29,
                31,
                -1,
                -3,
                -5,
                -7,
                -9,
                -11,
                -13,
                -15,
                -17,
                -19,
                -21,
                -23,
                -25,
                -27,
                -29,
                -31
            ],
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ3K-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ3K-01",
            topic: .layout,
            text: "110 bytes: fp16 d at 0, u16 extra at 2, u16 scales_h at 4, eight bytes scales_l at 6, 64 bytes qs at 14, 32 bytes qh at 78."
        ),
        Clause(
            id: "IQ3K-02",
            topic: .layout,
            text: "Weight 128h + 32q + l has two bits in byte 32h + l of qs at shift 2q, and bit 4h + q of qh[l] above them."
        ),
        Clause(
            id: "IQ3K-03",
            topic: .layout,
            text: "Sub-block b of sixteen weights takes the second eight numbers of the codebook if bit b of extra is set, else the first."
        ),
        Clause(
            id: "IQ3K-04",
            topic: .layout,
            text: "The scale of sub-block b is 2n + 1 with n nibble b of scales_l, the low one of a byte first; it is negative if bit b of scales_h is set."
        ),
        Clause(id: "IQ3K-05", topic: .decode, text: "A weight is (d * scale) * (number of the codebook): two roundings."),
        Clause(id: "IQ3K-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format21 = format21Made()
@_optimize(none) private func format21Made() -> BlockFormat {
BlockFormat(
    id: "iq3_ks",
    aliases: [],
    title: "3-bit codebook super-block, 5-bit scales per 32 weights, one scale per row (ik_llama.cpp)",
    elements: 256,
    bytes: 102,
    alignment: 2,
    rowHeader: RowHeader(bytes: 2, alignment: 2, fields: [Field(name: "d", offset: 0, type: .f16, count: 1, parts: [])]),
    base: nil,
    fields: [
        Field(name: "extra", offset: 0, type: .u16, count: 1, parts: []),
        Field(name: "scales", offset: 2, type: .u8, count: 4, parts: []),
        Field(name: "qs", offset: 6, type: .u8, count: 64, parts: []),
        Field(name: "qh", offset: 70, type: .u8, count: 32, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false),
                BitPlane(field: "extra", firstBit: 8, strides: [4, 1, 0], width: 1, place: 3, signed: false)
            ],
            bias: 0,
            codebook: [-63, -40, -23, -10, 1, 13, 28, 47, -59, -36, -19, -6, 5, 17, 32, 51],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "nibble", radix: 2), Digit(name: "byte", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "extra", firstBit: 0, strides: [4, 1], width: 1, place: 4, signed: false)
            ],
            bias: -16,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ3KS-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ3KS-01",
            topic: .layout,
            text: "A row is fp16 d and blocks of 102 bytes: u16 extra at 0, four bytes scales at 2, 64 bytes qs at 6, 32 bytes qh at 70."
        ),
        Clause(
            id: "IQ3KS-02",
            topic: .layout,
            text: "Weight 128h + 32q + l has two bits in byte 32h + l of qs at shift 2q, and bit 4h + q of qh[l] above them."
        ),
        Clause(
            id: "IQ3KS-03",
            topic: .layout,
            text: "Sub-block b of 32 weights takes the second eight numbers of the codebook if bit 8 + b of extra is set, else the first."
        ),
        Clause(
            id: "IQ3KS-04",
            topic: .layout,
            text: "The scale of sub-block b is nibble b div 4 of scales[b mod 4] with bit b of extra above it, minus 16."
        ),
        Clause(id: "IQ3KS-05", topic: .decode, text: "A weight is (d * scale) * (number of the codebook): two roundings."),
        Clause(id: "IQ3KS-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format22 = format22Made()
@_optimize(none) private func format22Made() -> BlockFormat {
BlockFormat(
    id: "iq3_kt",
    aliases: [],
    title: "trellis of 16 bits for eight weights and signs, 4-bit scales per 32 weights, one scale per row (ik_llama.cpp)",
    elements: 256,
    bytes: 100,
    alignment: 1,
    rowHeader: RowHeader(bytes: 4, alignment: 4, fields: [Field(name: "d", offset: 0, type: .f32, count: 1, parts: [])]),
    base: nil,
    fields: [
        Field(name: "scales", offset: 0, type: .u8, count: 4, parts: []),
        Field(name: "ql", offset: 4, type: .u8, count: 64, parts: []),
        Field(name: "qh", offset: 68, type: .u8, count: 32, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "group", radix: 32), Digit(name: "lane", radix: 8)],
            planes: [
                BitPlane(field: "ql", firstBit: 0, strides: [16, 0], width: 8, place: 0, signed: false),
                BitPlane(field: "ql", firstBit: 8, strides: [16, 0], width: 8, place: 8, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: Selection(lane: ["lane"], rule: .sequence(NumberSequence(start: 4096, multiplier: 3417055213, mask: 1061109567, bias: -126, isMagnitude: true)), signs: .none),
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "nibble", radix: 2), Digit(name: "byte", radix: 4)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [4, 8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 1,
            digits: [Digit(name: "block", radix: 8), Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qh", firstBit: 0, strides: [1, 8], width: 1, place: 0, signed: false)],
            bias: 0,
            codebook: [1, -1],
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .multiply(.multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")), .f32("min")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ3KT-07", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ3KT-01",
            topic: .layout,
            text: "A row is fp32 d and blocks of 100 bytes: four bytes scales at 0, 64 bytes ql at 4, 32 bytes qh at 68."
        ),
        Clause(
            id: "IQ3KT-02",
            topic: .layout,
            text: "Eight weights from 8g on have the 16-bit word at byte 2g of ql as their code."
        ),
        Clause(
            id: "IQ3KT-03",
            topic: .layout,
            text: "Their magnitudes are those of the first eight numbers of the sequence of the code (NUM-13), with the start 4096, the multiplier 3417055213, the mask 0x3F3F3F3F and the bias -126."
        ),
        Clause(
            id: "IQ3KT-04",
            topic: .layout,
            text: "The scale of sub-block b of 32 weights is nibble b div 4 of scales[b mod 4]."
        ),
        Clause(id: "IQ3KT-05", topic: .layout, text: "Weight 32b + l changes its sign if bit b of qh[l] is set."),
        Clause(
            id: "IQ3KT-06",
            topic: .decode,
            text: "A weight is (d * scale) * magnitude, two roundings, and then its sign, so that a magnitude of 0 has the sign as well."
        ),
        Clause(id: "IQ3KT-07", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format23 = format23Made()
@_optimize(none) private func format23Made() -> BlockFormat {
BlockFormat(
    id: "iq3_s",
    aliases: [],
    title: "3-bit, entries of 512 with a sign for each weight, 4-bit scales per 32 weights",
    elements: 256,
    bytes: 110,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "qs", offset: 2, type: .u8, count: 64, parts: []),
        Field(name: "qh", offset: 66, type: .u8, count: 8, parts: []),
        Field(name: "signs", offset: 74, type: .u8, count: 32, parts: []),
        Field(name: "scales", offset: 106, type: .u8, count: 4, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "entry", radix: 64), Digit(name: "lane", radix: 4)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [8, 0], width: 8, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [1, 0], width: 1, place: 8, signed: false),
                BitPlane(field: "signs", firstBit: 0, strides: [4, 1], width: 1, place: 9, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: Selection(lane: ["lane"], rule: .grid(Spec.gridEntry("iq3_s"), bits: 9), signs: .own),
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "block", radix: 8)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [4], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .add(.literal(1.0), .multiply(.literal(2.0), .f32("scale")))), .f32("code")),
        correction: nil
    ),
    encoding: Encoding(search: .iq3s, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "IQ3S-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ3S-01",
            topic: .layout,
            text: "110 bytes: fp16 d at 0, 64 bytes qs at 2, eight bytes qh at 66, 32 bytes signs at 74, four bytes scales at 106."
        ),
        Clause(
            id: "IQ3S-02",
            topic: .layout,
            text: "Four weights from 4k on have the magnitudes of the entry of grid iq3_s whose number is qs[k] with bit k of qh above it."
        ),
        Clause(id: "IQ3S-03", topic: .layout, text: "Weight w is negative if bit w of signs is set."),
        Clause(
            id: "IQ3S-04",
            topic: .layout,
            text: "Sub-block s of 32 weights has nibble s of scales, the low one of a byte first."
        ),
        Clause(
            id: "IQ3S-05",
            topic: .decode,
            text: "A weight is (d * (1 + 2 scale)) * (signed magnitude). The steps are those of the original; none of them rounds."
        ),
        Clause(id: "IQ3S-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format24 = format24Made()
@_optimize(none) private func format24Made() -> BlockFormat {
BlockFormat(
    id: "iq3_xxs",
    aliases: [],
    title: "3-bit, entries of 256 with signs by parity, 4-bit scales per 32 weights",
    elements: 256,
    bytes: 98,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "qs", offset: 2, type: .u8, count: 64, parts: []),
        Field(name: "signs_scale", offset: 66, type: .u8, count: 32, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [
                Digit(name: "block", radix: 8),
                Digit(name: "group", radix: 4),
                Digit(name: "half", radix: 2),
                Digit(name: "lane", radix: 4)
            ],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [64, 16, 8, 0], width: 8, place: 0, signed: false),
                BitPlane(field: "signs_scale", firstBit: 0, strides: [32, 7, 0, 0], width: 7, place: 8, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: Selection(lane: ["half", "lane"], rule: .grid(Spec.gridEntry("iq3_xxs"), bits: 8), signs: .parity),
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "block", radix: 8)],
            planes: [BitPlane(field: "signs_scale", firstBit: 28, strides: [32], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.multiply(.f32("d"), .add(.literal(0.5), .f32("scale"))), .literal(0.5)), .f32("code")),
        correction: nil
    ),
    encoding: Encoding(search: .iq3xxs, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "IQ3XXS-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ3XXS-01",
            topic: .layout,
            text: "98 bytes: fp16 d at 0, 64 bytes qs at 2, 32 bytes signs_scale at 66: a u32 for each sub-block of 32 weights."
        ),
        Clause(
            id: "IQ3XXS-02",
            topic: .layout,
            text: "Four weights from 4k on have the magnitudes of the entry of grid iq3_xxs with number qs[k]."
        ),
        Clause(
            id: "IQ3XXS-03",
            topic: .layout,
            text: "Bits 7g to 7g + 6 of the u32 are the signs of the first seven weights of group g of eight, set for negative; the eighth is negative if an odd number of them is."
        ),
        Clause(id: "IQ3XXS-04", topic: .layout, text: "The upper four bits of the u32 are the scale."),
        Clause(
            id: "IQ3XXS-05",
            topic: .decode,
            text: "A weight is ((d * (0.5 + scale)) * 0.5) * (signed magnitude). The steps are those of the original; none of them rounds."
        ),
        Clause(id: "IQ3XXS-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format25 = format25Made()
@_optimize(none) private func format25Made() -> BlockFormat {
BlockFormat(
    id: "iq4_k",
    aliases: [],
    title: "4-bit codebook super-block, 6-bit scales per 16 weights (ik_llama.cpp)",
    elements: 256,
    bytes: 144,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "extra", offset: 2, type: .u16, count: 1, parts: []),
        Field(name: "scales_h", offset: 4, type: .u8, count: 4, parts: []),
        Field(name: "scales_l", offset: 8, type: .u8, count: 8, parts: []),
        Field(name: "qs", offset: 16, type: .u8, count: 128, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "block", radix: 8), Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 16)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [128, 4, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "extra", firstBit: 0, strides: [2, 1, 0], width: 1, place: 4, signed: false)
            ],
            bias: 0,
            codebook: [
                -127,
                -104,
                -83,
                -65,
                -49,
                -35,
                -22,
                -10,
                1,
                13,
                25,
                38,
                53,
                69,
                89,
                113,
                -123,
                -100,
                -79,
                -61,
                -45,
                -31,
                -18,
                -6,
                5,
                17,
                29,
                42,
                57,
                73,
                93,
                117
            ],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "block", radix: 16)],
            planes: [
                BitPlane(field: "scales_l", firstBit: 0, strides: [4], width: 4, place: 0, signed: false),
                BitPlane(field: "scales_h", firstBit: 0, strides: [2], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ4K-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ4K-01",
            topic: .layout,
            text: "144 bytes: fp16 d at 0, u16 extra at 2, four bytes scales_h at 4, eight bytes scales_l at 8, 128 bytes qs at 16."
        ),
        Clause(id: "IQ4K-02", topic: .layout, text: "Weight 32b + 16n + l has nibble n of byte 16b + l of qs."),
        Clause(
            id: "IQ4K-03",
            topic: .layout,
            text: "Sub-block s of sixteen weights takes the second sixteen numbers of the codebook if bit s of extra is set, else the first."
        ),
        Clause(
            id: "IQ4K-04",
            topic: .layout,
            text: "The scale of sub-block s is nibble s of scales_l with bits 2s and 2s + 1 of scales_h above it, minus 32."
        ),
        Clause(id: "IQ4K-05", topic: .decode, text: "A weight is (d * scale) * (number of the codebook): two roundings."),
        Clause(id: "IQ4K-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format26 = format26Made()
@_optimize(none) private func format26Made() -> BlockFormat {
BlockFormat(
    id: "iq4_ks",
    aliases: [],
    title: "4-bit codebook super-block, 7-bit scales per 32 weights, one scale per row (ik_llama.cpp)",
    elements: 256,
    bytes: 136,
    alignment: 1,
    rowHeader: RowHeader(bytes: 4, alignment: 4, fields: [Field(name: "d", offset: 0, type: .f32, count: 1, parts: [])]),
    base: nil,
    fields: [
        Field(name: "scales", offset: 0, type: .u8, count: 8, parts: []),
        Field(name: "qs", offset: 8, type: .u8, count: 128, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "block", radix: 8), Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 16)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [128, 4, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 0, strides: [8, 0, 0], width: 1, place: 4, signed: false)
            ],
            bias: 0,
            codebook: [
                -127,
                -104,
                -83,
                -65,
                -49,
                -35,
                -22,
                -10,
                1,
                13,
                25,
                38,
                53,
                69,
                89,
                113,
                -123,
                -100,
                -79,
                -61,
                -45,
                -31,
                -18,
                -6,
                5,
                17,
                29,
                42,
                57,
                73,
                93,
                117
            ],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "block", radix: 8)],
            planes: [BitPlane(field: "scales", firstBit: 1, strides: [8], width: 7, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .subtract(.multiply(.literal(2.0), .f32("scale")), .literal(127.0))), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ4KS-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ4KS-01",
            topic: .layout,
            text: "A row is fp32 d and blocks of 136 bytes: eight bytes scales at 0, 128 bytes qs at 8."
        ),
        Clause(id: "IQ4KS-02", topic: .layout, text: "Weight 32b + 16n + l has nibble n of byte 16b + l of qs."),
        Clause(
            id: "IQ4KS-03",
            topic: .layout,
            text: "Sub-block b of 32 weights takes the second sixteen numbers of the codebook if bit 0 of scales[b] is set, else the first."
        ),
        Clause(
            id: "IQ4KS-04",
            topic: .layout,
            text: "The scale of sub-block b is the upper seven bits of scales[b], of which 2 scale - 127 counts: the odd numbers from -127 to 127."
        ),
        Clause(
            id: "IQ4KS-05",
            topic: .decode,
            text: "A weight is (d * (2 scale - 127)) * (number of the codebook): two roundings."
        ),
        Clause(id: "IQ4KS-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format27 = format27Made()
@_optimize(none) private func format27Made() -> BlockFormat {
BlockFormat(
    id: "iq4_kss",
    aliases: [],
    title: "4-bit codebook super-block, scales in spare bits, one scale per row (ik_llama.cpp)",
    elements: 256,
    bytes: 128,
    alignment: 4,
    rowHeader: RowHeader(bytes: 4, alignment: 4, fields: [Field(name: "d", offset: 0, type: .f32, count: 1, parts: [])]),
    base: nil,
    fields: [Field(name: "qs", offset: 0, type: .u8, count: 128, parts: [])],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "block", radix: 8), Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 16)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [128, 4, 8], width: 4, place: 0, signed: false, gray: 16),
                BitPlane(field: "qs", firstBit: 0, strides: [128, 0, 0], width: 1, place: 4, signed: false)
            ],
            bias: 0,
            codebook: [
                -127,
                -104,
                -83,
                -65,
                -49,
                -35,
                -22,
                -10,
                1,
                13,
                25,
                38,
                53,
                69,
                89,
                113,
                -123,
                -100,
                -79,
                -61,
                -45,
                -31,
                -18,
                -6,
                5,
                17,
                29,
                42,
                57,
                73,
                93,
                117
            ],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "block", radix: 8)],
            planes: [
                BitPlane(field: "qs", firstBit: 16, strides: [128], width: 1, place: 0, signed: false),
                BitPlane(field: "qs", firstBit: 32, strides: [128], width: 1, place: 1, signed: false),
                BitPlane(field: "qs", firstBit: 48, strides: [128], width: 1, place: 2, signed: false),
                BitPlane(field: "qs", firstBit: 64, strides: [128], width: 1, place: 3, signed: false),
                BitPlane(field: "qs", firstBit: 80, strides: [128], width: 1, place: 4, signed: false),
                BitPlane(field: "qs", firstBit: 96, strides: [128], width: 1, place: 5, signed: false),
                BitPlane(field: "qs", firstBit: 112, strides: [128], width: 1, place: 6, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .subtract(.multiply(.literal(2.0), .f32("scale")), .literal(127.0))), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ4KSS-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ4KSS-01",
            topic: .layout,
            text: "A row is fp32 d and blocks of 128 bytes: 64 words of 16 bits, eight for each sub-block of 32 weights."
        ),
        Clause(
            id: "IQ4KSS-02",
            topic: .layout,
            text: "Of a word w without its lowest bit, v, the four nibbles of v xor (v >> 1) count: weight 32b + 16n + l has nibble n of byte 16b + l of these."
        ),
        Clause(
            id: "IQ4KSS-03",
            topic: .layout,
            text: "Sub-block b takes the second sixteen numbers of the codebook if the lowest bit of its first word is set, else the first."
        ),
        Clause(
            id: "IQ4KSS-04",
            topic: .layout,
            text: "The scale of sub-block b is the lowest bits of its other seven words, that of the second word lowest; 2 scale - 127 counts."
        ),
        Clause(
            id: "IQ4KSS-05",
            topic: .decode,
            text: "A weight is (d * (2 scale - 127)) * (number of the codebook): two roundings."
        ),
        Clause(id: "IQ4KSS-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format28 = format28Made()
@_optimize(none) private func format28Made() -> BlockFormat {
BlockFormat(
    id: "iq4_kt",
    aliases: [],
    title: "trellis of 16 bits for four weights, 7-bit scales per 32 weights, one scale per row (ik_llama.cpp)",
    elements: 256,
    bytes: 128,
    alignment: 4,
    rowHeader: RowHeader(bytes: 4, alignment: 4, fields: [Field(name: "d", offset: 0, type: .f32, count: 1, parts: [])]),
    base: nil,
    fields: [
        Field(name: "sh", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "ql", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "qh", offset: 96, type: .u8, count: 32, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [
                Digit(name: "half", radix: 2),
                Digit(name: "block", radix: 4),
                Digit(name: "group", radix: 8),
                Digit(name: "lane", radix: 4)
            ],
            planes: [
                BitPlane(field: "ql", firstBit: 0, strides: [256, 64, 8, 0], width: 8, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [4, 64, 8, 0], width: 4, place: 8, signed: false),
                BitPlane(field: "sh", firstBit: 8, strides: [128, 32, 3, 0], width: 3, place: 12, signed: false),
                BitPlane(field: "sh", firstBit: 0, strides: [128, 32, 0, 0], width: 1, place: 15, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: Selection(lane: ["lane"], rule: .sequence(NumberSequence(start: 4096, multiplier: 3417055213, mask: 1061109567, bias: -126, isMagnitude: false)), signs: .none),
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "block", radix: 8)],
            planes: [BitPlane(field: "sh", firstBit: 1, strides: [32], width: 7, place: 0, signed: false)],
            bias: -64,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ4KT-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ4KT-01",
            topic: .layout,
            text: "A row is fp32 d and blocks of 128 bytes: eight words sh of 32 bits at 0, 64 bytes ql at 32, 32 bytes qh at 96."
        ),
        Clause(
            id: "IQ4KT-02",
            topic: .layout,
            text: "Four weights from 4g on have a code of 16 bits: ql[g], nibble g div 32 of qh[g mod 32] above it, three bits of word g div 8 of sh above those, from bit 8 + 3 (g mod 8) on, and bit 0 of that word at the top."
        ),
        Clause(
            id: "IQ4KT-03",
            topic: .layout,
            text: "Their numbers are the first four of the sequence of the code (NUM-13), with the start 4096, the multiplier 3417055213, the mask 0x3F3F3F3F and the bias -126."
        ),
        Clause(
            id: "IQ4KT-04",
            topic: .layout,
            text: "The scale of sub-block b of 32 weights is bits 1 to 7 of word b of sh, minus 64."
        ),
        Clause(id: "IQ4KT-05", topic: .decode, text: "A weight is (d * scale) * number: two roundings."),
        Clause(id: "IQ4KT-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format29 = format29Made()
@_optimize(none) private func format29Made() -> BlockFormat {
BlockFormat(
    id: "iq4_nl",
    aliases: [],
    title: "4-bit codebook, one scale per 32 weights",
    elements: 32,
    bytes: 18,
    alignment: 2,
    base: nil,
    fields: [Field(name: "d", offset: 0, type: .f16, count: 1, parts: []), Field(name: "qs", offset: 2, type: .u8, count: 16, parts: [])],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 16)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [4, 8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("d"), .f32("code")),
        correction: nil
    ),
    encoding: Encoding(search: .codebook, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "IQ4NL-03", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ4NL-01",
            topic: .layout,
            text: "18 bytes as Q4_0: fp16 d at 0, nibbles at 2; the nibble selects one of sixteen fixed values from -127 to 113."
        ),
        Clause(id: "IQ4NL-02", topic: .decode, text: "A weight is d * value, one rounding."),
        Clause(id: "IQ4NL-03", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format30 = format30Made()
@_optimize(none) private func format30Made() -> BlockFormat {
BlockFormat(
    id: "iq4_xs",
    aliases: [],
    title: "4-bit codebook super-block, signed 6-bit scales per 32 weights",
    elements: 256,
    bytes: 136,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "scales_h", offset: 2, type: .u16, count: 1, parts: []),
        Field(name: "scales_l", offset: 4, type: .u8, count: 4, parts: []),
        Field(name: "qs", offset: 8, type: .u8, count: 128, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "block", radix: 8), Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 16)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [128, 4, 8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: [-127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "block", radix: 8)],
            planes: [
                BitPlane(field: "scales_l", firstBit: 0, strides: [4], width: 4, place: 0, signed: false),
                BitPlane(field: "scales_h", firstBit: 0, strides: [2], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: Encoding(search: .iq4xs, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "IQ4XS-04", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ4XS-01",
            topic: .layout,
            text: "136 bytes: fp16 d at 0, u16 scales_h at 2, four bytes scales_l at 4, 128 bytes qs at 8; sub-block b of 32 weights has its nibbles in bytes 16b to 16b + 15 of qs, in the order of Q4_0."
        ),
        Clause(
            id: "IQ4XS-02",
            topic: .layout,
            text: "The scale of sub-block b is nibble b of scales_l with bits 2b and 2b + 1 of scales_h above it, minus 32."
        ),
        Clause(
            id: "IQ4XS-03",
            topic: .decode,
            text: "A weight is (d * scale) * value with the value of the IQ4_NL codebook: two roundings."
        ),
        Clause(id: "IQ4XS-04", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format31 = format31Made()
@_optimize(none) private func format31Made() -> BlockFormat {
BlockFormat(
    id: "iq5_k",
    aliases: [],
    title: "5-bit codebook super-block, 6-bit scales per 16 weights (ik_llama.cpp)",
    elements: 256,
    bytes: 176,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "extra", offset: 2, type: .u16, count: 1, parts: []),
        Field(name: "scales_h", offset: 4, type: .u8, count: 4, parts: []),
        Field(name: "scales_l", offset: 8, type: .u8, count: 8, parts: []),
        Field(name: "qs", offset: 16, type: .u8, count: 128, parts: []),
        Field(name: "qh", offset: 144, type: .u8, count: 32, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [
                Digit(name: "pair", radix: 4),
                Digit(name: "nibble", radix: 2),
                Digit(name: "side", radix: 2),
                Digit(name: "lane", radix: 16)
            ],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 4, 128, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [2, 1, 128, 8], width: 1, place: 4, signed: false),
                BitPlane(field: "extra", firstBit: 0, strides: [4, 2, 1, 0], width: 1, place: 5, signed: false)
            ],
            bias: 0,
            codebook: [
                -126,
                -114,
                -103,
                -92,
                -83,
                -74,
                -65,
                -57,
                -50,
                -43,
                -36,
                -30,
                -24,
                -18,
                -12,
                -6,
                -1,
                5,
                11,
                17,
                23,
                29,
                36,
                43,
                51,
                59,
                68,
                77,
                87,
                97,
                109,
                121,
                -124,
                -112,
                -101,
                -90,
                -81,
                -72,
                -63,
                -55,
                -48,
                -41,
                -34,
                -28,
                -22,
                -16,
                -10,
                -4,
                1,
                7,
                13,
                19,
                25,
                31,
                38,
                45,
                53,
                61,
                70,
                79,
                89,
                99,
                111,
                123
            ],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "block", radix: 16)],
            planes: [
                BitPlane(field: "scales_l", firstBit: 0, strides: [4], width: 4, place: 0, signed: false),
                BitPlane(field: "scales_h", firstBit: 0, strides: [2], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ5K-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ5K-01",
            topic: .layout,
            text: "176 bytes: fp16 d at 0, u16 extra at 2, four bytes scales_h at 4, eight bytes scales_l at 8, 128 bytes qs at 16, 32 bytes qh at 144."
        ),
        Clause(
            id: "IQ5K-02",
            topic: .layout,
            text: "Weight 64p + 32n + l has nibble n of byte 32p + l of qs, and bit 2p + n of qh[l] above it."
        ),
        Clause(
            id: "IQ5K-03",
            topic: .layout,
            text: "Sub-block s of sixteen weights takes the second 32 numbers of the codebook if bit s of extra is set, else the first."
        ),
        Clause(
            id: "IQ5K-04",
            topic: .layout,
            text: "The scale of sub-block s is nibble s of scales_l with bits 2s and 2s + 1 of scales_h above it, minus 32."
        ),
        Clause(id: "IQ5K-05", topic: .decode, text: "A weight is (d * scale) * (number of the codebook): two roundings."),
        Clause(id: "IQ5K-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format32 = format32Made()
@_optimize(none) private func format32Made() -> BlockFormat {
BlockFormat(
    id: "iq5_ks",
    aliases: [],
    title: "5-bit codebook super-block, 7-bit scales per 32 weights, one scale per row (ik_llama.cpp)",
    elements: 256,
    bytes: 168,
    alignment: 1,
    rowHeader: RowHeader(bytes: 4, alignment: 4, fields: [Field(name: "d", offset: 0, type: .f32, count: 1, parts: [])]),
    base: nil,
    fields: [
        Field(name: "scales", offset: 0, type: .u8, count: 8, parts: []),
        Field(name: "qs", offset: 8, type: .u8, count: 128, parts: []),
        Field(name: "qh", offset: 136, type: .u8, count: 32, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "pair", radix: 4), Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 4, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [2, 1, 8], width: 1, place: 4, signed: false),
                BitPlane(field: "scales", firstBit: 0, strides: [16, 8, 0], width: 1, place: 5, signed: false)
            ],
            bias: 0,
            codebook: [
                -126,
                -114,
                -103,
                -92,
                -83,
                -74,
                -65,
                -57,
                -50,
                -43,
                -36,
                -30,
                -24,
                -18,
                -12,
                -6,
                -1,
                5,
                11,
                17,
                23,
                29,
                36,
                43,
                51,
                59,
                68,
                77,
                87,
                97,
                109,
                121,
                -124,
                -112,
                -101,
                -90,
                -81,
                -72,
                -63,
                -55,
                -48,
                -41,
                -34,
                -28,
                -22,
                -16,
                -10,
                -4,
                1,
                7,
                13,
                19,
                25,
                31,
                38,
                45,
                53,
                61,
                70,
                79,
                89,
                99,
                111,
                123
            ],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "block", radix: 8)],
            planes: [BitPlane(field: "scales", firstBit: 1, strides: [8], width: 7, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .subtract(.multiply(.literal(2.0), .f32("scale")), .literal(127.0))), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ5KS-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ5KS-01",
            topic: .layout,
            text: "A row is fp32 d and blocks of 168 bytes: eight bytes scales at 0, 128 bytes qs at 8, 32 bytes qh at 136."
        ),
        Clause(
            id: "IQ5KS-02",
            topic: .layout,
            text: "Weight 64p + 32n + l has nibble n of byte 32p + l of qs, and bit 2p + n of qh[l] above it."
        ),
        Clause(
            id: "IQ5KS-03",
            topic: .layout,
            text: "Sub-block b of 32 weights takes the second 32 numbers of the codebook if bit 0 of scales[b] is set, else the first."
        ),
        Clause(
            id: "IQ5KS-04",
            topic: .layout,
            text: "The scale of sub-block b is the upper seven bits of scales[b], of which 2 scale - 127 counts."
        ),
        Clause(
            id: "IQ5KS-05",
            topic: .decode,
            text: "A weight is (d * (2 scale - 127)) * (number of the codebook): two roundings."
        ),
        Clause(id: "IQ5KS-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format33 = format33Made()
@_optimize(none) private func format33Made() -> BlockFormat {
BlockFormat(
    id: "iq6_k",
    aliases: [],
    title: "6-bit super-block of a cubic curve, 8-bit scales per 16 weights (ik_llama.cpp)",
    elements: 256,
    bytes: 212,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "extra", offset: 2, type: .u16, count: 1, parts: []),
        Field(name: "scales", offset: 4, type: .i8, count: 16, parts: []),
        Field(name: "qs", offset: 20, type: .u8, count: 128, parts: []),
        Field(name: "qh", offset: 148, type: .u8, count: 64, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [
                Digit(name: "half", radix: 2),
                Digit(name: "pair", radix: 2),
                Digit(name: "nibble", radix: 2),
                Digit(name: "lane", radix: 32)
            ],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [512, 256, 4, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [256, 4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "block", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [8], width: 8, place: 0, signed: true)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 16,
            digits: [Digit(name: "block", radix: 16)],
            planes: [BitPlane(field: "extra", firstBit: 0, strides: [1], width: 1, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .add(.subtract(.multiply(.f32("code"), .add(.literal(6.2568), .multiply(.f32("code"), .subtract(.multiply(.f32("code"), .literal(0.0011972)), .literal(0.11218))))), .literal(127.0)), .f32("min"))),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "IQ6K-07", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "IQ6K-01",
            topic: .layout,
            text: "212 bytes: fp16 d at 0, u16 extra at 2, sixteen signed bytes scales at 4, 128 bytes qs at 20, 64 bytes qh at 148."
        ),
        Clause(
            id: "IQ6K-02",
            topic: .layout,
            text: "Weight 128h + 64p + 32n + l has nibble n of byte 64h + 32p + l of qs, and above it two bits of byte 32h + l of qh at shift 4p + 2n."
        ),
        Clause(
            id: "IQ6K-03",
            topic: .layout,
            text: "The scale of sub-block s of sixteen weights is the signed byte scales[s]; its shift is bit s of extra."
        ),
        Clause(
            id: "IQ6K-04",
            topic: .decode,
            text: "The number of a code q is q * (b + q * (q * c - e)) - 127 with b, c and e the fp32 numbers nearest to 6.2568, 0.0011972 and 0.11218, each operation rounded once."
        ),
        Clause(
            id: "IQ6K-05",
            topic: .decode,
            text: "A weight is (d * scale) * (number + shift): a rounding each for the first product, the sum and the last product."
        ),
        Clause(
            id: "IQ6K-06",
            topic: .decode,
            text: "The numbers are near those of a table, which other programs may use instead; the curve is what decides here."
        ),
        Clause(id: "IQ6K-07", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format34 = format34Made()
@_optimize(none) private func format34Made() -> BlockFormat {
BlockFormat(
    id: "mxfp4",
    aliases: [],
    title: "OCP microscaling FP4, one power-of-two scale per 32 weights",
    elements: 32,
    bytes: 17,
    alignment: 1,
    base: nil,
    fields: [
        Field(name: "e", offset: 0, type: .e8m0half, count: 1, parts: []),
        Field(name: "qs", offset: 1, type: .u8, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 16)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [4, 8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("e")),
        correction: nil
    ),
    encoding: Encoding(search: .mxfp4, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [
        ContentCheck(
            clause: "MXFP4-03",
            kind: .bytesWritten,
            field: "e",
            severity: .error,
            bytes: ByteSet(words: [18446744073709551615, 18446744073709551615, 18446744073709551615, 9223372036854775807])
        )
    ],
    marks: Marks(
        specificity: 0,
        forms: [Mark(clause: "MXFP4-01", kind: .plausibleExponent, field: "e", from: 0)],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "MXFP4-01",
            topic: .layout,
            text: "17 bytes: scale exponent e at 0, sixteen bytes of nibbles at 1 in the order of Q4_0; a nibble is an E2M1 number."
        ),
        Clause(
            id: "MXFP4-02",
            topic: .decode,
            text: "A weight is (twice the E2M1 value) * 2^(e - 128), one rounding; the negative zero of E2M1 decodes to +0."
        ),
        Clause(
            id: "MXFP4-03",
            topic: .content,
            text: "e is not 0xFF, which is the NaN of E8M0; it decodes as 2^127 here, and loaders that check tensors refuse it."
        )
    ],
    provenance: nil
)
}

private let format35 = format35Made()
@_optimize(none) private func format35Made() -> BlockFormat {
BlockFormat(
    id: "nvfp4",
    aliases: [],
    title: "FP4 with an eight-bit float scale per 16 weights",
    elements: 64,
    bytes: 36,
    alignment: 1,
    base: nil,
    fields: [Field(name: "d", offset: 0, type: .u8, count: 4, parts: []), Field(name: "qs", offset: 4, type: .u8, count: 32, parts: [])],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "group", radix: 4), Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 8)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [64, 4, 8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: [0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 4)],
            planes: [BitPlane(field: "d", firstBit: 0, strides: [8], width: 8, place: 0, signed: false)],
            bias: 0,
            codebook: [
                0,
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                9,
                10,
                11,
                12,
                13,
                14,
                15,
                16,
                18,
                20,
                22,
                24,
                26,
                28,
                30,
                32,
                36,
                40,
                44,
                48,
                52,
                56,
                60,
                64,
                72,
                80,
                88,
                96,
                104,
                112,
                120,
                128,
                144,
                160,
                176,
                192,
                208,
                224,
                240,
                256,
                288,
                320,
                352,
                384,
                416,
                448,
                480,
                512,
                576,
                640,
                704,
                768,
                832,
                896,
                960,
                1024,
                1152,
                1280,
                1408,
                1536,
                1664,
                1792,
                1920,
                2048,
                2304,
                2560,
                2816,
                3072,
                3328,
                3584,
                3840,
                4096,
                4608,
                5120,
                5632,
                6144,
                6656,
                7168,
                7680,
                8192,
                9216,
                10240,
                11264,
                12288,
                13312,
                14336,
                15360,
                16384,
                18432,
                20480,
                22528,
                24576,
                26624,
                28672,
                30720,
                32768,
                36864,
                40960,
                45056,
                49152,
                53248,
                57344,
                61440,
                65536,
                73728,
                81920,
                90112,
                98304,
                106496,
                114688,
                122880,
                131072,
                147456,
                163840,
                180224,
                196608,
                212992,
                229376,
                0,
                0,
                1,
                2,
                3,
                4,
                5,
                6,
                7,
                8,
                9,
                10,
                11,
                12,
                13,
                14,
                15,
                16,
                18,
                20,
                22,
                24,
                26,
                28,
                30,
                32,
                36,
                40,
                44,
                48,
                52,
                56,
                60,
                64,
                72,
                80,
                88,
                96,
                104,
                112,
                120,
                128,
                144,
                160,
                176,
                192,
                208,
                224,
                240,
                256,
                288,
                320,
                352,
                384,
                416,
                448,
                480,
                512,
                576,
                640,
                704,
                768,
                832,
                896,
                960,
                1024,
                1152,
                1280,
                1408,
                1536,
                1664,
                1792,
                1920,
                2048,
                2304,
                2560,
                2816,
                3072,
                3328,
                3584,
                3840,
                4096,
                4608,
                5120,
                5632,
                6144,
                6656,
                7168,
                7680,
                8192,
                9216,
                10240,
                11264,
                12288,
                13312,
                14336,
                15360,
                16384,
                18432,
                20480,
                22528,
                24576,
                26624,
                28672,
                30720,
                32768,
                36864,
                40960,
                45056,
                49152,
                53248,
                57344,
                61440,
                65536,
                73728,
                81920,
                90112,
                98304,
                106496,
                114688,
                122880,
                131072,
                147456,
                163840,
                180224,
                196608,
                212992,
                229376,
                245760
            ],
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.f32("code"), .divide(.f32("scale"), .literal(1024.0))),
        correction: nil
    ),
    encoding: Encoding(search: .nvfp4, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [
        ContentCheck(
            clause: "NVFP4-04",
            kind: .bytesWritten,
            field: "d",
            severity: .warning,
            bytes: ByteSet(words: [18446744073709551615, 9223372036854775807, 0, 0])
        )
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "NVFP4-01",
            topic: .layout,
            text: "36 bytes: four bytes d at 0, 32 bytes qs at 4; sub-block s of sixteen weights has its nibbles in bytes 8s to 8s + 7 of qs, the low ones first; a nibble is an E2M1 number."
        ),
        Clause(id: "NVFP4-02", topic: .layout, text: "The scale of sub-block s is half the UE4M3 number d[s] (NUM-12)."),
        Clause(
            id: "NVFP4-03",
            topic: .decode,
            text: "A weight is (twice the E2M1 value) * scale, one rounding, which changes nothing; the negative zero of E2M1 counts as +0, and a negative number times a scale of 0 is -0."
        ),
        Clause(
            id: "NVFP4-04",
            topic: .content,
            text: "d[s] is at most 0x7E: it has no sign, and 0x7F, the NaN of the format, decodes to a scale of 0. Encoders write no other."
        )
    ],
    provenance: nil
)
}

private let format36 = format36Made()
@_optimize(none) private func format36Made() -> BlockFormat {
BlockFormat(
    id: "q1_0",
    aliases: ["q1_0_g128"],
    title: "signs only, one scale per 128 weights",
    elements: 128,
    bytes: 18,
    alignment: 2,
    base: nil,
    fields: [Field(name: "d", offset: 0, type: .f16, count: 1, parts: []), Field(name: "qs", offset: 2, type: .u8, count: 16, parts: [])],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "byte", radix: 16), Digit(name: "bit", radix: 8)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [8, 1], width: 1, place: 0, signed: false)],
            bias: 0,
            codebook: [-1, 1],
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: nil
    ),
    encoding: Encoding(search: .q10, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "Q10-03", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q10-01",
            topic: .layout,
            text: "18 bytes: fp16 d at 0, sixteen bytes qs at 2; weight w has bit w mod 8 of qs[w div 8]."
        ),
        Clause(id: "Q10-02", topic: .decode, text: "A weight is d where its bit is set and -d where it is not."),
        Clause(id: "Q10-03", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format37 = format37Made()
@_optimize(none) private func format37Made() -> BlockFormat {
BlockFormat(
    id: "q2_0",
    aliases: [],
    title: "four levels from -d to 2d, one scale per 64 weights",
    elements: 64,
    bytes: 18,
    alignment: 2,
    base: nil,
    fields: [Field(name: "d", offset: 0, type: .f16, count: 1, parts: []), Field(name: "qs", offset: 2, type: .u8, count: 16, parts: [])],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "byte", radix: 16), Digit(name: "pair", radix: 4)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [8, 2], width: 2, place: 0, signed: false)],
            bias: -1,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: nil
    ),
    encoding: Encoding(search: .q20, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "Q20-03", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q20-01",
            topic: .layout,
            text: "18 bytes: fp16 d at 0, sixteen bytes qs at 2; weight w has two bits in qs[w div 4] at shift 2 (w mod 4); the code is the bits minus 1: -1 to 2."
        ),
        Clause(id: "Q20-02", topic: .decode, text: "A weight is code * d, one rounding, which changes nothing."),
        Clause(id: "Q20-03", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format38 = format38Made()
@_optimize(none) private func format38Made() -> BlockFormat {
BlockFormat(
    id: "q2_k",
    aliases: [],
    title: "2-bit super-block, 4-bit scales and minima per 16 weights",
    elements: 256,
    bytes: 84,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "scales", offset: 0, type: .u8, count: 16, parts: []),
        Field(name: "qs", offset: 16, type: .u8, count: 64, parts: []),
        Field(name: "d", offset: 80, type: .f16, count: 1, parts: []),
        Field(name: "dmin", offset: 82, type: .f16, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 4, strides: [8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .subtract(.multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")), .multiply(.f32("dmin"), .f32("min"))),
        correction: nil
    ),
    encoding: Encoding(search: .q2k, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [
        ContentCheck(clause: "Q2K-05", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q2K-05", kind: .finite, field: "dmin", severity: .error, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q2K-01",
            topic: .layout,
            text: "84 bytes: sixteen bytes scales at 0, 64 bytes qs at 16, fp16 d at 80, fp16 dmin at 82."
        ),
        Clause(id: "Q2K-02", topic: .layout, text: "Weight 128h + 32q + l has its two bits in byte 32h + l of qs at shift 2q."),
        Clause(
            id: "Q2K-03",
            topic: .layout,
            text: "Sub-block s of 16 weights has its scale in the low nibble of scales[s] and its minimum in the high nibble."
        ),
        Clause(
            id: "Q2K-04",
            topic: .decode,
            text: "A weight is (d * scale) * code - dmin * minimum: the three products are rounded, then the difference."
        ),
        Clause(id: "Q2K-05", topic: .content, text: "d and dmin are finite.")
    ],
    provenance: nil
)
}

private let format39 = format39Made()
@_optimize(none) private func format39Made() -> BlockFormat {
BlockFormat(
    id: "q3_k",
    aliases: [],
    title: "3-bit super-block, signed 6-bit scales per 16 weights",
    elements: 256,
    bytes: 110,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: Encoding(search: .q3k, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q3K-01",
            topic: .layout,
            text: "110 bytes: 32 bytes hmask at 0, 64 bytes qs at 32, 12 bytes scales at 96, fp16 d at 108."
        ),
        Clause(
            id: "Q3K-02",
            topic: .layout,
            text: "Weight 128h + 32q + l has its low two bits in byte 32h + l of qs at shift 2q."
        ),
        Clause(
            id: "Q3K-03",
            topic: .layout,
            text: "The third bit of weight 128h + 32q + l is bit 4h + q of hmask[l]; set means the code is not lowered by 4."
        ),
        Clause(id: "Q3K-04", topic: .layout, text: "The code is the three bits minus 4: -4 to 3."),
        Clause(
            id: "Q3K-05",
            topic: .layout,
            text: "Sub-block s of 16 weights has the low four bits of its scale in scales[s mod 8], at shift 0 for s < 8 and 4 otherwise, and the upper two in scales[8 + s mod 4] at shift 2 * (s div 4)."
        ),
        Clause(id: "Q3K-06", topic: .layout, text: "The scale is the six bits minus 32: -32 to 31."),
        Clause(id: "Q3K-07", topic: .decode, text: "A weight is (d * scale) * code: two fp32 roundings, in this order."),
        Clause(id: "Q3K-08", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format40 = format40Made()
@_optimize(none) private func format40Made() -> BlockFormat {
BlockFormat(
    id: "q4_0",
    aliases: [],
    title: "4-bit, one scale per 32 weights",
    elements: 32,
    bytes: 18,
    alignment: 2,
    base: nil,
    fields: [Field(name: "d", offset: 0, type: .f16, count: 1, parts: []), Field(name: "qs", offset: 2, type: .u8, count: 16, parts: [])],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 16)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [4, 8], width: 4, place: 0, signed: false)],
            bias: -8,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: nil
    ),
    encoding: Encoding(search: .symmetric, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "Q40-03", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q40-01",
            topic: .layout,
            text: "18 bytes: fp16 scale d at 0, sixteen bytes of nibbles at 2; the low nibbles are weights 0 to 15, the high ones 16 to 31."
        ),
        Clause(id: "Q40-02", topic: .decode, text: "A weight is (nibble - 8) * d, one rounding."),
        Clause(id: "Q40-03", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format41 = format41Made()
@_optimize(none) private func format41Made() -> BlockFormat {
BlockFormat(
    id: "q4_1",
    aliases: [],
    title: "4-bit, scale and minimum per 32 weights",
    elements: 32,
    bytes: 20,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "m", offset: 2, type: .f16, count: 1, parts: []),
        Field(name: "qs", offset: 4, type: .u8, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 16)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [4, 8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .add(.multiply(.f32("code"), .f32("d")), .f32("m")),
        correction: nil
    ),
    encoding: Encoding(search: .affine, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [
        ContentCheck(clause: "Q41-03", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q41-03", kind: .finite, field: "m", severity: .error, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q41-01",
            topic: .layout,
            text: "20 bytes: fp16 scale d at 0, fp16 minimum m at 2, sixteen bytes of nibbles at 4 in the order of Q4_0."
        ),
        Clause(id: "Q41-02", topic: .decode, text: "A weight is nibble * d, rounded, plus m, rounded."),
        Clause(id: "Q41-03", topic: .content, text: "d and m are finite.")
    ],
    provenance: nil
)
}

private let format42 = format42Made()
@_optimize(none) private func format42Made() -> BlockFormat {
BlockFormat(
    id: "q4_k",
    aliases: [],
    title: "4-bit super-block, 6-bit scales and minima per 32 weights",
    elements: 256,
    bytes: 144,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "dmin", offset: 2, type: .f16, count: 1, parts: []),
        Field(name: "scales", offset: 4, type: .u8, count: 12, parts: []),
        Field(name: "qs", offset: 16, type: .u8, count: 128, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "pair", radix: 4), Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [256, 4, 8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [64, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 4, strides: [2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 32,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 32, strides: [36, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 36, strides: [2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .subtract(.multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")), .multiply(.f32("dmin"), .f32("min"))),
        correction: nil
    ),
    encoding: Encoding(search: .q4k, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [
        ContentCheck(clause: "Q4K-06", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q4K-06", kind: .finite, field: "dmin", severity: .error, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q4K-01",
            topic: .layout,
            text: "144 bytes: fp16 d at 0, fp16 dmin at 2, 12 bytes scales at 4, 128 bytes qs at 16."
        ),
        Clause(
            id: "Q4K-02",
            topic: .layout,
            text: "Weight 64p + 32n + l is a nibble of byte 32p + l of qs: the low one for n = 0, the high one for n = 1."
        ),
        Clause(
            id: "Q4K-03",
            topic: .layout,
            text: "Scale of sub-block s (32 weights): for s < 4 the low six bits of scales[s]; otherwise the low nibble of scales[4 + s] with the top two bits of scales[s - 4] above it."
        ),
        Clause(
            id: "Q4K-04",
            topic: .layout,
            text: "Minimum of sub-block s: for s < 4 the low six bits of scales[4 + s]; otherwise the high nibble of scales[4 + s] with the top two bits of scales[s] above it."
        ),
        Clause(
            id: "Q4K-05",
            topic: .decode,
            text: "A weight is (d * scale) * code - dmin * minimum: the three products are rounded, then the difference."
        ),
        Clause(id: "Q4K-06", topic: .content, text: "d and dmin are finite.")
    ],
    provenance: nil
)
}

private let format43 = format43Made()
@_optimize(none) private func format43Made() -> BlockFormat {
BlockFormat(
    id: "q5_0",
    aliases: [],
    title: "5-bit, one scale per 32 weights",
    elements: 32,
    bytes: 22,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "qh", offset: 2, type: .u8, count: 4, parts: []),
        Field(name: "qs", offset: 6, type: .u8, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 16)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [4, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [16, 1], width: 1, place: 4, signed: false)
            ],
            bias: -16,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: nil
    ),
    encoding: Encoding(search: .symmetric, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "Q50-03", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q50-01",
            topic: .layout,
            text: "22 bytes: fp16 scale d at 0, four bytes qh at 2 whose bit i is the fifth bit of weight i, sixteen bytes of nibbles at 6 in the order of Q4_0."
        ),
        Clause(id: "Q50-02", topic: .decode, text: "A weight is (code - 16) * d, one rounding."),
        Clause(id: "Q50-03", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format44 = format44Made()
@_optimize(none) private func format44Made() -> BlockFormat {
BlockFormat(
    id: "q5_1",
    aliases: [],
    title: "5-bit, scale and minimum per 32 weights",
    elements: 32,
    bytes: 24,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "m", offset: 2, type: .f16, count: 1, parts: []),
        Field(name: "qh", offset: 4, type: .u8, count: 4, parts: []),
        Field(name: "qs", offset: 8, type: .u8, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 16)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [4, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [16, 1], width: 1, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .add(.multiply(.f32("code"), .f32("d")), .f32("m")),
        correction: nil
    ),
    encoding: Encoding(search: .affine, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [
        ContentCheck(clause: "Q51-03", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q51-03", kind: .finite, field: "m", severity: .error, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q51-01",
            topic: .layout,
            text: "24 bytes: fp16 d at 0, fp16 m at 2, four bytes qh at 4 whose bit i is the fifth bit of weight i, sixteen bytes of nibbles at 8 in the order of Q4_0."
        ),
        Clause(id: "Q51-02", topic: .decode, text: "A weight is code * d, rounded, plus m, rounded."),
        Clause(id: "Q51-03", topic: .content, text: "d and m are finite.")
    ],
    provenance: nil
)
}

private let format45 = format45Made()
@_optimize(none) private func format45Made() -> BlockFormat {
BlockFormat(
    id: "q5_k",
    aliases: [],
    title: "5-bit super-block, 6-bit scales and minima per 32 weights",
    elements: 256,
    bytes: 176,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "dmin", offset: 2, type: .f16, count: 1, parts: []),
        Field(name: "scales", offset: 4, type: .u8, count: 12, parts: []),
        Field(name: "qh", offset: 16, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 48, type: .u8, count: 128, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "pair", radix: 4), Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 4, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [2, 1, 8], width: 1, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [64, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 4, strides: [2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 32,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 32, strides: [36, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 36, strides: [2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .subtract(.multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")), .multiply(.f32("dmin"), .f32("min"))),
        correction: nil
    ),
    encoding: Encoding(search: .q5k, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [
        ContentCheck(clause: "Q5K-06", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q5K-06", kind: .finite, field: "dmin", severity: .error, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q5K-01",
            topic: .layout,
            text: "176 bytes: fp16 d at 0, fp16 dmin at 2, 12 bytes scales at 4, 32 bytes qh at 16, 128 bytes qs at 48."
        ),
        Clause(
            id: "Q5K-02",
            topic: .layout,
            text: "Weight 64p + 32n + l has its low four bits in byte 32p + l of qs (low nibble for n = 0, high for n = 1)."
        ),
        Clause(id: "Q5K-03", topic: .layout, text: "The fifth bit of weight 64p + 32n + l is bit 2p + n of qh[l]."),
        Clause(id: "Q5K-04", topic: .layout, text: "Scales and minima are packed as in Q4_K (Q4K-03, Q4K-04)."),
        Clause(
            id: "Q5K-05",
            topic: .decode,
            text: "A weight is (d * scale) * code - dmin * minimum: the three products are rounded, then the difference."
        ),
        Clause(id: "Q5K-06", topic: .content, text: "d and dmin are finite.")
    ],
    provenance: nil
)
}

private let format46 = format46Made()
@_optimize(none) private func format46Made() -> BlockFormat {
BlockFormat(
    id: "q6_0",
    aliases: [],
    title: "6-bit, one scale per 32 weights (ik_llama.cpp)",
    elements: 32,
    bytes: 26,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "qh", offset: 2, type: .u8, count: 8, parts: []),
        Field(name: "qs", offset: 10, type: .u8, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "nibble", radix: 2), Digit(name: "half", radix: 2), Digit(name: "lane", radix: 8)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [4, 64, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [2, 4, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "Q60-03", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q60-01",
            topic: .layout,
            text: "26 bytes: fp16 d at 0, eight bytes qh at 2, sixteen bytes qs at 10. Weight 16n + 8h + l has nibble n of qs[8h + l], and above it two bits of qh[l] at shift 2n + 4h; the code is these six bits minus 32."
        ),
        Clause(id: "Q60-02", topic: .decode, text: "A weight is code * d, one rounding."),
        Clause(id: "Q60-03", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format47 = format47Made()
@_optimize(none) private func format47Made() -> BlockFormat {
BlockFormat(
    id: "q6_k",
    aliases: [],
    title: "6-bit super-block, signed 8-bit scales per 16 weights",
    elements: 256,
    bytes: 210,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "ql", offset: 0, type: .u8, count: 128, parts: []),
        Field(name: "qh", offset: 128, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 192, type: .i8, count: 16, parts: []),
        Field(name: "d", offset: 208, type: .f16, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [
                Digit(name: "half", radix: 2),
                Digit(name: "nibble", radix: 2),
                Digit(name: "mid", radix: 2),
                Digit(name: "lane", radix: 32)
            ],
            planes: [
                BitPlane(field: "ql", firstBit: 0, strides: [512, 4, 256, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [256, 4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [8], width: 8, place: 0, signed: true)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: nil
    ),
    encoding: Encoding(search: .q6k, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "Q6K-06", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q6K-01",
            topic: .layout,
            text: "210 bytes: 128 bytes ql at 0, 64 bytes qh at 128, sixteen signed bytes scales at 192, fp16 d at 208."
        ),
        Clause(
            id: "Q6K-02",
            topic: .layout,
            text: "Weight 128h + 64n + 32m + l has its low four bits in byte 64h + 32m + l of ql, low nibble for n = 0, high for n = 1."
        ),
        Clause(id: "Q6K-03", topic: .layout, text: "Its upper two bits are in byte 32h + l of qh at shift 4n + 2m."),
        Clause(
            id: "Q6K-04",
            topic: .layout,
            text: "The code is the six bits minus 32; the scale of sub-block s of 16 weights is scales[s], signed."
        ),
        Clause(id: "Q6K-05", topic: .decode, text: "A weight is (d * scale) * code: two fp32 roundings, in this order."),
        Clause(id: "Q6K-06", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format48 = format48Made()
@_optimize(none) private func format48Made() -> BlockFormat {
BlockFormat(
    id: "q8_0",
    aliases: [],
    title: "8-bit, one scale per 32 weights",
    elements: 32,
    bytes: 34,
    alignment: 2,
    base: nil,
    fields: [Field(name: "d", offset: 0, type: .f16, count: 1, parts: []), Field(name: "qs", offset: 2, type: .i8, count: 32, parts: [])],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [8], width: 8, place: 0, signed: true)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: nil
    ),
    encoding: Encoding(search: .bytes, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [ContentCheck(clause: "Q80-03", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(id: "Q80-01", topic: .layout, text: "34 bytes: fp16 scale d at 0, 32 signed bytes at 2."),
        Clause(id: "Q80-02", topic: .decode, text: "A weight is code * d, one rounding."),
        Clause(id: "Q80-03", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format49 = format49Made()
@_optimize(none) private func format49Made() -> BlockFormat {
BlockFormat(
    id: "q8_1",
    aliases: [],
    title: "8-bit activations, scale and scaled sum per 32 values",
    elements: 32,
    bytes: 36,
    alignment: 4,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "s", offset: 2, type: .f16, count: 1, parts: []),
        Field(name: "qs", offset: 4, type: .i8, count: 32, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [8], width: 8, place: 0, signed: true)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: nil
    ),
    encoding: nil,
    checks: [
        ContentCheck(clause: "Q81-03", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q81-03", kind: .finite, field: "s", severity: .error, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q81-01",
            topic: .layout,
            text: "36 bytes: fp16 scale d at 0, fp16 s = d * (sum of the codes) at 2, 32 signed bytes at 4. An activation format: no file stores it."
        ),
        Clause(id: "Q81-02", topic: .decode, text: "A value is code * d, one rounding; s plays no part."),
        Clause(id: "Q81-03", topic: .content, text: "d and s are finite.")
    ],
    provenance: nil
)
}

private let format50 = format50Made()
@_optimize(none) private func format50Made() -> BlockFormat {
BlockFormat(
    id: "q8_k",
    aliases: [],
    title: "8-bit activations, one fp32 scale per 256 values",
    elements: 256,
    bytes: 292,
    alignment: 4,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f32, count: 1, parts: []),
        Field(name: "qs", offset: 4, type: .i8, count: 256, parts: []),
        Field(name: "bsums", offset: 260, type: .i16, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "lane", radix: 256)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [8], width: 8, place: 0, signed: true)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("d"), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "Q8K-03", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q8K-01",
            topic: .layout,
            text: "292 bytes: fp32 scale d at 0, 256 signed bytes at 4, the sums of each 16 of them as sixteen i16 at 260. An activation format: no file stores it."
        ),
        Clause(id: "Q8K-02", topic: .decode, text: "A value is d * code, one rounding; the sums play no part."),
        Clause(id: "Q8K-03", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format51 = format51Made()
@_optimize(none) private func format51Made() -> BlockFormat {
BlockFormat(
    id: "q8_kv",
    aliases: [],
    title: "8-bit, one scale per row (ik_llama.cpp)",
    elements: 32,
    bytes: 32,
    alignment: 1,
    rowHeader: RowHeader(
        bytes: 8,
        alignment: 4,
        fields: [
            Field(name: "d", offset: 0, type: .f32, count: 1, parts: []),
            Field(name: "sum", offset: 4, type: .i32, count: 1, parts: [])
        ]
    ),
    base: nil,
    fields: [Field(name: "qs", offset: 0, type: .i8, count: 32, parts: [])],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [8], width: 8, place: 0, signed: true)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("d"), .f32("code")),
        correction: nil
    ),
    encoding: nil,
    checks: [ContentCheck(clause: "Q8KV-04", kind: .finite, field: "d", severity: .error, bytes: nil)],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q8KV-01",
            topic: .layout,
            text: "A row is fp32 d, the sum of its codes as a signed 32-bit number, and a signed byte for each weight; a row has a multiple of 32 weights."
        ),
        Clause(id: "Q8KV-02", topic: .decode, text: "A weight is d * code, one rounding."),
        Clause(
            id: "Q8KV-03",
            topic: .decode,
            text: "The sum is for products with codes that have an offset; decoding does not read it."
        ),
        Clause(id: "Q8KV-04", topic: .content, text: "d is finite.")
    ],
    provenance: nil
)
}

private let format52 = format52Made()
@_optimize(none) private func format52Made() -> BlockFormat {
BlockFormat(
    id: "tq1_0",
    aliases: [],
    title: "ternary, five weights a byte, the first digit the highest, one scale per 256 weights",
    elements: 256,
    bytes: 54,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "qs", offset: 0, type: .u8, count: 48, parts: []),
        Field(name: "qh", offset: 48, type: .u8, count: 4, parts: []),
        Field(name: "d", offset: 52, type: .f16, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "digit", radix: 5), Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [0, 8], width: 8, place: 0, signed: false)],
            bias: -1,
            codebook: nil,
            selection: Selection(lane: ["digit"], rule: .ternary, signs: .none),
            further: [
                IndexedInteger.Run(
                    digits: [Digit(name: "digit", radix: 5), Digit(name: "lane", radix: 16)],
                    planes: [BitPlane(field: "qs", firstBit: 256, strides: [0, 8], width: 8, place: 0, signed: false)]
                ),
                IndexedInteger.Run(
                    digits: [Digit(name: "digit", radix: 4), Digit(name: "lane", radix: 4)],
                    planes: [BitPlane(field: "qh", firstBit: 0, strides: [0, 8], width: 8, place: 0, signed: false)]
                )
            ],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: nil
    ),
    encoding: Encoding(search: .ternary, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [
        ContentCheck(clause: "TQ1-05", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(
            clause: "TQ1-06",
            kind: .bytesWritten,
            field: "qs",
            severity: .warning,
            bytes: ByteSet(words: [17293821469590028285, 18410715242330816511, 18445618172728966143, 18446708889303908319])
        ),
        ContentCheck(
            clause: "TQ1-06",
            kind: .bytesWritten,
            field: "qh",
            severity: .warning,
            bytes: ByteSet(words: [2470545767153607825, 10530702651908756041, 5269854935245426980, 2635244127038621970])
        )
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(id: "TQ1-01", topic: .layout, text: "54 bytes: 48 bytes qs at 0, four bytes qh at 48, fp16 d at 52."),
        Clause(
            id: "TQ1-02",
            topic: .layout,
            text: "Weights 0 to 159 are digit w div 32 of byte w mod 32 of qs; weights 160 to 239, counted from 160, digit w div 16 of byte 32 + w mod 16 of qs; the last sixteen, counted from 240, digit w div 4 of byte w mod 4 of qh. Digit 0 is the first after the point, the highest."
        ),
        Clause(
            id: "TQ1-03",
            topic: .layout,
            text: "A byte is a fraction of 256 in ternary digits (NUM-11); the code is the digit minus 1."
        ),
        Clause(id: "TQ1-04", topic: .decode, text: "A weight is code * d, one rounding, which changes nothing."),
        Clause(id: "TQ1-05", topic: .content, text: "d is finite."),
        Clause(
            id: "TQ1-06",
            topic: .content,
            text: "A byte of qs is the smallest fraction with its five digits, 256 q / 243 rounded up for a q below 243; a byte of qh the same with a fifth digit of 0. Encoders write no other."
        )
    ],
    provenance: nil
)
}

private let format53 = format53Made()
@_optimize(none) private func format53Made() -> BlockFormat {
BlockFormat(
    id: "tq2_0",
    aliases: [],
    title: "ternary in two bits, one scale per 256 weights",
    elements: 256,
    bytes: 66,
    alignment: 2,
    base: nil,
    fields: [Field(name: "qs", offset: 0, type: .u8, count: 64, parts: []), Field(name: "d", offset: 64, type: .f16, count: 1, parts: [])],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false)],
            bias: -1,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: nil
    ),
    encoding: Encoding(search: .ternary, outliers: nil, guidedOutliers: nil, needsImportances: false),
    checks: [
        ContentCheck(clause: "TQ2-04", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(
            clause: "TQ2-05",
            kind: .bytesWritten,
            field: "qs",
            severity: .warning,
            bytes: ByteSet(words: [8207807743863, 8207807743863, 8207807743863, 0])
        )
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(id: "TQ2-01", topic: .layout, text: "66 bytes: 64 bytes qs at 0, fp16 d at 64."),
        Clause(
            id: "TQ2-02",
            topic: .layout,
            text: "Weight 128h + 32q + l has its two bits in byte 32h + l of qs at shift 2q; the code is the bits minus 1: -1 to 2."
        ),
        Clause(id: "TQ2-03", topic: .decode, text: "A weight is code * d, one rounding, which changes nothing."),
        Clause(id: "TQ2-04", topic: .content, text: "d is finite."),
        Clause(
            id: "TQ2-05",
            topic: .content,
            text: "No two bits of qs are both set: a code of 2 decodes, but weights are ternary and encoders write none."
        )
    ],
    provenance: nil
)
}

private let format54 = format54Made()
@_optimize(none) private func format54Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r1",
    aliases: [],
    title: "contiguous 3-bit codes, f32 scale, 4 outliers",
    elements: 256,
    bytes: 116,
    alignment: 4,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f32, count: 1, parts: []),
        Field(name: "qs", offset: 4, type: .u8, count: 96, parts: []),
        Field(name: "outlier_idx", offset: 100, type: .u16, count: 4, parts: []),
        Field(name: "outlier_vals", offset: 108, type: .f16, count: 4, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "lane", radix: 256)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [3], width: 3, place: 0, signed: false)],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: Correction(
            mode: .replace,
            slots: 4,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .linear,
        outliers: OutlierEncoding(
            least: 4,
            standard: 4,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: true,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 4,
            standard: 4,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: true,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "R1-05", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R1-05", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R1-06", kind: .indexInBlock, field: "outlier_idx", severity: .error, bytes: nil),
        ContentCheck(clause: "R1-07", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [Mark(clause: "R1-01", kind: .plausibleScale, field: "d", from: 0)],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "R1-01",
            topic: .layout,
            text: "116 bytes: f32 scale d at 0, 96 bytes of codes at 4, four u16 positions at 100, four fp16 values at 108."
        ),
        Clause(
            id: "R1-02",
            topic: .layout,
            text: "The code of weight i is bits 3i to 3i + 2 of the code bytes taken as one string, least significant bit first; a code may straddle two bytes. 4 is subtracted."
        ),
        Clause(id: "R1-03", topic: .decode, text: "A weight is code * d, one rounding."),
        Clause(
            id: "R1-04",
            topic: .decode,
            text: "Then every slot, in slot order, replaces the weight at its position by its value; the last slot wins."
        ),
        Clause(id: "R1-05", topic: .content, text: "d and the outlier values are finite."),
        Clause(
            id: "R1-06",
            topic: .content,
            text: "Positions are below 256. A reader ignores a slot whose position is not (the fork wrote outside its buffer)."
        ),
        Clause(id: "R1-07", topic: .content, text: "Positions are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["6a7ff5324", "431fa1ec4"],
        period: ["2025-11-27", "2025-11-29"],
        note: "The defining commit does not compile; no file can have come from it."
    )
)
}

private let format55 = format55Made()
@_optimize(none) private func format55Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r2",
    aliases: [],
    title: "contiguous 3-bit codes, f32 scale, 6 outliers",
    elements: 256,
    bytes: 124,
    alignment: 4,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f32, count: 1, parts: []),
        Field(name: "qs", offset: 4, type: .u8, count: 96, parts: []),
        Field(name: "outlier_idx", offset: 100, type: .u16, count: 6, parts: []),
        Field(name: "outlier_vals", offset: 112, type: .f16, count: 6, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "lane", radix: 256)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [3], width: 3, place: 0, signed: false)],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: Correction(
            mode: .replace,
            slots: 6,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .linear,
        outliers: OutlierEncoding(
            least: 6,
            standard: 6,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: true,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 6,
            standard: 6,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: true,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "R2-03", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R2-03", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R2-04", kind: .indexInBlock, field: "outlier_idx", severity: .error, bytes: nil),
        ContentCheck(clause: "R2-05", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [Mark(clause: "R2-01", kind: .plausibleScale, field: "d", from: 0)],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "R2-01",
            topic: .layout,
            text: "124 bytes: as r1 with six outliers: f32 d at 0, 96 bytes of codes at 4, six u16 positions at 100, six fp16 values at 112."
        ),
        Clause(
            id: "R2-02",
            topic: .decode,
            text: "Codes, weights and replacement are those of r1 (R1-02 to R1-04) with six slots."
        ),
        Clause(id: "R2-03", topic: .content, text: "d and the outlier values are finite."),
        Clause(id: "R2-04", topic: .content, text: "Positions are below 256; a reader ignores a slot whose position is not."),
        Clause(id: "R2-05", topic: .content, text: "Positions are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["431fa1ec4", "a91b6c85b", "202510931"],
        period: ["2025-11-29", "2025-12-11"],
        note: "First commit that builds: a91b6c85b."
    )
)
}

private let format56 = format56Made()
@_optimize(none) private func format56Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r3",
    aliases: [],
    title: "contiguous 3-bit codes, fp16 scale, 6 outliers with byte positions",
    elements: 256,
    bytes: 116,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "qs", offset: 2, type: .u8, count: 96, parts: []),
        Field(name: "outlier_idx", offset: 98, type: .u8, count: 6, parts: []),
        Field(name: "outlier_vals", offset: 104, type: .f16, count: 6, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "lane", radix: 256)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [3], width: 3, place: 0, signed: false)],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: Correction(
            mode: .replace,
            slots: 6,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .linear,
        outliers: OutlierEncoding(
            least: 6,
            standard: 6,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: true,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 6,
            standard: 6,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: true,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "R3-03", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R3-03", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R3-04", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "R3-01",
            topic: .layout,
            text: "116 bytes: fp16 d at 0, 96 bytes of codes at 2 (R1-02), six byte positions at 98, six fp16 values at 104."
        ),
        Clause(
            id: "R3-02",
            topic: .decode,
            text: "A weight is code * d with d converted from fp16; every slot in slot order then replaces its weight."
        ),
        Clause(
            id: "R3-03",
            topic: .content,
            text: "d and the outlier values are finite. (The fork's validator let a non-finite d pass.)"
        ),
        Clause(id: "R3-04", topic: .content, text: "Positions are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["202510931", "cc7c51d9a"],
        period: ["2025-12-11", "2025-12-11"],
        note: "In force for 54 minutes. Same type id and block size as r1 and r4."
    )
)
}

private let format57 = format57Made()
@_optimize(none) private func format57Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r4",
    aliases: [],
    title: "linear bit planes, fp16 scale, 6 outliers",
    elements: 256,
    bytes: 116,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "ql", offset: 2, type: .u8, count: 64, parts: []),
        Field(name: "qh", offset: 66, type: .u8, count: 32, parts: []),
        Field(name: "outlier_idx", offset: 98, type: .u8, count: 6, parts: []),
        Field(name: "outlier_vals", offset: 104, type: .f16, count: 6, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "lane", radix: 256)],
            planes: [
                BitPlane(field: "ql", firstBit: 0, strides: [2], width: 2, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [1], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("d")),
        correction: Correction(
            mode: .replace,
            slots: 6,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .linear,
        outliers: OutlierEncoding(
            least: 6,
            standard: 6,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: true,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 6,
            standard: 6,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: true,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "R4-04", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R4-04", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R4-05", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil),
        ContentCheck(clause: "R4-06", kind: .baseZeroUnderOutlier, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "R4-01",
            topic: .layout,
            text: "116 bytes: fp16 d at 0, 64 bytes ql at 2, 32 bytes qh at 66, six byte positions at 98, six fp16 values at 104."
        ),
        Clause(
            id: "R4-02",
            topic: .layout,
            text: "Weight i has its low two bits in byte i div 4 of ql at shift 2 * (i mod 4) and its third bit in byte i div 8 of qh at shift i mod 8; 4 is subtracted."
        ),
        Clause(id: "R4-03", topic: .decode, text: "A weight is code * d; every slot in slot order then replaces its weight."),
        Clause(id: "R4-04", topic: .content, text: "d and the outlier values are finite."),
        Clause(id: "R4-05", topic: .content, text: "Positions are distinct."),
        Clause(
            id: "R4-06",
            topic: .content,
            text: "The base is zero at the positions of outliers: the matrix product of this revision adds the value to the base instead of replacing it, so elsewhere dequantization and product disagree."
        )
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["cc7c51d9a", "1fb41ecd8"],
        period: ["2025-12-11", "2025-12-12"],
        note: "Same type id and block size as r3."
    )
)
}

private let format58 = format58Made()
@_optimize(none) private func format58Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r5",
    aliases: [],
    title: "Q3_K with 6 outliers that replace",
    elements: 256,
    bytes: 128,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 110, type: .u8, count: 6, parts: []),
        Field(name: "outlier_vals", offset: 116, type: .f16, count: 6, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 6,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 6,
            standard: 6,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 6,
            standard: 6,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R5-03", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R5-04", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil),
        ContentCheck(clause: "R5-05", kind: .baseZeroUnderOutlier, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(id: "R5-01", topic: .layout, text: "128 bytes: a Q3_K block, six byte positions at 110, six fp16 values at 116."),
        Clause(id: "R5-02", topic: .decode, text: "Decode the Q3_K block, then every slot in slot order replaces its weight."),
        Clause(id: "R5-03", topic: .content, text: "The outlier values are finite."),
        Clause(id: "R5-04", topic: .content, text: "Positions are distinct."),
        Clause(
            id: "R5-05",
            topic: .content,
            text: "The base is zero at the positions of outliers: the matrix product of this revision adds the value to the base."
        )
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["31200f197", "1fb41ecd8", "c5bf27f5e"],
        period: ["2025-12-11", "2025-12-13"],
        note: "Named Q3_HIFI_FAST until 1fb41ecd8."
    )
)
}

private let format59 = format59Made()
@_optimize(none) private func format59Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r6",
    aliases: ["q3_k_hifi", "q3_hifi"],
    title: "Q3_K with 8 outliers that replace: the published table's format",
    elements: 256,
    bytes: 134,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 110, type: .u8, count: 8, parts: []),
        Field(name: "outlier_vals", offset: 118, type: .f16, count: 8, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 8,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 8,
            standard: 8,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 8,
            standard: 8,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R6-05", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R6-06", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil),
        ContentCheck(clause: "R6-07", kind: .baseZeroUnderOutlier, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: true,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "R6-01",
            topic: .layout,
            text: "134 bytes: a Q3_K block, eight byte positions at 110, eight fp16 values at 118. No count, no padding: consecutive blocks are 2-byte aligned only."
        ),
        Clause(
            id: "R6-02",
            topic: .decode,
            text: "Decode the Q3_K block, then for slot 0 to 7 in order replace the weight at the slot's position by its value."
        ),
        Clause(id: "R6-03", topic: .decode, text: "Where a position is listed twice the later slot wins."),
        Clause(id: "R6-04", topic: .decode, text: "A value of zero replaces like any other; there is no unused slot."),
        Clause(id: "R6-05", topic: .content, text: "The outlier values are finite."),
        Clause(id: "R6-06", topic: .content, text: "Positions are distinct."),
        Clause(
            id: "R6-07",
            topic: .content,
            text: "The base is zero at the positions of outliers, as every encoder of this revision leaves it: its matrix product adds the value to the base, so elsewhere dequantization and product disagree."
        ),
        Clause(
            id: "R6-08",
            topic: .dot,
            text: "The conforming product is that of the decoded weights: outliers replace. The revision's own kernels add, which is the same where R6-07 holds."
        )
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["c5bf27f5e", "0baa2c8fb", "e4fd98f81", "3c1480f35"],
        period: ["2025-12-13", "2026-01-17"],
        note: "Published table: routing of 0baa2c8fb, document of 5792ab45f (2025-12-21)."
    )
)
}

private let format60 = format60Made()
@_optimize(none) private func format60Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r7a",
    aliases: [],
    title: "Q3_K with 16 residuals that add, largest residual first",
    elements: 256,
    bytes: 160,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 110, type: .u8, count: 1, parts: []),
        Field(name: "pad", offset: 111, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 112, type: .u8, count: 16, parts: []),
        Field(name: "outlier_vals", offset: 128, type: .f16, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .add,
            slots: 16,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 16),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 16,
            standard: 16,
            follows: .nothing,
            choice: .residual,
            scoredByImportance: true,
            stored: .residual,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 16,
            standard: 16,
            follows: .nothing,
            choice: .residual,
            scoredByImportance: true,
            stored: .residual,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-05", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-06", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-07", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R7-08", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil),
        ContentCheck(clause: "R7-09", kind: .unusedSlotsZero, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 3,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: "R7-02"),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "R7-01",
            topic: .layout,
            text: "160 bytes: a Q3_K block, count at 110, a zero byte at 111, sixteen byte positions at 112, sixteen fp16 values at 128."
        ),
        Clause(id: "R7-02", topic: .decode, text: "Only the first min(count, 16) slots act, in slot order."),
        Clause(
            id: "R7-03",
            topic: .decode,
            text: "In r7a, r7b, r7d and r7f (the latest) a value is added to the decoded weight, one rounding each; duplicates accumulate."
        ),
        Clause(id: "R7-04", topic: .decode, text: "In r7c and r7e a value replaces the decoded weight; the last slot wins."),
        Clause(id: "R7-05", topic: .content, text: "The values are finite."),
        Clause(id: "R7-06", topic: .content, text: "The count is at most 16; a reader treats a larger one as 16."),
        Clause(id: "R7-07", topic: .content, text: "The byte at 111 is zero."),
        Clause(id: "R7-08", topic: .content, text: "Positions in use are distinct."),
        Clause(id: "R7-09", topic: .content, text: "Slots past the count hold position 0 and value 0.")
    ],
    provenance: Provenance(source: "fork of llama.cpp by Geoff Munn", commits: ["3c1480f35"], period: ["2026-01-17", "2026-01-26"], note: nil)
)
}

private let format61 = format61Made()
@_optimize(none) private func format61Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r7b",
    aliases: [],
    title: "as r7a, number of residuals by model size",
    elements: 256,
    bytes: 160,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 110, type: .u8, count: 1, parts: []),
        Field(name: "pad", offset: 111, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 112, type: .u8, count: 16, parts: []),
        Field(name: "outlier_vals", offset: 128, type: .f16, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .add,
            slots: 16,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 16),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .residual,
            scoredByImportance: true,
            stored: .residual,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .residual,
            scoredByImportance: true,
            stored: .residual,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-05", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-06", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-07", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R7-08", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil),
        ContentCheck(clause: "R7-09", kind: .unusedSlotsZero, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 3,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: "R7-02"),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: Provenance(source: "fork of llama.cpp by Geoff Munn", commits: ["1fb549455"], period: ["2026-01-26", "2026-01-26"], note: nil)
)
}

private let format62 = format62Made()
@_optimize(none) private func format62Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r7c",
    aliases: [],
    title: "Q3_K with outliers that replace, largest weight first",
    elements: 256,
    bytes: 160,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 110, type: .u8, count: 1, parts: []),
        Field(name: "pad", offset: 111, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 112, type: .u8, count: 16, parts: []),
        Field(name: "outlier_vals", offset: 128, type: .f16, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 16,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 16),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-05", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-06", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-07", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R7-08", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil),
        ContentCheck(clause: "R7-09", kind: .unusedSlotsZero, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 3,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: "R7-02"),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: Provenance(source: "fork of llama.cpp by Geoff Munn", commits: ["e3c39f908"], period: ["2026-01-26", "2026-01-26"], note: nil)
)
}

private let format63 = format63Made()
@_optimize(none) private func format63Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r7d",
    aliases: [],
    title: "residuals that add again",
    elements: 256,
    bytes: 160,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 110, type: .u8, count: 1, parts: []),
        Field(name: "pad", offset: 111, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 112, type: .u8, count: 16, parts: []),
        Field(name: "outlier_vals", offset: 128, type: .f16, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .add,
            slots: 16,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 16),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .residual,
            scoredByImportance: true,
            stored: .residual,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .residual,
            scoredByImportance: true,
            stored: .residual,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-05", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-06", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-07", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R7-08", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil),
        ContentCheck(clause: "R7-09", kind: .unusedSlotsZero, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 3,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: "R7-02"),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["c9d932536", "931da4e99"],
        period: ["2026-01-26", "2026-01-26"],
        note: nil
    )
)
}

private let format64 = format64Made()
@_optimize(none) private func format64Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r7e",
    aliases: ["q3_k_hifi@r7-replace"],
    title: "outliers that replace again",
    elements: 256,
    bytes: 160,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 110, type: .u8, count: 1, parts: []),
        Field(name: "pad", offset: 111, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 112, type: .u8, count: 16, parts: []),
        Field(name: "outlier_vals", offset: 128, type: .f16, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 16,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 16),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-05", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-06", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-07", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R7-08", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil),
        ContentCheck(clause: "R7-09", kind: .unusedSlotsZero, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 3,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: "R7-02"),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: Provenance(source: "fork of llama.cpp by Geoff Munn", commits: ["0044642a4"], period: ["2026-01-26", "2026-01-26"], note: nil)
)
}

private let format65 = format65Made()
@_optimize(none) private func format65Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r7f",
    aliases: ["q3_k_hifi@r7", "q3_k_hifi@r7-add"],
    title: "residuals that add, chosen by residual and magnitude",
    elements: 256,
    bytes: 160,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 110, type: .u8, count: 1, parts: []),
        Field(name: "pad", offset: 111, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 112, type: .u8, count: 16, parts: []),
        Field(name: "outlier_vals", offset: 128, type: .f16, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .add,
            slots: 16,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 16),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .residualByMagnitude,
            scoredByImportance: true,
            stored: .residual,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .residualByMagnitude,
            scoredByImportance: true,
            stored: .residual,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-05", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-06", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "R7-07", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R7-08", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil),
        ContentCheck(clause: "R7-09", kind: .unusedSlotsZero, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 3,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: "R7-02"),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["228fcf9a1", "d10765359"],
        period: ["2026-01-26", "2026-01-26"],
        note: "Nothing in the bytes distinguishes r7a to r7f."
    )
)
}

private let format66 = format66Made()
@_optimize(none) private func format66Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r8",
    aliases: [],
    title: "sparse: packed 3-bit inliers around 16 exact outliers",
    elements: 256,
    bytes: 160,
    alignment: 2,
    base: nil,
    fields: [
        Field(name: "scale16", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 2, type: .u8, count: 16, parts: []),
        Field(name: "outlier_vals", offset: 18, type: .f16, count: 16, parts: []),
        Field(name: "q3", offset: 50, type: .u8, count: 110, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "rank", radix: 256)],
            planes: [BitPlane(field: "q3", firstBit: 0, strides: [3], width: 3, place: 0, signed: false)],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: "outlier_idx"
        ),
        scale: nil,
        minimum: nil,
        value: .multiply(.f32("code"), .f32("scale16")),
        correction: Correction(
            mode: .replace,
            slots: 16,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .linear,
        outliers: OutlierEncoding(
            least: 1,
            standard: 16,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 1,
            standard: 16,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "R8-04", kind: .finite, field: "scale16", severity: .error, bytes: nil),
        ContentCheck(clause: "R8-04", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R8-05", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 2,
        forms: [
            Mark(clause: "R8-01", kind: .smallPositive, field: "scale16", from: 0),
            Mark(clause: "R8-02", kind: .zeroFrom, field: "q3", from: 96)
        ],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "R8-01",
            topic: .layout,
            text: "160 bytes: fp16 scale at 0, sixteen byte positions at 2, sixteen fp16 values at 18, 110 bytes of codes at 50."
        ),
        Clause(
            id: "R8-02",
            topic: .layout,
            text: "Weights that no slot lists take three-bit codes in rising order of position, packed least significant bit first; listed weights have none."
        ),
        Clause(
            id: "R8-03",
            topic: .decode,
            text: "A weight without a slot is (code - 4) * scale, one rounding; a listed weight is its slot's value, the last slot winning."
        ),
        Clause(id: "R8-04", topic: .content, text: "The scale and the values are finite."),
        Clause(
            id: "R8-05",
            topic: .content,
            text: "Positions are distinct. Unused slots written by the fork hold position 0, which takes weight 0 out of the code stream and shifts the rest."
        )
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["d10765359", "411acabe3", "61bd05478", "aed2bd56a"],
        period: ["2026-01-26", "2026-01-26"],
        note: "In force for 65 minutes."
    )
)
}

private let format67 = format67Made()
@_optimize(none) private func format67Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r9",
    aliases: [],
    title: "Q3_K with 16 outliers that replace, no count",
    elements: 256,
    bytes: 160,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 110, type: .u8, count: 16, parts: []),
        Field(name: "outlier_vals", offset: 126, type: .f16, count: 16, parts: []),
        Field(name: "pad", offset: 158, type: .u8, count: 2, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 16,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R9-03", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R9-04", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R9-05", kind: .sentinelSparesWeights, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "R9-01",
            topic: .layout,
            text: "160 bytes: a Q3_K block, sixteen byte positions at 110, sixteen fp16 values at 126, two zero bytes at 158."
        ),
        Clause(
            id: "R9-02",
            topic: .decode,
            text: "Decode the Q3_K block, then all sixteen slots in order replace their weight; unused slots (position 0, value 0) are not exempt."
        ),
        Clause(id: "R9-03", topic: .content, text: "The outlier values are finite."),
        Clause(id: "R9-04", topic: .content, text: "The two bytes at 158 are zero."),
        Clause(
            id: "R9-05",
            topic: .content,
            text: "Positions are distinct and no unused slot overwrites a live weight; where one does, weight 0 is lost and the revision's matrix product disagrees with its dequantization."
        )
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["aed2bd56a", "7c072fa5e", "339651b02"],
        period: ["2026-01-26", "2026-02-03"],
        note: nil
    )
)
}

private let format68 = format68Made()
@_optimize(none) private func format68Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r10",
    aliases: [],
    title: "Q3_K with a count that CPU readers ignore, 16 outliers",
    elements: 256,
    bytes: 160,
    alignment: 1,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "n_outliers", offset: 110, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 111, type: .u8, count: 16, parts: []),
        Field(name: "outlier_vals", offset: 127, type: .f16, count: 16, parts: []),
        Field(name: "pad", offset: 159, type: .u8, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 16,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "n_outliers",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "n_outliers",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R10-04", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R10-05", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R10-06", kind: .sentinelSparesWeights, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 3,
        forms: [Mark(clause: "R10-01", kind: .agreeingCount, field: "n_outliers", from: 0)],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: "q3_k_hifi@r10-gpu"
    ),
    clauses: [
        Clause(
            id: "R10-01",
            topic: .layout,
            text: "160 bytes packed: a Q3_K block, n_outliers at 110, sixteen byte positions at 111, sixteen fp16 values at 127 (odd addresses), a zero byte at 159."
        ),
        Clause(
            id: "R10-02",
            topic: .decode,
            text: "Decode the Q3_K block, then all sixteen slots in order replace their weight. n_outliers plays no part: with an importance matrix and no outliers the fork leaves it unwritten."
        ),
        Clause(
            id: "R10-03",
            topic: .decode,
            text: "GPU builds of the fork lay the same fields out unpacked (values at 128, 162 bytes) and apply min(n_outliers, 16) slots: q3_k_hifi@r10-gpu."
        ),
        Clause(id: "R10-04", topic: .content, text: "The outlier values are finite."),
        Clause(id: "R10-05", topic: .content, text: "The byte at 159 is zero."),
        Clause(id: "R10-06", topic: .content, text: "Positions are distinct and no unused slot overwrites a live weight.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["339651b02", "281d10e83"],
        period: ["2026-02-03", "2026-02-03"],
        note: nil
    )
)
}

private let format69 = format69Made()
@_optimize(none) private func format69Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r10-gpu",
    aliases: [],
    title: "r10 as unpacked GPU builds lay it out",
    elements: 256,
    bytes: 162,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "n_outliers", offset: 110, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 111, type: .u8, count: 16, parts: []),
        Field(name: "outlier_vals", offset: 128, type: .f16, count: 16, parts: []),
        Field(name: "pad", offset: 160, type: .u8, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 16,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: Correction.Count(field: "n_outliers", mask: 255, maximum: 16),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "n_outliers",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "n_outliers",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R10-04", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R10-05", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R10-06", kind: .sentinelSparesWeights, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["339651b02", "281d10e83"],
        period: ["2026-02-03", "2026-02-03"],
        note: "Its size assertion fails, so no build of it exists."
    )
)
}

private let format70 = format70Made()
@_optimize(none) private func format70Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r11",
    aliases: [],
    title: "r10 without padding: odd block size",
    elements: 256,
    bytes: 159,
    alignment: 1,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "n_outliers", offset: 110, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 111, type: .u8, count: 16, parts: []),
        Field(name: "outlier_vals", offset: 127, type: .f16, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 16,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "n_outliers",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "n_outliers",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R11-04", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R11-05", kind: .sentinelSparesWeights, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: "q3_k_hifi@r11-gpu"
    ),
    clauses: [
        Clause(
            id: "R11-01",
            topic: .layout,
            text: "159 bytes packed: a Q3_K block, n_outliers at 110, sixteen byte positions at 111, sixteen fp16 values at 127; every second block starts at an odd address."
        ),
        Clause(
            id: "R11-02",
            topic: .decode,
            text: "Decode the Q3_K block, then all sixteen slots in order replace their weight; n_outliers plays no part."
        ),
        Clause(
            id: "R11-03",
            topic: .decode,
            text: "GPU builds of the fork use 160 bytes (values at 128) and min(n_outliers, 16) slots, so they misread every file of the CPU layout: q3_k_hifi@r11-gpu."
        ),
        Clause(id: "R11-04", topic: .content, text: "The outlier values are finite."),
        Clause(id: "R11-05", topic: .content, text: "Positions are distinct and no unused slot overwrites a live weight.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["281d10e83", "424f17d65", "1dfd07fe6"],
        period: ["2026-02-03", "2026-02-03"],
        note: nil
    )
)
}

private let format71 = format71Made()
@_optimize(none) private func format71Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r11-gpu",
    aliases: [],
    title: "r11 as unpacked GPU builds lay it out",
    elements: 256,
    bytes: 160,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "n_outliers", offset: 110, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 111, type: .u8, count: 16, parts: []),
        Field(name: "outlier_vals", offset: 128, type: .f16, count: 16, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 16,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: Correction.Count(field: "n_outliers", mask: 255, maximum: 16),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "n_outliers",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 16,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "n_outliers",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R11-04", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R11-05", kind: .sentinelSparesWeights, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["281d10e83", "1dfd07fe6"],
        period: ["2026-02-03", "2026-02-03"],
        note: nil
    )
)
}

private let format72 = format72Made()
@_optimize(none) private func format72Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r12a",
    aliases: [],
    title: "8 outliers by falling magnitude, unused slots (0, 0)",
    elements: 256,
    bytes: 136,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 110, type: .u8, count: 8, parts: []),
        Field(name: "outlier_vals", offset: 118, type: .f16, count: 8, parts: []),
        Field(name: "pad", offset: 134, type: .u8, count: 2, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 8,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 8,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 8,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R12-05", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R12-06", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R12-08", kind: .sentinelSparesWeights, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 1,
        forms: [],
        habits: Marks.Habits(order: "R12-07", unused: "R12-03", number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "R12-01",
            topic: .layout,
            text: "136 bytes: a Q3_K block, eight byte positions at 110, eight fp16 values at 118, two zero bytes at 134."
        ),
        Clause(id: "R12-02", topic: .decode, text: "Decode the Q3_K block, then all eight slots in order replace their weight."),
        Clause(
            id: "R12-03",
            topic: .decode,
            text: "Unused slots - (255, 0) since r12b, (0, 0) in r12a and for blocks without outliers - are applied like any other: dequantization makes that weight zero."
        ),
        Clause(
            id: "R12-04",
            topic: .dot,
            text: "The conforming product is that of the decoded weights. The revision's own CPU product subtracts the base once per slot, so with u unused slots weight 255 counts (1 - u) times; its CUDA product counts it once."
        ),
        Clause(id: "R12-05", topic: .content, text: "The outlier values are finite."),
        Clause(id: "R12-06", topic: .content, text: "The two bytes at 134 are zero: a byte of 1 to 8 at 134 is the count of r13."),
        Clause(
            id: "R12-07",
            topic: .content,
            text: "Positions rise (r12b and later); some kernels stop at the first one past their range and lose what follows it. r12a stores them by falling magnitude."
        ),
        Clause(
            id: "R12-08",
            topic: .content,
            text: "Positions are distinct and no unused slot overwrites a live weight; where one does, known readers disagree about that weight."
        )
    ],
    provenance: Provenance(source: "fork of llama.cpp by Geoff Munn", commits: ["1dfd07fe6"], period: ["2026-02-03", "2026-02-04"], note: nil)
)
}

private let format73 = format73Made()
@_optimize(none) private func format73Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r12b",
    aliases: [],
    title: "8 outliers by position, unused slots (255, 0)",
    elements: 256,
    bytes: 136,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 110, type: .u8, count: 8, parts: []),
        Field(name: "outlier_vals", offset: 118, type: .f16, count: 8, parts: []),
        Field(name: "pad", offset: 134, type: .u8, count: 2, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 8,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 8,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .position,
            unused: 255,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 8,
            follows: .model,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .position,
            unused: 255,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R12-05", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R12-06", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R12-07", kind: .ascending, field: "outlier_idx", severity: .note, bytes: nil),
        ContentCheck(clause: "R12-08", kind: .sentinelSparesWeights, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 1,
        forms: [],
        habits: Marks.Habits(order: "R12-07", unused: "R12-03", number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: Provenance(source: "fork of llama.cpp by Geoff Munn", commits: ["3012872a3"], period: ["2026-02-04", "2026-02-08"], note: nil)
)
}

private let format74 = format74Made()
@_optimize(none) private func format74Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r12c",
    aliases: ["q3_k_hifi@r12"],
    title: "as r12b, number of outliers by tensor importance",
    elements: 256,
    bytes: 136,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 110, type: .u8, count: 8, parts: []),
        Field(name: "outlier_vals", offset: 118, type: .f16, count: 8, parts: []),
        Field(name: "pad", offset: 134, type: .u8, count: 2, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 8,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 8,
            follows: .tensor,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .position,
            unused: 255,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 8,
            follows: .tensor,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .position,
            unused: 255,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R12-05", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R12-06", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R12-07", kind: .ascending, field: "outlier_idx", severity: .note, bytes: nil),
        ContentCheck(clause: "R12-08", kind: .sentinelSparesWeights, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 1,
        forms: [],
        habits: Marks.Habits(order: "R12-07", unused: "R12-03", number: nil),
        isCurrent: true,
        otherLayout: nil
    ),
    clauses: [],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["3b2aa1a6f", "1de093b32", "e7fdbc586"],
        period: ["2026-02-08", "2026-04-19"],
        note: nil
    )
)
}

private let format75 = format75Made()
@_optimize(none) private func format75Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi@r13",
    aliases: [],
    title: "Q3_K with up to 8 outliers that replace, and a count",
    elements: 256,
    bytes: 136,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 110, type: .u8, count: 8, parts: []),
        Field(name: "outlier_vals", offset: 118, type: .f16, count: 8, parts: []),
        Field(name: "outlier_count", offset: 134, type: .u8, count: 1, parts: []),
        Field(name: "pad", offset: 135, type: .u8, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 8,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 8),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 1,
            standard: 8,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: false,
            stored: .weight,
            guidance: .plain,
            order: .position,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: true,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 1,
            standard: 8,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: false,
            stored: .weight,
            guidance: .plain,
            order: .position,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: true,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "R13-03", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "R13-04", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "R13-05", kind: .countZeroButSlotsFilled, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "R13-06", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "R13-07", kind: .ascending, field: "outlier_idx", severity: .warning, bytes: nil),
        ContentCheck(clause: "R13-08", kind: .unusedSlotsZero, field: "outlier_idx", severity: .warning, bytes: nil),
        ContentCheck(clause: "R13-09", kind: .baseZeroUnderOutlier, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 3,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: true,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "R13-01",
            topic: .layout,
            text: "136 bytes: a Q3_K block, eight byte positions at 110, eight fp16 values at 118, outlier count at 134, a zero byte at 135."
        ),
        Clause(
            id: "R13-02",
            topic: .decode,
            text: "Decode the Q3_K block, then the first min(count, 8) slots in order replace their weight."
        ),
        Clause(id: "R13-03", topic: .content, text: "The outlier values are finite."),
        Clause(id: "R13-04", topic: .content, text: "The count is at most 8; a reader treats a larger one as 8."),
        Clause(
            id: "R13-05",
            topic: .content,
            text: "A count of zero goes with empty slots. Filled slots under a zero count are a block of r12, whose outliers a reader of r13 would drop."
        ),
        Clause(id: "R13-06", topic: .content, text: "The byte at 135 is zero."),
        Clause(id: "R13-07", topic: .content, text: "Positions in use rise, hence are distinct."),
        Clause(id: "R13-08", topic: .content, text: "Slots past the count hold position 0 and value 0."),
        Clause(
            id: "R13-09",
            topic: .content,
            text: "The base is zero at the positions of outliers, as its encoder leaves it; its matrix product adds."
        ),
        Clause(id: "R13-10", topic: .dot, text: "The conforming product is that of the decoded weights: outliers replace.")
    ],
    provenance: Provenance(
        source: "later port of the fork, undated",
        commits: ["21b6cc82b", "9219ce858", "ddc30d423"],
        period: [],
        note: "Known from an index of sources only; its place in time is inferred."
    )
)
}

private let format76 = format76Made()
@_optimize(none) private func format76Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_hifi_res8",
    aliases: [],
    title: "Q3_K with up to 8 byte residuals that add",
    elements: 256,
    bytes: 132,
    alignment: 4,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 110, type: .u8, count: 1, parts: []),
        Field(name: "pad", offset: 111, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 112, type: .u8, count: 8, parts: []),
        Field(name: "residual_vals", offset: 120, type: .i8, count: 8, parts: []),
        Field(name: "residual_scale", offset: 128, type: .f32, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .add,
            slots: 8,
            index: "outlier_idx",
            value: .multiply(.f32("residual_scale"), .f32("residual_vals")),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 8),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q3k,
        outliers: OutlierEncoding(
            least: 8,
            standard: 8,
            follows: .nothing,
            choice: .residual,
            scoredByImportance: false,
            stored: .dividedBytes,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 8,
            standard: 8,
            follows: .nothing,
            choice: .residual,
            scoredByImportance: false,
            stored: .dividedBytes,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "RES8-04", kind: .finite, field: "residual_scale", severity: .error, bytes: nil),
        ContentCheck(clause: "RES8-05", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "RES8-06", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "RES8-07", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "RES8-01",
            topic: .layout,
            text: "132 bytes: a Q3_K block, count at 110, a zero byte at 111, eight byte positions at 112, eight signed bytes at 120, f32 residual scale at 128."
        ),
        Clause(
            id: "RES8-02",
            topic: .decode,
            text: "Decode the Q3_K block, then the first min(count, 8) slots in order add residual_scale * value: the product is rounded, then the sum."
        ),
        Clause(
            id: "RES8-03",
            topic: .decode,
            text: "The stored scale is already divided by 127: it multiplies the byte as it is. Duplicates accumulate."
        ),
        Clause(id: "RES8-04", topic: .content, text: "The residual scale is finite."),
        Clause(id: "RES8-05", topic: .content, text: "The count is at most 8; a reader treats a larger one as 8."),
        Clause(id: "RES8-06", topic: .content, text: "The byte at 111 is zero."),
        Clause(id: "RES8-07", topic: .content, text: "Positions in use are distinct; some helpers take only the first of two.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["4660add54", "720bfb0b6", "e7fdbc586"],
        period: ["2026-01-18", "2026-04-19"],
        note: "At 4660add54 validation refuses every block; first written by 720bfb0b6."
    )
)
}

private let format77 = format77Made()
@_optimize(none) private func format77Made() -> BlockFormat {
BlockFormat(
    id: "q2_k_hifi",
    aliases: [],
    title: "Q2_K with 3 fp16 outliers that replace, or residuals that add",
    elements: 256,
    bytes: 96,
    alignment: 4,
    base: "q2_k",
    fields: [
        Field(name: "scales", offset: 0, type: .u8, count: 16, parts: []),
        Field(name: "qs", offset: 16, type: .u8, count: 64, parts: []),
        Field(name: "d", offset: 80, type: .f16, count: 1, parts: []),
        Field(name: "dmin", offset: 82, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 84, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 85, type: .u8, count: 3, parts: []),
        Field(name: "outlier_vals", offset: 88, type: .f16, count: 3, parts: []),
        Field(name: "pad", offset: 94, type: .u8, count: 2, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 4, strides: [8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .subtract(.multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")), .multiply(.f32("dmin"), .f32("min"))),
        correction: Correction(
            mode: .replace,
            slots: 3,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: Correction.Count(field: "outlier_count", mask: 127, maximum: 3),
            duplicates: .each,
            switching: Correction.ModeSwitch(field: "outlier_count", mask: 128, whenSet: .add)
        )
    ),
    encoding: Encoding(
        search: .q2k,
        outliers: OutlierEncoding(
            least: 3,
            standard: 3,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 3,
            standard: 3,
            follows: .nothing,
            choice: .residual,
            scoredByImportance: true,
            stored: .residual,
            guidance: .weighted,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 128,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q2K-05", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q2K-05", kind: .finite, field: "dmin", severity: .error, bytes: nil),
        ContentCheck(clause: "Q2H-04", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "Q2H-05", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "Q2H-06", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "Q2H-07", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q2H-01",
            topic: .layout,
            text: "96 bytes: a Q2_K block, count and mode at 84, three byte positions at 85, three fp16 values at 88, two bytes of padding at 94."
        ),
        Clause(
            id: "Q2H-02",
            topic: .decode,
            text: "Decode the Q2_K block, then the first min(count, 3) slots in order, the count being the low seven bits of byte 84."
        ),
        Clause(
            id: "Q2H-03",
            topic: .decode,
            text: "With bit 7 of byte 84 set a value is added to its weight, one rounding, duplicates accumulating; clear, it replaces."
        ),
        Clause(id: "Q2H-04", topic: .content, text: "The values are finite."),
        Clause(id: "Q2H-05", topic: .content, text: "The count is at most 3; a reader treats a larger one as 3."),
        Clause(id: "Q2H-06", topic: .content, text: "The padding is zero."),
        Clause(id: "Q2H-07", topic: .content, text: "Positions in use are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["1de093b32", "e7fdbc586"],
        period: ["2026-02-22", "2026-04-19"],
        note: nil
    )
)
}

private let format78 = format78Made()
@_optimize(none) private func format78Made() -> BlockFormat {
BlockFormat(
    id: "q2_k_lite",
    aliases: [],
    title: "Q2_K with up to 4 byte residuals that add, fp16 scale",
    elements: 256,
    bytes: 96,
    alignment: 4,
    base: "q2_k",
    fields: [
        Field(name: "scales", offset: 0, type: .u8, count: 16, parts: []),
        Field(name: "qs", offset: 16, type: .u8, count: 64, parts: []),
        Field(name: "d", offset: 80, type: .f16, count: 1, parts: []),
        Field(name: "dmin", offset: 82, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 84, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 85, type: .u8, count: 4, parts: []),
        Field(name: "residual_vals", offset: 89, type: .i8, count: 4, parts: []),
        Field(name: "pad", offset: 93, type: .u8, count: 1, parts: []),
        Field(name: "residual_scale", offset: 94, type: .f16, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 4, strides: [8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .subtract(.multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")), .multiply(.f32("dmin"), .f32("min"))),
        correction: Correction(
            mode: .add,
            slots: 4,
            index: "outlier_idx",
            value: .multiply(.f32("residual_scale"), .f32("residual_vals")),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 4),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: nil,
    checks: [
        ContentCheck(clause: "Q2K-05", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q2K-05", kind: .finite, field: "dmin", severity: .error, bytes: nil),
        ContentCheck(clause: "Q2L-03", kind: .finite, field: "residual_scale", severity: .error, bytes: nil),
        ContentCheck(clause: "Q2L-04", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "Q2L-05", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "Q2L-06", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 3,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q2L-01",
            topic: .layout,
            text: "96 bytes: a Q2_K block, count at 84, 4 byte positions at 85, 4 signed bytes at 89, a byte of padding at 93, fp16 residual scale at 94."
        ),
        Clause(
            id: "Q2L-02",
            topic: .decode,
            text: "Decode the Q2_K block, then the first min(count, 4) slots in order add scale * value: the product is rounded, then the sum; duplicates accumulate. The stored scale is already divided by 127."
        ),
        Clause(id: "Q2L-03", topic: .content, text: "The residual scale is finite."),
        Clause(id: "Q2L-04", topic: .content, text: "The count is at most 4; a reader treats a larger one as 4."),
        Clause(id: "Q2L-05", topic: .content, text: "The padding byte is zero."),
        Clause(id: "Q2L-06", topic: .content, text: "Positions in use are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["6526b9c30", "e6656fb00", "e7fdbc586"],
        period: ["2026-03-08", "2026-04-19"],
        note: "Described from its sources; no recorded output."
    )
)
}

private let format79 = format79Made()
@_optimize(none) private func format79Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_lite",
    aliases: [],
    title: "Q2_K with up to 8 byte residuals that add, fp16 scale",
    elements: 256,
    bytes: 104,
    alignment: 4,
    base: "q2_k",
    fields: [
        Field(name: "scales", offset: 0, type: .u8, count: 16, parts: []),
        Field(name: "qs", offset: 16, type: .u8, count: 64, parts: []),
        Field(name: "d", offset: 80, type: .f16, count: 1, parts: []),
        Field(name: "dmin", offset: 82, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 84, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 85, type: .u8, count: 8, parts: []),
        Field(name: "residual_vals", offset: 93, type: .i8, count: 8, parts: []),
        Field(name: "pad", offset: 101, type: .u8, count: 1, parts: []),
        Field(name: "residual_scale", offset: 102, type: .f16, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 4, strides: [8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .subtract(.multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")), .multiply(.f32("dmin"), .f32("min"))),
        correction: Correction(
            mode: .add,
            slots: 8,
            index: "outlier_idx",
            value: .multiply(.f32("residual_scale"), .f32("residual_vals")),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 8),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: nil,
    checks: [
        ContentCheck(clause: "Q2K-05", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q2K-05", kind: .finite, field: "dmin", severity: .error, bytes: nil),
        ContentCheck(clause: "Q3L-03", kind: .finite, field: "residual_scale", severity: .error, bytes: nil),
        ContentCheck(clause: "Q3L-04", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "Q3L-05", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "Q3L-06", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q3L-01",
            topic: .layout,
            text: "104 bytes: a Q2_K block, count at 84, 8 byte positions at 85, 8 signed bytes at 93, a byte of padding at 101, fp16 residual scale at 102."
        ),
        Clause(
            id: "Q3L-02",
            topic: .decode,
            text: "Decode the Q2_K block, then the first min(count, 8) slots in order add scale * value: the product is rounded, then the sum; duplicates accumulate. The stored scale is already divided by 127."
        ),
        Clause(id: "Q3L-03", topic: .content, text: "The residual scale is finite."),
        Clause(id: "Q3L-04", topic: .content, text: "The count is at most 8; a reader treats a larger one as 8."),
        Clause(id: "Q3L-05", topic: .content, text: "The padding byte is zero."),
        Clause(id: "Q3L-06", topic: .content, text: "Positions in use are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["6526b9c30", "e6656fb00", "e7fdbc586"],
        period: ["2026-03-08", "2026-04-19"],
        note: "Described from its sources; no recorded output."
    )
)
}

private let format80 = format80Made()
@_optimize(none) private func format80Made() -> BlockFormat {
BlockFormat(
    id: "q4_k_hifi",
    aliases: [],
    title: "Q4_K with 8 outliers that replace",
    elements: 256,
    bytes: 168,
    alignment: 2,
    base: "q4_k",
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "dmin", offset: 2, type: .f16, count: 1, parts: []),
        Field(name: "scales", offset: 4, type: .u8, count: 12, parts: []),
        Field(name: "qs", offset: 16, type: .u8, count: 128, parts: []),
        Field(name: "outlier_idx", offset: 144, type: .u8, count: 8, parts: []),
        Field(name: "outlier_vals", offset: 152, type: .f16, count: 8, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "pair", radix: 4), Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [256, 4, 8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [64, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 4, strides: [2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 32,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 32, strides: [36, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 36, strides: [2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .subtract(.multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")), .multiply(.f32("dmin"), .f32("min"))),
        correction: Correction(
            mode: .replace,
            slots: 8,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q4k,
        outliers: OutlierEncoding(
            least: 0,
            standard: 8,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .position,
            unused: 255,
            unusedWithoutOutliers: 255,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 0,
            standard: 8,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .unweighted,
            order: .position,
            unused: 255,
            unusedWithoutOutliers: 255,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q4K-06", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q4K-06", kind: .finite, field: "dmin", severity: .error, bytes: nil),
        ContentCheck(clause: "Q4H-03", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "Q4H-04", kind: .ascending, field: "outlier_idx", severity: .note, bytes: nil),
        ContentCheck(clause: "Q4H-05", kind: .sentinelSparesWeights, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q4H-01",
            topic: .layout,
            text: "168 bytes: a Q4_K block, eight byte positions at 144, eight fp16 values at 152."
        ),
        Clause(
            id: "Q4H-02",
            topic: .decode,
            text: "Decode the Q4_K block, then all eight slots in order replace their weight, unused slots (255, 0) included."
        ),
        Clause(id: "Q4H-03", topic: .content, text: "The outlier values are finite."),
        Clause(id: "Q4H-04", topic: .content, text: "Positions rise."),
        Clause(
            id: "Q4H-05",
            topic: .content,
            text: "Positions are distinct and no unused slot overwrites a live weight; where one does, known readers disagree about that weight."
        )
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["1de093b32", "e7fdbc586"],
        period: ["2026-02-11", "2026-04-19"],
        note: nil
    )
)
}

private let format81 = format81Made()
@_optimize(none) private func format81Made() -> BlockFormat {
BlockFormat(
    id: "q4_k_lite",
    aliases: [],
    title: "Q3_K with up to 7 byte residuals that add, fp16 scale",
    elements: 256,
    bytes: 128,
    alignment: 2,
    base: "q3_k",
    fields: [
        Field(name: "hmask", offset: 0, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 32, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 96, type: .u8, count: 12, parts: []),
        Field(name: "d", offset: 108, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 110, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 111, type: .u8, count: 7, parts: []),
        Field(name: "residual_vals", offset: 118, type: .i8, count: 7, parts: []),
        Field(name: "pad", offset: 125, type: .u8, count: 1, parts: []),
        Field(name: "residual_scale", offset: 126, type: .f16, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "half", radix: 2), Digit(name: "quarter", radix: 4), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 2, 8], width: 2, place: 0, signed: false),
                BitPlane(field: "hmask", firstBit: 0, strides: [4, 1, 8], width: 1, place: 2, signed: false)
            ],
            bias: -4,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "mid", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [4, 32, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 64, strides: [4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .add,
            slots: 7,
            index: "outlier_idx",
            value: .multiply(.f32("residual_scale"), .f32("residual_vals")),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 7),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: nil,
    checks: [
        ContentCheck(clause: "Q3K-08", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q4L-03", kind: .finite, field: "residual_scale", severity: .error, bytes: nil),
        ContentCheck(clause: "Q4L-04", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "Q4L-05", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "Q4L-06", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q4L-01",
            topic: .layout,
            text: "128 bytes: a Q3_K block, count at 110, 7 byte positions at 111, 7 signed bytes at 118, a byte of padding at 125, fp16 residual scale at 126."
        ),
        Clause(
            id: "Q4L-02",
            topic: .decode,
            text: "Decode the Q3_K block, then the first min(count, 7) slots in order add scale * value: the product is rounded, then the sum; duplicates accumulate. The stored scale is already divided by 127."
        ),
        Clause(id: "Q4L-03", topic: .content, text: "The residual scale is finite."),
        Clause(id: "Q4L-04", topic: .content, text: "The count is at most 7; a reader treats a larger one as 7."),
        Clause(id: "Q4L-05", topic: .content, text: "The padding byte is zero."),
        Clause(id: "Q4L-06", topic: .content, text: "Positions in use are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["6526b9c30", "e6656fb00", "e7fdbc586"],
        period: ["2026-03-08", "2026-04-19"],
        note: "Described from its sources; no recorded output."
    )
)
}

private let format82 = format82Made()
@_optimize(none) private func format82Made() -> BlockFormat {
BlockFormat(
    id: "q5_k_hifi_res8",
    aliases: [],
    title: "Q5_K with up to 8 byte residuals that add, E4M3 scale",
    elements: 256,
    bytes: 196,
    alignment: 4,
    base: "q5_k",
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "dmin", offset: 2, type: .f16, count: 1, parts: []),
        Field(name: "scales", offset: 4, type: .u8, count: 12, parts: []),
        Field(name: "qh", offset: 16, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 48, type: .u8, count: 128, parts: []),
        Field(name: "outlier_count", offset: 176, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 177, type: .u8, count: 8, parts: []),
        Field(name: "residual_vals", offset: 185, type: .i8, count: 8, parts: []),
        Field(name: "residual_scale", offset: 193, type: .e4m3hifi, count: 1, parts: []),
        Field(name: "tail", offset: 194, type: .u8, count: 2, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "pair", radix: 4), Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 4, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [2, 1, 8], width: 1, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [64, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 4, strides: [2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 32,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 32, strides: [36, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 36, strides: [2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .subtract(.multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")), .multiply(.f32("dmin"), .f32("min"))),
        correction: Correction(
            mode: .add,
            slots: 8,
            index: "outlier_idx",
            value: .multiply(.multiply(.f32("residual_scale"), .divide(.literal(1.0), .literal(127.0))), .f32("residual_vals")),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 8),
            duplicates: .first,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q5k,
        outliers: OutlierEncoding(
            least: 1,
            standard: 8,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .significantBytes,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: Optional(4.0)
        ),
        guidedOutliers: OutlierEncoding(
            least: 1,
            standard: 8,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .significantBytes,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: Optional(4.0)
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q5K-06", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q5K-06", kind: .finite, field: "dmin", severity: .error, bytes: nil),
        ContentCheck(clause: "Q5R-04", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "Q5R-05", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q5R-01",
            topic: .layout,
            text: "196 bytes: a Q5_K block, count at 176, eight byte positions at 177, eight signed bytes at 185, the residual scale in the family's E4M3 (NUM-09) at 193, two bytes at 194 that the fork never writes."
        ),
        Clause(
            id: "Q5R-02",
            topic: .decode,
            text: "Decode the Q5_K block, then the first min(count, 8) slots in order add ((scale * (1/127)) * value), every step rounded."
        ),
        Clause(id: "Q5R-03", topic: .decode, text: "Where a position is listed twice only the first slot acts."),
        Clause(
            id: "Q5R-04",
            topic: .content,
            text: "The count is at most 8; a reader treats a larger one as 8. (The fork writes past a stack array.)"
        ),
        Clause(id: "Q5R-05", topic: .content, text: "Positions in use are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["2b5b7080b", "f6b163dad", "1de093b32", "e7fdbc586"],
        period: ["2026-02-13", "2026-04-19"],
        note: nil
    )
)
}

private let format83 = format83Made()
@_optimize(none) private func format83Made() -> BlockFormat {
BlockFormat(
    id: "q5_k_lite",
    aliases: [],
    title: "Q4_K with up to 8 byte residuals that add, fp16 scale",
    elements: 256,
    bytes: 164,
    alignment: 4,
    base: "q4_k",
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "dmin", offset: 2, type: .f16, count: 1, parts: []),
        Field(name: "scales", offset: 4, type: .u8, count: 12, parts: []),
        Field(name: "qs", offset: 16, type: .u8, count: 128, parts: []),
        Field(name: "outlier_count", offset: 144, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 145, type: .u8, count: 8, parts: []),
        Field(name: "residual_vals", offset: 153, type: .i8, count: 8, parts: []),
        Field(name: "pad", offset: 161, type: .u8, count: 1, parts: []),
        Field(name: "residual_scale", offset: 162, type: .f16, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "pair", radix: 4), Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 32)],
            planes: [BitPlane(field: "qs", firstBit: 0, strides: [256, 4, 8], width: 4, place: 0, signed: false)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [64, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 4, strides: [2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 32,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 32, strides: [36, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 36, strides: [2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .subtract(.multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")), .multiply(.f32("dmin"), .f32("min"))),
        correction: Correction(
            mode: .add,
            slots: 8,
            index: "outlier_idx",
            value: .multiply(.f32("residual_scale"), .f32("residual_vals")),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 8),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: nil,
    checks: [
        ContentCheck(clause: "Q4K-06", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q4K-06", kind: .finite, field: "dmin", severity: .error, bytes: nil),
        ContentCheck(clause: "Q5L-03", kind: .finite, field: "residual_scale", severity: .error, bytes: nil),
        ContentCheck(clause: "Q5L-04", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "Q5L-05", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "Q5L-06", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q5L-01",
            topic: .layout,
            text: "164 bytes: a Q4_K block, count at 144, 8 byte positions at 145, 8 signed bytes at 153, a byte of padding at 161, fp16 residual scale at 162."
        ),
        Clause(
            id: "Q5L-02",
            topic: .decode,
            text: "Decode the Q4_K block, then the first min(count, 8) slots in order add scale * value: the product is rounded, then the sum; duplicates accumulate. The stored scale is already divided by 127."
        ),
        Clause(id: "Q5L-03", topic: .content, text: "The residual scale is finite."),
        Clause(id: "Q5L-04", topic: .content, text: "The count is at most 8; a reader treats a larger one as 8."),
        Clause(id: "Q5L-05", topic: .content, text: "The padding byte is zero."),
        Clause(id: "Q5L-06", topic: .content, text: "Positions in use are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["6526b9c30", "e6656fb00", "e7fdbc586"],
        period: ["2026-03-08", "2026-04-19"],
        note: "Described from its sources; no recorded output."
    )
)
}

private let format84 = format84Made()
@_optimize(none) private func format84Made() -> BlockFormat {
BlockFormat(
    id: "q6_k_hifi",
    aliases: [],
    title: "Q6_K with 4 outliers that replace",
    elements: 256,
    bytes: 222,
    alignment: 2,
    base: "q6_k",
    fields: [
        Field(name: "ql", offset: 0, type: .u8, count: 128, parts: []),
        Field(name: "qh", offset: 128, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 192, type: .i8, count: 16, parts: []),
        Field(name: "d", offset: 208, type: .f16, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 210, type: .u8, count: 4, parts: []),
        Field(name: "outlier_vals", offset: 214, type: .f16, count: 4, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [
                Digit(name: "half", radix: 2),
                Digit(name: "nibble", radix: 2),
                Digit(name: "mid", radix: 2),
                Digit(name: "lane", radix: 32)
            ],
            planes: [
                BitPlane(field: "ql", firstBit: 0, strides: [512, 4, 256, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [256, 4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [8], width: 8, place: 0, signed: true)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 4,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: nil,
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q6k,
        outliers: OutlierEncoding(
            least: 4,
            standard: 4,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 4,
            standard: 4,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: nil,
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q6K-06", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q6H-03", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "Q6H-04", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q6H-01",
            topic: .layout,
            text: "222 bytes: a Q6_K block, four byte positions at 210, four fp16 values at 214."
        ),
        Clause(
            id: "Q6H-02",
            topic: .decode,
            text: "Decode the Q6_K block, then all four slots in order replace their weight; the last slot wins."
        ),
        Clause(id: "Q6H-03", topic: .content, text: "The outlier values are finite."),
        Clause(id: "Q6H-04", topic: .content, text: "Positions are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["1de093b32", "e7fdbc586"],
        period: ["2025-12-27", "2026-04-19"],
        note: "The fork's CPU product strides by 210 bytes and reads garbage."
    )
)
}

private let format85 = format85Made()
@_optimize(none) private func format85Made() -> BlockFormat {
BlockFormat(
    id: "q6_k_hifi_dynamic",
    aliases: ["q6_k_hifi_dyn"],
    title: "Q6_K with up to 8 outliers that replace, and a count",
    elements: 256,
    bytes: 236,
    alignment: 2,
    base: "q6_k",
    fields: [
        Field(name: "ql", offset: 0, type: .u8, count: 128, parts: []),
        Field(name: "qh", offset: 128, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 192, type: .i8, count: 16, parts: []),
        Field(name: "d", offset: 208, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 210, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 211, type: .u8, count: 8, parts: []),
        Field(name: "pad", offset: 219, type: .u8, count: 1, parts: []),
        Field(name: "outlier_vals", offset: 220, type: .f16, count: 8, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [
                Digit(name: "half", radix: 2),
                Digit(name: "nibble", radix: 2),
                Digit(name: "mid", radix: 2),
                Digit(name: "lane", radix: 32)
            ],
            planes: [
                BitPlane(field: "ql", firstBit: 0, strides: [512, 4, 256, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [256, 4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [8], width: 8, place: 0, signed: true)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .replace,
            slots: 8,
            index: "outlier_idx",
            value: .f32("outlier_vals"),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 8),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q6k,
        outliers: OutlierEncoding(
            least: 2,
            standard: 6,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        guidedOutliers: OutlierEncoding(
            least: 2,
            standard: 6,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .weight,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: nil
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q6K-06", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q6D-03", kind: .finite, field: "outlier_vals", severity: .error, bytes: nil),
        ContentCheck(clause: "Q6D-04", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "Q6D-05", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "Q6D-06", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q6D-01",
            topic: .layout,
            text: "236 bytes: a Q6_K block, count at 210, eight byte positions at 211, a byte of padding at 219, eight fp16 values at 220."
        ),
        Clause(
            id: "Q6D-02",
            topic: .decode,
            text: "Decode the Q6_K block, then the first min(count, 8) slots in order replace their weight."
        ),
        Clause(id: "Q6D-03", topic: .content, text: "The outlier values are finite."),
        Clause(
            id: "Q6D-04",
            topic: .content,
            text: "The count is at most 8; a reader treats a larger one as 8. (The fork reads past the block.)"
        ),
        Clause(id: "Q6D-05", topic: .content, text: "The padding byte is zero."),
        Clause(id: "Q6D-06", topic: .content, text: "Positions in use are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["1de093b32", "e7fdbc586"],
        period: ["2025-12-27", "2026-04-19"],
        note: nil
    )
)
}

private let format86 = format86Made()
@_optimize(none) private func format86Made() -> BlockFormat {
BlockFormat(
    id: "q6_k_hifi_res8",
    aliases: [],
    title: "Q6_K with up to 8 byte residuals that add",
    elements: 256,
    bytes: 232,
    alignment: 4,
    base: "q6_k",
    fields: [
        Field(name: "ql", offset: 0, type: .u8, count: 128, parts: []),
        Field(name: "qh", offset: 128, type: .u8, count: 64, parts: []),
        Field(name: "scales", offset: 192, type: .i8, count: 16, parts: []),
        Field(name: "d", offset: 208, type: .f16, count: 1, parts: []),
        Field(name: "outlier_count", offset: 210, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 211, type: .u8, count: 8, parts: []),
        Field(name: "residual_vals", offset: 219, type: .i8, count: 8, parts: []),
        Field(name: "pad", offset: 227, type: .u8, count: 1, parts: []),
        Field(name: "residual_scale", offset: 228, type: .f32, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [
                Digit(name: "half", radix: 2),
                Digit(name: "nibble", radix: 2),
                Digit(name: "mid", radix: 2),
                Digit(name: "lane", radix: 32)
            ],
            planes: [
                BitPlane(field: "ql", firstBit: 0, strides: [512, 4, 256, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [256, 4, 2, 8], width: 2, place: 4, signed: false)
            ],
            bias: -32,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 16,
            digits: [Digit(name: "group", radix: 16)],
            planes: [BitPlane(field: "scales", firstBit: 0, strides: [8], width: 8, place: 0, signed: true)],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: nil,
        value: .multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")),
        correction: Correction(
            mode: .add,
            slots: 8,
            index: "outlier_idx",
            value: .multiply(.f32("residual_scale"), .divide(.f32("residual_vals"), .literal(127.0))),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 8),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: Encoding(
        search: .q6k,
        outliers: OutlierEncoding(
            least: 1,
            standard: 8,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .wholeBytes,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: Optional(1.0)
        ),
        guidedOutliers: OutlierEncoding(
            least: 1,
            standard: 8,
            follows: .nothing,
            choice: .magnitude,
            scoredByImportance: true,
            stored: .wholeBytes,
            guidance: .plain,
            order: .score,
            unused: 0,
            unusedWithoutOutliers: 0,
            count: "outlier_count",
            countFlag: 0,
            stopsAtZero: false,
            passesOverNaN: false,
            variesFor: Optional(1.0)
        ),
        needsImportances: false
    ),
    checks: [
        ContentCheck(clause: "Q6K-06", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q6R-03", kind: .finite, field: "residual_scale", severity: .error, bytes: nil),
        ContentCheck(clause: "Q6R-04", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "Q6R-05", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "Q6R-06", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q6R-01",
            topic: .layout,
            text: "232 bytes: a Q6_K block, count at 210, eight byte positions at 211, eight signed bytes at 219, a byte of padding at 227, f32 residual scale at 228."
        ),
        Clause(
            id: "Q6R-02",
            topic: .decode,
            text: "Decode the Q6_K block, then the first min(count, 8) slots in order add scale * (value / 127), every step rounded; duplicates accumulate. The scale is the largest residual, not divided by 127."
        ),
        Clause(id: "Q6R-03", topic: .content, text: "The residual scale is finite."),
        Clause(
            id: "Q6R-04",
            topic: .content,
            text: "The count is at most 8; a reader treats a larger one as 8. (The fork reads past the block.)"
        ),
        Clause(id: "Q6R-05", topic: .content, text: "The padding byte is zero."),
        Clause(id: "Q6R-06", topic: .content, text: "Positions in use are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["1de093b32", "e7fdbc586"],
        period: ["2025-12-30", "2026-04-19"],
        note: nil
    )
)
}

private let format87 = format87Made()
@_optimize(none) private func format87Made() -> BlockFormat {
BlockFormat(
    id: "q6_k_lite",
    aliases: [],
    title: "Q5_K with up to 8 byte residuals that add, fp16 scale",
    elements: 256,
    bytes: 196,
    alignment: 4,
    base: "q5_k",
    fields: [
        Field(name: "d", offset: 0, type: .f16, count: 1, parts: []),
        Field(name: "dmin", offset: 2, type: .f16, count: 1, parts: []),
        Field(name: "scales", offset: 4, type: .u8, count: 12, parts: []),
        Field(name: "qh", offset: 16, type: .u8, count: 32, parts: []),
        Field(name: "qs", offset: 48, type: .u8, count: 128, parts: []),
        Field(name: "outlier_count", offset: 176, type: .u8, count: 1, parts: []),
        Field(name: "outlier_idx", offset: 177, type: .u8, count: 8, parts: []),
        Field(name: "residual_vals", offset: 185, type: .i8, count: 8, parts: []),
        Field(name: "pad", offset: 193, type: .u8, count: 1, parts: []),
        Field(name: "residual_scale", offset: 194, type: .f16, count: 1, parts: [])
    ],
    decoding: Decoding(
        code: IndexedInteger(
            every: 1,
            digits: [Digit(name: "pair", radix: 4), Digit(name: "nibble", radix: 2), Digit(name: "lane", radix: 32)],
            planes: [
                BitPlane(field: "qs", firstBit: 0, strides: [256, 4, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "qh", firstBit: 0, strides: [2, 1, 8], width: 1, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        scale: IndexedInteger(
            every: 32,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 0, strides: [64, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 4, strides: [2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        minimum: IndexedInteger(
            every: 32,
            digits: [Digit(name: "hi", radix: 2), Digit(name: "lo", radix: 4)],
            planes: [
                BitPlane(field: "scales", firstBit: 32, strides: [36, 8], width: 4, place: 0, signed: false),
                BitPlane(field: "scales", firstBit: 36, strides: [2, 8], width: 2, place: 4, signed: false)
            ],
            bias: 0,
            codebook: nil,
            selection: nil,
            further: [],
            skipping: nil
        ),
        value: .subtract(.multiply(.multiply(.f32("d"), .f32("scale")), .f32("code")), .multiply(.f32("dmin"), .f32("min"))),
        correction: Correction(
            mode: .add,
            slots: 8,
            index: "outlier_idx",
            value: .multiply(.f32("residual_scale"), .f32("residual_vals")),
            count: Correction.Count(field: "outlier_count", mask: 255, maximum: 8),
            duplicates: .each,
            switching: nil
        )
    ),
    encoding: nil,
    checks: [
        ContentCheck(clause: "Q5K-06", kind: .finite, field: "d", severity: .error, bytes: nil),
        ContentCheck(clause: "Q5K-06", kind: .finite, field: "dmin", severity: .error, bytes: nil),
        ContentCheck(clause: "Q6L-03", kind: .finite, field: "residual_scale", severity: .error, bytes: nil),
        ContentCheck(clause: "Q6L-04", kind: .countWithinSlots, field: "outlier_count", severity: .error, bytes: nil),
        ContentCheck(clause: "Q6L-05", kind: .zero, field: "pad", severity: .warning, bytes: nil),
        ContentCheck(clause: "Q6L-06", kind: .distinct, field: "outlier_idx", severity: .warning, bytes: nil)
    ],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "Q6L-01",
            topic: .layout,
            text: "196 bytes: a Q5_K block, count at 176, 8 byte positions at 177, 8 signed bytes at 185, a byte of padding at 193, fp16 residual scale at 194."
        ),
        Clause(
            id: "Q6L-02",
            topic: .decode,
            text: "Decode the Q5_K block, then the first min(count, 8) slots in order add scale * value: the product is rounded, then the sum; duplicates accumulate. The stored scale is already divided by 127."
        ),
        Clause(id: "Q6L-03", topic: .content, text: "The residual scale is finite."),
        Clause(id: "Q6L-04", topic: .content, text: "The count is at most 8; a reader treats a larger one as 8."),
        Clause(id: "Q6L-05", topic: .content, text: "The padding byte is zero."),
        Clause(id: "Q6L-06", topic: .content, text: "Positions in use are distinct.")
    ],
    provenance: Provenance(
        source: "fork of llama.cpp by Geoff Munn",
        commits: ["6526b9c30", "e6656fb00", "e7fdbc586"],
        period: ["2026-03-08", "2026-04-19"],
        note: "Described from its sources; no recorded output."
    )
)
}

private let format88 = format88Made()
@_optimize(none) private func format88Made() -> BlockFormat {
BlockFormat(
    id: "q2_0@prism",
    aliases: ["pq2_0"],
    title: "2.125 bpw, Q2_0 in groups of 128, PrismML's fork",
    elements: 128,
    bytes: 34,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [
        Clause(
            id: "SIZE-01",
            topic: .layout,
            text: "A type known by size only takes elements and bytes per block as listed, where a row header is listed so many bytes in front of the blocks of each row, and where a tail is listed so many bytes behind the last row of a tensor; its content is judged and decoded only where a weave is declared: then as the rows are that are interleaved."
        ),
        Clause(
            id: "SIZE-02",
            topic: .layout,
            text: "Interleaved rows lie in groups of so many: their headers one after another, then for each block of a row a group of the blocks of all rows, whose bits lie as declared. Every bit of each block has one place in the group, so that rows can be taken apart."
        )
    ],
    provenance: nil
)
}

private let format89 = format89Made()
@_optimize(none) private func format89Made() -> BlockFormat {
BlockFormat(
    id: "q2_k_turbo",
    aliases: [],
    title: "HIFI family, 2026-03-04 to 03-08, layout not recorded",
    elements: 256,
    bytes: 96,
    alignment: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format90 = format90Made()
@_optimize(none) private func format90Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_turbo",
    aliases: [],
    title: "HIFI family, 2026-03-04 to 03-08, layout not recorded",
    elements: 256,
    bytes: 132,
    alignment: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format91 = format91Made()
@_optimize(none) private func format91Made() -> BlockFormat {
BlockFormat(
    id: "q4_k_turbo",
    aliases: [],
    title: "HIFI family, 2026-03-04 to 03-08, layout not recorded",
    elements: 256,
    bytes: 168,
    alignment: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format92 = format92Made()
@_optimize(none) private func format92Made() -> BlockFormat {
BlockFormat(
    id: "q5_k_turbo",
    aliases: [],
    title: "HIFI family, 2026-03-04 to 03-08, layout not recorded",
    elements: 256,
    bytes: 200,
    alignment: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format93 = format93Made()
@_optimize(none) private func format93Made() -> BlockFormat {
BlockFormat(
    id: "q6_k_turbo",
    aliases: [],
    title: "HIFI family, 2026-03-04 to 03-08, layout not recorded",
    elements: 256,
    bytes: 232,
    alignment: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format94 = format94Made()
@_optimize(none) private func format94Made() -> BlockFormat {
BlockFormat(
    id: "q5_k_hifi_res8@f32",
    aliases: [],
    title: "Q5_K_HIFI_RES8 with an f32 scale at 196, 2026-01-05 to 02-13",
    elements: 256,
    bytes: 200,
    alignment: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format95 = format95Made()
@_optimize(none) private func format95Made() -> BlockFormat {
BlockFormat(
    id: "q8_k@ik",
    aliases: [],
    title: "ik_llama.cpp, activations only",
    elements: 256,
    bytes: 296,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format96 = format96Made()
@_optimize(none) private func format96Made() -> BlockFormat {
BlockFormat(
    id: "q4_0_4x4",
    aliases: [],
    title: "ik_llama.cpp, Q4_0 with 4 rows interleaved",
    elements: 32,
    bytes: 18,
    alignment: 2,
    interleave: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format97 = format97Made()
@_optimize(none) private func format97Made() -> BlockFormat {
BlockFormat(
    id: "q4_0_4x8",
    aliases: [],
    title: "ik_llama.cpp, Q4_0 with 4 rows interleaved",
    elements: 32,
    bytes: 18,
    alignment: 2,
    interleave: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format98 = format98Made()
@_optimize(none) private func format98Made() -> BlockFormat {
BlockFormat(
    id: "q4_0_8x8",
    aliases: [],
    title: "ik_llama.cpp, Q4_0 with 8 rows interleaved",
    elements: 32,
    bytes: 18,
    alignment: 2,
    interleave: 8,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format99 = format99Made()
@_optimize(none) private func format99Made() -> BlockFormat {
BlockFormat(
    id: "q8_0_x4",
    aliases: [],
    title: "ik_llama.cpp, activations only",
    elements: 32,
    bytes: 34,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format100 = format100Made()
@_optimize(none) private func format100Made() -> BlockFormat {
BlockFormat(
    id: "q8_1_x4",
    aliases: [],
    title: "ik_llama.cpp, activations only",
    elements: 32,
    bytes: 36,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format101 = format101Made()
@_optimize(none) private func format101Made() -> BlockFormat {
BlockFormat(
    id: "q8_2_x4",
    aliases: [],
    title: "ik_llama.cpp, activations only",
    elements: 32,
    bytes: 36,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format102 = format102Made()
@_optimize(none) private func format102Made() -> BlockFormat {
BlockFormat(
    id: "q8_k64",
    aliases: [],
    title: "ik_llama.cpp, activations only",
    elements: 64,
    bytes: 68,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format103 = format103Made()
@_optimize(none) private func format103Made() -> BlockFormat {
BlockFormat(
    id: "q8_k16",
    aliases: [],
    title: "ik_llama.cpp, activations only",
    elements: 64,
    bytes: 64,
    alignment: 2,
    rowHeader: RowHeader(bytes: 20, alignment: 4, fields: []),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format104 = format104Made()
@_optimize(none) private func format104Made() -> BlockFormat {
BlockFormat(
    id: "q8_k32",
    aliases: [],
    title: "ik_llama.cpp, activations only",
    elements: 256,
    bytes: 296,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format105 = format105Made()
@_optimize(none) private func format105Made() -> BlockFormat {
BlockFormat(
    id: "q8_kr8",
    aliases: [],
    title: "ik_llama.cpp, activations only",
    elements: 256,
    bytes: 296,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format106 = format106Made()
@_optimize(none) private func format106Made() -> BlockFormat {
BlockFormat(
    id: "q8_k128",
    aliases: [],
    title: "ik_llama.cpp, activations only",
    elements: 128,
    bytes: 140,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format107 = format107Made()
@_optimize(none) private func format107Made() -> BlockFormat {
BlockFormat(
    id: "q4_0_r8",
    aliases: [],
    title: "ik_llama.cpp, Q4_0 with 8 rows interleaved",
    elements: 32,
    bytes: 18,
    alignment: 2,
    interleave: 8,
    weave: Weave(
        base: "q4_0",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "qs",
                width: 32,
                digits: [Digit(name: "l", radix: 4)],
                from: 0,
                strides: [32],
                at: 128,
                steps: [256],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format108 = format108Made()
@_optimize(none) private func format108Made() -> BlockFormat {
BlockFormat(
    id: "q5_0_r4",
    aliases: [],
    title: "ik_llama.cpp, Q5_0 with 4 rows interleaved",
    elements: 32,
    bytes: 22,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "q5_0",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "qh",
                width: 1,
                digits: [Digit(name: "h", radix: 2), Digit(name: "e", radix: 2), Digit(name: "f", radix: 2), Digit(name: "i", radix: 4)],
                from: 0,
                strides: [16, 8, 4, 1],
                at: 64,
                steps: [1, 4, 2, 8],
                row: 32
            ),
            Weave.Run(
                field: "qs",
                width: 4,
                digits: [Digit(name: "h", radix: 2), Digit(name: "e", radix: 2), Digit(name: "f", radix: 2), Digit(name: "i", radix: 4)],
                from: 0,
                strides: [4, 64, 32, 8],
                at: 192,
                steps: [128, 4, 256, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format109 = format109Made()
@_optimize(none) private func format109Made() -> BlockFormat {
BlockFormat(
    id: "q8_0_r8",
    aliases: [],
    title: "ik_llama.cpp, Q8_0 with 8 rows interleaved",
    elements: 32,
    bytes: 34,
    alignment: 2,
    interleave: 8,
    weave: Weave(
        base: "q8_0",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "qs",
                width: 32,
                digits: [Digit(name: "l", radix: 8)],
                from: 0,
                strides: [32],
                at: 128,
                steps: [256],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format110 = format110Made()
@_optimize(none) private func format110Made() -> BlockFormat {
BlockFormat(
    id: "q2_k_r4",
    aliases: [],
    title: "ik_llama.cpp, Q2_K with 4 rows interleaved",
    elements: 256,
    bytes: 84,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "q2_k",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(field: "dmin", width: 16, digits: [], from: 0, strides: [], at: 64, steps: [], row: 16),
            Weave.Run(
                field: "scales",
                width: 8,
                digits: [Digit(name: "b", radix: 8), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [16, 8],
                at: 128,
                steps: [64, 32],
                row: 8
            ),
            Weave.Run(
                field: "qs",
                width: 2,
                digits: [
                    Digit(name: "half", radix: 2),
                    Digit(name: "q", radix: 4),
                    Digit(name: "h", radix: 2),
                    Digit(name: "m", radix: 4),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [256, 2, 128, 32, 8],
                at: 640,
                steps: [1024, 256, 128, 2, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format111 = format111Made()
@_optimize(none) private func format111Made() -> BlockFormat {
BlockFormat(
    id: "q3_k_r4",
    aliases: [],
    title: "ik_llama.cpp, Q3_K with 4 rows interleaved",
    elements: 256,
    bytes: 110,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "q3_k",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "scales",
                width: 2,
                digits: [Digit(name: "a", radix: 2), Digit(name: "b", radix: 2), Digit(name: "c", radix: 2), Digit(name: "h", radix: 2)],
                from: 64,
                strides: [4, 2, 16, 8],
                at: 64,
                steps: [4, 2, 64, 32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 4,
                digits: [Digit(name: "a", radix: 2), Digit(name: "b", radix: 2), Digit(name: "c", radix: 2), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [4, 32, 16, 8],
                at: 192,
                steps: [4, 128, 64, 32],
                row: 8
            ),
            Weave.Run(
                field: "hmask",
                width: 1,
                digits: [Digit(name: "b", radix: 8), Digit(name: "h", radix: 2), Digit(name: "m", radix: 4), Digit(name: "i", radix: 4)],
                from: 0,
                strides: [1, 128, 32, 8],
                at: 448,
                steps: [128, 4, 1, 8],
                row: 32
            ),
            Weave.Run(
                field: "qs",
                width: 2,
                digits: [
                    Digit(name: "half", radix: 2),
                    Digit(name: "q", radix: 4),
                    Digit(name: "h", radix: 2),
                    Digit(name: "m", radix: 4),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [256, 2, 128, 32, 8],
                at: 1472,
                steps: [1024, 256, 128, 2, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format112 = format112Made()
@_optimize(none) private func format112Made() -> BlockFormat {
BlockFormat(
    id: "q4_k_r4",
    aliases: [],
    title: "ik_llama.cpp, Q4_K with 4 rows interleaved",
    elements: 256,
    bytes: 144,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "q4_k",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(field: "dmin", width: 16, digits: [], from: 0, strides: [], at: 64, steps: [], row: 16),
            Weave.Run(
                field: "scales",
                width: 4,
                digits: [Digit(name: "c", radix: 4)],
                from: 0,
                strides: [8],
                at: 256,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 2,
                digits: [Digit(name: "c", radix: 4)],
                from: 4,
                strides: [8],
                at: 128,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 4,
                digits: [Digit(name: "c", radix: 4)],
                from: 32,
                strides: [8],
                at: 260,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 2,
                digits: [Digit(name: "c", radix: 4)],
                from: 36,
                strides: [8],
                at: 130,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 4,
                digits: [Digit(name: "c", radix: 4)],
                from: 64,
                strides: [8],
                at: 384,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 4,
                digits: [Digit(name: "c", radix: 4)],
                from: 68,
                strides: [8],
                at: 388,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 2,
                digits: [Digit(name: "c", radix: 4)],
                from: 6,
                strides: [8],
                at: 132,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 2,
                digits: [Digit(name: "c", radix: 4)],
                from: 38,
                strides: [8],
                at: 134,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "qs",
                width: 4,
                digits: [
                    Digit(name: "p", radix: 4),
                    Digit(name: "n", radix: 2),
                    Digit(name: "h", radix: 2),
                    Digit(name: "e", radix: 2),
                    Digit(name: "f", radix: 2),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [256, 4, 128, 64, 32, 8],
                at: 512,
                steps: [1024, 512, 128, 4, 256, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format113 = format113Made()
@_optimize(none) private func format113Made() -> BlockFormat {
BlockFormat(
    id: "q5_k_r4",
    aliases: [],
    title: "ik_llama.cpp, Q5_K with 4 rows interleaved",
    elements: 256,
    bytes: 176,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "q5_k",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(field: "dmin", width: 16, digits: [], from: 0, strides: [], at: 64, steps: [], row: 16),
            Weave.Run(
                field: "scales",
                width: 4,
                digits: [Digit(name: "c", radix: 4)],
                from: 0,
                strides: [8],
                at: 256,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 2,
                digits: [Digit(name: "c", radix: 4)],
                from: 4,
                strides: [8],
                at: 128,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 4,
                digits: [Digit(name: "c", radix: 4)],
                from: 32,
                strides: [8],
                at: 260,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 2,
                digits: [Digit(name: "c", radix: 4)],
                from: 36,
                strides: [8],
                at: 130,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 4,
                digits: [Digit(name: "c", radix: 4)],
                from: 64,
                strides: [8],
                at: 384,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 4,
                digits: [Digit(name: "c", radix: 4)],
                from: 68,
                strides: [8],
                at: 388,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 2,
                digits: [Digit(name: "c", radix: 4)],
                from: 6,
                strides: [8],
                at: 132,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 2,
                digits: [Digit(name: "c", radix: 4)],
                from: 38,
                strides: [8],
                at: 134,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "qh",
                width: 1,
                digits: [
                    Digit(name: "b", radix: 8),
                    Digit(name: "h", radix: 2),
                    Digit(name: "e", radix: 2),
                    Digit(name: "f", radix: 2),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [1, 128, 64, 32, 8],
                at: 512,
                steps: [128, 4, 1, 2, 8],
                row: 32
            ),
            Weave.Run(
                field: "qs",
                width: 4,
                digits: [
                    Digit(name: "p", radix: 4),
                    Digit(name: "n", radix: 2),
                    Digit(name: "h", radix: 2),
                    Digit(name: "e", radix: 2),
                    Digit(name: "f", radix: 2),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [256, 4, 128, 64, 32, 8],
                at: 1536,
                steps: [1024, 512, 128, 4, 256, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format114 = format114Made()
@_optimize(none) private func format114Made() -> BlockFormat {
BlockFormat(
    id: "q6_k_r4",
    aliases: [],
    title: "ik_llama.cpp, Q6_K with 4 rows interleaved",
    elements: 256,
    bytes: 210,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "q6_k",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "scales",
                width: 8,
                digits: [Digit(name: "b", radix: 8), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [16, 8],
                at: 64,
                steps: [64, 32],
                row: 8
            ),
            Weave.Run(
                field: "qh",
                width: 2,
                digits: [
                    Digit(name: "half", radix: 2),
                    Digit(name: "a", radix: 2),
                    Digit(name: "c", radix: 2),
                    Digit(name: "h", radix: 2),
                    Digit(name: "e", radix: 2),
                    Digit(name: "f", radix: 2),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [256, 4, 2, 128, 64, 32, 8],
                at: 576,
                steps: [1024, 512, 256, 128, 2, 4, 8],
                row: 32
            ),
            Weave.Run(
                field: "ql",
                width: 4,
                digits: [
                    Digit(name: "half", radix: 2),
                    Digit(name: "a", radix: 2),
                    Digit(name: "c", radix: 2),
                    Digit(name: "h", radix: 2),
                    Digit(name: "e", radix: 2),
                    Digit(name: "f", radix: 2),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [512, 4, 256, 128, 64, 32, 8],
                at: 2624,
                steps: [2048, 1024, 512, 128, 4, 256, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format115 = format115Made()
@_optimize(none) private func format115Made() -> BlockFormat {
BlockFormat(
    id: "iq2_xxs_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ2_XXS with 4 rows interleaved",
    elements: 256,
    bytes: 66,
    alignment: 2,
    interleave: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format116 = format116Made()
@_optimize(none) private func format116Made() -> BlockFormat {
BlockFormat(
    id: "iq2_xs_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ2_XS with 4 rows interleaved",
    elements: 256,
    bytes: 74,
    alignment: 2,
    interleave: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format117 = format117Made()
@_optimize(none) private func format117Made() -> BlockFormat {
BlockFormat(
    id: "iq3_xxs_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ3_XXS with 4 rows interleaved",
    elements: 256,
    bytes: 98,
    alignment: 2,
    interleave: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format118 = format118Made()
@_optimize(none) private func format118Made() -> BlockFormat {
BlockFormat(
    id: "iq1_s_r4",
    aliases: [],
    title: "ik_llama.cpp, 1.5 bpw, a format of its own with 4 rows interleaved",
    elements: 32,
    bytes: 6,
    alignment: 2,
    rowHeader: RowHeader(bytes: 2, alignment: 2, fields: []),
    interleave: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format119 = format119Made()
@_optimize(none) private func format119Made() -> BlockFormat {
BlockFormat(
    id: "iq4_nl_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ4_NL with 4 rows interleaved",
    elements: 32,
    bytes: 18,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "iq4_nl",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "qs",
                width: 4,
                digits: [Digit(name: "h", radix: 2), Digit(name: "e", radix: 2), Digit(name: "f", radix: 2), Digit(name: "i", radix: 4)],
                from: 0,
                strides: [4, 64, 32, 8],
                at: 64,
                steps: [128, 4, 256, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format120 = format120Made()
@_optimize(none) private func format120Made() -> BlockFormat {
BlockFormat(
    id: "iq3_s_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ3_S with 4 rows interleaved",
    elements: 256,
    bytes: 110,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "iq3_s",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "qs",
                width: 8,
                digits: [Digit(name: "b", radix: 8), Digit(name: "h", radix: 2), Digit(name: "i", radix: 4)],
                from: 0,
                strides: [64, 32, 8],
                at: 64,
                steps: [256, 32, 64],
                row: 8
            ),
            Weave.Run(
                field: "qh",
                width: 8,
                digits: [Digit(name: "b", radix: 8)],
                from: 0,
                strides: [8],
                at: 2112,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "signs",
                width: 1,
                digits: [Digit(name: "b", radix: 8), Digit(name: "h", radix: 2), Digit(name: "i", radix: 4), Digit(name: "j", radix: 4)],
                from: 0,
                strides: [32, 16, 4, 1],
                at: 2368,
                steps: [128, 4, 1, 8],
                row: 32
            ),
            Weave.Run(
                field: "scales",
                width: 4,
                digits: [Digit(name: "a", radix: 2), Digit(name: "b", radix: 4)],
                from: 0,
                strides: [16, 4],
                at: 3392,
                steps: [4, 32],
                row: 8
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format121 = format121Made()
@_optimize(none) private func format121Made() -> BlockFormat {
BlockFormat(
    id: "iq2_s_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ2_S with 4 rows interleaved",
    elements: 256,
    bytes: 82,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "iq2_s",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "qs",
                width: 32,
                digits: [Digit(name: "b", radix: 8)],
                from: 0,
                strides: [32],
                at: 64,
                steps: [128],
                row: 32
            ),
            Weave.Run(
                field: "qh",
                width: 8,
                digits: [Digit(name: "b", radix: 8)],
                from: 0,
                strides: [8],
                at: 1088,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "signs",
                width: 32,
                digits: [Digit(name: "b", radix: 8)],
                from: 0,
                strides: [32],
                at: 1344,
                steps: [128],
                row: 32
            ),
            Weave.Run(
                field: "scales",
                width: 8,
                digits: [Digit(name: "b", radix: 8)],
                from: 0,
                strides: [8],
                at: 2368,
                steps: [32],
                row: 8
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format122 = format122Made()
@_optimize(none) private func format122Made() -> BlockFormat {
BlockFormat(
    id: "iq4_xs_r8",
    aliases: [],
    title: "ik_llama.cpp, IQ4_XS with 8 rows interleaved",
    elements: 256,
    bytes: 136,
    alignment: 2,
    interleave: 8,
    weave: Weave(
        base: "iq4_xs",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "scales_h",
                width: 2,
                digits: [Digit(name: "b", radix: 4), Digit(name: "c", radix: 2)],
                from: 0,
                strides: [4, 2],
                at: 128,
                steps: [2, 64],
                row: 8
            ),
            Weave.Run(
                field: "scales_l",
                width: 4,
                digits: [Digit(name: "a", radix: 2), Digit(name: "b", radix: 4)],
                from: 0,
                strides: [16, 4],
                at: 256,
                steps: [4, 64],
                row: 8
            ),
            Weave.Run(
                field: "qs",
                width: 4,
                digits: [
                    Digit(name: "b", radix: 8),
                    Digit(name: "h", radix: 2),
                    Digit(name: "m", radix: 2),
                    Digit(name: "e", radix: 2),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [128, 4, 64, 32, 8],
                at: 512,
                steps: [1024, 512, 256, 4, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format123 = format123Made()
@_optimize(none) private func format123Made() -> BlockFormat {
BlockFormat(
    id: "iq1_m_r4",
    aliases: [],
    title: "ik_llama.cpp, 1.75 bpw, a format of its own with 4 rows interleaved",
    elements: 32,
    bytes: 7,
    alignment: 1,
    rowHeader: RowHeader(bytes: 2, alignment: 2, fields: []),
    interleave: 4,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format124 = format124Made()
@_optimize(none) private func format124Made() -> BlockFormat {
BlockFormat(
    id: "bf16_r16",
    aliases: [],
    title: "ik_llama.cpp, BF16 with 16 rows interleaved",
    elements: 1,
    bytes: 2,
    alignment: 2,
    interleave: 16,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format125 = format125Made()
@_optimize(none) private func format125Made() -> BlockFormat {
BlockFormat(
    id: "q6_0_r4",
    aliases: [],
    title: "ik_llama.cpp, Q6_0 with 4 rows interleaved",
    elements: 32,
    bytes: 26,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "q6_0",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "qh",
                width: 2,
                digits: [Digit(name: "h", radix: 2), Digit(name: "e", radix: 2), Digit(name: "f", radix: 2), Digit(name: "i", radix: 4)],
                from: 0,
                strides: [2, 4, 32, 8],
                at: 64,
                steps: [128, 4, 2, 8],
                row: 32
            ),
            Weave.Run(
                field: "qs",
                width: 4,
                digits: [Digit(name: "h", radix: 2), Digit(name: "e", radix: 2), Digit(name: "f", radix: 2), Digit(name: "i", radix: 4)],
                from: 0,
                strides: [4, 64, 32, 8],
                at: 320,
                steps: [128, 4, 256, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format126 = format126Made()
@_optimize(none) private func format126Made() -> BlockFormat {
BlockFormat(
    id: "iq2_bn_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ2_BN with 4 rows interleaved",
    elements: 64,
    bytes: 16,
    alignment: 2,
    rowHeader: RowHeader(bytes: 4, alignment: 4, fields: []),
    interleave: 4,
    weave: Weave(
        base: "iq2_bn",
        runs: [
            Weave.Run(
                field: "qs",
                width: 2,
                digits: [Digit(name: "l", radix: 4), Digit(name: "m", radix: 4), Digit(name: "i", radix: 4)],
                from: 0,
                strides: [2, 32, 8],
                at: 0,
                steps: [128, 2, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format127 = format127Made()
@_optimize(none) private func format127Made() -> BlockFormat {
BlockFormat(
    id: "iq2_k_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ2_K with 4 rows interleaved",
    elements: 256,
    bytes: 76,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "iq2_k",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "extra",
                width: 1,
                digits: [Digit(name: "b", radix: 8), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [2, 1],
                at: 64,
                steps: [1, 32],
                row: 8
            ),
            Weave.Run(
                field: "scales",
                width: 4,
                digits: [Digit(name: "a", radix: 2), Digit(name: "b", radix: 4), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [32, 8, 4],
                at: 128,
                steps: [4, 64, 32],
                row: 8
            ),
            Weave.Run(
                field: "qs",
                width: 2,
                digits: [
                    Digit(name: "half", radix: 2),
                    Digit(name: "q", radix: 4),
                    Digit(name: "h", radix: 2),
                    Digit(name: "m", radix: 4),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [256, 2, 128, 32, 8],
                at: 384,
                steps: [1024, 256, 128, 2, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format128 = format128Made()
@_optimize(none) private func format128Made() -> BlockFormat {
BlockFormat(
    id: "iq3_k_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ3_K with 4 rows interleaved",
    elements: 256,
    bytes: 110,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "iq3_k",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "extra",
                width: 1,
                digits: [Digit(name: "b", radix: 8), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [2, 1],
                at: 64,
                steps: [1, 32],
                row: 8
            ),
            Weave.Run(
                field: "scales_h",
                width: 1,
                digits: [Digit(name: "b", radix: 8), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [2, 1],
                at: 128,
                steps: [1, 32],
                row: 8
            ),
            Weave.Run(
                field: "scales_l",
                width: 4,
                digits: [Digit(name: "a", radix: 2), Digit(name: "b", radix: 4), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [32, 8, 4],
                at: 192,
                steps: [4, 64, 32],
                row: 8
            ),
            Weave.Run(
                field: "qs",
                width: 2,
                digits: [
                    Digit(name: "half", radix: 2),
                    Digit(name: "q", radix: 4),
                    Digit(name: "h", radix: 2),
                    Digit(name: "m", radix: 4),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [256, 2, 128, 32, 8],
                at: 448,
                steps: [1024, 256, 128, 2, 8],
                row: 32
            ),
            Weave.Run(
                field: "qh",
                width: 1,
                digits: [Digit(name: "b", radix: 8), Digit(name: "h", radix: 2), Digit(name: "m", radix: 4), Digit(name: "i", radix: 4)],
                from: 0,
                strides: [1, 128, 32, 8],
                at: 2496,
                steps: [128, 4, 1, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format129 = format129Made()
@_optimize(none) private func format129Made() -> BlockFormat {
BlockFormat(
    id: "iq4_k_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ4_K with 4 rows interleaved",
    elements: 256,
    bytes: 144,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "iq4_k",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "extra",
                width: 1,
                digits: [Digit(name: "b", radix: 8), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [2, 1],
                at: 64,
                steps: [1, 32],
                row: 8
            ),
            Weave.Run(
                field: "scales_h",
                width: 2,
                digits: [Digit(name: "b", radix: 4), Digit(name: "c", radix: 2), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [8, 4, 2],
                at: 128,
                steps: [2, 64, 32],
                row: 8
            ),
            Weave.Run(
                field: "scales_l",
                width: 4,
                digits: [Digit(name: "a", radix: 2), Digit(name: "b", radix: 4), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [32, 8, 4],
                at: 256,
                steps: [4, 64, 32],
                row: 8
            ),
            Weave.Run(
                field: "qs",
                width: 4,
                digits: [
                    Digit(name: "b", radix: 8),
                    Digit(name: "h", radix: 2),
                    Digit(name: "e", radix: 2),
                    Digit(name: "f", radix: 2),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [128, 4, 64, 32, 8],
                at: 512,
                steps: [512, 128, 4, 256, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format130 = format130Made()
@_optimize(none) private func format130Made() -> BlockFormat {
BlockFormat(
    id: "iq5_k_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ5_K with 4 rows interleaved",
    elements: 256,
    bytes: 176,
    alignment: 2,
    interleave: 4,
    weave: Weave(
        base: "iq5_k",
        runs: [
            Weave.Run(field: "d", width: 16, digits: [], from: 0, strides: [], at: 0, steps: [], row: 16),
            Weave.Run(
                field: "extra",
                width: 1,
                digits: [Digit(name: "b", radix: 8), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [2, 1],
                at: 64,
                steps: [1, 32],
                row: 8
            ),
            Weave.Run(
                field: "scales_h",
                width: 2,
                digits: [Digit(name: "b", radix: 4), Digit(name: "c", radix: 2), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [8, 4, 2],
                at: 128,
                steps: [2, 64, 32],
                row: 8
            ),
            Weave.Run(
                field: "scales_l",
                width: 4,
                digits: [Digit(name: "a", radix: 2), Digit(name: "b", radix: 4), Digit(name: "h", radix: 2)],
                from: 0,
                strides: [32, 8, 4],
                at: 256,
                steps: [4, 64, 32],
                row: 8
            ),
            Weave.Run(
                field: "qs",
                width: 4,
                digits: [
                    Digit(name: "p", radix: 4),
                    Digit(name: "n", radix: 2),
                    Digit(name: "h", radix: 2),
                    Digit(name: "e", radix: 2),
                    Digit(name: "f", radix: 2),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [256, 4, 128, 64, 32, 8],
                at: 512,
                steps: [1024, 512, 128, 4, 256, 8],
                row: 32
            ),
            Weave.Run(
                field: "qh",
                width: 1,
                digits: [
                    Digit(name: "b", radix: 8),
                    Digit(name: "h", radix: 2),
                    Digit(name: "e", radix: 2),
                    Digit(name: "f", radix: 2),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [1, 128, 64, 32, 8],
                at: 4608,
                steps: [128, 2, 1, 4, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format131 = format131Made()
@_optimize(none) private func format131Made() -> BlockFormat {
BlockFormat(
    id: "iq4_ks_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ4_KS with 4 rows interleaved",
    elements: 256,
    bytes: 136,
    alignment: 2,
    rowHeader: RowHeader(bytes: 4, alignment: 4, fields: []),
    interleave: 4,
    weave: Weave(
        base: "iq4_ks",
        runs: [
            Weave.Run(
                field: "scales",
                width: 8,
                digits: [Digit(name: "b", radix: 8)],
                from: 0,
                strides: [8],
                at: 0,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "qs",
                width: 4,
                digits: [
                    Digit(name: "b", radix: 8),
                    Digit(name: "h", radix: 2),
                    Digit(name: "e", radix: 2),
                    Digit(name: "f", radix: 2),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [128, 4, 64, 32, 8],
                at: 256,
                steps: [512, 128, 4, 256, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format132 = format132Made()
@_optimize(none) private func format132Made() -> BlockFormat {
BlockFormat(
    id: "iq5_ks_r4",
    aliases: [],
    title: "ik_llama.cpp, IQ5_KS with 4 rows interleaved",
    elements: 256,
    bytes: 168,
    alignment: 2,
    rowHeader: RowHeader(bytes: 4, alignment: 4, fields: []),
    interleave: 4,
    weave: Weave(
        base: "iq5_ks",
        runs: [
            Weave.Run(
                field: "scales",
                width: 8,
                digits: [Digit(name: "b", radix: 8)],
                from: 0,
                strides: [8],
                at: 0,
                steps: [32],
                row: 8
            ),
            Weave.Run(
                field: "qs",
                width: 4,
                digits: [
                    Digit(name: "p", radix: 4),
                    Digit(name: "n", radix: 2),
                    Digit(name: "h", radix: 2),
                    Digit(name: "e", radix: 2),
                    Digit(name: "f", radix: 2),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [256, 4, 128, 64, 32, 8],
                at: 256,
                steps: [1024, 512, 128, 4, 256, 8],
                row: 32
            ),
            Weave.Run(
                field: "qh",
                width: 1,
                digits: [
                    Digit(name: "b", radix: 8),
                    Digit(name: "h", radix: 2),
                    Digit(name: "e", radix: 2),
                    Digit(name: "f", radix: 2),
                    Digit(name: "i", radix: 4)
                ],
                from: 0,
                strides: [1, 128, 64, 32, 8],
                at: 4352,
                steps: [128, 2, 1, 4, 8],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format133 = format133Made()
@_optimize(none) private func format133Made() -> BlockFormat {
BlockFormat(
    id: "mxfp4_r8",
    aliases: [],
    title: "ik_llama.cpp, MXFP4 with 8 rows interleaved",
    elements: 32,
    bytes: 17,
    alignment: 1,
    interleave: 8,
    weave: Weave(
        base: "mxfp4",
        runs: [
            Weave.Run(field: "e", width: 8, digits: [], from: 0, strides: [], at: 0, steps: [], row: 8),
            Weave.Run(
                field: "qs",
                width: 32,
                digits: [Digit(name: "l", radix: 4)],
                from: 0,
                strides: [32],
                at: 64,
                steps: [256],
                row: 32
            )
        ]
    ),
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format134 = format134Made()
@_optimize(none) private func format134Made() -> BlockFormat {
BlockFormat(
    id: "q8_k_r16",
    aliases: [],
    title: "ik_llama.cpp, eight bits a weight, 16 rows interleaved",
    elements: 256,
    bytes: 258,
    alignment: 2,
    interleave: 16,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format135 = format135Made()
@_optimize(none) private func format135Made() -> BlockFormat {
BlockFormat(
    id: "q8_kv_r8",
    aliases: [],
    title: "ik_llama.cpp, eight bits a weight and a scale a row, 8 rows interleaved",
    elements: 32,
    bytes: 32,
    alignment: 2,
    rowHeader: RowHeader(bytes: 4, alignment: 4, fields: []),
    interleave: 8,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format136 = format136Made()
@_optimize(none) private func format136Made() -> BlockFormat {
BlockFormat(
    id: "q8_k_r8",
    aliases: [],
    title: "ik_llama.cpp, eight bits a weight, 8 rows interleaved",
    elements: 256,
    bytes: 258,
    alignment: 2,
    interleave: 8,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format137 = format137Made()
@_optimize(none) private func format137Made() -> BlockFormat {
BlockFormat(
    id: "ptq1_0",
    aliases: [],
    title: "1.75 bpw, ternary in groups of 128, PrismML's fork",
    elements: 128,
    bytes: 28,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format138 = format138Made()
@_optimize(none) private func format138Made() -> BlockFormat {
BlockFormat(
    id: "q4_t",
    aliases: [],
    title: "4.0625 bpw, Q4_0 in blocks of 256, a pull request to llama.cpp",
    elements: 256,
    bytes: 130,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format139 = format139Made()
@_optimize(none) private func format139Made() -> BlockFormat {
BlockFormat(
    id: "iq1_xs",
    aliases: [],
    title: "1.4375 bpw, IQ1_S with a grid of 1024, unsloth's fork",
    elements: 256,
    bytes: 46,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format140 = format140Made()
@_optimize(none) private func format140Made() -> BlockFormat {
BlockFormat(
    id: "iq1_xxs",
    aliases: [],
    title: "1.3125 bpw, IQ1_S with a grid of 512, unsloth's fork",
    elements: 256,
    bytes: 42,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format141 = format141Made()
@_optimize(none) private func format141Made() -> BlockFormat {
BlockFormat(
    id: "iq1_xxxs",
    aliases: [],
    title: "1.1875 bpw, IQ1_S with a grid of 256, unsloth's fork",
    elements: 256,
    bytes: 38,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format142 = format142Made()
@_optimize(none) private func format142Made() -> BlockFormat {
BlockFormat(
    id: "tq3_4s",
    aliases: [],
    title: "4 bpw, rotated, four scales per 32 weights, llama.cpp-tq3",
    elements: 32,
    bytes: 16,
    alignment: 1,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format143 = format143Made()
@_optimize(none) private func format143Made() -> BlockFormat {
BlockFormat(
    id: "tq4_1s",
    aliases: [],
    title: "5 bpw, rotated, two scales per 32 weights, llama-cpp-turboquant",
    elements: 32,
    bytes: 20,
    alignment: 2,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

private let format144 = format144Made()
@_optimize(none) private func format144Made() -> BlockFormat {
BlockFormat(
    id: "i2_s",
    aliases: [],
    title: "2 bpw, ternary, 32 bytes at the end of each tensor, Microsoft's BitNet",
    elements: 4,
    bytes: 1,
    alignment: 1,
    tensorTail: 32,
    base: nil,
    fields: [],
    decoding: nil,
    encoding: nil,
    checks: [],
    marks: Marks(
        specificity: 0,
        forms: [],
        habits: Marks.Habits(order: nil, unused: nil, number: nil),
        isCurrent: false,
        otherLayout: nil
    ),
    clauses: [],
    provenance: nil
)
}

extension Spec {
    static let formatTable: [BlockFormat] = [format0, format1, format2, format3, format4, format5, format6, format7, format8, format9, format10, format11, format12, format13, format14, format15, format16, format17, format18, format19, format20, format21, format22, format23, format24, format25, format26, format27, format28, format29, format30, format31, format32, format33, format34, format35, format36, format37, format38, format39, format40, format41, format42, format43, format44, format45, format46, format47, format48, format49, format50, format51, format52, format53, format54, format55, format56, format57, format58, format59, format60, format61, format62, format63, format64, format65, format66, format67, format68, format69, format70, format71, format72, format73, format74, format75, format76, format77, format78, format79, format80, format81, format82, format83, format84, format85, format86, format87, format88, format89, format90, format91, format92, format93, format94, format95, format96, format97, format98, format99, format100, format101, format102, format103, format104, format105, format106, format107, format108, format109, format110, format111, format112, format113, format114, format115, format116, format117, format118, format119, format120, format121, format122, format123, format124, format125, format126, format127, format128, format129, format130, format131, format132, format133, format134, format135, format136, format137, format138, format139, format140, format141, format142, format143, format144]
}
