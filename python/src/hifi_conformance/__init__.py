"""Quantized blocks and GGUF files, decoded, encoded, multiplied and verified by one specification.

Everything here calls one C library, which holds no state: all functions may be called from any
thread, and other threads run meanwhile. Whatever goes wrong is a `HifiError`.
"""

from __future__ import annotations

from ._blocks import Product, decode, dot, encode
from ._errors import (
    BadArgument,
    HifiError,
    Internal,
    LibraryError,
    Refused,
    Status,
    UnknownName,
    Unreadable,
    Unsupported,
)
from ._identification import Identification, Reader, identify, identify_all
from ._library import version
from ._report import Failure, FileReport, Finding, Gap, Location, Outcome, Report
from ._suite import Suite, SuiteResult
from ._types import Check, Clause, Field, Type, spec, types
from ._vectors import Vector, Vectors
from ._verification import verify

__version__ = "0.1.0"

__all__ = [
    "BadArgument",
    "Check",
    "Clause",
    "Failure",
    "Field",
    "FileReport",
    "Finding",
    "Gap",
    "HifiError",
    "Identification",
    "Internal",
    "LibraryError",
    "Location",
    "Outcome",
    "Product",
    "Reader",
    "Refused",
    "Report",
    "Status",
    "Suite",
    "SuiteResult",
    "Type",
    "UnknownName",
    "Unreadable",
    "Unsupported",
    "Vector",
    "Vectors",
    "decode",
    "dot",
    "encode",
    "identify",
    "identify_all",
    "spec",
    "types",
    "verify",
    "version",
]
