// Decoding of the formats of ik_llama.cpp without a codebook: a curve, pairs, trellises, ternary digits and plain integers. Included
// after ik_codebook_kernels.h, by whose rules it goes.
//
// What is read in a loop that writes weights is copied first: for all that compilers know, bytes may be those of weights.

/// A cubic curve, whose numbers one bit of a sub-block raises by one.
void NAME(decode_iq6k)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    const uint8_t none[16] = {0};
    BLOCKS(256) {
        const float d = loadf16(FIELD(b, hifi_iq6_k, d));
        const unsigned extra = load16(FIELD(b, hifi_iq6_k, extra));
        const uint8_t *h = FIELD(b, hifi_iq6_k, qh);
        uint8_t codes[256];
        codes_of_nibbles(FIELD(b, hifi_iq6_k, qs), 32, none, codes);
        SIXTEENS LANES16 codes[16 * s + l] |= (uint8_t)((h[32 * (s / 8) + 16 * (s % 2) + l] >> (2 * (s / 2 % 4)) & 3) << 4);
        SIXTEENS {
            const float scale = d * (float)(int8_t)FIELD(b, hifi_iq6_k, scales)[s], raised = (float)(extra >> s & 1);
            LANES16 {
                const float x = (float)codes[16 * s + l];
                const float slope = x * 0.00119720003567636013031005859375f - 0.112180002033710479736328125f;
                y[16 * s + l] = scale * ((x * (6.256800174713134765625f + x * slope) - 127.0f) + raised);
            }
        }
        outliers_apply(&f->outliers, b, y);
    }
}

/// Entries of two numbers each.
void NAME(decode_iq2kl)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        const unsigned high = load16(FIELD(b, hifi_iq2_kl, scales_h));
        uint8_t codes[256];
        float scales[16];
        SIXTEENS {
            const unsigned low = FIELD(b, hifi_iq2_kl, scales_l)[s / 2 % 4] >> (4 * (s / 8)) & 15u;
            scales[s] = f->row_scale * (float)((int)(low | (high >> (2 * (s / 2)) & 3) << 4) - 32);
        }
        EACH(run, 8) LANES16 {
            const uint8_t nibble = FIELD(b, hifi_iq2_kl, qs)[16 * (run / 2) + l] >> (4 * (run % 2)) & 15;
            const uint8_t twice = (uint8_t)((nibble | (FIELD(b, hifi_iq2_kl, qh)[l] >> run & 1) << 4) << 1);
            codes[32 * run + 2 * l] = twice, codes[32 * run + 2 * l + 1] = twice | 1;
        }
        put_numbers(y, codes, f->grid, 64, scales);
    }
}

/// Number l of the trellis that begins with a code (NUM-13), 0 to 7.
INLINE int32_t sequence_number(uint32_t code, int l) {
    // The multiplier to the powers from 1 on, modulo 2^32.
    static const uint32_t powers[8] = {
        0xCBAC1FED, 0xC8734169, 0xBD2B4535, 0xE50C7D11, 0x1220D7BD, 0x94839CF9, 0x58267985, 0x60B19B21,
    };
    // Bytes of six bits, added up in the uppermost.
    return (int32_t)(((code + 4096) * powers[l] & 0x3F3F3F3F) * 0x01010101 >> 24) - 126;
}

/// The scale of 32 weights as IQ1_KT and IQ2_KT have it.
INLINE float trellis_scale(float d, unsigned nibble) { return d * (float)values_of_four_bits[nibble & 15]; }

void NAME(decode_iq1kt)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        const uint8_t *ql = FIELD(b, hifi_iq1_kt, ql), *qh = FIELD(b, hifi_iq1_kt, qh), *sh = FIELD(b, hifi_iq1_kt, sh);
        for (int s = 0; s < 8; s++) {
            const float scale = trellis_scale(f->row_scale, sh[s]);
            EACH(g, 4) {
                const unsigned middle = qh[4 * (s % 4) + g] >> (4 * (s / 4)) & 15u, upper = sh[s] >> (4 + g) & 1u;
                const uint32_t code = ql[4 * s + g] | middle << 8 | upper << 12;
                EACH(l, 8) y[32 * s + 8 * g + l] = scale * (float)sequence_number(code, l);
            }
        }
    }
}

void NAME(decode_iq2kt)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        for (int s = 0; s < 8; s++) {
            const float scale = trellis_scale(f->row_scale, FIELD(b, hifi_iq2_kt, scales)[s % 4] >> (4 * (s / 4)));
            EACH(g, 4) {
                const uint32_t code = load16(FIELD(b, hifi_iq2_kt, ql) + 8 * s + 2 * g);
                EACH(l, 8) y[32 * s + 8 * g + l] = scale * (float)sequence_number(code, l);
            }
        }
    }
}

