// Matrix times matrix with AVX2: a panel of 16 rows against three columns at a time.
//
// VPMADDUBSW and 16-bit additions over as many weights as cannot overflow (four weights of a row at a time: 4 * 16 for
// three-bit codes, 8 * 4 for four bits), then VPMADDWD with the sub-block's scale. All integers exact; each block adds one
// or two fp32 terms to a result, blocks in order.
//
// Per block of a panel, the 16 rows innermost: codes u8 [64][16][4], scales i16 [16][16][2] (twice each), minima i16
// [8][16][2] (pairs), d and dmin f32 [16], scales f32 [sub-blocks][16] (Q4_0, MXFP4, NVFP4), values f32 [8][16] and positions u8 [16][8].
// Q8_0, IQ2, IQ3 and IQ4 are another matter: avx2_gemm_signed.c.
#if defined(__x86_64__)
#include "avx2.h"

AVX2_BEGIN

#include "avx2_gemm.h"
#include "codes.h"
#include "signed_codes.h"
#include "tables.h"

enum {
    SCALES_AT = 64 * ROWS * 4,
    MINIMA_AT = SCALES_AT + 16 * ROWS * 4,
    D_AT = MINIMA_AT + 8 * ROWS * 4,
    DMIN_AT = D_AT + 4 * ROWS,
    VALUES_AT = DMIN_AT + 4 * ROWS,
    FACTOR_AT = VALUES_AT + 8 * ROWS * 4,
    POSITIONS_AT = FACTOR_AT + 4 * ROWS,
    PANEL_BYTES = POSITIONS_AT + 8 * ROWS,
};

INLINE void put_f32(uint8_t *at, size_t index, float v) { memcpy(at + 4 * index, &v, 4); }
INLINE void put_i16(uint8_t *at, size_t index, int v) { const int16_t w = (int16_t)v; memcpy(at + 2 * index, &w, 2); }

INLINE void put_scale(uint8_t *block, size_t group, size_t r, int v) {
    put_i16(block + SCALES_AT, 2 * (ROWS * group + r), v);
    put_i16(block + SCALES_AT, 2 * (ROWS * group + r) + 1, v);
}

/// `group` counts sub-blocks of 16.
INLINE void put_minimum(uint8_t *block, size_t group, size_t r, int v) {
    put_i16(block + MINIMA_AT, 2 * (ROWS * (group / 2) + r) + group % 2, v);
}

static void pack_row(const hifi_format *f, const uint8_t *b, size_t r, uint8_t codes[256], uint8_t *block) {
    int8_t signed_scales[16];
    uint8_t bytes[16];
    float factors[16];
    switch (f->base) {
    case HIFI_Q2_K:
        codes_q2k(b, codes);
        put_f32(block + D_AT, r, loadf16(FIELD(b, hifi_q2_k, d)));
        put_f32(block + DMIN_AT, r, loadf16(FIELD(b, hifi_q2_k, dmin)));
        for (size_t g = 0; g < 16; g++) {
            put_scale(block, g, r, FIELD(b, hifi_q2_k, scales)[g] & 15);
            put_minimum(block, g, r, FIELD(b, hifi_q2_k, scales)[g] >> 4);
        }
        break;
    case HIFI_Q3_K:
        codes_q3k(b, codes);
        put_f32(block + D_AT, r, loadf16(FIELD(b, hifi_q3_k, d)));
        q3k_scales(FIELD(b, hifi_q3_k, scales), signed_scales);
        for (size_t g = 0; g < 16; g++) {
            put_scale(block, g, r, signed_scales[g]);
            put_minimum(block, g, r, 4 * signed_scales[g]);
        }
        break;
    case HIFI_Q4_K:
    case HIFI_Q5_K:
        if (f->base == HIFI_Q4_K) codes_q4k(b, codes); else codes_q5k(b, codes);
        put_f32(block + D_AT, r, loadf16(FIELD(b, hifi_q4_k, d)));
        put_f32(block + DMIN_AT, r, loadf16(FIELD(b, hifi_q4_k, dmin)));
        q4k_scales(FIELD(b, hifi_q4_k, scales), bytes);
        for (size_t g = 0; g < 16; g++) {
            put_scale(block, g, r, bytes[g / 2]);
            put_minimum(block, g, r, bytes[8 + g / 2]);
        }
        break;
    case HIFI_Q6_K:
        codes_q6k(b, codes);
        put_f32(block + D_AT, r, loadf16(FIELD(b, hifi_q6_k, d)));
        for (size_t g = 0; g < 16; g++) {
            const int v = (int8_t)FIELD(b, hifi_q6_k, scales)[g];
            put_scale(block, g, r, v);
            put_minimum(block, g, r, 32 * v);
        }
        break;
    case HIFI_TQ1_0:
    case HIFI_TQ2_0:
        signed_codes(f->base, NULL, b, (int8_t *)codes);
        for (size_t i = 0; i < 256; i++) codes[i]++;
        put_f32(block + D_AT, r, integer_factors(f->base, b, signed_scales));
        for (size_t g = 0; g < 16; g++) put_scale(block, g, r, 1), put_minimum(block, g, r, 1);
        break;
    case HIFI_MXFP4:
    case HIFI_NVFP4:
        signed_codes(f->base, NULL, b, (int8_t *)codes);
        for (size_t i = 0; i < 256; i++) codes[i] = (uint8_t)(codes[i] + 12);
        float_factors(f->base, b, factors);
        for (size_t g = 0; g < (size_t)groups_of(f->base); g++) put_f32(block + SCALES_AT, ROWS * g + r, factors[g]);
        break;
    default:
        codes_q40(b, f->stride, codes);
        for (size_t g = 0; g < 8; g++) put_f32(block + SCALES_AT, ROWS * g + r, loadf16(b + g * f->stride));
    }
}

