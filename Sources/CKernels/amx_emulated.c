// The matrix kernel of AMX on emulated tiles, so that machines without AMX test it. Never chosen: tests ask for it.
#include "common.h"

// Nothing stays in registers here, and unrolled it would be megabytes.
#undef EACH
#define EACH(variable, count) _Pragma("clang loop unroll(disable)") for (int variable = 0; variable < (count); variable++)

#define HIFI_AMX_EMULATED
#define AMX_NAME(x) emulated_##x
#include "amx_gemm.h"
#include "tables.h"

static size_t emulated_arranged_bytes(const hifi_format *f, size_t columns, size_t superblocks) {
    return takes_arranged(f) ? groups_of(columns) * superblocks * GROUP_BYTES : 0;
}

static void emulated_gemm(
    const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *arranged, size_t columns,
    size_t superblocks, float *out, size_t out_stride, uint8_t *scratch) {
    multiply_arranged(amx_pack_portable, f, rows, row_bytes, row_count, arranged, columns, superblocks, out, out_stride, scratch);
}

#define EMULATED(NAME, GEMM)                                                                                           \
    {                                                                                                                  \
        .name = NAME, ROW_KERNELS(scalar, scalar, scalar, scalar),                                                     \
        .gemm_takes = gemm_takes_none, .arranged_rows = STRIP_ROWS * PANEL_STRIPS, .group_columns = GROUP_COLUMNS,     \
        .arranged_bytes = emulated_arranged_bytes, .arrange = emulated_arrange,                                        \
        .arranged_scratch = emulated_arranged_scratch, .gemm_arranged = GEMM, .scan = scalar_scan,                     \
    }

const hifi_kernels hifi_amx_emulated = EMULATED("amx-emulated", emulated_gemm);

#if defined(__x86_64__)
static void emulated_gemm_avx512(
    const hifi_format *f, const uint8_t *rows, size_t row_bytes, size_t row_count, const uint8_t *arranged, size_t columns,
    size_t superblocks, float *out, size_t out_stride, uint8_t *scratch) {
    multiply_arranged(amx_pack_avx512, f, rows, row_bytes, row_count, arranged, columns, superblocks, out, out_stride, scratch);
}

/// Strips packed by AVX-512.
const hifi_kernels hifi_amx_emulated_avx512 = EMULATED("amx-emulated-avx512", emulated_gemm_avx512);
#endif
