// Products of a row with Q8_K activations in portable C: sums of each sub-block in integers, then two roundings a block.
#include "tables.h"
#include "unpack.h"

#define ACTIVATIONS(x)                                                                                                 \
    const int8_t *q8 = (const int8_t *)FIELD(x, hifi_q8_k, qs);                                                        \
    const uint8_t *sums = FIELD(x, hifi_q8_k, bsums);                                                                  \
    const float yd = loadf32(FIELD(x, hifi_q8_k, d));

#define SUM_AT(s) ((int32_t)(int16_t)load16(sums + 2 * (s)))

/// Adds a block: d * product - dmin * minimum, times the activation's scale, and the outliers.
#define FINISH(part)                                                                                                   \
    float outliers = 0;                                                                                                \
    if (f->outliers.mode != HIFI_NO_OUTLIERS) {                                                                        \
        const outlier_terms t = outliers_terms(&f->outliers, b, q8, yd, part);                                             \
        product -= t.product;                                                                                          \
        minimum -= t.minimum;                                                                                          \
        outliers = t.sum;                                                                                              \
    }                                                                                                                  \
    total += yd * (d * (float)product - dmin * (float)minimum) + outliers;

float scalar_dot_q2k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    float total = 0;
    for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {
        ACTIVATIONS(x)
        const float d = loadf16(FIELD(b, hifi_q2_k, d)), dmin = loadf16(FIELD(b, hifi_q2_k, dmin));
        int32_t product = 0, minimum = 0;
        for (int s = 0; s < 16; s++) {
            const uint8_t packed = FIELD(b, hifi_q2_k, scales)[s];
            const uint8_t *q = FIELD(b, hifi_q2_k, qs) + 32 * (s / 8) + 16 * (s % 2);
            int32_t sum = 0;
            for (int l = 0; l < 16; l++) sum += (q[l] >> (2 * (s / 2 % 4)) & 3) * q8[16 * s + l];
            product += (packed & 15) * sum;
            minimum += (packed >> 4) * SUM_AT(s);
        }
        FINISH(q2k_part)
    }
    return total;
}

/// Bits as in scalar_decode_q3k. Integers only until a block is done:
///
///     product = Σ scale (Σ (low + 4 third) q8 - 4 bsum)
/// 1769 instructions a block; r6 2543, r13 2550, RES8 2009.
float scalar_dot_q3k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    float total = 0;
    for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {
        ACTIVATIONS(x)
        const float d = loadf16(FIELD(b, hifi_q3_k, d)), dmin = 0;
        int8_t scales[16];
        q3k_scales(FIELD(b, hifi_q3_k, scales), scales);
        int32_t product = 0, minimum = 0;
        for (int s = 0; s < 16; s++) {
            const uint8_t *q = FIELD(b, hifi_q3_k, qs) + 32 * (s / 8) + 16 * (s % 2);
            const uint8_t *h = FIELD(b, hifi_q3_k, hmask) + 16 * (s % 2);
            int32_t sum = -4 * SUM_AT(s);
            for (int l = 0; l < 16; l++) {
                sum += ((q[l] >> (2 * (s / 2 % 4)) & 3) + (h[l] >> (s / 2) & 1) * 4) * q8[16 * s + l];
            }
            product += scales[s] * sum;
        }
        FINISH(q3k_part)
    }
    return total;
}

/// Bits as in scalar_decode_q4k.
///
///     product = Σ scale Σ code q8,  minimum = Σ minimum (two bsums)
/// 1044 instructions a block.
float scalar_dot_q4k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    float total = 0;
    for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {
        ACTIVATIONS(x)
        const float d = loadf16(FIELD(b, hifi_q4_k, d)), dmin = loadf16(FIELD(b, hifi_q4_k, dmin));
        uint8_t scales[16];
        q4k_scales(FIELD(b, hifi_q4_k, scales), scales);
        int32_t product = 0, minimum = 0;
        for (int s = 0; s < 8; s++) {
            const uint8_t *q = FIELD(b, hifi_q4_k, qs) + 32 * (s / 2);
            int32_t sum = 0;
            for (int l = 0; l < 32; l++) sum += (q[l] >> (4 * (s % 2)) & 15) * q8[32 * s + l];
            product += scales[s] * sum;
            minimum += scales[8 + s] * (SUM_AT(2 * s) + SUM_AT(2 * s + 1));
        }
        FINISH(q4k_part)
    }
    return total;
}

