"""The pytest fixture `hifi_suite`: puts a function to the conformance suite.

    def test_my_kernel(hifi_suite):
        hifi_suite.decode(my_decode, types=["q4_k", "q3_k_hifi@*"])

It stands beside the package, so that other sessions of pytest do not import that and numpy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from hifi_conformance import Suite


@pytest.fixture(scope="session")
def hifi_suite() -> Suite:
    """The conformance suite: `.decode(function)` and `.encode(function)`; see `Suite`."""
    from hifi_conformance import Suite

    return Suite()
