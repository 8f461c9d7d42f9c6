// Encoders in portable C, four lanes at a time: what every processor with a vector unit has.
#define LANES 4
#define NAME(x) scalar_##x
#include "encode_kernels.h"
