// Shared by the AVX2 files, which also use FMA (never for values that are compared bit for bit) and F16C.
#ifndef HIFI_AVX2_H
#define HIFI_AVX2_H

#include <immintrin.h>
#include <math.h>
#include <string.h>

#include "CKernels.h"

#define HIFI_F16C
#define AVX2_BEGIN _Pragma("clang attribute push(__attribute__((target(\"avx2,fma,f16c\"))), apply_to = function)")
#define AVX2_END _Pragma("clang attribute pop")

AVX2_BEGIN

// Inside the region, so that the shared helpers take on its instructions.
#include "common.h"
#include "unpack.h"

/// Eight bytes to eight 32-bit lanes.
INLINE __m256i widen(const uint8_t *p) { return _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)p)); }

AVX2_END

#endif
