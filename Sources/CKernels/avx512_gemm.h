// A panel: 32 rows of weights unpacked for the matrix kernel, block by block.
//
// Per block of 256 weights, all arrays with the 32 rows innermost:
//   codes    u8  [64][32][4]   four weights of a row side by side, as VPDPBUSD takes them
//   d        f32 [32]          scale of the block
//   and by kind
//   WHOLE    codes are products of code and scale, so that the block is one integer sum
//   SCALED   scale i32 [sub-blocks][32]
//   FLOATED  scale f32 [sub-blocks][32]: each has a scale of its own
//   minima   i16 [pairs][32][2], dmin f32 [32]
//   outliers positions u8 [2][2][4][16] (rows / 16, slots / 4, slot, row), values f32 [2][8][16], factor f32 [32]
#ifndef HIFI_AVX512_GEMM_H
#define HIFI_AVX512_GEMM_H

#include "avx512_dot.h"

enum { PANEL_ROWS = 32 };

typedef enum { WHOLE, SCALED, FLOATED } panel_kind;

typedef struct {
    panel_kind kind;
    int groups;   // scales of a block (SCALED, FLOATED): 8 or 16
    int late;     // scales that may overflow before they meet the activation's
    int pairs;    // pairs of minima: 0, 4 (of 32 weights) or 8 (of 16)
    int offset;   // what the codes are too large by, taken back in integers
    int sparse;   // stored outliers follow
    int bytes;    // of a block, a multiple of 64
    int d_at, scale_at, minima_at, dmin_at, sparse_at;
} panel_shape;

enum { SPARSE_POSITIONS = 0, SPARSE_VALUES = 256, SPARSE_FACTOR = 256 + 1024, SPARSE_BYTES = 256 + 1024 + 128 };

INLINE panel_shape panel_shape_of(hifi_base base, int sparse) {
    panel_shape s = {.kind = WHOLE, .sparse = sparse};
    switch (base) {
    case HIFI_Q2_K: s.pairs = 8; break;
    case HIFI_Q3_K: s.offset = 128; break;
    case HIFI_Q4_K:
    case HIFI_Q5_K: s.kind = SCALED, s.groups = 8, s.pairs = 4; break;
    case HIFI_Q6_K: s.kind = SCALED, s.groups = 16, s.pairs = 8; break;
    case HIFI_Q8_0: s.kind = FLOATED, s.groups = 8, s.offset = 128; break;
    case HIFI_Q4_0: s.kind = FLOATED, s.groups = 8, s.offset = 8; break;
    case HIFI_TQ1_0:
    case HIFI_TQ2_0: s.offset = 1; break;
    case HIFI_IQ4_NL:
    case HIFI_IQ4_XS: s.kind = FLOATED, s.groups = 8, s.offset = 128; break;
    case HIFI_MXFP4: s.kind = FLOATED, s.groups = 8, s.offset = 12, s.late = 1; break;
    case HIFI_NVFP4: s.kind = FLOATED, s.groups = 16, s.offset = 12; break;
    case HIFI_IQ2_XXS:
    case HIFI_IQ3_XXS:
    case HIFI_IQ3_S: s.kind = FLOATED, s.groups = 8, s.offset = 64; break;
    case HIFI_IQ2_XS:
    case HIFI_IQ2_S: s.kind = FLOATED, s.groups = 16, s.offset = 64; break;
    default: break;
    }
    int at = 64 * PANEL_ROWS * 4;
    s.d_at = at, at += 4 * PANEL_ROWS;
    s.scale_at = at, at += 4 * PANEL_ROWS * s.groups;
    s.minima_at = at, at += 4 * PANEL_ROWS * s.pairs;
    s.dmin_at = at, at += s.pairs > 0 ? 4 * PANEL_ROWS : 0;
    s.sparse_at = at, at += sparse ? SPARSE_BYTES : 0;
    s.bytes = at;
    return s;
}

/// 256 codes in their order, too large by the panel's offset.
void avx512_unpack_codebook(hifi_base base, const uint8_t *b, uint8_t *out);
void avx512_unpack_ternary(hifi_base base, const uint8_t *b, uint8_t *out);
void avx512_unpack_entries(hifi_base base, const int8_t *grid, const uint8_t *b, uint8_t *out);

/// Unpacks `count` rows (1 to 32; the last one stands in for those missing) to `superblocks` blocks of a panel.
void avx512_pack_panel(
    const hifi_format *f, panel_shape shape, const uint8_t *rows, size_t row_bytes, size_t count, size_t superblocks, uint8_t *panel);

#endif
