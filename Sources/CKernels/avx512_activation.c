// Activations and small floats with AVX-512.
#if defined(__x86_64__)
#include "avx512.h"

AVX512_BEGIN

#include "activation.h"
#include "tables.h"

INLINE __m512 magnitude(__m512 v) { return _mm512_andnot_ps(_mm512_set1_ps(-0.0f), v); }

void avx512_quantize_q8k(const float *x, size_t count, uint8_t *out) {
    for (; count >= 256; count -= 256, x += 256, out += HIFI_Q8K_BYTES) {
        __m512 largest = _mm512_setzero_ps();
        // MAX gives its second operand where one is NaN: a NaN never becomes the largest.
        for (int g = 0; g < 16; g++) largest = _mm512_max_ps(magnitude(_mm512_loadu_ps(x + 16 * g)), largest);
        const float top = _mm512_reduce_max_ps(largest);
        float extreme = 0;
        for (int g = 0; g < 16 && top > 0; g++) {
            const __m512 v = _mm512_loadu_ps(x + 16 * g);
            const unsigned found = _mm512_cmp_ps_mask(magnitude(v), _mm512_set1_ps(top), _CMP_EQ_OQ);
            if (found == 0) continue;
            extreme = x[16 * g + __builtin_ctz(found)];
            break;
        }
        if (q8k_is_zero(extreme, out)) continue;
        const float inverse = -127.0f / extreme;
        const __m512 factor = _mm512_set1_ps(inverse), lift = _mm512_set1_ps(12582912.0f);
        for (int g = 0; g < 16; g++) {
            const __m512 lifted = _mm512_add_ps(_mm512_mul_ps(factor, _mm512_loadu_ps(x + 16 * g)), lift);
            const __m512i fraction = _mm512_and_si512(_mm512_castps_si512(lifted), _mm512_set1_epi32(0x007FFFFF));
            const __m512i code =
                _mm512_min_epi32(_mm512_sub_epi32(fraction, _mm512_set1_epi32(0x00400000)), _mm512_set1_epi32(127));
            _mm_storeu_si128((__m128i *)(out + 4 + 16 * g), _mm512_cvtepi32_epi8(code));
            q8k_store_sum(out, g, _mm512_reduce_add_epi32(code));
        }
        q8k_store_scale(out, 1.0f / inverse);
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
