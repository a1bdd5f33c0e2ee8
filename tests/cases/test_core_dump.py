"""No crash writes the secret to the disk, and the secret stays in memory only as long as the program needs it."""

import base64
import contextlib
import fcntl
import os
import pathlib
import resource
import signal
import socket
import time

import harness

MAPPING_BYTES_MAX = 1 << 28  # a sanitizer's own are larger
BASIC = base64.b64encode(f"{harness.KEY}:{harness.SECRET}".encode()).decode()


def allow_core_dumps():
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


def memory_of(process):
    """The readable memory of the process, one mapping at a time."""
    with open(f"/proc/{process.pid}/mem", "rb", buffering=0) as memory:
        for line in pathlib.Path(f"/proc/{process.pid}/maps").read_text(encoding="utf-8").splitlines():
            start, end = (int(address, 16) for address in line.split()[0].split("-"))
            if "r" in line.split()[1] and end - start <= MAPPING_BYTES_MAX:
                with contextlib.suppress(OSError, OverflowError):
                    memory.seek(start)
                    yield memory.read(end - start)


def full_pipe():
    """The writing end of a full pipe without a reader: a writer blocks."""
    ends = os.pipe()
    size = fcntl.fcntl(ends[1], fcntl.F_SETPIPE_SZ, 1 << 12)
    os.write(ends[1], bytes(size))
    return ends


class CoreDump(harness.Case):
    def test_crash(self):
        """While it waits for an answer the secret is in its memory."""
        server = self.enterContext(socket.create_server(("127.0.0.1", 0)))
        server.settimeout(harness.HANG_S)
        process = self.start("check", "--base-url", f"http://127.0.0.1:{server.getsockname()[1]}",
                             preexec_fn=allow_core_dumps)
        self.addCleanup(process.communicate)
        connection = self.enterContext(server.accept()[0])
        self.assertIn(b"Authorization", connection.recv(1 << 16))
        limits = pathlib.Path(f"/proc/{process.pid}/limits").read_text(encoding="utf-8")
        process.send_signal(signal.SIGABRT)
        _, status = os.waitpid(process.pid, 0)
        self.assertRegex(limits, r"(?m)^Max core file size +0 +0 ")
        self.assertEqual(os.WTERMSIG(status), signal.SIGABRT)
        self.assertFalse(os.WCOREDUMP(status))
        self.assertEqual(harness.names_in(self.folder), ["home", "place"])

    def test_what_is_left_in_memory(self):
        """When everything is written except the totals, which block on the pipe."""
        credentials = self.folder / "credentials.json"
        credentials.write_text(f'{{"api_key": "{harness.KEY}", "api_secret": "{harness.SECRET}"}}', encoding="utf-8")
        credentials.chmod(0o600)
        reader, writer = full_pipe()
        self.addCleanup(os.close, reader)
        self.addCleanup(os.close, writer)
        with harness.Server("--contacts", "20") as server:
            process = self.start("report", "--base-url", server.url, "--credentials", credentials, "-o", self.out,
                                 credentials=False, stdout=writer)
            self.addCleanup(process.communicate)
            self.addCleanup(process.kill)
            while not any(path.stat().st_size for path in self.place.glob(".out.*/summary.json")):
                self.assertIsNone(process.poll())
                time.sleep(0.01)
            memory = b"".join(memory_of(process))
        found = [text for text in (str(credentials), harness.SECRET, BASIC) if text.encode() in memory]
        self.assertEqual(found, [str(credentials)])


if __name__ == "__main__":
    harness.main()
