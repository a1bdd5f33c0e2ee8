"""Outputs appear all or none: if any call fails, DIR stays as it was and no file is left beside it."""

import errno
import os
import resource
import shutil
import signal
import subprocess
import threading
import time

import harness
import preload

CONTACTS = ("--contacts", "1000", "--seed", "2")


class AllOrNone(harness.Case):
    @classmethod
    def setUpClass(cls):
        server = harness.Server(*CONTACTS, "--page-size-max", "100")
        cls.server = cls.enterClassContext(server)
        cls.snapshot = cls.enterClassContext(harness.snapshot_of(cls.server))
        cls.small = cls.enterClassContext(harness.snapshot_of(cls.server, "--label", "vip"))

    def setUp(self):
        super().setUp()
        self.log = self.folder / "failed-calls"

    def fails(self, call, path, source=None, after=0, number=errno.ENOSPC, reason=None):
        """Runs with a failing call. The run has to end with 6, and has to have made that call."""
        self.log.unlink(missing_ok=True)
        run = self.report(source or self.snapshot, "--quiet", environment=preload.environment(
            FAIL_CALL=call, FAIL_PATH=path, FAIL_AFTER=after, FAIL_ERRNO=int(number), FAIL_LOG=self.log))
        self.assertTrue(self.log.exists(), f"no {call} of {path} was made")
        self.assert_failed(run, 6, reason or os.strerror(number))
        return run

    CALLS = [
        # the call, the file, how many such calls succeed first, and what the message has to name
        ("mkdtemp", "", 0, "place"),
        ("open", "snapshot.sqlite", 0, "snapshot.sqlite"),
        ("open", "contacts.csv", 0, "contacts.csv"),
        ("fwrite", "contacts.csv", 0, "contacts.csv"),
        ("fwrite", "contacts.csv", 2, "contacts.csv"),
        ("fflush", "contacts.csv", 0, "contacts.csv"),
        ("fclose", "contacts.csv", 0, "contacts.csv"),
        ("fsync", "contacts.csv", 0, "contacts.csv"),
        ("open", "countries.csv", 0, "countries.csv"),
        ("fwrite", "countries.csv", 0, "countries.csv"),
        ("fclose", "countries.csv", 0, "countries.csv"),
        ("fwrite", "companies.csv", 0, "companies.csv"),
        ("fflush", "companies.csv", 0, "companies.csv"),
        ("open", "inboxes.csv", 0, "inboxes.csv"),
        ("fclose", "inboxes.csv", 0, "inboxes.csv"),
        ("fwrite", "activity.csv", 0, "activity.csv"),
        ("open", "summary.html", 0, "summary.html"),
        ("fwrite", "summary.html", 0, "summary.html"),
        ("fclose", "summary.html", 0, "summary.html"),
        ("open", "summary.json", 0, "summary.json"),
        ("fwrite", "summary.json", 7, "summary.json"),
        ("fclose", "summary.json", 0, "summary.json"),
        ("open", "contacts.xlsx", 0, "contacts.xlsx"),
        ("fwrite", "contacts.xlsx", 0, "contacts.xlsx"),
        ("fwrite", "contacts.xlsx", 40, "contacts.xlsx"),
        ("fclose", "contacts.xlsx", 0, "contacts.xlsx"),
        ("open", "contacts.xlsx", 1, "contacts.xlsx"),
        ("fclose", "contacts.xlsx", 1, "contacts.xlsx"),
        ("fflush", "contacts.xlsx", 0, "contacts.xlsx"),
        ("fwrite", "contacts.xlsx", 200, "contacts.xlsx"),
        ("fwrite", "contacts.xlsx", 240, "contacts.xlsx"),
        ("mkostemp", ".scratch-", 0, "contacts.xlsx"),
        ("mkostemp", ".scratch-", 1, "contacts.xlsx"),
        ("mkostemp", ".scratch-", 20, "contacts.xlsx"),
        ("write", ".scratch-", 0, "contacts.xlsx"),
        ("write", ".scratch-", 5, "contacts.xlsx"),
        ("write", ".scratch-", 20, "contacts.xlsx"),
        ("fsync", "snapshot.sqlite", 0, "snapshot.sqlite"),
        ("fsync", "contacts.xlsx", 0, "contacts.xlsx"),
        ("futimens", "summary.json", 0, "summary.json"),
        ("fwrite", "snapshot.sqlite", 0, "snapshot.sqlite"),
        ("renameat2", "", 0, "out"),
    ]

    def another_place(self, name):
        """A fresh folder for each case, so that no case is blamed for another one's files."""
        self.place = self.folder / name
        self.place.mkdir()
        self.out = self.place / "out"

    def test_each_call_fails_where_nothing_was(self):
        for i, (call, path, after, named) in enumerate(self.CALLS):
            with self.subTest(call=call, path=path, after=after):
                self.another_place(f"place-{i}")
                self.assertIn(named, self.fails(call, path, after=after).err)
                self.assert_nothing_left()

    def test_each_call_fails_where_a_former_run_was(self):
        former = self.folder / "former"
        self.assert_done(self.report(self.small, out=former))
        for i, (call, path, after, named) in enumerate(self.CALLS):
            with self.subTest(call=call, path=path, after=after):
                self.another_place(f"place-{i}")
                shutil.copytree(former, self.out)
                before = harness.files_of(self.place)
                self.assertIn(named, self.fails(call, path, after=after).err)
                self.assertEqual(harness.files_of(self.place), before)

    def test_snapshot_of_a_fetch(self):
        for call, after, reason in (("open", 0, "out.partial: No space left"), ("open", 1, "out: snapshot.sqlite: "),
                                    ("pwrite", 0, "disk is full"), ("pwrite", 3, "disk is full"),
                                    ("pwrite", 20, "disk is full"), ("rename", 0, "No space left")):
            with self.subTest(call=call, after=after):
                self.fails(call, "out.partial", source=self.server, after=after, reason=reason)
                self.assert_nothing_left()

    def test_other_reasons(self):
        for number in (errno.EIO, errno.EDQUOT, errno.EROFS, errno.EACCES):
            with self.subTest(number):
                self.fails("fwrite", "contacts.csv", number=number)
                self.assert_nothing_left()

    def test_file_system_without_exchange(self):
        """If the system cannot exchange two names, rollcall replaces the directory in two steps."""
        plain = preload.environment(FAIL_CALL="renameat2", FAIL_ERRNO=int(errno.EINVAL), FAIL_LOG=self.log)
        for _ in range(2):
            self.assert_done(self.report(self.snapshot, environment=plain))
            self.assert_whole()
            self.assertEqual(harness.names_in(self.place), ["out"])
        self.assertIn("renameat2", self.log.read_text(encoding="utf-8"))

    def test_file_larger_than_allowed(self):
        """The kernel's own refusal, at several sizes, so that it hits each larger file in turn."""
        whole = self.place / "whole"
        self.assert_done(self.report(self.snapshot, out=whole))
        sizes = {path.stat().st_size for path in whole.iterdir()}
        shutil.rmtree(whole)
        for limit in sorted({1, 4096, 100000, max(sizes) - 1}):
            with self.subTest(limit):
                self.another_place(f"place-{limit}")
                run = self.report(self.snapshot, "--quiet", preexec_fn=lambda limit=limit: resource.setrlimit(
                    resource.RLIMIT_FSIZE, (limit, limit)))
                self.assert_failed(run, 6, os.strerror(errno.EFBIG))
                self.assert_nothing_left()

    def test_full_disk(self):
        """A real full disk, if this machine lets us mount a small one."""
        script = ('mount -t tmpfs -o size="$1" none "$2" && cd "$2" && mkdir place && shift 2 && "$@"; code=$?; '
                  'ls -A "$OLDPWD" >/dev/null; ls -A place >&3; exit $code')
        disk = self.folder / "disk"
        disk.mkdir()
        can_mount = subprocess.run(["unshare", "-rm", "mount", "-t", "tmpfs", "none", disk], capture_output=True)
        if can_mount.returncode != 0:
            print("no small disk can be mounted here: a full one is tried by failing calls only")
            return
        for size in ("64k", "300k", "450k", "600k"):
            with self.subTest(size):
                left = self.folder / "left"
                with open(left, "wb") as listing:
                    run = self.full(script, size, disk, listing)
                self.assert_failed(run, 6, os.strerror(errno.ENOSPC))
                self.assertEqual(left.read_text(encoding="utf-8"), "")

    def full(self, script, size, disk, listing):
        done = subprocess.run(["unshare", "-rm", "bash", "-c", f'exec 3>&{listing.fileno()}; {script}', "full", size,
                               disk, harness.PROGRAM, "report", "--from", self.snapshot, "-o", disk / "place" / "out",
                               "--as-of", harness.AS_OF, "--quiet"],
                              env=self.environment(), capture_output=True, text=True, timeout=harness.HANG_S,
                              stdin=subprocess.DEVNULL, pass_fds=[listing.fileno()])
        return harness.Run(done.returncode, done.stdout, done.stderr)


SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def mind_signals():
    """A shell that runs the tests in the background may ignore some of these signals."""
    for number in SIGNALS:
        signal.signal(number, signal.SIG_DFL)


class Signals(harness.Case):
    """The process dies by the signal, so that its parent sees it; DIR stays as it was."""

    MOMENTS_S = (0.02, 0.1, 0.25, 0.5, 0.8)

    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(harness.Server("--contacts", "4000"))
        cls.slow = cls.enterClassContext(harness.Server("--contacts", "4000", "--latency", "60"))
        cls.snapshot = cls.enterClassContext(harness.snapshot_of(cls.server))

    def interrupt(self, number, moment_s, *arguments, prepare=mind_signals):
        process = self.start("report", *arguments, "-o", self.out, "--as-of", harness.AS_OF, preexec_fn=prepare)
        time.sleep(moment_s)
        process.send_signal(number)
        out, err = process.communicate(timeout=harness.HANG_S)
        return harness.Run(process.returncode, out, err)

    def assert_whole_or_as_before(self, run, number, before):
        if run.code == 0:  # it ended before the signal
            self.assert_whole()
            self.assertEqual(harness.names_in(self.place), ["out"])
            return
        self.assertEqual(run.code, -number, run)
        self.assertNotIn("Sanitizer", run.err)
        self.assertEqual(harness.files_of(self.place), before)

    def test_while_fetching(self):
        died = 0
        for number in SIGNALS:
            for moment_s in (0.1, 0.4, 0.9):
                with self.subTest(signal=number, moment_s=moment_s):
                    run = self.interrupt(number, moment_s, "--base-url", self.slow.url)
                    self.assert_whole_or_as_before(run, number, {})
                    died += run.code < 0
        self.assertGreater(died, 2)

    def test_while_writing(self):
        died = 0
        for moment_s in self.MOMENTS_S:
            for number in SIGNALS:
                with self.subTest(signal=number, moment_s=moment_s):
                    shutil.rmtree(self.out, ignore_errors=True)
                    run = self.interrupt(number, moment_s, "--from", self.snapshot)
                    self.assert_whole_or_as_before(run, number, {})
                    died += run.code < 0
        self.assertGreater(died, 2)

    def test_a_former_run_stays(self):
        self.assert_done(self.report(self.server))
        before = harness.files_of(self.place)
        for moment_s in (0.1, 0.5):
            run = self.interrupt(signal.SIGTERM, moment_s, "--base-url", self.slow.url)
            self.assertEqual(run.code, -signal.SIGTERM, run)
            self.assertEqual(harness.files_of(self.place), before)

    def test_while_it_waits_for_a_server_that_is_down(self):
        with harness.Server("--contacts", "30", "--fault", "always: status 503 retry-after=60") as server:
            run = self.interrupt(signal.SIGINT, 0.7, "--base-url", server.url)
        self.assertEqual(run.code, -signal.SIGINT, run)
        self.assert_nothing_left()

    def test_parents_that_were_made_go_as_well(self):
        self.out = self.place / "a" / "b" / "out"
        run = self.interrupt(signal.SIGTERM, 0.5, "--base-url", self.slow.url)
        self.assertEqual(run.code, -signal.SIGTERM, run)
        self.assert_nothing_left()

    def test_ignored_hangup_stays_ignored(self):
        """As under nohup."""
        run = self.interrupt(signal.SIGHUP, 0.2, "--base-url", self.slow.url,
                             prepare=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
        self.assertEqual(run.code, 0, run)
        self.assert_whole()

    def test_one_runs_while_another_does(self):
        """Two runs into the same directory: each outcome is whole, and no temporary files are left."""
        processes = [self.start("report", "--from", self.snapshot, "-o", self.out, "--as-of", harness.AS_OF)
                     for _ in range(3)]
        threads = [threading.Thread(target=process.communicate) for process in processes]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(harness.HANG_S)
        self.assertIn(0, [process.returncode for process in processes])
        self.assertTrue({process.returncode for process in processes} <= {0, 6})
        self.assert_whole()
        self.assertEqual(harness.names_in(self.place), ["out"])


if __name__ == "__main__":
    harness.main()
