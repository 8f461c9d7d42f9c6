"""Reads the text of LLVM IR: functions, their instructions, constants. Only what clang makes of the kernels; anything else is refused."""
from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import Any


class Unsupported(Exception):
    """Something that this reader or the machine has no rule for."""


@dataclass(frozen=True)
class Type:
    """`kind` is int, float, half, ptr, vec, array, struct, void or label; `bits` counts for int and float; `count` and `inner` for vec and
    array."""

    kind: str
    bits: int = 0
    count: int = 0
    inner: tuple[Type, ...] = ()

    @property
    def element(self) -> Type:
        return self.inner[0]

    @property
    def size(self) -> int:
        """Bytes in memory; vectors of bits have none."""
        if self.kind in ("int", "float", "half", "ptr"):
            return (self.bits + 7) // 8
        if self.kind in ("vec", "array"):
            return self.count * self.element.size
        if self.kind == "struct" and len({t.size for t in self.inner}) == 1:
            return sum(t.size for t in self.inner)
        raise Unsupported(f"size of {self}")


INT1, INT8, INT32, INT64 = Type("int", 1), Type("int", 8), Type("int", 32), Type("int", 64)
PTR, FLOAT, HALF, VOID, LABEL = Type("ptr", 64), Type("float", 32), Type("half", 16), Type("void"), Type("label")


@dataclass
class Operand:
    """`kind` is reg, global, gep or const; a const's data is a list of numbers, one for each lane, None for poison."""

    kind: str
    data: Any
    type: Type


@dataclass
class Instruction:
    op: str
    result: str | None
    type: Type
    operands: list[Operand]
    flags: frozenset[str] = frozenset()
    extra: Any = None
    align: int = 1
    text: str = ""


@dataclass
class Function:
    name: str
    parameters: list[tuple[Type, str]]
    blocks: dict[str, list[Instruction]] = field(default_factory=dict)
    entry: str = ""
    problem: str = ""  # what could not be read

    def successors(self, label: str) -> list[str]:
        last = self.blocks[label][-1]
        return last.extra["targets"] if last.op in ("br", "switch") else []


@dataclass
class Module:
    functions: dict[str, Function] = field(default_factory=dict)
    #: Bytes of constant globals.
    constants: dict[str, bytes] = field(default_factory=dict)


TOKEN = re.compile(r'c"(?:[^"\\]|\\.)*"|"(?:[^"\\]|\\.)*"|[%@][-\w.$]+|[%@]"[^"]*"|![\w.]*|#\d+|0x[HKLMR]?[0-9A-Fa-f]+|-?\d+\.\d+e[+-]?\d+|'
                   r'-?\d+|[A-Za-z_][\w.]*|\.\.\.|[^\s\w]')
ARITHMETIC_FLAGS = {"nuw", "nsw", "exact", "disjoint", "nneg", "samesign", "inbounds", "nusw"}
PARAMETER_WORDS = {"noundef", "nonnull", "readonly", "writeonly", "immarg", "noalias", "nocapture", "signext", "zeroext", "readnone"}
BINARY = {"add", "sub", "mul", "udiv", "urem", "sdiv", "srem", "and", "or", "xor", "shl", "lshr", "ashr", "fadd", "fsub", "fmul", "fdiv"}
CASTS = {"zext", "sext", "trunc", "bitcast", "sitofp", "uitofp", "fpext", "ptrtoint", "inttoptr"}


_named: dict[str, Type] = {}


