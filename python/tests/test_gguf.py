"""Beside the package `gguf`: its arrays are decoded without a copy, and compared bit for bit."""

from __future__ import annotations

import tracemalloc

import numpy
import pytest

from hifi_conformance import decode, identify

gguf = pytest.importorskip("gguf")


def test_tensors_of_a_reader(model):
    compared = 0
    reader = gguf.GGUFReader(model)
    for tensor, format in zip(reader.tensors, identify(model).formats):
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
    assert compared == 60


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
