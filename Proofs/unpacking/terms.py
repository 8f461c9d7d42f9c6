"""Bit-vector terms, shared and in a normal form.

Bits that are only moved about end as one concatenation of slices of variables, so that unpacking that agrees with its declaration
is usually the very same term. Every rewriting here is an identity of bit vectors; the tests prove random ones by z3.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

FLOAT_OPS = ("fadd", "fsub", "fmul", "fdiv", "itof", "half")


class Term:
    """A bit vector of `width` bits; equal terms are the same object.

    `support` has a bit for every bit of a variable that the term mentions, `picks` the selectors of unresolved reads of memory.
    """

    __slots__ = ("op", "width", "args", "data", "id", "support", "picks")

    def __init__(self, op: str, width: int, args: tuple[Term, ...], data: object, number: int, support: int, picks: frozenset[int]):
        self.op, self.width, self.args, self.data, self.id, self.support, self.picks = op, width, args, data, number, support, picks

    def __repr__(self) -> str:
        if self.op == "const":
            return f"{self.data:#x}:{self.width}"
        if self.op == "var":
            return str(self.data)
        return f"{self.op}{self.width}#{self.id}"

    @property
    def value(self) -> int | None:
        """The number, if the term is one."""
        return self.data if self.op == "const" else None  # type: ignore[return-value]


_terms: dict[tuple, Term] = {}
_bits: list[tuple[Term, int]] = []  # variable and bit of each bit of a support


def make(op: str, width: int, args: tuple[Term, ...] = (), data: object = None) -> Term:
    """The term as it is given, without any rewriting."""
    key = (op, width, tuple(a.id for a in args), data)
    found = _terms.get(key)
    if found is not None:
        return found
    support, picks = 0, frozenset[int]()
    for a in args:
        support |= a.support
        if a.picks:
            picks |= a.picks
    if op == "var":
        support = ((1 << width) - 1) << len(_bits)
    elif op == "slice" and args[0].op == "var":
        start = args[0].support & -args[0].support
        support = (((1 << width) - 1) << data) * start  # type: ignore[operator]
    elif op == "pick":
        picks |= {args[0].id}
    term = Term(op, width, args, data, len(_terms), support, picks)
    _terms[key] = term
    if op == "var":
        _bits.extend((term, k) for k in range(width))
    return term


def support_bits(support: int) -> list[tuple[Term, int]]:
    """Variables and bits of a support, lowest first."""
    out = []
    while support:
        low = support & -support
        out.append(_bits[low.bit_length() - 1])
        support ^= low
    return out


def const(value: int, width: int) -> Term:
    return make("const", width, (), value & ((1 << width) - 1))


def var(name: str, width: int) -> Term:
    return make("var", width, (), name)


TRUE, FALSE = const(1, 1), const(0, 1)


# --- Concatenations ----------------------------------------------------------------------------------------------------------

def parts(x: Term) -> tuple[Term, ...]:
    """The pieces of a term, lowest first."""
    return x.args if x.op == "concat" else (x,)


def concat(pieces: Iterable[Term]) -> Term:
    """Pieces one above the other, lowest first."""
    out: list[Term] = []
    for piece in pieces:
        for p in parts(piece):
            if out:
                joined = _join(out[-1], p)
                if joined is not None:
                    out[-1] = joined
                    continue
            out.append(p)
    return out[0] if len(out) == 1 else make("concat", sum(p.width for p in out), tuple(out))


def _join(low: Term, high: Term) -> Term | None:
    if low.op == "const" and high.op == "const":
        return const(low.data | high.data << low.width, low.width + high.width)  # type: ignore[operator]
    if high.op == "slice":
        whole = high.args[0]
        if low.op == "slice" and low.args[0] is whole and low.data + low.width == high.data:  # type: ignore[operator]
            if low.data == 0 and low.width + high.width == whole.width:
                return whole
            return make("slice", low.width + high.width, (whole,), low.data)
    if low.op == "table" and high.op == "table" and low.args[0] is high.args[0] and low.width + high.width <= 64:
        import unpacking.tables as tables
        return tables.joined(low, high)
    return None


def extract(x: Term, low: int, width: int) -> Term:
    """`width` bits from bit `low` on."""
    if low == 0 and width == x.width:
        return x
    op = x.op
    if op == "const":
        return const(x.data >> low, width)  # type: ignore[operator]
    if op == "concat":
        out, at = [], 0
        for p in x.args:
            first, last = max(low - at, 0), min(low + width - at, p.width)
            if first < last:
                out.append(extract(p, first, last - first))
            at += p.width
        return concat(out)
    if op == "slice":
        return extract(x.args[0], x.data + low, width)  # type: ignore[operator]
    if op in ("and", "or", "xor"):
        return bitwise(op, [extract(a, low, width) for a in x.args])
    if op == "lin" and low + width < x.width:
        coefficients, constant = x.data  # type: ignore[misc]
        kept = low + width
        narrow = linear(kept, [(c, extract(a, 0, kept)) for c, a in zip(coefficients, x.args)], constant)
        return extract(narrow, low, width)
    if op == "sext":
        inner = x.args[0]
        if low + width <= inner.width:
            return extract(inner, low, width)
        if low >= inner.width:
            return sext(extract(inner, inner.width - 1, 1), width)
        return concat([extract(inner, low, inner.width - low), sext(extract(inner, inner.width - 1, 1), low + width - inner.width)])
    if op == "ite" and any(a.op in ("const", "concat") for a in x.args[1:]):
        return ite(x.args[0], extract(x.args[1], low, width), extract(x.args[2], low, width))
    if op == "table":
        import unpacking.tables as tables
        return tables.sliced(x, low, width)
    return make("slice", width, (x,), low)


def zext(x: Term, width: int) -> Term:
    return x if width == x.width else concat([x, const(0, width - x.width)])


def sext(x: Term, width: int) -> Term:
    if width == x.width:
        return x
    top = extract(x, x.width - 1, 1)
    if top.op == "const":
        return concat([x, const(-top.data, width - x.width)])  # type: ignore[operator]
    return make("sext", width, (x.args[0] if x.op == "sext" else x,))


# --- Bit by bit --------------------------------------------------------------------------------------------------------------

def bitwise(op: str, operands: Iterable[Term]) -> Term:
    """And, or, exclusive or."""
    items: list[Term] = []
    for x in operands:
        items.extend(x.args if x.op == op else (x,))
    width = items[0].width
    ones = (1 << width) - 1
    constant = ones if op == "and" else 0
    others: list[Term] = []
    for x in items:
        if x.op == "const":
            v: int = x.data  # type: ignore[assignment]
            constant = constant & v if op == "and" else constant | v if op == "or" else constant ^ v
        else:
            others.append(x)
    if not others:
        return const(constant, width)
    if (op == "and" and constant == 0) or (op == "or" and constant == ones):
        return const(constant, width)
    mixed = constant not in (0, ones)
    identity = ones if op == "and" else 0
    if mixed or (len(others) > 1 or constant != identity) and any(x.op == "concat" for x in others):
        cuts = {0, width}
        for x in others:
            at = 0
            for p in parts(x):
                at += p.width
                cuts.add(at)
        if mixed:
            cuts |= {k for k in range(1, width) if (constant >> k ^ constant >> (k - 1)) & 1}
        if len(cuts) > 2:
            edges = sorted(cuts)
            return concat([bitwise(op, [extract(x, a, b - a) for x in others] + [const(constant >> a, b - a)])
                           for a, b in zip(edges, edges[1:])])
    if op == "xor":
        odd: dict[int, Term] = {}
        for x in others:
            if odd.pop(x.id, None) is None:
                odd[x.id] = x
        kept = [odd[k] for k in sorted(odd)]
        if not kept:
            return const(constant, width)
        if constant and len(kept) == 1 and kept[0].op == "table":
            import unpacking.tables as tables
            return tables.table(kept[0].args[0], tables.values(kept[0]) ^ constant, width)
        if constant:
            kept.append(const(constant, width))
    else:
        distinct = {x.id: x for x in others}
        kept = [distinct[k] for k in sorted(distinct)]
        if op == "and" and width == 1 and len(kept) > 1 and any(x.op == "eq" for x in kept):
            kept = _under_equations(kept)
        if op == "and" and width == 1:
            kept = [x for x in _gathered(kept) if x is not TRUE]
            if not kept or any(x is FALSE for x in kept):
                return FALSE if kept else TRUE
            kept.sort(key=lambda x: x.id)
        if width == 1 and any(x.op == "xor" and len(x.args) == 2 and x.args[1] is TRUE and x.args[0].id in distinct for x in kept):
            return FALSE if op == "and" else TRUE
    return kept[0] if len(kept) == 1 else make(op, width, tuple(kept))


def _under_equations(conditions: list[Term]) -> list[Term]:
    """Conditions that all hold, less those that follow from one of them that gives the bits of which they depend."""
    for equation in conditions:
        if equation.op != "eq":
            continue
        number, bits = (equation.args if equation.args[0].op == "const" else equation.args[::-1])
        if number.op != "const" or any(p.op not in ("var", "slice") or p.op == "slice" and p.args[0].op != "var" for p in parts(bits)):
            continue
        out = []
        for c in conditions:
            if c is equation or c.support & ~bits.support:
                out.append(c)
                continue
            import unpacking.tables as tables
            if not tables.known_under(c, bits, number.data):  # type: ignore[arg-type]
                return [FALSE]
        conditions = out
    return conditions


#: Conditions other than equations that depend on no more bits than this are told by a table.
CONDITION_BITS = 8


def _gathered(conditions: list[Term]) -> list[Term]:
    """Conditions that all hold, those of the same few bits as one."""
    groups: dict[int, list[Term]] = {}
    for c in conditions:
        groups.setdefault(c.support, []).append(c)
    out = []
    for support, group in groups.items():
        few = support.bit_count() <= CONDITION_BITS and not any(c.picks for c in group)
        if few and (len(group) > 1 or group[0].op not in ("eq", "table")):
            import unpacking.tables as tables
            out.append(tables.tabulated(group[0] if len(group) == 1 else make("and", 1, tuple(group))))
        else:
            out += group
    return out


def implies(a: Term, b: Term) -> bool:
    """Whether it is seen that a condition follows from another."""
    for c in a.args if a.op == "and" else (a,):
        if c is b:
            return True
        if c.support & b.support and (c.support | b.support).bit_count() <= CONDITION_BITS and not (c.picks or b.picks):
            import unpacking.tables as tables
            if tables.tabulated(make("and", 1, (c, not_(b)))) is FALSE:
                return True
    return False


def and_(*x: Term) -> Term:
    return bitwise("and", x)


def or_(*x: Term) -> Term:
    return bitwise("or", x)


def xor(*x: Term) -> Term:
    return bitwise("xor", x)


def not_(x: Term) -> Term:
    return xor(x, const(-1, x.width))


# --- Arithmetic --------------------------------------------------------------------------------------------------------------

def possible(x: Term) -> int:
    """The bits that may be set."""
    mask, at = 0, 0
    for p in parts(x):
        mask |= (p.data if p.op == "const" else (1 << p.width) - 1) << at  # type: ignore[operator]
        at += p.width
    return mask


def linear(width: int, summands: Iterable[tuple[int, Term]], constant: int = 0) -> Term:
    """The sum of coefficient * term, plus a constant, modulo 2^width."""
    modulus = 1 << width
    total: dict[int, int] = {}
    seen: dict[int, Term] = {}
    for c, x in summands:
        if x.op == "const":
            constant += c * x.data  # type: ignore[operator]
        elif x.op == "lin":
            inner, k = x.data  # type: ignore[misc]
            constant += c * k
            for ci, xi in zip(inner, x.args):
                total[xi.id] = total.get(xi.id, 0) + c * ci
                seen[xi.id] = xi
        else:
            total[x.id] = total.get(x.id, 0) + c
            seen[x.id] = x
    constant %= modulus
    kept = [(total[k] % modulus, seen[k]) for k in sorted(total) if total[k] % modulus]
    if not kept:
        return const(constant, width)
    if len(kept) == 1 and constant == 0:
        c, x = kept[0]
        if c == 1:
            return x
        if c & (c - 1) == 0:
            k = c.bit_length() - 1
            return concat([const(0, k), extract(x, 0, width - k)])
    if all(c == 1 for c, _ in kept):
        used, disjoint = constant, True
        for _, x in kept:
            mask = possible(x)
            if used & mask:
                disjoint = False
                break
            used |= mask
        if disjoint:
            return or_(*[x for _, x in kept], const(constant, width))
    return make("lin", width, tuple(x for _, x in kept), (tuple(c for c, _ in kept), constant))


def add(a: Term, b: Term) -> Term:
    return linear(a.width, [(1, a), (1, b)])


def sub(a: Term, b: Term) -> Term:
    return linear(a.width, [(1, a), (-1, b)])


def mul(a: Term, b: Term) -> Term:
    if a.op == "const":
        a, b = b, a
    if b.op == "const":
        return linear(a.width, [(b.data, a)])  # type: ignore[list-item]
    return make("mul", a.width, (a, b) if a.id < b.id else (b, a))


def divided(op: str, a: Term, b: Term) -> Term:
    """`udiv` or `urem`."""
    if b.op == "const" and b.data:
        d: int = b.data  # type: ignore[assignment]
        if a.op == "const":
            return const(a.data // d if op == "udiv" else a.data % d, a.width)  # type: ignore[operator]
        if d & (d - 1) == 0:
            k = d.bit_length() - 1
            return shift("lshr", a, k) if op == "udiv" else zext(extract(a, 0, k), a.width) if k else const(0, a.width)
    return make(op, a.width, (a, b))


def shift(op: str, x: Term, by: int | Term) -> Term:
    """`shl`, `lshr` or `ashr`; by the width or more gives 0, or the sign."""
    if isinstance(by, Term):
        if by.op != "const":
            return make(op, x.width, (x, by))
        by = by.data  # type: ignore[assignment]
    w, k = x.width, min(by, x.width)  # type: ignore[type-var]
    if k == 0:
        return x
    if op == "shl":
        return concat([const(0, k), extract(x, 0, w - k)]) if k < w else const(0, w)
    if op == "lshr":
        return concat([extract(x, k, w - k), const(0, k)]) if k < w else const(0, w)
    k = min(k, w - 1)
    return sext(extract(x, k, w - k), w)


# --- Comparisons and choices -------------------------------------------------------------------------------------------------

def eq(a: Term, b: Term) -> Term:
    if a is b:
        return TRUE
    if a.op == "const":
        a, b = b, a
    if a.op == "const":
        return FALSE
    if a.width == 1:
        return not_(xor(a, b))
    if a.op == "lin" and b.op == "const":
        coefficients, constant = a.data  # type: ignore[misc]
        if coefficients == (1,):
            return eq(a.args[0], const(b.data - constant, a.width))  # type: ignore[operator]
    if a.op == "sext" and b.op == "const":
        inner = a.args[0]
        low = extract(b, 0, inner.width)
        return eq(inner, low) if sext(low, a.width) is b else FALSE
    if a.op == "concat" or b.op == "concat":
        cuts = {0}
        for x in (a, b):
            at = 0
            for p in parts(x):
                at += p.width
                cuts.add(at)
        edges = sorted(cuts)
        left, right = [], []
        for low, high in zip(edges, edges[1:]):
            p, q = extract(a, low, high - low), extract(b, low, high - low)
            if p is q:
                continue
            if p.op == "const" and q.op == "const":
                return FALSE
            left.append(p)
            right.append(q)
        if not left:
            return TRUE
        a, b = concat(left), concat(right)
        if a.op != "concat" and b.op != "concat":
            return eq(a, b)
    return make("eq", 1, (a, b) if a.id < b.id else (b, a))


def bounds(x: Term) -> tuple[int, int]:
    """Numbers that the unsigned value lies between."""
    if x.op == "const":
        return x.data, x.data  # type: ignore[return-value]
    full = (1 << x.width) - 1
    if x.op == "concat":
        low = high = at = 0
        for p in x.args:
            a, b = bounds(p)
            low, high, at = low | a << at, high | b << at, at + p.width
        return low, high
    if x.op == "lin":
        coefficients, constant = x.data  # type: ignore[misc]
        low = high = constant
        for c, a in zip(coefficients, x.args):
            p, q = bounds(a)
            low, high = low + c * p, high + c * q
        return (low, high) if high <= full else (0, full)
    if x.op == "ite":
        (a, b), (c, d) = bounds(x.args[1]), bounds(x.args[2])
        test = x.args[0]
        if test.op == "ult" and test.args[0] is x.args[1]:
            b = min(b, bounds(test.args[1])[1])
        return min(a, c), max(b, d)
    if x.op == "table":
        import unpacking.tables as tables
        return tables.bounds(x)
    if x.op in ("lshr", "and"):
        return 0, min(bounds(a)[1] for a in (x.args if x.op == "and" else x.args[:1]))
    return 0, full


def ult(a: Term, b: Term) -> Term:
    """Unsigned a < b."""
    (low_a, high_a), (low_b, high_b) = bounds(a), bounds(b)
    if high_a < low_b:
        return TRUE
    if low_a >= high_b or a is b:
        return FALSE
    needed = max(high_a, high_b).bit_length()
    if needed < a.width:
        a, b = extract(a, 0, needed), extract(b, 0, needed)
    if a.width == 1:
        return and_(not_(a), b)
    return make("ult", 1, (a, b))


def slt(a: Term, b: Term) -> Term:
    """Signed a < b."""
    flip = 1 << (a.width - 1)
    if bounds(a)[1] < flip and bounds(b)[1] < flip:
        return ult(a, b)
    if a.op == "const" and b.op == "const":
        return const(int((a.data ^ flip) < (b.data ^ flip)), 1)  # type: ignore[operator]
    if b.op == "const" and b.data == 0:
        return extract(a, a.width - 1, 1)
    if a is b:
        return FALSE
    return make("slt", 1, (a, b))


def ite(c: Term, a: Term, b: Term) -> Term:
    """a if c, else b."""
    if c.op not in ("const", "eq", "and", "table", "var", "slice") and c.support.bit_count() <= CONDITION_BITS and not c.picks:
        import unpacking.tables as tables
        c = tables.tabulated(c)
    if c.op == "const":
        return a if c.data else b
    if a is b:
        return a
    if c.op == "xor" and len(c.args) == 2 and c.args[1] is TRUE:
        return ite(c.args[0], b, a)
    if a.op == "ite" and a.args[0] is c:
        a = a.args[1]
    if b.op == "ite" and b.args[0] is c:
        b = b.args[2]
    if a.op == "ite" and b.op == "ite" and a.args[0] is b.args[0] and a.args[2] is b.args[2]:
        return ite(a.args[0], ite(c, a.args[1], b.args[1]), a.args[2])
    if a.width == 32:
        import unpacking.floats as floats
        found = floats.chosen(c, a, b)
        if found is not None:
            return found
    # What changes a value is told from outside in: the last change first, with all that it depends on.
    if a.op == "ite":
        if a.args[2] is b:
            return ite(and_(c, a.args[0]), a.args[1], b)
        if implies(a.args[0], c):
            return ite(a.args[0], a.args[1], ite(c, a.args[2], b))
    if b.op == "ite":
        if b.args[2] is a:
            return ite(and_(not_(c), b.args[0]), b.args[1], a)
        if b.args[0].op == "and" and c.op != "and" and implies(b.args[0], not_(c)):
            return ite(b.args[0], b.args[1], ite(c, a, b.args[2]))
    if a.width == 1:
        if a.op == "const":
            return or_(c, b) if a.data else and_(not_(c), b)
        if b.op == "const":
            return or_(not_(c), a) if b.data else and_(c, a)
    if a.op == "const" and b.op == "const":
        x: int = a.data  # type: ignore[assignment]
        y: int = b.data  # type: ignore[assignment]
        kinds = [(x >> k & 1, y >> k & 1) for k in range(a.width)]
        runs: list[tuple[tuple[int, int], int]] = []
        for kind in kinds:
            if runs and runs[-1][0] == kind:
                runs[-1] = kind, runs[-1][1] + 1
            else:
                runs.append((kind, 1))
        if sum(p != q for (p, q), _ in runs) == 1:
            return concat([const(-p, n) if p == q else sext(c if p else not_(c), n) for (p, q), n in runs])
    return a if a is b else make("ite", a.width, (c, a, b))


def mux(index: Term, entries: Sequence[Term]) -> Term:
    """The entry with that number; there is one for every value of the index."""
    if index.op == "const":
        return entries[index.data]  # type: ignore[index]
    first = entries[0]
    if all(e is first for e in entries):
        return first
    if all(e.op == "const" for e in entries):
        import unpacking.tables as tables
        return tables.table(index, [e.data for e in entries], first.width)  # type: ignore[misc]
    if any(e.op == "fmul" for e in entries) and first.width == 32:
        import unpacking.floats as floats
        entries = floats.as_products(entries)
        first = entries[0]
    if first.op in FLOAT_OPS and all(e.op == first.op and e.data == first.data for e in entries):
        import unpacking.floats as floats
        return floats.lifted(index, entries)
    return make("mux", first.width, (index, *entries))


def pick(selector: Term, keys: Sequence[int], entries: Sequence[Term]) -> Term:
    """The entry whose key the selector is; of a selector without an entry nothing is said."""
    if selector.op == "const":
        return entries[list(keys).index(selector.data)]  # type: ignore[arg-type]
    if all(e is entries[0] for e in entries):
        return entries[0]
    return make("pick", entries[0].width, (selector, *entries), tuple(keys))


def rebuilt(x: Term, args: tuple[Term, ...]) -> Term:
    """The same operation of other operands."""
    op = x.op
    builders: dict[str, Callable[[], Term]] = {
        "concat": lambda: concat(args), "slice": lambda: extract(args[0], x.data, x.width),  # type: ignore[arg-type]
        "and": lambda: bitwise(op, args), "or": lambda: bitwise(op, args), "xor": lambda: bitwise(op, args),
        "lin": lambda: linear(x.width, zip(x.data[0], args), x.data[1]),  # type: ignore[index]
        "mul": lambda: mul(*args), "sext": lambda: sext(args[0], x.width), "eq": lambda: eq(*args), "ult": lambda: ult(*args),
        "slt": lambda: slt(*args), "ite": lambda: ite(*args), "mux": lambda: mux(args[0], args[1:]),
        "pick": lambda: pick(args[0], x.data, args[1:]),  # type: ignore[arg-type]
    }
    if op in ("shl", "lshr", "ashr"):
        return shift(op, *args)
    if op in ("udiv", "urem"):
        return divided(op, *args)
    if op == "table":
        import unpacking.tables as tables
        return tables.indexed(x, args[0])
    if op in FLOAT_OPS:
        import unpacking.floats as floats
        return floats.rebuilt(x, args)
    return builders[op]()


def under(x: Term, selector: Term, key: int, memo: dict[int, Term] | None = None) -> Term:
    """The term where the selector is known to be `key`: reads of memory by it are resolved."""
    if selector.id not in x.picks:
        return x
    memo = {} if memo is None else memo
    if x.id not in memo:
        if x.op == "pick" and x.args[0] is selector:
            memo[x.id] = under(x.args[1 + x.data.index(key)], selector, key, memo)  # type: ignore[attr-defined]
        else:
            memo[x.id] = rebuilt(x, tuple(under(a, selector, key, memo) for a in x.args))
    return memo[x.id]
