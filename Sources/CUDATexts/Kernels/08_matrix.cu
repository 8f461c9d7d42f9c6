// Matrix times many columns of Q8_K on tensor cores: exact integer sums of signed bytes, scaled sub-block by sub-block.
//
// A block of 256 threads makes 128 rows by 128 columns, a warp 32 by 64. Weights become signed bytes in shared memory once a super-block: the
// codes, or for Q3_K code times scale, which fits a byte if its sign is turned (-124 ... 128 does not, -128 ... 124 does).
// Outliers are added by a second kernel; the codes under them are zero in tiles.

#define ROWS 128
#define COLS 128
/// Distance of rows and columns in shared memory: sixteen more than a super-block, so that matrix loads meet all banks.
#define PITCH 272

/// A group's four codes from a table of eight signed bytes.
DEVICE u32 looked_up(u32 codes, u32 low, u32 high) {
    const u32 pairs = codes | codes >> 4;
    return __byte_perm(low, high, (pairs & 0xFF) | (pairs >> 8 & 0xFF00));
}

/// Weights of the block of threads in shared memory.
struct Weights {
    i8 codes[ROWS * PITCH];
    u8 scales[ROWS * 16];  // Q6_K: sixteen; Q4_K and Q5_K: eight scales, eight minima
    float slope[ROWS * 8];   // per row, or per row and sub-block for Q8_0
    float floor[ROWS];
};

template <class B> DEVICE void unpack(Weights &to, int row, int part, const typename B::Lane &lane) {
    i8 *codes = to.codes + row * PITCH;
    if constexpr (B::groups == 4) {
        const u32 scales = B::scales(lane, part);
#pragma unroll
        for (int j = 0; j < 4; j++) {
            u32 w[4];
            const int s = signed_byte(scales, j);
            const u32 low = (u32)(4 * s & 255) | (u32)(3 * s & 255) << 8 | (u32)(2 * s & 255) << 16 | (u32)(s & 255) << 24;
            const u32 high = (u32)(-s & 255) << 8 | (u32)(-2 * s & 255) << 16 | (u32)(-3 * s & 255) << 24;
#pragma unroll
            for (int k = 0; k < 4; k++) {
                const u32 c = B::codes(lane, j, k);
                w[k] = B::bias == 4 ? looked_up(c, low, high) : lowered(c, 32);
            }
            *(uint4 *)(codes + 128 * (part >> 1) + 32 * j + 16 * (part & 1)) = quad(w);
            if (B::bias == 32) to.scales[16 * row + 8 * (part >> 1) + 2 * j + (part & 1)] = (u8)s;
        }
        if (part == 0) to.slope[8 * row] = B::bias == 4 ? -B::slope(lane) : B::slope(lane);
    } else {
#pragma unroll
        for (int j = 0; j < 2; j++) {
#pragma unroll
            for (int half = 0; half < 2; half++) {
                u32 w[4];
#pragma unroll
                for (int k = 0; k < 4; k++) w[k] = B::codes(lane, j, 4 * half + k);
                *(uint4 *)(codes + 64 * part + 32 * j + 16 * half) = quad(w);
            }
        }
        if constexpr (B::has_minima) {
            const u32 scales = B::scales(lane, part);
            *(u16 *)(to.scales + 16 * row + 2 * part) = (u16)scales;
            *(u16 *)(to.scales + 16 * row + 8 + 2 * part) = (u16)(scales >> 16);
            if (part == 0) to.slope[8 * row] = B::slope(lane), to.floor[row] = B::floor(lane);
        } else {
            to.slope[8 * row + 2 * part] = B::group_slope(lane, 0);
            to.slope[8 * row + 2 * part + 1] = B::group_slope(lane, 1);
        }
    }
}

