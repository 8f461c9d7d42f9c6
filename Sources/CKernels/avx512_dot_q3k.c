// Q3_K and what builds on it times Q8_K, with AVX-512: the product this project is about.
//
// The outliers of r6, r12 and r13 are handled eight at a time: positions index the 256 codes, the 256 activations and
// the sixteen scales, all of which lie in registers; the base at those positions is taken off in integers, the values
// are added in fp32.
#if defined(__x86_64__)
#include "avx512_dot.h"
#include "tables.h"

AVX512_BEGIN

/// 256 bytes in registers.
typedef struct { __m512i part[4]; } bytes256;

/// The bytes at eight positions (the low eight bytes of `positions`), sign-extended to 16 bits.
INLINE __m128i lookup(bytes256 table, __m512i positions, __mmask64 upper) {
    const __m512i low = _mm512_permutex2var_epi8(table.part[0], positions, table.part[1]);
    const __m512i high = _mm512_permutex2var_epi8(table.part[2], positions, table.part[3]);
    return _mm_cvtepi8_epi16(_mm512_castsi512_si128(_mm512_mask_blend_epi8(upper, low, high)));
}

typedef struct { __m512i products; __m256 values; } outlier_state;

/// Eight slots of fp16 values that replace. Slots are taken in reverse, so that the comparison with earlier lanes finds
/// the slots that a later one overrides; `unused` counts the slots, from the last, that do not act.
INLINE outlier_state replace_eight(
    outlier_state state, const uint8_t *index, const uint8_t *value, unsigned unused, bytes256 codes, bytes256 q8, __m128i scales,
    float yd) {
    const __m128i reversed_bytes = _mm_set_epi8(-1, -1, -1, -1, -1, -1, -1, -1, 0, 1, 2, 3, 4, 5, 6, 7);
    const __m128i position8 = _mm_shuffle_epi8(_mm_loadl_epi64((const __m128i *)index), reversed_bytes);
    const __mmask8 in_use = (__mmask8)(0xFFu << unused);
    // Lanes not in use get numbers that no position equals.
    const __m256i position32 = _mm256_mask_cvtepu8_epi32(
        _mm256_setr_epi32(256, 257, 258, 259, 260, 261, 262, 263), in_use, position8);
    const __m256i conflicts = _mm256_conflict_epi32(position32);
    const __mmask8 acting = _mm256_mask_testn_epi32_mask(in_use, conflicts, conflicts);

    // Zero-extended, not cast: an undefined upper part may be filled from the running total, and then waits for it.
    const __m512i positions = _mm512_zextsi128_si512(position8);
    const __mmask64 upper = _mm512_movepi8_mask(positions);
    const __m128i a = lookup(q8, positions, upper);
    const __m128i code = _mm_sub_epi16(lookup(codes, positions, upper), _mm_set1_epi16(4));
    const __m128i group = _mm_and_si128(_mm_srli_epi16(position8, 4), _mm_set1_epi8(15));
    const __m128i scale = _mm_cvtepi8_epi16(_mm_shuffle_epi8(scales, group));
    const __m128i base = _mm_maskz_mullo_epi16(acting, code, scale);
    state.products = _mm512_sub_epi32(state.products, _mm512_zextsi128_si512(_mm_madd_epi16(base, a)));

    const __m128i reversed_words = _mm_set_epi8(1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14);
    const __m256 values = _mm256_cvtph_ps(_mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)value), reversed_words));
    const __m256 scaled = _mm256_mul_ps(_mm256_cvtepi32_ps(_mm256_cvtepi16_epi32(a)), _mm256_set1_ps(yd));
    state.values = _mm256_mask3_fmadd_ps(values, scaled, state.values, acting);
    return state;
}

/// Up to eight residuals of one byte times a scale of the block, added: their products with the activations are summed as
/// integers. The activation's scale comes first, so that nothing overflows on the way to a result that does not.
INLINE __m256 add_eight(__m256 values, const hifi_outliers *o, const uint8_t *b, bytes256 q8, float yd) {
    const unsigned used = outliers_used(o, b);
    const __m512i positions = _mm512_zextsi128_si512(_mm_loadl_epi64((const __m128i *)(b + o->index_at)));
    const __m128i a = lookup(q8, positions, _mm512_movepi8_mask(positions));
    const __m128i residuals = _mm_loadl_epi64((const __m128i *)(b + o->value_at));
    const __m128i products = _mm_madd_epi16(a, _mm_maskz_cvtepi8_epi16((__mmask8)((1u << used) - 1), residuals));
    // Without residuals the scale has no meaning; a NaN there must not spread.
    const float scale = used > 0 ? outliers_scale(o, b) : 0;
    const __m128 scaled = _mm_mul_ps(_mm_cvtepi32_ps(products), _mm_set1_ps(yd));
    return _mm256_fmadd_ps(_mm256_zextps128_ps256(scaled), _mm256_set1_ps(scale), values);
}

