// Encoders in portable C, sixteen lanes at a time in what registers every processor of the kind has.
#define LANES 16
#define NAME(x) scalar_##x
#include "encode_kernels.h"
