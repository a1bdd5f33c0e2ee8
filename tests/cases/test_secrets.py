"""The API key and secret appear only in requests: not at the terminal and not in any file, whatever goes wrong."""

import base64
import io
import json
import signal
import sqlite3
import subprocess
import time
import urllib.parse
import zipfile

import harness
import secret_search

# Most of these are encoded in URLs, some in JSON and HTML, and one is not ASCII.
ODD = "Kp+q/7=x &zä%41", "Sq&t=/?#@:Wv-%41'\"<w \\ö9!"
PLAIN = "Qk7mWbX2xTvR", "Zw81hpQuyTl27dfM"
HASTE = ("--retries", "1", "--patience", "0", "--timeout", "1", "--max-passes", "1", "--allow-unproven", "--verbose")
CONTACTS = ("--contacts", "45")  # three pages


class Case(harness.Case):
    def credentials(self, key, secret):
        return {"ROLLCALL_API_KEY": key, "ROLLCALL_API_SECRET": secret}

    def server(self, credentials, *rules):
        faults = [part for rule in rules for part in ("--fault", rule)]
        return harness.Server(*CONTACTS, "--key", credentials[0], "--secret", credentials[1], *faults)

    def assert_unseen(self, run, credentials, folder=None):
        """Neither at the terminal nor in any file."""
        pieces = [("stdout", run.out.encode()), ("stderr", run.err.encode()),
                  *secret_search.all_in(folder or self.folder)]
        self.assertEqual(secret_search.found_in(pieces, secret_search.needles_of(*credentials)), [], run)

    def run_with(self, credentials, *arguments, **environment):
        return self.rollcall(*arguments, environment={**self.credentials(*credentials), **environment})


class Search(Case):
    """A search without findings proves something only if the search finds secrets that are there."""

    def test_what_it_finds(self):
        needles = secret_search.needles_of(*ODD)
        key, secret = ODD
        archive = io.BytesIO()
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as file:
            file.writestr("xl/sheet.xml", f"<c>{secret}</c>")
        basic = base64.b64encode(f"{key}:{secret}".encode()).decode()
        by_libcurl = "http://Kp%2bq%2f7%3dx%20%26z%c3%a4%2541:x@host"
        cases = [secret, key, by_libcurl, f"http://{urllib.parse.quote(key)}:x@host", "Basic " + basic, basic[3:-5],
                 base64.b64encode(f"..{secret}...".encode()).decode(), base64.b64encode(f".{key}.".encode()).decode(),
                 urllib.parse.quote_plus(f"a=/{secret}"), secret[2:9], secret[-7:], archive.getvalue()]
        for data in cases:
            with self.subTest(data):
                data = data if isinstance(data, bytes) else data.encode()
                self.assertNotEqual(secret_search.found_in(secret_search.inside("it", data), needles), [])
        self.assertEqual(secret_search.found_in([("it", b"nothing of them: %41 Basic a2V5")], needles), [])

    def test_what_it_finds_in_a_database(self):
        database = sqlite3.connect(self.folder / "a.sqlite")
        database.executescript("PRAGMA journal_mode = wal; PRAGMA wal_autocheckpoint = 0; CREATE TABLE t (x)")
        database.execute("INSERT INTO t VALUES (?)", (ODD[1],))
        database.commit()
        found = secret_search.found_in(secret_search.all_in(self.folder), secret_search.needles_of(*ODD))
        self.assertEqual([name.rpartition("/")[2] for name, _ in found], ["a.sqlite-wal", "a.sqlite's rows"])
        database.close()


