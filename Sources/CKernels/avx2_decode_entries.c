// Decoding with AVX2 of blocks whose codes name entries of a grid.
#if defined(__x86_64__)
#include "avx2.h"

AVX2_BEGIN

#include "entries.h"
#include "tables.h"

/// Eight signed bytes times a scale. Signs are those of the numbers before they are multiplied: that of a NaN stays as it is (NUM-04).
INLINE void put_eight(float *y, __m128i bytes, __m256 negative, float scale) {
    const __m256 numbers = _mm256_xor_ps(_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(bytes)), negative);
    _mm256_storeu_ps(y, _mm256_mul_ps(numbers, _mm256_set1_ps(scale)));
}

/// The sign bit alone where the bit of the lane is set, eight bits from `first` on.
INLINE __m256 negative_of(const uint32_t *signs, int first) {
    const __m256i turns = _mm256_sub_epi32(_mm256_setr_epi32(31, 30, 29, 28, 27, 26, 25, 24), _mm256_set1_epi32(first));
    const __m256i shifted = _mm256_sllv_epi32(_mm256_set1_epi32((int)*signs), turns);
    return _mm256_and_ps(_mm256_castsi256_ps(shifted), _mm256_set1_ps(-0.0f));
}

INLINE __m128i entry_of_eight(const int8_t *p) { return _mm_loadl_epi64((const __m128i *)p); }

INLINE void put_pair(float *y, const int8_t *first, const int8_t *second, const uint32_t *signs, int half, float scale) {
    put_eight(y, entry_of_eight(first), negative_of(signs, 16 * half), scale);
    put_eight(y + 8, entry_of_eight(second), negative_of(signs, 16 * half + 8), scale);
}

INLINE __m128i entries_of_four(const int8_t *first, const int8_t *second) {
    const __m128i low = _mm_cvtsi32_si128((int)load32((const uint8_t *)first));
    return _mm_insert_epi32(low, (int)load32((const uint8_t *)second), 1);
}

INLINE void put_four(float *y, const int8_t *const e[4], const uint32_t *signs, int half, float scale) {
    put_eight(y, entries_of_four(e[0], e[1]), negative_of(signs, 16 * half), scale);
    put_eight(y + 8, entries_of_four(e[2], e[3]), negative_of(signs, 16 * half + 8), scale);
}

INLINE void put_shifted(float *y, const int8_t *first, const int8_t *second, unsigned shifts, float scale) {
    static const float shift[2] = {0.125f, -0.125f};
    const __m256 a = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(entry_of_eight(first)));
    const __m256 b = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(entry_of_eight(second)));
    const __m256 factor = _mm256_set1_ps(scale);
    _mm256_storeu_ps(y, _mm256_mul_ps(factor, _mm256_add_ps(a, _mm256_set1_ps(shift[shifts & 1]))));
    _mm256_storeu_ps(y + 8, _mm256_mul_ps(factor, _mm256_add_ps(b, _mm256_set1_ps(shift[shifts >> 1]))));
}

INLINE void nibble_scales(const uint8_t *packed, float d, float out[16]) {
    const __m128i bytes = _mm_loadl_epi64((const __m128i *)packed);
    const __m128i mixed = _mm_and_si128(_mm_unpacklo_epi8(bytes, _mm_srli_epi16(bytes, 4)), _mm_set1_epi8(15));
    EACH(i, 2) {
        const __m256 codes = _mm256_cvtepi32_ps(_mm256_cvtepu8_epi32(i == 0 ? mixed : _mm_srli_si128(mixed, 8)));
        const __m256 raised = _mm256_add_ps(_mm256_set1_ps(0.5f), codes);
        _mm256_storeu_ps(out + 8 * i, _mm256_mul_ps(_mm256_mul_ps(_mm256_set1_ps(d), raised), _mm256_set1_ps(0.25f)));
    }
}

#define NAME(kernel) avx2_##kernel
#include "entries_kernels.h"

AVX2_END
#endif
