// The eight tiles of AMX: sixteen rows of 64 bytes each, and the products of two of them added to a third.
//
// The instructions, or, where HIFI_AMX_EMULATED is defined, the same in portable C. The kernel's text is compiled with both.
// Numbers of tiles are constants: the instructions hold them.
#ifndef HIFI_AMX_TILES_H
#define HIFI_AMX_TILES_H

#include "common.h"

enum { TILE_ROWS = 16, TILE_ROW_BYTES = 64, TILE_BYTES = TILE_ROWS * TILE_ROW_BYTES };

/// Sizes of tiles as LDTILECFG reads them.
typedef struct {
    uint8_t palette, start_row, reserved[14];
    uint16_t row_bytes[16];
    uint8_t rows[16];
} tile_sizes;
_Static_assert(sizeof(tile_sizes) == 64, "what LDTILECFG reads");

/// Tiles 0 to 3 hold sums, 4 and 5 left operands of `depth` bytes a row, 6 and 7 right operands of `depth` / 4 rows.
INLINE tile_sizes sizes_for(unsigned depth) {
    tile_sizes s = {.palette = 1};
    for (int t = 0; t < 8; t++) {
        s.rows[t] = (uint8_t)(t < 6 ? TILE_ROWS : depth / 4);
        s.row_bytes[t] = (uint16_t)(t == 4 || t == 5 ? depth : TILE_ROW_BYTES);
    }
    return s;
}

#if !defined(HIFI_AMX_EMULATED)

#define TILE_CONFIGURE(sizes) _tile_loadconfig(sizes)
#define TILE_RELEASE() _tile_release()
#define TILE_ZERO(t) _tile_zero(t)
#define TILE_LOAD(t, from, stride) _tile_loadd(t, from, stride)
#define TILE_STORE(t, to, stride) _tile_stored(t, to, stride)
/// Signed bytes times signed bytes.
#define TILE_MULTIPLY(sums, left, right) _tile_dpbssd(sums, left, right)
/// Unsigned bytes times signed ones.
#define TILE_MULTIPLY_UNSIGNED(sums, left, right) _tile_dpbusd(sums, left, right)

#else

typedef struct { uint8_t row[TILE_ROWS][TILE_ROW_BYTES]; } emulated_tile;

static _Thread_local tile_sizes emulated_sizes;
static _Thread_local emulated_tile emulated_tiles[8];

#define TILE_CONFIGURE(sizes) emulate_configure(sizes)
#define TILE_RELEASE() emulate_release()
#define TILE_ZERO(t) emulate_zero(t)
#define TILE_LOAD(t, from, stride) emulate_load(t, from, stride)
#define TILE_STORE(t, to, stride) emulate_store(t, to, stride)
#define TILE_MULTIPLY(sums, left, right) emulate_multiply(sums, left, right, 1)
#define TILE_MULTIPLY_UNSIGNED(sums, left, right) emulate_multiply(sums, left, right, 0)

static inline void emulate_configure(const tile_sizes *sizes) {
    emulated_sizes = *sizes;
    memset(emulated_tiles, 0, sizeof emulated_tiles);
}

/// Tiles without sizes hold nothing: what is used without configuration gives wrong sums, as it would fault.
static inline void emulate_release(void) { emulate_configure(&(tile_sizes){0}); }

static inline void emulate_zero(int t) { memset(&emulated_tiles[t], 0, sizeof emulated_tiles[t]); }

static inline void emulate_load(int t, const void *from, size_t stride) {
    emulate_zero(t);
    for (size_t r = 0; r < emulated_sizes.rows[t]; r++) {
        memcpy(emulated_tiles[t].row[r], (const uint8_t *)from + r * stride, emulated_sizes.row_bytes[t]);
    }
}

static inline void emulate_store(int t, void *to, size_t stride) {
    for (size_t r = 0; r < emulated_sizes.rows[t]; r++) {
        memcpy((uint8_t *)to + r * stride, emulated_tiles[t].row[r], emulated_sizes.row_bytes[t]);
    }
}

/// sums[m][n] += Σ left[m][4 k + j] * right[k][4 n + j] over j of 0 to 3, modulo 2^32.
static inline void emulate_multiply(int sums, int left, int right, int left_signed) {
    for (int m = 0; m < emulated_sizes.rows[sums]; m++) {
        const uint8_t *a = emulated_tiles[left].row[m];
        uint32_t total[TILE_ROWS];
        memcpy(total, emulated_tiles[sums].row[m], sizeof total);
        for (int k = 0; k < emulated_sizes.row_bytes[left] / 4; k++) {
            const int8_t *b = (const int8_t *)emulated_tiles[right].row[k];
            for (int n = 0; n < emulated_sizes.row_bytes[sums] / 4; n++) {
                for (int j = 0; j < 4; j++) {
                    const int32_t x = left_signed ? (int8_t)a[4 * k + j] : a[4 * k + j];
                    total[n] += (uint32_t)(x * b[4 * n + j]);
                }
            }
        }
        memcpy(emulated_tiles[sums].row[m], total, sizeof total);
    }
}

#endif
#endif
