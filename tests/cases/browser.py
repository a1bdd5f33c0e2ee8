"""Chromium, and ways to ask it about a page."""

import html
import html.parser
import json
import re
import struct
import subprocess
import zlib

import harness

BROWSER = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync",
           "--disable-dev-shm-usage", "--hide-scrollbars")
DARK = "--blink-settings=preferredColorScheme=0"


class Page(html.parser.HTMLParser):
    """The elements and the visible text of a page."""

    def __init__(self, text):
        super().__init__()
        self.elements = []
        self.text = ""
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes)))

    def handle_data(self, data):
        if self.elements[-1:] and self.elements[-1][0] != "style":
            self.text += data


def png_rows(data):
    """The width and the raw bytes of each line of a PNG with 8 bits a channel."""
    assert data.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, depth, colour = struct.unpack(">IIBB", data[16:26])
    assert depth == 8
    channels = {2: 3, 6: 4}[colour]
    place, packed = 8, b""
    while place < len(data):
        length, kind = struct.unpack(">I4s", data[place:place + 8])
        packed += data[place + 8:place + 8 + length] if kind == b"IDAT" else b""
        place += length + 12
    raw = zlib.decompress(packed)
    line = width * channels + 1
    return width, [raw[i * line:(i + 1) * line] for i in range(height)]


class BrowserCase(harness.Case):
    def browse(self, *arguments):
        done = subprocess.run([*BROWSER, f"--user-data-dir={self.folder}/browser", *map(str, arguments)],
                              env=harness.clean_environment(self.home), stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=harness.HANG_S)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.decode()

    def look(self, url, width, *arguments):
        """The rows of a screenshot."""
        shot = self.folder / "shot.png"
        self.browse(*arguments, f"--screenshot={shot}", f"--window-size={width},900", url)
        seen_width, rows = png_rows(shot.read_bytes())
        self.assertEqual(seen_width, width)
        return rows

    def frame(self, path, width, script=""):
        """A page that shows another in a frame of that width: a window cannot be narrower than 500."""
        frame = self.folder / "frame.html"
        frame.write_text(f'<body style="margin:0"><iframe src="{path.as_uri()}" style="border:0;width:{width}px;'
                         f'height:900px"></iframe>{script}', encoding="utf-8")
        return frame

    def ask(self, path, expression, width=1600, library="", arguments=()):
        """The value of a JavaScript expression or promise, on a copy of the page that allows scripts."""
        text = re.sub(r"<meta http-equiv[^>]*>", "", path.read_text(encoding="utf-8"))
        self.assertEqual(text.count("</body>"), 1)
        script = (f"<script>{library}</script><script>onload = async () => top.document.title = "
                  f"JSON.stringify(await ({expression}))</script>")
        copy = self.folder / "copy.html"
        copy.write_text(text.replace("</body>", script + "</body>"), encoding="utf-8")
        dom = self.browse(*arguments, "--allow-file-access-from-files", "--virtual-time-budget=60000",
                          f"--window-size={max(width, 500)},900", "--dump-dom", self.frame(copy, width).as_uri())
        title = re.search(r"<title>(.*?)</title>", dom, re.DOTALL)
        self.assertTrue(title, "the page did not answer")
        return json.loads(html.unescape(title.group(1)))
