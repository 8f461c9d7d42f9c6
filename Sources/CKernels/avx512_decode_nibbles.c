// Decoding with AVX-512 of blocks whose nibbles lie in the order of Q4_0: the sixteen or 32 weights that a block can have are
// made once and looked up.
#if defined(__x86_64__)
#include "avx512.h"
#include "tables.h"

AVX512_BEGIN

#define BLOCKS(elements) for (; count > 0; count--, b += f->stride, y += (elements))

INLINE __m512 broadcast16(const uint8_t *p) { return _mm512_set1_ps(loadf16(p)); }

INLINE __m512 codebook(const int8_t values[16]) {
    return _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)values)));
}

/// a + b with the operands in this order, of which the first tells if both are NaN (NUM-04): compilers exchange those of the
/// intrinsic.
INLINE __m512 ordered_add(__m512 a, __m512 b) {
    __m512 sum;
    __asm__("vaddps %2, %1, %0" : "=v"(sum) : "v"(a), "v"(b));
    return sum;
}

/// 32 weights out of sixteen. The lookup takes four bits, so that the other nibble need not be masked.
INLINE void put(float *y, const uint8_t *nibbles, __m512 table) {
    const __m512i q = widen(nibbles);
    _mm512_storeu_ps(y, _mm512_permutexvar_ps(q, table));
    _mm512_storeu_ps(y + 16, _mm512_permutexvar_ps(_mm512_srli_epi32(q, 4), table));
}

/// 32 weights out of as many. The lookup takes five bits, the rest may be anything.
INLINE void put_five(float *y, const uint8_t *nibbles, const uint8_t *fifth, __m512 lower, __m512 upper) {
    const __m512i low4 = _mm512_set1_epi32(15), q = widen(nibbles), bits = _mm512_set1_epi32((int)load32(fifth));
    const __m512i turns = _mm512_setr_epi32(28, 29, 30, 31, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11);
    const __m512i low = _mm512_ternarylogic_epi32(low4, q, _mm512_rorv_epi32(bits, turns), 0xCA);
    const __m512i turned = _mm512_rorv_epi32(bits, _mm512_add_epi32(turns, _mm512_set1_epi32(16)));
    const __m512i high = _mm512_ternarylogic_epi32(low4, _mm512_srli_epi32(q, 4), turned, 0xCA);
    _mm512_storeu_ps(y, _mm512_permutex2var_ps(lower, low, upper));
    _mm512_storeu_ps(y + 16, _mm512_permutex2var_ps(lower, high, upper));
}

void avx512_decode_q41(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) {
        const __m512 d = broadcast16(FIELD(b, hifi_q4_1, d)), m = broadcast16(FIELD(b, hifi_q4_1, m));
        put(y, FIELD(b, hifi_q4_1, qs), ordered_add(_mm512_mul_ps(IOTA, d), m));
    }
}

void avx512_decode_q50(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m512 lower = _mm512_sub_ps(IOTA, _mm512_set1_ps(16)), upper = IOTA;
    BLOCKS(32) {
        const __m512 d = broadcast16(FIELD(b, hifi_q5_0, d));
        put_five(y, FIELD(b, hifi_q5_0, qs), FIELD(b, hifi_q5_0, qh), _mm512_mul_ps(lower, d), _mm512_mul_ps(upper, d));
    }
}

void avx512_decode_q51(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m512 lower = IOTA, upper = _mm512_add_ps(IOTA, _mm512_set1_ps(16));
    BLOCKS(32) {
        const __m512 d = broadcast16(FIELD(b, hifi_q5_1, d)), m = broadcast16(FIELD(b, hifi_q5_1, m));
        const __m512 first = ordered_add(_mm512_mul_ps(lower, d), m), second = ordered_add(_mm512_mul_ps(upper, d), m);
        put_five(y, FIELD(b, hifi_q5_1, qs), FIELD(b, hifi_q5_1, qh), first, second);
    }
}

void avx512_decode_iq4nl(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m512 values = codebook(iq4_values);
    BLOCKS(32) put(y, FIELD(b, hifi_iq4_nl, qs), _mm512_mul_ps(broadcast16(FIELD(b, hifi_iq4_nl, d)), values));
}

/// d times the eight scales, in lanes 0 to 7.
INLINE __m512 iq4xs_scaled(const uint8_t *b) {
    const __m512i low = _mm512_set1_epi32((int)load32(FIELD(b, hifi_iq4_xs, scales_l)));
    const __m512i high = _mm512_set1_epi32((int)((uint32_t)load16(FIELD(b, hifi_iq4_xs, scales_h)) << 4));
    const __m512i twice = _mm512_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14, 0, 0, 0, 0, 0, 0, 0, 0);
    const __m512i low4 = _mm512_and_si512(_mm512_srlv_epi32(low, _mm512_add_epi32(twice, twice)), _mm512_set1_epi32(15));
    // low4 | (high & 0x30)
    const __m512i code = _mm512_ternarylogic_epi32(low4, _mm512_srlv_epi32(high, twice), _mm512_set1_epi32(0x30), 0xF8);
    const __m512 integers = _mm512_cvtepi32_ps(_mm512_sub_epi32(code, _mm512_set1_epi32(32)));
    return _mm512_mul_ps(broadcast16(FIELD(b, hifi_iq4_xs, d)), integers);
}

void avx512_decode_iq4xs(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m512 values = codebook(iq4_values);
    BLOCKS(256) {
        const __m512 scales = iq4xs_scaled(b);
#pragma clang loop unroll(full)
        for (int s = 0; s < 8; s++) put(y + 32 * s, FIELD(b, hifi_iq4_xs, qs) + 16 * s, _mm512_mul_ps(lane(scales, s), values));
        outliers_apply(&f->outliers, b, y);
    }
}

void avx512_decode_mxfp4(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m512 values = codebook(mxfp4_values);
    BLOCKS(32) {
        const __m512 scale = _mm512_set1_ps(e8m0_half_to_float(*FIELD(b, hifi_mxfp4, e)));
        put(y, FIELD(b, hifi_mxfp4, qs), _mm512_mul_ps(values, scale));
    }
}

AVX512_END
#endif
