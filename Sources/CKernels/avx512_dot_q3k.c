// Q3_K and what builds on it times Q8_K, with AVX-512: the product this project is about.
//
// Four blocks at a time. What can be shared is done once for the four: unpacking scales, adding up each block's integers
// to one number, the fp32 arithmetic, and the 32 stored outliers. Positions of the four blocks index the codes and the
// activations of their own block, all of which lie in registers; the base at those positions is taken off in integers.
#if defined(__x86_64__)
#include "avx512_dot.h"
#include "tables.h"

AVX512_BEGIN

/// 256 bytes in registers.
typedef struct { __m512i part[4]; } bytes256;

// Units. Of the 64 weights that are unpacked at once, the lower 32 have their two bits in places 0 and 1 of a byte, the
// upper 32 in places 2 and 3 of the same byte. The upper ones are left there: their codes are four times as large, 0 to 28
// in steps of 4. The scales of the lower ones are made four times as large instead, so that every product of code and scale
// is four times what it should be, and so is the block's sum. All of it fits: scales of -128 to 124 in a byte, sums below
// 2^25 that are divisible by four, and so are exact in fp32.

/// Word k of sixteen bytes, scales 2k and 2k + 1, belongs to lower weights if k is even.
INLINE __m512i by_word(short even, short odd) { return _mm512_set1_epi32((int)((uint16_t)even | (uint32_t)(uint16_t)odd << 16)); }

/// The scales of four blocks in units as above, sixteen bytes for each.
INLINE __m512i scales_of_four(const uint8_t *const b[4]) {
    const __m512i raw = gather16bytes(b, offsetof(hifi_q3_k, scales) - 2);  // qs lies before
    const __m128i lower = _mm_setr_epi8(2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5, 6, 7, 8, 9);
    const __m128i upper = _mm_setr_epi8(10, 11, 12, 13, 10, 11, 12, 13, 10, 11, 12, 13, 10, 11, 12, 13);
    const __m512i low = _mm512_shuffle_epi8(raw, _mm512_broadcast_i32x4(lower));
    const __m512i high = _mm512_shuffle_epi8(raw, _mm512_broadcast_i32x4(upper));
    const __m512i right = _mm512_broadcast_i32x4(_mm_set_epi64x(4, 0)), left = _mm512_broadcast_i32x4(_mm_setr_epi32(4, 2, 0, 30));
    const __m512i low4 = _mm512_and_si512(_mm512_srlv_epi64(low, right), _mm512_set1_epi8(0x0F));
    const __m512i code = _mm512_ternarylogic_epi32(low4, _mm512_rolv_epi32(high, left), _mm512_set1_epi8(0x30), 0xF8);
    return _mm512_sub_epi8(_mm512_sllv_epi16(code, by_word(2, 0)), by_word(0x8080 - 0x10000, 0x2020));
}

/// Σ scale · code · activation of a block over sixteen lanes, in units as above, codes not less the 4 they are too large
/// by. The block's scales are 16-bit lanes `first` to `first` + 15. Codes and activations are left behind for outliers.
INLINE __m512i products_of(const uint8_t *b, const uint8_t *x, __m512i scales, int first, bytes256 *codes, bytes256 *q8) {
    const __m512i h = twice(FIELD(b, hifi_q3_k, hmask)), low2 = _mm512_inserti64x4(_mm512_set1_epi8(3), _mm256_set1_epi8(12), 1);
    EACH(part, 4) {
        const __m512i q = _mm512_srli_epi16(twice(FIELD(b, hifi_q3_k, qs) + 32 * (part / 2)), 4 * (part % 2));
        // Bit 2 * part of the lower bytes to place 2, bit 2 * part + 1 of the upper ones to place 4.
        const __m512i matrix = _mm512_inserti64x4(_mm512_set1_epi64(1ll << (40 + 2 * part)), _mm256_set1_epi64x(2ll << (24 + 2 * part)), 1);
        const __m512i third = _mm512_gf2p8affine_epi64_epi8(h, matrix, 0);
        codes->part[part] = _mm512_ternarylogic_epi32(q, low2, third, 0xEA);
        q8->part[part] = codes_at(codes_of(x), part);
    }
    __m512i products = _mm512_setzero_si512();
    EACH(half, 2) {
        const __m512i fours = fours_of_128(codes->part[2 * half], codes->part[2 * half + 1], codes_of(x), 2 * half);
        products = add_scaled(products, fours, scales_of_128(scales, first + 8 * half));
    }
    return products;
}

