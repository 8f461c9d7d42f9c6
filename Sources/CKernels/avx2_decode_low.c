// Decoding with AVX2 of blocks with one or two bits a weight, and of NVFP4.
#if defined(__x86_64__)
#include "avx2.h"

AVX2_BEGIN

#include "tables.h"

#define LANES 8
typedef __m256i ints;
typedef __m256 floats;

INLINE floats products(const int8_t *codes, float scale) {
    const __m256i integers = _mm256_cvtepi8_epi32(_mm_loadl_epi64((const __m128i *)codes));
    return _mm256_mul_ps(_mm256_cvtepi32_ps(integers), _mm256_set1_ps(scale));
}

INLINE ints broadcast(uint32_t word) { return _mm256_set1_epi32((int)word); }
INLINE ints load(const int32_t *words) { return _mm256_loadu_si256((const __m256i *)words); }
INLINE ints right(ints v, ints turns) { return _mm256_srlv_epi32(v, turns); }
INLINE ints right_by(ints v, int turn) { return _mm256_srli_epi32(v, turn); }
INLINE floats looked_up(floats table, ints index) { return _mm256_permutevar8x32_ps(table, index); }
INLINE void put(float *y, floats v) { _mm256_storeu_ps(y, v); }
INLINE ints times(ints v, ints w) { return _mm256_mullo_epi16(v, w); }
INLINE ints thrice(ints v) { return _mm256_add_epi16(v, _mm256_add_epi16(v, v)); }
INLINE ints upper_of_thrice(ints v) { return _mm256_mulhi_epu16(v, _mm256_set1_epi16(3)); }

#define NAME(kernel) avx2_##kernel
#include "low_kernels.h"

void avx2_decode_nvfp4(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const __m128i values = _mm_loadu_si128((const __m128i *)mxfp4_values);
    for (; count > 0; count--, b += f->stride, y += 64) {
        float scales[4];
        nvfp4_scales(FIELD(b, hifi_nvfp4, d), scales);
        EACH(s, 4) {
            const __m128i q = _mm_loadl_epi64((const __m128i *)(FIELD(b, hifi_nvfp4, qs) + 8 * s));
            const __m256 scale = _mm256_set1_ps(scales[s]);
            EACH(side, 2) {
                const __m128i codes = _mm_and_si128(side == 0 ? q : _mm_srli_epi16(q, 4), _mm_set1_epi8(15));
                const __m256i numbers = _mm256_cvtepi8_epi32(_mm_shuffle_epi8(values, codes));
                put(y + 16 * s + 8 * side, _mm256_mul_ps(_mm256_cvtepi32_ps(numbers), scale));
            }
        }
    }
}

AVX2_END
#endif
