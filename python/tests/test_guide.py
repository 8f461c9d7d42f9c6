"""Runs the examples of the guide, in order and in one namespace."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

HERE = Path(__file__).resolve().parent
PLACES = (HERE.parent / "python.md", HERE.parent.parent / "docs" / "guides" / "python.md")


def test_the_examples(vectors, pytester, monkeypatch):
    guide = next((place for place in PLACES if place.is_file()), None)
    assert guide is not None, "the guide is not where it is looked for"
    pytest.importorskip("gguf")
    monkeypatch.chdir(pytester.path)
    shutil.copy(vectors / "gguf" / "00-pristine.gguf", "model.gguf")
    snippets = re.findall(r"^```python\n(.*?)^```", guide.read_text(encoding="utf-8"), re.M | re.S)
    assert len(snippets) > 5
    namespace: dict = {}
    for snippet in snippets:
        name = re.match(r"# (test_\w+\.py)\n", snippet)
        if name:
            Path(name[1]).write_text(snippet, encoding="utf-8")
            result = pytester.runpytest_subprocess("-p", "no:cacheprovider", name[1])
            result.assert_outcomes(passed=1)
        else:
            exec(compile(snippet, str(guide), "exec"), namespace)
