"""What verification found, and how far it looked."""

from __future__ import annotations

import enum
import json as _json
from dataclasses import dataclass, field
from typing import Any, Optional


class Outcome(enum.IntEnum):
    """The exit status of `hifi verify`."""

    CONFORMING = 0
    """No errors and no warnings in what was checked. Alone it does not say that all was."""
    FINDINGS = 1
    MALFORMED = 2
    UNREADABLE = 74


@dataclass(frozen=True)
class Location:
    """Where something is. What does not apply is None.

    Names are as in the file, whatever characters they have; `str` gives a printable line.
    """

    file: Optional[str] = None
    tensor: Optional[str] = None
    key: Optional[str] = None
    row: Optional[int] = None
    block: Optional[int] = None
    field: Optional[str] = None
    index: Optional[int] = None
    offset: Optional[int] = None
    """Byte in the file."""

    def __str__(self) -> str:
        names = ("tensor", "key", "row", "block", "field", "index")
        parts = [self.file] if self.file is not None else []
        parts += [f"{name} {value}" for name in names if (value := getattr(self, name)) is not None]
        if self.offset is not None:
            parts.append(f"byte {self.offset}")
        return printable(", ".join(parts))


@dataclass(frozen=True)
class Finding:
    """One thing that verification has to say."""

    rule: str
    severity: str
    """"error", "warning" or "note"."""
    kind: str
    """"damaged", "unsupported" or "suspicious"."""
    message: str
    location: Location
    """The first occurrence."""
    count: int
    """Occurrences of this kind."""
    examples: tuple[Location, ...]
    """The next few."""
    clause: Optional[str]
    expected: Optional[str]
    found: Optional[str]
    advice: Optional[str]

    def __str__(self) -> str:
        return printable(f"{self.severity} {self.rule} {self.location}: {self.message}")


@dataclass(frozen=True)
class Gap:
    """An area that was not, or not wholly, checked."""

    file: str
    area: str
    """"container", "blocks", "architecture", "tokenizer", "label", "digests" or "parts"."""
    state: str
    """"partly" or "unchecked"."""
    reason: str

    def __str__(self) -> str:
        return printable(f"{self.file}: {self.area}: {self.reason}")


@dataclass(frozen=True)
class Failure:
    """A file of which nothing was concluded."""

    file: str
    message: str


@dataclass(frozen=True)
class FileReport:
    """One file of a report."""

    path: str
    verdict: str
    """"conforming", "findings", "unsupported" or "malformed", of what was checked."""
    dialect: Optional[str]
    findings: tuple[Finding, ...]
    gaps: tuple[Gap, ...]
    omitted: int
    """Findings that are counted, but not listed."""


@dataclass(frozen=True)
class Report:
    """What verification found.

    `conforms` is True only if everything was checked and nothing is wrong. Where something was not
    checked, `conforms` is False, `conforms_as_far_as_checked` is True and `gaps` says what is
    missing. A report has no truth value: ask for one of these.
    """

    status: Outcome
    files: tuple[FileReport, ...]
    failures: tuple[Failure, ...]
    errors: int
    warnings: int
    notes: int
    json: str = field(repr=False)
    """The report as `hifi verify --format json` prints it, without digests."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """The findings of all files, in the order of the report."""
        return tuple(finding for file in self.files for finding in file.findings)

    @property
    def gaps(self) -> tuple[Gap, ...]:
        """What was not checked in any of the files."""
        return tuple(gap for file in self.files for gap in file.gaps)

    @property
    def is_full(self) -> bool:
        """Whether everything was checked, but digests, which need a manifest."""
        return bool(self.files) and not self.gaps and not self.failures

    @property
    def conforms(self) -> bool:
        """Whether everything was checked, and there are no errors and no warnings."""
        return self.conforms_as_far_as_checked and self.is_full

    @property
    def conforms_as_far_as_checked(self) -> bool:
        """Whether what was checked has no errors and no warnings; `gaps` says what was not."""
        return self.status is Outcome.CONFORMING

    @property
    def verdict(self) -> str:
        """The verdict as one line of text, with its limits."""
        limits = "; ".join(dict.fromkeys(f"{gap.area}: {gap.reason}" for gap in self.gaps))
        limits = printable(limits)
        if self.status is Outcome.CONFORMING:
            return f"conforming as far as checked: {limits}" if limits else "conforming"
        name = self.status.name.lower()
        counted = [(self.errors, "error"), (self.warnings, "warning")]
        count = ", ".join(f"{n} {what}{'' if n == 1 else 's'}" for n, what in counted if n)
        if self.status is Outcome.UNREADABLE:
            unread = printable("; ".join(failure.message for failure in self.failures))
            count = unread + (f"; in other files {count}" if count else "")
        return f"{name}: {count}" + (f"; not all checked: {limits}" if limits else "")

    def __str__(self) -> str:
        return self.verdict

    def __bool__(self) -> bool:
        raise TypeError(
            "a report has no truth value: ask .conforms (all was checked, and nothing is wrong) or "
            ".conforms_as_far_as_checked (and .gaps, which says what was not checked)"
        )


def printable(text: str) -> str:
    """The text with anything that could upset a terminal as an escape."""
    if text.isprintable():
        return text
    return "".join(
        one if one.isprintable() else one.encode("unicode_escape").decode() for one in text
    )


def report_of(text: str, status: int, errors: int, warnings: int, notes: int) -> Report:
    """A report from its JSON and its counts."""
    said = _json.loads(text)
    return Report(
        status=Outcome(status),
        files=tuple(_file(file) for file in said["files"]),
        failures=tuple(Failure(one["file"], one["message"]) for one in said["failures"]),
        errors=errors,
        warnings=warnings,
        notes=notes,
        json=text,
    )


def _file(said: dict[str, Any]) -> FileReport:
    path = said["path"]
    items = said.get("coverage", {}).get("items")
    return FileReport(
        path=path,
        verdict=said["verdict"],
        dialect=said.get("dialect"),
        findings=tuple(_finding(one) for one in said["findings"]),
        gaps=_gaps(path, items),
        omitted=said["counts"]["omitted"],
    )


def _gaps(path: str, items: Optional[list[dict[str, Any]]]) -> tuple[Gap, ...]:
    if items is None:
        return (Gap(path, "container", "unchecked", "the report does not say what was checked"),)
    # A state that is not known here counts as a gap: more must not be claimed than was checked.
    return tuple(
        Gap(path, item["area"], item["state"], item.get("reason", item["what"]))
        for item in items
        if item["state"] not in ("checked", "absent")
    )


def _finding(said: dict[str, Any]) -> Finding:
    return Finding(
        rule=said["rule"],
        severity=said["severity"],
        kind=said["kind"],
        message=said["message"],
        location=_location(said["location"]),
        count=said["count"],
        examples=tuple(_location(one) for one in said["examples"]),
        clause=said.get("clause"),
        expected=said.get("expected"),
        found=said.get("found"),
        advice=said.get("advice"),
    )


def _location(said: dict[str, Any]) -> Location:
    names = ("file", "tensor", "key", "row", "block", "field", "index", "offset")
    return Location(**{name: said[name] for name in names if name in said})