/// Bits as in scalar_decode_q5k, sums as in scalar_dot_q4k.
/// 1629 instructions a block.
float scalar_dot_q5k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    float total = 0;
    for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {
        ACTIVATIONS(x)
        const float d = loadf16(FIELD(b, hifi_q5_k, d)), dmin = loadf16(FIELD(b, hifi_q5_k, dmin));
        uint8_t scales[16];
        q4k_scales(FIELD(b, hifi_q5_k, scales), scales);
        int32_t product = 0, minimum = 0;
        for (int s = 0; s < 8; s++) {
            const uint8_t *q = FIELD(b, hifi_q5_k, qs) + 32 * (s / 2), *h = FIELD(b, hifi_q5_k, qh);
            int32_t sum = 0;
            for (int l = 0; l < 32; l++) sum += ((q[l] >> (4 * (s % 2)) & 15) + (h[l] >> s & 1) * 16) * q8[32 * s + l];
            product += scales[s] * sum;
            minimum += scales[8 + s] * (SUM_AT(2 * s) + SUM_AT(2 * s + 1));
        }
        FINISH(q5k_part)
    }
    return total;
}

/// Bits as in scalar_decode_q6k.
///
///     product = Σ scale (Σ (low + 16 high) q8 - 32 bsum)
/// 1822 instructions a block.
float scalar_dot_q6k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    float total = 0;
    for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {
        ACTIVATIONS(x)
        const float d = loadf16(FIELD(b, hifi_q6_k, d)), dmin = 0;
        int32_t product = 0, minimum = 0;
        for (int s = 0; s < 16; s++) {
            const int half = s / 8, nibble = s / 4 % 2, mid = s / 2 % 2, lane = 16 * (s % 2);
            const uint8_t *l = FIELD(b, hifi_q6_k, ql) + 64 * half + 32 * mid + lane, *h = FIELD(b, hifi_q6_k, qh) + 32 * half + lane;
            int32_t sum = -32 * SUM_AT(s);
            for (int i = 0; i < 16; i++) {
                sum += ((l[i] >> (4 * nibble) & 15) + (h[i] >> (4 * nibble + 2 * mid) & 3) * 16) * q8[16 * s + i];
            }
            product += (int8_t)FIELD(b, hifi_q6_k, scales)[s] * sum;
        }
        FINISH(q6k_part)
    }
    return total;
}

/// Eight blocks to one of Q8_K.
///
///     block = Σ d Σ code q8
/// 114 instructions a block.
float scalar_dot_q80(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    float total = 0;
    for (; count > 0; count--, x += HIFI_Q8K_BYTES) {
        const int8_t *q8 = (const int8_t *)FIELD(x, hifi_q8_k, qs);
        float block = 0;
        for (int s = 0; s < 8; s++, b += f->stride, q8 += 32) {
            const int8_t *q = (const int8_t *)FIELD(b, hifi_q8_0, qs);
            int32_t sum = 0;
            for (int i = 0; i < 32; i++) sum += q[i] * q8[i];
            block += loadf16(FIELD(b, hifi_q8_0, d)) * (float)sum;
        }
        total += loadf32(FIELD(x, hifi_q8_k, d)) * block;
    }
    return total;
}

float scalar_dot_q40(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    float total = 0;
    for (; count > 0; count--, x += HIFI_Q8K_BYTES) {
        const int8_t *q8 = (const int8_t *)FIELD(x, hifi_q8_k, qs);
        float block = 0;
        for (int s = 0; s < 8; s++, b += f->stride, q8 += 32) {
            const uint8_t *q = FIELD(b, hifi_q4_0, qs);
            int32_t sum = 0;
            for (int i = 0; i < 16; i++) sum += ((q[i] & 15) - 8) * q8[i] + ((q[i] >> 4) - 8) * q8[16 + i];
            block += loadf16(FIELD(b, hifi_q4_0, d)) * (float)sum;
        }
        total += loadf32(FIELD(x, hifi_q8_k, d)) * block;
    }
    return total;
}
