// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let numericsClause0 = numericsClause0Made()
@_optimize(none) private func numericsClause0Made() -> Clause {
Clause(
    id: "NUM-01",
    topic: .decode,
    text: "Every fp32 operation is IEEE-754 binary32, rounded to nearest, ties to even; no two operations are contracted into a fused one."
)
}

private let numericsClause1 = numericsClause1Made()
@_optimize(none) private func numericsClause1Made() -> Clause {
Clause(
    id: "NUM-02",
    topic: .decode,
    text: "Expressions are evaluated with the brackets and the left-to-right order in which they are written."
)
}

private let numericsClause2 = numericsClause2Made()
@_optimize(none) private func numericsClause2Made() -> Clause {
Clause(
    id: "NUM-03",
    topic: .decode,
    text: "fp16 and bf16 convert to fp32 exactly; subnormals are kept, and a signalling NaN becomes the quiet NaN with the same sign and payload bits. (bf16 is the upper half of an fp32: its NaN payloads stay as they are.)"
)
}

private let numericsClause3 = numericsClause3Made()
@_optimize(none) private func numericsClause3Made() -> Clause {
Clause(
    id: "NUM-04",
    topic: .decode,
    text: "An operation with a NaN operand yields that operand made quiet; if both are NaN, the left one as written. A correction that adds is written correction + weight."
)
}

private let numericsClause4 = numericsClause4Made()
@_optimize(none) private func numericsClause4Made() -> Clause {
Clause(
    id: "NUM-05",
    topic: .decode,
    text: "An invalid operation without a NaN operand (infinity times zero, infinity minus infinity) yields the NaN 0xFFC00000. Implementations that yield another NaN conform: NaNs are compared as a class unless a case says otherwise."
)
}

private let numericsClause5 = numericsClause5Made()
@_optimize(none) private func numericsClause5Made() -> Clause {
Clause(
    id: "NUM-06",
    topic: .decode,
    text: "Integers up to 2^24 in magnitude convert to fp32 exactly; wider ones and f64 are rounded to nearest, ties to even."
)
}

private let numericsClause6 = numericsClause6Made()
@_optimize(none) private func numericsClause6Made() -> Clause {
Clause(id: "NUM-07", topic: .decode, text: "Subnormal inputs and results are neither flushed nor treated as zero.")
}

private let numericsClause7 = numericsClause7Made()
@_optimize(none) private func numericsClause7Made() -> Clause {
Clause(
    id: "NUM-08",
    topic: .decode,
    text: "e8m0_half is 2^(e - 128) for every code e, 0 and 255 included (codes 0 and 1 are fp32 subnormals)."
)
}

private let numericsClause8 = numericsClause8Made()
@_optimize(none) private func numericsClause8Made() -> Clause {
Clause(
    id: "NUM-09",
    topic: .decode,
    text: "e4m3_hifi is 0 for code 0 and otherwise (-1)^sign * (1 + m/8) * 2^(e - 7) with e the four exponent bits and m the three mantissa bits: no subnormals, no NaN, no infinity; 0x80 is -0.0078125."
)
}

private let numericsClause9 = numericsClause9Made()
@_optimize(none) private func numericsClause9Made() -> Clause {
Clause(
    id: "NUM-10",
    topic: .layout,
    text: "All multi-byte scalars are little-endian. Blocks of a row follow each other without padding, rows likewise, and a row holds a whole number of blocks."
)
}

private let numericsClause10 = numericsClause10Made()
@_optimize(none) private func numericsClause10Made() -> Clause {
Clause(
    id: "NUM-11",
    topic: .decode,
    text: "A byte b as ternary digits: digit n is (3 * (b * 3^n mod 256)) div 256, so that b / 256 is a fraction of which digit n is the n-th place after the point to base 3, from 0 on."
)
}

private let numericsClause11 = numericsClause11Made()
@_optimize(none) private func numericsClause11Made() -> Clause {
Clause(
    id: "NUM-12",
    topic: .decode,
    text: "ue4m3, as scales of FP4 blocks have it, is halved: 0.5 * m * 2^-9 for e = 0 and 0.5 * (1 + m/8) * 2^(e - 7) otherwise, with e the four bits from bit 3 on and m the lower three; 0x7F is 0, and the uppermost bit is ignored. In units of 2^-10 all of them are whole numbers."
)
}

private let numericsClause12 = numericsClause12Made()
@_optimize(none) private func numericsClause12Made() -> Clause {
Clause(
    id: "NUM-13",
    topic: .decode,
    text: "The sequence of a code has a state of 32 bits, at first the code plus a start. Each step multiplies the state by a multiplier, modulo 2^32; the next number is the sum of the four bytes of the state, of each those bits that a mask keeps, plus a bias. All of this is exact."
)
}

extension Spec {
    static let numericsClauseTable: [Clause] = [numericsClause0, numericsClause1, numericsClause2, numericsClause3, numericsClause4, numericsClause5, numericsClause6, numericsClause7, numericsClause8, numericsClause9, numericsClause10, numericsClause11, numericsClause12]
}
