// Encoders with AVX2: sixteen lanes in two registers, so that one works while the other waits.
#if defined(__x86_64__)
#include "avx2.h"

AVX2_BEGIN

#define LANES 16
#define NAME(x) avx2_##x
#include "encode_kernels.h"

AVX2_END
#endif
