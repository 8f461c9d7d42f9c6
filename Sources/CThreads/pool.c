// A few threads that wait for numbered tasks. Which thread runs a task must not matter to its result.
#define _GNU_SOURCE
#include <pthread.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "CThreads.h"

struct hifi_pool {
    pthread_mutex_t caller;  // held by the thread that runs tasks
    pthread_mutex_t lock;
    pthread_cond_t work, done;
    _Atomic uint32_t round;    // changes when there is new work; written under the lock
    _Atomic uint64_t next;     // the round in the upper half, the number of the next task in the lower
    _Atomic size_t left;       // tasks of the round that are not finished
    size_t sleeping;           // threads that wait for work
    _Atomic int stopping;      // written under the lock
    int spins;                 // how often to look for a change before going to sleep
    _Atomic(hifi_task) task;   // written while `next` is closed
    _Atomic(void *) context;
    _Atomic uint32_t count;
    size_t threads;  // the caller included
    pthread_t ids[];
};

// Products of a small model take less time than waking a thread: some tens of microseconds of looking out for the next one are cheaper.
enum { SPINS = 1000 };

static void relax(void) {
#if defined(__x86_64__) || defined(__i386__)
    __builtin_ia32_pause();
#elif defined(__aarch64__)
    __asm__ volatile("isb");
#endif
}

// The number of the next task while a round is being prepared: no round has as many.
#define CLOSED UINT32_MAX

// Takes tasks while the round has any. A thread that comes late finds another round's number, or no tasks, and takes nothing: what is to
// be done may belong to a later round, but then `next` was closed for that one before, and was read after.
static void run_tasks(hifi_pool *pool, uint32_t round) {
    const hifi_task task = atomic_load_explicit(&pool->task, memory_order_acquire);
    void *context = atomic_load_explicit(&pool->context, memory_order_acquire);
    const uint32_t count = atomic_load_explicit(&pool->count, memory_order_acquire);
    uint64_t place = atomic_load_explicit(&pool->next, memory_order_acquire);
    while ((uint32_t)(place >> 32) == round && (uint32_t)place < count) {
        if (!atomic_compare_exchange_weak_explicit(&pool->next, &place, place + 1, memory_order_acq_rel, memory_order_acquire)) continue;
        task(context, (uint32_t)place);
        if (atomic_fetch_sub_explicit(&pool->left, 1, memory_order_acq_rel) == 1) {
            pthread_mutex_lock(&pool->lock);
            pthread_cond_signal(&pool->done);
            pthread_mutex_unlock(&pool->lock);
        }
        place = atomic_load_explicit(&pool->next, memory_order_acquire);
    }
}

static void *worker(void *argument) {
    hifi_pool *pool = argument;
    uint32_t seen = 0;
    for (;;) {
        // Without the lock: the caller holds it while it announces a round, and a thread that waits for it is asleep for longer than the
        // round takes.
        uint32_t round = seen;
        for (int i = 0; i < pool->spins && round == seen; i++) {
            if (atomic_load_explicit(&pool->stopping, memory_order_relaxed)) break;
            relax();
            round = atomic_load_explicit(&pool->round, memory_order_acquire);
        }
        if (round != seen) {
            seen = round;
            run_tasks(pool, seen);
            continue;
        }
        pthread_mutex_lock(&pool->lock);
        while (atomic_load_explicit(&pool->round, memory_order_relaxed) == seen && !pool->stopping) {
            pool->sleeping++;
            pthread_cond_wait(&pool->work, &pool->lock);
            pool->sleeping--;
        }
        if (pool->stopping) break;
        seen = atomic_load_explicit(&pool->round, memory_order_relaxed);
        pthread_mutex_unlock(&pool->lock);
        run_tasks(pool, seen);
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
    // On fewer processors than threads, looking out would keep those from working that have something to do.
    pool->spins = (long)threads <= sysconf(_SC_NPROCESSORS_ONLN) ? SPINS : 0;
    pool->threads = 1;
    // Fewer threads than asked for give the same results later.
    while (pool->threads < threads && pthread_create(&pool->ids[pool->threads - 1], NULL, worker, pool) == 0) pool->threads++;
    return pool;
}

size_t hifi_pool_threads(const hifi_pool *pool) { return pool->threads; }

void hifi_pool_run(hifi_pool *pool, size_t count, hifi_task task, void *context) {
    if (pool->threads == 1 || count <= 1 || count >= CLOSED) {
        for (size_t i = 0; i < count; i++) task(context, i);
        return;
    }
    pthread_mutex_lock(&pool->caller);
    pthread_mutex_lock(&pool->lock);
    const uint32_t round = atomic_load_explicit(&pool->round, memory_order_relaxed) + 1;
    atomic_store_explicit(&pool->next, (uint64_t)round << 32 | CLOSED, memory_order_relaxed);
    atomic_store_explicit(&pool->task, task, memory_order_release);
    atomic_store_explicit(&pool->context, context, memory_order_release);
    atomic_store_explicit(&pool->count, (uint32_t)count, memory_order_release);
    atomic_store_explicit(&pool->left, count, memory_order_relaxed);
    atomic_store_explicit(&pool->next, (uint64_t)round << 32, memory_order_release);
    atomic_store_explicit(&pool->round, round, memory_order_release);
    if (pool->sleeping < count) {
        pthread_cond_broadcast(&pool->work);
    } else {
        for (size_t i = 1; i < count; i++) pthread_cond_signal(&pool->work);
    }
    pthread_mutex_unlock(&pool->lock);
    run_tasks(pool, round);
    for (int i = 0; i < pool->spins && atomic_load_explicit(&pool->left, memory_order_acquire) > 0; i++) relax();
    if (atomic_load_explicit(&pool->left, memory_order_acquire) > 0) {
        pthread_mutex_lock(&pool->lock);
        while (atomic_load_explicit(&pool->left, memory_order_acquire) > 0) pthread_cond_wait(&pool->done, &pool->lock);
        pthread_mutex_unlock(&pool->lock);
    }
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
