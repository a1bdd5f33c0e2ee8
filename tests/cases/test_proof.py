"""What counts as a proof: servers that give less than they have, end their list in odd ways, count late or hold imports.
A fetch is complete only if nothing is missing; and where the server gives all, it is complete."""

import contextlib
import json
import sqlite3
import urllib.parse

import harness

KINDS = ("null", "last", "404", "400", "204")


def contact(number, **members):
    return {"id": number, "email": f"c{number}@example.com", "created_at": 1700000000 + number, **members}


class Proof(harness.Case):
    def fetch(self, server, *arguments):
        self.file = self.place / "contacts.sqlite"
        self.file.unlink(missing_ok=True)
        return self.rollcall("fetch", "--base-url", server.url, "-o", self.file, "--quiet", *arguments)

    def assert_complete(self, server, *arguments):
        """All of the server's contacts, and no other; returns the ledger."""
        self.assert_done(self.fetch(server, *arguments))
        ids, ledger = harness.read_snapshot(self.file)
        self.assertEqual(ids, sorted(server.truth()["ids"]))
        self.assertEqual((ledger["status"], ledger["reason"]), ("complete", None))
        return ledger

    def assert_unproven(self, server, *needles, arguments=()):
        self.assert_failed(self.fetch(server, *arguments), 5, "the fetch is not proven complete", *needles)
        self.assert_nothing_left()

    def write(self, contacts):
        data = self.folder / "contacts.ndjson"
        data.write_text("".join(json.dumps(one) + "\n" for one in contacts), encoding="utf-8")
        return data


class Ends(Proof):
    """A list that fills its last page ends with the page behind it, whatever the server answers there."""

    def test_full_last_page(self):
        for beyond in KINDS:
            for dialect in ("livedesk", "chatwoot"):
                for contacts in (15, 45):
                    with self.subTest(beyond=beyond, dialect=dialect, contacts=contacts):
                        with harness.Server("--contacts", contacts, "--beyond", beyond, "--dialect", dialect) as server:
                            ledger = self.assert_complete(server)
                        self.assertEqual(ledger["passes"], 1)

    def test_short_last_page(self):
        for beyond in KINDS:
            with self.subTest(beyond), harness.Server("--contacts", 50, "--beyond", beyond) as server:
                self.assert_complete(server)

    def test_one_contact(self):
        for beyond in ("null", "404", "400", "204"):
            with self.subTest(beyond), harness.Server("--contacts", 1, "--beyond", beyond) as server:
                self.assert_complete(server)

    def test_account_without_contacts(self):
        with harness.Server("--contacts", 0, "--fault", "always: payload-null") as server:
            self.assertEqual(self.assert_complete(server)["unique_contacts"], 0)

    def test_filter(self):
        contacts = [contact(number, _labels=["vip"] if number % 2 else []) for number in range(1, 61)]
        for beyond in KINDS:
            with self.subTest(beyond), harness.Server("--data", self.write(contacts), "--beyond", beyond) as server:
                self.assert_done(self.fetch(server, "--label", "vip"))
                self.assertEqual(len(harness.read_snapshot(self.file)[0]), 30)

    def test_error_that_nothing_confirms(self):
        """The server obeys no opposite order: then the error may as well be a limit."""
        contacts = [contact(number) for number in range(1, 46)]

        def answer(path):
            page = int(urllib.parse.parse_qs(urllib.parse.urlsplit(path).query)["page"][0])
            listed = contacts[(page - 1) * 15:page * 15]
            return (200, {}, harness.page_of(listed, 45)) if listed else (404, {}, b"{}")

        with harness.CannedServer(answer) as server:
            self.assert_unproven(server, "45 read, and the server gives no sign that these are all")

    def test_error_in_the_middle(self):
        """In front of the end it is an error as ever."""
        with harness.Server("--contacts", 60, "--fault", "page=3: status 404") as server:
            self.assert_failed(self.fetch(server), 4, "the server answered 404", "page 3")


class Limits(Proof):
    """A server may have a limit that its count shows or not."""

    def test_limit_that_the_count_shows(self):
        for arguments in ((), ("--sort", "email"), ("--direction", "desc")):
            with self.subTest(arguments), harness.Server("--contacts", 400, "--cap", 300) as server:
                self.assert_unproven(server, "the server counts 400 contacts and gives 300", arguments=arguments)

    def test_limit_of_the_count_as_well(self):
        for arguments in ((), ("--sort", "email"), ("--direction", "desc"), ("--page-size", "7")):
            for dialect in ("livedesk", "chatwoot"):
                for beyond in ("empty", "400"):
                    with self.subTest(arguments=arguments, dialect=dialect, beyond=beyond):
                        with harness.Server("--contacts", 400, "--cap", 285, "--cap-count", "--dialect", dialect,
                                            "--beyond", beyond) as server:
                            self.assert_unproven(server, "285 read, but the list in the opposite order begins with others",
                                                 arguments=arguments)

    def test_limit_of_a_label(self):
        contacts = [contact(number, _labels=["vip"]) for number in range(1, 101)]
        with harness.Server("--data", self.write(contacts), "--cap", 60, "--cap-count") as server:
            self.assert_unproven(server, "60 read, but the list in the opposite order begins with others",
                                 arguments=("--label", "vip"))

    def test_round_number_that_nothing_confirms(self):
        contacts = [contact(number) for number in range(1, 1001)]

        def answer(path):
            page = int(urllib.parse.parse_qs(urllib.parse.urlsplit(path).query)["page"][0])
            return 200, {}, harness.page_of(contacts[(page - 1) * 100:page * 100], 1000)

        with harness.CannedServer(answer) as server:
            self.assert_unproven(server, "1,000 read, and the server gives no sign that these are all")

    def test_round_number(self):
        """A server that obeys the opposite order gives that sign."""
        with harness.Server("--contacts", 1000, "--page-size-max", 100) as server:
            self.assert_complete(server)