/// One super-block: 32 rows by 64 columns of this warp. `row` and `column` are where the warp's part begins.
template <class B>
DEVICE void multiply_super(
    float (&total)[2][8][4], const Weights &weights, const i8 *x, const float *scales, const i16 *sums, int row, int column) {
    const int l = threadIdx.x & 31, g = l >> 2, t = l & 3;
    const i8 *a_row = weights.codes + (row + (l & 15)) * PITCH + (l >> 4) * 16;
    const i8 *b_row = x + (column + (l & 7) + (l >> 4) * 8) * PITCH + (l >> 3 & 1) * 16;
    int product[2][8][4] = {};
    float2 scale[8];
#pragma unroll
    for (int n = 0; n < 8; n++) scale[n] = __ldg((const float2 *)(scales + column + 8 * n + 2 * t));
#pragma unroll 1
    for (int s = 0; s < 8; s++) {
        u32 a[2][4], b[4][4];
        load_matrices(a[0], a_row + 32 * s);
        load_matrices(a[1], a_row + 16 * PITCH + 32 * s);
#pragma unroll
        for (int n = 0; n < 4; n++) load_matrices(b[n], b_row + 16 * n * PITCH + 32 * s);
#pragma unroll
        for (int m = 0; m < 2; m++) {
            const int upper = row + 16 * m + g, lower = upper + 8;
#pragma unroll
            for (int n = 0; n < 8; n++) {
                const u32 b0 = b[n >> 1][2 * (n & 1)], b1 = b[n >> 1][2 * (n & 1) + 1];
                if constexpr (B::groups == 4 && B::bias == 4) {
                    mma_32(product[m][n], a[m], b0, b1);
                } else if constexpr (B::groups == 4) {
                    int first[4] = {0, 0, 0, 0}, second[4] = {0, 0, 0, 0};
                    mma_16(first, a[m][0], a[m][1], b0);
                    mma_16(second, a[m][2], a[m][3], b1);
                    const u32 up = *(const u16 *)(weights.scales + 16 * upper + 2 * s), low = *(const u16 *)(weights.scales + 16 * lower + 2 * s);
                    product[m][n][0] += signed_byte(up, 0) * first[0] + signed_byte(up, 1) * second[0];
                    product[m][n][1] += signed_byte(up, 0) * first[1] + signed_byte(up, 1) * second[1];
                    product[m][n][2] += signed_byte(low, 0) * first[2] + signed_byte(low, 1) * second[2];
                    product[m][n][3] += signed_byte(low, 0) * first[3] + signed_byte(low, 1) * second[3];
                } else {
                    int sum[4] = {0, 0, 0, 0};
                    mma_32(sum, a[m], b0, b1);
                    if constexpr (B::has_minima) {
                        const int up = weights.scales[16 * upper + s], low = weights.scales[16 * lower + s];
                        product[m][n][0] += up * sum[0];
                        product[m][n][1] += up * sum[1];
                        product[m][n][2] += low * sum[2];
                        product[m][n][3] += low * sum[3];
                    } else {
                        const float up = weights.slope[8 * upper + s], low = weights.slope[8 * lower + s];
                        total[m][n][0] += scale[n].x * (up * (float)sum[0]);
                        total[m][n][1] += scale[n].y * (up * (float)sum[1]);
                        total[m][n][2] += scale[n].x * (low * (float)sum[2]);
                        total[m][n][3] += scale[n].y * (low * (float)sum[3]);
                    }
                }
            }
        }
    }
    if constexpr (B::groups == 4 || B::has_minima) {
#pragma unroll
        for (int n = 0; n < 8; n++) {
            int4 left = make_int4(0, 0, 0, 0), right = left;
            if constexpr (B::has_minima) {
                left = __ldg((const int4 *)(sums + 8 * (column + 8 * n + 2 * t)));
                right = __ldg((const int4 *)(sums + 8 * (column + 8 * n + 2 * t + 1)));
            }
#pragma unroll
            for (int m = 0; m < 2; m++) {
#pragma unroll
                for (int k = 0; k < 4; k++) {
                    const int at = row + 16 * m + g + (k < 2 ? 0 : 8);
                    float value = weights.slope[8 * at] * (float)product[m][n][k];
                    if constexpr (B::has_minima) {
                        const uint2 minima = *(const uint2 *)(weights.scales + 16 * at + 8);
                        const int4 c = k & 1 ? right : left;
                        int sum = __dp2a_lo(c.x, (int)minima.x, 0);
                        sum = __dp2a_hi(c.y, (int)minima.x, sum);
                        sum = __dp2a_lo(c.z, (int)minima.y, sum);
                        sum = __dp2a_hi(c.w, (int)minima.y, sum);
                        value -= weights.floor[at] * (float)sum;
                    }
                    total[m][n][k] += (k & 1 ? scale[n].y : scale[n].x) * value;
                }
            }
        }
    }
}

