// The NEON matrix kernel, included once for every way to form sums of byte products, after neon_kernels.h: a panel of
// sixteen rows against four columns at a time.
//
// NAME(add_products)(sums, codes, a) adds to lane r the four products of row r: codes of four rows, four each, times the
// same four activations. Codes are signed, so nothing has to be taken back; blocks are finished by the operations of the
// portable products, in their order, so that the results are the same to the bit.
//
// Per block of 256 weights of a panel, the sixteen rows innermost: codes i8 [64][16][4], scales i32 [16][16] or, where each
// sub-block has a scale of its own, f32 [sub-blocks][16]; minima i32 [16][16]; d and dmin f32 [16]; outliers values f32 [8][16],
// factor f32 [16], positions u8 [8][16].

enum { NAME(rows) = 16, NAME(tile_columns) = 4 };
enum {
    NAME(scales_at) = 64 * 16 * 4,
    NAME(minima_at) = NAME(scales_at) + 16 * 16 * 4,
    NAME(d_at) = NAME(minima_at) + 16 * 16 * 4,
    NAME(dmin_at) = NAME(d_at) + 64,
    NAME(values_at) = NAME(dmin_at) + 64,
    NAME(factor_at) = NAME(values_at) + 8 * 64,
    NAME(positions_at) = NAME(factor_at) + 64,
    NAME(panel_bytes) = NAME(positions_at) + 8 * 16,
};

// Packing.

INLINE void NAME(put_f32)(uint8_t *at, size_t index, float v) { memcpy(at + 4 * index, &v, 4); }
INLINE void NAME(put_i32)(uint8_t *at, size_t index, int32_t v) { memcpy(at + 4 * index, &v, 4); }

/// The 256 signed codes of a block.
INLINE void NAME(unpack)(const hifi_format *f, const uint8_t *b, int8_t codes[256]) {
    if (groups_of(f->base) != 0) {
        signed_codes(f->base, f->grid, b, codes);
        return;
    }
    for (int s = 0; s < 16; s++) {
        const uint8_t *small = b + (size_t)(s / 2) * f->stride;  // for formats with blocks of 32
        int8x16_t v;
        switch (f->base) {
        case HIFI_Q2_K: v = NAME(codes_q2k)(b, s); break;
        case HIFI_Q3_K: v = NAME(codes_q3k)(b, s); break;
        case HIFI_Q4_K: v = NAME(codes_q4k)(b, s); break;
        case HIFI_Q5_K: v = NAME(codes_q5k)(b, s); break;
        case HIFI_Q6_K: v = NAME(codes_q6k)(b, s); break;
        case HIFI_Q8_0: v = NAME(codes_q80)(small, s % 2); break;
        default: v = NAME(codes_q40)(small, s % 2);
        }
        vst1q_s8(codes + 16 * s, v);
    }
}

/// Scales and minima of row r.
INLINE void NAME(pack_scales)(const hifi_format *f, const uint8_t *b, size_t r, uint8_t *block) {
    uint8_t *scales = block + NAME(scales_at), *minima = block + NAME(minima_at), bytes[16];
    int8_t signed_scales[16];
    float d = 0, dmin = 0, factors[16];
    const size_t groups = (size_t)groups_of(f->base);
    if (groups != 0 && has_integer_factors(f->base)) {
        d = integer_factors(f->base, b, signed_scales);
        for (size_t g = 0; g < 16; g++) NAME(put_i32)(scales, 16 * g + r, signed_scales[g * groups / 16]);
    } else if (groups != 0) {
        float_factors(f->base, b, factors);
        for (size_t g = 0; g < groups; g++) NAME(put_f32)(scales, 16 * g + r, factors[g]);
    } else switch (f->base) {
    case HIFI_Q2_K:
        d = loadf16(FIELD(b, hifi_q2_k, d)), dmin = loadf16(FIELD(b, hifi_q2_k, dmin));
        for (size_t g = 0; g < 16; g++) {
            NAME(put_i32)(scales, 16 * g + r, FIELD(b, hifi_q2_k, scales)[g] & 15);
            NAME(put_i32)(minima, 16 * g + r, FIELD(b, hifi_q2_k, scales)[g] >> 4);
        }
        break;
    case HIFI_Q3_K:
        d = loadf16(FIELD(b, hifi_q3_k, d));
        q3k_scales(FIELD(b, hifi_q3_k, scales), signed_scales);
        for (size_t g = 0; g < 16; g++) NAME(put_i32)(scales, 16 * g + r, signed_scales[g]);
        break;
    case HIFI_Q4_K:
    case HIFI_Q5_K:
        // Both begin with d, dmin and scales.
        d = loadf16(FIELD(b, hifi_q4_k, d)), dmin = loadf16(FIELD(b, hifi_q4_k, dmin));
        q4k_scales(FIELD(b, hifi_q4_k, scales), bytes);
        for (size_t g = 0; g < 16; g++) {
            NAME(put_i32)(scales, 16 * g + r, bytes[g / 2]);
            NAME(put_i32)(minima, 16 * g + r, bytes[8 + g / 2]);
        }
        break;
    case HIFI_Q6_K:
        d = loadf16(FIELD(b, hifi_q6_k, d));
        for (size_t g = 0; g < 16; g++) NAME(put_i32)(scales, 16 * g + r, (int8_t)FIELD(b, hifi_q6_k, scales)[g]);
        break;
    default:
        for (size_t g = 0; g < 8; g++) NAME(put_f32)(scales, 16 * g + r, loadf16(b + g * f->stride));  // d is first in both
    }
    NAME(put_f32)(block + NAME(d_at), r, d);
    NAME(put_f32)(block + NAME(dmin_at), r, dmin);
}