/// As in the AVX-512 panel: a replaced weight's code is the one that stands for zero, a slot that does not act has value 0.
static void pack_outliers(const hifi_outliers *o, const uint8_t *b, size_t r, uint8_t *codes, uint8_t *block) {
    const unsigned used = outliers_used(o, b), acting = outliers_acting(o, b, used, o->mode);
    for (size_t k = 0; k < 8; k++) {
        const int acts = k < used && (acting >> k & 1);
        const uint8_t position = acts ? b[o->index_at + k] : 0;
        float value = 0;
        if (acts) value = o->value == HIFI_VALUE_F16 ? loadf16(b + o->value_at + 2 * k) : (float)(int8_t)b[o->value_at + k];
        block[POSITIONS_AT + 16 * k + r] = position;
        put_f32(block + VALUES_AT, ROWS * k + r, value);
        if (acts && o->mode == HIFI_REPLACE) codes[position] = 4;
    }
    put_f32(block + FACTOR_AT, r, used == 0 ? 0 : o->value == HIFI_VALUE_F16 ? 1 : outliers_scale(o, b));
}

static void pack(const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t count, size_t superblocks, uint8_t *panel) {
    uint8_t codes[256];
    const size_t step = f->stride * (size_t)(256 / f->elements);
    for (size_t i = 0; i < superblocks; i++, panel += PANEL_BYTES) {
        for (size_t r = 0; r < ROWS; r++) {
            const uint8_t *b = rows + (r < count ? r : count - 1) * row_bytes + i * step;
            pack_row(f, b, r, codes, panel);
            if (f->outliers.mode != HIFI_NO_OUTLIERS) pack_outliers(&f->outliers, b, r, codes, panel);
            for (size_t k = 0; k < 64; k++) memcpy(panel + 4 * (ROWS * k + r), codes + 4 * k, 4);
        }
    }
}

typedef struct { __m256i v[2][TILE_COLUMNS]; } integers;

INLINE __m256i at_rows(const uint8_t *p, int half) { return _mm256_load_si256((const __m256i *)(p + 32 * half)); }
INLINE __m256 f32_at_rows(const uint8_t *p, int half) { return _mm256_load_ps((const float *)(p + 32 * half)); }
INLINE const int8_t *codes_of(const uint8_t *x) { return (const int8_t *)FIELD(x, hifi_q8_k, qs); }

/// 16-bit sums of pairs over 4 * `steps` weights.
INLINE integers pair_sums(const uint8_t *block, const uint8_t *const *x, int first, int steps) {
    integers sums;
    EACH_COLUMN(c) EACH_HALF(g) sums.v[g][c] = _mm256_setzero_si256();
#pragma clang loop unroll(full)
    for (int k = first; k < first + steps; k++) {
        const __m256i low = at_rows(block + 64 * k, 0), high = at_rows(block + 64 * k, 1);
        EACH_COLUMN(c) {
            const __m256i a = _mm256_set1_epi32((int)load32((const uint8_t *)codes_of(x[c]) + 4 * k));
            sums.v[0][c] = _mm256_add_epi16(sums.v[0][c], _mm256_maddubs_epi16(low, a));
            sums.v[1][c] = _mm256_add_epi16(sums.v[1][c], _mm256_maddubs_epi16(high, a));
        }
    }
    return sums;
}

