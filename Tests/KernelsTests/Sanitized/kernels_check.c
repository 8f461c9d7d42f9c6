// Puts the functions of one table of kernels through lengths, addresses and bytes, under sanitizers: Scripts/sanitize builds and runs it.
// What is right is the business of other checks; here each result only has to be the same wherever the bytes lie.
//
// Usage: kernels_check SET KIND     prints "SET KIND calls N", or "SET none" where the processor lacks the set
#include "formats.h"  // made by Scripts/sanitize from Spec
#include "rooms.h"
#include "tables.h"

static const hifi_kernels *kernels;
static const int8_t *grids[sizeof grid_numbers / sizeof *grid_numbers];

static hifi_format format_at(size_t k) {
    hifi_format f;
    memcpy(&f, described[k].description, sizeof f);
    f.grid = described[k].grid < 0 ? NULL : grids[described[k].grid];
    static const float scales[] = {1.0f, -3.0e38f, 0.0f, 1e-40f, 0x1p-7f};
    f.row_scale = scales[next_random() % 5];
    return f;
}

/// Products look positions up by bytes; KernelFormat describes no others.
static int is_multiplied(const hifi_format *f) { return hifi_multiplies(f) && !f->outliers.wide_index; }

static size_t superblock_blocks(const hifi_format *f) { return f->elements < 256 ? 256 / f->elements : 1; }

/// Distances from a cache line: blocks may lie anywhere, floats where floats may.
enum { SHIFTS = 64 };
static size_t other_shift(size_t shift) { return (shift * 7 + 13) % SHIFTS; }
static size_t float_shift(size_t shift) { return shift % 16 * 4; }

// MARK: Decoding

static void check_decode(void) {
    for (size_t k = 0; k < FORMAT_COUNT; k++) {
        const hifi_format f = format_at(k);
        // No kernel takes more than sixteen super-blocks or vectors at a time: lengths past that are like these.
        const size_t lengths = f.elements >= 256 ? 19 : f.elements >= 32 ? 41 : 97;
        for (size_t shift = 0; shift < SHIFTS; shift++) {
            for (size_t i = 0; i < 3; i++) {
                const size_t count = (shift * 3 + i) % lengths, bytes = count * f.stride;
                uint8_t *a = room(bytes, shift), *b = room(bytes, other_shift(shift));
                fill_bytes(a, bytes, (unsigned)(shift + i));
                memcpy(b, a, bytes);
                float *out = room(4 * count * f.elements, float_shift(shift)), *again = room(4 * count * f.elements, 0);
                hifi_decode(kernels, &f, a, count, out);
                hifi_decode(kernels, &f, b, count, again);
                calls += 2;
                expect(memcmp(out, again, 4 * count * f.elements) == 0, "decoding", described[k].id);
                leave_rooms(0);
            }
        }
    }
}

// MARK: Products

/// Activations: as a quantizer makes them, or any bytes.
static uint8_t *activations(size_t superblocks, size_t shift, unsigned kind) {
    uint8_t *q8k = room(superblocks * HIFI_Q8K_BYTES, shift);
    if (kind % 2 == 0) {
        float *x = room(superblocks * 256 * 4, 0);
        fill_floats(x, superblocks * 256, kind / 2, 0);
        kernels->quantize_q8k(x, superblocks * 256, q8k);
    } else {
        fill_bytes(q8k, superblocks * HIFI_Q8K_BYTES, kind / 2);
    }
    return q8k;
}

