"""Puts functions to the conformance suite."""

from __future__ import annotations

import fnmatch
import functools
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Callable, Optional, Union

import numpy

from ._arrays import Floats
from ._errors import BadArgument
from ._text import Path
from ._types import spec
from ._vectors import LEVELS, Vector, Vectors

Decoder = Callable[[str, bytes], Any]
Encoder = Callable[[str, Floats, Optional[Floats]], Any]
Types = Union[str, Iterable[str], None]

_SHOWN = 5


@dataclass(frozen=True)
class SuiteResult:
    """How a function did. Counts are by type."""

    operation: str
    level: str
    applied: Mapping[str, int]
    failed: Mapping[str, int]
    skipped: Mapping[str, int]
    """Cases for which the function raised NotImplementedError."""

    def __str__(self) -> str:
        applied, failed = sum(self.applied.values()), sum(self.failed.values())
        text = f"{self.operation}: {failed} of {applied} cases failed"
        text += f" (level {self.level}, {len(self.applied)} types"
        if self.skipped:
            text += f"; {sum(self.skipped.values())} skipped by NotImplementedError"
        return text + ")"


class Suite:
    """The conformance suite, for functions.

    folder: the vectors; by default those of this package. They are read when first needed.
    """

    def __init__(self, folder: Optional[Path] = None) -> None:
        self._folder = folder

    def decode(
        self, function: Decoder, types: Types = None, level: str = "required"
    ) -> SuiteResult:
        """Lets `function(type, bytes)` decode each case, and compares bit for bit.

        function: gives the weights as an array, of any shape. Numbers that are no fp32 are wrong;
            any NaN is right where a NaN is. NotImplementedError skips the case; any other
            exception is a failure of the case.
        types: names or patterns ("q3_k_hifi@*"), each of which must apply; None for all.
        level: the cases that count: "required", "recommended" (these too), "optional" (all).
        Raises AssertionError if a case fails, or if none applies.
        """
        __tracebackhide__ = True
        return self._run("decode", lambda case: _decode_problem(case, function), types, level)

    def encode(
        self, function: Encoder, types: Types = None, level: str = "required"
    ) -> SuiteResult:
        """Lets `function(type, weights, importances)` encode each case, and compares bytes.

        function: takes weights (rows, columns) and importances (columns,) or None, both
            read-only, and gives bytes or a uint8 array. Where weights must be refused it has to
            raise an exception other than NotImplementedError, which skips the case.
        types, level, and what is raised: as for decode.
        """
        __tracebackhide__ = True
        return self._run("encode", lambda case: _encode_problem(case, function), types, level)

    @functools.cached_property
    def _cases(self) -> tuple[Vector, ...]:
        with Vectors(self._folder) as vectors:
            return tuple(vectors)

    def _run(
        self,
        operation: str,
        problem_of: Callable[[Vector], Optional[str]],
        types: Types,
        level: str,
    ) -> SuiteResult:
        __tracebackhide__ = True
        if level not in LEVELS:
            raise BadArgument(f"level is one of {', '.join(LEVELS)}, not {level!r}")
        counted = LEVELS[: LEVELS.index(level) + 1]
        patterns = _patterns(types)
        applied: Counter[str] = Counter()
        failed: Counter[str] = Counter()
        skipped: Counter[str] = Counter()
        shown: list[str] = []
        for case in self._cases:
            if case.kind != operation or case.level not in counted:
                continue
            if not any(fnmatch.fnmatchcase(case.type, pattern) for pattern in patterns):
                continue
            try:
                problem = problem_of(case)
            except NotImplementedError:
                skipped[case.type] += 1
                continue
            applied[case.type] += 1
            if problem is not None:
                failed[case.type] += 1
                if len(shown) < _SHOWN:
                    shown.append(f"  {case.id}: {case.why}\n    {problem}")
        result = SuiteResult(operation, level, applied, failed, skipped)
        idle = [one for one in patterns if not fnmatch.filter(applied, one)]
        if failed or idle:
            raise AssertionError(_message(result, shown, idle if types is not None else []))
        return result


