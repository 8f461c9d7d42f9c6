// The searches for scales (ENC-05 to ENC-08), one sub-block to a lane. Values, weights and codes lie [value][COLUMNS].
#ifndef HIFI_ENCODE_SEARCH_H
#define HIFI_ENCODE_SEARCH_H

#include "encode_lanes.h"

/// The value of largest magnitude of each lane, the first of equals; 0 if no magnitude exceeds 0.
INLINE lanes_f extreme_lanes(const float *x, int values) {
    lanes_f largest = all_lanes(0), extreme = all_lanes(0);
    for (int i = 0; i < values; i++) {
        const lanes_f v = load_lanes(x + i * COLUMNS), size = magnitude_lanes(v);
        extreme = size > largest ? v : extreme;
        largest = size > largest ? size : largest;
    }
    return extreme;
}

INLINE float extreme_of(const float *x, int count) {
    float largest = 0, extreme = 0;
    for (int i = 0; i < count; i++) {
        if (fabsf(x[i]) > largest) largest = fabsf(x[i]), extreme = x[i];
    }
    return extreme;
}

/// Symmetric descent over sixteen values (ENC-06). Stores codes as floats, -limit for a negligible lane.
INLINE lanes_f descent(const float *x, int limit, float *codes) {
    lanes_f extreme = extreme_lanes(x, 16);
    const lanes_i negligible = magnitude_lanes(extreme) < NEGLIGIBLE;
    extreme = negligible ? all_lanes(1) : extreme;
    const lanes_f inverse = all_lanes((float)-limit) / extreme;
    lanes_f projection = all_lanes(0), norm = all_lanes(0), q[16];
    for (int i = 0; i < 16; i++) {
        const lanes_f v = load_lanes(x + i * COLUMNS), w = v * v;
        q[i] = nearest_small(inverse * v, -limit, limit - 1);
        projection += w * v * q[i];
        norm += w * q[i] * q[i];
    }
    for (int pass = 0; pass < 5; pass++) {
        lanes_i changed = (lanes_i)0;
        for (int i = 0; i < 16; i++) {
            const lanes_f v = load_lanes(x + i * COLUMNS), w = v * v, wv = w * v, old = q[i];
            lanes_f rest = projection - wv * old, rest_norm = norm - w * old * old;
            const lanes_f new = nearest_any(v * rest_norm / rest, -limit, limit - 1);
            const lanes_i moves = (rest > 0.0f) & (new != old);
            rest += wv * new;
            rest_norm += w * new * new;
            const lanes_i better = (rest_norm > 0.0f) & (rest * rest * norm > projection * projection * rest_norm) & moves;
            q[i] = better ? new : old;
            projection = better ? rest : projection;
            norm = better ? rest_norm : norm;
            changed |= better;
        }
        if (!any_lane(changed & ~negligible)) break;
    }
    for (int i = 0; i < 16; i++) store_lanes(codes + i * COLUMNS, negligible ? all_lanes((float)-limit) : q[i]);
    return (norm > 0.0f) & ~negligible ? projection / norm : all_lanes(0);
}

/// Trial k of the symmetric grid: -(limit + 0.1 k), for k = 0, then -9 ... 9 without 0.
INLINE float grid_start(int trial, int limit) {
    if (trial == 0) return (float)-limit;
    const int step = trial <= 9 ? trial - 10 : trial - 9;
    return -((float)limit + 0.1f * (float)step);
}

enum { GRID_TRIALS = 19 };

/// Symmetric grid over so many values (ENC-05). `winner` receives the inverse scale that the codes follow from, NaN for a
/// negligible lane.
INLINE lanes_f grid(const float *x, const float *weights, int values, int limit, lanes_f *winner) {
    lanes_f extreme = extreme_lanes(x, values);
    const lanes_i negligible = magnitude_lanes(extreme) < NEGLIGIBLE;
    extreme = negligible ? all_lanes(1) : extreme;
    lanes_f scale = all_lanes(0), best = all_lanes(0), won = all_lanes(0);
    for (int trial = 0; trial < GRID_TRIALS; trial++) {
        const lanes_f inverse = all_lanes(grid_start(trial, limit)) / extreme;
        lanes_f projection = all_lanes(0), norm = all_lanes(0);
        for (int i = 0; i < values; i++) {
            const lanes_f v = load_lanes(x + i * COLUMNS), w = load_lanes(weights + i * COLUMNS);
            const lanes_f q = nearest_small(inverse * v, -limit, limit - 1);
            projection += w * v * q;
            norm += w * q * q;
        }
        const lanes_f ratio = projection / norm;
        if (trial == 0) {
            scale = norm != 0.0f ? ratio : all_lanes(0);
            best = scale * projection;
            won = inverse;
            continue;
        }
        const lanes_i wins = (norm > 0.0f) & (projection * projection > best * norm);
        scale = wins ? ratio : scale;
        best = wins ? scale * projection : best;
        won = wins ? inverse : won;
    }
    *winner = negligible ? all_lanes(NAN) : won;
    return negligible ? all_lanes(0) : scale;
}

