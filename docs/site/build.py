"""Builds the site: pages into a temporary folder, then MkDocs. Called by Scripts/site with the folder to write."""

import os
import shutil
import subprocess
import sys
import tempfile

import yaml

import blocks
import commands
import defects
import nav
import program
import registry
import sources

HERE = os.path.dirname(os.path.abspath(__file__))


def pages(folder):
    """Writes the source of every page below a folder; returns the navigation."""

    def save(name, text):
        sources.save(folder, name, text)

    titles = sources.write(folder)
    found, types, wrong = program.commands(), program.types(), defects.load()
    known = blocks.write(save, registry.numbers(types), defects.by_format(wrong))
    commands.write(save, found)
    registry.write(save, types, set(known))
    defects.write(save, wrong, set(known))
    report(folder)
    os.makedirs(os.path.join(folder, "assets"))
    shutil.copyfile(os.path.join(HERE, "style.css"), os.path.join(folder, "assets", "style.css"))
    return nav.tree(titles, [words for words, _ in found])


def report(folder):
    """The page that the program itself makes of the published figures, and a page that leads to it."""
    program.output("figures", "report", "--quiet", "--output", os.path.join(folder, "reference", "figures.html"))
    sources.save(folder, "reference/report.md", "\n".join([
        "# The report\n", "The published table of Q3_K_HIFI, recomputed and audited on one page, as `hifi figures report` writes it:\n",
        "[Open the report](figures.html){ .md-button }\n",
        "[The published figures](../docs/guides/figures.md) says what is on it, and [the tutorial](../docs/guides/tutorials.md"
        "#reproduce-the-published-table) how it is made.\n"]))


def configuration(source, target, navigation):
    """The configuration of MkDocs: that of mkdocs.yml, and what is known only now."""
    with open(os.path.join(HERE, "mkdocs.yml"), encoding="utf-8") as file:
        settings = yaml.safe_load(file)
    settings.update(docs_dir=source, site_dir=target, nav=navigation)
    return settings


def build(target):
    """Writes the site into a folder, which it replaces."""
    target = os.path.abspath(target)
    if os.path.exists(target) and os.listdir(target) and not os.path.exists(os.path.join(target, "reference", "types.html")):
        raise program.Problem(f"{target}: not empty, and no site; name another folder or empty it")
    with tempfile.TemporaryDirectory() as work:
        source = os.path.join(work, "pages")
        settings = configuration(source, os.path.join(work, "site"), pages(source))
        with open(os.path.join(work, "mkdocs.yml"), "w", encoding="utf-8") as file:
            yaml.safe_dump(settings, file, sort_keys=False)
        # The same bytes on every day: dates of pages are that of no day in particular.
        environment = dict(os.environ, SOURCE_DATE_EPOCH="0", NO_MKDOCS_2_WARNING="1")
        # Not --quiet: that drops the warnings before they are counted.
        done = subprocess.run([sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", os.path.join(work, "mkdocs.yml")],
                              env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False)
        if done.returncode != 0:
            sys.stderr.write(done.stdout.decode("utf-8", "replace"))
            raise program.Problem("mkdocs build --strict failed; what it said stands above: correct the page that it names")
        # These need the address of the site, which is not known.
        for name in ("sitemap.xml", "sitemap.xml.gz", "404.html"):
            if os.path.exists(os.path.join(work, "site", name)):
                os.remove(os.path.join(work, "site", name))
        if os.path.exists(target):
            shutil.rmtree(target)
        shutil.copytree(os.path.join(work, "site"), target)
    return 0


if __name__ == "__main__":
    sys.exit(program.main(lambda: build(sys.argv[1])))
