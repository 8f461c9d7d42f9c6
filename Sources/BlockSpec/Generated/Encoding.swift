// Generated from Spec/ by `swift run spectool generate`. Do not edit: change the spec and run it again.

private let encodingClause0 = encodingClause0Made()
@_optimize(none) private func encodingClause0Made() -> Clause {
Clause(
    id: "ENC-01",
    topic: .encode,
    text: "Bytes depend on the row, its importances, the format, the path and the number of outliers, on nothing else: not on processor, compiler, threads or the rows around it. (One exception: IQ4_NL on the reference path, ENC-16.)"
)
}

private let encodingClause1 = encodingClause1Made()
@_optimize(none) private func encodingClause1Made() -> Clause {
Clause(
    id: "ENC-02",
    topic: .encode,
    text: "A weight that is NaN, infinite or larger than the format holds is refused, with row and column. What a format holds is what codes, scales and minima at their ends make: 127 * 65504 for Q8_0, 65504 where weights are stored in fp16, -65504 to 16 * 65504 for Q4_1 (weightRanges in quantizer.yaml). Within that a block is refused whose scale or minimum is not finite in fp16. Asked to clamp, an encoder treats NaN as 0 and clamps the rest to the magnitude that both ends allow. No infinity is written silently."
)
}

private let encodingClause2 = encodingClause2Made()
@_optimize(none) private func encodingClause2Made() -> Clause {
Clause(
    id: "ENC-03",
    topic: .encode,
    text: "A row is a whole number of blocks; an importance matrix has one finite value from 0 up per column and serves every row."
)
}

private let encodingClause3 = encodingClause3Made()
@_optimize(none) private func encodingClause3Made() -> Clause {
Clause(
    id: "ENC-04",
    topic: .encode,
    text: "nearest(v) is to nearest, ties to even; where |v| exceeds 2^22 it is the low 23 bits of the fp32 sum v + 12582912, minus 2^22. round(v) is to nearest, ties away from zero."
)
}

private let encodingClause4 = encodingClause4Made()
@_optimize(none) private func encodingClause4Made() -> Clause {
Clause(
    id: "ENC-05",
    topic: .encode,
    text: "Symmetric grid (x, w, N): e is the value of largest magnitude, the first of equals; below 1e-15 everything is 0. For k = 0, then -9 to 9 without 0: i = -(N + 0.1 k) / e, codes q = nearest(i x) clamped to -N ... N-1, p = sum of (w x) q, n = sum of (w q) q. A trial with n > 0 and p p > best n wins; scale p / n, best = scale p."
)
}

private let encodingClause5 = encodingClause5Made()
@_optimize(none) private func encodingClause5Made() -> Clause {
Clause(
    id: "ENC-06",
    topic: .encode,
    text: "Symmetric descent (x, N): from the codes for i = -N / e, w = x x; at most five passes; for each value in turn, with its own share taken out of p and n, the code nearest((x n') / p') is taken if p' > 0, it differs, and with its share put back n' > 0 and (p' p') n > (p p) n'. The scale is p / n, 0 unless n > 0."
)
}

private let encodingClause6 = encodingClause6Made()
@_optimize(none) private func encodingClause6Made() -> Clause {
Clause(
    id: "ENC-07",
    topic: .encode,
    text: "Affine search (x, w, N, first, step, trials): low = min(x, 0), high = max(x); equal: codes 0, minimum -low. Codes for i = N / (high - low) and scale 1 / i; then for k = 0 ... trials codes for i = (first + step k + N) / (high - low), the least-squares scale and low for them (low clamped to at most 0), and the trial wins if its weighted error is smaller; low of the winner is what later trials use."
)
}

private let encodingClause7 = encodingClause7Made()
@_optimize(none) private func encodingClause7Made() -> Clause {
Clause(
    id: "ENC-08",
    topic: .encode,
    text: "Positive search (x, w, N): e = max(x, 0), below 1e-15 everything is 0. The i among (N + 0.1 k) / e, k = 0, then -4 to 4, with the smallest weighted squared error; then at most five passes over single codes as in ENC-06 with p' > 0 and n' > 0."
)
}

