"""What can go wrong."""

from __future__ import annotations

import enum


class Status(enum.IntEnum):
    """The library's statuses, as in hifi.h."""

    OK = 0
    BAD_ARGUMENT = 1
    UNKNOWN = 2
    UNSUPPORTED = 3
    REFUSED = 4
    UNREADABLE = 5
    END = 6
    INTERNAL = 7


class HifiError(Exception):
    """Anything that goes wrong here. `status` says of what kind it is."""

    status: Status = Status.INTERNAL


class BadArgument(HifiError, ValueError):
    """An argument that cannot be right: a wrong length, dtype or shape, a path that is not text."""

    status = Status.BAD_ARGUMENT


class UnknownName(HifiError, LookupError):
    """No type is named so."""

    status = Status.UNKNOWN


class Unsupported(HifiError, NotImplementedError):
    """The type is known, and this cannot be done with it."""

    status = Status.UNSUPPORTED


class Refused(HifiError, ValueError):
    """Input that is refused: a weight that is not finite, blocks that are not whole."""

    status = Status.REFUSED


class Unreadable(HifiError, OSError):
    """A file that cannot be read."""

    status = Status.UNREADABLE


class Internal(HifiError, RuntimeError):
    """A fault of the library."""

    status = Status.INTERNAL


class LibraryError(HifiError, ImportError):
    """The library is missing, cannot be loaded, or does not fit this package."""

    status = Status.UNREADABLE


_CLASSES = {
    Status.BAD_ARGUMENT: BadArgument,
    Status.UNKNOWN: UnknownName,
    Status.UNSUPPORTED: Unsupported,
    Status.REFUSED: Refused,
    Status.UNREADABLE: Unreadable,
    Status.INTERNAL: Internal,
}


def error_of(status: int, message: str) -> HifiError:
    """The exception for a status that a function of the library returned."""
    try:
        known = Status(status)
    except ValueError:
        return Internal(f"status {status}, which this package does not know: {message}")
    return _CLASSES.get(known, Internal)(message)
