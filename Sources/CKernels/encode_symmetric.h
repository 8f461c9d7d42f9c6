// Q3_K and Q6_K (ENC-09, ENC-10, ENC-13): sixteen sub-blocks of sixteen weights, eight blocks at a time.
#ifndef HIFI_ENCODE_SYMMETRIC_H
#define HIFI_ENCODE_SYMMETRIC_H

#include "encode_outliers.h"
#include "encode_search.h"
#include "tables.h"

enum { SYMMETRIC_BLOCKS = COLUMNS / 16 };

/// What the search of a few blocks found, one column to a sub-block.
typedef struct {
    _Alignas(64) float x[16 * COLUMNS];
    _Alignas(64) float weights[16 * COLUMNS];
    /// Of the descent: codes.
    _Alignas(64) float codes[16 * COLUMNS];
    /// Of the grid: the winning inverse.
    _Alignas(64) float winner[COLUMNS];
    _Alignas(64) float scales[COLUMNS];
    /// Sums of the weights.
    _Alignas(64) float totals[COLUMNS];
} symmetric_search;

INLINE void square_weights(symmetric_search *s, int columns) {
    for (int i = 0; i < 16; i++) {
        for (int c = 0; c < columns; c += LANES) {
            const lanes_f v = load_lanes(s->x + i * COLUMNS + c);
            store_lanes(s->weights + i * COLUMNS + c, v * v);
        }
    }
}

INLINE void sum_weights(symmetric_search *s, int columns) {
    for (int c = 0; c < columns; c += LANES) {
        lanes_f sum = all_lanes(0);
        for (int i = 0; i < 16; i++) sum += load_lanes(s->weights + i * COLUMNS + c);
        store_lanes(s->totals + c, sum);
    }
}

INLINE void grids(symmetric_search *s, int columns, int limit) {
    for (int c = 0; c < columns; c += LANES) {
        lanes_f winner;
        store_lanes(s->scales + c, grid(s->x + c, s->weights + c, 16, limit, &winner));
        store_lanes(s->winner + c, winner);
    }
}

// --- Q3_K ------------------------------------------------------------------------------------------------------------

/// The scale of largest magnitude becomes -32; without one every code is 0.
INLINE float q3k_super_scale(const float *scales, uint8_t *codes) {
    const float extreme = extreme_of(scales, 16);
    memset(codes, 0, 16);
    if (extreme == 0) return 0;
    const float inverse = -32.0f / extreme;
    for (int j = 0; j < 16; j++) codes[j] = (uint8_t)(held((int8_t)nearest(inverse * scales[j]), -32, 31) + 32);
    return 1.0f / inverse;
}

INLINE void q3k_pack(const uint8_t *codes, const uint8_t *scales, uint8_t *block) {
    bytes32 high = (bytes32)0;
    for (int half = 0; half < 2; half++) {
        bytes32 low = (bytes32)0;
        for (int j = 0; j < 4; j++) {
            const bytes32 code = load_bytes32(codes + 128 * half + 32 * j);
            low |= (code & 3) << (2 * j);
            high |= (code >> 2) << (4 * half + j);
        }
        store_bytes32(FIELD(block, hifi_q3_k, qs) + 32 * half, low);
    }
    store_bytes32(FIELD(block, hifi_q3_k, hmask), high);
    uint8_t *packed = FIELD(block, hifi_q3_k, scales);
    for (int j = 0; j < 8; j++) packed[j] = (uint8_t)((scales[j] & 15) | (scales[j + 8] & 15) << 4);
    for (int j = 0; j < 4; j++) {
        packed[8 + j] = (uint8_t)(scales[j] >> 4 | scales[4 + j] >> 4 << 2 | scales[8 + j] >> 4 << 4 | scales[12 + j] >> 4 << 6);
    }
}

/// One block from what was found for it in columns `first` and on.
INLINE int q3k_finish(const symmetric_search *s, int first, int searched, const float *x, uint8_t *block) {
    uint8_t codes[256], scales[16];
    const float scale = searched ? grid_of(s->scales + first, s->totals + first, 32, scales) : q3k_super_scale(s->scales + first, scales);
    const uint16_t stored = float_to_half(scale);
    const float d = half_to_float(stored);
    for (int j = 0; j < 16; j++) {
        const float step = d * (float)(scales[j] - 32);
        if (step != 0) {
            requantize16(x + 16 * j, NULL, step, -4, 3, codes + 16 * j);
            continue;
        }
        for (int i = 0; i < 16; i++) {
            codes[16 * j + i] = searched ? grid_code(x[16 * j + i], s->winner[first + j], 4)
                                         : (uint8_t)(s->codes[i * COLUMNS + first + j] + 4.0f);
        }
    }
    q3k_pack(codes, scales, block);
    memcpy(FIELD(block, hifi_q3_k, d), &stored, 2);
    return not_finite(stored);
}