/// What the codes of two blocks are too large by, times scales and activations: the first block's share in the lower half.
INLINE __m512i excess_of_two(__m512i scales, const uint8_t *x, const uint8_t *y) {
    const __m512i sums = two(FIELD(x, hifi_q8_k, bsums), FIELD(y, hifi_q8_k, bsums));
    // Two 16-bit scales of lower weights, then two of upper ones.
    const __m512i plain = _mm512_srav_epi16(scales, _mm512_set1_epi64(0x0000000000020002));
    return _mm512_slli_epi32(_mm512_madd_epi16(plain, sums), 4);
}

/// Each of four numbers in four lanes.
INLINE __m512 four_times(__m128 v) {
    const __m512i index = _mm512_setr_epi32(0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    return _mm512_permutexvar_ps(index, _mm512_zextps128_ps512(v));
}

/// Two numbers, `first` and `first` + 1 of four, in eight lanes each.
INLINE __m512 eight_times(__m128 v, int first) {
    const __m512i index = _mm512_setr_epi32(0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1);
    return _mm512_permutexvar_ps(_mm512_add_epi32(index, _mm512_set1_epi32(first)), _mm512_zextps128_ps512(v));
}

// --- Outliers of four blocks -----------------------------------------------------------------------------------------

/// Eight bytes from each of four places.
INLINE __m256i eight_bytes_of_four(const uint8_t *const b[4], size_t at) {
    const __m128i low = _mm_set_epi64x((int64_t)load64(b[1] + at), (int64_t)load64(b[0] + at));
    const __m128i high = _mm_set_epi64x((int64_t)load64(b[3] + at), (int64_t)load64(b[2] + at));
    return _mm256_inserti128_si256(_mm256_castsi128_si256(low), high, 1);
}

/// The positions of 32 slots, eight for each block, in the lower half.
INLINE __m512i positions_of_four(const hifi_outliers *o, const uint8_t *const b[4]) {
    // Zero-extended, not cast: an undefined upper part may be filled from the running total, and then waits for it.
    return _mm512_zextsi256_si512(eight_bytes_of_four(b, o->index_at));
}

/// Slots in use, a bit each, and blocks that have any.
typedef struct { __mmask32 slots; __mmask8 blocks; } in_use;

INLINE in_use in_use_of_four(const hifi_outliers *o, const uint8_t *const b[4]) {
    if (!o->has_count) return (in_use){~0u, 15};  // all formats with paths here have eight slots
    const uint32_t stored = (uint32_t)b[0][o->count_at] | (uint32_t)b[1][o->count_at] << 8 | (uint32_t)b[2][o->count_at] << 16 |
                            (uint32_t)b[3][o->count_at] << 24;
    const __m128i masked = _mm_and_si128(_mm_cvtsi32_si128((int)stored), _mm_set1_epi8((char)o->count_mask));
    const __m128i counts = _mm_min_epu8(masked, _mm_set1_epi8((char)o->count_max));
    const __m256i index = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i spread = _mm256_shuffle_epi8(_mm256_broadcastsi128_si256(counts), index);
    const __mmask32 slots = _mm256_cmplt_epu8_mask(_mm256_set1_epi64x(0x0706050403020100), spread);
    return (in_use){slots, _mm_cmpneq_epi32_mask(_mm_cvtepu8_epi32(counts), _mm_setzero_si128())};
}

/// Which slots act, a bit each. Of a repeated position the last one does; that is rare, so the slots are looked at one by
/// one only where two of them meet. Turning the eight by one to four places lets each meet all others.
INLINE __mmask32 acting_of_four(const hifi_outliers *o, const uint8_t *const b[4], __m512i positions, int counted) {
    const __m256i p = _mm512_castsi512_si256(positions);
    const __mmask32 used = counted ? in_use_of_four(o, b).slots : ~0u;
    const __m256i one = _mm256_xor_si256(p, _mm256_rol_epi64(p, 8)), two = _mm256_xor_si256(p, _mm256_rol_epi64(p, 16));
    const __m256i three = _mm256_xor_si256(p, _mm256_rol_epi64(p, 24)), four = _mm256_xor_si256(p, _mm256_rol_epi64(p, 32));
    const __m256i least = _mm256_min_epu8(_mm256_min_epu8(one, two), _mm256_min_epu8(three, four));
    const __mmask32 meeting = _mm256_mask_testn_epi8_mask(used, least, least);
    if (__builtin_expect(meeting == 0, 1)) return used;
    __mmask32 acting = 0;
    for (int j = 0; j < 4; j++) acting |= outliers_acting(o, b[j], outliers_used(o, b[j]), o->mode) << 8 * j;
    return acting;
}

/// Bytes looked up at 32 positions, eight from the table of each block: those from the table's lower and upper half. Both
/// begin as the positions themselves, and block by block results take their place.
typedef struct { __m512i low, high; } looked_up;

/// The instruction that overwrites the index, which the compiler would replace by the one that overwrites the table and a
/// copy under the mask.
INLINE __m512i permute_where(__mmask64 mask, __m512i index, __m512i first, __m512i second) {
    __asm__("vpermi2b %3, %2, %0 %{%1%}" : "+v"(index) : "Yk"(mask), "v"(first), "v"(second));
    return index;
}

INLINE looked_up look_up(looked_up so_far, bytes256 table, int j) {
    const __mmask64 block = 0xFFull << 8 * j;
    so_far.low = permute_where(block, so_far.low, table.part[0], table.part[1]);
    so_far.high = permute_where(block, so_far.high, table.part[2], table.part[3]);
    return so_far;
}

INLINE __m256i chosen(looked_up found, __mmask64 upper) {
    return _mm512_castsi512_si256(_mm512_mask_blend_epi8(upper, found.low, found.high));
}

/// Σ base · activation at the positions that a slot replaces, block j in lanes 4j to 4j + 3.
INLINE __m512i replaced_products(__m512i positions, __mmask32 acting, __m256i codes, __m512i a, __m512i scales) {
    const __m512i first = _mm512_setr_epi64(0, 0x1010101010101010, 0x2020202020202020, 0x3030303030303030, 0, 0, 0, 0);
    // Position / 16, plus sixteen for each block before.
    const __m512i group = _mm512_ternarylogic_epi32(_mm512_srli_epi16(positions, 4), _mm512_set1_epi8(15), first, 0xEA);
    const __m512i scale = _mm512_cvtepi8_epi16(_mm512_castsi512_si256(_mm512_permutexvar_epi8(group, scales)));
    const __mmask32 larger = _mm256_test_epi8_mask(_mm512_castsi512_si256(positions), _mm256_set1_epi8(32));  // see units
    const __m256i bias = _mm256_mask_blend_epi8(larger, _mm256_set1_epi8(4), _mm256_set1_epi8(16));
    const __m512i code = _mm512_cvtepi8_epi16(_mm256_sub_epi8(codes, bias));
    return _mm512_madd_epi16(_mm512_maskz_mullo_epi16(acting, code, scale), a);
}

/// values + Σ value · activation of 32 fp16 values.
INLINE __m512 add_values(__m512 values, const hifi_outliers *o, const uint8_t *const b[4], __mmask32 acting, __m512i a, __m128 yd) {
    const __m512i halves16 = gather16bytes(b, o->value_at);
    const __m512 low = _mm512_cvtph_ps(_mm512_castsi512_si256(halves16)), high = _mm512_cvtph_ps(_mm512_extracti64x4_epi64(halves16, 1));
    const __m512 a_low = _mm512_cvtepi32_ps(_mm512_cvtepi16_epi32(_mm512_castsi512_si256(a)));
    const __m512 a_high = _mm512_cvtepi32_ps(_mm512_cvtepi16_epi32(_mm512_extracti64x4_epi64(a, 1)));
    values = _mm512_mask3_fmadd_ps(low, _mm512_mul_ps(a_low, eight_times(yd, 0)), values, (__mmask16)acting);
    return _mm512_mask3_fmadd_ps(high, _mm512_mul_ps(a_high, eight_times(yd, 2)), values, (__mmask16)(acting >> 16));
}

/// Up to eight residuals of one byte a block times a scale of the block, added: their products with the activations are
/// summed as integers. The activation's scale comes first, so that nothing overflows on the way to a result that does not.
INLINE __m512 add_residuals(__m512 values, const hifi_outliers *o, const uint8_t *const b[4], __m512i a, __m128 yd) {
    const in_use used = in_use_of_four(o, b);
    // Without residuals the scale has no meaning; a NaN there must not spread.
    const __m128 scale = _mm_maskz_mov_ps(
        used.blocks, _mm_setr_ps(outliers_scale(o, b[0]), outliers_scale(o, b[1]), outliers_scale(o, b[2]), outliers_scale(o, b[3])));
    const __m256i residuals = eight_bytes_of_four(b, o->value_at);
    const __m512i products = _mm512_madd_epi16(a, _mm512_maskz_cvtepi8_epi16(used.slots, residuals));
    const __m512 scaled = _mm512_mul_ps(_mm512_cvtepi32_ps(products), four_times(yd));
    return _mm512_fmadd_ps(scaled, four_times(scale), values);
}

// --- Rows ------------------------------------------------------------------------------------------------------------

typedef enum { PLAIN, REPLACE_EIGHT, REPLACE_COUNTED, ADD_EIGHT, OTHER } outlier_kind;

/// Less than four blocks, and blocks with outliers of any other kind: one block, by way of portable C for the outliers.
INLINE float dot_one(const hifi_outliers *o, const uint8_t *b, const uint8_t *x, outlier_kind kind) {
    const float yd = scale_of(x);
    const uint8_t *const same[4] = {b, b, b, b};
    const __m512i scales = _mm512_zextsi256_si512(_mm256_cvtepi8_epi16(_mm512_castsi512_si128(scales_of_four(same))));
    bytes256 codes, q8;
    const __m512i products = _mm512_sub_epi32(products_of(b, x, scales, 0, &codes, &q8), excess_of_two(scales, x, x));
    int32_t sum = _mm512_reduce_add_epi32(products) / 4;
    float outliers = 0;
    if (kind != PLAIN) {
        const outlier_terms t = outliers_terms(o, b, codes_of(x), yd, q3k_part);
        sum -= t.product;
        outliers = t.sum;
    }
    return (float)sum * (loadf16(FIELD(b, hifi_q3_k, d)) * yd) + outliers;
}

/// Integers of four blocks, to be finished.
typedef struct {
    __m512i sums;    // block j in lanes 4j to 4j + 3
    __m512i scales;  // sixteen bytes for each block
    __m256i codes;   // of the weights at the positions of the slots, eight for each block
    __m256i q8;      // the activations there
    __m128 d, yd;
} unfinished;

INLINE unfinished multiply_four(const hifi_outliers *o, const four_blocks *at, outlier_kind kind) {
    unfinished result;
    result.scales = scales_of_four(at->b);
    const __m512i scales01 = _mm512_cvtepi8_epi16(_mm512_castsi512_si256(result.scales));
    const __m512i scales23 = _mm512_cvtepi8_epi16(_mm512_extracti64x4_epi64(result.scales, 1));
    const __m512i positions = kind == PLAIN ? _mm512_setzero_si512() : positions_of_four(o, at->b);
    looked_up codes_there = {positions, positions}, q8_there = {positions, positions};
    __m512i p[4];
#pragma clang loop unroll(full)
    for (int j = 0; j < 4; j++) {
        bytes256 codes, q8;
        p[j] = products_of(at->b[j], at->x[j], j < 2 ? scales01 : scales23, 16 * (j % 2), &codes, &q8);
        // At once, while both tables are in registers.
        if (kind != PLAIN) q8_there = look_up(q8_there, q8, j);
        if (kind == REPLACE_EIGHT || kind == REPLACE_COUNTED) codes_there = look_up(codes_there, codes, j);
        ONE_BY_ONE(p[j]);
    }
    // Halves added: a block in each half of a register. Quarters: block j in lanes 4j to 4j + 3.
    __m512i p01 = _mm512_add_epi32(_mm512_shuffle_i64x2(p[0], p[1], 0x44), _mm512_shuffle_i64x2(p[0], p[1], 0xEE));
    __m512i p23 = _mm512_add_epi32(_mm512_shuffle_i64x2(p[2], p[3], 0x44), _mm512_shuffle_i64x2(p[2], p[3], 0xEE));
    p01 = _mm512_sub_epi32(p01, excess_of_two(scales01, at->x[0], at->x[1]));
    p23 = _mm512_sub_epi32(p23, excess_of_two(scales23, at->x[2], at->x[3]));
    result.sums = _mm512_add_epi32(_mm512_shuffle_i64x2(p01, p23, 0x88), _mm512_shuffle_i64x2(p01, p23, 0xDD));
    result.yd = activation_scales(at->x);
    result.d = _mm_mul_ps(_mm_mul_ps(f16_of_four(at->b, offsetof(hifi_q3_k, d)), _mm_set1_ps(0.25f)), result.yd);
    const __mmask64 upper = _mm512_movepi8_mask(positions);
    result.codes = chosen(codes_there, upper);
    result.q8 = chosen(q8_there, upper);
    return result;
}

/// Two running totals: of the blocks' sums, each in four lanes, and of the outliers.
typedef struct { __m512 sums, values; } totals;

INLINE totals finish_four(totals total, const hifi_outliers *o, const four_blocks *at, const unfinished *u, outlier_kind kind) {
    __m512i sums = u->sums;
    if (kind != PLAIN) {
        const __m512i a = _mm512_cvtepi8_epi16(u->q8);
        if (kind == ADD_EIGHT) {
            total.values = add_residuals(total.values, o, at->b, a, u->yd);
        } else {
            const __m512i positions = positions_of_four(o, at->b);
            const __mmask32 acting = acting_of_four(o, at->b, positions, kind == REPLACE_COUNTED);
            sums = _mm512_sub_epi32(sums, replaced_products(positions, acting, u->codes, a, u->scales));
            total.values = add_values(total.values, o, at->b, acting, a, u->yd);
        }
    }
    // The sum of a block's four lanes, in each of them: one exact integer before anything is rounded.
    sums = _mm512_add_epi32(sums, _mm512_shuffle_epi32(sums, 0x4E));
    sums = _mm512_add_epi32(sums, _mm512_shuffle_epi32(sums, 0xB1));
    total.sums = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums), four_times(u->d), total.sums);
    return total;
}

