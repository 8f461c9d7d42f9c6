// Stored outliers. Each of a super-block's four lanes has two of the eight slots.
//
// Where outliers replace, the last slot of a position acts and nothing is left of the base under it. In the file's layout
// the product takes the base back in integers; a tile is stored so that adding is enough: the code under an outlier
// is that of zero, and a slot that does not act holds the value zero at a position of no matter.

/// What the second half of a super-block's activations is moved on by in the vector kernels' shared memory.
#define CODES_GAP 32
DEVICE int code_at(const i8 *codes, u32 i) { return codes[i + (i >> 7) * CODES_GAP]; }

/// Eight positions in two words.
struct Positions { u32 low, high; };

DEVICE u32 position(const Positions &at, int slot) { return unsigned_byte(slot < 4 ? at.low : at.high, slot & 3); }

/// 0x80 in every byte that is zero, exactly.
DEVICE u32 zero_bytes(u32 v) { return ~(((v & 0x7F7F7F7Fu) + 0x7F7F7F7Fu) | v | 0x7F7F7F7Fu); }

/// Ones in the bytes of all slots before this one.
DEVICE u64 before(int slot) { return slot >= 8 ? ~0ull : (1ull << (8 * slot)) - 1; }

/// Whether the slot is in use and no later slot in use has its position.
DEVICE bool is_last(const Positions &at, int slot, int used) {
    const u32 same = position(at, slot) * 0x01010101u;
    const u64 later = before(used) & ~before(slot + 1);
    return slot < used && !((zero_bytes(at.low ^ same) & (u32)later) | (zero_bytes(at.high ^ same) & (u32)(later >> 32)));
}

struct NoOutliers {
    enum { tile = 0, replaces = 0, adds = 0 };
    struct Lane {};
    struct Bases {};
    template <class Base> DEVICE Lane gather(const u8 *, const Layout &, int) { return Lane(); }
    template <class Base> DEVICE void normalise(typename Base::Lane &, const u8 *, const Layout &, int) {}
    template <class Base> DEVICE Bases bases(const u8 *, const Lane &) { return Bases(); }
    DEVICE Lane load(const u8 *, int) { return Lane(); }
    DEVICE void store(u8 *, int, const Lane &) {}
    DEVICE int base_product(const Bases &, const Lane &, const i8 *) { return 0; }
    DEVICE float product(const Lane &, const i8 *, float) { return 0; }
    DEVICE void apply(const u8 *, const Layout &, int, float (&)[8]) {}
};

/// fp16 values that replace: r5, r6, r12, r13.
struct Replace {
    enum { tile = 192, replaces = 1, adds = 0 };
    struct Lane {
        u32 index;  // two positions, a byte each; bits 16 and 17: the slot acts (only in the file's layout)
        u32 value;  // two fp16
    };
    struct Bases { int first, second; };  // scale times code under the two slots; 0 where a slot does not act

    template <class Base> DEVICE Lane gather(const u8 *p, const Layout &at, int part) {
        const int used = slots_in_use(p, at), a = 2 * part, b = 2 * part + 1;
        Lane lane = {0, 0};
        // Eight positions and two values are read whatever is in use, which may reach four bytes past the slots.
        u32 index[2], value[1];
        words_at(p + at.index_at, index);
        words_at(p + at.value_at + 4 * part, value);
        const Positions all = {index[0], index[1]};
        const u32 first = is_last(all, a, used) ? ~0u : 0, second = is_last(all, b, used) ? ~0u : 0;
        lane.index = (first & (position(all, a) | 1u << 16)) | (second & (position(all, b) << 8 | 2u << 16));
        lane.value = value[0] & ((first & 0xFFFF) | second << 16);
        return lane;
    }
    /// Clears what lies under every slot in use.
    template <class Base> DEVICE void normalise(typename Base::Lane &lane, const u8 *p, const Layout &at, int part) {
        const int used = slots_in_use(p, at);
        for (int slot = 0; slot < used; slot++) Base::clear(lane, part, p[at.index_at + slot]);
    }
    template <class Base> DEVICE Bases bases(const u8 *p, const Lane &lane) {
        Bases b;
        b.first = lane.index & 1u << 16 ? Base::product_at(p, lane.index & 255) : 0;
        b.second = lane.index & 2u << 16 ? Base::product_at(p, lane.index >> 8 & 255) : 0;
        return b;
    }
    DEVICE Lane load(const u8 *tile, int l) {
        Lane lane;
        lane.index = __ldg((const u16 *)(tile + 2 * l));
        lane.value = __ldg((const u32 *)(tile + 64 + 4 * l));
        return lane;
    }
    DEVICE void store(u8 *tile, int l, const Lane &lane) {
        *(u16 *)(tile + 2 * l) = (u16)lane.index;
        *(u32 *)(tile + 64 + 4 * l) = lane.value;
    }
    DEVICE int base_product(const Bases &b, const Lane &lane, const i8 *q) {
        return b.first * code_at(q, lane.index & 255) + b.second * code_at(q, lane.index >> 8 & 255);
    }
    /// The activation comes first, so that nothing overflows on the way to a result that does not.
    DEVICE float product(const Lane &lane, const i8 *q, float scale) {
        return half_to_float((u16)lane.value) * ((float)code_at(q, lane.index & 255) * scale)
            + half_to_float((u16)(lane.value >> 16)) * ((float)code_at(q, lane.index >> 8 & 255) * scale);
    }
    DEVICE void apply(const u8 *p, const Layout &at, int lane, float (&weights)[8]) {
        const int used = slots_in_use(p, at);
        for (int slot = 0; slot < used; slot++) {
            const int i = p[at.index_at + slot];
            if ((i >> 2 & 31) != lane) continue;
            const float value = half_at(p + at.value_at + 2 * slot);
#pragma unroll
            for (int k = 0; k < 8; k++) weights[k] = k == ((i >> 7) * 4 + (i & 3)) ? value : weights[k];
        }
    }
};

