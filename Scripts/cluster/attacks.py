"""What goes wrong on clusters: names, options, changed inputs, killed workers, cut results, two workers at one task."""

import json
import os
import shutil
import signal
import subprocess
import time

from bench import EXAMPLES, MODEL, NAMES, TEXT


def plans(work, _):
    """What a plan refuses, and how it counts."""
    run = work.plan("plan", "perplexity", "--context", "128", "--chunks-per-task", "5")
    with open(os.path.join(run, "plan.jsonl"), encoding="utf-8") as file:
        tasks = [json.loads(line) for line in file][1:]
    chunks = {name: [(task["first"], task["last"]) for task in tasks if task["file"] == name] for name in NAMES}
    work.check("each model has its chunks, a set is one model", all(spans == [(1, 5), (6, 10), (11, 12)] for spans in chunks.values())
               and len(tasks) == 12, chunks)
    work.check("both parts of the set are its files", [task for task in tasks if len(task["files"]) == 2 and task["parts"] == 2])
    again = work.run(["plan", "hash", work.models, run])
    work.check("a folder with a plan is not planned in again", again.returncode == 64 and "there already" in again.stderr, again.stderr)
    for word in ("--record=x", "-f", "--resume"):
        refused = work.run(["plan", "perplexity", work.models, TEXT, work.path("refused"), "--", word])
        work.check(f"{word} is not passed on", refused.returncode == 64 and "set by the worker" in refused.stderr, refused.stderr)
    others = work.path("others")
    os.makedirs(others)
    shutil.copyfile(MODEL, os.path.join(others, "b-00001-of-00003.gguf"))
    refused = work.run(["plan", "perplexity", others, TEXT, work.path("refused")])
    work.check("a set without all its parts is not measured", refused.returncode == 2 and "1 of its 3 parts" in refused.stderr,
               refused.stderr)
    with open(os.path.join(os.fsencode(others), b"bad\xff\n.gguf"), "wb"):
        pass
    refused = work.run(["plan", "verify", others, work.path("refused")])
    work.check("a name that is not UTF-8 is refused on one line", refused.returncode == 2 and "not UTF-8" in refused.stderr
               and refused.stderr.count("\n") == 1, refused.stderr)
    refused = work.run(["plan", "perplexity", work.models, TEXT, work.path("refused"), "--published"])
    work.check("--published names all 18 models that are missing", refused.returncode == 2 and "18 of 18" in refused.stderr, refused.stderr)
    work.check("nothing refused left a folder", not os.path.lexists(work.path("refused")))
    balanced = work.plan("balance", "perplexity", "--context", "128", "--chunks-per-task", "5", "--chunks", "7", "--balance")
    with open(os.path.join(balanced, "plan.jsonl"), encoding="utf-8") as file:
        work.check("--chunks limits", max(json.loads(line).get("last", 0) for line in file) == 7)


def left(run):
    """What attempts left behind."""
    return os.listdir(os.path.join(run, "tmp"))


