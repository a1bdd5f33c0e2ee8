"""The ledger of a fetch says how the list changed during the fetch."""

import harness

CONTACTS = ("--contacts", "295", "--seed", "4")  # 20 pages, the last one short


class Ledger(harness.Case):
    def ledger(self, *rules):
        """One connection: requests then come in the order in which the rules count them."""
        changes = [part for rule in rules for part in ("--change", rule)]
        with harness.Server(*CONTACTS, *changes) as server:
            self.assert_done(self.report(server, "--connections", 1))
        return harness.read_summary(self.out)["completeness"]

    def check(self, ledger, **expected):
        self.assertEqual({key: ledger[key] for key in expected}, expected)

    def test_nothing_happens(self):
        self.check(self.ledger(), count_first=295, count_last=295, unique=295, created_during=0, removed_during=0,
                   duplicates=0, passes=1, requests=23)

    def test_removed(self):
        """A contact that is removed before it is read shifts others to pages already read."""
        self.check(self.ledger("request=9: remove first", "request=11: remove first"),
                   count_first=295, count_last=293, created_during=0, removed_during=2)

    def test_created(self):
        """The count shows which contacts were created in the second in which the fetch began."""
        self.check(self.ledger("request=12: create 40"),
                   count_first=295, count_last=335, unique=335, created_during=40, removed_during=0, passes=1)

    def test_requests(self):
        """Failed attempts count as requests."""
        with harness.Server(*CONTACTS, "--fault", "page=7 times=2: status 503") as server:
            self.assert_done(self.report(server, "--connections", 1))
        self.check(harness.read_summary(self.out)["completeness"], requests=25, passes=1, unique=295)


if __name__ == "__main__":
    harness.main()
