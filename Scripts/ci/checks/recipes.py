"""The pre-commit hook, the recipes of examples/ci, the Dockerfile, the guide that shows them, and the form of all of it."""

import glob
import json
import os
import re
import shutil

from checks.bench import DAMAGED, ROOT, SOUND, model, run

GUIDE = os.path.join(ROOT, "docs", "guides", "ci.md")


def text(*path):
    with open(os.path.join(ROOT, *path), encoding="utf-8") as file:
        return file.read()


def check(bench, yaml):
    bench.area("form of the files")
    form(bench)
    bench.area("recipes and the guide")
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", text("docs", "guides", "ci.md"), re.M | re.S)
    recipes(bench, yaml, blocks)
    guide_commands(bench, blocks)
    bench.area("Dockerfile")
    dockerfile(bench)
    bench.area("pre-commit")
    hook(bench)
    pre_commit(bench, yaml, blocks)


def form(bench):
    scripts = [os.path.relpath(path, ROOT) for path in sorted(glob.glob(os.path.join(ROOT, "Scripts", "ci", "*"))) if os.path.isfile(path)]
    shells = [path for path in scripts if text(path).startswith(("#!/bin/sh", "# Shared"))]
    others = ["action.yml", "Dockerfile", ".dockerignore", ".pre-commit-hooks.yaml", "Scripts/ci-check", "docs/guides/ci.md"]
    more = glob.glob(os.path.join(ROOT, "Scripts/ci/checks/*.py")) + glob.glob(os.path.join(ROOT, "examples/ci/*"))
    others += [os.path.relpath(path, ROOT) for path in more]
    for path in scripts + others:
        lines = text(path).split("\n")
        long = [number for number, line in enumerate(lines, 1) if len(line) > 140]
        bench.check(f"{path}: lines of at most 140 columns, at most 400 of them", not long and len(lines) <= 400, f"lines {long}")
        runs = text(path).startswith("#!")
        bench.check(f"{path}: can be run just if it says by what", os.access(os.path.join(ROOT, path), os.X_OK) == runs)
    if not bench.tool("shellcheck"):
        bench.not_checked("the shell scripts by shellcheck: it cannot be had here")
        return
    done = run([bench.tool("shellcheck"), "-x", *[path for path in shells if not path.endswith("common")]], ROOT)
    bench.check("shellcheck has nothing to say", done.returncode == 0 and len(shells) == 5, done.stdout)


def recipes(bench, yaml, blocks):
    shown = [block for language, block in blocks if language == "yaml"]
    for name, schema in [("nightly.yml", "github-workflows"), ("verify.yml", "github-workflows"), ("gitlab.yml", "gitlab-ci")]:
        path = os.path.join(ROOT, "examples", "ci", name)
        named = name == "gitlab.yml" and f"examples/ci/{name}" in text("docs/guides/ci.md")
        bench.check(f"the guide shows {name} as it is, or names it", text("examples", "ci", name) in shown or named)
        yaml.safe_load(text("examples", "ci", name))
        schemas(bench, schema, path)
    schemas(bench, "github-actions", os.path.join(ROOT, "action.yml"))
    action = yaml.safe_load(text("action.yml"))
    snippets = [yaml.safe_load(block) for block in shown if "OWNER/hifi@" in block]
    for recipe in [yaml.safe_load(text("examples", "ci", name)) for name in ("nightly.yml", "verify.yml")] + snippets:
        for step in recipe if isinstance(recipe, list) else [step for job in recipe["jobs"].values() for step in job["steps"]]:
            if step.get("uses", "").startswith("OWNER/hifi@"):
                bench.check("a recipe gives the action inputs that it has", set(step["with"]) <= set(action["inputs"]), step)
    nightly = [line for line in text("examples", "ci", "nightly.yml").splitlines() if not line.startswith("#")]
    bench.check("the nightly recipe is short", len(nightly) <= 12, len(nightly))
    bench.not_checked("the build of llama.cpp in the recipes: nothing is built here")
    gitlab(bench, yaml)


