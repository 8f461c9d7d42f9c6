// Q8_0, IQ2, IQ3 and IQ4 times many columns with AVX2: a panel of 16 rows against three columns at a time.
//
// Bytes that are signed on both sides have no exact product in 16 bits (-128 · -128 + -128 · -128 does not fit), so both
// are widened, the rows in the panel and the columns block by block, and VPMADDWD adds up pairs in 32 bits: as many
// multiplications for a pair of weights as the other formats need for four, but nothing else to do for a weight.
//
// Per block of 256 weights of a panel, the 16 rows innermost: codes i16 [128][16][2], scales f32 [sub-blocks][16].
#if defined(__x86_64__)
#include "avx2.h"

AVX2_BEGIN

#include "avx2_gemm.h"
#include "signed_codes.h"
#include "tables.h"

enum { SCALES_AT = 128 * ROWS * 4, PANEL_BYTES = SCALES_AT + 16 * ROWS * 4 };

size_t avx2_gemm_signed_scratch(size_t superblocks) { return superblocks * PANEL_BYTES; }

INLINE void widen_codes(const uint8_t *codes, int16_t *out, int count) {
    for (int i = 0; i < count; i += 16) {
        const __m256i wide = _mm256_cvtepi8_epi16(_mm_loadu_si128((const __m128i *)(codes + i)));
        _mm256_storeu_si256((__m256i *)(out + i), wide);
    }
}

/// Codes and scales of 256 weights; returns the number of scales.
static int unpack(const hifi_format *f, const uint8_t *b, int8_t codes[256], float scales[16]) {
    const int groups = groups_of(f->base);
    if (groups != 0) {
        signed_codes(f->base, f->grid, b, codes);
        float_factors(f->base, b, scales);
        return groups;
    }
    for (size_t s = 0; s < 8; s++, b += f->stride) {
        scales[s] = loadf16(FIELD(b, hifi_q8_0, d));
        memcpy(codes + 32 * s, FIELD(b, hifi_q8_0, qs), 32);
    }
    return 8;
}

static void pack(const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t count, size_t superblocks, uint8_t *panel) {
    const size_t step = f->stride * (size_t)(256 / f->elements);
    for (size_t i = 0; i < superblocks; i++, panel += PANEL_BYTES) {
        for (size_t r = 0; r < ROWS; r++) {
            int8_t codes[256];
            int16_t wide[256];
            float scales[16];
            const size_t groups = (size_t)unpack(f, rows + (r < count ? r : count - 1) * row_bytes + i * step, codes, scales);
            for (size_t s = 0; s < groups; s++) memcpy(panel + SCALES_AT + 4 * (ROWS * s + r), scales + s, 4);
            widen_codes((const uint8_t *)codes, wide, 256);
            for (size_t k = 0; k < 128; k++) memcpy(panel + 4 * (ROWS * k + r), wide + 2 * k, 4);
        }
    }
}

INLINE floats tile(int groups, const uint8_t *panel, const uint8_t *const *columns, size_t superblocks) {
    const int steps = 128 / groups;
    floats total;
    EACH_COLUMN(c) EACH_HALF(g) total.v[g][c] = _mm256_setzero_ps();
    for (size_t i = 0; i < superblocks; i++, panel += PANEL_BYTES) {
        int16_t a[TILE_COLUMNS][256];
        floats block;
        EACH_COLUMN(c) {
            widen_codes(FIELD(columns[c] + i * HIFI_Q8K_BYTES, hifi_q8_k, qs), a[c], 256);
            EACH_HALF(g) block.v[g][c] = _mm256_setzero_ps();
        }
        for (int group = 0; group < groups; group++) {
            __m256i sums[2][TILE_COLUMNS];
            EACH_COLUMN(c) EACH_HALF(g) sums[g][c] = _mm256_setzero_si256();
#pragma clang loop unroll_count(4)
            for (int k = steps * group; k < steps * (group + 1); k++) {
                const __m256i low = _mm256_load_si256((const __m256i *)(panel + 64 * k));
                const __m256i high = _mm256_load_si256((const __m256i *)(panel + 64 * k + 32));
                EACH_COLUMN(c) {
                    const __m256i pair = _mm256_set1_epi32((int)load32((const uint8_t *)(a[c] + 2 * k)));
                    sums[0][c] = _mm256_add_epi32(sums[0][c], _mm256_madd_epi16(low, pair));
                    sums[1][c] = _mm256_add_epi32(sums[1][c], _mm256_madd_epi16(high, pair));
                }
            }
            EACH_COLUMN(c) EACH_HALF(g) {
                const __m256 scale = _mm256_load_ps((const float *)(panel + SCALES_AT + 64 * group + 32 * g));
                block.v[g][c] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(sums[g][c]), scale, block.v[g][c]);
            }
        }
        EACH_COLUMN(c) {
            const __m256 yd = _mm256_set1_ps(loadf32(columns[c] + i * HIFI_Q8K_BYTES));
            EACH_HALF(g) total.v[g][c] = _mm256_fmadd_ps(block.v[g][c], yd, total.v[g][c]);
        }
    }
    return total;
}

static floats tile_of_32(const uint8_t *panel, const uint8_t *const *columns, size_t superblocks) {
    return tile(8, panel, columns, superblocks);
}

static floats tile_of_16(const uint8_t *panel, const uint8_t *const *columns, size_t superblocks) {
    return tile(16, panel, columns, superblocks);
}

void avx2_gemm_signed_panel(
    const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *q8k, size_t column_bytes,
    size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch) {
    if (row_count == 0 || columns == 0) return;
    if (row_count > ROWS) row_count = ROWS;
    pack(f, rows, row_bytes, row_count, superblocks, scratch);
    const tile_fn run = groups_of(f->base) == 16 ? tile_of_16 : tile_of_32;
    multiply_panel(run, scratch, row_count, q8k, column_bytes, columns, superblocks, out, out_stride);
}

AVX2_END
#endif
