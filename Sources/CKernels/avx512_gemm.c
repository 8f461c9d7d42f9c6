// Matrix times matrix with AVX-512 VNNI: a panel of 32 rows against six columns at a time.
//
// Twelve sums of integers in registers; per four weights of each row two loads of codes, six broadcasts of activations and
// twelve VPDPBUSD. Sums are exact; each block adds one or two fp32 terms to a result, blocks in order, so that results do
// not depend on how columns are grouped or on threads.
#if defined(__x86_64__)
#include "avx512_gemm.h"

#include "tables.h"

AVX512_BEGIN

enum { TILE_COLUMNS = 6 };

typedef struct { __m512i v[2][TILE_COLUMNS]; } integers;
typedef struct { __m512 v[2][TILE_COLUMNS]; } floats;

#define EACH_COLUMN(c) EACH(c, TILE_COLUMNS)
#define EACH_HALF(g) EACH(g, 2)

INLINE __m512i at_rows(const uint8_t *p, int half) { return _mm512_load_si512(p + 64 * half); }
INLINE __m512 f32_at_rows(const uint8_t *p, int half) { return _mm512_load_ps((const float *)(p + 64 * half)); }

/// sums += codes · activations over 4 * `steps` weights from weight 4 * `first` on.
INLINE void multiply(integers *sums, const uint8_t *block, const uint8_t *const *x, int first, int steps) {
#pragma clang loop unroll_count(2)
    for (int k = first; k < first + steps; k++) {
        const __m512i low = at_rows(block + 128 * k, 0), high = at_rows(block + 128 * k, 1);
        EACH_COLUMN(c) {
            const __m512i a = _mm512_set1_epi32((int)load32(x[c] + offsetof(hifi_q8_k, qs) + 4 * k));
            sums->v[0][c] = _mm512_dpbusd_epi32(sums->v[0][c], low, a);
            sums->v[1][c] = _mm512_dpbusd_epi32(sums->v[1][c], high, a);
        }
    }
}

INLINE int32_t sum_of_16(const uint8_t *x, int group) { return (int16_t)load16(x + offsetof(hifi_q8_k, bsums) + 2 * group); }

/// Σ of all codes of a block of activations.
INLINE int32_t sum_of_256(const uint8_t *x) {
    const __m256i v = _mm256_madd_epi16(sums_of(x), _mm256_set1_epi16(1));
    __m128i s = _mm_add_epi32(_mm256_castsi256_si128(v), _mm256_extracti128_si256(v, 1));
    s = _mm_add_epi32(s, _mm_shuffle_epi32(s, 0x4E));
    return _mm_cvtsi128_si32(_mm_add_epi32(s, _mm_shuffle_epi32(s, 0xB1)));
}

/// Σ minimum * sum of activations, over pairs of sub-blocks of 16 (8 pairs) or 32 (4 pairs).
INLINE integers minima_of(panel_shape s, const uint8_t *block, const uint8_t *const *x) {
    int16_t sums[TILE_COLUMNS][16];
    EACH_COLUMN(c) {
        const __m256i v = sums_of(x[c]);
        if (s.pairs == 8) {
            _mm256_storeu_si256((__m256i *)sums[c], v);
        } else {
            const __m128i halves16 = _mm256_cvtepi32_epi16(_mm256_madd_epi16(v, _mm256_set1_epi16(1)));
            _mm_storeu_si128((__m128i *)sums[c], halves16);
        }
    }
    integers result;
    EACH_COLUMN(c) EACH_HALF(g) result.v[g][c] = _mm512_setzero_si512();
    for (int p = 0; p < s.pairs; p++) {
        const uint8_t *m = block + s.minima_at + 128 * p;
        EACH_COLUMN(c) {
            const __m512i a = _mm512_set1_epi32((int)load32((const uint8_t *)&sums[c][2 * p]));
            EACH_HALF(g) result.v[g][c] = _mm512_dpwssd_epi32(result.v[g][c], at_rows(m, g), a);
        }
    }
    return result;
}

/// total += Σ values * activations at their positions, for 16 rows and one column.
INLINE __m512 sparse_terms(const uint8_t *sparse, int half, const __m512i q8[4]) {
    __m512 sum = _mm512_setzero_ps();
#pragma clang loop unroll(full)
    for (int four = 0; four < 2; four++) {
        const __m512i at = _mm512_load_si512(sparse + SPARSE_POSITIONS + 128 * half + 64 * four);
        const __m512i low = _mm512_permutex2var_epi8(q8[0], at, q8[1]), high = _mm512_permutex2var_epi8(q8[2], at, q8[3]);
        const __m512i a = _mm512_mask_blend_epi8(_mm512_movepi8_mask(at), low, high);
        const uint8_t *values = sparse + SPARSE_VALUES + 512 * half + 256 * four;
#define SLOT(k)                                                                                                        \
    sum = _mm512_fmadd_ps(                                                                                             \
        _mm512_cvtepi32_ps(_mm512_cvtepi8_epi32(_mm512_extracti32x4_epi32(a, k))), _mm512_load_ps((const float *)(values + 64 * k)), sum);
        SLOT(0) SLOT(1) SLOT(2) SLOT(3)
#undef SLOT
    }
    return sum;
}