static void check_dot(void) {
    for (size_t k = 0; k < FORMAT_COUNT; k++) {
        const hifi_format f = format_at(k);
        if (!is_multiplied(&f)) continue;
        for (size_t shift = 0; shift < SHIFTS; shift++) {
            for (size_t i = 0; i < 4; i++) {
                const size_t superblocks = (shift + 5 * i) % 19, rows = 1 + (shift + i) % 3;
                const size_t row_bytes = superblocks * superblock_blocks(&f) * f.stride;
                uint8_t *a = room(rows * row_bytes, shift), *b = room(rows * row_bytes, other_shift(shift));
                fill_bytes(a, rows * row_bytes, (unsigned)(shift + superblocks));
                memcpy(b, a, rows * row_bytes);
                uint8_t *x = activations(superblocks, SHIFTS - 1 - shift, (unsigned)(shift / 4 + superblocks));
                uint8_t *y = room(superblocks * HIFI_Q8K_BYTES, shift);
                memcpy(y, x, superblocks * HIFI_Q8K_BYTES);
                float *out = room(4 * rows, float_shift(shift)), *again = room(4 * rows, 0);
                hifi_dot_rows(kernels, &f, a, row_bytes, rows, x, superblocks, out);
                hifi_dot_rows(kernels, &f, b, row_bytes, rows, y, superblocks, again);
                calls += 2 * rows;
                expect(same_floats(out, again, rows), "a product", described[k].id);
                leave_rooms(0);
            }
        }
    }
}

/// One matrix product by the way that the table has, if it has one for the format.
static int multiply(
    const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *q8k, size_t columns, size_t superblocks,
    float *out, size_t stride, int arranged) {
    const size_t column_bytes = superblocks * HIFI_Q8K_BYTES;
    if (!arranged) {
        if (kernels->panel_rows == 0 || !kernels->gemm_takes(f)) return 0;
        uint8_t *scratch = room(kernels->gemm_scratch(f, superblocks), 0);
        hifi_gemm_panel(kernels, f, rows, row_bytes, row_count, q8k, column_bytes, columns, superblocks, out, stride, scratch);
        return 1;
    }
    const size_t bytes = kernels->gemm_arranged == NULL ? 0 : kernels->arranged_bytes(f, columns, superblocks);
    if (bytes == 0) return 0;
    uint8_t *panel = room(bytes, 0), *scratch = room(kernels->arranged_scratch(f, superblocks), 0);
    const size_t groups = (columns + kernels->group_columns - 1) / kernels->group_columns, first = groups / 2;
    kernels->arrange(q8k, column_bytes, columns, superblocks, 0, first, panel);
    kernels->arrange(q8k, column_bytes, columns, superblocks, first, groups - first, panel);
    hifi_gemm_arranged(kernels, f, rows, row_bytes, row_count, panel, columns, superblocks, out, stride, scratch);
    return 1;
}

static void check_gemm(void) {
    static const size_t many[] = {1, 2, 3, 4, 5, 7, 8, 9, 15, 16, 17, 33};
    for (int arranged = 0; arranged < 2; arranged++) {
        const size_t most = arranged ? kernels->arranged_rows : kernels->panel_rows;
        if (most == 0) continue;
        for (size_t k = 0; k < FORMAT_COUNT; k++) {
            const hifi_format f = format_at(k);
            if (!is_multiplied(&f)) continue;
            for (size_t shift = 0; shift < SHIFTS; shift++) {
                const size_t columns = many[shift % 12], superblocks = 1 + (shift / 3 + k) % 5;
                const size_t row_count = shift % 3 == 0 ? most : shift % 3 == 1 && most > 1 ? most - 1 : 1 + next_random() % most;
                const size_t row_bytes = superblocks * superblock_blocks(&f) * f.stride, stride = row_count + shift % 2;
                const size_t numbers = (columns - 1) * stride + row_count;
                uint8_t *a = room(row_count * row_bytes, shift), *b = room(row_count * row_bytes, other_shift(shift));
                fill_bytes(a, row_count * row_bytes, (unsigned)shift);
                memcpy(b, a, row_count * row_bytes);
                uint8_t *x = activations(columns * superblocks, SHIFTS - 1 - shift, (unsigned)(shift / 2));
                uint8_t *y = room(columns * superblocks * HIFI_Q8K_BYTES, shift);
                memcpy(y, x, columns * superblocks * HIFI_Q8K_BYTES);
                float *out = room(4 * numbers, float_shift(shift)), *again = room(4 * numbers, 0);
                memset(out, 0, 4 * numbers), memset(again, 0, 4 * numbers);
                const int done = multiply(&f, a, row_bytes, row_count, x, columns, superblocks, out, stride, arranged) +
                                 multiply(&f, b, row_bytes, row_count, y, columns, superblocks, again, stride, arranged);
                calls += (uint64_t)done;
                expect(same_floats(out, again, numbers), "a matrix product", described[k].id);
                leave_rooms(0);
                if (done == 0) break;
            }
        }
    }
}

