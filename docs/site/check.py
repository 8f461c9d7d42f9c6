"""Checks a built site. Called by Scripts/site-check with the folder of the site and one for pictures."""

import concurrent.futures
import os
import re
import sys

import browser
import commands
import defects
import drawn
import formats
import links
import program

SHOWN = ["index.html", "docs/guides/which-revision.html", "reference/formats/q3_k_hifi-r6.html", "reference/types.html",
         "reference/commands/quantize.html"]
LEAST_LINKS = 5000


class Report:
    """What was found, told as it comes."""

    def __init__(self):
        self.faults = 0

    def fault(self, text):
        """Something is wrong."""
        self.faults += 1
        print(f"wrong: {text}", file=sys.stderr)

    def good(self, text):
        """Something was checked."""
        print(text)

    def gap(self, text):
        """Something was not checked."""
        print(f"NOT CHECKED: {text}", file=sys.stderr)

    def missing(self, kind, wanted, has):
        """Compares a list of the program, or of the specification, with the pages."""
        absent = [name for name in wanted if not has(name)]
        for name in absent[:10]:
            self.fault(f"{kind}: {name} has no page or anchor; Scripts/site makes them from what the program says of itself")
        if not wanted:
            self.fault(f"there is no list of {kind} to compare with")
        elif not absent:
            self.good(f"{len(wanted)} {kind}, each with its page or anchor")


def contents(report, pages):
    """Every command, option, format, type number, rule, clause and defect."""
    found = program.commands()
    report.missing("commands",
                   [" ".join(["hifi", *words]) for words, _ in found], lambda name: command_page(name) in pages)
    options = [f"{' '.join(['hifi', *words])} --{entry['preferredName']['name']}"
               for words, command in found for entry in command.get("arguments", []) if entry.get("shouldDisplay", True) and entry["kind"] != "positional"]
    report.missing("options", options, lambda option: "option-" + option.rpartition(" --")[2] in anchors(
        pages, command_page(option.rpartition(" --")[0])))
    types = program.types()
    known = set(formats.load())
    named = {one["id"] for entry in types for meaning in entry["meanings"] for one in meaning["formats"]}
    named |= {value for _, command in found for entry in command.get("arguments", []) if entry.get("valueName") == "type"
              for value in entry.get("completionKind", {}).get("list", {}).get("values", []) if "@" in value or value in known}
    report.missing("formats", sorted(named | known), lambda name: format_page(name) in pages)
    for name in (name for name in sorted(named | known) if "bytes-t" not in anchors(pages, format_page(name))):
        report.fault(f"the page of {name} has no byte map")
    report.missing("type numbers", [entry["number"] for entry in types],
                   lambda number: f"n{number}" in anchors(pages, "reference/types.html"))
    report.missing("rules and clauses", rules(), lambda name: name in anchors(pages, "Spec/RULES.html"))
    report.missing("defects", [one["id"] for one in defects.load()], lambda name: name in anchors(pages, "reference/defects.html"))
    if "reference/figures.html" not in pages:
        report.fault("reference/figures.html is not there; hifi figures report makes it")


def drawings(report):
    """Bits drawn, compared with the decoder."""
    count, tried, changed, faults = drawn.wrong()
    for fault in faults[:10]:
        report.fault(fault)
    if count < 50 or changed < 0.9 * tried:
        report.fault(f"of {tried} bits of {count} formats {changed} change a weight; wanted nine in ten or more, of 50 formats")
    report.good(f"{tried} bits of {count} formats turned over: {len(faults)} change a weight that is not drawn")


def anchors(pages, name):
    """The anchors of a page; none if there is no such page."""
    return pages[name].anchors if name in pages else set()


def command_page(name):
    """The page of a command in the site."""
    return commands.FOLDER + commands.page(name.split()[1:]).replace(".md", ".html")


def format_page(name):
    """The page of a format in the site."""
    return "reference/formats/" + formats.page(name).replace(".md", ".html")


def rules():
    """The ids of all rules and clauses, as the files of the specification number them."""
    found = []
    for folder, _, names in os.walk(os.path.join(program.ROOT, "Spec")):
        for name in sorted(names):
            if name.endswith(".yaml"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    found += re.findall(r"^\s*(?:- )?\{?\s*(?:- \{)?id: ([A-Z][A-Z0-9]*-\d+)\b", file.read(), re.MULTILINE)
    return sorted(set(found))


def look(report, folder, pages, pictures):
    """Overflow and pictures, where there is a browser."""
    program_path = browser.find()
    if program_path is None:
        report.gap("no browser can be had here (HIFI_BROWSER names one), so nothing proves how pages look in one")
        return
    names = [name for name in pages if name != "reference/figures.html"]
    os.makedirs(pictures, exist_ok=True)
    with browser.Server(folder) as server, concurrent.futures.ThreadPoolExecutor(2) as pool:
        measured = pool.submit(browser.overflowing, program_path, server, names)
        filtered = pool.submit(browser.filtered, program_path, server, "nvfp4")
        made = {}
        for width in (1280, 390):
            for dark in (False, True):
                path = os.path.join(pictures, f"{width}-{'dark' if dark else 'light'}.png")
                made[path] = pool.submit(browser.screenshot, program_path, server, SHOWN, width, dark, path)
        widths(report, program_path, names, measured.result())
        shown = filtered.result()
        if not shown or not 0 < shown[0] < shown[1]:
            report.fault(f"reference/types.html: the filter shows {shown}, wanted some and not all; see registry.py")
        else:
            report.good(f"the filter of type numbers shows {shown[0]} of {shown[1]} rows")
        for path, picture in made.items():
            if not picture.result():
                report.fault(f"{path} was not made; run {program_path} by hand")
    report.good(f"pictures of {len(SHOWN)} pages at 1280 and 390 pixels, light and dark: {pictures}")
    report.gap("whether the pictures look well: look at them")


def widths(report, program_path, names, result):
    """What the browser measured."""
    if result is None or result["seen"] < len(names):
        report.fault(f"the browser measured {result['seen'] if result else 0} of {len(names)} pages; run {program_path} by hand")
        return
    for name, width in result["wide"]:
        report.fault(f"{name}: {width} pixels wide on a screen of 390; let the wide part scroll in a box of its own")
    report.good(f"{len(names)} pages measured at a width of 390 pixels, {len(result['wide'])} too wide")


def check(folder, pictures):
    """Checks all; the exit status."""
    report = Report()
    pages = links.load(folder)
    found, followed = links.problems(folder, pages)
    for fault in found:
        report.fault(fault)
    if followed < LEAST_LINKS:
        report.fault(f"only {followed} links were followed, fewer than {LEAST_LINKS}: pages are missing")
    report.good(f"{len(pages)} pages, {followed} links within the site followed, anchors included, {len(found)} faults; "
                f"what pages fetch from elsewhere counts as one")
    contents(report, pages)
    drawings(report)
    look(report, folder, pages, pictures)
    report.gap("links that leave the site")
    if report.faults:
        print(f"{report.faults} faults", file=sys.stderr)
    return 1 if report.faults else 0


if __name__ == "__main__":
    sys.exit(program.main(lambda: check(sys.argv[1], sys.argv[2])))
