"""Tells what a file's types mean."""

from __future__ import annotations

import json as _json
from dataclasses import dataclass, field
from typing import Any, Optional

from ._errors import BadArgument, Unreadable
from ._library import call_for_text, library
from ._text import Path, path_bytes


@dataclass(frozen=True)
class Reader:
    """A program, and what it makes of the file."""

    id: str
    title: str
    outcome: str
    """"right", "refuses", … as in the JSON of `hifi identify`."""
    reasons: tuple[str, ...]


@dataclass(frozen=True)
class Identification:
    """What a file's types mean, who may have made it and who reads it right."""

    file: str
    headline: str
    confidence: str
    """"certain", "likely", … or "none"."""
    dialect: Optional[str]
    dialects: tuple[str, ...]
    """All dialects that explain the file."""
    formats: tuple[Optional[str], ...]
    """For each tensor, in the file's order, the name of its type here; None if not known."""
    readers: tuple[Reader, ...]
    json: str = field(repr=False)
    """All of it, as `hifi identify --format json` prints it."""


def identify(path: Path) -> Identification:
    """Tells what the types of one file mean.

    Raises BadArgument if the path stands for several files, Unreadable.
    """
    found = identify_all(path)
    if len(found) != 1:
        raise BadArgument(f"{path!r} stands for {len(found)} files; use identify_all")
    return found[0]


def identify_all(path: Path) -> tuple[Identification, ...]:
    """The same for a folder of models or a split set.

    Raises Unreadable if one of the files cannot be read.
    """
    text = call_for_text(library().hifi_file_identify, path_bytes(path))
    found = _json.loads(text)
    for one in found:
        if "error" in one:
            raise Unreadable(one["error"])
    return tuple(_identification(one) for one in found)


def _identification(said: dict[str, Any]) -> Identification:
    inner = said["identification"]
    return Identification(
        file=said["file"],
        headline=inner["headline"],
        confidence=inner["confidence"],
        dialect=inner.get("dialect"),
        dialects=tuple(inner["dialects"]),
        formats=tuple(inner["tensorFormats"]),
        readers=tuple(
            Reader(one["reader"], one["title"], one["outcome"], tuple(one["reasons"]))
            for one in inner["readers"]
        ),
        json=_json.dumps(said, indent=2, ensure_ascii=False),
    )
