"""Proofs that the decoding kernels give, for every block, what the declarations in Spec say."""
