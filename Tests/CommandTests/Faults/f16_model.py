"""Writes a model in F16 with the keys, names and shapes of a quantized one: what scripts quantize where no other model is at hand.

usage: f16_model.py QUANTIZED.gguf OUT.gguf      weights are at random, always the same; one-dimensional tensors become ones in F32
"""
import random
import struct
import sys

SIZES = {0: 1, 1: 1, 2: 2, 3: 2, 4: 4, 5: 4, 6: 4, 7: 1, 10: 8, 11: 8, 12: 8}
STRING, ARRAY = 8, 9
F32, F16, ALIGNMENT = 0, 1, 32


class Reader:
    def __init__(self, data):
        self.data, self.at = data, 0

    def number(self, form):
        value = struct.unpack_from("<" + form, self.data, self.at)[0]
        self.at += struct.calcsize(form)
        return value

    def string(self):
        length = self.number("Q")
        self.at += length
        return self.data[self.at - length:self.at]

    def skip(self, type):
        if type == STRING:
            self.string()
        elif type == ARRAY:
            inner, count = self.number("I"), self.number("Q")
            if inner in SIZES:
                self.at += SIZES[inner] * count
            else:
                for _ in range(count):
                    self.skip(inner)
        else:
            self.at += SIZES[type]


def weights(source, count):
    """Halves between 2^-7 and 2^-3 in magnitude."""
    data = bytearray(source.randbytes(2 * count))
    data[1::2] = data[1::2].translate(bytes((b & 0x80) | 0x20 + b % 16 for b in range(256)))
    return bytes(data)


def main(path, out):
    with open(path, "rb") as file:
        reader = Reader(file.read())
    magic, version, tensors, keys = reader.number("4s"), reader.number("I"), reader.number("Q"), reader.number("Q")
    start = reader.at
    for _ in range(keys):
        reader.string()
        reader.skip(reader.number("I"))
    metadata = reader.data[start:reader.at]
    source, records, chunks, offset = random.Random(1), b"", [], 0
    for _ in range(tensors):
        name, rank = reader.string(), reader.number("I")
        shape = [reader.number("Q") for _ in range(rank)]
        reader.number("I"), reader.number("Q")
        count = 1
        for n in shape:
            count *= n
        type = F32 if rank == 1 else F16
        data = struct.pack("<f", 1.0) * count if type == F32 else weights(source, count)
        data += bytes(-len(data) % ALIGNMENT)
        records += struct.pack("<Q", len(name)) + name + struct.pack("<I", rank) + struct.pack(f"<{rank}Q", *shape)
        records += struct.pack("<IQ", type, offset)
        chunks.append(data)
        offset += len(data)
    header = struct.pack("<4sIQQ", magic, version, tensors, keys) + metadata + records
    with open(out, "wb") as file:
        file.write(header + bytes(-len(header) % ALIGNMENT))
        file.writelines(chunks)


if len(sys.argv) != 3:
    sys.exit(__doc__)
main(*sys.argv[1:])
