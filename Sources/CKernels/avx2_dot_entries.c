// Products of entries of a grid with signs, with AVX2: 32 weights at a time, magnitudes and signs apart.
#if defined(__x86_64__)
#include "avx2_dot.h"

AVX2_BEGIN

#include "signed_codes.h"
#include "tables.h"

/// All bits of a byte set where its weight is negative, from 32 bits.
INLINE __m256i signs_of_32(const uint8_t *bits) {
    const __m256i spread_bytes = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i own_bit = _mm256_set1_epi64x((long long)0x8040201008040201);
    const __m256i bytes = _mm256_shuffle_epi8(_mm256_set1_epi32((int)load32(bits)), spread_bytes);
    return _mm256_cmpeq_epi8(_mm256_and_si256(bytes, own_bit), own_bit);
}

/// products + scale * (± magnitudes · activations). Where the sign is negative, -a is ~a + 1: so no activation overflows, -128 neither.
INLINE __m256i signed_step(__m256i products, __m256i magnitudes, __m256i signs, const int8_t *q8, __m256i scale) {
    const __m256i turned = _mm256_maddubs_epi16(magnitudes, _mm256_xor_si256(load(q8), signs));
    const __m256i pairs = _mm256_sub_epi16(turned, _mm256_maddubs_epi16(magnitudes, signs));
    return _mm256_add_epi32(products, _mm256_madd_epi16(pairs, scale));
}

/// 32 times seven signs with an eighth, which makes their number even.
INLINE __m256i with_eighth(__m256i seven) {
    const __m256i folded = masked(_mm256_xor_si256(seven, _mm256_srli_epi16(seven, 4)), 15);
    const char odd = (char)0x80;
    const __m256i parity = _mm256_broadcastsi128_si256(
        _mm_setr_epi8(0, odd, odd, 0, odd, 0, 0, odd, odd, 0, 0, odd, 0, odd, odd, 0));
    return _mm256_or_si256(seven, _mm256_shuffle_epi8(parity, folded));
}

/// The same of eight words, four times seven in each.
INLINE __m256i signs_of_8_words(__m256i words) {
    const __m256i first = _mm256_and_si256(words, _mm256_set1_epi32(0x7F));
    const __m256i second = _mm256_and_si256(_mm256_slli_epi32(words, 1), _mm256_set1_epi32(0x7F00));
    const __m256i third = _mm256_and_si256(_mm256_slli_epi32(words, 2), _mm256_set1_epi32(0x7F0000));
    const __m256i fourth = _mm256_and_si256(_mm256_slli_epi32(words, 3), _mm256_set1_epi32(0x7F000000));
    return with_eighth(_mm256_or_si256(_mm256_or_si256(first, second), _mm256_or_si256(third, fourth)));
}

/// A number that stays in a register of its own: compilers would work out several at once in a vector and take them out one by one.
INLINE unsigned alone(unsigned number) {
    __asm__("" : "+r"(number));
    return number;
}

INLINE long long entry_of_8(const int8_t *grid, unsigned number) {
    return (long long)load64((const uint8_t *)grid + 8 * (size_t)alone(number));
}

/// Scalar loads: gathering instructions are no faster where they are fast, and slow elsewhere.
INLINE __m256i entries_of_8(const int8_t *grid, unsigned a, unsigned b, unsigned c, unsigned d) {
    return _mm256_setr_epi64x(entry_of_8(grid, a), entry_of_8(grid, b), entry_of_8(grid, c), entry_of_8(grid, d));
}

INLINE int entry_of_4(const int8_t *grid, unsigned number) { return (int)load32((const uint8_t *)grid + 4 * (size_t)number); }

INLINE __m256i entries_of_4(const int8_t *grid, const uint8_t *q) {
    return _mm256_setr_epi32(
        entry_of_4(grid, q[0]), entry_of_4(grid, q[1]), entry_of_4(grid, q[2]), entry_of_4(grid, q[3]), entry_of_4(grid, q[4]),
        entry_of_4(grid, q[5]), entry_of_4(grid, q[6]), entry_of_4(grid, q[7]));
}

