// Matrix times one to eight columns of Q8_K. Integer sums of a lane's 64 weights are exact; what remains is one fp32 term
// for each lane and super-block (two with minima), and the outliers.
//
// A row's additions follow its length alone: not the number of rows, of columns, or of blocks on the device.

#define WARPS 4
/// Super-blocks of activations in shared memory at a time. Fixed, so that the order of additions is.
#define SEGMENT 16

/// A column's activations in shared memory: codes, sums of sixteen, scales. For striped formats the sums of a part follow
/// each other (place 8n + 4c + j).
///
/// The second half of a super-block's codes is moved on by 32 bytes, and the next super-block by as much as makes what eight
/// lanes read together, two super-blocks' parts, lie in different banks.
template <class Base> struct Activations {
    enum { half = 128 + CODES_GAP, stride = Base::striped ? 320 : 304, bytes = SEGMENT * (320 + 32 + 4) };
    const u8 *base;
    __device__ __forceinline__ const i8 *codes(int super) const { return (const i8 *)base + stride * super; }
    /// Four sums of a part, two to a word.
    __device__ __forceinline__ uint2 sums(int super, int part) const {
        return *(const uint2 *)(base + 320 * SEGMENT + 32 * super + 8 * part);
    }
    __device__ __forceinline__ float scale(int super) const { return *(const float *)(base + 352 * SEGMENT + 4 * super); }
};

/// Super-blocks `first` to `first + count - 1` of every column, by all threads. Columns past the last repeat it.
template <class Base, int COLUMNS>
DEVICE void stage_activations(u8 *target, const u8 *rows, int columns, int supers, int first, int count) {
#pragma unroll 1
    for (int c = 0; c < COLUMNS; c++) {
        const u32 *source = (const u32 *)(rows + ((u64)min(c, columns - 1) * supers + first) * Q8K_BYTES);
        u8 *to = target + c * Activations<Base>::bytes;
#pragma unroll 1
        for (int k = threadIdx.x; k < 73 * count; k += 32 * WARPS) {
            const int super = k / 73, word = k % 73;
            const u32 v = source[k];
            if (word == 0) {
                *(u32 *)(to + 352 * SEGMENT + 4 * super) = v;
            } else if (word <= 64) {
                *(u32 *)(to + Activations<Base>::stride * super + 4 * (word - 1) + (word > 32 ? CODES_GAP : 0)) = v;
            } else if (Base::striped) {
                // Sums 8n + 2j and 8n + 2j + 1, that is of c = 0 and c = 1.
                const int pair = word - 65, n = pair >> 2, j = pair & 3;
                i16 *sums = (i16 *)(to + 320 * SEGMENT + 32 * super) + 8 * n + j;
                sums[0] = (i16)v;
                sums[4] = (i16)(v >> 16);
            } else {
                *(u32 *)(to + 320 * SEGMENT + 32 * super + 4 * (word - 65)) = v;
            }
        }
    }
}

DEVICE int sum_of(const uint2 sums, int k) { return (int)(i16)((k < 2 ? sums.x : sums.y) >> (16 * (k & 1))); }

