"""What a block means, as terms: the declarations of Spec read as functions of the block's bytes."""
from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

import unpacking.floats as floats
from unpacking.spec import SIZES, Field, Format, Grid
from unpacking.tables import table
from unpacking.terms import (
    FALSE, TRUE, Term, add, and_, concat, const, eq, extract, ite, linear, mul, not_, or_, sext, shift, ult, xor, zext,
)

STRIDES = {"byte": 8, "shift": 1, "bit": 1}


@dataclass
class Block:
    """A block of a format: its bytes, and the scale of its row where the row has one."""

    format: Format
    bytes: Sequence[Term]
    row_scale: Term
    grids: dict[str, Grid]

    # --- Fields --------------------------------------------------------------------------------------------------------------

    def _field_bits(self, f: Field) -> Term:
        return concat(self.bytes[f.offset:f.offset + SIZES[f.type] * f.count]) if not f.parts else self._parts(f)

    def _parts(self, f: Field) -> Term:
        around = concat(self.bytes[f.offset:])
        pieces = sorted((place, extract(around, bit, width)) for bit, width, place in f.parts)
        return concat([piece for _, piece in pieces])

    def scalar(self, f: Field, number: int) -> Term:
        """A scalar of a field, as the bits that it is stored as."""
        size = 8 * SIZES[f.type]
        return extract(self._field_bits(f), number * size, size)

    def as_float(self, f: Field, number: int) -> Term:
        bits = self.scalar(f, number)
        if f.type == "f16":
            return floats.from_half(bits)
        if f.type == "f32":
            return floats.canonical(bits)
        if f.type == "bf16":
            return floats.canonical(concat([const(0, 16), bits]))
        if f.type == "e8m0_half":
            return floats.canonical(table(bits, np.ldexp(np.float32(1), np.arange(256) - 128).astype(np.float32).view(np.uint32), 32))
        if f.type == "e4m3_hifi":
            codes = np.arange(256)
            numbers = np.ldexp(1 + (codes & 7) / 8, (codes >> 3 & 15) - 7) * np.where(codes & 128, -1, 1)
            return floats.canonical(table(bits, np.where(codes == 0, 0, numbers).astype(np.float32).view(np.uint32), 32))
        return floats.from_integer(bits, f.type.startswith("i"))

    # --- Integers ------------------------------------------------------------------------------------------------------------

    def integer(self, name: str, weight: int) -> Term:
        """code, scale or min of a weight: 32 bits, signed."""
        rule = self.format.integers[name]
        index, run, first = weight // rule.get("every", 1), rule, 0
        for candidate in rule.get("runs", []):
            size = int(np.prod(list(candidate["digits"].values())))
            if index < first + size:
                run = candidate
                break
            first += size
        digits: dict[str, int] = {}
        rest = index - first
        for digit, radix in reversed(run["digits"].items()):
            rest, digits[digit] = divmod(rest, radix)
        pieces = sorted(((p.get("place", 0), self._plane(p, digits)) for p in run["planes"]), key=lambda piece: piece[0])
        bits = concat([piece for _, piece in pieces])
        if any(p.get("signed") for p in run["planes"]):
            number = sext(bits, 32)
        else:
            number = self._meaning(rule, run, zext(bits, 32), bits, digits)
        return add(number, const(rule.get("bias", 0), 32))

    def _plane(self, plane: dict[str, Any], digits: dict[str, int]) -> Term:
        bit = 8 * plane.get("firstByte", 0) + plane.get("firstShift", 0) + plane.get("firstBit", 0)
        for unit, scale in STRIDES.items():
            bit += sum(scale * stride * digits[d] for d, stride in plane.get(unit, {}).items())
        source = self._field_bits(self.format.fields[plane["field"]])
        if "gray" in plane:
            words = [extract(source, k, plane["gray"]) for k in range(0, source.width, plane["gray"])]
            spared = [and_(w, const(~1, w.width)) for w in words]
            source = concat([xor(v, shift("lshr", v, 1)) for v in spared])
        return extract(source, bit, plane["width"])

    def _meaning(self, rule: dict[str, Any], run: dict[str, Any], number: Term, bits: Term, digits: dict[str, int]) -> Term:
        if "codebook" in rule:
            book = rule["codebook"]
            return table(bits, [n & 0xFFFFFFFF for n in (book * (1 << bits.width))[:1 << bits.width]], 32)
        if rule.get("read") == "ue4m3":
            codes = np.arange(256)
            exponent, fraction = codes >> 3 & 15, codes & 7
            units = np.where(exponent == 0, fraction, (8 + fraction) << np.maximum(exponent - 1, 0))
            return table(zext(bits, 8), np.where(codes == 127, 0, units), 32)
        if "grid" in rule:
            return self._entry(rule["grid"], bits, digits, run)
        if "ternary" in rule:
            place = digits[rule["ternary"]] + run.get("firstLane", 0)
            place = 4 - place if rule.get("lastFirst") else place
            fraction = mul(bits, const(3 ** place, 8))
            return zext(extract(mul(zext(fraction, 16), const(3, 16)), 8, 8), 32)
        if "sequence" in rule:
            return _term_of_sequence(rule["sequence"], number, _lane(rule["sequence"]["lane"], digits, run))
        return number

    def _entry(self, rule: dict[str, Any], bits: Term, digits: dict[str, int], run: dict[str, Any]) -> Term:
        grid, lane = self.grids[rule["id"]], _lane(rule["lane"], digits, run)
        places = (grid.entries - 1).bit_length()
        own = grid.numbers[lane % grid.lanes::grid.lanes]
        number = table(extract(bits, 0, places), [n & 0xFFFFFFFF for n in own], 32)
        if "signs" not in rule:
            return number
        if rule["signs"] == "own":
            negative = extract(bits, places, 1)
        else:
            signs = [extract(bits, places + k, 1) for k in range(7)]
            negative = signs[lane] if lane < 7 else xor(*signs)
        return ite(negative, linear(32, [(-1, number)]), number)

    # --- Weights -------------------------------------------------------------------------------------------------------------

    def base(self, weight: int) -> Term:
        """A weight before stored outliers act: the bits of an fp32."""
        return floats.canonical(self._evaluated(self.format.value, weight, 0))

    def _name(self, name: str, weight: int, slot: int) -> Term:
        if name in self.format.integers:
            return floats.from_integer(self.integer(name, weight), True)
        if name in self.format.header:
            return self.row_scale
        f = self.format.fields[name]
        return self.as_float(f, slot if f.count > 1 else 0)

    def _evaluated(self, text: str, weight: int, slot: int) -> Term:
        tokens = re.findall(r"f32\(\w+\)|\d+(?:\.\d+)?|[-+*/()]", text)
        position = 0

        def primary() -> Term:
            nonlocal position
            token = tokens[position]
            position += 1
            if token == "(":
                inner = summed()
                position += 1
                return inner
            if token.startswith("f32("):
                return self._name(token[4:-1], weight, slot)
            return floats.quiet_float(float(token))

        def product() -> Term:
            nonlocal position
            left = primary()
            while position < len(tokens) and tokens[position] in "*/":
                op = "fmul" if tokens[position] == "*" else "fdiv"
                position += 1
                left = floats.operation(op, left, primary())
            return left

        def summed() -> Term:
            nonlocal position
            left = product()
            while position < len(tokens) and tokens[position] in "+-":
                op = "fadd" if tokens[position] == "+" else "fsub"
                position += 1
                left = floats.operation(op, left, product())
            return left

        return summed()

    def weights(self) -> list[Term]:
        """All weights, stored outliers included."""
        out = [self.base(i) for i in range(self.format.elements)]
        rule = self.format.correction
        if rule is None:
            return out
        index = self.format.fields[rule["index"]]
        positions = [self.scalar(index, k) for k in range(rule["slots"])]
        values = [floats.canonical(self._evaluated(rule["value"], 0, k)) for k in range(rule["slots"])]
        used = [self._in_use(rule, k) for k in range(rule["slots"])]
        adds = self._adds(rule)
        first = rule.get("duplicates") == "first"
        for i in range(self.format.elements):
            w = out[i]
            earlier = FALSE
            for k, position in enumerate(positions):
                here = and_(eq(position, const(i, position.width)), used[k])
                acts = and_(here, not_(earlier)) if first else here
                earlier = or_(earlier, here)
                if adds is FALSE:
                    changed = values[k]
                elif adds is TRUE:
                    changed = floats.operation("fadd", values[k], w)
                else:
                    changed = ite(adds, floats.operation("fadd", values[k], w), values[k])
                w = ite(acts, changed, w)
            out[i] = w
        return out

    def _in_use(self, rule: dict[str, Any], slot: int) -> Term:
        if "count" not in rule:
            return TRUE
        count = self.scalar(self.format.fields[rule["count"]["field"]], 0)
        masked = and_(count, const(rule["count"].get("mask", -1), count.width))
        return ult(const(slot, count.width), masked) if slot < rule["count"]["maximum"] else FALSE

    def _adds(self, rule: dict[str, Any]) -> Term:
        own, switching = rule["mode"] == "add", rule.get("switching")
        if switching is None:
            return TRUE if own else FALSE
        flag = self.scalar(self.format.fields[switching["field"]], 0)
        is_set = not_(eq(and_(flag, const(switching["mask"], flag.width)), const(0, flag.width)))
        set_adds = switching["whenSet"] == "add"
        return ite(is_set, TRUE if set_adds else FALSE, TRUE if own else FALSE)


def _lane(names: list[str], digits: dict[str, int], run: dict[str, Any]) -> int:
    lane = 0
    for name, radix in run["digits"].items():
        if name in names:
            lane = lane * radix + digits[name]
    return lane


def _term_of_sequence(rule: dict[str, Any], code: Term, lane: int) -> Term:
    state = add(code, const(rule["start"], 32))
    state = mul(state, const(pow(rule["multiplier"], lane + 1, 1 << 32), 32))
    kept = and_(state, const(rule["mask"], 32))
    total = linear(32, [(1, zext(extract(kept, 8 * k, 8), 32)) for k in range(4)], rule["bias"])
    if not rule.get("magnitude"):
        return total
    return ite(extract(total, 31, 1), linear(32, [(-1, total)]), total)
