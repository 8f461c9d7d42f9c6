#!/usr/bin/env python3
"""Proves that decoding kernels give for every block what Spec declares, and stay inside their memory.

Prints a table; docs/SOUNDNESS.md says what it means.

usage: Scripts/prove [--all] [--set SETS] [--format IDS] [--count N] [--limit SECONDS] [--jobs N] [--self-test]

Exit status: 0 if all that was asked for is proved (with --all: if nothing is refuted), 1 if not, 2 if a tool is missing.
"""
from __future__ import annotations

import argparse
import multiprocessing
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
SETS = ("scalar", "avx2", "avx512", "neon")
#: What CI proves: formats by set.
SUBSET = {
    "scalar": ("q2_k", "q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "q4_0", "mxfp4", "q3_k_hifi@r6", "q3_k_hifi@r12c", "q3_k_hifi@r13",
               "q3_k_hifi_res8"),
    "avx2": ("q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "q4_0", "q3_k_hifi@r6"),
    "avx512": ("q3_k", "q4_k", "q5_k", "q6_k", "q8_0", "q4_0", "q3_k_hifi@r6"),
    "neon": ("q3_k", "q6_k"),
}


@dataclass
class Task:
    set: str
    format: str
    name: str
    base: str


@dataclass
class Context:
    """What all proofs share; made once, before processes are started."""

    kernels: Any
    formats: dict[str, Any]
    grids: dict[str, Any]
    libraries: dict[str, Any]
    count: int


def worked(task: Task, context: Context, pipe: Connection) -> None:
    """One proof, in a process of its own."""
    from unpacking import proof, replay
    sys.setrecursionlimit(50_000)
    f = context.formats[task.format]
    try:
        result = proof.prove(context.kernels, task.set, task.name, f, task.base, context.count, context.grids)
        replayed = "not run here"
        lib = context.libraries.get(task.set)
        if lib is not None and result.outputs:
            blocks = replay.blocks_to_try(context.count * f.bytes, 48, 19)
            described, at = context.kernels.description(f, task.base), context.kernels.numbers()
            real = replay.native(lib, task.name, described, at, f, context.grids, blocks, 0x3F9D70A4)
            replayed = replay.disagreement(result.outputs, result.inputs, blocks, 0x3F9D70A4, real) or "agrees"
        pipe.send((result.verdicts, result.detail, result.blocks, result.by_form, result.by_solver, replayed))
    except (Exception, RecursionError) as problem:  # noqa: BLE001: whatever went wrong is the row's reason
        reason = f"{type(problem).__name__}: {problem}"
        pipe.send(({p: "not attempted" for p in proof.PROPERTIES}, {p: reason for p in proof.PROPERTIES}, {}, 0, 0, "not run here"))


def all_results(tasks: list[Task], context: Context, jobs: int, limit: float) -> Iterator[tuple[Task, tuple, float]]:
    """Results in the order of the tasks."""
    fork = multiprocessing.get_context("fork")
    waiting, running, done = list(enumerate(tasks)), [], {}
    shown = 0
    while shown < len(tasks):
        while waiting and len(running) < jobs:
            number, task = waiting.pop(0)
            mine, its = fork.Pipe(duplex=False)
            process = fork.Process(target=worked, args=(task, context, its), daemon=True)
            process.start()
            its.close()
            running.append((number, task, process, mine, time.monotonic()))
        for entry in list(running):
            number, task, process, pipe, started = entry
            outcome = None
            if pipe.poll(0.02):
                try:
                    outcome = pipe.recv()
                except EOFError:
                    outcome = failed("the process ended")
            elif time.monotonic() - started > limit:
                outcome = failed(f"more than {limit:.0f} s")
            if outcome is not None:
                process.kill()
                process.join()
                running.remove(entry)
                done[number] = (task, outcome, time.monotonic() - started)
        while shown in done:
            yield done[shown]
            shown += 1


def failed(reason: str) -> tuple:
    names = ("values", "memory", "undefined", "alignment")
    return {p: "not attempted" for p in names}, {p: reason for p in names}, {}, 0, 0, "not run here"


def chosen_tasks(options: argparse.Namespace, context: Context) -> list[Task]:
    bases = context.kernels.bases()
    tasks = []
    for set in SETS:
        if options.set and set not in options.set.split(","):
            continue
        names = context.kernels.function_names(set)
        wanted = options.format.split(",") if options.format else sorted(context.formats) if options.all else SUBSET[set]
        for id in wanted:
            f = context.formats[id]
            base = bases.get(id) or bases.get(f.root)
            if base is None:
                print(f"{id:<22} no kernel decodes it: left to the reference")
                continue
            if set != "scalar" and not names[base].startswith(set):
                continue  # The portable kernel, which is proved as such.
            tasks.append(Task(set, id, names[base], base))
    return tasks


def summary(task: Task, outcome: tuple, seconds: float) -> tuple[str, bool, bool]:
    """The lines of a row, whether all of it is proved, and whether anything is refuted."""
    verdicts, detail, blocks, by_form, by_solver, replayed = outcome
    by = f"{by_form} by form, {by_solver} by z3" if by_form or by_solver else ""
    row = f"{task.format:<22} {task.name:<24}" + "".join(f" {verdicts[p]:<13}" for p in ("values", "memory", "undefined", "alignment"))
    row += f" {replayed if len(replayed) < 15 else 'DISAGREES':<13} {seconds:6.1f} {by}"
    for text in dict.fromkeys(f"    {p}: {d}" if len(set(detail.values())) > 1 else f"    {d}" for p, d in detail.items()):
        row += "\n" + text
    for p, block in blocks.items():
        row += f"\n    {p}: counter-example block {block.hex()}"
    if len(replayed) >= 15:
        row += f"\n    {replayed}"
    all_proved = all(v == "proved" for v in verdicts.values()) and len(replayed) < 15
    return row, all_proved, "refuted" in verdicts.values() or len(replayed) >= 15


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter, usage=argparse.SUPPRESS)
    parser.add_argument("--all", action="store_true", help="every format; the default is the subset that CI proves")
    parser.add_argument("--set", help=f"some of {','.join(SETS)}")
    parser.add_argument("--format", help="ids of Spec")
    parser.add_argument("--count", type=int, default=1, help="blocks that a kernel is given (1)")
    parser.add_argument("--limit", type=float, default=180, help="seconds for one kernel and format (180)")
    parser.add_argument("--jobs", type=int, default=2, help="proofs at a time (2)")
    parser.add_argument("--self-test", action="store_true", help="check that planted mistakes are refused, and the rules of the prover")
    options = parser.parse_args()
    sys.path.insert(0, str(ROOT / "Proofs"))
    sys.setrecursionlimit(50_000)
    try:
        import z3  # noqa: F401
        import numpy  # noqa: F401
        import yaml  # noqa: F401
    except ImportError as missing:
        print(f"NOT PROVED: {missing.name} is missing (pip install z3-solver numpy PyYAML)", file=sys.stderr)
        return 2
    if options.self_test:
        from tests import self_test
        return self_test.main()
    from unpacking import replay, spec
    from unpacking.kernels import Kernels
    kernels = Kernels(ROOT, ROOT / "Sources/CKernels")
    context = Context(kernels, spec.load(ROOT / "Spec"), spec.grids(ROOT / "Spec"), {}, options.count)
    tasks = chosen_tasks(options, context)
    kernels.numbers()
    for task in tasks:
        kernels.find(task.name, task.set)
    proved = refuted = 0
    print(f"{'format':<22} {'kernel':<24} {'values':<13} {'memory':<13} {'undefined':<13} {'alignment':<13} {'processor':<13} seconds")
    with tempfile.TemporaryDirectory() as folder:
        for set in {t.set for t in tasks}:
            paths = sorted({kernels.path(t.name, set) for t in tasks if t.set == set})
            context.libraries[set] = replay.library(kernels, set, Path(folder), paths)
        for task, outcome, seconds in all_results(tasks, context, options.jobs, options.limit):
            row, all_proved, any_refuted = summary(task, outcome, seconds)
            print(row, flush=True)
            proved += all_proved
            refuted += any_refuted
    print(f"{len(tasks)} kernels with a format: {proved} proved, {refuted} refuted, {len(tasks) - proved - refuted} open")
    return int(refuted > 0 if options.all else proved < len(tasks))


if __name__ == "__main__":
    raise SystemExit(main())
