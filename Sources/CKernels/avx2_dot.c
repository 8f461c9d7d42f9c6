// Products of a row with Q8_K activations, with AVX2: 32 weights at a time, bytes to exact 16-bit pair sums, those times
// the sub-block's scale to 32 bits.
#if defined(__x86_64__)
#include "avx2_dot.h"
#include "tables.h"

AVX2_BEGIN

#define NEXT_BLOCK b += f->stride, x += HIFI_Q8K_BYTES

#define OUTLIERS(part)                                                                                                 \
    if (f->outliers.mode != HIFI_NO_OUTLIERS) {                                                                        \
        const outlier_terms t = outliers_terms(&f->outliers, b, codes_of(x), yd, part);                                    \
        products = _mm256_sub_epi32(products, first_lane(t.product));                                                  \
        minima = _mm256_sub_epi32(minima, first_lane(t.minimum));                                                      \
        outliers += t.sum;                                                                                            \
    }

float avx2_dot_q2k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    float outliers = 0;
    for (; count > 0; count--, NEXT_BLOCK) {
        const float yd = scale_of(x);
        const __m128i packed = _mm_loadu_si128((const __m128i *)FIELD(b, hifi_q2_k, scales));
        const __m128i low4 = _mm_set1_epi8(15);
        const spread scales = spread_of(_mm256_cvtepu8_epi16(_mm_and_si128(packed, low4)));
        __m256i minima = _mm256_madd_epi16(_mm256_cvtepu8_epi16(_mm_and_si128(_mm_srli_epi16(packed, 4), low4)), sums_of(x));
        __m256i products = _mm256_setzero_si256();
        EACH(half, 2) {
            const __m256i q = load(FIELD(b, hifi_q2_k, qs) + 32 * half);
            EACH(quarter, 4) {
                const int s = 8 * half + 2 * quarter;
                products = step(products, masked(_mm256_srli_epi16(q, 2 * quarter), 3), codes_of(x) + 16 * s, pick(scales, s, s + 1));
            }
        }
        OUTLIERS(q2k_part)
        total = accumulate(total, products, loadf16(FIELD(b, hifi_q2_k, d)) * yd);
        total = accumulate(total, minima, -(loadf16(FIELD(b, hifi_q2_k, dmin)) * yd));
    }
    return reduce(total) + outliers;
}

typedef struct { spread scales; __m256i minima; } scales_and_minima;

INLINE scales_and_minima q4k_scales_and_minima(const uint8_t *packed, __m256i sums) {
    uint8_t bytes[16];
    q4k_scales(packed, bytes);
    const __m128i both = _mm_loadu_si128((const __m128i *)bytes);
    const __m256i doubled = _mm256_cvtepu8_epi16(_mm_unpackhi_epi8(both, both));
    return (scales_and_minima){spread_of(_mm256_cvtepu8_epi16(both)), _mm256_madd_epi16(doubled, sums)};
}

/// 32 bytes of qs are the codes of two sub-blocks, as they lie and shifted: VPMADDUBSW with 32 activations, VPMADDWD with the scale.
///
///     q         3 2 1 0 3 2 1 0
///     & 15              3 2 1 0    sub-block 2 pair
///     >> 4, & 15        3 2 1 0    sub-block 2 pair + 1      minima: VPMADDWD with bsums
/// 102 instructions a block.
float avx2_dot_q4k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    float outliers = 0;
    for (; count > 0; count--, NEXT_BLOCK) {
        const float yd = scale_of(x);
        const scales_and_minima s = q4k_scales_and_minima(FIELD(b, hifi_q4_k, scales), sums_of(x));
        __m256i products = _mm256_setzero_si256(), minima = s.minima;
        EACH(pair, 4) {
            const __m256i q = load(FIELD(b, hifi_q4_k, qs) + 32 * pair);
            products = step(products, masked(q, 15), codes_of(x) + 64 * pair, pick(s.scales, 2 * pair, 2 * pair));
            products = step(
                products, masked(_mm256_srli_epi16(q, 4), 15), codes_of(x) + 64 * pair + 32, pick(s.scales, 2 * pair + 1, 2 * pair + 1));
        }
        OUTLIERS(q4k_part)
        total = accumulate(total, products, loadf16(FIELD(b, hifi_q4_k, d)) * yd);
        total = accumulate(total, minima, -(loadf16(FIELD(b, hifi_q4_k, dmin)) * yd));
    }
    return reduce(total) + outliers;
}

/// As Q4_K, with the fifth bits of all 32 weights of a sub-block in the 32 bytes of qh:
///
///     q >> 4 (s % 2)   · · · · 3 2 1 0    & 15
///     h, bit s         · · · 4 · · · ·    & 16, turned to place 4
/// 120 instructions a block.
float avx2_dot_q5k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    float outliers = 0;
    for (; count > 0; count--, NEXT_BLOCK) {
        const float yd = scale_of(x);
        const scales_and_minima s = q4k_scales_and_minima(FIELD(b, hifi_q5_k, scales), sums_of(x));
        const __m256i h = load(FIELD(b, hifi_q5_k, qh));
        __m256i products = _mm256_setzero_si256(), minima = s.minima;
        EACH(group, 8) {
            const __m256i q = _mm256_srli_epi16(load(FIELD(b, hifi_q5_k, qs) + 32 * (group / 2)), 4 * (group % 2));
            const __m256i fifth = group < 4 ? _mm256_slli_epi16(h, (4 - group) & 15) : _mm256_srli_epi16(h, (group - 4) & 15);
            const __m256i codes = _mm256_or_si256(masked(q, 15), masked(fifth, 16));
            products = step(products, codes, codes_of(x) + 32 * group, pick(s.scales, group, group));
        }
        OUTLIERS(q5k_part)
        total = accumulate(total, products, loadf16(FIELD(b, hifi_q5_k, d)) * yd);
        total = accumulate(total, minima, -(loadf16(FIELD(b, hifi_q5_k, dmin)) * yd));
    }
    return reduce(total) + outliers;
}

