from __future__ import annotations

import array
import mmap
import tracemalloc

import numpy
import pytest

from hifi_conformance import (
    BadArgument,
    Refused,
    UnknownName,
    Unsupported,
    decode,
    encode,
    spec,
    types,
)


def test_shapes_follow_the_input(blocks):
    raw = blocks.tobytes()
    whole = decode(raw, "q4_k")
    assert whole.shape == (2048,) and whole.dtype == numpy.float32
    assert decode(raw, "q4_k", columns=512).shape == (4, 512)
    assert decode(blocks, "q4_k").shape == (4, 512)
    assert decode(blocks, "q4_k", columns=512).shape == (4, 512)
    assert decode(blocks.reshape(2, 2, 288), "q4_k").shape == (2, 2, 512)
    assert (decode(blocks, "q4_k").reshape(-1) == whole).all()


def test_any_buffer_is_the_same(blocks, tmp_path):
    raw = blocks.tobytes()
    expected = decode(raw, "q4_k")
    file = tmp_path / "blocks"
    file.write_bytes(raw)
    with open(file, "rb") as handle:
        mapped = mmap.mmap(handle.fileno(), 0, access=mmap.ACCESS_READ)
    for buffer in (
        bytearray(raw),
        memoryview(raw),
        array.array("B", raw),
        array.array("b", raw),
        mapped,
        numpy.memmap(file, numpy.uint8, "r"),
        numpy.frombuffer(raw, numpy.int8),
    ):
        assert decode(buffer, "q4_k").tobytes() == expected.tobytes()
    mapped.close()  # Refused while anything still points there.


def test_unaligned_and_strided_blocks(blocks):
    raw = blocks.tobytes()
    expected = decode(raw, "q4_k").tobytes()
    for shift in range(1, 9):
        assert decode(memoryview(bytes(shift) + raw)[shift:], "q4_k").tobytes() == expected
    spread = numpy.zeros((4, 600), numpy.uint8)
    spread[:, 1:577:2] = blocks
    assert decode(spread[:, 1:577:2], "q4_k").tobytes() == expected
    assert decode(numpy.asfortranarray(blocks), "q4_k").tobytes() == expected
    assert decode(memoryview(raw[::-1])[::-1], "q4_k").tobytes() == expected


def test_nothing_is_copied():
    raw = numpy.zeros((64, 1 << 18), numpy.float32)
    out = numpy.ones(raw.shape, numpy.float32)
    tracemalloc.start()
    try:
        assert decode(raw, "f32", out=out) is out
        assert decode(memoryview(raw).cast("B"), "f32", columns=1 << 18, out=out) is out
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert peak < 1 << 20 and not out.any()


def test_empty_input():
    assert decode(b"", "q4_k").shape == (0,)
    assert decode(b"", "iq4_ks").shape == (0,)
    assert decode(b"", "q4_k", columns=512).shape == (0, 512)
    assert decode(numpy.empty((0, 288), numpy.uint8), "q4_k").shape == (0, 512)
    assert decode(numpy.empty((0, 8), numpy.float32), "f32").shape == (0, 8)
    with pytest.raises(Unsupported):
        decode(b"", "tq4_1s")


@pytest.mark.parametrize("length", [1, 143, 145, 287])
def test_wrong_length(length):
    with pytest.raises(Refused, match=f"{length} bytes are not a whole row of q4_k"):
        decode(bytes(length), "q4_k")
    with pytest.raises(Refused, match="256 columns take 144 bytes"):
        decode(bytes(length), "q4_k", columns=256)


def test_a_header_of_rows_is_counted():
    form = spec("iq4_ks")
    assert form.header_bytes == 4 and form.row_bytes(512) == 276
    assert decode(bytes(276), "iq4_ks").shape == (512,)
    assert decode(bytes(280), "iq4_ks", columns=256).shape == (2, 256)
    with pytest.raises(Refused, match="a header of 4 bytes, then blocks of 136 bytes"):
        decode(bytes(136), "iq4_ks")


