// Decoding with AVX2: eight weights at a time, codes to fp32 by conversion or by lookup in a table of eight values.
#if defined(__x86_64__)
#include "avx2.h"

AVX2_BEGIN

#include "tables.h"

INLINE __m256 converted(__m256i v) { return _mm256_cvtepi32_ps(v); }
INLINE __m256i masked(__m256i v, int mask) { return _mm256_and_si256(v, _mm256_set1_epi32(mask)); }

void avx2_decode_q2k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m256 codes = _mm256_setr_ps(0, 1, 2, 3, 0, 1, 2, 3);
    for (; count > 0; count--, b += f->stride, y += 256) {
        const float d = loadf16(FIELD(b, hifi_q2_k, d)), dmin = loadf16(FIELD(b, hifi_q2_k, dmin));
        const uint8_t *packed = FIELD(b, hifi_q2_k, scales);
        EACH(part, 4) {
            const int half = part / 2, side = part % 2;
            const uint8_t *p = FIELD(b, hifi_q2_k, qs) + 32 * half + 16 * side;
            const __m256i q[2] = {widen(p), widen(p + 8)};
            EACH(quarter, 4) {
                const int s = 8 * half + 2 * quarter + side;
                const __m256 scale = _mm256_set1_ps(d * (float)(packed[s] & 15)), minimum = _mm256_set1_ps(dmin * (float)(packed[s] >> 4));
                const __m256 table = _mm256_sub_ps(_mm256_mul_ps(scale, codes), minimum);
                // The lookup takes three bits; the table repeats every four entries.
                EACH(i, 2) _mm256_storeu_ps(y + 16 * s + 8 * i, _mm256_permutevar8x32_ps(table, _mm256_srli_epi32(q[i], 2 * quarter)));
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// A table of the eight weights of a sub-block, d scale (-4 … 3), by VPERMPS. In each lane, of one byte of qs and one of hmask:
///
///     q >> 2 quarter           · · · · · · 1 0    & 3
///     h, bit 4 half + quarter  · · · · · 2 · ·    & 4, turned to place 2
///     index                              2 1 0
/// 449 instructions a block; r6 508, r13 522, RES8 585.
void avx2_decode_q3k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m256 codes = _mm256_setr_ps(-4, -3, -2, -1, 0, 1, 2, 3);
    for (; count > 0; count--, b += f->stride, y += 256) {
        const float d = loadf16(FIELD(b, hifi_q3_k, d));
        int8_t scales[16];
        q3k_scales(FIELD(b, hifi_q3_k, scales), scales);
        EACH(side, 2) {
            const uint8_t *ph = FIELD(b, hifi_q3_k, hmask) + 16 * side;
            const __m256i h[2] = {widen(ph), widen(ph + 8)};
            EACH(half, 2) {
                const uint8_t *p = FIELD(b, hifi_q3_k, qs) + 32 * half + 16 * side;
                const __m256i q[2] = {widen(p), widen(p + 8)};
                EACH(quarter, 4) {
                    const int s = 8 * half + 2 * quarter + side;
                    const __m256 table = _mm256_mul_ps(_mm256_set1_ps(d * (float)scales[s]), codes);
                    EACH(i, 2) {
                        const __m256i low = masked(_mm256_srli_epi32(q[i], 2 * quarter), 3);
                        const int turn = 4 * half + quarter - 2;
                        const __m256i high = turn < 0 ? _mm256_slli_epi32(h[i], -turn) : _mm256_srli_epi32(h[i], turn);
                        const __m256i index = _mm256_or_si256(low, masked(high, 4));
                        _mm256_storeu_ps(y + 16 * s + 8 * i, _mm256_permutevar8x32_ps(table, index));
                    }
                }
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// One sub-block of 32 of Q4_K or Q5_K: scale * code - minimum.
INLINE __m256 affine(__m256 scale, __m256i code, __m256 minimum) {
    return _mm256_sub_ps(_mm256_mul_ps(scale, converted(code)), minimum);
}

/// Eight bytes of qs, a lane each, are the codes of two sub-blocks:
///
///     q         3 2 1 0 3 2 1 0
///     & 15              3 2 1 0    weights 64 pair + lane
///     >> 4              3 2 1 0    weights 64 pair + 32 + lane
/// 292 instructions a block.
void avx2_decode_q4k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 256) {
        const float d = loadf16(FIELD(b, hifi_q4_k, d)), dmin = loadf16(FIELD(b, hifi_q4_k, dmin));
        uint8_t scales[16];
        q4k_scales(FIELD(b, hifi_q4_k, scales), scales);
        EACH(pair, 4) {
            const __m256 scale0 = _mm256_set1_ps(d * (float)scales[2 * pair]), scale1 = _mm256_set1_ps(d * (float)scales[2 * pair + 1]);
            const __m256 minimum0 = _mm256_set1_ps(dmin * (float)scales[8 + 2 * pair]);
            const __m256 minimum1 = _mm256_set1_ps(dmin * (float)scales[9 + 2 * pair]);
            EACH(i, 4) {
                const __m256i q = widen(FIELD(b, hifi_q4_k, qs) + 32 * pair + 8 * i);
                _mm256_storeu_ps(y + 64 * pair + 8 * i, affine(scale0, masked(q, 15), minimum0));
                _mm256_storeu_ps(y + 64 * pair + 32 + 8 * i, affine(scale1, _mm256_srli_epi32(q, 4), minimum1));
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// As Q4_K, with the fifth bit from qh, the same bytes for every sub-block:
///
///     q >> 4 (s % 2)   · · · · 3 2 1 0    & 15
///     h, bit s         · · · 4 · · · ·    & 16, turned to place 4
/// 468 instructions a block.
void avx2_decode_q5k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 256) {
        const float d = loadf16(FIELD(b, hifi_q5_k, d)), dmin = loadf16(FIELD(b, hifi_q5_k, dmin));
        uint8_t scales[16];
        q4k_scales(FIELD(b, hifi_q5_k, scales), scales);
        EACH(s, 8) {
            const __m256 scale = _mm256_set1_ps(d * (float)scales[s]), minimum = _mm256_set1_ps(dmin * (float)scales[8 + s]);
            EACH(i, 4) {
                const __m256i q = _mm256_srli_epi32(widen(FIELD(b, hifi_q5_k, qs) + 32 * (s / 2) + 8 * i), 4 * (s % 2));
                const __m256i h = widen(FIELD(b, hifi_q5_k, qh) + 8 * i);
                const __m256i fifth = s < 4 ? _mm256_slli_epi32(h, (4 - s) & 31) : _mm256_srli_epi32(h, (s - 4) & 31);
                const __m256i code = _mm256_or_si256(masked(q, 15), masked(fifth, 16));
                _mm256_storeu_ps(y + 32 * s + 8 * i, affine(scale, code, minimum));
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// A byte of qh serves four bytes' worth of nibbles: its pair 2 nibble + mid goes to places 4 and 5.
///
///     l >> 4 nibble    · · · · 3 2 1 0    & 15
///     h, turned        · · 5 4 · · · ·    & 0x30
///     code             · · 5 4 3 2 1 0    - 32
/// 420 instructions a block.
void avx2_decode_q6k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 256) {
        const float d = loadf16(FIELD(b, hifi_q6_k, d));
        EACH(part, 4) {
            const int half = part / 2, side = part % 2;
            EACH(i, 2) {
                const __m256i h = widen(FIELD(b, hifi_q6_k, qh) + 32 * half + 16 * side + 8 * i);
                EACH(mid, 2) {
                    const __m256i l = widen(FIELD(b, hifi_q6_k, ql) + 64 * half + 32 * mid + 16 * side + 8 * i);
                    EACH(nibble, 2) {
                        const int s = 8 * half + 4 * nibble + 2 * mid + side, turn = 4 - 4 * nibble - 2 * mid;
                        const __m256 scale = _mm256_set1_ps(d * (float)(int8_t)FIELD(b, hifi_q6_k, scales)[s]);
                        const __m256i low = masked(_mm256_srli_epi32(l, 4 * nibble), 15);
                        const __m256i high = turn < 0 ? _mm256_srli_epi32(h, -turn) : _mm256_slli_epi32(h, turn);
                        const __m256i code = _mm256_sub_epi32(_mm256_or_si256(low, masked(high, 0x30)), _mm256_set1_epi32(32));
                        _mm256_storeu_ps(y + 16 * s + 8 * i, _mm256_mul_ps(scale, converted(code)));
                    }
                }
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// Eight signed bytes at a time to eight lanes (VPMOVSXBD), converted and multiplied.
/// 25 instructions a block.
void avx2_decode_q80(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 32) {
        const __m256 d = _mm256_set1_ps(loadf16(FIELD(b, hifi_q8_0, d)));
        EACH(i, 4) {
            const __m128i q = _mm_loadl_epi64((const __m128i *)(FIELD(b, hifi_q8_0, qs) + 8 * i));
            _mm256_storeu_ps(y + 8 * i, _mm256_mul_ps(converted(_mm256_cvtepi8_epi32(q)), d));
        }
    }
}

void avx2_decode_q40(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m256i eight = _mm256_set1_epi32(8);
    for (; count > 0; count--, b += f->stride, y += 32) {
        const __m256 d = _mm256_set1_ps(loadf16(FIELD(b, hifi_q4_0, d)));
        EACH(i, 2) {
            const __m256i q = widen(FIELD(b, hifi_q4_0, qs) + 8 * i);
            _mm256_storeu_ps(y + 8 * i, _mm256_mul_ps(converted(_mm256_sub_epi32(masked(q, 15), eight)), d));
            _mm256_storeu_ps(y + 16 + 8 * i, _mm256_mul_ps(converted(_mm256_sub_epi32(_mm256_srli_epi32(q, 4), eight)), d));
        }
    }
}

// The instruction makes a signalling NaN quiet with its payload, as NUM-03 asks.
void avx2_decode_f16(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    (void)f;
    for (; count >= 32; count -= 32, b += 64, y += 32) {
        EACH(i, 4) _mm256_storeu_ps(y + 8 * i, _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)b + i)));
    }
    for (; count > 0; count--, b += 2, y++) *y = loadf16(b);
}

void avx2_decode_bf16(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    (void)f;
    for (; count >= 32; count -= 32, b += 64, y += 32) {
        EACH(i, 4) {
            const __m256i wide = _mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)b + i));
            _mm256_storeu_si256((__m256i *)y + i, _mm256_slli_epi32(wide, 16));
        }
    }
    for (; count > 0; count--, b += 2, y++) {
        const uint32_t bits = (uint32_t)load16(b) << 16;
        memcpy(y, &bits, 4);
    }
}

AVX2_END
#endif
