// Products of floats. Each result is one chain of fused multiply-adds over the terms in rising order, from +0, as the C kernels have it:
// speed comes from many chains at once, never from parts of one.
//
// A block of 256 threads makes a tile of HEIGHT by WIDTH results, a thread up to 8 by 8. Eight terms of both sides are in shared memory
// while the next eight are on their way. Terms past the last are +0 times -0: adding -0 changes nothing, not even the sign of zero.

#define DEPTH 8


/// Numbers as a matrix keeps them.
struct Full {
    typedef float Stored;
    DEVICE float widened(float x) { return x; }
    DEVICE float4 four(const float *p) { return *(const float4 *)p; }
};

struct Half {
    typedef u16 Stored;
    DEVICE float widened(u16 x) { return half_to_float(x); }
    DEVICE float4 four(const u16 *p) {
        const uint2 v = *(const uint2 *)p;
        return make_float4(
            half_to_float((u16)v.x), half_to_float((u16)(v.x >> 16)), half_to_float((u16)v.y), half_to_float((u16)(v.y >> 16)));
    }
};

struct Brain {
    typedef u16 Stored;
    DEVICE float widened(u16 x) { return float_of((u32)x << 16); }
    DEVICE float4 four(const u16 *p) {
        const uint2 v = *(const uint2 *)p;
        return make_float4(float_of(v.x << 16), float_of(v.x & 0xFFFF0000u), float_of(v.y << 16), float_of(v.y & 0xFFFF0000u));
    }
};

/// A side whose terms lie one after another: rows of a matrix, queries, keys. Thread t has four terms of row t / 2 of each eight.
template <class E> struct TermsInRows {
    const typename E::Stored *next;
    int left;      // terms from there on; none where there is no such row
    float past;    // what stands for terms past the last
    bool aligned;  // fours begin at multiples of sixteen bytes (eight for two-byte numbers) and are whole

    __device__ __forceinline__ TermsInRows(
        const typename E::Stored *first, u64 stride, int rows, int terms, bool aligned, float past)
        : next(first), left(0), past(past), aligned(aligned) {
        const int row = threadIdx.x >> 1, term = 4 * (threadIdx.x & 1);
        if (row >= rows) return;
        next += row * stride + term;
        left = terms - term;
    }
    __device__ __forceinline__ float4 load() {
        float4 v = make_float4(past, past, past, past);
        if (aligned) {
            if (left > 0) v = E::four(next);
        } else {
            if (left > 0) v.x = E::widened(next[0]);
            if (left > 1) v.y = E::widened(next[1]);
            if (left > 2) v.z = E::widened(next[2]);
            if (left > 3) v.w = E::widened(next[3]);
        }
        next += DEPTH;
        left -= DEPTH;
        return v;
    }
    template <int PITCH_OF> __device__ __forceinline__ void store(float *to, const float4 &v) const {
        float *p = to + 4 * (threadIdx.x & 1) * PITCH_OF + (threadIdx.x >> 1);
        p[0] = v.x, p[PITCH_OF] = v.y, p[2 * PITCH_OF] = v.z, p[3 * PITCH_OF] = v.w;
    }
};

/// A side whose results lie one after another: values, a row of numbers to each term. A thread has four results of one of eight terms.
template <int SPAN> struct TermsInColumns {
    const float *next;
    u64 step;
    int left, columns;
    float past;
    bool aligned;

    __device__ __forceinline__ TermsInColumns(const float *first, u64 stride, int terms, int columns, bool aligned, float past)
        : next(first), step(DEPTH * stride), left(0), columns(0), past(past), aligned(aligned) {
        const int term = threadIdx.x / (SPAN / 4), column = 4 * (threadIdx.x % (SPAN / 4));
        if (column >= columns) return;
        next += term * stride + column;
        left = terms - term;
        this->columns = columns - column;
    }
    __device__ __forceinline__ float4 load() {
        float4 v = make_float4(past, past, past, past);
        if (left > 0) {
            if (aligned) {
                v = *(const float4 *)next;
            } else {
                v.x = next[0];
                if (columns > 1) v.y = next[1];
                if (columns > 2) v.z = next[2];
                if (columns > 3) v.w = next[3];
            }
        }
        next += step;
        left -= DEPTH;
        return v;
    }
    template <int PITCH_OF> __device__ __forceinline__ void store(float *to, const float4 &v) const {
        *(float4 *)(to + threadIdx.x / (SPAN / 4) * PITCH_OF + 4 * (threadIdx.x % (SPAN / 4))) = v;
    }
};

