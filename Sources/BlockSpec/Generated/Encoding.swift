// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let encodingClause0: Clause = Clause(
    id: "ENC-01",
    topic: .encode,
    text: "Bytes depend on the row, its importances, the format, the path and the number of outliers, on nothing else: not on processor, compiler, threads or the rows around it. (One exception: IQ4_NL on the reference path, ENC-16.)"
)

private let encodingClause1: Clause = Clause(
    id: "ENC-02",
    topic: .encode,
    text: "A weight that is NaN, infinite or larger than the format holds is refused, with row and column. What a format holds is what codes, scales and minima at their ends make: 127 * 65504 for Q8_0, 65504 where weights are stored in fp16, -65504 to 16 * 65504 for Q4_1 (weightRanges in quantizer.yaml). Within that a block is refused whose scale or minimum is not finite in fp16. Asked to clamp, an encoder treats NaN as 0 and clamps the rest to the magnitude that both ends allow. No infinity is written silently."
)

private let encodingClause2: Clause = Clause(
    id: "ENC-03",
    topic: .encode,
    text: "A row is a whole number of blocks; an importance matrix has one finite value from 0 up per column and serves every row."
)

private let encodingClause3: Clause = Clause(
    id: "ENC-04",
    topic: .encode,
    text: "nearest(v) is to nearest, ties to even; where |v| exceeds 2^22 it is the low 23 bits of the fp32 sum v + 12582912, minus 2^22. round(v) is to nearest, ties away from zero."
)

private let encodingClause4: Clause = Clause(
    id: "ENC-05",
    topic: .encode,
    text: "Symmetric grid (x, w, N): e is the value of largest magnitude, the first of equals; below 1e-15 everything is 0. For k = 0, then -9 to 9 without 0: i = -(N + 0.1 k) / e, codes q = nearest(i x) clamped to -N ... N-1, p = sum of (w x) q, n = sum of (w q) q. A trial with n > 0 and p p > best n wins; scale p / n, best = scale p."
)

private let encodingClause5: Clause = Clause(
    id: "ENC-06",
    topic: .encode,
    text: "Symmetric descent (x, N): from the codes for i = -N / e, w = x x; at most five passes; for each value in turn, with its own share taken out of p and n, the code nearest((x n') / p') is taken if p' > 0, it differs, and with its share put back n' > 0 and (p' p') n > (p p) n'. The scale is p / n, 0 unless n > 0."
)

private let encodingClause6: Clause = Clause(
    id: "ENC-07",
    topic: .encode,
    text: "Affine search (x, w, N, first, step, trials): low = min(x, 0), high = max(x); equal: codes 0, minimum -low. Codes for i = N / (high - low) and scale 1 / i; then for k = 0 ... trials codes for i = (first + step k + N) / (high - low), the least-squares scale and low for them (low clamped to at most 0), and the trial wins if its weighted error is smaller; low of the winner is what later trials use."
)

private let encodingClause7: Clause = Clause(
    id: "ENC-08",
    topic: .encode,
    text: "Positive search (x, w, N): e = max(x, 0), below 1e-15 everything is 0. The i among (N + 0.1 k) / e, k = 0, then -4 to 4, with the smallest weighted squared error; then at most five passes over single codes as in ENC-06 with p' > 0 and n' > 0."
)

private let encodingClause8: Clause = Clause(
    id: "ENC-09",
    topic: .encode,
    text: "Q3_K: descent with N = 4 per sub-block; the scale of largest magnitude becomes -32: i = -32 / it, codes nearest(i scale), d = 1 / i. With importances: grid with N = 4 and w = importance * sqrt(2 (sum of x x) / 256 + x x), super-scale by grid with N = 32 over the sub-block scales weighted by the sums of w."
)

private let encodingClause9: Clause = Clause(
    id: "ENC-10",
    topic: .encode,
    text: "Q6_K: grid with N = 32 per sub-block, w = x x or the importance itself; i = -128 / the scale of largest magnitude, codes at most 127, d = 1 / i. If that scale is below 1e-15 the block is all zero bytes."
)

private let encodingClause10: Clause = Clause(
    id: "ENC-11",
    topic: .encode,
    text: "Q2_K: affine search with N = 3, w = |x|, first -0.5, step 0.1, 15 trials, absolute errors; scales and minima by 15 / their largest. With importances: w = importance * sqrt((sum of x x) / 256 + x x), first -0.9, step 0.05, 36 trials, squared errors, super-scales by the positive search with N = 15."
)

private let encodingClause11: Clause = Clause(
    id: "ENC-12",
    topic: .encode,
    text: "Q4_K and Q5_K: affine search with N = 15 (first -1, step 0.1, 20 trials) or 31 (-0.5, 0.1, 15), w = sqrt(mean of x x over the sub-block) + |x|; scales and minima by 63 / their largest. With importances: w = importance * sqrt(2 (sum of x x) / 256 + x x), first -0.9, step 0.05, 36 trials, super-scales by the positive search with N = 63; its codes, modulo 256, are clamped to 63 in Q5_K only (in Q4_K bits 6 and 7 of the first four run into the last four)."
)

private let encodingClause12: Clause = Clause(
    id: "ENC-13",
    topic: .encode,
    text: "In all super-blocks the codes are then computed again with the scales as a reader sees them: nearest((x + minimum) / step), clamped to the range; where the step is 0 the codes of the search stay."
)

