// Shared by the AVX-512 files. The level is that of Ice Lake and Zen 4: F, BW, DQ, VL, CD, VNNI, VBMI, GFNI.
#ifndef HIFI_AVX512_H
#define HIFI_AVX512_H

#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "CKernels.h"

#define HIFI_F16C
#define AVX512_BEGIN                                                                                                   \
    _Pragma("clang attribute push(__attribute__((target(\"avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl,\"           \
            \"avx512cd,avx512vnni,avx512vbmi,gfni\"))), apply_to = function)")
#define AVX512_END _Pragma("clang attribute pop")

AVX512_BEGIN

// Inside the region, so that the shared helpers take on its instructions.
#include "common.h"
#include "unpack.h"

/// Sixteen bytes to sixteen 32-bit lanes.
INLINE __m512i widen(const uint8_t *p) { return _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i *)p)); }

#define IOTA _mm512_setr_ps(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)

/// Lane k of a vector in all lanes.
INLINE __m512 lane(__m512 v, int k) { return _mm512_permutexvar_ps(_mm512_set1_epi32(k), v); }

/// The twelve packed bytes of Q3_K as sixteen scales, -32 to 31. Reads the two bytes before them, not after.
INLINE __m128i q3k_scales_vector(const uint8_t *packed) {
    const __m128i raw = _mm_loadu_si128((const __m128i *)(packed - 2));  // bytes 2 to 13 are the scales; qs lies before
    const __m128i low = _mm_shuffle_epi8(raw, _mm_setr_epi8(2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8, 9));
    const __m128i high = _mm_shuffle_epi8(raw, _mm_setr_epi8(10, 11, 12, 13, 10, 11, 12, 13, 10, 11, 12, 13, 10, 11, 12, 13));
    const __m128i low4 = _mm_and_si128(_mm_srlv_epi64(low, _mm_set_epi64x(4, 0)), _mm_set1_epi8(0x0F));
    const __m128i turned = _mm_rolv_epi32(high, _mm_setr_epi32(4, 2, 0, 30));
    // low4 | (turned & 0x30)
    const __m128i code = _mm_ternarylogic_epi32(low4, turned, _mm_set1_epi8(0x30), 0xF8);
    return _mm_sub_epi8(code, _mm_set1_epi8(32));
}

AVX512_END

#endif
