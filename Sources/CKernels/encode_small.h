// Q4_0, Q4_1, Q5_0 and Q5_1 (ENC-14): blocks of thirty-two weights, one to a lane.
#ifndef HIFI_ENCODE_SMALL_H
#define HIFI_ENCODE_SMALL_H

#include "encode_outliers.h"
#include "encode_search.h"

/// What the search of a few blocks found, one column to a block.
typedef struct {
    _Alignas(64) float x[32 * COLUMNS];
    /// By blocks, then by columns.
    _Alignas(64) float products[32 * COLUMNS];
    _Alignas(64) float weights[32 * COLUMNS];
    _Alignas(64) float scales[COLUMNS];
    _Alignas(64) float minima[COLUMNS];
    /// What the codes follow from.
    _Alignas(64) float inverse[COLUMNS];
    _Alignas(64) float low[COLUMNS];
} small_search;

/// Whole fours of columns are transposed.
INLINE int whole_fours(int blocks) { return (blocks + 3) / 4 * 4; }

/// Blocks to columns, the last ones by way of memory that has room for whole fours.
INLINE void columned_blocks(small_search *s, const float *x, int blocks) {
    const int whole = whole_fours(blocks);
    if (blocks < whole) {
        memcpy(s->products, x, 128 * (size_t)blocks);
        memset(s->products + 32 * blocks, 0, 128 * (size_t)(whole - blocks));
    }
    transpose(blocks < whole ? s->products : x, 32, whole, s->x, 0);
}

/// Rows whose squares are added up side by side: each sum waits for its last addition.
enum { ROWS_TOGETHER = 8 };

/// Sum of x * x over each row, in order, divided by its length.
INLINE void mean_squares(const float *x, size_t columns, size_t rows, float means[ROWS_TOGETHER]) {
    const float *row[ROWS_TOGETHER];
    float sums[ROWS_TOGETHER] = {0};
    for (size_t r = 0; r < ROWS_TOGETHER; r++) row[r] = x + (r < rows ? r : 0) * columns;
    for (size_t i = 0; i < columns; i++) {
        for (int r = 0; r < ROWS_TOGETHER; r++) sums[r] += row[r][i] * row[r][i];
    }
    for (int r = 0; r < ROWS_TOGETHER; r++) means[r] = sums[r] / (float)columns;
}

/// importance * sqrt(evening + x * x) of one block.
INLINE void weigh_block(const float *x, const float *importance, float evening, float *out) {
    for (int i = 0; i < 32; i += 16) {
        sixteen_f v, w;
        memcpy(&v, x + i, sizeof v);
        memcpy(&w, importance + i, sizeof w);
        v = w * __builtin_elementwise_sqrt((sixteen_f)evening + v * v);
        memcpy(out + i, &v, sizeof v);
    }
}

/// Codes and bytes of 32 values.
typedef struct { uint8_t of[32]; } small_codes;

/// The low byte of trunc((x - low) * inverse + offset), at most `most`. Values that no integer holds count as 0: so does the
/// low byte of the integer that stands for them.
INLINE small_codes truncated(const float *x, float low, float inverse, float offset, int most) {
    small_codes codes;
    for (int i = 0; i < 32; i += 16) {
        sixteen_f v;
        memcpy(&v, x + i, sizeof v);
        v = (v - low) * inverse + offset;
        const sixteen_f size = (sixteen_f)((sixteen_i)v & 0x7FFFFFFF);
        v = size < 2147483648.0f ? v : (sixteen_f)0.0f;
        sixteen_i code = __builtin_convertvector(v, sixteen_i) << 24 >> 24;
        code = __builtin_elementwise_min(code, (sixteen_i)most) & 255;
        const sixteen_b bytes = __builtin_convertvector(code, sixteen_b);
        memcpy(codes.of + i, &bytes, sizeof bytes);
    }
    return codes;
}

/// Sixteen bytes of nibbles. A code of more than four bits runs into its neighbour where there is no other place for them.
INLINE void pack_nibbles(const small_codes *codes, int five, uint8_t *out) {
    sixteen_b low, high;
    memcpy(&low, codes->of, sizeof low);
    memcpy(&high, codes->of + 16, sizeof high);
    low = (five ? low & 15 : low) | high << 4;
    memcpy(out, &low, sizeof low);
}

/// Four bytes of fifth bits.
INLINE void pack_fifth(const small_codes *codes, uint8_t *out) {
    typedef _Bool sixteen_bits __attribute__((ext_vector_type(16)));
    for (int side = 0; side < 2; side++) {
        sixteen_b code;
        memcpy(&code, codes->of + 16 * side, sizeof code);
        const sixteen_bits set = __builtin_convertvector((code & 16) != 0, sixteen_bits);
        memcpy(out + 2 * side, &set, 2);
    }
}

INLINE uint16_t store_half(float value, uint8_t *out) {
    const uint16_t stored = float_to_half(value);
    memcpy(out, &stored, 2);
    return stored;
}

// --- Q4_0 and Q5_0 ---------------------------------------------------------------------------------------------------

INLINE void symmetric_scales(small_search *s, int columns, int limit, int searched) {
    for (int c = 0; c < columns; c += LANES) {
        lanes_f scale, inverse;
        if (searched) {
            scale = grid(s->x + c, s->weights + c, 32, limit, &inverse);
        } else {
            scale = extreme_lanes(s->x + c, 32) / (float)-limit;
            inverse = scale != 0.0f ? 1.0f / scale : all_lanes(0);
        }
        store_lanes(s->scales + c, scale);
        store_lanes(s->inverse + c, inverse);
    }
}

