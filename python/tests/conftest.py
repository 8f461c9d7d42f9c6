from __future__ import annotations

from pathlib import Path

import numpy
import pytest

import hifi_conformance
from hifi_conformance import _native

pytest_plugins = ["pytester"]


@pytest.fixture(scope="session")
def vectors() -> Path:
    return _native.VECTORS


@pytest.fixture(scope="session")
def model(vectors: Path) -> Path:
    return vectors / "models" / "tiny-qwen3-q3_k_hifi-r6.gguf"


@pytest.fixture(scope="session")
def weights() -> numpy.ndarray:
    """Four rows of 512 weights, with a few large ones."""
    values = numpy.random.default_rng(7).standard_normal((4, 512)).astype(numpy.float32)
    values[:, ::97] *= 8
    return values


@pytest.fixture(scope="session")
def blocks(weights: numpy.ndarray) -> numpy.ndarray:
    """The same as Q4_K: four rows of 288 bytes."""
    return hifi_conformance.encode(weights, "q4_k")
