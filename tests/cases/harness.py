"""What every case shares: the two programs, a clean environment, temporary folders, and a few checks."""

import contextlib
import csv
import hashlib
import http.server
import io
import json
import os
import pathlib
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import unittest
import urllib.request

CASES = pathlib.Path(__file__).resolve().parent
SOURCE = CASES.parent.parent
PROGRAM = os.environ["ROLLCALL_PROGRAM"]
SANDBOX = os.environ["ROLLCALL_SANDBOX"]
KEY = "sandbox-key"
SECRET = "sandbox-secret"
AS_OF = "2026-11-01"
HANG_S = 120  # nothing here takes this long unless it hangs
DIRECT = urllib.request.build_opener(urllib.request.ProxyHandler({}))  # whatever proxy the environment names

OUTPUTS = ("activity.csv", "companies.csv", "contacts.csv", "contacts.xlsx", "countries.csv", "inboxes.csv",
           "snapshot.sqlite", "summary.html", "summary.json")


def clean_environment(home, **more):
    """Only those variables of the caller's environment that the programs need to start."""
    environment = {
        "PATH": "/usr/bin:/bin",
        "HOME": str(home),
        "LANG": "C.UTF-8",
        # A sanitizer's finding must not look like one of the program's own exit codes.
        "ASAN_OPTIONS": "exitcode=99:detect_leaks=1",
        "UBSAN_OPTIONS": "exitcode=99:print_stacktrace=1",
        "LSAN_OPTIONS": f"suppressions={CASES}/leaks.txt:print_suppressions=0",
    }
    environment.update(more)
    return environment


class Run:
    """A program that has ended."""

    def __init__(self, code, out, err):
        self.code = code
        self.out = out
        self.err = err

    def __str__(self):
        return f"exit code {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


class Server:
    """The sandbox server on a free port. It ends with the `with` block, and at the latest with this process."""

    def __init__(self, *options):
        self.options = [str(option) for option in options]

    def __enter__(self):
        # Its input is a pipe that closes when this process ends in any way.
        self.process = subprocess.Popen([SANDBOX, "--end-with-stdin", *self.options], stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        self.url = self.process.stdout.readline().strip()
        if not self.url:
            raise RuntimeError("the sandbox did not start: " + self.process.stderr.read())
        return self

    def __exit__(self, failure=None, *_):
        self.process.terminate()
        _, said = self.process.communicate(timeout=HANG_S)
        if self.process.returncode != 0 and failure is None:
            raise AssertionError(f"the sandbox ended with {self.process.returncode}: {said}")

    def ask(self, path):
        with DIRECT.open(self.url + path, timeout=HANG_S) as answer:
            return json.load(answer)

    def truth(self, query=""):
        return self.ask("/__truth" + query)

    def requests(self):
        told = self.ask("/__requests")
        del told["connections"]  # this request opens one more
        return told

    def connections(self):
        """Without the connection of this request."""
        return self.ask("/__requests")["connections"] - 1


class CannedServer:
    """Answers every request with what `answer(path)` returns: status, headers and body."""

    def __init__(self, answer):
        self.answer = answer
        self.seen = []  # the path and the Authorization header of each request

    def __enter__(self):
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self):
                outer.seen.append((self.path, self.headers.get("Authorization")))
                status, headers, body = outer.answer(self.path)
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.server.shutdown()
        self.server.server_close()


def page_of(contacts, count=None):
    """A body as the API sends it."""
    meta = {"count": len(contacts) if count is None else count, "current_page": "1"}
    return json.dumps({"meta": meta, "payload": contacts}).encode()


def one_page(contacts):
    """An `answer` for CannedServer: all contacts on the first page."""
    def answer(path):
        return 200, {"Content-Type": "application/json"}, page_of(contacts if "page=1&" in path else [], len(contacts))
    return answer


def files_of(folder):
    """Each file below the folder with its checksum and times: if two results are equal, no file was touched."""
    found = {}
    for path in sorted(pathlib.Path(folder).rglob("*")):
        state = path.lstat()
        content = hashlib.sha256(path.read_bytes()).hexdigest() if path.is_file() else path.is_dir()
        found[str(path.relative_to(folder))] = (content, state.st_mtime_ns, oct(state.st_mode), state.st_ino)
    return found


def names_in(folder):
    return sorted(entry.name for entry in os.scandir(folder))


def read_csv(path):
    """All rows of a CSV file, read by Python's parser."""
    with open(path, newline="", encoding="utf-8") as file:
        return list(csv.reader(file, strict=True))