/// The same of eight numbers of 16 bits.
INLINE __m256i entries_of_4_at(const int8_t *grid, uint64_t first, uint64_t second) {
    __asm__("" : "+r"(first), "+r"(second));
    return _mm256_setr_epi32(
        entry_of_4(grid, first & 0xFFFF), entry_of_4(grid, first >> 16 & 0xFFFF), entry_of_4(grid, first >> 32 & 0xFFFF),
        entry_of_4(grid, (unsigned)(first >> 48)), entry_of_4(grid, second & 0xFFFF), entry_of_4(grid, second >> 16 & 0xFFFF),
        entry_of_4(grid, second >> 32 & 0xFFFF), entry_of_4(grid, (unsigned)(second >> 48)));
}

INLINE __m128i low_8(const uint8_t *p) { return _mm_loadl_epi64((const __m128i *)p); }
INLINE __m128i low_4(const uint8_t *p) { return _mm_cvtsi32_si128((int)load32(p)); }

/// 2 s + 1 of nibbles, which are the scales of 16 weights each; the low nibble of a byte comes first.
INLINE __m256i odd_scales(__m128i nibbles) {
    const __m128i both = _mm_and_si128(_mm_unpacklo_epi8(nibbles, _mm_srli_epi16(nibbles, 4)), _mm_set1_epi8(15));
    const __m256i wide = _mm256_cvtepu8_epi16(both);
    return _mm256_add_epi16(_mm256_add_epi16(wide, wide), _mm256_set1_epi16(1));
}

/// 2 s + 1 of the upper four bits of eight words, in both halves.
INLINE spread odd_scales_of_words(__m256i words) {
    const __m256i odd = _mm256_or_si256(_mm256_slli_epi32(_mm256_srli_epi32(words, 28), 1), _mm256_set1_epi32(1));
    const __m256i eight = _mm256_permute4x64_epi64(_mm256_packs_epi32(odd, odd), 0x88);
    return (spread){eight, eight};
}

/// A loop over blocks: SETUP once a block, MAGNITUDES, SIGNS (four bytes) and SCALE for each 32 weights s.
#define DOT(NAME, TYPE, FACTOR, SETUP, MAGNITUDES, SIGNS, SCALE)                                                       \
    float avx2_dot_##NAME(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {                    \
        __m256 total = _mm256_setzero_ps();                                                                            \
        for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {                                              \
            SETUP                                                                                                      \
            __m256i products = _mm256_setzero_si256();                                                                 \
            EACH(s, 8) products = signed_step(products, MAGNITUDES, signs_of_32(SIGNS), codes_of(x) + 32 * s, SCALE);  \
            total = accumulate(total, products, loadf16(FIELD(b, TYPE, d)) * FACTOR * scale_of(x));                    \
        }                                                                                                              \
        return reduce(total);                                                                                          \
    }

#define STORED_SIGNS(eight)                                                                                            \
    uint8_t signs[32];                                                                                                 \
    _mm256_storeu_si256((__m256i *)signs, eight);

INLINE __m256i words_of_iq2xxs(const uint8_t *q) {
    const __m256 first = _mm256_castsi256_ps(load(q)), second = _mm256_castsi256_ps(load(q + 32));
    return _mm256_permute4x64_epi64(_mm256_castps_si256(_mm256_shuffle_ps(first, second, 0xDD)), 0xD8);
}

DOT(iq2xxs, hifi_iq2_xxs, 0.125f,
    const uint8_t *q = FIELD(b, hifi_iq2_xxs, qs);
    const __m256i words = words_of_iq2xxs(q);
    const spread scales = odd_scales_of_words(words);
    STORED_SIGNS(signs_of_8_words(words)),
    entries_of_8(f->grid, q[8 * s], q[8 * s + 1], q[8 * s + 2], q[8 * s + 3]), signs + 4 * s, pick(scales, s, s))

DOT(iq3xxs, hifi_iq3_xxs, 0.25f,
    const uint8_t *q = FIELD(b, hifi_iq3_xxs, qs);
    const __m256i words = load(FIELD(b, hifi_iq3_xxs, signs_scale));
    const spread scales = odd_scales_of_words(words);
    STORED_SIGNS(signs_of_8_words(words)),
    entries_of_4(f->grid, q + 8 * s), signs + 4 * s, pick(scales, s, s))

INLINE __m256i signs_of_iq2xs(const uint8_t *q) {
    const __m256i first = _mm256_srli_epi16(load(q), 9), second = _mm256_srli_epi16(load(q + 32), 9);
    return with_eighth(_mm256_permute4x64_epi64(_mm256_packus_epi16(first, second), 0xD8));
}

