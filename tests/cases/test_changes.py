"""Lists that change during the fetch: the run finds each contact that was there all the time once, or ends unproven."""

import concurrent.futures
import contextlib
import itertools
import pathlib
import sqlite3
import tempfile
import urllib.parse

import harness

CONTACTS = ("--contacts", "300", "--seed", "4")  # 20 pages
LABEL = "newsletter"
LABELLED = ("--contacts", "600", "--seed", "5")  # 142 of them have the label: 10 pages
KEYS = ("created_at", "last_activity_at", "name", "email", "phone_number", "company", "city", "country")


def changes(*rules):
    return [part for rule in rules for part in ("--change", rule)]


class Lists(harness.Case):
    def judge(self, server, run, out, query=""):
        """Every contact that was there all the time, once, and none that never was; or else no output, and the reason."""
        truth = server.truth(query)
        if run.code == 5:
            self.assert_failed(run, 5)
            self.assertEqual(harness.names_in(out.parent), [])
            return truth
        self.assert_done(run)
        ids, run.ledger = harness.read_snapshot(out)
        with contextlib.closing(sqlite3.connect(f"file:{out}?mode=ro", uri=True)) as database:
            strangers = database.execute("SELECT contact_id FROM contact_inbox"
                                         " WHERE contact_id NOT IN (SELECT id FROM contact)").fetchall()
        found = set(ids)
        self.assertEqual(len(ids), len(found))
        self.assertEqual(set(truth["always"]) - found, set(), "missing")
        self.assertEqual(found - set(truth["ever"]), set(), "from nowhere")
        self.assertEqual((run.ledger["status"], run.ledger["unique_contacts"]), ("complete", len(ids)))
        self.assertEqual(strangers, [], "inboxes of contacts that are gone")
        return truth

    def read(self, options, *arguments, query=""):
        """Fetches from a new server. Returns how the fetch ended, and what a client could see meanwhile. Other cases
        test the report."""
        out = pathlib.Path(tempfile.mkdtemp(dir=self.place)) / "contacts.sqlite"
        with harness.Server(*options) as server:
            run = self.rollcall("fetch", "--base-url", server.url, "-o", out, "--quiet", *arguments)
            return run, self.judge(server, run, out, query)


class Still(Lists):
    """The list does not change: then no order of ties may make the fetch unproven."""

    def whole(self, options, *arguments, query=""):
        run, truth = self.read((*CONTACTS, "--shuffle-ties", *options), *arguments, query=query)
        self.assert_done(run)
        self.assertEqual(truth["always"], truth["ever"])

    def test_import(self):
        for seed, connections in itertools.product((1, 2, 3), (1, 8)):
            with self.subTest(seed=seed, connections=connections):
                self.whole(("--import", 200, "--seed", seed), "--connections", connections)

    def test_import_by_country(self):
        self.whole(("--import", 200), "--sort", "country")

    def test_all_imported(self):
        self.whole(("--import", 300))

    def test_every_key(self):
        for key, direction in itertools.product(KEYS, ("asc", "desc")):
            with self.subTest(key=key, direction=direction):
                # One connection: requests then come in the same order, and the ties with them. In four runs of a
                # thousand one contact ties in all orders, and nothing is proven.
                self.whole((), "--sort", key, "--direction", direction, "--connections", 1)

    def test_label(self):
        for key in ("created_at", "country"):
            with self.subTest(key):
                self.whole((*LABELLED, "--import", 400), "--label", LABEL, "--sort", key,
                           query="?" + urllib.parse.urlencode({"labels[]": LABEL}))

    def test_large_pages(self):
        self.whole(("--import", 200, "--page-size-max", 100), "--sort", "country")


