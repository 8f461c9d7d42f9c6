from __future__ import annotations

import numpy
import pytest

from hifi_conformance import BadArgument, HifiError, Product, Unsupported, decode, dot


def test_a_product_is_near_that_of_the_weights(weights, blocks):
    product = dot(blocks[0], "q4_k", weights[1])
    plain = float(decode(blocks[0], "q4_k").astype(numpy.float64) @ weights[1])
    assert abs(product.exact - plain) < 0.05 * product.magnitude
    assert 0 < product.bound < 1e-4 * product.magnitude
    assert product.allows(numpy.float32(product.exact))
    assert not product.allows(product.exact + 2 * product.bound)
    assert not product.allows(float("nan"))
    assert dot(blocks[0].tobytes(), "q4_k", weights[1].astype(">f4")) == product


def test_products_that_are_not_finite():
    nan = Product(float("nan"), float("nan"), float("nan"))
    assert nan.allows(float("nan")) and not nan.allows(1.0)
    infinite = Product(float("inf"), 0.0, float("inf"))
    assert infinite.allows(float("inf")) and not infinite.allows(-float("inf"))


def test_lengths_and_kinds(weights, blocks):
    with pytest.raises(HifiError):
        dot(blocks[0], "q4_k", weights[0][:256])
    with pytest.raises(HifiError):
        dot(b"", "q4_k", weights[0][:0])
    with pytest.raises(BadArgument, match="one axis"):
        dot(blocks[0], "q4_k", weights)
    with pytest.raises(BadArgument, match="activations: float64"):
        dot(blocks[0], "q4_k", weights[0].astype(numpy.float64))
    with pytest.raises(Unsupported):
        dot(bytes(18 * 8), "q4_0_r8", weights[0][:32])