/// Outliers of row r: a replaced weight's code becomes 0, a slot that does not act has value 0.
INLINE void NAME(pack_outliers)(const hifi_outliers *o, const uint8_t *b, size_t r, int8_t *codes, uint8_t *block) {
    const unsigned used = outliers_used(o, b), acting = outliers_acting(o, b, used, o->mode);
    for (size_t k = 0; k < 8; k++) {
        const int acts = k < used && (acting >> k & 1);
        const uint8_t position = acts ? b[o->index_at + k] : 0;
        float value = 0;
        if (acts) value = o->value == HIFI_VALUE_F16 ? loadf16(b + o->value_at + 2 * k) : (float)(int8_t)b[o->value_at + k];
        block[NAME(positions_at) + 16 * k + r] = position;
        NAME(put_f32)(block + NAME(values_at), 16 * k + r, value);
        if (acts && o->mode == HIFI_REPLACE) codes[position] = 0;
    }
    // Without residuals the scale has no meaning; a NaN there must not spread.
    NAME(put_f32)(block + NAME(factor_at), r, used > 0 ? outliers_scale(o, b) : 0);
}

static void NAME(pack)(
    const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t count, size_t superblocks, uint8_t *panel) {
    const size_t step = f->stride * (size_t)(256 / f->elements);
    for (size_t i = 0; i < superblocks; i++, panel += NAME(panel_bytes)) {
        for (size_t r = 0; r < NAME(rows); r++) {
            const uint8_t *b = rows + (r < count ? r : count - 1) * row_bytes + i * step;
            int8_t codes[256];
            NAME(unpack)(f, b, codes);
            NAME(pack_scales)(f, b, r, panel);
            if (f->outliers.mode != HIFI_NO_OUTLIERS) NAME(pack_outliers)(&f->outliers, b, r, codes, panel);
            for (size_t k = 0; k < 64; k++) memcpy(panel + 4 * (16 * k + r), codes + 4 * k, 4);
        }
    }
}

// Multiplying. Sixteen rows are four registers.

#define EACH_COLUMN(c) EACH(c, NAME(tile_columns))
#define EACH_FOUR(g) EACH(g, 4)

typedef struct { int32x4_t v[4][NAME(tile_columns)]; } NAME(integers);
typedef struct { float32x4_t v[4][NAME(tile_columns)]; } NAME(floats);

INLINE int32x4_t NAME(i32_at)(const uint8_t *p, int g) { return vreinterpretq_s32_u8(vld1q_u8(p + 16 * g)); }
INLINE float32x4_t NAME(f32_at)(const uint8_t *p, int g) { return vreinterpretq_f32_u8(vld1q_u8(p + 16 * g)); }
INLINE int32_t NAME(sum_at)(const uint8_t *x, int s) { return (int16_t)load16(FIELD(x, hifi_q8_k, bsums) + 2 * s); }

