// What each instruction does, as the manual of PTX has it: written from that, not from the kernels' text nor its shim.
//
// An instruction `a.b.T.U` is the function a_b<T, U>(line, operands…). Those without a rounding in their name may be fused.
#pragma once
#include "ptx_memory.h"

namespace ptx {

// --- Arithmetic ------------------------------------------------------------------------------------------------------------

/// Integers wrap.
template <class T, class F> T wrapped(T a, T b, F f) {
    if constexpr (std::is_integral_v<T>) {
        return T(f(u64(s64(a)), u64(s64(b))));
    } else {
        return settled(f(a, b));
    }
}

#define PTX_1(name, result) \
    template <class T, class D, class A> void name(int line, D &d, A first) { const T a = as<T>(first); put(d, T(result)); }
#define PTX_2(name, result) \
    template <class T, class D, class A, class B> void name(int line, D &d, A first, B second) { \
        const T a = as<T>(first), b = as<T>(second); \
        put(d, T(result)); \
    }
PTX_2(add, wrapped(a, b, [](auto x, auto y) { return x + y; }))
PTX_2(sub, wrapped(a, b, [](auto x, auto y) { return x - y; }))
PTX_2(mul, settled(a * b))
PTX_2(add_rn, settled(a + b))
PTX_2(sub_rn, settled(a - b))
PTX_2(mul_rn, settled(a * b))
PTX_2(div_rn, settled(a / b))
PTX_2(mul_lo, wrapped(a, b, [](auto x, auto y) { return x * y; }))
PTX_2(mul_hi, s64(a) * s64(b) >> 32)
PTX_2(and_, a & b)
PTX_2(or_, a | b)
PTX_2(xor_, a ^ b)
PTX_1(not_, (std::is_same_v<T, pred> ? !a : ~a))
PTX_1(sqrt_rn, settled(std::sqrt(a)))
#undef PTX_1
#undef PTX_2

template <class T, class D, class A, class B, class C> void fma_rn(int, D &d, A a, B b, C c) {
    put(d, settled(std::fma(as<T>(a), as<T>(b), as<T>(c))));
}

/// A product and a sum, or difference, that are not marked as rounded each: what a device's compiler may make of them.
template <class T, class D, class A, class B, class C> void fused_add(int line, D &d, A a, B b, C c) { fma_rn<T>(line, d, a, b, c); }
template <class T, class D, class A, class B, class C> void fused_sub(int line, D &d, A a, B b, C c) { fma_rn<T>(line, d, a, b, -c); }
template <class T, class D, class A, class B, class C> void fused_from(int line, D &d, A a, B b, C c) { fma_rn<T>(line, d, -a, b, c); }

template <class T, class D, class A, class B> void div(int line, D &d, A a, B b) {
    if (as<T>(b) == 0) shim::fail("a division by zero", line);
    put(d, T(as<T>(a) / as<T>(b)));
}
template <class T, class D, class A, class B> void rem(int line, D &d, A a, B b) {
    if (as<T>(b) == 0) shim::fail("a division by zero", line);
    put(d, T(as<T>(a) % as<T>(b)));
}
template <class T, class D, class A> void neg(int, D &d, A first) {
    const T a = as<T>(first);
    if constexpr (std::is_integral_v<T>) {
        put(d, T(0u - u64(s64(a))));
    } else {
        put(d, -a);
    }
}
template <class T, class D, class A> void abs(int, D &d, A a) {
    static_assert(std::is_same_v<T, f32>, "");
    put(d, std::fabs(as<T>(a)));
}
/// Of a NaN and a number the number; −0 is less than +0.
template <class T, class D, class A, class B> void max(int, D &d, A first, B second) {
    const T a = as<T>(first), b = as<T>(second);
    if constexpr (std::is_floating_point_v<T>) {
        put(d, a != a ? settled(b) : b != b ? a : a == b ? (std::signbit(a) ? b : a) : a > b ? a : b);
    } else {
        put(d, a > b ? a : b);
    }
}
template <class T, class D, class A, class B> void min(int, D &d, A first, B second) {
    static_assert(std::is_integral_v<T>, "");
    const T a = as<T>(first), b = as<T>(second);
    put(d, a < b ? a : b);
}

template <class T> struct Twice;
template <> struct Twice<u16> { using Type = u32; };
template <> struct Twice<s16> { using Type = s32; };
template <> struct Twice<u32> { using Type = u64; };
template <> struct Twice<s32> { using Type = s64; };
template <class T, class D, class A, class B> void mul_wide(int, D &d, A a, B b) {
    using W = typename Twice<T>::Type;
    put(d, W(W(as<T>(a)) * W(as<T>(b))));
}
template <class T, class D, class A, class B, class C> void mad_lo(int, D &d, A a, B b, C c) {
    put(d, T(u64(s64(as<T>(a))) * u64(s64(as<T>(b))) + u64(s64(as<T>(c)))));
}

template <class T, class U, class D, class A, class B, class C> void dp4a(int, D &d, A first, B second, C third) {
    static_assert(std::is_same_v<T, s32> && std::is_same_v<U, s32>, "");
    const u32 a = as<b32>(first), b = as<b32>(second);
    u32 sum = as<b32>(third);
    for (int shift = 0; shift < 32; shift += 8) sum += u32(s32(s8(a >> shift)) * s32(s8(b >> shift)));
    put(d, s32(sum));
}
/// Two halves of a by two bytes of b.
inline s32 halves_by_bytes(u32 a, u32 b, u32 c) { return s32(c + u32(s32(s16(a)) * s8(b)) + u32(s32(s16(a >> 16)) * s8(b >> 8))); }
template <class T, class U, class D, class A, class B, class C> void dp2a_lo(int, D &d, A a, B b, C c) {
    static_assert(std::is_same_v<T, s32> && std::is_same_v<U, s32>, "");
    put(d, halves_by_bytes(as<b32>(a), as<b32>(b), as<b32>(c)));
}
template <class T, class U, class D, class A, class B, class C> void dp2a_hi(int, D &d, A a, B b, C c) {
    static_assert(std::is_same_v<T, s32> && std::is_same_v<U, s32>, "");
    put(d, halves_by_bytes(as<b32>(a), as<b32>(b) >> 16, as<b32>(c)));
}

// --- Bits --------------------------------------------------------------------------------------------------------------------

/// Shifts by more than all bits shift out all.
template <class T, class D, class A, class N> void shl(int, D &d, A a, N n) {
    const u32 count = as<u32>(n);
    put(d, count >= 8 * sizeof(T) ? T(0) : T(u64(as<T>(a)) << count));
}
template <class T, class D, class A, class N> void shr(int, D &d, A a, N n) {
    const u32 count = std::min(as<u32>(n), u32(8 * sizeof(T)));
    const T value = as<T>(a);
    put(d, count < 8 * sizeof(T) ? T(value >> count) : std::is_signed_v<T> && value < T(0) ? T(-1) : T(0));
}
template <class T, class D, class A, class B, class N> void shf_r_wrap(int, D &d, A low, B high, N n) {
    put(d, T((u64(as<T>(high)) << 32 | as<T>(low)) >> (as<u32>(n) & 31)));
}
/// The low `length` bits of a, put into b.
template <class T, class D, class A, class B> void bfi(int, D &d, A a, B b, s64 position, s64 length) {
    static_assert(std::is_same_v<T, b32>, "");
    const u64 mask = ((u64(1) << length) - 1) << position;
    put(d, u32((u64(as<T>(a)) << position & mask) | (as<T>(b) & ~mask)));
}
/// Four bytes of eight. Bit 3 of a choice asks for its sign eight times.
template <class T, class D, class A, class B, class S> void prmt(int, D &d, A a, B b, S selector) {
    const u64 eight = u64(as<T>(b)) << 32 | as<T>(a);
    u32 result = 0;
    for (int k = 3; k >= 0; k--) {
        const u32 choice = as<u32>(selector) >> (4 * k) & 15;
        const u8 byte = u8(eight >> (8 * (choice & 7)));
        result = result << 8 | (choice < 8 ? byte : u8(s8(byte) >> 7));
    }
    put(d, result);
}

// --- Choices ------------------------------------------------------------------------------------------------------------------

#define PTX_TEST(name, result) \
    template <class T, class A, class B> void setp_##name(int, pred &p, A first, B second) { \
        const T a = as<T>(first), b = as<T>(second); \
        p = result; \
    }
