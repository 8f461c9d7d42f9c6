// Decoding with AVX2 of blocks whose nibbles lie in the order of Q4_0: 32 codes become bytes of one register, and fp32 from
// there, eight at a time.
#if defined(__x86_64__)
#include "avx2.h"

AVX2_BEGIN

#include "tables.h"

#define BLOCKS(elements) for (; count > 0; count--, b += f->stride, y += (elements))

/// The nibbles of sixteen bytes: the low ones, then the high ones.
INLINE __m256i nibbles(const uint8_t *p) {
    const __m128i q = _mm_loadu_si128((const __m128i *)p);
    return _mm256_and_si256(_mm256_set_m128i(_mm_srli_epi16(q, 4), q), _mm256_set1_epi8(15));
}

/// Byte i is `set` where bit i of the four bytes is one, else 0.
INLINE __m256i spread_bits(const uint8_t *p, int set) {
    const __m256i own = _mm256_set1_epi64x((long long)0x8040201008040201);
    const __m256i whole = _mm256_set1_epi32((int)load32(p));
    const __m256i turns = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i bytes = _mm256_and_si256(_mm256_shuffle_epi8(whole, turns), own);
    return _mm256_and_si256(_mm256_cmpeq_epi8(bytes, own), _mm256_set1_epi8((char)set));
}

/// Codes in place of nibbles.
INLINE __m256i looked_up(const int8_t values[16], __m256i codes) {
    return _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)values)), codes);
}

/// Eight of 32 signed bytes as fp32.
INLINE __m256 eight_of(__m256i codes, int eighth) {
    const __m128i half = eighth < 2 ? _mm256_castsi256_si128(codes) : _mm256_extracti128_si256(codes, 1);
    return _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(eighth % 2 == 0 ? half : _mm_srli_si128(half, 8)));
}

/// code * scale
INLINE void put_scaled(float *y, __m256i codes, __m256 scale) {
    for (int i = 0; i < 4; i++) _mm256_storeu_ps(y + 8 * i, _mm256_mul_ps(eight_of(codes, i), scale));
}

/// a + b with the operands in this order, of which the first tells if both are NaN (NUM-04): compilers exchange those of the
/// intrinsic.
INLINE __m256 ordered_add(__m256 a, __m256 b) {
    __m256 sum;
    __asm__("vaddps %2, %1, %0" : "=x"(sum) : "x"(a), "x"(b));
    return sum;
}

/// code * scale + minimum
INLINE void put_affine(float *y, __m256i codes, __m256 scale, __m256 minimum) {
    for (int i = 0; i < 4; i++) _mm256_storeu_ps(y + 8 * i, ordered_add(_mm256_mul_ps(eight_of(codes, i), scale), minimum));
}

INLINE __m256 broadcast16(const uint8_t *p) { return _mm256_set1_ps(loadf16(p)); }

void avx2_decode_q41(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) {
        const __m256 d = broadcast16(FIELD(b, hifi_q4_1, d)), m = broadcast16(FIELD(b, hifi_q4_1, m));
        put_affine(y, nibbles(FIELD(b, hifi_q4_1, qs)), d, m);
    }
}

void avx2_decode_q50(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) {
        const __m256i codes = _mm256_or_si256(nibbles(FIELD(b, hifi_q5_0, qs)), spread_bits(FIELD(b, hifi_q5_0, qh), 16));
        put_scaled(y, _mm256_sub_epi8(codes, _mm256_set1_epi8(16)), broadcast16(FIELD(b, hifi_q5_0, d)));
    }
}

void avx2_decode_q51(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) {
        const __m256 d = broadcast16(FIELD(b, hifi_q5_1, d)), m = broadcast16(FIELD(b, hifi_q5_1, m));
        put_affine(y, _mm256_or_si256(nibbles(FIELD(b, hifi_q5_1, qs)), spread_bits(FIELD(b, hifi_q5_1, qh), 16)), d, m);
    }
}

void avx2_decode_iq4nl(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) put_scaled(y, looked_up(iq4_values, nibbles(FIELD(b, hifi_iq4_nl, qs))), broadcast16(FIELD(b, hifi_iq4_nl, d)));
}

/// d times the eight scales.
INLINE void iq4xs_scaled(const uint8_t *b, float scaled[8]) {
    const __m256i turns = _mm256_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14);
    const __m256i low = _mm256_set1_epi32((int)load32(FIELD(b, hifi_iq4_xs, scales_l)));
    const __m256i high = _mm256_set1_epi32(load16(FIELD(b, hifi_iq4_xs, scales_h)) << 4);
    const __m256i low4 = _mm256_and_si256(_mm256_srlv_epi32(low, _mm256_add_epi32(turns, turns)), _mm256_set1_epi32(15));
    const __m256i high2 = _mm256_and_si256(_mm256_srlv_epi32(high, turns), _mm256_set1_epi32(0x30));
    const __m256i integers = _mm256_sub_epi32(_mm256_or_si256(low4, high2), _mm256_set1_epi32(32));
    _mm256_storeu_ps(scaled, _mm256_mul_ps(broadcast16(FIELD(b, hifi_iq4_xs, d)), _mm256_cvtepi32_ps(integers)));
}

void avx2_decode_iq4xs(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        float scales[8];
        iq4xs_scaled(b, scales);
        for (int s = 0; s < 8; s++) {
            const __m256i codes = looked_up(iq4_values, nibbles(FIELD(b, hifi_iq4_xs, qs) + 16 * s));
            put_scaled(y + 32 * s, codes, _mm256_set1_ps(scales[s]));
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void avx2_decode_mxfp4(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) {
        const __m256 scale = _mm256_set1_ps(e8m0_half_to_float(*FIELD(b, hifi_mxfp4, e)));
        put_scaled(y, looked_up(mxfp4_values, nibbles(FIELD(b, hifi_mxfp4, qs))), scale);
    }
}

AVX2_END
#endif
