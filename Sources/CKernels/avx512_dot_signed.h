// Pieces of the AVX-512 products of signed codes: included inside a region.
#ifndef HIFI_AVX512_DOT_SIGNED_H
#define HIFI_AVX512_DOT_SIGNED_H

#include "four_blocks.h"

/// A dot of blocks with one fp16 `d`, four at a time. `products_NAME` gives lanes whose sum is Σ factor · code · activation of a block,
/// a lane by itself nothing: the bias of codes is taken back in other lanes.
#define DOT_BY_FOUR(NAME, TYPE, UNIT)                                                                                  \
    float avx512_dot_##NAME(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {                  \
        __m128 total = _mm_setzero_ps();                                                                               \
        float rest = 0;                                                                                                \
        for (; count >= 4; count -= 4) {                                                                               \
            const four_blocks at = next_four(&b, f->stride, &x);                                                       \
            __m512i products[4];                                                                                       \
            EACH(j, 4) {                                                                                               \
                products[j] = products_##NAME(f, at.b[j], at.x[j]);                                                    \
                ONE_BY_ONE(products[j]);                                                                               \
            }                                                                                                          \
            const __m128 d = _mm_mul_ps(f16_of_four(at.b, offsetof(TYPE, d)), _mm_set1_ps(UNIT));                      \
            total = accumulate_sums(total, sums_of_four(products), _mm_mul_ps(d, activation_scales(at.x)));            \
        }                                                                                                              \
        for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {                                              \
            const int32_t sum = _mm512_reduce_add_epi32(products_##NAME(f, b, x));                                     \
            rest += (float)sum * (loadf16(FIELD(b, TYPE, d)) * UNIT * scale_of(x));                                    \
        }                                                                                                              \
        return reduce4(total) + rest;                                                                                  \
    }

/// products - bias · Σ factor · activation, with a 16-bit factor for each sixteen weights; the bias is 2^shift.
INLINE __m512i without_bias(__m512i products, __m256i factors, const uint8_t *x, int shift) {
    return _mm512_sub_epi32(products, _mm512_zextsi256_si512(_mm256_slli_epi32(_mm256_madd_epi16(factors, sums_of(x)), shift)));
}

#endif
