"""The registry of type numbers: a table that a few lines of script can filter, and that is whole without."""

import formats
from text import escape

SCRIPT = """<script>
(function () {
  var box = document.getElementById("filter"), only = document.getElementById("collisions"), count = document.getElementById("shown");
  var rows = Array.prototype.slice.call(document.querySelectorAll("#types tbody tr"));
  function show() {
    var words = box.value.toLowerCase().split(/\\s+/), shown = 0;
    rows.forEach(function (row) {
      var text = row.textContent.toLowerCase();
      var fits = words.every(function (word) { return text.indexOf(word) >= 0; }) && (!only.checked || row.dataset.meanings > 1);
      row.hidden = !fits;
      shown += fits ? 1 : 0;
    });
    count.textContent = shown + " of " + rows.length;
  }
  document.getElementById("filtering").hidden = false;
  box.addEventListener("input", show);
  only.addEventListener("change", show);
  show();
})();
</script>
"""


def numbers(types):
    """By format, the type numbers that mean it."""
    found = {}
    for entry in types:
        for meaning in entry["meanings"]:
            for one in meaning["formats"]:
                listed = found.setdefault(one["id"], [])
                if entry["number"] not in listed:
                    listed.append(entry["number"])
    return found


def write(save, types, known):
    """Writes the page."""
    lines = ["---\nhide: [toc]\n---\n", "# Type numbers\n",
             "A GGUF file stores the type of a tensor as a number, and several programs gave the same number to "
             "different types. The table has every meaning that is known: who means it, since when, and how much of the type is known. "
             "*Decoded* types are specified to the last bit, of *sized* ones only the length of a block is known, of *named* ones only the "
             "name. `hifi types NUMBER` prints the same, with what tells the meanings apart in a file.\n",
             '<div id="filtering" class="filter" hidden><label>Filter <input id="filter" type="search" '
             'placeholder="40, mxfp4, HIFI fork…"></label> <label><input id="collisions" type="checkbox"> numbers with several meanings'
             '</label> <span id="shown" role="status"></span></div>\n',
             '<div class="wide" tabindex="0" role="region" aria-label="Type numbers"><table id="types"><thead><tr><th>number</th>'
             "<th>name</th><th>format</th><th>bytes / weights</th><th>known</th><th>since</th><th>who</th></tr></thead><tbody>"]
    for entry in types:
        for place, meaning in enumerate(entry["meanings"]):
            lines.append(row(entry, meaning, place, known))
    lines += ["</tbody></table></div>\n", SCRIPT]
    save("reference/types.md", "\n".join(lines))


def row(entry, meaning, place, known):
    """One meaning of one number."""
    number = entry["number"]
    anchor = f' id="n{number}"' if place == 0 else ""
    links, sizes = [], []
    for one in meaning["formats"]:
        name = f"<code>{escape(one['id'])}</code>"
        target = "formats/" + formats.page(one["id"]).replace(".md", ".html")
        links.append(f'<a href="{escape(target)}">{name}</a>' if one["id"] in known else name)
        sizes.append(f"{one['bytes']} / {one['weights']}")
    since = meaning.get("since", {})
    note = "".join(f'<br><span class="note">{escape(meaning[key])}</span>' for key in ("note", "explanation") if meaning.get(key))
    state = meaning["known"] + ("" if meaning["status"] == "assigned" else f", {meaning['status']}")
    state += "" if meaning["use"] == "files" else f", {meaning['use']}"
    cells = [str(number), escape(meaning["name"]), ", ".join(links), escape(", ".join(dict.fromkeys(sizes))), escape(state),
             f'<span class="date">{escape(since.get("date", "")[:10])}</span>', escape(meaning["who"]) + note]
    return f'<tr{anchor} data-meanings="{len(entry["meanings"])}">' + "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>"
