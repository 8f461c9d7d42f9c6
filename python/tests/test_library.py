from __future__ import annotations

import os
import shutil
import subprocess
import sys

import pytest

from hifi_conformance import _native

ASK = "import hifi_conformance as h; print(h.version())"


def ask(library):
    environment = {**os.environ, "HIFI_LIBRARY": str(library)}
    done = subprocess.run(
        [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True
    )
    return done.returncode, done.stdout + "".join(done.stderr.splitlines()[-1:])


def test_a_library_elsewhere(tmp_path):
    copy = tmp_path / "libhifi-copy.so"
    shutil.copy(_native.LIBRARY, copy)
    assert ask(copy)[0] == 0


def test_no_library(tmp_path):
    status, text = ask(tmp_path / "libhifi.so.1")
    assert status == 1 and "LibraryError: there is no library" in text and "HIFI_LIBRARY" in text


def test_something_else(tmp_path):
    (tmp_path / "text.so").write_text("no library")
    status, text = ask(tmp_path / "text.so")
    assert status == 1 and "cannot be loaded as libhifi" in text


@pytest.mark.skipif(shutil.which("cc") is None, reason="no C compiler")
def test_another_abi(tmp_path):
    source = tmp_path / "other.c"
    for code, said in (
        ("unsigned hifi_abi_version(void) { return 2; }", "has ABI version 2"),
        ("unsigned hifi_abi_version(void) { return 1; }", "is too old: it has no hifi_version"),
        ("int something_else;", "cannot be loaded as libhifi"),
    ):
        source.write_text(code)
        subprocess.run(
            ["cc", "-shared", "-fPIC", "-o", tmp_path / "other.so", source], check=True
        )
        status, text = ask(tmp_path / "other.so")
        assert status == 1 and said in text
