"""Outputs in a directory that other users can write to: no other user can read the contacts."""

import contextlib
import os
import pwd
import stat
import subprocess
import unittest

import harness

CONTACTS = ("--contacts", "60", "--seed", "5")

# Another user creates the file beforehand, open to all, and keeps it open.
PLANT = """
import os, sys
os.umask(0)
for path in sys.argv[1:]:
    os.open(path, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o666)
print("ready", flush=True)
sys.stdin.read()
"""


@unittest.skipUnless(os.geteuid() == 0, "a second user can only be played by root")
class SharedDirectory(harness.Case):
    def setUp(self):
        super().setUp()
        self.folder.chmod(0o755)
        self.place.chmod(0o1777)
        self.file = self.place / "contacts.sqlite"

    @contextlib.contextmanager
    def planted(self, *paths):
        somebody = pwd.getpwnam("nobody")
        process = subprocess.Popen(["/usr/bin/python3", "-B", "-c", PLANT, *map(str, paths)], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, text=True, user=somebody.pw_uid, group=somebody.pw_gid,
                                   extra_groups=[], cwd="/")
        try:
            self.assertEqual(process.stdout.readline(), "ready\n")
            yield
        finally:
            process.communicate()

    def check_untouched(self, path):
        self.assertEqual(path.read_bytes(), b"")
        self.assertEqual(path.stat().st_uid, pwd.getpwnam("nobody").pw_uid)

    def test_planted_file_is_refused(self):
        """The file itself, and each file that SQLite would read or write beside it."""
        with harness.Server(*CONTACTS) as server:
            for command, target in (("fetch", self.file), ("report", self.out)):
                for ending in ("", "-journal", "-wal", "-shm"):
                    planted = target.with_name(target.name + ".partial" + ending)
                    with self.subTest(command=command, ending=ending), self.planted(planted):
                        run = self.rollcall(command, "--base-url", server.url, "-o", target)
                        self.assert_failed(run, 6, str(planted), "belongs to another user")
                        self.check_untouched(planted)
                        self.assertEqual(harness.names_in(self.place), [planted.name])
                        planted.unlink()
            self.assertEqual(server.requests()["requests"], 0)

    def test_outputs_are_their_owners(self):
        """With any umask."""
        with harness.Server(*CONTACTS) as server:
            before = os.umask(0)
            try:
                self.assert_done(self.rollcall("fetch", "--base-url", server.url, "-o", self.file))
                self.assert_done(self.report(server))
            finally:
                os.umask(before)
        self.assertEqual(stat.S_IMODE(self.file.stat().st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(self.out.stat().st_mode), 0o700)
        for name in harness.names_in(self.out):
            self.assertEqual(stat.S_IMODE((self.out / name).stat().st_mode), 0o600, name)


if __name__ == "__main__":
    harness.main()
