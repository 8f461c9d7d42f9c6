// Steps over single numbers, and over blocks of 32 or 256. A thread has four numbers, 256 apart.

KERNEL __launch_bounds__(256) hifi_add(float *x, const float *y, u64 count) {
    const u64 first = (u64)blockIdx.x * 1024 + threadIdx.x;
    float a[4], b[4];
#pragma unroll
    for (int k = 0; k < 4; k++) {
        const u64 i = first + 256 * k;
        if (i < count) a[k] = x[i], b[k] = y[i];
    }
#pragma unroll
    for (int k = 0; k < 4; k++) {
        const u64 i = first + 256 * k;
        if (i < count) x[i] = __fadd_rn(a[k], b[k]);
    }
}

DEVICE float swiglu_of(float gate, float up) { return __fmul_rn(__fdiv_rn(gate, __fadd_rn(1.0f, exponential(-gate))), up); }

KERNEL __launch_bounds__(256) hifi_swiglu(const float *gate, const float *up, float *out, u64 count) {
    const u64 first = (u64)blockIdx.x * 1024 + threadIdx.x;
    float g[4], u[4];
#pragma unroll
    for (int k = 0; k < 4; k++) {
        const u64 i = first + 256 * k;
        g[k] = i < count ? gate[i] : 0.0f, u[k] = i < count ? up[i] : 0.0f;
    }
#pragma unroll
    for (int k = 0; k < 4; k++) {
        const u64 i = first + 256 * k;
        if (i < count) out[i] = swiglu_of(g[k], u[k]);
    }
}

/// `through_half` of the C kernels: a number of zero or more as fp16 holds it.
DEVICE float through_half(float x) {
    if (x >= 65520.0f) return INFINITE;
    if (x < 6.103515625e-5f) return __fsub_rn(__fadd_rn(x, 0.5f), 0.5f);
    const u32 bits = bits_of(x);
    return float_of((bits + 0xFFFu + (bits >> 13 & 1)) & ~0x1FFFu);
}

/// To an integer, ties to even, for magnitudes below 2^22.
DEVICE float whole(float x) { return __fsub_rn(__fadd_rn(x, 12582912.0f), 12582912.0f); }

/// One warp to a block of 32.
KERNEL __launch_bounds__(256) hifi_through_q8_0(const float *x, float *out, u64 blocks) {
    const u64 block = (u64)blockIdx.x * 8 + (threadIdx.x >> 5);
    if (block >= blocks) return;
    const u64 at = block * 32 + (threadIdx.x & 31);
    const float v = x[at];
    float most = fmaxf(0.0f, fabsf(v));
#pragma unroll
    for (int distance = 1; distance < 32; distance *= 2) most = fmaxf(most, __shfl_xor_sync(EVERY_LANE, most, distance));
    const float step = through_half(__fdiv_rn(most, 127.0f));
    const float inverse = most != 0 ? __fdiv_rn(127.0f, most) : 0.0f;
    out[at] = __fmul_rn(whole(__fmul_rn(v, inverse)), step);
}

/// One warp to a block of 256.
KERNEL __launch_bounds__(256) hifi_through_q8_k(const float *x, float *out, u64 blocks) {
    const u64 block = (u64)blockIdx.x * 8 + (threadIdx.x >> 5);
    if (block >= blocks) return;
    const u64 at = block * 256 + 8 * (threadIdx.x & 31);
    float v[8];
#pragma unroll
    for (int k = 0; k < 8; k++) v[k] = x[at + k];
    const float extreme = extreme_of(v);
    const float inverse = extreme != 0 ? __fdiv_rn(-127.0f, extreme) : 0.0f;
    const float step = extreme != 0 ? __fdiv_rn(1.0f, inverse) : 0.0f;
#pragma unroll
    for (int k = 0; k < 8; k++) {
        const float code = whole(__fmul_rn(v[k], inverse));
        out[at + k] = __fmul_rn(code > 127.0f ? 127.0f : code, step);
    }
}

