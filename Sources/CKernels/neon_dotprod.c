// NEON with the dot-product instructions (ARMv8.2 and later).
#if defined(__aarch64__)
#pragma clang attribute push(__attribute__((target("dotprod"))), apply_to = function)
#include <arm_neon.h>

#include "tables.h"
#include "unpack.h"

#define NAME(x) neon_dotprod_##x
#define DOT16(a, b) vdotq_s32(vdupq_n_s32(0), a, b)
#include "neon_kernels.h"
#pragma clang attribute pop

const hifi_kernels hifi_neon_dotprod = {
    .name = "neon",
    .decode = DECODE_LIST(neon_dotprod),
    .dot = DOT_LIST(neon_dotprod),
    .quantize_q8k = scalar_quantize_q8k,
    .quantize_q80 = scalar_quantize_q80,
    .to_f16 = scalar_to_f16,
    .to_bf16 = scalar_to_bf16,
    ENCODERS(scalar),
    .gemm_takes = gemm_takes_none,
    .scan = scalar_scan,
};
#endif