/// Σ values * activations at their positions, for eight rows and one column.
INLINE __m256 sparse_terms(const uint8_t *block, int half, const int8_t *q8) {
    __m256 sum = _mm256_setzero_ps();
    for (int k = 0; k < 8; k++) {
        const uint64_t positions = load64(block + POSITIONS_AT + 16 * k + 8 * half);
        uint64_t bytes = 0;
#pragma clang loop unroll(full)
        for (int r = 0; r < 8; r++) bytes |= (uint64_t)(uint8_t)q8[positions >> (8 * r) & 255] << (8 * r);
        const __m256 a = _mm256_cvtepi32_ps(_mm256_cvtepi8_epi32(_mm_cvtsi64_si128((int64_t)bytes)));
        sum = _mm256_fmadd_ps(a, f32_at_rows(block + VALUES_AT + 64 * k, half), sum);
    }
    return sum;
}

typedef struct {
    int steps, per_scale, integer_minima, sparse;
    int floated;  // each scale is a float; codes are too large by this
    int late;     // scales that may overflow before they meet the activation's
} tile_shape;

/// Σ of the activations that 4 * `steps` weights from weight 4 * k on meet: of one or two stored sums.
INLINE int32_t sum_of(const uint8_t *x, int k, int steps) {
    const uint8_t *at = FIELD(x, hifi_q8_k, bsums) + 2 * (k / 4);
    return (int16_t)load16(at) + (steps == 8 ? (int16_t)load16(at + 2) : 0);
}

INLINE floats tile(tile_shape s, const uint8_t *panel, const uint8_t *const *columns, size_t superblocks) {
    floats total;
    EACH_COLUMN(c) EACH_HALF(g) total.v[g][c] = _mm256_setzero_ps();
    const uint8_t *x[TILE_COLUMNS];
    EACH_COLUMN(c) x[c] = columns[c];
    for (size_t i = 0; i < superblocks; i++, panel += PANEL_BYTES) {
        integers sums;
        EACH_COLUMN(c) EACH_HALF(g) sums.v[g][c] = _mm256_setzero_si256();
        floats block;
        EACH_COLUMN(c) EACH_HALF(g) block.v[g][c] = _mm256_setzero_ps();
        for (int k = 0; k < 64; k += s.steps) {
            const integers pairs = pair_sums(panel, x, k, s.steps);
            const uint8_t *scale = panel + SCALES_AT + 4 * ROWS * (k / s.per_scale);
            EACH_COLUMN(c) EACH_HALF(g) {
                if (s.floated) {
                    // What the codes are too large by, taken off in integers.
                    const int32_t excess = s.floated * sum_of(x[c], k, s.steps);
                    const __m256i whole = _mm256_madd_epi16(pairs.v[g][c], _mm256_set1_epi16(1));
                    const __m256 sum = _mm256_cvtepi32_ps(_mm256_sub_epi32(whole, _mm256_set1_epi32(excess)));
                    if (s.late) {
                        const __m256 scaled = _mm256_mul_ps(sum, _mm256_set1_ps(loadf32(x[c])));
                        total.v[g][c] = _mm256_fmadd_ps(scaled, f32_at_rows(scale, g), total.v[g][c]);
                    } else {
                        block.v[g][c] = _mm256_fmadd_ps(sum, f32_at_rows(scale, g), block.v[g][c]);
                    }
                } else {
                    sums.v[g][c] = _mm256_add_epi32(sums.v[g][c], _mm256_madd_epi16(pairs.v[g][c], at_rows(scale, g)));
                }
            }
        }
        integers minima;
        EACH_COLUMN(c) EACH_HALF(g) minima.v[g][c] = _mm256_setzero_si256();
        for (int p = 0; p < 8 && !s.floated; p++) {
            EACH_COLUMN(c) {
                const __m256i a = _mm256_set1_epi32((int)load32(FIELD(x[c], hifi_q8_k, bsums) + 4 * p));
                EACH_HALF(g) {
                    const __m256i term = _mm256_madd_epi16(at_rows(panel + MINIMA_AT + 64 * p, g), a);
                    minima.v[g][c] = _mm256_add_epi32(minima.v[g][c], term);
                }
            }
        }
        EACH_COLUMN(c) {
            const __m256 yd = _mm256_set1_ps(loadf32(x[c]));
            EACH_HALF(g) {
                if (s.late) continue;
                if (s.floated) {
                    total.v[g][c] = _mm256_fmadd_ps(block.v[g][c], yd, total.v[g][c]);
                    continue;
                }
                const __m256i whole = s.integer_minima ? _mm256_sub_epi32(sums.v[g][c], minima.v[g][c]) : sums.v[g][c];
                const __m256 d = _mm256_mul_ps(f32_at_rows(panel + D_AT, g), yd);
                total.v[g][c] = _mm256_fmadd_ps(_mm256_cvtepi32_ps(whole), d, total.v[g][c]);
                if (!s.integer_minima) {
                    const __m256 dmin = _mm256_mul_ps(f32_at_rows(panel + DMIN_AT, g), yd);
                    total.v[g][c] = _mm256_fnmadd_ps(_mm256_cvtepi32_ps(minima.v[g][c]), dmin, total.v[g][c]);
                }
                if (s.sparse) {
                    const __m256 terms = _mm256_mul_ps(sparse_terms(panel, g, codes_of(x[c])), yd);
                    total.v[g][c] = _mm256_fmadd_ps(terms, f32_at_rows(panel + FACTOR_AT, g), total.v[g][c]);
                }
            }
        }
        EACH_COLUMN(c) x[c] += HIFI_Q8K_BYTES;
    }
    return total;
}