/// The least row with a NaN or an infinity, if it is less than what the flag has.
KERNEL __launch_bounds__(256) hifi_broken(const float *x, int width, u64 count, int *flag) {
    const u64 first = (u64)blockIdx.x * 1024 + threadIdx.x;
#pragma unroll
    for (int k = 0; k < 4; k++) {
        const u64 i = first + 256 * k;
        if (i < count && is_broken(x[i])) atomicMin(flag, (int)(i / width));
    }
}

/// Eight numbers from an address that is a multiple of sixteen.
DEVICE void load8(const float *p, float (&x)[8]) {
    const float4 a = ((const float4 *)p)[0], b = ((const float4 *)p)[1];
    x[0] = a.x, x[1] = a.y, x[2] = a.z, x[3] = a.w, x[4] = b.x, x[5] = b.y, x[6] = b.z, x[7] = b.w;
}

/// Activations that are there.
struct Given {
    const float *x;
    __device__ __forceinline__ void operator()(u64 at, float (&out)[8]) const { load8(x + at, out); }
};

/// Activations that are made on the way: swiglu.
struct Gated {
    const float *gate, *up;
    __device__ __forceinline__ void operator()(u64 at, float (&out)[8]) const {
        float g[8], u[8];
        load8(gate + at, g);
        load8(up + at, u);
#pragma unroll
        for (int k = 0; k < 8; k++) out[k] = swiglu_of(g[k], u[k]);
    }
};

/// fp32 to what `hifi_spread_q8k` makes of rows of Q8_K, in one. If `broken` is given, it becomes the least column with a NaN or an
/// infinity, if that is less than what it has. A warp has four of the 32 columns.
template <class Source>
DEVICE void spread_body(
    const Source &source, i8 *by_column, i8 *by_weight, float *scales, i16 *sums, int columns, int padded, int supers, int *broken) {
    __shared__ __align__(16) i8 codes[32][SPREAD_PITCH];
    const int super = blockIdx.x, first = blockIdx.y * 32, lane = threadIdx.x & 31, warp = threadIdx.x >> 5;
    float x[4][8];
#pragma unroll
    for (int k = 0; k < 4; k++) {
        const int column = first + 4 * warp + k;
#pragma unroll
        for (int e = 0; e < 8; e++) x[k][e] = 0;
        if (column < columns) source(((u64)column * supers + super) * 256 + 8 * lane, x[k]);
    }
#pragma unroll
    for (int k = 0; k < 4; k++) {
        const int mine = 4 * warp + k, column = first + mine;
        bool bad = false;
#pragma unroll
        for (int e = 0; e < 8; e++) bad |= is_broken(x[k][e]);
        if (bad && broken) atomicMin(broken, column);
        const Quantized made = quantized(x[k]);
        *(u32 *)&codes[mine][8 * lane] = made.codes.x;
        *(u32 *)&codes[mine][8 * lane + 4] = made.codes.y;
        *(uint2 *)(by_column + ((u64)column * supers + super) * 256 + 8 * lane) = made.codes;
        int sum = made.sum + __shfl_xor_sync(EVERY_LANE, made.sum, 1);
        sum += __shfl_xor_sync(EVERY_LANE, sum, 2);
        const u64 at = (u64)super * padded + column;
        if ((lane & 3) == 0) sums[at * 8 + (lane >> 2)] = (i16)sum;
        if (lane == 0) scales[at] = made.scale;
    }
    __syncthreads();
    store_by_weight(by_weight, codes, first, super, supers);
}

KERNEL __launch_bounds__(256) hifi_quantize_spread(
    const float *values, i8 *by_column, i8 *by_weight, float *scales, i16 *sums, int columns, int padded, int supers, int *broken) {
    const Given source = {values};
    spread_body(source, by_column, by_weight, scales, sums, columns, padded, supers, broken);
}

KERNEL __launch_bounds__(256) hifi_quantize_swiglu(
    const float *gate, const float *up, i8 *by_column, i8 *by_weight, float *scales, i16 *sums, int columns, int padded, int supers,
    int *broken) {
    const Gated source = {gate, up};
    spread_body(source, by_column, by_weight, scales, sums, columns, padded, supers, broken);
}
