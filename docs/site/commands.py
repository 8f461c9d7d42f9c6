"""The reference of commands, from what the program says in its help."""

import re

from text import code, escape, markdown, table

FOLDER = "reference/commands/"
SECTION = re.compile(r"^[A-Z][A-Z0-9 ,]+$")


def page(words):
    """The page of a command."""
    return ("-".join(words) or "hifi") + ".md"


def write(save, commands):
    """Writes a page for each command and the list of them."""
    rows = []
    for words, command in commands:
        save(FOLDER + page(words), one(words, command, commands))
        if words:
            rows.append([f"[{code(' '.join(['hifi', *words]))}]({page(words)})", markdown(command["abstract"])])
    text = "# Commands\n\nMade from the help of the program. [What all commands share](../../docs/guides/command-line.md): results, exit "
    text += f"statuses, limits, signals. [Options and addresses of the program itself]({page([])}).\n\n"
    save(FOLDER + "index.md", text + table(["command", "does"], rows))


def one(words, command, commands):
    """The page of one command."""
    name = " ".join(["hifi", *words])
    text = [f"# {name}\n", markdown(command["abstract"]) + "\n"]
    before, sections = split(command.get("discussion", ""))
    text.append(prose(before))
    inner = [(other, declared) for other, declared in commands if len(other) == len(words) + 1 and other[:len(words)] == words]
    if inner:
        rows = [[f"[{code(other[-1])}]({page(other)})", markdown(declared["abstract"])] for other, declared in inner]
        default = command.get("defaultSubcommand")
        text += ["## Commands\n", table(["command", "does"], rows), f"Without a name it is `{default}`.\n" if default else ""]
    arguments = [entry for entry in command.get("arguments", []) if entry.get("shouldDisplay", True)]
    text += ["## Usage\n", f"```text\n{usage(name, arguments, inner)}\n```\n"]
    for kind, title in (("positional", "Arguments"), (None, "Options")):
        chosen = [entry for entry in arguments if (entry["kind"] == "positional") == (kind == "positional")]
        if chosen:
            rows = [[names(entry), meaning(entry)] for entry in chosen]
            text += [f"## {title}\n", table(["argument" if kind else "option", "means"], rows)]
    for title, lines in sections:
        text.append(section(title, lines))
    return "\n".join(part for part in text if part)


def split(discussion):
    """The text before the first heading, and the sections."""
    before, sections = [], []
    for line in discussion.split("\n"):
        if SECTION.match(line):
            sections.append((line, []))
        else:
            (sections[-1][1] if sections else before).append(line)
    return before, sections


def prose(lines):
    """Paragraphs; those with indented lines stay as they are."""
    parts = []
    for paragraph in re.split(r"\n\s*\n", "\n".join(lines).strip("\n")):
        if not paragraph.strip():
            continue
        if re.search(r"^ {2,}", paragraph, re.MULTILINE):
            parts.append(f"```text\n{paragraph}\n```\n")
        else:
            parts.append(words_of(paragraph) + "\n")
    return "\n".join(parts)


def words_of(text):
    """A paragraph with its options, and what stands between backticks, as code."""
    pieces = re.split(r"(`[^`]+`|(?<![\w-])--[a-z][a-z-]*)", text.replace("\n", " "))
    return "".join(code(piece.strip("`")) if number % 2 else markdown(piece) for number, piece in enumerate(pieces))


def section(title, lines):
    """A section of the help: examples, exit statuses or text."""
    heading = f"## {title[0]}{title[1:].lower()}\n\n"
    body = [line for line in lines]
    while body and not body[-1].strip():
        body.pop()
    if title == "EXAMPLES":
        return heading + "```sh\n" + "\n".join(line[2:] if line.startswith("  ") else line for line in body) + "\n```\n"
    if title == "EXIT STATUS":
        rows, rest = [], []
        for line in body:
            match = re.match(r"  (\d+) +(.*)", line)
            if match:
                rows.append([match.group(1), [match.group(2)]])
            elif rows and line.startswith("      "):
                rows[-1][1].append(line.strip())
            else:
                rest.append(line)
        return heading + table(["status", "means"], [[number, markdown(" ".join(said))] for number, said in rows]) + "\n" + prose(rest)
    if all(line.startswith("  ") or not line for line in body) and not any(line.startswith("   ") for line in body):
        return heading + prose([line[2:] for line in body])
    return heading + prose(body)


def dashed(name):
    """A name as it is typed."""
    return ("--" if name["kind"] == "long" else "-") + name["name"]


def usage(name, arguments, inner):
    """The line of usage."""
    words = [name]
    optional = [entry for entry in arguments if entry["kind"] != "positional" and entry.get("isOptional", True)]
    needed = [entry for entry in arguments if entry["kind"] != "positional" and not entry.get("isOptional", True)]
    if inner:
        words.append("<command>")
    if optional:
        words.append("[<options>]")
    words += [f"{dashed(entry['preferredName'])} <{entry['valueName']}>" for entry in needed if entry["kind"] == "option"]
    for entry in arguments:
        if entry["kind"] == "positional":
            word = f"<{entry['valueName']}>" + (" ..." if entry.get("isRepeating") else "")
            words.append(f"[{word}]" if entry.get("isOptional") else word)
    return " ".join(words)


def names(entry):
    """How an argument is written."""
    if entry["kind"] == "positional":
        return code(f"<{entry['valueName']}>")
    value = f" <{entry['valueName']}>" if entry["kind"] == "option" else ""
    anchor = f'<a id="option-{escape(entry["preferredName"]["name"])}"></a>'
    return anchor + ", ".join(code(dashed(name) + value) for name in sorted(entry["names"], key=lambda name: name["kind"] == "long"))


def meaning(entry):
    """What it means, its values and its default."""
    text = words_of(entry.get("abstract", ""))
    if entry.get("allValues"):
        text += " Values: " + ", ".join(code(value) for value in entry["allValues"]) + "."
    if entry.get("defaultValue"):
        text += f" Default: {code(entry['defaultValue'])}."
    return text
