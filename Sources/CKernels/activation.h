// Rounding rules of activations and of the small float types, one value at a time.
#ifndef HIFI_ACTIVATION_H
#define HIFI_ACTIVATION_H

#include "common.h"

INLINE void q8k_store_scale(uint8_t *block, float d) { memcpy(block, &d, 4); }

INLINE void q8k_store_sum(uint8_t *block, int group, int32_t sum) {
    const int16_t low = (int16_t)sum;
    memcpy(block + offsetof(hifi_q8_k, bsums) + 2 * group, &low, 2);
}

/// A block without any magnitude above zero is all zero bytes.
INLINE int q8k_is_zero(float extreme, uint8_t *block) {
    if (extreme != 0) return 0;
    memset(block, 0, HIFI_Q8K_BYTES);
    return 1;
}

/// To nearest, ties to even, by the sum with 1.5 * 2^23, at most 127. Defined by these bits for any input.
INLINE int32_t q8k_code(float scaled) {
    const int32_t code = (int32_t)(bits_of(scaled + 12582912.0f) & 0x007FFFFF) - 0x00400000;
    return code < 127 ? code : 127;
}

INLINE uint16_t float_to_half(float x) {
    const uint32_t bits = bits_of(x), magnitude = bits & 0x7FFFFFFF;
    const uint16_t sign = (uint16_t)(bits >> 16 & 0x8000);
    if (magnitude > 0x7F800000) return sign | 0x7E00;
    if (magnitude >= 0x477FF000) return sign | 0x7C00;
    if (magnitude >= 0x38800000) {
        const uint32_t rebased = magnitude - (112u << 23);
        return sign | (uint16_t)((rebased + 0x0FFF + (rebased >> 13 & 1)) >> 13);
    }
    // Subnormal in fp16: adding 0.5 leaves the multiple of 2^-24 in the lowest bits, rounded by the addition itself.
    return sign | (uint16_t)(bits_of(float_of(magnitude) + 0.5f) - 0x3F000000);
}

INLINE uint16_t float_to_bf16(float x) {
    const uint32_t bits = bits_of(x);
    if ((bits & 0x7FFFFFFF) > 0x7F800000) return (uint16_t)(bits >> 16) | 0x40;
    return (uint16_t)((bits + 0x7FFF + (bits >> 16 & 1)) >> 16);
}

/// Stores the scale of a Q8_0 block; returns the inverse that the codes are found with.
INLINE float q80_start(float largest, uint8_t *block) {
    const float step = largest / 127.0f;
    const uint16_t stored = float_to_half(step);
    memcpy(block, &stored, 2);
    return step != 0 ? 1.0f / step : 0.0f;
}

/// To nearest, ties away from zero; out of range and NaN as the conversion instruction has it, INT32_MIN.
INLINE int32_t q80_code(float scaled) {
    const float magnitude = fabsf(scaled);
    if (!(magnitude < 8388608.0f)) return magnitude < 2147483648.0f ? (int32_t)scaled : INT32_MIN;
    const int32_t whole = (int32_t)magnitude;
    const int32_t rounded = whole + (magnitude - (float)whole >= 0.5f);
    return scaled < 0 ? -rounded : rounded;
}

#endif
