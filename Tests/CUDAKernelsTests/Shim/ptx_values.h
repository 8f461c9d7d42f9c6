// The types of PTX, and how instructions see registers and constants: by bits, cut or widened to their own type.
#pragma once
#include <cmath>
#include <cstdint>
#include <limits>
#include <tuple>
#include <type_traits>

#include "cuda_on_cpu.h"

namespace ptx {

using u8 = uint8_t;
using u16 = uint16_t;
using u32 = uint32_t;
using u64 = uint64_t;
using s8 = int8_t;
using s16 = int16_t;
using s32 = int32_t;
using s64 = int64_t;
using b8 = u8;
using b16 = u16;
using b32 = u32;
using b64 = u64;
using f32 = float;
using f64 = double;
using pred = bool;
struct f16 { u16 bits; };

/// A place in memory: a register and a constant.
struct Address { u64 value; };
template <class R> Address at(R base, s64 offset) { return {u64(base) + u64(offset)}; }

/// A place in a kernel's parameters.
struct Parameter { const void *start; };
inline Parameter parameter(const void *start, s64 offset) { return {static_cast<const char *>(start) + offset}; }

/// Registers, or constants, in braces.
template <class... R> auto list(R &&...registers) { return std::tuple<R...>(std::forward<R>(registers)...); }

/// A float by its bits.
inline f32 single(u32 bits) {
    f32 f;
    std::memcpy(&f, &bits, 4);
    return f;
}
inline f64 twofold(u64 bits) {
    f64 f;
    std::memcpy(&f, &bits, 8);
    return f;
}

template <class To, class From> To bits_of(From from) {
    static_assert(sizeof(To) == sizeof(From), "a register is read as something of another size");
    To to;
    std::memcpy(&to, &from, sizeof to);
    return to;
}

/// An operand as an instruction of type T sees it.
template <class T, class R> T as(R r) {
    constexpr bool whole = std::is_integral_v<T> && std::is_integral_v<R>;
    if constexpr (std::is_same_v<T, R>) {
        return r;
    } else if constexpr (whole) {
        return T(r);
    } else {
        return bits_of<T>(r);
    }
}

/// Writes a result to a register, which may be wider.
template <class R, class T> void put(R &r, T value) { r = as<R>(value); }

/// What the device makes of every NaN that it computes.
template <class T> T settled(T value) {
    if constexpr (std::is_same_v<T, f32>) return value != value ? single(0x7FFFFFFF) : value;
    if constexpr (std::is_same_v<T, f64>) return value != value ? twofold(0x7FFFFFFFFFFFFFFF) : value;
    return value;
}

/// fp16 values are multiples of a power of two that their exponent gives: 2⁻²⁴ at the least.
inline f32 widened(f16 h) {
    const u32 exponent = h.bits >> 10 & 31, fraction = h.bits & 1023;
    if (exponent == 31 && fraction) return single(0x7FFFFFFF);
    const f32 magnitude = exponent == 31  ? std::numeric_limits<f32>::infinity()
                          : exponent == 0 ? std::ldexp(f32(fraction), -24)
                                          : std::ldexp(f32(fraction | 1024), int(exponent) - 25);
    return h.bits & 0x8000 ? -magnitude : magnitude;
}

/// To nearest, ties to even: the processor rounds the multiple of that power to an integer.
inline f16 narrowed(f32 f) {
    if (f != f) return {0x7FFF};
    const u16 sign = std::signbit(f) ? 0x8000 : 0;
    const f64 magnitude = std::fabs(f64(f));
    if (magnitude >= 65520) return {u16(sign | 0x7C00)};
    int exponent = -14;
    while (magnitude >= std::ldexp(1.0, exponent + 1)) exponent++;
    // A carry out of the fraction is one of the exponent, as it should be.
    const u32 multiple = u32(std::nearbyint(std::ldexp(magnitude, 10 - exponent)));
    const u32 normal = u32(exponent + 14) << 10;
    return {u16(sign | (normal + multiple))};
}

}  // namespace ptx
