"""Beside the package `gguf`: its arrays are decoded without a copy, and compared bit for bit."""

from __future__ import annotations

import tracemalloc

import numpy
import pytest

from hifi_conformance import decode, identify

gguf = pytest.importorskip("gguf")


@pytest.mark.parametrize(
    ("name", "count"),
    [("gguf/00-pristine.gguf", 21), ("models/tiny-qwen3-q3_k_hifi-r6.gguf", 60)],
)
def test_tensors_of_a_reader(vectors, name, count):
    compared = 0
    try:
        reader = gguf.GGUFReader(vectors / name)
    except ValueError as error:
        if name.startswith("models"):
            pytest.skip(f"this gguf does not read the file: {error}")
        raise
    for tensor, format in zip(reader.tensors, identify(vectors / name).formats):
        if tensor.tensor_type.name.lower() != format:
            continue  # A type id that means something else in upstream's numbering.
        expected = gguf.quants.dequantize(tensor.data, tensor.tensor_type)
        out = numpy.empty(expected.shape, numpy.float32)
        tracemalloc.start()
        try:
            decode(tensor.data, format, out=out)
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
        assert out.tobytes() == expected.astype(numpy.float32).tobytes()
        assert peak < 1 << 16
        compared += 1
    assert compared == count


def dequantize(type, data):
    try:
        kind = gguf.GGMLQuantizationType[type.upper()]
    except KeyError as error:
        raise NotImplementedError from error
    with numpy.errstate(all="ignore"):
        return gguf.quants.dequantize(numpy.frombuffer(data, numpy.uint8), kind)


def test_its_own_decoders_in_the_suite(hifi_suite):
    result = hifi_suite.decode(dequantize, level="optional")
    print(result)
    assert len(result.applied) >= 20
