// Decoding of the formats of ik_llama.cpp that have a codebook: portable C that takes on the instructions of the file that includes
// it. Which half of the codebook holds is said by a bit of each sub-block: codes of a whole block become bytes, that bit among them,
// and then numbers. Formats whose rows have a header find its scale in `row_scale`. Included where this is defined:
//
//   put_numbers(y, codes, values, count, scales)  256 codes as numbers out of so many, times a scale for each sixteen

#define BLOCKS(elements) for (; count > 0; count--, b += f->stride, y += (elements))
#define SIXTEENS EACH(s, 16)
#define LANES16 for (int l = 0; l < 16; l++)

static const int8_t values_of_two_bits[16] = {-31, -13, 1, 17, -26, -8, 6, 22};
static const int8_t values_of_three_bits[16] = {-63, -40, -23, -10, 1, 13, 28, 47, -59, -36, -19, -6, 5, 17, 32, 51};
static const int8_t values_of_four_bits[32] = {
    -127, -104, -83, -65, -49, -35, -22, -10, 1, 13, 25, 38, 53, 69, 89, 113,
    -123, -100, -79, -61, -45, -31, -18, -6,  5, 17, 29, 42, 57, 73, 93, 117,
};
static const int8_t values_of_five_bits[64] = {
    -126, -114, -103, -92, -83, -74, -65, -57, -50, -43, -36, -30, -24, -18, -12, -6,
    -1,   5,    11,   17,  23,  29,  36,  43,  51,  59,  68,  77,  87,  97,  109, 121,
    -124, -112, -101, -90, -81, -72, -63, -55, -48, -41, -34, -28, -22, -16, -10, -4,
    1,    7,    13,   19,  25,  31,  38,  45,  53,  61,  70,  79,  89,  99,  111, 123,
};

/// Two bits of each code, and above them those of `above` that the sixteen has.
INLINE void codes_of_two_bits(const uint8_t *q, const uint8_t above[16], uint8_t codes[256]) {
    SIXTEENS {
        const uint8_t *p = q + 32 * (s / 8) + 16 * (s % 2), high = above[s];
        LANES16 codes[16 * s + l] = (p[l] >> (2 * (s / 2 % 4)) & 3) | high;
    }
}

/// A further bit each, in planes of 32 weights.
INLINE void add_bits(const uint8_t *h, int place, uint8_t codes[256]) {
    SIXTEENS LANES16 codes[16 * s + l] |= (uint8_t)((h[16 * (s % 2) + l] >> (s / 2) & 1) << place);
}

/// Nibbles: low ones, then high ones, of `apart` bytes.
INLINE void codes_of_nibbles(const uint8_t *q, int apart, const uint8_t above[16], uint8_t codes[256]) {
    SIXTEENS {
        const int run = apart / 16, pair = s / (2 * run), nibble = s / run % 2;
        const uint8_t *p = q + apart * pair + 16 * (s % run), high = above[s];
        LANES16 codes[16 * s + l] = (p[l] >> (4 * nibble) & 15) | high;
    }
}

/// Bit s of a word for sixteen s, shifted to its place.
INLINE void bits_of_sixteens(unsigned word, int place, uint8_t out[16]) { SIXTEENS out[s] = (uint8_t)((word >> s & 1) << place); }
/// Bit s of a byte for 32 weights.
INLINE void bits_of_pairs(unsigned byte, int place, uint8_t out[16]) { SIXTEENS out[s] = (uint8_t)((byte >> (s / 2) & 1) << place); }

INLINE unsigned nibble_of(const uint8_t *packed, int number) { return packed[number / 2] >> (4 * (number % 2)) & 15u; }

void NAME(decode_iq2k)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        const float d = loadf16(FIELD(b, hifi_iq2_k, d));
        uint8_t above[16], codes[256];
        float scales[16];
        SIXTEENS scales[s] = d * (float)((int)nibble_of(FIELD(b, hifi_iq2_k, scales), s) - 8);
        bits_of_sixteens(load16(FIELD(b, hifi_iq2_k, extra)), 2, above);
        codes_of_two_bits(FIELD(b, hifi_iq2_k, qs), above, codes);
        put_numbers(y, codes, values_of_two_bits, 16, scales);
        outliers_apply(&f->outliers, b, y);
    }
}

void NAME(decode_iq2ks)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        const unsigned extra = load16(FIELD(b, hifi_iq2_ks, extra));
        uint8_t above[16], codes[256];
        float scales[16];
        SIXTEENS {
            const unsigned scale = nibble_of(FIELD(b, hifi_iq2_ks, scales), s / 2) | (extra >> (8 + s / 2) & 1) << 4;
            scales[s] = f->row_scale * (float)((int)scale - 16);
        }
        bits_of_pairs(extra, 2, above);
        codes_of_two_bits(FIELD(b, hifi_iq2_ks, qs), above, codes);
        put_numbers(y, codes, values_of_two_bits, 16, scales);
    }
}

void NAME(decode_iq3k)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        const float d = loadf16(FIELD(b, hifi_iq3_k, d));
        const unsigned negative = load16(FIELD(b, hifi_iq3_k, scales_h));
        uint8_t above[16], codes[256];
        float scales[16];
        SIXTEENS {
            const int odd = 2 * (int)nibble_of(FIELD(b, hifi_iq3_k, scales_l), s) + 1;
            scales[s] = d * (float)(negative >> s & 1 ? -odd : odd);
        }
        bits_of_sixteens(load16(FIELD(b, hifi_iq3_k, extra)), 3, above);
        codes_of_two_bits(FIELD(b, hifi_iq3_k, qs), above, codes);
        add_bits(FIELD(b, hifi_iq3_k, qh), 2, codes);
        put_numbers(y, codes, values_of_three_bits, 16, scales);
        outliers_apply(&f->outliers, b, y);
    }
}

