"""A page for each block format, and the list of all."""

import yaml

import bits
import bytemap
import formats
from text import code, markdown, table

FOLDER = "reference/formats/"


def write(save, known_types, defects):
    """Writes the pages; returns the ids of all formats."""
    found = formats.load()
    for identifier, one in found.items():
        save(FOLDER + formats.page(identifier), page(one, found, known_types, defects))
    save(FOLDER + "index.md", index(found))
    return list(found)


def ratio(one):
    """Bits a weight."""
    return f"{8 * one['bytes'] / one['elements']:.4f}".rstrip("0").rstrip(".")


def link(identifier, found):
    """A link to the page of a format, from another."""
    return f"[{code(identifier)}]({formats.page(identifier)})" if identifier in found else code(identifier)


def index(found):
    """The list of formats."""
    groups = [("Q3_K_HIFI by revision", lambda one: one["id"].startswith("q3_k_hifi@")),
              ("The HIFI family", lambda one: one["file"].startswith("Spec/revisions")),
              ("Other formats that are decoded", lambda one: not one.get("sized")),
              ("Rows interleaved by ik_llama.cpp that can be taken apart", lambda one: "weave" in one),
              ("Known by size only", lambda one: True)]
    text = ["# Block formats\n",
            "Each page is made from the declaration in the specification that the program itself interprets: the bytes drawn, every "
            "field, the arithmetic and the clauses. [The block language](../../Spec/README.md#the-block-language) says how "
            "declarations are read. [Type numbers](../types.md) say which number means which format, and to whom.\n"]
    left = list(found.values())
    for title, belongs in groups:
        chosen = [one for one in left if belongs(one)]
        left = [one for one in left if not belongs(one)]
        rows = [[link(one["id"], found), one["bytes"], one["elements"], ratio(one), markdown(one["title"])] for one in chosen]
        text += [f"## {title}\n", table(["format", "bytes", "weights", "bits a weight", "what it is"], rows)]
    return "\n".join(text)


def page(one, found, known_types, defects):
    """The page of a format."""
    identifier = one["id"]
    text = ["---\nhide: [navigation]\n---\n", f"# {markdown(identifier)}\n", "[All block formats](index.md)\n",
            markdown(sentence(one["title"])) + ".\n", facts(one, found, known_types)]
    fields = one.get("fields", [])
    text.append("## Bytes\n")
    if fields:
        title = f"Bytes of a block of {identifier}"
        text.append(bytemap.byte_map("bytes", title, fields, one["bytes"]))
        text.append("Rows of sixteen bytes; the number at the left is the offset of the first. "
                    "A number in the map stands for a name without room.\n")
        text.append(field_table(fields, one.get("baseFields", []), one))
    else:
        rest = "bits of several rows" if "weave" in one else "not specified"
        text.append(bytemap.byte_map("bytes", f"Bytes of a block of {identifier}", [], one["bytes"], rest))
        text.append("Only the size is specified.\n" if "weave" not in one else "The size of one block; its bits lie as said below.\n")
    header = one.get("rowHeader")
    if header:
        text.append(row_header(one, header))
    text += [bit_maps(one), formula(one, found), checks(one), clauses(one, found), provenance(one, defects)]
    return "\n".join(part for part in text if part)


def sentence(title):
    """A title with a capital, unless it begins with a name."""
    return title[0].upper() + title[1:] if title.split()[0].strip(",").isalpha() else title


def facts(one, found, known_types):
    """Sizes, names and numbers."""
    rows = [["bytes, weights", f"{one['bytes']}, {one['elements']}: {ratio(one)} bits a weight"]]
    if one.get("aliases"):
        rows.append(["other names", ", ".join(code(name) for name in one["aliases"])])
    if "extends" in one:
        rows.append(["begins with", link(one["extends"], found)])
    if one.get("interleave"):
        rows.append(["rows together", one["interleave"]])
    if one.get("tail"):
        rows.append(["behind the last row of a tensor", f"{one['tail']} bytes"])
    numbers = known_types.get(one["id"], [])
    if numbers:
        rows.append(["type numbers", ", ".join(f"[{number}](../types.md#n{number})" for number in numbers)])
    rows.append(["alignment in C", one.get("alignment", 1)])
    rows.append(["declared in", code(one["file"])])
    return table(["", ""], rows)


def field_table(fields, base, one):
    """The fields with a swatch of their colour."""
    rows = []
    for number, field in enumerate(fields):
        where = "in pieces, see bits" if "parts" in field else field["offset"]
        swatch = f'<span class="swatch {bytemap.colour(number)}">{bytemap.short(number)}</span>'
        rows.append([swatch, code(field["name"]), where, field["type"], field["count"], formats.size(field),
                     code(one["extends"]) if field in base else ""])
    heads = ["", "field", "offset", "type", "count", "bytes", "of"]
    if not any(row[-1] for row in rows):
        heads, rows = heads[:-1], [row[:-1] for row in rows]
    return table(heads, rows)


