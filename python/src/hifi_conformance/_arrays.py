"""Buffers and arrays as the library takes them: contiguous, and copied only where they are not."""

from __future__ import annotations

from typing import Any

import numpy

from ._errors import BadArgument
from ._types import Type

Bytes = numpy.ndarray[Any, numpy.dtype[numpy.uint8]]
Floats = numpy.ndarray[Any, numpy.dtype[numpy.float32]]


def block_bytes(blocks: Any, type: Type) -> Bytes:
    """Blocks as an array of bytes whose last axis is bytes of rows.

    An array of numbers is taken only where the type's blocks are such numbers (f32, f16, i8, …).
    Raises BadArgument.
    """
    array = _as_array(blocks)
    size = array.dtype.itemsize
    if array.dtype.kind not in "iufS" or array.ndim == 0 or (array.dtype.kind == "S" and size != 1):
        raise BadArgument(
            f"blocks: {_kind(blocks)} is not a buffer of bytes; give bytes or a uint8 array"
        )
    if size > 1 and not (type.weights == 1 and type.bytes == size):
        raise BadArgument(
            f"blocks: an array of {array.dtype} does not hold blocks of {type.name}; "
            "if its bytes do, give array.view(numpy.uint8)"
        )
    if not array.dtype.isnative:
        raise BadArgument(
            f"blocks: an array of {array.dtype.str} is big-endian, and blocks are little-endian; "
            "give array.astype(array.dtype.newbyteorder('<'))"
        )
    if not array.flags.c_contiguous:
        array = numpy.ascontiguousarray(array)
    if size == 1 or array.size > 0:
        return array.view(numpy.uint8)
    return numpy.empty(array.shape[:-1] + (array.shape[-1] * size,), numpy.uint8)


def floats(values: Any, what: str) -> Floats:
    """Numbers as fp32. Only what converts without rounding is converted. Raises BadArgument."""
    array = _as_array(values)
    if array.dtype.kind not in "iuf" or array.ndim == 0:
        raise BadArgument(f"{what}: {_kind(values)} is not an array of numbers")
    if not numpy.can_cast(array.dtype, numpy.float32, "safe"):
        raise BadArgument(
            f"{what}: {array.dtype} may round when it becomes float32, which would change what is "
            "encoded; round yourself, by numpy.asarray(x, dtype=numpy.float32)"
        )
    return numpy.ascontiguousarray(array, dtype=numpy.float32)


def result_array(out: Any, shape: tuple[int, ...], inputs: Bytes) -> Floats:
    """`out` if it has the right form, or a new array if it is None. Raises BadArgument."""
    if out is None:
        try:
            return numpy.empty(shape, numpy.float32)
        except ValueError as error:
            raise BadArgument(f"no array can have the shape {shape}: {error}") from error
    if not isinstance(out, numpy.ndarray) or out.dtype != numpy.dtype(numpy.float32):
        raise BadArgument(f"out: {_kind(out)} is not a float32 array of this machine's byte order")
    if out.shape != shape:
        raise BadArgument(f"out: the shape is {out.shape}, and the weights have {shape}")
    if not out.flags.c_contiguous or not out.flags.writeable:
        raise BadArgument("out: the array is read-only or not contiguous; give one that is neither")
    if numpy.may_share_memory(out, inputs):
        raise BadArgument("out: the array shares memory with blocks; give another")
    return out


def _as_array(values: Any) -> numpy.ndarray[Any, Any]:
    if isinstance(values, numpy.ndarray):
        return values
    if isinstance(values, str):
        raise BadArgument("str is not a buffer of bytes or numbers")
    try:
        view = memoryview(values)
    except TypeError:
        pass
    else:
        return numpy.asarray(view)
    try:
        return numpy.asarray(values)
    except (TypeError, ValueError) as error:
        raise BadArgument(f"{type(values).__name__} is not an array: {error}") from error


def _kind(value: Any) -> str:
    if isinstance(value, numpy.ndarray):
        return f"an array of {value.dtype} and shape {value.shape}"
    return type(value).__name__
