"""What is said at the terminal, and what becomes of it where nobody listens."""

import os
import pty
import re
import subprocess

import harness


class Terminal(harness.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(harness.Server("--contacts", "150"))
        cls.slow = cls.enterClassContext(harness.Server("--contacts", "150", "--latency", "150"))

    def at_terminal(self, *arguments, environment=None):
        """Runs with stderr at a terminal; returns the run with what appeared there."""
        environment = {"TERM": "xterm-256color", **(environment or {})}
        ours, theirs = pty.openpty()
        process = self.start("report", "--base-url", self.slow.url, "-o", self.out, "--as-of", harness.AS_OF,
                             "--connections", "2", *arguments, stderr=theirs, environment=environment)
        os.close(theirs)
        shown = b""
        while True:
            try:
                piece = os.read(ours, 65536)
            except OSError:  # the other end is closed
                break
            if not piece:
                break
            shown += piece
        os.close(ours)
        out, _ = process.communicate(timeout=harness.HANG_S)
        return harness.Run(process.returncode, out, shown.decode())

    def test_progress_line(self):
        run = self.assert_done(self.at_terminal())
        lines = re.split(r"\r|\x1b\[K", run.err)
        self.assertTrue([line for line in lines if re.match(r"fetch: \d+ pages, \d+ of 150 contacts, \d+/s", line)],
                        run.err)
        self.assertNotIn("\n", run.err)  # one line, written over
        self.assertTrue(run.err.endswith("\r\x1b[K"), repr(run.err[-40:]))  # and gone in the end
        self.assertRegex(run.out, r"(?m)^Contacts +150 +100\.0%$")

    def test_quiet(self):
        run = self.assert_done(self.at_terminal("--quiet"))
        self.assertEqual((run.out, run.err), ("", ""))
        run = self.assert_done(self.report(self.server, "--quiet"))
        self.assertEqual((run.out, run.err), ("", ""))

    def test_quiet_still_says_what_failed(self):
        self.assert_failed(self.report(self.server, "--quiet", "--timezone", "x/y"), 2, "x/y")

    def test_no_colour_where_it_is_not_wanted(self):
        run = self.assert_done(self.at_terminal(environment={"NO_COLOR": "1"}))
        self.assertNotRegex(run.err + run.out, r"\x1b\[[0-9;]*m")
        self.assertIn("fetch: ", run.err)

    def test_a_terminal_that_can_do_nothing(self):
        run = self.assert_done(self.at_terminal(environment={"TERM": "dumb"}))
        self.assertNotIn("\x1b", run.err + run.out)

    def test_no_control_characters_in_a_file(self):
        run = self.assert_done(self.report(self.slow, "--connections", "2"))
        self.assertNotRegex(run.err + run.out, r"[\x00-\x09\x0b-\x1f]")
        self.assertNotIn("\x1b", run.err)

    def test_verbose(self):
        run = self.assert_done(self.report(self.server, "--verbose"))
        lines = run.err.splitlines()
        self.assertGreaterEqual(len(lines), 10)
        for line in lines:
            self.assertRegex(line, r"^GET http://127\.0\.0\.1:\d+/api/v2/accounts/contacts\?\S+:"
                                   r" 200, \d+ bytes, \d+ ms$")
        self.assertNotIn("Authorization", run.err)
        self.assertNotIn(harness.SECRET, run.err)

    def test_verbose_at_a_terminal(self):
        run = self.assert_done(self.at_terminal("--verbose"))
        self.assertGreaterEqual(run.err.count("GET http"), 10)

    def test_nobody_takes_the_output(self):
        """A run that could not tell its totals has failed, and leaves no outputs that look as if it had not."""
        with open("/dev/full", "wb") as full:
            run = self.report(self.server, stdout=full)
        self.assertEqual(run.code, 6, run)
        self.assertIn("rollcall: standard output: No space left on device", run.err)
        self.assert_nothing_left()

    def test_closed_output(self):
        run = self.report(self.server, stdout=None, preexec_fn=lambda: os.close(1))
        self.assertEqual(run.code, 6, run)
        self.assertIn("standard output", run.err)
        self.assert_nothing_left()

    def test_closed_pipe(self):
        ours, theirs = os.pipe()
        os.close(ours)
        run = self.report(self.server, stdout=theirs)
        os.close(theirs)
        self.assertEqual(run.code, 6, run)
        self.assert_nothing_left()

    def test_all_three_closed(self):
        """No file that is written later may take the place of one of them."""
        def close_all():
            for number in (0, 1, 2):
                os.close(number)

        run = self.report(self.server, "--verbose", "--quiet", stdin=None, stdout=None, stderr=None,
                          preexec_fn=close_all)
        self.assertEqual(run.code, 0, run)
        subprocess.run(["sqlite3", self.out / "snapshot.sqlite", "PRAGMA integrity_check"], check=True,
                       capture_output=True)

    def test_closed_errors_do_no_harm(self):
        with harness.Server("--contacts", "150") as server:
            run = self.report(server, "--verbose", stderr=None, preexec_fn=lambda: os.close(2))
        self.assertEqual(run.code, 0, run)
        for name in harness.OUTPUTS:
            self.assertNotIn(b"GET http", (self.out / name).read_bytes(), name)
        found = subprocess.run(["sqlite3", self.out / "snapshot.sqlite", "PRAGMA integrity_check"], check=True,
                               capture_output=True, text=True).stdout
        self.assertEqual(found, "ok\n")

    def test_help_and_version(self):
        for arguments, needle in ((["--help"], "report"), (["help"], "report"), (["help", "report"], "--base-url"),
                                  (["report", "--help"], "--base-url"), (["report", "-h"], "--base-url"),
                                  (["--version"], "rollcall "), (["-h"], "report")):
            with self.subTest(arguments):
                run = self.assert_done(self.rollcall(*arguments, credentials=False))
                self.assertIn(needle, run.out)
                self.assertEqual(run.err, "")
                self.assertLessEqual(max(map(len, run.out.splitlines())), 100)
                with open("/dev/full", "wb") as full:
                    self.assertEqual(self.rollcall(*arguments, stdout=full).code, 6)


if __name__ == "__main__":
    harness.main()