#define TILE(NAME, ...)                                                                                                \
    static floats NAME(const uint8_t *panel, const uint8_t *const *columns, size_t superblocks) {                      \
        return tile((tile_shape){__VA_ARGS__}, panel, columns, superblocks);                                           \
    }
// Sums of `steps` times four weights fit 16 bits: codes * 128 * 2 * steps < 32768.
TILE(tile_q2k, .steps = 4, .per_scale = 4)
TILE(tile_q3k, .steps = 4, .per_scale = 4, .integer_minima = 1)
TILE(tile_q3k_sparse, .steps = 4, .per_scale = 4, .integer_minima = 1, .sparse = 1)
TILE(tile_q4k, .steps = 8, .per_scale = 4)
TILE(tile_q5k, .steps = 4, .per_scale = 4)
TILE(tile_q6k, .steps = 2, .per_scale = 4, .integer_minima = 1)
TILE(tile_q40, .steps = 8, .per_scale = 8, .floated = 8)
TILE(tile_mxfp4, .steps = 4, .per_scale = 8, .floated = 12, .late = 1)
TILE(tile_nvfp4, .steps = 4, .per_scale = 4, .floated = 12)

static tile_fn tile_for(hifi_base base, int sparse) {
    switch (base) {
    case HIFI_Q2_K: return tile_q2k;
    case HIFI_Q3_K: return sparse ? tile_q3k_sparse : tile_q3k;
    case HIFI_Q4_K: return tile_q4k;
    case HIFI_Q5_K: return tile_q5k;
    case HIFI_Q6_K: return tile_q6k;
    case HIFI_TQ1_0:
    case HIFI_TQ2_0: return tile_q3k;
    case HIFI_MXFP4: return tile_mxfp4;
    case HIFI_NVFP4: return tile_nvfp4;
    default: return tile_q40;
    }
}

int avx2_gemm_takes(const hifi_format *f) {
    const hifi_outliers *o = &f->outliers;
    if (o->mode == HIFI_NO_OUTLIERS) return hifi_multiplies(f);
    return f->base == HIFI_Q3_K && (replaces_eight(o) || adds_eight(o));
}

/// Bases whose codes are too large for pairs of products in 16 bits, or with nothing to win by it.
static int has_wide_codes(hifi_base base) {
    switch (base) {
    case HIFI_Q8_0:
    case HIFI_IQ4_NL:
    case HIFI_IQ4_XS:
    case HIFI_IQ2_XXS:
    case HIFI_IQ2_XS:
    case HIFI_IQ2_S:
    case HIFI_IQ3_XXS:
    case HIFI_IQ3_S: return 1;
    default: return 0;
    }
}

size_t avx2_gemm_scratch(const hifi_format *f, size_t superblocks) {
    return has_wide_codes(f->base) ? avx2_gemm_signed_scratch(superblocks) : superblocks * PANEL_BYTES;
}

void avx2_gemm_panel(
    const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *q8k, size_t column_bytes,
    size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch) {
    if (has_wide_codes(f->base)) {
        avx2_gemm_signed_panel(f, rows, row_bytes, row_count, q8k, column_bytes, columns, superblocks, out, out_stride, scratch);
        return;
    }
    if (row_count == 0 || columns == 0) return;
    if (row_count > ROWS) row_count = ROWS;
    pack(f, rows, row_bytes, row_count, superblocks, scratch);
    const tile_fn run = tile_for(f->base, f->outliers.mode != HIFI_NO_OUTLIERS);
    multiply_panel(run, scratch, row_count, q8k, column_bytes, columns, superblocks, out, out_stride);
}

AVX2_END

const hifi_kernels hifi_avx2 = {
    .name = "avx2",
    ROW_KERNELS(avx2, avx2, avx2, avx2),
    .panel_rows = ROWS,
    .gemm_takes = avx2_gemm_takes,
    .gemm_scratch = avx2_gemm_scratch,
    .gemm_panel = avx2_gemm_panel,
    .scan = avx2_scan,
};
#endif
