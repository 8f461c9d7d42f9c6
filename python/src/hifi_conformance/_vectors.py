"""The cases of the conformance suite."""

from __future__ import annotations

import ctypes
import threading
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Optional

import numpy

from . import _native
from ._arrays import Bytes, Floats
from ._errors import BadArgument, Status, Unreadable, error_of
from ._library import call, library
from ._structures import CVector
from ._text import Path, path_bytes

KINDS = ("decode", "encode")
LEVELS = ("required", "recommended", "optional")


@dataclass(frozen=True, eq=False)
class Vector:
    """A question and its answer. The arrays are read-only copies, so they stay valid."""

    id: str
    type: str
    why: str
    """Why the case is there."""
    kind: str
    """"decode" or "encode"."""
    level: str
    """"required", "recommended" or "optional"."""
    columns: int
    """Weights of a row."""
    blocks: Optional[Bytes]
    """The input of decoding, the answer of encoding; None where encoding must be refused."""
    mask: Optional[Bytes]
    """Where this is 0 the encoded byte may have any value; None if all bytes count."""
    weights: Floats
    """(rows, columns): the answer of decoding, where a NaN stands for any NaN; else the input."""
    importances: Optional[Floats]
    """(columns,), for encoding."""

    @property
    def must_be_refused(self) -> bool:
        """Whether the only right answer is a refusal."""
        return self.blocks is None


class Vectors:
    """Iterates once over the cases of a folder, by default those of this package.

    Use it in a `with` statement, or close it. Several threads may take cases from one iterator;
    each case goes to one of them.
    Raises Unreadable where a folder has no vectors, or where a file of them was changed.
    """

    def __init__(self, folder: Optional[Path] = None) -> None:
        self._handle: Optional[ctypes.c_void_p] = None
        self._lock = threading.Lock()
        if folder is None:
            if not _native.VECTORS.is_dir():
                raise Unreadable(
                    f"this installation has no vectors in {_native.VECTORS}; name a folder"
                )
            folder = _native.VECTORS
        handle = ctypes.c_void_p()
        call(library().hifi_vectors_open, path_bytes(folder), ctypes.byref(handle))
        self._handle = handle

    def __iter__(self) -> Vectors:
        return self

    def __next__(self) -> Vector:
        with self._lock:
            if self._handle is None:
                raise BadArgument("the vectors are closed; open them again")
            one = CVector()
            status = library().hifi_vectors_next(self._handle, ctypes.byref(one))
            if status == Status.END:
                raise StopIteration
            if status != Status.OK:
                raise error_of(status, "the next case cannot be read")
            return _copied(one)

    def close(self) -> None:
        """Releases the vectors. Calling it again does nothing."""
        with self._lock:
            handle, self._handle = self._handle, None
            if handle is not None:
                library().hifi_vectors_close(handle)

    @property
    def closed(self) -> bool:
        return self._handle is None

    def __enter__(self) -> Vectors:
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def __del__(self) -> None:
        # The lock is missing if the constructor did not get that far.
        if hasattr(self, "_lock"):
            self.close()


def _copied(one: CVector) -> Vector:
    weights = _copy(one.weights, one.count * 4, numpy.float32)
    assert weights is not None
    weights = weights.reshape(-1, one.columns)
    weights.flags.writeable = False
    return Vector(
        id=one.id.decode(),
        type=one.type.decode(),
        why=one.why.decode(),
        kind=KINDS[one.kind],
        level=LEVELS[one.level],
        columns=one.columns,
        blocks=_copy(one.blocks, one.bytes, numpy.uint8),
        mask=_copy(one.mask, one.bytes, numpy.uint8),
        weights=weights,
        importances=_copy(one.importances, one.columns * 4, numpy.float32),
    )


def _copy(address: Optional[int], size: int, dtype: Any) -> Any:
    """A read-only array of `size` bytes at an address; None for NULL."""
    if address is None:
        return None
    # The array keeps the bytes, which are immutable.
    return numpy.frombuffer(ctypes.string_at(address, size), dtype)
