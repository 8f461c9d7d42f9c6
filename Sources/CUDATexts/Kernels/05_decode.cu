// Decoding, bit for bit as the reference, and the repacking of the file's layout into tiles.

DEVICE void store4(float *out, const float *w) { *(float4 *)out = make_float4(w[0], w[1], w[2], w[3]); }

/// To fp16 or bf16; NaN as the reference has it.
DEVICE u32 shortened(float f, int bf16) {
    const u32 bits = bits_of(f);
    const bool nan = (bits & 0x7FFFFFFFu) > 0x7F800000u;
    if (bf16) return nan ? bits >> 16 | 0x40 : (bits + 0x7FFFu + (bits >> 16 & 1)) >> 16;
    return nan ? (bits >> 16 & 0x8000u) | 0x7E00u : float_to_half(f);
}

/// The super-block of the output that this warp decodes.
DEVICE u64 super_of_warp() { return (u64)blockIdx.x * (blockDim.x >> 5) + (threadIdx.x >> 5); }

/// One warp decodes one super-block at p: lane l weights 4l to 4l + 3 of each half. `weights` may end within a super-block.
template <class F, class Write> DEVICE void decode_body(const u8 *p, u64 super, Layout at, u64 weights, Write write) {
    const int lane = threadIdx.x & 31;
    float w[8] = {0, 0, 0, 0, 0, 0, 0, 0};
#pragma unroll
    for (int n = 0; n < 2; n++) {
        const int i = 128 * n + 4 * lane;
        if (super * 256 + i >= weights) continue;
        const float4 v = F::Base::decode(p, i);
        w[4 * n] = v.x, w[4 * n + 1] = v.y, w[4 * n + 2] = v.z, w[4 * n + 3] = v.w;
    }
    if (super * 256 < weights) F::Outliers::apply(p, at, lane, w);
#pragma unroll
    for (int n = 0; n < 2; n++) {
        const u64 i = super * 256 + 128 * n + 4 * lane;
        if (i < weights) write(i, w + 4 * n);
    }
}

struct WriteFloats {
    float *out;
    __device__ __forceinline__ void operator()(u64 i, const float *w) const { store4(out + i, w); }
};

struct WriteShort {
    u16 *out;
    int bf16;
    __device__ __forceinline__ void operator()(u64 i, const float *w) const {
        *(uint2 *)(out + i) = make_uint2(
            shortened(w[0], bf16) | shortened(w[1], bf16) << 16, shortened(w[2], bf16) | shortened(w[3], bf16) << 16);
    }
};

#define DECODE_KERNELS(NAME, FORMAT) \
    KERNEL __launch_bounds__(256) hifi_decode_##NAME(const u8 *blocks, Layout at, float *out, u64 weights) { \
        WriteFloats write = {out}; \
        const u64 super = super_of_warp(); \
        decode_body<FORMAT>(blocks + super * at.stride, super, at, weights, write); \
    } \
    KERNEL __launch_bounds__(256) hifi_decode_short_##NAME(const u8 *blocks, Layout at, u16 *out, u64 weights, int bf16) { \
        WriteShort write = {out, bf16}; \
        const u64 super = super_of_warp(); \
        decode_body<FORMAT>(blocks + super * at.stride, super, at, weights, write); \
    }
FOR_EVERY_FORMAT(DECODE_KERNELS)

DEVICE void write_missing(float *out, u64 super) {
    const float nan = float_of(0x7FFFFFFFu), w[4] = {nan, nan, nan, nan};
    float *to = out + super * 256 + 4 * (threadIdx.x & 31);
    store4(to, w);
    store4(to + 128, w);
}

/// Rows by number, `supers` super-blocks each, of a matrix of `rows`; NaN for a number that it has not.
#define GATHER_KERNEL(NAME, FORMAT) \
    KERNEL __launch_bounds__(256) hifi_gather_##NAME( \
        const u8 *blocks, Layout at, const int *numbers, float *out, int rows, int supers, u64 weights) { \
        const u64 super = super_of_warp(); \
        if (super * 256 >= weights) return; \
        const int row = numbers[super / supers]; \
        WriteFloats write = {out}; \
        const u8 *p = blocks + ((u64)row * supers + super % supers) * at.stride; \
        if (row >= 0 && row < rows) decode_body<FORMAT>(p, super, at, weights, write); \
        else write_missing(out, super); \
    }
FOR_EVERY_FORMAT(GATHER_KERNEL)

/// One warp makes one tile. Rows past the matrix are zero.
template <class F> DEVICE void repack_body(const u8 *blocks, Layout at, u8 *tiles, int rows, int supers) {
    const u64 tile = (u64)blockIdx.x * (blockDim.x >> 5) + (threadIdx.x >> 5);
    if (tile >= (u64)((rows + 7) / 8) * supers) return;
    const int lane = threadIdx.x & 31, part = lane & 3;
    const u64 row = tile / supers * 8 + (lane >> 2);
    typename F::Lane mine = typename F::Lane();
    if (row < rows) {
        const u8 *p = blocks + (row * supers + tile % supers) * at.stride;
        mine = F::gather(p, at, part);
        F::Outliers::template normalise<typename F::Base>(mine.base, p, at, part);
    }
    F::Base::store(tiles + tile * F::tile, lane, mine.base);
    F::Outliers::store(tiles + tile * F::tile + F::Base::tile, lane, mine.outliers);
}

#define REPACK_KERNEL(NAME, FORMAT) \
    KERNEL __launch_bounds__(256) hifi_repack_##NAME(const u8 *blocks, Layout at, u8 *tiles, int rows, int supers) { \
        repack_body<FORMAT>(blocks, at, tiles, rows, supers); \
    }
FOR_EVERY_FORMAT(REPACK_KERNEL)