class Faults(Case):
    """Every fault that the sandbox knows, including future ones."""

    @classmethod
    def setUpClass(cls):
        listed = subprocess.run([harness.SANDBOX, "--list-faults"], check=True, capture_output=True, text=True).stdout
        cls.faults = listed.splitlines()

    def test_all_are_listed(self):
        """As the README of the sandbox has them."""
        readme = (harness.SOURCE / "tests/sandbox/README.md").read_text(encoding="utf-8")
        table = readme.partition("| WHAT | the client sees |")[2].partition("\n\n")[0]
        told = {part.split()[0] for line in table.splitlines()[2:] for part in line.split("|")[1].split("`")[1::2]}
        self.assertEqual({fault.split()[0] for fault in self.faults}, told)

    def check(self, fault, credentials):
        with self.server(credentials, f"always: {fault}") as server:
            run = self.run_with(credentials, "check", "--base-url", server.url, "--timeout", "1", "--verbose")
            self.assert_unseen(run, credentials)

    def fetch_and_report(self, fault, credentials, commands=("fetch", "report")):
        """The first page arrives, so that there is something to keep."""
        kept = set()
        with self.server(credentials, f"page=2: {fault}") as server:
            for command in commands:
                out = self.place / {"fetch": "fetched.sqlite", "report": "reported"}[command]
                run = self.run_with(credentials, command, "--base-url", server.url, "-o", out, *HASTE)
                self.assertIn(run.code, (0, 3, 4), run)
                self.assertIn("GET http://127.0.0.1", run.err)
                self.assert_unseen(run, credentials)
                kept |= set(harness.names_in(self.place))
                subprocess.run(["rm", "-r", self.place], check=True)
                self.place.mkdir()
        return kept

    def test_every_fault(self):
        kept = set()
        for fault in self.faults:
            with self.subTest(fault):
                self.check(fault, ODD)
                # A report fetches as `fetch` does, and writes more.
                kept |= self.fetch_and_report(fault, ODD, ("report",))
        self.assertLessEqual({"reported", "reported.partial"}, kept)

    def test_faults_that_repeat_them(self):
        """The key and the secret need no encoding, so texts that repeat them are well-formed."""
        kept = set()
        for fault in self.faults:
            if "{" in fault:
                with self.subTest(fault):
                    self.check(fault, PLAIN)
                    kept |= self.fetch_and_report(fault, PLAIN)
        self.assertLessEqual({"fetched.sqlite.partial", "reported.partial"}, kept)

    def test_killed(self):
        """What a killed run leaves."""
        with self.server(ODD, "page=3: stall 60000") as server:
            process = self.start("report", "--base-url", server.url, "-o", self.out, "--verbose", "--connections", "1",
                                 environment=self.credentials(*ODD))
            end = time.monotonic() + harness.HANG_S
            while server.requests()["requests"] < 3 and time.monotonic() < end:
                time.sleep(0.05)
            process.send_signal(signal.SIGKILL)
            out, err = process.communicate(timeout=harness.HANG_S)
        self.assertGreater((self.place / "out.partial-wal").stat().st_size, 0)
        self.assert_unseen(harness.Run(process.returncode, out, err), ODD)


