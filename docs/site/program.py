"""The program hifi, asked for what it says of itself."""

import json
import os
import subprocess
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))


class Problem(Exception):
    """What is wrong, and the remedy, in one line."""


def path():
    """The program: HIFI, or what a release build leaves."""
    name = os.environ.get("HIFI") or os.path.join(ROOT, ".build", "release", "hifi")
    if not os.access(name, os.X_OK):
        raise Problem(f"{name}: there is no such program; build it (swift build -c release --product hifi) or name it by HIFI")
    return os.path.abspath(name)


def output(*arguments):
    """What the program prints."""
    done = subprocess.run([path(), *arguments], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    if done.returncode != 0:
        said = done.stderr.decode("utf-8", "replace").strip()
        raise Problem(f"hifi {' '.join(arguments)} ended with {done.returncode}: {said}; build the program of this checkout")
    return done.stdout.decode("utf-8")


def commands():
    """Every command that help lists: its words, and what the program declares of it; the program itself comes first."""
    found = []

    def add(words, command):
        found.append((words, command))
        for inner in command.get("subcommands", []):
            name = inner["commandName"]
            if inner.get("shouldDisplay", True) and name != "help" and not name.startswith("_"):
                add(words + [name], inner)

    add([], json.loads(output("--experimental-dump-help"))["command"])
    return found


def types():
    """Every type number with its meanings."""
    return json.loads(output("types", "--format", "json"))


def main(action):
    """Runs an action of a script and turns a problem into one line and exit status 1."""
    try:
        return action()
    except Problem as problem:
        print(f"error: {problem}", file=sys.stderr)
        return 1