def read_table(path):
    rows = read_csv(path)
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def read_summary(folder):
    return json.loads((pathlib.Path(folder) / "summary.json").read_text(encoding="utf-8"))


def read_snapshot(path):
    """The ids of a snapshot's contacts, in ascending order, and its ledger."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        ids = [number for number, in database.execute("SELECT id FROM contact ORDER BY id")]
        database.row_factory = sqlite3.Row
        return ids, dict(database.execute("SELECT * FROM ledger").fetchone())


class Case(unittest.TestCase):
    """A test case with its own folder, `self.folder`, a home in it and a path for outputs, `self.out`."""

    maxDiff = 4000

    def setUp(self):
        holder = tempfile.TemporaryDirectory(prefix="rollcall-case-")
        self.addCleanup(holder.cleanup)
        self.folder = pathlib.Path(holder.name).resolve()
        self.home = self.folder / "home"
        self.home.mkdir()
        self.place = self.folder / "place"  # outputs appear here; nothing else may
        self.place.mkdir()
        self.out = self.place / "out"

    def environment(self, credentials=True, **more):
        if credentials:
            more = {"ROLLCALL_API_KEY": KEY, "ROLLCALL_API_SECRET": SECRET, **more}
        return clean_environment(self.home, **more)

    def start(self, *arguments, credentials=True, environment=None, **popen):
        """Starts rollcall and returns the process."""
        popen = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE,
                 "cwd": self.folder, "text": True, "encoding": "utf-8", **popen}
        return subprocess.Popen([PROGRAM, *map(str, arguments)],
                                env=self.environment(credentials, **(environment or {})), **popen)

    def rollcall(self, *arguments, **options):
        """Runs rollcall to its end."""
        process = self.start(*arguments, **options)
        try:
            out, err = process.communicate(timeout=HANG_S)
        except subprocess.TimeoutExpired:
            process.kill()
            out, err = process.communicate()
            self.fail(f"rollcall {' '.join(map(str, arguments))} hangs\n{out}\n{err}")
        run = Run(process.returncode, out or "", err or "")
        self.assertNotIn("Sanitizer", run.err, run)
        self.assertNotIn("runtime error", run.err, run)
        return run

    def report(self, source, *arguments, out=None, **options):
        """`rollcall report` from a server, or from a snapshot's path, as of a fixed day."""
        where = ("--base-url", source.url) if hasattr(source, "url") else ("--from", source)
        return self.rollcall("report", *where, "-o", out or self.out, "--as-of", AS_OF, *arguments, **options)

    def assert_done(self, run):
        self.assertEqual(run.code, 0, run)
        return run

    def assert_failed(self, run, code, *needles):
        """The error is one line that says what and why, perhaps a second line with a hint, and nothing else."""
        self.assertEqual(run.code, code, run)
        self.assertEqual(run.out, "", run)
        lines = run.err.splitlines()
        self.assertIn(len(lines), (1, 2), run)
        self.assertRegex(lines[0], r"^rollcall: \S", run)
        if len(lines) == 2:
            self.assertRegex(lines[1], r"^hint: \S", run)
        for needle in needles:
            self.assertIn(needle, run.err, run)
        return run

    def assert_whole(self, folder=None):
        self.assertEqual(names_in(folder or self.out), sorted(OUTPUTS))

    def assert_nothing_left(self):
        """Neither outputs nor temporary files are left."""
        self.assertEqual(names_in(self.place), [])

    def assert_only_partial_left(self):
        """Only the unfinished fetch for --resume is left."""
        self.assertEqual(names_in(self.place), [self.out.name + ".partial"])


@contextlib.contextmanager
def snapshot_of(server, *arguments):
    """A snapshot to make reports from, for tests that do not test the fetch."""
    with tempfile.TemporaryDirectory(prefix="rollcall-snapshot-") as folder:
        environment = clean_environment(folder, ROLLCALL_API_KEY=KEY, ROLLCALL_API_SECRET=SECRET)
        subprocess.run([PROGRAM, "report", "--base-url", server.url, "-o", folder + "/out", "--quiet",
                        "--as-of", AS_OF, *arguments], env=environment, check=True, timeout=HANG_S)
        yield folder + "/out/snapshot.sqlite"


def main():
    """Runs the module's tests. Exit code 77 says that a test was skipped because its data is missing."""
    result = unittest.main(exit=False, verbosity=1).result
    if not result.wasSuccessful():
        sys.exit(1)
    if result.skipped:
        for _, why in result.skipped:
            print("skipped:", why)
        sys.exit(77)
    if result.testsRun == 0:
        sys.exit("no test ran")
