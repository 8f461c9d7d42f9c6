"""Reads reports of `hifi verify --format json` and `hifi conformance --format json`, and says no more than they do.

A report is looked at closely: what is missing, of another kind or in contradiction to the rest makes it broken, and nothing is concluded.
"""

import json

LIMIT = 256 << 20
AREAS = ("container", "blocks", "architecture", "tokenizer", "label", "digests", "parts")
VERDICTS = ("conforming", "findings", "unsupported", "malformed")
LEVELS = ("required", "recommended", "optional")
OUTCOMES = ("pass", "fail", "skip", "xfail", "xpass", "error", "crash", "timeout", "unstable", "not-run")


class Broken(Exception):
    """A text that is no report of these two commands, or one that contradicts itself."""


def load(path):
    """The report in a file; its first word is "verify" or "conformance"."""
    with open(path, "rb") as file:
        data = file.read(LIMIT + 1)
    if len(data) > LIMIT:
        raise Broken("it has more than 256 MiB")
    if not data.strip():
        raise Broken("it is empty; write one with --format json")
    try:
        report = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_constant)
    except Broken:
        raise
    except (ValueError, RecursionError) as error:
        raise Broken(f"it is not JSON ({_first_line(error)})") from None
    if not isinstance(report, dict):
        raise Broken("it is not a JSON object")
    if isinstance(report.get("error"), dict):
        raise Broken(f"the command failed: {report['error'].get('message')}")
    if "$schema" in report or "runs" in report:
        raise Broken("it is SARIF; --format json is needed")
    if "files" in report and "failures" in report:
        return "verify", Verification(report)
    if "levels" in report and "conforming" in report:
        return "conformance", Conformance(report)
    raise Broken("it is no report of hifi verify or hifi conformance; write one with --format json")


def _once(pairs):
    if len({key for key, _ in pairs}) != len(pairs):
        raise Broken("an object has the same key twice")
    return dict(pairs)


def _no_constant(name):
    raise Broken(f"{name} is no number of JSON")


def _first_line(error):
    return str(error).splitlines()[0] if str(error) else type(error).__name__


def _get(place, key, kind, where):
    value = place.get(key) if isinstance(place, dict) else None
    fits = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
    if not fits or (kind is int and value < 0):
        raise Broken(f"{where} has no proper {key}")
    return value


def _among(value, known, where):
    if value not in known:
        raise Broken(f"{where} is {value!r}, which is not known")
    return value


def counted(number, word):
    """1 error, 2 errors."""
    return f"{number} {word}" + ("" if number == 1 else "s")


class File:
    """What a report says of one file."""

    def __init__(self, entry, index):
        where = f"files[{index}]"
        self.path = _get(entry, "path", str, where)
        self.verdict = _among(_get(entry, "verdict", str, where), VERDICTS, f"the verdict of {where}")
        counts = _get(entry, "counts", dict, where)
        for name in ("errors", "warnings", "notes", "silenced", "known", "lowered", "raised"):
            setattr(self, name, _get(counts, name, int, f"counts of {where}"))
        self.findings = _get(entry, "findings", list, where)
        coverage = _get(entry, "coverage", dict, where)
        states, self.gaps = {}, []
        for item in _get(coverage, "items", list, f"coverage of {where}"):
            area = _among(_get(item, "area", str, f"coverage of {where}"), AREAS, f"an area of {where}")
            state = _get(item, "state", str, f"coverage of {where}")
            states[area] = _among(state, ("checked", "partly", "unchecked", "absent"), f"{area} of {where}")
            # That there is no manifest is no gap; one that covers a part is.
            if state in ("partly", "unchecked"):
                self.gaps.append(area)
        missing = [area for area in AREAS if area not in states]
        if missing:
            raise Broken(f"coverage of {where} says nothing of {', '.join(missing)}")
        for kind in _get(coverage, "types", list, f"coverage of {where}"):
            unseen = _get(kind, "bySizeOnly", int, f"a type of {where}") + _get(kind, "notLookedAt", int, f"a type of {where}")
            if unseen and "blocks" not in self.gaps:
                self.gaps.append("blocks")
        if states["container"] == "absent":
            raise Broken(f"coverage of {where} knows no container")
        if _get(coverage, "isFull", bool, f"coverage of {where}") != (not self.gaps):
            raise Broken(f"coverage of {where} contradicts itself on whether everything was checked")
        if self.verdict == "conforming" and self.errors + self.warnings:
            raise Broken(f"{where} is conforming and has errors or warnings")
        if self.verdict != "conforming" and not self.errors + self.warnings:
            raise Broken(f"{where} is {self.verdict} without an error or a warning")
        self.has_digests = states["digests"] == "checked"

    @property
    def words(self):
        """The verdict as the command line has it, without the policy."""
        if self.verdict == "conforming" and self.gaps:
            return "conforming as far as checked"
        return self.verdict


