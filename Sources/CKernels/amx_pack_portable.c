// Unpacking rows to strips for tile products, in portable C: what the AVX-512 code does, weight by weight.
#include "amx_panel.h"
#include "unpack.h"

static void put_f32(uint8_t *at, float v) { memcpy(at, &v, 4); }

static void pack_row(const hifi_format *f, strip_shape s, const uint8_t *b, size_t r, uint8_t *strip) {
    if (f->base == HIFI_Q8_0) {
        for (size_t g = 0; g < 8; g++, b += f->stride) {
            memcpy(strip + 512 * g + 32 * r, FIELD(b, hifi_q8_0, qs), 32);
            put_f32(strip + s.d_at + 32 * r + 4 * g, loadf16(FIELD(b, hifi_q8_0, d)));
        }
        return;
    }
    for (unsigned i = 0; i < 256; i++) {
        uint8_t *const lower = strip_codes(strip, r, i / 64) + i % 64;
        // Products of Q3_K reach 128, so they are negated, and d with them.
        int32_t product = 0;
        switch (f->base) {
        case HIFI_Q3_K: product = -q3k_part(b, i).product; break;
        case HIFI_Q4_K: product = q4k_part(b, i).product; break;
        case HIFI_Q5_K: product = q5k_part(b, i).product; break;
        default: product = q6k_part(b, i).product;
        }
        *lower = (uint8_t)product;
        if (s.kind == SPLIT_PRODUCTS) lower[s.upper_at] = (uint8_t)((uint32_t)product >> 8);
    }
    if (s.minima) {
        uint8_t bytes[16];
        q4k_scales(FIELD(b, hifi_q4_k, scales), bytes);
        for (size_t g = 0; g < 8; g++) {
            const uint16_t minimum = bytes[8 + g];
            memcpy(strip + s.minima_at + 16 * r + 2 * g, &minimum, 2);
        }
        put_f32(strip + s.dmin_at + 4 * r, loadf16(FIELD(b, hifi_q4_k, dmin)));
    }
    switch (f->base) {
    case HIFI_Q3_K: put_f32(strip + s.d_at + 4 * r, -loadf16(FIELD(b, hifi_q3_k, d))); break;
    case HIFI_Q6_K: put_f32(strip + s.d_at + 4 * r, loadf16(FIELD(b, hifi_q6_k, d))); break;
    default: put_f32(strip + s.d_at + 4 * r, loadf16(FIELD(b, hifi_q4_k, d)));
    }
    if (s.sparse) strip_outliers(&f->outliers, s, b, r, strip);
}

void amx_pack_portable(
    const hifi_format *f, strip_shape s, const uint8_t *rows, size_t row_bytes, size_t count, size_t strips, size_t superblocks,
    uint8_t *out) {
    const size_t step = f->stride * (size_t)(256 / f->elements);
    for (size_t i = 0; i < superblocks; i++) {
        for (size_t r = 0; r < strips * STRIP_ROWS; r++) {
            const uint8_t *b = rows + (r < count ? r : count - 1) * row_bytes + i * step;
            pack_row(f, s, b, r % STRIP_ROWS, out + (i * strips + r / STRIP_ROWS) * (size_t)s.bytes);
        }
    }
}
