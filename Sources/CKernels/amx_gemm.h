// Matrix times matrix by tile products: the kernel's text, compiled with AMX and with its emulation.
//
// The including file defines AMX_NAME and, for the emulation, HIFI_AMX_EMULATED. Apart from tiles and two operations it
// is portable C on vectors of sixteen.
//
// A job multiplies one block of 32 rows (of sixteen, where their products are split) by 32 columns: sixteen tile products in
// four steps, two left operands by two right ones, so that a load serves two products and four sums are under way: a product
// waits 52 cycles for the sum before it, while the next can begin after sixteen. The job's sums go to memory. During the next
// job they are converted, scaled and added to the totals: tile products leave the vector units alone. So does turning finished
// totals from rows to columns.
//
// Integer sums are exact. Each block adds to a total what the AVX-512 kernel adds, in its order, so results are the same.
#include "amx_finish.h"
#include "amx_tiles.h"

// --- Activations -----------------------------------------------------------------------------------------------------

static size_t groups_of(size_t columns) { return (columns + GROUP_COLUMNS - 1) / GROUP_COLUMNS; }

/// Sixteen columns of one block. `count` of them are there.
static void arrange_block(const uint8_t *x, size_t column_bytes, size_t count, uint8_t *group) {
    if (count < GROUP_COLUMNS) memset(group, 0, GROUP_BYTES);
    EACH(part, 4) {
        f32x16 rows[16];
        for (size_t c = 0; c < 16; c++) {
            rows[c] = all_f32(0);
            if (c < count) rows[c] = load_f32x16(x + c * column_bytes + offsetof(hifi_q8_k, qs) + 64 * part);
        }
        turn16(rows);
        for (size_t k = 0; k < 16; k++) memcpy(group + 1024 * part + 64 * k, &rows[k], 64);
    }
    for (size_t c = 0; c < count; c++) {
        const uint8_t *column = x + c * column_bytes, *sums = FIELD(column, hifi_q8_k, bsums);
        memcpy(group + GROUP_D + 4 * c, FIELD(column, hifi_q8_k, d), 4);
        for (size_t s = 0; s < 8; s++) {
            const uint16_t sum = (uint16_t)(load16(sums + 4 * s) + load16(sums + 4 * s + 2));
            memcpy(group + GROUP_SUMS + 64 * (s / 2) + 4 * c + 2 * (s % 2), &sum, 2);
        }
    }
}

static void AMX_NAME(arrange)(
    const uint8_t *q8k, size_t column_bytes, size_t columns, size_t superblocks, size_t first, size_t count, uint8_t *out) {
    for (size_t g = first; g < first + count && g < groups_of(columns); g++) {
        const size_t left = columns - g * GROUP_COLUMNS;
        for (size_t i = 0; i < superblocks; i++) {
            arrange_block(
                q8k + g * GROUP_COLUMNS * column_bytes + i * HIFI_Q8K_BYTES, column_bytes, left < GROUP_COLUMNS ? left : GROUP_COLUMNS,
                out + (g * superblocks + i) * GROUP_BYTES);
        }
    }
}

// --- Panels ----------------------------------------------------------------------------------------------------------

typedef struct {
    const uint8_t *panel, *arranged;
    size_t strips, superblocks, rows, columns;
    float *out;
    size_t out_stride;
    uint32_t *sums;
    float *totals, *block;
} panel_job;

/// Totals of a set of columns, from column `first` on, to be turned tile by tile: number `next` of `count` comes next.
typedef struct {
    const float *totals;
    size_t first, next, count;
} turning;

static void turn_next(const panel_job *j, turning *t) {
    const size_t strip = t->next / SET, c = t->next % SET, column = t->first + GROUP_COLUMNS * c, row = STRIP_ROWS * strip;
    const float *from = t->totals + 256 * t->next;
    t->next++;
    if (column >= j->columns || row >= j->rows) return;
    f32x16 v[16];
    EACH(r, 16) v[r] = load_f32x16(from + 16 * r);
    turn16(v);
    const size_t columns = j->columns - column, rows = j->rows - row;
    float *out = j->out + column * j->out_stride + row;
    if (columns >= 16 && rows >= 16) {
        EACH(i, 16) memcpy(out + (size_t)i * j->out_stride, &v[i], 64);
    } else {
        for (size_t i = 0; i < 16 && i < columns; i++) memcpy(out + i * j->out_stride, &v[i], 4 * (rows < 16 ? rows : 16));
    }
}

