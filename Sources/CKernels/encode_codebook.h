// IQ4_NL (ENC-16, the chunk path) and IQ4_XS (ENC-32): thirty-two weights to a lane, sixteen fixed values.
#ifndef HIFI_ENCODE_CODEBOOK_H
#define HIFI_ENCODE_CODEBOOK_H

#include "unpack.h"
#include "encode_small.h"

/// Where the upper of two neighbours becomes the nearer. A comparison with it decides as the reference does, which compares
/// distances rounded to fp32: that was tried with every fp32 number.
INLINE float book_middle(int upper) { return 0.5f * (float)(iq4_values[upper - 1] + iq4_values[upper]); }

/// The nearest value, the upper of two equally near; the last for a NaN.
INLINE lanes_f nearest_in_book(lanes_f v) {
    lanes_f value = all_lanes((float)iq4_values[0]);
    for (int k = 1; k < 16; k++) value = v < book_middle(k) ? value : all_lanes((float)iq4_values[k]);
    return value;
}

/// The scales of the blocks in some columns; `of_nothing` where no weight counts.
INLINE lanes_f book_scale(const float *x, const float *weights, lanes_f of_nothing) {
    const float end = (float)iq4_values[0];
    enum { TRIALS = 7 };
    lanes_f extreme = extreme_lanes(x, 32);
    const lanes_i negligible = magnitude_lanes(extreme) < NEGLIGIBLE;
    extreme = negligible ? all_lanes(1) : extreme;
    lanes_f scale = all_lanes(0), best = all_lanes(0);
    for (int k = -TRIALS - 1; k <= TRIALS; k++) {
        const int is_first = k < -TRIALS;
        const lanes_f inverse = is_first ? 1.0f / (-extreme / end) : ((float)k + end) / extreme;
        lanes_f projection = all_lanes(0), norm = all_lanes(0);
        for (int i = 0; i < 32; i++) {
            const lanes_f v = load_lanes(x + i * COLUMNS), w = load_lanes(weights + i * COLUMNS);
            const lanes_f q = nearest_in_book(inverse * v);
            projection += w * q * v;
            norm += w * q * q;
        }
        const lanes_f ratio = projection / norm;
        const lanes_f start = norm == 0.0f ? of_nothing : ratio;
        const lanes_i wins = is_first ? (lanes_i)-1 : (norm > 0.0f) & (projection * projection > best * norm);
        scale = wins ? (is_first ? start : ratio) : scale;
        best = wins ? scale * projection : best;
    }
    return negligible ? all_lanes(0) : scale;
}

INLINE void book_codes(float inverse, const float *x, uint8_t *codes) {
    for (int i = 0; i < 32; i += 16) {
        sixteen_f v;
        memcpy(&v, x + i, sizeof v);
        v = v * inverse;
        sixteen_i code = (sixteen_i)15;
        for (int k = 1; k < 16; k++) code += v < book_middle(k);
        const sixteen_b bytes = __builtin_convertvector(code, sixteen_b);
        memcpy(codes + i, &bytes, sizeof bytes);
    }
}

int NAME(encode_iq4nl)(const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out) {
    const int weighted = e->search == HIFI_SEARCH_WEIGHTED;
    small_search s;
    int infinite = 0;
    for (size_t done = 0; done < blocks;) {
        const int taken = blocks - done < COLUMNS ? (int)(blocks - done) : COLUMNS;
        const int whole = whole_fours(taken), columns = (taken + LANES - 1) / LANES * LANES;
        if (taken < COLUMNS) memset(&s, 0, sizeof s);
        columned_blocks(&s, x, taken);
        if (weighted) {
            for (int b = 0; b < taken; b++) memcpy(s.products + 32 * b, importance + 32 * ((done + (size_t)b) % row_blocks), 128);
            transpose(s.products, 32, whole, s.weights, 0);
        }
        for (int c = 0; c < columns; c += LANES) {
            lanes_f sum = all_lanes(0);
            for (int i = 0; weighted && i < 32; i++) {
                const lanes_f v = load_lanes(s.x + i * COLUMNS + c);
                sum += v * v;
            }
            const lanes_f evening = sum * (2.0f / 32.0f);
            for (int i = 0; i < 32; i++) {
                float *weight = s.weights + i * COLUMNS + c;
                const lanes_f v = load_lanes(s.x + i * COLUMNS + c);
                store_lanes(weight, weighted ? load_lanes(weight) * __builtin_elementwise_sqrt(evening + v * v) : v * v);
            }
            // The sign of 0 / 0 is the processor's choice; here it is that of NUM-05.
            const lanes_f scale = book_scale(s.x + c, s.weights + c, (lanes_f)(lanes_i)(int32_t)0xFFC00000u);
            store_lanes(s.scales + c, scale);
            store_lanes(s.inverse + c, scale != 0.0f ? 1.0f / scale : all_lanes(0));
        }
        for (int b = 0; b < taken; b++, x += 32, out += e->stride) {
            small_codes codes;
            book_codes(s.inverse[b], x, codes.of);
            pack_nibbles(&codes, 0, FIELD(out, hifi_iq4_nl, qs));
            infinite |= not_finite(store_half(s.scales[b], out));
        }
        done += (size_t)taken;
    }
    return infinite;
}

