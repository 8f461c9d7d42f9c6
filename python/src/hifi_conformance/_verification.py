"""Verifies files."""

from __future__ import annotations

import ctypes

from ._library import call_for_text, library
from ._report import Report, report_of
from ._structures import CVerdict
from ._text import Path, path_bytes

_HEADER_ONLY = 1


def verify(path: Path, *, header_only: bool = False) -> Report:
    """Verifies a GGUF file, a folder of models, or a split set, named by one of its parts.

    header_only: look at the header and where data lies, not at the data, which is then a gap.
    Raises BadArgument for a path that the library cannot take, Unreadable if there is no report.
    """
    verdict = CVerdict()
    text = call_for_text(
        library().hifi_file_verify,
        path_bytes(path),
        _HEADER_ONLY if header_only else 0,
        None,
        None,
        ctypes.byref(verdict),
    )
    return report_of(text, verdict.status, verdict.errors, verdict.warnings, verdict.notes)