private let encodingClause8 = encodingClause8Made()
@_optimize(none) private func encodingClause8Made() -> Clause {
Clause(
    id: "ENC-09",
    topic: .encode,
    text: "Q3_K: descent with N = 4 per sub-block; the scale of largest magnitude becomes -32: i = -32 / it, codes nearest(i scale), d = 1 / i. With importances: grid with N = 4 and w = importance * sqrt(2 (sum of x x) / 256 + x x), super-scale by grid with N = 32 over the sub-block scales weighted by the sums of w."
)
}

private let encodingClause9 = encodingClause9Made()
@_optimize(none) private func encodingClause9Made() -> Clause {
Clause(
    id: "ENC-10",
    topic: .encode,
    text: "Q6_K: grid with N = 32 per sub-block, w = x x or the importance itself; i = -128 / the scale of largest magnitude, codes at most 127, d = 1 / i. If that scale is below 1e-15 the block is all zero bytes."
)
}

private let encodingClause10 = encodingClause10Made()
@_optimize(none) private func encodingClause10Made() -> Clause {
Clause(
    id: "ENC-11",
    topic: .encode,
    text: "Q2_K: affine search with N = 3, w = |x|, first -0.5, step 0.1, 15 trials, absolute errors; scales and minima by 15 / their largest. With importances: w = importance * sqrt((sum of x x) / 256 + x x), first -0.9, step 0.05, 36 trials, squared errors, super-scales by the positive search with N = 15."
)
}

private let encodingClause11 = encodingClause11Made()
@_optimize(none) private func encodingClause11Made() -> Clause {
Clause(
    id: "ENC-12",
    topic: .encode,
    text: "Q4_K and Q5_K: affine search with N = 15 (first -1, step 0.1, 20 trials) or 31 (-0.5, 0.1, 15), w = sqrt(mean of x x over the sub-block) + |x|; scales and minima by 63 / their largest. With importances: w = importance * sqrt(2 (sum of x x) / 256 + x x), first -0.9, step 0.05, 36 trials, super-scales by the positive search with N = 63; its codes, modulo 256, are clamped to 63 in Q5_K only (in Q4_K bits 6 and 7 of the first four run into the last four)."
)
}

private let encodingClause12 = encodingClause12Made()
@_optimize(none) private func encodingClause12Made() -> Clause {
Clause(
    id: "ENC-13",
    topic: .encode,
    text: "In all super-blocks the codes are then computed again with the scales as a reader sees them: nearest((x + minimum) / step), clamped to the range; where the step is 0 the codes of the search stay."
)
}

private let encodingClause13 = encodingClause13Made()
@_optimize(none) private func encodingClause13Made() -> Clause {
Clause(
    id: "ENC-14",
    topic: .encode,
    text: "Q4_0 and Q5_0: d = e / -8 or / -16, code = trunc(x / d + 8.5 or 16.5) by the fp32 inverse, at most 15 or 31. Q4_1 and Q5_1: d = (max - min) / 15 or 31, code = trunc((x - min) / d + 0.5) by the fp32 inverse. With importances: grid with N = 8 or 16, affine search with N = 15 or 31 (first -0.9, step 0.05, 36 trials), w = importance * sqrt((sum of x x over the row) / columns + x x)."
)
}

private let encodingClause14 = encodingClause14Made()
@_optimize(none) private func encodingClause14Made() -> Clause {
Clause(
    id: "ENC-15",
    topic: .encode,
    text: "Q8_0: ACT-02, with or without importances. f16 and bf16: to nearest, ties to even. f32: the bits."
)
}

private let encodingClause15 = encodingClause15Made()
@_optimize(none) private func encodingClause15Made() -> Clause {
Clause(
    id: "ENC-16",
    topic: .encode,
    text: "IQ4_NL, chunk path: scale by trials i = (k - 127) / e for k = -7 ... 7 after i = 127 / e, with the nearest book values, w = x x or importance * sqrt(2 (mean of x x) + x x), and codes for the winner; importances that are all zero give a NaN scale. Reference path: one trial, i = -127 / e, w = x x; a negligible block keeps the codes of the block before it, under a scale of 0."
)
}

private let encodingClause16 = encodingClause16Made()
@_optimize(none) private func encodingClause16Made() -> Clause {
Clause(
    id: "ENC-17",
    topic: .encode,
    text: "Outliers are the highest scores, ties going to the first: a NaN score wins only at position 0 (r1 to r4: never). The score is |x|, times the importance if given."
)
}

