from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

from hifi_conformance import _command, _native

HIFI = Path(sysconfig.get_path("scripts")) / "hifi"


def run(*arguments, **options):
    return subprocess.run([HIFI, *arguments], capture_output=True, text=True, **options)


def test_statuses_are_the_commands_own(model, vectors, tmp_path):
    assert run("--version").stdout.startswith("hifi 0.1.0")
    assert run("verify", model).returncode == 0
    assert run("verify", vectors / "gguf" / "p01-nan-scale.gguf").returncode == 1
    assert run("verify", vectors / "gguf" / "h01-magic.gguf").returncode == 2
    assert run("nonsense").returncode == 64
    assert run("verify", tmp_path / "missing").returncode == 74


def test_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "hifi_conformance", "--version"], capture_output=True, text=True
    )
    assert done.returncode == 0 and done.stdout == run("--version").stdout


def test_arguments_arrive_as_they_are(tmp_path):
    done = run("verify", os.fsdecode(b"/no\xff/such"), "", errors="replace")
    assert done.returncode in (64, 74)
    assert "naïve ‘x’" in run("verify", "/naïve ‘x’").stderr


def test_a_reader_that_goes_away(model):
    """Python ignores SIGPIPE; the command must not inherit that."""
    command = subprocess.Popen([HIFI, "inspect", model], stdout=subprocess.PIPE)
    command.stdout.close()
    assert command.wait() == -signal.SIGPIPE


def test_a_command_that_is_missing(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(_native, "COMMAND", tmp_path / "hifi")
    previous = {one: signal.getsignal(one) for one in (signal.SIGPIPE, signal.SIGXFSZ)}
    try:
        with pytest.raises(SystemExit) as left:
            _command.main()
    finally:
        for one, handler in previous.items():
            signal.signal(one, handler)
    assert left.value.code == 69
    assert "cannot run" in capsys.readouterr().err


def test_a_quick_part_of_the_suite(vectors, tmp_path):
    done = run(
        "conformance", "--vectors", vectors, "--filter", "format:q4_k", "--filter", "kind:decode",
        cwd=tmp_path,
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_nothing_is_writeable_by_others():
    assert shutil.which("hifi", path=str(HIFI.parent))
    assert os.access(_native.COMMAND, os.X_OK)
    assert not _native.COMMAND.stat().st_mode & 0o022
