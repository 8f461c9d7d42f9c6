// Products of the formats with minima, Q2_K, Q4_K and Q5_K, with Q8_K, by AVX-512.
//
// Bound by the two vector ports of Intel's cores, so what counts is how few instructions a block takes. Four blocks at a time: their
// d, dmin and scales are unpacked together. Sums of four products (VPDPBUSD) fit 16 bits, so those of two sub-blocks share a lane, one
// in each half, and one VPDPWSSD multiplies both with their scales. A lane's integer is the same as if each had been scaled by itself,
// and the fp32 terms are added block by block, in order.
#if defined(__x86_64__)
#include "avx512_dot.h"
#include "tables.h"

AVX512_BEGIN

typedef enum { TWO_BITS, FOUR_BITS, FIVE_BITS } width;

/// Bytes of a table in 16 bits each. Of a mask that it can see the compiler makes a lookup in two tables, which takes three times as long.
INLINE __m512i words_of(__m512i table, __m512i index) {
    __mmask64 even = 0x5555555555555555;
    __asm__("" : "+Yk"(even));
    return _mm512_maskz_permutexvar_epi8(even, index, table);
}

/// Scales and minima of four blocks, sixteen bytes for each: sixteen of either, or (Q4_K, Q5_K) eight scales and then eight minima.
typedef struct { __m512i scales, minima; } four_heads;

/// The scales (Q4K-03, Q4K-04) from the first sixteen bytes of the blocks: d and dmin, then the packed words a, b and c.
INLINE __m512i scales_of_words(__m512i raw) {
    // The lower bits, in the order a, c, b, c:
    const __m512i right = _mm512_broadcast_i32x4(_mm_setr_epi32(0, 0, 0, 4));
    const __m512i kept = _mm512_broadcast_i32x4(_mm_setr_epi32(0x3F3F3F3F, 0x0F0F0F0F, 0x3F3F3F3F, 0x0F0F0F0F));
    const __m512i lower = _mm512_and_si512(_mm512_srlv_epi32(_mm512_shuffle_epi32(raw, 0xED), right), kept);
    // Bits 4 and 5 of the second and the fourth word are the uppermost of a and b.
    const __m512i upper = _mm512_srli_epi32(_mm512_shuffle_epi32(raw, 0xA5), 2);
    const __m512i added = _mm512_broadcast_i32x4(_mm_setr_epi32(0, 0x30303030, 0, 0x30303030));
    return _mm512_ternarylogic_epi32(lower, upper, added, 0xF8);  // lower | (upper & added)
}

/// d and dmin of each of four blocks, as fp16 in four words, times the scale of the activations.
INLINE __m256 factors_of(const four_blocks *at, __m128i halves16) {
    __m256 yd = _mm256_set1_ps(scale_of(at->x[0]));
    yd = _mm256_mask_broadcastss_ps(yd, 0x0C, _mm_load_ss((const float *)at->x[1]));
    yd = _mm256_mask_broadcastss_ps(yd, 0x30, _mm_load_ss((const float *)at->x[2]));
    yd = _mm256_mask_broadcastss_ps(yd, 0xC0, _mm_load_ss((const float *)at->x[3]));
    return _mm256_mul_ps(_mm256_cvtph_ps(halves16), yd);
}

INLINE four_heads heads_of(const four_blocks *at, width bits, float factors[8]) {
    const __m512i raw = gather16bytes(at->b, 0), low4 = _mm512_set1_epi8(15);
    if (bits == TWO_BITS) {
        __m128i halves16 = _mm_cvtsi32_si128((int)load32(at->b[0] + offsetof(hifi_q2_k, d)));
        halves16 = _mm_insert_epi32(halves16, (int)load32(at->b[1] + offsetof(hifi_q2_k, d)), 1);
        halves16 = _mm_insert_epi32(halves16, (int)load32(at->b[2] + offsetof(hifi_q2_k, d)), 2);
        halves16 = _mm_insert_epi32(halves16, (int)load32(at->b[3] + offsetof(hifi_q2_k, d)), 3);
        _mm256_storeu_ps(factors, factors_of(at, halves16));
        return (four_heads){_mm512_and_si512(raw, low4), _mm512_and_si512(_mm512_srli_epi16(raw, 4), low4)};
    }
    const __m512i first_words = _mm512_permutexvar_epi32(_mm512_setr_epi32(0, 4, 8, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), raw);
    _mm256_storeu_ps(factors, factors_of(at, _mm512_castsi512_si128(first_words)));
    const __m512i scales = scales_of_words(raw);
    return (four_heads){scales, scales};
}

