"""action.yml: its form, and every step of it that runs a script."""

import html
import os
import re
import shutil
import stat
import xml.etree.ElementTree as ElementTree

from checks.bench import CUT, DAMAGED, ROOT, SOUND, WARNED, Action, model, run, sarif_log

INPUT_KEYS = {"description", "required", "default", "deprecationMessage"}
STEP_KEYS = {"id", "name", "if", "shell", "env", "run", "uses", "with", "working-directory", "continue-on-error"}


def check(bench, yaml):
    bench.area("action.yml: form")
    with open(os.path.join(ROOT, "action.yml"), encoding="utf-8") as file:
        definition = yaml.safe_load(file)
    form(bench, definition)
    action = Action(definition, ROOT)

    def job(title, files, inputs, make=None):
        """One run of the action in a folder of its own, with these files of the vectors in it."""
        folder = bench.place(f"job {title}")
        workspace, temp = os.path.join(folder, "work space"), os.path.join(folder, "temp")
        os.makedirs(workspace)
        os.makedirs(temp)
        for name, source in files.items():
            os.makedirs(os.path.dirname(os.path.join(workspace, name)), exist_ok=True)
            shutil.copyfile(model(source), os.path.join(workspace, name))
        if make:
            make(workspace)
        outcome = action.run(workspace, temp, {"binary": bench.hifi, **inputs})
        bench.check(f"{title}: nothing in the log is a command to the runner", not outcome.commands, outcome.commands)
        bench.check(f"{title}: nothing was executed from a name", not any("pwned" in names for _, _, names in os.walk(folder)))
        return outcome

    bench.area("action.yml: files")
    verification(bench, job)
    hostile(bench, job)
    bench.area("action.yml: the suite")
    suite(bench, job)
    bench.area("action.yml: where the tool comes from")
    tool(bench, definition)
    bench.not_checked("uploads of SARIF and artifacts, and GitHub's own reading of action.yml: there is no GitHub here")


def form(bench, definition):
    bench.check("action.yml has name, description and composite steps", definition["name"] and definition["description"]
                and definition["runs"]["using"] == "composite" and set(definition) == {"name", "description", "inputs", "outputs", "runs"})
    for name, entry in definition["inputs"].items():
        bench.check(f"input {name} is described and has a default", re.fullmatch(r"[a-z][a-z0-9-]*", name) and set(entry) <= INPUT_KEYS
                    and entry.get("description") and isinstance(entry.get("default"), str), entry)
    used, ids = "", set()
    for step in definition["runs"]["steps"]:
        title = step.get("name", "?")
        bench.check(f"step {title} has known keys", set(step) <= STEP_KEYS and ("run" in step) != ("uses" in step), step)
        if "run" in step:
            bench.check(f"step {title} has a shell", step.get("shell") == "bash")
            bench.check(f"step {title} has no expression in its shell text", "${{" not in step["run"], step["run"])
        else:
            bench.check(f"step {title} is pinned by a major version", re.fullmatch(r"[\w-]+/[\w/-]+@v\d+", step["uses"]), step["uses"])
        for name in re.findall(r"steps\.([\w-]+)\.", str(step)):
            bench.check(f"step {title} names an earlier step", name in ids, name)
        ids.add(step.get("id"))
        used += str(step)
    for name in definition["inputs"]:
        bench.check(f"input {name} is used", re.search(rf"inputs\.{name}(?![\w-])", used))
    for name, entry in definition["outputs"].items():
        match = re.fullmatch(r"\$\{\{ steps\.([\w-]+)\.outputs\.[\w-]+ \}\}", entry["value"])
        bench.check(f"output {name} is of a step", match and match[1] in ids, entry)