class Verification:
    """A report of `hifi verify`."""

    def __init__(self, report):
        self.profile = _among(_get(report, "profile", str, "the report"), ("spec", "runtime"), "the profile")
        self.files = [File(entry, index) for index, entry in enumerate(_get(report, "files", list, "the report"))]
        self.failures = []
        for entry in _get(report, "failures", list, "the report"):
            self.failures.append((_get(entry, "file", str, "a failure"), _get(entry, "message", str, "a failure")))
        if not self.files and not self.failures:
            raise Broken("it is about no file")
        self.has_policy = "policy" in report
        if not self.has_policy and any(file.silenced + file.known + file.lowered for file in self.files):
            raise Broken("findings are silenced without a policy")

    def sum(self, name):
        """One of the counts, over all files."""
        return sum(getattr(file, name) for file in self.files)

    def number(self, *verdicts):
        """How many files have one of the verdicts."""
        return sum(file.verdict in verdicts for file in self.files)

    @property
    def gaps(self):
        """Areas that were not checked in full in some file, in the order of the report."""
        return [area for area in AREAS if any(area in file.gaps for file in self.files)]

    @property
    def verdict(self):
        """The worst of all files, in words."""
        if self.failures:
            return "unreadable"
        for verdict in ("malformed", "unsupported", "findings"):
            if self.number(verdict):
                return verdict
        words = "conforming under a policy" if self.has_policy else "conforming"
        if self.gaps:
            words += (", " if self.has_policy else " ") + "as far as checked"
        return words

    def badge(self):
        """Message and colour. Green is the plain verdict alone: by the specification, everything checked, without a policy."""
        total = len(self.files) + len(self.failures)
        if self.number("malformed"):
            return _share(self.number("malformed"), total, "malformed"), "red"
        if self.sum("errors") and self.number("findings"):
            return ", ".join(counted(self.sum(name), name[:-1]) for name in ("errors", "warnings") if self.sum(name)), "red"
        if self.failures:
            return _share(len(self.failures), total, "unreadable"), "lightgrey"
        if self.number("unsupported"):
            return _share(self.number("unsupported"), total, "unsupported"), "lightgrey"
        if self.sum("warnings"):
            return counted(self.sum("warnings"), "warning"), "orange"
        message = self.verdict + (f" (not all of {', '.join(self.gaps)})" if self.gaps else "")
        if self.profile == "runtime":
            message += ", by profile runtime"
        if self.files and all(file.has_digests for file in self.files):
            message += ", digests compared"
        if total > 1:
            message = f"{total} files {message}"
        return message, "yellow" if self.gaps or self.has_policy or self.profile != "spec" else "brightgreen"


def _share(number, total, word):
    return word if total == 1 else f"{number} of {total} files {word}"