def schemas(bench, schema, path):
    name = os.path.relpath(path, ROOT)
    if not bench.tool("check-jsonschema"):
        bench.not_checked(f"{name} by the schema of {schema}: check-jsonschema cannot be had here")
        return
    done = run([bench.tool("check-jsonschema"), "--builtin-schema", f"vendor.{schema}", path], ROOT)
    bench.check(f"{name} fits the schema of {schema}", done.returncode == 0, done.stdout + done.stderr)


def gitlab(bench, yaml):
    """The scripts of the jobs that run hifi, with what the image has in the place where it has it."""
    recipe = yaml.safe_load(text("examples", "ci", "gitlab.yml"))
    jobs = {name: job for name, job in recipe.items() if "script" in job}
    folder = bench.place("gitlab")
    programs = bench.place("gitlab/programs")
    os.symlink(bench.hifi, f"{programs}/hifi")
    library = os.environ.get("HIFI_GGML")

    def script(name, place):
        lines = jobs[name]["script"]
        if name == "suite":
            # One format is enough here, and the vectors lie elsewhere than in the image.
            assert all("/opt/hifi/share/hifi/Vectors" in line and " --require 5%" in lines[1] for line in lines)
            lines = [line.replace("/opt/hifi/share/hifi/Vectors", f"'{ROOT}/Vectors' --filter format:q8_0") for line in lines]
            lines = [line.replace("--require 5%", "--require 50") for line in lines]
        done = run(["sh", "-c", "set -e\n" + "\n".join(lines)], place, {"PATH": f"{programs}:{os.environ['PATH']}"})
        for kept in jobs[name]["artifacts"]["paths"]:
            bench.check(f"gitlab {name}: {kept} is there", os.path.exists(os.path.join(place, kept)), done.stderr)
        artifacts = jobs[name]["artifacts"]
        bench.check(f"gitlab {name}: its JUnit report is kept", artifacts["reports"]["junit"] in artifacts["paths"])
        return done

    folders = [("sound", {"a b.gguf": SOUND, "-x.gguf": SOUND}, 0), ("damaged", {"a.gguf": SOUND, "b.gguf": DAMAGED}, 1), ("none", {}, 74)]
    for title, files, status in folders:
        place = bench.place(f"gitlab/{title}")
        os.makedirs(f"{place}/models")
        for name, source in files.items():
            shutil.copyfile(model(source), os.path.join(place, "models", name))
        done = script("verify", place)
        bench.check(f"gitlab verify, {title}: status {status}", done.returncode == status, f"{done.returncode} {done.stderr}")
        with open(f"{place}/verify.xml", encoding="utf-8") as file:
            bench.check(f"gitlab verify, {title}: JUnit", "<testsuites" in file.read())
    if library:
        os.makedirs(f"{folder}/suite/build")
        os.symlink(os.path.realpath(library), f"{folder}/suite/build/bin")
        done = script("suite", f"{folder}/suite")
        bench.check("gitlab suite: status 0", done.returncode == 0, done.stderr)
    else:
        bench.not_checked("the suite of the GitLab recipe: HIFI_GGML does not name a folder of ggml")


