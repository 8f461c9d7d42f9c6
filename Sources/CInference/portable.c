// The baseline processor: NEON on AArch64; on x86-64 without FMA instructions the library's fused multiply-add, which is slow and the same.
#define KERNELS hifi_float_portable
#define NAME "portable"
#define LANES 4
#define TILE_ROWS 4
#define REST_ROWS 2
#define TILE_VECTORS 4
#include "float_kernels.h"
