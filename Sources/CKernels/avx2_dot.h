// Pieces of the AVX2 products.
#ifndef HIFI_AVX2_DOT_H
#define HIFI_AVX2_DOT_H

#include "avx2.h"

AVX2_BEGIN

#include "four_blocks.h"

INLINE float reduce(__m256 v) { return reduce4(_mm_add_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1))); }
INLINE __m256i load(const void *p) { return _mm256_loadu_si256((const __m256i *)p); }
INLINE const int8_t *codes_of(const uint8_t *x) { return (const int8_t *)FIELD(x, hifi_q8_k, qs); }
INLINE __m256i sums_of(const uint8_t *x) { return load(FIELD(x, hifi_q8_k, bsums)); }
INLINE __m256i masked(__m256i v, int mask) { return _mm256_and_si256(v, _mm256_set1_epi8((char)mask)); }

/// Sixteen 16-bit numbers, each half of them in both halves of a register, to be spread by a byte shuffle.
typedef struct { __m256i low, high; } spread;

INLINE spread spread_of(__m256i v) {
    return (spread){_mm256_permute2x128_si256(v, v, 0x00), _mm256_permute2x128_si256(v, v, 0x11)};
}

/// Numbers `first` (lower half) and `second` (upper half) of the sixteen in all lanes of their half.
INLINE __m256i pick(spread v, int first, int second) {
    const __m256i index = _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_set1_epi16((short)(514 * (first % 8) + 256))), _mm_set1_epi16((short)(514 * (second % 8) + 256)), 1);
    return _mm256_shuffle_epi8(first < 8 ? v.low : v.high, index);
}

/// products + scale * (codes · activations) of 32 weights.
INLINE __m256i step(__m256i products, __m256i codes, const int8_t *q8, __m256i scale) {
    return _mm256_add_epi32(products, _mm256_madd_epi16(_mm256_maddubs_epi16(codes, load(q8)), scale));
}

INLINE __m256 accumulate(__m256 total, __m256i products, float scale) {
    return _mm256_fmadd_ps(_mm256_cvtepi32_ps(products), _mm256_set1_ps(scale), total);
}

INLINE __m256i first_lane(int32_t v) { return _mm256_zextsi128_si256(_mm_cvtsi32_si128(v)); }

/// The eight lanes of each of four registers added up. Where the bias of codes is taken back in integers, only such a sum
/// is exact: a lane by itself holds products of some weights and the bias of others, and its rounding would stay.
INLINE __m128i sums_of_four(const __m256i v[4]) {
    const __m256i first = _mm256_add_epi32(_mm256_unpacklo_epi32(v[0], v[1]), _mm256_unpackhi_epi32(v[0], v[1]));
    const __m256i second = _mm256_add_epi32(_mm256_unpacklo_epi32(v[2], v[3]), _mm256_unpackhi_epi32(v[2], v[3]));
    const __m256i all = _mm256_add_epi32(_mm256_unpacklo_epi64(first, second), _mm256_unpackhi_epi64(first, second));
    return _mm_add_epi32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
}

/// The eight lanes of one.
INLINE int32_t sum_of_lanes(__m256i v) {
    __m128i s = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4E));
    return _mm_cvtsi128_si32(_mm_add_epi32(s, _mm_shuffle_epi32(s, 0xB1)));
}

AVX2_END

#endif