class Line:
    """The tokens of one line, read from left to right."""

    def __init__(self, text: str):
        self.text, self.tokens, self.at = text, TOKEN.findall(text), 0

    def peek(self) -> str:
        return self.tokens[self.at] if self.at < len(self.tokens) else ""

    def take(self, wanted: str | None = None) -> str:
        token = self.peek()
        if wanted is not None and token != wanted:
            raise Unsupported(f"{wanted!r} is missing: {self.text}")
        self.at += 1
        return token

    def accept(self, token: str) -> bool:
        if self.peek() == token:
            self.at += 1
            return True
        return False

    def type(self) -> Type:
        t = self.take()
        if re.fullmatch(r"i\d+", t):
            return Type("int", int(t[1:]))
        simple = {"float": FLOAT, "half": HALF, "ptr": PTR, "void": VOID, "label": LABEL, "double": Type("float", 64)}
        if t in simple:
            return simple[t]
        if t == "<" and self.peek() == "{":
            packed = self.type()
            self.take(">")
            return packed
        if t in "<[":
            count = int(self.take())
            self.take("x")
            inner = self.type()
            self.take(">" if t == "<" else "]")
            return Type("vec" if t == "<" else "array", 0, count, (inner,))
        if t == "{":
            inner_types = [self.type()]
            while self.accept(","):
                inner_types.append(self.type())
            self.take("}")
            return Type("struct", 0, len(inner_types), tuple(inner_types))
        if t in _named:
            return _named[t]
        raise Unsupported(f"type {t!r}: {self.text}")

    def skip_words(self) -> None:
        """Attributes of parameters."""
        while True:
            t = self.peek()
            if t in PARAMETER_WORDS:
                self.take()
            elif t == "align":
                self.take()
                self.take()
            elif t in ("dereferenceable", "captures", "range", "dereferenceable_or_null", "nofpclass", "initializes"):
                self.take()
                depth = 0
                while True:
                    token = self.take()
                    depth += (token == "(") - (token == ")")
                    if depth == 0:
                        break
            else:
                return

    def value(self, type: Type) -> Operand:
        """An operand of that type."""
        t = self.peek()
        if t.startswith("%"):
            return Operand("reg", self.take(), type)
        if t.startswith("@"):
            return Operand("global", self.take(), type)
        if t == "getelementptr":
            self.take()
            while self.peek() in ARITHMETIC_FLAGS:
                self.take()
            self.take("(")
            base = self.type()
            self.take(",")
            self.take("ptr")
            pointer = self.value(PTR)
            self.take(",")
            index = self.type()
            offset = self.value(index)
            self.take(")")
            return Operand("gep", (pointer, base.size * offset.data[0]), type)
        return Operand("const", self.constant(type), type)

    def constant(self, type: Type) -> list[int | None]:
        lanes = type.count if type.kind in ("vec", "array") else 1
        out: list[int | None]
        t = self.take()
        if t in ("poison", "undef"):
            return [None] * lanes
        if t == "zeroinitializer":
            return [0] * _leaves(type)
        if t == "null":
            return [0]
        if t == "splat":
            self.take("(")
            inner = self.type()
            one = self.constant(inner)
            self.take(")")
            return one * lanes
        if t == "<" and self.peek() == "{":
            out = self.constant(type)
            self.take(">")
            return out
        if t in "<[{":
            out = []
            while True:
                inner = self.type()
                out += self.constant(inner)
                if not self.accept(","):
                    break
            self.take()
            return out
        if t.startswith('c"'):
            raw = re.sub(r"\\([0-9A-Fa-f]{2})", lambda m: chr(int(m[1], 16)), t[2:-1])
            return [ord(c) for c in raw]
        if t in ("true", "false"):
            return [int(t == "true")]
        if type.kind == "float":
            if t.startswith("0x"):
                number = struct.unpack("<d", struct.pack("<Q", int(t, 16)))[0]
                if number != number or number in (float("inf"), float("-inf")):
                    bits = int(t, 16)
                    return [bits >> 63 << 31 | 0x7F800000 | (bits >> 29 & 0x7FFFFF)]
            else:
                number = float(t)
            return [struct.unpack("<I", struct.pack("<f", number))[0]]
        if type.kind == "half":
            return [int(t[3:], 16)]
        return [int(t) & ((1 << type.bits) - 1)]


def _leaves(type: Type) -> int:
    if type.kind == "struct":
        return sum(_leaves(t) for t in type.inner)
    return type.count * _leaves(type.element) if type.kind in ("vec", "array") else 1


