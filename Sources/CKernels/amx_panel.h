// How weights and activations lie for tile products.
//
// Left operand, a strip: sixteen rows of weights, one block of 256 each.
//   WHOLE    codes   i8 [4][16][64]     products of code and scale, so that the block is one integer sum
//   SPLIT    codes   u8 [4][16][64]     the lower eight bits of such products, which need more
//            upper   i8 [4][16][64]     what remains, in units of 256
//   FLOATED  codes   i8 [8][16][32]     each 32 weights have a scale of their own
//   d        f32 [16], or of FLOATED f32 [16][8]
//   minima   i16 [16][8], dmin f32 [16]
//   outliers positions u8 [16][8], values f32 [16][8], factor f32 [16]
// A panel: for each block, its strips.
//
// Right operand, a group: sixteen columns of activations, one block of 256 each.
//   codes    i8 [64][16][4]     four activations of a column side by side, as the tile products take them
//   d        f32 [16]
//   sums     i16 [4][16][2]     of 32 activations each, in pairs
// Groups of a column lie one after another, the next sixteen columns after all of them. Columns that are missing are zero.
#ifndef HIFI_AMX_PANEL_H
#define HIFI_AMX_PANEL_H

#include "common.h"

enum { STRIP_ROWS = 16, GROUP_COLUMNS = 16 };

typedef enum { WHOLE_PRODUCTS, SPLIT_PRODUCTS, FLOATED_SUMS } strip_kind;

typedef struct {
    strip_kind kind;
    int minima, sparse;
    int bytes;  // a multiple of 64
    int upper_at, d_at, dmin_at, minima_at, positions_at, values_at, factor_at;
} strip_shape;

INLINE strip_shape strip_shape_of(hifi_base base, int sparse) {
    strip_shape s = {.kind = WHOLE_PRODUCTS, .sparse = sparse};
    if (base == HIFI_Q4_K || base == HIFI_Q5_K) s.kind = SPLIT_PRODUCTS, s.minima = 1;
    if (base == HIFI_Q6_K) s.kind = SPLIT_PRODUCTS;
    if (base == HIFI_Q8_0) s.kind = FLOATED_SUMS;
    int at = 4096;
    s.upper_at = at, at += s.kind == SPLIT_PRODUCTS ? 4096 : 0;
    s.d_at = at, at += s.kind == FLOATED_SUMS ? 512 : 64;
    s.minima_at = at, at += s.minima ? 256 : 0;
    s.dmin_at = at, at += s.minima ? 64 : 0;
    s.positions_at = at, at += sparse ? 128 : 0;
    s.values_at = at, at += sparse ? 512 : 0;
    s.factor_at = at, at += sparse ? 64 : 0;
    s.bytes = at;
    return s;
}

enum { GROUP_D = 4096, GROUP_SUMS = GROUP_D + 64, GROUP_BYTES = GROUP_SUMS + 256 };

/// Where row r of a strip has the codes of weights 64 * part to 64 * part + 63.
INLINE uint8_t *strip_codes(uint8_t *strip, size_t r, size_t part) { return strip + 1024 * part + 64 * r; }

/// Unpacks rows to strips: the strip of rows 16 s to 16 s + 15 and block i is at strips + (i * step + s) * shape.bytes. The
/// last row stands in for those missing.
typedef void (*strip_pack_fn)(
    const hifi_format *f, strip_shape shape, const uint8_t *rows, size_t row_bytes, size_t count, size_t strips,
    size_t superblocks, uint8_t *out);

void amx_pack_avx512(const hifi_format *, strip_shape, const uint8_t *, size_t, size_t, size_t, size_t, uint8_t *);
void amx_pack_portable(const hifi_format *, strip_shape, const uint8_t *, size_t, size_t, size_t, size_t, uint8_t *);

/// Outliers of row r: those that replace leave no base. A slot that does not act has value 0.
INLINE void strip_outliers(const hifi_outliers *o, strip_shape s, const uint8_t *b, size_t r, uint8_t *strip) {
    const unsigned used = outliers_used(o, b), acting = outliers_acting(o, b, used, o->mode);
    const uint8_t *index = b + o->index_at;
    for (size_t k = 0; k < 8; k++) {
        const int acts = k < used && (acting >> k & 1);
        strip[s.positions_at + 8 * r + k] = acts ? index[k] : 0;
        float value = 0;
        if (acts) value = o->value == HIFI_VALUE_F16 ? loadf16(b + o->value_at + 2 * k) : (float)(int8_t)b[o->value_at + k];
        memcpy(strip + s.values_at + 4 * (8 * r + k), &value, 4);
        if (acts && o->mode == HIFI_REPLACE) strip_codes(strip, r, index[k] / 64)[index[k] % 64] = 0;
    }
    const float scale = o->value == HIFI_VALUE_F16 ? 1.0f : outliers_scale(o, b), factor = used > 0 ? scale : 0.0f;
    memcpy(strip + s.factor_at + 4 * r, &factor, 4);
}

#endif