class Redirects(Case):
    """The message names the new address, as far as it may."""

    NOWHERE = "nowhere"
    UNREADABLE = "an address that cannot be read"
    CASES = [
        ("", NOWHERE),
        ("{empty}", NOWHERE),
        ("http://{host}/api/v2/accounts/contacts", "http://{host}/api/v2/accounts/contacts"),
        ("https://{host}", "https://{host}/"),
        ("https://example.com/elsewhere", "https://example.com/elsewhere"),
        ("/login", "http://{host}/login"),
        ("?x=1", "http://{host}/api/v2/accounts/contacts?..."),
        ("//example.com/a/b", "http://example.com/a/b"),
        ("login", "http://{host}/api/v2/accounts/login"),
        ("../login", "http://{host}/api/v2/login"),
        ("/login#part", "http://{host}/login#..."),
        ("/login?x={%secret}#part", "http://{host}/login?..."),
        ("https://user:word@example.com/x", "https://example.com/x"),
        ("https://word@example.com/x", "https://example.com/x"),
        ("https://{%key}:{%secret}@example.com/x", "https://example.com/x"),
        ("//{%secret}@{host}/x", "http://{host}/x"),
        ("https://user:word@example.com:port/x", UNREADABLE),
        ("https://{auth}@example.com:99999/x", UNREADABLE),
        ("myapp://{%key}@back/x?token", "myapp://back/x?..."),
        ("mailto:word@example.com", UNREADABLE),
        ("/of/{%key}/{%secret}/end", "http://{host}/of/[hidden]/[hidden]/end"),
        ("/of/{basic}", "http://{host}/of/[hidden]"),
        ("https://example.com/\x1b[31m\x07", UNREADABLE),
        ("https://example.com/\u202e\u00e9\udc9b", "https://example.com/%E2%80%AE%C3%A9%9B"),
        ("https://\u202e.example.com/", "https://%E2%80%AE.example.com/"),
    ]

    def redirected(self, credentials, location, code=302):
        """The address in the message, with the server's own address as {host}."""
        with self.server(credentials, f"always: redirect {code} {location}") as server:
            run = self.run_with(credentials, "check", "--base-url", server.url)
        self.assert_failed(run, 4, "hint: ")
        self.assert_unseen(run, credentials)
        self.assertNotIn("word", run.err)
        place = f"rollcall: {server.url}/api/v2/accounts/contacts, page 1: {code} redirects to "
        self.assertTrue(run.err.startswith(place), run)
        return run.err[len(place):].partition("\n")[0].replace(server.url.partition("//")[2], "{host}")

    def test_every_shape(self):
        for location, shown in self.CASES:
            with self.subTest(location):
                self.assertEqual(self.redirected(PLAIN, location), shown)

    def test_with_credentials_that_need_encoding(self):
        for location, shown in self.CASES:
            with self.subTest(location):
                self.assertEqual(self.redirected(ODD, location), shown)
        for location in ("https://{auth}@example.com/x", "/{auth}", "?{auth}", "#{auth}", "https://{secret}/",
                         "//{key}", "/{auth}{%auth}{basic}", "{auth}", "mailto:{auth}"):
            with self.subTest(location):
                self.redirected(ODD, location)

    def test_every_code(self):
        for code in (301, 302, 303, 307, 308):
            with self.subTest(code):
                self.assertEqual(self.redirected(PLAIN, "/login", code), "http://{host}/login")
                self.assertEqual(self.redirected(PLAIN, "", code), self.NOWHERE)

    def test_an_overlong_location(self):
        for location in ("/" + "long/" * 4000, "https://" + "u" * 10000 + "@example.com/" + "long/" * 2000):
            shown = self.redirected(PLAIN, location)
            self.assertRegex(shown, r"^https?://[^/]+(/long)+")
            self.assertTrue(shown.endswith("..."), shown)
            self.assertLessEqual(len(shown), 303)

    def test_one_that_ends_within_the_secret(self):
        """The secret is hidden before the text is cut, so no part of it is left."""
        for before in range(235, 275):
            with self.subTest(before):
                self.redirected(PLAIN, "/" + "x" * before + "/{secret}")

    def test_one_that_libcurl_refuses(self):
        with harness.CannedServer(lambda _: (302, {"Location": "/" + PLAIN[1] * 10000}, b"")) as server:
            run = self.run_with(PLAIN, "check", "--base-url", server.url, "--timeout", "2")
            self.assert_failed(run, 4, "page 1")
            self.assert_unseen(run, PLAIN)

    def test_from_netrc(self):
        """Only libcurl knows these encodings."""
        netrc = self.folder / "home" / ".netrc"
        netrc.write_text("machine 127.0.0.1 login {} password {}\n".format(*PLAIN), encoding="utf-8")
        netrc.chmod(0o600)
        for what in ("redirect /login", "redirect /{auth}", 'status 401 body={"error":"{auth} {basic}"}',
                     'status 500 body={"error":"{%secret}"}'):
            with self.subTest(what), self.server(PLAIN, f"always: {what}") as server:
                run = self.rollcall("check", "--base-url", server.url, credentials=False)
                self.assertIn(run.code, (3, 4), run)
                self.assert_unseen(run, PLAIN, folder=self.place)
                if "{" in what:
                    self.assertIn("[hidden]", run.err)


class Mistakes(Case):
    """Credentials in the wrong places."""

    def refused(self, credentials, code, *arguments, needles=(), environment=None):
        run = self.rollcall(*arguments, credentials=False, environment=environment)
        self.assert_failed(run, code, *needles)
        self.assert_unseen(run, credentials, folder=self.place)

    def test_base_url(self):
        key, secret = PLAIN
        cases = [f"https://{key}:{secret}@host.invalid", f"https:/{key}:{secret}@host.invalid", f"{key}:{secret}",
                 f"https:{key}:{secret}@host.invalid", f"https://{key}:{secret}/",
                 f"https://{key}:{secret}%40host.invalid/",
                 f"https://{key};{secret}@host.invalid", f"https://{key}:{secret}@host.invalid:port",
                 f"https://{secret}@host.invalid", f"https://host.invalid/?api_key={key}&api_secret={secret}",
                 f"http://host.invalid/?{secret}", f"https://host.invalid/#{secret}",
                 f"ftp://{key}:{secret}@host.invalid"]
        for url in cases:
            with self.subTest(url):
                self.refused(PLAIN, 2, "check", "--base-url", url, needles=["base URL"])
                self.refused(PLAIN, 2, "report", "-o", self.out, needles=["base URL"],
                             environment={"ROLLCALL_BASE_URL": url})
        self.assert_nothing_left()

    def test_in_the_place_of_the_credentials_file(self):
        key, secret = PLAIN
        for text in (f'{{"api_key": "{key}", "api_secret": "{secret}"}}', f"{key}:{secret}", f"{key}\n{secret}\n"):
            with self.subTest(text):
                self.refused(PLAIN, 3, "check", "--credentials", text, needles=["not the credentials themselves"])
                self.refused(PLAIN, 3, "check", needles=["not the credentials themselves"],
                             environment={"ROLLCALL_CREDENTIALS": text})

    def test_in_the_place_of_a_command(self):
        self.refused(PLAIN, 2, f"--secret={PLAIN[1]}", needles=["'--secret'"])

    def test_files_that_cannot_be_read(self):
        key, secret = PLAIN
        path = self.folder / "key.json"
        for text in (f'{{"api_key": "{key}" "api_secret": "{secret}"}}', f'"{secret}"', f"{key}\n{secret}\n", secret,
                     f'{{"api_key": "{key}", "api_secret": ["{secret}"]}}', f'{{"api_key": "{secret}'):
            with self.subTest(text):
                path.write_text(text, encoding="utf-8")
                path.chmod(0o600)
                self.refused(PLAIN, 3, "check", "--credentials", path, needles=["key.json"])
                self.refused(PLAIN, 2, "check", path, needles=["key.json:1:"])

    def test_commands_that_print_something_else(self):
        key, secret = PLAIN
        for command in (f"echo {key}:{secret}", f"printf '{key}\\n{secret}\\n'; exit 3",
                        f"printf '{{\"api_key\": \"{secret}'", f"printf '{key}\\n\\001{secret}\\n'"):
            with self.subTest(command):
                self.refused(PLAIN, 3, "check", "--credentials-command", command, needles=["--credentials-command"])

    def test_netrc_that_cannot_be_read(self):
        key, secret = PLAIN
        netrc = self.folder / "home" / ".netrc"
        for text in (f'machine 127.0.0.1 login {key} password "{secret}\n', f"{secret} {key} machine\n",
                     f"machine 127.0.0.1 password\n{secret}"):
            netrc.write_text(text, encoding="utf-8")
            netrc.chmod(0o600)
            self.refused(PLAIN, 4, "check", "--base-url", "http://127.0.0.1:1")


