"""Ranges of terms read as signed numbers."""
from __future__ import annotations

from unpacking.terms import Term, bounds


def signed_bounds(x: Term) -> tuple[int, int]:
    """Numbers that the value in two's complement lies between."""
    half = 1 << (x.width - 1)
    low, high = bounds(x)
    if high < half:
        return low, high
    if x.op == "const":
        return low - 2 * half, low - 2 * half
    if x.op == "sext":
        return signed_bounds(x.args[0])
    if x.op == "lin":
        coefficients, constant = x.data  # type: ignore[misc]
        total_low = total_high = constant - 2 * half if constant >= half else constant
        for c, a in zip(coefficients, x.args):
            c = c - 2 * half if c >= half else c
            p, q = signed_bounds(a)
            total_low, total_high = total_low + min(c * p, c * q), total_high + max(c * p, c * q)
        if -half <= total_low and total_high < half:
            return total_low, total_high
    if x.op == "ite":
        (a, b), (c, d) = signed_bounds(x.args[1]), signed_bounds(x.args[2])
        return min(a, c), max(b, d)
    if x.op == "concat":
        # The sign of the uppermost part, if that is all there is above a part of known bits.
        top = x.args[-1]
        below = x.width - top.width
        a, b = signed_bounds(top)
        return (a << below), (b << below) + (1 << below) - 1
    return -half, half - 1
