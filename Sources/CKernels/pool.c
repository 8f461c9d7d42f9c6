// A few threads that wait for numbered tasks. Which thread runs a task must not matter to its result.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

#include "CKernels.h"

struct hifi_pool {
    pthread_mutex_t caller;  // held by whoever runs tasks
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    uint64_t round;  // changes when there is new work
    size_t busy;     // threads still in the round
    int stopping;
    hifi_task task;
    void *context;
    size_t count;
    _Atomic size_t next;
    size_t threads;  // the caller included
    pthread_t ids[];
};

static void run_tasks(hifi_pool *pool, hifi_task task, void *context, size_t count) {
    for (;;) {
        const size_t index = atomic_fetch_add_explicit(&pool->next, 1, memory_order_relaxed);
        if (index >= count) return;
        task(context, index);
    }
}

static void *worker(void *argument) {
    hifi_pool *pool = argument;
    uint64_t seen = 0;
    pthread_mutex_lock(&pool->lock);
    for (;;) {
        while (pool->round == seen && !pool->stopping) pthread_cond_wait(&pool->work, &pool->lock);
        if (pool->stopping) break;
        seen = pool->round;
        const hifi_task task = pool->task;
        void *context = pool->context;
        const size_t count = pool->count;
        pthread_mutex_unlock(&pool->lock);
        run_tasks(pool, task, context, count);
        pthread_mutex_lock(&pool->lock);
        if (--pool->busy == 0) pthread_cond_signal(&pool->done);
    }
    pthread_mutex_unlock(&pool->lock);
    return NULL;
}

hifi_pool *hifi_pool_make(size_t threads) {
    if (threads < 1) threads = 1;
    if (threads > 1024) threads = 1024;
    hifi_pool *pool = calloc(1, sizeof *pool + threads * sizeof(pthread_t));
    if (pool == NULL) return NULL;
    pthread_mutex_init(&pool->caller, NULL);
    pthread_mutex_init(&pool->lock, NULL);
    pthread_cond_init(&pool->work, NULL);
    pthread_cond_init(&pool->done, NULL);
    pool->threads = 1;
    // Fewer threads than asked for give the same results later.
    while (pool->threads < threads && pthread_create(&pool->ids[pool->threads - 1], NULL, worker, pool) == 0) pool->threads++;
    return pool;
}

size_t hifi_pool_threads(const hifi_pool *pool) { return pool->threads; }

void hifi_pool_run(hifi_pool *pool, size_t count, hifi_task task, void *context) {
    if (pool->threads == 1 || count <= 1) {
        for (size_t i = 0; i < count; i++) task(context, i);
        return;
    }
    pthread_mutex_lock(&pool->caller);
    pthread_mutex_lock(&pool->lock);
    pool->task = task;
    pool->context = context;
    pool->count = count;
    atomic_store_explicit(&pool->next, 0, memory_order_relaxed);
    pool->busy = pool->threads - 1;
    pool->round++;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    run_tasks(pool, task, context, count);
    pthread_mutex_lock(&pool->lock);
    while (pool->busy > 0) pthread_cond_wait(&pool->done, &pool->lock);
    pthread_mutex_unlock(&pool->lock);
    pthread_mutex_unlock(&pool->caller);
}

void hifi_pool_free(hifi_pool *pool) {
    if (pool == NULL) return;
    pthread_mutex_lock(&pool->lock);
    pool->stopping = 1;
    pthread_cond_broadcast(&pool->work);
    pthread_mutex_unlock(&pool->lock);
    for (size_t i = 0; i + 1 < pool->threads; i++) pthread_join(pool->ids[i], NULL);
    pthread_cond_destroy(&pool->work);
    pthread_cond_destroy(&pool->done);
    pthread_mutex_destroy(&pool->lock);
    pthread_mutex_destroy(&pool->caller);
    free(pool);
}