def test_interleaved_rows():
    form = spec("q4_0_r8")
    raw = bytes(form.row_bytes(64) * 8)
    assert decode(raw, "q4_0_r8", columns=64).shape == (8, 64)
    assert decode(numpy.frombuffer(raw, numpy.uint8).reshape(8, -1), "q4_0_r8").shape == (8, 64)
    with pytest.raises(BadArgument, match="say how many columns"):
        decode(raw, "q4_0_r8")
    with pytest.raises(Refused, match="7 rows of q4_0_r8 are not whole groups of 8"):
        decode(raw[: 7 * form.row_bytes(64)], "q4_0_r8", columns=64)


@pytest.mark.parametrize("columns", [0, -256, 100, 1 << 63, 1 << 64, 256 + (1 << 64), 1 << 200])
def test_columns_that_no_row_has(columns):
    with pytest.raises(BadArgument, match="rows of q4_k have a multiple of 256 weights"):
        decode(bytes(144), "q4_k", columns=columns)


def test_columns_larger_than_the_input():
    with pytest.raises(Refused, match="not whole rows"):
        decode(bytes(144), "q4_k", columns=1 << 50)
    with pytest.raises(BadArgument, match="whole number"):
        decode(bytes(144), "q4_k", columns=256.0)
    assert decode(bytes(144), "q4_k", columns=numpy.int64(256)).shape == (1, 256)


def test_arrays_of_numbers_are_blocks_only_of_their_own_type():
    numbers = {"f32": "<f4", "f16": "<f2", "f64": "<f8", "i8": "i1", "i32": "<i4"}
    for name, dtype in numbers.items():
        values = numpy.arange(-3, 5, dtype=numpy.float64).astype(dtype)
        assert (decode(values, name) == values).all()
    with pytest.raises(BadArgument, match="does not hold blocks of q4_k"):
        decode(numpy.zeros(36, numpy.float32), "q4_k")
    with pytest.raises(BadArgument, match="big-endian"):
        decode(numpy.zeros(4, ">f4"), "f32")
    for wrong in ("text", 5, None, object(), [1.5], numpy.zeros(4, complex), numpy.uint8(3)):
        with pytest.raises(BadArgument):
            decode(wrong, "q4_k")


def test_out_is_checked(blocks):
    expected = decode(blocks, "q4_k")
    out = numpy.empty((4, 512), numpy.float32)
    assert decode(blocks, "q4_k", out=out) is out and (out == expected).all()
    frozen = numpy.empty((4, 512), numpy.float32)
    frozen.flags.writeable = False
    shared = numpy.zeros(2048, numpy.float32)
    for wrong, said in (
        (numpy.empty(2048, numpy.float32), "the shape is"),
        (numpy.empty((4, 512), numpy.float64), "not a float32 array"),
        (numpy.empty((4, 512), ">f4"), "byte order"),
        (numpy.empty((512, 4), numpy.float32).T, "not contiguous"),
        (frozen, "read-only"),
        (bytearray(8192), "bytearray"),
    ):
        with pytest.raises(BadArgument, match=said):
            decode(blocks, "q4_k", out=wrong)
    with pytest.raises(BadArgument, match="shares memory"):
        decode(shared.view(numpy.uint8)[:144], "q4_k", out=shared[:256])


@pytest.mark.parametrize("name", ["", "nope", "q4_k ", "q3_k_hifi@r99", "ü" * 100])
def test_unknown_types(name):
    with pytest.raises(UnknownName, match="no type is named"):
        decode(bytes(144), name)


@pytest.mark.parametrize("name", ["q4_k\0", "\0", "\ud800", b"q4_k", None, 12, ["q4_k"]])
def test_names_that_are_no_names(name):
    with pytest.raises(BadArgument, match="type"):
        decode(bytes(144), name)


def test_each_type_decodes_or_says_that_it_does_not():
    for form in types():
        raw = bytes(form.row_bytes(form.weights) * form.interleave)
        if form.decodes:
            shape = (form.interleave, form.weights)
            assert decode(raw, form.name, columns=form.weights).shape == shape
        else:
            with pytest.raises(Unsupported):
                decode(raw, form.name, columns=form.weights)


def test_a_round_trip_is_stable(weights):
    for form in types():
        if form.encodes and form.decodes:
            importances = numpy.ones(512, numpy.float32)
            once = decode(encode(weights, form.name, importances=importances), form.name)
            assert once.shape == weights.shape and numpy.isfinite(once).all()
