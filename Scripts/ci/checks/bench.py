"""What every check uses: a count of what held, commands that are run, and a runner like GitHub's for the steps of action.yml."""

import json
import os
import re
import shutil
import subprocess
import time

ROOT = os.path.realpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../.."))


class Bench:
    """Counts checks, says which fail, and keeps what cannot be checked here."""

    def __init__(self, hifi, folder, tools):
        self.hifi, self.folder, self.tools = hifi, folder, tools
        self.held, self.failed, self.left_out, self.began = 0, 0, [], time.monotonic()

    def check(self, title, holds, detail=""):
        if holds:
            self.held += 1
        else:
            self.failed += 1
            print(f"FAILED: {title}" + (f"\n    {str(detail).strip()[-1500:]}" if detail else ""), flush=True)
        return bool(holds)

    def not_checked(self, text):
        self.left_out.append(text)
        print(f"NOT CHECKED: {text}", flush=True)

    def area(self, title):
        print(f"{time.monotonic() - self.began:5.1f} s  {title}", flush=True)

    def tool(self, name):
        """A program of the folder of tools, or of the path; nil where there is none."""
        return shutil.which(name, path=os.pathsep.join([self.tools or "", os.environ.get("PATH", "")]))

    def place(self, name):
        """A new folder."""
        path = os.path.join(self.folder, name)
        os.makedirs(path)
        return path


def run(words, cwd, environment=None, timeout=120, **more):
    """A command, with its texts. It inherits nothing that a CI server sets."""
    kept = {key: value for key, value in os.environ.items() if not key.startswith(("GITHUB_", "RUNNER_", "HIFI"))}
    kept.update(environment or {})
    return subprocess.run(
        words, cwd=cwd, env=kept, timeout=timeout, capture_output=True, encoding="utf-8", errors="surrogateescape",
        stdin=subprocess.DEVNULL, check=False, **more)


def model(name):
    """A file of the vectors."""
    return os.path.join(ROOT, "Vectors", "models" if "tiny" in name else "gguf", name)


SOUND, DAMAGED, WARNED, CUT = "00-pristine.gguf", "p01-nan-scale.gguf", "p05-zeros.gguf", "h01-magic.gguf"


def sarif_log(path):
    """The one run of a SARIF log, after a look at what 2.1.0 requires."""
    with open(path, encoding="utf-8") as file:
        log = json.load(file)
    assert log["version"] == "2.1.0" and len(log["runs"]) == 1, "version or runs"
    one = log["runs"][0]
    assert one["tool"]["driver"]["name"] == "hifi", "tool.driver.name"
    rules = one["tool"]["driver"]["rules"]
    for result in one["results"]:
        assert result["message"]["text"] and result["locations"], "message or locations"
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"], "ruleIndex"
        assert result["level"] in ("error", "warning"), "level"
    assert all(isinstance(entry["executionSuccessful"], bool) for entry in one["invocations"]), "invocations"
    return one


TOKEN = re.compile(r"\s*(\|\||&&|==|!=|!|\(|\)|'(?:[^']|'')*'|[A-Za-z_][\w.-]*)")


