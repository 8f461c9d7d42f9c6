"""What is wrong with the links of a site: targets that are not there, anchors that are not there, and anything fetched from elsewhere."""

import glob
import html.parser
import os
import posixpath
import re
import urllib.parse

# What a browser fetches by itself to show a page.
FETCHED = {"script": "src", "img": "src", "iframe": "src", "source": "src", "audio": "src", "video": "src", "embed": "src",
           "object": "data", "use": "href", "image": "href"}
FETCHED_RELATIONS = {"stylesheet", "icon", "preconnect", "dns-prefetch", "preload", "prefetch", "modulepreload", "manifest"}
FOREIGN = re.compile(r"(?:[a-z][a-z0-9+.-]*:)?//", re.IGNORECASE)
STYLE_ADDRESS = re.compile(r"(?:url\(\s*['\"]?|@import\s+['\"])((?:https?:)?//[^'\")\s]+)", re.IGNORECASE)


class Page(html.parser.HTMLParser):
    """The anchors of a page, its links, and what it fetches."""

    def __init__(self, text):
        super().__init__()
        self.anchors, self.links, self.fetched, self.twice = set(), [], [], []
        self.inside = None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        """Notes ids, links and what is fetched."""
        values = {name: value or "" for name, value in attrs}
        if "id" in values:
            if values["id"] in self.anchors:
                self.twice.append(values["id"])
            self.anchors.add(values["id"])
        if tag == "a" and "name" in values:
            self.anchors.add(values["name"])
        if tag == "a" and "href" in values:
            self.links.append(values["href"])
        if tag in FETCHED and values.get(FETCHED[tag]):
            self.fetched.append(values[FETCHED[tag]])
        if tag == "link" and FETCHED_RELATIONS & set(values.get("rel", "").lower().split()):
            self.fetched.append(values.get("href", ""))
        if values.get("srcset"):
            self.fetched += [part.split()[0] for part in values["srcset"].split(",") if part.strip()]
        self.fetched += STYLE_ADDRESS.findall(values.get("style", ""))
        self.inside = tag if tag in ("style", "script") else self.inside

    def handle_endtag(self, tag):
        """Leaves a style."""
        self.inside = None if tag == self.inside else self.inside

    def handle_data(self, data):
        """Notes what a style fetches."""
        if self.inside == "style":
            self.fetched += STYLE_ADDRESS.findall(data)


def load(folder):
    """Every page of a site by its path."""
    found = {}
    for name in sorted(glob.glob(os.path.join(folder, "**", "*.html"), recursive=True)):
        with open(name, encoding="utf-8") as file:
            found[os.path.relpath(name, folder).replace(os.sep, "/")] = Page(file.read())
    return found


def problems(folder, pages):
    """What is wrong, a line each, and how many links within the site were followed."""
    found, followed = [], 0
    for name, page in pages.items():
        found += [f"{name}: the id {anchor} is there twice" for anchor in page.twice]
        for target in page.links + [one for one in page.fetched if not FOREIGN.match(one) and not one.startswith("data:")]:
            if re.match(r"[a-z][a-z0-9+.-]*:", target) or target.startswith("//"):
                continue
            followed += 1
            fault = follow(folder, pages, name, target)
            if fault:
                found.append(f"{name}: {target}: {fault}")
        found += [f"{name}: {one} is fetched from elsewhere; keep a copy in the site" for one in page.fetched if FOREIGN.match(one)]
    for name in sorted(glob.glob(os.path.join(folder, "**", "*.css"), recursive=True)):
        with open(name, encoding="utf-8") as file:
            found += [f"{os.path.relpath(name, folder)}: {one} is fetched from elsewhere" for one in STYLE_ADDRESS.findall(file.read())]
    return found, followed


def follow(folder, pages, name, target):
    """What is wrong with one link, or None."""
    parts = urllib.parse.urlsplit(target)
    path = urllib.parse.unquote(parts.path)
    if path.startswith("/"):
        return "begins at the root of a server; make it relative"
    goal = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    if os.path.isdir(os.path.join(folder, goal)):
        goal = posixpath.normpath(posixpath.join(goal, "index.html"))
    if not os.path.exists(os.path.join(folder, goal)):
        return "is not in the site"
    anchor = urllib.parse.unquote(parts.fragment)
    if anchor and goal in pages and anchor not in pages[goal].anchors and not anchor.startswith("__"):
        return f"{goal} has no such anchor"
    return None
