// Pieces of the AVX-512 products.
#ifndef HIFI_AVX512_DOT_H
#define HIFI_AVX512_DOT_H

#include "avx512.h"

AVX512_BEGIN

#include "four_blocks.h"

INLINE const int8_t *codes_of(const uint8_t *x) { return (const int8_t *)FIELD(x, hifi_q8_k, qs); }
INLINE __m256i sums_of(const uint8_t *x) { return _mm256_loadu_si256((const __m256i *)FIELD(x, hifi_q8_k, bsums)); }

/// Activations 64 * part to 64 * part + 63.
INLINE __m512i codes_at(const int8_t *q8, int part) { return _mm512_loadu_si512(q8 + 64 * part); }

/// 32 bytes in both halves.
INLINE __m512i twice(const uint8_t *p) { return _mm512_broadcast_i64x4(_mm256_loadu_si256((const __m256i *)p)); }

/// 32 bytes from each of two places.
INLINE __m512i two(const void *first, const void *second) {
    const __m512i low = _mm512_castsi256_si512(_mm256_loadu_si256((const __m256i *)first));
    return _mm512_inserti64x4(low, _mm256_loadu_si256((const __m256i *)second), 1);
}

INLINE __m128i load16bytes(const uint8_t *p) { return _mm_loadu_si128((const __m128i *)p); }

/// Sixteen bytes from each of four places.
INLINE __m512i gather16bytes(const uint8_t *const p[4], size_t at) {
    const __m256i low = _mm256_inserti128_si256(_mm256_castsi128_si256(load16bytes(p[0] + at)), load16bytes(p[1] + at), 1);
    const __m256i high = _mm256_inserti128_si256(_mm256_castsi128_si256(load16bytes(p[2] + at)), load16bytes(p[3] + at), 1);
    return _mm512_inserti64x4(_mm512_castsi256_si512(low), high, 1);
}

/// Activations 0 to 31 and 64 to 95 from here: the order of Q4_K's low nibbles.
INLINE __m512i halves(const int8_t *q8) { return two(q8, q8 + 64); }

/// A count for the 32-bit lanes of each half.
INLINE __m512i lower_upper(int lower, int upper) {
    return _mm512_inserti64x4(_mm512_set1_epi32(lower), _mm256_set1_epi32(upper), 1);
}

/// Moves bit `lower` (lower 32 bytes) or `upper` (upper 32) of each byte to `place`, all others 0. The matrix has one
/// row for each bit of the result, the row of bit i in byte 7 - i.
INLINE __m512i bit_to(__m512i v, int lower, int upper, int place) {
    const __m512i matrix = _mm512_inserti64x4(
        _mm512_set1_epi64((long long)(1ull << lower << (8 * (7 - place)))),
        _mm256_set1_epi64x((long long)(1ull << upper << (8 * (7 - place)))), 1);
    return _mm512_gf2p8affine_epi64_epi8(v, matrix, 0);
}

/// Bits `lower`, `lower` + 1 (or `upper`, …) of each byte to bits 0 and 1, all others 0.
INLINE __m512i two_bits(__m512i v, int lower, int upper) {
    const __m512i matrix = _mm512_inserti64x4(
        _mm512_set1_epi64((long long)(1ull << lower << 56 | 2ull << lower << 48)),
        _mm256_set1_epi64x((long long)(1ull << upper << 56 | 2ull << upper << 48)), 1);
    return _mm512_gf2p8affine_epi64_epi8(v, matrix, 0);
}

/// sums + Σ pairs · scales. Of the intrinsic the compiler makes a multiplication and an addition, which saves latency that nobody waits
/// for, and costs a slot of the two vector ports that Intel's cores have.
INLINE __m512i add_scaled(__m512i sums, __m512i pairs, __m512i scales) {
    __asm__("vpdpwssd %2, %1, %0" : "+v"(sums) : "v"(pairs), "v"(scales));
    return sums;
}

/// Σ code · activation of four weights of each of 128, as words: of 64 * part + 16 k to + 15 in the lower half of quarter k, of the next
/// 64 weights in the upper half. Codes of up to 63 and any activations: no more than 32256.
INLINE __m512i fours_of_128(__m512i first, __m512i second, const int8_t *q8, int part) {
    const __m512i low = _mm512_dpbusd_epi32(_mm512_setzero_si512(), first, codes_at(q8, part));
    const __m512i high = _mm512_dpbusd_epi32(_mm512_setzero_si512(), second, codes_at(q8, part + 1));
    return _mm512_packs_epi32(low, high);
}

/// Their scales, of sub-blocks of 16: `first` is the lane of the first one's.
INLINE __m512i scales_of_128(__m512i scales, int first) {
    const __m512i quarter = _mm512_setr_epi64(
        0, 0x0004000400040004, 0x0001000100010001, 0x0005000500050005, 0x0002000200020002, 0x0006000600060006, 0x0003000300030003,
        0x0007000700070007);
    return _mm512_permutexvar_epi16(_mm512_add_epi16(quarter, _mm512_set1_epi16((short)first)), scales);
}

/// For the 64 weights of `part` the 16-bit scale of their sub-block of 16, once per pair of weights.
INLINE __m512i scales_of_16(__m512i scales, int part) {
    const __m512i index = _mm512_inserti64x4(
        _mm512_castsi256_si512(_mm256_setr_epi16(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1)),
        _mm256_setr_epi16(2, 2, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3, 3, 3, 3), 1);
    return _mm512_permutexvar_epi16(_mm512_add_epi16(index, _mm512_set1_epi16((short)(4 * part))), scales);
}

/// total + scale * products; a lane's sum of at most sixteen products is below 2^24, so its conversion is exact.
INLINE __m512 accumulate(__m512 total, __m512i products, float scale) {
    return _mm512_fmadd_ps(_mm512_cvtepi32_ps(products), _mm512_set1_ps(scale), total);
}

INLINE __m256 accumulate_minima(__m256 total, __m256i minima, float scale) {
    return _mm256_fmadd_ps(_mm256_cvtepi32_ps(minima), _mm256_set1_ps(scale), total);
}

/// The sixteen lanes of each of four registers added up. Where the bias of codes is taken back in integers, only such a sum
/// is exact: a lane by itself holds products of some weights and the bias of others, and its rounding would stay.
INLINE __m128i sums_of_four(const __m512i v[4]) {
    const __m512i first = _mm512_add_epi32(_mm512_unpacklo_epi32(v[0], v[1]), _mm512_unpackhi_epi32(v[0], v[1]));
    const __m512i second = _mm512_add_epi32(_mm512_unpacklo_epi32(v[2], v[3]), _mm512_unpackhi_epi32(v[2], v[3]));
    const __m512i all = _mm512_add_epi32(_mm512_unpacklo_epi64(first, second), _mm512_unpackhi_epi64(first, second));
    const __m256i half = _mm256_add_epi32(_mm512_castsi512_si256(all), _mm512_extracti64x4_epi64(all, 1));
    return _mm_add_epi32(_mm256_castsi256_si128(half), _mm256_extracti128_si256(half, 1));
}

INLINE float reduce(__m256 v) {
    return reduce4(_mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1)));
}

AVX512_END

#endif