private let encodingClause17 = encodingClause17Made()
@_optimize(none) private func encodingClause17Made() -> Clause {
Clause(
    id: "ENC-18",
    topic: .encode,
    text: "r1 to r4: outliers zeroed, d = largest magnitude left / 4, code = round(x / d) by the fp32 inverse, clamped to -4 ... 3. r8: codes of all weights but the outliers, scale = largest / 3.5 (1 if 0), code = round(x / scale clamped to 3.5) + 4, clamped to 0 ... 7; unused slots hold (0, 0)."
)
}

private let encodingClause18 = encodingClause18Made()
@_optimize(none) private func encodingClause18Made() -> Clause {
Clause(
    id: "ENC-19",
    topic: .encode,
    text: "r5, r6, r7c, r7e, r9 to r13, Q4_K_HIFI, Q6_K_HIFI, Q6_K_HIFI_DYNAMIC, and Q2_K_HIFI without importances: outliers stored as they are and zeroed in what the base encoder sees. The base is made without importances; with an importance matrix r9 to r12 and Q4_K_HIFI use the search of that path without weights (w = x x; Q4_K: sqrt(2 mean of x x) + |x|)."
)
}

private let encodingClause19 = encodingClause19Made()
@_optimize(none) private func encodingClause19Made() -> Clause {
Clause(
    id: "ENC-20",
    topic: .encode,
    text: "Slots are in order of falling score; in r12b, r12c, r13 and Q4_K_HIFI in order of position. Unused slots hold (0, 0); in r12b, r12c and Q4_K_HIFI (255, 0), but (0, 0) in a block of r12 without any outlier."
)
}

private let encodingClause20 = encodingClause20Made()
@_optimize(none) private func encodingClause20Made() -> Clause {
Clause(id: "ENC-21", topic: .encode, text: "r13 ignores importances and stops at the first score that is not above zero.")
}

private let encodingClause21 = encodingClause21Made()
@_optimize(none) private func encodingClause21Made() -> Clause {
Clause(
    id: "ENC-22",
    topic: .encode,
    text: "r7a, r7b, r7d, r7f and Q2_K_HIFI with importances: the base is made of all weights (Q2_K with the importances), and the largest residuals x - decoded are stored; the score is |residual|, times the importance, in r7f times (1 + 0.5 |x|)."
)
}

private let encodingClause22 = encodingClause22Made()
@_optimize(none) private func encodingClause22Made() -> Clause {
Clause(
    id: "ENC-23",
    topic: .encode,
    text: "Q3_K_HIFI_RES8: plain Q3_K of all weights, the 8 largest |residual| without importances, scale = largest / 127, byte = round(residual / scale) clamped to 127; if the largest is 0, scale and positions are 0 and the count is 8."
)
}

private let encodingClause23 = encodingClause23Made()
@_optimize(none) private func encodingClause23Made() -> Clause {
Clause(
    id: "ENC-24",
    topic: .encode,
    text: "Q6_K_HIFI_RES8 and Q5_K_HIFI_RES8: outliers by |x| times importance, zeroed in the plain base, stored as byte = round(residual / largest * 127) with the largest residual as scale (at least 1e-10; in Q5 1e-8 instead of 0, as E4M3). With importances the number of outliers varies by block with their spread, and Q5 keeps none where the largest residual is below a share of the block's standard deviation or fewer than three exceed a tenth of it."
)
}

private let encodingClause24 = encodingClause24Made()
@_optimize(none) private func encodingClause24Made() -> Clause {
Clause(
    id: "ENC-25",
    topic: .encode,
    text: "E4M3 (NUM-09): exponent floor(log2) of the fp32 logarithm plus 7, clamped to 0 ... 15; fraction round(8 f), at most 7."
)
}

private let encodingClause25 = encodingClause25Made()
@_optimize(none) private func encodingClause25Made() -> Clause {
Clause(
    id: "ENC-26",
    topic: .encode,
    text: "Bytes that the HIFI fork never wrote are zero: 194 and 195 of Q5_K_HIFI_RES8, n_outliers of r10 and r11 without outliers under importances."
)
}

private let encodingClause26 = encodingClause26Made()
@_optimize(none) private func encodingClause26Made() -> Clause {
Clause(
    id: "ENC-27",
    topic: .encode,
    text: "Q1_0: d = (sum of |x|) / 128; a bit is set where x >= 0, negative zero included. Importances play no part, nor do they in ENC-28 to ENC-31."
)
}