/// Adds one lane's 64 weights times every column.
template <class F, int COLUMNS>
DEVICE void add_products(
    float (&total)[COLUMNS], const typename F::Lane &lane, const typename F::Outliers::Bases &bases, const u8 *activations,
    int super, int part) {
    typedef typename F::Base B;
    int product[COLUMNS], minimum[COLUMNS];
    float block[COLUMNS];
    uint2 sums[COLUMNS];
    u32 scales = 0;
    if constexpr (B::groups == 4 || B::has_minima) scales = B::scales(lane.base, part);
#pragma unroll
    for (int c = 0; c < COLUMNS; c++) {
        product[c] = 0, minimum[c] = 0, block[c] = 0;
        if constexpr (B::groups == 4 || B::has_minima) sums[c] = Activations<B>{activations + c * Activations<B>::bytes}.sums(super, part);
    }
#pragma unroll
    for (int j = 0; j < B::groups; j++) {
        const int words = 16 / B::groups;
        u32 codes[16 / B::groups];
#pragma unroll
        for (int w = 0; w < words; w++) codes[w] = B::codes(lane.base, j, w);
#pragma unroll
        for (int c = 0; c < COLUMNS; c++) {
            const Activations<B> x = {activations + c * Activations<B>::bytes};
            const i8 *q = x.codes(super) + x.half * (part >> 1) + (B::striped ? 16 : 64) * (part & 1) + 32 * j;
            int sum = 0;
#pragma unroll
            for (int w = 0; w < words; w += 4) {
                const int4 a = *(const int4 *)(q + 4 * w);
                sum = __dp4a((int)codes[w], a.x, sum);
                sum = __dp4a((int)codes[w + 1], a.y, sum);
                sum = __dp4a((int)codes[w + 2], a.z, sum);
                sum = __dp4a((int)codes[w + 3], a.w, sum);
            }
            if constexpr (B::groups == 4) {
                product[c] += signed_byte(scales, j) * (sum - B::bias * sum_of(sums[c], j));
            } else if constexpr (B::has_minima) {
                product[c] += unsigned_byte(scales, j) * sum;
                minimum[c] += unsigned_byte(scales, 2 + j) * (sum_of(sums[c], 2 * j) + sum_of(sums[c], 2 * j + 1));
            } else {
                block[c] += B::group_slope(lane.base, j) * (float)sum;
            }
        }
    }
#pragma unroll
    for (int c = 0; c < COLUMNS; c++) {
        const Activations<B> x = {activations + c * Activations<B>::bytes};
        const i8 *q = x.codes(super);
        const float scale = x.scale(super);
        product[c] -= F::Outliers::base_product(bases, lane.outliers, q);
        if constexpr (B::has_minima) {
            block[c] = B::slope(lane.base) * (float)product[c] - B::floor(lane.base) * (float)minimum[c];
        } else if constexpr (B::groups == 4) {
            block[c] = B::slope(lane.base) * (float)product[c];
        }
        total[c] += scale * block[c];
        if constexpr (F::Outliers::replaces || F::Outliers::adds) total[c] += F::Outliers::product(lane.outliers, q, scale);
    }
}

/// Tiles: a block of threads takes eight rows at a time, its warps share their length. The next tile is asked for before
/// the present one is worked on, across the ends of rows too.
template <class F, int COLUMNS>
DEVICE void tiles_body(const u8 *tiles, const u8 *activations, float *out, int rows, int supers, int columns) {
    DYNAMIC_SHARED(shared);
    __shared__ float sums[2][WARPS][8 * COLUMNS];
    const int l = threadIdx.x & 31, warp = threadIdx.x >> 5, part = l & 3, groups = (rows + 7) / 8;
    int turn = 0;
#pragma unroll 1
    for (int first = 0; first < supers; first += SEGMENT) {
        const int count = min(SEGMENT, supers - first);
        // Nobody reads the activations before: the last barrier of the loop below follows their last use.
        stage_activations<typename F::Base, COLUMNS>(shared, activations, columns, supers, first, count);
        __syncthreads();
        typename F::Lane next = typename F::Lane();
        if (warp < count && blockIdx.x < groups) next = F::load(tiles + ((u64)blockIdx.x * supers + first + warp) * F::tile, l);
#pragma unroll 1
        for (int group = blockIdx.x; group < groups; group += gridDim.x, turn ^= 1) {
            float total[COLUMNS] = {};
#pragma unroll 1
            for (int super = warp; super < count; super += WARPS) {
                const typename F::Lane lane = next;
                const bool ends = super + WARPS >= count;
                const int next_group = ends ? group + (int)gridDim.x : group, next_super = ends ? warp : super + WARPS;
                if (next_group < groups) next = F::load(tiles + ((u64)next_group * supers + first + next_super) * F::tile, l);
                add_products<F, COLUMNS>(total, lane, typename F::Outliers::Bases(), shared, super, part);
            }
#pragma unroll
            for (int c = 0; c < COLUMNS; c++) {
                total[c] += __shfl_xor_sync(EVERY_LANE, total[c], 1);
                total[c] += __shfl_xor_sync(EVERY_LANE, total[c], 2);
                if (part == 0) sums[turn][warp][8 * c + (l >> 2)] = total[c];
            }
            __syncthreads();
            if (threadIdx.x < 8 * COLUMNS) {
                const int row = 8 * group + (threadIdx.x & 7), c = threadIdx.x >> 3;
                float sum = 0;
#pragma unroll
                for (int w = 0; w < WARPS; w++) sum += sums[turn][w][threadIdx.x];
                if (row < rows && c < columns) {
                    float *target = out + (u64)c * rows + row;
                    *target = first > 0 ? *target + sum : sum;
                }
            }
        }
    }
}

