// What the kernels' text takes from CUDA, in C++: types, qualifiers, intrinsics, and twins of the text's own instructions.
#pragma once
#include <cmath>

#include "cuda_on_cpu.h"

#define SHIM_PAIR(name, type, alignment) \
    struct alignas(alignment) name { type x, y; }; \
    inline name make_##name(type x, type y) { return {x, y}; }
#define SHIM_QUAD(name, type, alignment) \
    struct alignas(alignment) name { type x, y, z, w; }; \
    inline name make_##name(type x, type y, type z, type w) { return {x, y, z, w}; }
SHIM_PAIR(uint2, unsigned, 8)
SHIM_PAIR(float2, float, 8)
SHIM_QUAD(int4, int, 16)
SHIM_QUAD(uint4, unsigned, 16)
SHIM_QUAD(float4, float, 16)
SHIM_QUAD(short4, short, 8)

#define __global__
#define __device__
#define __forceinline__ inline __attribute__((always_inline))
#define __launch_bounds__(...)
#define __shared__ static __attribute__((section("shim_shared")))
#define __align__(n) __attribute__((aligned(n)))
#define threadIdx (shim::g_block->current->index)
#define blockIdx (shim::g_block->index)
#define blockDim (shim::g_block->size)
#define gridDim (shim::g_block->grid)
#define __syncthreads() shim::barrier(__LINE__, __COUNTER__)
#define __syncwarp() ((void)shim::collective(shim::Collective::sync, ~0u, 0, 0, __LINE__))
#define __shfl_sync(mask, value, source) shim::shuffle((mask), (value), (source) & 31, __LINE__)
#define __shfl_xor_sync(mask, value, distance) shim::shuffle((mask), (value), shim::lane() ^ (distance), __LINE__)
#define __ldg(p) shim::aligned_load((p), __LINE__)
#define DYNAMIC_SHARED(name) u8 *name = shim::g_block->dynamic_shared

namespace shim {

inline int lane() { return int(g_block->current->lane); }

template <class T> T shuffle(unsigned mask, T value, int source, int line) {
    static_assert(sizeof(T) <= 8, "a shuffle moves at most eight bytes");
    uint64_t in = 0;
    std::memcpy(&in, &value, sizeof value);
    const uint64_t out = collective(Collective::shuffle, mask, in, source, line);
    std::memcpy(&value, &out, sizeof value);
    return value;
}

template <class T> T aligned_load(const T *p, int line) {
    if (reinterpret_cast<uintptr_t>(p) % alignof(T)) fail("a load is not aligned", line);
    return *p;
}

template <class To, class From> To bit_cast(From from) {
    To to;
    static_assert(sizeof to == sizeof from, "");
    std::memcpy(&to, &from, sizeof to);
    return to;
}

}  // namespace shim

// --- Arithmetic. The text is compiled without contraction. -------------------------------------------------------------

inline float __uint_as_float(unsigned v) { return shim::bit_cast<float>(v); }
inline unsigned __float_as_uint(float v) { return shim::bit_cast<unsigned>(v); }
/// The device makes every NaN this one.
inline float device_nan(float v) { return v != v ? __uint_as_float(0x7FFFFFFF) : v; }
inline float __fmul_rn(float a, float b) { return device_nan(a * b); }
inline float __fadd_rn(float a, float b) { return device_nan(a + b); }
inline float __fsub_rn(float a, float b) { return device_nan(a - b); }
inline float __fdiv_rn(float a, float b) { return device_nan(a / b); }
/// The library's, which is exact whether or not this processor has the instruction.
inline float __fmaf_rn(float a, float b, float c) { return device_nan(__builtin_fmaf(a, b, c)); }
inline float __fsqrt_rn(float a) { return device_nan(__builtin_sqrtf(a)); }
inline double __dadd_rn(double a, double b) { return a + b; }
inline double __dmul_rn(double a, double b) { return a * b; }
inline double __ddiv_rn(double a, double b) { return a / b; }
inline float __double2float_rn(double a) { return float(a); }
inline int atomicMin(int *p, int v) {
    const int old = *p;
    *p = v < old ? v : old;
    return old;
}
inline int min(int a, int b) { return a < b ? a : b; }
inline int max(int a, int b) { return a > b ? a : b; }

inline unsigned __funnelshift_r(unsigned low, unsigned high, unsigned shift) {
    return unsigned((uint64_t(high) << 32 | low) >> (shift & 31));
}

inline int __dp4a(int a, int b, int c) {
    for (int i = 0; i < 4; i++) c += int(int8_t(unsigned(a) >> (8 * i))) * int(int8_t(unsigned(b) >> (8 * i)));
    return c;
}

inline int shim_dp2a(int a, int b, int c, int first) {
    for (int i = 0; i < 2; i++) c += int(int16_t(unsigned(a) >> (16 * i))) * int(int8_t(unsigned(b) >> (8 * (first + i))));
    return c;
}
inline int __dp2a_lo(int a, int b, int c) { return shim_dp2a(a, b, c, 0); }
inline int __dp2a_hi(int a, int b, int c) { return shim_dp2a(a, b, c, 2); }

