"""Names and paths as the library takes them."""

from __future__ import annotations

import os
from typing import Union

from ._errors import BadArgument

Path = Union[str, bytes, "os.PathLike[str]", "os.PathLike[bytes]"]


def name_bytes(name: str) -> bytes:
    """A type's name. Raises BadArgument if it is no text, or has a zero byte."""
    if not isinstance(name, str):
        raise BadArgument(f"a type is given by its name, a str, not {type(name).__name__}")
    try:
        return _without_zero(name.encode("utf-8"), "a type's name")
    except UnicodeEncodeError as error:
        raise BadArgument(f"a type's name is not text: {error}") from error


def path_bytes(path: Path) -> bytes:
    """A path as the system writes it. Raises BadArgument if the library cannot take it."""
    try:
        raw = os.fsencode(path)
    except TypeError as error:
        raise BadArgument(f"a path is a str, bytes or os.PathLike: {error}") from error
    except UnicodeEncodeError as error:
        raise BadArgument(f"no file can have the name {path!r}: {error}") from error
    if not raw:
        raise BadArgument("the path is empty; name a file or a folder")
    try:
        raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise BadArgument(
            f"the path {path!r} is not UTF-8, which the library needs; "
            "rename the file, or link to it by another name"
        ) from error
    return _without_zero(raw, f"the path {path!r}")


def _without_zero(raw: bytes, what: str) -> bytes:
    if b"\0" in raw:
        raise BadArgument(f"{what} has a zero byte in it")
    return raw
