"""Executes a function for all inputs at once: both sides of a branch that depends on the input, joined again where they meet."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from unpacking import calls
from unpacking.ir import Function, Instruction, Module, Operand, Unsupported
from unpacking.memory import Memory, Object
from unpacking.operations import binary, cast, compared, compared_floats
from unpacking.terms import FALSE, TRUE, Term, and_, const, eq, extract, linear, mux, not_, or_, sext, ult, var, xor
from unpacking.values import (
    Lane, Maybe, Pointer, Value, applied, chosen, decided, lanes_of, mapped, poison_of, poisoned, recast, term_of, wrapped,
)


@dataclass(frozen=True)
class Requirement:
    """What has to hold on a path: kind is memory, alignment or undefined."""

    path: tuple[Term, ...]
    condition: Term
    kind: str
    text: str


@dataclass
class State:
    registers: dict[str, Value]
    memory: Memory
    path: tuple[Term, ...] = ()

    def copy(self) -> State:
        return State(dict(self.registers), self.memory.copy(), self.path)


@dataclass
class Machine:
    """`feasible` says whether conditions can hold together; `limit` bounds the instructions executed."""

    module: Module
    function: Function
    feasible: Callable[[tuple[Term, ...]], bool]
    limit: int = 3_000_000
    requirements: list[Requirement] = field(default_factory=list)
    steps: int = 0
    globals: dict[str, Pointer] = field(default_factory=dict)
    joins: dict[str, str] = field(default_factory=dict)

    def require(self, state: State, condition: Term, kind: str, text: str) -> None:
        if condition is not TRUE:
            self.requirements.append(Requirement(state.path, condition, kind, text))

    # --- Operands ------------------------------------------------------------------------------------------------------------

    def value(self, state: State, operand: Operand) -> Value:
        if operand.kind == "reg":
            return state.registers[operand.data]
        if operand.kind == "global":
            return self._global(state, operand.data)
        if operand.kind == "gep":
            base, step = operand.data
            pointer = self.value(state, base)
            assert isinstance(pointer, Pointer)
            return Pointer(pointer.object, linear(64, [(1, pointer.offset)], step))
        type = operand.type
        leaf = type.element if type.kind == "vec" else type
        if leaf.kind == "ptr":
            return Pointer(0, const(0, 64))
        lanes = tuple(poisoned(leaf.bits) if n is None else const(n, leaf.bits) for n in operand.data)
        return lanes if type.kind == "vec" else lanes[0]

    def _global(self, state: State, name: str) -> Pointer:
        if name not in self.globals:
            data = self.module.constants.get(name)
            if data is None:
                raise Unsupported(f"the global {name}")
            cells = {k: (1, const(b, 8)) for k, b in enumerate(data)}
            self.globals[name] = state.memory.add(Object(name, len(data), 64, False), cells)  # type: ignore[arg-type]
        pointer = self.globals[name]
        if len(state.memory.cells) <= pointer.object:
            raise Unsupported("a global that another path met first")
        return pointer

    def clean(self, state: State, lane: Lane, what: str) -> Term:
        """The term of a value that must not be poison."""
        if isinstance(lane, Maybe):
            self.require(state, not_(decided(lane.poison)), "undefined", f"poison in {what}")
        return term_of(lane)

    # --- Control flow --------------------------------------------------------------------------------------------------------

    def run(self, state: State) -> State:
        self.joins = _postdominators(self.function)
        for name, data in self.module.constants.items():
            self._global(state, name)
        final = self._run(state, self.function.entry, "")
        if final is None:
            raise Unsupported("a function that never returns")
        return final

    def _edge(self, state: State, source: str, target: str) -> None:
        values = []
        for i in self.function.blocks[target]:
            if i.op != "phi":
                break
            values.append((i.result, self.value(state, i.extra[source])))
        state.registers.update(values)  # type: ignore[arg-type]

    def _run(self, state: State, label: str, stop: str) -> State | None:
        while label != stop:
            block = self.function.blocks[label]
            for i in block[:-1]:
                if i.op != "phi":
                    self.steps += 1
                    self._execute(state, i)
            if self.steps > self.limit:
                raise Unsupported(f"more than {self.limit} instructions")
            last = block[-1]
            if last.op == "ret":
                return state
            if last.op == "unreachable":
                self.require(state, FALSE, "undefined", "reaches the unreachable")
                return None
            choices = self._targets(state, last)
            possible = [(c, t) for c, t in choices if c is TRUE or self.feasible((*state.path, c))]
            if not possible:
                return None
            if len(possible) == 1:
                target = possible[0][1]
                self._edge(state, label, target)
                label = target
                continue
            join = self.joins[label]
            ends: list[tuple[Term, State]] = []
            for c, t in possible:
                side = state.copy()
                side.path = (*state.path, c)
                self._edge(side, label, t)
                end = self._run(side, t, join)
                if end is not None:
                    ends.append((c, end))
            if not ends:
                return None
            merged = ends[-1][1]
            for c, end in reversed(ends[:-1]):
                merged = _merged(c, end, merged)
            merged.path = state.path
            state, label = merged, join
            if join == "":
                return state
        return state

    def _targets(self, state: State, last: Instruction) -> list[tuple[Term, str]]:
        targets = last.extra["targets"]
        if not last.operands:
            return [(TRUE, targets[0])]
        test = self.clean(state, self.value(state, last.operands[0]), last.text)  # type: ignore[arg-type]
        if last.op == "br":
            test = decided(test)
            if test.op == "const":
                return [(TRUE, targets[0] if test.data else targets[1])]
            return [(test, targets[0]), (not_(test), targets[1])]
        conditions: dict[str, Term] = {}
        none = TRUE
        for number, target in zip(last.extra["cases"], targets[1:]):
            here = eq(test, const(number, test.width))
            conditions[target] = or_(conditions.get(target, FALSE), here)
            none = and_(none, not_(here))
        conditions[targets[0]] = or_(conditions.get(targets[0], FALSE), none)
        return [(c, t) for t, c in conditions.items() if c is not FALSE]

    # --- Instructions --------------------------------------------------------------------------------------------------------

    def _execute(self, state: State, i: Instruction) -> None:
        made = self._result(state, i)
        if i.result is not None:
            assert made is not None, i.text
            state.registers[i.result] = made

    def _result(self, state: State, i: Instruction) -> Value | None:
        op = i.op
        if op == "call":
            return calls.call(self, state, i)
        if op == "alloca":
            return state.memory.add(Object(f"alloca {i.result}", i.extra.size, i.align, True), {})
        v = [self.value(state, o) for o in i.operands]
        if op == "load":
            return self.load(state, i, v[0], i.type, i.align)  # type: ignore[arg-type]
        if op == "store":
            self.store(state, i, v[0], v[1], i.operands[0].type, i.align)  # type: ignore[arg-type]
            return None
        if op == "getelementptr":
            return self._address(state, i, v)
        if op in ("icmp", "fcmp"):
            return self._compare(i, v)
        if op in ("zext", "sext", "trunc", "sitofp", "uitofp", "fpext"):
            width = (i.type.element if i.type.kind == "vec" else i.type).bits
            return mapped(lambda x: applied(lambda t: cast(i, width, t), x), v[0])
        if op == "bitcast":
            if isinstance(v[0], Pointer):
                return v[0]
            leaf, count = (i.type.element, i.type.count) if i.type.kind == "vec" else (i.type, 1)
            out = recast(lanes_of(v[0]), count, leaf.bits)
            return out if i.type.kind == "vec" else out[0]
        if op == "ptrtoint":
            return mapped(lambda p: self._number(state, p), v[0])
        if op == "fneg":
            return mapped(lambda x: applied(lambda t: xor(t, const(1 << (t.width - 1), t.width)), x), v[0])
        if op == "select":
            return self._select(v)
        if op == "freeze":
            return mapped(lambda x: x if not isinstance(x, Maybe) else wrapped(
                chosen(x.poison, var(f"frozen{self.steps}", x.term.width), x.term), FALSE), v[0])  # type: ignore[arg-type]
        if op == "insertelement":
            at = self.clean(state, v[2], i.text)  # type: ignore[arg-type]
            lanes = list(v[0])  # type: ignore[arg-type]
            lanes[at.data] = v[1]  # type: ignore[index, call-overload]
            return tuple(lanes)
        if op == "extractelement":
            at = self.clean(state, v[1], i.text)  # type: ignore[arg-type]
            if at.op == "const":
                return v[0][at.data]  # type: ignore[index]
            raise Unsupported(i.text)
        if op == "shufflevector":
            both = [*v[0], *v[1]]  # type: ignore[misc]
            width = i.type.element.bits
            return tuple(poisoned(width) if n is None else both[n] for n in i.operands[2].data)
        return mapped(lambda a, b: applied(lambda x, y: binary(op, i.flags, x, y), a, b), v[0], v[1])

    def _select(self, v: list[Value]) -> Value:
        def one(c: Lane, a: Value, b: Value) -> Value:
            out = chosen(decided(term_of(c)), a, b)
            return out if poison_of(c) is FALSE else wrapped(term_of(out), or_(poison_of(out), poison_of(c)))  # type: ignore[arg-type]
        if isinstance(v[0], tuple):
            return tuple(one(*lanes) for lanes in zip(*v))  # type: ignore[misc, arg-type]
        return one(v[0], v[1], v[2])

    def _compare(self, i: Instruction, v: list[Value]) -> Value:
        def one(a: Lane, b: Lane) -> Lane:
            if isinstance(a, Pointer) and isinstance(b, Pointer):
                if 0 in (a.object, b.object) and a.object != b.object:
                    return const(int(i.extra == "ne"), 1)
                if a.object != b.object:
                    return compared(i.extra, frozenset(), self._number(None, a), self._number(None, b))
                return compared(i.extra, frozenset(), a.offset, b.offset)
            if i.op == "fcmp":
                return applied(lambda x, y: compared_floats(i.extra, x, y), a, b)
            return applied(lambda x, y: compared(i.extra, i.flags, x, y), a, b)
        return mapped(one, v[0], v[1])

    def _number(self, state: State | None, p: Lane) -> Term:
        """The address of a pointer: any number for each object."""
        assert isinstance(p, Pointer)
        return linear(64, [(1, var(f"address{p.object}", 64)), (1, p.offset)])

    def _address(self, state: State, i: Instruction, v: list[Value]) -> Value:
        def one(base: Lane, *indices: Lane) -> Pointer:
            assert isinstance(base, Pointer), i.text
            type, offset = i.extra, base.offset
            for k, index in enumerate(indices):
                if k:
                    type = type.element
                offset = linear(64, [(1, offset), (type.size, sext(self.clean(state, index, i.text), 64))])
            return Pointer(base.object, offset)
        if i.type.kind != "vec":
            pointer = one(*v)  # type: ignore[arg-type]
            if "inbounds" in i.flags:
                self._inside(state, pointer, 0, i.text)
            return pointer
        count = i.type.count
        return tuple(one(*(x[k] if isinstance(x, tuple) else x for x in v)) for k in range(count))

    # --- Memory --------------------------------------------------------------------------------------------------------------

    def _inside(self, state: State, p: Pointer, size: int, text: str) -> None:
        target = state.memory.objects[p.object]
        if p.object == 0 or target.size < size:
            self.require(state, FALSE, "memory", f"{size} bytes of {target.name}: {text}")
            return
        inside = decided(not_(ult(const(target.size - size, 64), p.offset)))
        self.require(state, inside, "memory", f"{size} bytes of {target.name}: {text}")

    def check(self, state: State, p: Lane, size: int, align: int, writes: bool, text: str) -> Pointer:
        """A pointer that so many bytes are read or written from."""
        if not isinstance(p, Pointer):
            raise Unsupported(f"an address that is a number: {text}")
        self._inside(state, p, size, text)
        target = state.memory.objects[p.object]
        if writes and not target.mutable:
            self.require(state, FALSE, "memory", f"writes {target.name}: {text}")
        if align > 1:
            low = align.bit_length() - 1
            aligned = TRUE if target.alignment >= align else FALSE
            self.require(state, and_(aligned, eq(extract(p.offset, 0, low), const(0, low))), "alignment", f"{target.name}: {text}")
        return p

    def load(self, state: State, i: Instruction, p: Lane, type: object, align: int) -> Value:
        leaf, count = (i.type.element, i.type.count) if i.type.kind == "vec" else (i.type, 1)
        pointer = self.check(state, p, leaf.size * count, align, False, i.text)
        lanes = []
        for k in range(count):
            at = Pointer(pointer.object, linear(64, [(1, pointer.offset)], k * leaf.size))
            lane = state.memory.load(at, leaf.size)
            whole = isinstance(lane, Pointer) or leaf.bits == 8 * leaf.size
            lanes.append(lane if whole else applied(lambda t: extract(t, 0, leaf.bits), lane))
        return tuple(lanes) if i.type.kind == "vec" else lanes[0]

    def store(self, state: State, i: Instruction, value: Value, p: Lane, type: object, align: int, when: Term = TRUE) -> None:
        leaf = i.operands[0].type
        leaf = leaf.element if leaf.kind == "vec" else leaf
        lanes = lanes_of(value)
        pointer = self.check(state, p, leaf.size * len(lanes), align, True, i.text)
        for k, lane in enumerate(lanes):
            at = Pointer(pointer.object, linear(64, [(1, pointer.offset)], k * leaf.size))
            if not isinstance(lane, Pointer) and leaf.bits != 8 * leaf.size:
                lane = applied(lambda t: linear(8 * leaf.size, [(1, _widened(t, leaf.size))]), lane)
            state.memory.store(at, leaf.size, lane, when)


def _widened(t: Term, size: int) -> Term:
    from unpacking.terms import zext
    return zext(t, 8 * size)


def _merged(condition: Term, a: State, b: State) -> State:
    """a where the condition holds, else b. Registers that the two disagree on in kind are dropped."""
    registers: dict[str, Value] = {}
    for name, mine in a.registers.items():
        its = b.registers.get(name)
        if its is None:
            continue
        try:
            registers[name] = chosen(condition, mine, its)
        except Unsupported:
            continue
    memory_a, memory_b = a.memory, b.memory
    return State(registers, memory_a.merged(condition, memory_b), a.path)


def _postdominators(function: Function) -> dict[str, str]:
    """Where the paths from each block meet again; "" is the end of the function."""
    labels = list(function.blocks)
    after: dict[str, set[str]] = {label: {*labels, ""} for label in labels}
    after[""] = {""}
    changed = True
    while changed:
        changed = False
        for label in reversed(labels):
            targets = function.successors(label) or [""]
            new = set.intersection(*(after[t] for t in targets)) | {label}
            if new != after[label]:
                after[label], changed = new, True
    out = {}
    for label in labels:
        strict = after[label] - {label}
        out[label] = next(x for x in strict if all(y == x or y in after[x] for y in strict))
    return out


__all__ = ["Machine", "Requirement", "State", "mux"]
