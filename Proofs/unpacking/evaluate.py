"""Values of terms for many assignments at a time, by numpy: integers modulo 2^width, floats by the processor's binary32."""
from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from unpacking.terms import Term

U64 = np.uint64
Array = np.ndarray


def half_bits(h: Array) -> Array:
    """The fp32 bits of fp16 bits (NUM-03): exact, a signalling NaN becomes quiet."""
    h = h.astype(U64)
    sign, exponent, fraction = (h & U64(0x8000)) << U64(16), h >> U64(10) & U64(31), h & U64(1023)
    normal = (exponent + U64(112)) << U64(23) | fraction << U64(13)
    special = U64(0x7F800000) | fraction << U64(13) | np.where(fraction != 0, U64(0x00400000), U64(0))
    # fraction * 2^-24 is exact.
    small = np.ldexp(fraction.astype(np.float32), -24).astype(np.float32).view(np.uint32).astype(U64)
    return sign | np.where(exponent == 31, special, np.where(exponent == 0, small, normal))


def _float(x: Array) -> Array:
    return x.astype(np.uint32).view(np.float32)


def _bits(x: Array) -> Array:
    return x.astype(np.float32).view(np.uint32).astype(U64)


def _mask(width: int) -> np.uint64:
    return U64((1 << width) - 1)


def _signed(x: Array, width: int) -> Array:
    flip = U64(1 << (width - 1))
    return ((x ^ flip) - flip).view(np.int64)


def float_operation(op: str, *args: Array) -> Array:
    """fadd, fsub, fmul, fdiv: rounded once. What a NaN's bits are follows NUM-04: the left operand's, made quiet."""
    a, b = (_float(x) for x in args)
    with np.errstate(all="ignore"):
        plain = {"fadd": np.add, "fsub": np.subtract, "fmul": np.multiply, "fdiv": np.divide}[op](a, b)
    quiet = U64(0x00400000)
    out = np.where(np.isnan(plain), U64(0xFFC00000), _bits(plain))
    out = np.where(np.isnan(b), args[1] | quiet, out)
    return np.where(np.isnan(a), args[0] | quiet, out)


def _shift(op: str, x: Array, by: Array, width: int) -> Array:
    over = by >= U64(width)
    by = np.where(over, U64(0), by)
    if op == "shl":
        return np.where(over, U64(0), x << by & _mask(width))
    if op == "lshr":
        return np.where(over, U64(0), x >> by)
    signed = _signed(x, width)
    return np.where(over, signed >> np.int64(63), signed >> by.view(np.int64)).view(U64) & _mask(width)


def _operation(t: Term, a: list[Array]) -> Array:
    op, w = t.op, t.width
    if op == "concat":
        out, at = a[0], t.args[0].width
        for p, v in zip(t.args[1:], a[1:]):
            out = out | v << U64(at)
            at += p.width
        return out
    if op == "slice":
        return a[0] >> U64(t.data) & _mask(w)
    if op == "lin":
        coefficients, constant = t.data
        out = np.full(1, constant, U64)
        for c, v in zip(coefficients, a):
            out = out + U64(c) * v
        return out & _mask(w)
    if op in ("and", "or", "xor"):
        out = a[0]
        for v in a[1:]:
            out = out & v if op == "and" else out | v if op == "or" else out ^ v
        return out
    if op in ("shl", "lshr", "ashr"):
        return _shift(op, a[0], a[1], w)
    if op == "pick":
        return np.select([a[0] == U64(k) for k in t.data], a[1:], U64(0))
    if op == "mux":
        shape = np.broadcast_shapes(*(x.shape for x in a))
        return np.choose(np.broadcast_to(a[0], shape).astype(np.int64), a[1:]) if len(a) <= 32 else np.select(
            [a[0] == U64(k) for k in range(len(a) - 1)], a[1:])
    if op == "table":
        import unpacking.tables as tables
        return tables.values(t)[a[0].astype(np.int64)].astype(U64)
    if op == "half":
        return half_bits(a[0])
    if op == "itof":
        return _bits(_signed(a[0], t.args[0].width).astype(np.float32))
    if op in ("fadd", "fsub", "fmul", "fdiv"):
        return float_operation(op, *a)
    simple = {
        "mul": lambda: a[0] * a[1] & _mask(w),
        "udiv": lambda: a[0] // np.maximum(a[1], U64(1)), "urem": lambda: a[0] % np.maximum(a[1], U64(1)),
        "sext": lambda: _signed(a[0], t.args[0].width).view(U64) & _mask(w),
        "eq": lambda: (a[0] == a[1]).astype(U64), "ult": lambda: (a[0] < a[1]).astype(U64),
        "slt": lambda: (_signed(a[0], t.args[0].width) < _signed(a[1], t.args[1].width)).astype(U64),
        "ite": lambda: np.where(a[0] != 0, a[1], a[2]),
    }
    return simple[op]()


def evaluate(roots: Iterable[Term], variables: Mapping[int, Array]) -> list[Array]:
    """Values of terms of at most 64 bits (parts may be wider where only slices of them count); `variables` by a term's id."""
    done: dict[int, Array] = {}
    for root in roots:
        stack = [root]
        while stack:
            t = stack[-1]
            if t.id in done:
                stack.pop()
                continue
            if t.op == "const":
                done[t.id] = np.full(1, t.data, U64)
            elif t.op == "var":
                done[t.id] = variables[t.id]
            else:
                missing = [a for a in t.args if a.id not in done]
                if missing:
                    stack.extend(missing)
                    continue
                if t.width > 64:
                    raise NotImplementedError(f"{t} is wider than 64 bits")
                with np.errstate(over="ignore"):
                    done[t.id] = _operation(t, [done[a.id] for a in t.args])
            stack.pop()
    return [done[r.id] for r in roots]
