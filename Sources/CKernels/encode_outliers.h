// Outliers that are stored as they are and cleared from what the base encoder sees (ENC-17, ENC-19 to ENC-21), and the
// importances evened out by a block's squares.
#ifndef HIFI_ENCODE_OUTLIERS_H
#define HIFI_ENCODE_OUTLIERS_H

#include "encode_lanes.h"

/// Blocks that are encoded together, at most.
enum { MOST_BLOCKS = COLUMNS / 8 };

/// Where the importances of each block lie; all NULL if there are none.
typedef struct { const float *of[MOST_BLOCKS]; } block_importances;

/// Of `count` blocks from the one numbered `first`, over rows of `row_blocks`.
INLINE block_importances importances_of(const float *importance, size_t row_blocks, size_t first, int count) {
    block_importances result = {{NULL}};
    for (int b = 0; importance != NULL && b < count; b++) result.of[b] = importance + 256 * ((first + (size_t)b) % row_blocks);
    return result;
}

/// An infinity or a NaN.
INLINE int not_finite(uint16_t half) { return (half & 0x7C00) == 0x7C00; }

typedef float eight_f __attribute__((ext_vector_type(8)));

INLINE four_f fold_largest(sixteen_f v) {
    const eight_f a = v.lo > v.hi ? v.lo : v.hi;
    return a.lo > a.hi ? a.lo : a.hi;
}

INLINE float largest_of16(sixteen_f v) {
    const four_f a = fold_largest(v), b = __builtin_shufflevector(a, a, 2, 3, 0, 1), c = a > b ? a : b;
    return c.x > c.y ? c.x : c.y;
}

/// The first of sixteen lanes that hold a value which one of them holds.
INLINE int first_lane(sixteen_f v, float value) {
    typedef _Bool sixteen_bits __attribute__((ext_vector_type(16)));
    const sixteen_bits equal = __builtin_convertvector(v == (sixteen_f)value, sixteen_bits);
    uint16_t mask;
    memcpy(&mask, &equal, sizeof mask);
    return __builtin_ctz(mask | 0x8000);
}

/// What is to be stored of one block.
typedef struct {
    /// Sixteen rows of scores, and the largest of each row.
    sixteen_f scores[16], tops;
    /// Positions by falling score, the first of equals first.
    uint8_t chosen[HIFI_MAX_SLOTS];
    int count;
} outlier_choice;

typedef struct {
    /// The weights without their outliers.
    _Alignas(64) float rest[256 * MOST_BLOCKS];
    outlier_choice choices[MOST_BLOCKS];
} outlier_workspace;

INLINE void score_block(const hifi_encoding *e, const float *x, const float *importance, outlier_choice *c) {
    for (int r = 0; r < 16; r++) {
        sixteen_f v, w;
        memcpy(&v, x + 16 * r, sizeof v);
        v = (sixteen_f)((sixteen_i)v & 0x7FFFFFFF);
        if (importance != NULL && e->scored_by_importance) {
            memcpy(&w, importance + 16 * r, sizeof w);
            v *= w;
        }
        c->scores[r] = v;
    }
    four_f tops[4];
    for (int r = 0; r < 16; r += 4) {
        four_f rows[4];
        for (int k = 0; k < 4; k++) rows[k] = fold_largest(c->scores[r + k]);
        transpose4(rows);
        rows[0] = rows[0] > rows[1] ? rows[0] : rows[1];
        rows[2] = rows[2] > rows[3] ? rows[2] : rows[3];
        tops[r / 4] = rows[0] > rows[2] ? rows[0] : rows[2];
    }
    const eight_f low = __builtin_shufflevector(tops[0], tops[1], 0, 1, 2, 3, 4, 5, 6, 7);
    const eight_f high = __builtin_shufflevector(tops[2], tops[3], 0, 1, 2, 3, 4, 5, 6, 7);
    c->tops = __builtin_shufflevector(low, high, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    c->count = 0;
}

/// Chooses the positions of the highest scores, of all blocks in turn: one finds its next while others wait for theirs.
INLINE void choose_outliers(const hifi_encoding *e, int blocks, outlier_choice *choices) {
    const sixteen_i places = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15};
    for (int k = 0; k < e->outliers; k++) {
        for (int b = 0; b < blocks; b++) {
            outlier_choice *c = choices + b;
            const float score = largest_of16(c->tops);
            const int row = first_lane(c->tops, score), place = first_lane(c->scores[row], score);
            c->chosen[k] = (uint8_t)(16 * row + place);
            c->count += !e->stops_at_zero | (score > 0);
            const sixteen_f rest = places == (sixteen_i)place ? (sixteen_f)-1.0f : c->scores[row];
            c->scores[row] = rest;
            c->tops = places == (sixteen_i)row ? (sixteen_f)largest_of16(rest) : c->tops;
        }
    }
}