INLINE __m256i entries_of_iq2xs(const int8_t *grid, uint64_t words) {
    return entries_of_8(grid, words & 511, words >> 16 & 511, words >> 32 & 511, words >> 48 & 511);
}

DOT(iq2xs, hifi_iq2_xs, 0.125f,
    const uint8_t *q = FIELD(b, hifi_iq2_xs, qs);
    const spread scales = spread_of(odd_scales(low_8(FIELD(b, hifi_iq2_xs, scales))));
    STORED_SIGNS(signs_of_iq2xs(q)),
    entries_of_iq2xs(f->grid, load64(q + 8 * s)), signs + 4 * s,
    pick(scales, 2 * s, 2 * s + 1))

/// Sixteen numbers of ten bits: bytes, and two bits each above them, of four numbers in a byte.
INLINE __m256i numbers_of_iq2s(const uint8_t *q, const uint8_t *high) {
    const __m256i own_byte = _mm256_setr_epi8(
        0, -1, 0, -1, 0, -1, 0, -1, 1, -1, 1, -1, 1, -1, 1, -1, 2, -1, 2, -1, 2, -1, 2, -1, 3, -1, 3, -1, 3, -1, 3, -1);
    const __m256i bytes = _mm256_shuffle_epi8(_mm256_set1_epi32((int)load32(high)), own_byte);
    const __m256i moved = _mm256_mullo_epi16(bytes, _mm256_set1_epi64x(0x0004001000400100));
    const __m256i low = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)q));
    return _mm256_or_si256(low, _mm256_and_si256(moved, _mm256_set1_epi16(0x300)));
}

INLINE __m256i entries_of_iq2s(const int8_t *grid, uint64_t words) {
    __asm__("" : "+r"(words));
    return entries_of_8(grid, words & 0xFFFF, words >> 16 & 0xFFFF, words >> 32 & 0xFFFF, (unsigned)(words >> 48));
}

DOT(iq2s, hifi_iq2_s, 0.125f,
    const spread scales = spread_of(odd_scales(low_8(FIELD(b, hifi_iq2_s, scales))));
    uint8_t n[64];
    _mm256_storeu_si256((__m256i *)n, numbers_of_iq2s(FIELD(b, hifi_iq2_s, qs), FIELD(b, hifi_iq2_s, qh)));
    _mm256_storeu_si256((__m256i *)(n + 32), numbers_of_iq2s(FIELD(b, hifi_iq2_s, qs) + 16, FIELD(b, hifi_iq2_s, qh) + 4));,
    entries_of_iq2s(f->grid, load64(n + 8 * s)), FIELD(b, hifi_iq2_s, signs) + 4 * s, pick(scales, 2 * s, 2 * s + 1))

/// Sixteen numbers of nine bits: bytes, and a bit each above them, of eight numbers in a byte.
INLINE __m256i numbers_of_iq3s(const uint8_t *q, const uint8_t *high) {
    const __m256i own_byte = _mm256_setr_epi8(
        0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 0, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1, 1, -1);
    const __m256i bytes = _mm256_shuffle_epi8(_mm256_set1_epi16((short)load16(high)), own_byte);
    const __m256i powers = _mm256_broadcastsi128_si256(_mm_setr_epi16(256, 128, 64, 32, 16, 8, 4, 2));
    const __m256i low = _mm256_cvtepu8_epi16(_mm_loadu_si128((const __m128i *)q));
    return _mm256_or_si256(low, _mm256_and_si256(_mm256_mullo_epi16(bytes, powers), _mm256_set1_epi16(0x100)));
}

DOT(iq3s, hifi_iq3_s, 1.0f,
    const __m256i eight = odd_scales(low_4(FIELD(b, hifi_iq3_s, scales)));
    const spread scales = spread_of(eight);
    uint8_t n[128];
    EACH(i, 4) _mm256_storeu_si256(
        (__m256i *)(n + 32 * i), numbers_of_iq3s(FIELD(b, hifi_iq3_s, qs) + 16 * i, FIELD(b, hifi_iq3_s, qh) + 2 * i));,
    entries_of_4_at(f->grid, load64(n + 16 * s), load64(n + 16 * s + 8)), FIELD(b, hifi_iq3_s, signs) + 4 * s, pick(scales, s, s))

AVX2_END
#endif
