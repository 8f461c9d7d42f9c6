// Encoders with AVX-512: sixty-four lanes in four registers, so that three work while one waits.
#if defined(__x86_64__)
#include "avx512.h"

AVX512_BEGIN

#define LANES 64
#define NAME(x) avx512_##x
#include "encode_kernels.h"

AVX512_END
#endif
