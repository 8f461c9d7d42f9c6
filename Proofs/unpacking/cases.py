"""Equality by cases: of conditions that a few bits decide, such as how many slots are in use, each outcome is looked at by itself."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from unpacking import smt, tables
from unpacking.evaluate import U64, evaluate
from unpacking.terms import FALSE, TRUE, Term, const, not_, rebuilt, support_bits


def _conditions(roots: Sequence[Term]) -> dict[int, Term]:
    """Conditions of choices, and what they are made of, that depend on no more bits than a byte has."""
    found: dict[int, Term] = {}
    seen: set[int] = set()
    stack = list(roots)
    while stack:
        t = stack.pop()
        if t.id in seen or t.op in ("const", "var"):
            continue
        seen.add(t.id)
        if t.width == 1 and t.op in ("table", "slice", "ult", "var") and 0 < t.support.bit_count() <= 8 and not t.picks:
            found[t.id] = t
            continue
        if t.op in ("ite", "and", "or", "xor") or t.op in ("fadd", "fsub", "mux"):
            stack.extend(t.args)
    return found


def _split(conditions: dict[int, Term]) -> tuple[list[Term], int]:
    """The conditions that depend on the bits that most of them depend on, and these bits."""
    groups: list[tuple[int, list[Term]]] = []
    for c in sorted(conditions.values(), key=lambda c: -c.support.bit_count()):
        for k, (support, members) in enumerate(groups):
            if support & c.support and (support | c.support).bit_count() <= 8:
                groups[k] = support | c.support, [*members, c]
                break
        else:
            groups.append((c.support, [c]))
    support, members = max(groups, key=lambda g: len(g[1]))
    return members, support


def replaced(t: Term, known: dict[int, Term], memo: dict[int, Term]) -> Term:
    """The term with some parts replaced."""
    if t.id in known:
        return known[t.id]
    if t.id not in memo:
        if t.op in ("const", "var", "table") or not t.args:
            memo[t.id] = t
        else:
            args = tuple(replaced(a, known, memo) for a in t.args)
            memo[t.id] = t if all(a is b for a, b in zip(args, t.args)) else rebuilt(t, args)
    return memo[t.id]


def equal(left: Term, right: Term, path: tuple[Term, ...] = (), depth: int = 3) -> smt.Answer:
    """Whether two terms are equal, first by their form in each case, then by z3."""
    if left is right:
        return smt.Answer("proved", reason="form")
    conditions = _conditions([left, right]) if depth else {}
    if not conditions:
        return smt.holds(path, left, right)
    chosen, support = _split(conditions)
    bits = support_bits(support)
    numbers = np.arange(1 << len(bits), dtype=U64)
    variables: dict[int, np.ndarray] = {}
    for place, (variable, bit) in enumerate(bits):
        own = (numbers >> U64(place) & U64(1)) << U64(bit)
        variables[variable.id] = variables[variable.id] | own if variable.id in variables else own
    outcomes = np.stack([np.broadcast_to(v, numbers.shape) for v in evaluate(chosen, variables)])
    best = smt.Answer("proved", reason="form")
    for outcome in np.unique(outcomes, axis=1).T:
        known = {c.id: TRUE if o else FALSE for c, o in zip(chosen, outcome)}
        memo: dict[int, Term] = {}
        case = tuple(c if o else not_(c) for c, o in zip(chosen, outcome))
        a, b = replaced(left, known, memo), replaced(right, known, memo)
        answer = equal(a, b, (*path, *case), depth - 1)
        if answer.verdict != "proved":
            return answer
        if answer.reason != "form":
            best = answer
    return best


__all__ = ["const", "equal", "replaced", "tables"]
