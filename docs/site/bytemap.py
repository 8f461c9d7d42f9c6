"""Byte maps and bit maps drawn as SVG; colours are classes of the style sheet, so that they suit a dark page and a light one."""

import formats
from text import escape

CELL, ROW, LEFT, TOP, COLUMNS = 38, 34, 46, 24, 16
COLOURS = 8


def svg(name, width, height, title, description, body):
    """A drawing in a box of its own that scrolls."""
    return (f'<div class="drawing" tabindex="0" role="region" aria-label="{escape(title)}">'
            f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-labelledby="{name}-t {name}-d" width="{width}" height="{height}" '
            f'viewBox="0 0 {width} {height}"><title id="{name}-t">{escape(title)}</title><desc id="{name}-d">{escape(description)}</desc>'
            + "".join(body) + "</svg></div>\n")


def colour(index):
    """The class of the field with that number."""
    return f"f{index % COLOURS}"


def short(index):
    """The number that stands for a field where its name has no room."""
    return str(index + 1)


def pieces(start, length):
    """The parts of a run of bytes by rows: (row, first column, columns)."""
    end = start + length
    while start < end:
        row, column = divmod(start, COLUMNS)
        width = min(COLUMNS - column, end - start)
        yield row, column, width
        start += width


def drawn(fields):
    """The fields that have bytes of their own, each with its number."""
    return [(index, field) for index, field in enumerate(fields) if "parts" not in field]


def unused(fields, total):
    """Runs of bytes that no field has."""
    taken = {byte for _, field in drawn(fields) for byte in range(field["offset"], field["offset"] + formats.size(field))}
    runs = []
    for byte in range(total):
        if byte not in taken:
            if runs and sum(runs[-1]) == byte:
                runs[-1] = (runs[-1][0], runs[-1][1] + 1)
            else:
                runs.append((byte, 1))
    return runs


def byte_map(name, title, fields, total, rest="unused"):
    """The bytes of a block in rows of sixteen, each field in a colour."""
    columns = min(COLUMNS, total)
    rows = -(-total // COLUMNS)
    body = [f'<text class="axis" x="{LEFT + column * CELL + CELL / 2:g}" y="16" text-anchor="middle">{column}</text>'
            for column in range(columns)]
    body += [f'<text class="axis" x="{LEFT - 8}" y="{TOP + row * ROW + 20}" text-anchor="end">{row * COLUMNS}</text>'
             for row in range(rows)]
    for index, field in drawn(fields):
        body += run(field["name"], short(index), colour(index), field["offset"], formats.size(field), formats.SIZES[field["type"]])
    for start, length in unused(fields, total):
        body += run(rest, "–", "unused", start, length, 1)
    words = [f"{field['name']}: bytes {span(field)}" for _, field in drawn(fields)]
    return svg(name, LEFT + columns * CELL + 2, TOP + rows * ROW + 2, title, "; ".join(words) + ".", body)


def span(field):
    """First and last byte of a field in words."""
    last = field["offset"] + formats.size(field) - 1
    return str(last) if last == field["offset"] else f"{field['offset']} to {last}"


def run(name, number, css, start, length, scalar):
    """The rectangles and the name of one field."""
    parts = list(pieces(start, length))
    widest = max(parts, key=lambda part: part[2])
    body = [f'<g class="{css}"><title>{escape(name)}: {length} byte{"s" if length > 1 else ""} from {start} on</title>']
    for row, column, width in parts:
        x, y = LEFT + column * CELL, TOP + row * ROW
        body.append(f'<rect x="{x}" y="{y}" width="{width * CELL}" height="{ROW - 4}"/>')
        for byte in range(1, width):
            offset = row * COLUMNS + column + byte - start
            css_line = "scalar" if offset % scalar == 0 else "byte"
            body.append(f'<line class="{css_line}" x1="{x + byte * CELL}" y1="{y}" x2="{x + byte * CELL}" y2="{y + ROW - 4}"/>')
        if (row, column, width) == widest or len(parts) > 3 and width == COLUMNS and row % 4 == 0:
            words = name if 8.4 * len(name) < width * CELL - 6 else number
            middle = x + width * CELL / 2
            plate = 8.4 * len(words) + 8
            if width > 1:
                body.append(f'<rect class="plate" x="{middle - plate / 2:g}" y="{y + 4}" width="{plate:g}" height="{ROW - 12}"/>')
            body.append(f'<text x="{middle:g}" y="{y + 20}" text-anchor="middle">{escape(words)}</text>')
    body.append("</g>")
    return body


def bit_map(name, title, index, rows):
    """Bytes of a field bit by bit, the highest first; a row is (number of the byte, groups of bits)."""
    cell, left = 72, 74
    body = [f'<text class="axis" x="{left + (7 - bit) * cell + cell / 2:g}" y="16" text-anchor="middle">bit {bit}</text>'
            for bit in range(8)]
    words = []
    for line, (byte, groups) in enumerate(rows):
        y = TOP + line * ROW
        body.append(f'<text class="axis" x="{left - 8}" y="{y + 20}" text-anchor="end">byte {byte}</text>')
        for high, low, text, top, place in groups:
            x, width = left + (7 - high) * cell, (high - low + 1) * cell
            css = "unused" if text == "unused" else colour(index)
            places = f"{place}" if top == place else f"{top}…{place}"
            long = text if text == "unused" else f"{text} [{places}]"
            room = long if 8.4 * len(long) < width - 4 else text if 8.4 * len(text) < width - 4 else "…"
            body.append(f'<g class="{css}"><title>byte {byte}, bits {high} to {low}: {escape(long)}</title>'
                        f'<rect x="{x}" y="{y}" width="{width}" height="{ROW - 4}"/>'
                        f'<text x="{x + width / 2:g}" y="{y + 20}" text-anchor="middle">{escape(room)}</text></g>')
            words.append(f"byte {byte} bits {high} to {low}: {long}")
    return svg(name, left + 8 * cell + 2, TOP + len(rows) * ROW + 2, title, "; ".join(words) + ".", body)
