// Q4_K and Q5_K (ENC-12, ENC-13): eight sub-blocks of thirty-two weights, eight blocks at a time. Q2_K (ENC-11): sixteen of
// sixteen, four blocks at a time.
#ifndef HIFI_ENCODE_AFFINE_H
#define HIFI_ENCODE_AFFINE_H

#include "encode_outliers.h"
#include "encode_search.h"

enum { AFFINE_BLOCKS = COLUMNS / 8, Q2K_BLOCKS = COLUMNS / 16 };

/// What the search of a few blocks found, one column to a sub-block.
typedef struct {
    _Alignas(64) float x[32 * COLUMNS];
    _Alignas(64) float weights[32 * COLUMNS];
    _Alignas(64) float scales[COLUMNS];
    _Alignas(64) float minima[COLUMNS];
    /// Of the trial that won: what its codes follow from.
    _Alignas(64) float inverse[COLUMNS];
    _Alignas(64) float low[COLUMNS];
    /// Sums of the weights.
    _Alignas(64) float totals[COLUMNS];
} affine_search;

INLINE void sum_affine_weights(affine_search *s, int values, int columns) {
    for (int c = 0; c < columns; c += LANES) {
        lanes_f sum = all_lanes(0);
        for (int i = 0; i < values; i++) sum += load_lanes(s->weights + i * COLUMNS + c);
        store_lanes(s->totals + c, sum);
    }
}

INLINE void keep_affine(affine_search *s, int column, affine_found found) {
    store_lanes(s->scales + column, found.scale);
    store_lanes(s->minima + column, found.minimum);
    store_lanes(s->inverse + column, found.inverse);
    store_lanes(s->low + column, found.low);
}

// --- Q4_K and Q5_K ---------------------------------------------------------------------------------------------------

/// sqrt(mean of squares) + |x|, the mean over the sub-block, or given per column.
INLINE void typical_weights(affine_search *s, int columns, const float *typical) {
    for (int c = 0; c < columns; c += LANES) {
        lanes_f mean;
        if (typical != NULL) {
            mean = load_lanes(typical + c);
        } else {
            lanes_f sum = all_lanes(0);
            for (int i = 0; i < 32; i++) {
                const lanes_f v = load_lanes(s->x + i * COLUMNS + c);
                sum += v * v;
            }
            mean = sum / 32.0f;
        }
        const lanes_f root = __builtin_elementwise_sqrt(mean);
        for (int i = 0; i < 32; i++) {
            store_lanes(s->weights + i * COLUMNS + c, root + magnitude_lanes(load_lanes(s->x + i * COLUMNS + c)));
        }
    }
}

INLINE float affine_super_scale(const float *values, uint8_t *codes) {
    float largest = 0;
    for (int j = 0; j < 8; j++) largest = values[j] > largest ? values[j] : largest;
    const float inverse = largest > 0 ? 63.0f / largest : 0.0f;
    for (int j = 0; j < 8; j++) {
        const uint8_t code = (uint8_t)nearest(inverse * values[j]);
        codes[j] = code < 63 ? code : 63;
    }
    return largest / 63.0f;
}

/// Codes of more than six bits are held by Q5_K; in Q4_K they run into the upper bits of the last four, with which they
/// share a byte.
INLINE void settle(uint8_t *codes, int held) {
    for (int j = 0; held && j < 8; j++) codes[j] = codes[j] < 63 ? codes[j] : 63;
    for (int j = 0; j < 4; j++) {
        codes[j + 4] = (uint8_t)((codes[j + 4] & 0x3F) | codes[j] >> 6 << 4);
        codes[j] &= 0x3F;
    }
}

INLINE void affine_pack_scales(const uint8_t *scales, const uint8_t *minima, uint8_t *packed) {
    for (int j = 0; j < 4; j++) {
        packed[j] = (uint8_t)(scales[j] | scales[j + 4] >> 4 << 6);
        packed[j + 4] = (uint8_t)(minima[j] | minima[j + 4] >> 4 << 6);
        packed[j + 8] = (uint8_t)((scales[j + 4] & 15) | (minima[j + 4] & 15) << 4);
    }
}