def constant_bytes(type: Type, numbers: list[int | None]) -> bytes:
    """How a constant lies in memory."""
    leaf = type
    while leaf.kind in ("vec", "array", "struct"):
        leaf = leaf.element
    return b"".join((n or 0).to_bytes(leaf.size, "little") for n in numbers)


def instruction(text: str) -> Instruction:
    line = Line(text)
    result = None
    if line.peek().startswith("%"):
        result = line.take()
        line.take("=")
    op = line.take()
    if op in ("tail", "musttail", "notail"):
        op = line.take()
    flags = set()
    while line.peek() in ARITHMETIC_FLAGS:
        flags.add(line.take())
    made = _body(line, op, frozenset(flags))
    made.result, made.text = result, text
    return made


def _pair(line: Line) -> tuple[Type, list[Operand]]:
    type = line.type()
    a = line.value(type)
    line.take(",")
    return type, [a, line.value(type)]


def _typed(line: Line) -> Operand:
    return line.value(line.type())


def _alignment(line: Line) -> int:
    while line.accept(","):
        if line.accept("align"):
            return int(line.take())
        if line.peek().startswith("!"):
            break
    return 1


def _body(line: Line, op: str, flags: frozenset[str]) -> Instruction:
    if op in BINARY:
        type, operands = _pair(line)
        return Instruction(op, None, type, operands, flags)
    if op == "fneg":
        operand = _typed(line)
        return Instruction(op, None, operand.type, [operand])
    if op in ("icmp", "fcmp"):
        predicate = line.take()
        type, operands = _pair(line)
        result = Type("vec", 0, type.count, (INT1,)) if type.kind == "vec" else INT1
        return Instruction(op, None, result, operands, flags, predicate)
    if op in CASTS:
        operand = _typed(line)
        line.take("to")
        return Instruction(op, None, line.type(), [operand], flags)
    if op in ("select", "insertelement", "shufflevector"):
        operands = [_typed(line)]
        for _ in range(2):
            line.take(",")
            operands.append(_typed(line))
        type = operands[1].type if op == "select" else operands[0].type
        if op == "shufflevector":
            type = Type("vec", 0, operands[2].type.count, (type.element,))
        return Instruction(op, None, type, operands)
    if op == "extractelement":
        a = _typed(line)
        line.take(",")
        return Instruction(op, None, a.type.element, [a, _typed(line)])
    if op == "freeze":
        a = _typed(line)
        return Instruction(op, None, a.type, [a])
    if op == "getelementptr":
        base = line.type()
        operands = []
        while line.accept(","):
            operands.append(_typed(line))
        vectors = [o.type for o in operands if o.type.kind == "vec"]
        type = Type("vec", 0, vectors[0].count, (PTR,)) if vectors else PTR
        return Instruction(op, None, type, operands, flags, base)
    if op == "load":
        type = line.type()
        line.take(",")
        return Instruction(op, None, type, [_typed(line)], align=_alignment(line))
    if op == "store":
        a = _typed(line)
        line.take(",")
        return Instruction(op, None, VOID, [a, _typed(line)], align=_alignment(line))
    if op == "alloca":
        type = line.type()
        return Instruction(op, None, PTR, [], extra=type, align=_alignment(line))
    if op == "phi":
        type = line.type()
        incoming = {}
        while True:
            line.take("[")
            v = line.value(type)
            line.take(",")
            incoming[line.take()[1:]] = v
            line.take("]")
            if not line.accept(","):
                break
        return Instruction(op, None, type, [], extra=incoming)
    return _control(line, op)


