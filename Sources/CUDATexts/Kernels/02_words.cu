// Reading blocks: most are aligned to two bytes, not more.

DEVICE u32 bits_of(float f) { return __float_as_uint(f); }
DEVICE float float_of(u32 bits) { return __uint_as_float(bits); }

/// fp16 at an even address.
DEVICE float half_at(const u8 *p) { return half_to_float(*(const u16 *)p); }

/// Four bytes at an even address.
DEVICE u32 word_at(const u8 *p) { return *(const u16 *)p | (u32) * (const u16 *)(p + 2) << 16; }

/// N words at an even address, by aligned loads of which the last may reach four bytes beyond.
template <int N> DEVICE void words_at(const u8 *p, u32 (&out)[N]) {
    // The pointer is moved, not made anew: the compiler must see which memory it leads to.
    const int odd = (int)((u64)p & 2);
    const u32 *aligned = (const u32 *)(p - odd);
    const u32 shift = 8 * odd;
    u32 low = aligned[0];
#pragma unroll
    for (int i = 0; i < N; i++) {
        const u32 high = aligned[i + 1];
        out[i] = __funnelshift_r(low, high, shift);
        low = high;
    }
}

DEVICE uint4 quad(const u32 (&w)[4]) { return make_uint4(w[0], w[1], w[2], w[3]); }
DEVICE int signed_byte(u32 word, int k) { return (int)(i8)(word >> (8 * k)); }
DEVICE int unsigned_byte(u32 word, int k) { return (int)(word >> (8 * k) & 255); }

/// Four bytes of at most 127, less `bias`, as four signed bytes.
DEVICE u32 lowered(u32 bytes, u32 bias) { return ((bytes | 0x80808080u) - bias * 0x01010101u) ^ 0x80808080u; }

DEVICE u32 component(const uint4 v, int k) { return k == 0 ? v.x : k == 1 ? v.y : k == 2 ? v.z : v.w; }

/// Where the parts of a block lie. `stride` is the distance of super-blocks of 256 weights; the rest is about stored
/// outliers and is read by formats that have them. `count_at` is negative where all slots are always in use.
struct Layout {
    int stride, index_at, value_at, scale_at, count_at, slots;
};

DEVICE int slots_in_use(const u8 *p, const Layout &at) {
    return at.count_at < 0 ? at.slots : min((int)p[at.count_at], at.slots);
}

// Each super-block of 256 weights is shared by four lanes, "parts", of 64 weights. In striped formats (Q3_K, Q6_K) part
// p = 2n + c has four groups j of sixteen: weights 128n + 32j + 16c. In paired formats (Q4_K, Q5_K, Q8_0) it has two groups
// of 32: weights 64p + 32j. A group has one scale and never falls to two lanes.
//
// A tile is eight rows by one super-block. It holds, for each lane of a warp (row = lane / 4, part = lane % 4), what that
// lane needs, in planes of sixteen, eight, four or two bytes a lane: every load of a warp is one contiguous piece.