private let encodingClause27 = encodingClause27Made()
@_optimize(none) private func encodingClause27Made() -> Clause {
Clause(
    id: "ENC-28",
    topic: .encode,
    text: "Q2_0: d = largest |x|, code = round(x / d) + 1 by the fp32 inverse, clamped to 0 ... 3, so that 3 never comes up; 0 where the quotient is not finite, as d below 2^-128 makes it."
)
}

private let encodingClause28 = encodingClause28Made()
@_optimize(none) private func encodingClause28Made() -> Clause {
Clause(
    id: "ENC-29",
    topic: .encode,
    text: "TQ1_0 and TQ2_0: d = largest |x|, digit = round(x / d) + 1 by the fp32 inverse; 1 where the quotient is not finite. The byte of five digits that make the number n to base 3 is 256 n / 243, rounded up; digits without a weight are 0."
)
}

private let encodingClause29 = encodingClause29Made()
@_optimize(none) private func encodingClause29Made() -> Clause {
Clause(
    id: "ENC-30",
    topic: .encode,
    text: "MXFP4: e = floor(log2 of the largest |x|) - 2 + 127 with the logarithm in fp32, modulo 256 (so 248 and more for the smallest fp32 subnormals); 0 for a block of zeros. The code is the first of those with the least |value * 2^(e - 128) - x|, values doubled as in MXFP4-02."
)
}

private let encodingClause30 = encodingClause30Made()
@_optimize(none) private func encodingClause30Made() -> Clause {
Clause(
    id: "ENC-31",
    topic: .encode,
    text: "NVFP4: the scale of each sixteen weights is largest |x| / 6 in UE4M3: from 2^-6 up three bits of the fraction rounded by the fourth alone, 0x7E from 256 up and where rounding reaches it; below 2^-6 trunc(512 v + 0.5), at most 7. The code as in ENC-30 for the scale as it is read (NUM-12)."
)
}

private let encodingClause31 = encodingClause31Made()
@_optimize(none) private func encodingClause31Made() -> Clause {
Clause(
    id: "ENC-32",
    topic: .encode,
    text: "IQ4_XS: scales of sub-blocks as in ENC-16 on the chunk path, with 2 (mean of x x) over the super-block, but 0 and not a NaN where all weights are zero. d = - the scale of largest magnitude / 32; code of a scale nearest(scale / d) by the fp32 inverse, clamped to -32 ... 31; codes are the nearest book values of x / (d code) by the fp32 inverse, with d before it is rounded. A block of zeros has d = -0."
)
}

private let encodingClause32 = encodingClause32Made()
@_optimize(none) private func encodingClause32Made() -> Clause {
Clause(
    id: "ENC-33",
    topic: .encode,
    text: "Neighbours of a point of levels without an entry are the entries at the n least distances that occur (Euclid's, between levels): n is 2 for iq2_xxs, iq2_xs and iq3_xxs, 1 for iq2_s, 3 for iq3_s and iq1. They come in order of distance, at equal distance in order of number. The nearest is the first with the least sum of (w' (scale q - x)) (scale q - x)."
)
}

private let encodingClause33 = encodingClause33Made()
@_optimize(none) private func encodingClause33Made() -> Clause {
Clause(
    id: "ENC-34",
    topic: .encode,
    text: "IQ2 and IQ3, weights of errors: importance * sqrt(m + x x), m the mean of x x over the super-block in IQ2_XXS and IQ2_XS, else 2 sum / 256; without importances x x, in IQ2_S 0.25 m + x x. w' of ENC-33 is sqrt(w). Magnitudes are searched; where signs go by parity and an odd number of eight is negative, the first with the least (w x) x changes sign, and its magnitude becomes negative."
)
}

private let encodingClause34 = encodingClause34Made()
@_optimize(none) private func encodingClause34Made() -> Clause {
Clause(
    id: "ENC-35",
    topic: .encode,
    text: "IQ2 and IQ3, search by sub-block (16 weights in IQ2_XS and IQ2_S, else 32), with q = 2 level + 1 and N levels: a largest magnitude below 1e-15 (1e-8 in IQ2_S and IQ3_XXS; in IQ3_S of 0) has the scale 0, entries 0 and no signs. Trials i = (2N - 1 + step k) / largest, k = -9 ... 9, step 0.1 (IQ3_S 0.2; IQ3_XXS -15 ... 15, 0.2), levels nearest((i x - 1) / 2) clamped to 0 ... N - 1, groups without an entry the nearest neighbour for 1 / i; the trial with n > 0 and p p > best n wins, best beginning at 0 and the scale at largest / (2N - 1) with levels 0. IQ2_XXS divides by N s, s from the positive search with N + 1 (scale 0 if N s <= 0), k = -6 ... 6. Then, if the scale is above 0, groups are chosen again for it: those that had no entry; in IQ3_S all if one had none or no trial won; in IQ2_XXS all; and the scale is p / n if n > 0. A negative scale and all signs are turned."
)
}

