"""`rollcall check`: the whole output for each kind of server, and what it asks."""

import json
import re
import unittest.mock

import harness

CONTACTS = ("--contacts", "230")

LIVEDESK = """\
server       URL
credentials  accepted, from ROLLCALL_API_KEY and ROLLCALL_API_SECRET
contacts     230
page size    100 asked for, 15 at most
sort         created_at: obeyed; email: obeyed
descending   direction=desc: obeyed; sort=-created_at: refused (400)
many keys    email,phone_number,created_at: refused (400)
unknown key  no_such_key: refused (400)
beyond last  an empty page
count means  all contacts that match
ties         no two contacts on the first page share created_at
labels       not there (404)
inboxes      not there (404)
rate limit   no header tells one
answers      in N to N ms, half of them within N ms; 11 requests
clock        agrees with this machine's
"""
CHATWOOT = {
    "descending": "direction=desc: not obeyed; sort=-created_at: obeyed",
    "many keys": "email,phone_number,created_at: obeyed",
    "unknown key": "accepted, so a misspelt key goes unnoticed",
    "labels": "8 listed",
    "inboxes": "7 listed",
}
ALIKE = "the contacts are too few or too alike to tell"


def told(text, url=""):
    """The lines by their labels, without what differs in each run."""
    text = re.sub(r"\d+ to \d+ ms, half of them within \d+ ms", "N to N ms, half of them within N ms", text)
    text = text.replace(url, "URL") if url else text
    return dict(re.split(r"  +", line, maxsplit=1) for line in text.splitlines())


