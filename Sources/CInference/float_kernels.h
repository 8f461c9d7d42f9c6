// The kernels' one source. Each file that includes it says by macros for what: KERNELS names the table, NAME is its name, TILE_ROWS how
// many rows a tile of a product has, REST_ROWS how many one of the rows that are left over, TILE_VECTORS how many vectors of LANES
// numbers are side by side in it. None of them changes any result.
#include <math.h>
#include <string.h>

#include "CInference.h"

#pragma STDC FP_CONTRACT OFF
#pragma clang fp contract(off)

// Vectors wider than the registers are passed between functions that are inlined, so no calling convention is at stake.
#pragma clang diagnostic ignored "-Wpsabi"

#define INLINE static inline __attribute__((always_inline))

typedef float lanes __attribute__((vector_size(4 * LANES), aligned(4)));
typedef float sixteen __attribute__((vector_size(64), aligned(4)));
typedef int32_t sixteen_int __attribute__((vector_size(64), aligned(4)));
typedef double sixteen_double __attribute__((vector_size(128), aligned(8)));

// MARK: Products

/// A number in all lanes. Added to a vector of zeros it would be one instruction more: a negative zero becomes a positive one by that.
INLINE lanes splat(float x) {
    lanes v;
#pragma clang loop unroll(full)
    for (int i = 0; i < LANES; i++) v[i] = x;
    return v;
}

/// One tile: `rows` and `vectors` are constants at every call, so that the sums stay in registers.
INLINE void tile(
    const int rows, const int vectors, const float *a, size_t a_stride, const float *b, float *c, size_t c_stride, size_t terms,
    int accumulate) {
    lanes sum[TILE_ROWS][TILE_VECTORS];
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
        for (int j = 0; j < vectors; j++) {
            sum[i][j] = accumulate ? *(const lanes *)(c + i * c_stride + j * LANES) : (lanes){0};
        }
    }
    for (size_t k = 0; k < terms; k++) {
        lanes right[TILE_VECTORS];
#pragma clang loop unroll(full)
        for (int j = 0; j < vectors; j++) right[j] = *(const lanes *)(b + k * HIFI_PANEL + j * LANES);
#pragma clang loop unroll(full)
        for (int i = 0; i < rows; i++) {
            const lanes left = splat(a[i * a_stride + k]);
#pragma clang loop unroll(full)
            for (int j = 0; j < vectors; j++) sum[i][j] = __builtin_elementwise_fma(left, right[j], sum[i][j]);
        }
    }
#pragma clang loop unroll(full)
    for (int i = 0; i < rows; i++) {
#pragma clang loop unroll(full)
        for (int j = 0; j < vectors; j++) *(lanes *)(c + i * c_stride + j * LANES) = sum[i][j];
    }
}

static void panel_product(
    const float *a, size_t a_stride, const float *b, float *c, size_t c_stride, size_t rows, size_t terms, int accumulate) {
    // Stretches of terms whose panel stays in the first-level cache; the chain of each sum goes on where the last one ended.
    const size_t stretch = 256;
    for (size_t first = 0; first == 0 || first < terms; first += stretch) {
        const size_t taken = terms - first < stretch ? terms - first : stretch;
        const int goes_on = accumulate || first > 0;
        const float *left = a + first, *right = b + first * HIFI_PANEL;
        size_t i = 0;
        for (; i + TILE_ROWS <= rows; i += TILE_ROWS) {
            for (int j = 0; j < HIFI_PANEL; j += TILE_VECTORS * LANES) {
                tile(TILE_ROWS, TILE_VECTORS, left + i * a_stride, a_stride, right + j, c + i * c_stride + j, c_stride, taken, goes_on);
            }
        }
        for (; i + REST_ROWS <= rows; i += REST_ROWS) {
            for (int j = 0; j < HIFI_PANEL; j += TILE_VECTORS * LANES) {
                tile(REST_ROWS, TILE_VECTORS, left + i * a_stride, a_stride, right + j, c + i * c_stride + j, c_stride, taken, goes_on);
            }
        }
        for (; i < rows; i++) {
            for (int j = 0; j < HIFI_PANEL; j += TILE_VECTORS * LANES) {
                tile(1, TILE_VECTORS, left + i * a_stride, a_stride, right + j, c + i * c_stride + j, c_stride, taken, goes_on);
            }
        }
    }
}