/// Where the i-th of a thread's results of a side of SIDE lies, if the thread is the t-th of sixteen.
template <int SIDE> DEVICE int place_of(int t, int i) { return SIDE == 32 ? 2 * t + i : 64 * (i >> 2) + 4 * t + (i & 3); }

template <int SIDE> DEVICE void fragment(float (&to)[SIDE / 16], const float *row, int t) {
    if constexpr (SIDE == 32) {
        const float2 v = *(const float2 *)(row + 2 * t);
        to[0] = v.x, to[1] = v.y;
    } else {
#pragma unroll
        for (int group = 0; group < SIDE / 64; group++) {
            const float4 v = *(const float4 *)(row + 64 * group + 4 * t);
            to[4 * group] = v.x, to[4 * group + 1] = v.y, to[4 * group + 2] = v.z, to[4 * group + 3] = v.w;
        }
    }
}

/// This thread among the sixteen of either side: a warp is four by eight, so that it reads few different words.
DEVICE int thread_down() { return 4 * (threadIdx.x >> 6) + (threadIdx.x >> 3 & 3); }
DEVICE int thread_across() { return 8 * (threadIdx.x >> 5 & 1) + (threadIdx.x & 7); }

/// The next eight terms of one side, four a thread.
template <int SIDE, class Source> DEVICE float4 load_side(Source &side) {
    return SIDE == 128 || threadIdx.x < 2 * SIDE ? side.load() : make_float4(0, 0, 0, 0);
}

template <int SIDE, class Source> DEVICE void store_side(const Source &side, float (&to)[DEPTH][SIDE + 4], const float4 &v) {
    if (SIDE == 128 || threadIdx.x < 2 * SIDE) side.template store<SIDE + 4>(&to[0][0], v);
}

template <int HEIGHT, int WIDTH, class Left, class Right>
DEVICE void tile_product(float (&sum)[HEIGHT / 16][WIDTH / 16], Left left, Right right, int terms) {
    __shared__ __align__(16) float a[2][DEPTH][HEIGHT + 4], b[2][DEPTH][WIDTH + 4];
    const int down = thread_down(), across = thread_across();
#pragma unroll
    for (int i = 0; i < HEIGHT / 16; i++) {
#pragma unroll
        for (int j = 0; j < WIDTH / 16; j++) sum[i][j] = 0;
    }
    float4 next_left = load_side<HEIGHT>(left), next_right = load_side<WIDTH>(right);
    store_side<HEIGHT>(left, a[0], next_left);
    store_side<WIDTH>(right, b[0], next_right);
    __syncthreads();
    int now = 0;
#pragma unroll 1
    for (int term = DEPTH;; term += DEPTH) {
        const bool more = term < terms;
        if (more) next_left = load_side<HEIGHT>(left), next_right = load_side<WIDTH>(right);
#pragma unroll
        for (int k = 0; k < DEPTH; k++) {
            float x[HEIGHT / 16], y[WIDTH / 16];
            fragment<HEIGHT>(x, a[now][k], down);
            fragment<WIDTH>(y, b[now][k], across);
#pragma unroll
            for (int i = 0; i < HEIGHT / 16; i++) {
#pragma unroll
                for (int j = 0; j < WIDTH / 16; j++) sum[i][j] = __fmaf_rn(x[i], y[j], sum[i][j]);
            }
        }
        if (!more) break;
        // The other half was read before the last barrier.
        now ^= 1;
        store_side<HEIGHT>(left, a[now], next_left);
        store_side<WIDTH>(right, b[now], next_right);
        __syncthreads();
    }
}

