// A few threads that run numbered tasks.
#ifndef HIFI_CTHREADS_H
#define HIFI_CTHREADS_H

#include <stddef.h>

/// Threads that wait for work.
typedef struct hifi_pool hifi_pool;
typedef void (*hifi_task)(void *context, size_t index);

/// `threads` counts the caller: 1 makes no thread. NULL if none can be made.
hifi_pool *hifi_pool_make(size_t threads);
size_t hifi_pool_threads(const hifi_pool *pool);
/// Runs task(context, 0 … count - 1), each once, and returns when all are done. One caller at a time: others wait.
void hifi_pool_run(hifi_pool *pool, size_t count, hifi_task task, void *context);
void hifi_pool_free(hifi_pool *pool);

#endif
