"""The sandbox server ends on request, even while it sends, and does not outlive the process that started it."""

import contextlib
import os
import pathlib
import signal
import socket
import subprocess
import sys
import time

import harness

ENDLESS = ("--contacts", "20", "--fault", "always: endless")
REQUEST = b"GET /api/v2/accounts/contacts?page=1 HTTP/1.1\r\nHost: sandbox\r\n\r\n"
PLENTY = 1 << 20  # after this many bytes the answer counts as endless


class Sandbox(harness.Case):
    def wait_for(self, holds):
        end = time.monotonic() + harness.HANG_S
        while not holds():
            self.assertLess(time.monotonic(), end)
            time.sleep(0.01)

    def client(self, server):
        """A client that has requested an endless body and read some of it."""
        client = self.enterContext(socket.create_connection(("127.0.0.1", int(server.url.rpartition(":")[2]))))
        client.settimeout(harness.HANG_S)
        client.sendall(REQUEST)
        got = 0
        while got < PLENTY:
            got += len(client.recv(65536))
        return client

    def threads(self, server):
        return len(os.listdir(f"/proc/{server.process.pid}/task"))

    def assert_ends(self, server, client):
        """The server stops with its own exit code, not killed, while the client still reads."""
        end = time.monotonic() + harness.HANG_S
        with contextlib.suppress(ConnectionError):
            while client.recv(65536):
                self.assertLess(time.monotonic(), end)
        self.assertEqual(server.process.wait(harness.HANG_S), 0)

    def test_client_that_goes(self):
        """Takes its connection and its thread along."""
        with harness.Server(*ENDLESS) as server:
            at_rest = self.threads(server)
            clients = [self.client(server) for _ in range(8)]
            self.assertEqual(self.threads(server), at_rest + len(clients))
            for client in clients:
                client.close()
            self.wait_for(lambda: self.threads(server) == at_rest)

    def test_terminated_while_a_client_reads(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            with self.subTest(number), harness.Server(*ENDLESS) as server:
                client = self.client(server)
                server.process.send_signal(number)
                self.assert_ends(server, client)

    def test_terminated_while_a_client_reads_nothing(self):
        with harness.Server(*ENDLESS) as server:
            client = self.client(server)
            server.process.terminate()
            self.assertEqual(server.process.wait(harness.HANG_S), 0)
            client.close()

    def test_end_of_input(self):
        with harness.Server(*ENDLESS) as server:
            client = self.client(server)
            server.process.stdin.write("what comes there says nothing\n")
            server.process.stdin.flush()
            self.assertEqual(len(client.recv(1)), 1)
            server.process.stdin.close()
            self.assert_ends(server, client)
            server.process.stdin = None

    def test_whoever_started_it_is_killed(self):
        """As when a test takes too long."""
        script = ("import harness, os, signal\n"
                  f"with harness.Server(*{ENDLESS}) as server:\n"
                  "    print(server.process.pid, server.url, flush=True)\n"
                  "    signal.pause()\n")
        parent = subprocess.Popen([sys.executable, "-B", "-c", script], cwd=harness.CASES, text=True,
                                  stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)
        pid = int(parent.stdout.readline().split()[0])
        parent.kill()
        parent.communicate(timeout=harness.HANG_S)
        self.wait_for(lambda: self.has_ended(pid))

    def has_ended(self, pid):
        """The process is gone, or a zombie that its new parent has not collected yet."""
        try:
            return pathlib.Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] == "Z"
        except FileNotFoundError:
            return True


if __name__ == "__main__":
    harness.main()
