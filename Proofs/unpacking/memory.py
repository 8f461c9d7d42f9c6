"""Memory as objects of a fixed size: every access has to lie inside one."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from unpacking.ir import Unsupported
from unpacking.tables import MOST_BITS, tabulated, values
from unpacking.terms import FALSE, Term, and_, concat, const, eq, extract, mux, not_, pick, support_bits, under, zext
from unpacking.values import Lane, Maybe, Pointer, chosen, poison_of, poisoned, term_of, wrapped

Cells = dict[int, tuple[int, Lane]]  # by offset: bytes, contents
#: Reads of at most so many places become a choice by the bits of the address, others are left open until they are written back.
FEW_PLACES = 64


@dataclass
class Object:
    """`alignment` is what is known of its address; `mutable` says whether it may be written."""

    name: str
    size: int
    alignment: int
    mutable: bool
    unit: int = 1  # bytes that writes through computed addresses write


@dataclass
class Memory:
    """The contents of the objects; a copy shares nothing that is changed."""

    objects: list[Object]
    cells: list[Cells] = field(default_factory=list)

    def copy(self) -> Memory:
        return Memory(self.objects, [dict(c) if o.mutable else c for o, c in zip(self.objects, self.cells)])

    def add(self, new: Object, cells: Cells) -> Pointer:
        self.objects.append(new)
        self.cells.append(cells)
        return Pointer(len(self.objects) - 1, const(0, 64))

    # --- At known places -----------------------------------------------------------------------------------------------------

    def _byte(self, cells: Cells, at: int) -> Lane:
        for start in range(at, at - 8, -1):
            found = cells.get(start)
            if found is not None:
                size, lane = found
                if start + size <= at:
                    break
                if isinstance(lane, Pointer):
                    raise Unsupported("a byte of a pointer")
                return wrapped(extract(term_of(lane), 8 * (at - start), 8), poison_of(lane))
        return poisoned(8)

    def _read(self, cells: Cells, at: int, size: int) -> Lane:
        found = cells.get(at)
        if found is not None and found[0] == size:
            return found[1]
        lanes = [self._byte(cells, at + k) for k in range(size)]
        poison = FALSE
        for lane in lanes:
            poison = poison_of(lane) if poison is FALSE else Maybe(lane, poison).poison if poison_of(lane) is FALSE else _or(poison, lane)
        return wrapped(concat([term_of(lane) for lane in lanes]), poison)

    def _write(self, cells: Cells, at: int, size: int, lane: Lane) -> None:
        for start in range(at - 7, at + size):
            found = cells.get(start)
            if found is None or start + found[0] <= at or start == at and found[0] == size:
                continue
            pieces = [(k, self._byte(cells, k)) for k in range(start, start + found[0]) if not at <= k < at + size]
            del cells[start]
            for k, piece in pieces:
                cells[k] = (1, piece)
        cells[at] = (size, lane)

    # --- At any place --------------------------------------------------------------------------------------------------------

    def load(self, pointer: Pointer, size: int) -> Lane:
        """The bytes from a pointer on, as one number; the caller has required that they are there."""
        target, cells, offset = self.objects[pointer.object], self.cells[pointer.object], pointer.offset
        if offset.op == "const":
            return self._read(cells, _small(offset), size)
        if offset.support.bit_count() <= MOST_BITS and not offset.picks:
            t = tabulated(offset)
            if t.op == "const":
                return self._read(cells, _small(t), size)
            places = [int(p) for p in values(t)]
            count = len(set(places))
            contents = {p: self._read(cells, p, size) if p + size <= target.size else None for p in set(places)}
            if not target.mutable or count <= FEW_PLACES:
                inside = [lane for lane in contents.values() if lane is not None]
                if not inside:
                    raise Unsupported(f"no address lies inside {target.name}")
                lanes = [contents[p] if contents[p] is not None else inside[0] for p in places]
                if all(poison_of(lane) is FALSE for lane in lanes):
                    return mux(t.args[0], [term_of(lane) for lane in lanes])
        _whole_elements(offset, size, target)
        keys = [k for k in range(0, target.size - size + 1, size) if eq(offset, const(k, 64)) is not FALSE]
        lanes = [self._read(cells, k, size) for k in keys]
        if any(poison_of(lane) is not FALSE for lane in lanes):
            raise Unsupported(f"a read of {target.name}, which is written in part only, at a computed address")
        return pick(offset, keys, [term_of(lane) for lane in lanes])

    def store(self, pointer: Pointer, size: int, lane: Lane, when: Term) -> None:
        """Writes where the condition holds."""
        target, cells, offset = self.objects[pointer.object], self.cells[pointer.object], pointer.offset
        if offset.op == "const":
            at = _small(offset)
            self._write(cells, at, size, lane if when.op == "const" else chosen(when, lane, self._read(cells, at, size)))  # type: ignore
            return
        _whole_elements(offset, size, target)
        for at in range(0, target.size - size + 1, size):
            here = eq(offset, const(at, 64))
            if here is FALSE:
                continue
            own = lane
            if isinstance(own, Term) and offset.id in own.picks:
                own = under(own, offset, at)
            self._write(cells, at, size, chosen(and_(here, when), own, self._read(cells, at, size)))  # type: ignore[arg-type]

    def merged(self, condition: Term, other: Memory) -> Memory:
        """These contents where the condition holds, else the other's."""
        out = []
        for target, mine, its in zip(self.objects, self.cells, other.cells):
            if mine is its or not target.mutable:
                out.append(mine)
                continue
            cells = dict(mine)
            for at in sorted(set(mine) | set(its)):
                if mine.get(at) == its.get(at):
                    continue
                size = max(c.get(at, (0, None))[0] for c in (mine, its))
                a, b = self._read(mine, at, size), self._read(its, at, size)
                if a is not b:
                    self._write(cells, at, size, chosen(condition, a, b))  # type: ignore[arg-type]
            out.append(cells)
        return Memory(self.objects, out)


def _whole_elements(offset: Term, size: int, target: Object) -> None:
    """Refuses computed addresses that may lie between elements: only whole ones are looked at."""
    low = (size - 1).bit_length()
    if low and extract(offset, 0, low).value != 0:
        raise Unsupported(f"a computed address in {target.name} that may lie between elements")


def _or(poison: Term, lane: Lane) -> Term:
    from unpacking.terms import or_
    return or_(poison, poison_of(lane))


def _small(offset: Term) -> int:
    return offset.data  # type: ignore[return-value]


__all__ = ["Cells", "Memory", "Object", "not_", "support_bits", "zext"]