#define TURN_NEXT if (turn.next < turn.count) turn_next(j, &turn)
#define TURN_ALL while (turn.next < turn.count) turn_next(j, &turn)

#define ZERO_SUMS TILE_ZERO(0), TILE_ZERO(1), TILE_ZERO(2), TILE_ZERO(3)
#define STORE_SUMS(to)                                                                                                 \
    TILE_STORE(0, to, 64), TILE_STORE(1, (to) + 256, 64), TILE_STORE(2, (to) + 512, 64), TILE_STORE(3, (to) + 768, 64)

/// A quarter of a job: 64 weights of each row. Of SPLIT the first operand is unsigned.
#define STEP(step, MULTIPLY_FIRST)                                                                                     \
    TILE_LOAD(4, strip + 1024 * step, 64);                                                                             \
    TILE_LOAD(6, group[0] + 1024 * step, 64);                                                                          \
    MULTIPLY_FIRST(0, 4, 6);                                                                                           \
    TILE_LOAD(7, group[1] + 1024 * step, 64);                                                                          \
    MULTIPLY_FIRST(1, 4, 7);                                                                                           \
    TILE_LOAD(5, second + 1024 * step, 64);                                                                            \
    TILE_MULTIPLY(2, 5, 6);                                                                                            \
    TILE_MULTIPLY(3, 5, 7)

/// A quarter of half a block of FLOATED would be one sub-block of 32; two are done together.
#define STEP_FLOATED(step)                                                                                             \
    TILE_LOAD(4, strip + 1024 * step, 32);                                                                             \
    TILE_LOAD(6, group[0] + 1024 * step, 64);                                                                          \
    TILE_MULTIPLY(0, 4, 6);                                                                                            \
    TILE_LOAD(7, group[1] + 1024 * step, 64);                                                                          \
    TILE_MULTIPLY(1, 4, 7);                                                                                            \
    TILE_LOAD(5, strip + 1024 * step + 512, 32);                                                                       \
    TILE_LOAD(6, group[0] + 1024 * step + 512, 64);                                                                    \
    TILE_MULTIPLY(2, 5, 6);                                                                                            \
    TILE_LOAD(7, group[1] + 1024 * step + 512, 64);                                                                    \
    TILE_MULTIPLY(3, 5, 7)

/// What is left of the job before: rows 4 * step to 4 * step + 3; of FLOATED, whose jobs have two steps, eight rows.
INLINE void finish(strip_shape s, const finishing *t, int step) {
    if (s.kind == WHOLE_PRODUCTS) {
        finish_whole(s, t, t->strip, t->sums, t->totals, 4 * step);
        finish_whole(s, t, t->strip + s.bytes, t->sums + SET_SUMS, t->totals + SET_SUMS, 4 * step);
    } else if (s.kind == SPLIT_PRODUCTS) {
        finish_split(s, t, 4 * step);
    } else {
        EACH(r, 8) finish_floated(s, t, 8 * step + r);
    }
}

/// A job; of FLOATED the half of it that `half` says.
INLINE void multiply_block(
    strip_shape s, const uint8_t *strip, const uint8_t *const *group, int half, uint32_t *sums, const finishing *before) {
    if (s.kind == FLOATED_SUMS) {
        EACH(step, 2) {
            ZERO_SUMS;
            STEP_FLOATED((2 * half + step));
            if (before->sums != NULL) finish(s, before, step);
            STORE_SUMS(sums + 1024 * step);
        }
        return;
    }
    const uint8_t *const second = strip + (s.kind == WHOLE_PRODUCTS ? s.bytes : s.upper_at);
    ZERO_SUMS;
    EACH(step, 4) {
        if (s.kind == WHOLE_PRODUCTS) {
            STEP(step, TILE_MULTIPLY);
        } else {
            STEP(step, TILE_MULTIPLY_UNSIGNED);
        }
        if (before->sums != NULL) finish(s, before, step);
    }
    STORE_SUMS(sums);
}

