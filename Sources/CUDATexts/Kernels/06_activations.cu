// fp32 to Q8_K and Q8_0, byte for byte as the reference for finite input; Q8_K for the matrix kernel.

#define Q8K_BYTES 292

/// To nearest, ties to even, by the sum with 1.5 * 2^23, at most 127. Rows of subnormals have an infinite inverse, and 0 times
/// that is 0 by this sum where a NaN has only its quiet bit; the device's NaN has all.
DEVICE int q8k_code(float scaled) {
    const int code = (int)(bits_of(__fadd_rn(scaled, 12582912.0f)) & 0x007FFFFF) - 0x00400000;
    return scaled == scaled ? min(code, 127) : 0;
}

/// The value of largest magnitude of a warp's 256, the first of equals; lane l has values 8l to 8l + 7.
DEVICE float extreme_of(const float (&x)[8]) {
    float extreme = 0;
#pragma unroll
    for (int k = 0; k < 8; k++) extreme = fabsf(x[k]) > fabsf(extreme) ? x[k] : extreme;
#pragma unroll
    for (int step = 1; step < 32; step *= 2) {
        const float other = __shfl_xor_sync(EVERY_LANE, extreme, step);
        const bool later = threadIdx.x & step;
        extreme = fabsf(other) > fabsf(extreme) || (later && fabsf(other) == fabsf(extreme)) ? other : extreme;
    }
    return extreme;
}

/// What a lane has of a block: eight codes, their sum, and the block's scale.
struct Quantized {
    uint2 codes;
    int sum;
    float scale;
};

/// A warp quantizes a block; lane l has values 8l to 8l + 7.
DEVICE Quantized quantized(const float (&x)[8]) {
    const float extreme = extreme_of(x);
    const float inverse = extreme == 0 ? 0.0f : __fdiv_rn(-127.0f, extreme);
    u32 codes[2] = {0, 0};
    int sum = 0;
#pragma unroll
    for (int k = 0; k < 8; k++) {
        const int code = extreme == 0 ? 0 : q8k_code(__fmul_rn(inverse, x[k]));
        codes[k >> 2] |= (u32)(code & 255) << (8 * (k & 3));
        sum += code;
    }
    return {make_uint2(codes[0], codes[1]), sum, extreme == 0 ? 0.0f : __fdiv_rn(1.0f, inverse)};
}

/// One warp makes one block; lane l has values 8l to 8l + 7.
KERNEL __launch_bounds__(256) hifi_quantize_q8k(const float *values, u8 *blocks, u64 count) {
    const u64 block = (u64)blockIdx.x * (blockDim.x >> 5) + (threadIdx.x >> 5);
    if (block >= count) return;
    const int lane = threadIdx.x & 31;
    const float4 *source = (const float4 *)(values + block * 256 + 8 * lane);
    const float4 a = source[0], b = source[1];
    const float x[8] = {a.x, a.y, a.z, a.w, b.x, b.y, b.z, b.w};
    const Quantized made = quantized(x);
    u8 *out = blocks + block * Q8K_BYTES;
    *(u32 *)(out + 4 + 8 * lane) = made.codes.x;
    *(u32 *)(out + 8 + 8 * lane) = made.codes.y;
    const int sum = made.sum + __shfl_xor_sync(EVERY_LANE, made.sum, 1);
    if ((lane & 1) == 0) *(i16 *)(out + 260 + lane) = (i16)sum;
    if (lane == 0) *(float *)out = made.scale;
}

/// To nearest, ties away from zero; out of range as the processor's conversion has it.
DEVICE int q80_code(float scaled) {
    const float magnitude = fabsf(scaled);
    if (!(magnitude < 8388608.0f)) return magnitude < 2147483648.0f ? (int)scaled : (int)0x80000000;
    const int whole = (int)magnitude;
    const int rounded = whole + (magnitude - (float)whole >= 0.5f);
    return scaled < 0 ? -rounded : rounded;
}

/// One warp makes one block; a lane has one value.
KERNEL __launch_bounds__(256) hifi_quantize_q80(const float *values, u8 *blocks, u64 count) {
    const u64 block = (u64)blockIdx.x * (blockDim.x >> 5) + (threadIdx.x >> 5);
    if (block >= count) return;
    const int lane = threadIdx.x & 31;
    const float x = values[block * 32 + lane];
    float largest = fabsf(x) > 0 ? fabsf(x) : 0.0f;
#pragma unroll
    for (int step = 1; step < 32; step *= 2) {
        const float other = __shfl_xor_sync(EVERY_LANE, largest, step);
        largest = other > largest ? other : largest;
    }
    const float step = __fdiv_rn(largest, 127.0f);
    const float inverse = step != 0 ? __fdiv_rn(1.0f, step) : 0.0f;
    u8 *out = blocks + block * 34;
    out[2 + lane] = (u8)q80_code(__fmul_rn(x, inverse));
    if (lane == 0) *(u16 *)out = (u16)shortened(step, 0);
}

/// The pitch of columns' codes in shared memory.
#define SPREAD_PITCH 260

/// 32 columns' codes of a super-block, which all threads have put into shared memory, to where they stand by weight.
DEVICE void store_by_weight(i8 *by_weight, const i8 (&codes)[32][SPREAD_PITCH], int first, int super, int supers) {
    i8 *target = by_weight + ((u64)(first / 128) * supers + super) * 256 * 128 + first % 128;
    for (int k = threadIdx.x; k < 256 * 8; k += 256) {
        const int weight = k / 8, column = 4 * (k % 8);
        u32 v = 0;
#pragma unroll
        for (int e = 0; e < 4; e++) v |= (u32)(u8)codes[column + e][weight] << (8 * e);
        *(u32 *)(target + weight * 128 + column) = v;
    }
}

/// Rows of Q8_K for the matrix kernels, `padded` columns of which the last are zero: codes by column, codes by weight
/// (each 128 columns apart: [column / 128][super][256][128]), scales [super][padded] and sums of 32 [super][padded][8].
/// One block of 256 threads to a super-block and 32 columns.
KERNEL __launch_bounds__(256) hifi_spread_q8k(
    const u8 *rows, i8 *by_column, i8 *by_weight, float *scales, i16 *sums, int columns, int padded, int supers) {
    __shared__ __align__(16) i8 codes[32][SPREAD_PITCH];
    const int super = blockIdx.x, first = blockIdx.y * 32, thread = threadIdx.x;
    for (int k = thread; k < 32 * 64; k += 256) {
        const int column = first + k / 64, word = k % 64;
        u32 v = 0;
        if (column < columns) v = *(const u32 *)(rows + ((u64)column * supers + super) * Q8K_BYTES + 4 + 4 * word);
        *(u32 *)&codes[k / 64][4 * word] = v;
        *(u32 *)(by_column + ((u64)column * supers + super) * 256 + 4 * word) = v;
    }
    if (thread < 32) {
        const int column = first + thread;
        const u8 *block = rows + ((u64)column * supers + super) * Q8K_BYTES;
        scales[(u64)super * padded + column] = column < columns ? *(const float *)block : 0.0f;
        for (int k = 0; k < 8; k++) {
            const i16 *stored = (const i16 *)(block + 260) + 2 * k;
            sums[((u64)super * padded + column) * 8 + k] = column < columns ? (i16)(stored[0] + stored[1]) : (i16)0;
        }
    }
    __syncthreads();
    store_by_weight(by_weight, codes, first, super, supers);
}

DEVICE bool is_broken(float x) { return (bits_of(x) & 0x7F800000u) == 0x7F800000u; }

