// Decoding with AVX-512 of blocks whose codes name entries of a grid.
#if defined(__x86_64__)
#include "avx512.h"

AVX512_BEGIN

#include "entries.h"
#include "tables.h"

/// Sixteen signed bytes times a scale. Signs are those of the numbers before they are multiplied: that of a NaN stays as it is (NUM-04).
INLINE void put_sixteen(float *y, __m128i bytes, const uint32_t *signs, int half, float scale) {
    const __m512i turns = _mm512_sub_epi32(
        _mm512_setr_epi32(31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18, 17, 16), _mm512_set1_epi32(16 * half));
    const __m512i shifted = _mm512_sllv_epi32(_mm512_set1_epi32((int)*signs), turns);
    const __m512i numbers = _mm512_castps_si512(_mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(bytes)));
    // numbers ^ (shifted & the sign bit)
    const __m512i signed_numbers = _mm512_ternarylogic_epi32(numbers, shifted, _mm512_set1_epi32((int)0x80000000), 0x78);
    _mm512_storeu_ps(y, _mm512_mul_ps(_mm512_castsi512_ps(signed_numbers), _mm512_set1_ps(scale)));
}

INLINE __m128i both(const int8_t *first, const int8_t *second) {
    return _mm_insert_epi64(_mm_loadl_epi64((const __m128i *)first), (long long)load64((const uint8_t *)second), 1);
}

INLINE void put_pair(float *y, const int8_t *first, const int8_t *second, const uint32_t *signs, int half, float scale) {
    put_sixteen(y, both(first, second), signs, half, scale);
}


INLINE void put_four(float *y, const int8_t *const e[4], const uint32_t *signs, int half, float scale) {
    __m128i bytes = _mm_cvtsi32_si128((int)load32((const uint8_t *)e[0]));
    bytes = _mm_insert_epi32(bytes, (int)load32((const uint8_t *)e[1]), 1);
    bytes = _mm_insert_epi32(bytes, (int)load32((const uint8_t *)e[2]), 2);
    bytes = _mm_insert_epi32(bytes, (int)load32((const uint8_t *)e[3]), 3);
    put_sixteen(y, bytes, signs, half, scale);
}

INLINE void put_shifted(float *y, const int8_t *first, const int8_t *second, unsigned shifts, float scale) {
#define EIGHT(x) x, x, x, x, x, x, x, x
    static const float shift[4][16] __attribute__((aligned(64))) = {
        {EIGHT(0.125f), EIGHT(0.125f)}, {EIGHT(-0.125f), EIGHT(0.125f)}, {EIGHT(0.125f), EIGHT(-0.125f)}, {EIGHT(-0.125f), EIGHT(-0.125f)},
    };
#undef EIGHT
    const __m512 numbers = _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(both(first, second)));
    _mm512_storeu_ps(y, _mm512_mul_ps(_mm512_set1_ps(scale), _mm512_add_ps(numbers, _mm512_load_ps(shift[shifts]))));
}

INLINE void nibble_scales(const uint8_t *packed, float d, float out[16]) {
    const __m128i bytes = _mm_loadl_epi64((const __m128i *)packed);
    const __m128i mixed = _mm_and_si128(_mm_unpacklo_epi8(bytes, _mm_srli_epi16(bytes, 4)), _mm_set1_epi8(15));
    const __m512 raised = _mm512_add_ps(_mm512_set1_ps(0.5f), _mm512_cvtepi32_ps(_mm512_cvtepu8_epi32(mixed)));
    _mm512_storeu_ps(out, _mm512_mul_ps(_mm512_mul_ps(_mm512_set1_ps(d), raised), _mm512_set1_ps(0.25f)));
}

#define NAME(kernel) avx512_##kernel
#include "entries_kernels.h"

AVX512_END
#endif
