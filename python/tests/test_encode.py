from __future__ import annotations

import numpy
import pytest

from hifi_conformance import BadArgument, Refused, Unsupported, decode, encode


def test_shapes_follow_the_input(weights):
    rows = encode(weights, "q4_k")
    assert rows.shape == (4, 288) and rows.dtype == numpy.uint8
    assert encode(weights[0], "q4_k").shape == (288,)
    assert encode(weights.reshape(2, 2, 512), "q4_k").shape == (2, 2, 288)
    assert (encode(weights[0], "q4_k") == rows[0]).all()


def test_importances_change_blocks(weights):
    importances = numpy.linspace(0.1, 10, 512, dtype=numpy.float32)
    plain = encode(weights, "q4_k")
    assert (encode(weights, "q4_k", importances=importances) != plain).any()
    with pytest.raises(BadArgument, match=r"the shape is \(511,\), and rows have 512 columns"):
        encode(weights, "q4_k", importances=importances[1:])
    with pytest.raises(BadArgument, match="importances: float64 may round"):
        encode(weights, "q4_k", importances=importances.astype(numpy.float64))
    with pytest.raises(Refused):
        encode(weights, "q4_k", importances=importances * numpy.float32("nan"))
    with pytest.raises(Refused, match="importance matrix"):
        encode(weights, "iq2_xxs")


def test_what_converts_without_rounding_is_converted(weights):
    expected = encode(weights, "q8_0").tobytes()
    assert encode(weights.astype(">f4"), "q8_0").tobytes() == expected
    assert encode(numpy.asfortranarray(weights), "q8_0").tobytes() == expected
    spread = numpy.zeros((4, 1024), numpy.float32)
    spread[:, ::2] = weights
    assert encode(spread[:, ::2], "q8_0").tobytes() == expected
    halves = weights.astype(numpy.float16)
    assert (encode(halves, "q8_0") == encode(halves.astype(numpy.float32), "q8_0")).all()
    assert encode(numpy.ones(32, numpy.int8), "q8_0").shape == (34,)
    assert encode(memoryview(weights[0]), "q8_0").tobytes() == encode(weights[0], "q8_0").tobytes()


def test_what_would_be_rounded_is_refused(weights):
    for wrong in (weights.astype(numpy.float64), weights[0].tolist(), numpy.zeros(32, numpy.int64)):
        with pytest.raises(BadArgument, match="may round when it becomes float32"):
            encode(wrong, "q8_0")
    others = (numpy.zeros(32, bool), numpy.zeros(32, complex), [[1], [2, 3]])
    for wrong in ("text", None, 1.5, *others):
        with pytest.raises(BadArgument):
            encode(wrong, "q8_0")


def test_what_is_not_finite_is_refused(weights):
    for bad in ("nan", "inf", "-inf"):
        broken = weights.copy()
        broken[2, 77] = numpy.float32(bad)
        with pytest.raises(Refused, match="row 2, column 77"):
            encode(broken, "q4_k")


def test_lengths():
    assert encode(numpy.empty(0, numpy.float32), "q4_k").shape == (0,)
    assert encode(numpy.empty((0, 512), numpy.float32), "q4_k").shape == (0, 288)
    for shape in ((255,), (2, 0), (2, 100)):
        with pytest.raises(BadArgument, match="a multiple of 256 weights"):
            encode(numpy.zeros(shape, numpy.float32), "q4_k")


def test_types_without_an_encoder(weights):
    with pytest.raises(Unsupported, match="not encoded"):
        encode(weights, "iq4_ks")


def test_fp32_goes_through_unchanged(weights):
    assert decode(encode(weights, "f32"), "f32").tobytes() == weights.tobytes()
