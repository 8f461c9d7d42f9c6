// Products of a row with Q8_K activations, with AVX2: 32 weights at a time, bytes to exact 16-bit pair sums, those times
// the sub-block's scale to 32 bits.
#if defined(__x86_64__)
#include "avx2.h"

AVX2_BEGIN

#include "tables.h"

#define EACH(variable, count) _Pragma("clang loop unroll(full)") for (int variable = 0; variable < (count); variable++)

INLINE __m256i load(const void *p) { return _mm256_loadu_si256((const __m256i *)p); }
INLINE const int8_t *codes_of(const uint8_t *x) { return (const int8_t *)FIELD(x, hifi_q8_k, qs); }
INLINE float scale_of(const uint8_t *x) { return loadf32(FIELD(x, hifi_q8_k, d)); }
INLINE __m256i sums_of(const uint8_t *x) { return load(FIELD(x, hifi_q8_k, bsums)); }
INLINE __m256i masked(__m256i v, int mask) { return _mm256_and_si256(v, _mm256_set1_epi8((char)mask)); }

/// Sixteen 16-bit numbers, each half of them in both halves of a register, to be spread by a byte shuffle.
typedef struct { __m256i low, high; } spread;

INLINE spread spread_of(__m256i v) {
    return (spread){_mm256_permute2x128_si256(v, v, 0x00), _mm256_permute2x128_si256(v, v, 0x11)};
}

/// Numbers `first` (lower half) and `second` (upper half) of the sixteen in all lanes of their half.
INLINE __m256i pick(spread v, int first, int second) {
    const __m256i index = _mm256_inserti128_si256(
        _mm256_castsi128_si256(_mm_set1_epi16((short)(514 * (first % 8) + 256))), _mm_set1_epi16((short)(514 * (second % 8) + 256)), 1);
    return _mm256_shuffle_epi8(first < 8 ? v.low : v.high, index);
}

/// products + scale * (codes · activations) of 32 weights.
INLINE __m256i step(__m256i products, __m256i codes, const int8_t *q8, __m256i scale) {
    return _mm256_add_epi32(products, _mm256_madd_epi16(_mm256_maddubs_epi16(codes, load(q8)), scale));
}

INLINE __m256 accumulate(__m256 total, __m256i products, float scale) {
    return _mm256_fmadd_ps(_mm256_cvtepi32_ps(products), _mm256_set1_ps(scale), total);
}

INLINE __m256i first_lane(int32_t v) { return _mm256_zextsi128_si256(_mm_cvtsi32_si128(v)); }

#define NEXT_BLOCK b += f->stride, x += HIFI_Q8K_BYTES

#define OUTLIERS(part)                                                                                                 \
    if (f->outliers.mode != HIFI_NO_OUTLIERS) {                                                                        \
        const outlier_terms t = outliers_terms(&f->outliers, b, codes_of(x), yd, part);                                    \
        products = _mm256_sub_epi32(products, first_lane(t.product));                                                  \
        minima = _mm256_sub_epi32(minima, first_lane(t.minimum));                                                      \
        outliers += t.sum;                                                                                            \
    }

float avx2_dot_q2k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    float outliers = 0;
    for (; count > 0; count--, NEXT_BLOCK) {
        const float yd = scale_of(x);
        const __m128i packed = _mm_loadu_si128((const __m128i *)FIELD(b, hifi_q2_k, scales));
        const __m128i low4 = _mm_set1_epi8(15);
        const spread scales = spread_of(_mm256_cvtepu8_epi16(_mm_and_si128(packed, low4)));
        __m256i minima = _mm256_madd_epi16(_mm256_cvtepu8_epi16(_mm_and_si128(_mm_srli_epi16(packed, 4), low4)), sums_of(x));
        __m256i products = _mm256_setzero_si256();
        EACH(half, 2) {
            const __m256i q = load(FIELD(b, hifi_q2_k, qs) + 32 * half);
            EACH(quarter, 4) {
                const int s = 8 * half + 2 * quarter;
                products = step(products, masked(_mm256_srli_epi16(q, 2 * quarter), 3), codes_of(x) + 16 * s, pick(scales, s, s + 1));
            }
        }
        OUTLIERS(q2k_part)
        total = accumulate(total, products, loadf16(FIELD(b, hifi_q2_k, d)) * yd);
        total = accumulate(total, minima, -(loadf16(FIELD(b, hifi_q2_k, dmin)) * yd));
    }
    return reduce(total) + outliers;
}

/// All bits of lane k where bit k is set.
INLINE __m256i lanes_of(unsigned bits) {
    const __m256i place = _mm256_setr_epi32(1, 2, 4, 8, 16, 32, 64, 128);
    return _mm256_cmpeq_epi32(_mm256_and_si256(_mm256_set1_epi32((int)bits), place), place);
}

