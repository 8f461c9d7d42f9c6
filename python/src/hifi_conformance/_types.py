"""Types of blocks, and what the specification says of them."""

from __future__ import annotations

import ctypes
import functools
import json as _json
import operator
import sys
from dataclasses import dataclass, field
from typing import Any

from ._errors import BadArgument, Refused, error_of
from ._library import call, call_for_text, library
from ._structures import CType
from ._text import name_bytes


@dataclass(frozen=True)
class Field:
    """A member of a block: `count` numbers of `type` in `bytes` bytes at `offset`."""

    name: str
    type: str
    offset: int
    count: int
    bytes: int


@dataclass(frozen=True)
class Check:
    """What verification asks of a field."""

    field: str
    kind: str
    clause: str
    severity: str


@dataclass(frozen=True)
class Clause:
    """A sentence of the specification."""

    id: str
    topic: str
    text: str


@dataclass(frozen=True)
class Type:
    """A type of blocks."""

    name: str
    """The name that all functions take: "q4_k", "q3_k_hifi@r6"."""
    title: str
    aliases: tuple[str, ...]
    weights: int
    """Weights of a block. A row is a whole number of blocks."""
    bytes: int
    """Bytes of a block."""
    header_bytes: int
    """Bytes in front of the blocks of each row; nearly always 0."""
    interleave: int
    """Rows whose blocks are interleaved; 1 where each stands for itself."""
    decodes: bool
    encodes: bool
    multiplies: bool
    fields: tuple[Field, ...]
    header_fields: tuple[Field, ...]
    checks: tuple[Check, ...]
    clauses: tuple[Clause, ...]
    json: str = field(repr=False)
    """All that the library says, as it says it."""

    def row_bytes(self, columns: int) -> int:
        """Bytes of a row of so many weights. Raises BadArgument if no row has as many."""
        columns = self.checked_columns(columns)
        return self.header_bytes + columns // self.weights * self.bytes

    def columns(self, row_bytes: int) -> int:
        """Weights of a row of so many bytes. Raises Refused if that is no whole row."""
        blocks, rest = divmod(row_bytes - self.header_bytes, self.bytes)
        if rest or blocks < 0:
            raise Refused(
                f"{row_bytes} bytes are not a whole row of {self.name}: "
                f"{self.header_text()}blocks of {self.bytes} bytes"
            )
        return blocks * self.weights

    def checked_columns(self, columns: int) -> int:
        """`columns` as an int. Raises BadArgument if rows cannot have as many weights."""
        try:
            columns = operator.index(columns)
        except TypeError as error:
            raise BadArgument(f"columns is a whole number, not {columns!r}") from error
        if columns <= 0 or columns % self.weights or columns > sys.maxsize // 8:
            raise BadArgument(
                f"rows of {self.name} have a multiple of {self.weights} weights, not {columns}"
            )
        return columns

    def header_text(self) -> str:
        """What stands before the blocks of a row, for messages."""
        return f"a header of {self.header_bytes} bytes, then " if self.header_bytes else ""


def spec(type: str) -> Type:
    """What the specification says of a type.

    type: a name or an alias ("q3_k_hifi" is its newest revision).
    Raises UnknownName, BadArgument.
    """
    if not isinstance(type, str):
        name_bytes(type)
    return _spec(type)


@functools.lru_cache(maxsize=None)
def types() -> tuple[Type, ...]:
    """All types, in the order of the specification."""
    found = []
    for index in range(library().hifi_type_count()):
        one = CType()
        status = library().hifi_type_at(index, ctypes.byref(one))
        if status != 0:
            raise error_of(status, f"no type at index {index}")
        found.append(spec(one.name.decode()))
    return tuple(found)


@functools.lru_cache(maxsize=512)
def _spec(type: str) -> Type:
    name = name_bytes(type)
    sizes = CType()
    call(library().hifi_type_named, name, ctypes.byref(sizes))
    text = call_for_text(library().hifi_type_json, name)
    said = _json.loads(text)
    return Type(
        name=sizes.name.decode(),
        title=said["title"],
        aliases=tuple(said["aliases"]),
        weights=sizes.weights,
        bytes=sizes.bytes,
        header_bytes=sizes.header_bytes,
        interleave=sizes.interleave,
        decodes=bool(sizes.decodes),
        encodes=bool(sizes.encodes),
        multiplies=bool(sizes.multiplies),
        fields=_fields(said["fields"]),
        header_fields=_fields(said["headerFields"]),
        checks=tuple(
            Check(one["field"], one["kind"], one["clause"], one["severity"])
            for one in said["checks"]
        ),
        clauses=tuple(Clause(one["id"], one["topic"], one["text"]) for one in said["clauses"]),
        json=text,
    )


def _fields(said: list[dict[str, Any]]) -> tuple[Field, ...]:
    return tuple(
        Field(one["name"], one["type"], one["offset"], one["count"], one["bytes"]) for one in said
    )
