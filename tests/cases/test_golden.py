"""Whole outputs, compared byte by byte with the files in golden/.

Each folder there is a case: `arguments` has one argument of the command line a line, the other files are what has to
come out. `plain` has them all; another case keeps only those that are different from plain's, so that its files show
what its arguments change.

    test_golden.py --update     keeps what comes out now; look at it with git diff before you believe it
"""

import json
import re
import sqlite3
import sys

import harness

GOLDEN = harness.CASES / "golden"
CASES = sorted(folder.name for folder in GOLDEN.iterdir() if folder.is_dir())
BASE = "plain"
UPDATE = "--update" in sys.argv


def normalised(text, server_url, out):
    """Without the parts that differ each time: the port, the folder and the time."""
    text = text.replace(server_url, "http://127.0.0.1:PORT").replace(str(out), "OUT")
    text = re.sub(r'("generated_at": )"[^"]*"', r'\1"NOW"', text)
    return re.sub(r"Made on [^<]*? ·", "Made on NOW ·", text)


# The moments of a fetch, with what it was made, and the sum over these.
VARIABLE = {"started_at", "finished_at", "server_began_at", "server_ended_at", "libraries", "record"}


def dump_of(snapshot):
    """Everything that a snapshot holds except values that differ in each fetch, one row a line."""
    database = sqlite3.connect(f"file:{snapshot}?mode=ro", uri=True)
    database.row_factory = sqlite3.Row
    lines = [f"application_id {database.execute('PRAGMA application_id').fetchone()[0]}",
             f"user_version {database.execute('PRAGMA user_version').fetchone()[0]}"]
    for (table,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name").fetchall():
        rows = [{key: row[key] for key in row.keys() if key not in VARIABLE}
                for row in database.execute(f"SELECT * FROM {table}")]
        lines += sorted(f"{table} {json.dumps(row, ensure_ascii=False)}" for row in rows)
    database.close()
    return "\n".join(lines) + "\n"


def collect(out, run, server_url):
    """The outputs, by the name of their file in golden/."""
    found = {path.name: path.read_bytes() for path in out.iterdir() if path.suffix == ".csv"}
    texts = {name: (out / name).read_text(encoding="utf-8") for name in ("summary.json", "summary.html")}
    texts["stdout"] = run.out
    texts["snapshot.dump"] = dump_of(out / "snapshot.sqlite")
    found.update((name, normalised(text, server_url, out).encode()) for name, text in texts.items())
    return found


def kept(case, name):
    for folder in (GOLDEN / case, GOLDEN / BASE):
        if (folder / name).exists():
            return (folder / name).read_bytes()
    return b""


def keep(case, name, content):
    path = GOLDEN / case / name
    path.unlink(missing_ok=True)
    if kept(case, name) != content:
        path.write_bytes(content)


class Golden(harness.Case):
    def check(self, case, found):
        if UPDATE:
            for name, content in found.items():
                keep(case, name, content)
            return
        known = {path.name for folder in (BASE, case) for path in (GOLDEN / folder).iterdir()} - {"arguments"}
        self.assertEqual(set(found), known)
        for name in sorted(found):
            with self.subTest(case=case, file=name):
                self.assertEqual(found[name].decode().split("\n"), kept(case, name).decode().split("\n"))

    def test_each_case(self):
        with harness.Server("--data", GOLDEN / "contacts.ndjson") as server:
            for case in sorted(CASES, key=lambda case: case != BASE):
                with self.subTest(case=case):
                    arguments = (GOLDEN / case / "arguments").read_text(encoding="utf-8").splitlines()
                    out = self.place / case
                    run = self.assert_done(self.report(server, *arguments, out=out))
                    self.assert_whole(out)
                    self.check(case, collect(out, run, server.url))

    def test_from_its_snapshot(self):
        """A report without the network gives the same outputs, and the snapshot is a copy."""
        with harness.Server("--data", GOLDEN / "contacts.ndjson") as server:
            self.assert_done(self.report(server))
        first = {name: (self.out / name).read_bytes() for name in harness.OUTPUTS}
        again = self.place / "again"
        run = self.assert_done(self.report(self.out / "snapshot.sqlite", out=again, credentials=False))
        self.check(BASE, collect(again, run, server.url))
        self.assertEqual((again / "snapshot.sqlite").read_bytes(), first["snapshot.sqlite"])

    def test_into_the_directory_it_came_from(self):
        with harness.Server("--data", GOLDEN / "contacts.ndjson") as server:
            self.assert_done(self.report(server))
        run = self.assert_done(self.report(self.out / "snapshot.sqlite", credentials=False))
        self.check(BASE, collect(self.out, run, server.url))

    def test_every_order_of_reading_gives_the_same(self):
        with harness.Server("--data", GOLDEN / "contacts.ndjson") as server:
            for sort in ("created_at", "last_activity_at", "name", "email", "phone_number", "company", "city",
                         "country"):
                for direction in ("asc", "desc"):
                    with self.subTest(sort=sort, direction=direction):
                        self.assert_done(self.report(server, "--sort", sort, "--direction", direction,
                                                     "--page-size", "7"))
                        self.assertEqual((self.out / "contacts.csv").read_bytes(), kept(BASE, "contacts.csv"))


if __name__ == "__main__":
    sys.argv = [argument for argument in sys.argv if argument != "--update"]
    harness.main()