def verification(bench, job):
    sound = {"with space.gguf": SOUND, "-x.gguf": SOUND, "-": SOUND, "[a].gguf": SOUND, "more models/deep/é.gguf": SOUND, "b1.gguf": SOUND}
    done = job("sound files", sound, {"files": "with space.gguf\n-*.gguf\n-\n[a].gguf\n\nmore models\nb?.gguf\n"})
    bench.check("sound files: conforming, six of them, status 0", done.status == 0 and done.outputs["verdict"] == "conforming"
                and done.outputs["files"] == "6" and done.outputs["errors"] == "0", done.text)
    log = sarif_log(done.outputs["sarif"])
    bench.check("sound files: SARIF without results", log["results"] == [] and log["invocations"][0]["executionSuccessful"])
    uploaded = done.uses["github/codeql-action/upload-sarif"]["sarif_file"]
    bench.check("sound files: SARIF would be uploaded", uploaded == done.outputs["sarif"], uploaded)
    bench.check("sound files: reports would be kept", os.path.isdir(done.uses["actions/upload-artifact"]["path"]))
    bench.check("sound files: a summary and a badge", "6 files: conforming" in html.unescape(done.summary)
                and os.path.getsize(done.outputs["badge"]))

    pair = {"good.gguf": SOUND, "bad.gguf": DAMAGED}
    done = job("a damaged file", pair, {"files": "*.gguf"})
    bench.check("a damaged file: status 1, one error", done.status == 1 and done.outputs["errors"] == "1"
                and done.outputs["verdict"] == "findings" and "CONTENT-01" in done.summary and "CONTENT-01" in done.text, done.text)
    bench.check("a damaged file: SARIF has it and is uploaded all the same", len(sarif_log(done.outputs["sarif"])["results"]) == 1
                and len(done.uses) == 2)
    cases = [
        ("never", pair, 0), ("malformed", pair, 0), ("errors", pair, 1), ("findings", {"w.gguf": WARNED}, 1),
        ("errors", {"w.gguf": WARNED}, 0), ("malformed", {"m.gguf": CUT}, 2), ("errors", {"m.gguf": CUT}, 2),
        ("never", {"m.gguf": CUT}, 0), ("sometimes", pair, 64),
    ]
    for fail_on, files, status in cases:
        title = f"fail-on {fail_on} of {' '.join(files)}"
        done = job(title, files, {"files": "*.gguf", "fail-on": fail_on, "artifact": "", "upload-sarif": "false"})
        bench.check(f"{title}: status {status}", done.status == status and not done.uses, f"{done.status} {done.text}")

    done = job("header only", {"a.gguf": SOUND}, {"files": "a.gguf", "header-only": "true"})
    bench.check("header only: as far as checked", done.status == 0 and done.outputs["verdict"] == "conforming as far as checked"
                and "not all checked: blocks" in done.text, done.text)
    done = job("coverage", {"a.gguf": SOUND}, {"files": "a.gguf", "header-only": "true", "coverage": "full"})
    bench.check("coverage: a gap is an error", done.status == 1 and "COVER-" in done.text, done.text)

    def policy(folder):
        run([bench.hifi, "verify", "--write-baseline", os.path.join(folder, "known things.json"), "bad.gguf"], folder)
        run(["sh", "-c", "sha256sum good.gguf > list"], folder)

    done = job("a policy", pair, {"files": "*.gguf", "policy": "known things.json"}, policy)
    bench.check("a policy: conforming under it", done.status == 0 and done.outputs["verdict"] == "conforming under a policy", done.text)
    done = job("a manifest", pair, {"files": "good.gguf", "manifest": "list"}, policy)
    bench.check("a manifest: conforming", done.status == 0 and done.outputs["verdict"] == "conforming", done.text)
    done = job("no manifest", pair, {"files": "*.gguf", "manifest": "none", "fail-on": "never"})
    bench.check("no manifest: 74, whatever fail-on says", done.status == 74 and done.outputs["verdict"] == "unreadable", done.text)
    for name, inputs in {"policy": {"policy": "none.json"}, "profile": {"profile": "x"}, "coverage": {"coverage": "x"}}.items():
        done = job(f"a wrong {name}", pair, {"files": "*.gguf", "fail-on": "never", **inputs})
        bench.check(f"a wrong {name} fails, and there is no badge", done.status in (64, 74) and not done.outputs["badge"]
                    and done.outputs["verdict"] == "no report", f"{done.status} {done.text}")