class Conformance:
    """A report of `hifi conformance`."""

    def __init__(self, report):
        self.conforming = _get(report, "conforming", bool, "the report")
        self.suite = _get(report, "suite", str, "the report")
        self.system = _get(report, "system", str, "the report")
        self.applicable = _get(report, "applicable", int, "the report")
        self.omitted = _get(report, "omitted", int, "the report")
        self.shortfalls = _get(report, "shortfalls", list, "the report")
        self.diagnoses = _get(report, "diagnoses", list, "the report")
        self.level = _among(_get(report, "level", str, "the report"), LEVELS, "the level")
        self.levels = {}
        for entry in _get(report, "levels", list, "the report"):
            name = _among(_get(entry, "level", str, "a level"), LEVELS, "a level")
            keys = ("cases", "applicable", "passed", "failed", "expectedFailures")
            self.levels[name] = {key: _get(entry, key, int, f"level {name}") for key in keys}
        if set(self.levels) != set(LEVELS):
            raise Broken("it does not have each level once")
        self._compare(_get(report, "results", list, "the report"))

    def _compare(self, results):
        """Whether the sums are those of the cases that are listed."""
        outcomes = {(level, outcome): 0 for level in LEVELS for outcome in OUTCOMES}
        for entry in results:
            level = _among(_get(entry, "level", str, "a result"), LEVELS, "the level of a result")
            outcomes[level, _among(_get(entry, "outcome", str, "a result"), OUTCOMES, "an outcome")] += 1
        for level, sums in self.levels.items():
            told = [sum(outcomes[level, outcome] for outcome in OUTCOMES), outcomes[level, "pass"], outcomes[level, "xfail"]]
            if told != [sums["cases"], sums["passed"], sums["expectedFailures"]]:
                raise Broken(f"the sums of level {level} are not those of its cases")
        if self.sum("applicable") != self.applicable:
            raise Broken("the levels have another number of applicable cases than the report")
        # A crash, a hang or a broken answer counts at every level; a wrong answer down to the level asked for.
        bad = sum(outcomes[level, outcome] for level in LEVELS for outcome in ("crash", "timeout"))
        bad += sum(outcomes[level, "fail"] for level in LEVELS[: LEVELS.index(self.level) + 1])
        if self.conforming and (bad or self.shortfalls or not self.applicable):
            raise Broken("it is conforming and has failures, or nothing was tested")

    def sum(self, key):
        """One of the sums, over all levels."""
        return sum(level[key] for level in self.levels.values())

    @property
    def counted_failures(self):
        """Failures down to the level that was asked for."""
        return sum(self.levels[name]["failed"] for name in LEVELS[: LEVELS.index(self.level) + 1])

    @property
    def verdict(self):
        """Whether it conforms, in words."""
        if not self.applicable:
            return "nothing was tested"
        return "conforms" if self.conforming else "does not conform"

    def badge(self):
        """Message and colour. Green: every case was put, and no failure down to recommended cases is expected or left out."""
        cases = self.sum("cases") + self.omitted
        if not self.applicable:
            return "nothing was tested", "lightgrey"
        applying = f"{self.applicable} of {cases} cases apply"
        if not self.conforming:
            failing = self.counted_failures
            words = f"{counted(failing, 'case')} fail{'s' if failing == 1 else ''}" if failing else "does not conform"
            return f"{words}, {applying}", "red"
        parts = [f"conforms: {self.sum('passed')} pass, {applying}"]
        uncounted = {name: self.levels[name]["failed"] for name in LEVELS[LEVELS.index(self.level) + 1 :]}
        parts += [f"{number} {name} fail" for name, number in uncounted.items() if number]
        if self.sum("expectedFailures"):
            parts.append(f"{self.sum('expectedFailures')} fail as expected")
        if self.omitted:
            parts.append(f"{self.omitted} not chosen")
        plain = not (self.omitted or self.sum("expectedFailures") or uncounted.get("recommended"))
        return ", ".join(parts), "brightgreen" if plain else "yellow"
