// Decoding with AVX-512 of blocks with one or two bits a weight, and of NVFP4.
#if defined(__x86_64__)
#include "avx512.h"

AVX512_BEGIN

#include "tables.h"

#define LANES 16
typedef __m512i ints;
typedef __m512 floats;

INLINE floats products(const int8_t *codes, float scale) {
    const __m512i integers = _mm512_cvtepi8_epi32(_mm_loadu_si128((const __m128i *)codes));
    return _mm512_mul_ps(_mm512_cvtepi32_ps(integers), _mm512_set1_ps(scale));
}

INLINE ints broadcast(uint32_t word) { return _mm512_set1_epi32((int)word); }
INLINE ints load(const int32_t *words) { return _mm512_loadu_si512(words); }
INLINE ints right(ints v, ints turns) { return _mm512_srlv_epi32(v, turns); }
INLINE ints right_by(ints v, int turn) { return _mm512_srli_epi32(v, (unsigned)turn); }
INLINE floats looked_up(floats table, ints index) { return _mm512_permutexvar_ps(index, table); }
INLINE void put(float *y, floats v) { _mm512_storeu_ps(y, v); }
INLINE ints times(ints v, ints w) { return _mm512_mullo_epi16(v, w); }
INLINE ints thrice(ints v) { return _mm512_add_epi16(v, _mm512_add_epi16(v, v)); }
INLINE ints upper_of_thrice(ints v) { return _mm512_mulhi_epu16(v, _mm512_set1_epi16(3)); }

#define NAME(kernel) avx512_##kernel
#include "low_kernels.h"

void avx512_decode_nvfp4(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const ints turns = _mm512_setr_epi32(0, 0, 0, 0, 0, 0, 0, 0, 4, 4, 4, 4, 4, 4, 4, 4);
    for (; count > 0; count--, b += f->stride, y += 64) {
        float scales[4];
        nvfp4_scales(FIELD(b, hifi_nvfp4, d), scales);
        EACH(s, 4) {
            // The same eight bytes twice, for their low and their high nibbles. The lookup takes four bits.
            const __m128i q = _mm_set1_epi64x((long long)load64(FIELD(b, hifi_nvfp4, qs) + 8 * s));
            const ints codes = right(_mm512_cvtepu8_epi32(q), turns);
            put(y + 16 * s, looked_up(products(mxfp4_values, scales[s]), codes));
        }
    }
}

AVX512_END
#endif