def workers(work, _):
    """One task, with everything that may happen to it."""
    run = work.plan("worker", "perplexity", "--context", "128", "--chunks-per-task", "6")
    result = os.path.join(run, "results", "0001.json")
    work.kill_once("--chunks 1..6")
    done = work.run(["work", run, "1"])
    work.check("a hifi that is killed fails its task by name", done.returncode == 137
               and "task 1 (split-00001-of-00002.gguf, chunks 1..6)" in done.stderr
               and "signal 9" in done.stderr and not os.path.exists(result) and not left(run), done.stderr)
    work.check("`collect` says which, why and where", "failed   task 1 (split-" in work.run(["collect", run]).stdout)
    work.check("again, it is done", work.run(["work", run, "1"]).returncode == 0 and os.path.exists(result)
               and not os.listdir(os.path.join(run, "failed")))
    work.calls()
    work.check("what is done is not done again", "done before" in work.run(["work", run, "1"]).stdout and not work.calls())
    with open(result, "rb") as file:
        whole = file.read()
    work.run(["work", run, "2"])
    with open(os.path.join(run, "results", "0002.json"), "rb") as file:
        others = file.read()
    for what, bytes_ in [("cut off", whole[:-200]), ("empty", b""), ("of another text", whole.replace(b'"text" : "', b'"text" : "0')),
                         ("of other chunks", others)]:
        with open(result, "wb") as file:
            file.write(bytes_)
        # What is linked to the old file keeps its bytes when the new one gets the name; writing into it would show.
        kept = work.path("kept " + what)
        os.link(result, kept)
        work.check(f"a result that is {what} does not count", work.run(["collect", "--missing", run]).stdout.startswith("1\n"))
        work.run(["work", run, "1"])
        with open(result, "rb") as file:
            work.check(f"a result that is {what} is made again", file.read() == whole)
        with open(kept, "rb") as file:
            work.check(f"a result that is {what} is replaced, not written into", file.read() == bytes_)
    with open(result, "wb") as file:
        file.write(whole.replace(b'"sum" : ', b'"sum" : 1', 1))
    for number in range(2, 9):
        work.run(["work", run, str(number)])
    altered = work.run(["collect", run])
    work.check("a result with another sum does not get into the whole", altered.returncode == 2 and "results of tasks 1 " in altered.stderr,
               altered.stdout + altered.stderr)
    os.unlink(result)
    words = [os.path.join(EXAMPLES, "work"), run, "1"]
    twins = [subprocess.Popen(words, env=work.environment(), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE) for _ in range(4)]
    errors = [twin.communicate(timeout=60)[1] for twin in twins]
    with open(result, "rb") as file:
        work.check("four workers at one task: all succeed, one result, nothing left", not any(twin.returncode for twin in twins)
                   and file.read() == whole and not left(run), errors)
    # hifi stops here until it is ended, so that signals meet a worker at work.
    slow = work.path("slow")
    with open(slow, "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\nexec sleep 60\n")
    os.chmod(slow, 0o755)
    for number, status, remains in [(signal.SIGTERM, 143, 0), (signal.SIGKILL, -9, 1)]:
        os.unlink(result)
        child = subprocess.Popen(words, env=work.environment(HIFI=slow), start_new_session=True)
        end = time.monotonic() + 20
        while not left(run) and time.monotonic() < end:
            time.sleep(0.05)
        time.sleep(0.3)
        os.kill(child.pid, number)
        work.check(f"a worker that gets {number.name} ends by it and leaves no result", child.wait(20) == status
                   and not os.path.exists(result) and len(left(run)) == remains, left(run))
        if number == signal.SIGKILL:
            os.killpg(child.pid, number)
        work.check("after it the task is done, and nothing is left", work.run(["work", run, "1"]).returncode == 0 and not left(run))
    copy = work.path("run's copy")
    shutil.copytree(run, copy)
    for name in ("tmp", "failed", "logs", "merged"):
        shutil.rmtree(os.path.join(copy, name))
    work.check("a copy without its empty folders goes on", work.run(["work", copy, "1"]).returncode == 0)
    os.unlink(result)
    part = os.path.join(work.models, "split-00002-of-00002.gguf")
    size = os.path.getsize(part)
    with open(part, "ab") as file:
        file.write(b"x")
    changed = work.run(["work", run, "1"])
    os.truncate(part, size)
    work.check("a model that changed is refused", changed.returncode == 2 and "when the plan was made" in changed.stderr, changed.stderr)
    work.check("a task that the plan does not have is refused", work.run(["work", run, "99"]).returncode == 64)
    missing = work.run(["work", run, "1"], HIFI_MODELS=work.path("nowhere"))
    work.check("models that are not there are named", missing.returncode == 74 and "nowhere" in missing.stderr, missing.stderr)
