// Activations and small floats with AVX-512.
#if defined(__x86_64__)
#include "avx512.h"

AVX512_BEGIN

#include "activation.h"
#include "tables.h"

INLINE __m512 magnitude(__m512 v) { return _mm512_andnot_ps(_mm512_set1_ps(-0.0f), v); }

/// The first of 256 values whose magnitude is `top`: it decides the sign of the scale.
static __attribute__((noinline)) float first_of_magnitude(const float *x, float top) {
    for (int g = 0; g < 16; g++) {
        const __m512 v = _mm512_loadu_ps(x + 16 * g);
        const unsigned found = _mm512_cmp_ps_mask(magnitude(v), _mm512_set1_ps(top), _CMP_EQ_OQ);
        if (found != 0) return x[16 * g + __builtin_ctz(found)];
    }
    return 0;
}

/// The value of the largest magnitude, 0 if there is none above zero.
INLINE float extreme_of_256(const float *x) {
    __m512 most = _mm512_setzero_ps(), least = _mm512_setzero_ps();
    EACH(g, 16) {
        const __m512 v = _mm512_loadu_ps(x + 16 * g);
        // MAX and MIN give their second operand where one is NaN: a NaN never becomes the largest.
        most = _mm512_max_ps(v, most);
        least = _mm512_min_ps(v, least);
    }
    const float above = _mm512_reduce_max_ps(most), below = -_mm512_reduce_min_ps(least);
    if (__builtin_expect(above == below && above > 0, 0)) return first_of_magnitude(x, above);
    // Without a branch: signs cannot be predicted.
    return float_of(bits_of(above > below ? above : below) | (uint32_t)(below > above) << 31);
}

/// Lane 4 i + j from lane i + 4 j, as packing four vectors leaves them.
INLINE __m512i turned(__m512i v) {
    return _mm512_permutexvar_epi32(_mm512_setr_epi32(0, 4, 8, 12, 1, 5, 9, 13, 2, 6, 10, 14, 3, 7, 11, 15), v);
}

/// 64 codes, as q8k_code. Their low bytes are those of the sum's bits: what is taken off ends in zeros.
INLINE __m512i codes_of_64(const float *x, __m512 factor) {
    __m512i code[4];
    EACH(k, 4) {
        const __m512 lifted = _mm512_add_ps(_mm512_mul_ps(factor, _mm512_loadu_ps(x + 16 * k)), _mm512_set1_ps(12582912.0f));
        const __m512i fraction = _mm512_and_si512(_mm512_castps_si512(lifted), _mm512_set1_epi32(0x007FFFFF));
        code[k] = _mm512_and_si512(_mm512_min_epi32(fraction, _mm512_set1_epi32(0x0040007F)), _mm512_set1_epi32(255));
    }
    return turned(_mm512_packus_epi16(_mm512_packus_epi32(code[0], code[1]), _mm512_packus_epi32(code[2], code[3])));
}

/// Sums of 16 bytes each, four times 64 of them, as 16-bit numbers.
INLINE __m256i sums_of_16_bytes(const __m512i codes[4]) {
    const __m512i ones8 = _mm512_set1_epi8(1), ones16 = _mm512_set1_epi16(1);
    __m512i fours[4];
    EACH(k, 4) fours[k] = _mm512_dpbusd_epi32(_mm512_setzero_si512(), ones8, codes[k]);
    const __m512i first = _mm512_madd_epi16(_mm512_packs_epi32(fours[0], fours[1]), ones16);
    const __m512i second = _mm512_madd_epi16(_mm512_packs_epi32(fours[2], fours[3]), ones16);
    return _mm512_cvtepi32_epi16(turned(_mm512_madd_epi16(_mm512_packs_epi32(first, second), ones16)));
}

INLINE void q8k_block(const float *x, float extreme, uint8_t *out) {
    if (q8k_is_zero(extreme, out)) return;
    const float inverse = -127.0f / extreme;
    const __m512 factor = _mm512_set1_ps(inverse);
    __m512i codes[4];
    EACH(k, 4) {
        codes[k] = codes_of_64(x + 64 * k, factor);
        _mm512_storeu_si512(out + offsetof(hifi_q8_k, qs) + 64 * k, codes[k]);
    }
    _mm256_storeu_si256((__m256i *)(out + offsetof(hifi_q8_k, bsums)), sums_of_16_bytes(codes));
    q8k_store_scale(out, 1.0f / inverse);
}

void avx512_quantize_q8k(const float *x, size_t count, uint8_t *out) {
    // The extremes of some blocks first: what follows one is a long chain that all of its block waits for.
    enum { AHEAD = 4 };
    for (size_t blocks = count / 256; blocks > 0;) {
        const size_t some = blocks < AHEAD ? blocks : AHEAD;
        float extremes[AHEAD];
        for (size_t k = 0; k < some; k++) extremes[k] = extreme_of_256(x + 256 * k);
        for (size_t k = 0; k < some; k++, x += 256, out += HIFI_Q8K_BYTES) q8k_block(x, extremes[k], out);
        blocks -= some;
    }
}

/// The larger magnitudes of 32 values; a NaN counts as nothing.
INLINE __m512 q80_largest(const float *x) {
    const __m512 low = _mm512_max_ps(magnitude(_mm512_loadu_ps(x)), _mm512_setzero_ps());
    return _mm512_max_ps(magnitude(_mm512_loadu_ps(x + 16)), low);
}

