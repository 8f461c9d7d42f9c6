"""Scripts/ci/badge: what it makes of real reports, of reports that are changed, and of texts that are none."""

import copy
import json
import os

from checks.bench import CUT, DAMAGED, ROOT, SOUND, WARNED, model, run

BADGE = os.path.join(ROOT, "Scripts", "ci", "badge")


def check(bench, _):
    bench.area("badges")
    folder = bench.place("badges")

    def report(*words):
        return json.loads(run([bench.hifi, *words, "--format", "json"], ROOT).stdout)

    def badge(title, text, message, colour, *options):
        """The badge of a report, which is a value or bytes, has these words; without a message there is none."""
        path = os.path.join(folder, "report.json")
        with open(path, "wb") as file:
            file.write(text if isinstance(text, bytes) else json.dumps(text).encode())
        done = run([BADGE, *options, path], folder)
        if message is None:
            bench.check(f"no badge of {title}", done.returncode == 2 and not done.stdout and "Traceback" not in done.stderr
                        and done.stderr.count("\n") == 1, f"{done.returncode} {done.stdout} {done.stderr}")
            return
        made = json.loads(done.stdout) if done.returncode == 0 else {}
        bench.check(f"badge of {title}", set(made) == {"schemaVersion", "label", "message", "color"} and made["schemaVersion"] == 1
                    and (made["message"], made["color"]) == (message, colour), f"{done.stdout} {done.stderr}")

    sound = report("verify", model(SOUND))
    files(badge, report, sound)
    broken(badge, sound)
    suites(badge, report)
    for words, status in [([], 64), (["-x"], 64), (["a", "b"], 64), (["none.json"], 74), (["--", "-none.json"], 74), (["."], 74)]:
        done = run([BADGE, *words], folder)
        bench.check(f"badge {' '.join(words)}: status {status}", done.returncode == status and not done.stdout, done.stderr)


def files(badge, report, sound):
    badge("a sound file", sound, "conforming", "brightgreen")
    badge("a sound file, labelled", sound, "conforming", "brightgreen", "--label", 'a "label"')
    badge("two sound files", report("verify", model(SOUND), model("a04-align64-data32.gguf")), "2 files conforming", "brightgreen")
    badge("a header", report("verify", "--header-only", model(SOUND)), "conforming as far as checked (not all of blocks)", "yellow")
    badge("one tensor", report("verify", "--tensor", "output_norm.weight", model("tiny-qwen3-q3_k_hifi-r6.gguf")),
          "conforming as far as checked (not all of blocks)", "yellow")
    badge("an architecture without a description", report("verify", model("q3_k_hifi-r6-00-valid.gguf")),
          "conforming as far as checked (not all of architecture)", "yellow")
    badge("one sound and one partly checked file", report("verify", model(SOUND), model("q3_k_hifi-r6-00-valid.gguf")),
          "2 files conforming as far as checked (not all of architecture)", "yellow")
    badge("one loader", report("verify", "--profile", "runtime", model(SOUND)), "conforming, by profile runtime", "yellow")
    badge("a damaged file", report("verify", model(DAMAGED)), "1 error", "red")
    silenced = report("verify", "--rule", "CONTENT-01=off:known", model(DAMAGED))
    badge("a file that is silenced", silenced, "conforming under a policy", "yellow")
    badge("a warning", report("verify", model(WARNED)), "1 warning", "orange")
    badge("a malformed file", report("verify", model(CUT)), "malformed", "red")
    badge("a malformed file among others", report("verify", model(CUT), model(SOUND)), "1 of 2 files malformed", "red")
    badge("a file that is not there", report("verify", "/nothing/here.gguf"), "unreadable", "lightgrey")
    badge("a sound file and none", report("verify", model(SOUND), "/nothing/here.gguf"), "1 of 2 files unreadable", "lightgrey")


