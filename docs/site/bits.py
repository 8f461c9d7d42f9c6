"""Which bit of a field belongs to which integer, worked out from digits and planes."""

import itertools

# A bit: the name of the integer ("code", "scale", "min"), the numbers of those that share it, and its place in the integer.


def owners(declaration):
    """By field: by bit of that field, the integers that take it; planes of words in Gray code and text of parts included."""
    found = {}
    for name in ("code", "scale", "min"):
        integer = declaration.get(name)
        if not integer:
            continue
        first = 0
        for run in integer.get("runs", [integer]):
            first += add_run(found, name, run, first)
    for field in declaration.get("fields", []):
        for part in field.get("parts", []):
            holder = holding(declaration, field, part)
            if holder is None:
                continue
            shift = 8 * (field["offset"] - holder["offset"])
            for bit in range(part["width"]):
                found.setdefault(holder["name"], {}).setdefault(shift + part["bit"] + bit, []).append(
                    (field["name"], 0, part.get("place", 0) + bit))
    return found


def holding(declaration, field, part):
    """The field whose bytes hold a part of another."""
    place = field["offset"] + part["bit"] // 8
    for other in declaration["fields"]:
        if "parts" not in other and other["offset"] <= place < other["offset"] + bytes_of(other):
            return other
    return None


def bytes_of(field):
    """Bytes of a field of bytes or words."""
    return {"8": 1, "6": 2, "2": 4, "4": 8}[field["type"][-1]] * field["count"] if field["type"][-1].isdigit() else field["count"]


def add_run(found, name, run, first):
    """Adds the bits of one run of integers; returns how many integers it has."""
    digits = run["digits"]
    names = list(digits)
    for index, values in enumerate(itertools.product(*(range(radix) for radix in digits.values()))):
        value = dict(zip(names, values))
        for plane in run["planes"]:
            start = 8 * plane.get("firstByte", 0) + plane.get("firstShift", 0) + plane.get("firstBit", 0)
            for unit, scale in (("byte", 8), ("shift", 1), ("bit", 1)):
                start += sum(scale * stride * value[digit] for digit, stride in plane.get(unit, {}).items())
            bits = found.setdefault(plane["field"], {})
            for bit in range(plane["width"]):
                bits.setdefault(start + bit, []).append((name, first + index, plane.get("place", 0) + bit))
    count = 1
    for radix in digits.values():
        count *= radix
    return count


def is_packed(bits):
    """Whether the bits of a field are more than whole bytes or words in their order."""
    for bit, owned in bits.items():
        for name, number, place in owned:
            if len(owned) > 1 or (number * 8 + place) != bit:
                return True
    return False


WORDS = {"code": "weight", "scale": "scale", "min": "third integer"}
SHORT = {"code": "w", "scale": "s", "min": "m"}


def label(owned):
    """The integers that share a bit, in short: w0, w0–7, s3, d."""
    words = []
    for name in dict.fromkeys(name for name, _, _ in owned):
        numbers = sorted({number for other, number, _ in owned if other == name})
        if name not in SHORT:
            words.append(name)
        elif len(numbers) == 1:
            words.append(f"{SHORT[name]}{numbers[0]}")
        elif numbers[-1] - numbers[0] == len(numbers) - 1:
            words.append(f"{SHORT[name]}{numbers[0]}–{numbers[-1]}")
        else:
            words.append(f"{SHORT[name]}{numbers[0]}…{numbers[-1]}")
    return " ".join(words)


def byte_groups(bits, byte):
    """A byte from its highest bit down: runs of bits of the same integers, each (highest bit, lowest bit, label, places)."""
    groups = []
    for bit in range(7, -1, -1):
        owned = bits.get(8 * byte + bit, [])
        text = label(owned) if owned else "unused"
        place = min((place for _, _, place in owned), default=0)
        if groups and groups[-1][2] == text and (not owned or groups[-1][3] == place + 1):
            groups[-1] = (groups[-1][0], bit, text, place, groups[-1][4])
        else:
            groups.append((bit, bit, text, place, place))
    return [(high, low, text, top, place) for high, low, text, place, top in groups]


def telling_bytes(bits, count, most=12):
    """Bytes of a field to show: the first of each pattern, and some others."""
    chosen, seen = [], set()
    for byte in range(count):
        pattern = tuple((high, low, text[:1], top, place) for high, low, text, top, place in byte_groups(bits, byte))
        if pattern not in seen and len(chosen) < most:
            seen.add(pattern)
            chosen.append(byte)
    for byte in (0, 1, 2, count // 2, count - 1):
        if 0 <= byte < count and byte not in chosen:
            chosen.append(byte)
    return sorted(chosen)