// Four steps that end with lane k the largest of vector k: halves of a and b are compared with their other halves, and the
// results of a stand before those of b.
INLINE __m512 max_of_lanes(__m512 a, __m512 b) { return _mm512_max_ps(_mm512_shuffle_ps(a, b, 0x88), _mm512_shuffle_ps(a, b, 0xDD)); }
INLINE __m512 max_of_quarters(__m512 a, __m512 b) {
    return _mm512_max_ps(_mm512_shuffle_f32x4(a, b, 0x88), _mm512_shuffle_f32x4(a, b, 0xDD));
}

/// To nearest, ties away from zero, as q80_code. The float below a half is added, not a half: the sum, rounded, reaches the
/// next integer from a half on and not before.
INLINE __m512i q80_codes(__m512 scaled) {
    // sign of scaled, magnitude of the constant
    const __m512i half = _mm512_ternarylogic_epi32(
        _mm512_castps_si512(scaled), _mm512_set1_epi32((int)0x80000000), _mm512_set1_epi32(0x3EFFFFFF), 0xEA);
    return _mm512_cvttps_epi32(_mm512_add_ps(scaled, _mm512_castsi512_ps(half)));
}

/// Up to sixteen blocks at a time: their scales and inverses are one vector each.
INLINE void q80_blocks(const float *x, size_t blocks, uint8_t *out) {
    __m512 v[16];
    EACH(k, 16) v[k] = (size_t)k < blocks ? q80_largest(x + 32 * k) : _mm512_setzero_ps();
    EACH(k, 8) v[k] = max_of_lanes(v[2 * k], v[2 * k + 1]);
    EACH(k, 4) v[k] = max_of_lanes(v[2 * k], v[2 * k + 1]);
    EACH(k, 2) v[k] = max_of_quarters(v[2 * k], v[2 * k + 1]);
    const __m512 step = _mm512_div_ps(max_of_quarters(v[0], v[1]), _mm512_set1_ps(127));
    const __mmask16 nonzero = _mm512_cmp_ps_mask(step, _mm512_setzero_ps(), _CMP_NEQ_OQ);
    float inverses[16];
    uint16_t scales[16];
    _mm512_storeu_ps(inverses, _mm512_maskz_div_ps(nonzero, _mm512_set1_ps(1), step));
    _mm256_storeu_si256((__m256i *)scales, _mm512_cvtps_ph(step, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
    // The low bytes of 32 lanes.
    const __m512i index = _mm512_castsi256_si512(_mm256_setr_epi8(
        0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 40, 44, 48, 52, 56, 60, 64, 68, 72, 76, 80, 84, 88, 92, 96, 100, 104, 108, 112, 116, 120,
        124));
    for (size_t k = 0; k < blocks; k++, x += 32, out += HIFI_Q80_BYTES) {
        const __m512 inverse = _mm512_set1_ps(inverses[k]);
        const __m512i low = q80_codes(_mm512_mul_ps(_mm512_loadu_ps(x), inverse));
        const __m512i high = q80_codes(_mm512_mul_ps(_mm512_loadu_ps(x + 16), inverse));
        memcpy(out, scales + k, 2);
        _mm256_storeu_si256((__m256i *)(out + 2), _mm512_castsi512_si256(_mm512_permutex2var_epi8(low, index, high)));
    }
}

void avx512_quantize_q80(const float *x, size_t count, uint8_t *out) {
    for (; count >= 512; count -= 512, x += 512, out += 16 * HIFI_Q80_BYTES) q80_blocks(x, 16, out);
    q80_blocks(x, count / 32, out);
}

void avx512_to_f16(const float *x, size_t count, uint16_t *out) {
    for (; count >= 16; count -= 16, x += 16, out += 16) {
        const __m512 v = _mm512_loadu_ps(x);
        __m256i half = _mm512_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
        const __mmask16 nan = _mm512_cmp_ps_mask(v, v, _CMP_UNORD_Q);
        const __m256i sign = _mm256_and_si256(half, _mm256_set1_epi16((short)0x8000));
        half = _mm256_mask_blend_epi16(nan, half, _mm256_or_si256(sign, _mm256_set1_epi16(0x7E00)));
        _mm256_storeu_si256((__m256i *)out, half);
    }
    for (size_t i = 0; i < count; i++) out[i] = float_to_half(x[i]);
}

void avx512_to_bf16(const float *x, size_t count, uint16_t *out) {
    for (; count >= 16; count -= 16, x += 16, out += 16) {
        const __m512 v = _mm512_loadu_ps(x);
        const __m512i bits = _mm512_castps_si512(v), odd = _mm512_and_si512(_mm512_srli_epi32(bits, 16), _mm512_set1_epi32(1));
        const __m512i rounded = _mm512_add_epi32(bits, _mm512_add_epi32(odd, _mm512_set1_epi32(0x7FFF)));
        const __mmask16 nan = _mm512_cmp_ps_mask(v, v, _CMP_UNORD_Q);
        const __m512i quiet = _mm512_or_si512(bits, _mm512_set1_epi32(0x00400000));
        const __m512i chosen = _mm512_srli_epi32(_mm512_mask_blend_epi32(nan, rounded, quiet), 16);
        _mm256_storeu_si256((__m256i *)out, _mm512_cvtepi32_epi16(chosen));
    }
    for (size_t i = 0; i < count; i++) out[i] = float_to_bf16(x[i]);
}

AVX512_END
#endif
