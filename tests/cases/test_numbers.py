"""Every number of a report, recomputed independently: in the JSON, the CSV files, the workbook and the page.

    test_numbers.py Made      on contacts that the sandbox makes up
    test_numbers.py Shared    on the 3,000 contacts of ../shared/data, where that folder is at hand
"""

import html.parser
import json
import pathlib
import subprocess
import unittest

import openpyxl

import harness
import reckoning

SHARED = harness.SOURCE.parent / "shared" / "data" / "contacts-3k.ndjson"
AS_OF = 1793491200  # harness.AS_OF
MADE = ("--contacts", "20000", "--seed", "5")


class TableReader(html.parser.HTMLParser):
    """The rows of every table of a page, as texts."""

    def __init__(self, text):
        super().__init__()
        self.rows = []
        self.cell = None
        self.feed(text)

    def handle_starttag(self, tag, attributes):
        if tag == "tr":
            self.rows.append([])
        self.cell = "" if tag in ("td", "th") else self.cell

    def handle_data(self, data):
        if self.cell is not None:
            self.cell += data

    def handle_endtag(self, tag):
        if tag in ("td", "th"):
            self.rows[-1].append(self.cell)
            self.cell = None


def sheet_rows(book, name):
    """Shares, which a workbook keeps to 16 digits, are rounded to 12."""
    return [[round(cell, 12) if isinstance(cell, float) else cell for cell in row]
            for row in book[name].iter_rows(values_only=True)]


def table_rows(book, name):
    """The groups of a dimension, which stand between the headers and the sum."""
    rows = sheet_rows(book, name)[1:]
    return rows[:[row[0] for row in rows].index("Total")]


