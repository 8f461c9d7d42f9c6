// The base formats: what a lane holds of a super-block, in the file's layout and in tiles.

/// The sixteen 6-bit scales of Q3_K: those of part (n, c), groups 8n + 2j + c for j = 0 to 3, as four signed bytes.
DEVICE u32 q3k_scales(u32 s0, u32 s1, u32 s2, int part) {
    const int n = part >> 1, c = part & 1;
    const u32 low = __byte_perm(s0, s1, c ? 0x7531 : 0x6420) >> (4 * n);
    const u32 high = __byte_perm(s2, s2, c ? 0x3131 : 0x2020) >> (4 * n);
    return lowered((low & 0x0F0F0F0Fu) | (high & 0x00000303u) << 4 | (high & 0x0C0C0000u) << 2, 32);
}

struct Q3K {
    enum { striped = 1, groups = 4, bias = 4, has_minima = 0, tile = 896, chunk = 3 };
    struct Lane {
        uint4 q;          // low two bits of sixteen places, four groups above each other
        uint2 h;          // third bits: nibbles of places 0-3, 4-7 (upper), 8-11, 12-15 (upper)
        u32 s0, s1, s2, d;  // the row's scales as stored
    };
    DEVICE Lane gather(const u8 *p, const Layout &, int part) {
        const int n = part >> 1, c = part & 1;
        u32 q[4], h[4], s[4];
        words_at(p + 32 + 16 * part, q);
        words_at(p + 16 * c, h);
        words_at(p + 96, s);
        Lane lane;
        lane.q = quad(q);
        lane.h.x = (h[0] >> (4 * n) & 0x0F0F0F0Fu) | (h[1] >> (4 * n) & 0x0F0F0F0Fu) << 4;
        lane.h.y = (h[2] >> (4 * n) & 0x0F0F0F0Fu) | (h[3] >> (4 * n) & 0x0F0F0F0Fu) << 4;
        lane.s0 = s[0], lane.s1 = s[1], lane.s2 = s[2], lane.d = s[3] & 0xFFFF;
        return lane;
    }
    DEVICE Lane load(const u8 *tile, int l) {
        Lane lane;
        lane.q = load_stream16(tile + 16 * l);
        lane.h = load_stream8(tile + 512 + 8 * l);
        const uint4 s = load_stream16(tile + 768 + 16 * (l >> 2));
        lane.s0 = s.x, lane.s1 = s.y, lane.s2 = s.z, lane.d = s.w;
        return lane;
    }
    DEVICE void store(u8 *tile, int l, const Lane &lane) {
        *(uint4 *)(tile + 16 * l) = lane.q;
        *(uint2 *)(tile + 512 + 8 * l) = lane.h;
        if ((l & 3) == 0) *(uint4 *)(tile + 768 + 16 * (l >> 2)) = make_uint4(lane.s0, lane.s1, lane.s2, lane.d);
    }
    /// Codes of places 4w to 4w + 3 of group j, 0 to 7.
    DEVICE u32 codes(const Lane &lane, int j, int w) {
        const u32 nibbles = (w < 2 ? lane.h.x : lane.h.y) >> (4 * (w & 1));
        return (component(lane.q, w) >> (2 * j) & 0x03030303u) | (nibbles >> j & 0x01010101u) << 2;
    }
    DEVICE u32 scales(const Lane &lane, int part) { return q3k_scales(lane.s0, lane.s1, lane.s2, part); }
    DEVICE float slope(const Lane &lane) { return half_to_float((u16)lane.d); }

    /// Sets the code of a weight of the super-block to that of zero, if it is this lane's.
    DEVICE void clear(Lane &lane, int part, int i) {
        if ((i >> 7 << 1 | (i >> 4 & 1)) != part) return;
        const int j = i >> 5 & 3, w = i >> 2 & 3, byte = 8 * (i & 3);
        const u32 low = ~(3u << (2 * j + byte)), high = 1u << (j + 4 * (w & 1) + byte);
        if (w == 0) lane.q.x &= low, lane.h.x |= high;
        if (w == 1) lane.q.y &= low, lane.h.x |= high;
        if (w == 2) lane.q.z &= low, lane.h.y |= high;
        if (w == 3) lane.q.w &= low, lane.h.y |= high;
    }
    DEVICE int scale_at(const u8 *p, int group) {
        const u32 low = p[96 + (group & 7)] >> (group < 8 ? 0 : 4) & 15;
        return (int)(low | (p[104 + (group & 3)] >> (2 * (group >> 2)) & 3) << 4) - 32;
    }
    /// Scale times code of one weight. Encoders leave zero under outliers: the scale is then not looked for.
    DEVICE int product_at(const u8 *p, int i) {
        const int code = (p[32 + (i >> 7) * 32 + (i & 31)] >> (2 * (i >> 5 & 3)) & 3) | (p[i & 31] >> (i >> 5) & 1) << 2;
        return code == 4 ? 0 : scale_at(p, i >> 4) * (code - 4);
    }
    DEVICE float4 decode(const u8 *p, int i) {
        const int j = i >> 5 & 3;
        const u32 low = word_at(p + 32 + (i >> 7) * 32 + (i & 31)) >> (2 * j) & 0x03030303u;
        const u32 code = low | (word_at(p + (i & 31)) >> (i >> 5) & 0x01010101u) << 2;
        const float scale = __fmul_rn(half_at(p + 108), (float)scale_at(p, i >> 4));
        return make_float4(
            __fmul_rn(scale, (float)(unsigned_byte(code, 0) - 4)), __fmul_rn(scale, (float)(unsigned_byte(code, 1) - 4)),
            __fmul_rn(scale, (float)(unsigned_byte(code, 2) - 4)), __fmul_rn(scale, (float)(unsigned_byte(code, 3) - 4)));
    }
};

