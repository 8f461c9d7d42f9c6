// Products of a row with Q8_K activations, with AVX-512.
//
// Per 64 weights: unsigned codes in bytes, VPMADDUBSW with the activations (pairs fit 16 bits in every format), VPDPWSSD
// with the sub-block's scale. What the codes are off by (4 in Q3_K, 32 in Q6_K) is taken back through the stored sums of
// the activations. Integers stay exact; each block's lanes are then scaled and added in fp32.
#if defined(__x86_64__)
#include "avx512_dot.h"
#include "tables.h"

AVX512_BEGIN

#define NEXT_BLOCK b += f->stride, x += HIFI_Q8K_BYTES

/// Outliers of formats without a path of their own, slot by slot.
#define SLOW_OUTLIERS(part)                                                                                            \
    if (f->outliers.mode != HIFI_NO_OUTLIERS) {                                                                        \
        const outlier_terms t = outliers_terms(&f->outliers, b, q8, yd, part);                                             \
        products = _mm512_sub_epi32(products, _mm512_zextsi128_si512(_mm_cvtsi32_si128(t.product)));                   \
        minima = _mm256_sub_epi32(minima, _mm256_zextsi128_si256(_mm_cvtsi32_si128(t.minimum)));                       \
        outliers += t.sum;                                                                                            \
    }

float avx512_dot_q2k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m512 total = _mm512_setzero_ps();
    __m256 total_minima = _mm256_setzero_ps();
    float outliers = 0;
    const __m512i low2 = _mm512_set1_epi8(3);
    const __m512i even = _mm512_inserti64x4(_mm512_setzero_si512(), _mm256_set1_epi16(2), 1);
    for (; count > 0; count--, NEXT_BLOCK) {
        const int8_t *q8 = codes_of(x);
        const float yd = scale_of(x);
        const __m128i packed = _mm_loadu_si128((const __m128i *)FIELD(b, hifi_q2_k, scales));
        const __m128i scale8 = _mm_and_si128(packed, _mm_set1_epi8(15));
        const __m128i minimum8 = _mm_and_si128(_mm_srli_epi16(packed, 4), _mm_set1_epi8(15));
        __m256i minima = _mm256_madd_epi16(_mm256_cvtepu8_epi16(minimum8), sums_of(x));
        const __m512i scales = _mm512_castsi256_si512(_mm256_cvtepu8_epi16(scale8));
        __m512i products = _mm512_setzero_si512();
#pragma clang loop unroll(full)
        for (int part = 0; part < 4; part++) {
            // 64 weights in natural order: 32 bytes once with the lower shift and once with the upper.
            const __m512i q = twice(FIELD(b, hifi_q2_k, qs) + 32 * (part / 2));
            const __m512i shift = _mm512_add_epi16(even, _mm512_set1_epi16((short)(4 * (part % 2))));
            const __m512i codes = _mm512_and_si512(_mm512_srlv_epi16(q, shift), low2);
            products = _mm512_dpwssd_epi32(products, _mm512_maddubs_epi16(codes, codes_at(q8, part)), scales_of_16(scales, part));
        }
        SLOW_OUTLIERS(q2k_part)
        total = accumulate(total, products, loadf16(FIELD(b, hifi_q2_k, d)) * yd);
        total_minima = accumulate_minima(total_minima, minima, loadf16(FIELD(b, hifi_q2_k, dmin)) * yd);
    }
    return _mm512_reduce_add_ps(total) - reduce(total_minima) + outliers;
}