/// The scales that 128 weights of a block meet, two in the halves of each lane. Of sub-blocks of 16: 8 * half + k and + 4 in the four
/// lanes of quarter k. Of those of 32: 4 * half and + 1 in the lower eight lanes, + 2 and + 3 in the upper ones.
INLINE __m512i scale_pairs(four_heads heads, width bits, int block, int half) {
    const __m512i of_16 = _mm512_setr_epi32(
        0x00040000, 0x00040000, 0x00040000, 0x00040000, 0x00050001, 0x00050001, 0x00050001, 0x00050001, 0x00060002, 0x00060002, 0x00060002,
        0x00060002, 0x00070003, 0x00070003, 0x00070003, 0x00070003);
    const __m512i of_32 = _mm512_inserti64x4(_mm512_set1_epi32(0x00010000), _mm256_set1_epi32(0x00030002), 1);
    const int first = 16 * block + (bits == TWO_BITS ? 8 : 4) * half;
    return words_of(heads.scales, _mm512_add_epi8(bits == TWO_BITS ? of_16 : of_32, _mm512_set1_epi8((char)first)));
}

/// The minima of a block, one for each sum of sixteen activations, in 16 bits.
INLINE __m256i minima_of(four_heads heads, width bits, int block) {
    const __m256i of_16 = _mm256_setr_epi16(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const __m256i of_32 = _mm256_setr_epi16(8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13, 14, 14, 15, 15);
    const __m256i index = _mm256_add_epi16(bits == TWO_BITS ? of_16 : of_32, _mm256_set1_epi16((short)(16 * block)));
    return _mm512_castsi512_si256(words_of(heads.minima, _mm512_castsi256_si512(index)));
}

/// Σ code · activation of four weights in each lane: of `low` in its lower half, of `high`, 2^(16 - shift) times as large, in its upper one.
INLINE __m512i side_by_side(__m512i low, __m512i low_q8, __m512i high, __m512i high_q8, int shift) {
    const __m512i first = _mm512_dpbusd_epi32(_mm512_setzero_si512(), low, low_q8);
    const __m512i second = _mm512_dpbusd_epi32(_mm512_setzero_si512(), high, high_q8);
    return _mm512_mask_blend_epi16(0xAAAAAAAA, first, _mm512_slli_epi32(second, shift));
}

/// Those of 128 weights of a block. High bits are left in their place where the sums then are not too large.
INLINE __m512i pairs_of_128(const uint8_t *b, const int8_t *q8, width bits, int half) {
    const __m512i low4 = _mm512_set1_epi8(15), high4 = _mm512_set1_epi8((char)0xF0);
    if (bits == TWO_BITS) {
        // Of 32 bytes bits 0-1 are weights 0-31, bits 2-3 the next 32; bits 4-5 and 6-7 those of the other 64.
        const __m512i q = _mm512_srlv_epi64(twice(FIELD(b, hifi_q2_k, qs) + 32 * half), _mm512_setr_epi64(0, 0, 0, 0, 2, 2, 2, 2));
        const __m512i low = _mm512_and_si512(q, _mm512_set1_epi8(0x03)), high = _mm512_and_si512(q, _mm512_set1_epi8(0x30));
        return side_by_side(low, codes_at(q8, 0), high, codes_at(q8, 1), 12);
    }
    // Low nibbles of 64 bytes are weights 0-31 and 64-95, high ones 32-63 and 96-127.
    if (bits == FOUR_BITS) {
        const __m512i q = _mm512_loadu_si512(FIELD(b, hifi_q4_k, qs) + 64 * half);
        return side_by_side(_mm512_and_si512(q, low4), halves(q8), _mm512_and_si512(q, high4), halves(q8 + 32), 12);
    }
    const __m512i q = _mm512_loadu_si512(FIELD(b, hifi_q5_k, qs) + 64 * half), h = twice(FIELD(b, hifi_q5_k, qh));
    // Bit of sub-block 4h, 4h+2 (low nibbles) or 4h+1, 4h+3 (high) moved to place 4, by one bit-matrix product.
    const __m512i fifth_low = bit_to(h, 4 * half, 4 * half + 2, 4), fifth_high = bit_to(h, 4 * half + 1, 4 * half + 3, 4);
    const __m512i low = _mm512_ternarylogic_epi32(fifth_low, q, low4, 0xF8);  // fifth | (q & 15)
    const __m512i high = _mm512_ternarylogic_epi32(fifth_high, _mm512_srli_epi16(q, 4), low4, 0xF8);
    return side_by_side(low, halves(q8), high, halves(q8 + 32), 16);
}

typedef struct { __m512 products; __m256 minima; float outliers; } totals;

INLINE totals add_block(
    totals total, const hifi_outliers *o, const four_blocks *at, four_heads heads, const float factors[8], int j, width bits) {
    const uint8_t *b = at->b[j], *x = at->x[j];
    __m512i products = _mm512_setzero_si512();
    EACH(half, 2) {
        products = add_scaled(products, pairs_of_128(b, codes_of(x) + 128 * half, bits, half), scale_pairs(heads, bits, j, half));
    }
    __m256i minima = _mm256_madd_epi16(minima_of(heads, bits, j), sums_of(x));
    if (o != NULL) {
        const outlier_terms t = outliers_terms(
            o, b, codes_of(x), scale_of(x), bits == TWO_BITS ? q2k_part : bits == FOUR_BITS ? q4k_part : q5k_part);
        products = _mm512_sub_epi32(products, _mm512_zextsi128_si512(_mm_cvtsi32_si128(t.product)));
        minima = _mm256_sub_epi32(minima, _mm256_zextsi128_si256(_mm_cvtsi32_si128(t.minimum)));
        total.outliers += t.sum;
    }
    total.products = accumulate(total.products, products, factors[2 * j]);
    total.minima = accumulate_minima(total.minima, minima, factors[2 * j + 1]);
    return total;
}

/// - Parameter o: NULL for blocks without outliers; with some, portable C does them, and the blocks go one by one.
INLINE float dot(const hifi_outliers *o, size_t stride, const uint8_t *b, const uint8_t *x, size_t count, width bits) {
    totals total = {_mm512_setzero_ps(), _mm256_setzero_ps(), 0};
    float factors[8];
    for (; count >= 4 && o == NULL; count -= 4) {
        const four_blocks at = next_four(&b, stride, &x);
        const four_heads heads = heads_of(&at, bits, factors);
        // Factors are read from memory: loads are what these cores have to spare.
        __asm__("" : "+m"(factors));
        EACH(j, 4) total = add_block(total, o, &at, heads, factors, j, bits);
    }
    for (; count > 0; count--, b += stride, x += HIFI_Q8K_BYTES) {
        const four_blocks at = {{b, b, b, b}, {x, x, x, x}};
        const four_heads heads = heads_of(&at, bits, factors);
        total = add_block(total, o, &at, heads, factors, 0, bits);
    }
    return _mm512_reduce_add_ps(total.products) - reduce(total.minima) + total.outliers;
}

#define DOT(NAME, WIDTH)                                                                                               \
    float avx512_dot_##NAME(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {                  \
        if (f->outliers.mode == HIFI_NO_OUTLIERS) return dot(NULL, f->stride, b, x, count, WIDTH);                     \
        return dot(&f->outliers, f->stride, b, x, count, WIDTH);                                                       \
    }
DOT(q2k, TWO_BITS)
DOT(q4k, FOUR_BITS)
DOT(q5k, FIVE_BITS)

AVX512_END
#endif
