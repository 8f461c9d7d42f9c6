// Memory as PTX sees it: every address is checked, and so are races.
#pragma once
#include "ptx_touches.h"
#include "ptx_traffic.h"

namespace ptx {

/// Where shared memory begins. It does not begin at 0 on devices either.
constexpr u32 kSharedBase = 1024;

[[noreturn]] inline void wrong(const char *what, u64 address, size_t bytes, int line) {
    char text[160];
    std::snprintf(text, sizeof text, "%s: %zu bytes at %#llx, PTX", what, bytes, (unsigned long long)address);
    shim::fail(text, line);
}

/// Bytes of shared memory, by their address in its own space.
inline unsigned char *shared(u64 address, size_t bytes, bool writes, int line) {
    auto &memory = shim::g_block->memory;
    if (address < kSharedBase || address - kSharedBase + bytes > memory.size()) {
        wrong("an address outside of the block's shared memory", address, bytes, line);
    }
    if (address & (bytes - 1)) wrong("an address in shared memory that is not aligned", address, bytes, line);
    if (Traffic *traffic = Traffic::counting()) traffic->note(Space::shared, address, bytes, writes, line);
    const size_t place = size_t(address - kSharedBase);
    if (g_words.size() * 4 < memory.size()) g_words.resize((memory.size() + 3) / 4);
    if (race(place, bytes, writes)) wrong("a race in shared memory", address, bytes, line);
    return memory.data() + place;
}

inline unsigned char *global(u64 address, size_t bytes, bool writes, int line, bool atomic = false) {
    Known *k = known(address);
    if (!k || bytes > k->end - address) wrong("an address outside of all memory that was allocated", address, bytes, line);
    if (address & (bytes - 1)) wrong("an address that is not aligned", address, bytes, line);
    if (!atomic && race(*k, address, bytes, writes)) wrong("a race in global memory", address, bytes, line);
    if (Traffic *traffic = Traffic::counting()) traffic->note(Space::global, address, bytes, writes, line);
    return reinterpret_cast<unsigned char *>(address);
}

/// A generic address: where the memory lies on this machine, of either kind.
inline u64 generic(u64 shared_address) { return reinterpret_cast<u64>(shim::g_block->memory.data()) + shared_address - kSharedBase; }
inline unsigned char *anywhere(u64 address, size_t bytes, bool writes, int line) {
    const auto &memory = shim::g_block->memory;
    const u64 start = reinterpret_cast<u64>(memory.data());
    if (address < start || address >= start + memory.size()) return global(address, bytes, writes, line);
    return shared(address - start + kSharedBase, bytes, writes, line);
}

template <class T, class R> void take(R &r, const unsigned char *bytes) {
    T value;
    std::memcpy(&value, bytes, sizeof value);
    put(r, value);
}
template <class T, class... R> void take(std::tuple<R...> &&all, const unsigned char *bytes) {
    std::apply([&](auto &...r) { (..., (take<T>(r, bytes), bytes += sizeof(T))); }, all);
}
template <class T, class R> void give(const R &r, unsigned char *bytes) {
    const T value = as<T>(r);
    std::memcpy(bytes, &value, sizeof value);
}
template <class T, class... R> void give(const std::tuple<R...> &all, unsigned char *bytes) {
    std::apply([&](const auto &...r) { (..., (give<T>(r, bytes), bytes += sizeof(T))); }, all);
}

template <class T, class R> constexpr size_t size_of(const R &) { return sizeof(T); }
template <class T, class... R> constexpr size_t size_of(const std::tuple<R...> &) { return sizeof(T) * sizeof...(R); }

template <class T, class R> void ld_param(int, R &r, Parameter from) { take<T>(r, static_cast<const unsigned char *>(from.start)); }
template <class T, class R> void ld_global(int line, R &&r, Address from) {
    take<T>(std::forward<R>(r), global(from.value, size_of<T>(r), false, line));
}
template <class T, class R> void ld_global_nc(int line, R &&r, Address from) { ld_global<T>(line, std::forward<R>(r), from); }
template <class T, class R> void ld_global_nc_L1_no_allocate(int line, R &&r, Address from) {
    ld_global<T>(line, std::forward<R>(r), from);
}
template <class T, class R> void ld_shared(int line, R &&r, Address from) {
    take<T>(std::forward<R>(r), shared(from.value, size_of<T>(r), false, line));
}
template <class T, class R> void ld(int line, R &&r, Address from) {
    take<T>(std::forward<R>(r), anywhere(from.value, size_of<T>(r), false, line));
}
template <class T, class R> void st_global(int line, Address to, const R &r) { give<T>(r, global(to.value, size_of<T>(r), true, line)); }
template <class T, class R> void st_shared(int line, Address to, const R &r) { give<T>(r, shared(to.value, size_of<T>(r), true, line)); }
template <class T, class R> void st(int line, Address to, const R &r) { give<T>(r, anywhere(to.value, size_of<T>(r), true, line)); }

template <class T, class R> void red_global_min(int line, Address to, R r) {
    unsigned char *place = global(to.value, sizeof(T), true, line, true);
    T old;
    take<T>(old, place);
    give<T>(std::min(old, as<T>(r)), place);
}

/// The target is poisoned until the copy has been waited for; it is written at both times.
template <class N> void cp_async_cg_shared_global(int line, Address to, Address from, N bytes) {
    if (bytes != 16) shim::fail("a copy that is not of sixteen bytes", line);
    unsigned char *target = shared(to.value, 16, true, line);
    std::memset(target, shim::kPoison, 16);
    shim::g_block->current->copies.push_back({target, global(from.value, 16, false, line)});
}
inline void cp_async_wait_all(int line) {
    auto &copies = shim::g_block->current->copies;
    for (const auto &copy : copies) {
        const u64 place = u64(static_cast<unsigned char *>(copy.target) - shim::g_block->memory.data());
        std::memcpy(shared(place + kSharedBase, 16, true, line), copy.source, 16);
    }
    copies.clear();
}

}  // namespace ptx
