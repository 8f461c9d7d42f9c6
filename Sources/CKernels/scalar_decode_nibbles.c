// Decoding in portable C of blocks whose nibbles lie in the order of Q4_0: sixteen bytes, weights 0 to 15 in the low
// nibbles, 16 to 31 in the high ones.
#include "tables.h"
#include "unpack.h"

#define BLOCKS(elements) for (; count > 0; count--, b += f->stride, y += (elements))
#define LANES for (int l = 0; l < 16; l++)

/// The codes of 32 weights.
INLINE void nibbles(const uint8_t *q, int32_t codes[32]) { LANES codes[l] = q[l] & 15, codes[16 + l] = q[l] >> 4; }

/// The same with a fifth bit each, that of weight i in bit i.
INLINE void five_bits(const uint8_t *q, uint32_t fifth, int32_t codes[32]) {
    // A mask for each, as not every processor shifts each lane by another number.
    static const uint32_t own[16] = {
        1, 1 << 1, 1 << 2, 1 << 3, 1 << 4, 1 << 5, 1 << 6, 1 << 7, 1 << 8, 1 << 9, 1 << 10, 1 << 11, 1 << 12, 1 << 13, 1 << 14, 1 << 15,
    };
    const uint32_t upper = fifth >> 16;
    LANES codes[l] = (q[l] & 15) | (fifth & own[l] ? 16 : 0);
    LANES codes[16 + l] = q[l] >> 4 | (upper & own[l] ? 16 : 0);
}

void scalar_decode_q41(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) {
        const float d = loadf16(FIELD(b, hifi_q4_1, d)), m = loadf16(FIELD(b, hifi_q4_1, m));
        int32_t codes[32];
        nibbles(FIELD(b, hifi_q4_1, qs), codes);
        for (int i = 0; i < 32; i++) y[i] = strict_add((float)codes[i] * d, m);
    }
}

void scalar_decode_q50(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) {
        const float d = loadf16(FIELD(b, hifi_q5_0, d));
        int32_t codes[32];
        five_bits(FIELD(b, hifi_q5_0, qs), load32(FIELD(b, hifi_q5_0, qh)), codes);
        for (int i = 0; i < 32; i++) y[i] = (float)(codes[i] - 16) * d;
    }
}

void scalar_decode_q51(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) {
        const float d = loadf16(FIELD(b, hifi_q5_1, d)), m = loadf16(FIELD(b, hifi_q5_1, m));
        int32_t codes[32];
        five_bits(FIELD(b, hifi_q5_1, qs), load32(FIELD(b, hifi_q5_1, qh)), codes);
        for (int i = 0; i < 32; i++) y[i] = strict_add((float)codes[i] * d, m);
    }
}

/// scale * value; there are sixteen.
INLINE void looked_up(const uint8_t *q, const int8_t values[16], float scale, float *y) {
    float table[16];
    LANES table[l] = scale * (float)values[l];
    LANES y[l] = table[q[l] & 15], y[16 + l] = table[q[l] >> 4];
}

void scalar_decode_iq4nl(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) looked_up(FIELD(b, hifi_iq4_nl, qs), iq4_values, loadf16(FIELD(b, hifi_iq4_nl, d)), y);
}

void scalar_decode_iq4xs(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        const float d = loadf16(FIELD(b, hifi_iq4_xs, d));
        int8_t scales[8];
        iq4xs_scales(b, scales);
        for (int s = 0; s < 8; s++) looked_up(FIELD(b, hifi_iq4_xs, qs) + 16 * s, iq4_values, d * (float)scales[s], y + 32 * s);
        outliers_apply(&f->outliers, b, y);
    }
}

void scalar_decode_mxfp4(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) looked_up(FIELD(b, hifi_mxfp4, qs), mxfp4_values, e8m0_half_to_float(*FIELD(b, hifi_mxfp4, e)), y);
}