/// Σ codes · activations over 4 * `steps` weights from weight 4 * `first` on.
INLINE NAME(integers) NAME(multiply)(const uint8_t *block, const uint8_t *const *x, int first, int steps) {
    NAME(integers) sums;
    EACH_COLUMN(c) EACH_FOUR(g) sums.v[g][c] = vdupq_n_s32(0);
    for (int k = first; k < first + steps; k++) {
        int8x16_t codes[4];
        EACH_FOUR(g) codes[g] = vreinterpretq_s8_u8(vld1q_u8(block + 64 * k + 16 * g));
        EACH_COLUMN(c) {
            const int8x16_t a = vreinterpretq_s8_u32(vdupq_n_u32(load32(FIELD(x[c], hifi_q8_k, qs) + 4 * k)));
            EACH_FOUR(g) sums.v[g][c] = NAME(add_products)(sums.v[g][c], codes[g], a);
        }
    }
    return sums;
}

/// What the outliers of four rows add, slot by slot.
INLINE float32x4_t NAME(sparse_terms)(const uint8_t *block, int g, const uint8_t *x, float yd, int residuals) {
    const int8_t *q8 = (const int8_t *)FIELD(x, hifi_q8_k, qs);
    const float32x4_t factor = NAME(f32_at)(block + NAME(factor_at), g);
    float32x4_t sum = vdupq_n_f32(0);
    for (int k = 0; k < 8; k++) {
        const uint8_t *at = block + NAME(positions_at) + 16 * k + 4 * g;
        const int32_t there[4] = {q8[at[0]], q8[at[1]], q8[at[2]], q8[at[3]]};
        const float32x4_t a = vcvtq_f32_s32(vld1q_s32(there)), value = NAME(f32_at)(block + NAME(values_at) + 64 * k, g);
        // As outliers_product has it; the product of two bytes is exact.
        const float32x4_t term =
            residuals ? vmulq_f32(vmulq_n_f32(vmulq_f32(value, a), yd), factor) : vmulq_f32(value, vmulq_n_f32(a, yd));
        sum = vaddq_f32(sum, term);
    }
    return sum;
}

/// With `late` a scale comes after the activations'.
typedef struct { int steps, floated, late, minima, sparse, residuals; } NAME(tile_shape);

INLINE NAME(floats) NAME(tile)(NAME(tile_shape) s, const uint8_t *panel, const uint8_t *const *columns, size_t superblocks) {
    NAME(floats) total;
    EACH_COLUMN(c) EACH_FOUR(g) total.v[g][c] = vdupq_n_f32(0);
    const uint8_t *x[NAME(tile_columns)];
    EACH_COLUMN(c) x[c] = columns[c];
    for (size_t i = 0; i < superblocks; i++, panel += NAME(panel_bytes)) {
        NAME(integers) sums, minima;
        NAME(floats) block;
        EACH_COLUMN(c) EACH_FOUR(g) {
            sums.v[g][c] = minima.v[g][c] = vdupq_n_s32(0);
            block.v[g][c] = vdupq_n_f32(0);
        }
        for (int k = 0; k < 64; k += s.steps) {
            const NAME(integers) part = NAME(multiply)(panel, x, k, s.steps);
            const uint8_t *scale = panel + NAME(scales_at) + 64 * (k / s.steps), *minimum = panel + NAME(minima_at) + 64 * (k / s.steps);
            EACH_COLUMN(c) EACH_FOUR(g) {
                if (s.late) {
                    const float32x4_t product = vmulq_n_f32(vcvtq_f32_s32(part.v[g][c]), loadf32(x[c]));
                    total.v[g][c] = vaddq_f32(total.v[g][c], vmulq_f32(NAME(f32_at)(scale, g), product));
                } else if (s.floated) {
                    const float32x4_t scaled = vmulq_f32(NAME(f32_at)(scale, g), vcvtq_f32_s32(part.v[g][c]));
                    block.v[g][c] = vaddq_f32(block.v[g][c], scaled);
                } else {
                    sums.v[g][c] = vmlaq_s32(sums.v[g][c], part.v[g][c], NAME(i32_at)(scale, g));
                }
                if (s.minima) minima.v[g][c] = vmlaq_n_s32(minima.v[g][c], NAME(i32_at)(minimum, g), NAME(sum_at)(x[c], k / s.steps));
            }
        }
        EACH_COLUMN(c) {
            const float yd = loadf32(x[c]);
            EACH_FOUR(g) {
                if (s.late) continue;
                if (!s.floated) {
                    const float32x4_t d = NAME(f32_at)(panel + NAME(d_at), g), dmin = NAME(f32_at)(panel + NAME(dmin_at), g);
                    const float32x4_t product = vmulq_f32(d, vcvtq_f32_s32(sums.v[g][c]));
                    block.v[g][c] = vsubq_f32(product, vmulq_f32(dmin, vcvtq_f32_s32(minima.v[g][c])));
                }
                float32x4_t term = vmulq_n_f32(block.v[g][c], yd);
                if (s.sparse) term = vaddq_f32(term, NAME(sparse_terms)(panel, g, x[c], yd, s.residuals));
                total.v[g][c] = vaddq_f32(total.v[g][c], term);
            }
        }
        EACH_COLUMN(c) x[c] += HIFI_Q8K_BYTES;
    }
    return total;
}

