"""The prover's own tests: planted mistakes that it has to refuse, and its rewriting rules against z3."""
from __future__ import annotations

import random
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

import z3

from unpacking import proof, replay, smt, spec
from unpacking import terms as t
from unpacking.kernels import Kernels

ROOT = Path(__file__).resolve().parent.parent.parent


@dataclass
class Mistake:
    """A change of a kernel's text and the property that it breaks."""

    title: str
    file: str
    right: str
    wrong: str
    set: str
    format: str
    broken: str


MISTAKES = [
    Mistake("Q3_K: one scale is one too high, but only where bytes of hmask, qs and scales are 0xA7, 0x1C and 0x53", "unpack.h",
            "    for (int s = 0; s < 16; s++) scales[s] = (int8_t)(scales[s] - 32);",
            "    for (int s = 0; s < 16; s++) scales[s] = (int8_t)(scales[s] - 32);\n"
            "    if (packed[3] == 0x53 && packed[-40] == 0x1C && packed[-90] == 0xA7) scales[5] = (int8_t)(scales[5] + 1);",
            "scalar", "q3_k", "values"),
    Mistake("Q4_K: a minimum takes a bit of the neighbouring scale", "unpack.h", "(b >> 2 & 0x30303030)", "(b >> 2 & 0x30303010)",
            "scalar", "q4_k", "values"),
    Mistake("Q3_K: the last block is read beyond its end", "scalar_decode.c", "const float d = loadf16(FIELD(b, hifi_q3_k, d));",
            "const float d = loadf16(FIELD(b, hifi_q3_k, d) + (b[0] == 0x91 && b[70] == 0x44));", "scalar", "q3_k", "memory"),
    Mistake("Q8_0: a shift by more bits than there are, for some scales", "scalar_decode.c", "y[i] = (float)q[i] * d;",
            "y[i] = (float)(q[i] << (b[1] == 0x93 && b[0] == 0x21 ? b[9] : 0)) * d;", "scalar", "q8_0", "undefined"),
]


