// Codes of 256 weights in the order of the weights, for those who pack panels: included inside a region of AVX-512.
#ifndef HIFI_AVX512_CODES_H
#define HIFI_AVX512_CODES_H

INLINE void store64(uint8_t *out, __m512i v) { _mm512_storeu_si512(out, v); }

/// Codes 0 to 7 of weights 64 * part to 64 * part + 63.
INLINE __m512i codes_q3k_at(const uint8_t *b, int part) {
    const int shift = 4 * (part % 2);
    const __m512i low2 = two_bits(twice(FIELD(b, hifi_q3_k, qs) + 32 * (part / 2)), shift, shift + 2);
    return _mm512_or_si512(low2, bit_to(twice(FIELD(b, hifi_q3_k, hmask)), 2 * part, 2 * part + 1, 2));
}

/// Lower nibbles of 32 bytes, then the upper ones.
INLINE __m512i nibbles_of_32(const uint8_t *p) {
    const __m512i q = _mm512_srlv_epi64(twice(p), _mm512_set_epi64(4, 4, 4, 4, 0, 0, 0, 0));
    return _mm512_and_si512(q, _mm512_set1_epi8(15));
}

INLINE void unpack_q4k(const uint8_t *b, uint8_t *out) {
    for (int pair = 0; pair < 4; pair++) store64(out + 64 * pair, nibbles_of_32(FIELD(b, hifi_q4_k, qs) + 32 * pair));
}

INLINE void unpack_q5k(const uint8_t *b, uint8_t *out) {
    const __m512i h = twice(FIELD(b, hifi_q5_k, qh));
#pragma clang loop unroll(full)
    for (int pair = 0; pair < 4; pair++) {
        const __m512i low = nibbles_of_32(FIELD(b, hifi_q5_k, qs) + 32 * pair);
        store64(out + 64 * pair, _mm512_or_si512(low, bit_to(h, 2 * pair, 2 * pair + 1, 4)));
    }
}

INLINE void unpack_q6k(const uint8_t *b, uint8_t *out) {
    const __m512i low4 = _mm512_set1_epi8(15), high2 = _mm512_set1_epi8(0x30);
    for (int half = 0; half < 2; half++) {
        const __m512i l = _mm512_loadu_si512(FIELD(b, hifi_q6_k, ql) + 64 * half);
        const __m512i h = twice(FIELD(b, hifi_q6_k, qh) + 32 * half);
        const __m512i low_high = _mm512_rolv_epi32(h, lower_upper(4, 2)), high_high = _mm512_rolv_epi32(h, lower_upper(0, 30));
        const __m512i first = _mm512_and_si512(l, low4), second = _mm512_and_si512(_mm512_srli_epi16(l, 4), low4);
        store64(out + 128 * half, _mm512_ternarylogic_epi32(first, low_high, high2, 0xF8));
        store64(out + 128 * half + 64, _mm512_ternarylogic_epi32(second, high_high, high2, 0xF8));
    }
}

#endif