typedef NAME(floats) (*NAME(tile_fn))(const uint8_t *panel, const uint8_t *const *columns, size_t superblocks);

#define TILE(KIND, ...)                                                                                                \
    static NAME(floats) NAME(KIND)(const uint8_t *panel, const uint8_t *const *columns, size_t superblocks) {          \
        return NAME(tile)((NAME(tile_shape)){__VA_ARGS__}, panel, columns, superblocks);                               \
    }
TILE(tile_scaled, .steps = 4)
TILE(tile_affine, .steps = 4, .minima = 1)
TILE(tile_floated, .steps = 8, .floated = 1)
TILE(tile_late_of_32, .steps = 8, .late = 1)
TILE(tile_late_of_16, .steps = 4, .late = 1)
TILE(tile_replaced, .steps = 4, .sparse = 1)
TILE(tile_added, .steps = 4, .sparse = 1, .residuals = 1)

static NAME(tile_fn) NAME(tile_for)(const hifi_format *f) {
    if (f->outliers.mode != HIFI_NO_OUTLIERS) return replaces_eight(&f->outliers) ? NAME(tile_replaced) : NAME(tile_added);
    const int groups = groups_of(f->base);
    if (groups != 0 && has_integer_factors(f->base)) return NAME(tile_scaled);
    if (groups != 0) return groups == 16 ? NAME(tile_late_of_16) : NAME(tile_late_of_32);
    switch (f->base) {
    case HIFI_Q3_K:
    case HIFI_Q6_K: return NAME(tile_scaled);
    case HIFI_Q2_K:
    case HIFI_Q4_K:
    case HIFI_Q5_K: return NAME(tile_affine);
    default: return NAME(tile_floated);
    }
}

int NAME(gemm_takes)(const hifi_format *f) {
    const hifi_outliers *o = &f->outliers;
    if (o->mode == HIFI_NO_OUTLIERS) return hifi_multiplies(f);
    return f->base == HIFI_Q3_K && (replaces_eight(o) || adds_eight(o));
}

size_t NAME(gemm_scratch)(const hifi_format *f, size_t superblocks) {
    (void)f;
    return superblocks * NAME(panel_bytes);
}

void NAME(gemm_panel)(
    const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *q8k, size_t column_bytes,
    size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch) {
    if (row_count == 0 || columns == 0) return;
    if (row_count > NAME(rows)) row_count = NAME(rows);
    NAME(pack)(f, rows, row_bytes, row_count, superblocks, scratch);
    const NAME(tile_fn) run = NAME(tile_for)(f);
    for (size_t first = 0; first < columns; first += NAME(tile_columns)) {
        // The last column stands in for those missing.
        const uint8_t *x[NAME(tile_columns)];
        for (size_t c = 0; c < NAME(tile_columns); c++) x[c] = q8k + (first + c < columns ? first + c : columns - 1) * column_bytes;
        const NAME(floats) result = run(scratch, x, superblocks);
        for (size_t c = 0; c < NAME(tile_columns) && first + c < columns; c++) {
            float all[NAME(rows)];
            for (int g = 0; g < 4; g++) vst1q_f32(all + 4 * g, result.v[g][c]);
            memcpy(out + (first + c) * out_stride, all, row_count * sizeof(float));
        }
    }
}

#undef TILE
#undef EACH_COLUMN
#undef EACH_FOUR