INLINE void multiply_panel(strip_shape s, const panel_job *j) {
    const size_t height = s.kind == WHOLE_PRODUCTS ? 2 : 1, groups = groups_of(j->columns);
    const int halves = s.kind == FLOATED_SUMS ? 2 : 1;
    size_t jobs = 0;
    finishing last = {0};
    turning turn = {0};
    for (size_t g = 0; g < groups; g += SET) {
        float *const totals = j->totals + g / SET % 2 * TOTALS;
        for (size_t i = 0; i < j->superblocks; i++) {
            // The last group stands in for one that is missing.
            const uint8_t *const first = j->arranged + (g * j->superblocks + i) * GROUP_BYTES;
            const uint8_t *const group[SET] = {first, g + 1 < groups ? first + j->superblocks * GROUP_BYTES : first};
            for (size_t p = 0; p < j->strips; p += height) {
                const uint8_t *const strip = j->panel + (i * j->strips + p) * (size_t)s.bytes;
                for (int half = 0; half < halves; half++, jobs++) {
                    uint32_t *const sums = j->sums + jobs % 2 * JOB_SUMS;
                    multiply_block(s, strip, group, half, sums, &last);
                    TURN_NEXT;
                    last = (finishing){sums, strip, {group[0], group[1]}, totals + SET_SUMS * p, j->block, half, i == 0};
                }
            }
        }
        // The memory of the totals before these is wanted.
        TURN_ALL;
        turn = (turning){totals, g * GROUP_COLUMNS, 0, SET * j->strips};
    }
    EACH(step, 4) {
        if (step < 2 || s.kind != FLOATED_SUMS) finish(s, &last, step);
    }
    TURN_ALL;
}

#define PANEL(NAME, BASE, SPARSE)                                                                                      \
    static void NAME(const panel_job *j) { multiply_panel(strip_shape_of(BASE, SPARSE), j); }
PANEL(panel_whole, HIFI_Q3_K, 0)
PANEL(panel_sparse, HIFI_Q3_K, 1)
PANEL(panel_minima, HIFI_Q4_K, 0)  // Q5_K's strips are Q4_K's
PANEL(panel_split, HIFI_Q6_K, 0)
PANEL(panel_floated, HIFI_Q8_0, 0)
#undef PANEL

static int has_outliers(const hifi_format *f) { return f->outliers.mode != HIFI_NO_OUTLIERS; }

static int takes_arranged(const hifi_format *f) {
    const hifi_outliers *o = &f->outliers;
    if (has_outliers(f)) return f->base == HIFI_Q3_K && (replaces_eight(o) || adds_eight(o));
    return f->base == HIFI_Q3_K || f->base == HIFI_Q4_K || f->base == HIFI_Q5_K || f->base == HIFI_Q6_K || f->base == HIFI_Q8_0;
}

static size_t AMX_NAME(arranged_scratch)(const hifi_format *f, size_t superblocks) {
    const size_t panel = superblocks * PANEL_STRIPS * (size_t)strip_shape_of(f->base, has_outliers(f)).bytes;
    return panel + 4 * ROOM;
}

INLINE void multiply_arranged(
    strip_pack_fn pack, const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *arranged,
    size_t columns, size_t superblocks, float *out, size_t out_stride, uint8_t *scratch) {
    if (row_count == 0 || columns == 0) return;
    if (row_count > STRIP_ROWS * PANEL_STRIPS) row_count = STRIP_ROWS * PANEL_STRIPS;
    const strip_shape s = strip_shape_of(f->base, has_outliers(f));
    size_t strips = (row_count + STRIP_ROWS - 1) / STRIP_ROWS;
    if (s.kind == WHOLE_PRODUCTS) strips += strips % 2;
    uint8_t *const panel = scratch + 4 * ROOM;
    float *const totals = (float *)(void *)scratch + 2 * JOB_SUMS;
    pack(f, s, rows, row_bytes, row_count, strips, superblocks, panel);
    const panel_job job = {panel, arranged, strips, superblocks, row_count, columns, out, out_stride,
                           (uint32_t *)(void *)scratch, totals, totals + 2 * TOTALS};
    const tile_sizes sizes = sizes_for(s.kind == FLOATED_SUMS ? 32 : 64);
    TILE_CONFIGURE(&sizes);
    switch (f->base) {
    case HIFI_Q3_K: (s.sparse ? panel_sparse : panel_whole)(&job); break;
    case HIFI_Q6_K: panel_split(&job); break;
    case HIFI_Q8_0: panel_floated(&job); break;
    default: panel_minima(&job);
    }
    // Tiles in use would be saved at each change of threads.
    TILE_RELEASE();
}
