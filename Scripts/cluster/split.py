"""Splits a small model into two parts, as llama-gguf-split does: keys in the first, tensors in their order in both."""

import struct

ALIGNMENT = 32
#: Bytes of the values of GGUF's types.
SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}


def after_string(data, place):
    """Where the byte after a string lies."""
    return place + 8 + struct.unpack_from("<Q", data, place)[0]


def after_value(data, place, kind):
    """Where the byte after a value lies."""
    if kind == 8:
        return after_string(data, place)
    if kind != 9:
        return place + SIZES[kind]
    inner, count = struct.unpack_from("<IQ", data, place)
    place += 12
    for _ in range(count):
        place = after_value(data, place, inner)
    return place


def string(text):
    """A string as GGUF has it."""
    return struct.pack("<Q", len(text)) + text.encode()


def split(path, parts):
    """Writes two parts; the tensors of the model lie one after the other and without further keys of a set."""
    with open(path, "rb") as file:
        data = file.read()
    tensors, keys = struct.unpack_from("<QQ", data, 8)
    place = start = 24
    for _ in range(keys):
        place = after_string(data, place)
        place = after_value(data, place + 4, struct.unpack_from("<I", data, place)[0])
    metadata, records = data[start:place], []
    for _ in range(tensors):
        begin, place = place, after_string(data, place)
        place += 4 + 8 * struct.unpack_from("<I", data, place)[0] + 4
        records.append((data[begin:place], struct.unpack_from("<Q", data, place)[0]))
        place += 8
    body = data[-(-place // ALIGNMENT) * ALIGNMENT:]
    half = len(records) // 2
    for number, members in enumerate([records[:half], records[half:]]):
        base = members[0][1]
        end = records[half][1] if number == 0 else len(body)
        kept = metadata if number == 0 else b""
        count = (keys if number == 0 else 0) + 3
        added = [("split.no", 2, "<H", number), ("split.count", 2, "<H", 2), ("split.tensors.count", 5, "<i", tensors)]
        extra = b"".join(string(key) + struct.pack("<I", kind) + struct.pack(form, value) for key, kind, form, value in added)
        head = data[:8] + struct.pack("<QQ", len(members), count) + kept + extra
        head += b"".join(record + struct.pack("<Q", offset - base) for record, offset in members)
        with open(parts[number], "wb") as file:
            file.write(head + bytes(-len(head) % ALIGNMENT) + body[base:end])
