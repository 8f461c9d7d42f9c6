"""Floating-point operations as terms.

An operation of many bits is left as it is, uninterpreted: two weights are equal if they are the same operations of the same integers.
One of few bits is evaluated for all of them. Operands are exchanged only where one is never a NaN, as which NaN results depends on the
order (NUM-04).
"""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

import unpacking.tables as tables
from unpacking.intervals import signed_bounds
from unpacking.terms import FALSE, FLOAT_OPS, Term, const, extract, ite, make, mux, or_, sext, xor, zext

#: Operations of no more bits than this are evaluated. One fewer than an fp16 has, so that d times a number stays a product.
FEW_BITS = 15
_known: dict[int, Term] = {}


def canonical(x: Term) -> Term:
    """A float in the form in which floats are compared."""
    found = _known.get(x.id)
    if found is None:
        found = _known[x.id] = _canonical(x)
    return found


def _canonical(x: Term) -> Term:
    if x.op == "const" or x.op in FLOAT_OPS and x.op != "half" and x.support.bit_count() > FEW_BITS:
        return x
    if x.support.bit_count() <= tables.MOST_BITS and not x.picks:
        return tables.tabulated(x)
    if x.op == "ite":
        return ite(x.args[0], canonical(x.args[1]), canonical(x.args[2]))
    if x.op == "mux":
        return mux(x.args[0], [canonical(e) for e in x.args[1:]])
    return x


def is_sum_with_nan(condition: Term, quieted: Term, total: Term) -> bool:
    """Whether a choice is that of NUM-04, written out: of a sum whose left operand is a NaN, that operand made quiet."""
    left = total.args[0]
    return condition is is_nan(left) and canonical(or_(left, const(0x00400000, 32))) is canonical(quieted)


def is_never_nan(x: Term) -> bool:
    if x.op == "itof":
        return True
    if x.op == "const":
        return x.data & 0x7FFFFFFF <= 0x7F800000  # type: ignore[operator]
    if x.op == "table":
        return bool(((tables.values(x) & 0x7FFFFFFF) <= 0x7F800000).all())
    if x.op in ("ite", "mux", "pick"):
        return all(is_never_nan(e) for e in x.args[1:])
    return False


def _finished(t: Term) -> Term:
    return tables.tabulated(t) if t.support.bit_count() <= FEW_BITS and not t.picks else t


def _rank(x: Term) -> tuple[int, int]:
    return {"const": 0, "table": 1, "itof": 2}.get(x.op, 3), x.id


def operation(op: str, a: Term, b: Term) -> Term:
    """fadd, fsub, fmul or fdiv of two fp32."""
    a, b = canonical(a), canonical(b)
    if op in ("fadd", "fmul") and _rank(b) < _rank(a) and (is_never_nan(a) or is_never_nan(b)):
        a, b = b, a
    return _finished(make(op, 32, (a, b)))


def from_integer(x: Term, signed: bool) -> Term:
    """The nearest fp32 to an integer, ties to even."""
    if not signed:
        x = zext(x, x.width + 1)
    if x.width < 64:
        x = sext(x, 64)
    made = make("itof", 32, (x,))
    if x.support.bit_count() <= tables.MOST_BITS and not x.picks:
        return tables.tabulated(made)
    low, high = signed_bounds(x)
    width = max(high.bit_length(), (-low - 1).bit_length()) + 1
    if width > 12:
        return made
    # The number fits so few bits: a table of these, which z3 can look into.
    numbers = np.arange(1 << width)
    numbers = np.where(numbers >> (width - 1), numbers - (1 << width), numbers).astype(np.float32).view(np.uint32)
    return tables.table(extract(x, 0, width), numbers, 32)


def from_half(x: Term) -> Term:
    return canonical(make("half", 32, (x,)))


def negated(x: Term) -> Term:
    return canonical(xor(x, const(1 << (x.width - 1), x.width)))


def is_nan(x: Term) -> Term:
    if is_never_nan(x):
        return FALSE
    from unpacking.terms import ult
    return ult(const(0x7F800000, 31), extract(x, 0, 31))


def rebuilt(x: Term, args: Sequence[Term]) -> Term:
    if x.op == "itof":
        return _finished(make("itof", 32, tuple(args)))
    return from_half(args[0]) if x.op == "half" else operation(x.op, args[0], args[1])


def is_quiet(x: Term) -> bool:
    """Whether x is no signalling NaN, so that once x is x."""
    if x.op == "table":
        numbers = tables.values(x)
        return bool((((numbers & 0x7FFFFFFF) <= 0x7F800000) | (numbers & 0x00400000 != 0)).all())
    return x.op in FLOAT_OPS


def as_products(entries: Sequence[Term]) -> Sequence[Term]:
    """Products of the same factor, where one entry is that factor alone because a compiler left out the 1."""
    one = const(0x3F800000, 32)
    for x in {e.args[1].id: e.args[1] for e in entries if e.op == "fmul"}.values():
        alone = [e is x for e in entries]
        if any(alone) and is_quiet(x) and all(is_x or e.op == "fmul" and e.args[1] is x for is_x, e in zip(alone, entries)):
            return [make("fmul", 32, (one, x)) if is_x else e for is_x, e in zip(alone, entries)]
    return entries


def chosen(c: Term, a: Term, b: Term) -> Term | None:
    """A choice between sums or products that share an operand: of the other operands. Nil where they do not."""
    if b.op == "fadd" and is_sum_with_nan(c, a, b):
        return b
    if "fmul" in (a.op, b.op):
        a, b = as_products([a, b])
    if a.op == b.op and a.op in ("fadd", "fsub", "fmul", "fdiv"):
        for k in range(2):
            if a.args[k] is b.args[k]:
                other = ite(c, canonical(a.args[1 - k]), canonical(b.args[1 - k]))
                return operation(a.op, *((a.args[0], other) if k == 0 else (other, a.args[1])))
    return None


def lifted(index: Term, entries: Sequence[Term]) -> Term:
    """The entry of an index, all being the same operation: the operation of the operands' entries."""
    columns = [mux(index, [e.args[k] for e in entries]) for k in range(len(entries[0].args))]
    return rebuilt(entries[0], columns)


def quiet_float(number: float) -> Term:
    """A number of the spec, which is an fp32."""
    value = np.float32(number)
    if float(value) != number:
        raise ValueError(f"{number} is not an fp32")
    return const(int(value.view(np.uint32)), 32)
