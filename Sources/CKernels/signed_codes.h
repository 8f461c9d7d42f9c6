// 256 weights as signed codes in their order, with a factor for each run of 256 / `groups`, in portable C: what formats are multiplied
// by that have neither minima nor outliers of their own.
#ifndef HIFI_SIGNED_CODES_H
#define HIFI_SIGNED_CODES_H

#include "entries.h"

/// Bytes of 256 weights; 0 for bases whose products are another matter.
INLINE size_t superblock_bytes_of(hifi_base base) {
    switch (base) {
    case HIFI_IQ4_NL: return 8 * sizeof(hifi_iq4_nl);
    case HIFI_IQ4_XS: return sizeof(hifi_iq4_xs);
    case HIFI_MXFP4: return 8 * sizeof(hifi_mxfp4);
    case HIFI_NVFP4: return 4 * sizeof(hifi_nvfp4);
    case HIFI_TQ1_0: return sizeof(hifi_tq1_0);
    case HIFI_TQ2_0: return sizeof(hifi_tq2_0);
    case HIFI_IQ2_XXS: return sizeof(hifi_iq2_xxs);
    case HIFI_IQ2_XS: return sizeof(hifi_iq2_xs);
    case HIFI_IQ2_S: return sizeof(hifi_iq2_s);
    case HIFI_IQ3_XXS: return sizeof(hifi_iq3_xxs);
    case HIFI_IQ3_S: return sizeof(hifi_iq3_s);
    default: return 0;
    }
}

/// Runs of weights with a factor of their own in 256 weights; 0 for bases whose products are another matter.
INLINE int groups_of(hifi_base base) {
    switch (base) {
    case HIFI_TQ1_0:
    case HIFI_TQ2_0: return 1;
    case HIFI_IQ4_NL:
    case HIFI_IQ4_XS:
    case HIFI_MXFP4:
    case HIFI_IQ2_XXS:
    case HIFI_IQ3_XXS:
    case HIFI_IQ3_S: return 8;
    case HIFI_NVFP4:
    case HIFI_IQ2_XS:
    case HIFI_IQ2_S: return 16;
    default: return 0;
    }
}

/// Whether factors are integers times one number for all 256 weights. Else each is a float of its own.
INLINE int has_integer_factors(hifi_base base) { return base != HIFI_IQ4_NL && base != HIFI_MXFP4 && base != HIFI_NVFP4; }

/// Low nibbles of so many bytes, then the high ones.
INLINE void put_nibbles(int8_t *codes, const uint8_t *q, int bytes, const int8_t values[16]) {
    for (int l = 0; l < bytes; l++) codes[l] = values[q[l] & 15], codes[bytes + l] = values[q[l] >> 4];
}

/// Eight numbers of an entry, negative where a bit is set: all bytes of a word at once. No number is 0, so nothing is carried.
INLINE uint64_t signed_entry(uint64_t entry, unsigned signs) {
    const uint64_t each = 0x0101010101010101, own_bits = (signs & 255) * each & 0x8040201008040201;
    const uint64_t ones = (own_bits + 0x7F * each) >> 7 & each;
    return (entry ^ ones * 255) + ones;
}

INLINE void put_8(int8_t *codes, const int8_t *grid, unsigned number, unsigned signs) {
    const uint64_t entry = signed_entry(load64((const uint8_t *)grid + 8 * (size_t)number), signs);
    memcpy(codes, &entry, 8);
}

/// Two entries of four.
INLINE void put_4_and_4(int8_t *codes, const int8_t *grid, unsigned first, unsigned second, unsigned signs) {
    const uint64_t low = load32((const uint8_t *)grid + 4 * (size_t)first), high = load32((const uint8_t *)grid + 4 * (size_t)second);
    const uint64_t entry = signed_entry(low | high << 32, signs);
    memcpy(codes, &entry, 8);
}

INLINE void put_ternary(int8_t *codes, const uint8_t *q, int bytes, int digits) {
    unsigned power = 1;
    for (int n = 0; n < digits; n++, power *= 3, codes += bytes) {
        for (int l = 0; l < bytes; l++) codes[l] = (int8_t)((3 * (uint8_t)(q[l] * power) >> 8) - 1);
    }
}

