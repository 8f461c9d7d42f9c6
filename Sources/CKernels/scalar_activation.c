// Activations to Q8_K and Q8_0, and fp32 to the smaller float types, in portable C. The table of the scalar kernels.
#include "activation.h"
#include "tables.h"

void scalar_quantize_q8k(const float *x, size_t count, uint8_t *out) {
    for (; count >= 256; count -= 256, x += 256, out += HIFI_Q8K_BYTES) {
        float largest = 0, extreme = 0;
        for (int i = 0; i < 256; i++) {
            const float magnitude = fabsf(x[i]);
            if (magnitude > largest) largest = magnitude, extreme = x[i];
        }
        if (q8k_is_zero(extreme, out)) continue;
        const float inverse = -127.0f / extreme;
        for (int g = 0; g < 16; g++) {
            int32_t sum = 0;
            for (int i = 16 * g; i < 16 * g + 16; i++) {
                const int32_t code = q8k_code(inverse * x[i]);
                out[4 + i] = (uint8_t)code;
                sum += code;
            }
            q8k_store_sum(out, g, sum);
        }
        q8k_store_scale(out, 1.0f / inverse);
    }
}

void scalar_quantize_q80(const float *x, size_t count, uint8_t *out) {
    for (; count >= 32; count -= 32, x += 32, out += HIFI_Q80_BYTES) {
        float largest = 0;
        for (int i = 0; i < 32; i++) {
            if (fabsf(x[i]) > largest) largest = fabsf(x[i]);
        }
        const float inverse = q80_start(largest, out);
        for (int i = 0; i < 32; i++) out[2 + i] = (uint8_t)q80_code(x[i] * inverse);
    }
}

void scalar_to_f16(const float *x, size_t count, uint16_t *out) {
    for (size_t i = 0; i < count; i++) out[i] = float_to_half(x[i]);
}

void scalar_to_bf16(const float *x, size_t count, uint16_t *out) {
    for (size_t i = 0; i < count; i++) out[i] = float_to_bf16(x[i]);
}

int gemm_takes_none(const hifi_format *format) {
    (void)format;
    return 0;
}

const hifi_kernels hifi_scalar = {
    .name = "scalar",
    ROW_KERNELS(scalar, scalar, scalar, scalar),
    .gemm_takes = gemm_takes_none,
    .scan = scalar_scan,
};
