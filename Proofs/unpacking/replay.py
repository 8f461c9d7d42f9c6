"""Compares what the proof's machine says of a kernel with what the processor does, for blocks at random and at the boundaries."""
from __future__ import annotations

import ctypes
import platform
import subprocess
from pathlib import Path

import numpy as np

from unpacking import smt
from unpacking.evaluate import U64, evaluate
from unpacking.kernels import Kernels, clang
from unpacking.spec import Format, Grid
from unpacking.terms import Term, support_bits, var

#: Byte patterns that exponents, signs and counts are at their ends with.
BOUNDARIES = (0x00, 0xFF, 0x7F, 0x80, 0x7C, 0xFC, 0x01, 0x3F, 0xC0, 0x55, 0xAA)


def library(kernels: Kernels, set: str, folder: Path, paths: list[Path]) -> ctypes.CDLL | None:
    """Kernels of a set as the processor runs them, from their files; nil where this processor cannot."""
    if set == "neon" or platform.machine() not in ("x86_64", "AMD64"):
        return None
    needs = {"scalar": (), "avx2": ("avx2", "fma", "f16c"), "avx512": ("avx512vbmi", "avx512_vnni", "gfni", "avx512dq", "avx512vl")}[set]
    flags = next((line for line in Path("/proc/cpuinfo").read_text().splitlines() if line.startswith("flags")), "").split()
    if any(n not in flags for n in needs):
        return None
    out = folder / f"{set}.so"
    subprocess.run([clang(), "-O2", "-shared", "-fPIC", "-I", str(kernels.sources / "include"), "-I", str(kernels.sources),
                    "-o", str(out), *map(str, paths), "-lm"], check=True)
    return ctypes.CDLL(str(out))


def blocks_to_try(size: int, number: int, seed: int) -> np.ndarray:
    """Blocks at random; some with many bytes at boundaries, some of one byte repeated."""
    source = np.random.default_rng(seed)
    out = source.integers(0, 256, (number, size), dtype=np.uint8)
    marked = source.random((number, size)) < 0.3
    marked[: number // 2] = False
    out[marked] = source.choice(np.array(BOUNDARIES, np.uint8), int(marked.sum()))
    for k, b in enumerate(BOUNDARIES[:number // 4]):
        out[k] = b
    return out


def native(lib: ctypes.CDLL, name: str, described: bytes, at: dict[str, int], f: Format, grids: dict[str, Grid], blocks: np.ndarray,
           row_scale: int) -> np.ndarray:
    """The weights of rows of blocks, as bits: the function of the library, run row by row with the row at an odd address."""
    raw = bytearray(described)
    raw[at["row_scale"]:at["row_scale"] + 4] = row_scale.to_bytes(4, "little")
    grid = f.integers.get("code", {}).get("grid")
    entries = np.array(grids[grid["id"]].numbers, np.int8) if grid else np.zeros(1, np.int8)
    raw[at["grid"]:at["grid"] + 8] = entries.ctypes.data.to_bytes(8, "little")
    description = (ctypes.c_uint8 * len(raw))(*raw)
    count = blocks.shape[1] // f.bytes
    out = np.zeros((len(blocks), count * f.elements), np.uint32)
    room = np.zeros(blocks.shape[1] + 1, np.uint8)
    function = getattr(lib, name)
    function.restype = None
    function.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_size_t, ctypes.c_void_p]
    for k, row in enumerate(blocks):
        room[1:] = row
        function(ctypes.addressof(description), room.ctypes.data + 1, count, out[k].ctypes.data)
    return out


def disagreement(outputs: list[Term], inputs: list[Term], blocks: np.ndarray, row_scale: int, real: np.ndarray) -> str:
    """Where the terms' values differ from the real ones, NaNs as a class; empty where they do not."""
    support = 0
    for t in outputs:
        support |= t.support
    variables = {v.id: np.zeros(1, U64) for v, _ in support_bits(support)}
    variables |= {t.id: blocks[:, k].astype(U64) for k, t in enumerate(inputs)}
    variables[var("row_scale", 32).id] = np.array([row_scale], U64)
    for k, values in enumerate(evaluate(outputs, variables)):
        mine = np.broadcast_to(values, (len(blocks),)).astype(np.uint32)
        both_nan = ((mine & 0x7FFFFFFF) > 0x7F800000) & ((real[:, k] & 0x7FFFFFFF) > 0x7F800000)
        wrong = np.nonzero((mine != real[:, k]) & ~both_nan)[0]
        if len(wrong):
            n = int(wrong[0])
            return f"weight {k} of {bytes(blocks[n]).hex()}: {int(mine[n]):#010x} by the model, {int(real[n, k]):#010x} by the processor"
    return ""


__all__ = ["blocks_to_try", "disagreement", "library", "native", "smt"]
