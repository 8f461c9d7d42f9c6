// As much of <string.h> as the kernels need where there is no C library of the target.
#ifndef HIFI_PROOFS_STRING_H
#define HIFI_PROOFS_STRING_H
#include <stddef.h>
void *memcpy(void *restrict to, const void *restrict from, size_t bytes);
void *memset(void *to, int byte, size_t bytes);
#endif
