"""The commands that fetch without a report: fetch and check."""

import contextlib
import sqlite3
import stat

import canonical
import harness

CONTACTS = ("--contacts", "230", "--seed", "3")
UNPROVEN = ("--contacts", 225, "--fault", "always: count stale 260")


class Fetch(harness.Case):
    def setUp(self):
        super().setUp()
        self.file = self.place / "contacts.sqlite"

    def fetch(self, server, *arguments):
        return self.rollcall("fetch", "--base-url", server.url, "-o", self.file, *arguments)

    def test_makes_the_snapshot_of_a_report(self):
        with harness.Server(*CONTACTS) as server:
            run = self.assert_done(self.fetch(server))
            self.assert_done(self.report(server))
        self.assertEqual(run.out, "Complete: 230 at the start, 0 created and 0 removed meanwhile, 230 read, none\n"
                                  f"  missing\n{self.file}\n")
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        again = self.place / "again"
        self.assert_done(self.report(self.file, out=again))
        for name in ("contacts.csv", "countries.csv", "companies.csv", "inboxes.csv", "activity.csv"):
            self.assertEqual((again / name).read_bytes(), (self.out / name).read_bytes(), name)

    def test_snapshot_with_a_log(self):
        """Changes in another program's log beside the file are not silently lost."""
        with harness.Server(*CONTACTS) as server:
            self.assert_done(self.fetch(server))
        with contextlib.closing(sqlite3.connect(self.file)) as database:
            database.execute("PRAGMA journal_mode = WAL")
            database.execute("UPDATE contact SET name = 'Nobody'")
            canonical.store(database)
            database.commit()
            self.assert_failed(self.report(self.file), 2, self.file.name, "write-ahead log", "journal_mode = DELETE")
            self.assertFalse(self.out.exists())
            database.execute("PRAGMA journal_mode = DELETE")
        self.assert_done(self.report(self.file))
        self.assertEqual({row["name"] for row in harness.read_table(self.out / "contacts.csv")}, {"Nobody"})

    def test_changed_afterwards(self):
        """A snapshot from which half of the contacts were removed gives no report that says "none missing"."""
        with harness.Server(*CONTACTS) as server:
            self.assert_done(self.fetch(server))
        whole = self.file.read_bytes()
        for change, reason in (("DELETE FROM contact WHERE id % 2", "contacts, but its ledger says 230"),
                               ("UPDATE ledger SET unique_contacts = 229", "holds 230 contacts, but its ledger says 229"),
                               ("CREATE VIEW more AS SELECT 1", "its tables are not as rollcall makes them"),
                               ("ALTER TABLE contact ADD COLUMN big TEXT AS (hex(zeroblob(100000)))",
                                "its tables are not as rollcall makes them"),
                               ("PRAGMA user_version = 1", "a snapshot of version 1"),
                               ("PRAGMA ignore_check_constraints = 1; UPDATE ledger SET passes = -1",
                                "its ledger holds a number")):
            with self.subTest(change):
                self.file.write_bytes(whole)
                with contextlib.closing(sqlite3.connect(self.file)) as database:
                    database.executescript(change)
                self.assert_failed(self.report(self.file), 2, str(self.file) + ": ", reason)
                self.assertEqual(harness.names_in(self.place), [self.file.name])

    def test_made_to_harm(self):
        """A generated column that turns 64 KB into 245 MB, and numbers that overflow."""
        cases = harness.SOURCE.parent / "shared" / "cases"
        if not cases.is_dir():
            self.skipTest("../shared/cases is not there")
        for name in ("gencol.sqlite", "ledger1.sqlite"):
            with self.subTest(name):
                self.assert_failed(self.report(cases / name), 2, f"{name}: ", "fetch again")
                self.assert_nothing_left()

    def test_replaces_only_a_snapshot(self):
        with harness.Server(*CONTACTS) as server:
            self.assert_done(self.fetch(server))
            self.assert_done(self.fetch(server, "--label", "vip"))
            self.file.write_text("mine")
            self.assert_failed(self.fetch(server), 6, "rollcall did not write it")
        self.assertEqual(self.file.read_text(), "mine")
        self.assertEqual(harness.names_in(self.place), [self.file.name])

    def test_keeps_what_it_read_when_it_fails(self):
        with harness.Server(*CONTACTS, "--fault", "page=9: status 500") as server:
            self.assert_failed(self.fetch(server, "--retries", 1), 4, "page 9", "500", "--resume")
        self.assertEqual(harness.names_in(self.place), [self.file.name + ".partial"])

    def test_leaves_nothing_when_it_has_read_nothing(self):
        with harness.Server(*CONTACTS, "--fault", "always: status 500") as server:
            self.assert_failed(self.fetch(server, "--retries", 1, "--patience", 0), 4, "page 1", "500")
        self.assert_nothing_left()

    def test_deadline_holds_over_all_attempts(self):
        with harness.Server(*CONTACTS, "--fault", "always: status 503") as server:
            self.assert_failed(self.fetch(server, "--deadline", 0.5, "--retries", 100), 4,
                               "not read within 0.5 s", "--deadline")
        self.assert_nothing_left()

    def test_keeps_its_connections(self):
        """Also when many answers come at once."""
        with harness.Server("--contacts", 6000) as server:
            self.assert_done(self.fetch(server, "--connections", 8))
            self.assertLessEqual(server.connections(), 8)
            self.assertGreaterEqual(server.requests()["requests"], 400)

    def test_limited_rate(self):
        """If no second has more requests than the server allows, the server refuses none."""
        with harness.Server(*CONTACTS, "--rate", 10) as server:
            self.assert_done(self.fetch(server, "--rate", 9))
            seen = server.requests()
        self.assertEqual(seen["requests"], seen["authorized"])

    def test_strict_server(self):
        """The fetch reads everything, and the server refuses few requests."""
        with harness.Server("--contacts", "1500", "--rate", "40") as server:
            self.assert_done(self.fetch(server))
            seen = server.requests()
        self.assertLess((seen["requests"] - seen["authorized"]) / seen["requests"], 0.1)

    def test_no_such_directory(self):
        self.file = self.place / "none" / "contacts.sqlite"
        with harness.Server(*CONTACTS) as server:
            self.assert_failed(self.fetch(server), 6, "none")
        self.assert_nothing_left()

    def test_codes_in_the_name(self):
        with harness.Server(*CONTACTS) as server:
            self.file = self.place / "%Y.sqlite"
            self.assert_done(self.fetch(server))
        self.assertRegex(harness.names_in(self.place)[0], r"^20\d\d\.sqlite$")


