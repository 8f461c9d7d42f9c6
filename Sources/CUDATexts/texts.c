#include "CUDATexts.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const char source[] = {
#embed "Kernels/1_dialect.cu" suffix(, )
#embed "Kernels/2_words.cu" suffix(, )
#embed "Kernels/3_formats.cu" suffix(, )
#embed "Kernels/4_outliers.cu" suffix(, )
#embed "Kernels/5_decode.cu" suffix(, )
#embed "Kernels/6_activations.cu" suffix(, )
#embed "Kernels/7_vector.cu" suffix(, )
#embed "Kernels/8_matrix.cu" suffix(, )
    0};

static const char ptx_75[] = {
#embed "PTX/compute_75.ptx" suffix(, )
    0};

static const char ptx_90[] = {
#embed "PTX/compute_90.ptx" suffix(, )
    0};

const char *hifi_cuda_source(void) { return source; }
const char *hifi_cuda_ptx_75(void) { return ptx_75; }
const char *hifi_cuda_ptx_90(void) { return ptx_90; }
