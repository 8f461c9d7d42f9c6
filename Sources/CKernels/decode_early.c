// Decoding of revisions r1 to r4 and r8, of which few files can exist: portable C that serves every set. There are eight
// weights to choose from, as codes have three bits and there are no sub-blocks.
#include "tables.h"
#include "unpack.h"

typedef struct { float of[8]; } eight_weights;

INLINE eight_weights weights_of(float d) {
    eight_weights table;
    for (int code = 0; code < 8; code++) {
        // The empty statement hides the number: compilers make -d of -1 * d, and d of 1 * d, whose NaNs differ (NUM-04).
        int own = code - 4;
        __asm__("" : "+r"(own));
        table.of[code] = (float)own * d;
    }
    return table;
}

#define BLOCKS for (; count > 0; count--, b += f->stride, y += 256)

/// Codes as one string of bits, eight in three bytes (R1-02).
INLINE void from_string(const uint8_t *q, eight_weights table, float *y) {
    for (int g = 0; g < 32; g++, q += 3) {
        const uint32_t word = q[0] | (uint32_t)q[1] << 8 | (uint32_t)q[2] << 16;
        for (int k = 0; k < 8; k++) y[8 * g + k] = table.of[word >> (3 * k) & 7];
    }
}

/// r1 and r2, which begin alike.
void decode_r1(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        from_string(FIELD(b, hifi_q3_k_r1, qs), weights_of(loadf32(FIELD(b, hifi_q3_k_r1, d))), y);
        outliers_apply(&f->outliers, b, y);
    }
}

void decode_r3(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        from_string(FIELD(b, hifi_q3_k_r3, qs), weights_of(loadf16(FIELD(b, hifi_q3_k_r3, d))), y);
        outliers_apply(&f->outliers, b, y);
    }
}

/// Two linear planes (R4-02).
void decode_r4(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const eight_weights table = weights_of(loadf16(FIELD(b, hifi_q3_k_r4, d)));
        const uint8_t *low = FIELD(b, hifi_q3_k_r4, ql), *high = FIELD(b, hifi_q3_k_r4, qh);
        for (int g = 0; g < 32; g++) {
            const unsigned pairs = load16(low + 2 * g), singles = high[g];
            for (int k = 0; k < 8; k++) y[8 * g + k] = table.of[(pairs >> (2 * k) & 3) | (singles >> k & 1) << 2];
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// Weights that a slot lists have no code (R8-02); their slots give them.
void decode_r8(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const eight_weights table = weights_of(loadf16(FIELD(b, hifi_q3_k_r8, scale16)));
        const uint8_t *index = FIELD(b, hifi_q3_k_r8, outlier_idx), *q = FIELD(b, hifi_q3_k_r8, q3);
        uint8_t listed[256] = {0};
        for (int k = 0; k < 16; k++) listed[index[k]] = 1;
        unsigned bit = 0;
        for (int i = 0; i < 256; i++) {
            // A code may straddle two bytes. At most 255 have one, which end in the first 96 of 110 bytes.
            const unsigned pair = q[bit / 8] | (unsigned)q[bit / 8 + 1] << 8;
            y[i] = table.of[pair >> (bit % 8) & 7];
            bit += listed[i] ? 0 : 3;
        }
        outliers_apply(&f->outliers, b, y);
    }
}