// MARK: Sixteen lanes

INLINE sixteen load(const float *p) { return *(const sixteen *)p; }
INLINE void store(float *p, sixteen v) { *(sixteen *)p = v; }
INLINE sixteen all(float x) { return (sixteen){0} + x; }

/// Fewer than sixteen numbers, the others as given.
INLINE sixteen load_some(const float *p, size_t count, float other) {
    float values[16];
    for (int i = 0; i < 16; i++) values[i] = other;
    memcpy(values, p, 4 * count);
    return load(values);
}

INLINE void store_some(float *p, size_t count, sixteen v) {
    float values[16];
    store(values, v);
    memcpy(p, values, 4 * count);
}

/// `body` with sixteen numbers `v` at a time, then with those that are left and `other` in place of those missing. The rest stands behind
/// the loop: a call within it would have all registers saved.
#define EACH_SIXTEEN(x, other, body)                                                                                   \
    {                                                                                                                  \
        size_t i = 0;                                                                                                  \
        for (; i + 16 <= count; i += 16) {                                                                             \
            const sixteen v = load((x) + i);                                                                           \
            body                                                                                                       \
        }                                                                                                              \
        if (i < count) {                                                                                               \
            const sixteen v = load_some((x) + i, count - i, other);                                                    \
            body                                                                                                       \
        }                                                                                                              \
    }

/// The lower and the upper half of 16 lanes, of 8, of 4.
#define LOWER_8(v) __builtin_shufflevector(v, v, 0, 1, 2, 3, 4, 5, 6, 7)
#define UPPER_8(v) __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15)
#define LOWER_4(v) __builtin_shufflevector(v, v, 0, 1, 2, 3)
#define UPPER_4(v) __builtin_shufflevector(v, v, 4, 5, 6, 7)

/// Halves joined with halves, lane i with lane i + 8 of sixteen, then i + 4, i + 2, i + 1.
#define JOIN_LANES(v, TYPE, join)                                                                                      \
    const __typeof__(LOWER_8(v)) low8 = LOWER_8(v), high8 = UPPER_8(v), eight = join(low8, high8);                     \
    const __typeof__(LOWER_4(eight)) low4 = LOWER_4(eight), high4 = UPPER_4(eight), four = join(low4, high4);          \
    const TYPE even = join(four[0], four[2]), odd = join(four[1], four[3]);                                            \
    return join(even, odd);
#define SUM(a, b) (a) + (b)

INLINE float lane_sum(sixteen v) { JOIN_LANES(v, float, SUM) }
INLINE double lane_sum_double(sixteen_double v) { JOIN_LANES(v, double, SUM) }

INLINE sixteen choose(sixteen_int mask, sixteen yes, sixteen no) {
    return (sixteen)((mask & (sixteen_int)yes) | (~mask & (sixteen_int)no));
}

INLINE int any_lane(sixteen_int v) { return __builtin_reduce_or(v) != 0; }

/// No lane may be NaN.
INLINE float lane_largest(sixteen v) {
    const sixteen half = __builtin_shufflevector(v, v, 8, 9, 10, 11, 12, 13, 14, 15, 0, 1, 2, 3, 4, 5, 6, 7);
    v = choose(half > v, half, v);
    const sixteen quarter = __builtin_shufflevector(v, v, 4, 5, 6, 7, 0, 1, 2, 3, 4, 5, 6, 7, 0, 1, 2, 3);
    v = choose(quarter > v, quarter, v);
    float most = v[0];
    for (int i = 1; i < 4; i++) most = v[i] > most ? v[i] : most;
    return most;
}