/// 64 bytes of qs are the codes of four sub-blocks, two and two: VPMADDUBSW with 64 activations, VPDPWSSD with the scales.
///
///     q         3 2 1 0 3 2 1 0
///     & 15              3 2 1 0    sub-blocks 4 half and 4 half + 2
///     >> 4, & 15        3 2 1 0    sub-blocks 4 half + 1 and 4 half + 3
/// 73 instructions a block.
float avx512_dot_q4k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m512 total = _mm512_setzero_ps();
    __m256 total_minima = _mm256_setzero_ps();
    float outliers = 0;
    const __m512i low4 = _mm512_set1_epi8(15);
    for (; count > 0; count--, NEXT_BLOCK) {
        const int8_t *q8 = codes_of(x);
        const float yd = scale_of(x);
        const scales_and_minima s = q4k_scales_and_minima(FIELD(b, hifi_q4_k, scales));
        __m256i minima = _mm256_madd_epi16(s.minima, sums_of(x));
        __m512i products = _mm512_setzero_si512();
#pragma clang loop unroll(full)
        for (int half = 0; half < 2; half++) {
            // Low nibbles are weights 0-31 and 64-95 of the 128, high ones 32-63 and 96-127.
            const __m512i q = _mm512_loadu_si512(FIELD(b, hifi_q4_k, qs) + 64 * half);
            const __m512i low = _mm512_and_si512(q, low4), high = _mm512_and_si512(_mm512_srli_epi16(q, 4), low4);
            const __m512i first = halves(q8 + 128 * half), second = halves(q8 + 128 * half + 32);
            products = _mm512_dpwssd_epi32(products, _mm512_maddubs_epi16(low, first), scales_of_32(s.scales, half, 0));
            products = _mm512_dpwssd_epi32(products, _mm512_maddubs_epi16(high, second), scales_of_32(s.scales, half, 1));
        }
        SLOW_OUTLIERS(q4k_part)
        total = accumulate(total, products, loadf16(FIELD(b, hifi_q4_k, d)) * yd);
        total_minima = accumulate_minima(total_minima, minima, loadf16(FIELD(b, hifi_q4_k, dmin)) * yd);
    }
    return _mm512_reduce_add_ps(total) - reduce(total_minima) + outliers;
}

/// As Q4_K, with the fifth bits by VGF2P8AFFINEQB, which moves any bit of a byte to any place, another in each half:
///
///     q or q >> 4      · · · · 3 2 1 0    & 15
///     h, bit s         · · · 4 · · · ·    by a matrix of one bit
/// 75 instructions a block.
float avx512_dot_q5k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m512 total = _mm512_setzero_ps();
    __m256 total_minima = _mm256_setzero_ps();
    float outliers = 0;
    const __m512i low4 = _mm512_set1_epi8(15);
    for (; count > 0; count--, NEXT_BLOCK) {
        const int8_t *q8 = codes_of(x);
        const float yd = scale_of(x);
        const scales_and_minima s = q4k_scales_and_minima(FIELD(b, hifi_q5_k, scales));
        __m256i minima = _mm256_madd_epi16(s.minima, sums_of(x));
        const __m512i h = twice(FIELD(b, hifi_q5_k, qh));
        __m512i products = _mm512_setzero_si512();
#pragma clang loop unroll(full)
        for (int half = 0; half < 2; half++) {
            const __m512i q = _mm512_loadu_si512(FIELD(b, hifi_q5_k, qs) + 64 * half);
            const __m512i low = _mm512_and_si512(q, low4), high = _mm512_and_si512(_mm512_srli_epi16(q, 4), low4);
            const __m512i first = halves(q8 + 128 * half), second = halves(q8 + 128 * half + 32);
            // Bit of sub-block 4h, 4h+2 (low nibbles) or 4h+1, 4h+3 (high) moved to place 4, by one bit-matrix product.
            const __m512i fifth_low = bit_to(h, 4 * half, 4 * half + 2, 4), fifth_high = bit_to(h, 4 * half + 1, 4 * half + 3, 4);
            const __m512i a = _mm512_maddubs_epi16(_mm512_or_si512(low, fifth_low), first);
            const __m512i c = _mm512_maddubs_epi16(_mm512_or_si512(high, fifth_high), second);
            products = _mm512_dpwssd_epi32(products, a, scales_of_32(s.scales, half, 0));
            products = _mm512_dpwssd_epi32(products, c, scales_of_32(s.scales, half, 1));
        }
        SLOW_OUTLIERS(q5k_part)
        total = accumulate(total, products, loadf16(FIELD(b, hifi_q5_k, d)) * yd);
        total_minima = accumulate_minima(total_minima, minima, loadf16(FIELD(b, hifi_q5_k, dmin)) * yd);
    }
    return _mm512_reduce_add_ps(total) - reduce(total_minima) + outliers;
}