/// Magnitudes, whose signs are multiplied by at the end: of a zero, which a product has the sign of, but not of a NaN (NUM-04).
void NAME(decode_iq3kt)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        uint8_t h[32];
        memcpy(h, FIELD(b, hifi_iq3_kt, qh), 32);
        for (int s = 0; s < 8; s++) {
            const float scale = f->row_scale * (float)(FIELD(b, hifi_iq3_kt, scales)[s % 4] >> (4 * (s / 4)) & 15);
            EACH(g, 4) {
                const uint32_t code = load16(FIELD(b, hifi_iq3_kt, ql) + 8 * s + 2 * g);
                EACH(l, 8) {
                    const int32_t number = sequence_number(code, l), sign = 1 - 2 * (h[8 * g + l] >> s & 1);
                    y[32 * s + 8 * g + l] = scale * (float)(number < 0 ? -number : number) * (float)sign;
                }
            }
        }
    }
}

void NAME(decode_iq4kt)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        const uint8_t *ql = FIELD(b, hifi_iq4_kt, ql), *qh = FIELD(b, hifi_iq4_kt, qh);
        for (int s = 0; s < 8; s++) {
            const uint32_t word = load32(FIELD(b, hifi_iq4_kt, sh) + 4 * s);
            const float scale = f->row_scale * (float)((int)(word >> 1 & 127) - 64);
            uint32_t codes[32];
            EACH(g, 8) {
                const uint32_t middle = qh[8 * (s % 4) + g] >> (4 * (s / 4)) & 15u, upper = word >> (8 + 3 * g) & 7;
                const uint32_t code = ql[8 * s + g] | middle << 8 | upper << 12 | (word & 1) << 15;
                EACH(l, 4) codes[4 * g + l] = code;
            }
            EACH(i, 32) y[32 * s + i] = scale * (float)sequence_number(codes[i], i % 4);
        }
    }
}

/// Of sixteen weights fifteen in three bytes, the last digit first, and one in the byte that all 64 share.
void NAME(decode_iq1bn)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    // What brings the digit of each weight to the front (NUM-11).
    static const uint8_t powers[64] = {
        81, 27, 9, 3, 1, 81, 27, 9, 3, 1, 81, 27, 9, 3, 1, 81, 81, 27, 9, 3, 1, 81, 27, 9, 3, 1, 81, 27, 9, 3, 1, 27,
        81, 27, 9, 3, 1, 81, 27, 9, 3, 1, 81, 27, 9, 3, 1, 9,  81, 27, 9, 3, 1, 81, 27, 9, 3, 1, 81, 27, 9, 3, 1, 3,
    };
    BLOCKS(64) {
        const uint8_t *ql = FIELD(b, hifi_iq1_bn, ql);
        uint8_t bytes[64];
        EACH(s, 4) {
            EACH(k, 3) memset(bytes + 16 * s + 5 * k, ql[3 * s + k], 5);
            bytes[16 * s + 15] = *FIELD(b, hifi_iq1_bn, extra);
        }
        for (int i = 0; i < 64; i++) {
            const uint8_t fraction = (uint8_t)(bytes[i] * powers[i]);
            y[i] = f->row_scale * (float)((3 * fraction >> 8) - 1);
        }
    }
}

void NAME(decode_iq2bn)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(64) {
        uint8_t q[16];
        memcpy(q, FIELD(b, hifi_iq2_bn, qs), 16);
        EACH(pair, 4) LANES16 y[16 * pair + l] = f->row_scale * (float)((q[l] >> (2 * pair) & 3) - 1);
    }
}

void NAME(decode_q60)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) {
        const float d = loadf16(FIELD(b, hifi_q6_0, d));
        // The upper two bits: those of four weights in a byte, which are apart by eight.
        uint8_t q[16], h[16], codes[32];
        memcpy(q, FIELD(b, hifi_q6_0, qs), 16);
        memcpy(h, FIELD(b, hifi_q6_0, qh), 8);
        for (int l = 0; l < 8; l++) h[8 + l] = h[l] >> 4;
        LANES16 codes[l] = (q[l] & 15) | (uint8_t)((h[l] & 3) << 4);
        LANES16 codes[16 + l] = q[l] >> 4 | (uint8_t)((h[l] >> 2 & 3) << 4);
        for (int i = 0; i < 32; i++) y[i] = (float)(codes[i] - 32) * d;
    }
}

void NAME(decode_q8kv)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(32) {
        int8_t q[32];
        memcpy(q, b, 32);
        for (int l = 0; l < 32; l++) y[l] = f->row_scale * (float)q[l];
    }
}

#undef BLOCKS
#undef SIXTEENS
#undef LANES16
