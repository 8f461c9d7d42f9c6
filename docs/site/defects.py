"""The list of defects: what implementations of these formats got wrong."""

import os

import yaml

import formats
from program import ROOT
from text import code, markdown, table

TITLES = {"B": "Found in the history of the fork", "F": "Planted to rate a test suite", "O": "Measured by running programs"}
ORDER = [("where", "where"), ("wrong", "wrong"), ("correct", "correct"), ("test", "how a test shows it"), ("note", "note")]


def load():
    """All defects, in order."""
    with open(os.path.join(ROOT, "Spec", "defects.yaml"), encoding="utf-8") as file:
        return yaml.safe_load(file)["defects"]


def by_format(defects):
    """By format, the names of its defects."""
    found = {}
    for defect in defects:
        for identifier in defect.get("formats", []):
            found.setdefault(identifier, []).append(defect["id"])
    return found


def write(save, defects, known):
    """Writes the page."""
    text = ["# Defects\n", "What went wrong in implementations of these formats. `hifi conformance` names these where they are the cause "
            "of a failure, and `--self-test` shows that the suite catches them.\n"]
    for letter, title in TITLES.items():
        text.append(f"## {title}\n")
        for defect in defects:
            if defect["id"].startswith(letter):
                text += [f"### {defect['id']}: {', '.join(defect['kinds'])} {{ #{defect['id']} }}\n", body(defect, known)]
    save("reference/defects.md", "\n".join(text))


def body(defect, known):
    """The facts of one defect."""
    rows = []
    if defect.get("formats"):
        rows.append(["formats", ", ".join(f"[{code(name)}](formats/{formats.page(name)})" if name in known else code(name)
                                          for name in defect["formats"])])
    for key, title in ORDER:
        if defect.get(key):
            rows.append([title, markdown(defect[key])])
    for key in ("introduced", "fixed"):
        if defect.get(key):
            rows.append([key, " ".join(filter(None, [str(defect[key].get("date", "")), code(defect[key]["commit"])
                                                     if "commit" in defect[key] else ""]))])
    shown = {"id", "kinds", "formats", "introduced", "fixed"} | {key for key, _ in ORDER}
    rows += [[markdown(key), markdown(value)] for key, value in defect.items() if key not in shown]
    return table(["", ""], rows)