int NAME(encode_q3k)(const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out) {
    symmetric_search s;
    outlier_workspace outliers;
    int infinite = 0;
    for (size_t done = 0; done < blocks;) {
        const int taken = blocks - done < SYMMETRIC_BLOCKS ? (int)(blocks - done) : SYMMETRIC_BLOCKS;
        const block_importances own = importances_of(importance, row_blocks, done, taken);
        const float *base = outliers_split(e, x, own, taken, out, &outliers);
        if (taken < SYMMETRIC_BLOCKS) memset(&s, 0, sizeof s);
        for (int b = 0; b < taken; b++) transpose(base + 256 * b, 16, 16, s.x, 16 * b);
        const int columns = (16 * taken + LANES - 1) / LANES * LANES;
        if (e->search == HIFI_SEARCH_PLAIN) {
            for (int c = 0; c < columns; c += LANES) store_lanes(s.scales + c, descent(s.x + c, 4, s.codes + c));
        } else {
            if (e->search == HIFI_SEARCH_WEIGHTED) {
                even_weights(base, own, taken, 16, 2, s.x, s.weights);
            } else {
                square_weights(&s, columns);
            }
            sum_weights(&s, columns);
            grids(&s, columns, 4);
        }
        for (int b = 0; b < taken; b++, out += e->stride) {
            infinite |= q3k_finish(&s, 16 * b, e->search != HIFI_SEARCH_PLAIN, base + 256 * b, out);
        }
        residuals_add(e, sizeof(hifi_q3_k), NAME(decode_q3k), x, own, taken, out - (size_t)taken * e->stride, &outliers);
        x += 256 * taken;
        done += (size_t)taken;
    }
    return infinite;
}

// --- Q6_K ------------------------------------------------------------------------------------------------------------

INLINE void q6k_pack(const uint8_t *codes, uint8_t *block) {
    for (int half = 0; half < 2; half++) {
        bytes32 c[4];
        for (int k = 0; k < 4; k++) c[k] = load_bytes32(codes + 128 * half + 32 * k);
        uint8_t *low = FIELD(block, hifi_q6_k, ql) + 64 * half;
        store_bytes32(low, (c[0] & 15) | c[2] << 4);
        store_bytes32(low + 32, (c[1] & 15) | c[3] << 4);
        store_bytes32(FIELD(block, hifi_q6_k, qh) + 32 * half, c[0] >> 4 | (c[1] >> 4) << 2 | (c[2] >> 4) << 4 | (c[3] >> 4) << 6);
    }
}

INLINE int q6k_finish(const symmetric_search *s, int first, const float *x, uint8_t *block) {
    const float extreme = extreme_of(s->scales + first, 16);
    if (fabsf(extreme) < NEGLIGIBLE) {
        memset(block, 0, sizeof(hifi_q6_k));
        return 0;
    }
    uint8_t codes[256];
    const float inverse = -128.0f / extreme;
    const uint16_t stored = float_to_half(1.0f / inverse);
    const float d = half_to_float(stored);
    for (int j = 0; j < 16; j++) {
        const int32_t found = nearest(inverse * s->scales[first + j]);
        const int8_t scale = (int8_t)(found < 127 ? found : 127);
        const float step = d * (float)scale;
        FIELD(block, hifi_q6_k, scales)[j] = (uint8_t)scale;
        if (step != 0) {
            requantize16(x + 16 * j, NULL, step, -32, 31, codes + 16 * j);
        } else {
            for (int i = 0; i < 16; i++) codes[16 * j + i] = grid_code(x[16 * j + i], s->winner[first + j], 32);
        }
    }
    q6k_pack(codes, block);
    memcpy(FIELD(block, hifi_q6_k, d), &stored, 2);
    return not_finite(stored);
}

int NAME(encode_q6k)(const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out) {
    symmetric_search s;
    outlier_workspace outliers;
    int infinite = 0;
    for (size_t done = 0; done < blocks;) {
        const int taken = blocks - done < SYMMETRIC_BLOCKS ? (int)(blocks - done) : SYMMETRIC_BLOCKS;
        const block_importances own = importances_of(importance, row_blocks, done, taken);
        const float *base = outliers_split(e, x, own, taken, out, &outliers);
        if (taken < SYMMETRIC_BLOCKS) memset(&s, 0, sizeof s);
        for (int b = 0; b < taken; b++) transpose(base + 256 * b, 16, 16, s.x, 16 * b);
        const int columns = (16 * taken + LANES - 1) / LANES * LANES;
        // Importances are taken as they are: this type never evens them out.
        if (e->search == HIFI_SEARCH_WEIGHTED) {
            for (int b = 0; b < taken; b++) transpose(own.of[b], 16, 16, s.weights, 16 * b);
        } else {
            square_weights(&s, columns);
        }
        grids(&s, columns, 32);
        for (int b = 0; b < taken; b++, out += e->stride) infinite |= q6k_finish(&s, 16 * b, base + 256 * b, out);
        x += 256 * taken;
        done += (size_t)taken;
    }
    return infinite;
}

#endif