private let encodingClause13: Clause = Clause(
    id: "ENC-14",
    topic: .encode,
    text: "Q4_0 and Q5_0: d = e / -8 or / -16, code = trunc(x / d + 8.5 or 16.5) by the fp32 inverse, at most 15 or 31. Q4_1 and Q5_1: d = (max - min) / 15 or 31, code = trunc((x - min) / d + 0.5) by the fp32 inverse. With importances: grid with N = 8 or 16, affine search with N = 15 or 31 (first -0.9, step 0.05, 36 trials), w = importance * sqrt((sum of x x over the row) / columns + x x)."
)

private let encodingClause14: Clause = Clause(
    id: "ENC-15",
    topic: .encode,
    text: "Q8_0: ACT-02, with or without importances. f16 and bf16: to nearest, ties to even. f32: the bits."
)

private let encodingClause15: Clause = Clause(
    id: "ENC-16",
    topic: .encode,
    text: "IQ4_NL, chunk path: scale by trials i = (k - 127) / e for k = -7 ... 7 after i = 127 / e, with the nearest book values, w = x x or importance * sqrt(2 (mean of x x) + x x), and codes for the winner; importances that are all zero give a NaN scale. Reference path: one trial, i = -127 / e, w = x x; a negligible block keeps the codes of the block before it, under a scale of 0."
)

private let encodingClause16: Clause = Clause(
    id: "ENC-17",
    topic: .encode,
    text: "Outliers are the highest scores, ties going to the first: a NaN score wins only at position 0 (r1 to r4: never). The score is |x|, times the importance if given."
)

private let encodingClause17: Clause = Clause(
    id: "ENC-18",
    topic: .encode,
    text: "r1 to r4: outliers zeroed, d = largest magnitude left / 4, code = round(x / d) by the fp32 inverse, clamped to -4 ... 3. r8: codes of all weights but the outliers, scale = largest / 3.5 (1 if 0), code = round(x / scale clamped to 3.5) + 4, clamped to 0 ... 7; unused slots hold (0, 0)."
)

private let encodingClause18: Clause = Clause(
    id: "ENC-19",
    topic: .encode,
    text: "r5, r6, r7c, r7e, r9 to r13, Q4_K_HIFI, Q6_K_HIFI, Q6_K_HIFI_DYNAMIC, and Q2_K_HIFI without importances: outliers stored as they are and zeroed in what the base encoder sees. The base is made without importances; with an importance matrix r9 to r12 and Q4_K_HIFI use the search of that path without weights (w = x x; Q4_K: sqrt(2 mean of x x) + |x|)."
)

private let encodingClause19: Clause = Clause(
    id: "ENC-20",
    topic: .encode,
    text: "Slots are in order of falling score; in r12b, r12c, r13 and Q4_K_HIFI in order of position. Unused slots hold (0, 0); in r12b, r12c and Q4_K_HIFI (255, 0), but (0, 0) in a block of r12 without any outlier."
)

private let encodingClause20: Clause = Clause(id: "ENC-21", topic: .encode, text: "r13 ignores importances and stops at the first score that is not above zero.")

private let encodingClause21: Clause = Clause(
    id: "ENC-22",
    topic: .encode,
    text: "r7a, r7b, r7d, r7f and Q2_K_HIFI with importances: the base is made of all weights (Q2_K with the importances), and the largest residuals x - decoded are stored; the score is |residual|, times the importance, in r7f times (1 + 0.5 |x|)."
)

private let encodingClause22: Clause = Clause(
    id: "ENC-23",
    topic: .encode,
    text: "Q3_K_HIFI_RES8: plain Q3_K of all weights, the 8 largest |residual| without importances, scale = largest / 127, byte = round(residual / scale) clamped to 127; if the largest is 0, scale and positions are 0 and the count is 8."
)

private let encodingClause23: Clause = Clause(
    id: "ENC-24",
    topic: .encode,
    text: "Q6_K_HIFI_RES8 and Q5_K_HIFI_RES8: outliers by |x| times importance, zeroed in the plain base, stored as byte = round(residual / largest * 127) with the largest residual as scale (at least 1e-10; in Q5 1e-8 instead of 0, as E4M3). With importances the number of outliers varies by block with their spread, and Q5 keeps none where the largest residual is below a share of the block's standard deviation or fewer than three exceed a tenth of it."
)

private let encodingClause24: Clause = Clause(
    id: "ENC-25",
    topic: .encode,
    text: "E4M3 (NUM-09): exponent floor(log2) of the fp32 logarithm plus 7, clamped to 0 ... 15; fraction round(8 f), at most 7."
)

private let encodingClause25: Clause = Clause(
    id: "ENC-26",
    topic: .encode,
    text: "Bytes that the HIFI fork never wrote are zero: 194 and 195 of Q5_K_HIFI_RES8, n_outliers of r10 and r11 without outliers under importances."
)

extension Spec {
    static let encodingClauseTable: [Clause] = [encodingClause0, encodingClause1, encodingClause2, encodingClause3, encodingClause4, encodingClause5, encodingClause6, encodingClause7, encodingClause8, encodingClause9, encodingClause10, encodingClause11, encodingClause12, encodingClause13, encodingClause14, encodingClause15, encodingClause16, encodingClause17, encodingClause18, encodingClause19, encodingClause20, encodingClause21, encodingClause22, encodingClause23, encodingClause24, encodingClause25]
}
