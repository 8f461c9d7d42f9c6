from __future__ import annotations

import dataclasses
import json
import pickle
from importlib import metadata

import pytest

import hifi_conformance
from hifi_conformance import HifiError, Status, UnknownName, spec, types


def test_all_versions_are_one():
    expected = hifi_conformance.version()
    assert metadata.version("hifi-conformance") == expected
    assert hifi_conformance.__version__ == expected


def test_a_type_is_what_the_specification_says():
    form = spec("q3_k_hifi@r6")
    assert (form.weights, form.bytes, form.header_bytes, form.interleave) == (256, 134, 0, 1)
    assert form.decodes and form.encodes and form.multiplies
    assert [field.name for field in form.fields][-2:] == ["outlier_idx", "outlier_vals"]
    assert form.fields[-1].offset == 118 and form.fields[-1].bytes == 16
    assert form.checks[0].clause == "Q3K-08" and form.clauses[0].id == "R6-01"
    assert json.loads(form.json)["title"] == form.title
    assert form.columns(268) == 512 and form.row_bytes(512) == 268
    with pytest.raises(dataclasses.FrozenInstanceError):
        form.bytes = 1


def test_all_types_are_listed_and_found_by_each_name():
    assert len(types()) == len({form.name for form in types()}) > 100
    for form in types():
        for name in (form.name, *form.aliases):
            assert spec(name) == form
        assert hash(form) == hash(spec(form.name))


def test_errors_have_a_status_and_travel():
    with pytest.raises(UnknownName) as caught:
        spec("nope")
    assert caught.value.status is Status.UNKNOWN and isinstance(caught.value, LookupError)
    copied = pickle.loads(pickle.dumps(caught.value))
    assert str(copied) == str(caught.value) and copied.status is Status.UNKNOWN
    for one in HifiError.__subclasses__():
        assert str(one("message")) == "message"