// MARK: Activations

static void check_activation(void) {
    for (unsigned kind = 0; kind < 8; kind++) {
        for (size_t shift = 0; shift < SHIFTS; shift++) {
            for (size_t blocks = 0; blocks < 12; blocks++) {
                const size_t count = blocks * 256, small = blocks * 32 * (1 + shift % 3), odd = shift + 67 * blocks % 90;
                float *x = room(4 * count, float_shift(shift)), *y = room(4 * small, float_shift(shift + 5));
                float *z = room(4 * odd, float_shift(shift));
                fill_floats(x, count, kind, 0), fill_floats(y, small, kind, 0), fill_floats(z, odd, kind, 0);
                kernels->quantize_q8k(x, count, room(blocks * HIFI_Q8K_BYTES, shift));
                kernels->quantize_q80(y, small, room(small / 32 * HIFI_Q80_BYTES, shift));
                kernels->to_f16(z, odd, room(2 * odd, shift / 2 * 2));
                kernels->to_bf16(z, odd, room(2 * odd, shift / 2 * 2));
                calls += 4;
                if (kernels->first_beyond != NULL) {
                    expect(kernels->first_beyond(z, odd, 65504.0f) <= odd, "a place", "first_beyond");
                    calls++;
                }
                leave_rooms(0);
            }
        }
    }
}

// MARK: Encoding

/// The ways to encode a format: its own outliers where it has any that an encoder writes.
static int encoding_of(const hifi_format *f, unsigned turn, hifi_encoding *e) {
    const hifi_outliers *o = &f->outliers;
    const int residuals = o->mode == HIFI_ADD && o->value == HIFI_VALUE_SCALED && o->scale == HIFI_SCALE_F32 && f->base == HIFI_Q3_K;
    *e = (hifi_encoding){.base = f->base, .stride = f->stride, .search = (uint8_t)(turn % 3)};
    if (o->mode == HIFI_NO_OUTLIERS) return 1;
    if (o->wide_index || o->slots == 0 || !(residuals || o->value == HIFI_VALUE_F16)) return 0;
    e->stored = residuals ? HIFI_STORES_RESIDUALS : HIFI_STORES_WEIGHTS;
    e->slots = o->slots, e->outliers = (uint8_t)(turn / 3 % (o->slots + 1u));
    e->index_at = o->index_at, e->value_at = o->value_at, e->scale_at = o->scale_at;
    e->has_count = o->has_count, e->count_at = o->count_at;
    e->scored_by_importance = turn >> 1 & 1, e->rising = turn >> 2 & 1, e->stops_at_zero = turn >> 3 & 1;
    e->empty = turn & 1 ? 255 : 0, e->empty_of_none = turn & 2 ? 255 : 0;
    return 1;
}

static void check_encode(void) {
    for (size_t k = 0; k < FORMAT_COUNT; k++) {
        const hifi_format f = format_at(k);
        if (kernels->encode[f.base] == NULL) continue;
        for (unsigned turn = 0; turn < 96; turn++) {
            hifi_encoding e;
            if (!encoding_of(&f, turn, &e)) break;
            const size_t row_blocks = 1 + turn % 11, rows = 1 + turn / 2 % 3, blocks = row_blocks * rows, shift = turn % SHIFTS;
            float *x = room(4 * blocks * f.elements, float_shift(shift)), *again = room(4 * blocks * f.elements, 0);
            fill_floats(x, blocks * f.elements, turn / 3, 1);
            memcpy(again, x, 4 * blocks * f.elements);
            float *importance = NULL;
            if (e.search != HIFI_SEARCH_PLAIN) {
                importance = room(4 * row_blocks * f.elements, float_shift(shift + 3));
                fill_floats(importance, row_blocks * f.elements, turn % 5 == 0 ? 7 : 0, 1);
                for (size_t i = 0; i < row_blocks * f.elements; i++) importance[i] = importance[i] < 0 ? 0 : importance[i];
            }
            uint8_t *out = room(blocks * f.stride, shift), *other = room(blocks * f.stride, other_shift(shift));
            memset(out, 0, blocks * f.stride), memset(other, 0, blocks * f.stride);
            hifi_encode(kernels, &e, x, importance, row_blocks, blocks, out);
            hifi_encode(kernels, &e, again, importance, row_blocks, blocks, other);
            calls += 2;
            expect(memcmp(out, other, blocks * f.stride) == 0, "an encoding", described[k].id);
            leave_rooms(0);
        }
    }
}

