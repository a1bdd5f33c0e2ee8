"""Outputs survive a loss of power: files, their names and the directories' names are flushed, in that order."""

import errno
import os
import pathlib
import re
import shutil

import harness
import preload


class Flushed(harness.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(harness.Server("--contacts", "20"))
        cls.snapshot = cls.enterClassContext(harness.snapshot_of(cls.server))

    def setUp(self):
        super().setUp()
        self.log = self.folder / "calls"
        self.failed = self.folder / "failed-calls"
        self.file = self.place / "contacts.sqlite"

    def noted(self, *arguments):
        """What reached the disk while rollcall ran, in order."""
        self.log.unlink(missing_ok=True)
        self.assert_done(self.rollcall(*arguments, environment=preload.environment(NOTE_LOG=self.log)))
        return self.log.read_text(encoding="utf-8").splitlines()

    def report_noted(self, out):
        return self.noted("report", "--from", self.snapshot, "-o", out, "--as-of", harness.AS_OF)

    def failing(self, path, after, number, *arguments):
        """Runs with a failing flush; the run has to have made that flush."""
        self.failed.unlink(missing_ok=True)
        run = self.rollcall(*arguments, environment=preload.environment(
            FAIL_CALL="fsync", FAIL_PATH=path, FAIL_AFTER=after, FAIL_ERRNO=int(number), FAIL_LOG=self.failed))
        self.assertTrue(self.failed.exists(), f"no flush of {path} was made")
        return run

    def failing_report(self, path, after, number=errno.EIO):
        return self.failing(path, after, number, "report", "--from", self.snapshot, "-o", self.out, "--as-of",
                            harness.AS_OF, "--quiet")

    def failing_fetch(self, path, after, number=errno.EIO):
        return self.failing(path, after, number, "fetch", "--base-url", self.server.url, "-o", self.file, "--quiet")

    def test_report(self):
        """Each file, then their names, then the directory's place, then its name."""
        calls = self.report_noted(self.out)
        moved = [call for call in calls if call.startswith("rename ")]
        self.assertEqual(len(moved), 1, calls)
        work = re.fullmatch(rf"rename (.*/\.out\.rollcall-\w{{6}}) {re.escape(str(self.out))}", moved[0])[1]
        end = calls.index(moved[0])
        self.assertEqual(sorted(calls[end - 1 - len(harness.OUTPUTS):end - 1]),
                         [f"fsync file {work}/{name}" for name in harness.OUTPUTS])
        self.assertEqual(calls[end - 1], f"fsync directory {work}")
        self.assertEqual(calls[end + 1:], [f"fsync directory {self.place}"])

    def test_parents_that_were_made(self):
        calls = self.report_noted(self.place / "a" / "b" / "out")
        self.assertEqual(calls[-3:], [f"fsync directory {self.place / 'a' / 'b'}", f"fsync directory {self.place / 'a'}",
                                      f"fsync directory {self.place}"])

    def test_the_new_name_comes_before_the_former_files_go(self):
        self.report_noted(self.out)
        calls = self.report_noted(self.out)
        moved = next(i for i, call in enumerate(calls) if call.startswith("rename "))
        self.assertEqual(calls[moved + 1], f"fsync directory {self.place}")
        self.assertEqual(sorted(pathlib.Path(call).name for call in calls[moved + 2:]), sorted(harness.OUTPUTS))
        self.assertTrue(all(call.startswith("unlink ") for call in calls[moved + 2:]), calls)

    def test_fetch(self):
        calls = self.noted("fetch", "--base-url", self.server.url, "-o", self.file)
        self.assertEqual(calls[-3:], [f"fsync file {self.file}.partial", f"rename {self.file}.partial {self.file}",
                                      f"fsync directory {self.place}"])

    def test_a_file_that_cannot_be_flushed(self):
        for name in harness.OUTPUTS[::5]:
            with self.subTest(name):
                self.assert_failed(self.failing_report("/" + name, 0), 6, name, os.strerror(errno.EIO))
                self.assert_nothing_left()

    def test_a_fetched_file_that_cannot_be_flushed(self):
        self.assert_failed(self.failing_fetch(".partial", 0), 6, self.file.name, os.strerror(errno.EIO))
        self.assert_nothing_left()
        self.assert_done(self.rollcall("fetch", "--base-url", self.server.url, "-o", self.file))
        before = harness.files_of(self.place)
        self.assert_failed(self.failing_fetch(".partial", 0), 6, self.file.name, os.strerror(errno.EIO))
        self.assertEqual(harness.files_of(self.place), before)

    def test_names_that_cannot_be_flushed(self):
        work = (".out.rollcall-", len(harness.OUTPUTS))  # all the files, then the directory
        self.assert_failed(self.failing_report(*work), 6, str(self.out), os.strerror(errno.EIO))
        self.assert_nothing_left()

    def test_the_directory_that_cannot_be_flushed(self):
        """The directory has its name by then: the outputs stay, both an earlier run's and new ones."""
        parent = (str(self.place), len(harness.OUTPUTS) + 1)
        for _ in range(2):
            self.assert_done(self.failing_report(*parent))
            self.assertEqual(self.failed.read_text(encoding="utf-8"), f"fsync {self.place}\n")
            self.assert_whole()
            self.assertEqual(harness.names_in(self.place), ["out"])
        shutil.rmtree(self.out)
        self.assert_done(self.failing_fetch(str(self.place), 1))
        self.assertEqual(self.failed.read_text(encoding="utf-8"), f"fsync {self.place}\n")
        self.assertEqual(harness.names_in(self.place), [self.file.name])

    def test_file_system_that_cannot_flush_directories(self):
        self.assert_done(self.failing_report(".out.rollcall-", len(harness.OUTPUTS), errno.EINVAL))
        self.assert_whole()


if __name__ == "__main__":
    harness.main()
