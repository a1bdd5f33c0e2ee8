"""The directory of the outputs: where it may be, what it may replace, and who can read it."""

import contextlib
import os
import shutil
import stat
import subprocess
import time

import harness


class Directory(harness.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = cls.enterClassContext(harness.Server("--contacts", "20"))
        cls.snapshot = cls.enterClassContext(harness.snapshot_of(cls.server))

    def make(self, *arguments, **options):
        return self.report(self.snapshot, *arguments, credentials=False, **options)

    def refused(self, *needles, out=None):
        """Exit code 6, and everything is as it was, including times."""
        before = harness.files_of(self.folder)
        self.assert_failed(self.make(out=out), 6, *needles)
        self.assertEqual(harness.files_of(self.folder), before)

    def test_is_replaced_as_a_whole(self):
        self.assert_done(self.make())
        first = self.out.stat().st_ino
        self.assert_done(self.make("--columns", "id"))
        self.assert_whole()
        self.assertNotEqual(self.out.stat().st_ino, first)
        self.assertEqual(harness.read_csv(self.out / "contacts.csv")[0], ["id"])
        self.assertEqual(harness.names_in(self.place), ["out"])

    def test_is_never_without_a_whole_set(self):
        """A reader that looks repeatedly during the replacement always sees a whole directory."""
        self.assert_done(self.make())
        process = self.start("report", "--from", self.snapshot, "-o", self.out, "--as-of", harness.AS_OF)
        looks = 0
        while process.poll() is None:
            # A look that began before the exchange may see the former set go; the next one sees the new.
            if harness.names_in(self.out) != sorted(harness.OUTPUTS):
                self.assertEqual(harness.names_in(self.out), sorted(harness.OUTPUTS))
            looks += 1
        process.communicate()
        self.assertEqual(process.returncode, 0)
        self.assertGreater(looks, 10)

    def test_empty_directory_is_taken(self):
        self.out.mkdir()
        self.assert_done(self.make())
        self.assert_whole()

    def test_foreign_file(self):
        self.out.mkdir()
        (self.out / "thesis.txt").write_text("years of work", encoding="utf-8")
        self.refused(str(self.out), "thesis.txt", "not replaced")

    def test_foreign_file_beside_a_former_run(self):
        self.assert_done(self.make())
        (self.out / "notes.txt").write_text("mine", encoding="utf-8")
        self.refused(str(self.out), "notes.txt")

    def test_foreign_file_of_a_name_of_ours(self):
        self.out.mkdir()
        (self.out / "contacts.csv").write_text("mine", encoding="utf-8")
        self.refused(str(self.out), "contacts.csv")
        (self.out / "contacts.csv").unlink()
        subprocess.run(["sqlite3", self.out / "snapshot.sqlite", "CREATE TABLE mine (x)"], check=True)
        self.refused(str(self.out), "snapshot.sqlite")

    def test_changed_file(self):
        for name in harness.OUTPUTS:
            with self.subTest(name):
                shutil.rmtree(self.out, ignore_errors=True)
                self.assert_done(self.make())
                with open(self.out / name, "ab") as file:
                    file.write(b"\n")
                self.refused(str(self.out), "changed" if name != "snapshot.sqlite" else "not replaced")

    def test_directory_or_link_within(self):
        self.assert_done(self.make())
        (self.out / "more").mkdir()
        self.refused("'more'")
        (self.out / "more").rmdir()
        (self.out / "summary.html").unlink()
        (self.out / "summary.html").symlink_to("/etc/hostname")
        self.refused("'summary.html'")

    def test_a_foreign_file_that_comes_meanwhile(self):
        """rollcall looks for it again when it puts the outputs in place."""
        self.assert_done(self.make())
        with harness.Server("--contacts", "60", "--latency", "300") as slow:
            process = self.start("report", "--base-url", slow.url, "-o", self.out, "--connections", "1")
            time.sleep(0.3)
            (self.out / "late.txt").write_text("mine", encoding="utf-8")
            _, err = process.communicate(timeout=harness.HANG_S)
        self.assertEqual(process.returncode, 6, err)
        self.assertIn("late.txt", err)
        self.assertEqual((self.out / "late.txt").read_text(encoding="utf-8"), "mine")
        self.assertEqual(harness.names_in(self.place), ["out"])

    def test_moved_and_copied_outputs_are_still_ours(self):
        self.assert_done(self.make())
        moved = self.place / "moved"
        self.out.rename(moved)
        self.assert_done(self.make(out=moved))
        shutil.copytree(moved, self.place / "copied")
        self.assert_done(self.make(out=self.place / "copied"))

    def test_not_writable(self):
        file = self.folder / "file"
        file.write_text("", encoding="utf-8")
        for out, named in ((file, file), (file / "out", file), (file / "a" / "b", file), ("/proc/rollcall", "/proc"),
                           ("/dev/null", "/dev/null"), ("/dev/null/out", "/dev/null")):
            with self.subTest(out=str(out)):
                self.refused(str(named), out=out)

    def test_where_it_cannot_be(self):
        for out in (".", "..", "/", str(self.folder)):
            with self.subTest(out):
                self.assertEqual(self.make(out=out).code, 6)
        self.assertEqual(harness.names_in(self.folder), ["home", "place"])

    def test_missing_parents_are_made(self):
        deep = self.place / "a" / "b" / "out"
        self.assert_done(self.make(out=deep))
        self.assert_whole(deep)
        self.assertEqual(stat.S_IMODE((self.place / "a").stat().st_mode), 0o700)

    def test_parents_made_for_nothing_are_removed(self):
        self.out.mkdir()
        run = self.rollcall("report", "--base-url", "http://127.0.0.1:1", "-o", self.place / "a" / "b" / "out",
                            "--retries", "0", "--patience", "0")
        self.assertEqual(run.code, 4, run)
        self.assertEqual(harness.names_in(self.place), ["out"])

    def test_relative_paths(self):
        for out in ("out", "./out", "place/../out", "out/", "out//"):
            with self.subTest(out):
                run = self.assert_done(self.make(out=out, cwd=self.place))
                self.assert_whole(self.out if out != "place/../out" else self.place / "out")
                self.assertTrue(run.out.rstrip().endswith("/out"), run.out)

    def test_symbolic_link_stays(self):
        real = self.place / "real"
        self.assert_done(self.make(out=real))
        self.out.symlink_to("real")
        self.assert_done(self.make("--columns", "id"))
        self.assertTrue(self.out.is_symlink())
        self.assertEqual(harness.read_csv(real / "contacts.csv")[0], ["id"])
        self.assertEqual(harness.names_in(self.place), ["out", "real"])

    def test_dangling_link(self):
        """rollcall refuses the link or writes to its target: either way the link stays, without temporary files."""
        self.out.symlink_to("nowhere")
        run = self.make()
        self.assertIn(run.code, (0, 6), run)
        self.assertEqual(harness.names_in(self.place), ["out"] if run.code else ["nowhere", "out"])
        self.assertTrue(self.out.is_symlink())

    def test_strftime_codes(self):
        cases = [
            ("reports/%G-W%V", [], "reports/2026-W44"),
            ("%Y-%m-%d", [], "2026-11-01"),
            ("%Y/%m", ["--as-of", "2026-12-31T23:30:00Z", "--timezone", "Europe/Berlin"], "2027/01"),
            ("%H%M%z", ["--as-of", "2026-07-01T12:00:00Z", "--timezone", "Europe/Berlin"], "1400+0200"),
            ("100%%", [], "100%"),
        ]
        for out, arguments, expected in cases:
            with self.subTest(out):
                run = self.assert_done(self.make(*arguments, out=out, cwd=self.place))
                self.assert_whole(self.place / expected)
                self.assertTrue(run.out.rstrip().endswith("/" + expected))

    def test_names_that_need_care(self):
        for name in ("with blanks", "-o", "ünïcode 名", "'quoted\"", "new\nline", "x" * 200):
            with self.subTest(name):
                self.assert_done(self.make(out=f"./{name}", cwd=self.place))
                self.assert_whole(self.place / name)

    def test_too_long(self):
        self.assertIn(self.make(out="x" * 300, cwd=self.place).code, (2, 6))
        self.assertIn(self.make(out="y/" * 3000, cwd=self.place).code, (2, 6))
        self.assert_nothing_left()

    def test_only_the_owner_can_read(self):
        for umask in (0, 0o022, 0o077):
            with self.subTest(oct(umask)):
                self.assert_done(self.make(umask=umask))
                self.assertEqual(stat.S_IMODE(self.out.stat().st_mode), 0o700)
                for name in harness.OUTPUTS:
                    self.assertEqual(stat.S_IMODE((self.out / name).stat().st_mode), 0o600, name)

    def test_private_while_it_is_made(self):
        """Temporary files, too."""
        with harness.Server("--contacts", "60", "--latency", "200") as slow:
            process = self.start("report", "--base-url", slow.url, "-o", self.out, "--connections", "2", umask=0)
            seen = set()
            while process.poll() is None:
                with contextlib.suppress(FileNotFoundError):  # a listed file may be gone by now
                    for path in self.place.rglob("*"):
                        state = os.lstat(path)
                        seen.add((stat.S_ISDIR(state.st_mode), stat.S_IMODE(state.st_mode)))
            process.communicate()
        self.assertEqual(process.returncode, 0)
        self.assertEqual(seen, {(True, 0o700), (False, 0o600)})

    def test_nothing_is_written_elsewhere(self):
        """Neither at home nor in TMPDIR nor in the current directory."""
        scratch = self.folder / "scratch"
        scratch.mkdir()
        self.assert_done(self.make(environment={"TMPDIR": str(scratch)}, cwd=self.home))
        self.assertEqual(harness.names_in(self.home) + harness.names_in(scratch), [])


if __name__ == "__main__":
    harness.main()
