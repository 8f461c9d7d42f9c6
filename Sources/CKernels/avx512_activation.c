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

void avx512_quantize_q80(const float *x, size_t count, uint8_t *out) {
    for (; count >= 32; count -= 32, x += 32, out += HIFI_Q80_BYTES) {
        const __m512 a = _mm512_loadu_ps(x), b = _mm512_loadu_ps(x + 16);
        const __m512 largest = _mm512_max_ps(magnitude(b), _mm512_max_ps(magnitude(a), _mm512_setzero_ps()));
        const __m512 factor = _mm512_set1_ps(q80_start(_mm512_reduce_max_ps(largest), out));
        for (int half = 0; half < 2; half++) {
            const __m512 scaled = _mm512_mul_ps(half == 0 ? a : b, factor), size = magnitude(scaled);
            // Away from zero at ties: the whole part, plus one if what is left is a half or more; both steps are exact.
            const __m512 whole = _mm512_roundscale_ps(size, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
            const __mmask16 up = _mm512_cmp_ps_mask(_mm512_sub_ps(size, whole), _mm512_set1_ps(0.5f), _CMP_GE_OQ);
            const __m512 rounded = _mm512_mask_add_ps(whole, up, whole, _mm512_set1_ps(1));
            const __m512 sign = _mm512_and_ps(scaled, _mm512_set1_ps(-0.0f));
            const __m512i code = _mm512_cvttps_epi32(_mm512_or_ps(rounded, sign));
            _mm_storeu_si128((__m128i *)(out + 2 + 16 * half), _mm512_cvtepi32_epi8(code));
        }
    }
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