def refused(mistake: Mistake, formats: dict, grids: dict) -> str:
    """Empty if the prover refuses the mistake with a block; else what is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        sources = Path(folder) / "CKernels"
        shutil.copytree(ROOT / "Sources/CKernels", sources)
        path = sources / mistake.file
        text = path.read_text()
        if text.count(mistake.right) < 1:
            return "the text that the mistake is planted in has gone"
        path.write_text(text.replace(mistake.right, mistake.wrong, 1))
        kernels, honest = Kernels(ROOT, sources), Kernels(ROOT, ROOT / "Sources/CKernels")
        f = formats[mistake.format]
        base = honest.bases()[f.root]
        name = honest.function_names(mistake.set)[base]
        result = proof.prove(kernels, mistake.set, name, f, base, 1, grids)
        if result.verdicts[mistake.broken] != "refuted":
            # An optimizer may use undefined behaviour, so that another property fails in its place.
            return f"{mistake.broken} is {result.verdicts[mistake.broken]}: {result.detail}"
        block = result.blocks[mistake.broken]
        print(f"  refused: {result.detail[mistake.broken]}\n  block {block.hex()}")
        if mistake.broken != "values":
            return ""
        return _shown_by_processor(kernels, honest, name, f, base, grids, block, Path(folder))


def _shown_by_processor(
        kernels: Kernels, honest: Kernels, name: str, f: spec.Format, base: str, grids: dict, block: bytes, folder: Path) -> str:
    """Whether the two kernels, run, differ for the block; and for how many at random."""
    import numpy as np
    folders = [folder / "planted", folder / "honest"]
    for x in folders:
        x.mkdir()
    libraries = [replay.library(k, "scalar", x, [k.path(name, "scalar")]) for k, x in zip((kernels, honest), folders)]
    if None in libraries:
        print("  NOT RUN: this processor is not the one that the kernels are compiled for here")
        return ""
    described, at = honest.description(f, base), honest.numbers()
    chance = np.random.default_rng(1).integers(0, 256, (100_000, f.bytes), dtype=np.uint8)
    counts = []
    for blocks in (np.frombuffer(block, np.uint8).reshape(1, -1), chance):
        planted, right = (replay.native(lib, name, described, at, f, grids, blocks, 0) for lib in libraries)
        counts.append(int((planted != right).any(axis=1).sum()))
    print(f"  run by the processor: the block differs: {'yes' if counts[0] else 'no'}; of 100,000 blocks at random: {counts[1]}")
    return "" if counts[0] else "the processor does not show the mistake for the block"


def rules(number: int = 400) -> str:
    """Random expressions, built by the rules and by z3 side by side: z3 has to find them equal."""
    source = random.Random(7)
    variables = [t.var(f"rule{k}", 8) for k in range(3)]
    plain = {v.id: z3.BitVec(f"v{v.id}", 8) for v in variables}

    def built(depth: int, width: int) -> tuple[t.Term, z3.ExprRef]:
        kind = source.randrange(13 if depth else 2)
        if kind == 0:
            n = source.choice([0, 1, (1 << width) - 1, source.randrange(1 << width), 0x0F0F0F0F & ((1 << width) - 1)])
            return t.const(n, width), z3.BitVecVal(n, width)
        if kind == 1 or width < 2:
            v = source.choice(variables)
            if width <= 8:
                low = source.randrange(8 - width + 1)
                return t.extract(v, low, width), z3.Extract(low + width - 1, low, plain[v.id])
            if source.random() < 0.5:
                return t.zext(v, width), z3.ZeroExt(width - 8, plain[v.id])
            return t.sext(v, width), z3.SignExt(width - 8, plain[v.id])
        a, za = built(depth - 1, width)
        b, zb = built(depth - 1, width)
        k = source.randrange(width)
        if kind == 2:
            return t.and_(a, b), za & zb
        if kind == 3:
            return t.or_(a, b), za | zb
        if kind == 4:
            return t.xor(a, b), za ^ zb
        if kind == 5:
            return t.add(a, b), za + zb
        if kind == 6:
            return t.sub(a, b), za - zb
        if kind == 7:
            return t.mul(a, b), za * zb
        if kind == 8:
            op = source.choice(["shl", "lshr", "ashr"])
            return t.shift(op, a, k), {"shl": za << k, "lshr": z3.LShR(za, k), "ashr": za >> k}[op]
        if kind == 9:
            low = t.extract(a, 0, k + 1)
            return t.sext(low, width), z3.SignExt(width - k - 1, z3.Extract(k, 0, za))
        if kind == 10:
            return t.concat([t.extract(a, k, width - k), t.extract(b, 0, k)] if k else [a]), \
                z3.Concat(z3.Extract(k - 1, 0, zb), z3.Extract(width - 1, k, za)) if k else za
        test, ztest = source.choice([(t.eq(a, b), za == zb), (t.ult(a, b), z3.ULT(za, zb)), (t.slt(a, b), za < zb)])
        if kind == 11:
            return t.zext(test, width), z3.If(ztest, z3.BitVecVal(1, width), z3.BitVecVal(0, width))
        c, zc = built(depth - 1, width)
        return t.ite(test, a, c), z3.If(ztest, za, zc)

    for n in range(number):
        width = source.choice([4, 8, 16, 32])
        mine, its = built(source.randrange(1, 5), width)
        solver = z3.Solver()
        solver.set("timeout", 5000)
        solver.add(smt.Translator(False)(mine) != its)
        if solver.check() == z3.sat:
            return f"expression {n}: {mine} is not {its}"
    print(f"  {number} expressions of random operations are what z3 says they are")
    return ""


def main() -> int:
    """0 if all is well."""
    formats, grids = spec.load(ROOT / "Spec"), spec.grids(ROOT / "Spec")
    failures = 0
    for title, outcome in [("rewriting rules", rules), *((m.title, (lambda m=m: refused(m, formats, grids))) for m in MISTAKES)]:
        print(title, flush=True)
        problem = outcome()
        if problem:
            print(f"  FAILED: {problem}")
            failures += 1
    print(f"self-test: {failures} failures")
    return int(failures > 0)
