// Runs a CUDA kernel's text, compiled as plain C++, on the host: for tests, not for speed.
//
// Every CUDA thread of a block has a stack of its own. Barriers and warp collectives are real meetings, so that a kernel
// that is wrong about them is reported, or computes something else. Shared memory is poisoned before each block, and the
// order in which threads run can be changed: a result that depends on it lacks a barrier.
#pragma once
#include <sys/mman.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <functional>
#include <mutex>
#include <stdexcept>
#include <string>
#include <vector>

#include "fiber.h"

extern "C" {
// The bounds of the section in which `__shared__` variables lie.
extern unsigned char __start_shim_shared[] __attribute__((weak, visibility("hidden")));
extern unsigned char __stop_shim_shared[] __attribute__((weak, visibility("hidden")));
}

struct dim3 {
    unsigned x, y, z;
    constexpr dim3(unsigned x = 1, unsigned y = 1, unsigned z = 1) : x(x), y(y), z(z) {}
};
struct uint3 { unsigned x, y, z; };

namespace shim {

constexpr unsigned char kPoison = 0xCD;
enum class State : uint8_t { fresh, ready, barrier, warp, done };
enum class Collective : uint8_t { none, shuffle, sync, custom };

struct Thread {
    uint3 index{};
    unsigned flat = 0, lane = 0, warp = 0;
    unsigned barriers = 0, meetings = 0;  // passed: of the block, of the warp
    State state = State::fresh;
    Collective collective = Collective::none;
    unsigned mask = 0;
    uint64_t in = 0, out = 0;
    int source = 0, line = 0;
    void (*custom)(Thread **) = nullptr;
    void *box = nullptr;
    struct Copy { void *target; const void *source; };
    std::vector<Copy> copies;  // asked for, not yet waited for
    Context context;
    char *stack = nullptr;
    void *fake_stack = nullptr;
};

/// Stacks are kept from launch to launch; those of a launch that failed are given up. One launch runs at a time.
struct Stacks {
    static constexpr size_t kBytes = 128 * 1024;
    std::vector<char *> free;

