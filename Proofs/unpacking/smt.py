"""Questions to z3 about terms.

Operations on floats are uninterpreted functions there, and tables of many bits are too, so "cannot differ" is a proof and "may differ" is a
hint: `Answer.counterexample` is only claimed after both sides have been evaluated.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
import z3

import unpacking.tables as tables
from unpacking.evaluate import U64, evaluate
from unpacking.terms import FLOAT_OPS, Term, support_bits

#: Tables of no more bits than this are spelled out.
SPELLED_BITS = 12


@dataclass
class Answer:
    """`proved`, `refuted` with the values of variables, or `unknown` with the reason."""

    verdict: str
    counterexample: dict[int, int] | None = None
    reason: str = ""


class Translator:
    """Terms as z3 expressions. `opaque` makes an unknown of each operation on floats: quick, and enough where both sides share them."""

    def __init__(self, opaque: bool):
        self.opaque, self.done = opaque, dict[int, z3.ExprRef]()
        self.variables: dict[int, z3.ExprRef] = {}

    def __call__(self, root: Term) -> z3.ExprRef:
        stack = [root]
        while stack:
            t = stack[-1]
            if t.id in self.done:
                stack.pop()
                continue
            if not self._is_leaf(t):
                missing = [a for a in t.args if a.id not in self.done]
                if missing:
                    stack.extend(missing)
                    continue
            self.done[t.id] = self._translated(t)
            stack.pop()
        return self.done[root.id]

    def _is_leaf(self, t: Term) -> bool:
        return self.opaque and (t.op in FLOAT_OPS or t.op == "table" and t.args[0].width > SPELLED_BITS)

    def _unknown(self, t: Term) -> z3.ExprRef:
        return z3.BitVec(f"t{t.id}", t.width)

    def _translated(self, t: Term) -> z3.ExprRef:
        op, w = t.op, t.width
        if op == "const":
            return z3.BitVecVal(t.data, w)
        if op == "var":
            self.variables[t.id] = z3.BitVec(f"v{t.id}", w)
            return self.variables[t.id]
        if self._is_leaf(t):
            return self._unknown(t)
        a = [self.done[x.id] for x in t.args]
        if op == "table":
            return self._table(t, a[0])
        if op in FLOAT_OPS:
            sorts = [z3.BitVecSort(x.width) for x in t.args]
            return z3.Function(op, *sorts, z3.BitVecSort(w))(*a)
        return _expression(t, a)

    def _table(self, t: Term, index: z3.ExprRef) -> z3.ExprRef:
        numbers = tables.values(t)
        if t.args[0].width > SPELLED_BITS:
            return z3.Function(f"table{hash(t.data)}", z3.BitVecSort(t.args[0].width), z3.BitVecSort(t.width))(index)
        level = [z3.BitVecVal(int(n), t.width) for n in numbers]
        for bit in range(t.args[0].width):
            test = z3.Extract(bit, bit, index) == 1
            level = [x if x.eq(y) else z3.If(test, y, x) for x, y in zip(level[::2], level[1::2])]
        return level[0]


def _expression(t: Term, a: list) -> z3.ExprRef:
    op, w = t.op, t.width
    if op == "concat":
        return z3.Concat(*reversed(a))
    if op == "slice":
        return z3.Extract(t.data + w - 1, t.data, a[0])
    if op in ("and", "or", "xor"):
        out = a[0]
        for x in a[1:]:
            out = out & x if op == "and" else out | x if op == "or" else out ^ x
        return out
    if op == "lin":
        coefficients, constant = t.data
        out = z3.BitVecVal(constant, w)
        for c, x in zip(coefficients, a):
            out = out + c * x
        return out
    if op in ("mux", "pick"):
        keys = range(len(a) - 1) if op == "mux" else t.data
        out = a[-1]
        for key, x in list(zip(keys, a[1:]))[:-1]:
            out = z3.If(a[0] == key, x, out)
        return out
    simple = {
        "mul": lambda: a[0] * a[1], "shl": lambda: a[0] << a[1], "lshr": lambda: z3.LShR(a[0], a[1]), "ashr": lambda: a[0] >> a[1],
        "udiv": lambda: z3.UDiv(a[0], a[1]), "urem": lambda: z3.URem(a[0], a[1]),
        "sext": lambda: z3.SignExt(w - t.args[0].width, a[0]),
        "eq": lambda: _bit(a[0] == a[1]), "ult": lambda: _bit(z3.ULT(a[0], a[1])), "slt": lambda: _bit(a[0] < a[1]),
        "ite": lambda: z3.If(a[0] == 1, a[1], a[2]),
    }
    return simple[op]()


def _bit(test: z3.BoolRef) -> z3.ExprRef:
    return z3.If(test, z3.BitVecVal(1, 1), z3.BitVecVal(0, 1))


_feasible: dict[frozenset[int], bool] = {}


def feasible(conditions: Sequence[Term]) -> bool:
    """Whether conditions may hold together; yes where that is not known."""
    key = frozenset(c.id for c in conditions)
    if key not in _feasible:
        solver, translate = z3.Solver(), Translator(True)
        solver.set("timeout", 2000)
        for c in conditions:
            solver.add(translate(c) == 1)
        _feasible[key] = solver.check() != z3.unsat
    return _feasible[key]


def values_of(terms: Iterable[Term], assignment: dict[int, int]) -> list[int]:
    """Terms for one assignment of the variables; those that it lacks are 0."""
    roots = list(terms)
    support = 0
    for t in roots:
        support |= t.support
    variables = {v.id: np.array([assignment.get(v.id, 0)], U64) for v, _ in support_bits(support)}
    return [int(x[0]) for x in evaluate(roots, variables)]


#: Bytes that floats of some size are made of, so that a difference of integers shows.
TELLING_BYTES = (0x3C, 0x2E, 0x40, 0x01, 0x55, 0x9A, 0xFF)


def near(assignment: dict[int, int], left: Term, right: Term, path: Sequence[Term], number: int = 8192) -> dict[int, int] | None:
    """Values of variables for which two terms differ on a path: those given, or like them in most bytes.

    Floats are unknowns to z3, so its answer may have a scale of zero under which all codes are alike.
    """
    source = np.random.default_rng(5)
    support = left.support | right.support
    for c in path:
        support |= c.support
    variables: dict[int, np.ndarray] = {}
    for v in {v.id: v for v, _ in support_bits(support)}.values():
        own = np.full(number, assignment.get(v.id, 0), U64)
        change = source.random(number) < source.choice([0.1, 0.5], number)
        change[0] = False
        limit = min(v.width, 32)
        other = source.integers(0, 1 << limit, number, dtype=np.uint64)
        if v.width == 8:
            telling = source.random(number) < 0.5
            other[telling] = source.choice(np.array(TELLING_BYTES, np.uint64), int(telling.sum()))
        own[change] = other[change]
        variables[v.id] = own
    a, b, *conditions = (np.broadcast_to(x, (number,)) for x in evaluate([left, right, *path], variables))
    good = a != b
    for c in conditions:
        good = good & (c != 0)
    found = np.nonzero(good)[0]
    return {k: int(x[found[0]]) for k, x in variables.items()} if len(found) else None


def holds(path: Sequence[Term], left: Term, right: Term, timeout: int = 20_000) -> Answer:
    """Whether two terms are equal wherever the path's conditions hold."""
    if left is right:
        return Answer("proved")
    reason = ""
    for opaque in (True, False):
        solver, translate = z3.SolverFor("QF_UFBV"), Translator(opaque)
        solver.set("timeout", timeout)
        for c in path:
            solver.add(translate(c) == 1)
        solver.add(translate(left) != translate(right))
        found = solver.check()
        if found == z3.unsat:
            return Answer("proved")
        if found == z3.sat:
            model = solver.model()
            assignment = {k: model.eval(v, model_completion=True).as_long() for k, v in translate.variables.items()}
            shown = near(assignment, left, right, path)
            if shown is not None:
                return Answer("refuted", shown)
            reason = "z3 names a block for which both agree"
        else:
            reason = f"z3: {solver.reason_unknown()}"
    return Answer("unknown", reason=reason)
