// Whether AMX may be used. Compiled for the baseline processor.
//
// The registers of the tiles are 8 KiB a thread, so Linux wants to be asked once in each process (5.16 and newer); threads
// get their room when they first use a tile. A refusal, or a system that saves no tiles, leaves AVX-512 to run.
#if defined(__x86_64__)
#define _GNU_SOURCE
#include <cpuid.h>
#include <stdatomic.h>
#include <stdint.h>

#include "tables.h"

#if defined(__linux__)
#include <sys/syscall.h>
#include <unistd.h>
#endif

enum { OSXSAVE = 1 << 27, AMX_TILE = 1 << 24, AMX_INT8 = 1 << 25, TILE_STATES = 3 << 17 };

static uint32_t enabled_states(void) {
    uint32_t low, high;
    __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
    return low;
}

/// Eight tiles of sixteen rows of 64 bytes, as palette 1 has them.
static int has_usual_tiles(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid_count(0x1D, 1, &a, &b, &c, &d)) return 0;
    const unsigned bytes = a >> 16, row_bytes = b & 0xFFFF, tiles = b >> 16, rows = c & 0xFFFF;
    return bytes >= 1024 && row_bytes >= 64 && tiles >= 8 && rows >= 16;
}

static int has_amx(void) {
    unsigned a, b, c, d;
    if (!__get_cpuid(1, &a, &b, &c, &d) || (c & OSXSAVE) == 0) return 0;
    if (!__get_cpuid_count(7, 0, &a, &b, &c, &d) || (d & AMX_TILE) == 0 || (d & AMX_INT8) == 0) return 0;
    return (enabled_states() & TILE_STATES) == TILE_STATES && has_usual_tiles();
}

static int ask(void) {
#if defined(__linux__) && defined(SYS_arch_prctl)
    enum { ARCH_REQ_XCOMP_PERM = 0x1023, XFEATURE_XTILEDATA = 18 };
    return syscall(SYS_arch_prctl, ARCH_REQ_XCOMP_PERM, XFEATURE_XTILEDATA) == 0;
#else
    return 0;
#endif
}

int amx_is_permitted(void) {
    // Asking twice gives the same answer, so two threads that meet here do no harm.
    static _Atomic int answer;  // 0: not asked yet, 1: no, 2: yes
    int known = atomic_load_explicit(&answer, memory_order_relaxed);
    if (known == 0) {
        known = has_amx() && ask() ? 2 : 1;
        atomic_store_explicit(&answer, known, memory_order_relaxed);
    }
    return known == 2;
}
#endif
