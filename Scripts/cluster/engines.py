"""Whole runs by GNU parallel and by Slurm: a killed part is run again alone, and the merged records have the bits of one run."""

import json
import os
import shutil
import tempfile

from bench import EXAMPLES, MODEL, NAMES, TEXT
from slurm import Slurm, Unavailable

PLAN = ("perplexity", "--context", "128", "--chunks-per-task", "5")
#: Of the 12 tasks of PLAN: chunks 6..10 of the second model.
VICTIM = "--chunks 6..10"


def has_parallel(work, what):
    """Whether there is GNU parallel; says what is not checked without."""
    version = shutil.which("parallel") and work.run([shutil.which("parallel"), "--version"]).stdout
    if version and "GNU parallel" in version:
        return True
    work.not_checked(f"{what}: GNU parallel is not on the path (Debian: parallel)")
    return False


def compare(work, engine, run):
    """The merged records beside those of single runs, byte by byte."""
    done = work.run(["collect", run])
    work.check(f"{engine}: all is collected", done.returncode == 0, done.stdout + done.stderr)
    with open(os.path.join(run, "merged", "models.jsonl"), encoding="utf-8") as file:
        models = [json.loads(line) for line in file]
    work.check(f"{engine}: every model has a record", sorted(model["file"] for model in models) == sorted(NAMES), models)
    for name, whole in work.whole().items():
        record = [model["record"] for model in models if model["file"] == name]
        with open(os.path.join(run, "merged", record[0]), "rb") as file:
            work.check(f"{engine}: {name!r} merged is one run, byte by byte", file.read() == whole)
    return done


def killed(work, engine, run, calls):
    """After the first round: one task is missing, and is named."""
    work.check(f"{engine}: every task was tried once", len(calls) == 12 and all("perplexity" in call for call in calls), calls)
    missing = work.run(["collect", "--missing", run]).stdout.split()
    work.check(f"{engine}: just the killed task is missing", len(missing) == 1, missing)
    text = work.run(["collect", run])
    work.check(f"{engine}: it is named as failed", text.returncode == 1 and "failed   task " + missing[0] in text.stdout
               and "signal 9" in text.stdout, text.stdout)
    lines = work.printed(run, engine)
    work.check(f"{engine}: one line runs it again", len(lines) == 1, lines)
    return lines[0]


def again(work, engine, calls):
    """After the second round: that task ran, and no other."""
    measured = [call for call in calls if "--record" in call and VICTIM in call]
    work.check(f"{engine}: only the killed task ran again", len(measured) == len(calls) == 1, calls)


def parallel(work, _):
    """GNU parallel."""
    if not has_parallel(work, "a run by GNU parallel"):
        return
    run = work.plan("parallel", *PLAN)
    work.calls()
    work.kill_once(VICTIM)
    first = work.run(["parallel", run, "-j", "2", "--retries", "1"])
    work.check("GNU parallel: its status is the number of tasks that failed", first.returncode == 1, first.stderr)
    line = killed(work, "GNU parallel", run, work.calls())
    second = work.shell(line)
    work.check("GNU parallel: the printed line succeeds", second.returncode == 0, second.stderr)
    again(work, "GNU parallel", work.calls())
    compare(work, "GNU parallel", run)
    logs = sorted(os.listdir(os.path.join(run, "logs")))
    work.check("GNU parallel: each round has its log", len(logs) == 2, logs)
    work.check("GNU parallel: a run that is done runs nothing", work.run(["parallel", run]).returncode == 0 and len(os.listdir(
        os.path.join(run, "logs"))) == 2)
    retried = work.plan("retries", *PLAN)
    work.kill_once(VICTIM)
    work.calls()
    done = work.run(["parallel", retried, "-j", "2"])
    work.check("GNU parallel: by default a task is tried twice", done.returncode == 0 and len(work.calls()) == 13, done.stderr)
    work.check("no name was read by a shell", not any("HIFI_WAS_HERE" in files for _, _, files in os.walk(work.folder)))


def slurm(work, _):
    """A Slurm of one node."""
    # The path of munge's socket is a short one.
    with tempfile.TemporaryDirectory(prefix="hifi-slurm-") as folder:
        try:
            cluster = Slurm(folder)
        except Unavailable as error:
            work.not_checked(f"a run by Slurm: {error}")
            return
        try:
            array(work, cluster)
        finally:
            cluster.stop()


