// Outliers that are stored as they are and cleared from what the base encoder sees (ENC-17, ENC-19 to ENC-21), and the
// importances evened out by a block's squares.
#ifndef HIFI_ENCODE_OUTLIERS_H
#define HIFI_ENCODE_OUTLIERS_H

#include "encode_lanes.h"

/// Blocks that are encoded together, at most.
enum { MOST_BLOCKS = COLUMNS / 8 };

typedef struct {
    /// The weights without their outliers.
    _Alignas(64) float rest[256 * MOST_BLOCKS];
} outlier_workspace;

INLINE int is_infinite(uint16_t half) { return (half & 0x7FFF) == 0x7C00; }

INLINE float largest_of16(sixteen_f v) {
    typedef float eight __attribute__((ext_vector_type(8)));
    typedef float four __attribute__((ext_vector_type(4)));
    eight a = v.lo, b = v.hi;
    a = a > b ? a : b;
    four c = a.lo, d = a.hi;
    c = c > d ? c : d;
    const float e = c.x > c.z ? c.x : c.z, f = c.y > c.w ? c.y : c.w;
    return e > f ? e : f;
}

/// Positions of the highest of 256 scores by falling score, the first of equals first; returns how many.
INLINE int choose_outliers(const hifi_encoding *e, sixteen_f *scores, uint8_t *chosen) {
    sixteen_f top = scores[0];
    for (int r = 1; r < 16; r++) top = scores[r] > top ? scores[r] : top;
    for (int k = 0; k < e->outliers; k++) {
        const float score = largest_of16(top);
        if (e->stops_at_zero && !(score > 0)) return k;
        // The first row that holds it, then the first place in that row.
        int row = 0;
        while (row < 15 && __builtin_reduce_or(scores[row] == (sixteen_f)score) == 0) row++;
        int place = 0;
        while (place < 15 && scores[row][place] != score) place++;
        chosen[k] = (uint8_t)(16 * row + place);
        scores[row][place] = -1;
        float rest = scores[0][place];
        for (int r = 1; r < 16; r++) rest = scores[r][place] > rest ? scores[r][place] : rest;
        top[place] = rest;
    }
    return e->outliers;
}

/// Chooses and stores the outliers of one block; `rest` arrives as a copy of it and leaves without them.
INLINE void split_block(const hifi_encoding *e, const float *x, const float *importance, float *rest, uint8_t *block) {
    sixteen_f scores[16];
    for (int r = 0; r < 16; r++) {
        sixteen_f v, w;
        memcpy(&v, x + 16 * r, sizeof v);
        scores[r] = (sixteen_f)((sixteen_i)v & 0x7FFFFFFF);
        if (importance == NULL || !e->scored_by_importance) continue;
        memcpy(&w, importance + 16 * r, sizeof w);
        scores[r] *= w;
    }
    uint8_t chosen[HIFI_MAX_SLOTS];
    const int count = choose_outliers(e, scores, chosen);
    for (int k = 1; e->rising && k < count; k++) {
        const uint8_t moved = chosen[k];
        int place = k;
        for (; place > 0 && chosen[place - 1] > moved; place--) chosen[place] = chosen[place - 1];
        chosen[place] = moved;
    }
    memset(block, 0, e->stride);
    memset(block + e->index_at, count > 0 ? e->empty : e->empty_of_none, e->slots);
    for (int k = 0; k < count; k++) {
        const uint16_t value = float_to_half(x[chosen[k]]);
        block[e->index_at + k] = chosen[k];
        memcpy(block + e->value_at + 2 * k, &value, 2);
        rest[chosen[k]] = 0;
    }
    if (e->has_count) block[e->count_at] = (uint8_t)count;
}

/// What the base encoder sees of some blocks; for a format with outliers also stores those, and clears the blocks first.
INLINE const float *outliers_split(
    const hifi_encoding *e, const float *x, const float *importance, int blocks, uint8_t *out, outlier_workspace *work) {
    if (e->slots == 0) return x;
    memcpy(work->rest, x, sizeof(float) * 256 * (size_t)blocks);
    for (int b = 0; b < blocks; b++) {
        split_block(e, x + 256 * b, importance == NULL ? NULL : importance + 256 * b, work->rest + 256 * b, out + b * e->stride);
    }
    return work->rest;
}

/// 2 * (sum of x * x) / 256 of a few blocks, each sum in order.
INLINE void evenings(const float *x, int blocks, float *out) {
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
    for (int b = 0; b < blocks; b++) out[b] = 2.0f * sums[b] / 256.0f;
}

/// importance * sqrt(evening + x * x), by columns of `values` weights; `columned` are the weights in that order.
INLINE void even_weights(const float *x, const float *importance, int blocks, int values, const float *columned, float *weights) {
    float evening[MOST_BLOCKS];
    evenings(x, blocks, evening);
    const int per_block = 256 / values;
    _Alignas(64) float spread[COLUMNS] = {0};
    for (int b = 0; b < blocks; b++) {
        for (int c = 0; c < per_block; c++) spread[per_block * b + c] = evening[b];
        transpose(importance + 256 * b, values, per_block, weights, per_block * b);
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
