"""summary.html, opened in a browser: what it shows, and that it runs and loads nothing."""

import re
import threading

import browser
import harness

CONTACTS = harness.CASES / "golden" / "contacts.ndjson"
BYTES_MAX = 150_000
WIDTHS = (320, 360, 768, 1600)
LANGUAGES = {"en": "Contact report", "zh-Hans": "联系人报告", "zh-Hant": "聯絡人報告", "ja": "連絡先レポート",
             "de": "Kontaktbericht", "fr": "Rapport sur les contacts", "es": "Informe de contactos"}


def unlike_any_other(i):
    """A contact whose names are all long, each with another kind of wide text."""
    hard = ('"' * 300, "🏢" * 200, "e" + "\u0301" * 400, "W" * 500, "\u0001" * 90)[i % 5]
    return {"id": i + 1, "email": f"{i}@example.com", "created_at": 1790000000, "last_activity_at": 1790000000 - i,
            "additional_attributes": {"company_name": f"{i} {hard}", "country": f"{i} {hard}"},
            "contact_inboxes": [{"source_id": "s", "inbox": {"id": i + 1, "name": f"{i} {hard}",
                                                             "channel_type": hard}}]}


class Looked(browser.BrowserCase):
    def make(self, *arguments):
        with harness.Server("--data", CONTACTS) as server:
            self.assert_done(self.report(server, *arguments))
        return self.out / "summary.html"

    def make_huge(self):
        contacts = [unlike_any_other(i) for i in range(400)]
        labels = [argument for i in range(40) for argument in ("--label", f"{i}" + "🏷" * 70)]
        bounds = ",".join(str(days) for days in range(1, 21))
        with harness.CannedServer(harness.one_page(contacts)) as server:
            self.assert_done(self.report(server, "--top-companies", 1000, "--activity-bounds", bounds,
                                         "--q", "q\u0301" * 3000, "--allow-unproven", *labels))
        return self.out / "summary.html"

    def test_shows_the_totals(self):
        path = self.make()
        page = browser.Page(self.browse("--dump-dom", path.as_uri()))
        words = re.sub(r"\s", "", page.text).lower()
        for text in ("Contacts 47", "Reachable by email 47 100.0%", "Reachable by phone 3 6.4%", "Blocked 3 6.4%",
                     "Never active 25 53.2%", "unknown 23 48.9%", "no company 22 46.8%", "Example GmbH 4 8.5%",
                     "never active 25 53.2%", "add up to more", "None missing", "all contacts", "As of Nov 1, 2026"):
            self.assertIn(re.sub(r"\s", "", text).lower(), words)
        self.assertEqual([tag for tag, _ in page.elements].count("h1"), 1)
        self.assertIn(("html", {"lang": "en"}), page.elements)

    def test_speaks_each_language(self):
        with harness.Server("--data", CONTACTS) as server:
            for language, title in LANGUAGES.items():
                with self.subTest(language):
                    self.assert_done(self.report(server, "--lang", language))
                    text = (self.out / "summary.html").read_text(encoding="utf-8")
                    self.assertIn(f'<html lang="{language}">', text)
                    self.assertIn(f"<h1>{title}</h1>", text)
                    self.assertNotRegex(text, r"\{\d\}")  # a placeholder that was not filled in
        self.assertEqual(harness.read_csv(self.out / "countries.csv")[2][:2], ["US", "United States"])

    def test_runs_and_loads_nothing(self):
        """The names in it try to: script, image, inline handler."""
        path = self.make()
        page = browser.Page(self.browse("--dump-dom", path.as_uri()))
        tags = {tag for tag, _ in page.elements}
        self.assertFalse(tags & {"script", "img", "link", "iframe", "object", "embed", "base", "form", "video", "image",
                                 "use", "foreignobject", "animate", "set", "a"})
        for tag, attributes in page.elements:
            active = [name for name in attributes
                      if name.startswith("on") or name in ("src", "href", "action", "style")]
            self.assertFalse(active, tag)
        text = path.read_text(encoding="utf-8")
        self.assertNotRegex(text, r"(?i)@import|url\(|javascript:")
        self.assertIn("""<meta http-equiv="Content-Security-Policy" content="default-src 'none'; """
                      """style-src 'unsafe-inline'">""", text)
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
            page = browser.Page(self.browse("--dump-dom", "--virtual-time-budget=2000",
                                            (self.out / "summary.html").as_uri()))
        self.assertIn(listener.url, page.text)
        self.assertFalse(seen.is_set())

    def test_is_seen_on_small_and_large_screens(self):
        path = self.make()
        for url, width in ((path, 1600), (path, 500), (self.frame(path, 360), 500)):
            rows = self.look(url.as_uri(), width)
            self.assertGreater(len(set(rows)), 100)  # a blank page would be one line, again and again

    def test_is_dark_where_that_is_liked(self):
        path = self.make()
        colours = "[getComputedStyle(document.body).backgroundColor, getComputedStyle(document.body).color]"
        (light, ink), (dark, chalk) = (
            [[int(value) for value in re.findall(r"\d+", colour)] for colour in self.ask(path, colours, arguments=more)]
            for more in ((), (browser.DARK,)))
        self.assertGreater(min(light + chalk), 200)
        self.assertLess(max(dark + ink), 60)
        self.assertNotEqual(*(self.look(path.as_uri(), 800, *more) for more in ((), (browser.DARK,))))

    def test_does_not_scroll_sideways(self):
        for make in (lambda: self.make("--lang", "de"), self.make_huge):
            path = make()
            for width in WIDTHS:
                with self.subTest(width=width, bytes=path.stat().st_size):
                    self.assertEqual(self.ask(path, "[document.documentElement.scrollWidth, innerWidth]", width),
                                     [width, width])

    def test_stays_small(self):
        """Names are cut and groups summed up for any account and any filter."""
        self.assertLess(self.make_huge().stat().st_size, BYTES_MAX)

    def test_says_that_nobody_matches(self):
        page = browser.Page(self.browse("--dump-dom", self.make("--label", "nobody").as_uri()))
        self.assertIn("No contact matches.", page.text)
        self.assertIn("Label: nobody", page.text)
        self.assertNotIn("svg", {tag for tag, _ in page.elements})


if __name__ == "__main__":
    harness.main()