typedef enum { PLAIN, REPLACE_EIGHT, REPLACE_COUNTED, ADD_EIGHT, OTHER } outlier_kind;

INLINE float dot_q3k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count, outlier_kind kind) {
    const hifi_outliers *o = &f->outliers;
    __m512 total = _mm512_setzero_ps();
    __m256 values = _mm256_setzero_ps();
    float outliers = 0;
    for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) {
        const float yd = scale_of(x);
        const __m128i scale8 = q3k_scales_vector(FIELD(b, hifi_q3_k, scales));
        const __m256i scale16 = _mm256_cvtepi8_epi16(scale8);
        const __m512i scales = _mm512_castsi256_si512(scale16);
        const __m512i h = twice(FIELD(b, hifi_q3_k, hmask));
        const __m512i q[2] = {twice(FIELD(b, hifi_q3_k, qs)), twice(FIELD(b, hifi_q3_k, qs) + 32)};
        // Codes are 0 to 7 here; the 4 too many is taken back by way of the sums.
        const __m256i offset = _mm256_slli_epi32(_mm256_madd_epi16(scale16, sums_of(x)), 2);
        __m512i products = _mm512_sub_epi32(_mm512_setzero_si512(), _mm512_zextsi256_si512(offset));
        bytes256 codes, q8;
#pragma clang loop unroll(full)
        for (int part = 0; part < 4; part++) {
            const int shift = 4 * (part % 2);
            const __m512i low = two_bits(q[part / 2], shift, shift + 2), high = bit_to(h, 2 * part, 2 * part + 1, 2);
            codes.part[part] = _mm512_or_si512(low, high);
            q8.part[part] = codes_at(codes_of(x), part);
            const __m512i pairs = _mm512_maddubs_epi16(codes.part[part], q8.part[part]);
            products = _mm512_dpwssd_epi32(products, pairs, scales_of_16(scales, part));
        }
        if (kind == REPLACE_EIGHT || kind == REPLACE_COUNTED) {
            const unsigned unused = kind == REPLACE_COUNTED ? 8 - outliers_used(o, b) : 0;
            const outlier_state after = replace_eight(
                (outlier_state){products, values}, b + o->index_at, b + o->value_at, unused, codes, q8, scale8, yd);
            products = after.products;
            values = after.values;
        } else if (kind == ADD_EIGHT) {
            values = add_eight(values, o, b, q8, yd);
        } else if (kind == OTHER) {
            const outlier_terms t = outliers_terms(o, b, codes_of(x), yd, q3k_part);
            products = _mm512_sub_epi32(products, _mm512_zextsi128_si512(_mm_cvtsi32_si128(t.product)));
            outliers += t.sum;
        }
        total = accumulate(total, products, loadf16(FIELD(b, hifi_q3_k, d)) * yd);
    }
    return _mm512_reduce_add_ps(total) + (kind == PLAIN ? 0 : reduce(values) + outliers);
}

static float plain(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t n) { return dot_q3k(f, b, x, n, PLAIN); }
static float eight(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t n) { return dot_q3k(f, b, x, n, REPLACE_EIGHT); }
static float counted(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t n) { return dot_q3k(f, b, x, n, REPLACE_COUNTED); }
static float added(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t n) { return dot_q3k(f, b, x, n, ADD_EIGHT); }
static float other(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t n) { return dot_q3k(f, b, x, n, OTHER); }

float avx512_dot_q3k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    const hifi_outliers *o = &f->outliers;
    if (o->mode == HIFI_NO_OUTLIERS) return plain(f, b, x, count);
    if (replaces_eight(o)) return o->has_count ? counted(f, b, x, count) : eight(f, b, x, count);
    return adds_eight(o) ? added(f, b, x, count) : other(f, b, x, count);
}

AVX512_END
#endif
