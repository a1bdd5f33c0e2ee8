"""What the program prints at the terminal, and what happens if that output cannot be written."""

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
import unicodedata

import harness

LANGUAGES = ("en", "zh-Hans", "zh-Hant", "ja", "de", "fr", "es")
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
BAR = re.compile(r"[█▏▎▍▌▋▊▉]+$|#+$")


def width(text):
    """The columns that a terminal needs for the text, by independent rules."""
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def read_all(descriptor):
    shown = b""
    while True:
        try:
            piece = os.read(descriptor, 65536)
        except OSError:  # the other end is closed
            return shown
        if not piece:
            return shown
        shown += piece


class Terminal(harness.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(harness.Server("--contacts", "150"))
        cls.slow = cls.enterClassContext(harness.Server("--contacts", "150", "--latency", "150"))

    def at_terminal(self, *arguments, server=None, columns=80, environment=None):
        """Runs with stderr at a terminal; returns the run and the terminal's output."""
        environment = {"TERM": "xterm-256color", **(environment or {})}
        ours, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        process = self.start("report", "--base-url", (server or self.slow).url, "-o", self.out, "--as-of",
                             harness.AS_OF, "--connections", "2", *arguments, stderr=theirs, environment=environment)
        os.close(theirs)
        shown = read_all(ours)
        os.close(ours)
        out, _ = process.communicate(timeout=harness.HANG_S)
        return harness.Run(process.returncode, out, shown.decode())

    def totals_at_terminal(self, *arguments, environment=None):
        """The output if stdout is a terminal."""
        environment = {"TERM": "xterm-256color", **(environment or {})}
        ours, theirs = pty.openpty()
        process = self.start("report", "--base-url", self.server.url, "-o", self.out, "--as-of", harness.AS_OF,
                             *arguments, stdout=theirs, environment=environment)
        os.close(theirs)
        shown = read_all(ours).decode().replace("\r\n", "\n")
        os.close(ours)
        _, err = process.communicate(timeout=harness.HANG_S)
        return self.assert_done(harness.Run(process.returncode, shown, err)).out

    def test_progress_line(self):
        run = self.assert_done(self.at_terminal())
        lines = re.split(r"\r|\x1b\[K", run.err)
        self.assertTrue([line for line in lines if re.match(
            r"fetch \[█+·+\] +\d+ %  +\d+ of 150 contacts  \d+/s  0:\d\d left$", line)], run.err)
        self.assertNotIn("\n", run.err)  # one line, overwritten
        self.assertNotIn("\r\x1b[K", run.err.rstrip("\r\x1b[K"))  # never blank in between
        self.assertTrue(run.err.endswith("\r\x1b[K"), repr(run.err[-40:]))  # cleared at the end
        self.assertRegex(run.out, r"(?m)^Contacts +150 +100\.0%$")

    def test_progress_fits(self):
        for columns in (12, 20, 33, 40, 60, 80, 132):
            with self.subTest(columns):
                run = self.assert_done(self.at_terminal(columns=columns))
                lines = re.split(r"[\r\n]|\x1b\[K", run.err)
                self.assertLess(max(map(width, lines)), columns)
                self.assertTrue([line for line in lines if "150"[:columns - 1] in line])

    def test_progress_in_ascii(self):
        for environment in ({"LANG": "C"}, {"LANG": "C.UTF-8", "LC_ALL": "POSIX"}):
            with self.subTest(environment):
                run = self.assert_done(self.at_terminal(environment=environment))
                self.assertRegex(run.err, r"fetch \[#+\.+\] ")
                self.assertTrue(run.err.isascii())

    def changing_server(self):
        """One contact is created and one removed: no single pass proves that none is missing, and the second pass waits."""
        return harness.Server("--contacts", "150", "--latency", "100", "--change", "request=5: create", "--change",
                              "request=6: remove first")

    def test_progress_between_passes(self):
        with self.changing_server() as server:
            run = self.assert_done(self.at_terminal(server=server))
        waits = re.findall(r"150 contacts  next pass in (\d) s", run.err)
        self.assertGreater(len(waits), 3, run.err)
        self.assertEqual(waits, sorted(waits, reverse=True))
        self.assertIn("fetch, pass 2 [", run.err)

    def holding_server(self, fault):
        return harness.Server("--contacts", "150", "--fault", fault)

    def test_progress_while_the_server_makes_it_wait(self):
        with self.holding_server("page=1 times=1: status 429 retry-after=3") as server:
            run = self.assert_done(self.at_terminal(server=server))
        waits = re.findall(r"fetch  0 contacts  waiting (\d) s: the server asked for it \(429\)", run.err)
        self.assertGreater(len(waits), 3, run.err)
        self.assertEqual(waits, sorted(waits, reverse=True))

    def test_progress_in_an_outage(self):
        with self.holding_server("times=6: status 502") as server:
            run = self.assert_done(self.at_terminal(server=server))
        self.assertRegex(run.err, r"fetch  0 contacts  waiting 2 s: the server does not answer \(502\)")

    def test_a_long_wait_is_told_at_once(self):
        """Without a terminal, too: in one line, which is not repeated soon."""
        with self.holding_server("page=1 times=1: status 503 retry-after=6") as server:
            run = self.assert_done(self.report(server))
        self.assertEqual(re.findall(r"(?m)^.*waiting.*$", run.err),
                         ["fetch  0 contacts  waiting 6 s: the server asked for it (503)"])

    def test_verbose_tells_each_wait(self):
        with self.holding_server("page=1 times=1: status 429 retry-after=2") as server:
            run = self.assert_done(self.report(server, "--verbose"))
            quiet = self.assert_done(self.report(server, "--quiet", out=self.place / "quiet"))
        self.assertRegex(run.err, r"(?s)^GET [^\n]*: 429, [^\n]*\nwaiting 2 s: the server asked for it \(429\)\nGET [^\n]*: 200, ")
        self.assertEqual(quiet.err, "")

    def test_deadline_between_passes(self):
        with self.changing_server() as server:
            run = self.at_terminal("--deadline", "2", server=server)
        self.assertEqual(run.code, 4, run)
        self.assertIn("next pass in", run.err)
        self.assertIn(f"\r\x1b[Krollcall: {server.url}/api/v2/accounts/contacts: not read within 2 s", run.err)

    def test_totals(self):
        run = self.assert_done(self.report(self.server))
        blocks = run.out.split("\n\n")
        self.assertRegex(blocks[0], r"^Complete: 150 at the start, ")
        self.assertEqual([re.split(r"  +", line)[0] for line in blocks[1].splitlines()],
                         ["Contacts", "With email", "With phone", "Blocked", "New in the last 7 days",
                          "Active in the last 30 days", "Never active", "Countries", "Companies", "Inboxes"])
        countries, activity = (block.splitlines() for block in blocks[2:4])
        summary = harness.read_summary(self.out)
        for line, kind in zip(blocks[1].splitlines()[7:], ("countries", "companies", "inboxes"), strict=True):
            named = [row for row in summary[kind] if row["name"] is not None]
            self.assertRegex(line, rf"^\w+ +{len(named)}$")
        self.assertEqual(countries[0], "Contacts by country")
        self.assertEqual(len(countries), 7)
        for line, row in zip(countries[1:6], summary["countries"], strict=False):
            self.assertRegex(line, rf"^{row['name'] or 'unknown'} +{row['contacts']} +{row['share'] * 100:.1f}%  █")
        rest = summary["countries"][5:]
        self.assertRegex(countries[6], rf"^{len(rest)} others +{sum(row['contacts'] for row in rest)} +[\d.]+%$")
        self.assertEqual(activity[0], "Contacts by last activity")
        for line, row in zip(activity[1:], summary["activity"], strict=True):
            self.assertRegex(line, rf" {row['contacts']} +{row['share'] * 100:.1f}%")
            self.assertEqual(bool(BAR.search(line)), row["contacts"] > 0)
        longest = max(activity[1:], key=lambda line: int(re.search(r" (\d+) +[\d.]+%", line)[1]))
        self.assertRegex(longest, r"█{20}$")

    def test_totals_in_every_language(self):
        """Columns are aligned for characters of any width, and everything fits into 80 columns."""
        for language in LANGUAGES:
            with self.subTest(language):
                out = self.assert_done(self.report(self.server, "--lang", language)).out
                lines = out.splitlines()
                self.assertLessEqual(max(map(width, lines[:-1])), 80)
                ends = {width(BAR.sub("", line).rstrip(" ")) for line in lines if re.search(r"\d[ \u00a0\u202f]?%", line)}
                self.assertEqual(len(ends), 1, out)
                self.assertEqual(language == "en", "Contacts by country" in out)
                bars = {width(line[:BAR.search(line).start()]) for line in lines if BAR.search(line)}
                self.assertEqual(len(bars), 1, out)

    def test_unproven_in_a_language(self):
        with harness.Server("--contacts", "60", "--fault", "always: count stale 90") as server:
            run = self.assert_done(self.report(server, "--allow-unproven", "--lang", "zh-Hant"))
        self.assertTrue(run.out.startswith("未證實："), run.out)

    def test_a_name_commands_no_terminal(self):
        names = ("\x1b[31mred\x1b[0m", "\x9b31mred", "\u202egnihton", "line\nbreak", "中" * 40, "e" + "\u0301" * 5000)
        contacts = [{"id": number, "email": f"{number}@example.com", "additional_attributes": {"country": name}}
                    for number, name in enumerate(names, 1)]
        contacts += [{**contact, "id": contact["id"] + 100} for contact in contacts[:5]]
        with harness.CannedServer(harness.one_page(contacts)) as server:
            run = self.assert_done(self.report(server))
        self.assertNotRegex(run.out, "[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
        lines = run.out.splitlines()
        self.assertLessEqual(max(map(width, lines[:-1])), 80)
        self.assertLess(max(map(len, lines[:-1])), 400)
        self.assertIn("中" * 15 + "…", run.out)

    def test_colour(self):
        """Colours appear only at a terminal without NO_COLOR; the text is the same without them."""
        coloured = self.totals_at_terminal()
        self.assertRegex(coloured, r"^\x1b\[1;32mComplete\x1b\[0m: 150 ")
        self.assertRegex(coloured, r"\x1b\[36m█+\S*\x1b\[0m\n")
        self.assertEqual(coloured.count("\x1b[0m"), len(COLOUR.findall(coloured)) / 2)
        plain = COLOUR.sub("", coloured)
        self.assertEqual(self.totals_at_terminal(environment={"NO_COLOR": "1"}), plain)
        self.assertEqual(self.assert_done(self.report(self.server)).out, plain)
        self.assertEqual(self.totals_at_terminal(environment={"NO_COLOR": ""}), coloured)
        dumb = self.totals_at_terminal(environment={"TERM": "dumb"})
        self.assertRegex(dumb, r"(?m)%  #{20}$")
        self.assertTrue(dumb.isascii(), dumb)
        self.assertEqual([BAR.sub("", line) for line in dumb.splitlines()],
                         [BAR.sub("", line) for line in plain.splitlines()])
        self.assertTrue(self.assert_done(self.report(self.server, environment={"LANG": "C"})).out.isascii())

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
        self.assertIn("fetch [", run.err)

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
        """A run that cannot print its totals fails and leaves no outputs."""
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
        """No file opened later may get one of their numbers."""
        def close_all():
            for number in (0, 1, 2):
                os.close(number)

        run = self.report(self.server, "--quiet", stdin=None, stdout=None, stderr=None,
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
