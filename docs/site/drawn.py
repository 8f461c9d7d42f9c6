"""Whether drawn bits are true: bits of random blocks are turned over, and the decoder must change those weights alone that are drawn."""

import os
import random
import struct
import tempfile

import bits
import formats
import program

# Every so many bits of a field are tried; a number that has no factor in common with bytes and words reaches all places in them.
STEP = 5


def block(one, source):
    """A block of random codes whose scales are sane, and the header of its row."""
    data = bytearray(source.randrange(256) for _ in range(one["bytes"]))
    for field in one["fields"]:
        if field["type"] in ("f16", "f32") and "parts" not in field:
            form = "<e" if field["type"] == "f16" else "<f"
            for number in range(field["count"]):
                struct.pack_into(form, data, field["offset"] + formats.SIZES[field["type"]] * number, 0.5 + number / 16)
    header = b"".join(struct.pack("<e" if field["type"] == "f16" else "<f", 0.5) * field["count"]
                      for field in one.get("rowHeader", {}).get("fields", []))
    return header, data


def reached(one, owned):
    """The weights that a bit belongs to, by what is drawn."""
    weights, count = set(), one["elements"]
    for name, number, _ in owned:
        every = 1 if name == "code" else one.get(name, {}).get("every", count) if name in bits.SHORT else count
        weights |= set(range(number * every, min(count, (number + 1) * every)))
    return weights


def decoded(one, rows, folder):
    """The weights of each row of one block, as bytes of four."""
    path, result = os.path.join(folder, "blocks"), os.path.join(folder, "weights.f32")
    with open(path, "wb") as file:
        file.write(b"".join(rows))
    columns = ["--columns", str(one["elements"])] if "rowHeader" in one else []
    program.output("decode", "--type", one["id"], "--blocks", path, "--output", result, "--quiet", *columns)
    with open(result, "rb") as file:
        data = file.read()
    size = 4 * one["elements"]
    return [[data[start + 4 * place:start + 4 * place + 4] for place in range(one["elements"])] for start in range(0, len(data), size)]


def can_be_tried(one):
    """Whether each bit alone decides: not where words are in Gray code, or codes close up over outliers."""
    code = one.get("code")
    if not code or one.get("sized") or code.get("skipping"):
        return False
    return not any("gray" in plane for run in code.get("runs", [code]) for plane in run["planes"])


def wrong():
    """How many formats and bits were tried, how many of these changed a weight, and what was drawn wrongly, a line each."""
    source, faults, tried, changed, count = random.Random(1), [], 0, 0, 0
    with tempfile.TemporaryDirectory() as folder:
        for one in formats.load().values():
            if not can_be_tried(one):
                continue
            count += 1
            owners = bits.owners(one)
            header, data = block(one, source)
            rows, places = [header + data], []
            for field in one["fields"]:
                for bit, owned in sorted(owners.get(field["name"], {}).items())[::STEP]:
                    turned = bytearray(data)
                    turned[field["offset"] + bit // 8] ^= 1 << bit % 8
                    rows.append(header + turned)
                    places.append((field["name"], bit, owned))
            weights = decoded(one, rows, folder)
            for (name, bit, owned), now in zip(places, weights[1:]):
                different = {place for place in range(one["elements"]) if now[place] != weights[0][place]}
                tried, changed = tried + 1, changed + bool(different)
                if not different <= reached(one, owned):
                    faults.append(f"{one['id']}: bit {bit} of {name} changes weight {min(different - reached(one, owned))}, which is not "
                                  f"drawn; see docs/site/bits.py")
    return count, tried, changed, faults