PTX_TEST(eq, a == b)
PTX_TEST(lt, a < b)
PTX_TEST(le, a <= b)
PTX_TEST(gt, a > b)
PTX_TEST(ge, a >= b)
PTX_TEST(neu, !(a == b))
PTX_TEST(geu, !(a < b))
PTX_TEST(nan, a != a || b != b)
#undef PTX_TEST
template <class T, class A, class B> void setp_ne(int, pred &p, A a, B b) {
    static_assert(std::is_integral_v<T>, "of floats it would be one that NaN fails");
    p = as<T>(a) != as<T>(b);
}
template <class T, class D, class A, class B> void selp(int, D &d, A a, B b, pred p) { put(d, p ? as<T>(a) : as<T>(b)); }

// --- Moves and conversions -----------------------------------------------------------------------------------------------------

template <class T, class D, class A> void mov(int, D &d, A a) { put(d, as<T>(a)); }
template <class T, class D, class... A> void mov(int, D &d, std::tuple<A...> parts) {
    unsigned char bytes[sizeof(T)];
    static_assert((sizeof(std::remove_reference_t<A>) + ...) == sizeof(T), "");
    std::apply([&](auto &...part) { size_t n = 0; (..., (std::memcpy(bytes + n, &part, sizeof part), n += sizeof part)); }, parts);
    take<T>(d, bytes);
}
template <class T, class A, class... D> void mov(int, std::tuple<D...> parts, A a) {
    unsigned char bytes[sizeof(T)];
    static_assert((sizeof(std::remove_reference_t<D>) + ...) == sizeof(T), "");
    give<T>(a, bytes);
    std::apply([&](auto &...part) { size_t n = 0; (..., (std::memcpy(&part, bytes + n, sizeof part), n += sizeof part)); }, parts);
}