class Action:
    """Runs the steps of a composite action as GitHub's runner does, as far as action.yml uses it. Steps with `uses` are recorded."""

    def __init__(self, definition, action_path):
        self.definition, self.action_path = definition, action_path

    def run(self, cwd, temp, inputs, path=None):
        known = self.definition["inputs"]
        assert not set(inputs) - set(known), f"unknown inputs {set(inputs) - set(known)}"
        self.values = {f"inputs.{name}": str(inputs.get(name, entry.get("default", ""))) for name, entry in known.items()}
        self.values.update({"runner.temp": temp, "github.action_path": self.action_path})
        outcome = Outcome(os.path.join(temp, "summary.md"))
        for number, step in enumerate(self.definition["runs"]["steps"]):
            condition = self.unwrap(step.get("if", "true"))
            if outcome.failed and "cancelled()" not in condition and "always()" not in condition:
                continue
            if not self.evaluate(condition):
                continue
            if "uses" in step:
                outcome.uses[step["uses"].split("@")[0]] = {key: self.expand(text) for key, text in step["with"].items()}
                continue
            status = self.step(step, number, cwd, temp, outcome, path)
            if "id" in step:
                self.values[f"steps.{step['id']}.outcome"] = "failure" if status else "success"
            if status and not outcome.failed:
                outcome.failed, outcome.status = True, status
        outcome.outputs = {name: self.expand(entry["value"]) for name, entry in self.definition["outputs"].items()}
        return outcome

    def step(self, step, number, cwd, temp, outcome, path):
        script, told = os.path.join(temp, f"step{number}.sh"), os.path.join(temp, f"output{number}")
        assert "${{" not in step["run"], "an expression in a shell text"
        with open(script, "w", encoding="utf-8") as file:
            file.write(step["run"])
        open(told, "w", encoding="utf-8").close()
        environment = {key: self.expand(text) for key, text in step.get("env", {}).items()}
        environment.update({
            "GITHUB_ACTIONS": "true", "GITHUB_ACTION_PATH": self.action_path, "GITHUB_WORKSPACE": cwd, "RUNNER_TEMP": temp,
            "GITHUB_OUTPUT": told, "GITHUB_STEP_SUMMARY": outcome.summary_path,
        })
        if path:
            environment["PATH"] = path
        done = run(["bash", "--noprofile", "--norc", "-e", "-o", "pipefail", script], cwd, environment)
        outcome.text += done.stdout + done.stderr
        outcome.commands += active_commands(done.stdout) + active_commands(done.stderr)
        with open(told, encoding="utf-8", newline="\n") as file:
            for line in file.read().splitlines():
                name, _, value = line.partition("=")
                self.values[f"steps.{step['id']}.outputs.{name}"] = value
        return done.returncode

    @staticmethod
    def unwrap(text):
        text = str(text).strip()
        return text[3:-2].strip() if text.startswith("${{") and text.endswith("}}") else text

    def expand(self, text):
        return re.sub(r"\$\{\{(.*?)\}\}", lambda match: str(self.evaluate(match[1])), str(text))

    def evaluate(self, text):
        """An expression of names, texts, !, ==, !=, && and ||; what has no value yet is empty, as on GitHub."""
        words, at = [], 0
        text = text.replace("cancelled()", "false").replace("always()", "true").strip()
        while at < len(text):
            match = TOKEN.match(text, at)
            assert match, f"not understood: {text[at:]}"
            at = match.end()
            word = match[1]
            fixed = {"||": "or", "&&": "and", "!": "not", "true": "True", "false": "False"}
            if word in fixed:
                words.append(fixed[word])
            elif word[0] == "'":
                words.append(repr(word[1:-1].replace("''", "'")))
            elif word[0].isalpha():
                assert word in self.values or word.startswith("steps."), f"unknown name {word}"
                words.append(repr(self.values.get(word, "")))
            else:
                words.append(word)
        return eval(" ".join(words), {"__builtins__": {}})  # pylint: disable=eval-used # of the tokens above and nothing else


class Outcome:
    """How a job ended."""

    def __init__(self, summary_path):
        self.failed, self.status, self.text, self.commands = False, 0, "", []
        self.uses, self.outputs, self.summary_path = {}, {}, summary_path

    @property
    def summary(self):
        if not os.path.exists(self.summary_path):
            return ""
        with open(self.summary_path, encoding="utf-8") as file:
            return file.read()


def active_commands(text):
    """Lines that the runner would obey: ::name … or ##[name], outside of what stop-commands covers."""
    found, word = [], None
    for line in text.splitlines():
        line = line.strip()
        if word is None and line.startswith("::stop-commands::"):
            word = line[len("::stop-commands::"):]
        elif word is not None:
            word = None if line == f"::{word}::" else word
        elif line.startswith("::") or "##[" in line:
            found.append(line)
    return found