INLINE floats tile(panel_shape s, int subtract_in_integers, const uint8_t *panel, const uint8_t *const *columns, size_t superblocks) {
    floats total;
    EACH_COLUMN(c) EACH_HALF(g) total.v[g][c] = _mm512_setzero_ps();
    const uint8_t *x[TILE_COLUMNS];
    EACH_COLUMN(c) x[c] = columns[c];
    for (size_t i = 0; i < superblocks; i++, panel += s.bytes) {
        floats block;  // the block's value but for the activation's scale
        integers sums;
        if (s.kind == WHOLE) {
            EACH_COLUMN(c) {
                const int32_t start = s.offset != 0 ? -s.offset * sum_of_256(x[c]) : 0;
                EACH_HALF(g) sums.v[g][c] = _mm512_set1_epi32(start);
            }
            multiply(&sums, panel, x, 0, 64);
        } else if (s.kind == SCALED) {
            const int steps = 64 / s.groups;
            EACH_COLUMN(c) EACH_HALF(g) sums.v[g][c] = _mm512_setzero_si512();
            for (int group = 0; group < s.groups; group++) {
                integers part;
                EACH_COLUMN(c) EACH_HALF(g) part.v[g][c] = _mm512_setzero_si512();
                multiply(&part, panel, x, group * steps, steps);
                const uint8_t *scale = panel + s.scale_at + 128 * group;
                EACH_COLUMN(c) EACH_HALF(g) {
                    const __m512i scaled = _mm512_mullo_epi32(part.v[g][c], at_rows(scale, g));
                    sums.v[g][c] = _mm512_add_epi32(sums.v[g][c], scaled);
                }
            }
        } else {
            const int steps = 64 / s.groups;
            EACH_COLUMN(c) EACH_HALF(g) block.v[g][c] = _mm512_setzero_ps();
            for (int group = 0; group < s.groups; group++) {
                EACH_COLUMN(c) {
                    const int first = group * 16 / s.groups;
                    const int32_t sum = sum_of_16(x[c], first) + (s.groups == 8 ? sum_of_16(x[c], first + 1) : 0);
                    EACH_HALF(g) sums.v[g][c] = _mm512_set1_epi32(-s.offset * sum);
                }
                multiply(&sums, panel, x, group * steps, steps);
                const uint8_t *scale = panel + s.scale_at + 128 * group;
                EACH_COLUMN(c) EACH_HALF(g) {
                    const __m512 sum = _mm512_cvtepi32_ps(sums.v[g][c]);
                    if (s.late) {
                        const __m512 scaled = _mm512_mul_ps(sum, _mm512_set1_ps(scale_of(x[c])));
                        total.v[g][c] = _mm512_fmadd_ps(scaled, f32_at_rows(scale, g), total.v[g][c]);
                    } else {
                        block.v[g][c] = _mm512_fmadd_ps(sum, f32_at_rows(scale, g), block.v[g][c]);
                    }
                }
            }
        }
        integers minima;
        if (s.pairs > 0) {
            minima = minima_of(s, panel, x);
            if (subtract_in_integers) {
                EACH_COLUMN(c) EACH_HALF(g) sums.v[g][c] = _mm512_sub_epi32(sums.v[g][c], minima.v[g][c]);
            }
        }
        EACH_COLUMN(c) {
            const __m512 yd = _mm512_set1_ps(scale_of(x[c]));
            EACH_HALF(g) {
                if (s.late) continue;
                if (s.kind == FLOATED) {
                    total.v[g][c] = _mm512_fmadd_ps(block.v[g][c], yd, total.v[g][c]);
                } else {
                    const __m512 d = _mm512_mul_ps(f32_at_rows(panel + s.d_at, g), yd);
                    total.v[g][c] = _mm512_fmadd_ps(_mm512_cvtepi32_ps(sums.v[g][c]), d, total.v[g][c]);
                }
                if (s.pairs > 0 && !subtract_in_integers) {
                    const __m512 d = _mm512_mul_ps(f32_at_rows(panel + s.dmin_at, g), yd);
                    total.v[g][c] = _mm512_fnmadd_ps(_mm512_cvtepi32_ps(minima.v[g][c]), d, total.v[g][c]);
                }
            }
        }
        if (s.sparse) {
            EACH_COLUMN(c) {
                const __m512 yd = _mm512_set1_ps(scale_of(x[c]));
                __m512i q8[4];
                for (int part = 0; part < 4; part++) q8[part] = codes_at(codes_of(x[c]), part);
                EACH_HALF(g) {
                    const __m512 terms = _mm512_mul_ps(sparse_terms(panel + s.sparse_at, g, q8), yd);
                    const __m512 factor = f32_at_rows(panel + s.sparse_at + SPARSE_FACTOR, g);
                    total.v[g][c] = _mm512_fmadd_ps(terms, factor, total.v[g][c]);
                }
            }
        }
        EACH_COLUMN(c) x[c] += HIFI_Q8K_BYTES;
    }
    return total;
}

