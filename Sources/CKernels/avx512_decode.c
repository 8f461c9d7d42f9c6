// Decoding with AVX-512. Most formats have few codes, so a sub-block's values are made once as a table in a register and
// looked up: the same products, computed sixteen (or fewer) times instead of once per weight.
#if defined(__x86_64__)
#include "avx512.h"
#include "tables.h"

AVX512_BEGIN

void avx512_decode_q2k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m512 codes = _mm512_setr_ps(0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3, 0, 1, 2, 3);
    for (; count > 0; count--, b += f->stride, y += 256) {
        const __m512i packed = widen(FIELD(b, hifi_q2_k, scales));
        const __m512 d = _mm512_set1_ps(loadf16(FIELD(b, hifi_q2_k, d))), dmin = _mm512_set1_ps(loadf16(FIELD(b, hifi_q2_k, dmin)));
        const __m512 scales = _mm512_mul_ps(d, _mm512_cvtepi32_ps(_mm512_and_si512(packed, _mm512_set1_epi32(15))));
        const __m512 minima = _mm512_mul_ps(dmin, _mm512_cvtepi32_ps(_mm512_srli_epi32(packed, 4)));
#pragma clang loop unroll(full)
        for (int part = 0; part < 4; part++) {
            const int half = part / 2, side = part % 2;
            const __m512i q = widen(FIELD(b, hifi_q2_k, qs) + 32 * half + 16 * side);
#pragma clang loop unroll(full)
            for (int quarter = 0; quarter < 4; quarter++) {
                const int s = 8 * half + 2 * quarter + side;
                const __m512 table = _mm512_sub_ps(_mm512_mul_ps(lane(scales, s), codes), lane(minima, s));
                // The lookup takes four bits; the table repeats every four entries, so the upper two do not matter.
                _mm512_storeu_ps(y + 16 * s, _mm512_permutexvar_ps(_mm512_srli_epi32(q, 2 * quarter), table));
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// A table of the eight weights of a sub-block, twice in a register, by VPERMPS, which takes four bits of a lane: the uppermost does
/// not matter, so that nothing is masked. One VPTERNLOGD joins, under the mask 00000011,
///
///     q >> 2 quarter             x x x x x x 1 0
///     h, turned                  x x x x x 2 x x    bit 4 half + quarter to place 2
///     index                              x 2 1 0
/// 155 instructions a block; r6 215, r13 227, RES8 285.
void avx512_decode_q3k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m512 codes = _mm512_setr_ps(-4, -3, -2, -1, 0, 1, 2, 3, -4, -3, -2, -1, 0, 1, 2, 3);
    const __m512i low2 = _mm512_set1_epi32(3);
    for (; count > 0; count--, b += f->stride, y += 256) {
        const __m512 d = _mm512_set1_ps(loadf16(FIELD(b, hifi_q3_k, d)));
        const __m512i integers = _mm512_cvtepi8_epi32(q3k_scales_vector(FIELD(b, hifi_q3_k, scales)));
        const __m512 scales = _mm512_mul_ps(d, _mm512_cvtepi32_ps(integers));
#pragma clang loop unroll(full)
        for (int side = 0; side < 2; side++) {
            const __m512i h = widen(FIELD(b, hifi_q3_k, hmask) + 16 * side);
#pragma clang loop unroll(full)
            for (int half = 0; half < 2; half++) {
                const __m512i q = widen(FIELD(b, hifi_q3_k, qs) + 32 * half + 16 * side);
#pragma clang loop unroll(full)
                for (int quarter = 0; quarter < 4; quarter++) {
                    const int s = 8 * half + 2 * quarter + side;
                    const __m512 table = _mm512_mul_ps(lane(scales, s), codes);
                    // Two bits from q, the third from h, garbage above: the table repeats every eight entries.
                    const __m512i shifted = _mm512_srli_epi32(q, 2 * quarter);
                    const __m512i turned = _mm512_rorv_epi32(h, _mm512_set1_epi32((4 * half + quarter - 2) & 31));
                    const __m512i index = _mm512_ternarylogic_epi32(low2, shifted, turned, 0xCA);
                    _mm512_storeu_ps(y + 16 * s, _mm512_permutexvar_ps(index, table));
                }
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

typedef struct { __m512 scales, minima; } scaled_pair;

/// Scales and minima of Q4_K and Q5_K in lanes 0 to 7.
INLINE scaled_pair q4k_pair(const uint8_t *b) {
    uint8_t bytes[16];
    q4k_scales(b + offsetof(hifi_q4_k, scales), bytes);
    const __m512 d = _mm512_set1_ps(loadf16(FIELD(b, hifi_q4_k, d))), dmin = _mm512_set1_ps(loadf16(FIELD(b, hifi_q4_k, dmin)));
    const __m512 integers = _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)bytes)));
    const __m512 minima = _mm512_shuffle_f32x4(integers, integers, 0xEE);
    return (scaled_pair){_mm512_mul_ps(d, integers), _mm512_mul_ps(dmin, minima)};
}

/// A table of the sixteen weights of a sub-block by VPERMPS, which takes the lower four bits of a lane: a byte of qs as it is, then
/// shifted.
///
///     q         3 2 1 0 3 2 1 0
///                       3 2 1 0    weights 64 pair + lane
///     q >> 4            3 2 1 0    weights 64 pair + 32 + lane
/// 129 instructions a block.
void avx512_decode_q4k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 256) {
        const scaled_pair p = q4k_pair(b);
#pragma clang loop unroll(full)
        for (int pair = 0; pair < 4; pair++) {
            const __m512 low = _mm512_sub_ps(_mm512_mul_ps(lane(p.scales, 2 * pair), IOTA), lane(p.minima, 2 * pair));
            const __m512 high = _mm512_sub_ps(_mm512_mul_ps(lane(p.scales, 2 * pair + 1), IOTA), lane(p.minima, 2 * pair + 1));
#pragma clang loop unroll(full)
            for (int side = 0; side < 2; side++) {
                const __m512i q = widen(FIELD(b, hifi_q4_k, qs) + 32 * pair + 16 * side);
                float *out = y + 64 * pair + 16 * side;
                _mm512_storeu_ps(out, _mm512_permutexvar_ps(q, low));
                _mm512_storeu_ps(out + 32, _mm512_permutexvar_ps(_mm512_srli_epi32(q, 4), high));
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// A table of 32 weights in two registers by VPERMT2PS, which takes five bits of a lane. One VPTERNLOGD joins, under the mask 00001111,
///
///     q >> 4 (s % 2)   x x x x 3 2 1 0
///     h, turned        x x x 4 x x x x    bit s to place 4
///     index                  4 3 2 1 0
/// 193 instructions a block.
void avx512_decode_q5k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m512i low4 = _mm512_set1_epi32(15);
    const __m512 upper = _mm512_add_ps(IOTA, _mm512_set1_ps(16));
    for (; count > 0; count--, b += f->stride, y += 256) {
        const scaled_pair p = q4k_pair(b);
        const __m512i h[2] = {widen(FIELD(b, hifi_q5_k, qh)), widen(FIELD(b, hifi_q5_k, qh) + 16)};
#pragma clang loop unroll(full)
        for (int s = 0; s < 8; s++) {
            const __m512 scale = lane(p.scales, s), minimum = lane(p.minima, s);
            const __m512 first = _mm512_sub_ps(_mm512_mul_ps(scale, IOTA), minimum);
            const __m512 second = _mm512_sub_ps(_mm512_mul_ps(scale, upper), minimum);
#pragma clang loop unroll(full)
            for (int side = 0; side < 2; side++) {
                const __m512i q = _mm512_srli_epi32(widen(FIELD(b, hifi_q5_k, qs) + 32 * (s / 2) + 16 * side), 4 * (s % 2));
                const __m512i turned = _mm512_rorv_epi32(h[side], _mm512_set1_epi32((s - 4) & 31));
                const __m512i index = _mm512_ternarylogic_epi32(low4, q, turned, 0xCA);  // bits above the fifth are ignored
                _mm512_storeu_ps(y + 32 * s + 16 * side, _mm512_permutex2var_ps(first, index, second));
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// The code becomes the fraction of 2^23 without a conversion: two VPTERNLOGD, under 00001111 and 00111111, put together
///
///     l >> 4 nibble                               x x x x 3 2 1 0
///     h, turned                                   x x 5 4 x x x x    pair 2 nibble + mid to place 4
///     0x4B000000         0 1 0 0 1 0 1 1 0 … 0    0 0 5 4 3 2 1 0    = 2^23 + code, from which 2^23 + 32 is taken
/// 155 instructions a block.
void avx512_decode_q6k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m512i low4 = _mm512_set1_epi32(15), low6 = _mm512_set1_epi32(63), exponent = _mm512_set1_epi32(0x4B000000);
    const __m512 offset = _mm512_set1_ps(8388608.0f + 32.0f);
    for (; count > 0; count--, b += f->stride, y += 256) {
        const __m512 d = _mm512_set1_ps(loadf16(FIELD(b, hifi_q6_k, d)));
        const __m512i integers = _mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)FIELD(b, hifi_q6_k, scales)));
        const __m512 scales = _mm512_mul_ps(d, _mm512_cvtepi32_ps(integers));
#pragma clang loop unroll(full)
        for (int part = 0; part < 4; part++) {
            const int half = part / 2, side = part % 2;
            const __m512i h = widen(FIELD(b, hifi_q6_k, qh) + 32 * half + 16 * side);
#pragma clang loop unroll(full)
            for (int mid = 0; mid < 2; mid++) {
                const __m512i l = widen(FIELD(b, hifi_q6_k, ql) + 64 * half + 32 * mid + 16 * side);
#pragma clang loop unroll(full)
                for (int nibble = 0; nibble < 2; nibble++) {
                    const int s = 8 * half + 4 * nibble + 2 * mid + side;
                    const __m512i turned = _mm512_rorv_epi32(h, _mm512_set1_epi32((4 * nibble + 2 * mid - 4) & 31));
                    const __m512i code = _mm512_ternarylogic_epi32(low4, _mm512_srli_epi32(l, 4 * nibble), turned, 0xCA);
                    // 2^23 + code as a float, by its bits; taking 2^23 + 32 away is exact.
                    const __m512i lifted = _mm512_ternarylogic_epi32(code, low6, exponent, 0xEA);
                    const __m512 value = _mm512_sub_ps(_mm512_castsi512_ps(lifted), offset);
                    _mm512_storeu_ps(y + 16 * s, _mm512_mul_ps(lane(scales, s), value));
                }
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// Sixteen signed bytes at a time to sixteen lanes (VPMOVSXBD), converted and multiplied.
/// 17 instructions a block.
void avx512_decode_q80(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 32) {
        const __m512 d = _mm512_set1_ps(loadf16(FIELD(b, hifi_q8_0, d)));
        const __m128i *q = (const __m128i *)FIELD(b, hifi_q8_0, qs);
        _mm512_storeu_ps(y, _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(q))), d));
        _mm512_storeu_ps(y + 16, _mm512_mul_ps(_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128(q + 1))), d));
    }
}

void avx512_decode_q40(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m512 codes = _mm512_sub_ps(IOTA, _mm512_set1_ps(8));
    for (; count > 0; count--, b += f->stride, y += 32) {
        const __m512 table = _mm512_mul_ps(codes, _mm512_set1_ps(loadf16(FIELD(b, hifi_q4_0, d))));
        const __m512i q = widen(FIELD(b, hifi_q4_0, qs));
        _mm512_storeu_ps(y, _mm512_permutexvar_ps(q, table));
        _mm512_storeu_ps(y + 16, _mm512_permutexvar_ps(_mm512_srli_epi32(q, 4), table));
    }
}

// The instruction makes a signalling NaN quiet with its payload, as NUM-03 asks.
void avx512_decode_f16(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    (void)f;
    for (; count >= 16; count -= 16, b += 32, y += 16) {
        _mm512_storeu_ps(y, _mm512_cvtph_ps(_mm256_loadu_si256((const __m256i *)b)));
    }
    const __mmask16 left = (__mmask16)((1u << count) - 1);
    _mm512_mask_storeu_ps(y, left, _mm512_cvtph_ps(_mm256_maskz_loadu_epi16(left, b)));
}

void avx512_decode_bf16(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    (void)f;
    for (; count >= 16; count -= 16, b += 32, y += 16) {
        const __m512i wide = _mm512_cvtepu16_epi32(_mm256_loadu_si256((const __m256i *)b));
        _mm512_storeu_si512(y, _mm512_slli_epi32(wide, 16));
    }
    const __mmask16 left = (__mmask16)((1u << count) - 1);
    const __m512i wide = _mm512_cvtepu16_epi32(_mm256_maskz_loadu_epi16(left, b));
    _mm512_mask_storeu_epi32(y, left, _mm512_slli_epi32(wide, 16));
}

AVX512_END
#endif
