// Activations and small floats with NEON; nothing here needs more than every AArch64 has.
#if defined(__aarch64__)
#include <arm_neon.h>

#include "activation.h"
#include "tables.h"

/// The larger magnitudes, as the bits of floats, whose order is that of integers. A NaN counts as nothing, so it never
/// becomes the largest. Not in floating point, where compilers may put in an instruction that lets signalling NaNs through.
INLINE uint32x4_t larger(uint32x4_t largest, const float *x) {
    const uint32x4_t magnitude = vandq_u32(vreinterpretq_u32_f32(vld1q_f32(x)), vdupq_n_u32(0x7FFFFFFF));
    return vmaxq_u32(largest, vandq_u32(magnitude, vcleq_u32(magnitude, vdupq_n_u32(0x7F800000))));
}

/// The low bytes of sixteen 32-bit lanes.
INLINE uint8x16_t low_bytes(const int32x4_t v[4]) {
    const int16x8_t low = vcombine_s16(vmovn_s32(v[0]), vmovn_s32(v[1])), high = vcombine_s16(vmovn_s32(v[2]), vmovn_s32(v[3]));
    return vreinterpretq_u8_s8(vcombine_s8(vmovn_s16(low), vmovn_s16(high)));
}

void neon_quantize_q8k(const float *x, size_t count, uint8_t *out) {
    for (; count >= 256; count -= 256, x += 256, out += HIFI_Q8K_BYTES) {
        uint32x4_t largest = vdupq_n_u32(0);
        for (int i = 0; i < 256; i += 4) largest = larger(largest, x + i);
        const float top = float_of(vmaxvq_u32(largest));
        float extreme = 0;
        // The first of equal magnitudes decides the sign.
        for (int i = 0; i < 256 && top > 0; i++) {
            if (fabsf(x[i]) != top) continue;
            extreme = x[i];
            break;
        }
        if (q8k_is_zero(extreme, out)) continue;
        const float inverse = -127.0f / extreme;
        for (int g = 0; g < 16; g++) {
            int32x4_t codes[4];
            for (int i = 0; i < 4; i++) {
                const float32x4_t scaled = vmulq_f32(vdupq_n_f32(inverse), vld1q_f32(x + 16 * g + 4 * i));
                const float32x4_t lifted = vaddq_f32(scaled, vdupq_n_f32(12582912.0f));
                const int32x4_t fraction = vandq_s32(vreinterpretq_s32_f32(lifted), vdupq_n_s32(0x007FFFFF));
                codes[i] = vminq_s32(vsubq_s32(fraction, vdupq_n_s32(0x00400000)), vdupq_n_s32(127));
            }
            vst1q_u8(out + 4 + 16 * g, low_bytes(codes));
            q8k_store_sum(out, g, vaddvq_s32(vaddq_s32(vaddq_s32(codes[0], codes[1]), vaddq_s32(codes[2], codes[3]))));
        }
        q8k_store_scale(out, 1.0f / inverse);
    }
}

void neon_quantize_q80(const float *x, size_t count, uint8_t *out) {
    for (; count >= 32; count -= 32, x += 32, out += HIFI_Q80_BYTES) {
        uint32x4_t largest = vdupq_n_u32(0);
        for (int i = 0; i < 32; i += 4) largest = larger(largest, x + i);
        const float inverse = q80_start(float_of(vmaxvq_u32(largest)), out);
        for (int half = 0; half < 2; half++) {
            int32x4_t codes[4];
            for (int i = 0; i < 4; i++) {
                const float32x4_t scaled = vmulq_f32(vld1q_f32(x + 16 * half + 4 * i), vdupq_n_f32(inverse));
                // To nearest, ties away from zero. Out of range and NaN become 0, the low byte of what they should be.
                const uint32x4_t in_range = vcltq_f32(vabsq_f32(scaled), vdupq_n_f32(2147483648.0f));
                codes[i] = vandq_s32(vcvtaq_s32_f32(scaled), vreinterpretq_s32_u32(in_range));
            }
            vst1q_u8(out + 2 + 16 * half, low_bytes(codes));
        }
    }
}

void neon_to_f16(const float *x, size_t count, uint16_t *out) {
    for (; count >= 4; count -= 4, x += 4, out += 4) {
        const float32x4_t v = vld1q_f32(x);
        const uint16x4_t half = vreinterpret_u16_f16(vcvt_f16_f32(v)), number = vmovn_u32(vceqq_f32(v, v));
        const uint16x4_t quiet = vorr_u16(vand_u16(half, vdup_n_u16(0x8000)), vdup_n_u16(0x7E00));
        vst1_u16(out, vbsl_u16(number, half, quiet));
    }
    for (size_t i = 0; i < count; i++) out[i] = float_to_half(x[i]);
}

void neon_to_bf16(const float *x, size_t count, uint16_t *out) {
    for (; count >= 4; count -= 4, x += 4, out += 4) {
        const float32x4_t v = vld1q_f32(x);
        const uint32x4_t bits = vreinterpretq_u32_f32(v), odd = vandq_u32(vshrq_n_u32(bits, 16), vdupq_n_u32(1));
        const uint32x4_t rounded = vaddq_u32(bits, vaddq_u32(odd, vdupq_n_u32(0x7FFF)));
        const uint32x4_t quiet = vorrq_u32(bits, vdupq_n_u32(0x00400000));
        vst1_u16(out, vshrn_n_u32(vbslq_u32(vceqq_f32(v, v), rounded, quiet), 16));
    }
    for (size_t i = 0; i < count; i++) out[i] = float_to_bf16(x[i]);
}
#endif
