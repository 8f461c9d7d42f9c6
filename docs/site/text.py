"""Text from elsewhere made safe for Markdown and HTML."""

import html
import re


def markdown(text):
    """The text as Markdown that shows it as it is."""
    text = str(text).replace("\\", "\\\\").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return re.sub(r"([`*_\[\]|#~^=])", r"\\\1", text)


def code(text):
    """The text as code in a line of Markdown; safe in cells of tables."""
    return "<code>" + html.escape(str(text), quote=False).replace("|", "&#124;").replace("*", "&#42;").replace("_", "&#95;").replace(
        "[", "&#91;").replace("\\", "&#92;").replace("`", "&#96;").replace("~", "&#126;").replace("^", "&#94;") + "</code>"


def table(heads, rows):
    """A table of Markdown; cells are Markdown already."""
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    lines += ["| " + " | ".join(str(cell).replace("\n", " ") for cell in row) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def escape(text):
    """The text as HTML."""
    return html.escape(str(text))
