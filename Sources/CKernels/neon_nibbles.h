// Decoding with NEON of blocks whose nibbles lie in the order of Q4_0, other than Q4_0 itself. Part of neon_kernels.h.

/// Sixteen nibbles, as they are: the low ones (side 0) or the high ones of sixteen bytes.
INLINE uint8x16_t NAME(nibbles)(const uint8_t *q, int side) { return NAME(bits)(vld1q_u8(q), 4 * side, 15); }

/// The same with a fifth bit each out of four bytes.
INLINE uint8x16_t NAME(five_bits)(const uint8_t *q, const uint8_t *fifth, int side) {
    static const uint8_t own[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    const uint8x16_t bytes = vcombine_u8(vdup_n_u8(fifth[2 * side]), vdup_n_u8(fifth[2 * side + 1]));
    return vorrq_u8(NAME(nibbles)(q, side), vandq_u8(vtstq_u8(bytes, vld1q_u8(own)), vdupq_n_u8(16)));
}

#define SIDES for (int s = 0; s < 2; s++)

// A minimum that is added is one of opposite sign that is taken away.

void NAME(decode_q41)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_q4_1, d)), m = loadf16(FIELD(b, hifi_q4_1, m));
        SIDES NAME(put)(y + 16 * s, NAME(less)(NAME(nibbles)(FIELD(b, hifi_q4_1, qs), s), 0), d, -m, 1);
    }
}

void NAME(decode_q50)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS SIDES {
        const uint8x16_t codes = NAME(five_bits)(FIELD(b, hifi_q5_0, qs), FIELD(b, hifi_q5_0, qh), s);
        NAME(put)(y + 16 * s, NAME(less)(codes, 16), loadf16(FIELD(b, hifi_q5_0, d)), 0, 0);
    }
}

void NAME(decode_q51)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_q5_1, d)), m = loadf16(FIELD(b, hifi_q5_1, m));
        SIDES {
            const uint8x16_t codes = NAME(five_bits)(FIELD(b, hifi_q5_1, qs), FIELD(b, hifi_q5_1, qh), s);
            NAME(put)(y + 16 * s, NAME(less)(codes, 0), d, -m, 1);
        }
    }
}

void NAME(decode_iq4nl)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const int8x16_t values = vld1q_s8(iq4_values);
    BLOCKS SIDES {
        const int8x16_t codes = vqtbl1q_s8(values, NAME(nibbles)(FIELD(b, hifi_iq4_nl, qs), s));
        NAME(put)(y + 16 * s, codes, loadf16(FIELD(b, hifi_iq4_nl, d)), 0, 0);
    }
}

void NAME(decode_iq4xs)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const int8x16_t values = vld1q_s8(iq4_values);
    BLOCKS {
        const float d = loadf16(FIELD(b, hifi_iq4_xs, d));
        int8_t scales[8];
        iq4xs_scales(b, scales);
        SIXTEENS {
            const int8x16_t codes = vqtbl1q_s8(values, NAME(nibbles)(FIELD(b, hifi_iq4_xs, qs) + 16 * (s / 2), s % 2));
            NAME(put)(y + 16 * s, codes, d * (float)scales[s / 2], 0, 0);
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void NAME(decode_mxfp4)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const int8x16_t values = vld1q_s8(mxfp4_values);
    BLOCKS SIDES {
        const int8x16_t codes = vqtbl1q_s8(values, NAME(nibbles)(FIELD(b, hifi_mxfp4, qs), s));
        NAME(put)(y + 16 * s, codes, e8m0_half_to_float(*FIELD(b, hifi_mxfp4, e)), 0, 0);
    }
}

#undef SIDES