def hostile(bench, job):
    done = job("no match", {"a.gguf": SOUND}, {"files": "a.gguf\nnothing here/*.gguf"})
    bench.check("no match: 64, and says so", done.status == 64 and "nothing matches nothing here/*.gguf" in done.text
                and not done.uses, done.text)
    done = job("two stars", {"a/b/c.gguf": SOUND}, {"files": "a/**/*.gguf"})
    bench.check("two stars: 64, and the remedy", done.status == 64 and "name the folder" in done.text, done.text)
    done = job("blank lines", {"a.gguf": SOUND}, {"files": "\n  \n"})
    bench.check("blank lines: 64", done.status == 64 and "none are named" in done.text, done.text)
    done = job("nothing to do", {}, {})
    bench.check("nothing to do: 64", done.status == 64 and "nothing to do" in done.text, done.text)
    done = job("a link to nothing", {"a.gguf": SOUND}, {"files": "*.gguf", "fail-on": "never"}, lambda at: os.symlink("no", f"{at}/b.gguf"))
    bench.check("a link to nothing: 74, whatever fail-on says", done.status == 74 and done.outputs["verdict"] == "unreadable",
                done.text)
    words = ["$(touch pwned).gguf", "`touch pwned`.gguf", "';touch pwned;'.gguf", "a;touch pwned.gguf", "--rule=CONTENT-01=off:.gguf",
             "::set-output name=verdict::conforming.gguf", "##[set-output name=verdict]conforming.gguf", "| <b>*x*</b> `y` |.gguf",
             "a\n::error::b.gguf", "${{ github.token }}.gguf", "%0A::error::.gguf"]
    done = job("hostile names", {word: DAMAGED for word in words}, {"files": "*"})
    bench.check("hostile names: every one is a damaged file", done.status == 1 and done.outputs["errors"] == str(len(words))
                and done.outputs["verdict"] == "findings", done.text)
    bench.check("hostile names: the summary is a table of text", "<b>" not in done.summary and "`" not in done.summary
                and all(line.count("|") in (0, 6, 5) for line in done.summary.splitlines()), done.summary)
    named = [word for word in words if "\n" not in word]
    done = job("hostile input", {word: DAMAGED for word in named}, {"files": "\n".join(named)})
    bench.check("hostile input: names mean themselves", done.status == 1 and done.outputs["files"] == str(len(named)), done.text)


def suite(bench, job):
    adapter = os.path.join(ROOT, "Vectors", "adapters", "example_adapter.py")
    few = {"filter": "id:q3_k-dec-00001*\nid:q3_k-dec-00002*", "require": "10"}
    done = job("an adapter", {"bad.gguf": DAMAGED}, {"adapter": f"python3 '{adapter}'", "files": "bad.gguf", **few})
    bench.check("an adapter conforms, and the files fail the job", done.status == 1 and done.outputs["suite-verdict"] == "conforms"
                and int(done.outputs["suite-passed"]) > 10 and done.outputs["suite-failed"] == "0", done.text)
    tree = ElementTree.parse(done.outputs["junit"]).getroot()
    bench.check("JUnit counts its cases", tree.tag == "testsuites" and int(tree.get("tests")) == len(tree.findall(".//testcase")) > 10)
    with open(done.outputs["page"], encoding="utf-8") as file:
        page = file.read()
    bench.check("a page", page.startswith("<!DOCTYPE html>") and page.rstrip().endswith("</html>"))

    def wrong(folder):
        with open(adapter, encoding="utf-8") as file:
            text = file.read()
        assert text.count("(code - 4)") == 1
        with open(os.path.join(folder, "wrong adapter.py"), "w", encoding="utf-8") as file:
            file.write(text.replace("(code - 4)", "(code - 3)"))

    lies = {"adapter": "python3 'wrong adapter.py'", **few}
    done = job("a wrong adapter", {}, lies, wrong)
    bench.check("a wrong adapter: status 1, and why", done.status == 1 and done.outputs["suite-verdict"] == "does not conform"
                and int(done.outputs["suite-failed"]) > 10 and "failing" in done.text, done.text)
    done = job("a wrong adapter, never", {}, {"fail-on": "never", "page": "false", **lies}, wrong)
    bench.check("fail-on never: status 0, no page", done.status == 0 and not done.outputs["page"] and done.outputs["junit"], done.text)
    # The folder that is tested may bring vectors of its own; they are not those of the suite.
    done = job("foreign vectors", {}, lies, lambda at: (wrong(at), os.makedirs(f"{at}/Vectors")))
    bench.check("foreign vectors are not used", done.status == 1 and int(done.outputs["suite-failed"]) > 10, done.text)
    for title, inputs, status in [
        ("an adapter that ends", {"adapter": "false"}, 69), ("a library that is not there", {"library": "build/bin"}, 69),
        ("a folder without a library", {"library": "."}, 69), ("two systems", {"library": ".", "adapter": "false"}, 64),
        ("too little applies", {"adapter": f"python3 '{adapter}'", "filter": "kind:decode", "require": "100%"}, 1),
        ("nothing applies", {"adapter": f"python3 '{adapter}'", "filter": "format:q8_0", "fail-on": "never"}, 1),
    ]:
        done = job(title, {}, {"page": "false", **inputs})
        bench.check(f"{title}: status {status}", done.status == status, f"{done.status} {done.text}")
    library = os.environ.get("HIFI_GGML")
    if not library:
        bench.not_checked("a library of ggml in the action: HIFI_GGML does not name its folder")
        return
    done = job("a library", {}, {"library": library, "filter": "format:q8_0", "require": "200"})
    bench.check("a library: cases pass", done.status == 0 and int(done.outputs["suite-passed"]) >= 200, done.text)


