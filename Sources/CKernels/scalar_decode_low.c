// Decoding in portable C of blocks with one or two bits a weight, ternary digits, and NVFP4.
#include "entries.h"
#include "tables.h"

#define BLOCKS(elements) for (; count > 0; count--, b += f->stride, y += (elements))

/// Digit n of so many bytes as fractions to base 3 (NUM-11), less one, times d.
INLINE void put_digits(float *y, const uint8_t *q, int bytes, unsigned power, float d) {
    for (int l = 0; l < bytes; l++) {
        const unsigned fraction = (uint8_t)(q[l] * power);
        y[l] = (float)((int32_t)(3 * fraction >> 8) - 1) * d;
    }
}

void scalar_decode_tq10(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    static const uint8_t powers[5] = {1, 3, 9, 27, 81};
    BLOCKS(256) {
        const float d = loadf16(FIELD(b, hifi_tq1_0, d));
        const uint8_t *q = FIELD(b, hifi_tq1_0, qs);
        for (int n = 0; n < 5; n++) put_digits(y + 32 * n, q, 32, powers[n], d);
        for (int n = 0; n < 5; n++) put_digits(y + 160 + 16 * n, q + 32, 16, powers[n], d);
        for (int n = 0; n < 4; n++) put_digits(y + 240 + 4 * n, FIELD(b, hifi_tq1_0, qh), 4, powers[n], d);
        outliers_apply(&f->outliers, b, y);
    }
}

void scalar_decode_tq20(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        const float d = loadf16(FIELD(b, hifi_tq2_0, d));
        for (int i = 0; i < 8; i++) {
            const uint8_t *q = FIELD(b, hifi_tq2_0, qs) + 32 * (i / 4);
            for (int l = 0; l < 32; l++) y[32 * i + l] = (float)((int32_t)(q[l] >> (2 * (i % 4)) & 3) - 1) * d;
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void scalar_decode_nvfp4(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(64) {
        for (int s = 0; s < 4; s++) {
            const float scale = ue4m3_half_to_float(FIELD(b, hifi_nvfp4, d)[s]);
            const uint8_t *q = FIELD(b, hifi_nvfp4, qs) + 8 * s;
            float table[16];
            for (int l = 0; l < 16; l++) table[l] = (float)mxfp4_values[l] * scale;
            for (int l = 0; l < 8; l++) y[16 * s + l] = table[q[l] & 15], y[16 * s + 8 + l] = table[q[l] >> 4];
        }
    }
}

void scalar_decode_q10(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    static const uint8_t own_bit[8] = {1, 2, 4, 8, 16, 32, 64, 128};
    BLOCKS(128) {
        const float d = loadf16(FIELD(b, hifi_q1_0, d));
        // The empty statement hides the number: compilers make -d of -1 * d, whose NaN differs (NUM-04).
        int minus_one = -1;
        __asm__("" : "+r"(minus_one));
        const float negative = (float)minus_one * d;
        for (int i = 0; i < 16; i++) {
            const uint8_t bits = FIELD(b, hifi_q1_0, qs)[i];
            for (int l = 0; l < 8; l++) y[8 * i + l] = bits & own_bit[l] ? d : negative;
        }
    }
}

void scalar_decode_q20(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(64) {
        const float d = loadf16(FIELD(b, hifi_q2_0, d));
        for (int i = 0; i < 16; i++) {
            const unsigned q = FIELD(b, hifi_q2_0, qs)[i];
            for (int l = 0; l < 4; l++) y[4 * i + l] = (float)((int32_t)(q >> (2 * l) & 3) - 1) * d;
        }
    }
}