class Proxies(Case):
    """libcurl quotes a proxy that it cannot use, with its password."""

    def test_every_kind(self):
        user, password = PLAIN
        for proxy in (f"http://{user}:{password}@host.invalid:3128", f"http://{user}:{password}@127.0.0.1:port",
                      f"http://{user}:{password}@127.0.0.1:99999", f"odd://{user}:{password}@127.0.0.1:1",
                      f"{user}:{password}@127.0.0.1:port", f"http://{user}:{password}/{password}@127.0.0.1:1",
                      f"socks5://{user}:{password}@127.0.0.1:1", f"http://{user}:{password} x@127.0.0.1:1",
                      f"http://{user}:{password}@127.0.0.1:1/{'x' * 300}", f"odd://{user}:{password * 20}@127.0.0.1:1"):
            for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
                with self.subTest(f"{name}={proxy}"):
                    run = self.rollcall("report", "--base-url", "https://host.invalid", "-o", self.out, "--retries",
                                        "0", "--patience", "0", "--verbose", environment={name: proxy})
                    self.assertEqual(run.code, 4, run)
                    self.assertIn("prox", run.err)
                    self.assert_unseen(run, PLAIN)
        self.assert_nothing_left()

    def test_one_that_repeats_what_it_hears(self):
        """Instead of the API's answer."""
        user, password = PLAIN
        said = json.dumps({"message": f"{user}:{password}@ may not"})
        with harness.CannedServer(lambda _: (502, {}, said.encode())) as server:
            proxy = server.url.replace("//", f"//{user}:{password}%40@")
            run = self.rollcall("check", "--base-url", "http://host.invalid", "--allow-plain-http",
                                environment={"http_proxy": proxy})
        self.assert_failed(run, 4, "the server answered 502: [hidden] may not\n")
        self.assert_unseen(run, PLAIN)


class Certificates(Case):
    """libcurl quotes the name in another host's certificate."""

    def test_a_name_that_is_none(self):
        key, certificate = self.folder / "key.pem", self.place / "certificate.pem"
        subprocess.run(["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
                        f"/CN=\x1b[31m{PLAIN[1]}", "-addext", "keyUsage=digitalSignature", "-keyout", key, "-out",
                        certificate], check=True, capture_output=True)
        with harness.Server(*CONTACTS, "--tls", certificate, key) as server:
            run = self.run_with(PLAIN, "report", "--base-url", server.url, "--cacert", certificate, "-o", self.out,
                                "--verbose")
        certificate.unlink()
        self.assertEqual(run.code, 4, run)
        self.assertEqual(run.err.count("certificate subject name '?[31m[hidden]' does not match"), 2, run)
        self.assertNotIn("\x1b", run.err)
        self.assert_unseen(run, PLAIN)


if __name__ == "__main__":
    harness.main()
