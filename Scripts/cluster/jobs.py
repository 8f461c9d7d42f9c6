"""The Kubernetes Job against its schema, and what its pods run; the shell scripts by shellcheck."""

import os
import shutil

from bench import EXAMPLES

#: backoffLimitPerIndex is in the schemas of all of these.
VERSIONS = ["1.29", "1.33"]


def tool(tools, name):
    """A program of the tools, or of the path."""
    return shutil.which(os.path.join(tools, name)) or shutil.which(name)


def lint(work, tools):
    """Shell."""
    shellcheck = tool(tools, "shellcheck")
    if not shellcheck:
        work.not_checked("shell scripts: shellcheck cannot be had here (Debian: shellcheck)")
        return
    done = work.run([shellcheck, *(os.path.join(EXAMPLES, name) for name in ("parallel", "slurm.sbatch"))])
    work.check("shellcheck has nothing to say", done.returncode == 0, done.stdout)


def job(work, tools):
    """The manifest as it stands and filled in."""
    run = work.plan("Job", "perplexity", "--context", "128", "--chunks-per-task", "5")
    for number in (1, 4):
        work.run(["work", run, str(number)])
    filled = work.run(["kubernetes", run])
    work.check("kubernetes: the tasks that are missing", filled.returncode == 0 and 'value: "2-3,5-12"' in filled.stdout
               and "\n  completions: 10\n" in filled.stdout and 'value: "/runs/run\'s Job"' in filled.stdout, filled.stdout + filled.stderr)
    line = work.printed(run, "Kubernetes")
    work.check("kubernetes: the printed line gives the same", len(line) == 1 and line[0].endswith(" | kubectl create -f -")
               and work.shell(line[0].rpartition(" | ")[0]).stdout == filled.stdout, line)
    work.check("kubernetes: a task that the plan does not have is refused", work.run(["kubernetes", run, "13"]).returncode == 64)
    work.calls()
    for index in range(10):
        done = work.run(["work", run], JOB_COMPLETION_INDEX=str(index), HIFI_TASKS="2-3,5-12")
        work.check(f"kubernetes: index {index} does its task", done.returncode == 0, done.stderr)
    work.check("kubernetes: ten pods do the ten missing tasks", len(work.calls()) == 10
               and not work.run(["collect", "--missing", run]).stdout)
    outside = work.run(["work", run], JOB_COMPLETION_INDEX="10", HIFI_TASKS="2-3,5-12")
    work.check("kubernetes: an index beyond them is refused", outside.returncode == 64, outside.stderr)
    validate = tool(tools, "kubernetes-validate")
    if not validate:
        work.not_checked("the Job's schema: kubernetes-validate cannot be had here (PyPI)")
    else:
        schema(work, validate, filled.stdout)
    work.not_checked("the Job on a cluster: there is no Kubernetes here; its pods' command was run for each index instead")


def schema(work, validate, filled):
    """Strictly, so that a word that Kubernetes does not know is noticed."""
    with open(os.path.join(EXAMPLES, "kubernetes.yaml"), encoding="utf-8") as file:
        plain = file.read()
    places = {"as it stands": plain, "filled in": filled, "misspelled": plain.replace("backoffLimitPerIndex", "backoffLimitPerindex"),
              "of a wrong type": plain.replace("completions: 1\n", 'completions: "1"\n')}
    for what, text in places.items():
        with open(work.path("job.yaml"), "w", encoding="utf-8") as file:
            # kubernetes-validate wants a name to speak of.
            file.write(text.replace("  generateName: hifi-\n", "  generateName: hifi-\n  name: hifi-check\n"))
        for version in VERSIONS:
            done = work.run([validate, "--strict", "-k", version, work.path("job.yaml")])
            good = what in ("as it stands", "filled in")
            work.check(f"kubernetes: the Job {what} is {'valid' if good else 'refused'} by {version}", (done.returncode == 0) == good
                       and (good or "completions" in done.stdout + done.stderr or "backoffLimitPerindex" in done.stdout + done.stderr),
                       done.stdout + done.stderr)
