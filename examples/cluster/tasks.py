"""What the scripts of this folder share: the plan of a run, where its results lie, and when a result counts.

A run is a folder on storage that all machines share:

    plan.jsonl       the first line says what is done, each further line is a task
    results/         0007.json or 0007.manifest, what task 7 gave; a file that is there is whole
    failed/          0007.json, why task 7 failed last; gone when it succeeds
    tmp/             a folder for each attempt at work
    merged/          what `collect` makes of all results
"""

import hashlib
import json
import os
import re
import shlex
import sys

FORM = "hifi-cluster-plan 1"
HERE = os.path.dirname(os.path.realpath(__file__))
#: Slurm's arrays end below MaxArraySize, which is 1001 unless the cluster says otherwise.
ARRAY = 1000


class Problem(Exception):
    """One line that says what is wrong and what to do, and the exit status."""

    def __init__(self, text, status=64):
        super().__init__(text)
        self.status = status


def guarded(main):
    """Runs a script's main function; a problem is one line, whatever it quotes."""
    try:
        sys.exit(main())
    except Problem as problem:
        print(f"{os.path.basename(sys.argv[0])}: error: {printable(str(problem))}", file=sys.stderr)
        sys.exit(problem.status)
    except OSError as error:
        name = printable(os.fsdecode(error.filename)) if error.filename is not None else "the system"
        print(f"{os.path.basename(sys.argv[0])}: error: {name}: {error.strerror}", file=sys.stderr)
        sys.exit(74)


def printable(text):
    """File names come from strangers: control characters and broken bytes are shown as escapes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode() for c in text)


def program():
    """The tool: what HIFI names, else `hifi` on the path."""
    name = os.environ.get("HIFI") or "hifi"
    # It is started in the folder of the models.
    return os.path.abspath(name) if "/" in name else name


class Plan:
    """A plan that was read."""

    def __init__(self, run):
        self.run = os.path.abspath(run)
        try:
            with open(os.path.join(self.run, "plan.jsonl"), encoding="utf-8") as lines:
                head, *self.tasks = [json.loads(line) for line in lines]
            if head["form"] != FORM or len(self.tasks) != head["tasks"]:
                raise ValueError
            if [task["task"] for task in self.tasks] != list(range(1, len(self.tasks) + 1)):
                raise ValueError
        except FileNotFoundError:
            raise Problem(f"{run} has no plan.jsonl: name a folder that `plan` made") from None
        except (ValueError, KeyError, TypeError):
            raise Problem(f"{run}/plan.jsonl is no whole plan of this version: make it again by `plan`, in a new folder", 2) from None
        self.head, self.kind = head, head["kind"]
        self.models = os.path.abspath(os.environ.get("HIFI_MODELS") or head["models"])
        self.text = os.path.abspath(os.environ.get("HIFI_TEXT") or head["text"]) if "text" in head else None

    def task(self, number):
        """A task by its number, from 1."""
        if not 1 <= number <= len(self.tasks):
            raise Problem(f"task {number} was asked for; the plan has 1 to {len(self.tasks)}")
        return self.tasks[number - 1]

    def path(self, folder, task, ending="json"):
        """Where something of a task lies."""
        return os.path.join(self.run, folder, f"{task['task']:04}.{ending}")

    def result(self, task):
        """Where the result of a task lies."""
        return self.path("results", task, "manifest" if self.kind == "hash" else "json")

    def problem(self, task, path):
        """Why a file is no result of a task; None if it is one."""
        try:
            with open(path, "rb") as file:
                data = file.read()
        except FileNotFoundError:
            return "there is none"
        if self.kind == "hash":
            # `work` writes the last line, so that a file that was cut off is noticed.
            body, _, seal = data.rstrip(b"\n").rpartition(b"\n")
            return None if seal == b"# sha256 " + hashlib.sha256(body + b"\n").hexdigest().encode() else "it is cut off or changed"
        try:
            result = json.loads(data)
            if self.kind == "verify":
                verdicts = [file["verdict"] for file in result["files"]]
                return None if result["failures"] == [] and len(verdicts) == len(task["files"]) else "it has no verdict on each file"
            return self.record_problem(task, result)
        except (ValueError, KeyError, TypeError, IndexError):
            return "it is cut off or changed"

    def record_problem(self, task, record):
        """Why a record is not that of a task's chunks."""
        conditions, chunks = record["conditions"], [chunk["chunk"] for chunk in record["chunks"]]
        if record["kind"] != "hifi-perplexity" or "partial" in record:
            return "it is no whole record"
        for name, here, planned in [
            ("text", conditions["text"], self.head["textSHA256"]), ("context", conditions["context"], self.head["context"]),
            ("tokens", conditions["tokens"], task["tokens"]), ("bytes of the model", record["model"]["bytes"], task["bytes"]),
        ]:
            if here != planned:
                return f"its {name} are not those of the plan: {here}, planned {planned}"
        return None if chunks == list(range(task["first"], task["last"] + 1)) else "it has other chunks than the task"

    def missing(self):
        """Tasks without a valid result."""
        return [task for task in self.tasks if self.problem(task, self.result(task)) is not None]

    def name(self, task):
        """A task in words."""
        chunks = f", chunks {task['first']}..{task['last']}" if self.kind == "perplexity" else ""
        return f"task {task['task']} ({printable(task['file'])}{chunks})"


def write(path, data):
    """Writes a file so that it is there whole or not at all."""
    os.makedirs(os.path.dirname(path), exist_ok=True)
    beside = f"{path}.{os.uname().nodename}.{os.getpid()}"
    try:
        with open(beside, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(beside, path)
    except BaseException:
        if os.path.exists(beside):
            os.unlink(beside)
        raise


def ranges(numbers):
    """`3,7-9` for rising numbers."""
    spans = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1][1] = number
        else:
            spans.append([number, number])
    return ",".join(str(first) if first == last else f"{first}-{last}" for first, last in spans)


def numbers(text):
    """The numbers of `3,7-9`."""
    result = []
    for part in text.split(","):
        match = re.fullmatch(r"([0-9]{1,7})(?:-([0-9]{1,7}))?", part)
        if not match:
            raise Problem(f"{text!r} is no list of tasks: write it as 3,7-9")
        result += range(int(match[1]), int(match[2] or match[1]) + 1)
    return result


def commands(plan, tasks):
    """The lines that run these tasks, under each engine."""
    run, here = shlex.quote(plan.run), shlex.quote(HERE)
    lines = [f"GNU parallel  {here}/parallel {run}"]
    slices = {}
    for task in tasks:
        slices.setdefault((task["task"] - 1) // ARRAY * ARRAY, []).append(task["task"])
    for offset, members in slices.items():
        array = ranges([number - offset for number in members])
        lines.append(f"Slurm         sbatch --array={array} {here}/slurm.sbatch {here}/work {run}" + (f" {offset}" if offset else ""))
    chosen = "" if len(tasks) == len(plan.tasks) else " " + ranges([task["task"] for task in tasks])
    lines.append(f"Kubernetes    {here}/kubernetes {run}{chosen} | kubectl create -f -")
    lines.append(f"this machine  for n in $({here}/collect --missing {run}); do {here}/work {run} \"$n\"; done")
    return lines
