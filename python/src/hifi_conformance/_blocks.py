"""Decodes, encodes and multiplies blocks."""

from __future__ import annotations

import ctypes
import math
from dataclasses import dataclass
from typing import Any, Optional

from ._arrays import Bytes, Floats, block_bytes, floats, result_array
from ._errors import BadArgument, Refused
from ._library import call, library
from ._structures import CProduct
from ._types import Type, spec

import numpy


@dataclass(frozen=True)
class Product:
    """A row times activations."""

    exact: float
    """The product of the row and the quantized activations, nearly exact (fp64)."""
    bound: float
    """What a kernel's fp32 result may differ from `exact` by."""
    magnitude: float
    """The sum of all terms' magnitudes."""

    def allows(self, result: float) -> bool:
        """Whether a kernel's result is within the bound, or is not finite where `exact` is not."""
        if math.isnan(self.exact) or math.isinf(self.exact):
            return result == self.exact or math.isnan(self.exact) and math.isnan(result)
        return abs(result - self.exact) <= self.bound


def decode(
    blocks: Any, type: str, *, columns: Optional[int] = None, out: Optional[Floats] = None
) -> Floats:
    """Decodes blocks to fp32, each bit as the specification says.

    blocks: any buffer (bytes, memoryview, mmap, a uint8 array). It is copied only if it is not
        contiguous. The last axis of an array of two or more is bytes of a row, as `gguf` has it.
    columns: weights of a row. Without it a buffer of one axis is one row.
    out: where to write, a float32 array of the result's shape.

    Returns (columns,) for one row, (rows, columns) where columns are given, and else the shape of
    blocks with columns as the last axis.
    Raises BadArgument, UnknownName, Unsupported, and Refused for blocks that are not whole.
    """
    form = spec(type)
    raw = block_bytes(blocks, form)
    columns, shape = _decoded_shape(raw, form, columns)
    result = result_array(out, shape, raw)
    call(
        library().hifi_blocks_decode,
        form.name.encode(),
        raw.ctypes.data,
        raw.nbytes,
        columns,
        result.ctypes.data,
        result.size,
    )
    return result


def encode(weights: Any, type: str, *, importances: Optional[Any] = None) -> Bytes:
    """Encodes weights as llama-quantize and the fork do, byte for byte.

    weights: numbers of shape (columns,) or (…, rows, columns). Numbers that would be rounded on
        their way to float32, such as float64, are refused.
    importances: (columns,) numbers, one for each column.

    Returns bytes: the shape of weights with bytes of a row as the last axis.
    Raises BadArgument, UnknownName, Unsupported, and Refused for what is not finite or too large,
    and where the type needs importances.
    """
    form = spec(type)
    values = floats(weights, "weights")
    columns = values.shape[-1] if values.shape != (0,) else form.weights
    shape = values.shape[:-1] + (form.row_bytes(columns),) if values.shape != (0,) else (0,)
    factors = None
    if importances is not None:
        factors = floats(importances, "importances")
        if factors.shape != (columns,):
            raise BadArgument(
                f"importances: the shape is {factors.shape}, and rows have {columns} columns"
            )
    result = numpy.empty(shape, numpy.uint8)
    call(
        library().hifi_blocks_encode,
        form.name.encode(),
        values.ctypes.data,
        values.size,
        columns,
        None if factors is None else factors.ctypes.data,
        result.ctypes.data,
        result.size,
    )
    return result


def dot(row: Any, type: str, activations: Any) -> Product:
    """One row times activations, which are quantized first as ggml does for this type.

    row: a buffer with the bytes of one row. activations: (columns,) numbers.
    Raises BadArgument, UnknownName, Unsupported, Refused.
    """
    form = spec(type)
    raw = block_bytes(row, form)
    values = floats(activations, "activations")
    if values.ndim != 1:
        raise BadArgument(f"activations: the shape is {values.shape}; give one axis")
    product = CProduct()
    call(
        library().hifi_row_dot,
        form.name.encode(),
        raw.ctypes.data,
        raw.nbytes,
        values.ctypes.data,
        values.size,
        ctypes.byref(product),
    )
    return Product(product.exact, product.bound, product.magnitude)


def _decoded_shape(
    raw: Bytes, form: Type, columns: Optional[int]
) -> tuple[int, tuple[int, ...]]:
    if columns is not None:
        columns = form.checked_columns(columns)
        row = form.row_bytes(columns)
        if raw.nbytes % row or (raw.ndim > 1 and raw.shape[-1] != row):
            raise Refused(
                f"blocks of shape {raw.shape} are not whole rows of {form.name}: "
                f"{columns} columns take {row} bytes"
            )
        rows = raw.nbytes // row
        shape = raw.shape[:-1] + (columns,) if raw.ndim > 1 else (rows, columns)
    elif raw.shape == (0,):
        return form.weights, (0,)
    else:
        if form.interleave > 1 and raw.ndim == 1:
            raise BadArgument(
                f"{form.name} interleaves {form.interleave} rows; say how many columns they have"
            )
        columns = form.columns(raw.shape[-1])
        rows = math.prod(raw.shape[:-1])
        shape = raw.shape[:-1] + (columns,)
    if rows % form.interleave:
        raise Refused(
            f"{rows} rows of {form.name} are not whole groups of {form.interleave} rows"
        )
    return columns, shape
