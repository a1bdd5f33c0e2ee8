"""Credentials: where they may come from, and that only their own server gets them."""

import base64
import os
import socket
import stat
import threading

import harness

GOOD = harness.KEY, harness.SECRET
JSON = '{"api_key": "sandbox-key", "api_secret": "sandbox-secret"}'
ENCODED = base64.b64encode(f"{harness.KEY}:{harness.SECRET}".encode()).decode()


class Listener:
    """Accepts connections and records what it receives, in place of a proxy that must not be used."""

    def __enter__(self):
        self.heard = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self.socket.getsockname()[1]}"
        threading.Thread(target=self.listen, daemon=True).start()
        return self

    def listen(self):
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                connection.settimeout(5)
                self.heard.append(connection.recv(65536))
                connection.sendall(b"HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")

    def __exit__(self, *_):
        self.socket.close()


class Sources(harness.Case):
    def accepted(self, *arguments, environment=None):
        with harness.Server("--contacts", "20") as server:
            run = self.assert_done(self.report(server, *arguments, credentials=False, environment=environment))
            told = server.requests()
            self.assertEqual((told["authorized"], told["refused"]), (told["requests"], 0))
        return run

    def refused(self, *arguments, needles=(), environment=None):
        with harness.Server("--contacts", "20") as server:
            run = self.report(server, *arguments, credentials=False, environment=environment)
            self.assert_failed(run, 3, *needles)
            self.assertNotIn(harness.SECRET, run.err)
            self.assertEqual(server.requests()["requests"], 0)
        self.assert_nothing_left()

    def file(self, text, mode=0o600):
        path = self.folder / "credentials.json"
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    def test_environment(self):
        self.accepted(environment={"ROLLCALL_API_KEY": harness.KEY, "ROLLCALL_API_SECRET": harness.SECRET})

    def test_half_an_environment(self):
        for name in ("ROLLCALL_API_KEY", "ROLLCALL_API_SECRET"):
            self.refused(environment={name: "sandbox-secret"}, needles=["ROLLCALL_API_KEY and ROLLCALL_API_SECRET"])

    def test_file(self):
        self.accepted("--credentials", self.file(JSON))
        self.accepted("--credentials", self.file(JSON, 0o400))
        self.accepted(environment={"ROLLCALL_CREDENTIALS": str(self.file(JSON))})

    def test_file_that_others_can_read(self):
        for mode in (0o644, 0o640, 0o604, 0o660, 0o622, 0o610):
            with self.subTest(oct(mode)):
                self.refused("--credentials", self.file(JSON, mode), needles=["credentials.json", "chmod 600"])

    def test_file_without_credentials(self):
        for text in ("", "{}", "[]", '{"api_key": "a"}', '{"api_key": 1, "api_secret": 2}',
                     '{"api_key": "", "api_secret": ""}', '{"api_key": "a:b", "api_secret": "c"}',
                     '{"api_key": "a\\nb", "api_secret": "c"}', "x" * 20000):
            with self.subTest(text[:40]):
                self.refused("--credentials", self.file(text), needles=["credentials.json"])
        self.refused("--credentials", self.folder / "missing.json", needles=["missing.json", "No such file"])
        self.refused("--credentials", self.folder, needles=["not a file"])

    def test_command(self):
        for command in ("printf 'sandbox-key\\nsandbox-secret\\n'", "printf 'sandbox-key\\r\\nsandbox-secret'",
                        f"echo '{JSON}'", f"cat <<'END'\n\n  {JSON}\nEND"):
            with self.subTest(command):
                self.accepted("--credentials-command", command)

    def test_command_that_fails(self):
        for command, needle in (("exit 7", "exit code 7"), ("kill -9 $$", "signal 9"), ("true", "no usable"),
                                ("echo only-one", "no usable"), ("no-such-command-here", "exit code 127"),
                                ("yes", "credentials-command"), ("printf 'sandbox-key\\nsandbox-secret'; exit 1", "1")):
            with self.subTest(command):
                with harness.Server("--contacts", "20") as server:
                    run = self.report(server, "--credentials-command", command, credentials=False)
                    self.assertEqual(run.code, 3, run)
                    self.assertIn("--credentials-command", run.err)
                    self.assertIn(needle, run.err)
                    self.assertEqual(server.requests()["requests"], 0)

    def test_netrc(self):
        netrc = self.home / ".netrc"
        netrc.write_text("machine 127.0.0.1 login sandbox-key password sandbox-secret\n", encoding="utf-8")
        netrc.chmod(0o600)
        self.accepted()

    def test_netrc_of_another_host(self):
        netrc = self.home / ".netrc"
        netrc.write_text("machine example.com login sandbox-key password sandbox-secret\n", encoding="utf-8")
        netrc.chmod(0o600)
        with harness.Server("--contacts", "20") as server:
            self.assert_failed(self.report(server, credentials=False), 3, "401", ".netrc")

    def test_rank(self):
        """Command before file before environment before .netrc."""
        wrong = {"ROLLCALL_API_KEY": "wrong", "ROLLCALL_API_SECRET": "wrong"}
        self.accepted("--credentials", self.file(JSON), environment=wrong)
        other = self.folder / "other.json"
        other.write_text('{"api_key": "wrong", "api_secret": "wrong"}', encoding="utf-8")
        other.chmod(0o600)
        self.accepted("--credentials-command", f"echo '{JSON}'", "--credentials", other, environment=wrong)

    def test_no_place_for_them_in_url_or_definition(self):
        run = self.rollcall("report", "-o", self.out, "--base-url", "https://sandbox-key:sandbox-secret@example.com")
        self.assert_failed(run, 2, "must not hold credentials")
        self.assertNotIn("sandbox-secret", run.err)


