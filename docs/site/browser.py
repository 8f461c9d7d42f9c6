"""Looks at the site in a browser without a window: screenshots, and pages whose body is wider than the screen."""

import functools
import http.server
import json
import os
import re
import shutil
import subprocess
import tempfile
import threading

from program import ROOT

# The page that measures: it loads each page into a frame of the width of a phone and compares widths.
PROBE = """<!doctype html><meta charset="utf-8"><title>probe</title><body><pre id="out">pending</pre><script>
var pages = %s, width = %d, wide = [], lanes = 4, open = lanes, seen = 0;
function lane(first) {
  var frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-same-origin");
  frame.style.cssText = "border:0;height:800px;width:" + width + "px";
  document.body.appendChild(frame);
  var at = first;
  function next() {
    if (at >= pages.length) {
      if (--open === 0) document.getElementById("out").textContent = "done " + JSON.stringify({seen: seen, wide: wide});
      return;
    }
    frame.onload = function () {
      var root = frame.contentDocument.documentElement, body = frame.contentDocument.body;
      var most = Math.max(root.scrollWidth, body ? body.scrollWidth : 0);
      seen += frame.contentWindow.innerWidth === width ? 1 : 0;
      if (most > width) wide.push([pages[at], most]);
      at += lanes;
      next();
    };
    frame.src = "/" + pages[at];
  }
  next();
}
for (var n = 0; n < lanes; n++) lane(n);
</script>"""

# The page that filters the type numbers.
FILTER = """<!doctype html><meta charset="utf-8"><title>filter</title><pre id="out">pending</pre>
<iframe id="types" src="/reference/types.html"></iframe><script>
document.getElementById("types").onload = function () {
  var inside = this.contentDocument, box = inside.getElementById("filter"), rows = inside.querySelectorAll("#types tbody tr"), shown = 0;
  box.value = "%s";
  box.dispatchEvent(new Event("input"));
  rows.forEach(function (row) { shown += row.getClientRects().length ? 1 : 0; });
  document.getElementById("out").textContent = "done " + shown + " of " + rows.length;
};
</script>"""

# Pages beside each other, in frames of a given size, since a window without a screen may have a least width.
SHEET = """<!doctype html><meta charset="utf-8"><title>sheet</title><style>body{margin:0;display:flex;gap:10px;background:#888}
iframe{border:0;flex:none;width:%dpx;height:%dpx}</style>%s"""


class Handler(http.server.SimpleHTTPRequestHandler):
    """Serves the site and the made-up pages."""

    made = {}

    def do_GET(self):
        """Answers with a made-up page or a file."""
        page = self.made.get(self.path)
        if page is None:
            super().do_GET()
            return
        body = page.encode("utf-8")
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Says nothing."""


class Server:
    """The site on a port of this machine."""

    def __init__(self, folder):
        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Handler, directory=folder))
        self.address = f"http://127.0.0.1:{self.server.server_address[1]}"

    def __enter__(self):
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *arguments):
        self.server.shutdown()
        self.server.server_close()


def find():
    """The browser, or None."""
    done = subprocess.run([os.path.join(ROOT, "Scripts", "browser")], stdout=subprocess.PIPE, check=False)
    return done.stdout.decode().strip() if done.returncode == 0 else None


def call(program, address, *options, timeout=60):
    """Runs the browser once; what it prints."""
    profile = tempfile.mkdtemp()
    try:
        done = subprocess.run(
            [program, "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--hide-scrollbars",
             f"--user-data-dir={profile}", *options, address],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout, check=False)
        return done.stdout.decode("utf-8", "replace")
    finally:
        shutil.rmtree(profile, ignore_errors=True)


def overflowing(program, server, pages, width=390):
    """How many pages were measured, and those whose body is wider than the screen, with their widths; None if nothing was measured."""
    Handler.made["/probe"] = PROBE % (json.dumps(pages), width)
    text = call(program, server.address + "/probe", "--window-size=1700,900", "--virtual-time-budget=120000", "--dump-dom")
    found = re.search(r"done (\{.*?\})</pre>", text, re.DOTALL)
    return json.loads(found.group(1).replace("&amp;", "&")) if found else None


def filtered(program, server, word):
    """How many type numbers are shown for a word, and of how many; None if the filter does not work."""
    Handler.made["/filter"] = FILTER % word
    text = call(program, server.address + "/filter", "--virtual-time-budget=5000", "--dump-dom")
    found = re.search(r"done (\d+) of (\d+)</pre>", text)
    return (int(found.group(1)), int(found.group(2))) if found else None


def screenshot(program, server, pages, width, dark, path):
    """One picture of several pages beside each other; whether it was made."""
    height = 1500
    frames = "".join(f'<iframe src="/{page}"></iframe>' for page in pages)
    Handler.made["/sheet"] = SHEET % (width, height, frames)
    if os.path.exists(path):
        os.remove(path)
    call(program, server.address + "/sheet", f"--window-size={len(pages) * (width + 10)},{height}",
         f"--blink-settings=preferredColorScheme={0 if dark else 1}", "--virtual-time-budget=3000", f"--screenshot={path}")
    return os.path.exists(path)
