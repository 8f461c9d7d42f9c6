"""What Scripts/inject lets fail: command lines on small inputs, kinds of calls, and how the outcome is judged."""
import errno
import json
import os
import re
import shutil
import signal
import struct
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent.parent
#: The files of the conformance suite that are in the inputs.
VECTORS = ("decode/f16.json", "content/f16.json", "bulk/f16.json", "decode/q8_0.json", "dot/q8_0.json", "bulk/q8_0.json")


class Call:
    """A kind of call (see faults.c) and what it fails with, by turns."""

    def __init__(self, kind, *reasons, on=False, after=None):
        self.kind, self.reasons, self.on, self.after = kind, reasons or (errno.EIO,), on, after
        #: What lets a call do less, or later, is no failure: the answer has to be right.
        self.is_harmless = kind in ("part", "interrupt", "advise")
        #: Swift ends the process where it gets no memory; so does what it is built on.
        self.may_trap = kind in ("object", "allocate", "room")


CALLS = {
    "open": Call("open", errno.EIO, errno.EMFILE), "create": Call("create", errno.ENOSPC, errno.EACCES), "read": Call("read"),
    "write": Call("write", errno.ENOSPC, errno.EIO), "part": Call("part"), "interrupt": Call("interrupt"), "sync": Call("sync"),
    "rename": Call("rename"), "link": Call("link", errno.EIO, errno.ENOSPC), "truncate": Call("truncate"),
    "close": Call("close", errno.EIO, errno.EDQUOT), "map": Call("map", errno.ENOMEM), "room": Call("room", errno.ENOMEM),
    "stat": Call("stat"), "resolve": Call("resolve"), "list": Call("list"), "mode": Call("mode", errno.EPERM), "advise": Call("advise"),
    "thread": Call("thread", errno.EAGAIN), "pipe": Call("pipe", errno.EMFILE, errno.EIO), "spawn": Call("spawn", errno.EAGAIN),
    "object": Call("object", errno.ENOMEM), "allocate": Call("allocate", errno.ENOMEM),
    # While an output has a temporary name, which the end of the process must not leave behind.
    "late": Call("object", errno.ENOMEM, after="link"),
    # A disk that stays full, descriptors that stay used up, a disk that stays broken.
    "full": Call("write", errno.ENOSPC, on=True), "used-up": Call("open", errno.EMFILE, on=True),
    "broken": Call("read", errno.EIO, on=True),
}


class Command:
    """A command line, the files that it writes, what it reads from standard input."""

    def __init__(self, line, *outputs, stdin=None, pipe=False, statuses=(), varies=False, replaces=False, hidden="", slow=False,
                 open_calls=()):
        self.line, self.outputs, self.stdin, self.pipe = line, outputs, stdin, pipe
        #: What may come beside 74, since the command's help has it for what fails; whether what is printed varies by itself; whether
        #: the outputs are always there before.
        self.statuses, self.varies, self.replaces = statuses, varies, replaces
        #: A folder that cannot be reached; whether a run takes seconds.
        self.hidden, self.slow = hidden, slow
        #: Kinds of calls that do not fail, since what comes of them is known not to be right yet (docs/SOUNDNESS.md).
        self.open_calls = open_calls
        self.words = line.split()