/// Columns are padded to 128 and zero there. With two stages the activations of the next super-block are on their way while
/// this one is multiplied, for which not every device has the shared memory; `by_column`, `scales` and `sums` are those of `hifi_spread_q8k`.
template <class B>
DEVICE void matrix_body(
    const u8 *tiles, int tile_bytes, const i8 *by_column, const float *scales, const i16 *sums, float *out, int rows, int supers,
    int columns, int padded, int stages) {
    DYNAMIC_SHARED(shared);
    Weights &weights = *(Weights *)shared;
    i8 *x = (i8 *)(shared + sizeof(Weights));
    const int l = threadIdx.x & 31, warp = threadIdx.x >> 5;
    const int first_column = blockIdx.y * COLS, groups = (rows + 7) / 8;
    // Two tiles to a warp.
    typename B::Lane ahead[2] = {};
    auto fetch_weights = [&](int super) {
#pragma unroll
        for (int k = 0; k < 2; k++) {
            const int group = (int)blockIdx.x * (ROWS / 8) + 2 * warp + k;
            if (group < groups) ahead[k] = B::load(tiles + ((u64)group * supers + super) * tile_bytes, l);
        }
    };
    auto fetch_activations = [&](int super) {
        i8 *to = x + (super & (stages - 1)) * COLS * PITCH;
#pragma unroll
        for (int k = 0; k < COLS * 16 / 256; k++) {
            const int unit = threadIdx.x + 256 * k, column = unit >> 4, place = 16 * (unit & 15);
            copy_async16(to + column * PITCH + place, by_column + ((u64)(first_column + column) * supers + super) * 256 + place);
        }
    };
    float total[2][8][4] = {};
    fetch_activations(0);
    fetch_weights(0);
    for (int super = 0; super < supers; super++) {
        if (super > 0) __syncthreads();  // nobody reads the last super-block any more
        if (super > 0 && stages == 1) fetch_activations(super);
#pragma unroll
        for (int k = 0; k < 2; k++) unpack<B>(weights, 16 * warp + 8 * k + (l >> 2), l & 3, ahead[k]);
        copy_wait();
        __syncthreads();
        if (super + 1 < supers) {
            if (stages == 2) fetch_activations(super + 1);
            fetch_weights(super + 1);
        }
        const u64 at = (u64)super * padded + first_column;
        multiply_super<B>(
            total, weights, x + (super & (stages - 1)) * COLS * PITCH, scales + at, sums + 8 * at, 32 * (warp & 3), 64 * (warp >> 2));
    }
#pragma unroll
    for (int m = 0; m < 2; m++) {
#pragma unroll
        for (int n = 0; n < 8; n++) {
#pragma unroll
            for (int k = 0; k < 4; k++) {
                const int row = (int)blockIdx.x * ROWS + 32 * (warp & 3) + 16 * m + (l >> 2) + (k < 2 ? 0 : 8);
                const int column = first_column + 64 * (warp >> 2) + 8 * n + 2 * (l & 3) + (k & 1);
                if (row < rows && column < columns) out[(u64)column * rows + row] = total[m][n][k];
            }
        }
    }
}

#define MATRIX_KERNEL(NAME, BASE) \
    KERNEL __launch_bounds__(256, 1) hifi_matrix_##NAME( \
        const u8 *tiles, int tile_bytes, const i8 *by_column, const float *scales, const i16 *sums, float *out, int rows, \
        int supers, int columns, int padded, int stages) { \
        matrix_body<BASE>(tiles, tile_bytes, by_column, scales, sums, out, rows, supers, columns, padded, stages); \
    }
FOR_EVERY_BASE(MATRIX_KERNEL)

/// A row's slots as integers of sixteen bits in one unit: two slots a lane, a row to four lanes.
struct Slots {
    u32 whole;   // two signed integers
    float unit;  // what one of them is worth
    int exact;   // whether that says all; the same in a row's four lanes
};

