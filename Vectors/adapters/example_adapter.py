#!/usr/bin/env python3
"""Example adapter for `hifi conformance --exec "python3 example_adapter.py"`: see PROTOCOL.md. Needs nothing but Python."""
import json, math, struct, sys

CODE = [(32 + 32 * (i >> 7) + (i & 31), 2 * (i >> 5 & 3), i & 31, i >> 5, i >> 4) for i in range(256)]  # where weight i lies


def f32(x):
    """Rounds to fp32 once. A product of two fp32 is exact in double, so this is the one rounding that counts."""
    try:
        return struct.unpack("<f", struct.pack("<f", x))[0]
    except OverflowError:
        return math.copysign(math.inf, x)


def q3_k(b):
    d = struct.unpack_from("<e", b, 108)[0]
    rows = []  # per sub-block of 16 weights: the eight values that a code can have
    for s in range(16):
        scale = (b[96 + s % 8] >> 4 * (s // 8) & 15) + 16 * (b[104 + s % 4] >> 2 * (s // 4) & 3) - 32
        rows.append([f32(f32(d * scale) * (code - 4)) for code in range(8)])
    return [rows[s][(b[low] >> shift & 3) + 4 * (b[high] >> bit & 1)] for low, shift, high, bit, s in CODE]


def q3_k_hifi(b):  # outliers replace; the last of several at one position stays
    out = q3_k(b)
    for slot, value in enumerate(struct.unpack_from("<8e", b, 118)):
        out[b[110 + slot]] = value
    return out


def q8_k(b):
    return [f32(struct.unpack_from("<f", b)[0] * q) for q in struct.unpack_from("<256b", b, 4)]


TYPES = {"q3_k": (110, q3_k), "q3_k_hifi@r6": (134, q3_k_hifi), "q3_k_hifi@r12c": (136, q3_k_hifi), "q8_k": (292, q8_k)}


def decode(name, data):
    size, function = TYPES[name]
    return [x for at in range(0, len(data), size) for x in function(data[at:at + size])]


def answer(ask):
    if ask["op"] == "decode" and ask["type"] in TYPES:
        floats = decode(ask["type"], payload(ask["blocks"]))
    elif ask["op"] == "dot" and ask["type"] in TYPES and ask["activation_type"] == "q8_k":
        weights, activations = decode(ask["type"], payload(ask["blocks"])), decode("q8_k", payload(ask["activations"]))
        products = [w * a for w, a in zip(weights, activations)]
        floats = [f32(math.fsum(products) if all(map(math.isfinite, products)) else sum(products))]
    else:
        return {"skipped": f"no {ask['op']} of {ask['type']} here"}
    return {"floats": result(ask, struct.pack(f"<{len(floats)}f", *floats))}


def payload(value):  # hex, or a place in the bulk file
    if isinstance(value, str):
        return bytes.fromhex(value)
    bulk.seek(value["offset"])
    return bulk.read(value["bytes"])


def result(ask, data):
    if "room" not in ask:
        return data.hex()
    bulk.seek(ask["room"]["offset"])
    bulk.write(data)
    bulk.flush()
    return {"offset": ask["room"]["offset"], "bytes": len(data)}


for line in sys.stdin:
    ask = json.loads(line)
    if ask["op"] == "hello":
        bulk = open(ask["bulk"], "r+b")
        reply = {"protocol": 1, "name": "example", "version": "1", "supports": {"decode": list(TYPES), "encode": [], "quantize": []}}
    else:
        reply = answer(ask) if ask["op"] != "bye" else sys.exit()
    print(json.dumps({"id": ask["id"], **reply}), flush=True)