/// One bit for each of 256 weights, 32 to a word.
typedef struct { uint32_t word[8]; } positions256;

/// The bits of a word as bytes, all ones or zero.
INLINE __m256i bytes_of(uint32_t bits) {
    // Keeps the compiler from reading the eight words as one vector, which would wait for the stores to reach the cache.
    __asm__("" : "+r"(bits));
    const __m256i select = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i place = _mm256_set1_epi64x((int64_t)0x8040201008040201);
    const __m256i spread_bits = _mm256_shuffle_epi8(_mm256_set1_epi32((int)bits), select);
    return _mm256_cmpeq_epi8(_mm256_and_si256(spread_bits, place), place);
}

/// The activations at the positions of eight slots.
INLINE __m128i activations_of_eight(const hifi_outliers *o, const uint8_t *b, const uint8_t *x) {
    const uint64_t positions = load64(b + o->index_at);
    // Collected in a word: eight narrow stores and a wide load of them would wait for the cache.
    uint64_t bytes = 0;
    EACH(k, 8) bytes |= (uint64_t)(uint8_t)codes_of(x)[positions >> (8 * k) & 255] << (8 * k);
    return _mm_cvtsi64_si128((int64_t)bytes);
}

/// The values of eight slots of which `acting` act, times their activations.
INLINE __m256 values_of_eight(const hifi_outliers *o, const uint8_t *b, const uint8_t *x, unsigned acting) {
    const __m256 a = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(activations_of_eight(o, b, x)));
    const __m256 values = _mm256_cvtph_ps(_mm_loadu_si128((const __m128i *)(b + o->value_at)));
    const __m256 terms = _mm256_mul_ps(values, _mm256_mul_ps(a, _mm256_set1_ps(scale_of(x))));
    return _mm256_and_ps(terms, _mm256_castsi256_ps(lanes_of(acting)));
}

/// Up to eight byte residuals times their activations, summed as integers, then times the scale of the block.
INLINE __m256 residuals_of_eight(const hifi_outliers *o, const uint8_t *b, const uint8_t *x) {
    const unsigned used = outliers_used(o, b);
    const uint64_t in_use = used == 0 ? 0 : ~0ull >> (64 - 8 * used);
    const __m128i residuals = _mm_cvtsi64_si128((int64_t)(load64(b + o->value_at) & in_use));
    const __m128i a = _mm_cvtepi8_epi16(activations_of_eight(o, b, x));
    const __m128 products = _mm_cvtepi32_ps(_mm_madd_epi16(a, _mm_cvtepi8_epi16(residuals)));
    // Without residuals the scale has no meaning; a NaN there must not spread.
    const float scale = used > 0 ? outliers_scale(o, b) : 0;
    const __m128 scaled = _mm_mul_ps(_mm_mul_ps(products, _mm_set1_ps(scale_of(x))), _mm_set1_ps(scale));
    return _mm256_zextps128_ps256(scaled);
}

typedef enum { PLAIN, REPLACE_EIGHT, ADD_EIGHT, OTHER } outlier_kind;

