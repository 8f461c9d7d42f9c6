// The kernels of PTX, which the tests have made C++ of: `kernels_of_ptx.h`, functions and a table of them.
#pragma once
#include "kernel_list.h"
#include "ptx_instructions.h"
//
#include "kernels_of_ptx.h"

inline void list_kernels() {
    for (const Kernel &kernel : ptx_kernels) kernels().emplace(kernel.name, kernel);
}
