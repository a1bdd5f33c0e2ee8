"""rollcall verify: a whole and unchanged snapshot, and every kind of change that it finds."""

import contextlib
import pathlib
import shutil
import sqlite3

import canonical
import harness

CONTACTS = ("--contacts", "300", "--grown", "300", "--seed", "11")

# An edit by hand, and a word of the error about it.
EDITS = (
    ("UPDATE contact SET name = 'Somebody Else' WHERE id = (SELECT min(id) FROM contact)", "contacts are"),
    ("UPDATE contact SET name = name || char(0) || 'x' WHERE id = (SELECT min(id) FROM contact)", "contacts are"),
    ("UPDATE contact SET blocked = 1 - blocked WHERE id = (SELECT max(id) FROM contact)", "contacts are"),
    ("UPDATE contact SET email = '' WHERE id = (SELECT min(id) FROM contact WHERE email IS NULL)", "contacts are"),
    ("UPDATE contact SET last_activity_at = last_activity_at + 1", "contacts are"),
    ("UPDATE contact SET custom = json_set(custom, '$.plan', 'gold') WHERE custom IS NOT NULL", "contacts are"),
    ("UPDATE contact SET id = id + 100000 WHERE id = (SELECT max(id) FROM contact);"
     "UPDATE contact_inbox SET contact_id = contact_id + 100000 WHERE contact_id NOT IN (SELECT id FROM contact)", "contacts are"),
    ("DELETE FROM contact WHERE id % 2 = 0; DELETE FROM contact_inbox WHERE contact_id % 2 = 0", "but its ledger says 300"),
    ("DELETE FROM contact WHERE id % 2 = 0; DELETE FROM contact_inbox WHERE contact_id % 2 = 0;"
     "UPDATE ledger SET unique_contacts = (SELECT count(*) FROM contact)", "contacts are"),
    ("DELETE FROM contact_inbox WHERE contact_id = (SELECT min(contact_id) FROM contact_inbox)", "contacts are"),
    ("INSERT INTO contact_inbox VALUES (999999, 0, 1, NULL, NULL)", "inboxes of a contact that it does not hold"),
    ("UPDATE inbox SET name = 'Another'", "contacts are"),
    ("UPDATE ledger SET requests = requests + 1", "record of the fetch is"),
    ("UPDATE ledger SET status = 'unproven'", "record of the fetch is"),
    ("UPDATE fetch SET started_at = started_at - 86400", "record of the fetch is"),
    ("UPDATE fetch SET account = 'Another'", "record of the fetch is"),
    ("UPDATE fetch_pass SET url = url || '&labels%5B%5D=vip'", "record of the fetch is"),
    ("DELETE FROM custom_key", "record of the fetch is"),
    ("INSERT INTO warning VALUES ('contact_without_id', 3)", "record of the fetch is"),
    ("INSERT INTO fetch_label VALUES ('vip')", "record of the fetch is"),
    ("DELETE FROM digest", "no digest"),
    ("UPDATE digest SET contacts = 'x'", "stored none"),
    ("CREATE VIEW v AS SELECT 1", "tables are not as rollcall makes them"),
)


def content_of(path):
    """Everything that outputs are made of, read with sqlite3; None if it cannot."""
    try:
        with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro&immutable=1", uri=True)) as database:
            database.text_factory = bytes
            tables = [name.decode() for name, in database.execute("SELECT name FROM sqlite_schema ORDER BY name")]
            columns = {table: ", ".join(row[1].decode() for row in database.execute(f"PRAGMA table_info({table})")
                                        if row[1] != b"seen_in_pass") for table in tables}
            return [(table, sorted(database.execute(f"SELECT {columns[table]} FROM {table}"), key=repr)) for table in tables]
    except sqlite3.DatabaseError:
        return None


