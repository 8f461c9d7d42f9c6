// Scales and signs of the formats whose codes name entries of a grid, in portable C.
#ifndef HIFI_ENTRIES_H
#define HIFI_ENTRIES_H

#include "unpack.h"

/// Seven stored signs and the eighth, which makes their number even.
INLINE unsigned even_signs(unsigned seven) { return seven | (unsigned)__builtin_parity(seven) << 7; }

/// The fp16 of IQ1_M in bits, four of them in each word of scales (IQ1M-04).
INLINE uint16_t iq1m_d(const uint8_t *b) {
    const uint64_t words = load64(FIELD(b, hifi_iq1_m, d));
    return (uint16_t)((words >> 12 & 0x000F) | (words >> 24 & 0x00F0) | (words >> 36 & 0x0F00) | (words >> 48 & 0xF000));
}

/// d * (scale + 1/2) * 1/4; no step rounds.
INLINE float iq2_scaled(float d, unsigned scale) { return d * (0.5f + (float)scale) * 0.25f; }

/// d * (scale + 1/2) * 1/2
INLINE float iq3xxs_scaled(float d, unsigned scale) { return d * (0.5f + (float)scale) * 0.5f; }

/// d * (2 scale + 1)
INLINE float odd_scaled(float d, unsigned scale) { return d * (float)(2 * scale + 1); }

/// Half of a UE4M3 number (NUM-12). 0x7F is zero, 0xFF is not.
INLINE float ue4m3_half_to_float(uint8_t c) {
    const uint32_t magnitude = c & 0x7F;
    if (c == 0x7F) return 0.0f;
    // Below 8 the number is subnormal: whole 1024ths.
    return magnitude < 8 ? (float)magnitude * (1.0f / 1024.0f) : float_of((magnitude << 20) + (119u << 23));
}

#endif
