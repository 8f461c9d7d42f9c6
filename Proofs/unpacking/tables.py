"""Functions of few bits as tables: a canonical form, found by evaluating a term for every value of the bits that it depends on."""
from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from unpacking.evaluate import U64, evaluate
from unpacking.terms import Term, concat, const, extract, make, support_bits

#: Terms of no more bits than this become tables where a float is wanted: fp16 is the widest.
MOST_BITS = 16


def _type(width: int) -> type:
    return np.uint32 if width <= 32 else np.uint64


def values(t: Term) -> np.ndarray:
    """The numbers of a table."""
    return np.frombuffer(t.data, _type(t.width))  # type: ignore[arg-type]


def table(index: Term, numbers: Sequence[int] | np.ndarray, width: int) -> Term:
    """numbers[index]."""
    array = np.asarray(numbers, dtype=_type(width))
    if index.op == "const":
        return const(int(array[index.data]), width)  # type: ignore[index]
    if (array == array[0]).all():
        return const(int(array[0]), width)
    return make("table", width, (index,), array.tobytes())


def indexed(t: Term, index: Term) -> Term:
    """The same table under another index."""
    return table(index, values(t), t.width)


def sliced(t: Term, low: int, width: int) -> Term:
    array = values(t).astype(U64) >> U64(low) & U64((1 << width) - 1)
    return table(t.args[0], array, width)


def joined(low: Term, high: Term) -> Term:
    """A concatenation of two tables of the same index."""
    array = values(low).astype(U64) | values(high).astype(U64) << U64(low.width)
    return table(low.args[0], array, low.width + high.width)


def bounds(t: Term) -> tuple[int, int]:
    array = values(t)
    return int(array.min()), int(array.max())


def known_under(t: Term, bits: Term, number: int) -> int:
    """A term that depends on some bits of variables only, where these are the bits of a number."""
    variables: dict[int, np.ndarray] = {}
    at = 0
    for p in bits.args if bits.op == "concat" else (bits,):
        variable, low = (p.args[0], int(p.data)) if p.op == "slice" else (p, 0)  # type: ignore[call-overload]
        own = np.array([(number >> at & ((1 << p.width) - 1)) << low], U64)
        variables[variable.id] = variables[variable.id] | own if variable.id in variables else own
        at += p.width
    return int(evaluate([t], variables)[0][0])


_known: dict[int, Term] = {}


def tabulated(t: Term) -> Term:
    """The table of a term of few bits, over just the bits that it depends on."""
    found = _known.get(t.id)
    if found is not None:
        return found
    bits = support_bits(t.support)
    count = len(bits)
    assert count <= MOST_BITS and t.width <= 64
    numbers = np.arange(1 << count, dtype=U64)
    variables: dict[int, np.ndarray] = {}
    for place, (variable, bit) in enumerate(bits):
        own = (numbers >> U64(place) & U64(1)) << U64(bit)
        variables[variable.id] = variables[variable.id] | own if variable.id in variables else own
    result = np.broadcast_to(evaluate([t], variables)[0], numbers.shape)
    kept = []
    for place in range(count):
        halves = result.reshape(-1, 2, 1 << len(kept))
        if (halves[:, 0] == halves[:, 1]).all():
            result = halves[:, 0].reshape(-1)
        else:
            kept.append(bits[place])
    if not kept:
        found = const(int(result[0]), t.width)
    else:
        found = table(concat([extract(v, b, 1) for v, b in kept]), result, t.width)
    _known[t.id] = found
    return found
