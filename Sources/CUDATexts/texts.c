#include "CUDATexts.h"

#pragma clang diagnostic ignored "-Wc23-extensions"

static const char source[] = {
#embed "Kernels/01_dialect.cu" suffix(, )
#embed "Kernels/02_words.cu" suffix(, )
#embed "Kernels/03_formats.cu" suffix(, )
#embed "Kernels/04_outliers.cu" suffix(, )
#embed "Kernels/05_decode.cu" suffix(, )
#embed "Kernels/06_activations.cu" suffix(, )
#embed "Kernels/07_vector.cu" suffix(, )
#embed "Kernels/08_matrix.cu" suffix(, )
#embed "Kernels/09_slots.cu" suffix(, )
#embed "Kernels/10_floats.cu" suffix(, )
#embed "Kernels/11_elements.cu" suffix(, )
#embed "Kernels/12_products.cu" suffix(, )
#embed "Kernels/13_attention.cu" suffix(, )
#embed "Kernels/14_scores.cu" suffix(, )
    0};

static const char ptx_75[] = {
#embed "PTX/compute_75.ptx" suffix(, )
    0};

static const char ptx_80[] = {
#embed "PTX/compute_80.ptx" suffix(, )
    0};

const char *hifi_cuda_source(void) { return source; }
const char *hifi_cuda_ptx_75(void) { return ptx_75; }
const char *hifi_cuda_ptx_80(void) { return ptx_80; }
