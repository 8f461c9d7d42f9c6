// A stand-in for libcuda.so.1 whose device is the shim: the entry points that the host code uses, on top of kernels that run on
// the processor: of the text, or (SHIM_PTX) of PTX. The tests build it, with the kernels as they are or with faults planted.
//
// HIFI_SHIM_ORDER sets the order in which threads run (see shim::arrange), HIFI_SHIM_SHARED the bytes of shared memory that a
// block can have, HIFI_SHIM_NO_DEVICE takes the device away.
#ifdef SHIM_PTX
#include "ptx_kernels.h"
#else
#include "text_kernels.h"
#endif
//
#include <chrono>
#include <memory>

namespace {

std::string g_error;
std::map<unsigned long long, size_t> g_allocations;
enum { success = 0, invalid_value = 1, out_of_memory = 2, not_found = 500, launch_failed = 719 };

int first_order() {
    const char *text = std::getenv("HIFI_SHIM_ORDER");
    return text ? std::atoi(text) : 0;
}
int g_order = first_order();

/// A device that has this much memory; the rest of a request is refused.
size_t memory() {
    const char *text = std::getenv("HIFI_SHIM_MEMORY");
    return text ? std::strtoull(text, nullptr, 10) : size_t(1) << 30;
}
const size_t kMemory = memory();

/// The bytes of shared memory that a block can ask for.
unsigned shared_memory() {
    const char *text = std::getenv("HIFI_SHIM_SHARED");
    return text ? unsigned(std::atoi(text)) : 232448;
}
const unsigned kSharedMemory = shared_memory();

struct Event { std::chrono::steady_clock::time_point at; };

}  // namespace

#ifdef SHIM_PTX
bool ptx::allocation(u64 address, u64 &start, u64 &end) {
    const auto after = g_allocations.upper_bound(address);
    if (after == g_allocations.begin()) return false;
    const auto &found = *std::prev(after);
    start = found.first, end = found.first + found.second;
    return address < end;
}
#endif