def guide_commands(bench, blocks):
    """Commands of the guide, in a folder with what they name."""
    commands = [line for language, block in blocks if language == "sh" for line in block.splitlines() if line]
    place = bench.place("guide")
    os.symlink(bench.hifi, f"{bench.place('guide programs')}/hifi")
    os.symlink(os.path.join(ROOT, "Scripts"), f"{place}/Scripts")
    os.symlink(os.path.join(ROOT, "Vectors"), f"{place}/Vectors")
    shutil.copyfile(model(SOUND), f"{place}/model.gguf")
    ran = 0
    for line in commands:
        if line.startswith("docker "):
            continue
        if line.startswith("hifi conformance"):
            if not os.environ.get("HIFI_GGML"):
                bench.not_checked(f"{line}: HIFI_GGML does not name a folder of ggml")
                continue
            assert "--ggml build/bin" in line
            line = line.replace("build/bin", f"'{os.environ['HIFI_GGML']}' --filter format:q8_0")
        done = run(["sh", "-ec", line], place, {"PATH": f"{bench.folder}/guide programs:{os.environ['PATH']}", "HIFI": bench.hifi})
        ran += 1
        bench.check(f"of the guide: {line}", done.returncode == 0, done.stderr)
    bench.check("the guide has commands", ran >= 2)
    for name in glob.glob(f"{place}/*badge.json"):
        with open(name, encoding="utf-8") as file:
            bench.check(f"{os.path.basename(name)} is a badge", json.load(file)["schemaVersion"] == 1)
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", text("docs", "guides", "ci.md")):
        there = "://" in target or os.path.exists(os.path.join(ROOT, "docs/guides", target))
        bench.check(f"the guide's link {target} leads somewhere", there)
    named = set(re.findall(r"^\| `([a-z0-9-]+)`", text("docs", "guides", "ci.md"), re.M))
    known = set(re.findall(r"^  ([a-z0-9-]+):$", text("action.yml"), re.M))
    bench.check("the guide's tables name what action.yml has", named and named <= known, named - known)


def dockerfile(bench):
    joined = re.sub(r"\\\n", " ", text("Dockerfile"))
    lines = [line.split(None, 1) for line in joined.splitlines() if line and not line.startswith("#")]
    known = {"FROM", "RUN", "WORKDIR", "COPY", "ENV", "USER", "ENTRYPOINT", "CMD"}
    bench.check("the Dockerfile has known instructions", {name for name, _ in lines} <= known)
    stages = [words.split()[0] for name, words in lines if name == "FROM"]
    bench.check("two stages, the second of Debian", stages == ["swift:6.2-bookworm", "debian:bookworm-slim"], stages)
    bench.check("the entry point is hifi, run by no root", ["ENTRYPOINT", '["hifi"]'] in lines and ["USER", "65532:65532"] in lines
                and lines.index(["USER", "65532:65532"]) > lines.index(["FROM", "debian:bookworm-slim"]))
    for source in re.findall(r"RUN (Scripts/\S+)", joined) + ["Vectors", "LICENSE"]:
        ignored = source in text(".dockerignore").split()
        bench.check(f"{source} is there and not ignored", os.path.exists(os.path.join(ROOT, source)) and not ignored)
    # As in the image: the program below bin, the vectors below share, another current folder.
    image, elsewhere = bench.place("image"), bench.place("elsewhere")
    os.makedirs(f"{image}/bin")
    os.makedirs(f"{image}/share/hifi")
    shutil.copyfile(bench.hifi, f"{image}/bin/hifi")
    os.chmod(f"{image}/bin/hifi", 0o755)
    os.symlink(os.path.join(ROOT, "Vectors"), f"{image}/share/hifi/Vectors")
    smoke = re.findall(r"&& (hifi conformance .*)", joined)[0]
    done = run(["sh", "-c", smoke], elsewhere, {"PATH": f"{image}/bin:{os.environ['PATH']}"})
    bench.check("the image's test passes where the vectors lie below the prefix", done.returncode == 0, done.stderr)
    if bench.tool("hadolint"):
        done = run([bench.tool("hadolint"), "Dockerfile"], ROOT)
        bench.check("hadolint has nothing to say", done.returncode == 0, done.stdout)
    else:
        bench.not_checked("the Dockerfile by hadolint: it cannot be had here")
    bench.not_checked("the image itself: no docker is called; what it copies is tried by Scripts/release-check")