def broken(badge, sound):
    """Changes after which a report of a sound file must not be believed."""
    def changed(change):
        value = copy.deepcopy(sound)
        change(value["files"][0])
        return value

    def area(name):
        return lambda file: next(item for item in file["coverage"]["items"] if item["area"] == name)

    changes = {
        "an unchecked area under isFull": lambda f: area("blocks")(f).update(state="unchecked"),
        "types by size under isFull": lambda f: f["coverage"]["types"][0].update(bySizeOnly=1),
        "types not looked at under isFull": lambda f: f["coverage"]["types"][0].update(notLookedAt=1),
        "an area that is gone": lambda f: f["coverage"]["items"].pop(1), "no areas": lambda f: f["coverage"].update(items=[]),
        "no coverage": lambda f: f.pop("coverage"), "an unknown state": lambda f: area("blocks")(f).update(state="fine"),
        "isFull as a text": lambda f: f["coverage"].update(isFull="true"),
        "not full without a gap": lambda f: f["coverage"].update(isFull=False),
        "errors under conforming": lambda f: f["counts"].update(errors=1), "a count below 0": lambda f: f["counts"].update(warnings=-1),
        "a count that is true": lambda f: f["counts"].update(errors=True), "a count that is 0.0": lambda f: f["counts"].update(errors=0.0),
        "findings without any": lambda f: f.update(verdict="findings"), "an unknown verdict": lambda f: f.update(verdict="verified"),
        "silenced without a policy": lambda f: f["counts"].update(silenced=1), "no path": lambda f: f.pop("path"),
    }
    for title, change in changes.items():
        badge(title, changed(change), None, None)
    text = json.dumps(sound).encode()
    for title, data in {
        "nothing": b"", "spaces": b" \n", "half a report": text[: len(text) // 2], "two reports": text + text,
        "a number": b"1", "null": b"null",
        "a list": b"[]", "an object": b"{}", "no files": json.dumps({**sound, "files": []}).encode(), "bytes": bytes(range(256)),
        "UTF-16": text.decode().encode("utf-16"), "depth": b"[" * 200000, "a long number": b'{"files":' + b"9" * 5000 + b"}",
        "NaN": text.replace(b'"errors": 0', b'"errors": NaN'),
        "a key twice": text.replace(b'{"alignment"', b'{"verdict": "findings", "alignment"'),
        "files that are none": json.dumps({**sound, "files": [1, None]}).encode(), "SARIF": b'{"$schema": "x", "runs": []}',
        "another profile": json.dumps({**sound, "profile": "lax"}).encode(),
        "an error": b'{"error": {"exitCode": 64, "message": "a\\u001bb\\nc"}}',
        "a self-test": b'{"failingControls": [], "results": [], "seconds": 1, "suite": "1.0.0"}',
    }.items():
        badge(title, data, None, None)


def suites(badge, report):
    few = report("conformance", "--filter", "format:q4_k")
    number = few["applicable"]
    total = sum(level["cases"] for level in few["levels"]) + few["omitted"]
    conforms = f"conforms: {number} pass, {number} of {total} cases apply"
    badge("some cases", few, f"{conforms}, {few['omitted']} not chosen", "yellow")
    whole = {**few, "omitted": 0}
    badge("all cases", whole, f"conforms: {number} pass, {number} of {number} cases apply", "brightgreen")

    def changed(outcome, weight, key=None, **more):
        value = copy.deepcopy({**whole, **more})
        entry = next(result for result in value["results"] if result["level"] == weight)
        entry["outcome"] = outcome
        sums = next(sums for sums in value["levels"] if sums["level"] == weight)
        sums["passed"] -= 1
        if key:
            sums[key] += 1
        return value

    told = f"conforms: {number - 1} pass, {number} of {number} cases apply"
    badge("an optional failure", changed("fail", "optional", "failed"), f"{told}, 1 optional fail", "brightgreen")
    badge("a recommended failure", changed("fail", "recommended", "failed", level="required"), f"{told}, 1 recommended fail", "yellow")
    badge("an expected failure", changed("xfail", "required", "expectedFailures"), f"{told}, 1 fail as expected", "yellow")
    badge("a failure", changed("fail", "required", "failed", conforming=False), f"1 case fails, {number} of {number} cases apply", "red")
    badge("a failure under conforming", changed("fail", "required", "failed"), None, None)
    badge("a crash under conforming", changed("crash", "optional", "failed"), None, None)
    badge("sums that are not those of the cases", changed("pass", "required"), None, None)
    badge("an outcome that is not known", changed("good", "required"), None, None)
    badge("no cases", {**whole, "results": []}, None, None)
    badge("a shortfall under conforming", {**whole, "shortfalls": ["x"]}, None, None)
    badge("more cases than there are", {**whole, "applicable": number + 1}, None, None)
    adapter = os.path.join(ROOT, "Vectors", "adapters", "example_adapter.py")
    nothing = report("conformance", "--exec", f"python3 '{adapter}'", "--filter", "format:q8_0")
    badge("nothing that applies", nothing, "nothing was tested", "lightgrey")
    badge("an adapter that ends", report("conformance", "--exec", "false", "--filter", "format:q4_k"), None, None)