/// The code of one value by the grid's winner, plus limit.
INLINE uint8_t grid_code(float x, float winner, int limit) {
    return winner != winner ? 0 : (uint8_t)(held(nearest(winner * x), -limit, limit - 1) + limit);
}

/// The grid over sixteen values of one block, for super-scales. Trials are independent of each other but for which wins.
INLINE float grid_of(const float *x, const float *weights, int limit, uint8_t *codes) {
    const float extreme = extreme_of(x, 16);
    if (fabsf(extreme) < NEGLIGIBLE) {
        memset(codes, 0, 16);
        return 0;
    }
    enum { WIDE = 32 };
    typedef float wide __attribute__((ext_vector_type(WIDE)));
    wide start;
    for (int trial = 0; trial < WIDE; trial++) start[trial] = grid_start(trial < GRID_TRIALS ? trial : 0, limit);
    const wide inverse = start / (wide)extreme;
    wide projection = (wide)0.0f, norm = (wide)0.0f;
    const wide least = (wide)(LIFT - (float)limit), most = (wide)(LIFT + (float)(limit - 1));
    for (int i = 0; i < 16; i++) {
        wide q = inverse * (wide)x[i] + LIFT;
        q = q < least ? least : q;
        q = q > most ? most : q;
        q -= LIFT;
        projection += (wide)(weights[i] * x[i]) * q;
        norm += (wide)weights[i] * q * q;
    }
    float scale = norm[0] != 0 ? projection[0] / norm[0] : 0, best = scale * projection[0];
    int won = 0;
    for (int trial = 1; trial < GRID_TRIALS; trial++) {
        const float p = projection[trial], n = norm[trial];
        if (!(n > 0 && p * p > best * n)) continue;
        scale = p / n;
        best = scale * p;
        won = trial;
    }
    for (int i = 0; i < 16; i++) codes[i] = grid_code(x[i], inverse[won], limit);
    return scale;
}

/// What the affine search found, and what its codes follow from.
typedef struct {
    lanes_f scale;
    /// To be subtracted.
    lanes_f minimum;
    lanes_f inverse;
    lanes_f low;
} affine_found;

/// How an affine search goes about it: trial k divides the range by limit + first + k * step, k = 0 ... trials.
typedef struct {
    int limit;
    float first;
    float step;
    int trials;
} affine_plan;