class Check(harness.Case):
    def check(self, *server, contacts=CONTACTS, arguments=()):
        with harness.Server(*contacts, *server) as running:
            run = self.assert_done(self.rollcall("check", "--base-url", running.url, *arguments))
            self.assertLessEqual(running.requests()["requests"], 15)
        self.assertEqual(run.err, "")
        return told(run.out, running.url)

    def assert_told(self, lines, changes):
        self.assertEqual(list(lines.items()), list({**told(LIVEDESK), **changes}.items()))

    def test_livedesk(self):
        self.assert_told(self.check(), {})

    def test_chatwoot(self):
        self.assert_told(self.check("--dialect", "chatwoot"), CHATWOOT)

    def test_page_sizes(self):
        cases = [
            (("--page-size-max", "1000"), {
                "page size": "100 asked for, honoured",
                "ties": "36 of 100 contacts on the first page share created_at 2021-05-06T20:14:12+00:00"}),
            (("--page-size-mode", "ignore"), {"page size": "100 asked for, ignored: always 15"}),
            (("--page-size-mode", "refuse"), {"page size": "100 asked for, refused: the default is 15"}),
        ]
        for server, expected in cases:
            with self.subTest(server):
                self.assert_told(self.check(*server), expected)

    def test_few_contacts(self):
        """All contacts on one page do not show a cap."""
        lines = self.check("--page-size-max", "1000", arguments=("--page-size", "300"))
        self.assert_told(lines, {
            "page size": "300 asked for, honoured",
            "ties": "36 of 230 contacts on the first page share created_at 2021-05-06T20:14:12+00:00"})
        self.assert_told(self.check(contacts=("--contacts", "0")), {
            "contacts": "0", "page size": "100 asked for; there are too few contacts to tell",
            "sort": f"created_at: {ALIKE}; email: {ALIKE}",
            "descending": f"direction=desc: {ALIKE}; sort=-created_at: refused (400)",
            "count means": "one page holds all contacts, so it cannot be told"})

    def test_beyond_the_last_page(self):
        for mode, expected in (("null", "a page whose payload is null"), ("404", "status 404"), ("400", "status 400"),
                               ("204", "status 204"), ("last", "the last page again")):
            with self.subTest(mode):
                changes = {"beyond last": expected}
                if mode == "last":
                    changes["answers"] = "in N to N ms, half of them within N ms; 12 requests"
                self.assert_told(self.check("--beyond", mode), changes)

    def test_counts(self):
        twelve = {"answers": "in N to N ms, half of them within N ms; 12 requests"}
        for fault, changes in (
                ("count absent", {"contacts": "not told", "count means": "there is none"}),
                ("count page", {"contacts": "15", "count means": "only the contacts on the page", **twelve}),
                ("count stale 3", {"contacts": "3", "count means": "fewer contacts than are on the page"})):
            with self.subTest(fault):
                self.assert_told(self.check("--fault", f"always: {fault}"), changes)
        self.assert_told(self.check(arguments=("--q", "a")), {
            "contacts": "15 on the first page", "count means": "only the contacts on the page", **twelve})

    def test_ties(self):
        lines = self.check("--import", "230")
        self.assert_told(lines, {
            "sort": f"created_at: {ALIKE}; email: obeyed",
            "descending": f"direction=desc: {ALIKE}; sort=-created_at: refused (400)",
            "ties": "15 of 15 contacts on the first page share created_at 2021-01-04T00:00:00+00:00"})

    def test_moving_account(self):
        lines = self.check("--change", "request=8: create 2")
        self.assertEqual(lines["count means"], "all contacts that match; it changed from 230 to 232 meanwhile")

    def test_headers(self):
        lines = self.check("--fault", "always: header X-RateLimit-Limit 60", "--fault",
                           "always: header X-RateLimit-Remaining \x1b[31m5\u202e9")
        self.assert_told(lines, {"rate limit": "X-RateLimit-Limit 60; X-RateLimit-Remaining [31m59"})

    def test_clock(self):
        for date, expected in (("Wed, 03 Dec 2025 14:04:05 GMT", r"\d+ s behind this machine's"),
                               ("Fri, 03 Dec 2100 14:04:05 GMT", r"\d+ s ahead of this machine's")):
            with unittest.mock.patch("http.server.BaseHTTPRequestHandler.date_time_string", lambda _, date=date: date), \
                    harness.CannedServer(harness.one_page([{"id": 1}])) as server:
                run = self.assert_done(self.rollcall("check", "--base-url", server.url))
            self.assertRegex(told(run.out)["clock"], expected)

    def test_probes_that_fail(self):
        """They say something about the server, and are no failure of the check."""
        lines = self.check("--fault", "after=3: status 429", "--fault", "after=3 request=9: reset")
        self.assertEqual(lines["sort"], "created_at: obeyed; email: cannot be told (429)")
        self.assertEqual(lines["descending"],
                         "direction=desc: cannot be told (429); sort=-created_at: cannot be told (429)")
        self.assertEqual(lines["unknown key"], "no_such_key: cannot be told (429)")
        self.assertRegex(lines["beyond last"], r"nothing that can be read \(no answer\)|status 429")

    def test_says_what_is_wrong(self):
        with harness.Server(*CONTACTS, "--secret", "other") as server:
            self.assert_failed(self.rollcall("check", "--base-url", server.url), 3, "401")
            self.assertEqual(server.requests()["requests"], 1)
        self.assert_failed(self.rollcall("check", "--base-url", "http://127.0.0.1:9"), 4, "page 1")

    def test_json(self):
        with harness.Server(*CONTACTS, "--dialect", "chatwoot", "--fault", "always: header RateLimit-Limit 60",
                            "--beyond", "404") as server:
            run = self.assert_done(self.rollcall("check", "--base-url", server.url, "--json"))
        found = json.loads(run.out)
        self.assertLessEqual(found["answers_ms"]["least"], found["answers_ms"]["median"])
        self.assertLessEqual(found["answers_ms"].pop("median"), found["answers_ms"].pop("most"))
        del found["answers_ms"]["least"]
        self.assertIn(found.pop("clock_ahead_s"), (-1, 0, 1))
        obeyed, ignored = ({"finding": finding, "status": 200} for finding in ("obeyed", "ignored"))
        self.assertEqual(found, {
            "format": 1, "server": server.url, "credentials_from": "ROLLCALL_API_KEY and ROLLCALL_API_SECRET",
            "count": {"finding": "all", "first": 230, "last": 230},
            "page_size": {"finding": "capped", "asked": 100, "received": 15},
            "sorts": {"created_at": obeyed, "email": obeyed, "direction_desc": ignored, "minus_key": obeyed,
                      "several_keys": obeyed, "unknown_key": ignored},
            "beyond_last_page": {"finding": "status", "status": 404},
            "largest_tie": {"contacts": 1, "of": 15, "created_at": "2021-01-04T00:00:00+00:00"},
            "labels": {"status": 200, "entries": 8}, "inboxes": {"status": 200, "entries": 7},
            "rate_limit": {"RateLimit-Limit": "60"}, "answers_ms": {}, "requests": 11})

    def test_json_belongs_to_check(self):
        self.assert_failed(self.rollcall("check", "--json", "--quiet"), 2, "contradict")
        self.assert_failed(self.rollcall("fetch", "--json", "-o", self.out), 2, "--json")
        self.assert_failed(self.rollcall("report", "--json", "-o", self.out), 2, "--json")


if __name__ == "__main__":
    harness.main()