/// The codes of 256 weights from block `b` on.
static inline void signed_codes(hifi_base base, const int8_t *grid, const uint8_t *b, int8_t codes[256]) {
    switch (base) {
    case HIFI_IQ4_NL:
        for (size_t s = 0; s < 8; s++) put_nibbles(codes + 32 * s, FIELD(b + sizeof(hifi_iq4_nl) * s, hifi_iq4_nl, qs), 16, iq4_values);
        break;
    case HIFI_IQ4_XS:
        for (size_t s = 0; s < 8; s++) put_nibbles(codes + 32 * s, FIELD(b, hifi_iq4_xs, qs) + 16 * s, 16, iq4_values);
        break;
    case HIFI_MXFP4:
        for (size_t s = 0; s < 8; s++) put_nibbles(codes + 32 * s, FIELD(b + sizeof(hifi_mxfp4) * s, hifi_mxfp4, qs), 16, mxfp4_values);
        break;
    case HIFI_NVFP4:
        for (size_t s = 0; s < 16; s++) {
            put_nibbles(codes + 16 * s, FIELD(b + sizeof(hifi_nvfp4) * (s / 4), hifi_nvfp4, qs) + 8 * (s % 4), 8, mxfp4_values);
        }
        break;
    case HIFI_TQ1_0:
        put_ternary(codes, FIELD(b, hifi_tq1_0, qs), 32, 5);
        put_ternary(codes + 160, FIELD(b, hifi_tq1_0, qs) + 32, 16, 5);
        put_ternary(codes + 240, FIELD(b, hifi_tq1_0, qh), 4, 4);
        break;
    case HIFI_TQ2_0:
        for (int i = 0; i < 256; i++) {
            codes[i] = (int8_t)((FIELD(b, hifi_tq2_0, qs)[32 * (i / 128) + i % 32] >> (2 * (i / 32 % 4)) & 3) - 1);
        }
        break;
    case HIFI_IQ2_XXS:
        for (int g = 0; g < 32; g++) {
            const uint8_t *q = FIELD(b, hifi_iq2_xxs, qs) + 8 * (g / 4);
            put_8(codes + 8 * g, grid, q[g % 4], even_signs(load32(q + 4) >> (7 * (g % 4)) & 127));
        }
        break;
    case HIFI_IQ2_XS:
        for (int g = 0; g < 32; g++) {
            const unsigned q = load16(FIELD(b, hifi_iq2_xs, qs) + 2 * g);
            put_8(codes + 8 * g, grid, q & 511, even_signs(q >> 9));
        }
        break;
    case HIFI_IQ2_S:
        for (int g = 0; g < 32; g++) {
            const unsigned high = FIELD(b, hifi_iq2_s, qh)[g / 4] >> (2 * (g % 4)) & 3u;
            put_8(codes + 8 * g, grid, FIELD(b, hifi_iq2_s, qs)[g] | high << 8, FIELD(b, hifi_iq2_s, signs)[g]);
        }
        break;
    case HIFI_IQ3_XXS:
        for (int g = 0; g < 32; g++) {
            const uint8_t *q = FIELD(b, hifi_iq3_xxs, qs) + 2 * g;
            const uint32_t signs = load32(FIELD(b, hifi_iq3_xxs, signs_scale) + 4 * (g / 4));
            put_4_and_4(codes + 8 * g, grid, q[0], q[1], even_signs(signs >> (7 * (g % 4)) & 127));
        }
        break;
    default:
        for (int g = 0; g < 32; g++) {
            const uint8_t *q = FIELD(b, hifi_iq3_s, qs) + 2 * g;
            const unsigned high = FIELD(b, hifi_iq3_s, qh)[g / 4] >> (2 * (g % 4));
            put_4_and_4(codes + 8 * g, grid, q[0] | (high & 1) << 8, q[1] | (high & 2) << 7, FIELD(b, hifi_iq3_s, signs)[g]);
        }
    }
}

/// Integer factors of a block, and the number that all of them are multiples of.
static inline float integer_factors(hifi_base base, const uint8_t *b, int8_t factors[16]) {
    switch (base) {
    case HIFI_IQ4_XS: iq4xs_scales(b, factors); return loadf16(FIELD(b, hifi_iq4_xs, d));
    case HIFI_TQ1_0: factors[0] = 1; return loadf16(FIELD(b, hifi_tq1_0, d));
    case HIFI_TQ2_0: factors[0] = 1; return loadf16(FIELD(b, hifi_tq2_0, d));
    case HIFI_IQ2_XXS:
        for (int s = 0; s < 8; s++) factors[s] = (int8_t)(2 * (FIELD(b, hifi_iq2_xxs, qs)[8 * s + 7] >> 4) + 1);
        return loadf16(FIELD(b, hifi_iq2_xxs, d)) * 0.125f;
    case HIFI_IQ3_XXS:
        for (int s = 0; s < 8; s++) factors[s] = (int8_t)(2 * (FIELD(b, hifi_iq3_xxs, signs_scale)[4 * s + 3] >> 4) + 1);
        return loadf16(FIELD(b, hifi_iq3_xxs, d)) * 0.25f;
    case HIFI_IQ3_S:
        for (int s = 0; s < 8; s++) factors[s] = (int8_t)(2 * (FIELD(b, hifi_iq3_s, scales)[s / 2] >> (4 * (s % 2)) & 15) + 1);
        return loadf16(FIELD(b, hifi_iq3_s, d));
    default: {
        // Both begin with d.
        const uint8_t *scales = base == HIFI_IQ2_XS ? FIELD(b, hifi_iq2_xs, scales) : FIELD(b, hifi_iq2_s, scales);
        for (int s = 0; s < 16; s++) factors[s] = (int8_t)(2 * (scales[s / 2] >> (4 * (s % 2)) & 15) + 1);
        return loadf16(FIELD(b, hifi_iq2_s, d)) * 0.125f;
    }
    }
}

/// Factors as floats; products of an fp16 with an integer of six bits do not round.
static inline void float_factors(hifi_base base, const uint8_t *b, float factors[16]) {
    int8_t integers[16];
    float d;
    switch (base) {
    case HIFI_IQ4_NL:
        for (size_t s = 0; s < 8; s++) factors[s] = loadf16(FIELD(b + sizeof(hifi_iq4_nl) * s, hifi_iq4_nl, d));
        break;
    case HIFI_MXFP4:
        for (size_t s = 0; s < 8; s++) factors[s] = e8m0_half_to_float(*FIELD(b + sizeof(hifi_mxfp4) * s, hifi_mxfp4, e));
        break;
    case HIFI_NVFP4:
        for (size_t s = 0; s < 16; s++) factors[s] = ue4m3_half_to_float(FIELD(b + sizeof(hifi_nvfp4) * (s / 4), hifi_nvfp4, d)[s % 4]);
        break;
    default:
        d = integer_factors(base, b, integers);
        for (int s = 0; s < groups_of(base); s++) factors[s] = d * (float)integers[s];
    }
}

#endif
