// Products of entries of a grid with signs, with AVX-512: 64 weights at a time, as 64 + magnitude or 64 - magnitude. Magnitudes are at
// most 62, so pairs of products fit 16 bits. The 64 is taken back through the activations' stored sums, in integers.
#if defined(__x86_64__)
#include "avx512_gemm.h"

AVX512_BEGIN

#include "avx512_dot_signed.h"
#include "tables.h"

INLINE __m512i entries_of_8(const int8_t *grid, __m256i numbers) { return _mm512_i32gather_epi64(numbers, grid, 8); }
INLINE __m512i entries_of_4(const int8_t *grid, __m512i numbers) { return _mm512_i32gather_epi32(numbers, grid, 4); }

/// 64 ± magnitude; a bit of `negative` for each weight.
INLINE __m512i signed_codes_of(__m512i magnitudes, uint64_t negative) {
    const __m512i above = _mm512_add_epi8(magnitudes, _mm512_set1_epi8(64));
    return _mm512_mask_sub_epi8(above, (__mmask64)negative, _mm512_set1_epi8((char)128), above);
}

/// 32 times seven signs with an eighth, which makes their number even.
INLINE __m256i with_eighth(__m256i seven) {
    const __m256i folded = _mm256_xor_si256(seven, _mm256_srli_epi16(seven, 4));
    const char odd = (char)0x80;
    const __m256i parity = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, odd, odd, 0, odd, 0, 0, odd, odd, 0, 0, odd, 0, odd, odd, 0));
    return _mm256_or_si256(seven, _mm256_shuffle_epi8(parity, _mm256_and_si256(folded, _mm256_set1_epi8(15))));
}

/// The same of eight words with four times seven in each: bits 0, 7, 14 and 21 on of both words of 64 bits.
INLINE __m256i signs_of_8_words(__m256i words) {
    const __m256i at = _mm256_set1_epi64x(0x352E2720150E0700);
    return with_eighth(_mm256_and_si256(_mm256_multishift_epi64_epi8(at, words), _mm256_set1_epi8(0x7F)));
}

/// 2 s + 1, in 16 bits.
INLINE __m256i odd(__m256i s) { return _mm256_add_epi16(_mm256_add_epi16(s, s), _mm256_set1_epi16(1)); }

/// 2 s + 1 of the upper four bits of eight words, twice each.
INLINE __m256i odd_factors_of_words(__m256i words) {
    const __m256i s = _mm256_srli_epi32(words, 28);
    return odd(_mm256_or_si256(s, _mm256_slli_epi32(s, 16)));
}

/// 2 s + 1 of sixteen nibbles, the low one of a byte first.
INLINE __m256i odd_factors(const uint8_t *nibbles) {
    const __m128i packed = _mm_loadl_epi64((const __m128i *)nibbles);
    const __m128i both = _mm_and_si128(_mm_unpacklo_epi8(packed, _mm_srli_epi16(packed, 4)), _mm_set1_epi8(15));
    return odd(_mm256_cvtepu8_epi16(both));
}

/// What is worked out once a block: the factors of its sixteens, and the signs of its weights where they lie.
typedef struct { __m256i factors; const uint8_t *signs; } block_parts;

INLINE __m256i words_of_iq2xxs(const uint8_t *q) {
    const __m512i all = _mm512_loadu_si512(q);
    return _mm512_castsi512_si256(_mm512_permutexvar_epi32(_mm512_setr_epi32(1, 3, 5, 7, 9, 11, 13, 15, 0, 0, 0, 0, 0, 0, 0, 0), all));
}

INLINE __m256i numbers_of_iq2xxs(const uint8_t *q) {
    return _mm256_cvtepu8_epi32(_mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)q), 0x08));
}

INLINE __m256i numbers_of_iq2xs(const uint8_t *q) {
    return _mm256_and_si256(_mm256_cvtepu16_epi32(_mm_loadu_si128((const __m128i *)q)), _mm256_set1_epi32(511));
}

/// Eight numbers of ten bits: bytes, and two bits each above them.
INLINE __m256i numbers_of_iq2s(const uint8_t *q, const uint8_t *h) {
    const __m256i high = _mm256_srlv_epi32(_mm256_set1_epi32(load16(h) << 8), _mm256_setr_epi32(0, 2, 4, 6, 8, 10, 12, 14));
    const __m256i low = _mm256_cvtepu8_epi32(_mm_loadl_epi64((const __m128i *)q));
    return _mm256_ternarylogic_epi32(low, high, _mm256_set1_epi32(0x300), 0xF8);
}

