// Decoding in portable C: one weight at a time, in the order of the spec.
#include "tables.h"
#include "unpack.h"

void scalar_decode_q2k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 256) {
        const float d = loadf16(FIELD(b, hifi_q2_k, d)), dmin = loadf16(FIELD(b, hifi_q2_k, dmin));
        for (int s = 0; s < 16; s++) {
            const uint8_t packed = FIELD(b, hifi_q2_k, scales)[s];
            const float scale = d * (float)(packed & 15), minimum = dmin * (float)(packed >> 4);
            const uint8_t *q = FIELD(b, hifi_q2_k, qs) + 32 * (s / 8) + 16 * (s % 2);
            for (int l = 0; l < 16; l++) y[16 * s + l] = scale * (float)(q[l] >> (2 * (s / 2 % 4)) & 3) - minimum;
        }
        outliers_apply(&f->outliers, b, y);
    }
}

///     q >> 2 quarter & 3         · · · · · · 1 0
///     h >> (s / 2) & 1, times 4  · · · · · 2 · ·    s / 2 is 4 half + quarter
/// 1815 instructions a block; r6 2146, r13 2153, RES8 2068.
void scalar_decode_q3k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 256) {
        const float d = loadf16(FIELD(b, hifi_q3_k, d));
        int8_t scales[16];
        q3k_scales(FIELD(b, hifi_q3_k, scales), scales);
        for (int s = 0; s < 16; s++) {
            const float scale = d * (float)scales[s];
            const uint8_t *q = FIELD(b, hifi_q3_k, qs) + 32 * (s / 8) + 16 * (s % 2);
            const uint8_t *h = FIELD(b, hifi_q3_k, hmask) + 16 * (s % 2);
            for (int l = 0; l < 16; l++) {
                const int code = (q[l] >> (2 * (s / 2 % 4)) & 3) + (h[l] >> (s / 2) & 1) * 4 - 4;
                y[16 * s + l] = scale * (float)code;
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

///     q >> 4 (s % 2) & 15        · · · · 3 2 1 0
/// 898 instructions a block.
void scalar_decode_q4k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 256) {
        const float d = loadf16(FIELD(b, hifi_q4_k, d)), dmin = loadf16(FIELD(b, hifi_q4_k, dmin));
        uint8_t scales[16];
        q4k_scales(FIELD(b, hifi_q4_k, scales), scales);
        for (int s = 0; s < 8; s++) {
            const float scale = d * (float)scales[s], minimum = dmin * (float)scales[8 + s];
            const uint8_t *q = FIELD(b, hifi_q4_k, qs) + 32 * (s / 2);
            for (int l = 0; l < 32; l++) y[32 * s + l] = scale * (float)(q[l] >> (4 * (s % 2)) & 15) - minimum;
        }
        outliers_apply(&f->outliers, b, y);
    }
}

///     q >> 4 (s % 2) & 15        · · · · 3 2 1 0
///     h >> s & 1, times 16       · · · 4 · · · ·
/// 1417 instructions a block.
void scalar_decode_q5k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 256) {
        const float d = loadf16(FIELD(b, hifi_q5_k, d)), dmin = loadf16(FIELD(b, hifi_q5_k, dmin));
        uint8_t scales[16];
        q4k_scales(FIELD(b, hifi_q5_k, scales), scales);
        for (int s = 0; s < 8; s++) {
            const float scale = d * (float)scales[s], minimum = dmin * (float)scales[8 + s];
            const uint8_t *q = FIELD(b, hifi_q5_k, qs) + 32 * (s / 2), *h = FIELD(b, hifi_q5_k, qh);
            for (int l = 0; l < 32; l++) {
                y[32 * s + l] = scale * (float)((q[l] >> (4 * (s % 2)) & 15) + (h[l] >> s & 1) * 16) - minimum;
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

///     l >> 4 nibble & 15                   · · · · 3 2 1 0
///     h >> 4 nibble + 2 mid & 3, times 16  · · 5 4 · · · ·
/// 2088 instructions a block.
void scalar_decode_q6k(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 256) {
        const float d = loadf16(FIELD(b, hifi_q6_k, d));
        for (int s = 0; s < 16; s++) {
            const float scale = d * (float)(int8_t)FIELD(b, hifi_q6_k, scales)[s];
            const int half = s / 8, nibble = s / 4 % 2, mid = s / 2 % 2, lane = 16 * (s % 2);
            const uint8_t *l = FIELD(b, hifi_q6_k, ql) + 64 * half + 32 * mid + lane, *h = FIELD(b, hifi_q6_k, qh) + 32 * half + lane;
            for (int i = 0; i < 16; i++) {
                y[16 * s + i] = scale * (float)((l[i] >> (4 * nibble) & 15) + (h[i] >> (4 * nibble + 2 * mid) & 3) * 16 - 32);
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// Each byte is a code.
/// 84 instructions a block.
void scalar_decode_q80(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 32) {
        const float d = loadf16(FIELD(b, hifi_q8_0, d));
        const int8_t *q = (const int8_t *)FIELD(b, hifi_q8_0, qs);
        for (int i = 0; i < 32; i++) y[i] = (float)q[i] * d;
    }
}

void scalar_decode_q40(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    for (; count > 0; count--, b += f->stride, y += 32) {
        const float d = loadf16(FIELD(b, hifi_q4_0, d));
        const uint8_t *q = FIELD(b, hifi_q4_0, qs);
        for (int i = 0; i < 16; i++) {
            y[i] = (float)((q[i] & 15) - 8) * d;
            y[16 + i] = (float)((q[i] >> 4) - 8) * d;
        }
    }
}

void decode_f32(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    (void)f;
    memcpy(y, b, 4 * count);
}

void scalar_decode_f16(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    (void)f;
    for (size_t i = 0; i < count; i++) y[i] = half_to_float(load16(b + 2 * i));
}

void scalar_decode_bf16(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    (void)f;
    // As bits, so that no NaN passes through arithmetic.
    for (size_t i = 0; i < count; i++) {
        const uint32_t bits = (uint32_t)load16(b + 2 * i) << 16;
        memcpy(y + i, &bits, 4);
    }
}
