// AVX2 with FMA and F16C: 16 registers of eight numbers.
#if defined(__x86_64__)
// Before the region, so that nothing of the system's takes on its instructions.
#include <math.h>
#include <string.h>

#include "CInference.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c"))), apply_to = function)
#define KERNELS hifi_float_avx2
#define NAME "avx2"
#define LANES 8
#define TILE_ROWS 6
#define REST_ROWS 3
#define TILE_VECTORS 2
#include "float_kernels.h"
#pragma clang attribute pop
#endif
