// Scales, minima and single weights of the block layouts in portable C.
#ifndef HIFI_UNPACK_H
#define HIFI_UNPACK_H

#include "common.h"

/// The sixteen scale codes of Q3_K, 0 to 63 (Q3K-05), eight to a word.
typedef struct { uint64_t lower, upper; } q3k_codes;

INLINE q3k_codes q3k_scale_codes(const uint8_t *packed) {
    const uint64_t low = load64(packed);
    const uint32_t high = load32(packed + 8);
    return (q3k_codes){
        (low & 0x0F0F0F0F0F0F0F0F) | (high << 4 & 0x30303030) | (uint64_t)(high << 2 & 0x30303030) << 32,
        (low >> 4 & 0x0F0F0F0F0F0F0F0F) | (high & 0x30303030) | (uint64_t)(high >> 2 & 0x30303030) << 32,
    };
}

/// The sixteen scales of Q3_K, -32 to 31 (Q3K-06).
INLINE void q3k_scales(const uint8_t *packed, int8_t scales[16]) {
    const q3k_codes codes = q3k_scale_codes(packed);
    memcpy(scales, &codes, 16);
    for (int s = 0; s < 16; s++) scales[s] = (int8_t)(scales[s] - 32);
}

/// The eight scales and minima of Q4_K and Q5_K, 0 to 63 (Q4K-03, Q4K-04): scales in bytes 0 to 7, minima in 8 to 15.
INLINE void q4k_scales(const uint8_t *packed, uint8_t out[16]) {
    const uint32_t a = load32(packed), b = load32(packed + 4), c = load32(packed + 8);
    const uint32_t words[4] = {
        a & 0x3F3F3F3F,
        (c & 0x0F0F0F0F) | (a >> 2 & 0x30303030),
        b & 0x3F3F3F3F,
        (c >> 4 & 0x0F0F0F0F) | (b >> 2 & 0x30303030),
    };
    memcpy(out, words, 16);
}

/// The eight scales of IQ4_XS, -32 to 31 (IQ4XS-02), a byte each from the lowest on. Of halves, quarters and eighths the upper one is
/// moved away from the lower, until each scale has a byte.
INLINE uint64_t iq4xs_scale_bytes(const uint8_t *b) {
    uint64_t low = load32(FIELD(b, hifi_iq4_xs, scales_l)), high = load16(FIELD(b, hifi_iq4_xs, scales_h));
    low = (low | low << 16) & 0x0000FFFF0000FFFF;
    low = (low | low << 8) & 0x00FF00FF00FF00FF;
    low = (low | low << 4) & 0x0F0F0F0F0F0F0F0F;
    high = (high | high << 24) & 0x000000FF000000FF;
    high = (high | high << 12) & 0x000F000F000F000F;
    high = (high | high << 6) & 0x0303030303030303;
    // Less 32 in each byte: bit 5 is turned and stands for the sign.
    const uint64_t turned = (low | high << 4) ^ 0x2020202020202020;
    return turned | (turned & 0x2020202020202020) * 6;
}

INLINE void iq4xs_scales(const uint8_t *b, int8_t scales[8]) {
    const uint64_t bytes = iq4xs_scale_bytes(b);
    memcpy(scales, &bytes, 8);
}

/// What the nibbles of IQ4_NL and IQ4_XS stand for.
__attribute__((unused)) static const int8_t iq4_values[16] = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113,
};
/// Twice the numbers of E2M1; its negative zero is zero.
__attribute__((unused)) static const int8_t mxfp4_values[16] = {0, 1, 2, 3, 4, 6, 8, 12, 0, -1, -2, -3, -4, -6, -8, -12};

static inline weight_parts q2k_part(const uint8_t *b, unsigned i) {
    const unsigned s = FIELD(b, hifi_q2_k, scales)[i / 16];
    const unsigned q = FIELD(b, hifi_q2_k, qs)[32 * (i / 128) + i % 32] >> (2 * (i / 32 % 4)) & 3;
    return (weight_parts){(int32_t)((s & 15) * q), (int32_t)(s >> 4)};
}

static inline weight_parts q3k_part(const uint8_t *b, unsigned i) {
    const uint8_t *packed = FIELD(b, hifi_q3_k, scales);
    const unsigned group = i / 16;
    const unsigned low = packed[group % 8] >> (group < 8 ? 0 : 4) & 15, high = packed[8 + group % 4] >> (2 * (group / 4)) & 3;
    const unsigned q = FIELD(b, hifi_q3_k, qs)[32 * (i / 128) + i % 32] >> (2 * (i / 32 % 4)) & 3;
    const unsigned h = FIELD(b, hifi_q3_k, hmask)[i % 32] >> (i / 32) & 1;
    return (weight_parts){((int32_t)(low | high << 4) - 32) * ((int32_t)(q | h << 2) - 4), 0};
}

static inline weight_parts q4k_scaled(const uint8_t *packed, unsigned group, unsigned code) {
    uint8_t scales[16];
    q4k_scales(packed, scales);
    return (weight_parts){(int32_t)(scales[group] * code), scales[8 + group]};
}

static inline weight_parts q4k_part(const uint8_t *b, unsigned i) {
    const unsigned q = FIELD(b, hifi_q4_k, qs)[32 * (i / 64) + i % 32] >> (4 * (i / 32 % 2)) & 15;
    return q4k_scaled(FIELD(b, hifi_q4_k, scales), i / 32, q);
}

static inline weight_parts q5k_part(const uint8_t *b, unsigned i) {
    const unsigned q = FIELD(b, hifi_q5_k, qs)[32 * (i / 64) + i % 32] >> (4 * (i / 32 % 2)) & 15;
    const unsigned h = FIELD(b, hifi_q5_k, qh)[i % 32] >> (i / 32) & 1;
    return q4k_scaled(FIELD(b, hifi_q5_k, scales), i / 32, q | h << 4);
}

static inline weight_parts q6k_part(const uint8_t *b, unsigned i) {
    const unsigned half = i / 128, nibble = i / 64 % 2, mid = i / 32 % 2, lane = i % 32;
    const unsigned low = FIELD(b, hifi_q6_k, ql)[64 * half + 32 * mid + lane] >> (4 * nibble) & 15;
    const unsigned high = FIELD(b, hifi_q6_k, qh)[32 * half + lane] >> (4 * nibble + 2 * mid) & 3;
    return (weight_parts){(int8_t)FIELD(b, hifi_q6_k, scales)[i / 16] * ((int32_t)(low | high << 4) - 32), 0};
}

#endif
