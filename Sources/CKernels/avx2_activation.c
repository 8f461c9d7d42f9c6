// Activations and small floats with AVX2.
#if defined(__x86_64__)
#include "avx2.h"

AVX2_BEGIN

#include "activation.h"
#include "tables.h"

INLINE __m256 magnitude(__m256 v) { return _mm256_andnot_ps(_mm256_set1_ps(-0.0f), v); }

INLINE float largest_of(__m256 v) {
    const __m128 four = _mm_max_ps(_mm256_castps256_ps128(v), _mm256_extractf128_ps(v, 1));
    const __m128 pair = _mm_max_ps(four, _mm_movehl_ps(four, four));
    return _mm_cvtss_f32(_mm_max_ss(pair, _mm_movehdup_ps(pair)));
}

/// The low bytes of eight 32-bit lanes.
INLINE void store_low_bytes(uint8_t *out, __m256i v) {
    const __m256i index = _mm256_setr_epi8(
        0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, 0, 4, 8, 12, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1);
    const __m256i bytes = _mm256_shuffle_epi8(v, index);
    const __m128i both = _mm_unpacklo_epi32(_mm256_castsi256_si128(bytes), _mm256_extracti128_si256(bytes, 1));
    _mm_storel_epi64((__m128i *)out, both);
}

INLINE int32_t sum_of(__m256i v) {
    __m128i s = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4E));
    return _mm_cvtsi128_si32(_mm_add_epi32(s, _mm_shuffle_epi32(s, 0xB1)));
}

void avx2_quantize_q8k(const float *x, size_t count, uint8_t *out) {
    const __m256 lift = _mm256_set1_ps(12582912.0f);
    const __m256i fraction = _mm256_set1_epi32(0x007FFFFF), bias = _mm256_set1_epi32(0x00400000), limit = _mm256_set1_epi32(127);
    for (; count >= 256; count -= 256, x += 256, out += HIFI_Q8K_BYTES) {
        __m256 largest = _mm256_setzero_ps();
        // MAX gives its second operand where one is NaN: a NaN never becomes the largest.
        for (int g = 0; g < 32; g++) largest = _mm256_max_ps(magnitude(_mm256_loadu_ps(x + 8 * g)), largest);
        const float top = largest_of(largest);
        float extreme = 0;
        for (int g = 0; g < 32 && top > 0; g++) {
            const __m256 v = magnitude(_mm256_loadu_ps(x + 8 * g));
            const unsigned found = (unsigned)_mm256_movemask_ps(_mm256_cmp_ps(v, _mm256_set1_ps(top), _CMP_EQ_OQ));
            if (found == 0) continue;
            extreme = x[8 * g + __builtin_ctz(found)];
            break;
        }
        if (q8k_is_zero(extreme, out)) continue;
        const float inverse = -127.0f / extreme;
        const __m256 factor = _mm256_set1_ps(inverse);
        for (int g = 0; g < 16; g++) {
            __m256i sum = _mm256_setzero_si256();
            for (int i = 16 * g; i < 16 * g + 16; i += 8) {
                const __m256 lifted = _mm256_add_ps(_mm256_mul_ps(factor, _mm256_loadu_ps(x + i)), lift);
                const __m256i bits = _mm256_and_si256(_mm256_castps_si256(lifted), fraction);
                const __m256i code = _mm256_min_epi32(_mm256_sub_epi32(bits, bias), limit);
                store_low_bytes(out + 4 + i, code);
                sum = _mm256_add_epi32(sum, code);
            }
            q8k_store_sum(out, g, sum_of(sum));
        }
        q8k_store_scale(out, 1.0f / inverse);
    }
}

void avx2_quantize_q80(const float *x, size_t count, uint8_t *out) {
    const __m256 sign_bit = _mm256_set1_ps(-0.0f);
    for (; count >= 32; count -= 32, x += 32, out += HIFI_Q80_BYTES) {
        __m256 largest = _mm256_setzero_ps();
        for (int i = 0; i < 32; i += 8) largest = _mm256_max_ps(magnitude(_mm256_loadu_ps(x + i)), largest);
        const __m256 factor = _mm256_set1_ps(q80_start(largest_of(largest), out));
        for (int i = 0; i < 32; i += 8) {
            const __m256 scaled = _mm256_mul_ps(_mm256_loadu_ps(x + i), factor), size = magnitude(scaled);
            // Away from zero at ties: the whole part, plus one if what is left is a half or more; both steps are exact.
            const __m256 whole = _mm256_round_ps(size, _MM_FROUND_TO_ZERO | _MM_FROUND_NO_EXC);
            const __m256 up = _mm256_cmp_ps(_mm256_sub_ps(size, whole), _mm256_set1_ps(0.5f), _CMP_GE_OQ);
            const __m256 rounded = _mm256_add_ps(whole, _mm256_and_ps(up, _mm256_set1_ps(1)));
            store_low_bytes(out + 2 + i, _mm256_cvttps_epi32(_mm256_or_ps(rounded, _mm256_and_ps(scaled, sign_bit))));
        }
    }
}

void avx2_to_f16(const float *x, size_t count, uint16_t *out) {
    for (; count >= 8; count -= 8, x += 8, out += 8) {
        const __m256 v = _mm256_loadu_ps(x);
        const __m128i half = _mm256_cvtps_ph(v, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC);
        const __m256i nan32 = _mm256_castps_si256(_mm256_cmp_ps(v, v, _CMP_UNORD_Q));
        const __m128i nan = _mm_packs_epi32(_mm256_castsi256_si128(nan32), _mm256_extracti128_si256(nan32, 1));
        const __m128i quiet = _mm_or_si128(_mm_and_si128(half, _mm_set1_epi16((short)0x8000)), _mm_set1_epi16(0x7E00));
        _mm_storeu_si128((__m128i *)out, _mm_blendv_epi8(half, quiet, nan));
    }
    for (size_t i = 0; i < count; i++) out[i] = float_to_half(x[i]);
}

void avx2_to_bf16(const float *x, size_t count, uint16_t *out) {
    for (; count >= 8; count -= 8, x += 8, out += 8) {
        const __m256 v = _mm256_loadu_ps(x);
        const __m256i bits = _mm256_castps_si256(v), odd = _mm256_and_si256(_mm256_srli_epi32(bits, 16), _mm256_set1_epi32(1));
        const __m256i rounded = _mm256_add_epi32(bits, _mm256_add_epi32(odd, _mm256_set1_epi32(0x7FFF)));
        const __m256i quiet = _mm256_or_si256(bits, _mm256_set1_epi32(0x00400000));
        const __m256i nan = _mm256_castps_si256(_mm256_cmp_ps(v, v, _CMP_UNORD_Q));
        const __m256i chosen = _mm256_srli_epi32(_mm256_blendv_epi8(rounded, quiet, nan), 16);
        const __m128i packed = _mm_packus_epi32(_mm256_castsi256_si128(chosen), _mm256_extracti128_si256(chosen, 1));
        _mm_storeu_si128((__m128i *)out, packed);
    }
    for (size_t i = 0; i < count; i++) out[i] = float_to_bf16(x[i]);
}

AVX2_END
#endif
