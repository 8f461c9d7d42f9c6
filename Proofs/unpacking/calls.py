"""Calls: intrinsics, empty assembler statements, copies of memory."""
from __future__ import annotations

from typing import TYPE_CHECKING

from unpacking.intrinsics import LANEWISE, REDUCTIONS, VECTORS, absolute, any_function_simple, leading_zeros
from unpacking.ir import Instruction, Unsupported
from unpacking.terms import FALSE, TRUE, Term, const, extract, linear, or_
from unpacking.values import Lane, Maybe, Pointer, Value, applied, chosen, lanes_of, mapped, poison_of, poisoned, term_of, wrapped

if TYPE_CHECKING:
    from unpacking.machine import Machine, State

IGNORED = ("llvm.lifetime.", "llvm.assume", "llvm.experimental.noalias.scope.decl", "llvm.dbg.")


def call(machine: Machine, state: State, i: Instruction) -> Value | None:
    """The result of a call instruction."""
    v = [machine.value(state, o) for o in i.operands] if isinstance(i.extra, tuple) or not i.extra[1:].startswith(IGNORED) else []
    if isinstance(i.extra, tuple):
        return _assembler(i, v)
    name = i.extra[1:]
    if name.startswith(IGNORED):
        return None
    if name.startswith(("llvm.memset.", "llvm.memcpy.", "llvm.memmove.")):
        return _fill(machine, state, i, name, v)
    if name.startswith("llvm.masked."):
        return _masked(machine, state, i, name, v)
    if name.startswith("llvm.x86.avx512.pternlog."):
        return mapped(lambda a, b, c: applied(lambda x, y, z: any_function_simple(x, y, z, term_of(v[3])), a, b, c), *v[:3])  # type: ignore
    if name.startswith("llvm.abs."):
        return mapped(lambda x: applied(lambda t: absolute(t, term_of(v[1])), x), v[0])  # type: ignore[arg-type]
    if name.startswith("llvm.ctlz."):
        return mapped(lambda x: applied(leading_zeros, x), v[0])
    for prefix, reduction in REDUCTIONS.items():
        if name.startswith(prefix + "."):
            return applied(lambda *t: _reduced(reduction, t), *lanes_of(v[0]))
    base = name
    while base and base not in LANEWISE and base not in VECTORS:
        base = base.rpartition(".")[0]
    if base in LANEWISE:
        return mapped(lambda *lanes: applied(LANEWISE[base], *lanes), *v)
    if base in VECTORS:
        lists = [lanes_of(x) for x in v]
        out = VECTORS[base](*([term_of(lane) for lane in lanes] for lanes in lists))
        poison = FALSE
        for lane in (lane for lanes in lists for lane in lanes):
            poison = or_(poison, poison_of(lane))
        return tuple(wrapped(t, poison) for t in out)
    raise Unsupported(f"call of {name}")


def _reduced(reduction: object, terms: tuple[Term, ...]) -> Term:
    out = terms[0]
    for t in terms[1:]:
        out = reduction(out, t)  # type: ignore[operator]
    return out


def _assembler(i: Instruction, v: list[Value]) -> Value:
    """An empty statement that hands its operand on, or the one instruction that the kernels write as text."""
    _, text, constraints = i.extra
    if text == "" and constraints.split(",")[:2] in (["=r", "0"], ["=v", "0"], ["=x", "0"]):
        return v[0]
    raise Unsupported(f"assembler {text!r} {constraints!r}")


def _fill(machine: Machine, state: State, i: Instruction, name: str, v: list[Value]) -> None:
    length = term_of(v[2])  # type: ignore[arg-type]
    if length.op != "const":
        raise Unsupported(i.text)
    size: int = length.data  # type: ignore[assignment]
    target = machine.check(state, v[0], size, 1, True, i.text)  # type: ignore[arg-type]
    if name.startswith("llvm.memset."):
        lanes: list[Lane] = [v[1]] * size  # type: ignore[list-item]
    else:
        source = machine.check(state, v[1], size, 1, False, i.text)  # type: ignore[arg-type]
        lanes = [state.memory.load(_moved(source, k), 1) for k in range(size)]
    for k, lane in enumerate(lanes):
        state.memory.store(_moved(target, k), 1, lane, TRUE)


def _moved(p: Pointer, by: int) -> Pointer:
    return Pointer(p.object, linear(64, [(1, p.offset)], by))


def _masked(machine: Machine, state: State, i: Instruction, name: str, v: list[Value]) -> Value | None:
    """Loads and stores of the lanes whose bit of the mask is set."""
    kind = name.split(".")[2]
    vector = i.type if kind in ("load", "gather") else i.operands[0].type
    leaf = vector.element
    mask = lanes_of(v[{"load": 2, "gather": 2, "store": 3, "scatter": 3}[kind]])
    promised = term_of(v[1 if kind in ("load", "gather") else 2])  # type: ignore[arg-type]
    # Of a vector the first lane's address is what the promise is about; lanes are as aligned as their size allows.
    align = min(promised.data, leaf.size)  # type: ignore[type-var]
    base = v[1] if kind in ("store", "scatter") else v[0]
    out: list[Lane] = []
    for k in range(vector.count):
        when = machine.clean(state, mask[k], i.text)
        p = base[k] if isinstance(base, tuple) else _moved(base, k * leaf.size)  # type: ignore[arg-type]
        if kind in ("load", "gather"):
            rest: Lane = v[3][k]  # type: ignore[index]
            if when is FALSE:
                out.append(rest)
                continue
            inner = state.copy()
            inner.path = (*state.path, when) if when is not TRUE else state.path
            pointer = machine.check(inner, p, leaf.size, align, False, i.text)
            out.append(chosen(when, state.memory.load(pointer, leaf.size), rest))  # type: ignore[arg-type]
            continue
        if when is FALSE:
            continue
        inner = state if when is TRUE else state.copy()
        inner.path = (*state.path, when) if when is not TRUE else state.path
        pointer = machine.check(inner, p, leaf.size, align, True, i.text)
        state.memory.store(pointer, leaf.size, v[0][k], when)  # type: ignore[index]
    return tuple(out) if out else None


__all__ = ["Maybe", "call", "const", "extract", "poisoned"]