/// Σ scale · (code - 32) · activation of a block over sixteen lanes.
INLINE __m512i products_q6k(const uint8_t *b, const uint8_t *x) {
    const __m512i low4 = _mm512_set1_epi8(15), high2 = _mm512_set1_epi8(0x30);
    const int8_t *q8 = codes_of(x);
    const __m256i scale16 = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)FIELD(b, hifi_q6_k, scales)));
    const __m512i scales = _mm512_castsi256_si512(scale16);
    const __m256i offset = _mm256_slli_epi32(_mm256_madd_epi16(scale16, sums_of(x)), 5);
    __m512i products = _mm512_sub_epi32(_mm512_setzero_si512(), _mm512_zextsi256_si512(offset));
#pragma clang loop unroll(full)
    for (int half = 0; half < 2; half++) {
        const __m512i l = _mm512_loadu_si512(FIELD(b, hifi_q6_k, ql) + 64 * half);
        const __m512i h = twice(FIELD(b, hifi_q6_k, qh) + 32 * half);
        // Bits 0-1 (lower 32 weights) and 2-3 (upper) to places 4-5 by left rotation; then bits 4-5 and 6-7.
        const __m512i low_high = _mm512_rolv_epi32(h, lower_upper(4, 2)), high_high = _mm512_rolv_epi32(h, lower_upper(0, 30));
        const __m512i first = _mm512_ternarylogic_epi32(_mm512_and_si512(l, low4), low_high, high2, 0xF8);
        const __m512i second = _mm512_ternarylogic_epi32(_mm512_and_si512(_mm512_srli_epi16(l, 4), low4), high_high, high2, 0xF8);
        const __m512i a = _mm512_maddubs_epi16(first, codes_at(q8, 2 * half));
        const __m512i c = _mm512_maddubs_epi16(second, codes_at(q8, 2 * half + 1));
        products = _mm512_dpwssd_epi32(products, a, scales_of_16(scales, 2 * half));
        products = _mm512_dpwssd_epi32(products, c, scales_of_16(scales, 2 * half + 1));
    }
    return products;
}

/// The same less the base of outliers, whose own terms are added to `outliers`.
INLINE __m512i finished_q6k(const hifi_format *f, const uint8_t *b, const uint8_t *x, float *outliers) {
    const __m512i products = products_q6k(b, x);
    if (f->outliers.mode == HIFI_NO_OUTLIERS) return products;
    const outlier_terms t = outliers_terms(&f->outliers, b, codes_of(x), scale_of(x), q6k_part);
    *outliers += t.sum;
    return _mm512_sub_epi32(products, _mm512_zextsi128_si512(_mm_cvtsi32_si128(t.product)));
}

/// Four blocks at a time; 64 weights, four sub-blocks, from 64 bytes of ql and 32 of qh, which are in both halves of a register:
///
///     l or l >> 4      · · · · 3 2 1 0    & 15
///     h, turned        · · 5 4 · · · ·    by 4 and 2 places, or 0 and 30, to the left in the lower and the upper half
/// 53 instructions a block.
float avx512_dot_q6k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m128 total = _mm_setzero_ps();
    float outliers = 0;
    for (; count >= 4; count -= 4) {
        const four_blocks at = next_four(&b, f->stride, &x);
        __m512i products[4];
#pragma clang loop unroll(full)
        for (int j = 0; j < 4; j++) {
            products[j] = finished_q6k(f, at.b[j], at.x[j], &outliers);
            ONE_BY_ONE(products[j]);
        }
        const __m128 scales = _mm_mul_ps(f16_of_four(at.b, offsetof(hifi_q6_k, d)), activation_scales(at.x));
        total = accumulate_sums(total, sums_of_four(products), scales);
    }
    for (; count > 0; count--, NEXT_BLOCK) {
        const int32_t sum = _mm512_reduce_add_epi32(finished_q6k(f, b, x, &outliers));
        outliers += (float)sum * (loadf16(FIELD(b, hifi_q6_k, d)) * scale_of(x));
    }
    return reduce4(total) + outliers;
}

