// What a warp's loads and stores cost by the rules that are public: sectors of 32 bytes of global memory, passes over the 32
// banks of shared memory. Counted where HIFI_SHIM_TRAFFIC is set; what it names gets a line for each instruction: kernel, line of
// the PTX, kind of memory, load or store, warps that ran it, sectors or passes, and how many as many bytes need at least.
#pragma once
#include <map>
#include <set>

#include "ptx_values.h"

namespace ptx {

enum class Space : u8 { global, shared };

struct Traffic {
    /// What an instruction has cost so far.
    struct Cost { u64 times = 0, units = 0, least = 0; };

    /// One instruction of a warp: what its lanes touch.
    struct Lanes {
        Space space;
        bool writes;
        size_t bytes;
        std::vector<std::pair<u32, u64>> addresses;  // by lane
    };

    std::map<std::pair<u32, int>, u32> turns;               // of a thread at a line, in the block at work
    std::map<std::tuple<int, u32, u32>, Lanes> pending;     // by line, turn and warp
    std::map<std::tuple<std::string, int, Space, bool>, Cost> costs;
    u32 block = 0;
    std::string kernel;
    bool counts = false;  // not what is done once for a matrix

    static Traffic *counting() {
        static Traffic *traffic = std::getenv("HIFI_SHIM_TRAFFIC") ? new Traffic : nullptr;
        return traffic;
    }

    /// To be called before each launch.
    static void launch(const char *kernel) {
        static const bool reports = std::atexit([] {
            if (counting()) counting()->report(std::getenv("HIFI_SHIM_TRAFFIC"));
        }) == 0;
        if (!reports || !counting()) return;
        counting()->finish();
        counting()->kernel = kernel;
        counting()->counts = counting()->kernel.find("_repack_") == std::string::npos;
    }

    void note(Space space, u64 address, size_t bytes, bool writes, int line) {
        if (!counts) return;
        const shim::Block &b = *shim::g_block;
        if (b.serial != block) finish(), block = b.serial;
        const u32 turn = turns[{b.current->flat, line}]++;
        Lanes &lanes = pending[{line, turn, b.current->warp}];
        lanes.space = space, lanes.writes = writes, lanes.bytes = bytes;
        lanes.addresses.push_back({b.current->lane, address});
    }

    void finish() {
        for (auto &[key, lanes] : pending) {
            Cost &cost = costs[{kernel, std::get<0>(key), lanes.space, lanes.writes}];
            std::sort(lanes.addresses.begin(), lanes.addresses.end());
            cost.times++;
            lanes.space == Space::global ? sectors(lanes, cost) : passes(lanes, cost);
        }
        pending.clear();
        turns.clear();
    }

    static void sectors(const Lanes &lanes, Cost &cost) {
        std::set<u64> touched, all;
        for (const auto &a : lanes.addresses) {
            touched.insert(a.second / 32);
            for (u64 k = 0; k < lanes.bytes; k++) all.insert(a.second + k);
        }
        cost.units += touched.size();
        cost.least += (all.size() + 31) / 32;
    }

    /// Lanes whose bytes make 128 go together; a bank gives one word of four bytes at a time, to whoever wants that word.
    static void passes(const Lanes &lanes, Cost &cost) {
        const u32 together = u32(std::min<size_t>(32, 128 / lanes.bytes));
        for (u32 first = 0; first < 32; first += together) {
            std::set<u64> words[32];
            for (const auto &a : lanes.addresses) {
                if (a.first < first || a.first >= first + together) continue;
                for (u64 word = a.second / 4; word <= (a.second + lanes.bytes - 1) / 4; word++) words[word % 32].insert(word);
            }
            size_t most = 0;
            for (const auto &bank : words) most = std::max(most, bank.size());
            cost.units += most;
            cost.least += most > 0;
        }
    }

    void report(const char *path) {
        finish();
        FILE *file = std::fopen(path, "w");
        if (!file) return;
        for (const auto &[key, cost] : costs) {
            const auto &[name, line, space, writes] = key;
            std::fprintf(
                file, "%s\t%d\t%s\t%s\t%llu\t%llu\t%llu\n", name.c_str(), line, space == Space::global ? "global" : "shared",
                writes ? "store" : "load", (unsigned long long)cost.times, (unsigned long long)cost.units, (unsigned long long)cost.least);
        }
        std::fclose(file);
    }
};

}  // namespace ptx