class Changing(Lists):
    """Runs that wait for a list to settle, in parallel; the test checks their results when it ends."""

    def setUp(self):
        super().setUp()
        self.pool = concurrent.futures.ThreadPoolExecutor(8)
        self.runs = []

    def judged(self, rules, *arguments, options=CONTACTS, query="", settles=False):
        """Checks runs with one connection, where the script fixes the order of changes and pages, and with several."""
        for connections in (1, 8):
            run = self.pool.submit(self.read, (*options, *changes(*rules)), "--connections", connections, *arguments,
                                   query=query)
            self.runs.append((run, settles, {"rules": rules, "arguments": arguments, "connections": connections}))

    def settles(self, rules, *arguments, **more):
        """A list that stops changing can be read whole."""
        self.judged(rules, *arguments, settles=True, **more)

    def tearDown(self):
        self.assertGreater(len(self.runs), 0)
        for future, settles, what in self.runs:
            with self.subTest(**what):
                run, truth = future.result()
                self.assertNotEqual(truth["always"], truth["ever"], "nothing happened")
                if settles:
                    self.assert_done(run)
        self.pool.shutdown()

    def test_removed_early(self):
        for request, who in itertools.product((2, 9, 18), ("first", "random")):
            self.settles([f"request={request}: remove {who}"])

    def test_removed_late(self):
        self.settles(["request=9: remove last"])

    def test_many_removed(self):
        self.settles(["after=4 times=10: remove first"])

    def test_removed_and_created(self):
        """Equally many: the count stays the same."""
        for request in (2, 9, 18):
            self.settles([f"request={request}: remove first", f"request={request}: create"])
        self.settles(["after=4 times=8: remove random", "after=4 times=8: create"])

    def test_removed_before_created(self):
        self.settles(["request=6: remove first", "request=14: create"])

    def test_created(self):
        for rule in ("request=2: create", "request=12: create 40", "every=4 times=5: create", "request=20: create"):
            self.settles([rule])

    def test_created_as_read_from_the_end(self):
        """New contacts push all others towards later pages."""
        self.settles(["after=4 times=3: create 5"], "--direction", "desc")

    def test_removed_from_ties(self):
        options = (*CONTACTS, "--import", 200, "--shuffle-ties")
        self.judged(["request=5: remove random", "request=7: create"], options=options)
        self.judged(["request=5: remove first", "request=12: remove last"], options=options)

    def test_by_country(self):
        for ties in ((), ("--shuffle-ties",)):
            self.judged(["request=5: remove first", "request=9: create"], "--sort", "country",
                        options=(*CONTACTS, *ties))

    def test_never_at_rest(self):
        for rules in (["every=1: remove first"], ["every=2: remove random", "every=2: create"],
                      ["every=3: remove random", "every=5: create 2"], ["always: create"]):
            self.judged(rules)
            self.judged(rules, "--sort", "country", options=(*CONTACTS, "--shuffle-ties"))

    def test_random_schedules(self):
        for seed in range(1, 9):
            self.judged([f"every=3 times={2 * seed}: remove random", "every=4 times=6: create",
                         "request=30: remove last"],
                        options=("--contacts", 150 + 10 * seed, "--seed", seed, "--import", 20 * seed,
                                 "--shuffle-ties"))

    def test_relabelled(self):
        """With a label filter, contacts leave and enter the list in its middle."""
        query = "?" + urllib.parse.urlencode({"labels[]": LABEL})
        for rules in (["request=3: relabel {} remove first"],
                      ["request=3: relabel {} add first"],
                      ["request=3: relabel {} remove first", "request=3: relabel {} add last"],
                      ["request=3: relabel {} remove first", "request=6: relabel {} add first"],
                      ["request=3: relabel {} remove random", "request=3: remove random", "request=5: create",
                       "request=5: relabel {} add last"],
                      ["every=2: relabel {} remove random", "every=2: relabel {} add random"]):
            self.judged([rule.format(LABEL) for rule in rules], "--label", LABEL, options=LABELLED, query=query)
            self.judged([rule.format(LABEL) for rule in rules], "--label", LABEL, query=query,
                        options=(*LABELLED, "--import", 400, "--shuffle-ties"))

    def test_search(self):
        """A search counts one page only."""
        query = "?" + urllib.parse.urlencode({"q": "example"})
        for rules in (["request=4: remove first"], ["request=4: remove first", "request=4: create"],
                      ["every=2: remove first"]):
            self.judged(rules, "--q", "example", query=query)

    def test_no_count_to_go_by(self):
        for count in ("page", "absent", "stale 300"):
            self.judged(["request=4: remove first", "request=9: create"],
                        options=(*CONTACTS, "--fault", f"always: count {count}"))


class Long(Lists):
    """A list so long that its order proves a single pass, even if contacts are removed meanwhile."""

    PAGES = 280  # with fewer than 256 pages there is no proof by order
    LONG = ("--contacts", PAGES * 15, "--seed", "6")
    # What is read again after one removal: where answers come in turn, and where a busy machine may hold one of them up
    # for long; then no more than another pass would cost.
    SHIFT = {1: 160, 8: PAGES}

    def one_pass(self, rules, more_pages, connections):
        with self.subTest(rules=rules, connections=connections):
            run, _ = self.read((*self.LONG, *changes(*rules)), "--connections", connections)
            self.assert_done(run)
            self.assertEqual(run.ledger["passes"], 1)
            self.assertLess(run.ledger["requests"], self.PAGES + more_pages)

    def test_one_pass(self):
        for connections in (1, 8):
            self.one_pass([], 12, connections)
            for request, who in ((3, "first"), (140, "first"), (self.PAGES - 1, "first"), (140, "random")):
                self.one_pass([f"request={request}: remove {who}"], self.SHIFT[connections], connections)
            self.one_pass(["request=140: remove first", "request=140: create"], self.SHIFT[connections], connections)
            self.one_pass(["request=140: create 40"], 16, connections)

    def test_steady_removals(self):
        for connections in (1, 8):
            self.one_pass(["every=60 times=6: remove random"], 400 + self.SHIFT[connections], connections)

    def test_nothing_in_common(self):
        """More contacts than a page holds are removed at once."""
        for connections in (1, 8):
            self.one_pass(["after=139 times=40: remove first"], 400 + self.SHIFT[connections], connections)


if __name__ == "__main__":
    harness.main()
