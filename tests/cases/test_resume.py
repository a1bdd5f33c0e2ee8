"""Resuming after a break: the same result as without one, and few pages read twice."""

import base64
import contextlib
import datetime
import os
import signal
import socket
import sqlite3
import stat
import threading
import time
import urllib.request

import canonical
import harness

PAGES = 120
CONTACTS = ("--contacts", PAGES * 15 - 5)
WINDOW = 8  # requests in flight at once
BESIDES = 4  # two measure the list, one asks for its other end, and one for page 1, if an earlier run read it
HOLD_MS = 1000 * harness.HANG_S  # practically for ever


def held(*answered, window=WINDOW):
    """A server that lets a run come so far and no further: it answers that many requests and holds the ones after them
    back, as many as the run has under way at once. So the run cannot end before it is killed, however busy the machine.
    With several numbers it does the same to as many runs."""
    options, before = [], 0
    for count in answered:
        options += "--fault", f"after={before + count} times={window}: stall {HOLD_MS}"
        before += count + window
    return options


@contextlib.contextmanager
def reserved_port():
    """A port that the system gives to no other process, but on which a server can listen by number."""
    with socket.socket() as reserved:
        reserved.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        reserved.bind(("127.0.0.1", 0))
        yield reserved.getsockname()[1]


def authorized(url):
    word = base64.b64encode(f"{harness.KEY}:{harness.SECRET}".encode()).decode()
    return urllib.request.Request(url, headers={"Authorization": f"Basic {word}"})


def rows_of(path, table):
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        return sorted(map(repr, database.execute(f"SELECT * FROM {table}")))


def content_of(path):
    """Everything that does not depend on the times and the number of requests."""
    ledger = harness.read_snapshot(path)[1]
    for name in ("requests", "retries", "pages", "server_began_at", "server_ended_at"):
        del ledger[name]
    tables = ("contact", "inbox", "contact_inbox", "custom_key", "warning", "fetch_label")
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        digest = database.execute("SELECT contacts FROM digest").fetchone()
    return {"ledger": ledger, "digest": digest, **{table: rows_of(path, table) for table in tables}}


