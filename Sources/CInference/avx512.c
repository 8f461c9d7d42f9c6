// AVX-512 F: 32 registers of sixteen numbers.
#if defined(__x86_64__)
// Before the region, so that nothing of the system's takes on its instructions.
#include <math.h>
#include <string.h>

#include "CInference.h"

#pragma clang attribute push(__attribute__((target("avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl"))), apply_to = function)
#define KERNELS hifi_float_avx512
#define NAME "avx512"
#define LANES 16
#define TILE_ROWS 12
#define REST_ROWS 4
#define TILE_VECTORS 2
#include "float_kernels.h"
#pragma clang attribute pop
#endif