inline unsigned __byte_perm(unsigned x, unsigned y, unsigned selector) {
    const uint64_t bytes = uint64_t(y) << 32 | x;
    unsigned result = 0;
    for (int i = 0; i < 4; i++) {
        const unsigned k = selector >> (4 * i) & 15;
        unsigned byte = unsigned(bytes >> (8 * (k & 7))) & 255;
        if (k & 8) byte = byte & 128 ? 255 : 0;
        result |= byte << (8 * i);
    }
    return result;
}

// --- Twins of 01_dialect.cu -----------------------------------------------------------------------------------------------

inline float half_to_float(uint16_t h) {
    const uint32_t sign = uint32_t(h & 0x8000) << 16, exponent = h >> 10 & 31, fraction = h & 1023;
    if (exponent == 31) return __uint_as_float(fraction ? 0x7FFFFFFF : sign | 0x7F800000);
    if (exponent) return __uint_as_float(sign | (exponent + 112) << 23 | fraction << 13);
    const float magnitude = float(fraction) * 0x1p-24f;
    return sign ? -magnitude : magnitude;
}

inline uint16_t float_to_half(float f) {
    const uint32_t bits = __float_as_uint(f), sign = bits >> 16 & 0x8000;
    uint32_t magnitude = bits & 0x7FFFFFFF;
    if (magnitude > 0x7F800000) return 0x7FFF;
    if (magnitude >= 0x477FF000) return uint16_t(sign | 0x7C00);
    if (magnitude < 0x38800000) return uint16_t(sign | (__float_as_uint(__uint_as_float(magnitude) + 0.5f) - 0x3F000000));
    magnitude += 0xFFF + (magnitude >> 13 & 1);
    return uint16_t(sign | (magnitude - 0x38000000) >> 13);
}

inline uint4 load_stream16(const void *p) { return shim::aligned_load(static_cast<const uint4 *>(p), __LINE__); }
inline uint2 load_stream8(const void *p) { return shim::aligned_load(static_cast<const uint2 *>(p), __LINE__); }

/// The target is poisoned until the copy has been waited for.
inline void copy_async16(void *target, const void *source) {
    if ((reinterpret_cast<uintptr_t>(target) | reinterpret_cast<uintptr_t>(source)) & 15) {
        shim::fail("an asynchronous copy is not aligned to sixteen bytes", __LINE__);
    }
    std::memset(target, shim::kPoison, 16);
    shim::g_block->current->copies.push_back({target, source});
}

inline void copy_wait() {
    for (const auto &copy : shim::g_block->current->copies) std::memcpy(copy.target, copy.source, 16);
    shim::g_block->current->copies.clear();
}

struct ShimMatrixRow { unsigned *result; const void *row; };

inline void shim_load_matrices(shim::Thread **lanes) {
    unsigned words[4][8][4];
    for (int l = 0; l < 32; l++) {
        const auto *box = static_cast<const ShimMatrixRow *>(lanes[l]->box);
        if (reinterpret_cast<uintptr_t>(box->row) & 15) shim::fail("a matrix row is not aligned to sixteen bytes", __LINE__);
        std::memcpy(words[l / 8][l % 8], box->row, 16);
    }
    for (int l = 0; l < 32; l++) {
        for (int k = 0; k < 4; k++) static_cast<const ShimMatrixRow *>(lanes[l]->box)->result[k] = words[k][l / 4][l % 4];
    }
}

inline void load_matrices(unsigned (&r)[4], const void *row) {
    ShimMatrixRow box{r, row};
    shim::collective(shim::Collective::custom, ~0u, 0, 0, __LINE__, shim_load_matrices, &box);
}

struct ShimMatrixProduct { int *c; const unsigned *a; unsigned b[2]; int halves; };

/// The fragments as the PTX manual lays them out.
inline void shim_mma(shim::Thread **lanes) {
    int8_t a[16][32] = {}, b[8][32] = {};
    const int halves = static_cast<const ShimMatrixProduct *>(lanes[0]->box)->halves;
    for (int l = 0; l < 32; l++) {
        const auto *box = static_cast<const ShimMatrixProduct *>(lanes[l]->box);
        const int g = l / 4, t = l % 4;
        for (int half = 0; half < halves; half++) {
            std::memcpy(&a[g][16 * half + 4 * t], &box->a[2 * half], 4);
            std::memcpy(&a[g + 8][16 * half + 4 * t], &box->a[2 * half + 1], 4);
            std::memcpy(&b[g][16 * half + 4 * t], &box->b[half], 4);
        }
    }
    for (int l = 0; l < 32; l++) {
        int *c = static_cast<const ShimMatrixProduct *>(lanes[l]->box)->c;
        for (int k = 0; k < 4; k++) {
            const int8_t *row = a[l / 4 + (k < 2 ? 0 : 8)], *column = b[2 * (l % 4) + (k & 1)];
            for (int i = 0; i < 16 * halves; i++) c[k] += row[i] * column[i];
        }
    }
}

inline void mma_32(int (&c)[4], const unsigned (&a)[4], unsigned b0, unsigned b1) {
    ShimMatrixProduct box{c, a, {b0, b1}, 2};
    shim::collective(shim::Collective::custom, ~0u, 0, 0, __LINE__, shim_mma, &box);
}

inline void mma_16(int (&c)[4], unsigned a0, unsigned a1, unsigned b) {
    const unsigned a[2] = {a0, a1};
    ShimMatrixProduct box{c, a, {b, 0}, 1};
    shim::collective(shim::Collective::custom, ~0u, 0, 0, __LINE__, shim_mma, &box);
}
