// Who touched which byte of memory, and whether anything orders two touches: races that an order of threads need not show.
#pragma once
#include <algorithm>
#include <map>

#include "ptx_values.h"

namespace ptx {

/// A touch of shared memory.
struct Touch {
    static constexpr u32 kMany = ~0u;
    u32 block = 0;  // 0: none
    u32 barriers = 0, meetings = 0, thread = 0, warp = 0;

    static Touch now() {
        const shim::Block &b = *shim::g_block;
        const shim::Thread &t = *b.current;
        return {b.serial, t.barriers, t.meetings, t.flat, t.warp};
    }

    /// Whether nothing orders this and a later touch by another thread: no barrier of the block, nor a meeting of the warp.
    bool races(const Touch &later) const {
        if (block != later.block || barriers != later.barriers || thread == later.thread) return false;
        return warp != later.warp || meetings == later.meetings;
    }

    /// This and an earlier touch of the same kind.
    void join(const Touch &earlier) {
        if (!earlier.races(*this)) return;
        thread = kMany;
        if (earlier.warp != warp) warp = kMany;
    }
};

struct Touches {
    Touch write, read;

    /// Whether a touch races with an earlier one. Reads do not race with each other.
    bool race(Touch touch, bool writes) {
        if (write.races(touch) || (writes && read.races(touch))) return true;
        if (writes) {
            write = touch;
        } else {
            touch.join(read);
            read = touch;
        }
        return false;
    }
};

/// Of the four bytes of a word, which kernels mostly touch together.
struct Word {
    Touches together;
    u32 split = 0;  // the block since whose first touch of fewer bytes each byte has touches of its own; 0: none
    Touches bytes[4];
};

/// Of a block's shared memory.
inline std::vector<Word> g_words;

/// Whether a touch of shared memory now races with an earlier one. As many bytes as divide the place: whole words, or part of one.
inline bool race(size_t place, size_t bytes, bool writes) {
    const Touch touch = Touch::now();
    for (size_t end = place + bytes; place < end; place += 4) {
        Word &word = g_words[place / 4];
        if (bytes >= 4 && word.split != touch.block) {
            if (word.together.race(touch, writes)) return true;
            continue;
        }
        if (word.split != touch.block) {
            std::fill_n(word.bytes, 4, word.together);
            word.split = touch.block;
        }
        for (size_t k = 0; k < std::min<size_t>(bytes, 4); k++) {
            if (word.bytes[place % 4 + k].race(touch, writes)) return true;
        }
    }
    return false;
}

/// The last write of two bytes of global memory. Reads leave no trace: with threads and blocks in another order they follow the
/// write that they race with.
struct Write {
    u32 block = 0;
    u16 warp = 0, barriers = 0;

    /// Whether nothing orders this and a touch now: blocks of one launch meet nowhere, warps of a block at its barriers. Lanes of
    /// a warp are taken to be in order.
    bool races() const {
        const shim::Block &b = *shim::g_block;
        if (block < b.first) return false;
        return block != b.serial || (warp != b.current->warp && barriers == u16(b.current->barriers));
    }
};

/// The driver's: where the allocation lies that an address belongs to.
bool allocation(u64 address, u64 &start, u64 &end);

/// What is known of an allocation.
struct Known {
    u64 start = 0, end = 0;
    std::vector<Write> writes;
};
inline std::map<u64, Known> g_known;
inline Known *g_last[4];

/// To be called when an allocation ends.
inline void forget(u64 start) {
    g_known.erase(start);
    std::fill_n(g_last, 4, nullptr);
}

/// The allocation of an address; null if there is none. Kernels touch the same few again and again.
inline Known *known(u64 address) {
    for (Known *k : g_last) {
        if (k && address >= k->start && address < k->end) return k;
    }
    u64 start, end;
    if (!allocation(address, start, end)) return nullptr;
    static unsigned next = 0;
    Known &k = g_known[start];
    k.start = start, k.end = end;
    return g_last[next++ % 4] = &k;
}

/// Whether a touch of global memory races with an earlier write.
inline bool race(Known &k, u64 address, size_t bytes, bool writes) {
    if (writes && k.writes.empty()) k.writes.resize((k.end - k.start + 1) / 2);
    if (k.writes.empty()) return false;
    const shim::Block &b = *shim::g_block;
    for (u64 place = (address - k.start) / 2; place <= (address - k.start + bytes - 1) / 2; place++) {
        if (k.writes[place].races()) return true;
        if (writes) k.writes[place] = {b.serial, u16(b.current->warp), u16(b.current->barriers)};
    }
    return false;
}

}  // namespace ptx
