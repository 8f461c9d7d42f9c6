// IQ4_NL (ENC-16, the chunk path): blocks of thirty-two weights, one to a lane, sixteen fixed values.
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

/// The scales of the blocks in some columns. A NaN where no weight counts.
INLINE lanes_f book_scale(const float *x, const float *weights) {
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
        // The sign of 0 / 0 is the processor's choice; here it is that of NUM-05.
        const lanes_f start = norm == 0.0f ? (lanes_f)(lanes_i)(int32_t)0xFFC00000u : ratio;
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
            const lanes_f scale = book_scale(s.x + c, s.weights + c);
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

#endif
