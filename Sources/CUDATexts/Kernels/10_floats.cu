// fp32 of a model's forward pass, with the bits of Sources/CInference: every operation that is rounded is an intrinsic, which no
// compiler fuses or reorders, and every sum has one order.
//
// Sums of a row go through sixteen lanes, number k to lane k % 16, whose sums are added halves to halves. On the device sixteen lanes
// are half a warp; both halves call the collectives together.

#define NOT_A_NUMBER float_of(0x7FFFFFFFu)
#define INFINITE float_of(0x7F800000u)
/// Loads that a lane has under way at a time.
#define DEEP 16

/// Halves added to halves; every lane has the sum.
DEVICE float lane_sum(float x) {
#pragma unroll
    for (int width = 8; width > 0; width /= 2) x = __fadd_rn(x, __shfl_xor_sync(EVERY_LANE, x, width));
    return x;
}

DEVICE double lane_sum_double(double x) {
#pragma unroll
    for (int width = 8; width > 0; width /= 2) x = __dadd_rn(x, __shfl_xor_sync(EVERY_LANE, x, width));
    return x;
}

/// `exponential` of the C kernels, step by step.
DEVICE float exponential(float x) {
    const float low = -87.33654f, high = 88.72283f, magic = 12582912.0f;
    const bool vanishes = x < low;
    x = x > high ? high : vanishes ? low : x;
    const float shifted = __fmaf_rn(x, 1.44269504f, magic);
    const float n = __fsub_rn(shifted, magic);
    float r = __fmaf_rn(n, -0.693145752f, x);
    r = __fmaf_rn(n, -1.42860677e-6f, r);
    float p = 1.98412698e-4f;
    p = __fmaf_rn(p, r, 1.38888889e-3f);
    p = __fmaf_rn(p, r, 8.33333333e-3f);
    p = __fmaf_rn(p, r, 4.16666667e-2f);
    p = __fmaf_rn(p, r, 1.66666667e-1f);
    p = __fmaf_rn(p, r, 0.5f);
    p = __fmaf_rn(p, r, 1.0f);
    p = __fmaf_rn(p, r, 1.0f);
    const int e = (int)(bits_of(shifted) - bits_of(magic)), half = e >> 1;
    const float first = float_of((u32)(half + 127) << 23), second = float_of((u32)(e - half + 127) << 23);
    return vanishes ? 0.0f : __fmul_rn(__fmul_rn(p, first), second);
}

/// Adds the squares of a row's numbers k with k % 16 == lane.
DEVICE double lane_squares(const float *x, int lane, int count) {
    double squares = 0;
#pragma unroll 1
    for (int first = lane; first < count; first += 16 * DEEP) {
        float v[DEEP];
#pragma unroll
        for (int k = 0; k < DEEP; k++) v[k] = first + 16 * k < count ? x[first + 16 * k] : 0.0f;
#pragma unroll
        for (int k = 0; k < DEEP; k++) squares = __dadd_rn(squares, __dmul_rn((double)v[k], (double)v[k]));
    }
    return squares;
}

/// What a row with these squares is multiplied by.
DEVICE float norm_factor(double squares, int count, float epsilon) {
    const float mean = __double2float_rn(__ddiv_rn(lane_sum_double(squares), (double)count));
    return __fdiv_rn(1.0f, __fsqrt_rn(__fadd_rn(mean, epsilon)));
}

/// x times factor times weight, for the numbers of a lane.
DEVICE void scale_row(const float *x, float factor, const float *weight, float *out, int lane, int count) {
#pragma unroll 1
    for (int first = lane; first < count; first += 16 * DEEP) {
        float v[DEEP], w[DEEP];
#pragma unroll
        for (int k = 0; k < DEEP; k++) {
            const int i = first + 16 * k;
            v[k] = i < count ? x[i] : 0.0f, w[k] = i < count ? weight[i] : 0.0f;
        }
#pragma unroll
        for (int k = 0; k < DEEP; k++) {
            if (first + 16 * k < count) out[first + 16 * k] = __fmul_rn(__fmul_rn(v[k], factor), w[k]);
        }
    }
}

/// Root-mean-square norm, sixteen lanes to a row. Row r of `out` is made of row (r / per) * period + skip + r % per of `x`.
KERNEL __launch_bounds__(256) hifi_norm(
    const float *x, const float *weight, float epsilon, float *out, int width, int count, int per, int period, int skip) {
    const int row = (int)blockIdx.x * 16 + (threadIdx.x >> 4), lane = threadIdx.x & 15;
    const bool present = row < count;
    const float *source = x + (u64)(present ? row / per * period + skip + row % per : 0) * width;
    const float factor = norm_factor(present ? lane_squares(source, lane, width) : 0.0, width, epsilon);
    if (present) scale_row(source, factor, weight, out + (u64)row * width, lane, width);
}

/// The numbers of a head that wait in shared memory; longer heads wait where they are.
#define HEAD_ROOM 256

/// Norm, if there is one, and rotation of heads in place, sixteen lanes to a head. `count` is that of all rows' heads.
KERNEL __launch_bounds__(256) hifi_heads(
    float *x, const float *norm, float epsilon, const float *cosines, const float *sines, int heads, int size, int count, int period,
    int pairs) {
    // Neighbouring heads begin sixteen banks apart.
    __shared__ float staged[16][HEAD_ROOM + 16];
    const int head = (int)blockIdx.x * 16 + (threadIdx.x >> 4), lane = threadIdx.x & 15, half = size / 2;
    const bool present = head < count;
    float *target = x + (u64)(present ? head : 0) * size;
    float *work = size <= HEAD_ROOM ? staged[threadIdx.x >> 4] : target;
    if (norm) {
        const float factor = norm_factor(present ? lane_squares(target, lane, size) : 0.0, size, epsilon);
        if (present) scale_row(target, factor, norm, work, lane, size);
    } else if (work != target && present) {
        for (int k = lane; k < size; k += 16) work[k] = target[k];
    }
    __syncwarp();
    if (!present) return;
    const u64 angle = (u64)(head / heads % period) * half;
#pragma unroll 4
    for (int i = lane; i < half; i += 16) {
        const int one = pairs ? 2 * i : i, other = pairs ? 2 * i + 1 : i + half;
        const float a = work[one], b = work[other], c = cosines[angle + i], s = sines[angle + i];
        target[one] = __fsub_rn(__fmul_rn(a, c), __fmul_rn(b, s));
        target[other] = __fadd_rn(__fmul_rn(a, s), __fmul_rn(b, c));
    }
}