/// e^x, within about one unit of the last place; 0 below -87.3, 2^127.99 at most. x must not be NaN.
INLINE sixteen exponential(sixteen x) {
    const sixteen low = all(-87.33654f), high = all(88.72283f);
    const sixteen_int vanishes = x < low;
    x = choose(x > high, high, choose(vanishes, low, x));
    // x = n ln 2 + r with |r| <= ln 2 / 2; adding 1.5 * 2^23 rounds to an integer.
    const sixteen magic = all(12582912.0f);
    const sixteen shifted = __builtin_elementwise_fma(x, all(1.44269504f), magic);
    const sixteen n = shifted - magic;
    sixteen r = __builtin_elementwise_fma(n, all(-0.693145752f), x);
    r = __builtin_elementwise_fma(n, all(-1.42860677e-6f), r);
    sixteen p = all(1.98412698e-4f);
    p = __builtin_elementwise_fma(p, r, all(1.38888889e-3f));
    p = __builtin_elementwise_fma(p, r, all(8.33333333e-3f));
    p = __builtin_elementwise_fma(p, r, all(4.16666667e-2f));
    p = __builtin_elementwise_fma(p, r, all(1.66666667e-1f));
    p = __builtin_elementwise_fma(p, r, all(0.5f));
    p = __builtin_elementwise_fma(p, r, all(1.0f));
    p = __builtin_elementwise_fma(p, r, all(1.0f));
    // Times 2^n in two steps, since n may be 128.
    const sixteen_int e = (sixteen_int)shifted - (sixteen_int)magic;
    const sixteen_int half = e >> 1;
    const sixteen first = (sixteen)((half + 127) << 23), second = (sixteen)((e - half + 127) << 23);
    return choose(vanishes, all(0), p * first * second);
}

static float largest(const float *x, size_t count) {
    sixteen most = all(-INFINITY);
    sixteen_int unordered = {0};
    EACH_SIXTEEN(x, -INFINITY, {
        most = choose(v > most, v, most);
        unordered |= v != v;
    })
    return any_lane(unordered) ? NAN : lane_largest(most);
}

static int all_finite(const float *x, size_t count) {
    sixteen_int broken = {0};
    EACH_SIXTEEN(x, 0, {
        const sixteen nothing = v - v;
        broken |= nothing != nothing;
    })
    return !any_lane(broken);
}

static void rms_norm(const float *x, const float *weight, float epsilon, float *out, size_t count) {
    sixteen_double squares = {0};
    EACH_SIXTEEN(x, 0, {
        const sixteen_double wide = __builtin_convertvector(v, sixteen_double);
        squares += wide * wide;
    })
    const float mean = (float)(lane_sum_double(squares) / (double)count);
    const float factor = 1.0f / sqrtf(mean + epsilon);
    // Vectors by hand: out may be x, and then the compiler goes number by number.
    const sixteen by = all(factor);
    size_t i = 0;
    for (; i + 16 <= count; i += 16) store(out + i, load(x + i) * by * load(weight + i));
    for (; i < count; i++) out[i] = x[i] * factor * weight[i];
}

static float softmax_terms(float *x, float factor, size_t count) {
    const sixteen most = all(largest(x, count)), by = all(factor);
    sixteen sum = {0};
    size_t i = 0;
    for (; i + 16 <= count; i += 16) {
        const sixteen term = exponential(by * (load(x + i) - most));
        store(x + i, term);
        sum += term;
    }
    if (i < count) {
        const sixteen term = exponential(by * (load_some(x + i, count - i, -INFINITY) - most));
        store_some(x + i, count - i, term);
        sum += term;
    }
    return lane_sum(sum);
}

static double exponential_sum(const float *x, float offset, size_t count) {
    const sixteen most = all(offset);
    sixteen_double sum = {0};
    EACH_SIXTEEN(x, -INFINITY, { sum += __builtin_convertvector(exponential(v - most), sixteen_double); })
    return lane_sum_double(sum);
}

