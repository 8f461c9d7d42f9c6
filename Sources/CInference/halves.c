// Floats of sixteen bits, in integer arithmetic that every processor's vector instructions have.
#include <string.h>

#include "CInference.h"

#pragma STDC FP_CONTRACT OFF

void hifi_from_f16(const void *halves, float *out, size_t count) {
    const unsigned char *source = halves;
    for (size_t i = 0; i < count; i++) {
        uint16_t half;
        memcpy(&half, source + 2 * i, 2);
        const uint32_t magnitude = half & 0x7FFF;
        uint32_t bits = magnitude << 13;
        // With the exponent bias of fp32 the number is 2^112 too small, subnormal or not.
        float value;
        memcpy(&value, &bits, 4);
        value *= 0x1p112f;
        memcpy(&bits, &value, 4);
        bits |= magnitude >= 0x7C00 ? 0x7F800000u : 0;
        bits |= magnitude > 0x7C00 ? 0x00400000u : 0;
        bits |= (uint32_t)(half & 0x8000) << 16;
        memcpy(out + i, &bits, 4);
    }
}

void hifi_from_bf16(const void *halves, float *out, size_t count) {
    const unsigned char *source = halves;
    for (size_t i = 0; i < count; i++) {
        uint16_t half;
        memcpy(&half, source + 2 * i, 2);
        const uint32_t bits = (uint32_t)half << 16;
        memcpy(out + i, &bits, 4);
    }
}