def tool(bench, definition):
    folder = bench.place("get tool")
    os.makedirs(f"{folder}/release one")
    shutil.copyfile(bench.hifi, f"{folder}/release one/hifi")
    os.chmod(f"{folder}/release one/hifi", 0o644)
    run(["tar", "-cf", "plain.tar", "release one"], folder)
    os.chmod(f"{folder}/release one/hifi", 0o755)
    run(["tar", "-cf", "none.tar", "--exclude=hifi", "release one"], folder)
    digest, empty = [run(["sha256sum", name], folder).stdout.split()[0] for name in ("plain.tar", "none.tar")]
    cases = [
        ("an archive", {"binary": "plain.tar", "sha256": digest.upper()}, 0, ""), ("no digest", {"binary": "plain.tar"}, 64, "SHA-256"),
        ("another digest", {"binary": "plain.tar", "sha256": "0" * 64}, 74, "expected 000"),
        ("half a digest", {"binary": "plain.tar", "sha256": digest[:32]}, 64, "64 hexadecimal"),
        ("an archive without it", {"binary": "none.tar", "sha256": empty}, 74, "0 files"),
        ("a program with spaces in its path", {"binary": "release one/hifi"}, 0, ""), ("no such file", {"binary": "x"}, 74, "no file x"),
        ("another program", {"binary": "/bin/echo"}, 69, "another program"), ("http", {"binary": "http://x/hifi"}, 64, "https"),
        ("an address without a digest", {"binary": "https://x.invalid/hifi.tgz"}, 64, "SHA-256"),
        ("a digest alone", {"sha256": digest}, 64, "without a binary"),
    ]
    shutil.copyfile(model(SOUND), f"{folder}/a.gguf")
    action = Action(definition, ROOT)
    for number, (title, inputs, status, words) in enumerate(cases):
        temp = bench.place(f"get tool/temp {number}")
        done = action.run(folder, temp, {"files": "a.gguf", **inputs})
        bench.check(f"{title}: status {status}", done.status == status and words in done.text, f"{done.status} {done.text}")
    build(bench, definition, folder)


def build(bench, definition, folder):
    """The way through the build, with a stand-in for swift in a copy of the scripts."""
    root, programs = bench.place("get tool/checkout"), bench.place("get tool/programs")
    shutil.copytree(os.path.join(ROOT, "Scripts"), f"{root}/Scripts")
    with open(f"{root}/Scripts/prepare", "w", encoding="utf-8") as file:
        file.write("#!/bin/sh\n")
    with open(f"{programs}/swift", "w", encoding="utf-8") as file:
        file.write(f'#!/bin/sh\n[ "$*" = "build --package-path {root} -c release --product hifi" ] || exit 1\n'
                   f'mkdir -p "{root}/.build/release" && ln -s "{bench.hifi}" "{root}/.build/release/hifi"\n')
    os.chmod(f"{programs}/swift", os.stat(f"{programs}/swift").st_mode | stat.S_IXUSR)
    path = f"{programs}:{os.environ['PATH']}"
    done = Action(definition, root).run(folder, bench.place("get tool/temp build"), {"files": "a.gguf"}, path)
    bench.check("without a binary the tool is built", done.status == 0 and done.outputs["hifi"] == f"{root}/.build/release/hifi", done.text)
    bench.not_checked("the build of the tool by the action: a stand-in for swift was called")