def array(work, cluster):
    """A job array, then the array of what is missing."""
    run = work.plan("Slurm", *PLAN)
    environment = {name: value for name, value in work.environment().items() if name.startswith(("HIFI", "PYTHON"))}
    environment.pop("HIFI_THREADS")
    work.calls()
    work.kill_once(VICTIM)
    where = ["--output=" + os.path.join(run, "logs", "slurm.%a.out")]
    lines = work.printed(run, "Slurm")
    work.calls()
    work.check("Slurm: one array has all tasks", len(lines) == 1 and "--array=1-12 " in lines[0], lines)
    cluster.submit(["sh", "-c", lines[0].replace("sbatch ", "sbatch \"$1\" ", 1), "sh", *where], environment)
    line = killed(work, "Slurm", run, work.calls())
    missing = int(work.run(["collect", "--missing", run]).stdout)
    work.check("Slurm: the array has just that index", f"--array={missing} " in line, line)
    cluster.submit(["sh", "-c", line.replace("sbatch ", "sbatch \"$1\" ", 1), "sh", *where], environment)
    again(work, "Slurm", work.calls())
    compare(work, "Slurm", run)
    # An array's indices end at a limit; further tasks have an offset.
    run, script = work.plan("Slurm files", "hash", options=()), [os.path.join(EXAMPLES, name) for name in ("slurm.sbatch", "work")]
    work.calls()
    cluster.submit(["sbatch", *where, "--array=0-2", *script, run, "2"], environment)
    work.check("Slurm: hash of files, from an offset", work.run(["collect", "--missing", run]).stdout == "1\n"
               and len(work.calls()) == 3)


def folder(work, _):
    """`verify` and `hash` of a folder, with a file that is damaged."""
    if not has_parallel(work, "verify and hash of a folder by GNU parallel"):
        return
    run = work.plan("digests", "hash", options=())
    done = work.run(["parallel", run, "-j", "2"])
    done = work.run(["collect", run]) if done.returncode == 0 else done
    work.check("hash: a manifest of all", done.returncode == 0, done.stderr)
    manifest = os.path.join(run, "merged", "manifest")
    checked = work.run([work.real, "hash", "--check", manifest, "."], cwd=work.models)
    work.check("hash: hifi checks the folder with it", checked.returncode == 0, checked.stdout + checked.stderr)
    with open(os.path.join(work.models, "sub", "damaged.gguf"), "wb") as file, open(MODEL, "rb") as model:
        file.write(model.read()[:100_000])
    run = work.plan("verdicts", "verify", options=())
    done = work.run(["parallel", run, "-j", "2"])
    work.check("verify: a bad file is an answer, not a failure", done.returncode == 0, done.stderr)
    done = work.run(["collect", run])
    os.unlink(os.path.join(work.models, "sub", "damaged.gguf"))
    lines = [line.split()[0] for line in done.stdout.splitlines()[1:]]
    work.check("verify: one verdict for each model; the worst decides", done.returncode == 2 and sorted(lines) == ["conforming"] * 4
               + ["malformed"], done.stdout + done.stderr)


# Answers for its shape and mix as a model of the table would, so that small files stand for the eighteen; all else is hifi.
STAND_IN = """#!/bin/sh
if [ "$1 $2 $3" = "figures sizes --model" ]; then
    exec cat "$4.sizes"
fi
exec '{hifi}' "$@"
"""


def published(work, _):
    """The protocol of the published table, 18 models and all chunks, with a small model in the place of each."""
    if not has_parallel(work, "the published protocol by GNU parallel"):
        return
    models, stand_in = work.path("eighteen"), work.path("stand-in")
    os.makedirs(models)
    with open(stand_in, "w", encoding="utf-8") as file:
        file.write(STAND_IN.format(hifi=work.real))
    os.chmod(stand_in, 0o755)
    rows = json.loads(work.run([work.real, "figures", "sizes", "--format", "json"]).stdout)["rows"]
    names = [f"{row['size']['model']}-{row['published']['name']}.gguf" for row in rows]
    for name, row in zip(names, rows):
        shutil.copyfile(MODEL, os.path.join(models, name))
        with open(os.path.join(models, name + ".sizes"), "w", encoding="utf-8") as file:
            json.dump({"stored": {"elements": row["size"]["elements"], "mixes": [row["size"]["mix"]]}}, file)
    shutil.copyfile(MODEL, os.path.join(models, "other.gguf"))
    with open(os.path.join(models, "other.gguf.sizes"), "w", encoding="utf-8") as file:
        file.write("{}")
    run = work.path("run's published")
    done = work.run(["plan", "perplexity", models, TEXT, run, "--published", "--chunks-per-task", "2"], HIFI=stand_in)
    work.check("published: 18 models are planned, another is left out", done.returncode == 0 and "36 tasks, 18 models" in done.stdout
               and "left out: other.gguf" in done.stderr, done.stdout + done.stderr)
    done = work.run(["parallel", run, "-j", "2"])
    work.check("published: all tasks are done", done.returncode == 0, done.stderr)
    done = work.run(["collect", run])
    with open(os.path.join(run, "merged", "models.jsonl"), encoding="utf-8") as file:
        records = [json.loads(line) for line in file]
    work.check("published: a record of each, in the order of the table", [record["file"] for record in records] == names, records)
    direct = work.run([work.real, "figures", "perplexity", "-m", "./" + names[0], "-f", TEXT, "--format", "json"], cwd=models)
    merged = work.run(
        [work.real, "figures", "perplexity", "-m", "./" + names[0], "--record", os.path.join(run, "merged", records[0]["record"]),
         "--format", "json"], cwd=models)
    work.check("published: `figures perplexity` says of the merged record what it says of its own measurement",
               direct.stdout == merged.stdout and direct.returncode == merged.returncode, merged.stdout + merged.stderr)
    work.check("published: `collect` prints a line for each", all(f"./{name}" in done.stdout for name in names), done.stdout + done.stderr)