INLINE float dot_q3k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count, outlier_kind kind) {
    const hifi_outliers *o = &f->outliers;
    __m256 total = _mm256_setzero_ps(), values = _mm256_setzero_ps();
    float outliers = 0;
    for (; count > 0; count--, NEXT_BLOCK) {
        const float yd = scale_of(x);
        const q3k_codes packed = q3k_scale_codes(FIELD(b, hifi_q3_k, scales));
        const __m128i scale8 = _mm_sub_epi8(_mm_set_epi64x((int64_t)packed.upper, (int64_t)packed.lower), _mm_set1_epi8(32));
        const __m256i scale16 = _mm256_cvtepi8_epi16(scale8);
        const spread scales = spread_of(scale16);
        const __m256i h = load(FIELD(b, hifi_q3_k, hmask));
        // Codes are 0 to 7 here; the 4 too many is taken back by way of the sums.
        const __m256i offset = _mm256_slli_epi32(_mm256_madd_epi16(scale16, sums_of(x)), 2);
        __m256i products = _mm256_sub_epi32(_mm256_setzero_si256(), offset);
        positions256 replaced = {{0}};
        if (kind == REPLACE_EIGHT) {
            const unsigned used = outliers_used(o, b);
            values = _mm256_add_ps(values, values_of_eight(o, b, x, outliers_acting(o, b, used, HIFI_REPLACE)));
            const uint64_t positions = load64(b + o->index_at);
            EACH(k, 8) {
                const unsigned i = positions >> (8 * k) & 255;
                replaced.word[i / 32] |= (uint32_t)((unsigned)k < used) << i % 32;
            }
        }
        EACH(half, 2) {
            const __m256i q = load(FIELD(b, hifi_q3_k, qs) + 32 * half);
            EACH(quarter, 4) {
                const int s = 8 * half + 2 * quarter, turn = 4 * half + quarter - 2;
                const __m256i low = masked(_mm256_srli_epi16(q, 2 * quarter), 3);
                const __m256i high = masked(turn < 0 ? _mm256_slli_epi16(h, -turn) : _mm256_srli_epi16(h, turn), 4);
                __m256i codes = _mm256_or_si256(low, high);
                // A replaced weight's base is 0: code 4.
                if (kind == REPLACE_EIGHT) {
                    codes = _mm256_blendv_epi8(codes, _mm256_set1_epi8(4), bytes_of(replaced.word[4 * half + quarter]));
                }
                products = step(products, codes, codes_of(x) + 16 * s, pick(scales, s, s + 1));
            }
        }
        if (kind == ADD_EIGHT) values = _mm256_add_ps(values, residuals_of_eight(o, b, x));
        if (kind == OTHER) {
            const outlier_terms t = outliers_terms(o, b, codes_of(x), yd, q3k_part);
            products = _mm256_sub_epi32(products, first_lane(t.product));
            outliers += t.sum;
        }
        total = accumulate(total, products, loadf16(FIELD(b, hifi_q3_k, d)) * yd);
    }
    return reduce(total) + (kind == PLAIN ? 0 : reduce(values) + outliers);
}

static float plain(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t n) { return dot_q3k(f, b, x, n, PLAIN); }
static float eight(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t n) { return dot_q3k(f, b, x, n, REPLACE_EIGHT); }
static float added(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t n) { return dot_q3k(f, b, x, n, ADD_EIGHT); }
static float other(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t n) { return dot_q3k(f, b, x, n, OTHER); }

float avx2_dot_q3k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    const hifi_outliers *o = &f->outliers;
    const hifi_dot_fn dot = o->mode == HIFI_NO_OUTLIERS ? plain : replaces_eight(o) ? eight : adds_eight(o) ? added : other;
    return dot(f, b, x, count);
}

typedef struct { spread scales; __m256i minima; } scales_and_minima;

INLINE scales_and_minima q4k_scales_and_minima(const uint8_t *packed, __m256i sums) {
    uint8_t bytes[16];
    q4k_scales(packed, bytes);
    const __m128i both = _mm_loadu_si128((const __m128i *)bytes);
    const __m256i doubled = _mm256_cvtepu8_epi16(_mm_unpackhi_epi8(both, both));
    return (scales_and_minima){spread_of(_mm256_cvtepu8_epi16(both)), _mm256_madd_epi16(doubled, sums)};
}

float avx2_dot_q4k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    float outliers = 0;
    for (; count > 0; count--, NEXT_BLOCK) {
        const float yd = scale_of(x);
        const scales_and_minima s = q4k_scales_and_minima(FIELD(b, hifi_q4_k, scales), sums_of(x));
        __m256i products = _mm256_setzero_si256(), minima = s.minima;
        EACH(pair, 4) {
            const __m256i q = load(FIELD(b, hifi_q4_k, qs) + 32 * pair);
            products = step(products, masked(q, 15), codes_of(x) + 64 * pair, pick(s.scales, 2 * pair, 2 * pair));
            products = step(
                products, masked(_mm256_srli_epi16(q, 4), 15), codes_of(x) + 64 * pair + 32, pick(s.scales, 2 * pair + 1, 2 * pair + 1));
        }
        OUTLIERS(q4k_part)
        total = accumulate(total, products, loadf16(FIELD(b, hifi_q4_k, d)) * yd);
        total = accumulate(total, minima, -(loadf16(FIELD(b, hifi_q4_k, dmin)) * yd));
    }
    return reduce(total) + outliers;
}

float avx2_dot_q5k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    float outliers = 0;
    for (; count > 0; count--, NEXT_BLOCK) {
        const float yd = scale_of(x);
        const scales_and_minima s = q4k_scales_and_minima(FIELD(b, hifi_q5_k, scales), sums_of(x));
        const __m256i h = load(FIELD(b, hifi_q5_k, qh));
        __m256i products = _mm256_setzero_si256(), minima = s.minima;
        EACH(group, 8) {
            const __m256i q = _mm256_srli_epi16(load(FIELD(b, hifi_q5_k, qs) + 32 * (group / 2)), 4 * (group % 2));
            const __m256i fifth = group < 4 ? _mm256_slli_epi16(h, (4 - group) & 15) : _mm256_srli_epi16(h, (group - 4) & 15);
            const __m256i codes = _mm256_or_si256(masked(q, 15), masked(fifth, 16));
            products = step(products, codes, codes_of(x) + 32 * group, pick(s.scales, group, group));
        }
        OUTLIERS(q5k_part)
        total = accumulate(total, products, loadf16(FIELD(b, hifi_q5_k, d)) * yd);
        total = accumulate(total, minima, -(loadf16(FIELD(b, hifi_q5_k, dmin)) * yd));
    }
    return reduce(total) + outliers;
}

