// The CUDA kernels as text: the source, and PTX made of it.
#ifndef HIFI_CUDA_TEXTS_H
#define HIFI_CUDA_TEXTS_H

/// The files of Kernels/ in the order of their names, with a final NUL.
const char *hifi_cuda_source(void);
/// What Scripts/cuda-ptx made of the source for devices of capability 7.5 and later, with a final NUL.
const char *hifi_cuda_ptx_75(void);
/// The same for 8.0 and later. The kernels use nothing that only later ones have.
const char *hifi_cuda_ptx_80(void);

#endif
