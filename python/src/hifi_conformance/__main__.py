"""`python -m hifi_conformance`: the same as `hifi`."""

from ._command import main

main()