struct Q6K {
    enum { striped = 1, groups = 4, bias = 32, has_minima = 0, tile = 1680, chunk = 4 };
    struct Lane {
        uint4 a, b, h;  // low nibbles of groups 0 and 2, of 1 and 3; upper two bits, four groups above each other
        u32 s, d;       // the lane's four scales; the row's d
    };
    DEVICE Lane gather(const u8 *p, const Layout &, int part) {
        const int n = part >> 1, c = part & 1;
        u32 a[4], b[4], h[4];
        words_at(p + 64 * n + 16 * c, a);
        words_at(p + 64 * n + 32 + 16 * c, b);
        words_at(p + 128 + 32 * n + 16 * c, h);
        Lane lane;
        lane.a = quad(a), lane.b = quad(b), lane.h = quad(h);
        const u8 *s = p + 192 + 8 * n + c;
        lane.s = s[0] | (u32)s[2] << 8 | (u32)s[4] << 16 | (u32)s[6] << 24;
        lane.d = *(const u16 *)(p + 208);
        return lane;
    }
    DEVICE Lane load(const u8 *tile, int l) {
        Lane lane;
        lane.a = load_stream16(tile + 16 * l);
        lane.b = load_stream16(tile + 512 + 16 * l);
        lane.h = load_stream16(tile + 1024 + 16 * l);
        lane.s = __ldg((const u32 *)(tile + 1536 + 4 * l));
        lane.d = __ldg((const u16 *)(tile + 1664 + 2 * (l >> 2)));
        return lane;
    }
    DEVICE void store(u8 *tile, int l, const Lane &lane) {
        *(uint4 *)(tile + 16 * l) = lane.a;
        *(uint4 *)(tile + 512 + 16 * l) = lane.b;
        *(uint4 *)(tile + 1024 + 16 * l) = lane.h;
        *(u32 *)(tile + 1536 + 4 * l) = lane.s;
        if ((l & 3) == 0) *(u16 *)(tile + 1664 + 2 * (l >> 2)) = (u16)lane.d;
    }
    DEVICE u32 codes(const Lane &lane, int j, int w) {
        const u32 low = component(j & 1 ? lane.b : lane.a, w) >> (4 * (j >> 1)) & 0x0F0F0F0Fu;
        return low | (component(lane.h, w) >> (2 * j) & 0x03030303u) << 4;
    }
    DEVICE u32 scales(const Lane &lane, int) { return lane.s; }
    DEVICE float slope(const Lane &lane) { return half_to_float((u16)lane.d); }
    DEVICE float4 decode(const u8 *p, int i) {
        const int n = i >> 7, j = i >> 5 & 3;
        const u32 low = word_at(p + 64 * n + 32 * (j & 1) + (i & 31)) >> (4 * (j >> 1)) & 0x0F0F0F0Fu;
        const u32 code = low | (word_at(p + 128 + 32 * n + (i & 31)) >> (2 * j) & 0x03030303u) << 4;
        const float scale = __fmul_rn(half_at(p + 208), (float)(i8)p[192 + (i >> 4)]);
        return make_float4(
            __fmul_rn(scale, (float)(unsigned_byte(code, 0) - 32)), __fmul_rn(scale, (float)(unsigned_byte(code, 1) - 32)),
            __fmul_rn(scale, (float)(unsigned_byte(code, 2) - 32)), __fmul_rn(scale, (float)(unsigned_byte(code, 3) - 32)));
    }
};