def _control(line: Line, op: str) -> Instruction:
    if op == "br":
        if line.accept("label"):
            return Instruction(op, None, VOID, [], extra={"targets": [line.take()[1:]]})
        condition = _typed(line)
        targets = []
        for _ in range(2):
            line.take(",")
            line.take("label")
            targets.append(line.take()[1:])
        return Instruction(op, None, VOID, [condition], extra={"targets": targets})
    if op == "switch":
        value = _typed(line)
        line.take(",")
        line.take("label")
        targets, cases = [line.take()[1:]], []
        line.take("[")
        while not line.accept("]"):
            cases.append(_typed(line).data[0])
            line.take(",")
            line.take("label")
            targets.append(line.take()[1:])
        return Instruction(op, None, VOID, [value], extra={"targets": targets, "cases": cases})
    if op == "ret":
        type = line.type()
        return Instruction(op, None, type, [] if type is VOID else [line.value(type)])
    if op == "unreachable":
        return Instruction(op, None, VOID, [])
    if op == "call":
        line.skip_words()
        if line.peek() == "range":
            line.skip_words()
        type = line.type()
        if line.accept("asm"):
            while line.peek() in ("sideeffect", "inteldialect"):
                line.take()
            name: Any = ("asm", line.take()[1:-1], (line.take(","), line.take()[1:-1])[1])
        else:
            name = line.take()
        line.take("(")
        operands = []
        while not line.accept(")"):
            t = line.type()
            line.skip_words()
            operands.append(Operand("const", [None], t) if line.peek() == "metadata" else line.value(t))
            line.accept(",")
        return Instruction(op, None, type, operands, extra=name)
    raise Unsupported(f"instruction {op}: {line.text}")


def parse(text: str, wanted: set[str] | None = None) -> Module:
    """A module's constants, and its functions (or the wanted ones)."""
    module = Module()
    lines = iter(text.splitlines())
    for raw in lines:
        if raw.startswith("@"):
            _global(raw, module)
        named = re.match(r"(%[\w.]+) = type (.*)", raw)
        if named:
            _named[named[1]] = Line(named[2]).type()
        if not raw.startswith("define"):
            continue
        name = re.search(r"@([\w.$]+)\(", raw)
        assert name is not None
        function = Function(name[1], []) if wanted is None or name[1] in wanted else None
        if function is not None:
            module.functions[name[1]] = function
        try:
            if function is not None:
                function.parameters = _parameters(raw)
            _function_body(lines, function)
        except (Unsupported, ValueError) as problem:
            assert function is not None
            function.problem = str(problem)
            _function_body(lines, None)
    return module


def _parameters(raw: str) -> list[tuple[Type, str]]:
    line = Line(raw[raw.index("(", raw.index("@")) + 1:])
    out = []
    while not line.accept(")"):
        type = line.type()
        line.skip_words()
        out.append((type, line.take()))
        line.accept(",")
    return out


def _function_body(lines: Any, function: Function | None) -> None:
    label = ""
    pending = ""
    for raw in lines:
        if raw == "}":
            return
        if function is None:
            continue
        text = raw.split(" ;")[0].rstrip() if not raw.lstrip().startswith("%") or ' c"' not in raw else raw
        if not text.strip():
            continue
        if not text.startswith(" ") and text.endswith(":"):
            label = text[:-1].strip('"')
            function.blocks[label] = []
            function.entry = function.entry or label
            continue
        if not function.blocks:
            # The first block has no label where nothing is named: its number follows those of the parameters.
            label = function.entry = str(len(function.parameters))
            function.blocks[label] = []
        if pending or (text.lstrip().startswith("switch") and "]" not in text):
            pending += " " + text
            if text.strip().startswith("]"):
                function.blocks[label].append(instruction(pending.strip()))
                pending = ""
            continue
        function.blocks[label].append(instruction(text.strip()))


def _global(raw: str, module: Module) -> None:
    match = re.match(r"(@[\w.$]+) = .*?\bconstant (.*?)(, (align|section|comdat).*)?$", raw)
    if not match:
        return
    line = Line(match[2])
    try:
        type = line.type()
        module.constants[match[1]] = constant_bytes(type, line.constant(type))
    except (Unsupported, ValueError):
        pass  # Tables of functions; a function that needs one is refused where it does.
