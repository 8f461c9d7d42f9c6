// Q3_K and what builds on it times Q8_K, with AVX2.
//
// Without a byte lookup over more than sixteen entries, outliers go by way of memory: the codes of a block are stored as
// they are unpacked, and the bytes at eight positions are fetched one by one, by instructions that leave the vector units
// to the rest. What is done with them is done eight at a time.
#if defined(__x86_64__)
#include "avx2_dot.h"
#include "tables.h"

AVX2_BEGIN

/// All bits of lane k where bit k is set.
INLINE __m256i lanes_of(unsigned bits) {
    const __m256i place = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    return _mm256_cmpeq_epi32(_mm256_and_si256(_mm256_set1_epi32((int)bits), place), place);
}

/// The same for 16-bit lanes.
INLINE __m128i words_of(unsigned bits) {
    const __m128i place = _mm_setr_epi16(1, 2, 4, 8, 16, 32, 64, 128);
    return _mm_cmpeq_epi16(_mm_and_si128(_mm_set1_epi16((short)bits), place), place);
}

/// The bytes of a table at the positions of eight slots, collected in a word: eight narrow stores and a wide load of them
/// would wait for the cache.
INLINE __m128i eight_of(const uint8_t *table, const uint8_t *index) {
    uint32_t low = 0, high = 0;
    EACH(k, 4) {
        low |= (uint32_t)table[index[k]] << 8 * k;
        high |= (uint32_t)table[index[4 + k]] << 8 * k;
    }
    return _mm_cvtsi64_si128((int64_t)((uint64_t)high << 32 | low));
}

/// Whether two of the eight bytes are equal: turned by one to four places they meet every other.
INLINE int repeats(__m128i eight) {
    const __m128i both = _mm_unpacklo_epi64(eight, eight);
    const __m128i one_two = _mm_setr_epi8(1, 2, 3, 4, 5, 6, 7, 0, 2, 3, 4, 5, 6, 7, 0, 1);
    const __m128i three_four = _mm_setr_epi8(3, 4, 5, 6, 7, 0, 1, 2, 4, 5, 6, 7, 0, 1, 2, 3);
    const __m128i first = _mm_cmpeq_epi8(both, _mm_shuffle_epi8(both, one_two));
    const __m128i second = _mm_cmpeq_epi8(both, _mm_shuffle_epi8(both, three_four));
    return _mm_movemask_epi8(_mm_or_si128(first, second)) != 0;
}

/// A block's integer sum over eight lanes, and what its outliers add in fp32.
typedef struct { __m256i products; __m256 values; } block_sums;

/// Eight slots of fp16 values that replace: their base is taken off in integers. Which of several slots of one position
/// acts is looked into only where a position repeats.
INLINE block_sums replace_eight(
    block_sums sums, const hifi_outliers *o, const uint8_t *b, const uint8_t *x, const uint8_t *codes, __m128i scales) {
    const uint8_t *index = b + o->index_at;
    const __m128i positions = _mm_loadl_epi64((const __m128i *)index);
    const __m128i a = eight_of((const uint8_t *)codes_of(x), index), code = eight_of(codes, index);
    const __m128i group = _mm_and_si128(_mm_srli_epi16(positions, 4), _mm_set1_epi8(15));
    const __m128i scale = _mm_cvtepi8_epi16(_mm_shuffle_epi8(scales, group));
    __m128i base = _mm_mullo_epi16(_mm_sub_epi16(_mm_cvtepu8_epi16(code), _mm_set1_epi16(4)), scale);
    const __m256 scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(a)), _mm256_set1_ps(scale_of(x)));
    __m256 values = _mm256_mul_ps(_mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(b + o->value_at))), scaled);
    const unsigned used = outliers_used(o, b);
    if (__builtin_expect(used != 8 || repeats(positions), 0)) {
        const unsigned acting = outliers_acting(o, b, used, HIFI_REPLACE);
        base = _mm_and_si128(base, words_of(acting));
        values = _mm256_and_ps(values, _mm256_castsi256_ps(lanes_of(acting)));
    }
    sums.products = _mm256_sub_epi32(sums.products, _mm256_zextsi128_si256(_mm_madd_epi16(base, _mm_cvtepi8_epi16(a))));
    sums.values = _mm256_add_ps(sums.values, values);
    return sums;
}

/// Up to eight byte residuals times their activations, summed as integers, then times the scale of the block.
INLINE __m256 add_eight(__m256 values, const hifi_outliers *o, const uint8_t *b, const uint8_t *x) {
    const unsigned used = outliers_used(o, b);
    const uint64_t in_use = used == 0 ? 0 : ~0ull >> (64 - 8 * used);
    const __m128i residuals = _mm_cvtsi64_si128((int64_t)(load64(b + o->value_at) & in_use));
    const __m128i a = _mm_cvtepi8_epi16(eight_of((const uint8_t *)codes_of(x), b + o->index_at));
    const __m128 products = _mm_cvtepi32_ps(_mm_madd_epi16(a, _mm_cvtepi8_epi16(residuals)));
    // Without residuals the scale has no meaning; a NaN there must not spread.
    const float scale = used > 0 ? outliers_scale(o, b) : 0;
    const __m128 scaled = _mm_mul_ps(_mm_mul_ps(products, _mm_set1_ps(scale_of(x))), _mm_set1_ps(scale));
    return _mm256_add_ps(values, _mm256_zextps128_ps256(scaled));
}

