"""The Markdown files of the repository that become pages, as they are but for links to what is no page."""

import glob
import os
import posixpath
import re

from program import ROOT

PATTERNS = [
    "README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md", "docs/*.md", "docs/guides/*.md", "Spec/README.md", "Spec/RULES.md",
    "Spec/dot-bounds.md", "Vectors/README.md", "Vectors/PROTOCOL.md", "Vectors/models/README.md", "Sources/*/README.md", "python/README.md",
    "examples/*/README.md",
]

# Files of data that have a generated page.
GENERATED = {
    "Spec/defects.yaml": "reference/defects.md",
    "Spec/dialects.yaml": "reference/types.md",
    "Spec/blocks": "reference/formats/index.md",
    "Spec/revisions": "reference/formats/index.md",
}

FENCE = re.compile(r"^(?:```|~~~).*?^(?:```|~~~)[ ]*$", re.MULTILINE | re.DOTALL)
PIECE = re.compile(r"(?P<code>(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))|(?P<link>!?\[(?P<text>(?:[^\[\]]|\[[^\]]*\])*)\]"
                   r"\((?P<target>[^)\s]+)\))", re.DOTALL)
LIST_ITEM = re.compile(r"(?:[*-]|\d+\.) ")


def pages():
    """Paths of the pages, in order."""
    found = {os.path.relpath(name, ROOT).replace(os.sep, "/") for pattern in PATTERNS for name in glob.glob(os.path.join(ROOT, pattern))}
    return sorted(found)


def title(text):
    """The first heading."""
    match = re.search(r"^# (.+)$", text, re.MULTILINE)
    return match.group(1).replace("`", "") if match else ""


def resolve(target, page, known):
    """The link as the site has it, from a page; None where it leads to no page."""
    if re.match(r"[a-z][a-z0-9+.-]*:", target) or target.startswith("#"):
        return target
    name, _, anchor = target.partition("#")
    path = posixpath.normpath(posixpath.join(posixpath.dirname(page), name))
    for candidate in (path, posixpath.join(path, "README.md"), GENERATED.get(path)):
        if candidate in known or (candidate and candidate in GENERATED.values()):
            start = posixpath.dirname(page) or "."
            return posixpath.relpath(candidate, start) + ("#" + anchor if anchor else "")
    return None


def rewrite(text, page, known):
    """The text of a page with its links as the site has them; links to what is no page lose the link and keep the words."""

    def piece(match):
        if match.group("code"):
            return match.group(0)
        target = resolve(match.group("target"), page, known)
        return match.group("text") if target is None else f"[{match.group('text')}]({target})"

    result, end = [], 0
    for fence in FENCE.finditer(text):
        result += [blank_lines(PIECE.sub(piece, text[end:fence.start()])), fence.group(0)]
        end = fence.end()
    result.append(blank_lines(PIECE.sub(piece, text[end:])))
    return "".join(result)


def blank_lines(text):
    """A blank line before each list that follows a paragraph at once, which the site's Markdown asks for and others do not."""
    lines, result = text.split("\n"), []
    inside = False
    for number, line in enumerate(lines):
        if LIST_ITEM.match(line) and not inside:
            if number and lines[number - 1].strip() and not lines[number - 1].startswith("#"):
                result.append("")
            inside = True
        elif not line.strip():
            inside = inside and number + 1 < len(lines) and bool(re.match(r"[ ]|[*-] |\d+\. ", lines[number + 1]))
        result.append(line)
    return "\n".join(result)


def write(folder):
    """Writes all pages below a folder; returns their titles by path."""
    names = pages()
    known, titles = set(names), {}
    for name in names:
        with open(os.path.join(ROOT, name), encoding="utf-8") as file:
            text = file.read()
        titles[name] = title(text)
        # The first page has no neighbours to list.
        save(folder, name, ("---\nhide: [navigation]\n---\n" if name == "README.md" else "") + rewrite(text, name, known))
    return titles


def save(folder, name, text):
    """Writes one page below a folder."""
    path = os.path.join(folder, *name.split("/"))
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)