/// Scales (low half) and minima (high half) of Q4_K and Q5_K for part p: sub-blocks 2p and 2p + 1, a byte each.
DEVICE u32 q4k_scales(u32 s0, u32 s1, u32 s2, int part) {
    const int turn = 16 * (part & 1);
    if (part < 2) return (s0 >> turn & 0x3F3F) | (s1 >> turn & 0x3F3F) << 16;
    const u32 last = s2 >> turn, first = s0 >> turn, second = s1 >> turn;
    return (last & 0x0F0F) | (first >> 2 & 0x3030) | ((last >> 4 & 0x0F0F) | (second >> 2 & 0x3030)) << 16;
}

DEVICE int q4k_scale_at(const u8 *s, int g) { return g < 4 ? s[g] & 63 : (s[4 + g] & 15) | (s[g - 4] >> 6) << 4; }
DEVICE int q4k_minimum_at(const u8 *s, int g) { return g < 4 ? s[4 + g] & 63 : s[4 + g] >> 4 | (s[g] >> 6) << 4; }

DEVICE float4 q4k_values(const u8 *p, int i, u32 code) {
    const float scale = __fmul_rn(half_at(p), (float)q4k_scale_at(p + 4, i >> 5));
    const float minimum = __fmul_rn(half_at(p + 2), (float)q4k_minimum_at(p + 4, i >> 5));
    return make_float4(
        __fsub_rn(__fmul_rn(scale, (float)unsigned_byte(code, 0)), minimum),
        __fsub_rn(__fmul_rn(scale, (float)unsigned_byte(code, 1)), minimum),
        __fsub_rn(__fmul_rn(scale, (float)unsigned_byte(code, 2)), minimum),
        __fsub_rn(__fmul_rn(scale, (float)unsigned_byte(code, 3)), minimum));
}

/// As Q5_K, blocks are a multiple of sixteen bytes, and so aligned to sixteen in a tensor of them.
struct Q4K {
    enum { striped = 0, groups = 2, bias = 0, has_minima = 1, tile = 1152, chunk = 3 };
    struct Lane {
        uint4 a, b;          // places 0-15 and 16-31 of both groups, a nibble each
        u32 d, s0, s1, s2;   // the row's d and dmin, and scales as stored
    };
    DEVICE Lane gather(const u8 *p, const Layout &, int part) {
        const uint4 *quads = (const uint4 *)p;
        const uint4 s = quads[0];
        return {quads[1 + 2 * part], quads[2 + 2 * part], s.x, s.y, s.z, s.w};
    }
    DEVICE Lane load(const u8 *tile, int l) {
        Lane lane;
        lane.a = load_stream16(tile + 16 * l);
        lane.b = load_stream16(tile + 512 + 16 * l);
        const uint4 s = load_stream16(tile + 1024 + 16 * (l >> 2));
        lane.d = s.x, lane.s0 = s.y, lane.s1 = s.z, lane.s2 = s.w;
        return lane;
    }
    DEVICE void store(u8 *tile, int l, const Lane &lane) {
        *(uint4 *)(tile + 16 * l) = lane.a;
        *(uint4 *)(tile + 512 + 16 * l) = lane.b;
        if ((l & 3) == 0) *(uint4 *)(tile + 1024 + 16 * (l >> 2)) = make_uint4(lane.d, lane.s0, lane.s1, lane.s2);
    }
    /// Codes of places 4w to 4w + 3 of group j; w goes to 7.
    DEVICE u32 codes(const Lane &lane, int j, int w) {
        return component(w < 4 ? lane.a : lane.b, w & 3) >> (4 * j) & 0x0F0F0F0Fu;
    }
    DEVICE u32 scales(const Lane &lane, int part) { return q4k_scales(lane.s0, lane.s1, lane.s2, part); }
    DEVICE float slope(const Lane &lane) { return half_to_float((u16)lane.d); }
    DEVICE float floor(const Lane &lane) { return half_to_float((u16)(lane.d >> 16)); }
    DEVICE float4 decode(const u8 *p, int i) {
        return q4k_values(p, i, word_at(p + 16 + (i >> 6) * 32 + (i & 31)) >> (4 * (i >> 5 & 1)) & 0x0F0F0F0Fu);
    }
};