def row_header(one, header):
    """What stands in front of the blocks of a row."""
    text = [f"### In front of each row\n\n{header['bytes']} bytes stand in front of the first block of each row.\n"]
    if header.get("fields"):
        text += [bytemap.byte_map("header", f"Bytes in front of each row of {one['id']}", header["fields"], header["bytes"]),
                 field_table(header["fields"], [], one)]
    return "\n".join(text)


def bit_maps(one):
    """The bits of packed fields: some bytes of each."""
    owners = bits.owners(one)
    text = []
    for index, field in enumerate(one.get("fields", [])):
        taken = owners.get(field["name"])
        if not taken or "parts" in field or not bits.is_packed(taken):
            continue
        rows = [(byte, bits.byte_groups(taken, byte)) for byte in bits.telling_bytes(taken, formats.size(field))]
        text += [f"### {markdown(field['name'])}\n", bytemap.bit_map(f"bits-{index}", f"Bits of {field['name']}", index, rows)]
    if not text:
        return ""
    said = ("## Bits of packed fields\n\n"
            "*w5* is the code of weight 5, *w0–7* one code for eight weights in a row, *w0…128* one for weights that do not follow each "
            "other, *s5* scale 5, *m5* the third integer of sub-block 5; in brackets the bits of that integer. Some bytes of each field "
            "are shown, counted from its start.")
    if one["code"].get("skipping"):
        said += " Weights that slots list have no code: *w5* is the sixth of those that are not listed."
    if any("gray" in plane for run in one["code"].get("runs", [one["code"]]) for plane in run["planes"]):
        said += " Words of 16 bits are in Gray code; the bits drawn are those that are read after it is undone."
    return said + "\n\n" + "\n".join(text)


def dump(value):
    """A part of a declaration as it is written."""
    written = yaml.dump(value, Dumper=Flow, sort_keys=False, allow_unicode=True, width=100, default_flow_style=None)
    return f"```yaml\n{written}```\n"


class Flow(yaml.SafeDumper):
    """Writes no aliases."""

    def ignore_aliases(self, data):
        return True


def formula(one, found):
    """The arithmetic."""
    text = []
    if "value" in one:
        text.append(f"## Weight\n\n```text\nweight = {one['value']}\n```\n\n"
                    "Every operation is rounded once to fp32, from left to right, none fused.\n")
    for key, title in (("code", "Codes"), ("scale", "Scales"), ("min", "Third integer"), ("skipping", "Skipping"),
                       ("correction", "Outliers"), ("encoder", "Encoder")):
        if one.get(key):
            text += [f"### {title}\n", dump({key: one[key]})]
    if "weave" in one:
        text.append(f"## Where the bits lie\n\nThe blocks are those of {link(one['weave']['of'], found)}, "
                    f"{one['interleave']} rows together.\n\n" + dump({"weave": one["weave"]}))
    return "\n".join(text)


def checks(one):
    """What verification looks for."""
    if not one.get("checks"):
        return "## Checks\n\nNone: any bytes are a block of this format, or only its size is known.\n"
    rows = [[f"[{check['clause']}](../../Spec/RULES.md#{check['clause']})", code(check["kind"]), code(check["field"]), check["severity"]]
            for check in one["checks"]]
    return "## Checks\n\n" + table(["clause", "kind", "field", "severity"], rows)


def clauses(one, found):
    """The same in sentences."""
    rows = [[f"[{clause['id']}](../../Spec/RULES.md#{clause['id']})", clause["topic"], markdown(clause["text"])]
            for clause in one["ownClauses"]] if "ownClauses" in one else []
    after = ""
    if "extends" in one:
        after = f"\nThose of {link(one['extends'], found)} hold as well.\n"
    return "## Clauses\n\n" + table(["clause", "topic", "says"], rows) + after


def provenance(one, defects):
    """Where it comes from, and what was got wrong."""
    text = []
    origin = one.get("provenance")
    if origin:
        rows = [["source", markdown(origin["source"])]]
        if origin.get("commits"):
            rows.append(["commits", ", ".join(code(commit) for commit in origin["commits"])])
        if origin.get("period"):
            rows.append(["period", " to ".join(str(day) for day in origin["period"])])
        if origin.get("note"):
            rows.append(["note", markdown(origin["note"])])
        text.append("## Provenance\n\n" + table(["", ""], rows))
    names = defects.get(one["id"], [])
    if names:
        text.append("## Known defects\n\n" + ", ".join(f"[{name}](../defects.md#{name})" for name in names) + "\n")
    return "\n".join(text)