class Numbers:
    """The checks. Subclasses say where the contacts come from: `server_options` and `lines()`."""

    def setUp(self):
        super().setUp()
        self.contacts = [json.loads(line) for line in self.lines().splitlines()]
        with harness.Server(*self.server_options, "--page-size-max", "100") as server:
            self.truth = server.truth()
            self.run_result = self.assert_done(self.report(server))
        self.summary = harness.read_summary(self.out)

    def test_all(self):
        """One report, looked at from all sides."""
        for check in (self.check_completeness, self.check_summary, self.check_sums, self.check_order, self.check_ids,
                      self.check_tally_files, self.check_contacts, self.check_workbook, self.check_page,
                      self.check_terminal):
            with self.subTest(check.__name__):
                check()

    def check_completeness(self):
        told = self.summary["completeness"]
        count = len(self.contacts)
        self.assertEqual((told["status"], told["count_first"], told["count_last"], told["unique"], told["duplicates"],
                          told["created_during"], told["removed_during"]), ("complete", count, count, count, 0, 0, 0))

    def check_summary(self):
        summary = self.summary
        self.assertEqual(summary["totals"], reckoning.totals(self.contacts))
        self.assertEqual({(row["code"], row["name"]): row["contacts"] for row in summary["countries"]},
                         reckoning.countries(self.contacts))
        self.assertEqual({row["name"]: row["contacts"] for row in summary["companies"]},
                         reckoning.companies(self.contacts))
        self.assertEqual({(row["id"], row["name"], row["channel_type"]): row["contacts"] for row in summary["inboxes"]},
                         reckoning.inboxes(self.contacts))
        self.assertEqual({row["bucket"]: row["contacts"] for row in summary["activity"]},
                         reckoning.activity(self.contacts, AS_OF))

    def check_sums(self):
        count = len(self.contacts)
        for dimension in ("countries", "companies", "activity"):
            self.assertEqual(sum(row["contacts"] for row in self.summary[dimension]), count, dimension)
        for dimension in ("countries", "companies", "inboxes", "activity"):
            for row in self.summary[dimension]:
                self.assertEqual(row["share"], row["contacts"] / count)

    def check_order(self):
        """By count, then name; the nameless come last among equals, and activity goes by age."""
        for dimension in ("countries", "companies", "inboxes"):
            told = [(-row["contacts"], row["name"] is None, (row["name"] or "").encode())
                    for row in self.summary[dimension]]
            self.assertEqual(told, sorted(told), dimension)
        self.assertEqual([row["bucket"] for row in self.summary["activity"]],
                         list(reckoning.activity([], AS_OF)))

    def check_ids(self):
        ids = [int(row["id"]) for row in harness.read_table(self.out / "contacts.csv")]
        self.assertEqual(ids, sorted(self.truth["ids"]))
        self.assertEqual(len(ids), self.truth["contacts"])

    def check_tally_files(self):
        for name, keys in (("countries", ("code", "name")), ("companies", ("name",)),
                           ("inboxes", ("id", "name", "channel_type")), ("activity", ("bucket",))):
            rows = harness.read_csv(self.out / f"{name}.csv")
            self.assertEqual(rows[0], [*keys, "contacts", "share"])
            told = [[*("" if row[key] is None else str(row[key]) for key in keys), row["contacts"], row["share"]]
                    for row in self.summary[name]]
            self.assertEqual([[*row[:-2], int(row[-2]), float(row[-1])] for row in rows[1:]], told, name)

    def check_contacts(self):
        by_id = {int(contact["id"]): contact for contact in self.contacts}
        rows = harness.read_table(self.out / "contacts.csv")
        custom = [f"custom.{key}" for key in reckoning.custom_keys(self.contacts)]
        self.assertEqual([column for column in rows[0] if column.startswith("custom.")], custom)
        for row in rows:
            contact = by_id[int(row["id"])]
            code, country = reckoning.country_of(contact)
            self.assertEqual((row["country_code"], row["country"]), (code or "", country or ""))
            for column in ("name", "email", "phone_number", "identifier"):
                self.assertEqual(row[column], reckoning.guarded(contact.get(column)), row)
            names = dict.fromkeys(item["inbox"]["name"] for item in contact.get("contact_inboxes") or [])
            self.assertEqual(row["inboxes"], reckoning.guarded("; ".join(names)))

    def check_workbook(self):
        book = openpyxl.load_workbook(self.out / "contacts.xlsx", read_only=True)
        top = 20
        companies = table_rows(book, "Companies")
        told = [[row["name"] or "no company", row["contacts"], round(row["share"], 12)]
                for row in self.summary["companies"]]
        self.assertEqual(companies[:top], told[:top])
        rest = told[top:]
        if rest:
            self.assertEqual(len(companies), top + 1)
            self.assertRegex(companies[top][0], "others")
            self.assertEqual(companies[top][1], sum(row[1] for row in rest))
        self.assertEqual(table_rows(book, "Countries"),
                         [[row["name"] or "unknown", row["code"], row["contacts"],
                           round(row["share"], 12)] for row in self.summary["countries"]])
        self.assertEqual([row[:5] for row in table_rows(book, "Inboxes")],
                         [[row["name"] or "no inbox", str(row["id"]) if row["id"] else None, row["channel_type"],
                           row["contacts"], round(row["share"], 12)] for row in self.summary["inboxes"]])
        self.assertEqual([row[1] for row in table_rows(book, "Activity")],
                         [row["contacts"] for row in self.summary["activity"]])
        self.check_contacts_sheet(sheet_rows(book, "Contacts"))
        labels, counts = sheet_rows(book, "Summary")[4:6]
        figures = dict(zip(labels, counts, strict=True))
        for label, name in (("Contacts", "contacts"), ("Reachable by email", "with_email"),
                            ("Reachable by phone", "with_phone"), ("Blocked", "blocked")):
            self.assertEqual(figures[label], self.summary["totals"][name], label)
        book.close()

    def check_contacts_sheet(self, rows):
        """The same rows as in the CSV file, in the same order."""
        table = harness.read_csv(self.out / "contacts.csv")
        self.assertEqual(len(rows), len(table))
        for column in ("id", "email", "phone_number", "country", "inboxes"):
            place = table[0].index(column)
            self.assertEqual([reckoning.guarded(row[place]) for row in rows[1:]], [row[place] for row in table[1:]],
                             column)

    def check_page(self):
        rows = TableReader((self.out / "summary.html").read_text(encoding="utf-8")).rows
        shares = {(row[0], row[1]): float(row[2].rstrip("%")) for row in rows if len(row) == 3 and row[2].endswith("%")}
        for row in self.summary["countries"][:20]:
            told = shares[row["name"] or "unknown", f"{row['contacts']:,}"]
            self.assertAlmostEqual(told, row["share"] * 100, delta=0.050001)
        for row in self.summary["activity"]:
            self.assertIn(f"{row['contacts']:,}", [cells[1] for cells in rows])

    def check_terminal(self):
        totals = self.summary["totals"]
        for label, count in (("Contacts", totals["contacts"]), ("With email", totals["with_email"]),
                             ("With phone", totals["with_phone"]), ("Blocked", totals["blocked"])):
            self.assertRegex(self.run_result.out, rf"(?m)^{label} +{count:,} ")


class Made(Numbers, harness.Case):
    server_options = MADE

    def lines(self):
        return subprocess.run([harness.SANDBOX, *MADE, "--dump"], capture_output=True, text=True, check=True,
                              encoding="utf-8").stdout


class Shared(Numbers, harness.Case):
    server_options = ("--data", str(SHARED))

    @classmethod
    def setUpClass(cls):
        if not SHARED.exists():
            raise unittest.SkipTest(f"{SHARED} is not there")

    def lines(self):
        """Those that the API lists: with an email, a phone number or an identifier."""
        lines = pathlib.Path(SHARED).read_text(encoding="utf-8").splitlines()
        listed = [line for line in lines if any(json.loads(line).get(key) for key in
                                                ("email", "phone_number", "identifier"))]
        return "\n".join(listed)


if __name__ == "__main__":
    harness.main()