/// Two blocks' scales, each in eight lanes.
INLINE __m512 two_scales(const uint8_t *first, const uint8_t *second) {
    return _mm512_insertf32x8(_mm512_set1_ps(loadf16(first)), _mm256_set1_ps(loadf16(second)), 1);
}

/// Two blocks at a time: VPDPBUSD with the codes plus 128, less VPDPBUSD with 128.
/// 11 instructions a block.
float avx512_dot_q80(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m512 total = _mm512_setzero_ps();
    const __m512i offset = _mm512_set1_epi8((char)0x80);
    for (; count > 0; count--, x += HIFI_Q8K_BYTES) {
        const int8_t *q8 = codes_of(x);
        __m512 block = _mm512_setzero_ps();
#pragma clang loop unroll(full)
        for (int pair = 0; pair < 4; pair++, b += 2 * (size_t)f->stride) {
            const uint8_t *c = b + f->stride;
            const __m512i q = two(FIELD(b, hifi_q8_0, qs), FIELD(c, hifi_q8_0, qs));
            const __m512i a = codes_at(q8, pair);
            // VPDPBUSD wants one side unsigned: 128 is added to the codes, and its products are taken off again.
            const __m512i shifted = _mm512_dpbusd_epi32(_mm512_setzero_si512(), _mm512_xor_si512(q, offset), a);
            const __m512i excess = _mm512_dpbusd_epi32(_mm512_setzero_si512(), offset, a);
            const __m512 sums = _mm512_cvtepi32_ps(_mm512_sub_epi32(shifted, excess));
            block = _mm512_fmadd_ps(sums, two_scales(FIELD(b, hifi_q8_0, d), FIELD(c, hifi_q8_0, d)), block);
        }
        total = _mm512_fmadd_ps(block, _mm512_set1_ps(scale_of(x)), total);
    }
    return _mm512_reduce_add_ps(total);
}

float avx512_dot_q40(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m512 total = _mm512_setzero_ps();
    const __m512i low4 = _mm512_set1_epi8(15), eight = _mm512_set1_epi8(8);
    for (; count > 0; count--, x += HIFI_Q8K_BYTES) {
        const int8_t *q8 = codes_of(x);
        __m512 block = _mm512_setzero_ps();
#pragma clang loop unroll(full)
        for (int pair = 0; pair < 4; pair++, b += 2 * (size_t)f->stride) {
            const uint8_t *c = b + f->stride;
            const __m256i first = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)FIELD(b, hifi_q4_0, qs)));
            const __m256i second = _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)FIELD(c, hifi_q4_0, qs)));
            const __m512i packed = _mm512_inserti64x4(_mm512_castsi256_si512(first), second, 1);
            const __m512i shift = _mm512_set_epi64(4, 4, 0, 0, 4, 4, 0, 0);
            const __m512i q = _mm512_and_si512(_mm512_srlv_epi64(packed, shift), low4);
            const __m512i a = codes_at(q8, pair);
            const __m512i shifted = _mm512_dpbusd_epi32(_mm512_setzero_si512(), q, a);
            const __m512i excess = _mm512_dpbusd_epi32(_mm512_setzero_si512(), eight, a);
            const __m512 sums = _mm512_cvtepi32_ps(_mm512_sub_epi32(shifted, excess));
            block = _mm512_fmadd_ps(sums, two_scales(FIELD(b, hifi_q4_0, d), FIELD(c, hifi_q4_0, d)), block);
        }
        total = _mm512_fmadd_ps(block, _mm512_set1_ps(scale_of(x)), total);
    }
    return _mm512_reduce_add_ps(total);
}

AVX512_END
#endif
