"""The kernels under proof: which function decodes which format, its IR as clang makes it, and the description that it is given."""
from __future__ import annotations

import re
import shutil
import struct
import subprocess
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

from unpacking.ir import Module, Unsupported, parse
from unpacking.spec import Format

#: How the package's release build compiles C, as far as code depends on it.
FLAGS = ["-O2", "-DSWIFT_PACKAGE=1", "-fblocks"]
SETS = {"scalar": ("scalar_decode*.c", "decode_*.c"), "avx2": ("avx2_decode*.c", "decode_*.c", "scalar_decode.c"),
        "avx512": ("avx512_decode*.c", "decode_*.c", "scalar_decode.c"), "neon": ("neon.c",)}
LOW = {"scalar": "scalar", "avx2": "avx2", "avx512": "avx512", "neon": "scalar"}
FORM = {"f16": 0, "scaled": 1, "scaled_127th": 2, "127th_scaled": 3}


def clang() -> str:
    """The C compiler that comes with Swift."""
    swift = shutil.which("swiftc") or shutil.which("swift")
    beside = Path(swift).resolve().parent / "clang" if swift else None
    found = str(beside) if beside and beside.exists() else shutil.which("clang")
    if not found:
        raise FileNotFoundError("no clang")
    return found


@dataclass
class Kernels:
    """The kernels of a checkout, or of another folder of sources of the same names."""

    root: Path
    sources: Path
    cache: dict[Path, Module] = field(default_factory=dict)
    _numbers: dict[str, int] = field(default_factory=dict)

    def _command(self, set: str) -> list[str]:
        command = [clang(), *FLAGS, "-I", str(self.sources / "include"), "-I", str(self.root / "Sources/CKernels/include")]
        if set == "neon":
            command += ["--target=aarch64-linux-gnu", "-nostdlibinc", "-I", str(self.root / "Proofs/headers")]
        return command

    def module(self, path: Path, set: str) -> Module:
        """The IR of a source file."""
        if path not in self.cache:
            with tempfile.NamedTemporaryFile(suffix=".ll") as out:
                subprocess.run([*self._command(set), "-S", "-emit-llvm", "-o", out.name, str(path)], check=True)
                self.cache[path] = parse(Path(out.name).read_text())
        return self.cache[path]

    def path(self, name: str, set: str) -> Path:
        """The file that defines a function."""
        module = self.find(name, set)
        return next(p for p, m in self.cache.items() if m is module)

    def find(self, name: str, set: str) -> Module:
        """The module that has a function."""
        plain = re.compile(rf"\b{re.escape(name)}\b|\b{re.escape(name.removeprefix(set + '_'))}\b")
        for pattern in SETS[set]:
            for path in sorted(self.sources.glob(pattern)):
                names = path.read_text() + "".join(
                    (self.sources / h).read_text() for h in re.findall(r'#include "(\w+_kernels\.h|neon_\w+\.h)"', path.read_text()))
                if plain.search(names):
                    module = self.module(path, set)
                    if name in module.functions:
                        return module
        raise Unsupported(f"no source defines {name}")

    def function_names(self, set: str) -> dict[str, str]:
        """By the name of a base (HIFI_Q3_K): the function of the set's table."""
        text = f'#include "tables.h"\nHERE DECODE_LIST({set}, {LOW[set]})\n'
        made = subprocess.run([*self._command("scalar"), "-I", str(self.sources), "-E", "-x", "c", "-"], input=text, text=True,
                              capture_output=True, check=True).stdout
        return dict(re.findall(r"\[(\w+)\] = (\w+)", made[made.index("HERE"):]))

    def bases(self) -> dict[str, str]:
        """By the id of a format: the name of the base that the package decodes it as."""
        text = (self.root / "Sources/Kernels/KernelFormat.swift").read_text()
        return dict(re.findall(r'"([\w@]+)": (HIFI_\w+)', text))

    # --- Descriptions --------------------------------------------------------------------------------------------------------

    def numbers(self) -> dict[str, int]:
        """Offsets of hifi_format and the numbers of its enumerations, by the compiler."""
        if not self._numbers:
            bases = sorted(set(self.bases().values()))
            members = ["mode", "value", "scale", "slots", "first_only", "has_count", "count_mask", "count_max", "switch_mask",
                       "switched_mode",
                       "wide_index", "index_at", "value_at", "scale_at", "count_at", "switch_at"]
            wanted = {f"outliers.{m}": f"offsetof(hifi_format, outliers.{m})" for m in members}
            wanted |= {m: f"offsetof(hifi_format, {m})" for m in ("base", "elements", "stride", "grid", "row_scale")}
            wanted |= {"size": "sizeof(hifi_format)", **{b: b for b in bases}}
            text = '#include "CKernels.h"\nconst unsigned numbers[] = {' + ",".join(wanted.values()) + "};\n"
            made = subprocess.run([*self._command("scalar"), "-S", "-emit-llvm", "-x", "c", "-", "-o", "-"], input=text, text=True,
                                  capture_output=True, check=True).stdout
            data = parse(made).constants["@numbers"]
            self._numbers = dict(zip(wanted, struct.unpack(f"<{len(wanted)}I", data)))
        return self._numbers

    def description(self, f: Format, base: str) -> bytes:
        """The bytes of the hifi_format of a format; the pointer to the grid and the scale of the row are left zero."""
        at = self.numbers()
        out = bytearray(at["size"])
        for name, value in (("base", at[base]), ("elements", f.elements), ("stride", f.bytes)):
            struct.pack_into("<I", out, at[name], value)
        rule = f.correction
        if rule is None:
            return bytes(out)
        form, value, scale = value_form(rule["value"])
        index = f.fields[rule["index"]]
        modes = {"replace": 1, "add": 2}
        numbers = {"mode": modes[rule["mode"]], "value": FORM[form], "slots": rule["slots"], "index_at": index.offset,
                   "value_at": f.fields[value].offset, "wide_index": int(index.type == "u16"),
                   "first_only": int(rule.get("duplicates") == "first")}
        if scale:
            numbers |= {"scale": {"f16": 0, "f32": 1, "e4m3_hifi": 2}[f.fields[scale].type], "scale_at": f.fields[scale].offset}
        if "count" in rule:
            c = rule["count"]
            numbers |= {"has_count": 1, "count_at": f.fields[c["field"]].offset, "count_mask": c.get("mask", 255)}
            numbers |= {"count_max": c["maximum"]}
        if "switching" in rule:
            s = rule["switching"]
            numbers |= {"switch_at": f.fields[s["field"]].offset, "switch_mask": s["mask"], "switched_mode": modes[s["whenSet"]]}
        for name, value_ in numbers.items():
            struct.pack_into("<H" if name.endswith("_at") else "<B", out, at["outliers." + name], value_)
        return bytes(out)


def value_form(text: str) -> tuple[str, str, str | None]:
    """Which of the four ways to write a slot's value it is, and the fields of value and scale."""
    forms = [("f16", r"f32\((\w+)\)", 1, None), ("scaled", r"f32\((\w+)\) \* f32\((\w+)\)", 2, 1),
             ("scaled_127th", r"f32\((\w+)\) \* \(f32\((\w+)\) / 127\)", 2, 1),
             ("127th_scaled", r"\(f32\((\w+)\) \* \(1 / 127\)\) \* f32\((\w+)\)", 2, 1)]
    for name, pattern, value, scale in forms:
        match = re.fullmatch(pattern, text)
        if match:
            return name, match[value], match[scale] if scale else None
    raise Unsupported(f"the value of a slot: {text}")
