"""Compiles the CUDA kernels to PTX; called by Scripts/cuda-ptx."""
import ctypes
import glob
import hashlib
import os
import sys

texts, library = sys.argv[1], os.environ["HIFI_NVRTC"]
# The library loads its built-in functions by a bare name: they must be there already.
for builtins in glob.glob(library + "/libnvrtc-builtins.so.*"):
    ctypes.CDLL(builtins, mode=ctypes.RTLD_GLOBAL)
nvrtc = ctypes.CDLL(sorted(glob.glob(library + "/libnvrtc.so.*"))[0])
source = b"".join(open(path, "rb").read() for path in sorted(glob.glob(texts + "/Kernels/*.cu")))
major, minor = ctypes.c_int(), ctypes.c_int()
nvrtc.nvrtcVersion(ctypes.byref(major), ctypes.byref(minor))


def text(program, size, contents):
    count = ctypes.c_size_t()
    size(program, ctypes.byref(count))
    buffer = ctypes.create_string_buffer(count.value)
    contents(program, buffer)
    return buffer.value.decode()


for architecture in ("compute_75", "compute_80"):
    program = ctypes.c_void_p()
    if nvrtc.nvrtcCreateProgram(ctypes.byref(program), source, b"kernels.cu", 0, None, None) != 0:
        sys.exit("no program could be made")
    options = [b"--gpu-architecture=" + architecture.encode(), b"--std=c++17"]
    if nvrtc.nvrtcCompileProgram(program, len(options), (ctypes.c_char_p * len(options))(*options)) != 0:
        sys.exit(text(program, nvrtc.nvrtcGetProgramLogSize, nvrtc.nvrtcGetProgramLog))
    ptx = text(program, nvrtc.nvrtcGetPTXSize, nvrtc.nvrtcGetPTX)
    # Comments and indentation are a tenth of the text.
    lines = [line.strip() for line in ptx.splitlines()]
    lines = [line for line in lines if line and not line.startswith("//")]
    head = "// sha256 %s, %s by NVRTC %d.%d; made by Scripts/cuda-ptx\n" % (
        hashlib.sha256(source).hexdigest(), architecture, major.value, minor.value)
    with open("%s/PTX/%s.ptx" % (texts, architecture), "w") as file:
        file.write(head + "\n".join(lines) + "\n")