PERPLEXITY = "perplexity -m m.gguf -f text -c 16"
DIFF = "diff expected.f32 actual.f32 --type q8_0 --blocks eights"
#: What this process cannot read in the middle of a run, of the vectors or from the adapter, is put down to the adapter.
BLAMED = ("open", "read", "map", "stat", "pipe", "used-up", "broken")
#: Without it, temporary files have names.
NAMELESS = "/proc/self/fd"
#: Where it can, one thread, so that calls come in one order.
COMMANDS = [
    Command("verify m.gguf --threads 1"), Command("verify m.gguf m.gguf --threads 2"), Command("verify p.gguf --header-only"),
    Command("verify p.gguf --manifest p.manifest --digests --threads 1"), Command("verify models --threads 1"),
    Command("verify s-00001-of-00002.gguf --threads 1"), Command("verify k.gguf --policy known.json --format json --threads 1"),
    Command("verify ./models/../k.gguf --format sarif --threads 1"), Command("verify k.gguf --format junit --threads 1"),
    Command("verify k.gguf --write-baseline out --threads 1", "out"), Command("verify - --threads 1", stdin="p.gguf"),
    Command("verify - --threads 1", stdin="p.gguf", pipe=True),
    Command("identify m.gguf"), Command("identify models --all-content --format json"), Command("identify s-00002-of-00002.gguf"),
    Command("inspect p.gguf --tensors --keys"), Command("inspect models p.gguf --format json"), Command("inspect -", stdin="p.gguf"),
    Command("inspect s-00001-of-00002.gguf"),
    Command("hash p.gguf"), Command("hash models --algorithm sha256 --form common"), Command("hash s-00001-of-00002.gguf"),
    Command("hash p.gguf --check p.manifest"), Command("hash p.gguf --check p.manifest --format json"),
    Command("hash --chunks --chunk-size 4096 m.gguf"), Command("repair d.gguf --manifest m.chunks"),
    Command("repair d.gguf --manifest m.chunks --from m.gguf -o out", "out"),
    Command("repair d.gguf --manifest m.chunks --from m.gguf -o link --format json", "out", replaces=True),
    Command("types 43"), Command("types --format html"), Command("types --format json"),
    Command("decode --type q3_k --blocks blocks -o out", "out"), Command("decode --type q3_k --blocks blocks -o out.npy", "out.npy"),
    Command("decode --type q3_k --blocks - -o -", stdin="blocks", pipe=True),
    Command("decode --type q3_k --blocks blocks -o link --backend cpu", "out", replaces=True), Command("decode --list"),
    Command("decode --type q8_0 --blocks eights -o out --backend exec:./adapter", "out", statuses=(1, 69)),
    Command("decode --type q3_k --blocks blocks -o ./blocks"),
    Command("encode --type q8_0 --columns 32 --input floats -o out", "out"),
    Command("encode --type q8_0 --columns 32 --input eight.f32 -o out", "out", hidden=NAMELESS),
    Command("encode --type q3_k --columns 256 --input floats --imatrix floats -o out --backend cpu", "out"),
    Command("dot --type q3_k --blocks blocks --activations floats -o out --bounds", "out"),
    Command("dot --type q3_k --blocks blocks --activations floats -o out.npy --backend cpu", "out.npy"),
    Command("diff floats other"), Command("diff p.gguf q.gguf"), Command("diff m.gguf:output_norm.weight floats --format json"),
    Command(f"{DIFF} --format html"),
    Command(f"{DIFF} --minimise out", "out.blocks.bin", "out.expected.f32", "out.actual.f32", "out.json"),
    Command("conformance --backend reference --filter format:f16 --vectors vectors"),
    Command("conformance --backend cpu --filter format:f16 --vectors vectors --format html"),
    Command("conformance --backend cpu --filter format:f16 --vectors vectors --write-expected out", "out"),
    Command("conformance --filter format:f16 --vectors vectors --expected-failures list --compare run.json --format json"),
    Command("conformance --exec ./adapter --filter format:q8_0 --filter kind:dot --vectors vectors --format json", statuses=(69,),
            open_calls=BLAMED),
    Command("conformance --exec ./adapter --filter format:q8_0 --filter kind:bulk --vectors vectors --format json", statuses=(69,),
            open_calls=BLAMED),
    Command("quantize f16.gguf out --mix q8_0 --threads 1", "out"), Command("quantize f16.gguf out --mix q4_0 --threads 2", "out"),
    Command("quantize f16.gguf out --mix q8_0 --threads 1", "out", hidden=NAMELESS),
    Command("quantize m.gguf out --mix q8_0 --allow-requantize --imatrix m.imatrix --threads 1 --format json", "out"),
    Command("quantize f16.gguf out --mix q8_0 --dry-run"), Command("quantize f16.gguf hard --mix q8_0 --threads 1"),
    Command("convert m.gguf out --to r12 --threads 1", "out"), Command("convert m.gguf out --to r12 --stamp --threads 2", "out"),
    Command("convert m.gguf out --renumber fork-2025-12-22", "out"),
    Command("figures audit", slow=True), Command("figures sizes"), Command("figures sizes --config config.json --format json"),
    Command("figures sizes --model m.gguf"), Command("figures report --rows 1 -o out --no-progress", "out", slow=True),
    Command("figures perplexity --model m.gguf --text words --chunks 1 -t 1"),
    Command(f"{PERPLEXITY} --chunks 1 -t 1"), Command(f"{PERPLEXITY} --chunks 1 -t 2 --exact"),
    Command(f"{PERPLEXITY} --chunks 1 -t 1 --record out", "out"), Command(f"{PERPLEXITY} --chunks 1 -t 1 --record part --resume", "part"),
    Command(f"{PERPLEXITY} --chunks 1 -t 1 --record out --write-kl-base base", "out", "base"),
    Command("perplexity -m m.gguf --kl-base kept.kl -t 1"), Command("perplexity tokens -m m.gguf text words"),
    Command("perplexity merge a.json b.json --record out", "out"), Command("perplexity compare a.json a.json --format json"),
    Command("imatrix -m m.gguf -f text -c 16 --chunks 1 -t 1 -o out", "out"),
    Command("bench --op decode --type q3_k --samples 1 --rows 4", varies=True, slow=True),
]