    char *take() {
        if (free.empty()) {
            void *p = mmap(nullptr, kBytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
            if (p == MAP_FAILED) throw std::runtime_error("no memory for a stack");
            mprotect(p, 4096, PROT_NONE);
            return static_cast<char *>(p);
        }
        char *stack = free.back();
        free.pop_back();
        return stack;
    }
};

inline Stacks &stacks() {
    static Stacks all;
    return all;
}

struct Block {
    uint3 index{};
    uint32_t serial = 0, first = 0;  // the number of this among the blocks of all launches, and of the first of its launch
    dim3 size, grid;
    unsigned count = 0, live = 0, at_barrier = 0;
    int barrier_site = 0;
    std::vector<Thread> threads;
    std::vector<unsigned> order, waiting;  // waiting: for each warp the lanes in a collective
    std::vector<unsigned char> memory;
    unsigned char *dynamic_shared = nullptr;
    const std::function<void()> *body = nullptr;
    Thread *current = nullptr;
    Context scheduler;
    std::string error;
#ifdef SHIM_ASAN
    const void *host_bottom = nullptr;
    size_t host_size = 0;
#endif
};

/// Of the launch that runs; there is one at a time.
inline Block *g_block = nullptr;
inline uint32_t g_blocks = 0;

/// Which of several faults that were planted in the text acts; 0: none.
inline int g_fault = 0;

/// Leaves the running thread.
inline void to_scheduler() {
    Block *b = g_block;
    Thread *t = b->current;
#ifdef SHIM_ASAN
    __sanitizer_start_switch_fiber(t->state == State::done ? nullptr : &t->fake_stack, b->host_bottom, b->host_size);
#endif
    switch_context(t->context, b->scheduler);
#ifdef SHIM_ASAN
    __sanitizer_finish_switch_fiber(t->fake_stack, nullptr, nullptr);
#endif
}

/// Ends the launch. The thread is never resumed.
[[noreturn]] inline void fail(const char *what, int line) {
    Block *b = g_block;
    Thread *t = b->current;
    char text[256];
    std::snprintf(text, sizeof text, "%s (block %u,%u thread %u line %d)", what, b->index.x, b->index.y, t->flat, line);
    if (b->error.empty()) b->error = text;
    t->state = State::warp;
    t->collective = Collective::none;
    to_scheduler();
    std::abort();
}

inline void release_barrier(Block *b) {
    b->at_barrier = 0;
    for (Thread &t : b->threads) {
        if (t.state == State::barrier) t.state = State::ready;
    }
}

inline void thread_main() {
#ifdef SHIM_ASAN
    __sanitizer_finish_switch_fiber(nullptr, &g_block->host_bottom, &g_block->host_size);
#endif
    (*g_block->body)();
    Block *b = g_block;
    b->current->state = State::done;
    b->live--;
    if (b->live > 0 && b->at_barrier == b->live) release_barrier(b);
    to_scheduler();
    std::abort();
}

inline void barrier(int line, int site) {
    Block *b = g_block;
    if (b->at_barrier == 0) {
        b->barrier_site = site;
    } else if (b->barrier_site != site) {
        fail("threads of one block wait at different barriers", line);
    }
    b->current->line = line;
    b->current->barriers++;
    if (b->at_barrier + 1 == b->live) return release_barrier(b);
    b->at_barrier++;
    b->current->state = State::barrier;
    to_scheduler();
}

/// The last lane to arrive computes every lane's result.
inline void finish_collective(Thread **lanes, unsigned mask, int line) {
    const Collective kind = lanes[__builtin_ctz(mask)]->collective;
    for (unsigned m = mask; m; m &= m - 1) {
        Thread *t = lanes[__builtin_ctz(m)];
        if (t->collective != kind) fail("lanes of one warp wait in different collectives", line);
        if (kind != Collective::shuffle) continue;
        if (!(mask >> t->source & 1)) fail("a shuffle reads a lane outside its mask", line);
        t->out = lanes[t->source]->in;
    }
    if (kind == Collective::custom) lanes[0]->custom(lanes);
}

inline uint64_t collective(
    Collective kind, unsigned mask, uint64_t in, int source, int line, void (*custom)(Thread **) = nullptr, void *box = nullptr) {
    Block *b = g_block;
    Thread *t = b->current;
    const unsigned first = t->warp * 32, lanes = std::min(32u, b->count - first);
    const unsigned existing = lanes == 32 ? ~0u : (1u << lanes) - 1;
    if (!(mask >> t->lane & 1)) fail("a lane calls a collective whose mask leaves it out", line);
    if (mask & ~existing) fail("a mask names lanes that do not exist", line);
    if (kind == Collective::custom && mask != ~0u) fail("a matrix instruction needs a whole warp", line);
    t->collective = kind, t->mask = mask, t->in = in, t->source = source, t->line = line, t->custom = custom, t->box = box;
    t->state = State::warp;
    if (kind == Collective::sync) t->meetings++;
    unsigned &waiting = b->waiting[t->warp];
    waiting |= 1u << t->lane;
    if ((waiting & mask) != mask) {
        for (unsigned m = mask & ~waiting; m; m &= m - 1) {
            if (b->threads[first + __builtin_ctz(m)].state == State::done) fail("a collective names a lane that has ended", line);
        }
        to_scheduler();
        return t->out;
    }
    Thread *all[32] = {};
    for (unsigned m = mask; m; m &= m - 1) {
        Thread *other = &b->threads[first + __builtin_ctz(m)];
        if (other->mask != mask) fail("lanes of one collective pass different masks", line);
        all[other->lane] = other;
    }
    finish_collective(all, mask, line);
    for (unsigned m = mask; m; m &= m - 1) {
        Thread *other = all[__builtin_ctz(m)];
        other->state = State::ready;
        other->collective = Collective::none;
    }
    waiting &= ~mask;
    return t->out;
}

inline void resume(Block &b, Thread &t, unsigned place) {
    if (t.state == State::fresh) {
        t.stack = stacks().take();
        // Stacks lie 128 KiB apart: without a different start each, all their hot lines fall into one cache set.
        make_context(t.context, t.stack + 4096, t.stack + Stacks::kBytes - (place % 128) * 320, thread_main);
    }
    t.state = State::ready;
#ifdef SHIM_ASAN
    void *fake = nullptr;
    __sanitizer_start_switch_fiber(&fake, t.stack, Stacks::kBytes);
#endif
    switch_context(b.scheduler, t.context);
#ifdef SHIM_ASAN
    __sanitizer_finish_switch_fiber(fake, nullptr, nullptr);
#endif
    if (t.state != State::done) return;
    stacks().free.push_back(t.stack);
    t.stack = nullptr;
}

inline void describe_deadlock(Block &b) {
    unsigned barrier = 0, warp = 0;
    int barrier_line = 0, warp_line = 0;
    for (Thread &t : b.threads) {
        if (t.state == State::barrier) barrier++, barrier_line = t.line;
        if (t.state == State::warp) warp++, warp_line = t.line;
    }
    char text[200];
    std::snprintf(
        text, sizeof text, "deadlock in block %u,%u: %u threads at a barrier (line %d), %u in a warp collective (line %d), %u live",
        b.index.x, b.index.y, barrier, barrier_line, warp, warp_line, b.live);
    b.error = text;
}

inline void run_block(Block &b) {
    g_block = &b;
    b.serial = ++g_blocks;
    b.live = b.count;
    b.at_barrier = 0;
    for (Thread &t : b.threads) {
        t.state = State::fresh, t.collective = Collective::none, t.barriers = t.meetings = 0;
        t.copies.clear();
    }
    std::fill(b.waiting.begin(), b.waiting.end(), 0u);
    // Shared memory is never zero at the start, nor an earlier block's.
    if (!b.memory.empty()) std::memset(b.memory.data(), kPoison, b.memory.size());
    if (__start_shim_shared) std::memset(__start_shim_shared, kPoison, size_t(__stop_shim_shared - __start_shim_shared));
    while (b.live > 0) {
        bool moved = false;
        // A warp runs until all its lanes wait or are done: its stacks stay in the first-level cache.
        for (unsigned warp = 0; warp < b.count; warp += 32) {
            for (bool again = true; again;) {
                again = false;
                for (unsigned i = warp; i < std::min(warp + 32, b.count); i++) {
                    Thread &t = b.threads[b.order[i]];
                    if (t.state != State::fresh && t.state != State::ready) continue;
                    moved = again = true;
                    b.current = &t;
                    resume(b, t, i);
                    if (!b.error.empty()) {
                        g_block = nullptr;
                        return;
                    }
                }
            }
        }
        if (moved) continue;
        describe_deadlock(b);
        break;
    }
    g_block = nullptr;
}

/// 0: threads in order; 1: backwards, blocks too; n > 1: shuffled, n the seed.
inline void arrange(Block &b, int order) {
    const unsigned n = b.count;
    for (unsigned i = 0; i < n; i++) b.order.push_back(order == 1 ? n - 1 - i : i);
    if (order <= 1) return;
    uint64_t random = uint64_t(order) * 0x9E3779B97F4A7C15ull + 1;
    auto below = [&random](unsigned k) {
        random = random * 6364136223846793005ull + 1442695040888963407ull;
        return unsigned((random >> 33) % k);
    };
    // Lanes within each warp, then whole warps.
    for (unsigned warp = 0; warp < n; warp += 32) {
        for (unsigned i = std::min(32u, n - warp) - 1; i > 0; i--) std::swap(b.order[warp + i], b.order[warp + below(i + 1)]);
    }
    for (unsigned i = n / 32; i-- > 1;) {
        const unsigned k = below(i + 1);
        for (unsigned lane = 0; lane < 32; lane++) std::swap(b.order[32 * i + lane], b.order[32 * k + lane]);
    }
}

/// Runs every block, one after another. Throws std::runtime_error if the kernel makes a mistake of synchronisation.
inline void launch(dim3 grid, dim3 size, size_t dynamic_shared, const std::function<void()> &body, int order) {
    static std::mutex one_at_a_time;
    std::lock_guard<std::mutex> hold(one_at_a_time);
    Block b;
    b.size = size, b.grid = grid, b.body = &body, b.first = g_blocks + 1;
    b.count = size.x * size.y * size.z;
    if (b.count == 0 || b.count > 1024) throw std::runtime_error("a block has 1 to 1024 threads");
    b.threads.resize(b.count);
    b.waiting.resize((b.count + 31) / 32);
    // Exactly as large as asked for, so that AddressSanitizer sees an overrun; a vector's start is 16-aligned.
    b.memory.resize(dynamic_shared);
    b.dynamic_shared = b.memory.data();
    for (unsigned i = 0; i < b.count; i++) {
        Thread &t = b.threads[i];
        t.flat = i, t.lane = i & 31, t.warp = i >> 5;
        t.index = {i % size.x, i / size.x % size.y, i / (size.x * size.y)};
    }
    arrange(b, order);
    const uint64_t total = uint64_t(grid.x) * grid.y * grid.z;
    for (uint64_t n = 0; n < total; n++) {
        const uint64_t k = order == 1 ? total - 1 - n : n;
        b.index = {unsigned(k % grid.x), unsigned(k / grid.x % grid.y), unsigned(k / (uint64_t(grid.x) * grid.y))};
        run_block(b);
        if (!b.error.empty()) throw std::runtime_error(b.error);
    }
}

}  // namespace shim
