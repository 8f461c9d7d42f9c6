"""What the instructions of LLVM IR that compute do, lane by lane; overflow that a flag promises not to happen is poison."""
from __future__ import annotations

import unpacking.floats as floats
from unpacking.intervals import signed_bounds
from unpacking.ir import Instruction, Unsupported
from unpacking.terms import (
    FALSE, TRUE, Term, add, and_, bitwise, bounds, const, divided, eq, extract, ite, mul, not_, or_, sext, shift, slt, sub, ult, xor, zext,
)
from unpacking.values import Maybe, decided, wrapped

def _overflow(op: str, a: Term, b: Term, signed: bool) -> Term:
    """Whether add, sub or mul leaves the range."""
    w = a.width
    (p, q), (r, s) = (signed_bounds(a), signed_bounds(b)) if signed else (bounds(a), bounds(b))
    ends = {"add": (p + r, q + s), "sub": (p - s, q - r),
            "mul": (min(p * r, p * s, q * r, q * s), max(p * r, p * s, q * r, q * s))}[op]
    low, high = (-(1 << (w - 1)), (1 << (w - 1)) - 1) if signed else (0, (1 << w) - 1)
    if low <= ends[0] and ends[1] <= high:
        return FALSE
    wide = 2 * w if op == "mul" else w + 2
    grown = sext if signed else zext
    exact = {"add": add, "sub": sub, "mul": mul}[op](grown(a, wide), grown(b, wide))
    return decided(not_(eq(exact, grown(extract(exact, 0, w), wide))))


def binary(op: str, flags: frozenset[str], a: Term, b: Term) -> Term | Maybe:
    """A binary instruction of two terms."""
    poison = FALSE
    if op in ("and", "or", "xor"):
        if "disjoint" in flags:
            poison = decided(not_(eq(and_(a, b), const(0, a.width))))
        return wrapped(bitwise(op, (a, b)), poison)
    if op in ("add", "sub", "mul"):
        for flag, signed in (("nuw", False), ("nsw", True)):
            if flag in flags:
                poison = or_(poison, _overflow(op, a, b, signed))
        return wrapped({"add": add, "sub": sub, "mul": mul}[op](a, b), poison)
    if op in ("shl", "lshr", "ashr"):
        poison = decided(not_(ult(b, const(a.width, a.width)))) if a.width > 1 else b
        by: int | Term = b if b.op != "const" else b.data  # type: ignore[assignment]
        result = shift(op, a, by)
        if op == "shl":
            if "nuw" in flags:
                poison = or_(poison, decided(not_(eq(shift("lshr", result, by), a))))
            if "nsw" in flags:
                poison = or_(poison, decided(not_(eq(shift("ashr", result, by), a))))
        elif "exact" in flags:
            poison = or_(poison, decided(not_(eq(shift("shl", result, by), a))))
        return wrapped(result, poison)
    if op in ("udiv", "urem") and b.op == "const" and b.data:
        return divided(op, a, b)
    if op in ("fadd", "fsub", "fmul", "fdiv"):
        return floats.operation(op, a, b)
    raise Unsupported(f"{op} of {a} and {b}")


def compared(predicate: str, flags: frozenset[str], a: Term, b: Term) -> Term | Maybe:
    """icmp."""
    tests = {
        "eq": lambda: eq(a, b), "ne": lambda: not_(eq(a, b)), "ult": lambda: ult(a, b), "ugt": lambda: ult(b, a),
        "ule": lambda: not_(ult(b, a)), "uge": lambda: not_(ult(a, b)), "slt": lambda: slt(a, b), "sgt": lambda: slt(b, a),
        "sle": lambda: not_(slt(b, a)), "sge": lambda: not_(slt(a, b)),
    }
    top = a.width - 1
    poison = decided(xor(extract(a, top, 1), extract(b, top, 1))) if "samesign" in flags else FALSE
    return wrapped(tests[predicate](), poison)


def compared_floats(predicate: str, a: Term, b: Term) -> Term:
    """fcmp of fp32, by the bits."""
    a, b = floats.canonical(a), floats.canonical(b)
    unordered = or_(floats.is_nan(a), floats.is_nan(b))
    zeros = eq(or_(extract(a, 0, 31), extract(b, 0, 31)), const(0, 31))
    same = or_(eq(a, b), zeros)
    sign_a, sign_b = extract(a, 31, 1), extract(b, 31, 1)
    less_magnitude, more_magnitude = ult(extract(a, 0, 31), extract(b, 0, 31)), ult(extract(b, 0, 31), extract(a, 0, 31))
    less = and_(not_(zeros), ite(sign_a, ite(sign_b, more_magnitude, TRUE), ite(sign_b, FALSE, less_magnitude)))
    ordered = {"eq": same, "ne": not_(same), "lt": less, "le": or_(less, same), "gt": not_(or_(less, same)), "ge": not_(less)}
    if predicate == "uno":
        return unordered
    if predicate == "ord":
        return not_(unordered)
    if predicate[1:] not in ordered or predicate[0] not in "ou":
        raise Unsupported(f"fcmp {predicate}")
    own = ordered[predicate[1:]]
    return and_(own, not_(unordered)) if predicate[0] == "o" else or_(own, unordered)


def cast(instruction: Instruction, width: int, x: Term) -> Term | Maybe:
    """zext, sext, trunc and conversions to floats."""
    op, flags = instruction.op, instruction.flags
    if op == "zext":
        return wrapped(zext(x, width), decided(extract(x, x.width - 1, 1)) if "nneg" in flags else FALSE)
    if op == "sext":
        return sext(x, width)
    if op == "trunc":
        low = extract(x, 0, width)
        poison = FALSE
        if "nuw" in flags:
            poison = decided(not_(eq(zext(low, x.width), x)))
        if "nsw" in flags:
            poison = or_(poison, decided(not_(eq(sext(low, x.width), x))))
        return wrapped(low, poison)
    if op in ("sitofp", "uitofp") and width == 32:
        poison = decided(extract(x, x.width - 1, 1)) if "nneg" in flags else FALSE
        return wrapped(floats.from_integer(x, op == "sitofp"), poison)
    if op == "fpext" and x.width == 16 and width == 32:
        return floats.from_half(x)
    raise Unsupported(instruction.text)