template <class To, class From, class D, class A> void cvt(int, D &d, A a) {
    if constexpr (std::is_same_v<From, f16>) {
        put(d, widened(as<f16>(a)));
    } else {
        static_assert(!std::is_floating_point_v<To> || sizeof(To) > sizeof(From), "a conversion that rounds says how");
        put(d, settled(To(as<From>(a))));
    }
}
template <class To, class From, class D, class A> void cvt_rn(int, D &d, A a) {
    if constexpr (std::is_same_v<To, f16>) {
        put(d, narrowed(as<f32>(a)));
    } else {
        put(d, settled(To(as<From>(a))));
    }
}
/// Towards zero, held to what there is; of a NaN 0.
template <class To, class From, class D, class A> void cvt_rzi(int, D &d, A first) {
    static_assert(std::is_same_v<To, s32> && std::is_same_v<From, f32>, "");
    const f32 a = as<f32>(first);
    put(d, a != a ? 0 : a >= 0x1p31f ? INT32_MAX : a < -0x1p31f ? INT32_MIN : s32(a));
}

template <class T, class D, class A> void cvta_to_global(int, D &d, A a) { put(d, as<T>(a)); }
template <class T, class D, class A> void cvta_shared(int, D &d, A a) { put(d, generic(as<T>(a))); }

inline u32 tid_x() { return shim::g_block->current->index.x; }
inline u32 tid_y() { return shim::g_block->current->index.y; }
inline u32 ntid_x() { return shim::g_block->size.x; }
inline u32 ctaid_x() { return shim::g_block->index.x; }
inline u32 ctaid_y() { return shim::g_block->index.y; }
inline u32 ctaid_z() { return shim::g_block->index.z; }
inline u32 nctaid_x() { return shim::g_block->grid.x; }
inline u32 nctaid_y() { return shim::g_block->grid.y; }

// --- Warps and blocks -----------------------------------------------------------------------------------------------------------

/// Barriers are known by number, not by where they stand: a compiler may make several of one.
inline void bar_sync(int line, s64 number) { shim::barrier(line, int(number)); }
inline void bar_warp_sync(int line, s64 lanes) { shim::collective(shim::Collective::sync, u32(lanes), 0, 0, line); }

/// Segments of a warp, and what lane a lane may read from, are in c.
template <class D, class A, class C> void shuffle(int line, D all, A a, u32 from, C c, u32 lanes) {
    const u32 lane = shim::g_block->current->lane, segment = as<u32>(c) >> 8 & 31, last = (lane & segment) | (as<u32>(c) & 31 & ~segment);
    const bool inside = from <= last;
    const u64 got = shim::collective(shim::Collective::shuffle, lanes, as<b32>(a), int(inside ? from : lane), line);
    put(std::get<0>(all), b32(got));
    std::get<1>(all) = inside;
}
template <class T, class D, class A, class B, class C, class M> void shfl_sync_bfly(int line, D all, A a, B b, C c, M lanes) {
    shuffle(line, all, a, shim::g_block->current->lane ^ (as<u32>(b) & 31), c, as<u32>(lanes));
}
template <class T, class D, class A, class B, class C, class M> void shfl_sync_idx(int line, D all, A a, B b, C c, M lanes) {
    const u32 segment = as<u32>(c) >> 8 & 31;
    shuffle(line, all, a, (shim::g_block->current->lane & segment) | (as<u32>(b) & 31 & ~segment), c, as<u32>(lanes));
}

