"""No crash writes the secret to the disk."""

import os
import pathlib
import resource
import signal
import socket

import harness


def allow_core_dumps():
    most = resource.getrlimit(resource.RLIMIT_CORE)[1]
    resource.setrlimit(resource.RLIMIT_CORE, (most, most))


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


if __name__ == "__main__":
    harness.main()