void NAME(decode_iq3ks)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        const unsigned extra = load16(FIELD(b, hifi_iq3_ks, extra));
        uint8_t above[16], codes[256];
        float scales[16];
        SIXTEENS {
            const unsigned low = FIELD(b, hifi_iq3_ks, scales)[s / 2 % 4] >> (4 * (s / 8)) & 15u;
            scales[s] = f->row_scale * (float)((int)(low | (extra >> (s / 2) & 1) << 4) - 16);
        }
        bits_of_pairs(extra >> 8, 3, above);
        codes_of_two_bits(FIELD(b, hifi_iq3_ks, qs), above, codes);
        add_bits(FIELD(b, hifi_iq3_ks, qh), 2, codes);
        put_numbers(y, codes, values_of_three_bits, 16, scales);
    }
}

/// The sixteen scales of IQ4_K and IQ5_K.
INLINE void scales_of_six_bits(const uint8_t *low, const uint8_t *high, float d, float scales[16]) {
    const uint32_t pairs = load32(high);
    SIXTEENS scales[s] = d * (float)((int)(nibble_of(low, s) | (pairs >> (2 * s) & 3) << 4) - 32);
}

/// What IQ4_K and IQ5_K have in common: all fields but the fifth bits lie at the same places.
INLINE void decode_of_sixteens(const hifi_format *f, const uint8_t *b, size_t count, float *y, int five) {
    _Static_assert(offsetof(hifi_iq4_k, qs) == offsetof(hifi_iq5_k, qs), "alike up to the nibbles");
    BLOCKS(256) {
        uint8_t above[16], codes[256];
        float scales[16];
        scales_of_six_bits(FIELD(b, hifi_iq5_k, scales_l), FIELD(b, hifi_iq5_k, scales_h), loadf16(FIELD(b, hifi_iq5_k, d)), scales);
        bits_of_sixteens(load16(FIELD(b, hifi_iq5_k, extra)), five ? 5 : 4, above);
        codes_of_nibbles(FIELD(b, hifi_iq5_k, qs), five ? 32 : 16, above, codes);
        if (five) add_bits(FIELD(b, hifi_iq5_k, qh), 4, codes);
        put_numbers(y, codes, five ? values_of_five_bits : values_of_four_bits, five ? 64 : 32, scales);
        outliers_apply(&f->outliers, b, y);
    }
}

void NAME(decode_iq4k)(const hifi_format *f, const uint8_t *b, size_t count, float *y) { decode_of_sixteens(f, b, count, y, 0); }
void NAME(decode_iq5k)(const hifi_format *f, const uint8_t *b, size_t count, float *y) { decode_of_sixteens(f, b, count, y, 1); }

/// The scale of a row times 2 scale - 127, and the lowest bit of each byte for its 32 weights.
INLINE void scales_of_seven_bits(const uint8_t *packed, float d, int place, float scales[16], uint8_t above[16]) {
    SIXTEENS {
        const int byte = packed[s / 2];
        scales[s] = d * (float)((byte & 254) - 127);
        above[s] = (uint8_t)((byte & 1) << place);
    }
}

/// What IQ4_KS and IQ5_KS have in common, likewise.
INLINE void decode_of_pairs(const hifi_format *f, const uint8_t *b, size_t count, float *y, int five) {
    _Static_assert(offsetof(hifi_iq4_ks, qs) == offsetof(hifi_iq5_ks, qs), "alike up to the nibbles");
    BLOCKS(256) {
        uint8_t above[16], codes[256];
        float scales[16];
        scales_of_seven_bits(FIELD(b, hifi_iq5_ks, scales), f->row_scale, five ? 5 : 4, scales, above);
        codes_of_nibbles(FIELD(b, hifi_iq5_ks, qs), five ? 32 : 16, above, codes);
        if (five) add_bits(FIELD(b, hifi_iq5_ks, qh), 4, codes);
        put_numbers(y, codes, five ? values_of_five_bits : values_of_four_bits, five ? 64 : 32, scales);
    }
}

void NAME(decode_iq4ks)(const hifi_format *f, const uint8_t *b, size_t count, float *y) { decode_of_pairs(f, b, count, y, 0); }
void NAME(decode_iq5ks)(const hifi_format *f, const uint8_t *b, size_t count, float *y) { decode_of_pairs(f, b, count, y, 1); }

void NAME(decode_iq4kss)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        uint8_t packed[8], above[16], codes[256];
        uint16_t words[64];
        float scales[16];
        memcpy(words, b, 128);
        // The lowest bits of the eight words of 32 weights make a byte as IQ4_KS has it.
        for (int s = 0; s < 8; s++) {
            unsigned byte = 0;
            for (int k = 0; k < 8; k++) byte |= (words[8 * s + k] & 1u) << k;
            packed[s] = (uint8_t)byte;
        }
        for (int k = 0; k < 64; k++) {
            const uint16_t word = words[k] & 0xFFFE;
            words[k] = word ^ word >> 1;
        }
        scales_of_seven_bits(packed, f->row_scale, 4, scales, above);
        codes_of_nibbles((const uint8_t *)words, 16, above, codes);
        put_numbers(y, codes, values_of_four_bits, 32, scales);
    }
}
