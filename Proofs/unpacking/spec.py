"""The block formats as Spec declares them, with extensions and variants resolved."""
from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

#: The fast loader where PyYAML was built with it; both are safe.
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SIZES = {
    "u8": 1, "i8": 1, "e8m0_half": 1, "e4m3_hifi": 1, "u16": 2, "i16": 2, "f16": 2, "bf16": 2, "u32": 4, "i32": 4, "f32": 4, "i64": 8,
    "f64": 8,
}


@dataclass(frozen=True)
class Field:
    name: str
    offset: int
    type: str
    count: int
    parts: tuple[tuple[int, int, int], ...] = ()  # bit, width, place


@dataclass
class Format:
    """One format; `root` is the id of the format that its base layout is."""

    id: str
    root: str
    elements: int
    bytes: int
    fields: dict[str, Field]
    integers: dict[str, Any]  # code, scale, min
    value: str
    correction: dict[str, Any] | None
    header: dict[str, Field] = field(default_factory=dict)


@dataclass(frozen=True)
class Grid:
    lanes: int
    entries: int
    numbers: tuple[int, ...]


def _fields(items: list[dict[str, Any]]) -> dict[str, Field]:
    return {f["name"]: Field(f["name"], f["offset"], f["type"], f["count"], tuple(
        (p["bit"], p["width"], p.get("place", 0)) for p in f.get("parts", []))) for f in items}


def _made(source: dict[str, Any], known: dict[str, Format]) -> Format:
    base = known[source["extends"]] if "extends" in source else None
    fields = {**(base.fields if base else {}), **_fields(source.get("fields", []))}
    integers = dict(base.integers) if base else {}
    integers.update({k: source[k] for k in ("code", "scale", "min") if k in source})
    header = source.get("rowHeader", {}).get("fields", [])
    return Format(
        source["id"], base.root if base else source["id"], source.get("elements", base.elements if base else 0), source["bytes"], fields,
        integers, source.get("value", base.value if base else ""), source.get("correction", base.correction if base else None),
        _fields(header) or (base.header if base else {}))


def load(root: Path) -> dict[str, Format]:
    """All formats with a block of their own, by id."""
    paths = [p for p in sorted(root.glob("blocks/*.yaml")) if p.stem not in ("plain", "sizes")]
    paths += sorted(root.glob("revisions/**/*.yaml"))
    sources = [yaml.load(p.read_text(), Loader=LOADER) for p in paths]
    known: dict[str, Format] = {}
    while sources:
        ready = [s for s in sources if "extends" not in s or s["extends"] in known]
        if not ready:
            raise ValueError(f"bases that do not exist: {[s['extends'] for s in sources]}")
        for source in ready:
            known[source["id"]] = _made(source, known)
            for variant in source.get("variants", []):
                merged = {**source, **variant}
                if "mode" in variant:
                    merged["correction"] = {**merged["correction"], "mode": variant["mode"]}
                known[variant["id"]] = _made(merged, known)
        groups = {s["id"] for s in ready if s.get("variants") and s["id"] not in {v["id"] for v in s["variants"]}}
        sources = [s for s in sources if s not in ready]
        for g in groups:
            if not any(s.get("extends") == g for s in sources):
                del known[g]
    return known


def grids(root: Path) -> dict[str, Grid]:
    """The tables of entries, unpacked."""
    out = {}
    for g in yaml.load((root / "grids.yaml").read_text(), Loader=LOADER)["grids"]:
        bits = (len(g["values"]) - 1).bit_length()
        packed = int.from_bytes(bytes.fromhex("".join(g["packed"].split())), "little")
        count = g["entries"] * g["lanes"]
        numbers = tuple(g["values"][packed >> (k * bits) & ((1 << bits) - 1)] for k in range(count))
        out[g["id"]] = Grid(g["lanes"], g["entries"], numbers)
    return out