/// Every entry of a grid under its key; the other keys have lists of one to three times eight neighbours, drawn at random.
static void check_entries(void) {
    for (size_t g = 0; g < sizeof grid_numbers / sizeof *grid_numbers; g++) {
        const int lanes = grid_numbers[g].lanes, bits = lanes == 8 ? 2 : 3, levels = 1 << bits;
        const size_t entries = grid_numbers[g].entries, keys = (size_t)1 << (lanes * bits), size = 8 * (size_t)(lanes + 2);
        uint8_t *levels_of = room(entries * (size_t)lanes, 3);
        for (size_t i = 0; i < entries * (size_t)lanes; i++) levels_of[i] = (uint8_t)(next_random() % (unsigned)levels);
        enum { LISTS = 40 };
        uint8_t *lists = room(LISTS * (4 + 3 * size), 1);
        int32_t starts[LISTS], *places = room(4 * keys, 4);
        size_t end = 0;
        for (int l = 0; l < LISTS; l++) {
            const uint32_t blocks = 1 + (uint32_t)l % 3;
            starts[l] = (int32_t)end;
            memcpy(lists + end, &blocks, 4), end += 4;
            for (uint32_t b = 0; b < blocks; b++, end += size) {
                for (int n = 0; n < 8; n++) {
                    const uint16_t number = (uint16_t)(next_random() % entries);
                    const uint8_t *own = levels_of + number * (size_t)lanes;
                    memcpy(lists + end + 2 * n, &number, 2);
                    for (int lane = 0; lane < lanes; lane++) lists[end + 16 + 8 * (size_t)lane + (size_t)n] = (uint8_t)(2 * own[lane] + 1);
                }
            }
        }
        for (size_t key = 0; key < keys; key++) places[key] = -1 - starts[next_random() % LISTS];
        for (size_t n = 0; n < entries; n++) {
            size_t key = 0;
            for (int lane = 0; lane < lanes; lane++) key |= (size_t)levels_of[n * (size_t)lanes + (size_t)lane] << (lane * bits);
            places[key] = (int32_t)n;
        }
        const int kept = room_count;
        for (size_t turn = 0; turn < 384; turn++) {
            const uint8_t part = turn % 2 ? 16 : 32;
            const hifi_entry_index index = {(uint8_t)lanes, (uint8_t)levels, (uint8_t)bits, part, (uint8_t)(turn % 16),
                                            (uint8_t)(turn / 2 % 3), 0.1f, places, lists, levels_of};
            float *x = room(4 * part, float_shift(turn)), *weights = room(4 * part, 0), *roots = room(4 * part, 8), scale = 0, top = 0;
            fill_floats(x, part, (unsigned)(turn / 4), 1), fill_floats(weights, part, 0, 1);
            for (int i = 0; i < part; i++) {
                x[i] = x[i] < 0 ? -x[i] : x[i], weights[i] = weights[i] < 0 ? 0 : weights[i], roots[i] = weights[i];
                top = x[i] > top ? x[i] : top;
            }
            kernels->search_entries(&index, x, weights, roots, top, &scale, room(part, turn % SHIFTS));
            calls++;
            leave_rooms(kept);
        }
        leave_rooms(0);
    }
}

// MARK: Content

