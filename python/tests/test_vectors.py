from __future__ import annotations

import gc
import shutil
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from hifi_conformance import BadArgument, Unreadable, Vectors, decode, spec


def test_all_cases():
    with Vectors() as vectors:
        cases = list(vectors)
        assert next(vectors, None) is None
    assert vectors.closed and len(cases) > 10_000
    assert len({case.id for case in cases}) == len(cases)
    for case in cases:
        form = spec(case.type)
        rows = case.weights.shape[0]
        assert case.weights.shape == (rows, case.columns) and case.why
        if case.blocks is not None:
            assert case.blocks.size % form.bytes == form.header_bytes % form.bytes
        if case.kind == "decode":
            assert not case.must_be_refused and case.importances is None
        if case.importances is not None:
            assert case.importances.shape == (case.columns,)
    assert {case.level for case in cases} <= {"required", "recommended", "optional"}
    assert any(case.must_be_refused for case in cases) and any(
        case.mask is not None for case in cases
    )


def test_columns_are_those_of_a_row():
    with Vectors() as vectors:
        for case in vectors:
            if case.kind == "decode" and spec(case.type).header_bytes:
                assert decode(case.blocks, case.type, columns=case.columns).size


def test_arrays_outlive_the_vectors_and_are_read_only():
    with Vectors() as vectors:
        first = next(vectors)
        before = first.blocks.tobytes(), first.weights.tobytes()
        next(vectors)
    gc.collect()
    assert (first.blocks.tobytes(), first.weights.tobytes()) == before
    with pytest.raises(ValueError, match="read-only"):
        first.weights[0, 0] = 1
    with pytest.raises(ValueError, match="read-only"):
        first.blocks[0] = 1


def test_closing():
    vectors = Vectors()
    next(vectors)
    vectors.close()
    vectors.close()
    with pytest.raises(BadArgument, match="closed"):
        next(vectors)
    with pytest.raises(ValueError):
        list(vectors)
    with vectors:
        pass
    del vectors
    for _ in range(3):
        Vectors()  # Closed when it is collected.


def test_folders_without_vectors(tmp_path, vectors):
    for folder in (tmp_path, tmp_path / "missing", vectors / "README.md"):
        with pytest.raises(Unreadable, match="index.json"):
            Vectors(folder)
    for folder in ("", "a\0b", "\ud800", 7):
        with pytest.raises(BadArgument):
            Vectors(folder)


def test_changed_vectors(tmp_path, vectors):
    copy = tmp_path / "Vectors"
    shutil.copytree(vectors, copy, ignore=shutil.ignore_patterns("recorded", "models", "gguf"))
    file = copy / "decode" / "q4_k.json"
    file.write_text(file.read_text().replace("0", "1", 1))
    with pytest.raises(Unreadable, match="q4_k.json"):
        Vectors(copy)


def test_eight_threads_share_one_iterator():
    with Vectors() as vectors:
        expected = [case.id for case in vectors]
    barrier = threading.Barrier(8)

    def take(vectors):
        barrier.wait()
        return [(case.id, case.weights.tobytes()) for case in vectors]

    with Vectors() as vectors, ThreadPoolExecutor(8) as pool:
        taken = [ids for part in pool.map(take, [vectors] * 8) for ids, _ in part]
    assert sorted(taken) == sorted(expected)


def test_closing_while_others_read():
    for _ in range(5):
        vectors = Vectors()

        def read():
            try:
                return sum(1 for _ in vectors)
            except BadArgument:
                return -1

        with ThreadPoolExecutor(8) as pool:
            parts = [pool.submit(read) for _ in range(7)]
            pool.submit(vectors.close)
            assert all(part.result() is not None for part in parts)
