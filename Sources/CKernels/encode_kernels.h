// All encoders of one instruction set: the including file defines NAME and LANES, and what registers there are.
#include "encode_affine.h"
#include "encode_codebook.h"
#include "encode_entries.h"
#include "encode_levels.h"
#include "encode_small.h"
#include "encode_symmetric.h"
#include "tables.h"

int NAME(encode_q80)(
    const hifi_encoding *e, const float *x, const float *importance, size_t row_blocks, size_t blocks, uint8_t *out) {
    (void)e, (void)importance, (void)row_blocks;
    NAME(quantize_q80)(x, 32 * blocks, out);
    return 0;
}

size_t NAME(first_beyond)(const float *x, size_t count, float limit) {
    size_t i = 0;
    for (; i + COLUMNS <= count; i += COLUMNS) {
        lanes_i within = (lanes_i)-1;
        for (int c = 0; c < COLUMNS; c += LANES) within &= magnitude_lanes(load_lanes(x + i + c)) <= limit;
        if (__builtin_reduce_and(within) == 0) break;
    }
    while (i < count && fabsf(x[i]) <= limit) i++;
    return i;
}
