"""The structures of hifi.h, member for member."""

from __future__ import annotations

import ctypes


class CError(ctypes.Structure):
    _fields_ = [("status", ctypes.c_int32), ("message", ctypes.c_char * 1020)]


class CType(ctypes.Structure):
    _fields_ = [
        ("name", ctypes.c_char * 48),
        ("weights", ctypes.c_uint32),
        ("bytes", ctypes.c_uint32),
        ("header_bytes", ctypes.c_uint32),
        ("interleave", ctypes.c_uint32),
        ("decodes", ctypes.c_uint32),
        ("encodes", ctypes.c_uint32),
        ("multiplies", ctypes.c_uint32),
        ("reserved", ctypes.c_uint32 * 5),
    ]


class CProduct(ctypes.Structure):
    _fields_ = [
        ("exact", ctypes.c_double),
        ("bound", ctypes.c_double),
        ("magnitude", ctypes.c_double),
    ]


class CVerdict(ctypes.Structure):
    _fields_ = [
        ("status", ctypes.c_int32),
        ("gaps", ctypes.c_uint32),
        ("errors", ctypes.c_uint64),
        ("warnings", ctypes.c_uint64),
        ("notes", ctypes.c_uint64),
    ]


class CVector(ctypes.Structure):
    _fields_ = [
        ("id", ctypes.c_char_p),
        ("type", ctypes.c_char_p),
        ("why", ctypes.c_char_p),
        ("kind", ctypes.c_int),
        ("level", ctypes.c_int32),
        ("blocks", ctypes.c_void_p),
        ("mask", ctypes.c_void_p),
        ("bytes", ctypes.c_size_t),
        ("weights", ctypes.c_void_p),
        ("count", ctypes.c_size_t),
        ("columns", ctypes.c_size_t),
        ("importances", ctypes.c_void_p),
    ]
