// NEON for every AArch64: byte products by widening multiplication.
#if defined(__aarch64__)
#include <arm_neon.h>

#include "signed_codes.h"
#include "tables.h"
#include "unpack.h"

INLINE int32x4_t neon_dot16(int8x16_t a, int8x16_t b) {
    const int16x8_t low = vmull_s8(vget_low_s8(a), vget_low_s8(b)), high = vmull_high_s8(a, b);
    return vpadalq_s16(vpaddlq_s16(low), high);
}

/// sums + the products of each four bytes. A product of two bytes fits 16 bits, a sum of two such may not.
INLINE int32x4_t neon_add_products(int32x4_t sums, int8x16_t a, int8x16_t b) {
    const int16x8_t low = vmull_s8(vget_low_s8(a), vget_low_s8(b)), high = vmull_high_s8(a, b);
    return vaddq_s32(sums, vpaddq_s32(vpaddlq_s16(low), vpaddlq_s16(high)));
}

#define NAME(x) neon_##x
#define DOT16 neon_dot16
#include "neon_kernels.h"
#include "neon_gemm.h"

const hifi_kernels hifi_neon = {
    .name = "neon",
    ROW_KERNELS(neon, scalar, neon, scalar),
    .panel_rows = neon_rows,
    .gemm_takes = neon_gemm_takes,
    .gemm_scratch = neon_gemm_scratch,
    .gemm_panel = neon_gemm_panel,
    .scan = scalar_scan,
};
#endif
