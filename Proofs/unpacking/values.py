"""What registers hold: terms with or without a condition under which they are poison, pointers, and tuples of these for vectors."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Union

from unpacking.ir import Unsupported
from unpacking.tables import tabulated
from unpacking.terms import FALSE, TRUE, Term, concat, const, extract, ite, or_


@dataclass(frozen=True)
class Maybe:
    """A term that is poison, or uninitialized, where the condition holds."""

    term: Term
    poison: Term


@dataclass(frozen=True)
class Pointer:
    """An offset in bytes, 64 bits wide, into an object of the memory; object 0 is the null pointer."""

    object: int
    offset: Term


Lane = Union[Term, Maybe, Pointer]
Value = Union[Lane, tuple]


def poisoned(width: int) -> Maybe:
    return Maybe(const(0, width), TRUE)


def poison_of(lane: Lane) -> Term:
    return lane.poison if isinstance(lane, Maybe) else FALSE


def term_of(lane: Lane) -> Term:
    """The term, whatever its poison."""
    if isinstance(lane, Term):
        return lane
    if isinstance(lane, Maybe):
        return lane.term
    raise Unsupported("a pointer where a number is wanted")


#: Conditions of no more bits than this are decided by evaluating them.
DECIDED_BITS = 12


def decided(condition: Term) -> Term:
    """The condition, or the constant that it is."""
    if condition.op != "const" and condition.support.bit_count() <= DECIDED_BITS and not condition.picks:
        return tabulated(condition)
    return condition


def wrapped(term: Term, poison: Term) -> Term | Maybe:
    poison = decided(poison)
    return term if poison is FALSE else Maybe(term, poison)


def applied(function: Callable[..., Any], *lanes: Lane) -> Term | Maybe:
    """function(terms), which is poison where an operand is; the function may give poison of its own."""
    poison = FALSE
    for lane in lanes:
        if isinstance(lane, Maybe):
            poison = or_(poison, lane.poison)
    result = function(*(term_of(lane) for lane in lanes))
    if isinstance(result, Maybe):
        return wrapped(result.term, or_(result.poison, poison))
    return wrapped(result, poison)


def lanes_of(value: Value) -> tuple[Lane, ...]:
    return value if isinstance(value, tuple) else (value,)


def mapped(function: Callable[..., Lane], *values: Value) -> Value:
    """The function lane by lane."""
    if isinstance(values[0], tuple):
        return tuple(function(*lanes) for lanes in zip(*values))
    return function(*values)


def chosen(condition: Term, a: Value, b: Value) -> Value:
    """a where the condition holds, else b."""
    if a is b:
        return a
    if condition.op == "const":
        return a if condition.data else b
    if isinstance(a, tuple) and isinstance(b, tuple):
        return tuple(chosen(condition, x, y) for x, y in zip(a, b))
    if isinstance(a, Pointer) and isinstance(b, Pointer):
        if a.object != b.object:
            raise Unsupported("a pointer into one of two objects")
        return Pointer(a.object, ite(condition, a.offset, b.offset))
    return wrapped(ite(condition, term_of(a), term_of(b)), ite(condition, poison_of(a), poison_of(b)))  # type: ignore[arg-type]


def recast(lanes: tuple[Lane, ...], count: int, width: int) -> tuple[Lane, ...]:
    """The same bits as that many lanes of that width."""
    whole = concat([term_of(lane) for lane in lanes])
    terms = [extract(whole, k * width, width) for k in range(count)]
    if not any(isinstance(lane, Maybe) for lane in lanes):
        return tuple(terms)
    own = whole.width // len(lanes)
    out: list[Lane] = []
    for k, term in enumerate(terms):
        poison = FALSE
        for lane in lanes[k * width // own:((k + 1) * width - 1) // own + 1]:
            poison = or_(poison, poison_of(lane))
        out.append(wrapped(term, poison))
    return tuple(out)
