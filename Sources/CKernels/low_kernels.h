// Decoding by x86 vectors of blocks with one or two bits a weight: one source for both sets. A block has two to four different weights.
// They are made once, as a table in a register, and looked up. Included where these are defined:
//
//   LANES, ints, floats                     numbers in a vector, and its types
//   products(codes, scale)                  so many signed bytes times a number
//   broadcast(word), load(words)            32-bit lanes
//   right(v, turns), right_by(v, count)     shifted right, by lane or all alike
//   looked_up(table, index), put(y, v)      an index counts by its lowest bits, as many as the lanes take
//   thrice(v), upper_of_thrice(v)           halves of products of 16-bit lanes
//   times(v, w)                             products of 16-bit lanes, the lower halves

#define BLOCKS(elements) for (; count > 0; count--, b += f->stride, y += (elements))

/// Bytes as 16-bit fractions.
#define FRACTIONS(bytes) times(bytes, broadcast(256))

/// The digits of so many bytes to base 3, `apart` weights from one digit to the next.
INLINE void put_digits(float *y, ints fractions, int digits, int apart, floats table) {
    for (int n = 0; n < digits; n++, y += apart) {
        put(y, looked_up(table, upper_of_thrice(fractions)));
        fractions = thrice(fractions);
    }
}

void NAME(decode_tq10)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    static const int8_t codes[16] = {-1, 0, 1};
    static const int32_t powers[16] = {256, 256, 256, 256, 768, 768, 768, 768, 2304, 2304, 2304, 2304, 6912, 6912, 6912, 6912};
    BLOCKS(256) {
        const floats table = products(codes, loadf16(FIELD(b, hifi_tq1_0, d)));
        const uint8_t *q = FIELD(b, hifi_tq1_0, qs);
        EACH(i, 32 / LANES) put_digits(y + LANES * i, FRACTIONS(widen(q + LANES * i)), 5, 32, table);
        EACH(i, 16 / LANES) put_digits(y + 160 + LANES * i, FRACTIONS(widen(q + 32 + LANES * i)), 5, 16, table);
        // Digit 4i of the four bytes and the three after it.
        const uint32_t four = load32(FIELD(b, hifi_tq1_0, qh)), repeated[4] = {four, four, four, four};
        const ints bytes = widen((const uint8_t *)repeated);
        EACH(i, 16 / LANES) put_digits(y + 240 + LANES * i, times(bytes, load(powers + LANES * i)), 1, 0, table);
        outliers_apply(&f->outliers, b, y);
    }
}

static const int8_t two_bits[16] = {-1, 0, 1, 2, -1, 0, 1, 2, -1, 0, 1, 2, -1, 0, 1, 2};

void NAME(decode_tq20)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    BLOCKS(256) {
        const floats table = products(two_bits, loadf16(FIELD(b, hifi_tq2_0, d)));
        EACH(half, 2) EACH(i, 32 / LANES) {
            const ints q = widen(FIELD(b, hifi_tq2_0, qs) + 32 * half + LANES * i);
            EACH(quarter, 4) put(y + 128 * half + 32 * quarter + LANES * i, looked_up(table, right_by(q, 2 * quarter)));
        }
        outliers_apply(&f->outliers, b, y);
    }
}

void NAME(decode_q10)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    static const int8_t codes[16] = {-1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1};
    static const int32_t turns[32] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                      16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31};
    BLOCKS(128) {
        const floats table = products(codes, loadf16(FIELD(b, hifi_q1_0, d)));
        EACH(word, 4) {
            const ints bits = broadcast(load32(FIELD(b, hifi_q1_0, qs) + 4 * word));
            EACH(i, 32 / LANES) put(y + 32 * word + LANES * i, looked_up(table, right(bits, load(turns + LANES * i))));
        }
    }
}

void NAME(decode_q20)(const hifi_format *f, const uint8_t *b, size_t count, float *y) {
    static const int32_t turns[16] = {0, 2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22, 24, 26, 28, 30};
    BLOCKS(64) {
        const floats table = products(two_bits, loadf16(FIELD(b, hifi_q2_0, d)));
        EACH(word, 4) {
            const ints bits = broadcast(load32(FIELD(b, hifi_q2_0, qs) + 4 * word));
            EACH(i, 16 / LANES) put(y + 16 * word + LANES * i, looked_up(table, right(bits, load(turns + LANES * i))));
        }
    }
}

/// The four scales of NVFP4: but for 0x7F they are what an fp16 with these bits above its fraction is, times 128 (NUM-12).
INLINE void nvfp4_scales(const uint8_t *packed, float out[4]) {
    const __m128i bytes = _mm_cvtsi32_si128((int)load32(packed));
    const __m128i spared = _mm_andnot_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(0x7F)), bytes);
    const __m128i halves = _mm_and_si128(_mm_slli_epi16(_mm_cvtepu8_epi16(spared), 7), _mm_set1_epi16(0x3F80));
    _mm_storeu_ps(out, _mm_mul_ps(_mm_cvtph_ps(halves), _mm_set1_ps(128)));
}

#undef BLOCKS
#undef FRACTIONS
