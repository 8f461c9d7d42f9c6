// NEON with the dot-product instructions (ARMv8.2 and later).
#if defined(__aarch64__)
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#include <arm_neon.h>

#include "signed_codes.h"
#include "tables.h"
#include "unpack.h"

#define NAME(x) neon_dotprod_##x
#define DOT16(a, b) vdotq_s32(vdupq_n_s32(0), a, b)
#include "neon_kernels.h"

INLINE int32x4_t neon_dotprod_add_products(int32x4_t sums, int8x16_t a, int8x16_t b) { return vdotq_s32(sums, a, b); }

#include "neon_gemm.h"
#pragma clang attribute pop

const hifi_kernels hifi_neon_dotprod = {
    .name = "neon",
    ROW_KERNELS(neon_dotprod, scalar, neon, scalar),
    .panel_rows = neon_dotprod_rows,
    .gemm_takes = neon_dotprod_gemm_takes,
    .gemm_scratch = neon_dotprod_gemm_scratch,
    .gemm_panel = neon_dotprod_gemm_panel,
    .scan = scalar_scan,
};
#endif