class Counts(Proof):
    """A count that the server keeps for a while."""

    def test_one_more_than_counted(self):
        """60 counted and 61 there: one goes after its page was read, and hides another one."""
        for request in range(1, 10):
            with self.subTest(request), harness.Server("--contacts", 61, "--fault", "always: count stale 60", "--change",
                                                       f"request={request}: remove first") as server:
                run = self.fetch(server, "--connections", 1)
                if run.code == 5:
                    continue
                self.assert_done(run)
                self.assertLessEqual(set(server.truth()["always"]), set(harness.read_snapshot(self.file)[0]))

    def test_one_fewer_than_counted(self):
        with harness.Server("--contacts", 59, "--fault", "always: count stale 60") as server:
            self.assert_unproven(server, "the server counts 60 contacts and gives 59")


class LeftOut(Proof):
    """Records without a usable id cannot be told apart: they are left out, and every headline says so."""

    def data(self, contacts, without):
        unusable = ({"id": "c-1"}, {"id": 1.5}, {"id": "1e3x"})
        return self.write([contact(number, **(unusable[number % 3] if number <= without else {}))
                           for number in range(1, contacts + 1)])

    def test_all(self):
        with harness.Server("--data", self.data(300, 300)) as server:
            self.assert_unproven(server, "0 read, 300 left out without a usable id")

    def test_many(self):
        with harness.Server("--data", self.data(300, 30)) as server:
            self.assert_unproven(server, "270 read, 30 left out without a usable id")
            run = self.assert_done(self.report(server, "--allow-unproven"))
        self.assertIn("30 left out without a usable id", run.out)
        self.assertIn("Unproven", run.out)

    def test_few(self):
        with harness.Server("--data", self.data(300, 3)) as server:
            run = self.assert_done(self.report(server))
        for text in (run.out, (self.out / "summary.html").read_text(encoding="utf-8")):
            self.assertRegex(text, r"297 read,[^;]*;\s+3\s+left\s+out\s+without\s+a\s+usable\s+id")
        self.assertIn("warning: 3 contacts whose id is no number were left out", run.out)
        self.assertEqual(harness.read_summary(self.out)["completeness"]["left_out"], 3)
        self.assertEqual(harness.read_snapshot(self.out / "snapshot.sqlite")[1]["left_out"], 3)


class Ties(Proof):
    """An import: all contacts were created at once, and a third of them has only an identifier. Those tie in every key,
    and come in another order at each request."""

    def server(self):
        contacts = [{"id": number, "created_at": 1762160400, "identifier": f"crm-{number}", "name": "Imported",
                     **({} if number % 3 == 0 else {"email": f"c{number}@example.com"})} for number in range(1, 1201)]
        return harness.Server("--data", self.write(contacts), "--shuffle-ties")

    def test_import(self):
        with self.server() as server:
            ledger = self.assert_complete(server)
        self.assertLess(ledger["requests"], 20 * 80)

    def test_bound(self):
        with self.server() as server:
            run = self.fetch(server, "--max-requests", 250)
            self.assert_failed(run, 5, "share created_at 2025-11-03 09:00:00 UTC and have neither email nor phone number")
            self.assertLessEqual(server.requests()["requests"], 250)

    def test_several_keys(self):
        """Half of the contacts have an email, the others a phone number: only both keys together tell them apart."""
        contacts = [{"id": number, "created_at": 1762160400, "name": "Imported",
                     **({"email": f"c{number}@example.com"} if number % 2 else {"phone_number": f"+49{number}"})}
                    for number in range(1, 601)]
        for dialect, sort in (("chatwoot", "sort=email%2Cphone_number%2Ccreated_at&"),
                              ("livedesk", "sort=(email|phone_number)&")):
            with self.subTest(dialect), harness.Server("--data", self.write(contacts), "--shuffle-ties", "--dialect",
                                                       dialect) as server:
                self.assert_complete(server)
                self.assertRegex(self.orders()[1], sort)

    def orders(self):
        with contextlib.closing(sqlite3.connect(f"file:{self.file}?mode=ro", uri=True)) as database:
            return [url for url, in database.execute("SELECT url FROM fetch_pass ORDER BY pass")]

    def test_snapshot_tells_the_passes(self):
        with self.server() as server:
            self.assert_complete(server)
        self.assertIn("sort=created_at", self.orders()[0])
        self.assertIn("sort=email", self.orders()[1])


if __name__ == "__main__":
    harness.main()