/// Affine search over sixteen or thirty-two values (ENC-07). Lanes whose values are all equal get scale 0 and inverse 0, which
/// gives codes of 0.
///
/// - Parameter absolute: whether errors count as they are, not squared.
INLINE affine_found affine(const float *x, const float *weights, int values, int absolute, affine_plan plan) {
    lanes_f low = load_lanes(x), high = low, sum_w = load_lanes(weights), sum_x = sum_w * low;
    for (int i = 1; i < values; i++) {
        const lanes_f v = load_lanes(x + i * COLUMNS), w = load_lanes(weights + i * COLUMNS);
        low = v < low ? v : low;
        high = v > high ? v : high;
        sum_w += w;
        sum_x += w * v;
    }
    low = low > 0.0f ? all_lanes(0) : low;
    const lanes_i flat = high == low;
    affine_found found;
    found.inverse = all_lanes((float)plan.limit) / (high - low);
    found.low = low;
    found.scale = 1.0f / found.inverse;
    lanes_f best = all_lanes(0);
    for (int i = 0; i < values; i++) {
        const lanes_f v = load_lanes(x + i * COLUMNS), l = nearest_any(found.inverse * (v - low), 0, plan.limit);
        const lanes_f difference = found.scale * l + low - v;
        best += load_lanes(weights + i * COLUMNS) * (absolute ? magnitude_lanes(difference) : difference * difference);
    }
    for (int k = 0; k <= plan.trials; k++) {
        const lanes_f inverse = all_lanes(plan.first + plan.step * (float)k + (float)plan.limit) / (high - low);
        lanes_f codes[32], sum_l = all_lanes(0), sum_l2 = all_lanes(0), sum_xl = all_lanes(0);
        for (int i = 0; i < values; i++) {
            const lanes_f v = load_lanes(x + i * COLUMNS), l = nearest_any(inverse * (v - low), 0, plan.limit);
            const lanes_f weighted = load_lanes(weights + i * COLUMNS) * l;
            codes[i] = l;
            sum_l += weighted;
            sum_l2 += weighted * l;
            sum_xl += weighted * v;
        }
        const lanes_f determinant = sum_w * sum_l2 - sum_l * sum_l;
        lanes_f scale = (sum_w * sum_xl - sum_x * sum_l) / determinant;
        lanes_f least = (sum_l2 * sum_x - sum_l * sum_xl) / determinant;
        const lanes_i positive = least > 0.0f;
        scale = positive ? sum_xl / sum_l2 : scale;
        least = positive ? all_lanes(0) : least;
        lanes_f error = all_lanes(0);
        for (int i = 0; i < values; i++) {
            const lanes_f difference = scale * codes[i] + least - load_lanes(x + i * COLUMNS);
            error += load_lanes(weights + i * COLUMNS) * (absolute ? magnitude_lanes(difference) : difference * difference);
        }
        const lanes_i wins = (determinant > 0.0f) & (error < best);
        best = wins ? error : best;
        found.inverse = wins ? inverse : found.inverse;
        found.low = wins ? low : found.low;
        found.scale = wins ? scale : found.scale;
        low = wins ? least : low;
    }
    // A flat lane has codes of 0 in every trial, hence no determinant above 0, and keeps its low end.
    found.scale = flat ? all_lanes(0) : found.scale;
    found.inverse = flat ? all_lanes(0) : found.inverse;
    found.minimum = -low;
    return found;
}

/// The code of one value by what the affine search found.
INLINE uint8_t affine_code(float x, float inverse, float low, int limit) {
    return (uint8_t)held(nearest(inverse * (x - low)), 0, limit);
}

/// Positive search (ENC-08). Codes are stored modulo 256.
INLINE float positive(const float *x, const float *weights, int values, int limit, uint8_t *codes) {
    float largest = 0;
    for (int i = 0; i < values; i++) largest = largest > x[i] ? largest : x[i];
    if (largest < NEGLIGIBLE) {
        memset(codes, 0, (size_t)values);
        return 0;
    }
    float inverse = (float)limit / largest, scale = 1.0f / inverse, best = 0;
    for (int i = 0; i < values; i++) {
        const float difference = x[i] - scale * (float)(uint8_t)nearest(inverse * x[i]);
        best += weights[i] * difference * difference;
    }
    for (int step = -4; step <= 4; step++) {
        if (step == 0) continue;
        const float trial = (0.1f * (float)step + (float)limit) / largest;
        scale = 1.0f / trial;
        float error = 0;
        for (int i = 0; i < values; i++) {
            const int32_t code = nearest(trial * x[i]);
            const float difference = x[i] - scale * (float)(code < limit ? code : limit);
            error += weights[i] * difference * difference;
        }
        if (error < best) best = error, inverse = trial;
    }
    float projection = 0, norm = 0;
    for (int i = 0; i < values; i++) {
        const int32_t found = nearest(inverse * x[i]), code = found < limit ? found : limit;
        codes[i] = (uint8_t)code;
        projection += weights[i] * x[i] * (float)code;
        norm += weights[i] * (float)code * (float)code;
    }
    for (int pass = 0; pass < 5; pass++) {
        int changed = 0;
        for (int i = 0; i < values; i++) {
            const float w = weights[i], old = (float)codes[i];
            float rest = projection - w * x[i] * old, rest_norm = norm - w * old * old;
            if (!(rest > 0 && rest_norm > 0)) continue;
            const int32_t found = nearest(x[i] * rest_norm / rest), new = found < limit ? found : limit;
            if (new == codes[i]) continue;
            rest += w * x[i] * (float)new;
            rest_norm += w * (float)new * (float)new;
            if (rest * rest * norm > projection * projection * rest_norm) {
                codes[i] = (uint8_t)new;
                projection = rest;
                norm = rest_norm;
                changed = 1;
            }
        }
        if (!changed) break;
    }
    return norm > 0 ? projection / norm : 0;
}

#endif