class Resume(harness.Case):
    @classmethod
    def setUpClass(cls):
        with harness.Server(*CONTACTS) as server, harness.snapshot_of(server) as snapshot:
            cls.unbroken = content_of(snapshot)

    def setUp(self):
        super().setUp()
        self.file = self.place / "contacts.sqlite"
        self.partial = self.place / "contacts.sqlite.partial"

    def fetch(self, server, *arguments, **options):
        return self.rollcall("fetch", "--base-url", server.url, "-o", self.file, *arguments, **options)

    def resume(self, server, *arguments, **options):
        return self.fetch(server, "--resume", *arguments, **options)

    def begin(self, server, *arguments, command="fetch", output=None, **options):
        return self.start(command, "--base-url", server.url, "-o", output or self.file, *arguments, **options)

    def kill(self, process):
        process.kill()
        process.communicate(timeout=harness.HANG_S)

    def wait_for(self, holds):
        end = time.monotonic() + harness.HANG_S
        while not holds():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.01)

    def begin_held(self, server, *arguments, after=30, window=WINDOW, **options):
        """Starts a run against a server made by held(), and returns when the server holds it."""
        before = server.requests()["authorized"]
        process = self.begin(server, *arguments, **options)
        self.wait_for(lambda: server.requests()["authorized"] >= before + after + window)
        return process

    def break_off(self, server, *arguments, **options):
        """Kills a run once the server holds it."""
        process = self.begin_held(server, *arguments, **options)
        self.kill(process)
        self.assertEqual(process.returncode, -signal.SIGKILL)

    def assert_same(self):
        """As if there had been no break."""
        found = content_of(self.file)
        for part, expected in self.unbroken.items():
            self.assertEqual(found[part], expected, part)
        self.assertEqual(harness.names_in(self.place), [self.file.name])
        with sqlite3.connect(self.file) as database:
            self.assertEqual(database.execute("PRAGMA integrity_check").fetchone(), ("ok",))
            tables = {name for name, in database.execute("SELECT name FROM sqlite_schema")}
        self.assertFalse({name for name in tables if name.startswith("partial")})
        self.assertEqual(canonical.digest(database), tuple(database.execute("SELECT * FROM digest").fetchone()))

    def test_killed_at_any_moment(self):
        for after in (1, 2, 9, 60, 90, PAGES - 1):
            window = 1 if after < 3 else min(WINDOW, PAGES - after)  # the list is measured by one request after another
            with self.subTest(after=after), harness.Server(*CONTACTS, *held(after, window=window)) as server:
                self.break_off(server, after=after, window=window)
                self.assert_done(self.resume(server))
                self.assertLessEqual(server.requests()["authorized"], PAGES + WINDOW + BESIDES)
                self.assert_same()
                self.file.unlink()

    def test_killed_again_and_again(self):
        with harness.Server(*CONTACTS, *held(*[15] * 5)) as server:
            for _ in range(5):
                self.break_off(server, "--resume", after=15)
            self.assert_done(self.resume(server))
            # The run asks again only for pages that the server held back.
            self.assertEqual(server.requests()["authorized"], PAGES + 5 * WINDOW + BESIDES)
            self.assert_same()

    def test_with_other_connections(self):
        # In flight are 8, and one more for every four answers.
        with harness.Server(*CONTACTS, *held(60, window=20)) as server:
            self.break_off(server, "--connections", 30, after=60, window=20)
            self.assert_done(self.resume(server, "--connections", 1))
            self.assert_same()

    def test_the_network_is_pulled(self):
        port = self.enterContext(reserved_port())
        with harness.Server(*CONTACTS, "--port", port, *held(60)) as server:
            process = self.begin_held(server, "--retries", 0, "--patience", 0, after=60)
        out, err = process.communicate(timeout=harness.HANG_S)
        self.assert_failed(harness.Run(process.returncode, out, err), 4, "--resume", self.partial.name)
        self.assertEqual(harness.names_in(self.place), [self.partial.name])
        self.assertEqual(stat.S_IMODE(self.partial.stat().st_mode), 0o600)
        with harness.Server(*CONTACTS, "--port", port) as server:
            self.assert_done(self.resume(server))
            self.assertLessEqual(server.requests()["authorized"], PAGES - 60 + WINDOW + BESIDES)
            self.assert_same()

    def test_report(self):
        with harness.Server(*CONTACTS, *held(30)) as server:
            self.break_off(server, command="report", output=self.out)
            self.assertIn("out.partial", harness.names_in(self.place))
            self.assert_done(self.report(server, "--resume"))
            self.assertLessEqual(server.requests()["authorized"], PAGES + WINDOW + BESIDES)
            unbroken = self.folder / "unbroken"
            self.assert_done(self.report(server, out=unbroken))
        self.assert_whole()
        for name in ("contacts.csv", "countries.csv", "companies.csv", "inboxes.csv", "activity.csv"):
            self.assertEqual((self.out / name).read_bytes(), (unbroken / name).read_bytes(), name)
        found, expected = harness.read_summary(self.out), harness.read_summary(unbroken)
        for summary in (found, expected):
            del summary["generated_at"], summary["completeness"]["requests"]
        self.assertEqual(found, expected)
        self.assertEqual(harness.names_in(self.place), ["out"])

    def test_as_of_is_when_the_broken_run_began(self):
        with harness.Server(*CONTACTS, *held(30)) as server:
            began = int(time.time())
            self.break_off(server, command="report", output=self.out)
            ended = int(time.time())
            self.wait_for(lambda: int(time.time()) > ended)
            self.assert_done(self.rollcall("report", "--base-url", server.url, "-o", self.out, "--resume"))
        as_of = datetime.datetime.fromisoformat(harness.read_summary(self.out)["as_of"]).timestamp()
        self.assertLessEqual(began, as_of)
        self.assertLessEqual(as_of, ended)

    def test_in_a_further_pass(self):
        """Ties make the run read the list again, by other keys; the break comes during that pass."""
        ties = ("--contacts", 900, "--import", 900, "--shuffle-ties")
        for after in (70, 100):
            with self.subTest(after=after), harness.Server(*ties, *held(after)) as server:
                self.break_off(server, "--sort", "country", after=after)
                self.assert_done(self.resume(server, "--sort", "country"))
                ids, ledger = harness.read_snapshot(self.file)
                self.assertEqual(ids, sorted(server.truth()["ids"]))
                self.assertGreater(ledger["passes"], 1)
                self.file.unlink()

    def test_page_size_refused(self):
        with harness.Server(*CONTACTS, "--page-size-mode", "refuse", *held(30)) as server:
            self.break_off(server)
            self.assert_done(self.resume(server))
            self.assert_same()

    def test_changes_during_the_break(self):
        """A resumed run finds removed and created contacts like a run without a break."""
        when = f"request={30 + WINDOW + 1}"  # the first of the second run
        rules = ("--change", f"{when}: remove first", "--change", f"{when}: create 3")
        with harness.Server(*CONTACTS, *held(30), *rules) as server:
            self.break_off(server)
            self.assert_done(self.resume(server))
            truth = server.truth()
        ids = set(harness.read_snapshot(self.file)[0])
        self.assertLessEqual(set(truth["always"]), ids)
        self.assertLessEqual(ids, set(truth["ever"]))

    def test_refused(self):
        with harness.Server(*CONTACTS, *held(30)) as server:
            self.break_off(server)
            before = server.requests()
            other_key = {"environment": {"ROLLCALL_API_KEY": "another-key"}}
            for arguments, options, reason in (
                    (("--label", "vip"), {}, "the fetch began with labels (none), this run asks for vip"),
                    (("--q", "x"), {}, "the fetch began with search (none), this run asks for x"),
                    (("--sort", "name"), {}, "the fetch began with sort key created_at, this run asks for name"),
                    (("--direction", "desc"), {}, "the fetch began with direction asc"),
                    (("--page-size", "7"), {}, "the fetch began with page size 100, this run asks for 7"),
                    (("--no-inboxes",), {}, "the fetch began with inboxes"),
                    (("--base-url", "http://127.0.0.1:9"), {}, "the fetch began with base URL"),
                    ((), other_key, "another API key"),
            ):
                with self.subTest(reason):
                    self.assert_failed(self.resume(server, *arguments, **options), 2, self.partial.name, reason,
                                       "without --resume")
            time.sleep(2.1)
            self.assert_failed(self.resume(server, "--resume-within", 1), 2, "the list has moved on", "--resume-within")
            self.assertEqual(server.requests(), before)
            self.assert_done(self.resume(server))  # nothing was lost
            self.assertLessEqual(server.requests()["authorized"], PAGES + WINDOW + BESIDES)
            self.assert_same()

    def test_netrc(self):
        netrc = self.home / ".netrc"
        netrc.write_text(f"machine 127.0.0.1 login {harness.KEY} password {harness.SECRET}\n")
        netrc.chmod(0o600)
        with harness.Server(*CONTACTS, *held(30)) as server:
            self.break_off(server, credentials=False)
            self.assert_failed(self.resume(server), 2, "another API key")
            self.assert_done(self.resume(server, credentials=False))
            self.assert_same()

    def test_nobody_takes_it_for_whole(self):
        with harness.Server(*CONTACTS, *held(30)) as server:
            self.break_off(server)
        self.assert_failed(self.report(self.partial), 2, "the snapshot is partial", "--resume")
        with sqlite3.connect(f"file:{self.partial}?mode=ro", uri=True) as database:
            self.assertEqual(database.execute("SELECT count(*) FROM ledger").fetchone(), (0,))
        self.assertFalse(self.file.exists())

    def test_says_nothing_of_the_credentials(self):
        with harness.Server(*CONTACTS, *held(30)) as server:
            self.break_off(server)
        for path in self.place.iterdir():
            text = path.read_bytes()
            self.assertNotIn(harness.KEY.encode(), text)
            self.assertNotIn(harness.SECRET.encode(), text)
            self.assertEqual(stat.S_IMODE(path.stat().st_mode), 0o600)

    def test_one_at_a_time(self):
        asked, go_on = threading.Event(), threading.Event()
        self.addCleanup(go_on.set)
        with harness.Server(*CONTACTS) as server:
            def answer_later(path):
                asked.set()
                go_on.wait(harness.HANG_S)
                with harness.DIRECT.open(authorized(server.url + path), timeout=harness.HANG_S) as answer:
                    return 200, dict(answer.headers), answer.read()

            with harness.CannedServer(answer_later) as gate:
                process = self.begin(gate)
                self.assertTrue(asked.wait(harness.HANG_S))
                self.assert_failed(self.fetch(gate), 6, "another run is working on it")
                self.assert_failed(self.resume(gate), 6, "another run is working on it")
                go_on.set()
                process.communicate(timeout=harness.HANG_S)
            self.assertEqual(process.returncode, 0)
            self.assert_same()

    def test_begins_anew_unless_told_otherwise(self):
        with harness.Server(*CONTACTS, *held(30)) as server:
            self.break_off(server)
            self.assert_done(self.fetch(server))
            self.assertGreaterEqual(server.requests()["authorized"], PAGES + 30)
            self.assert_same()

    def test_nothing_to_go_on_with(self):
        with harness.Server(*CONTACTS) as server:
            self.assert_done(self.resume(server))
            self.assert_same()
            self.partial.write_bytes(b"")
            self.partial.chmod(0o600)
            self.assert_done(self.resume(server))
            self.assert_same()

    def test_another_file_in_the_way(self):
        self.partial.write_text("mine")
        with harness.Server(*CONTACTS) as server:
            for arguments in ((), ("--resume",)):
                self.assert_failed(self.fetch(server, *arguments), 6, "rollcall did not write it")
            self.assertEqual(self.partial.read_text(), "mine")
            self.partial.unlink()
            self.partial.symlink_to(self.folder / "elsewhere")
            self.assert_failed(self.fetch(server), 6, self.partial.name)
        self.assertFalse((self.folder / "elsewhere").exists())

    def test_damaged(self):
        with harness.Server(*CONTACTS, *held(30)) as server:
            self.break_off(server)
            database = sqlite3.connect(self.partial)
            self.assertEqual(database.execute("SELECT count(*) FROM partial_fetch").fetchone(), (1,))
            self.assert_failed(self.resume(server), 6, "database is locked")  # another program reads it
            database.execute("PRAGMA user_version = 1")
            database.close()
            self.assert_failed(self.resume(server), 2, self.partial.name, "a snapshot of version 1", "without --resume")
            with contextlib.closing(sqlite3.connect(self.partial)) as database:
                database.execute("PRAGMA user_version = 2")
                database.execute("DROP TABLE contact")
            self.assert_failed(self.resume(server), 2, self.partial.name, "without --resume")
            self.assert_done(self.fetch(server))
            self.assert_same()

    def test_signals(self):
        """With --resume a signal keeps the unfinished fetch; otherwise it leaves nothing."""
        with harness.Server(*CONTACTS, *held(30, 30)) as server:
            for arguments, left in (((), []), (("--resume",), [self.partial.name])):
                process = self.begin_held(server, *arguments,
                                          preexec_fn=lambda: signal.signal(signal.SIGTERM, signal.SIG_DFL))
                process.terminate()
                process.communicate(timeout=harness.HANG_S)
                self.assertEqual(process.returncode, -signal.SIGTERM)
                names = [name for name in harness.names_in(self.place) if not name.endswith(("-wal", "-shm"))]
                self.assertEqual(names, left)
            self.assert_done(self.resume(server))
            self.assert_same()

    def test_unproven_leaves_nothing(self):
        with harness.Server("--contacts", 60, "--change", "every=2: relabel vip add random",
                            "--change", "every=3: relabel vip remove random") as server:
            self.assert_failed(self.resume(server, "--label", "vip", "--connections", 1), 5)
        self.assert_nothing_left()

    def test_with_from(self):
        self.file.write_bytes(os.urandom(10))
        self.assert_failed(self.report(self.file, "--resume"), 2, "--resume")


if __name__ == "__main__":
    harness.main()