/// Four results side by side, of which `count` exist.
DEVICE void store_some(float *out, const float *v, int count, bool aligned) {
    if (aligned && count >= 4) {
        store4(out, v);
        return;
    }
#pragma unroll
    for (int k = 0; k < 4; k++) {
        if (k < count) out[k] = v[k];
    }
}

/// Positions down, rows of the matrix across. `aligned`: bit 0, inputs may be loaded in fours; bit 1, results may be stored so.
template <class E, int HEIGHT>
DEVICE void product_body(
    const typename E::Stored *weights, const float *x, float *out, int rows, int columns, int positions, int stride, int aligned) {
    const int position = (int)blockIdx.x * HEIGHT, row = (int)blockIdx.y * 128;
    const bool fours = aligned & 1;
    const TermsInRows<Full> left(x + (u64)position * columns, (u64)columns, positions - position, columns, fours, 0.0f);
    const TermsInRows<E> right(weights + (u64)row * columns, (u64)columns, rows - row, columns, fours, -0.0f);
    float sum[HEIGHT / 16][8];
    tile_product<HEIGHT, 128>(sum, left, right, columns);
#pragma unroll
    for (int i = 0; i < HEIGHT / 16; i++) {
        const int p = position + place_of<HEIGHT>(thread_down(), i);
        if (p >= positions) continue;
#pragma unroll
        for (int group = 0; group < 2; group++) {
            const int w = row + place_of<128>(thread_across(), 4 * group);
            store_some(out + (u64)p * stride + w, sum[i] + 4 * group, rows - w, aligned & 2);
        }
    }
}

#define PRODUCT_KERNEL(NAME, ELEMENT, HEIGHT, RESIDENT) \
    KERNEL __launch_bounds__(256, RESIDENT) hifi_product_##NAME##_##HEIGHT( \
        const ELEMENT::Stored *weights, const float *x, float *out, int rows, int columns, int positions, int stride, int aligned) { \
        product_body<ELEMENT, HEIGHT>(weights, x, out, rows, columns, positions, stride, aligned); \
    }
/// Rows by number, as fp32; NaN for a number that the matrix has not. A thread has four numbers, 256 apart.
template <class E>
DEVICE void gather_body(const typename E::Stored *matrix, const int *numbers, float *out, int rows, int columns, u64 count) {
#pragma unroll
    for (int k = 0; k < 4; k++) {
        const u64 i = (u64)blockIdx.x * 1024 + threadIdx.x + 256 * k;
        if (i >= count) continue;
        const int row = numbers[i / columns];
        out[i] = row >= 0 && row < rows ? E::widened(matrix[(u64)row * columns + i % columns]) : NOT_A_NUMBER;
    }
}

#define GATHER_FLOATS_KERNEL(NAME, ELEMENT) \
    KERNEL __launch_bounds__(256) hifi_gather_##NAME( \
        const ELEMENT::Stored *matrix, const int *numbers, float *out, int rows, int columns, u64 count) { \
        gather_body<ELEMENT>(matrix, numbers, out, rows, columns, count); \
    }
#define PRODUCT_KERNELS(NAME, ELEMENT) \
    PRODUCT_KERNEL(NAME, ELEMENT, 128, 2) PRODUCT_KERNEL(NAME, ELEMENT, 32, 3) GATHER_FLOATS_KERNEL(NAME, ELEMENT)
PRODUCT_KERNELS(f32, Full)
PRODUCT_KERNELS(f16, Half)
PRODUCT_KERNELS(bf16, Brain)
