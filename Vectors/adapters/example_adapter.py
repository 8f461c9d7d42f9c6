#!/usr/bin/env python3
"""Example adapter for `hifi conformance --exec "python3 example_adapter.py"`: see PROTOCOL.md. Needs nothing but Python."""
import json, math, struct, sys

CODE = [(32 + 32 * (i >> 7) + (i & 31), 2 * (i >> 5 & 3), i & 31, i >> 5, i >> 4) for i in range(256)]  # where weight i lies in Q3_K


def f32(x):
    """Rounds to fp32 once. A product or sum of two fp32 is right in double, so this is the one rounding that counts."""
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


def q3_k_hifi(b, count=8):  # outliers replace; the last of several at one position stays
    out = q3_k(b)
    for slot, value in enumerate(struct.unpack_from("<8e", b, 118)[:count]):
        out[b[110 + slot]] = value
    return out


def res8(b):  # residuals add, one rounding for the product and one for the sum
    out, scale = q3_k(b), struct.unpack_from("<f", b, 128)[0]
    for slot in range(min(b[110], 8)):
        at = b[112 + slot]
        out[at] = f32(f32(scale * struct.unpack_from("b", b, 120 + slot)[0]) + out[at])
    return out


def q8_0(b):
    d = struct.unpack_from("<e", b)[0]
    return [f32(q * d) for q in struct.unpack_from("<32b", b, 2)]


def q4_0(b):
    d = struct.unpack_from("<e", b)[0]
    return [f32((q - 8) * d) for q in [x & 15 for x in b[2:18]] + [x >> 4 for x in b[2:18]]]


def q8_k(b):
    d = struct.unpack_from("<f", b)[0]
    return [f32(d * q) for q in struct.unpack_from("<256b", b, 4)]


TYPES = {"q3_k": (110, q3_k), "q3_k_hifi@r6": (134, q3_k_hifi), "q3_k_hifi@r12": (136, q3_k_hifi),
         "q3_k_hifi@r13": (136, lambda b: q3_k_hifi(b, min(b[134], 8))), "q3_k_hifi_res8": (132, res8),
         "q8_0": (34, q8_0), "q4_0": (18, q4_0), "q8_k": (292, q8_k)}
BY_NAME = {**TYPES, "q3_k_hifi": TYPES["q3_k_hifi@r6"], "q3_k_hifi@r12c": TYPES["q3_k_hifi@r12"]}


def decode(name, data):
    size, function = BY_NAME[name]
    return [x for at in range(0, len(data), size) for x in function(data[at:at + size])]


def answer(ask, bulk):
    def payload(name):
        value = ask[name]
        if isinstance(value, str):
            return bytes.fromhex(value)
        bulk.seek(value["offset"])
        return bulk.read(value["bytes"])

    if ask["op"] == "decode" and ask["type"] in BY_NAME:
        floats = decode(ask["type"], payload("blocks"))
    elif ask["op"] == "dot" and ask["type"] in BY_NAME and ask["activation_type"] in ("q8_k", "q8_0"):
        pairs = zip(decode(ask["type"], payload("blocks")), decode(ask["activation_type"], payload("activations")))
        products = [w * a for w, a in pairs]
        floats = [f32(math.fsum(products) if all(map(math.isfinite, products)) else sum(products))]
    else:
        return {"skipped": f"no {ask['op']} of {ask['type']} here"}
    result = struct.pack(f"<{len(floats)}f", *floats)
    if "room" not in ask:
        return {"floats": result.hex()}
    bulk.seek(ask["room"]["offset"])
    bulk.write(result)
    bulk.flush()
    return {"floats": {"offset": ask["room"]["offset"], "bytes": len(result)}}


bulk = None
for line in sys.stdin:
    ask = json.loads(line)
    if ask["op"] == "bye":
        break
    if ask["op"] == "hello":
        bulk = open(ask["bulk"], "r+b")
        reply = {"protocol": 1, "name": "example", "version": "1", "supports": {"decode": list(TYPES), "encode": [], "quantize": []}}
    else:
        reply = answer(ask, bulk)
    print(json.dumps({"id": ask["id"], **reply}), flush=True)