static double divergence_sum(const float *x, const float *y, float offset, size_t count) {
    const sixteen most = all(offset);
    sixteen_double sum = {0};
    for (size_t i = 0; i < count; i += 16) {
        const int whole = count - i >= 16;
        const sixteen v = whole ? load(x + i) : load_some(x + i, count - i, -1000);
        const sixteen w = whole ? load(y + i) : load_some(y + i, count - i, -1000);
        sum += __builtin_convertvector(exponential(v - most), sixteen_double) * __builtin_convertvector(v - w, sixteen_double);
    }
    return lane_sum_double(sum);
}

INLINE sixteen swiglu_lanes(sixteen gate, sixteen up) { return gate / (all(1) + exponential(-gate)) * up; }

static void swiglu(const float *gate, const float *up, float *out, size_t count) {
    size_t i = 0;
    for (; i + 16 <= count; i += 16) store(out + i, swiglu_lanes(load(gate + i), load(up + i)));
    if (i < count) {
        store_some(out + i, count - i, swiglu_lanes(load_some(gate + i, count - i, 0), load_some(up + i, count - i, 0)));
    }
}

static void add(float *x, const float *y, size_t count) {
    for (size_t i = 0; i < count; i++) x[i] += y[i];
}

static void scale(float *x, float factor, size_t count) {
    for (size_t i = 0; i < count; i++) x[i] *= factor;
}

static void add_squares(double *sums, const float *x, size_t count) {
    for (size_t i = 0; i < count; i++) sums[i] += (double)x[i] * (double)x[i];
}

/// A number of zero or more, rounded to what fp16 holds, ties to even.
INLINE float through_half(float x) {
    if (x >= 65520.0f) return INFINITY;
    // Below 2^-14 fp16 has steps of 2^-24, as fp32 has at one half.
    if (x < 0x1p-14f) return (x + 0.5f) - 0.5f;
    uint32_t bits;
    memcpy(&bits, &x, 4);
    bits = (bits + 0xFFF + (bits >> 13 & 1)) & ~(uint32_t)0x1FFF;
    memcpy(&x, &bits, 4);
    return x;
}

static void through_q8_0(const float *x, float *out, size_t count) {
    for (size_t block = 0; block + 32 <= count; block += 32) {
        float most = 0;
        for (int i = 0; i < 32; i++) most = fmaxf(most, fabsf(x[block + i]));
        const float step = through_half(most / 127.0f);
        const float inverse = most != 0 ? 127.0f / most : 0;
        for (int i = 0; i < 32; i++) {
            // Within 127 in magnitude, so adding 1.5 * 2^23 rounds to an integer, ties to even.
            const float code = (x[block + i] * inverse + 12582912.0f) - 12582912.0f;
            out[block + i] = code * step;
        }
    }
}

static void through_q8_k(const float *x, float *out, size_t count) {
    for (size_t block = 0; block + 256 <= count; block += 256) {
        float extreme = 0;
        for (int i = 0; i < 256; i++) {
            if (fabsf(x[block + i]) > fabsf(extreme)) extreme = x[block + i];
        }
        const float inverse = extreme != 0 ? -127.0f / extreme : 0;
        const float step = extreme != 0 ? 1.0f / inverse : 0;
        for (int i = 0; i < 256; i++) {
            const float code = (x[block + i] * inverse + 12582912.0f) - 12582912.0f;
            out[block + i] = (code > 127.0f ? 127.0f : code) * step;
        }
    }
}

static void transpose(const float *rows, size_t stride, size_t row_count, float *panel, size_t count) {
    for (size_t k = 0; k < count; k += 16) {
        const size_t end = count - k < 16 ? count : k + 16;
        for (size_t r = 0; r < HIFI_PANEL; r++) {
            for (size_t i = k; i < end; i++) panel[i * HIFI_PANEL + r] = r < row_count ? rows[r * stride + i] : 0;
        }
    }
}

const hifi_float_kernels KERNELS = {
    NAME,   panel_product, rms_norm, softmax_terms, exponential_sum, divergence_sum, largest,   all_finite,
    swiglu, add,           scale,    add_squares,   through_q8_0,    through_q8_k,   transpose,
};
