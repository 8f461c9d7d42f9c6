from __future__ import annotations

import numpy
import pytest

from hifi_conformance import BadArgument, UnknownName, decode, encode


def test_the_library_passes(hifi_suite):
    result = hifi_suite.decode(lambda type, data: decode(data, type), level="optional")
    assert sum(result.applied.values()) > 9000 and not result.failed and not result.skipped
    result = hifi_suite.encode(
        lambda type, weights, importances: encode(weights, type, importances=importances),
        level="optional",
    )
    assert sum(result.applied.values()) > 800 and not result.failed


def test_other_forms_of_a_right_answer(hifi_suite):
    def other_nan(type, data):
        weights = decode(data, type)
        weights.view(numpy.uint32)[numpy.isnan(weights)] = 0xFFC12345
        return weights

    chosen = {"types": ["q8_0", "q3_k_hifi@r1*"], "level": "optional"}
    hifi_suite.decode(other_nan, **chosen)
    hifi_suite.decode(lambda type, data: decode(data, type).astype(numpy.float64), **chosen)
    hifi_suite.decode(lambda type, data: decode(data, type).astype(">f4"), **chosen)
    hifi_suite.decode(lambda type, data: decode(data, type).tolist(), **chosen)
    hifi_suite.decode(lambda type, data: decode(data, type).reshape(-1, 8), **chosen)
    hifi_suite.encode(
        lambda type, weights, importances: encode(weights, type).tobytes(), types="q8_0"
    )


def test_one_wrong_bit(hifi_suite):
    def wrong(type, data):
        weights = decode(data, type)
        if type == "q4_0" and len(weights) > 40:
            weights.view(numpy.uint32)[40] ^= 1
        return weights

    with pytest.raises(AssertionError) as caught:
        hifi_suite.decode(wrong, types=["q4_0", "q8_0"])
    lines = str(caught.value).splitlines()
    assert lines[0].startswith("decode: ") and "2 types" in lines[0]
    assert lines[1].split()[0] == "q4_0" and lines[1].split()[2] == "of"
    assert "weight 40: expected " in str(caught.value) and "1 of " in str(caught.value)
    assert "q8_0" not in "".join(lines[1:])
    assert len(lines) < 15


def test_wrong_answers_are_named(hifi_suite):
    for function, said in (
        (lambda type, data: decode(data, type)[1:], "31 weights, expected 32"),
        (lambda type, data: None, "not of numbers"),
        (lambda type, data: "text", "not of numbers"),
        (lambda type, data: [[1], [2, 3]], "the answer is (no array|.*object)"),
        (lambda type, data: decode(data, type).astype(float) + 1e-12, "which is no fp32"),
        (lambda type, data: -decode(data, type), "expected "),
        (lambda type, data: 1 / 0, "raised ZeroDivisionError: division by zero"),
    ):
        with pytest.raises(AssertionError, match=said):
            hifi_suite.decode(function, types="q8_0")
    for function, said in (
        (lambda type, weights, importances: b"", "0 bytes, expected 68"),
        (lambda type, weights, importances: None, "NoneType, not bytes"),
        (lambda type, weights, importances: bytes(34 * weights.size // 32), "byte "),
    ):
        with pytest.raises(AssertionError, match=said):
            hifi_suite.encode(function, types="q8_0")


def test_a_refusal_that_is_missing(hifi_suite):
    def never_refuses(type, weights, importances):
        ones = numpy.ones_like(importances) if importances is not None else None
        clean = numpy.nan_to_num(weights, nan=0, posinf=0, neginf=0)
        try:
            return encode(clean, type, importances=importances)
        except Exception:
            return encode(clean * 0, type, importances=numpy.ones(weights.shape[1], "f4"))

    with pytest.raises(AssertionError, match="expected a refusal"):
        hifi_suite.encode(never_refuses, types="iq2_xs", level="optional")


def test_what_is_not_done_is_skipped_and_counted(hifi_suite):
    def only_q8_0(type, data):
        if type != "q8_0":
            raise NotImplementedError
        return decode(data, type)

    result = hifi_suite.decode(only_q8_0)
    assert list(result.applied) == ["q8_0"] and len(result.skipped) > 50
    assert "skipped by NotImplementedError" in str(result)
    with pytest.raises(AssertionError, match="no case applied of: q4_0"):
        hifi_suite.decode(only_q8_0, types=["q8_0", "q4_0"])


def test_nothing_tested_is_a_failure(hifi_suite):
    def nothing(*_):
        raise NotImplementedError

    with pytest.raises(AssertionError, match="no case applied, so nothing was tested"):
        hifi_suite.decode(nothing)
    with pytest.raises(AssertionError, match="nothing was tested"):
        hifi_suite.encode(nothing, types="iq4_ks")
    with pytest.raises(AssertionError, match=r"no case applied of: q9\*"):
        hifi_suite.decode(nothing, types="q9*")


def test_questions_that_make_no_sense(hifi_suite):
    with pytest.raises(BadArgument, match="level is one of"):
        hifi_suite.decode(lambda *_: 0, level="all")
    with pytest.raises(BadArgument, match="the list is empty"):
        hifi_suite.decode(lambda *_: 0, types=[])
    with pytest.raises(UnknownName):
        hifi_suite.decode(lambda *_: 0, types=["q4_k", "nope"])


def test_an_interrupt_is_no_failure_of_a_case(hifi_suite):
    def interrupted(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        hifi_suite.decode(interrupted)


def test_the_fixture_in_a_session_of_its_own(pytester):
    pytester.makepyfile(
        """
        from hifi_conformance import decode

        def test_right(hifi_suite):
            hifi_suite.decode(lambda type, data: decode(data, type), types="q4_*")

        def test_wrong(hifi_suite):
            hifi_suite.decode(lambda type, data: decode(data, type) + 1, types="q4_k")
        """
    )
    result = pytester.runpytest_subprocess("-p", "no:cacheprovider")
    result.assert_outcomes(passed=1, failed=1)
    result.stdout.fnmatch_lines(["*AssertionError: decode: * of * cases failed*", "E*weight 0: *"])
    assert "_suite.py" not in result.stdout.str()


def test_sessions_without_the_fixture_load_nothing(pytester):
    pytester.makepyfile(
        """
        import sys

        def test_nothing():
            assert "pytest_hifi" in sys.modules and "hifi_conformance" not in sys.modules
        """
    )
    pytester.runpytest_subprocess("-p", "no:cacheprovider").assert_outcomes(passed=1)
