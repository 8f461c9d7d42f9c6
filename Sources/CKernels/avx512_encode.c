// Encoders with AVX-512: thirty-two lanes in two registers, so that one works while the other waits.
#if defined(__x86_64__)
#include "avx512.h"

AVX512_BEGIN

#define LANES 32
#define NAME(x) avx512_##x
#include "encode_kernels.h"

AVX512_END
#endif
