// Decoding by x86 vectors of blocks whose codes name entries of a grid: one source for both sets. Which entry it is scalar code finds
// out, in ports that vectors do not need; numbers come from the grid by loads of a whole entry. Included where these are defined:
//
//   put_pair(y, first, second, signs, half, scale)  sixteen weights of two entries; their signs are in that half of a word
//   put_four(y, entries, signs, half, scale)        the same of four entries of four numbers
//   put_shifted(y, first, second, shifts, scale)    two entries of IQ1; bits 0 and 1 of `shifts` are the signs of their shifts
//   nibble_scales(packed, d, out)                   the sixteen scales of IQ2_XS and IQ2_S

#define BLOCKS for (; count > 0; count--, b += f->stride, y += 256)

/// Seven signs each of four groups, and a scale above them, to eight signs each.
INLINE uint32_t even_signs_of_four(uint32_t word) {
    const uint32_t apart = (word & 0x7F) | (word << 1 & 0x7F00) | (word << 2 & 0x7F0000) | (word << 3 & 0x7F000000);
    uint32_t odd = apart ^ apart >> 4;
    odd ^= odd >> 2;
    odd ^= odd >> 1;
    return apart | (odd & 0x01010101) << 7;
}

void NAME(decode_iq1s)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const int8_t *const grid = f->grid;
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_iq1_s, d));
        EACH(s, 8) {
            const uint8_t *q = FIELD(b, hifi_iq1_s, qs) + 4 * s;
            const unsigned h = load16(FIELD(b, hifi_iq1_s, qh) + 2 * s), shifts = h >> 15 ? 3 : 0;
            const float scale = odd_scaled(d, h >> 12 & 7);
            put_shifted(y + 32 * s, grid + 8 * (q[0] | (h << 8 & 0x700)), grid + 8 * (q[1] | (h << 5 & 0x700)), shifts, scale);
            put_shifted(y + 32 * s + 16, grid + 8 * (q[2] | (h << 2 & 0x700)), grid + 8 * (q[3] | (h >> 1 & 0x700)), shifts, scale);
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void NAME(decode_iq1m)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const int8_t *const grid = f->grid;
    BLOCKS {
        const uint16_t bits = iq1m_d(b);
        uint8_t half[2];
        memcpy(half, &bits, 2);
        const float d = loadf16(half);
        EACH(s, 16) {
            const uint8_t *q = FIELD(b, hifi_iq1_m, qs) + 2 * s;
            const unsigned h = FIELD(b, hifi_iq1_m, qh)[s], word = load16(FIELD(b, hifi_iq1_m, scales) + 2 * (s / 4));
            const int8_t *first = grid + 8 * (q[0] | (h << 8 & 0x700)), *second = grid + 8 * (q[1] | (h << 4 & 0x700));
            put_shifted(y + 16 * s, first, second, (h >> 3 & 1) | (h >> 6 & 2), odd_scaled(d, word >> (3 * (s % 4)) & 7));
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void NAME(decode_iq2xxs)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const int8_t *const grid = f->grid;
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_iq2_xxs, d));
        const uint8_t *const qs = FIELD(b, hifi_iq2_xxs, qs);
        uint32_t signs[8];
        float scales[8];
        for (int s = 0; s < 8; s++) {
            const uint32_t word = load32(qs + 8 * s + 4);
            signs[s] = even_signs_of_four(word);
            scales[s] = iq2_scaled(d, word >> 28);
        }
        EACH(s, 8) {
            const uint8_t *q = qs + 8 * s;
            put_pair(y + 32 * s, grid + 8 * q[0], grid + 8 * q[1], signs + s, 0, scales[s]);
            put_pair(y + 32 * s + 16, grid + 8 * q[2], grid + 8 * q[3], signs + s, 1, scales[s]);
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void NAME(decode_iq2xs)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const int8_t *const grid = f->grid;
    BLOCKS {
        const uint8_t *const qs = FIELD(b, hifi_iq2_xs, qs);
        uint8_t bytes[32];
        uint32_t signs[8];
        float scales[16];
        for (int g = 0; g < 32; g++) {
            const uint16_t seven = load16(qs + 2 * g) >> 9;
            uint16_t odd = seven ^ seven >> 4;
            odd ^= odd >> 2;
            odd ^= odd >> 1;
            bytes[g] = (uint8_t)(seven | odd << 7);
        }
        memcpy(signs, bytes, 32);
        nibble_scales(FIELD(b, hifi_iq2_xs, scales), loadf16(FIELD(b, hifi_iq2_xs, d)), scales);
        EACH(s, 16) {
            const int8_t *first = grid + 8 * (load16(qs + 4 * s) & 511), *second = grid + 8 * (load16(qs + 4 * s + 2) & 511);
            put_pair(y + 16 * s, first, second, signs + s / 2, s % 2, scales[s]);
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void NAME(decode_iq2s)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const int8_t *const grid = f->grid;
    BLOCKS {
        const uint8_t *const qs = FIELD(b, hifi_iq2_s, qs);
        uint32_t signs[8];
        float scales[16];
        memcpy(signs, FIELD(b, hifi_iq2_s, signs), 32);
        nibble_scales(FIELD(b, hifi_iq2_s, scales), loadf16(FIELD(b, hifi_iq2_s, d)), scales);
        EACH(s, 8) {
            const unsigned h = FIELD(b, hifi_iq2_s, qh)[s];
            const int8_t *e[4] = {
                grid + 8 * (qs[4 * s] | (h << 8 & 0x300)), grid + 8 * (qs[4 * s + 1] | (h << 6 & 0x300)),
                grid + 8 * (qs[4 * s + 2] | (h << 4 & 0x300)), grid + 8 * (qs[4 * s + 3] | (h << 2 & 0x300)),
            };
            put_pair(y + 32 * s, e[0], e[1], signs + s, 0, scales[2 * s]);
            put_pair(y + 32 * s + 16, e[2], e[3], signs + s, 1, scales[2 * s + 1]);
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void NAME(decode_iq3xxs)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const int8_t *const grid = f->grid;
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_iq3_xxs, d));
        uint32_t signs[8];
        float scales[8];
        for (int s = 0; s < 8; s++) {
            const uint32_t word = load32(FIELD(b, hifi_iq3_xxs, signs_scale) + 4 * s);
            signs[s] = even_signs_of_four(word);
            scales[s] = iq3xxs_scaled(d, word >> 28);
        }
        EACH(s, 16) {
            const uint8_t *q = FIELD(b, hifi_iq3_xxs, qs) + 4 * s;
            const int8_t *const e[4] = {grid + 4 * q[0], grid + 4 * q[1], grid + 4 * q[2], grid + 4 * q[3]};
            put_four(y + 16 * s, e, signs + s / 2, s % 2, scales[s / 2]);
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void NAME(decode_iq3s)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const int8_t *const grid = f->grid;
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_iq3_s, d));
        uint32_t signs[8];
        memcpy(signs, FIELD(b, hifi_iq3_s, signs), 32);
        EACH(s, 16) {
            const uint8_t *q = FIELD(b, hifi_iq3_s, qs) + 4 * s;
            const unsigned h = (unsigned)FIELD(b, hifi_iq3_s, qh)[s / 2] >> (4 * (s % 2));
            const float scale = odd_scaled(d, FIELD(b, hifi_iq3_s, scales)[s / 4] >> (4 * (s / 2 % 2)) & 15);
            const int8_t *const e[4] = {
                grid + 4 * (q[0] | (h << 8 & 0x100)), grid + 4 * (q[1] | (h << 7 & 0x100)),
                grid + 4 * (q[2] | (h << 6 & 0x100)), grid + 4 * (q[3] | (h << 5 & 0x100)),
            };
            put_four(y + 16 * s, e, signs + s / 2, s % 2, scale);
        }
        outliers_apply(&f->outliers, b, y);
    }
}

#undef BLOCKS