INLINE int affine_finish(const affine_search *s, int first, int searched, int limit, const float *x, uint8_t *block) {
    uint8_t codes[256], scales[8], minima[8];
    const float scale = searched ? positive(s->scales + first, s->totals + first, 8, 63, scales)
                                 : affine_super_scale(s->scales + first, scales);
    const float least = searched ? positive(s->minima + first, s->totals + first, 8, 63, minima)
                                 : affine_super_scale(s->minima + first, minima);
    settle(scales, limit == 31);
    settle(minima, limit == 31);
    const uint16_t stored[2] = {float_to_half(scale), float_to_half(least)};
    const float d = half_to_float(stored[0]), dmin = half_to_float(stored[1]);
    for (int j = 0; j < 8; j++) {
        const float step = d * (float)scales[j], minimum = dmin * (float)minima[j];
        for (int i = 32 * j; i < 32 * j + 32; i += 16) {
            if (step != 0) requantize16(x + i, &minimum, step, 0, limit, codes + i);
        }
        for (int i = 32 * j; step == 0 && i < 32 * j + 32; i++) {
            codes[i] = affine_code(x[i], s->inverse[first + j], s->low[first + j], limit);
        }
    }
    // Both types begin alike; the fifth bits lie between the scales and the low ones.
    uint8_t *packed = block + (limit == 15 ? offsetof(hifi_q4_k, qs) : offsetof(hifi_q5_k, qs));
    bytes32 high = (bytes32)0;
    for (int p = 0; p < 4; p++) {
        const bytes32 a = load_bytes32(codes + 64 * p), b = load_bytes32(codes + 64 * p + 32);
        store_bytes32(packed + 32 * p, (a & 15) | b << 4);
        high |= (a >> 4) << (2 * p) | (b >> 4) << (2 * p + 1);
    }
    if (limit == 31) store_bytes32(FIELD(block, hifi_q5_k, qh), high);
    memcpy(block, stored, 4);
    affine_pack_scales(scales, minima, FIELD(block, hifi_q4_k, scales));
    return not_finite(stored[0]) | not_finite(stored[1]);
}

INLINE int encode_affine(
    const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out, affine_plan plain) {
    const affine_plan searched = {plain.limit, -0.9f, 0.05f, 36};
    const affine_plan plan = e->search == HIFI_SEARCH_PLAIN ? plain : searched;
    affine_search s;
    outlier_workspace outliers;
    int infinite = 0;
    for (size_t done = 0; done < blocks;) {
        const int taken = blocks - done < AFFINE_BLOCKS ? (int)(blocks - done) : AFFINE_BLOCKS;
        const block_importances own = importances_of(importance, row_blocks, done, taken);
        const float *base = outliers_split(e, x, own, taken, out, &outliers);
        if (taken < AFFINE_BLOCKS) memset(&s, 0, sizeof s);
        for (int b = 0; b < taken; b++) transpose(base + 256 * b, 32, 8, s.x, 8 * b);
        const int columns = (8 * taken + LANES - 1) / LANES * LANES;
        if (e->search == HIFI_SEARCH_WEIGHTED) {
            even_weights(base, own, taken, 32, 2, s.x, s.weights);
        } else if (e->search == HIFI_SEARCH_UNWEIGHTED) {
            float evening[MOST_BLOCKS];
            _Alignas(64) float typical[COLUMNS] = {0};
            evenings(base, taken, 2, evening);
            for (int c = 0; c < 8 * taken; c++) typical[c] = evening[c / 8];
            typical_weights(&s, columns, typical);
        } else {
            typical_weights(&s, columns, NULL);
        }
        if (e->search != HIFI_SEARCH_PLAIN) sum_affine_weights(&s, 32, columns);
        for (int c = 0; c < columns; c += LANES) keep_affine(&s, c, affine(s.x + c, s.weights + c, 32, 0, plan));
        for (int b = 0; b < taken; b++, out += e->stride) {
            infinite |= affine_finish(&s, 8 * b, e->search != HIFI_SEARCH_PLAIN, plan.limit, base + 256 * b, out);
        }
        x += 256 * taken;
        done += (size_t)taken;
    }
    return infinite;
}

int NAME(encode_q4k)(const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out) {
    return encode_affine(e, x, importance, row_blocks, blocks, out, (affine_plan){15, -1.0f, 0.1f, 20});
}

int NAME(encode_q5k)(const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out) {
    return encode_affine(e, x, importance, row_blocks, blocks, out, (affine_plan){31, -0.5f, 0.1f, 15});
}