def _patterns(types: Types) -> list[str]:
    if types is None:
        return ["*"]
    named = [types] if isinstance(types, str) else list(types)
    if not named:
        raise BadArgument("types: the list is empty; name a type, or None for all")
    return [one if "*" in one or "?" in one else spec(one).name for one in named]


def _message(result: SuiteResult, shown: list[str], idle: list[str]) -> str:
    lines = [str(result)]
    if not result.applied:
        lines.append("  no case applied, so nothing was tested")
    if idle:
        lines.append(f"  no case applied of: {', '.join(idle)}")
    width = max(map(len, result.failed), default=0)
    for name, count in sorted(result.failed.items()):
        lines.append(f"  {name:{width}}  {count} of {result.applied[name]}")
    if shown:
        rest = sum(result.failed.values()) - len(shown)
        lines.append(f"the first {len(shown)}:" if rest else "they are:")
        lines += shown
    return "\n".join(lines)


def _decode_problem(case: Vector, function: Decoder) -> Optional[str]:
    assert case.blocks is not None
    try:
        answer = function(case.type, case.blocks.tobytes())
    except NotImplementedError:
        raise
    except Exception as error:
        return _raised(error)
    return _weights_problem(case.weights.reshape(-1), answer)


def _weights_problem(expected: Floats, answer: Any) -> Optional[str]:
    try:
        given = numpy.asarray(answer)
    except (TypeError, ValueError) as error:
        return f"the answer is no array: {error}"
    if given.dtype.kind not in "iuf":
        return f"the answer is an array of {given.dtype}, not of numbers"
    given = given.reshape(-1)
    if given.size != expected.size:
        return f"{given.size} weights, expected {expected.size}"
    with numpy.errstate(all="ignore"):
        actual = given.astype(numpy.float32)
        inexact = (actual != given) & ~((given != given) & (actual != actual))
    if inexact.any():
        index = int(inexact.argmax())
        return f"weight {index} of the answer is {given[index]!r}, which is no fp32"
    wrong = actual.view(numpy.uint32) != expected.view(numpy.uint32)
    wrong &= ~(numpy.isnan(actual) & numpy.isnan(expected))
    if not wrong.any():
        return None
    index = int(wrong.argmax())
    return (
        f"weight {index}: expected {_bits(expected[index])}, actual {_bits(actual[index])}; "
        f"{int(wrong.sum())} of {wrong.size} differ"
    )


def _encode_problem(case: Vector, function: Encoder) -> Optional[str]:
    try:
        answer = function(case.type, case.weights, case.importances)
    except NotImplementedError:
        raise
    except Exception as error:
        return None if case.must_be_refused else _raised(error)
    if case.blocks is None:
        return "expected a refusal (an exception), and there was an answer"
    try:
        actual = numpy.frombuffer(memoryview(answer).tobytes(), numpy.uint8)
    except TypeError:
        return f"the answer is {type(answer).__name__}, not bytes or a uint8 array"
    if actual.size != case.blocks.size:
        return f"{actual.size} bytes, expected {case.blocks.size}"
    wrong = actual != case.blocks
    if case.mask is not None:
        wrong &= case.mask != 0
    if not wrong.any():
        return None
    index = int(wrong.argmax())
    return (
        f"byte {index}: expected {case.blocks[index]:02x}, actual {actual[index]:02x}; "
        f"{int(wrong.sum())} of {wrong.size} differ"
    )


def _bits(value: numpy.float32) -> str:
    return f"{int(value.view(numpy.uint32)):08x} ({float(value):.9g})"


def _raised(error: Exception) -> str:
    text = str(error).strip().split("\n")[0][:200]
    return f"raised {type(error).__name__}" + (f": {text}" if text else "")