/// Sixteen numbers of nine bits: bytes, and a bit each above them.
INLINE __m512i numbers_of_iq3s(const uint8_t *q, const uint8_t *h) {
    const __m512i places = _mm512_setr_epi32(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m512i high = _mm512_srlv_epi32(_mm512_set1_epi32(load16(h) << 8), places);
    return _mm512_ternarylogic_epi32(widen(q), high, _mm512_set1_epi32(0x100), 0xF8);
}

/// 2 s + 1 of eight nibbles, twice each.
INLINE __m256i odd_factors_twice(const uint8_t *nibbles) {
    const __m128i packed = _mm_cvtsi32_si128((int)load32(nibbles));
    const __m128i eight = _mm_and_si128(_mm_unpacklo_epi8(packed, _mm_srli_epi16(packed, 4)), _mm_set1_epi8(15));
    return odd(_mm256_cvtepu8_epi16(_mm_unpacklo_epi8(eight, eight)));
}

/// `room` is for signs that are not stored as they are.
INLINE block_parts parts_of(hifi_base base, const uint8_t *b, uint8_t room[32]) {
    __m256i words;
    switch (base) {
    case HIFI_IQ2_XXS:
    case HIFI_IQ3_XXS:
        words = base == HIFI_IQ2_XXS ? words_of_iq2xxs(FIELD(b, hifi_iq2_xxs, qs))
                                     : _mm256_loadu_si256((const __m256i *)FIELD(b, hifi_iq3_xxs, signs_scale));
        _mm256_storeu_si256((__m256i *)room, signs_of_8_words(words));
        return (block_parts){odd_factors_of_words(words), room};
    case HIFI_IQ2_XS:
        words = _mm512_cvtepi16_epi8(_mm512_srli_epi16(_mm512_loadu_si512(FIELD(b, hifi_iq2_xs, qs)), 9));
        _mm256_storeu_si256((__m256i *)room, with_eighth(words));
        return (block_parts){odd_factors(FIELD(b, hifi_iq2_xs, scales)), room};
    case HIFI_IQ2_S: return (block_parts){odd_factors(FIELD(b, hifi_iq2_s, scales)), FIELD(b, hifi_iq2_s, signs)};
    default: return (block_parts){odd_factors_twice(FIELD(b, hifi_iq3_s, scales)), FIELD(b, hifi_iq3_s, signs)};
    }
}

/// The entries of 64 weights.
INLINE __m512i magnitudes_of(hifi_base base, const int8_t *grid, const uint8_t *b, int part) {
    switch (base) {
    case HIFI_IQ2_XXS: return entries_of_8(grid, numbers_of_iq2xxs(FIELD(b, hifi_iq2_xxs, qs) + 16 * part));
    case HIFI_IQ2_XS: return entries_of_8(grid, numbers_of_iq2xs(FIELD(b, hifi_iq2_xs, qs) + 16 * part));
    case HIFI_IQ2_S:
        return entries_of_8(grid, numbers_of_iq2s(FIELD(b, hifi_iq2_s, qs) + 8 * part, FIELD(b, hifi_iq2_s, qh) + 2 * part));
    case HIFI_IQ3_XXS: return entries_of_4(grid, widen(FIELD(b, hifi_iq3_xxs, qs) + 16 * part));
    default:
        return entries_of_4(grid, numbers_of_iq3s(FIELD(b, hifi_iq3_s, qs) + 16 * part, FIELD(b, hifi_iq3_s, qh) + 2 * part));
    }
}

INLINE __m512i products_of(hifi_base base, const int8_t *grid, const uint8_t *b, const uint8_t *x) {
    uint8_t room[32];
    const block_parts parts = parts_of(base, b, room);
    const __m512i factors = _mm512_castsi256_si512(parts.factors);
    __m512i products = _mm512_setzero_si512();
    EACH(part, 4) {
        const __m512i codes = signed_codes_of(magnitudes_of(base, grid, b, part), load64(parts.signs + 8 * part));
        const __m512i pairs = _mm512_maddubs_epi16(codes, codes_at(codes_of(x), part));
        products = _mm512_dpwssd_epi32(products, pairs, scales_of_16(factors, part));
    }
    return without_bias(products, parts.factors, x, 6);
}

#define DOT(NAME, BASE, TYPE, UNIT)                                                                                    \
    INLINE __m512i products_##NAME(const hifi_format *f, const uint8_t *b, const uint8_t *x) {                         \
        return products_of(BASE, f->grid, b, x);                                                                       \
    }                                                                                                                  \
    DOT_BY_FOUR(NAME, TYPE, UNIT)
DOT(iq2xxs, HIFI_IQ2_XXS, hifi_iq2_xxs, 0.125f)
DOT(iq2xs, HIFI_IQ2_XS, hifi_iq2_xs, 0.125f)
DOT(iq2s, HIFI_IQ2_S, hifi_iq2_s, 0.125f)
DOT(iq3xxs, HIFI_IQ3_XXS, hifi_iq3_xxs, 0.25f)
DOT(iq3s, HIFI_IQ3_S, hifi_iq3_s, 1.0f)

INLINE void unpack(hifi_base base, const int8_t *grid, const uint8_t *b, uint8_t *out) {
    uint8_t room[32];
    const block_parts parts = parts_of(base, b, room);
    EACH(part, 4) {
        const __m512i codes = signed_codes_of(magnitudes_of(base, grid, b, part), load64(parts.signs + 8 * part));
        _mm512_storeu_si512(out + 64 * part, codes);
    }
}

void avx512_unpack_entries(hifi_base base, const int8_t *grid, const uint8_t *b, uint8_t *out) {
    switch (base) {
    case HIFI_IQ2_XXS: unpack(HIFI_IQ2_XXS, grid, b, out); break;
    case HIFI_IQ2_XS: unpack(HIFI_IQ2_XS, grid, b, out); break;
    case HIFI_IQ2_S: unpack(HIFI_IQ2_S, grid, b, out); break;
    case HIFI_IQ3_XXS: unpack(HIFI_IQ3_XXS, grid, b, out); break;
    default: unpack(HIFI_IQ3_S, grid, b, out);
    }
}

AVX512_END
#endif
