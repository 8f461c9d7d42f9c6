"""A folder of models, a hifi that can be made to fail once, and the counting of checks."""

import os
import re
import shutil
import subprocess

from split import split

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.realpath(__file__))))
EXAMPLES = os.path.join(ROOT, "examples", "cluster")
MODEL = os.path.join(ROOT, "Vectors", "models", "tiny-qwen3-q3_k_hifi-r6.gguf")
TEXT = os.path.join(ROOT, "Tests", "InferenceTests", "Fixtures", "persuasion.txt")
#: Names that a shell, a list with a name a line or an option parser would trip over.
NAMES = ["a.gguf", "sub/-x 'q\".gguf", "new\nline {} $(touch HIFI_WAS_HERE) %n.gguf", "split-00001-of-00002.gguf"]

# Writes its command line to a log, then runs hifi, or ends itself as the kernel ends a process, once, where its command line has a word.
WRAPPER = """#!/bin/sh
printf '%s\\n' "$(printf '%s ' "$@" | tr '\\n' ' ')" >>'{log}'
word=$(cat '{word}' 2>/dev/null)
if [ -n "$word" ]; then
    case " $* " in
    *"$word"*) rm -f '{word}' && kill -KILL $$ ;;
    esac
fi
exec '{hifi}' "$@"
"""


class Bench:
    """What the checks share."""

    def __init__(self, hifi, folder):
        self.real, self.folder, self.held, self.failed, self.left_out = hifi, folder, 0, 0, 0
        self.models = self.path("the models")
        self.log, self.word, self.hifi = self.path("calls"), self.path("word"), self.path("hifi-that-fails")
        with open(self.hifi, "w", encoding="utf-8") as file:
            file.write(WRAPPER.format(log=self.log, word=self.word, hifi=hifi))
        os.chmod(self.hifi, 0o755)
        os.makedirs(os.path.join(self.models, "sub"))
        for name in NAMES[:-1]:
            shutil.copyfile(MODEL, os.path.join(self.models, name))
        split(MODEL, [os.path.join(self.models, f"split-0000{number}-of-00002.gguf") for number in (1, 2)])

    def path(self, name):
        """A place in the folder."""
        return os.path.join(self.folder, name)

    def check(self, what, holds, detail=""):
        """Counts; says what does not hold."""
        if holds:
            self.held += 1
        else:
            self.failed += 1
            print(f"FAILED: {what}" + (f"\n    {str(detail).strip()[-1500:]}" if detail else ""), flush=True)
        return holds

    def not_checked(self, text):
        """Says loudly what is left out."""
        self.left_out += 1
        print(f"NOT CHECKED: {text}", flush=True)

    def environment(self, **more):
        """Without what an engine or a user set."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("HIFI", "SLURM_", "JOB_COMPLETION_"))}
        return kept | {"HIFI": self.hifi, "HIFI_THREADS": "1", "PYTHONDONTWRITEBYTECODE": "1"} | more

    def run(self, words, cwd=None, **more):
        """Runs a script of the examples, or any program by its path."""
        words = [os.path.join(EXAMPLES, words[0]) if "/" not in words[0] else words[0], *words[1:]]
        return subprocess.run(
            words, cwd=cwd or self.folder, env=self.environment(**more), capture_output=True, text=True, errors="replace", timeout=120,
            stdin=subprocess.DEVNULL, check=False)

    def shell(self, line, environment=None):
        """Runs a line that a script printed, as whoever reads it would."""
        return subprocess.run(
            ["sh", "-c", line], cwd=self.folder, env=environment or self.environment(), capture_output=True, text=True, errors="replace",
            timeout=120, check=False)

    def plan(self, name, *words, options=("--exact",)):
        """Plans a run; gives back its folder, which has a space and a quote."""
        run = self.path(f"run's {name}")
        kind, *more = words
        places = [self.models, TEXT, run] if kind == "perplexity" else [self.models, run]
        done = self.run(["plan", kind, *places, *more, "--", *options])
        self.check(f"{name}: planned", done.returncode == 0, done.stderr)
        return run

    def kill_once(self, word):
        """The next hifi whose command line has this ends by SIGKILL."""
        with open(self.word, "w", encoding="utf-8") as file:
            file.write(word)

    def calls(self):
        """Command lines of hifi since this was last asked."""
        try:
            with open(self.log, encoding="utf-8", errors="replace") as file:
                lines = file.read().splitlines()
            os.unlink(self.log)
        except FileNotFoundError:
            lines = []
        return lines

    def printed(self, run, engine):
        """The lines that `collect` prints for an engine."""
        lines = self.run(["collect", run]).stdout.splitlines()
        return [match[1] for match in (re.fullmatch(rf"  {re.escape(engine)} +(.*)", line) for line in lines) if match]

    def whole(self, names=None):
        """The records of single runs, by name; their parts have to give the same bytes."""
        records = {}
        for number, name in enumerate(names or NAMES):
            record = self.path(f"whole-{number}.json")
            done = self.run(
                [self.real, "perplexity", "-q", "-m", "./" + name, "-f", TEXT, "-c", "128", "-t", "1", "--exact", "--record", record],
                cwd=self.models)
            self.check(f"{name!r}: measured in one run", done.returncode == 0, done.stderr)
            with open(record, "rb") as file:
                records[name] = file.read()
        return records