/// fp16 values within four octaves of the largest, or with fewer bits, have an exact common unit. Infinities and NaN do not.
DEVICE Slots slots_of(const Replace::Lane &lane) {
    int exponent[2], digits[2], top = 1;
#pragma unroll
    for (int k = 0; k < 2; k++) {
        const int magnitude = (int)(lane.value >> (16 * k) & 0x7FFF);
        exponent[k] = max(magnitude >> 10, 1);
        digits[k] = (magnitude & 0x3FF) | (magnitude >= 0x400 ? 0x400 : 0);
        if (digits[k] != 0) top = max(top, exponent[k]);
    }
    top = max(top, __shfl_xor_sync(EVERY_LANE, top, 1));
    top = max(top, __shfl_xor_sync(EVERY_LANE, top, 2));
    const int base = max(top - 4, 1);
    int exact = top < 31;
    Slots slots = {0, float_of((u32)(base + 102) << 23), 0};
#pragma unroll
    for (int k = 0; k < 2; k++) {
        const int up = exponent[k] - base, whole = up >= 0 ? digits[k] << min(up, 4) : digits[k] >> -up;
        if (up < 0 && whole << -up != digits[k]) exact = 0;
        slots.whole |= (u32)((lane.value >> (16 * k + 15) & 1 ? -whole : whole) & 0xFFFF) << (16 * k);
    }
    exact &= __shfl_xor_sync(EVERY_LANE, exact, 1);
    slots.exact = exact & __shfl_xor_sync(EVERY_LANE, exact, 2);
    return slots;
}

DEVICE Slots slots_of(const Add::Lane &lane) {
    const u32 whole = (u32)(signed_byte(lane.value, 0) & 0xFFFF) | (u32)signed_byte(lane.value, 1) << 16;
    Slots slots = {whole, float_of(lane.scale), 1};
    return slots;
}

/// What a warp's lanes need to know of a row's eight slots, in shared memory: for each two of them where their activations are (two
/// distances of sixteen bits) and the two integers.
struct SlotRecord {
    uint4 slots[2];
    float unit;
    int exact;
    u32 room[2];
};

