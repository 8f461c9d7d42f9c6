// A stack of its own for each CUDA thread, and the switch between two of them.
#pragma once
#include <cstddef>
#include <cstdint>

#if !defined(__x86_64__) && !(defined(__aarch64__) && defined(__clang__))
#define SHIM_UCONTEXT 1
#include <ucontext.h>
#endif

#if defined(__SANITIZE_ADDRESS__)
#define SHIM_ASAN 1
#elif defined(__has_feature)
#if __has_feature(address_sanitizer)
#define SHIM_ASAN 1
#endif
#endif
#ifdef SHIM_ASAN
#include <sanitizer/common_interface_defs.h>
#endif

namespace shim {

#ifdef SHIM_UCONTEXT

struct Context { ucontext_t state; };

inline void switch_context(Context &from, Context &to) { swapcontext(&from.state, &to.state); }

inline void make_context(Context &c, char *low, char *top, void (*entry)()) {
    getcontext(&c.state);
    c.state.uc_stack.ss_sp = low;
    c.state.uc_stack.ss_size = size_t(top - low);
    c.state.uc_link = nullptr;
    makecontext(&c.state, entry, 0);
}

#else

struct Context { void *stack_pointer = nullptr; };

#if defined(__x86_64__)

__attribute__((naked, noinline)) static void switch_stacks(void ** /* rdi: where to save */, void * /* rsi: what to load */) {
    __asm__(
        "pushq %rbp\n pushq %rbx\n pushq %r12\n pushq %r13\n pushq %r14\n pushq %r15\n"
        "movq %rsp,(%rdi)\n movq %rsi,%rsp\n"
        "popq %r15\n popq %r14\n popq %r13\n popq %r12\n popq %rbx\n popq %rbp\n ret\n");
}

inline void make_context(Context &c, char *, char *top, void (*entry)()) {
    void **p = reinterpret_cast<void **>(reinterpret_cast<uintptr_t>(top) & ~uintptr_t(15));
    *--p = nullptr;  // the stack pointer is 8 past a multiple of 16 at entry, as after a call
    *--p = reinterpret_cast<void *>(entry);
    for (int i = 0; i < 6; i++) *--p = nullptr;
    c.stack_pointer = p;
}

#else

__attribute__((naked, noinline)) static void switch_stacks(void **, void *) {
    __asm__(
        "sub sp, sp, #160\n stp x19,x20,[sp]\n stp x21,x22,[sp,#16]\n stp x23,x24,[sp,#32]\n stp x25,x26,[sp,#48]\n"
        "stp x27,x28,[sp,#64]\n stp x29,x30,[sp,#80]\n stp d8,d9,[sp,#96]\n stp d10,d11,[sp,#112]\n stp d12,d13,[sp,#128]\n"
        "stp d14,d15,[sp,#144]\n mov x2, sp\n str x2,[x0]\n mov sp, x1\n"
        "ldp x19,x20,[sp]\n ldp x21,x22,[sp,#16]\n ldp x23,x24,[sp,#32]\n ldp x25,x26,[sp,#48]\n ldp x27,x28,[sp,#64]\n"
        "ldp x29,x30,[sp,#80]\n ldp d8,d9,[sp,#96]\n ldp d10,d11,[sp,#112]\n ldp d12,d13,[sp,#128]\n ldp d14,d15,[sp,#144]\n"
        "add sp, sp, #160\n ret\n");
}

inline void make_context(Context &c, char *, char *top, void (*entry)()) {
    void **p = reinterpret_cast<void **>(reinterpret_cast<uintptr_t>(top) & ~uintptr_t(15)) - 20;
    for (int i = 0; i < 20; i++) p[i] = nullptr;
    p[11] = reinterpret_cast<void *>(entry);  // x30
    c.stack_pointer = p;
}

#endif

inline void switch_context(Context &from, Context &to) { switch_stacks(&from.stack_pointer, to.stack_pointer); }

#endif

}  // namespace shim