private let encodingClause35 = encodingClause35Made()
@_optimize(none) private func encodingClause35Made() -> Clause {
Clause(
    id: "ENC-36",
    topic: .encode,
    text: "IQ2 and IQ3, scales: d = f (largest / 31) with f = 1, 0.9875 (IQ2_S), 1.0125 (IQ3_XXS) or 1.033 (IQ3_S), codes nearest((31 / largest * scale - 1) / 2) by the fp32 inverse of largest / 31, clamped to 0 ... 15. With all scales 0 d and codes are 0, and in IQ2_XXS, IQ2_XS and IQ3_XXS the whole block. In IQ3_S the sub-blocks after one of zeros have their signs and the lower eight bits of their entries stored one place too early, and zeros at the end (a mistake of llama.cpp that its files have)."
)
}

private let encodingClause36 = encodingClause36Made()
@_optimize(none) private func encodingClause36Made() -> Clause {
Clause(
    id: "ENC-37",
    topic: .encode,
    text: "IQ1_S: w = importance * sqrt(2 (sum of x x) / 256 + x x). A sub-block of 32 below 1e-12, or with w all 0, has scale 0, entries 0, no shift down. Else weights in rising order, equal ones in order of place, are split into levels -1, 0, 1; p and n are made of differences of running sums of w x and w, term by term; splits by first end, second end, shift up before down; the first with n > 0 and the largest p p / n (p p > best n, best = p / n p). A negative scale turns levels and shift. Groups without an entry take the nearest neighbour with w' = w, after which the scale is p / n if both are above 0. d = 1.125 (largest / 15), codes as in ENC-36 by 15, at most 7. With all scales 0 no shift is stored."
)
}

private let encodingClause37 = encodingClause37Made()
@_optimize(none) private func encodingClause37Made() -> Clause {
Clause(
    id: "ENC-38",
    topic: .encode,
    text: "IQ1_M: as ENC-37 with sub-blocks of 16 below 1e-7, w = x x without importances, a shift for each eight weights (trials: both up; first up, second down; first down, second up; both down) and sums over the weights in rising order. d = 1.1125 p / n over all weights with q = (level + shift) (2 code + 1), largest / 15 in its place unless n > 0."
)
}

private let encodingClause38 = encodingClause38Made()
@_optimize(none) private func encodingClause38Made() -> Clause {
Clause(
    id: "ENC-39",
    topic: .encode,
    text: "IQ2_XXS, IQ2_XS and IQ1_S are made with importances only; without them an encoder refuses."
)
}

private let encodingClause39 = encodingClause39Made()
@_optimize(none) private func encodingClause39Made() -> Clause {
Clause(
    id: "ENC-40",
    topic: .encode,
    text: "Where the inverse of the scale of a Q4_0, Q4_1, Q5_0, Q5_1 or Q8_0 block overflows, the stored scale is 0 and the codes mean nothing: quotients are infinite or NaN, and encoders may store any codes. The reference stores those of ENC-04."
)
}

extension Spec {
    static let encodingClauseTable: [Clause] = [encodingClause0, encodingClause1, encodingClause2, encodingClause3, encodingClause4, encodingClause5, encodingClause6, encodingClause7, encodingClause8, encodingClause9, encodingClause10, encodingClause11, encodingClause12, encodingClause13, encodingClause14, encodingClause15, encodingClause16, encodingClause17, encodingClause18, encodingClause19, encodingClause20, encodingClause21, encodingClause22, encodingClause23, encodingClause24, encodingClause25, encodingClause26, encodingClause27, encodingClause28, encodingClause29, encodingClause30, encodingClause31, encodingClause32, encodingClause33, encodingClause34, encodingClause35, encodingClause36, encodingClause37, encodingClause38, encodingClause39]
}
