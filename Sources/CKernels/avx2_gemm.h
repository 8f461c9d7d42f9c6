// What both matrix kernels of AVX2 have: the size of their tiles, and the loop over columns. To be included inside their region.
#ifndef HIFI_AVX2_GEMM_H
#define HIFI_AVX2_GEMM_H

/// Rows of a panel, and columns that are multiplied by it at a time.
enum { ROWS = 16, TILE_COLUMNS = 3 };

#define EACH_COLUMN(c) EACH(c, TILE_COLUMNS)
#define EACH_HALF(g) EACH(g, 2)

typedef struct { __m256 v[2][TILE_COLUMNS]; } floats;

/// A packed panel times three columns.
typedef floats (*tile_fn)(const uint8_t *panel, const uint8_t *const *columns, size_t superblocks);

/// All columns times the first `row_count` rows of a packed panel.
static void multiply_panel(
    tile_fn run, const uint8_t *panel, size_t row_count, const uint8_t *q8k, size_t column_bytes, size_t columns, size_t superblocks,
    float *out, size_t out_stride) {
    for (size_t first = 0; first < columns; first += TILE_COLUMNS) {
        // The last column stands in for those missing.
        const uint8_t *x[TILE_COLUMNS];
        for (size_t c = 0; c < TILE_COLUMNS; c++) x[c] = q8k + (first + c < columns ? first + c : columns - 1) * column_bytes;
        const floats result = run(panel, x, superblocks);
        for (size_t c = 0; c < TILE_COLUMNS && first + c < columns; c++) {
            float all[ROWS];
            _mm256_storeu_ps(all, result.v[0][c]);
            _mm256_storeu_ps(all + 8, result.v[1][c]);
            memcpy(out + (first + c) * out_stride, all, row_count * sizeof(float));
        }
    }
}

#endif