typedef enum { PLAIN, REPLACE_EIGHT, ADD_EIGHT, OTHER } outlier_kind;

INLINE block_sums sums_q3k(const hifi_outliers *o, const uint8_t *b, const uint8_t *x, __m256 values, outlier_kind kind) {
    const q3k_codes packed = q3k_scale_codes(FIELD(b, hifi_q3_k, scales));
    const __m128i scale8 = _mm_sub_epi8(_mm_set_epi64x((int64_t)packed.upper, (int64_t)packed.lower), _mm_set1_epi8(32));
    const __m256i scale16 = _mm256_cvtepi8_epi16(scale8);
    const spread scales = spread_of(scale16);
    const __m256i h = load(FIELD(b, hifi_q3_k, hmask));
    // Codes are 0 to 7 here; the 4 too many is taken back by way of the sums.
    const __m256i offset = _mm256_slli_epi32(_mm256_madd_epi16(scale16, sums_of(x)), 2);
    block_sums sums = {_mm256_sub_epi32(_mm256_setzero_si256(), offset), values};
    uint8_t all_codes[256] __attribute__((aligned(32)));
    EACH(half, 2) {
        const __m256i q = load(FIELD(b, hifi_q3_k, qs) + 32 * half);
        EACH(quarter, 4) {
            const int s = 8 * half + 2 * quarter, turn = 4 * half + quarter - 2;
            const __m256i low = masked(_mm256_srli_epi16(q, 2 * quarter), 3);
            const __m256i high = masked(turn < 0 ? _mm256_slli_epi16(h, -turn) : _mm256_srli_epi16(h, turn), 4);
            const __m256i codes = _mm256_or_si256(low, high);
            if (kind == REPLACE_EIGHT) _mm256_store_si256((__m256i *)(all_codes + 16 * s), codes);
            sums.products = step(sums.products, codes, codes_of(x) + 16 * s, pick(scales, s, s + 1));
        }
    }
    if (kind == REPLACE_EIGHT) sums = replace_eight(sums, o, b, x, all_codes, scale8);
    if (kind == ADD_EIGHT) sums.values = add_eight(sums.values, o, b, x);
    if (kind == OTHER) {
        const outlier_terms t = outliers_terms(o, b, codes_of(x), scale_of(x), q3k_part);
        sums.products = _mm256_sub_epi32(sums.products, first_lane(t.product));
        sums.values = _mm256_add_ps(sums.values, _mm256_zextps128_ps256(_mm_set_ss(t.sum)));
    }
    return sums;
}

INLINE float dot_q3k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count, outlier_kind kind) {
    __m128 total = _mm_setzero_ps();
    __m256 values = _mm256_setzero_ps();
    for (; count >= 4; count -= 4) {
        const four_blocks at = next_four(&b, f->stride, &x);
        __m256i products[4];
        EACH(j, 4) {
            const block_sums sums = sums_q3k(&f->outliers, at.b[j], at.x[j], values, kind);
            products[j] = sums.products;
            values = sums.values;
            ONE_BY_ONE(products[j]);
        }
        const __m128 scales = _mm_mul_ps(f16_of_four(at.b, offsetof(hifi_q3_k, d)), activation_scales(at.x));
        total = accumulate_sums(total, sums_of_four(products), scales);
    }
    float rest = 0;
    for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {
        const block_sums sums = sums_q3k(&f->outliers, b, x, values, kind);
        rest += (float)sum_of_lanes(sums.products) * (loadf16(FIELD(b, hifi_q3_k, d)) * scale_of(x));
        values = sums.values;
    }
    return reduce4(total) + rest + (kind == PLAIN ? 0 : reduce(values));
}

#define ROW(NAME, KIND)                                                                                                \
    static __attribute__((noinline)) float NAME(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t n) {  \
        return dot_q3k(f, b, x, n, KIND);                                                                              \
    }
ROW(plain, PLAIN)
ROW(eight, REPLACE_EIGHT)
ROW(added, ADD_EIGHT)
ROW(other, OTHER)

/// Codes of 32 weights, two sub-blocks, are 0 to 7; the 4 too many is taken back by way of bsums. In each byte
///
///     q >> 2 quarter           · · · · · · 1 0    & 3
///     h, bit 4 half + quarter  · · · · · 2 · ·    & 4, turned to place 2
///
/// Tails: positions fetch codes and activations, eight bytes each, from memory; what they add or replace is eight lanes.
/// 117 instructions a block; r6 204, r13 211, RES8 187.
float avx2_dot_q3k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    const hifi_outliers *o = &f->outliers;
    const hifi_dot_fn dot = o->mode == HIFI_NO_OUTLIERS ? plain : replaces_eight(o) ? eight : adds_eight(o) ? added : other;
    return dot(f, b, x, count);
}

AVX2_END
#endif
