// Which kernels run. Compiled for the baseline processor.
#include <string.h>

#include "CInference.h"

extern const hifi_float_kernels hifi_float_portable;

#if defined(__x86_64__)
extern const hifi_float_kernels hifi_float_avx2, hifi_float_avx512;

static int runs_avx2(void) {
    __builtin_cpu_init();
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("f16c");
}

static int runs_avx512(void) {
    return runs_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512dq") && __builtin_cpu_supports("avx512vl");
}
#endif

const hifi_float_kernels *hifi_float_kernels_fastest(void) {
#if defined(__x86_64__)
    if (runs_avx512()) return &hifi_float_avx512;
    if (runs_avx2()) return &hifi_float_avx2;
#endif
    return &hifi_float_portable;
}

const hifi_float_kernels *hifi_float_kernels_named(const char *name) {
#if defined(__x86_64__)
    if (strcmp(name, "avx512") == 0 && runs_avx512()) return &hifi_float_avx512;
    if (strcmp(name, "avx2") == 0 && runs_avx2()) return &hifi_float_avx2;
#endif
    return strcmp(name, "portable") == 0 ? &hifi_float_portable : NULL;
}
