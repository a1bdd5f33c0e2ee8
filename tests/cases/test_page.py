"""summary.html, opened in a browser: what it shows, and that it runs and loads nothing."""

import html.parser
import re
import struct
import subprocess
import threading
import zlib

import harness

CONTACTS = harness.CASES / "golden" / "contacts.ndjson"
BROWSER = ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync",
           "--disable-dev-shm-usage", "--hide-scrollbars")


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


class Looked(harness.Case):
    def browse(self, *arguments):
        done = subprocess.run([*BROWSER, f"--user-data-dir={self.folder}/browser", *map(str, arguments)],
                              env=harness.clean_environment(self.home), stdin=subprocess.DEVNULL,
                              capture_output=True, timeout=harness.HANG_S)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout.decode()

    def make(self, *arguments):
        with harness.Server("--data", CONTACTS) as server:
            self.assert_done(self.report(server, *arguments))
        return self.out / "summary.html"

    def test_shows_the_totals(self):
        path = self.make()
        page = Page(self.browse("--dump-dom", path.as_uri()))
        words = " ".join(page.text.split())
        for text in ("Contacts 47", "With email 47", "With phone 3 6.4%", "Blocked 3 6.4%", "unknown 23 48.9%",
                     "no company 22 46.8%", "Example GmbH 4 8.5%", "never 27 57.4%", "add up to more", "None missing"):
            self.assertIn(re.sub(r"\s", "", text).lower(), re.sub(r"\s", "", words).lower())
        self.assertEqual([tag for tag, _ in page.elements].count("h1"), 1)
        self.assertIn(("html", {"lang": "en"}), page.elements)

    def test_runs_and_loads_nothing(self):
        """The names in it try to: script, image, inline handler."""
        path = self.make()
        page = Page(self.browse("--dump-dom", path.as_uri()))
        tags = {tag for tag, _ in page.elements}
        self.assertFalse(tags & {"script", "img", "link", "iframe", "object", "embed", "base", "form", "svg", "video"})
        for tag, attributes in page.elements:
            active = [name for name in attributes if name.startswith("on") or name in ("src", "href", "action")]
            self.assertFalse(active, tag)
        self.assertNotRegex(path.read_text(encoding="utf-8"), r"(?i)@import|url\(|javascript:")
        self.assertIn("<script>alert(2)</script>", page.text)
        self.assertIn('<img src=https://example.com/x.png onerror=alert(1)>', page.text)
        self.assertIn('A, "B" & <b>C</b>', page.text)

    def test_asks_no_server(self):
        """A name that points to a server of ours would be seen there."""
        seen = threading.Event()

        def answer(_):
            seen.set()
            return 200, {}, b""

        with harness.CannedServer(answer) as listener:
            contacts = [{"id": 1, "email": "a@example.com", "additional_attributes": {
                "company_name": f"<img src={listener.url}/a><link rel=stylesheet href={listener.url}/b>",
                "country": f"\"><style>@import '{listener.url}/c';</style>"}}]
            with harness.CannedServer(harness.one_page(contacts)) as server:
                self.assert_done(self.report(server))
            page = Page(self.browse("--dump-dom", "--virtual-time-budget=2000", (self.out / "summary.html").as_uri()))
        self.assertIn(listener.url, page.text)
        self.assertFalse(seen.is_set())

    def test_is_seen_on_small_and_large_screens(self):
        path = self.make()
        for width in (500, 1600):  # a window is never narrower than 500; 360 is tried in a frame
            with self.subTest(width=width):
                self.look(path.as_uri(), width)
        frame = self.folder / "frame.html"
        frame.write_text(f'<body style="margin:0"><iframe src="{path.as_uri()}"'
                         ' style="border:0;width:360px;height:900px"></iframe>', encoding="utf-8")
        self.look(frame.as_uri(), 500)

    def look(self, url, width):
        shot = self.folder / "shot.png"
        self.browse(f"--screenshot={shot}", f"--window-size={width},900", url)
        seen_width, rows = png_rows(shot.read_bytes())
        self.assertEqual(seen_width, width)
        self.assertGreater(len(set(rows)), 100)  # a blank page would be one line, again and again

    def test_narrow_page_does_not_scroll_sideways(self):
        """Nothing is wider than a small telephone: measured from a frame beside it."""
        path = self.make()
        measured = self.folder / "measured.html"
        text = path.read_text(encoding="utf-8")
        text = re.sub(r"<meta http-equiv[^>]*>", "", text)
        script = ("<script>document.title = document.documentElement.scrollWidth + ' of ' + innerWidth</script>")
        measured.write_text(text.replace("</body>", script + "</body>"), encoding="utf-8")
        frame = self.folder / "frame.html"
        frame.write_text(f'<iframe id="f" src="{measured.as_uri()}" style="border:0;width:360px;height:900px"></iframe>'
                         "<script>onload = () => document.title = f.contentDocument.title</script>", encoding="utf-8")
        dom = self.browse("--allow-file-access-from-files", "--dump-dom", frame.as_uri())
        self.assertIn("<title>360 of 360</title>", dom)

    def test_says_that_nobody_matches(self):
        page = Page(self.browse("--dump-dom", self.make("--label", "nobody").as_uri()))
        self.assertIn("No contact matches.", page.text)


if __name__ == "__main__":
    harness.main()