def hook(bench):
    """The hook's script: what is an option and what is a file."""
    script, place = os.path.join(ROOT, "Scripts", "ci", "pre-commit"), bench.place("hook")
    evil = "--rule=CONTENT-01=off:.gguf"
    for name, source in {"a b.gguf": SOUND, "-x.gguf": SOUND, "bad.gguf": DAMAGED, evil: DAMAGED, "-q": SOUND, "odd.bin": SOUND}.items():
        shutil.copyfile(model(source), os.path.join(place, name))
    for words, status in [
        (["a b.gguf", "-x.gguf"], 0), (["bad.gguf"], 1), ([evil], 1), ([evil, "bad.gguf"], 1),
        (["--rule=CONTENT-01=off:known", "bad.gguf"], 0),
        (["--require", "full", "a b.gguf"], 0), (["--header-only", "--require", "full", "-x.gguf"], 1), (["-q"], 0),
        (["--", "odd.bin", "-q"], 0),
        (["--none", "a b.gguf"], 64), ([], 64), (["none.gguf"], 74),
    ]:
        done = run([script, *words], place, {"HIFI": bench.hifi})
        bench.check(f"hook {words}: status {status}", done.returncode == status, f"{done.returncode} {done.stderr} {done.stdout}")
    done = run([script, "a b.gguf"], place, {"HIFI": "no-such-hifi"})
    bench.check("hook without hifi: 69, and the remedy", done.returncode == 69 and "set HIFI" in done.stderr, done.stderr)


def pre_commit(bench, yaml, blocks):
    program = bench.tool("pre-commit")
    if not program:
        bench.not_checked("the hook in pre-commit: it cannot be had here")
        return
    done = run([program, "validate-manifest", os.path.join(ROOT, ".pre-commit-hooks.yaml")], bench.folder)
    bench.check("pre-commit takes the hook's definition", done.returncode == 0, done.stdout + done.stderr)
    hooks, place = bench.place("hooks repository"), bench.place("models repository")
    environment = {
        "PRE_COMMIT_HOME": f"{bench.folder}/pre-commit", "HOME": bench.folder, "HIFI": bench.hifi, "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@example.org", "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@example.org",
    }

    def git(folder, *words):
        return run(["git", *words], folder, environment)

    os.makedirs(f"{hooks}/Scripts/ci")
    for name in (".pre-commit-hooks.yaml", "Scripts/ci/pre-commit"):
        shutil.copy(os.path.join(ROOT, name), os.path.join(hooks, name))
    for folder in (hooks, place):
        git(folder, "init", "-q")
    git(hooks, "add", "-A")
    git(hooks, "commit", "-qm", "hooks")
    revision = git(hooks, "rev-parse", "HEAD").stdout.strip()
    shown = [block for language, block in blocks if language == "yaml" and block.startswith("repos:")]
    config = yaml.safe_load(shown[0])
    config["repos"][0].update(repo=hooks, rev=revision)
    with open(f"{place}/.pre-commit-config.yaml", "w", encoding="utf-8") as file:
        yaml.safe_dump(config, file)
    for name in ("a b.gguf", "-x.gguf", "other.txt"):
        shutil.copyfile(model(SOUND), os.path.join(place, name))
    git(place, "add", "-A")
    done = run([program, "run"], place, environment)
    bench.check("pre-commit passes sound files", done.returncode == 0 and "Passed" in done.stdout, done.stdout + done.stderr)
    shutil.copyfile(model(DAMAGED), os.path.join(place, "--rule=CONTENT-01=off:.gguf"))
    git(place, "add", "-A")
    done = run([program, "run"], place, environment)
    caught = done.returncode == 1 and "CONTENT-01" in done.stdout
    bench.check("pre-commit fails a damaged file with the name of an option", caught, done.stdout)
    done = run([program, "try-repo", hooks, "hifi-verify", "--files", "a b.gguf"], place, environment)
    bench.check("pre-commit try-repo", done.returncode == 0 and "Passed" in done.stdout, done.stdout + done.stderr)
