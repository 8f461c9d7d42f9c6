// Products of ternary weights, with AVX2: codes from 0 on, and the 1 that they are too large by taken back through the activations'
// stored sums, in integers. So the lanes of a block are added up before anything is rounded.
#if defined(__x86_64__)
#include "avx2_dot.h"
#include "tables.h"

AVX2_BEGIN

INLINE __m256i widened(__m256i pairs) { return _mm256_madd_epi16(pairs, _mm256_set1_epi16(1)); }

/// The sixteen lanes of each of four registers added up. Four lanes of 16 products each fit 16 bits, for weights up to 3.
INLINE __m128i pair_sums_of_four(const __m256i v[4]) {
    const __m256i first = _mm256_add_epi16(_mm256_unpacklo_epi32(v[0], v[1]), _mm256_unpackhi_epi32(v[0], v[1]));
    const __m256i second = _mm256_add_epi16(_mm256_unpacklo_epi32(v[2], v[3]), _mm256_unpackhi_epi32(v[2], v[3]));
    const __m256i all = widened(_mm256_add_epi16(_mm256_unpacklo_epi64(first, second), _mm256_unpackhi_epi64(first, second)));
    return _mm_add_epi32(_mm256_castsi256_si128(all), _mm256_extracti128_si256(all, 1));
}

/// Sixteen sums of weight · activation. Sums of eight pairs fit 16 bits, and so do their differences from sums of sixteen activations.
///
/// Of each byte two codes are multiplied where they stand, 4 times too large: up to 12 · 128 · 2 · 4 in a lane, and a multiple of 4.
INLINE __m256i products_tq20(const uint8_t *b, const uint8_t *x) {
    __m256i pairs = _mm256_setzero_si256(), fourfold = _mm256_setzero_si256();
    EACH(half, 2) {
        const __m256i q = load(FIELD(b, hifi_tq2_0, qs) + 32 * half), upper = _mm256_srli_epi16(q, 4);
        const int8_t *a = codes_of(x) + 128 * half;
        pairs = _mm256_add_epi16(pairs, _mm256_maddubs_epi16(masked(q, 3), load(a)));
        fourfold = _mm256_add_epi16(fourfold, _mm256_maddubs_epi16(masked(q, 12), load(a + 32)));
        pairs = _mm256_add_epi16(pairs, _mm256_maddubs_epi16(masked(upper, 3), load(a + 64)));
        fourfold = _mm256_add_epi16(fourfold, _mm256_maddubs_epi16(masked(upper, 12), load(a + 96)));
    }
    return _mm256_sub_epi16(_mm256_add_epi16(pairs, _mm256_srai_epi16(fourfold, 2)), sums_of(x));
}

/// Each byte times the odd power in its 16 bits, modulo 256.
INLINE __m256i times(__m256i v, __m256i powers) {
    const __m256i low = _mm256_set1_epi16(0x00FF);
    const __m256i even = _mm256_mullo_epi16(v, powers), odd = _mm256_mullo_epi16(_mm256_andnot_si256(low, v), powers);
    return _mm256_or_si256(_mm256_and_si256(even, low), odd);
}

/// Each byte times 3, modulo 256.
INLINE __m256i thrice(__m256i v) { return _mm256_add_epi8(v, _mm256_add_epi8(v, v)); }

/// 2 less the first ternary digit of each fraction, which has 128 added, times activations. The digit is how many of two thirds
/// the fraction reaches.
INLINE __m256i add_digits(__m256i pairs, __m256i fractions, const int8_t *q8) {
    const __m256i first = _mm256_cmpgt_epi8(fractions, _mm256_set1_epi8(85 - 128));
    const __m256i second = _mm256_cmpgt_epi8(fractions, _mm256_set1_epi8(170 - 128));
    const __m256i rest = _mm256_add_epi8(_mm256_add_epi8(first, _mm256_set1_epi8(2)), second);
    return _mm256_add_epi16(pairs, _mm256_maddubs_epi16(rest, load(q8)));
}

INLINE __m256i products_tq10(const uint8_t *b, const uint8_t *x) {
    // The next digit is that of the fraction times 3; of 128 more it is 128 more again.
    const __m256i half = _mm256_set1_epi8((char)0x80);
    const __m256i q = _mm256_xor_si256(load(FIELD(b, hifi_tq1_0, qs)), half);
    const __m128i sixteen = _mm_loadu_si128((const __m128i *)(FIELD(b, hifi_tq1_0, qs) + 32));
    const __m128i four = _mm_set1_epi32((int)load32(FIELD(b, hifi_tq1_0, qh)));
    const __m128i biased = _mm_xor_si128(sixteen, _mm256_castsi256_si128(half));
    const __m128i next = _mm_add_epi8(biased, _mm_add_epi8(biased, biased));
    const __m256i last = _mm256_xor_si256(_mm256_inserti128_si256(_mm256_castsi128_si256(sixteen), four, 1), half);
    const int8_t *q8 = codes_of(x);
    __m256i pairs = _mm256_setzero_si256(), power = q;
    EACH(n, 5) {
        pairs = add_digits(pairs, power, q8 + 32 * n);
        power = thrice(power);
    }
    const __m256i once = _mm256_inserti128_si256(_mm256_castsi128_si256(biased), next, 1);
    const __m256i twice = thrice(thrice(once));
    const __m256i end = times(last, _mm256_setr_epi16(81, 81, 81, 81, 81, 81, 81, 81, 1, 1, 3, 3, 9, 9, 27, 27));
    pairs = add_digits(pairs, once, q8 + 160);
    pairs = add_digits(pairs, twice, q8 + 192);
    pairs = add_digits(pairs, end, q8 + 224);
    return _mm256_sub_epi16(sums_of(x), pairs);
}

#define DOT(NAME, TYPE)                                                                                                \
    float avx2_dot_##NAME(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {                    \
        __m128 total = _mm_setzero_ps();                                                                               \
        float rest = 0;                                                                                                \
        for (; count >= 4; count -= 4) {                                                                               \
            const four_blocks at = next_four(&b, f->stride, &x);                                                       \
            __m256i products[4];                                                                                       \
            EACH(j, 4) {                                                                                               \
                products[j] = products_##NAME(at.b[j], at.x[j]);                                                       \
                ONE_BY_ONE(products[j]);                                                                               \
            }                                                                                                          \
            const __m128 scales = _mm_mul_ps(f16_of_four(at.b, offsetof(TYPE, d)), activation_scales(at.x));           \
            total = accumulate_sums(total, pair_sums_of_four(products), scales);                                       \
        }                                                                                                              \
        for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {                                              \
            const int32_t sum = sum_of_lanes(widened(products_##NAME(b, x)));                                          \
            rest += (float)sum * (loadf16(FIELD(b, TYPE, d)) * scale_of(x));                                           \
        }                                                                                                              \
        return reduce4(total) + rest;                                                                                  \
    }
DOT(tq20, hifi_tq2_0)
DOT(tq10, hifi_tq1_0)

AVX2_END
#endif
