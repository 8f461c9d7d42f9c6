// NEON for every AArch64: byte products by widening multiplication. Activations are quantized by the portable kernels.
#if defined(__aarch64__)
#include <arm_neon.h>

#include "tables.h"
#include "unpack.h"

INLINE int32x4_t neon_dot16(int8x16_t a, int8x16_t b) {
    const int16x8_t low = vmull_s8(vget_low_s8(a), vget_low_s8(b)), high = vmull_high_s8(a, b);
    return vpadalq_s16(vpaddlq_s16(low), high);
}

#define NAME(x) neon_##x
#define DOT16 neon_dot16
#include "neon_kernels.h"

const hifi_kernels hifi_neon = {
    .name = "neon",
    .decode = DECODE_LIST(neon),
    .dot = DOT_LIST(neon),
    .quantize_q8k = scalar_quantize_q8k,
    .quantize_q80 = scalar_quantize_q80,
    .to_f16 = scalar_to_f16,
    .to_bf16 = scalar_to_bf16,
    ENCODERS(scalar),
    .gemm_takes = gemm_takes_none,
    .scan = scalar_scan,
};
#endif