class Verify(harness.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(harness.Server(*CONTACTS))
        cls.snapshot = pathlib.Path(cls.enterClassContext(harness.snapshot_of(cls.server, "--account", "Acme & Söhne")))

    def verify(self, path, *arguments):
        return self.rollcall("verify", path, *arguments, credentials=False)

    def edited(self, script):
        path = self.folder / "edited.sqlite"
        shutil.copy(self.snapshot, path)
        with contextlib.closing(sqlite3.connect(path)) as database:
            database.executescript(script)
        return path

    def test_whole(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.snapshot}?mode=ro", uri=True)) as database:
            contacts, record = canonical.digest(database)
            self.assertEqual(tuple(database.execute("SELECT * FROM digest").fetchone()), (contacts, record))
        run = self.assert_done(self.verify(self.snapshot))
        for needle in ("whole, and unchanged", f"SHA-256      {contacts}\n", "Account: Acme & Söhne\n", "contacts     300\n",
                       "300 read, none"):
            self.assertIn(needle, run.out)
        self.assertEqual(run.err, "")
        self.assertEqual(self.assert_done(self.verify(self.snapshot, "--quiet")).out, "")

    def test_a_report_s_directory(self):
        self.assert_done(self.report(self.snapshot, credentials=False))
        self.assertIn(str(self.out / "snapshot.sqlite"), self.assert_done(self.verify(self.out)).out)

    def test_edits(self):
        for script, words in EDITS:
            with self.subTest(script):
                path = self.edited(script)
                self.assert_failed(self.verify(path), 7, words, "take another copy" if "tables" not in words
                                   and "digest" not in words and "ledger says" not in words else "")

    def test_no_report_is_made_of_it(self):
        for script, words in EDITS[0], EDITS[8], EDITS[12]:
            with self.subTest(script):
                self.assert_failed(self.report(self.edited(script), credentials=False), 2, words, "fetch again")
                self.assert_nothing_left()

    def test_all_findings_are_told(self):
        path = self.edited("UPDATE contact SET name = 'x'; UPDATE ledger SET requests = 1")
        self.assert_failed(self.verify(path), 7, "the contacts are not", "; the record of the fetch is not")

    def test_flipped_bits(self):
        """Flips a bit anywhere: verify finds it, or no data for outputs depends on it."""
        whole = self.snapshot.read_bytes()
        expected = content_of(self.snapshot)
        path = self.folder / "flipped.sqlite"
        found = 0
        for i in range(99):
            at = (i * 7919 * 8 + i * 37) % (len(whole) * 8)
            changed = bytearray(whole)
            changed[at // 8] ^= 1 << at % 8
            path.write_bytes(changed)
            run = self.verify(path)
            self.assertIn(run.code, (0, 2, 7), run)
            found += run.code != 0
            if run.code == 0:
                self.assertEqual(content_of(path), expected, f"bit {at} of {len(whole) * 8} goes unnoticed")
        self.assertGreater(found, 33)

    def test_what_cannot_be_verified(self):
        (self.folder / "notes.txt").write_text("not a snapshot", encoding="utf-8")
        self.assert_failed(self.verify(self.folder / "notes.txt"), 2, "not a snapshot")
        self.assert_failed(self.verify(self.folder / "missing"), 2, "missing: cannot be read")
        self.assert_failed(self.verify(self.edited("PRAGMA user_version = 1")), 2, "version 1", "fetch again")
        self.assert_failed(self.rollcall("verify", credentials=False), 2, "an argument is missing", "usage: rollcall verify")
        self.assert_failed(self.rollcall("verify", "a", "b", credentials=False), 2, "unexpected argument 'b'")
        run = self.verify(self.snapshot, "--verbose")
        self.assertEqual(self.assert_done(run).err, "note: --verbose has no effect here\n")

    def test_other_encodings(self):
        path = self.folder / "utf16.sqlite"
        dump = "\n".join(sqlite3.connect(f"file:{self.snapshot}?mode=ro", uri=True).iterdump())
        with contextlib.closing(sqlite3.connect(path)) as database:
            database.executescript(f"PRAGMA encoding = 'UTF-16le'; PRAGMA application_id = {0x526F6C6C};"
                                   f"PRAGMA user_version = 2; {dump}")
        self.assert_failed(self.verify(path), 7, "texts are not in UTF-8")


if __name__ == "__main__":
    harness.main()
