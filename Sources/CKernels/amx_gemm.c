// Matrix products with AMX; everything else is AVX-512's.
#if defined(__x86_64__)
#include "avx512.h"
#include "tables.h"

#pragma clang attribute push(                                                                                          \
    __attribute__((target("avx2,fma,f16c,avx512f,avx512bw,avx512dq,avx512vl,avx512cd,avx512vnni,avx512vbmi,gfni,amx-tile,amx-int8"))), \
    apply_to = function)

#define AMX_NAME(x) amx_##x
#include "amx_gemm.h"

/// Below this AVX-512 is as fast: 48 columns cost as much as one, and sums of each 32 weights keep the vector units busy.
static size_t fewest_columns(hifi_base base) { return base == HIFI_Q8_0 ? 32 : 16; }

static size_t amx_arranged_bytes(const hifi_format *f, size_t columns, size_t superblocks) {
    return columns >= fewest_columns(f->base) && takes_arranged(f) ? groups_of(columns) * superblocks * GROUP_BYTES : 0;
}

static void amx_gemm_arranged(
    const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *arranged, size_t columns,
    size_t superblocks, float *out, size_t out_stride, uint8_t *scratch) {
    multiply_arranged(amx_pack_avx512, f, rows, row_bytes, row_count, arranged, columns, superblocks, out, out_stride, scratch);
}

#pragma clang attribute pop

const hifi_kernels hifi_amx = {
    .name = "amx",
    ROW_KERNELS(avx512, avx512, avx512, avx512),
    .panel_rows = 32,
    .gemm_takes = avx512_gemm_takes,
    .gemm_scratch = avx512_gemm_scratch,
    .gemm_panel = avx512_gemm_panel,
    .arranged_rows = STRIP_ROWS * PANEL_STRIPS,
    .group_columns = GROUP_COLUMNS,
    .arranged_bytes = amx_arranged_bytes,
    .arrange = amx_arrange,
    .arranged_scratch = amx_arranged_scratch,
    .gemm_arranged = amx_gemm_arranged,
    .scan = avx512_scan,
};
#endif