# MARK: Inputs

def gguf(keys, tensors):
    """A GGUF file of integers and texts as keys, and of vectors in F32."""
    def text(value):
        return struct.pack("<Q", len(value)) + value.encode()
    data = struct.pack("<4sIQQ", b"GGUF", 3, len(tensors), len(keys))
    for key, value in keys.items():
        form = {"split.no": ("<IH", 2), "split.count": ("<IH", 2)}.get(key, ("<Ii", 5))
        data += text(key) + (struct.pack("<I", 8) + text(value) if isinstance(value, str) else struct.pack(form[0], form[1], value))
    for number, name in enumerate(tensors):
        data += text(name) + struct.pack("<IQIQ", 1, 32, 0, 128 * number)
    return data + bytes(-len(data) % 32) + struct.pack("<32f", *range(32)) * len(tensors)


def make_inputs(folder, tool):
    """The folder that every run begins with; the adapter is there already."""
    shutil.copy(ROOT / "Vectors/models/tiny-qwen3-q3_k_hifi-r6.gguf", folder / "m.gguf")
    for name, source in (("p", "00-pristine"), ("k", "k11-blockcount"), ("q", "p03-nan-f32")):
        shutil.copy(ROOT / f"Vectors/gguf/{source}.gguf", folder / f"{name}.gguf")
    subprocess.run([sys.executable, str(ROOT / "Tests/CommandTests/Faults/f16_model.py"), str(folder / "p.gguf"), str(folder / "f16.gguf")],
                   check=True)
    for number in (1, 2):
        keys = {"general.architecture": "llama", "split.no": number - 1, "split.count": 2, "split.tensors.count": 2}
        (folder / f"s-0000{number}-of-00002.gguf").write_bytes(gguf(keys, [f"blk.{number - 1}.attn_norm.weight"]))
    (folder / "models/below").mkdir(parents=True)
    for name in ("models/a.gguf", "models/below/b.gguf"):
        (folder / name).write_bytes(gguf({"general.architecture": "llama"}, ["output_norm.weight"]))
    os.link(folder / "f16.gguf", folder / "hard")
    os.symlink("out", folder / "link")
    index = json.loads((ROOT / "Vectors/index.json").read_text())
    index["files"] = [f for f in index["files"] if f["path"] in VECTORS]
    index["cases"] = sum(f["cases"] for f in index["files"])
    for name in (*VECTORS, "notes.json"):
        (folder / "vectors" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "Vectors" / name, folder / "vectors" / name)
    (folder / "vectors/index.json").write_text(json.dumps(index))
    text = (ROOT / "Tests/InferenceTests/Fixtures/persuasion.txt").read_bytes()
    files = {
        "text": text[:2000], "words": text * 2, "blocks": bytes(110), "eights": bytes(34), "floats": bytes(1024),
        "other": b"\0\0\x80\x3f" + bytes(1020), "expected.f32": bytes(128), "actual.f32": b"\0\0\x80\x3f" + bytes(124),
        "eight.f32": bytes(128),
        "list": b"# nothing\n", "config.json": json.dumps({
            "architectures": ["Qwen3ForCausalLM"], "model_type": "qwen3", "hidden_size": 1024, "intermediate_size": 3072, "head_dim": 128,
            "num_hidden_layers": 2, "num_attention_heads": 16, "num_key_value_heads": 8, "vocab_size": 1000, "tie_word_embeddings": False,
        }).encode()}
    for name, data in files.items():
        (folder / name).write_bytes(data)

    def made(line, name=None):
        done = subprocess.run([tool, *line.split()], cwd=folder, capture_output=True)
        if done.returncode not in (0, 1):
            raise RuntimeError(f"{line}: {done.stderr.decode()}")
        if name:
            (folder / name).write_bytes(done.stdout)
    made("hash p.gguf", "p.manifest")
    made("hash --chunks --chunk-size 4096 m.gguf", "m.chunks")
    damaged = bytearray((folder / "m.gguf").read_bytes())
    damaged[len(damaged) // 2] ^= 1
    (folder / "d.gguf").write_bytes(damaged)
    made("verify k.gguf --write-baseline known.json")
    made("conformance --filter format:f16 --vectors vectors --format json", "run.json")
    made("imatrix -m m.gguf -f text -c 16 --chunks 1 -o m.imatrix")
    for name, chunks in (("a.json", "1..1"), ("b.json", "2..2")):
        made(f"{PERPLEXITY} -t 1 -q --chunks {chunks} --record {name}")
    made(f"{PERPLEXITY} -t 1 -q --chunks 1 --write-kl-base kept.kl")


# MARK: Runs

class Case:
    """One command in a folder of its own."""

    def __init__(self, command, place, inputs, tool, library):
        self.command, self.tool, self.library, self.line = command, tool, library, command.line
        if command.stdin:
            self.line += f" {'|' if command.pipe else '<'} {command.stdin}"
        if command.hidden:
            self.line += f" without {command.hidden}"
        self.folder, self.beside, self.source = place / "work", place / "beside", inputs
        self.beside.mkdir()
        self.known = {}
        self.reset()

    def reset(self):
        """The inputs as they were, whatever a command has done to them."""
        shutil.rmtree(self.folder, ignore_errors=True)
        shutil.copytree(self.source, self.folder, symlinks=True)
        # Which are one file again.
        (self.folder / "hard").unlink()
        os.link(self.folder / "f16.gguf", self.folder / "hard")
        self.inputs = self.files()

    def states(self):
        """What lies where the output goes: nothing, or a file."""
        return [b"old"] if self.command.replaces else [None, b"old"] if self.command.outputs else [None]

    def files(self):
        """What there is, and of which state."""
        found = {}
        for path in self.folder.rglob("*"):
            status = path.lstat()
            if not path.is_dir() or path.is_symlink():
                found[str(path.relative_to(self.folder))] = (status.st_mode, status.st_size, status.st_mtime_ns, status.st_ino)
        return found

    def clean(self, old):
        """What comes of it when nothing fails."""
        return self.unharmed(old, None)[0]

    def counts(self, old, after):
        """How many calls of each kind there are then."""
        return self.unharmed(old, after)[1]

    def unharmed(self, old, after):
        if (old, after) not in self.known:
            counts = self.beside / "counts"
            added = {"LD_PRELOAD": str(self.library), "HIFI_FAULT_COUNTS": str(counts), **({"HIFI_FAULT_AFTER": after} if after else {})}
            outcome = self.launch(added, old)
            if outcome["status"] not in (0, 1, 64) or outcome["left"] or outcome["changed"]:
                raise RuntimeError(f"{self.line}: without any fault {outcome}")
            if outcome["status"] != 64 and None in outcome["outputs"].values():
                raise RuntimeError(f"{self.line}: an output is not written: {outcome}")
            self.known[old, after] = (outcome, {k: int(n) for k, n in (line.split() for line in counts.read_text().splitlines())})
        return self.known[old, after]

    def run(self, call, number, old):
        """What comes of it when that call fails."""
        added = {"LD_PRELOAD": str(self.library), "HIFI_FAULT_CALL": call.kind, "HIFI_FAULT_AT": str(number),
                 "HIFI_FAULT_ERRNO": str(call.reasons[number % len(call.reasons)])}
        if call.on:
            added["HIFI_FAULT_ON"] = "1"
        if call.after:
            added["HIFI_FAULT_AFTER"] = call.after
        return self.launch(added, old)

    def launch(self, added, old):
        for name in self.command.outputs:
            (self.folder / name).unlink(missing_ok=True)
            if old is not None:
                (self.folder / name).write_bytes(old)
                (self.folder / name).chmod(0o640)
        temporary, mark = self.beside / "tmp", self.beside / "mark"
        shutil.rmtree(temporary, ignore_errors=True)
        temporary.mkdir()
        mark.unlink(missing_ok=True)
        # All temporary files go to a folder of this run's own. A backtrace takes a second, and core files are not wanted.
        environment = {**os.environ, "TMPDIR": str(temporary), "HIFI_FAULT_HIDE": f"/dev/shm:{self.command.hidden}",
                       "HIFI_FAULT_MARK": str(mark), "SWIFT_BACKTRACE": "enable=no", **added}
        given = (self.folder / self.command.stdin).read_bytes() if self.command.pipe else None
        # Printed to a file, so that those writes fail in their turn too.
        with open(self.beside / "printed", "wb") as printed, open(self.folder / self.command.stdin if self.command.stdin and not given
                                                                   else os.devnull, "rb") as file:
            process = subprocess.Popen([self.tool, *self.command.words], cwd=self.folder, stdin=file if given is None else subprocess.PIPE,
                                       stdout=printed, stderr=subprocess.PIPE, env=environment)
            try:
                _, errors = process.communicate(given, timeout=120)
                status = process.returncode
            except subprocess.TimeoutExpired:
                process.kill()
                _, errors = process.communicate()
                status = None
        found = self.files()
        outputs = {n: (self.folder / n).read_bytes() if n in found else None for n in self.command.outputs}
        return {
            "status": status, "errors": errors.decode(errors="replace"), "printed": (self.beside / "printed").read_bytes(),
            "outputs": outputs, "modes": {n: found[n][0] & 0o7777 for n in outputs if n in found},
            "left": sorted(set(found) - set(self.inputs) - set(outputs)) + sorted(p.name for p in temporary.iterdir()),
            "changed": [n for n, state in self.inputs.items() if n not in outputs and found.get(n) != state], "fired": mark.exists()}

    # MARK: Judgement

    def judged(self, call, outcome, clean, old):
        """right, error, trap, or what is wrong."""
        status = outcome["status"]
        if outcome["left"]:
            return f"leaves {', '.join(outcome['left'])} (status {status})"
        if outcome["changed"]:
            return f"changes {', '.join(outcome['changed'])} (status {status})"
        for name, data in outcome["outputs"].items():
            if data not in (old, clean["outputs"][name]):
                return f"{name} is neither old nor new (status {status})"
            if old is not None and outcome["modes"][name] != 0o640:
                return f"{name} has the permissions {outcome['modes'][name]:o} (status {status})"
        if status is None:
            return "does not end"
        if status < 0:
            if call.may_trap and -status in (signal.SIGABRT, signal.SIGILL, signal.SIGTRAP, signal.SIGSEGV):
                return "trap"
            return f"ends by signal {-status}: {outcome['errors'].strip()[-200:]}"
        if status == clean["status"]:
            if outcome["outputs"] != clean["outputs"]:
                return f"status {status}, but the output was not written"
            if not self.command.varies and comparable(outcome["printed"]) != comparable(clean["printed"]):
                return f"status {status}, but it prints something else: {outcome['errors'].strip()[:200]}"
            return "right"
        # Where C code gets no memory.
        none = (69,) if call.kind == "allocate" else ()
        if call.is_harmless or status not in (74, *none, *self.command.statuses):
            return f"status {status}: {outcome['errors'].strip()[:300]}"
        return self.judged_error(call, outcome, clean)

    def judged_error(self, call, outcome, clean):
        """error, or what is wrong with how it is told."""
        usual, lines = set(clean["errors"].splitlines()), outcome["errors"].splitlines()
        told = [line for line in lines if line.startswith("hifi: error: ") and len(line) > 20]
        odd = [line for line in lines if line not in told and line not in usual]
        if not told or odd:
            return f"unclear: {outcome['errors'].strip()[:300]!r}"
        words = self.command.words
        if "json" in words and call.kind != "write":
            try:
                json.loads(outcome["printed"] or b"0")
            except ValueError:
                return f"what it prints is no JSON: {outcome['printed'][:100]!r}"
        return "error"


def comparable(printed):
    """Without times, which differ from run to run."""
    return re.sub(rb"\d+(\.\d+)? (ms|s|seconds|minutes)\b|\"seconds\" ?: ?[0-9.e-]+", b"TIME", printed)
