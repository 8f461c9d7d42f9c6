// Matrix times many columns of Q8_K on tensor cores: exact integer sums of signed bytes, scaled sub-block by sub-block.
//
// A block of 256 threads makes 128 rows by 128 columns, a warp 32 by 64. Weights become signed bytes in shared memory once a
// super-block: the codes, or for Q3_K code times scale, which fits a byte if its sign is turned (-124 ... 128 does not, -128 ... 124
// does). Outliers are added by a second kernel; the codes under them are zero in tiles.

#define ROWS 128
#define COLS 128
/// Distance of rows and columns in shared memory: sixteen more than a super-block, so that matrix loads meet all banks.
#define PITCH 272

/// A group's four codes from a table of eight signed bytes.
DEVICE u32 looked_up(u32 codes, u32 low, u32 high) {
    const u32 pairs = codes | codes >> 4;
    return __byte_perm(low, high, (pairs & 0xFF) | (pairs >> 8 & 0xFF00));
}

/// Distance of the slopes of sub-blocks: what the lanes of a warp store together lies in different banks.
#define SLOPES (ROWS + 4)

/// Weights of the block of threads in shared memory.
struct Weights {
    i8 codes[ROWS * PITCH];
    u8 scales[ROWS * 16];     // Q6_K: sixteen; Q4_K and Q5_K: eight scales, eight minima
    float slope[8 * SLOPES];  // per row, or per sub-block and row for Q8_0
    float floor[ROWS];
};

/// The place of a row among eight, and the row of a place: of two neighbours' bytes none are in the same banks.
DEVICE int exchanged(int row) { return (row & 4) | (row & 1) << 1 | (row >> 1 & 1); }

template <class B> DEVICE void unpack(Weights &to, int row, int part, const typename B::Lane &lane) {
    i8 *codes = to.codes + row * PITCH;
    if constexpr (B::groups == 4) {
        const u32 scales = B::scales(lane, part);
#pragma unroll
        for (int turn = 0; turn < 4; turn++) {
            // The halves of a super-block are 128 bytes apart, that is in the same banks: they are stored in another order.
            const int j = turn ^ (part & 2);
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
        if (part == 0) to.slope[row] = B::bias == 4 ? -B::slope(lane) : B::slope(lane);
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
            if (part == 0) to.slope[row] = B::slope(lane), to.floor[row] = B::floor(lane);
        } else {
            to.slope[SLOPES * 2 * part + row] = B::group_slope(lane, 0);
            to.slope[SLOPES * (2 * part + 1) + row] = B::group_slope(lane, 1);
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
                    const u32 up = *(const u16 *)(weights.scales + 16 * upper + 2 * s);
                    const u32 low = *(const u16 *)(weights.scales + 16 * lower + 2 * s);
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
                        const float up = weights.slope[SLOPES * s + upper], low = weights.slope[SLOPES * s + lower];
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
                    float value = weights.slope[at] * (float)product[m][n][k];
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
/// this one is multiplied, for which not every device has the shared memory; `by_column`, `scales` and `sums` are those of
/// `hifi_spread_q8k`.
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
        for (int k = 0; k < 2; k++) unpack<B>(weights, 16 * warp + 8 * k + exchanged(l >> 2), l & 3, ahead[k]);
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
                const int row = (int)blockIdx.x * ROWS + 32 * (warp & 3) + 16 * m + exchanged(l >> 2) + (k < 2 ? 0 : 8);
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
