// Decoding with AVX-512 of the formats of ik_llama.cpp.
#if defined(__x86_64__)
#include "avx512.h"

AVX512_BEGIN

#include "tables.h"

/// One lookup serves 64 codes: it takes six bits.
INLINE void put_numbers(float *y, const uint8_t codes[256], const int8_t *values, int count, const float scales[16]) {
    const __m512i table = count <= 16   ? _mm512_castsi128_si512(_mm_loadu_si128((const __m128i *)values))
                          : count <= 32 ? _mm512_castsi256_si512(_mm256_loadu_si256((const __m256i *)values))
                                        : _mm512_loadu_si512(values);
    EACH(i, 4) {
        int8_t numbers[64];
        _mm512_storeu_si512(numbers, _mm512_permutexvar_epi8(_mm512_loadu_si512(codes + 64 * i), table));
        EACH(k, 4) {
            const __m512 wide = _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)numbers + k)));
            _mm512_storeu_ps(y + 64 * i + 16 * k, _mm512_mul_ps(_mm512_set1_ps(scales[4 * i + k]), wide));
        }
    }
}

#define NAME(kernel) avx512_##kernel
#include "ik_codebook_kernels.h"
#include "ik_other_kernels.h"

AVX512_END
#endif
