"""Where the compiled parts of this package lie."""

from __future__ import annotations

from pathlib import Path

FOLDER = Path(__file__).resolve().parent / "native"
COMMAND = FOLDER / "bin" / "hifi"
LIBRARY = FOLDER / "lib" / "libhifi.so.1"
VECTORS = FOLDER / "share" / "hifi" / "Vectors"
