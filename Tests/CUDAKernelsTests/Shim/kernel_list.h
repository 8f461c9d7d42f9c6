// Kernels by name, as the driver gives them out.
#pragma once
#include <map>
#include <string>

struct Kernel {
    const char *name;
    void (*call)(void **parameters);
    unsigned shared = 0;                          // bytes that a block has without asking
    unsigned threads = 1024;                      // that a block may have
    unsigned shared_limit = (48 << 10) - shared;  // bytes that it may ask for
};

inline std::map<std::string, Kernel> &kernels() {
    static std::map<std::string, Kernel> all;
    return all;
}