INLINE int symmetric_finish(const small_search *s, int column, int limit, int searched, const float *x, uint8_t *block) {
    small_codes codes;
    if (searched) {
        for (int i = 0; i < 32; i++) codes.of[i] = grid_code(x[i], s->inverse[column], limit);
    } else {
        codes = truncated(x, 0, s->inverse[column], (float)limit + 0.5f, 2 * limit - 1);
    }
    const int five = limit == 16;
    pack_nibbles(&codes, five, five ? FIELD(block, hifi_q5_0, qs) : FIELD(block, hifi_q4_0, qs));
    if (five) pack_fifth(&codes, FIELD(block, hifi_q5_0, qh));
    return not_finite(store_half(s->scales[column], block));
}

// --- Q4_1 and Q5_1 ---------------------------------------------------------------------------------------------------

INLINE void affine_scales(small_search *s, int columns, int limit, int searched) {
    for (int c = 0; c < columns; c += LANES) {
        if (searched) {
            const affine_found found = affine(s->x + c, s->weights + c, 32, 0, (affine_plan){limit, -0.9f, 0.05f, 36});
            store_lanes(s->scales + c, found.scale);
            store_lanes(s->minima + c, -found.minimum);
            store_lanes(s->inverse + c, found.inverse);
            store_lanes(s->low + c, found.low);
            continue;
        }
        // The first of equals: zeros have signs.
        lanes_f low = load_lanes(s->x + c), high = low;
        for (int i = 1; i < 32; i++) {
            const lanes_f v = load_lanes(s->x + i * COLUMNS + c);
            low = v < low ? v : low;
            high = v > high ? v : high;
        }
        const lanes_f scale = (high - low) / (float)limit;
        store_lanes(s->scales + c, scale);
        store_lanes(s->minima + c, low);
        store_lanes(s->inverse + c, scale != 0.0f ? 1.0f / scale : all_lanes(0));
        store_lanes(s->low + c, low);
    }
}

INLINE int affine_small_finish(const small_search *s, int column, int limit, int searched, const float *x, uint8_t *block) {
    small_codes codes;
    if (searched) {
        for (int i = 0; i < 32; i++) codes.of[i] = affine_code(x[i], s->inverse[column], s->low[column], limit);
    } else {
        codes = truncated(x, s->low[column], s->inverse[column], 0.5f, limit == 15 ? 15 : 127);
    }
    const int five = limit == 31;
    pack_nibbles(&codes, five, five ? FIELD(block, hifi_q5_1, qs) : FIELD(block, hifi_q4_1, qs));
    if (five) pack_fifth(&codes, FIELD(block, hifi_q5_1, qh));
    const uint16_t d = store_half(s->scales[column], block), m = store_half(s->minima[column], FIELD(block, hifi_q4_1, m));
    return not_finite(d) | not_finite(m);
}

// --- All four --------------------------------------------------------------------------------------------------------

/// - Parameter limit: half the number of codes, or if `affine` the largest.
INLINE int encode_small(
    const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out, int limit,
    int has_minimum) {
    const int searched = e->search == HIFI_SEARCH_WEIGHTED;
    small_search s;
    float means[ROWS_TOGETHER] = {0};
    int infinite = 0;
    for (size_t done = 0; done < blocks;) {
        const int taken = blocks - done < COLUMNS ? (int)(blocks - done) : COLUMNS;
        const int whole = whole_fours(taken), columns = (taken + LANES - 1) / LANES * LANES;
        if (taken < COLUMNS) memset(&s, 0, sizeof s);
        if (searched) {
            for (int b = 0; b < taken; b++) {
                const size_t block = done + (size_t)b, place = block % row_blocks, row = block / row_blocks % ROWS_TOGETHER;
                if (place == 0 && row == 0) mean_squares(x + 32 * b, 32 * row_blocks, (blocks - block) / row_blocks, means);
                weigh_block(x + 32 * b, importance + 32 * place, means[row], s.products + 32 * b);
            }
            transpose(s.products, 32, whole, s.weights, 0);
        }
        columned_blocks(&s, x, taken);
        if (has_minimum) affine_scales(&s, columns, limit, searched); else symmetric_scales(&s, columns, limit, searched);
        for (int b = 0; b < taken; b++, x += 32, out += e->stride) {
            infinite |= has_minimum ? affine_small_finish(&s, b, limit, searched, x, out)
                                    : symmetric_finish(&s, b, limit, searched, x, out);
        }
        done += (size_t)taken;
    }
    return infinite;
}

#define ENCODE_SMALL(ENCODER, LIMIT, HAS_MINIMUM)                                                                      \
    int NAME(ENCODER)(                                                                                                 \
        const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out) { \
        return encode_small(e, x, importance, row_blocks, blocks, out, LIMIT, HAS_MINIMUM);                            \
    }

ENCODE_SMALL(encode_q40, 8, 0)
ENCODE_SMALL(encode_q41, 15, 1)
ENCODE_SMALL(encode_q50, 16, 0)
ENCODE_SMALL(encode_q51, 31, 1)

#endif
