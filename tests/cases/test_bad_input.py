"""Bad input and what it gets: the exit code, one line that says what and why, and nothing left behind.

A test is a table; a row of it is a case.
"""

import contextlib
import json
import pathlib
import socket
import subprocess
import threading

import harness

FEW = ("--retries", "1", "--patience", "0", "--timeout", "1")
ALWAYS = "always: "


class WrongUse(harness.Case):
    """Exit code 2, without a request: no server listens on the port."""

    def refused(self, *arguments, needles=()):
        run = self.rollcall("report", "--base-url", "http://127.0.0.1:1", *arguments)
        self.assert_failed(run, 2, *needles)
        self.assert_nothing_left()

    def test_command_line(self):
        cases = [
            (["--colour", "red"], ["--colour"]),
            (["--colums", "id"], ["--colums", "did you mean --columns?"]),
            (["--label", ""], ["--label", "empty"]),
            (["--label"], ["--label", "needs a value"]),
            (["--as-of", "yesterday"], ["--as-of", "'yesterday'", "ISO 8601"]),
            (["--as-of", "2026-02-30"], ["--as-of", "'2026-02-30'"]),
            (["--timezone", "Europe/Berln"], ["--timezone", "Europe/Berln"]),
            (["--timezone", ""], ["--timezone"]),
            (["--columns", "id,nane"], ["--columns", "'nane'", "phone_number"]),
            (["--columns", "id,"], ["--columns", "empty"]),
            (["--order-by", "nane:desc"], ["--order-by", "'nane'"]),
            (["--activity-bounds", "7,1"], ["--activity-bounds", "7,1"]),
            (["--activity-bounds", "0"], ["--activity-bounds"]),
            (["--activity-bounds", "1,,7"], ["--activity-bounds"]),
            (["--page-size", "0"], ["--page-size", "from 1 to 1000"]),
            (["--page-size", "ten"], ["--page-size", "'ten'"]),
            (["--connections", "1000"], ["--connections"]),
            (["--timeout", "-1"], ["--timeout"]),
            (["--timeout", "nan"], ["--timeout"]),
            (["--retries", "99999999999999999999"], ["--retries"]),
            (["--top-companies", "0"], ["--top-companies"]),
            (["--sort", "shoe_size"], ["--sort", "shoe_size"]),
            (["--direction", "up"], ["--direction", "up"]),
            (["--quiet=yes"], ["--quiet"]),
            (["--base-url", "ftp://example.com"], ["ftp://example.com"]),
            (["--base-url", "nonsense nonsense"], ["base URL"]),
            (["--base-url", "https://example.com/?a=b"], ["query"]),
            (["--base-url", "http://example.com"], ["http://example.com", "plain HTTP"]),
            (["--base-url", "http://127.0.0.1.example.com"], ["plain HTTP"]),
            (["--base-url", "http://localhost.example.com"], ["plain HTTP"]),
            (["--secret", "x"], ["--secret"]),
            (["a.json", "b.json"], ["'b.json'", "unexpected argument"]),
        ]
        for arguments, needles in cases:
            with self.subTest(arguments):
                self.refused("-o", self.out, *arguments, needles=needles)

    def test_no_output_directory(self):
        self.refused(needles=["no output path", "-o PATH"])
        self.refused("-o", "", needles=["--output", "empty"])

    def test_commands(self):
        for arguments in ([], ["reprot"], ["help", "reprot"], ["--frobnicate"]):
            with self.subTest(arguments):
                self.assert_failed(self.rollcall(*arguments), 2, "rollcall help")

    def test_environment(self):
        for name, value in (("ROLLCALL_TIMEZONE", "Mars/Olympus"), ("ROLLCALL_PAGE_SIZE", "x"),
                            ("ROLLCALL_AS_OF", "soon"), ("ROLLCALL_QUIET", "perhaps")):
            with self.subTest(name):
                run = self.rollcall("report", "-o", self.out, environment={name: value})
                self.assert_failed(run, 2, name, value)

    def test_definition(self):
        """The error names the place as file:line:column."""
        cases = [
            ('{"label": ["a"], }', ":1:16"),
            ('{\n  "label": "a"\n  "q": "b"\n}', ":3:3"),
            ('{\n  // a comment\n  "lable": ["a"]\n}', ':3:3: unknown key "lable"'),
            ('{\n  "page_size": "ten"\n}', ':2:3: "page_size"'),
            ('{\n  "page_size": 10.5\n}', ":2:3"),
            ('{"page_size": 0}', ":1:2"),
            ('{"quiet": "yes"}', ":1:2"),
            ('{"label": [""]}', ":1:2"),
            ('{"label": ["a", 1]}', ":1:2"),
            ('{"label": {"a": 1}}', ":1:2"),
            ('{"activity_bounds": [7, 1]}', ":1:2"),
            ('{"activity_bounds": "1,7"}', ":1:2"),
            ('{\n\n    "timezone": "Nowhere"}', ":3:5"),
            ('{"as_of": "yesterday"}', ":1:2"),
            ('{"as_of": null}', ":1:2"),
            ('{"columns": ["id", "ü", "nane"]}', ":1:2"),
            ('{"q": "ü", "p": 1}', ":1:12"),
            ('{"q": "a", "q": "b"}', ":1:12"),
            ('["q"]', ":1:1"),
            ('"q"', ":1:1"),
            ("", ":1:1"),
            ('{"q": "a"} trailing', ":1:12"),
            ('{"q": "a"', ":1:"),
            ("{" + '"q": {' * 50, ":1:"),
            ('{"api_secret": "x"}', 'unknown key "api_secret"'),
        ]
        path = self.folder / "weekly.json"
        for text, needle in cases:
            with self.subTest(text[:60]):
                path.write_text(text, encoding="utf-8")
                self.refused("weekly.json", "-o", self.out, needles=["weekly.json" + needle if needle[0] == ":"
                                                                     else needle])

    def test_definition_that_is_no_text(self):
        path = self.folder / "odd.json"
        for content in (b"\xff\xfe{}", b'{"q": "a\x00b"}', b" " * (2 << 20)):
            path.write_bytes(content)
            self.refused("odd.json", "-o", self.out, needles=["odd.json"])
        self.refused("missing.json", "-o", self.out, needles=["missing.json: No such file or directory"])
        self.refused(".", "-o", self.out, needles=["Is a directory"])

    def test_no_snapshot(self):
        (self.folder / "notes.txt").write_text("no snapshot", encoding="utf-8")
        subprocess.run(["sqlite3", self.folder / "other.sqlite", "CREATE TABLE t (x)"], check=True)
        for name in ("notes.txt", "other.sqlite", "missing.sqlite", "home"):
            with self.subTest(name):
                self.assert_failed(self.report(self.folder / name), 2, name)
                self.assert_nothing_left()

    def test_damaged_snapshot(self):
        with harness.Server("--contacts", "200") as server, harness.snapshot_of(server) as path:
            whole = pathlib.Path(path).read_bytes()
        half = self.folder / "half.sqlite"
        half.write_bytes(whole[:len(whole) // 2])
        run = self.report(half)
        self.assertIn(run.code, (1, 2), run)
        self.assert_nothing_left()
        later = self.folder / "later.sqlite"
        later.write_bytes(whole)
        subprocess.run(["sqlite3", later, "PRAGMA user_version = 99"], check=True)
        self.assert_failed(self.report(later), 2, "later.sqlite", "version 99")
        self.assert_nothing_left()


class NotAuthorised(harness.Case):
    def test_no_credentials(self):
        run = self.rollcall("report", "--base-url", "http://127.0.0.1:1", "-o", self.out, credentials=False)
        self.assert_failed(run, 3, "ROLLCALL_API_KEY", "ROLLCALL_API_SECRET", "--credentials", "--credentials-command",
                           ".netrc")
        self.assert_nothing_left()

    def test_refused(self):
        with harness.Server("--contacts", "30") as server:
            for key, secret, needles in (("sandbox-key", "wrong", ["401", "check the API key and secret"]),
                                         ("forbidden-key", "sandbox-secret", ["403", "permissions"])):
                before = server.requests()["requests"]
                run = self.report(server, environment={"ROLLCALL_API_KEY": key, "ROLLCALL_API_SECRET": secret})
                self.assert_failed(run, 3, server.url, "page 1", *needles)
                self.assertNotIn("sandbox-secret", run.err)
                self.assertEqual(server.requests()["requests"], before + 1)
                self.assert_nothing_left()

    def test_the_servers_message(self):
        """The error shows the printable part, cut to a line."""
        body = json.dumps({"message": "No \x1b[31msuch\u202e 账号 حساب" + "!" * 1000}).encode()
        with harness.CannedServer(lambda _: (403, {}, body)) as server:
            run = self.assert_failed(self.report(server), 3, "403", "No [31msuch 账号 حساب!!!")
        self.assertNotIn("\x1b", run.err)
        self.assertLess(len(run.err), 700)


class Unreadable(harness.Case):
    """Exit code 4, naming URL and page, within bounded time."""

    def assert_unreadable(self, url, arguments, needles):
        run = self.rollcall("report", "--base-url", url, "-o", self.out, *FEW, *arguments)
        self.assert_failed(run, 4, url, *needles)

    def test_unreachable(self):
        with socket.socket() as listener:
            listener.bind(("127.0.0.1", 0))
            closed = listener.getsockname()[1]
            self.assert_unreadable(f"http://127.0.0.1:{closed}", [], ["page 1", "connect", "--base-url"])
        self.assert_unreadable("https://host.invalid", [], ["page 1", "host.invalid"])
        self.assert_nothing_left()

    def test_answers(self):
        cases = [
            (ALWAYS + "endless", ["larger than 8 MiB"]),
            (ALWAYS + "html", ["HTML"]),
            (ALWAYS + "garbage", ["invalid JSON"]),
            (ALWAYS + "deep 1000", ["deeper"]),
            (ALWAYS + "deep 100000", ["more JSON"]),
            (ALWAYS + "cut 20", ["broke off"]),
            (ALWAYS + "reset", []),
            (ALWAYS + "stall 60000", ["no answer in time"]),
            (ALWAYS + "drip 1000", ["no answer in time"]),
            (ALWAYS + "payload-null", ["payload"]),
            (ALWAYS + 'status 500 body={"error":"sorry"}', ["500: sorry"]),
            (ALWAYS + "status 404", ["404", "--base-url"]),
            (ALWAYS + "status 429 retry-after=1", ["429", "--connections"]),
            (ALWAYS + "status 429 retry-after=999999", ["429"]),
            (ALWAYS + "status 418", ["418"]),
            (ALWAYS + "redirect https://example.com/elsewhere", ["302", "https://example.com/elsewhere"]),
        ]
        for fault, needles in cases:
            with self.subTest(fault), harness.Server("--contacts", "45", "--fault", fault) as server:
                self.assert_unreadable(server.url, [], ["page 1", *needles])
                self.assert_nothing_left()

    def test_the_page_is_named(self):
        with harness.Server("--contacts", "90", "--fault", 'page=4: status 400 body={"msg":"no"}') as server:
            self.assert_unreadable(server.url, [], ["page 4", "400: no"])
        self.assert_only_partial_left()

    def test_bodies(self):
        big = harness.page_of([{"id": 1, "name": "x" * (9 << 20)}])
        cases = [
            (big, "larger than 8 MiB"),
            (b"", "invalid JSON"),
            (b"[]", "payload"),
            (b"{}", "payload"),
            (b'{"payload": {}}', "payload"),
            (b'{"payload": []} trailing', "invalid JSON"),
            (b"null", "payload"),
            ('{"code": 40001, "message": "参数错误"}'.encode(), "an error instead of contacts: 参数错误\n"),
            (b'{"payload": {"1": {"id": 1}}}', 'a "payload" that is an object with keys'),
            (b'{"data": {"payload": [{"id": 1}], "meta": {}}}', 'its "payload" wrapped in an object called "data"'),
            (b'{"data": [{"id": 1}]}', 'a list that is called "data"'),
            (b'[{"id": 1}]', "a bare list"),
        ]
        for body, needle in cases:
            with self.subTest(body[:30]), harness.CannedServer(lambda _, body=body: (200, {}, body)) as server:
                self.assert_unreadable(server.url, [], ["page 1", needle])
        self.assert_nothing_left()

    def test_bodies_are_not_shown(self):
        """They may hold contacts."""
        contact = {"id": 1, "email": "ada@example.com", "name": "Ada"}
        for status in (200, 400, 422, 500):
            for answer in (contact, [contact], {"error": contact}, {"errors": {"email": ["ada@example.com"]}}, "Ada",
                           {"contacts": {"1": contact}}):
                body = json.dumps(answer).encode()
                with harness.CannedServer(lambda _, body=body, status=status: (status, {}, body)) as server:
                    with self.subTest(f"{status} {answer}"):
                        run = self.rollcall("check", "--base-url", server.url, "--verbose")
                        self.assertEqual(run.code, 4, run)
                        self.assertNotIn("ada", (run.out + run.err).lower())

    def test_byte_order_mark(self):
        answer = harness.one_page([{"id": 1, "email": "ada@example.com"}])
        with harness.CannedServer(lambda path: (200, {}, b"\xef\xbb\xbf" + answer(path)[2])) as server:
            self.assert_done(self.report(server))
        self.assertEqual([row["id"] for row in harness.read_table(self.out / "contacts.csv")], ["1"])

    def test_compressed_bomb(self):
        """The ceiling is for the unpacked body."""
        packed = subprocess.run(["gzip", "-9"], input=b" " * (64 << 20), capture_output=True, check=True).stdout
        with harness.CannedServer(lambda _: (200, {"Content-Encoding": "gzip"}, packed)) as server:
            self.assert_unreadable(server.url, [], ["larger than 8 MiB"])
        self.assert_nothing_left()

    def asked_once(self, headers, *needles, status=200):
        """A fault that no other attempt can change."""
        answer = (status, headers, harness.page_of([]))
        with harness.CannedServer(lambda _: answer) as server:
            self.assert_failed(self.report(server), 4, server.url, "page 1", *needles)
            self.assertEqual(len(server.seen), 1)
        self.assert_nothing_left()

    def test_unknown_encoding(self):
        self.asked_once({"Content-Encoding": "x-own"}, "Content-Encoding that cannot be undone: x-own\n")

    def test_large_headers(self):
        self.asked_once({"X-Large": "x" * 200000}, "headers are too large")
        self.asked_once({f"X-{i}": "x" * 1000 for i in range(400)}, "headers are too large")

    def test_proxy_that_wants_credentials(self):
        """Of its own: beside the server as well as before a tunnel to it."""
        self.asked_once({}, "407: the proxy on the way asks for credentials", "http://USER:PASSWORD@HOST:PORT",
                        status=407)
        asked = []
        with socket.create_server(("127.0.0.1", 0)) as listener:
            def refuse():
                with contextlib.suppress(OSError):
                    while True:
                        connection, _ = listener.accept()
                        asked.append(connection.recv(65536).split(b" ")[0])
                        connection.sendall(b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                                           b'Proxy-Authenticate: Basic realm="x"\r\nContent-Length: 0\r\n\r\n')
                        connection.close()
            threading.Thread(target=refuse, daemon=True).start()
            proxy = f"http://127.0.0.1:{listener.getsockname()[1]}"
            run = self.rollcall("report", "--base-url", "https://host.invalid", "-o", self.out,
                                environment={"https_proxy": proxy})
            self.assert_failed(run, 4, "page 1", "407: the proxy on the way asks for credentials")
            self.assertEqual(asked, [b"CONNECT"])
            listener.shutdown(socket.SHUT_RDWR)

    def test_pages_without_end(self):
        """A server that ignores the page number."""
        body = harness.page_of([{"id": i, "email": "a@example.com"} for i in range(15)], count=1500)
        with harness.CannedServer(lambda _: (200, {}, body)) as server:
            self.assert_failed(self.report(server, *FEW), 4, server.url, "page after page")
            self.assertLess(len(server.seen), 200)
        self.assert_only_partial_left()

    def test_tls(self):
        key, certificate = self.folder / "key.pem", self.folder / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                        "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
                       check=True, capture_output=True)
        with harness.Server("--contacts", "30", "--tls", certificate, key) as server:
            self.assert_unreadable(server.url, ["--timeout", "30"], ["page 1", "certificate", "--cacert"])
            self.assertEqual(self.report(server, "--cacert", certificate).code, 0)
            wrong_name = server.url.replace("127.0.0.1", "localhost")
            run = self.rollcall("report", "--base-url", wrong_name, "-o", self.place / "other", "--cacert", certificate,
                                *FEW)
            self.assert_failed(run, 4, wrong_name)
        with harness.Server("--contacts", "30") as server:
            url = server.url.replace("http:", "https:")
            run = self.rollcall("report", "--base-url", url, "-o", self.place / "other", *FEW)
            self.assert_failed(run, 4, url, "page 1")
        self.assertEqual(harness.names_in(self.place), ["out"])


class Blemishes(harness.Case):
    """The run continues, and says what it left out."""

    def test_contacts_without_usable_id(self):
        contacts = [{"email": "none@example.com"}, {"id": None, "email": "null@example.com"},
                    {"id": "abc", "email": "text@example.com"}, {"id": {}, "email": "object@example.com"},
                    {"id": "9223372036854775808", "email": "large@example.com"}, "no contact", None,
                    {"id": "7", "email": "good@example.com"}]
        with harness.CannedServer(harness.one_page(contacts)) as server:
            run = self.assert_done(self.report(server, "--allow-unproven"))
        self.assertIn("1 read", run.out)
        self.assertIn("7 left out without a usable id", run.out.replace("\n ", ""))
        self.assertIn("warning: 4 contacts without an id were left out", run.out)
        self.assertIn("warning: 3 contacts whose id is no number were left out", run.out)
        self.assert_whole()
        self.assertEqual([row["id"] for row in harness.read_table(self.out / "contacts.csv")], ["7"])

    def test_nobody_matches(self):
        with harness.Server("--contacts", "30") as server:
            for arguments in (["--label", "nobody"], ["--q", "nobody at all"]):
                with self.subTest(arguments):
                    run = self.assert_done(self.report(server, *arguments))
                    self.assert_whole()
                    self.assertRegex(run.out, r"(?m)^Contacts +0 ")
                    self.assertEqual(harness.read_summary(self.out)["totals"]["contacts"], 0)
                    self.assertEqual(len(harness.read_csv(self.out / "contacts.csv")), 1)


if __name__ == "__main__":
    harness.main()