typedef floats (*tile_fn)(const uint8_t *panel, const uint8_t *const *columns, size_t superblocks);

#define TILE(NAME, BASE, SPARSE)                                                                                       \
    static floats NAME(const uint8_t *panel, const uint8_t *const *columns, size_t superblocks) {                      \
        return tile(panel_shape_of(BASE, SPARSE), BASE == HIFI_Q6_K, panel, columns, superblocks);                     \
    }
TILE(tile_q2k, HIFI_Q2_K, 0)
TILE(tile_q3k, HIFI_Q3_K, 0)
TILE(tile_q3k_sparse, HIFI_Q3_K, 1)
TILE(tile_q4k, HIFI_Q4_K, 0)  // Q5_K's panels are Q4_K's
TILE(tile_q6k, HIFI_Q6_K, 0)
TILE(tile_q80, HIFI_Q8_0, 0)
TILE(tile_q40, HIFI_Q4_0, 0)
TILE(tile_ternary, HIFI_TQ2_0, 0)
TILE(tile_iq4, HIFI_IQ4_XS, 0)
TILE(tile_mxfp4, HIFI_MXFP4, 0)
TILE(tile_nvfp4, HIFI_NVFP4, 0)
TILE(tile_entries_of_32, HIFI_IQ3_S, 0)
TILE(tile_entries_of_16, HIFI_IQ2_S, 0)

static tile_fn tile_for(hifi_base base, int sparse) {
    switch (base) {
    case HIFI_Q2_K: return tile_q2k;
    case HIFI_Q3_K: return sparse ? tile_q3k_sparse : tile_q3k;
    case HIFI_Q4_K:
    case HIFI_Q5_K: return tile_q4k;
    case HIFI_Q6_K: return tile_q6k;
    case HIFI_Q8_0: return tile_q80;
    case HIFI_TQ1_0:
    case HIFI_TQ2_0: return tile_ternary;
    case HIFI_IQ4_NL:
    case HIFI_IQ4_XS: return tile_iq4;
    case HIFI_MXFP4: return tile_mxfp4;
    case HIFI_NVFP4: return tile_nvfp4;
    case HIFI_IQ2_XXS:
    case HIFI_IQ3_XXS:
    case HIFI_IQ3_S: return tile_entries_of_32;
    case HIFI_IQ2_XS:
    case HIFI_IQ2_S: return tile_entries_of_16;
    default: return tile_q40;
    }
}

static int is_sparse(const hifi_format *f) { return f->outliers.mode != HIFI_NO_OUTLIERS; }

int avx512_gemm_takes(const hifi_format *f) {
    const hifi_outliers *o = &f->outliers;
    if (!is_sparse(f)) return hifi_multiplies(f);
    return f->base == HIFI_Q3_K && (replaces_eight(o) || adds_eight(o));
}

size_t avx512_gemm_scratch(const hifi_format *f, size_t superblocks) {
    return superblocks * (size_t)panel_shape_of(f->base, is_sparse(f)).bytes;
}

void avx512_gemm_panel(
    const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *q8k, size_t column_bytes,
    size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch) {
    if (row_count == 0 || columns == 0) return;
    if (row_count > PANEL_ROWS) row_count = PANEL_ROWS;
    const int sparse = is_sparse(f);
    avx512_pack_panel(f, panel_shape_of(f->base, sparse), rows, row_bytes, row_count, superblocks, scratch);
    const tile_fn run = tile_for(f->base, sparse);
    const uint32_t in_use = row_count == 32 ? 0xFFFFFFFF : (1u << row_count) - 1;
    const __mmask16 masks[2] = {(__mmask16)in_use, (__mmask16)(in_use >> 16)};
    for (size_t first = 0; first < columns; first += TILE_COLUMNS) {
        // The last column stands in for those missing.
        const uint8_t *x[TILE_COLUMNS];
        for (size_t c = 0; c < TILE_COLUMNS; c++) {
            x[c] = q8k + (first + c < columns ? first + c : columns - 1) * column_bytes;
        }
        const floats result = run(scratch, x, superblocks);
        for (size_t c = 0; c < TILE_COLUMNS && first + c < columns; c++) {
            float *to = out + (first + c) * out_stride;
            _mm512_mask_storeu_ps(to, masks[0], result.v[0][c]);
            if (masks[1] != 0) _mm512_mask_storeu_ps(to + 16, masks[1], result.v[1][c]);
        }
    }
}

AVX512_END

const hifi_kernels hifi_avx512 = {
    .name = "avx512",
    ROW_KERNELS(avx512, avx512, avx512, avx512),
    .panel_rows = PANEL_ROWS,
    .gemm_takes = avx512_gemm_takes,
    .gemm_scratch = avx512_gemm_scratch,
    .gemm_panel = avx512_gemm_panel,
    .scan = avx512_scan,
};
#endif