/// Σ scale · (code - 32) · activation of a block over eight lanes, less the base of outliers, whose own terms are added to
/// `outliers`.
INLINE __m256i products_q6k(const hifi_format *f, const uint8_t *b, const uint8_t *x, float *outliers) {
    const __m256i scale16 = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)FIELD(b, hifi_q6_k, scales)));
    const spread scales = spread_of(scale16);
    const __m256i offset = _mm256_slli_epi32(_mm256_madd_epi16(scale16, sums_of(x)), 5);
    __m256i products = _mm256_sub_epi32(_mm256_setzero_si256(), offset);
    EACH(half, 2) {
        const __m256i h = load(FIELD(b, hifi_q6_k, qh) + 32 * half);
        EACH(mid, 2) {
            const __m256i l = load(FIELD(b, hifi_q6_k, ql) + 64 * half + 32 * mid);
            EACH(nibble, 2) {
                const int s = 8 * half + 4 * nibble + 2 * mid, turn = 4 * nibble + 2 * mid - 4;
                const __m256i high = masked(turn < 0 ? _mm256_slli_epi16(h, -turn) : _mm256_srli_epi16(h, turn), 0x30);
                const __m256i codes = _mm256_or_si256(masked(_mm256_srli_epi16(l, 4 * nibble), 15), high);
                products = step(products, codes, codes_of(x) + 16 * s, pick(scales, s, s + 1));
            }
        }
    }
    if (f->outliers.mode == HIFI_NO_OUTLIERS) return products;
    const outlier_terms t = outliers_terms(&f->outliers, b, codes_of(x), scale_of(x), q6k_part);
    *outliers += t.sum;
    return _mm256_sub_epi32(products, first_lane(t.product));
}

/// Four blocks at a time. Codes of 32 weights, two sub-blocks, are 0 to 63; the 32 too many is taken back by way of bsums.
///
///     l >> 4 nibble    · · · · 3 2 1 0    & 15
///     h, turned        · · 5 4 · · · ·    & 0x30, pair 2 nibble + mid to place 4
/// 97 instructions a block.
float avx2_dot_q6k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m128 total = _mm_setzero_ps();
    float outliers = 0;
    for (; count >= 4; count -= 4) {
        const four_blocks at = next_four(&b, f->stride, &x);
        __m256i products[4];
        EACH(j, 4) {
            products[j] = products_q6k(f, at.b[j], at.x[j], &outliers);
            ONE_BY_ONE(products[j]);
        }
        const __m128 scales = _mm_mul_ps(f16_of_four(at.b, offsetof(hifi_q6_k, d)), activation_scales(at.x));
        total = accumulate_sums(total, sums_of_four(products), scales);
    }
    for (; count > 0; count--, NEXT_BLOCK) {
        const int32_t sum = sum_of_lanes(products_q6k(f, b, x, &outliers));
        outliers += (float)sum * (loadf16(FIELD(b, hifi_q6_k, d)) * scale_of(x));
    }
    return reduce4(total) + outliers;
}

/// Σ a·b over each group of four of 32 signed bytes, by way of 16 bits: exact for every pair of bytes, -128 included.
INLINE __m256i signed_products(__m256i a, __m256i b) {
    const __m256i low = _mm256_madd_epi16(
        _mm256_cvtepi8_epi16(_mm256_castsi256_si128(a)), _mm256_cvtepi8_epi16(_mm256_castsi256_si128(b)));
    const __m256i high = _mm256_madd_epi16(
        _mm256_cvtepi8_epi16(_mm256_extracti128_si256(a, 1)), _mm256_cvtepi8_epi16(_mm256_extracti128_si256(b, 1)));
    return _mm256_add_epi32(low, high);
}

/// 32 signed bytes times 32: both widened to 16 bits, which is exact for -128, too.
/// 18 instructions a block.
float avx2_dot_q80(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    for (; count > 0; count--, x += HIFI_Q8K_BYTES) {
        __m256 block = _mm256_setzero_ps();
        for (int s = 0; s < 8; s++, b += f->stride) {
            const __m256i sums = signed_products(load(FIELD(b, hifi_q8_0, qs)), load(codes_of(x) + 32 * s));
            block = accumulate(block, sums, loadf16(FIELD(b, hifi_q8_0, d)));
        }
        total = _mm256_fmadd_ps(block, _mm256_set1_ps(scale_of(x)), total);
    }
    return reduce(total);
}

float avx2_dot_q40(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    const __m256i ones = _mm256_set1_epi16(1), eight = _mm256_set1_epi8(8);
    for (; count > 0; count--, x += HIFI_Q8K_BYTES) {
        __m256 block = _mm256_setzero_ps();
        for (int s = 0; s < 8; s++, b += f->stride) {
            const __m128i packed = _mm_loadu_si128((const __m128i *)FIELD(b, hifi_q4_0, qs));
            const __m256i q = masked(_mm256_inserti128_si256(_mm256_castsi128_si256(packed), _mm_srli_epi16(packed, 4), 1), 15);
            const __m256i a = load(codes_of(x) + 32 * s);
            const __m256i pairs = _mm256_sub_epi16(_mm256_maddubs_epi16(q, a), _mm256_maddubs_epi16(eight, a));
            block = accumulate(block, _mm256_madd_epi16(pairs, ones), loadf16(FIELD(b, hifi_q4_0, d)));
        }
        total = _mm256_fmadd_ps(block, _mm256_set1_ps(scale_of(x)), total);
    }
    return reduce(total);
}

AVX2_END
#endif
