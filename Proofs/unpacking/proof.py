"""The proof of one kernel for one format: executes it for all blocks, and compares what it stored with what Spec declares."""
from __future__ import annotations

import time
from dataclasses import dataclass, field

import numpy as np

import unpacking.floats as floats
from unpacking import cases, smt
from unpacking.evaluate import U64, evaluate
from unpacking.ir import INT8, Function, Unsupported
from unpacking.kernels import Kernels
from unpacking.machine import Machine, Requirement, State
from unpacking.memory import Memory, Object
from unpacking.spec import Format, Grid
from unpacking.statement import Block
from unpacking.terms import TRUE, Term, const, not_, support_bits, var
from unpacking.values import Pointer, poison_of, term_of

PROPERTIES = ("values", "memory", "undefined", "alignment")


@dataclass
class Result:
    """A verdict for each property; `blocks` are the bytes of a refutation, `detail` what was found."""

    verdicts: dict[str, str] = field(default_factory=dict)
    detail: dict[str, str] = field(default_factory=dict)
    blocks: dict[str, bytes] = field(default_factory=dict)
    seconds: float = 0
    by_form: int = 0  # weights whose two sides are the same term
    by_solver: int = 0
    outputs: list[Term] = field(default_factory=list)
    inputs: list[Term] = field(default_factory=list)


@dataclass
class Setting:
    """What a kernel is called with: `count` blocks of a format, anything in their bytes."""

    format: Format
    count: int
    bytes: list[Term]
    row_scale: Term
    memory: Memory
    arguments: list[object]
    output: int

    def block(self, n: int, grids: dict[str, Grid]) -> Block:
        size = self.format.bytes
        return Block(self.format, self.bytes[n * size:(n + 1) * size], floats.canonical(self.row_scale), grids)


def setting(kernels: Kernels, f: Format, base: str, count: int, grids: dict[str, Grid], out_alignment: int) -> Setting:
    """Blocks of exactly their length at any address, an output of exactly its length."""
    data = [var(f"block{k // f.bytes}.byte{k % f.bytes}", 8) for k in range(count * f.bytes)]
    row_scale = var("row_scale", 32)
    memory = Memory([Object("null", 0, 1, False)], [{}])
    at = kernels.numbers()
    described = kernels.description(f, base)
    cells: dict = {k: (1, const(b, 8)) for k, b in enumerate(described)}
    for k in (*range(at["grid"], at["grid"] + 8), *range(at["row_scale"], at["row_scale"] + 4)):
        del cells[k]
    cells[at["row_scale"]] = (4, row_scale)
    grid = f.integers.get("code", {}).get("grid")
    if grid:
        numbers = grids[grid["id"]].numbers
        entries = {k: (1, const(n, 8)) for k, n in enumerate(numbers)}
        cells[at["grid"]] = (8, memory.add(Object("grid", len(numbers), 1, False), entries))  # type: ignore[arg-type]
    description = memory.add(Object("description", len(described), 8, False), cells)
    blocks = memory.add(Object("blocks", len(data), 1, False), {k: (1, b) for k, b in enumerate(data)})
    out = memory.add(Object("output", 4 * count * f.elements, out_alignment, True, 4), {})
    return Setting(f, count, data, row_scale, memory, [description, blocks, const(count, 64), out], out.object)


def execute(kernels: Kernels, set: str, name: str, s: Setting) -> tuple[State, Machine]:
    """The kernel's state at its end."""
    module = kernels.find(name, set)
    function: Function = module.functions[name]
    if function.problem:
        raise Unsupported(function.problem)
    machine = Machine(module, function, smt.feasible)
    registers = {name: value for (_, name), value in zip(function.parameters, s.arguments)}
    return machine.run(State(registers, s.memory)), machine  # type: ignore[arg-type]


def prove(
        kernels: Kernels, set: str, name: str, f: Format, base: str, count: int, grids: dict[str, Grid], out_alignment: int = 4) -> Result:
    """All properties of a kernel for `count` blocks of a format."""
    started, result = time.monotonic(), Result()
    try:
        s = setting(kernels, f, base, count, grids, out_alignment)
        state, machine = execute(kernels, set, name, s)
    except (Unsupported, NotImplementedError) as problem:
        for p in PROPERTIES:
            result.verdicts[p], result.detail[p] = "not attempted", str(problem)
        result.seconds = time.monotonic() - started
        return result
    _require(result, machine.requirements, s)
    _compare(result, state, s, grids)
    result.inputs = s.bytes
    result.seconds = time.monotonic() - started
    return result


def _block_bytes(s: Setting, assignment: dict[int, int]) -> bytes:
    return bytes(assignment.get(b.id, 0) for b in s.bytes)


def _require(result: Result, requirements: list[Requirement], s: Setting) -> None:
    for kind in PROPERTIES[1:]:
        result.verdicts[kind] = "proved"
    seen: dict[tuple, str] = {}
    for r in requirements:
        if result.verdicts[r.kind] != "proved":
            continue
        key = (tuple(c.id for c in r.path), r.condition.id)
        if key in seen:
            continue
        answer = smt.holds(r.path, r.condition, TRUE)
        seen[key] = answer.verdict
        if answer.verdict != "proved":
            result.verdicts[r.kind] = answer.verdict
            result.detail[r.kind] = f"{r.text} {answer.reason}".strip()
            if answer.counterexample is not None:
                result.blocks[r.kind] = _block_bytes(s, answer.counterexample)


def _compare(result: Result, state: State, s: Setting, grids: dict[str, Grid]) -> None:
    result.verdicts["values"] = "proved"
    lanes = []
    for n in range(s.count):
        declared = s.block(n, grids).weights()
        for i, wanted in enumerate(declared):
            lane = state.memory.load(Pointer(s.output, const(4 * (n * s.format.elements + i), 64)), 4)
            lanes.append((n, i, wanted, lane))
            result.outputs.append(term_of(lane))
    for n, i, wanted, lane in lanes:
        where = f"weight {i} of block {n}"
        poison = poison_of(lane)
        if poison is not not_(TRUE):
            answer = smt.holds((), poison, not_(TRUE))
            if answer.verdict != "proved":
                for kind in ("values", "undefined"):
                    result.verdicts[kind], result.detail[kind] = answer.verdict, f"{where} may be poison, or is not written"
                    if answer.counterexample is not None:
                        result.blocks[kind] = _block_bytes(s, answer.counterexample)
                return
        got = floats.canonical(term_of(lane))
        if got is wanted:
            result.by_form += 1
            continue
        answer = cases.equal(got, wanted)
        if answer.verdict == "proved":
            if answer.reason == "form":
                result.by_form += 1
            else:
                result.by_solver += 1
            continue
        result.verdicts["values"] = answer.verdict
        result.detail["values"] = f"{where}: {answer.reason}" if answer.reason else where
        if answer.counterexample is not None:
            a, b = smt.values_of([got, wanted], answer.counterexample)
            result.detail["values"] = f"{where} is {a:#010x} where Spec says {b:#010x}"
            result.blocks["values"] = _block_bytes(s, answer.counterexample)
        return


__all__ = ["INT8", "PROPERTIES", "Result", "U64", "evaluate", "np", "prove", "setting", "support_bits"]