class Secrecy(harness.Case):
    def assert_secret(self, data, where):
        data = data if isinstance(data, bytes) else data.encode()
        for text in (harness.SECRET, ENCODED, base64.b64encode(harness.SECRET.encode()).decode().rstrip("=")):
            self.assertNotIn(text.encode(), data, where)

    def test_no_output_holds_the_secret(self):
        with harness.Server("--contacts", "60", "--fault", "page=2 times=1: status 503") as server:
            run = self.assert_done(self.report(server, "--verbose"))
        self.assertIn("GET http://127.0.0.1", run.err)
        self.assert_secret(run.out + run.err, "terminal")
        for path in self.out.iterdir():
            self.assert_secret(path.read_bytes(), path.name)
        self.assertEqual(harness.names_in(self.home), [])

    def test_no_message_holds_the_secret(self):
        for fault in ("status 401", "status 403", "html", "reset", f"status 500 body={harness.SECRET[:7]}"):
            with harness.Server("--contacts", "60", "--fault", f"always: {fault}") as server:
                run = self.report(server, "--verbose", "--retries", "0", "--patience", "0")
                self.assertNotEqual(run.code, 0)
                self.assert_secret(run.err, fault)

    def test_not_among_the_arguments(self):
        """Nor in the arguments of a program that it starts."""
        path = self.folder / "credentials.json"
        path.write_text(JSON, encoding="utf-8")
        path.chmod(0o600)
        command = "cat credentials.json; cat /proc/$$/cmdline /proc/$PPID/cmdline > seen"
        with harness.Server("--contacts", "60", "--latency", "100") as server:
            process = self.start("report", "--base-url", server.url, "-o", self.out, "--credentials-command", command,
                                 credentials=False)
            while process.poll() is None:
                with open(f"/proc/{process.pid}/cmdline", "rb") as file:
                    self.assert_secret(file.read(), "arguments")
            process.communicate()
        self.assertEqual(process.returncode, 0)
        seen = (self.folder / "seen").read_bytes()
        self.assertIn(b"report\0--base-url", seen)
        self.assert_secret(seen, "arguments")

    def test_not_after_a_redirect(self):
        log = self.folder / "log"
        with harness.Server("--contacts", "20", "--log", log) as other:
            for place in (other.url + "/api/v2/accounts/contacts", other.url.replace("127.0.0.1", "localhost") + "/"):
                with harness.Server("--contacts", "20", "--fault", f"always: redirect {place}") as server:
                    self.assert_failed(self.report(server), 4, "302", place)
            self.assertEqual(other.requests(), {"requests": 0, "authorized": 0, "refused": 0})
        self.assertEqual([line for line in log.read_text(encoding="utf-8").splitlines() if "/__" not in line], [])
        self.assert_nothing_left()

    def test_not_over_plain_http(self):
        run = self.rollcall("report", "--base-url", "http://example.com", "-o", self.out)
        self.assert_failed(run, 2, "not sent over plain HTTP", "--allow-plain-http")

    def test_plain_http_where_allowed(self):
        """Then rollcall tries it: the host name does not exist, and the error says so."""
        run = self.rollcall("report", "--base-url", "http://host.invalid", "-o", self.out, "--allow-plain-http",
                            "--retries", "0")
        self.assert_failed(run, 4, "host.invalid")

    def test_a_proxy_does_not_hear_loopback(self):
        with harness.Server("--contacts", "20") as server, Listener() as proxy:
            names = ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY", "https_proxy")
            proxies = {name: proxy.url for name in names}
            self.assert_done(self.report(server, environment=proxies))
        self.assertEqual(proxy.heard, [])

    def test_a_proxy_is_asked_for_other_hosts(self):
        """The proxy receives no credentials: for https it only connects."""
        with Listener() as proxy:
            run = self.rollcall("report", "--base-url", "https://host.invalid", "-o", self.out, "--retries", "0",
                                "--patience", "0", environment={"https_proxy": proxy.url})
        self.assertEqual(run.code, 4, run)
        self.assertTrue(proxy.heard[0].startswith(b"CONNECT host.invalid:443"), proxy.heard)
        self.assert_secret(b"".join(proxy.heard), "proxy")

    def test_the_files_are_private(self):
        with harness.Server("--contacts", "20") as server:
            self.assert_done(self.report(server))
        for path in (self.out, *self.out.iterdir()):
            self.assertEqual(stat.S_IMODE(os.lstat(path).st_mode) & 0o077, 0, path)


if __name__ == "__main__":
    harness.main()