/// Outliers are looked up for several fours before any is finished: what is left to do is a long chain of instructions, and
/// the chains of different fours run side by side.
enum { FOURS = 8 };

INLINE float dot_q3k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count, outlier_kind kind) {
    const hifi_outliers *o = &f->outliers;
    totals total = {_mm512_setzero_ps(), _mm512_setzero_ps()};
    while (count >= 4 && kind != OTHER) {
        const size_t fours = kind == PLAIN ? 1 : count / 4 < FOURS ? count / 4 : FOURS;
        four_blocks at[FOURS];
        unfinished waiting[FOURS];
        for (size_t k = 0; k < fours; k++) {
            at[k] = next_four(&b, f->stride, &x);
            waiting[k] = multiply_four(o, &at[k], kind);
        }
        for (size_t k = 0; k < fours; k++) total = finish_four(total, o, &at[k], &waiting[k], kind);
        count -= 4 * fours;
    }
    const __m512 all = _mm512_add_ps(_mm512_maskz_mov_ps(0x1111, total.sums), total.values);
    float rest = 0;
    for (; count > 0; count--, b += f->stride, x += HIFI_Q8K_BYTES) rest += dot_one(o, b, x, kind);
    return _mm512_reduce_add_ps(all) + rest;
}

#define ALONE(NAME, TAIL)                                                                                              \
    static __attribute__((noinline)) float NAME(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t n) { \
        return dot_q3k(f, b, x, n, TAIL);                                                                              \
    }
ALONE(plain, PLAIN)
ALONE(eight, REPLACE_EIGHT)
ALONE(counted, REPLACE_COUNTED)
ALONE(added, ADD_EIGHT)
ALONE(other, OTHER)

/// 64 weights, four sub-blocks, from 32 bytes of qs and all of hmask, which are in both halves of a register:
///
///     q >> 4 (part % 2)    x x x x 3 2 1 0     lower half: & 3; upper half: & 12, left where it is
///     h, bits 2 part,      · · · · · 2 · ·     lower half
///        2 part + 1        · · · 4 · · · ·     upper half, by VGF2P8AFFINEQB: codes four times as large
float avx512_dot_q3k(const hifi_format *f, const uint8_t *b, const uint8_t *x, size_t count) {
    const hifi_outliers *o = &f->outliers;
    if (o->mode == HIFI_NO_OUTLIERS) return plain(f, b, x, count);
    if (replaces_eight(o)) return o->has_count ? counted(f, b, x, count) : eight(f, b, x, count);
    return adds_eight(o) ? added(f, b, x, count) : other(f, b, x, count);
}

AVX512_END
#endif