/// Super-blocks searched together, their sub-blocks one to a column.
enum { BOOK_BLOCKS = COLUMNS / 8 };

/// 2 / 256 of the sum of x * x over each block, in order.
INLINE void book_evenings(const float *x, int blocks, float evenings[BOOK_BLOCKS]) {
    float sums[BOOK_BLOCKS] = {0};
    for (int i = 0; i < 256; i++) {
        for (int b = 0; b < blocks; b++) sums[b] += x[256 * b + i] * x[256 * b + i];
    }
    for (int b = 0; b < blocks; b++) evenings[b] = sums[b] * (2.0f / 256.0f);
}

INLINE int iq4xs_finish(const float scales[8], const float *x, uint8_t *block) {
    float extreme = 0;
    for (int j = 0; j < 8; j++) extreme = fabsf(scales[j]) > fabsf(extreme) ? scales[j] : extreme;
    const float step = -extreme / 32.0f, inverse = step != 0 ? 1.0f / step : 0.0f;
    uint8_t *low = FIELD(block, hifi_iq4_xs, scales_l);
    uint16_t high = 0;
    for (int j = 0; j < 8; j++) {
        const int32_t code = held(nearest(inverse * scales[j]), -32, 31);
        const float scale = step * (float)code;
        small_codes codes;
        book_codes(scale != 0 ? 1.0f / scale : 0.0f, x + 32 * j, codes.of);
        pack_nibbles(&codes, 0, FIELD(block, hifi_iq4_xs, qs) + 16 * j);
        const int stored = code + 32;
        low[j / 2] = (uint8_t)(j % 2 == 0 ? stored & 15 : low[j / 2] | (stored & 15) << 4);
        high |= (uint16_t)(stored >> 4 << 2 * j);
    }
    memcpy(FIELD(block, hifi_iq4_xs, scales_h), &high, 2);
    return not_finite(store_half(step, FIELD(block, hifi_iq4_xs, d)));
}

int NAME(encode_iq4xs)(const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out) {
    const int weighted = e->search == HIFI_SEARCH_WEIGHTED;
    small_search s;
    int infinite = 0;
    for (size_t done = 0; done < blocks;) {
        const int taken = blocks - done < BOOK_BLOCKS ? (int)(blocks - done) : BOOK_BLOCKS;
        const int columns = (8 * taken + LANES - 1) / LANES * LANES;
        float evenings[BOOK_BLOCKS];
        if (taken < BOOK_BLOCKS) memset(&s, 0, sizeof s);
        transpose(x, 32, 8 * taken, s.x, 0);
        if (weighted) {
            book_evenings(x, taken, evenings);
            for (int b = 0; b < taken; b++) {
                transpose(importance + 256 * ((done + (size_t)b) % row_blocks), 32, 8, s.weights, 8 * b);
                for (int j = 0; j < 8; j++) s.low[8 * b + j] = evenings[b];
            }
        }
        for (int c = 0; c < columns; c += LANES) {
            const lanes_f evening = load_lanes(s.low + c);
            for (int i = 0; i < 32; i++) {
                float *weight = s.weights + i * COLUMNS + c;
                const lanes_f v = load_lanes(s.x + i * COLUMNS + c);
                store_lanes(weight, weighted ? load_lanes(weight) * __builtin_elementwise_sqrt(evening + v * v) : v * v);
            }
            store_lanes(s.scales + c, book_scale(s.x + c, s.weights + c, all_lanes(0)));
        }
        for (int b = 0; b < taken; b++, x += 256, out += e->stride) infinite |= iq4xs_finish(s.scales + 8 * b, x, out);
        done += (size_t)taken;
    }
    return infinite;
}

#endif