struct Q5K {
    enum { striped = 0, groups = 2, bias = 0, has_minima = 1, tile = 1408, chunk = 3 };
    struct Lane {
        uint4 a, b;
        uint2 h;  // fifth bits: in each byte two bits for places 4w, w = 0 to 3 (x) and 4 to 7 (y)
        u32 d, s0, s1, s2;
    };
    /// Two bits of each byte, those of four words above each other.
    DEVICE u32 fifth_bits(const uint4 v, int part) {
        u32 bits = 0;
#pragma unroll
        for (int w = 0; w < 4; w++) bits |= (component(v, w) >> (2 * part) & 0x03030303u) << (2 * w);
        return bits;
    }
    DEVICE Lane gather(const u8 *p, const Layout &, int part) {
        const uint4 *quads = (const uint4 *)p;
        const uint4 s = quads[0];
        const uint2 h = {fifth_bits(quads[1], part), fifth_bits(quads[2], part)};
        return {quads[3 + 2 * part], quads[4 + 2 * part], h, s.x, s.y, s.z, s.w};
    }
    DEVICE Lane load(const u8 *tile, int l) {
        Lane lane;
        lane.a = load_stream16(tile + 16 * l);
        lane.b = load_stream16(tile + 512 + 16 * l);
        lane.h = load_stream8(tile + 1024 + 8 * l);
        const uint4 s = load_stream16(tile + 1280 + 16 * (l >> 2));
        lane.d = s.x, lane.s0 = s.y, lane.s1 = s.z, lane.s2 = s.w;
        return lane;
    }
    DEVICE void store(u8 *tile, int l, const Lane &lane) {
        *(uint4 *)(tile + 16 * l) = lane.a;
        *(uint4 *)(tile + 512 + 16 * l) = lane.b;
        *(uint2 *)(tile + 1024 + 8 * l) = lane.h;
        if ((l & 3) == 0) *(uint4 *)(tile + 1280 + 16 * (l >> 2)) = make_uint4(lane.d, lane.s0, lane.s1, lane.s2);
    }
    DEVICE u32 codes(const Lane &lane, int j, int w) {
        const u32 low = component(w < 4 ? lane.a : lane.b, w & 3) >> (4 * j) & 0x0F0F0F0Fu;
        return low | ((w < 4 ? lane.h.x : lane.h.y) >> (2 * (w & 3) + j) & 0x01010101u) << 4;
    }
    DEVICE u32 scales(const Lane &lane, int part) { return q4k_scales(lane.s0, lane.s1, lane.s2, part); }
    DEVICE float slope(const Lane &lane) { return half_to_float((u16)lane.d); }
    DEVICE float floor(const Lane &lane) { return half_to_float((u16)(lane.d >> 16)); }
    DEVICE float4 decode(const u8 *p, int i) {
        const u32 low = word_at(p + 48 + (i >> 6) * 32 + (i & 31)) >> (4 * (i >> 5 & 1)) & 0x0F0F0F0Fu;
        return q4k_values(p, i, low | (word_at(p + 16 + (i & 31)) >> (i >> 5) & 0x01010101u) << 4);
    }
};

/// A super-block is eight blocks of 34 bytes.
struct Q80 {
    enum { striped = 0, groups = 2, bias = 0, has_minima = 0, tile = 2176, chunk = 5 };
    struct Lane {
        uint4 q[4];  // group 0, places 0-15 and 16-31, then group 1
        u32 d;       // both scales
    };
    DEVICE Lane gather(const u8 *p, const Layout &, int part) {
        const u8 *first = p + 68 * part;
        u32 a[8], b[8];
        words_at(first + 2, a);
        words_at(first + 36, b);
        Lane lane;
        lane.q[0] = make_uint4(a[0], a[1], a[2], a[3]), lane.q[1] = make_uint4(a[4], a[5], a[6], a[7]);
        lane.q[2] = make_uint4(b[0], b[1], b[2], b[3]), lane.q[3] = make_uint4(b[4], b[5], b[6], b[7]);
        lane.d = *(const u16 *)first | (u32) * (const u16 *)(first + 34) << 16;
        return lane;
    }
    DEVICE Lane load(const u8 *tile, int l) {
        Lane lane;
#pragma unroll
        for (int k = 0; k < 4; k++) lane.q[k] = load_stream16(tile + 512 * k + 16 * l);
        lane.d = __ldg((const u32 *)(tile + 2048 + 4 * l));
        return lane;
    }
    DEVICE void store(u8 *tile, int l, const Lane &lane) {
#pragma unroll
        for (int k = 0; k < 4; k++) *(uint4 *)(tile + 512 * k + 16 * l) = lane.q[k];
        *(u32 *)(tile + 2048 + 4 * l) = lane.d;
    }
    DEVICE u32 codes(const Lane &lane, int j, int w) { return component(lane.q[2 * j + (w >> 2)], w & 3); }
    DEVICE float group_slope(const Lane &lane, int j) { return half_to_float((u16)(lane.d >> (16 * j))); }
    DEVICE float4 decode(const u8 *p, int i) {
        const u8 *block = p + 34 * (i >> 5);
        const u32 code = word_at(block + 2 + (i & 31));
        const float d = half_at(block);
        return make_float4(
            __fmul_rn((float)signed_byte(code, 0), d), __fmul_rn((float)signed_byte(code, 1), d),
            __fmul_rn((float)signed_byte(code, 2), d), __fmul_rn((float)signed_byte(code, 3), d));
    }
};
