"""Finds and loads the C library, and calls it."""

from __future__ import annotations

import ctypes
import functools
import os
from ctypes import POINTER, c_char_p, c_double, c_float, c_int32, c_size_t, c_uint32, c_void_p
from typing import Any, Callable

from . import _native
from ._errors import LibraryError, error_of
from ._structures import CError, CProduct, CType, CVector, CVerdict

ABI_VERSION = 1
ENVIRONMENT = "HIFI_LIBRARY"

_error = POINTER(CError)
_json = POINTER(c_void_p)
_SIGNATURES: dict[str, tuple[Any, list[Any]]] = {
    "hifi_version": (c_char_p, []),
    "hifi_type_count": (c_size_t, []),
    "hifi_type_at": (c_int32, [c_size_t, POINTER(CType)]),
    "hifi_type_named": (c_int32, [c_char_p, POINTER(CType), _error]),
    "hifi_type_json": (c_int32, [c_char_p, _json, _error]),
    "hifi_blocks_decode": (
        c_int32,
        [c_char_p, c_void_p, c_size_t, c_size_t, c_void_p, c_size_t, _error],
    ),
    "hifi_blocks_encode": (
        c_int32,
        [c_char_p, c_void_p, c_size_t, c_size_t, c_void_p, c_void_p, c_size_t, _error],
    ),
    "hifi_row_dot": (
        c_int32,
        [c_char_p, c_void_p, c_size_t, c_void_p, c_size_t, POINTER(CProduct), _error],
    ),
    "hifi_file_verify": (
        c_int32,
        [c_char_p, c_uint32, c_void_p, c_void_p, POINTER(CVerdict), _json, _error],
    ),
    "hifi_file_identify": (c_int32, [c_char_p, _json, _error]),
    "hifi_free": (None, [c_void_p]),
    "hifi_vectors_open": (c_int32, [c_char_p, POINTER(c_void_p), _error]),
    "hifi_vectors_next": (c_int32, [c_void_p, POINTER(CVector)]),
    "hifi_vectors_close": (None, [c_void_p]),
}

assert ctypes.sizeof(c_float) == 4 and ctypes.sizeof(c_double) == 8


@functools.lru_cache(maxsize=1)
def library() -> ctypes.CDLL:
    """The library, loaded on the first call. Raises LibraryError."""
    path = os.environ.get(ENVIRONMENT) or str(_native.LIBRARY)
    if not os.path.exists(path):
        raise LibraryError(
            f"there is no library {path}; install a wheel of hifi-conformance for this platform, "
            f"or name the library by {ENVIRONMENT}"
        )
    try:
        loaded = ctypes.CDLL(path)
        loaded.hifi_abi_version.restype = c_uint32
        loaded.hifi_abi_version.argtypes = []
        abi = loaded.hifi_abi_version()
    except (OSError, AttributeError) as error:
        raise LibraryError(f"{path} cannot be loaded as libhifi: {error}") from error
    if abi != ABI_VERSION:
        raise LibraryError(
            f"{path} has ABI version {abi}, and this package needs {ABI_VERSION}; "
            f"install the version of hifi-conformance that belongs to it, or unset {ENVIRONMENT}"
        )
    for name, (result, arguments) in _SIGNATURES.items():
        try:
            function = getattr(loaded, name)
        except AttributeError as error:
            raise LibraryError(f"{path} is too old: it has no {name}") from error
        function.restype = result
        function.argtypes = arguments
    return loaded


def version() -> str:
    """The version of the library and of the specification in it."""
    text: bytes = library().hifi_version()
    return text.decode()


def call(function: Callable[..., int], *arguments: Any) -> None:
    """Calls a function whose last parameter is an error. Raises the HifiError that it tells."""
    error = CError()
    status = function(*arguments, ctypes.byref(error))
    if status != 0:
        raise error_of(status, error.message.decode("utf-8", "replace"))


def call_for_text(function: Callable[..., int], *arguments: Any) -> str:
    """The same for a function that makes a text, which is released here."""
    text = c_void_p()
    call(function, *arguments, ctypes.byref(text))
    try:
        return ctypes.string_at(text.value or 0).decode("utf-8")
    finally:
        library().hifi_free(text)
