from __future__ import annotations

import json
import os
import shutil

import pytest

from hifi_conformance import BadArgument, Outcome, Unreadable, identify, identify_all, verify


def test_a_conforming_file(model):
    report = verify(model)
    assert report.status is Outcome.CONFORMING and report.conforms and report.is_full
    assert report.verdict == str(report) == "conforming"
    assert (report.errors, report.warnings, report.gaps) == (0, 0, ())
    assert len(report.findings) == report.notes > 0
    subnormal = next(one for one in report.findings if one.rule == "CONTENT-09")
    assert subnormal.location.tensor == "token_embd.weight" and subnormal.location.block == 0
    assert json.loads(report.json)["files"][0]["path"] == str(model)
    assert hash(report) == hash(verify(model)) and report == verify(str(model))


def test_what_was_not_checked_is_not_conforming(model):
    report = verify(model, header_only=True)
    assert report.status is Outcome.CONFORMING
    assert not report.conforms and not report.is_full and report.conforms_as_far_as_checked
    assert [gap.area for gap in report.gaps] == ["blocks"]
    assert report.verdict.startswith("conforming as far as checked: blocks: data not examined")


def test_a_report_has_no_truth_value(model):
    report = verify(model, header_only=True)
    with pytest.raises(TypeError, match="conforms_as_far_as_checked"):
        if report:
            pass


def test_findings_and_malformed_files(vectors):
    report = verify(vectors / "gguf" / "p01-nan-scale.gguf")
    assert report.status is Outcome.FINDINGS and report.errors == 1 and not report.conforms
    error = next(one for one in report.findings if one.severity == "error")
    assert (error.rule, error.clause) == ("CONTENT-01", "Q41-03")
    where = error.location
    assert (where.tensor, where.row, where.block, where.field, where.offset) == (
        "blk.0.ffn_up.weight", 18, 1, "d", 18820,
    )
    assert "tensor blk.0.ffn_up.weight, row 18, block 1, field d, byte 18820" in str(error)
    assert report.verdict == "findings: 1 error"
    warned = verify(vectors / "gguf" / "l02-trailing.gguf")
    assert warned.status is Outcome.FINDINGS and not warned.conforms_as_far_as_checked
    assert warned.verdict == "findings: 1 warning"
    broken = verify(vectors / "gguf" / "h01-magic.gguf")
    assert broken.status is Outcome.MALFORMED and broken.gaps and not broken.is_full
    assert broken.verdict.startswith("malformed: 1 error; not all checked: container:")


def test_all_damaged_files_have_a_report(vectors):
    for file in sorted((vectors / "gguf").glob("*.gguf")):
        report = verify(file)
        counts = {"error": 0, "warning": 0, "note": 0}
        for finding in report.findings:
            counts[finding.severity] += 1
        if not any(one.omitted for one in report.files):
            assert tuple(counts.values()) == (report.errors, report.warnings, report.notes)
        counted = report.errors + report.warnings
        assert report.conforms_as_far_as_checked == (counted == 0)
        assert not report.conforms or report.is_full
        assert identify_all(file)


def test_a_folder(vectors, tmp_path):
    report = verify(vectors / "gguf")
    assert len(report.files) > 50 and report.status is Outcome.MALFORMED
    with pytest.raises(BadArgument, match="use identify_all"):
        identify(vectors / "gguf")
    assert len(identify_all(vectors / "gguf")) == len(report.files)
    with pytest.raises(Unreadable):
        verify(tmp_path)


def test_a_file_that_cannot_be_read_hides_no_other(model, tmp_path):
    (tmp_path / "good.gguf").write_bytes(model.read_bytes())
    (tmp_path / "gone.gguf").symlink_to("nowhere")
    report = verify(tmp_path)
    assert len(report.files) == 1 and len(report.failures) == 1
    with pytest.raises(Unreadable, match="gone"):
        identify_all(tmp_path)


def test_a_folder_with_a_file_that_cannot_be_read(vectors, model, tmp_path):
    shutil.copy(model, tmp_path / "right.gguf")
    (tmp_path / "gone.gguf").symlink_to(tmp_path / "nowhere")
    report = verify(tmp_path)
    assert report.status is Outcome.UNREADABLE and len(report.files) == 1
    assert not report.is_full and not report.conforms_as_far_as_checked
    assert report.failures[0].file.endswith("gone.gguf") and report.verdict.startswith("unreadable")
    assert "in other files" not in report.verdict
    shutil.copy(vectors / "gguf" / "p01-nan-scale.gguf", tmp_path)
    assert "; in other files 1 error" in verify(tmp_path).verdict


def test_a_missing_file(tmp_path):
    for function in (verify, identify):
        with pytest.raises(Unreadable, match="No such file"):
            function(tmp_path / "missing.gguf")
        with pytest.raises(OSError):
            function(tmp_path / "missing.gguf")


def test_a_file_without_permission(model, tmp_path):
    copy = tmp_path / "closed.gguf"
    shutil.copy(model, copy)
    copy.chmod(0)
    if os.access(copy, os.R_OK):
        pytest.skip("this user may read everything")
    with pytest.raises(Unreadable, match="ermission denied"):
        verify(copy)


@pytest.mark.parametrize("path", ["a\0b", b"a\0b", "\0", "\ud800", "", b"", 5, None, ["x"]])
def test_paths_that_are_no_paths(path):
    with pytest.raises(BadArgument, match="path|name"):
        verify(path)


def test_names_of_files(model, tmp_path):
    for name in ("naïve 模型.gguf", "line\nbreak.gguf", "red\x1b[31m.gguf", "'quoted\".gguf"):
        copy = tmp_path / name
        shutil.copy(model, copy)
        report = verify(copy)
        assert report.conforms and report == verify(os.fsencode(copy))
        assert report.files[0].path == str(copy)
        assert all(str(finding).isprintable() for finding in report.findings)
    other = os.fsencode(tmp_path) + b"/latin-\xe9.gguf"
    shutil.copy(model, other)
    for path in (other, os.fsdecode(other)):
        with pytest.raises(BadArgument, match="not UTF-8.*rename the file"):
            verify(path)


def test_addresses_and_devices_are_not_read():
    with pytest.raises(Unreadable, match="download it first"):
        verify("https://127.0.0.1:1/model.gguf")
    with pytest.raises(Unreadable, match="device"):
        verify("/dev/null")


def test_identification(model):
    found = identify(model)
    assert found.confidence == "certain" and found.dialect == "fork-2025-12-22"
    assert found.formats.count("q3_k_hifi@r6") == 8 and len(found.formats) == 68
    assert {reader.id: reader.outcome for reader in found.readers}["upstream-today"] == "refuses"
    assert json.loads(found.json)["identification"]["headline"] == found.headline
