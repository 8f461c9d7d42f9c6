// Products of a row with Q8_K activations, with AVX-512.
//
// Unsigned codes in bytes times activations: two products to a lane of 16 bits (VPMADDUBSW), or four to one of 32 (VPDPBUSD), which fit
// 16 bits and are packed; then VPDPWSSD with the sub-block's scale. What the codes are off by (4 in Q3_K, 32 in Q6_K) is taken back
// through the stored sums of the activations. Integers stay exact; each block's lanes are then scaled and added in fp32.
#if defined(__x86_64__)
#include "avx512_dot.h"
#include "tables.h"

AVX512_BEGIN

#define NEXT_BLOCK b += f->stride, x += HIFI_Q8K_BYTES

/// Bits `lower`, `lower` + 1 (lower 32 bytes) or `upper`, … (upper ones) of each byte to places 4 and 5, all others 0.
INLINE __m512i two_bits_to_4(__m512i v, int lower, int upper) {
    const __m512i matrix = _mm512_inserti64x4(
        _mm512_set1_epi64((long long)(1ull << lower << 24 | 2ull << lower << 16)),
        _mm256_set1_epi64x((long long)(1ull << upper << 24 | 2ull << upper << 16)), 1);
    return _mm512_gf2p8affine_epi64_epi8(v, matrix, 0);
}

/// Σ scale · (code - 32) · activation of a block over sixteen lanes.
INLINE __m512i products_q6k(const uint8_t *b, const uint8_t *x) {
    const __m512i low4 = _mm512_set1_epi8(15);
    const __m256i scale16 = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)FIELD(b, hifi_q6_k, scales)));
    const __m512i scales = _mm512_castsi256_si512(scale16);
    const __m256i offset = _mm256_madd_epi16(_mm256_mullo_epi16(scale16, _mm256_set1_epi16(-32)), sums_of(x));
    __m512i products = _mm512_zextsi256_si512(offset);
    EACH(half, 2) {
        const __m512i l = _mm512_loadu_si512(FIELD(b, hifi_q6_k, ql) + 64 * half);
        const __m512i h = twice(FIELD(b, hifi_q6_k, qh) + 32 * half);
        const __m512i first = _mm512_ternarylogic_epi32(two_bits_to_4(h, 0, 2), l, low4, 0xF8);  // upper bits | (l & 15)
        const __m512i second = _mm512_ternarylogic_epi32(two_bits_to_4(h, 4, 6), _mm512_srli_epi16(l, 4), low4, 0xF8);
        products = add_scaled(products, fours_of_128(first, second, codes_of(x), 2 * half), scales_of_128(scales, 8 * half));
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
