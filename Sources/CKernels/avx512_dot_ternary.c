// Products of ternary weights, with AVX-512: codes from 0 on, and the 1 that they are too large by taken back through the activations'
// stored sums, in integers.
#if defined(__x86_64__)
#include "avx512_gemm.h"

AVX512_BEGIN

#include "avx512_dot_signed.h"
#include "tables.h"

INLINE __m512i without_one(__m512i products, const uint8_t *x) { return without_bias(products, _mm256_set1_epi16(1), x, 0); }

/// The codes of 64 weights.
INLINE __m512i codes_of_tq20(const uint8_t *b, int part) {
    return two_bits(twice(FIELD(b, hifi_tq2_0, qs) + 32 * (part / 2)), 4 * (part % 2), 4 * (part % 2) + 2);
}

INLINE __m512i products_tq20(const hifi_format *f, const uint8_t *b, const uint8_t *x) {
    (void)f;
    __m512i products = _mm512_setzero_si512();
    EACH(part, 4) {
        products = _mm512_dpbusd_epi32(products, codes_of_tq20(b, part), codes_at(codes_of(x), part));
    }
    return without_one(products, x);
}
DOT_BY_FOUR(tq20, hifi_tq2_0, 1.0f)

// The first four ternary digits of a byte as a fraction (NUM-11), two bits each; and the fifth.
#define DIGIT(byte, power) (3 * ((byte) * (power) & 255) >> 8)
#define FOUR_DIGITS(byte) (DIGIT(byte, 1) | DIGIT(byte, 3) << 2 | DIGIT(byte, 9) << 4 | DIGIT(byte, 27) << 6)
#define FIFTH_DIGIT(byte) DIGIT(byte, 81)
#define FOUR(of, first) of(first), of((first) + 1), of((first) + 2), of((first) + 3)
#define SIXTEEN(of, first) FOUR(of, first), FOUR(of, (first) + 4), FOUR(of, (first) + 8), FOUR(of, (first) + 12)
#define SIXTY_FOUR(of, first) SIXTEEN(of, first), SIXTEEN(of, (first) + 16), SIXTEEN(of, (first) + 32), SIXTEEN(of, (first) + 48)
#define ALL_BYTES(of) {SIXTY_FOUR(of, 0), SIXTY_FOUR(of, 64), SIXTY_FOUR(of, 128), SIXTY_FOUR(of, 192)}
static const uint8_t four_digits[256] __attribute__((aligned(64))) = ALL_BYTES(FOUR_DIGITS);
static const uint8_t fifth_digits[256] __attribute__((aligned(64))) = ALL_BYTES(FIFTH_DIGIT);

/// Each byte looked up in a table of 256.
INLINE __m512i look_up(const uint8_t table[256], __m512i bytes) {
    const __m512i low = _mm512_permutex2var_epi8(_mm512_load_si512(table), bytes, _mm512_load_si512(table + 64));
    const __m512i high = _mm512_permutex2var_epi8(_mm512_load_si512(table + 128), bytes, _mm512_load_si512(table + 192));
    return _mm512_mask_blend_epi8(_mm512_movepi8_mask(bytes), low, high);
}

/// The activations that digit n of the 52 bytes belongs to: 32, 16 and, but for the fifth digit, four.
INLINE __m512i activations_of_digit(const int8_t *q8, int n) {
    const __m512i thirty_two = _mm512_zextsi256_si512(_mm256_loadu_si256((const __m256i *)(q8 + 32 * n)));
    const __m512i a = _mm512_inserti32x4(thirty_two, _mm_loadu_si128((const __m128i *)(q8 + 160 + 16 * n)), 2);
    return n < 4 ? _mm512_mask_set1_epi32(a, 1 << 12, (int)load32((const uint8_t *)q8 + 240 + 4 * n)) : a;
}

INLINE __m512i products_tq10(const hifi_format *f, const uint8_t *b, const uint8_t *x) {
    (void)f;
    const int8_t *q8 = codes_of(x);
    const __m512i bytes = _mm512_maskz_loadu_epi8((1ull << 52) - 1, b);
    const __m512i digits = look_up(four_digits, bytes);
    __m512i products = _mm512_dpbusd_epi32(_mm512_setzero_si512(), look_up(fifth_digits, bytes), activations_of_digit(q8, 4));
    EACH(n, 4) products = _mm512_dpbusd_epi32(products, two_bits(digits, 2 * n, 2 * n), activations_of_digit(q8, n));
    return without_one(products, x);
}
DOT_BY_FOUR(tq10, hifi_tq1_0, 1.0f)

void avx512_unpack_ternary(hifi_base base, const uint8_t *b, uint8_t *out) {
    if (base == HIFI_TQ2_0) {
        EACH(part, 4) _mm512_storeu_si512(out + 64 * part, codes_of_tq20(b, part));
        return;
    }
    const __m512i bytes = _mm512_maskz_loadu_epi8((1ull << 52) - 1, b);
    const __m512i digits = look_up(four_digits, bytes);
    EACH(n, 5) {
        const __m512i codes = n < 4 ? two_bits(digits, (2 * n) & 7, (2 * n) & 7) : look_up(fifth_digits, bytes);
        _mm256_storeu_si256((__m256i *)(out + 32 * n), _mm512_castsi512_si256(codes));
        _mm_storeu_si128((__m128i *)(out + 160 + 16 * n), _mm512_extracti32x4_epi32(codes, 2));
        if (n == 4) continue;
        const int32_t last = _mm_cvtsi128_si32(_mm512_extracti32x4_epi32(codes, 3));
        memcpy(out + 240 + 4 * n, &last, 4);
    }
}

AVX512_END
#endif
