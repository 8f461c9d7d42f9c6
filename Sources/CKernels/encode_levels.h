// TQ1_0, TQ2_0 and Q2_0 (ENC-28, ENC-29): one scale, the largest magnitude, and a level for each weight. Importances play no part.
#ifndef HIFI_ENCODE_LEVELS_H
#define HIFI_ENCODE_LEVELS_H

#include "encode_small.h"

/// Levels of `count` weights, a multiple of sixteen: 2 from half the largest magnitude on, 0 down to its negative, else 1. All are
/// `of_none` where that magnitude has no finite inverse. Returns the magnitude.
INLINE float three_levels(const float *x, int count, uint8_t of_none, uint8_t *levels) {
    sixteen_i most = (sixteen_i)0;
    for (int i = 0; i < count; i += 16) {
        sixteen_i v;
        memcpy(&v, x + i, sizeof v);
        // Magnitudes of finite numbers are in the order of their bits.
        most = __builtin_elementwise_max(most, v & 0x7FFFFFFF);
    }
    const int32_t bits = __builtin_reduce_max(most);
    float largest;
    memcpy(&largest, &bits, sizeof largest);
    const float inverse = largest != 0.0f ? 1.0f / largest : 0.0f;
    if (!__builtin_isfinite(inverse)) {
        memset(levels, of_none, (size_t)count);
        return largest;
    }
    for (int i = 0; i < count; i += 16) {
        sixteen_f v;
        memcpy(&v, x + i, sizeof v);
        v = v * inverse;
        const sixteen_i level = 1 - (v >= 0.5f) + (v <= -0.5f);
        const sixteen_b bytes = __builtin_convertvector(level, sixteen_b);
        memcpy(levels + i, &bytes, sizeof bytes);
    }
    return largest;
}

/// Bytes of five digits each, the first highest: digit k of byte j is levels[k * count + j]. Of four digits the fifth is 0.
///
/// A byte is the least fraction of 256 that has the digits: with their number n, 256 n / 243 rounded up, or n + (13 n + 242) / 243.
INLINE void pack_ternary(const uint8_t *levels, int count, int digits, uint8_t *out) {
    for (int j = 0; j < count; j++) {
        uint32_t n = 0;
        for (int k = 0; k < 5; k++) n = 3 * n + (k < digits ? levels[k * count + j] : 0);
        // Of numbers below 4617 this is the quotient.
        out[j] = (uint8_t)(n + ((13 * n + 242) * 1079 >> 18));
    }
}

int NAME(encode_tq10)(const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out) {
    (void)importance, (void)row_blocks;
    int infinite = 0;
    for (size_t b = 0; b < blocks; b++, x += 256, out += e->stride) {
        uint8_t levels[256];
        const float largest = three_levels(x, 256, 1, levels);
        pack_ternary(levels, 32, 5, FIELD(out, hifi_tq1_0, qs));
        pack_ternary(levels + 160, 16, 5, FIELD(out, hifi_tq1_0, qs) + 32);
        pack_ternary(levels + 240, 4, 4, FIELD(out, hifi_tq1_0, qh));
        infinite |= not_finite(store_half(largest, FIELD(out, hifi_tq1_0, d)));
    }
    return infinite;
}

int NAME(encode_tq20)(const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out) {
    (void)importance, (void)row_blocks;
    int infinite = 0;
    for (size_t b = 0; b < blocks; b++, x += 256, out += e->stride) {
        uint8_t levels[256];
        const float largest = three_levels(x, 256, 1, levels);
        uint8_t *qs = FIELD(out, hifi_tq2_0, qs);
        for (int half = 0; half < 2; half++) {
            const uint8_t *level = levels + 128 * half;
            for (int l = 0; l < 32; l++) {
                qs[32 * half + l] = (uint8_t)(level[l] | level[32 + l] << 2 | level[64 + l] << 4 | level[96 + l] << 6);
            }
        }
        infinite |= not_finite(store_half(largest, FIELD(out, hifi_tq2_0, d)));
    }
    return infinite;
}

int NAME(encode_q20)(const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out) {
    (void)importance, (void)row_blocks;
    int infinite = 0;
    for (size_t b = 0; b < blocks; b++, x += 64, out += e->stride) {
        uint8_t levels[64];
        const float largest = three_levels(x, 64, 0, levels);
        uint8_t *qs = FIELD(out, hifi_q2_0, qs);
        for (int j = 0; j < 16; j++) {
            const uint8_t *level = levels + 4 * j;
            qs[j] = (uint8_t)(level[0] | level[1] << 2 | level[2] << 4 | level[3] << 6);
        }
        infinite |= not_finite(store_half(largest, FIELD(out, hifi_q2_0, d)));
    }
    return infinite;
}

#endif
