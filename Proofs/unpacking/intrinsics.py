"""LLVM's own intrinsics and the processors' instructions that the kernels call. The tests compare those of processors with processors."""
from __future__ import annotations

from collections.abc import Callable, Sequence

import unpacking.floats as floats
from unpacking.ir import Unsupported
from unpacking.terms import (
    FALSE, Term, add, and_, bitwise, concat, const, eq, extract, ite, mul, mux, not_, or_, shift, slt, sub, ult, xor, zext,
)
from unpacking.values import Maybe, wrapped

Lanes = Sequence[Term]


def looked_up(index: Term, bits: int, entries: Lanes) -> Term:
    """The entry that the lowest bits of an index name."""
    return mux(extract(index, 0, bits), entries)


def pshufb(table: Lanes, control: Lanes) -> list[Term]:
    """PSHUFB: within sixteen bytes, by the low four bits; 0 where the uppermost bit is set."""
    out = []
    for k, c in enumerate(control):
        own = table[k // 16 * 16:k // 16 * 16 + 16]
        out.append(ite(extract(c, 7, 1), const(0, 8), looked_up(c, 4, own)))
    return out


def permuted(table: Lanes, control: Lanes) -> list[Term]:
    """VPERMPS, VPERMB: any lane, by the low bits."""
    bits = (len(table) - 1).bit_length()
    return [looked_up(c, bits, table) for c in control]


def permuted_two(a: Lanes, control: Lanes, b: Lanes) -> list[Term]:
    """VPERMI2PS and the like: lanes of two registers."""
    return permuted([*a, *b], control)


def blended(a: Lanes, b: Lanes, mask: Lanes) -> list[Term]:
    """PBLENDVB: b where the uppermost bit of the mask is set."""
    return [ite(extract(m, m.width - 1, 1), y, x) for x, y, m in zip(a, b, mask)]


def high_product(a: Lanes, b: Lanes) -> list[Term]:
    """PMULHUW: the upper half of unsigned products of sixteen bits."""
    return [extract(mul(zext(x, 32), zext(y, 32)), 16, 16) for x, y in zip(a, b)]


def any_function(a: Term, b: Term, c: Term, table: Term) -> Term:
    """VPTERNLOGD: bit 4a + 2b + c of the table, bit by bit."""
    if table.op != "const":
        raise Unsupported("VPTERNLOG of a table that is not constant")
    whole = table.data
    out = const(0, a.width)
    for k in range(8):
        if whole >> k & 1:  # type: ignore[operator]
            chosen = [x if k >> place & 1 else not_(x) for x, place in ((a, 2), (b, 1), (c, 0))]
            out = bitwise("or", (out, bitwise("and", chosen)))
    return out


def any_function_simple(a: Term, b: Term, c: Term, table: Term) -> Term:
    """The same, in the short form where the table has one: a choice by constant bits stays a choice."""
    known = {0xCA: lambda: or_(and_(a, b), and_(not_(a), c)), 0xF8: lambda: or_(a, and_(b, c)), 0xEA: lambda: or_(and_(a, b), c),
             0x6A: lambda: xor(and_(a, b), c), 0x78: lambda: xor(a, and_(b, c)), 0x96: lambda: xor(a, b, c),
             0xFE: lambda: or_(a, b, c), 0x80: lambda: and_(a, b, c), 0xE4: lambda: or_(and_(c, a), and_(not_(c), b)),
             0xD8: lambda: or_(and_(b, a), and_(not_(b), c))}
    make: Callable[[], Term] | None = known.get(table.data)  # type: ignore[call-overload]
    return make() if make else any_function(a, b, c, table)


def funnel(left: bool, a: Term, b: Term, by: Term) -> Term:
    """fshl, fshr."""
    w = a.width
    if by.op == "const":
        k = by.data % w  # type: ignore[operator]
        both = concat([b, a])
        return extract(both, w - k if left else k, w)
    if w & (w - 1):
        raise Unsupported("a funnel shift of an odd width")
    k = and_(by, const(w - 1, w))
    back = sub(const(w, w), k)
    if left:
        return ite(eq(k, const(0, w)), a, or_(shift("shl", a, k), shift("lshr", b, back)))
    return ite(eq(k, const(0, w)), b, or_(shift("shl", a, back), shift("lshr", b, k)))


def bits_set(x: Term) -> Term:
    out = const(0, x.width)
    for k in range(x.width):
        out = add(out, zext(extract(x, k, 1), x.width))
    return out


def leading_zeros(x: Term) -> Term:
    out = const(x.width, x.width)
    for k in range(x.width):
        out = ite(extract(x, k, 1), const(x.width - 1 - k, x.width), out)
    return out


def absolute(x: Term, minimum_is_poison: Term) -> Term | Maybe:
    result = ite(extract(x, x.width - 1, 1), sub(const(0, x.width), x), x)
    return wrapped(result, eq(x, const(1 << (x.width - 1), x.width)) if minimum_is_poison.data else FALSE)


def logical_shift(op: str, x: Term, by: Term) -> Term:
    """VPSRLVD, VPSLLVD and the like: 0 from the width on."""
    return shift(op, x, by)


def shift_either_way(x: Term, by: Term) -> Term:
    """USHL: to the left by the low byte of the other lane, to the right where that is negative."""
    if by.op != "const":
        raise Unsupported("USHL by a computed number")
    n: int = by.data & 0xFF  # type: ignore[operator]
    return shift("lshr", x, 256 - n) if n >= 128 else shift("shl", x, n)


#: Lane by lane: name (without the type after it) and function.
LANEWISE: dict[str, Callable[..., Term | Maybe]] = {
    "llvm.umin": lambda a, b: ite(ult(a, b), a, b), "llvm.umax": lambda a, b: ite(ult(a, b), b, a),
    "llvm.smin": lambda a, b: ite(slt(a, b), a, b), "llvm.smax": lambda a, b: ite(slt(a, b), b, a),
    "llvm.fshl": lambda a, b, k: funnel(True, a, b, k), "llvm.fshr": lambda a, b, k: funnel(False, a, b, k),
    "llvm.aarch64.neon.ushl": shift_either_way, "llvm.ctpop": bits_set, "llvm.fabs": lambda x: floats.canonical(and_(x, const(0x7FFFFFFF, 32))),
    "llvm.x86.avx512.psrlv.d": lambda x, k: logical_shift("lshr", x, k),
    "llvm.x86.avx2.psrlv.d": lambda x, k: logical_shift("lshr", x, k),
    "llvm.x86.avx2.psrlv.q": lambda x, k: logical_shift("lshr", x, k),
    "llvm.x86.avx2.psllv.d": lambda x, k: logical_shift("shl", x, k),
    "llvm.usub.sat": lambda a, b: ite(ult(a, b), const(0, a.width), sub(a, b)),
}

#: Whole vectors.
VECTORS: dict[str, Callable[..., list[Term]]] = {
    "llvm.x86.avx2.pshuf.b": pshufb, "llvm.x86.ssse3.pshuf.b": pshufb, "llvm.x86.avx512.pshuf.b": pshufb,
    "llvm.x86.avx2.permps": permuted, "llvm.x86.avx2.permd": permuted,
    "llvm.x86.avx512.permvar.sf": permuted, "llvm.x86.avx512.permvar.qi": permuted, "llvm.x86.avx512.permvar.si": permuted,
    "llvm.x86.avx512.vpermi2var.ps": permuted_two, "llvm.x86.avx512.vpermi2var.d": permuted_two,
    "llvm.x86.avx512.vpermi2var.qi": permuted_two,
    "llvm.x86.avx2.pblendvb": blended, "llvm.x86.sse41.pblendvb": blended,
    "llvm.x86.avx2.pmulhu.w": high_product, "llvm.x86.avx512.pmulhu.w": high_product, "llvm.x86.sse2.pmulhu.w": high_product,
}

#: All lanes to one.
REDUCTIONS = {"llvm.vector.reduce.and": and_, "llvm.vector.reduce.or": or_, "llvm.vector.reduce.xor": xor, "llvm.vector.reduce.add": add}