float avx2_dot_q6k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    float outliers = 0;
    for (; count > 0; count--, NEXT_BLOCK) {
        const float yd = scale_of(x);
        const __m256i scale16 = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)FIELD(b, hifi_q6_k, scales)));
        const spread scales = spread_of(scale16);
        const __m256i offset = _mm256_slli_epi32(_mm256_madd_epi16(scale16, sums_of(x)), 5);
        __m256i products = _mm256_sub_epi32(_mm256_setzero_si256(), offset), minima = _mm256_setzero_si256();
        EACH(half, 2) {
            const __m256i h = load(FIELD(b, hifi_q6_k, qh) + 32 * half);
            EACH(mid, 2) {
                const __m256i l = load(FIELD(b, hifi_q6_k, ql) + 64 * half + 32 * mid);
                EACH(nibble, 2) {
                    const int s = 8 * half + 4 * nibble + 2 * mid, turn = 4 - 4 * nibble - 2 * mid;
                    const __m256i high = masked(turn < 0 ? _mm256_srli_epi16(h, -turn) : _mm256_slli_epi16(h, turn), 0x30);
                    const __m256i codes = _mm256_or_si256(masked(_mm256_srli_epi16(l, 4 * nibble), 15), high);
                    products = step(products, codes, codes_of(x) + 16 * s, pick(scales, s, s + 1));
                }
            }
        }
        OUTLIERS(q6k_part)
        (void)minima;
        total = accumulate(total, products, loadf16(FIELD(b, hifi_q6_k, d)) * yd);
    }
    return reduce(total) + outliers;
}

/// Σ a·b over each group of four of 32 signed bytes, by way of 16 bits: exact for every pair of bytes, -128 included.
INLINE __m256i signed_products(__m256i a, __m256i b) {
    const __m256i low = _mm256_madd_epi16(
        _mm256_cvtepi8_epi16(_mm256_castsi256_si128(a)), _mm256_cvtepi8_epi16(_mm256_castsi256_si128(b)));
    const __m256i high = _mm256_madd_epi16(
        _mm256_cvtepi8_epi16(_mm256_extracti128_si256(a, 1)), _mm256_cvtepi8_epi16(_mm256_extracti128_si256(b, 1)));
    return _mm256_add_epi32(low, high);
}

float avx2_dot_q80(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    for (; count > 0; count--, x += HIFI_Q8K_BYTES) {
        __m256 block = _mm256_setzero_ps();
        for (int s = 0; s < 8; s++, b += f->stride) {
            const __m256i sums = signed_products(load(FIELD(b, hifi_q8_0, qs)), load(codes_of(x) + 32 * s));
            block = accumulate(block, sums, loadf16(FIELD(b, hifi_q8_0, d)));
        }
        total = _mm256_fmadd_ps(block, _mm256_set1_ps(scale_of(x)), total);
    }
    return reduce(total);
}

float avx2_dot_q40(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    __m256 total = _mm256_setzero_ps();
    const __m256i ones = _mm256_set1_epi16(1), eight = _mm256_set1_epi8(8);
    for (; count > 0; count--, x += HIFI_Q8K_BYTES) {
        __m256 block = _mm256_setzero_ps();
        for (int s = 0; s < 8; s++, b += f->stride) {
            const __m128i packed = _mm_loadu_si128((const __m128i *)FIELD(b, hifi_q4_0, qs));
            const __m256i q = masked(_mm256_inserti128_si256(_mm256_castsi128_si256(packed), _mm_srli_epi16(packed, 4), 1), 15);
            const __m256i a = load(codes_of(x) + 32 * s);
            const __m256i pairs = _mm256_sub_epi16(_mm256_maddubs_epi16(q, a), _mm256_maddubs_epi16(eight, a));
            block = accumulate(block, _mm256_madd_epi16(pairs, ones), loadf16(FIELD(b, hifi_q4_0, d)));
        }
        total = _mm256_fmadd_ps(block, _mm256_set1_ps(scale_of(x)), total);
    }
    return reduce(total);
}

AVX2_END
#endif
