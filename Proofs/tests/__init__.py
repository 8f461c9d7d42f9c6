"""Tests of the prover itself."""
