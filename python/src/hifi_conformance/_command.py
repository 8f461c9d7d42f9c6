"""The command `hifi`: becomes the compiled one."""

from __future__ import annotations

import os
import signal
import sys
from typing import NoReturn

from . import _native

UNAVAILABLE = 69


def main() -> NoReturn:
    """Replaces this process by the compiled command, so that statuses and signals are its own."""
    path = str(_native.COMMAND)
    # Python ignores these signals, and the command would go on ignoring them.
    for name in ("SIGPIPE", "SIGXFSZ"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
    try:
        os.execv(path, [path, *sys.argv[1:]])
    except OSError as error:
        remedy = "install a wheel of hifi-conformance for this platform again"
        print(f"hifi: error: cannot run {path}: {error.strerror}; {remedy}", file=sys.stderr)
        sys.exit(UNAVAILABLE)


if __name__ == "__main__":
    main()
