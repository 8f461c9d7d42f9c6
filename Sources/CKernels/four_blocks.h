// Products of four blocks at a time, for AVX2 and AVX-512: included inside a region, so that it takes on its instructions.
//
// Why four: what does not depend on the format's bits is then done once for all - scales to fp32, the sums of lanes - and
// each block's sum is one exact integer before anything is rounded.
#ifndef HIFI_FOUR_BLOCKS_H
#define HIFI_FOUR_BLOCKS_H

#include "common.h"

INLINE float scale_of(const uint8_t *x) { return loadf32(FIELD(x, hifi_q8_k, d)); }

/// Where four blocks and their activations begin.
typedef struct { const uint8_t *b[4], *x[4]; } four_blocks;

INLINE four_blocks next_four(const uint8_t **b, size_t stride, const uint8_t **x) {
    four_blocks at;
    for (int j = 0; j < 4; j++, *b += stride, *x += HIFI_Q8K_BYTES) at.b[j] = *b, at.x[j] = *x;
    return at;
}

/// Has the compiler finish a block before it begins the next: mixed, they need more registers than there are, and what
/// does not fit goes by way of memory.
#define ONE_BY_ONE(products) __asm__ volatile("" : "+v"(products)::"memory")

/// An fp16 number from each of four places.
INLINE __m128 f16_of_four(const uint8_t *const p[4], size_t at) {
    __m128i v = _mm_cvtsi32_si128(load16(p[0] + at));
    v = _mm_insert_epi16(v, load16(p[1] + at), 1);
    v = _mm_insert_epi16(v, load16(p[2] + at), 2);
    return _mm_cvtph_ps(_mm_insert_epi16(v, load16(p[3] + at), 3));
}

INLINE __m128 activation_scales(const uint8_t *const x[4]) {
    return _mm_setr_ps(scale_of(x[0]), scale_of(x[1]), scale_of(x[2]), scale_of(x[3]));
}

/// total + scales * sums.
INLINE __m128 accumulate_sums(__m128 total, __m128i sums, __m128 scales) {
    return _mm_fmadd_ps(_mm_cvtepi32_ps(sums), scales, total);
}

INLINE float reduce4(__m128 four) {
    const __m128 two_left = _mm_add_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_add_ss(two_left, _mm_movehdup_ps(two_left)));
}

#endif