/// Adds outliers to a product that has been made without: 64 rows by 256 columns, a warp to a tile of eight rows, a lane to
/// eight columns. Activations stand by weight, so that a slot's activations are a row of shared memory.
template <class F>
DEVICE void outliers_body(
    const u8 *tiles, const i8 *by_weight, const float *scales, float *out, int rows, int supers, int columns, int padded) {
    DYNAMIC_SHARED(x);
    __shared__ __align__(16) SlotRecord records[8][8];
    const int l = threadIdx.x & 31, warp = threadIdx.x >> 5, group = (int)blockIdx.x * 8 + warp, first = blockIdx.y * 256 + 8 * l;
    const bool present = group < (rows + 7) / 8;
    // Where the columns end with the first 128, these are worked on twice and kept once.
    const int second = (int)blockIdx.y * 256 + 128 < padded ? 1 : 0;
    const u8 *mine_of_all = x + 8 * l;
    float total[8][8] = {};
#pragma unroll 1
    for (int super = 0; super < supers; super++) {
        __syncthreads();
#pragma unroll
        for (int half = 0; half < 2; half++) {
            const i8 *source = by_weight + ((u64)(blockIdx.y * 2 + half * second) * supers + super) * 256 * 128 + 16 * threadIdx.x;
            u8 *target = x + (threadIdx.x >> 3) * 256 + 128 * half + 16 * (threadIdx.x & 7);
#pragma unroll
            for (int k = 0; k < 8; k++) copy_async16(target + 8192 * k, source + 4096 * k);
        }
        typename F::Outliers::Lane mine = typename F::Outliers::Lane();
        if (present) mine = F::Outliers::load(tiles + ((u64)group * supers + super) * F::tile + F::Base::tile, l);
        const Slots slots = slots_of(mine);
        SlotRecord &record = records[warp][l >> 2];
        ((uint2 *)record.slots)[l & 3] = make_uint2((mine.index & 0xFF) << 8 | (mine.index & 0xFF00) << 16, slots.whole);
        if ((l & 3) == 0) record.unit = slots.unit, record.exact = slots.exact;
        const float *scale = scales + (u64)super * padded + first - (second ? 0 : 128 * (l >> 4));
        const float4 left = __ldg((const float4 *)scale), right = __ldg((const float4 *)(scale + 4));
        const float by[8] = {left.x, left.y, left.z, left.w, right.x, right.y, right.z, right.w};
        copy_wait();
        __syncthreads();
#pragma unroll
        for (int r = 0; r < 8; r++) {
            const SlotRecord &row = records[warp][r];
            const float unit = row.unit;
            if (F::Outliers::adds || row.exact) {
                int sum[8] = {0, 0, 0, 0, 0, 0, 0, 0};
#pragma unroll
                for (int pair = 0; pair < 4; pair++) {
                    const uint4 two = row.slots[pair >> 1];
                    const u32 places = pair & 1 ? two.z : two.x;
                    const int whole = (int)(pair & 1 ? two.w : two.y);
                    const uint2 a = *(const uint2 *)(mine_of_all + (places & 0xFFFF)), b = *(const uint2 *)(mine_of_all + (places >> 16));
#pragma unroll
                    for (int half = 0; half < 2; half++) {
                        const u32 one = half ? a.y : a.x, other = half ? b.y : b.x;
                        const int low = (int)__byte_perm(one, other, 0x5140), high = (int)__byte_perm(one, other, 0x7362);
                        sum[4 * half] = __dp2a_lo(whole, low, sum[4 * half]);
                        sum[4 * half + 1] = __dp2a_hi(whole, low, sum[4 * half + 1]);
                        sum[4 * half + 2] = __dp2a_lo(whole, high, sum[4 * half + 2]);
                        sum[4 * half + 3] = __dp2a_hi(whole, high, sum[4 * half + 3]);
                    }
                }
#pragma unroll
                for (int e = 0; e < 8; e++) {
                    // A residual's scale may be anything and comes last; a unit of fp16 loses nothing.
                    total[r][e] += F::Outliers::adds ? (float)sum[e] * by[e] * unit : by[e] * ((float)sum[e] * unit);
                }
            } else {
                float sum[8] = {0, 0, 0, 0, 0, 0, 0, 0};
#pragma unroll 1
                for (int slot = 0; slot < 8; slot++) {
                    const u32 index = __shfl_sync(EVERY_LANE, mine.index, 4 * r + slot / 2) >> (8 * (slot & 1)) & 255;
                    const u32 value = __shfl_sync(EVERY_LANE, mine.value, 4 * r + slot / 2) >> (16 * (slot & 1));
                    const uint2 q = *(const uint2 *)(mine_of_all + index * 256);
#pragma unroll
                    for (int e = 0; e < 8; e++) sum[e] += half_to_float((u16)value) * (float)signed_byte(e < 4 ? q.x : q.y, e % 4);
                }
#pragma unroll
                for (int e = 0; e < 8; e++) total[r][e] += by[e] * sum[e];
            }
        }
    }
    const bool fours = 8 * group + 8 <= rows && (((u64)out | 4 * (u64)rows) & 15) == 0;
#pragma unroll
    for (int e = 0; e < 8; e++) {
        const int column = first + e;
        if (column >= columns) continue;
        float *target = out + (u64)column * rows + 8 * group;
        if (fours) {
            // A lane's eight rows are one sector of memory.
            float4 low = *(float4 *)target, high = *(float4 *)(target + 4);
            low.x += total[0][e], low.y += total[1][e], low.z += total[2][e], low.w += total[3][e];
            high.x += total[4][e], high.y += total[5][e], high.z += total[6][e], high.w += total[7][e];
            *(float4 *)target = low;
            *(float4 *)(target + 4) = high;
        } else {
#pragma unroll
            for (int r = 0; r < 8; r++) {
                if (8 * group + r < rows) target[r] += total[r][e];
            }
        }
    }
}

#define OUTLIERS_KERNEL(NAME, FORMAT) \
    KERNEL __launch_bounds__(256) hifi_outliers_##NAME( \
        const u8 *tiles, const i8 *by_weight, const float *scales, float *out, int rows, int supers, int columns, int padded) { \
        outliers_body<FORMAT>(tiles, by_weight, scales, out, rows, supers, columns, padded); \
    }
OUTLIERS_KERNEL(hifi, FormatHIFI)
OUTLIERS_KERNEL(res8, FormatRES8)
