"""The declarations of block formats, with what they extend and their variants worked out."""

import glob
import os

import yaml

from program import ROOT, Problem

SIZES = {"u8": 1, "i8": 1, "e8m0_half": 1, "e4m3_hifi": 1, "u16": 2, "i16": 2, "f16": 2, "bf16": 2, "u32": 4, "i32": 4, "f32": 4,
         "i64": 8, "f64": 8}
INHERITED = ["elements", "code", "scale", "min", "value", "correction", "rowHeader", "skipping"]


def page(identifier):
    """The page of a format, below the folder of formats."""
    return identifier.replace("@", "-") + ".md"


def size(field):
    """Bytes of a field."""
    return SIZES[field["type"]] * field["count"]


def load():
    """Every format by its id, in the order of the files: declaration, clauses of its own and of its base, and the file."""
    files = sorted(glob.glob(os.path.join(ROOT, "Spec", "blocks", "*.yaml")))
    files += sorted(glob.glob(os.path.join(ROOT, "Spec", "revisions", "**", "*.yaml"), recursive=True))
    if not files:
        raise Problem("Spec/blocks has no declarations; run this in a whole checkout")
    declared, found = {}, {}
    for name in files:
        with open(name, encoding="utf-8") as file:
            data = yaml.load(file, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        data["file"] = os.path.relpath(name, ROOT).replace(os.sep, "/")
        for entry in listed(data):
            declared[entry["id"]] = entry
    for identifier, entry in declared.items():
        whole = complete(entry, declared)
        for one in variants(whole, entry):
            found[one["id"]] = one
    return found


def listed(data):
    """The declarations of a file: one, or those of a list."""
    if "plain" in data:
        for entry in data["plain"]:
            field = {"name": "value", "offset": 0, "type": entry["type"], "count": 1}
            yield dict(entry, elements=1, alignment=entry["bytes"], fields=[field], value="f32(value)", file=data["file"],
                       clauses=data["clauses"])
    elif "sizes" in data:
        for entry in data["sizes"]:
            yield dict(entry, file=data["file"], clauses=data["clauses"], sized=True)
    else:
        yield data


def complete(entry, declared):
    """The declaration with what it takes over from its base."""
    entry = dict(entry)
    entry["ownClauses"] = entry.get("clauses", [])
    if "extends" not in entry:
        entry["baseFields"] = []
        return entry
    if entry["extends"] not in declared:
        raise Problem(f"{entry['file']}: {entry['id']} extends {entry['extends']}, which is not declared; correct the name")
    base = complete(declared[entry["extends"]], declared)
    for key in INHERITED:
        if key in base and key not in entry:
            entry[key] = base[key]
    entry["baseFields"] = base.get("fields", [])
    entry["fields"] = base.get("fields", []) + entry.get("fields", [])
    entry["checks"] = base.get("checks", []) + entry.get("checks", [])
    entry["clauses"] = base.get("clauses", []) + entry.get("clauses", [])
    entry["encoder"] = dict(base.get("encoder", {}), **entry["encoder"]) if "encoder" in entry else None
    return entry


def variants(whole, entry):
    """The formats of a declaration: itself, or its variants."""
    if "variants" not in entry:
        yield whole
        return
    for variant in entry["variants"]:
        one = dict(whole)
        one.pop("aliases", None)
        one.update({key: value for key, value in variant.items() if key not in ("fields", "mode", "dropChecks", "encoder")})
        if "fields" in variant:
            one["fields"] = whole["baseFields"] + variant["fields"]
        if "mode" in variant:
            one["correction"] = dict(one["correction"], mode=variant["mode"])
        if "encoder" in variant:
            one["encoder"] = dict(one.get("encoder") or {}, **variant["encoder"])
        dropped = variant.get("dropChecks", [])
        one["checks"] = [check for check in one.get("checks", []) if check["kind"] not in dropped]
        one["group"] = entry["id"]
        yield one
