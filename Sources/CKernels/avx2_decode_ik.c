// Decoding with AVX2 of the formats of ik_llama.cpp.
#if defined(__x86_64__)
#include "avx2.h"

AVX2_BEGIN

#include "tables.h"

/// Sixteen of the values in both halves.
INLINE __m256i sixteen_values(const int8_t *values) { return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)values)); }

/// Lookups of 32 codes; each sixteen values take one, and the bits above choose between them.
INLINE __m256i numbers_of(__m256i codes, const int8_t *values, int count) {
    const __m256i first = _mm256_shuffle_epi8(sixteen_values(values), codes);
    if (count <= 16) return first;
    const __m256i bit4 = _mm256_slli_epi16(codes, 3), bit5 = _mm256_slli_epi16(codes, 2);
    const __m256i low = _mm256_blendv_epi8(first, _mm256_shuffle_epi8(sixteen_values(values + 16), codes), bit4);
    if (count <= 32) return low;
    const __m256i third = _mm256_shuffle_epi8(sixteen_values(values + 32), codes);
    const __m256i high = _mm256_blendv_epi8(third, _mm256_shuffle_epi8(sixteen_values(values + 48), codes), bit4);
    return _mm256_blendv_epi8(low, high, bit5);
}

INLINE void put_numbers(float *y, const uint8_t codes[256], const int8_t *values, int count, const float scales[16]) {
    EACH(i, 8) {
        const __m256i numbers = numbers_of(_mm256_loadu_si256((const __m256i *)codes + i), values, count);
        EACH(side, 2) {
            const __m128i half = side == 0 ? _mm256_castsi256_si128(numbers) : _mm256_extracti128_si256(numbers, 1);
            const __m256 scale = _mm256_set1_ps(scales[2 * i + side]);
            EACH(k, 2) {
                const __m256i wide = _mm256_cvtepi8_epi32(k == 0 ? half : _mm_srli_si128(half, 8));
                _mm256_storeu_ps(y + 32 * i + 16 * side + 8 * k, _mm256_mul_ps(scale, _mm256_cvtepi32_ps(wide)));
            }
        }
    }
}

#define NAME(kernel) avx2_##kernel
#include "ik_codebook_kernels.h"
#include "ik_other_kernels.h"

AVX2_END
#endif
