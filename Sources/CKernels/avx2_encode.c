// Encoders with AVX2: thirty-two lanes in four registers, so that three work while one waits.
#if defined(__x86_64__)
#include "avx2.h"

AVX2_BEGIN

#define LANES 32
#define NAME(x) avx2_##x
#include "encode_kernels.h"

AVX2_END
#endif