/// Stores the outliers of one block; `rest` arrives as a copy of it and leaves without them.
INLINE void store_outliers(const hifi_encoding *e, const float *x, outlier_choice *c, float *rest, uint8_t *block) {
    uint8_t *chosen = c->chosen;
    for (int k = 1; e->rising && k < c->count; k++) {
        const uint8_t moved = chosen[k];
        int place = k;
        for (; place > 0 && chosen[place - 1] > moved; place--) chosen[place] = chosen[place - 1];
        chosen[place] = moved;
    }
    memset(block, 0, e->stride);
    memset(block + e->index_at, c->count > 0 ? e->empty : e->empty_of_none, e->slots);
    for (int k = 0; k < c->count; k++) {
        const uint16_t value = float_to_half(x[chosen[k]]);
        block[e->index_at + k] = chosen[k];
        memcpy(block + e->value_at + 2 * k, &value, 2);
        rest[chosen[k]] = 0;
    }
    if (e->has_count) block[e->count_at] = (uint8_t)c->count;
}

/// What the base encoder sees of some blocks; for a format with outliers also stores those, and clears the blocks first.
INLINE const float *outliers_split(
    const hifi_encoding *e, const float *x, block_importances importance, int blocks, uint8_t *out, outlier_workspace *work) {
    if (e->slots == 0 || e->stored == HIFI_STORES_RESIDUALS) return x;
    memcpy(work->rest, x, sizeof(float) * 256 * (size_t)blocks);
    for (int b = 0; b < blocks; b++) score_block(e, x + 256 * b, importance.of[b], work->choices + b);
    choose_outliers(e, blocks, work->choices);
    for (int b = 0; b < blocks; b++) {
        store_outliers(e, x + 256 * b, work->choices + b, work->rest + 256 * b, out + (size_t)b * e->stride);
    }
    return work->rest;
}

/// Stores the largest differences of one block from its decoded base; `rest` holds all 256 of them.
INLINE void store_residuals(const hifi_encoding *e, const outlier_choice *c, const float *rest, uint8_t *block) {
    float largest = 0;
    for (int k = 0; k < c->count; k++) {
        const float size = fabsf(rest[c->chosen[k]]);
        largest = size > largest ? size : largest;
    }
    if (e->has_count) block[e->count_at] = (uint8_t)c->count;
    // Without a difference positions, values and scale stay zero, and the count stays.
    if (!(largest > 0)) return;
    const float step = largest / 127.0f;
    memcpy(block + e->scale_at, &step, 4);
    for (int k = 0; k < c->count; k++) {
        block[e->index_at + k] = c->chosen[k];
        block[e->value_at + k] = (uint8_t)held(q80_code(rest[c->chosen[k]] / step), -127, 127);
    }
}

/// Completes blocks whose base is encoded, where residuals are stored.
INLINE void residuals_add(
    const hifi_encoding *e, size_t base_bytes, hifi_decode_fn decode, const float *x, block_importances importance, int blocks,
    uint8_t *out, outlier_workspace *work) {
    if (e->slots == 0 || e->stored != HIFI_STORES_RESIDUALS) return;
    const hifi_format base = {.base = e->base, .elements = 256, .stride = e->stride};
    decode(&base, out, (size_t)blocks, work->rest);
    for (int i = 0; i < 256 * blocks; i++) work->rest[i] = x[i] - work->rest[i];
    for (int b = 0; b < blocks; b++) score_block(e, work->rest + 256 * b, importance.of[b], work->choices + b);
    choose_outliers(e, blocks, work->choices);
    for (int b = 0; b < blocks; b++) {
        uint8_t *block = out + (size_t)b * e->stride;
        memset(block + base_bytes, 0, e->stride - base_bytes);
        store_residuals(e, work->choices + b, work->rest + 256 * b, block);
    }
}

/// factor * (sum of x * x) / 256 of a few blocks, each sum in order.
INLINE void evenings(const float *x, int blocks, float factor, float *out) {
    float sums[MOST_BLOCKS] = {0};
    if (blocks == MOST_BLOCKS) {
        for (int i = 0; i < 256; i++) {
            for (int b = 0; b < MOST_BLOCKS; b++) sums[b] += x[256 * b + i] * x[256 * b + i];
        }
    } else {
        for (int i = 0; i < 256; i++) {
            for (int b = 0; b < blocks; b++) sums[b] += x[256 * b + i] * x[256 * b + i];
        }
    }
    for (int b = 0; b < blocks; b++) out[b] = factor * sums[b] / 256.0f;
}

/// importance * sqrt(evening + x * x), by columns of `values` weights; `columned` are the weights in that order.
INLINE void even_weights(
    const float *x, block_importances importance, int blocks, int values, float factor, const float *columned, float *weights) {
    float evening[MOST_BLOCKS];
    evenings(x, blocks, factor, evening);
    const int per_block = 256 / values;
    _Alignas(64) float spread[COLUMNS] = {0};
    for (int b = 0; b < blocks; b++) {
        for (int c = 0; c < per_block; c++) spread[per_block * b + c] = evening[b];
        transpose(importance.of[b], values, per_block, weights, per_block * b);
    }
    for (int i = 0; i < values; i++) {
        for (int c = 0; c < per_block * blocks; c += LANES) {
            const lanes_f v = load_lanes(columned + i * COLUMNS + c);
            const lanes_f root = __builtin_elementwise_sqrt(load_lanes(spread + c) + v * v);
            store_lanes(weights + i * COLUMNS + c, load_lanes(weights + i * COLUMNS + c) * root);
        }
    }
}

#endif
