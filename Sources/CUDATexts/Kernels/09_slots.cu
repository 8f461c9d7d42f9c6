// Outliers of a product that the matrix kernel has made without them: exact integer sums again.

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