class Unproven(harness.Case):
    """The count is higher than the contacts that can be read, and the list ends with a full page."""

    def test_is_said_wherever_people_look(self):
        with harness.Server(*UNPROVEN) as server:
            self.assert_failed(self.report(server), 5, "not proven")
            self.assert_nothing_left()
            run = self.assert_done(self.report(server, "--allow-unproven"))
        self.assertTrue(run.out.startswith("Unproven: 260 at the start"), run)
        ledger = harness.read_summary(self.out)["completeness"]
        self.assertEqual((ledger["status"], ledger["unique"], ledger["passes"]), ("unproven", 225, 5))
        page = (self.out / "summary.html").read_text(encoding="utf-8")
        self.assertIn('<div class="banner">', page)
        self.assertIn("<strong>Unproven</strong> · 260 at the start", page)
        import openpyxl
        first = openpyxl.load_workbook(self.out / "contacts.xlsx").worksheets[0]
        self.assertTrue(first["A3"].value.startswith("Unproven: 260"), first["A3"].value)

    def test_is_not_taken_for_complete_later(self):
        with harness.Server(*UNPROVEN) as server:
            self.assert_done(self.report(server, "--allow-unproven"))
        again = self.place / "again"
        snapshot = self.out / "snapshot.sqlite"
        self.assert_failed(self.report(snapshot, out=again), 5, "not proven")
        self.assert_done(self.report(snapshot, "--allow-unproven", out=again))

    def test_passes_are_limited(self):
        with harness.Server(*UNPROVEN) as server:
            self.assert_done(self.report(server, "--allow-unproven", "--max-passes", 2))
        self.assertEqual(harness.read_summary(self.out)["completeness"]["passes"], 2)


if __name__ == "__main__":
    harness.main()