// --- Q2_K ------------------------------------------------------------------------------------------------------------

INLINE float q2k_super_scale(const float *values, uint8_t *codes) {
    float largest = 0;
    for (int j = 0; j < 16; j++) largest = values[j] > largest ? values[j] : largest;
    memset(codes, 0, 16);
    if (!(largest > 0)) return 0;
    const float inverse = 15.0f / largest;
    for (int j = 0; j < 16; j++) codes[j] = (uint8_t)nearest(inverse * values[j]);
    return largest / 15.0f;
}

INLINE void q2k_pack(const uint8_t *codes, uint8_t *block) {
    for (int half = 0; half < 2; half++) {
        bytes32 packed = (bytes32)0;
        for (int j = 0; j < 4; j++) packed |= load_bytes32(codes + 128 * half + 32 * j) << (2 * j);
        store_bytes32(FIELD(block, hifi_q2_k, qs) + 32 * half, packed);
    }
}

INLINE int q2k_finish(const affine_search *s, int first, int searched, const float *x, uint8_t *block) {
    uint8_t codes[256], scales[16], minima[16];
    const float scale = searched ? positive(s->scales + first, s->totals + first, 16, 15, scales)
                                 : q2k_super_scale(s->scales + first, scales);
    const float least = searched ? positive(s->minima + first, s->totals + first, 16, 15, minima)
                                 : q2k_super_scale(s->minima + first, minima);
    const uint16_t stored[2] = {float_to_half(scale), float_to_half(least)};
    const float d = half_to_float(stored[0]), dmin = half_to_float(stored[1]);
    for (int j = 0; j < 16; j++) {
        // Codes of more than four bits run into their neighbour.
        const uint8_t both = (uint8_t)(scales[j] | minima[j] << 4);
        const float step = d * (float)(both & 15), minimum = dmin * (float)(both >> 4);
        FIELD(block, hifi_q2_k, scales)[j] = both;
        if (step != 0) {
            requantize16(x + 16 * j, &minimum, step, 0, 3, codes + 16 * j);
            continue;
        }
        for (int i = 16 * j; i < 16 * j + 16; i++) codes[i] = affine_code(x[i], s->inverse[first + j], s->low[first + j], 3);
    }
    q2k_pack(codes, block);
    memcpy(FIELD(block, hifi_q2_k, d), stored, 4);
    return not_finite(stored[0]) | not_finite(stored[1]);
}

/// Without importances there is one search only, whichever is asked for.
int NAME(encode_q2k)(const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out) {
    const int searched = e->search == HIFI_SEARCH_WEIGHTED;
    affine_search s;
    outlier_workspace outliers;
    int infinite = 0;
    for (size_t done = 0; done < blocks;) {
        const int taken = blocks - done < Q2K_BLOCKS ? (int)(blocks - done) : Q2K_BLOCKS;
        const block_importances own = importances_of(importance, row_blocks, done, taken);
        const float *base = outliers_split(e, x, own, taken, out, &outliers);
        if (taken < Q2K_BLOCKS) memset(&s, 0, sizeof s);
        for (int b = 0; b < taken; b++) transpose(base + 256 * b, 16, 16, s.x, 16 * b);
        const int columns = (16 * taken + LANES - 1) / LANES * LANES;
        if (searched) {
            even_weights(base, own, taken, 16, 1, s.x, s.weights);
            sum_affine_weights(&s, 16, columns);
        }
        for (int c = 0; c < columns; c += LANES) {
            for (int i = 0; !searched && i < 16; i++) {
                store_lanes(s.weights + i * COLUMNS + c, magnitude_lanes(load_lanes(s.x + i * COLUMNS + c)));
            }
            keep_affine(&s, c, searched ? affine(s.x + c, s.weights + c, 16, 0, (affine_plan){3, -0.9f, 0.05f, 36})
                                        : affine(s.x + c, s.weights + c, 16, 1, (affine_plan){3, -0.5f, 0.1f, 15}));
        }
        for (int b = 0; b < taken; b++, out += e->stride) infinite |= q2k_finish(&s, 16 * b, searched, base + 256 * b, out);
        x += 256 * taken;
        done += (size_t)taken;
    }
    return infinite;
}

#endif