/// A lane's part in an instruction of the whole warp.
struct Part { u32 in[8], out[4]; unsigned char *row; };
inline Part &part(shim::Thread **lanes, int lane) { return *static_cast<Part *>(lanes[lane]->box); }
inline void together(Part &part, void (*all)(shim::Thread **), int line) {
    shim::collective(shim::Collective::custom, ~0u, 0, 0, line, all, &part);
}

/// Lanes 8i … 8i + 7 name the rows of matrix i; lane l gets elements 2l % 8 and 2l % 8 + 1 of row l / 4 of each.
template <class T, class D> void ldmatrix_sync_aligned_m8n8_x4_shared(int line, D all, Address row) {
    static_assert(std::is_same_v<T, b16>, "");
    Part mine{};
    mine.row = shared(row.value, 16, false, line);
    together(mine, [](shim::Thread **lanes) {
        for (int l = 0; l < 32; l++) {
            for (int i = 0; i < 4; i++) std::memcpy(&part(lanes, l).out[i], part(lanes, 8 * i + l / 4).row + 2 * (2 * l % 8), 4);
        }
    }, line);
    std::tie(std::get<0>(all), std::get<1>(all), std::get<2>(all), std::get<3>(all)) =
        std::tie(mine.out[0], mine.out[1], mine.out[2], mine.out[3]);
}

/// d = a · b + c for M rows, 8 columns, K signed bytes. With group = lane / 4 and place = lane % 4, byte i of a lane's a is of
/// row group + 8 · (i / 4 % 2) (if there are 16) and k = 4 place + i % 4 + 16 · (i / 8); of its b of column group and
/// k = 4 place + i % 4 + 16 · (i / 4); c and d i are of row group + 8 · (i / 2) and column 2 place + i % 2.
template <int M, int K, class D, class A, class B, class C> void mma(int line, D d, A a, B b, C c) {
    constexpr int words_a = M * K / 128, words_b = K / 16, words_c = M / 4;
    static_assert(std::tuple_size_v<A> == words_a && std::tuple_size_v<B> == words_b, "");
    static_assert(std::tuple_size_v<C> == words_c && std::tuple_size_v<D> == words_c, "");
    Part mine{};
    int n = 0;
    auto read = [&](auto &...words) { (..., (mine.in[n++] = as<b32>(words))); };
    std::apply(read, a);
    std::apply(read, b);
    together(mine, [](shim::Thread **lanes) {
        s8 rows[M][K], columns[8][K];
        for (int l = 0; l < 32; l++) {
            const Part &p = part(lanes, l);
            const int group = l / 4, place = l % 4;
            for (int i = 0; i < 4 * words_a; i++) {
                const int row = M == 16 ? group + 8 * (i / 4 % 2) : group, k = 4 * place + i % 4 + (M == 16 ? 16 * (i / 8) : 16 * (i / 4));
                rows[row][k] = s8(p.in[i / 4] >> (8 * (i % 4)));
            }
            for (int i = 0; i < 4 * words_b; i++) {
                columns[group][4 * place + i % 4 + 16 * (i / 4)] = s8(p.in[words_a + i / 4] >> (8 * (i % 4)));
            }
        }
        for (int l = 0; l < 32; l++) {
            for (int i = 0; i < words_c; i++) {
                u32 &sum = part(lanes, l).out[i] = 0;
                for (int k = 0; k < K; k++) sum += u32(s32(rows[l / 4 + 8 * (i / 2)][k]) * columns[2 * (l % 4) + i % 2][k]);
            }
        }
    }, line);
    n = 0;
    std::apply([&](auto &...words) { (..., (mine.out[n++] += as<b32>(words))); }, c);
    n = 0;
    std::apply([&](auto &...words) { (..., put(words, mine.out[n++])); }, d);
}
#define PTX_MMA(shape, m, k) \
    template <class TD, class TA, class TB, class TC, class D, class A, class B, class C> \
    void mma_sync_aligned_##shape##_row_col(int line, D d, A a, B b, C c) { \
        static_assert(std::is_same_v<TA, s8> && std::is_same_v<TB, s8> && std::is_same_v<TC, s32> && std::is_same_v<TD, s32>, ""); \
        mma<m, k>(line, d, a, b, c); \
    }
PTX_MMA(m8n8k16, 8, 16)
PTX_MMA(m16n8k16, 16, 16)
PTX_MMA(m16n8k32, 16, 32)
#undef PTX_MMA

}  // namespace ptx
