// Decoding in portable C of blocks whose codes name entries of a grid: eight or four numbers each, with or without signs.
#include "entries.h"
#include "tables.h"

#define BLOCKS for (; count > 0; count--, b += f->stride, y += 256)

/// A mask for each, as not every processor shifts each lane by another number.
static const int32_t own_bit[8] = {1, 2, 4, 8, 16, 32, 64, 128};

/// `lanes` numbers of an entry times a scale; negative where the bit of the lane is set. The integer takes the sign: that of a NaN
/// stays as it is (NUM-04).
INLINE void put_signed(float *y, const int8_t *entry, int lanes, unsigned signs, float scale) {
    // Copied, as bytes may be those of y for all that compilers know.
    int8_t own[8];
    memcpy(own, entry, (size_t)lanes);
    for (int l = 0; l < lanes; l++) {
        const int32_t negative = -(int32_t)(((int32_t)signs & own_bit[l]) != 0);
        y[l] = scale * (float)((own[l] ^ negative) - negative);
    }
}

/// An entry of IQ1 and its shift of an eighth.
INLINE void put_shifted(float *y, const int8_t *entry, unsigned is_negative, float scale) {
    const float shift = is_negative ? -0.125f : 0.125f;
    int8_t own[8];
    memcpy(own, entry, 8);
    for (int l = 0; l < 8; l++) y[l] = scale * ((float)own[l] + shift);
}

void scalar_decode_iq1s(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_iq1_s, d));
        for (int s = 0; s < 8; s++) {
            const uint8_t *q = FIELD(b, hifi_iq1_s, qs) + 4 * s;
            const unsigned h = load16(FIELD(b, hifi_iq1_s, qh) + 2 * s);
            const float scale = odd_scaled(d, h >> 12 & 7);
            for (int g = 0; g < 4; g++) {
                put_shifted(y + 32 * s + 8 * g, f->grid + 8 * (q[g] | (h >> (3 * g) & 7) << 8), h >> 15, scale);
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void scalar_decode_iq1m(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const float d = half_to_float(iq1m_d(b));
        const uint8_t *q = FIELD(b, hifi_iq1_m, qs), *h = FIELD(b, hifi_iq1_m, qh);
        for (int s = 0; s < 16; s++) {
            const unsigned word = load16(FIELD(b, hifi_iq1_m, scales) + 2 * (s / 4));
            const float scale = odd_scaled(d, word >> (3 * (s % 4)) & 7);
            for (int g = 0; g < 2; g++) {
                const unsigned upper = h[s] >> (4 * g);
                put_shifted(y + 16 * s + 8 * g, f->grid + 8 * (q[2 * s + g] | (upper & 7) << 8), upper >> 3 & 1, scale);
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void scalar_decode_iq2xxs(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_iq2_xxs, d));
        for (int s = 0; s < 8; s++) {
            const uint8_t *q = FIELD(b, hifi_iq2_xxs, qs) + 8 * s;
            const uint32_t signs = load32(q + 4);
            const float scale = iq2_scaled(d, signs >> 28);
            for (int g = 0; g < 4; g++) {
                put_signed(y + 32 * s + 8 * g, f->grid + 8 * q[g], 8, even_signs(signs >> (7 * g) & 127), scale);
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void scalar_decode_iq2xs(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_iq2_xs, d));
        for (int g = 0; g < 32; g++) {
            const unsigned q = load16(FIELD(b, hifi_iq2_xs, qs) + 2 * g);
            const float scale = iq2_scaled(d, FIELD(b, hifi_iq2_xs, scales)[g / 4] >> (4 * (g / 2 % 2)) & 15);
            put_signed(y + 8 * g, f->grid + 8 * (q & 511), 8, even_signs(q >> 9), scale);
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void scalar_decode_iq2s(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_iq2_s, d));
        for (int g = 0; g < 32; g++) {
            const unsigned entry = FIELD(b, hifi_iq2_s, qs)[g] | (FIELD(b, hifi_iq2_s, qh)[g / 4] >> (2 * (g % 4)) & 3u) << 8;
            const float scale = iq2_scaled(d, FIELD(b, hifi_iq2_s, scales)[g / 4] >> (4 * (g / 2 % 2)) & 15);
            put_signed(y + 8 * g, f->grid + 8 * entry, 8, FIELD(b, hifi_iq2_s, signs)[g], scale);
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void scalar_decode_iq3xxs(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_iq3_xxs, d));
        for (int s = 0; s < 8; s++) {
            const uint8_t *q = FIELD(b, hifi_iq3_xxs, qs) + 8 * s;
            const uint32_t signs = load32(FIELD(b, hifi_iq3_xxs, signs_scale) + 4 * s);
            const float scale = iq3xxs_scaled(d, signs >> 28);
            for (int g = 0; g < 4; g++) {
                const unsigned eight = even_signs(signs >> (7 * g) & 127);
                put_signed(y + 32 * s + 8 * g, f->grid + 4 * q[2 * g], 4, eight, scale);
                put_signed(y + 32 * s + 8 * g + 4, f->grid + 4 * q[2 * g + 1], 4, eight >> 4, scale);
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void scalar_decode_iq3s(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_iq3_s, d));
        for (int k = 0; k < 64; k++) {
            const unsigned entry = FIELD(b, hifi_iq3_s, qs)[k] | (FIELD(b, hifi_iq3_s, qh)[k / 8] >> (k % 8) & 1u) << 8;
            const float scale = odd_scaled(d, FIELD(b, hifi_iq3_s, scales)[k / 16] >> (4 * (k / 8 % 2)) & 15);
            const unsigned signs = FIELD(b, hifi_iq3_s, signs)[k / 2] >> (4 * (k % 2));
            put_signed(y + 4 * k, f->grid + 4 * entry, 4, signs, scale);
        }
        outliers_apply(&f->outliers, b, y);
    }
}
