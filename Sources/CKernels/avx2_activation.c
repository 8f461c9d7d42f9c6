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

/// The larger magnitudes of 32 values as the bits of floats, whose order is that of integers: a NaN is the largest.
INLINE __m256i q80_largest(const float *x) {
    __m256i v[4];
    EACH(i, 4) v[i] = _mm256_and_si256(_mm256_loadu_si256((const __m256i *)x + i), _mm256_set1_epi32(0x7FFFFFFF));
    return _mm256_max_epi32(_mm256_max_epi32(v[0], v[1]), _mm256_max_epi32(v[2], v[3]));
}

/// Lanes of a and b compared in pairs: of each 128 bits two of a, then two of b.
INLINE __m256i max_of_lanes(__m256i a, __m256i b) {
    const __m256 even = _mm256_shuffle_ps(_mm256_castsi256_ps(a), _mm256_castsi256_ps(b), 0x88);
    const __m256 odd = _mm256_shuffle_ps(_mm256_castsi256_ps(a), _mm256_castsi256_ps(b), 0xDD);
    return _mm256_max_epi32(_mm256_castps_si256(even), _mm256_castps_si256(odd));
}

/// Sixteen values to nearest, ties away from zero: their doubles without a fraction, halved, the non-negative rounded up
/// and the negative down. `twice` is the double of the inverse of the step.
INLINE __m256i q80_codes(const float *x, __m256 twice) {
    const __m256i low = _mm256_cvttps_epi32(_mm256_mul_ps(_mm256_loadu_ps(x), twice));
    const __m256i high = _mm256_cvttps_epi32(_mm256_mul_ps(_mm256_loadu_ps(x + 8), twice));
    const __m256i doubles = _mm256_packs_epi32(low, high);
    return _mm256_srai_epi16(_mm256_sub_epi16(doubles, _mm256_cmpgt_epi16(doubles, _mm256_set1_epi16(-1))), 1);
}

/// Eight blocks: their scales and inverses are one vector each.
INLINE void q80_eight_blocks(const float *x, uint8_t *out) {
    __m256i v[8];
    EACH(k, 8) v[k] = q80_largest(x + 32 * k);
    EACH(k, 4) v[k] = max_of_lanes(v[2 * k], v[2 * k + 1]);
    EACH(k, 2) v[k] = max_of_lanes(v[2 * k], v[2 * k + 1]);
    const __m256i low = _mm256_permute2x128_si256(v[0], v[1], 0x20), high = _mm256_permute2x128_si256(v[0], v[1], 0x31);
    const __m256i largest = _mm256_max_epi32(low, high), zero = _mm256_cmpeq_epi32(largest, _mm256_setzero_si256());
    // Not finite, or a step that is subnormal: its inverse may be infinite. All other codes fit a byte.
    const __m256i beyond = _mm256_cmpgt_epi32(largest, _mm256_set1_epi32(0x7F7FFFFF));
    const __m256i tiny = _mm256_andnot_si256(zero, _mm256_cmpgt_epi32(_mm256_set1_epi32(0x04000000), largest));
    if (__builtin_expect(!_mm256_testz_si256(_mm256_or_si256(beyond, tiny), _mm256_set1_epi32(-1)), 0)) {
        scalar_quantize_q80(x, 256, out);
        return;
    }
    const __m256 step = _mm256_div_ps(_mm256_castsi256_ps(largest), _mm256_set1_ps(127));
    const __m256 twice = _mm256_andnot_ps(_mm256_castsi256_ps(zero), _mm256_div_ps(_mm256_set1_ps(2), step));
    float factors[8];
    uint16_t scales[8];
    _mm256_storeu_ps(factors, twice);
    _mm_storeu_si128((__m128i *)scales, _mm256_cvtps_ph(step, _MM_FROUND_TO_NEAREST_INT | _MM_FROUND_NO_EXC));
    const __m256i order = _mm256_setr_epi32(0, 4, 1, 5, 2, 6, 3, 7);
    EACH(k, 8) {
        uint8_t *block = out + k * HIFI_Q80_BYTES;
        const __m256 factor = _mm256_set1_ps(factors[k]);
        const __m256i bytes = _mm256_packs_epi16(q80_codes(x + 32 * k, factor), q80_codes(x + 32 * k + 16, factor));
        memcpy(block, scales + k, 2);
        _mm256_storeu_si256((__m256i *)(block + 2), _mm256_permutevar8x32_epi32(bytes, order));
    }
}

void avx2_quantize_q80(const float *x, size_t count, uint8_t *out) {
    for (; count >= 256; count -= 256, x += 256, out += 8 * HIFI_Q80_BYTES) q80_eight_blocks(x, out);
    scalar_quantize_q80(x, count, out);
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
