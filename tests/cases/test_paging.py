"""Servers that page in unusual ways: the fetch still finds every contact, and none twice."""

import contextlib
import sqlite3
import urllib.parse

import harness

CONTACTS = ("--contacts", "230", "--seed", "3")


class Paging(harness.Case):
    def complete(self, server, *arguments, query=""):
        """The ids are the server's own; returns the ledger. A fetch is enough: what a report makes of its snapshot is
        for other cases."""
        self.file = self.place / "contacts.sqlite"
        self.assert_done(self.rollcall("fetch", "--base-url", server.url, "-o", self.file, *arguments))
        ids, ledger = harness.read_snapshot(self.file)
        self.assertEqual(ids, sorted(server.truth(query)["ids"]))
        self.assertEqual((ledger["status"], ledger["unique_contacts"]), ("complete", len(ids)))
        return ledger

    def noted(self, what):
        """What the snapshot says of the fetch."""
        with contextlib.closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as database:
            return [value for value, in database.execute("SELECT " + what)]

    def test_page_sizes(self):
        cases = [
            ("honour", 15, 100), ("honour", 50, 100), ("honour", 1000, 1000), ("honour", 1000, 230),
            ("honour", 1000, 115), ("honour", 1000, 1), ("honour", 7, 7), ("ignore", 15, 100), ("ignore", 15, 7),
        ]
        for mode, cap, asked in cases:
            with self.subTest(mode=mode, cap=cap, asked=asked):
                with harness.Server(*CONTACTS, "--page-size-mode", mode, "--page-size-max", cap) as server:
                    ledger = self.complete(server, "--page-size", asked)
                    size = 15 if mode == "ignore" else min(cap, asked)
                    pages = -(-230 // size)
                    self.assertGreaterEqual(ledger["requests"], pages)
                    self.assertLessEqual(ledger["requests"], pages + 8)
                    self.assertEqual((ledger["passes"], ledger["duplicates"]), (1, 0))

    def test_page_size_refused(self):
        """Then rollcall asks without page_size: one more request. (Two measure the list, and one asks for its other end.)"""
        with harness.Server(*CONTACTS, "--page-size-mode", "refuse") as server:
            self.assertEqual(self.complete(server)["requests"], -(-230 // 15) + 1 + 3)

    def test_counts(self):
        for count in ("string", "absent", "stale 200", "stale 0", "page"):
            for connections in ("1", "8"):
                with self.subTest(count=count, connections=connections):
                    with harness.Server(*CONTACTS, "--fault", f"always: count {count}") as server:
                        self.complete(server, "--connections", connections)

    def test_count_says_more(self):
        """A server that steadily counts more than it gives may have a limit. The program claims nothing then, however the
        list ends and whatever was asked for."""
        for contacts, count, arguments in ((225, 260, ()), (230, 260, ()), (230, 231, ()), (1, 2, ()),
                                           (230, 260, ("--direction", "desc")), (230, 260, ("--sort", "email"))):
            with self.subTest(contacts=contacts, count=count, arguments=arguments):
                with harness.Server("--contacts", contacts, "--fault", f"always: count stale {count}") as server:
                    run = self.report(server, *arguments)
                self.assert_failed(run, 5, f"the server counts {count} contacts and gives {contacts}\n", "may have a limit")
                self.assert_nothing_left()

    def test_count_says_more_of_a_filter(self):
        for arguments, query in ((("--label", "vip"), {"labels[]": "vip"}), (("--q", "example"), {"q": "example"})):
            with self.subTest(arguments):
                with harness.Server(*CONTACTS) as whole:
                    given = len(whole.truth("?" + urllib.parse.urlencode(query))["ids"])
                with harness.Server(*CONTACTS, "--fault", f"always: count stale {given + 7}") as server:
                    run = self.report(server, *arguments)
                self.assert_failed(run, 5, f"the server counts {given + 7} contacts and gives {given}\n")
                self.assert_nothing_left()

    def test_count_says_more_and_that_is_accepted(self):
        """Every output says that the fetch is unproven, and a later run that does not accept it is refused."""
        with harness.Server(*CONTACTS, "--fault", "always: count stale 260") as server:
            run = self.assert_done(self.report(server, "--allow-unproven"))
        self.assertIn("Unproven: 260 at the start", run.out)
        self.assert_failed(self.report(self.out / "snapshot.sqlite", out=self.folder / "again", credentials=False), 5,
                           "the server counts 260 contacts and gives 230")

    def test_numbers_of_contacts(self):
        """Around the ends of pages."""
        for contacts in (1, 14, 15, 16, 29, 30, 31, 45, 119, 120, 121):
            with self.subTest(contacts), harness.Server("--contacts", contacts) as server:
                self.complete(server)

    def test_empty_page_in_the_middle(self):
        with harness.Server(*CONTACTS, "--fault", "page=5 times=1: empty") as server:
            ledger = self.complete(server)
        self.assertGreater(ledger["passes"], 1)

    def test_labels(self):
        labels = ["vip", "trial", "churned", "two words", "ünïcode", "a&b=c", "50%", "+", "'"]
        contacts = [{"id": i, "email": f"c{i}@example.com", "created_at": 1700000000 + i, "_labels":
                     [label for j, label in enumerate(labels) if i % (j + 2) == 0]} for i in range(1, 100)]
        data = self.folder / "labelled.ndjson"
        data.write_text("\n".join(map(harness.json.dumps, contacts)), encoding="utf-8")
        with harness.Server("--data", data, "--log", self.folder / "log") as server:
            for chosen in [[label] for label in labels] + [["vip", "trial"], ["two words", "'"], labels]:
                with self.subTest(chosen):
                    arguments = [part for label in chosen for part in ("--label", label)]
                    self.complete(server, *arguments, query="?" + urllib.parse.urlencode(
                        [("labels[]", label) for label in chosen]))
                    ids = {contact["id"] for contact in contacts if set(chosen) & set(contact["_labels"])}
                    self.assertEqual(set(harness.read_snapshot(self.file)[0]), ids)
                    self.assertEqual(sorted(self.noted("label FROM fetch_label")), sorted(chosen))

    def test_search(self):
        with harness.Server(*CONTACTS) as server:
            for text in ("example", "EXAMPLE.ORG", "+49", "a b", "%", "&page=9", "王"):
                with self.subTest(text):
                    query = "?" + urllib.parse.urlencode({"q": text})
                    ledger = self.complete(server, "--q", text, query=query)
                    self.assertEqual(self.noted("q FROM fetch"), [text])
                    self.assertEqual(ledger["unique_contacts"], server.truth(query)["contacts"])

    def test_search_says_nothing_false(self):
        """A search counts one page only: nothing was removed, whatever those counts are."""
        with harness.Server(*CONTACTS) as server:
            for text in ("example", "example.org", "kim"):
                with self.subTest(text):
                    ledger = self.complete(server, "--q", text, query="?" + urllib.parse.urlencode({"q": text}))
                    self.assertGreater(ledger["unique_contacts"], 0)
                    self.assertEqual((ledger["created_during"], ledger["removed_during"]), (0, 0))
                    self.assertIn(ledger["count_first"], (None, ledger["unique_contacts"]))
                    self.assertIn(ledger["count_last"], (None, ledger["unique_contacts"]))

    def test_what_is_asked(self):
        """Requests always have an order, and percent-encoded values."""
        log = self.folder / "log"
        with harness.Server(*CONTACTS, "--log", log) as server:
            self.complete(server)
            self.assert_done(self.report(server, "--label", "ü &", "--q", "a b", "--sort", "name",
                                         "--direction", "desc", "--no-inboxes", "--page-size", "9"))
        asked = [line.split(" ")[1] for line in log.read_text(encoding="utf-8").splitlines()]
        self.assertIn("/api/v2/accounts/contacts?page=1&page_size=100&sort=created_at&direction=asc"
                      "&include_contact_inboxes=true", asked)
        self.assertIn("/api/v2/accounts/contacts?page=1&page_size=9&sort=name&direction=desc"
                      "&include_contact_inboxes=false&labels%5B%5D=%C3%BC%20%26&q=a%20b", asked)

    def test_base_url_with_a_path(self):
        def answer(path):
            if not path.startswith("/desk/api/v2/accounts/contacts?"):
                return 404, {}, b"{}"
            return harness.one_page([{"id": 1, "email": "a@example.com"}])(path)

        with harness.CannedServer(answer) as server:
            for tail in ("/desk", "/desk/"):
                run = self.rollcall("report", "--base-url", server.url + tail, "-o", self.out)
                self.assert_done(run)


if __name__ == "__main__":
    harness.main()