#pragma GCC visibility push(default)
extern "C" {

/// For tests: the order in which threads run from now on.
void shim_set_order(int order) { g_order = order; }
/// For tests: the fault that acts from now on.
void shim_set_fault(int fault) { shim::g_fault = fault; }
/// For tests: allocations that have not been freed.
int shim_allocations(void) { return int(g_allocations.size()); }

int cuInit(unsigned) {
    if (std::getenv("HIFI_SHIM_NO_DEVICE")) return 100;
    if (kernels().empty()) list_kernels();
    return success;
}
int cuDriverGetVersion(int *version) { return *version = 13000, success; }
int cuDeviceGetCount(int *count) { return *count = 1, success; }
int cuDeviceGet(int *device, int index) { return *device = index, index ? 101 : success; }
int cuDeviceGetName(char *name, int size, int) { return std::snprintf(name, size_t(size), "shim (no GPU)"), success; }
int cuDeviceGetAttribute(int *value, int attribute, int) {
    switch (attribute) {
    case 16: *value = 2; break;        // multiprocessors
    case 38: *value = 1 << 16; break;  // bytes of second-level cache
    case 75: *value = 9; break;        // compute capability
    case 76: *value = 0; break;
    case 97: *value = int(kSharedMemory); break;
    default: return invalid_value;
    }
    return success;
}
int cuDevicePrimaryCtxRetain(void **context, int) { return *context = &g_error, success; }
int cuDevicePrimaryCtxRelease_v2(int) { return success; }
int cuCtxSetCurrent(void *) { return success; }
int cuModuleLoadDataEx(void **module, const void *image, unsigned, int *, void **) {
    // The text is compiled in; what is loaded must at least look like PTX or a machine image.
    const char *text = static_cast<const char *>(image);
    if (std::strncmp(text, "//", 2) != 0 && std::strncmp(text, "\x7F" "ELF", 4) != 0) return 218;
    return *module = &g_error, success;
}
int cuModuleUnload(void *) { return success; }
int cuModuleGetFunction(void **function, void *, const char *name) {
    const auto found = kernels().find(name);
    if (found == kernels().end()) return not_found;
    return *function = &found->second, success;
}
int cuFuncSetAttribute(void *function, int attribute, int value) {
    auto *kernel = static_cast<Kernel *>(function);
    if (attribute != 8 || value < 0 || unsigned(value) > kSharedMemory - kernel->shared) return invalid_value;
    return kernel->shared_limit = unsigned(value), success;
}
int cuMemAlloc_v2(unsigned long long *address, size_t bytes) {
    size_t used = 0;
    for (const auto &a : g_allocations) used += a.second;
    void *p = nullptr;
    // 256-aligned as on a device, and exactly so large, so that AddressSanitizer sees an overrun.
    if (bytes == 0 || bytes > kMemory - used || posix_memalign(&p, 256, bytes)) return bytes == 0 ? invalid_value : out_of_memory;
    std::memset(p, 0xEE, bytes);
    *address = reinterpret_cast<unsigned long long>(p);
    g_allocations[*address] = bytes;
    return success;
}
int cuMemFree_v2(unsigned long long address) {
    if (!g_allocations.erase(address)) return invalid_value;
#ifdef SHIM_PTX
    ptx::forget(address);
#endif
    std::free(reinterpret_cast<void *>(address));
    return success;
}
int cuMemGetInfo_v2(size_t *free, size_t *total) {
    size_t used = 0;
    for (const auto &a : g_allocations) used += a.second;
    return *free = kMemory - used, *total = kMemory, success;
}
int cuMemcpyHtoD_v2(unsigned long long target, const void *source, size_t bytes) {
    return std::memcpy(reinterpret_cast<void *>(target), source, bytes), success;
}
int cuMemcpyDtoH_v2(void *target, unsigned long long source, size_t bytes) {
    return std::memcpy(target, reinterpret_cast<void *>(source), bytes), success;
}
int cuMemcpyDtoDAsync_v2(unsigned long long target, unsigned long long source, size_t bytes, void *) {
    return std::memcpy(reinterpret_cast<void *>(target), reinterpret_cast<void *>(source), bytes), success;
}
int cuMemsetD32Async(unsigned long long target, unsigned value, size_t count, void *) {
    return std::fill_n(reinterpret_cast<unsigned *>(target), count, value), success;
}
int cuLaunchKernel(
    void *function, unsigned gx, unsigned gy, unsigned gz, unsigned bx, unsigned by, unsigned bz, unsigned shared, void *,
    void **parameters, void **) {
    auto *kernel = static_cast<Kernel *>(function);
    g_error.clear();
    if (shared > kernel->shared_limit || bx * by * bz > kernel->threads || gx == 0 || gy == 0 || gz == 0 || gy > 65535 || gz > 65535) {
        g_error = std::string(kernel->name) + ": a launch that no device takes";
        return invalid_value;
    }
#ifdef SHIM_PTX
    ptx::Traffic::launch(kernel->name);
#endif
    try {
        shim::launch(dim3(gx, gy, gz), dim3(bx, by, bz), kernel->shared + shared, [&] { kernel->call(parameters); }, g_order);
    } catch (const std::exception &e) {
        g_error = std::string(kernel->name) + ": " + e.what();
        return launch_failed;
    }
    return success;
}
int cuCtxSynchronize() { return success; }
int cuEventCreate(void **event, unsigned) { return *event = new Event(), success; }
int cuEventDestroy_v2(void *event) { return delete static_cast<Event *>(event), success; }
int cuEventRecord(void *event, void *) { return static_cast<Event *>(event)->at = std::chrono::steady_clock::now(), success; }
int cuEventSynchronize(void *) { return success; }
int cuEventElapsedTime(float *milliseconds, void *begin, void *end) {
    const auto span = static_cast<Event *>(end)->at - static_cast<Event *>(begin)->at;
    return *milliseconds = std::chrono::duration<float, std::milli>(span).count(), success;
}
int cuGetErrorName(int error, const char **name) {
    switch (error) {
    case invalid_value: *name = "CUDA_ERROR_INVALID_VALUE"; break;
    case out_of_memory: *name = "CUDA_ERROR_OUT_OF_MEMORY"; break;
    case 100: *name = "CUDA_ERROR_NO_DEVICE"; break;
    case 218: *name = "CUDA_ERROR_INVALID_PTX"; break;
    case not_found: *name = "CUDA_ERROR_NOT_FOUND"; break;
    case launch_failed: *name = "CUDA_ERROR_LAUNCH_FAILED"; break;
    default: *name = "CUDA_ERROR_UNKNOWN";
    }
    return success;
}
int cuGetErrorString(int, const char **text) { return *text = g_error.c_str(), success; }

}  // extern "C"
#pragma GCC visibility pop