static void check_scan(void) {
    for (size_t k = 0; k < FORMAT_COUNT; k++) {
        const hifi_format f = format_at(k);
        const hifi_outliers *o = &f.outliers;
        for (unsigned turn = 0; turn < 128; turn++) {
            hifi_scan_plan plan;
            (turn % 4 == 3 ? hifi_scan_begin_singly : hifi_scan_begin)(&plan, f.stride);
            // Wherever a word or byte may lie, the last of the block included.
            if (f.stride >= 2) {
                hifi_scan_word(&plan, f.stride - 2, 0x7C00, 1);
                if (turn & 1) hifi_scan_word(&plan, (uint32_t)(next_random() % (f.stride - 1)) & ~1u, 0x7C00, 1);
                if (turn & 2) hifi_scan_word(&plan, (uint32_t)(next_random() % (f.stride - 1)) & ~1u, 0x7F80, 0);
            }
            if (turn & 4) hifi_scan_limit(&plan, (uint32_t)(next_random() % f.stride), (uint8_t)next_random(), (uint8_t)next_random());
            if (turn & 8) {
                uint8_t allowed[32];
                fill_bytes(allowed, 32, turn);
                const uint32_t at = (uint32_t)(next_random() % f.stride);
                hifi_scan_among(&plan, at, f.stride - at, allowed);
            }
            if (o->mode != HIFI_NO_OUTLIERS && !o->wide_index) {
                const hifi_scan_slot_layout slots = {
                    o->slots, o->has_count, o->count_mask, o->count_max, o->value == HIFI_VALUE_F16, f.base == HIFI_Q3_K, o->index_at,
                    o->value_at, o->count_at};
                for (unsigned test = 1; test <= HIFI_SCAN_EMPTY; test *= 2) {
                    if (next_random() % 2) hifi_scan_slots(&plan, &slots, test);
                }
            }
            const size_t count = turn % 3 == 0 ? next_random() % 7 : next_random() % (3 * (plan.group > 0 ? plan.group : 8) + 2);
            uint8_t *a = room(count * f.stride, turn % SHIFTS), *b = room(count * f.stride, other_shift(turn % SHIFTS));
            // Mostly nothing suspicious, so that scans reach the end.
            fill_bytes(a, count * f.stride, turn % 5 == 0 ? turn / 5 : 1);
            memcpy(b, a, count * f.stride);
            hifi_scan_found found = {0}, again = {0};
            memset(found.low, 0xFF, sizeof found.low), memset(again.low, 0xFF, sizeof again.low);
            const size_t one = hifi_scan(kernels, &plan, a, count, &found), two = hifi_scan(kernels, &plan, b, count, &again);
            calls += 2;
            expect(one == two && memcmp(&found, &again, sizeof found) == 0, "a scan", described[k].id);
            leave_rooms(0);
        }
    }
}

int main(int count, char **words) {
    static const struct { const char *name; void (*check)(void); } kinds[] = {
        {"decode", check_decode}, {"dot", check_dot}, {"gemm", check_gemm}, {"activation", check_activation},
        {"encode", check_encode}, {"entries", check_entries}, {"scan", check_scan},
    };
    if (count != 3) return 2;
    kernels = hifi_kernels_named(words[1]);
    for (size_t i = 0; kernels == NULL && hifi_kernels_emulated(i) != NULL; i++) {
        if (strcmp(hifi_kernels_emulated(i)->name, words[1]) == 0) kernels = hifi_kernels_emulated(i);
    }
    if (kernels == NULL) {
        printf("%s none\n", words[1]);
        return 0;
    }
    // On the heap, so that a read beyond a grid is noticed too.
    for (size_t g = 0; g < sizeof grids / sizeof *grids; g++) {
        const size_t numbers = (size_t)grid_numbers[g].entries * grid_numbers[g].lanes;
        void *copy = NULL;
        if (posix_memalign(&copy, 64, numbers) != 0) return 2;
        memcpy(copy, grid_numbers[g].numbers, numbers);
        grids[g] = copy;
    }
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        if (strcmp(words[2], kinds[i].name) != 0) continue;
        kinds[i].check();
        printf("%s %s calls %llu\n", words[1], words[2], (unsigned long long)calls);
        for (size_t g = 0; g < sizeof grids / sizeof *grids; g++) free((void *)(uintptr_t)grids[g]);
        return failures > 0;
    }
    return 2;
}