/// Signed bytes times a scale that are added: RES8.
struct Add {
    enum { tile = 160, replaces = 0, adds = 1 };
    struct Lane {
        u32 index;  // two positions
        u32 value;  // two signed bytes; zero in a slot that is not in use
        u32 scale;  // fp32; zero where no slot is in use
    };
    struct Bases {};
    template <class Base> DEVICE Lane gather(const u8 *p, const Layout &at, int part) {
        const int used = slots_in_use(p, at), a = 2 * part;
        Lane lane = {0, 0, 0};
        if (a < used) lane.index = p[at.index_at + a], lane.value = p[at.value_at + a];
        if (a + 1 < used) {
            lane.index |= (u32)p[at.index_at + a + 1] << 8;
            lane.value |= (u32)p[at.value_at + a + 1] << 8;
        }
        if (used > 0) lane.scale = word_at(p + at.scale_at);
        return lane;
    }
    template <class Base> DEVICE void normalise(typename Base::Lane &, const u8 *, const Layout &, int) {}
    template <class Base> DEVICE Bases bases(const u8 *, const Lane &) { return Bases(); }
    DEVICE Lane load(const u8 *tile, int l) {
        Lane lane;
        lane.index = __ldg((const u16 *)(tile + 2 * l));
        lane.value = __ldg((const u16 *)(tile + 64 + 2 * l));
        lane.scale = __ldg((const u32 *)(tile + 128 + 4 * (l >> 2)));
        return lane;
    }
    DEVICE void store(u8 *tile, int l, const Lane &lane) {
        *(u16 *)(tile + 2 * l) = (u16)lane.index;
        *(u16 *)(tile + 64 + 2 * l) = (u16)lane.value;
        if ((l & 3) == 0) *(u32 *)(tile + 128 + 4 * (l >> 2)) = lane.scale;
    }
    DEVICE int base_product(const Bases &, const Lane &, const i8 *) { return 0; }
    DEVICE float product(const Lane &lane, const i8 *q, float scale) {
        const int sum = signed_byte(lane.value, 0) * code_at(q, lane.index & 255)
                        + signed_byte(lane.value, 1) * code_at(q, lane.index >> 8 & 255);
        return (float)sum * scale * float_of(lane.scale);
    }
    DEVICE void apply(const u8 *p, const Layout &at, int lane, float (&weights)[8]) {
        const int used = slots_in_use(p, at);
        if (used == 0) return;
        const float scale = float_of(word_at(p + at.scale_at));
        for (int slot = 0; slot < used; slot++) {
            const int i = p[at.index_at + slot];
            if ((i >> 2 & 31) != lane) continue;
            const float value = __fmul_rn(scale, (float)(i8)p[at.value_at + slot]);
#pragma unroll
            for (int k = 0; k < 8; k++) weights[k] = k == ((i >> 7) * 4 + (i & 3)) ? __fadd_rn(value, weights[k]) : weights[k];
        }
    }
};

/// A base format with what is stored beside it.
template <class B, class O> struct Format {
    typedef B Base;
    typedef O Outliers;
    enum { tile = B::tile + O::tile };
    struct Lane {
        typename B::Lane base;
        typename O::Lane outliers;
    };
    DEVICE Lane gather(const u8 *p, const Layout &at, int part) {
        Lane lane;
        lane.base = B::gather(p, at, part);
        lane.outliers = O::template gather<B>(p, at, part);
        return lane;
    }
    DEVICE Lane load(const u8 *tile, int l) {
        Lane lane;
        lane.base = B::load(tile, l);
        lane.outliers = O::load(tile + B::tile, l);
        return lane;
    }
};

typedef Format<Q3K, NoOutliers> FormatQ3K;
typedef Format<Q4K, NoOutliers> FormatQ4K;
typedef Format<Q5K, NoOutliers> FormatQ5K;
typedef Format<Q6K, NoOutliers> FormatQ6K;
typedef Format<Q80, NoOutliers> FormatQ80;
typedef Format<Q3K, Replace> FormatHIFI;
typedef Format<Q3K, Add> FormatRES8;

/// Makes a kernel of each base format.
#define FOR_EVERY_BASE(KERNEL_OF) KERNEL_OF(q3_k, Q3K) KERNEL_OF(q4_k, Q4K) KERNEL_OF(q5_k, Q5K) KERNEL_OF(q6_k, Q6K) KERNEL_OF(q8_0, Q80)

/// Makes a kernel of each format.
#define FOR_EVERY_FORMAT(KERNEL_OF) \
    KERNEL_OF(q3_k, FormatQ3K) KERNEL_OF(q4_k, FormatQ4K) KERNEL_OF(q5_k, FormatQ5K) KERNEL_OF(q6_k, FormatQ6K) \
    KERNEL_OF(q8_0, FormatQ80) KERNEL_OF(hifi, FormatHIFI) KERNEL_OF(res8, FormatRES8)