/// The file's layout: a warp takes a row, eight super-blocks at a time, by way of shared memory, since blocks are aligned to
/// two bytes only. `chunk_bytes` is room for the sixteen-byte units that eight super-blocks touch.
template <class F, int COLUMNS>
DEVICE void rows_body(
    const u8 *blocks, Layout at, const u8 *activations, float *out, int rows, int supers, int columns, int chunk_bytes) {
    DYNAMIC_SHARED(shared);
    const int l = threadIdx.x & 31, warp = threadIdx.x >> 5, part = l & 3, step = (int)gridDim.x * WARPS;
    const u64 row_bytes = (u64)supers * at.stride;
    u8 *chunk = shared + COLUMNS * Activations<typename F::Base>::bytes + warp * chunk_bytes;
#pragma unroll 1
    for (int first = 0; first < supers; first += SEGMENT) {
        const int count = min(SEGMENT, supers - first);
        if (first > 0) __syncthreads();
        stage_activations<typename F::Base, COLUMNS>(shared, activations, columns, supers, first, count);
        __syncthreads();
        uint4 ahead[F::Base::chunk];
        // Asks for the sixteen-byte units of a chunk.
        auto fetch = [&](int row, int super) {
            const u64 begin = row * row_bytes + (u64)((first + super) * at.stride);
            const u8 *source = blocks + (begin & ~15ull) + 16 * l;
            const int bytes = (int)(begin & 15) + min(8, count - super) * at.stride - 16 * l;
#pragma unroll
            for (int k = 0; k < F::Base::chunk; k++) {
                if (512 * k < bytes) ahead[k] = load_stream16(source + 512 * k);
            }
        };
        int row = (int)blockIdx.x * WARPS + warp;
        if (row < rows) fetch(row, 0);
#pragma unroll 1
        for (; row < rows; row += step) {
            float total[COLUMNS] = {};
#pragma unroll 1
            for (int super = 0; super < count; super += 8) {
                __syncwarp();
#pragma unroll
                for (int k = 0; k < F::Base::chunk; k++) {
                    const int place = 16 * (l + 32 * k);
                    if (place < chunk_bytes) *(uint4 *)(chunk + place) = ahead[k];
                }
                __syncwarp();
                const u8 *p = chunk + (((u32)row * (u32)row_bytes + (u32)((first + super) * at.stride)) & 15) + (l >> 2) * at.stride;
                const bool ends = super + 8 >= count;
                if (!ends || row + step < rows) fetch(ends ? row + step : row, ends ? 0 : super + 8);
                if (super + (l >> 2) < count) {
                    const typename F::Lane lane = F::gather(p, at, part);
                    const typename F::Outliers::Bases bases = F::Outliers::template bases<typename F::Base>(p, lane.outliers);
                    add_products<F, COLUMNS>(total, lane, bases, shared, super + (l >> 2), part);
                }
            }
#pragma unroll
            for (int c = 0; c < COLUMNS; c++) {
#pragma unroll
                for (int distance = 1; distance < 32; distance *= 2) total[c] += __shfl_xor_sync(EVERY_LANE, total[c], distance);
                if (l == 0 && c < columns) {
                    float *target = out + (u64)c * rows + row;
                    *target = first > 0 ? *target + total[c] : total[c];
                }
            }
        }
    }
}

// Two and three columns run as four, five to seven as eight: while memory bounds the speed, idle columns cost nothing.
#define TILES_KERNEL(NAME, FORMAT, COLUMNS) \
    KERNEL __launch_bounds__(32 * WARPS, 4) hifi_tiles_##NAME##_##COLUMNS( \
        const u8 *tiles, const u8 *activations, float *out, int rows, int supers, int columns) { \
        tiles_body<FORMAT, COLUMNS>(tiles, activations, out, rows, supers, columns); \
    }
#define ROWS_KERNEL(NAME, FORMAT, COLUMNS) \
    KERNEL __launch_bounds__(32 * WARPS, 4) hifi_rows_##NAME##_##COLUMNS( \
        const u8 *blocks, Layout at, const u8 *activations, float *out, int rows, int supers, int columns, int chunk_bytes) { \
        rows_body<FORMAT, COLUMNS>(blocks, at, activations, out, rows, supers, columns, chunk_bytes); \
    }
#define VECTOR_KERNELS(NAME, FORMAT) \
    TILES_KERNEL(NAME, FORMAT, 1) TILES_KERNEL(NAME, FORMAT, 4) TILES_KERNEL(NAME, FORMAT, 8) \
    ROWS_KERNEL(NAME, FORMAT, 1) ROWS_KERNEL(NAME, FORMAT, 4)
FOR_EVERY_FORMAT(VECTOR_KERNELS)
