"""Times in every form that has been seen, and activity that cannot be read: never "never active"."""

import json
import unittest

import openpyxl

import harness
import reckoning

SHARED = harness.SOURCE.parent / "shared" / "cases" / "times.ndjson"
MOMENT = "2025-12-03T14:04:05+00:00"
UNREADABLE = None

# created_at of each contact of the shared file, as it was sent and as contacts.csv has it.
CREATED = {
    1: MOMENT, 2: "2025-12-03T06:04:05+00:00", 3: UNREADABLE, 4: UNREADABLE, 5: "2025-12-03T14:04:00+00:00",
    6: UNREADABLE, 7: MOMENT, 8: UNREADABLE, 9: "2017-01-01T00:00:00+00:00", 10: "", 11: "", 12: UNREADABLE, 13: MOMENT,
    14: MOMENT, 15: MOMENT, 16: MOMENT, 17: MOMENT, 18: "1969-12-31T23:59:59+00:00", 19: "1970-08-23T09:20:03+00:00",
    20: "1970-08-23T09:20:03+00:00", 21: UNREADABLE, 22: UNREADABLE, 23: UNREADABLE, 24: MOMENT,
}
ACTIVE = {18: "1969-12-31T23:59:59+00:00", 19: "1970-08-23T09:20:03+00:00"}  # the others never were

# Last activities, and the bucket as of harness.AS_OF, 1793491200.
ACTIVITIES = [
    (1793491200, "<=1d"), (1793491200000, "<=1d"), ("1793491200000", "<=1d"), (1793491200000000, "<=1d"),
    (1793491200 - 2 * 86400, "<=7d"), ((1793491200 - 40 * 86400) * 1000, "<=90d"), (1, ">365d"), (99999999999, "<=1d"),
    (0, "never"), (None, "never"), ("", "never"), ("0001-01-01T00:00:00Z", "never"), ("1970-01-01T00:00:00", "never"),
    ("soon", "unreadable"), (1e300, "unreadable"), (1793491200000000000, "unreadable"), ({"at": 1}, "unreadable"),
]

GROUPS = {"en": "unreadable", "zh-Hans": "无法识别", "zh-Hant": "無法辨識", "ja": "読み取り不可", "de": "nicht lesbar",
          "fr": "illisible", "es": "ilegible"}


def contacts_of(values):
    return [{"id": i + 1, "email": f"{i}@x.org", "created_at": 1790000000, "last_activity_at": value,
             "additional_attributes": {"country_code": "DE" if i % 2 else "FR"}} for i, value in enumerate(values)]


class Times(harness.Case):
    def make(self, contacts, *arguments):
        data = self.folder / "contacts.ndjson"
        data.write_text("".join(json.dumps(contact) + "\n" for contact in contacts), encoding="utf-8")
        with harness.Server("--data", data) as server:
            return self.assert_done(self.report(server, *arguments))

    def made(self):
        return self.make(contacts_of([value for value, _ in ACTIVITIES]))

    def counts(self):
        buckets = {row["bucket"]: row["contacts"] for row in harness.read_summary(self.out)["activity"]}
        self.assertEqual({row["bucket"]: int(row["contacts"]) for row in harness.read_table(self.out / "activity.csv")},
                         buckets)
        return buckets

    def test_buckets(self):
        run = self.made()
        names = [*reckoning.activity([], 0), "unreadable"]
        buckets = self.counts()
        self.assertEqual(list(buckets), names)
        self.assertEqual(buckets, {name: [bucket for _, bucket in ACTIVITIES].count(name) for name in names})
        self.assertRegex(run.out, r"(?m)^never active +5 ")
        self.assertRegex(run.out, r"(?m)^unreadable +4 ")
        self.assertRegex(run.out, r"(?m)^Never active +5 ")
        self.assertIn("warning: 4 times that could not be read", run.err + run.out)
        self.assertIn("warning: 4 times were given in milliseconds", run.err + run.out)

    def test_workbook(self):
        self.made()
        book = openpyxl.load_workbook(self.out / "contacts.xlsx")
        rows = [[cell.value for cell in row[:2]] for row in book["Activity"].iter_rows()]
        self.assertEqual(rows[rows.index(["never active", 5]) + 1], ["unreadable", 4])
        summary = book["Summary"]
        (rules,) = summary.conditional_formatting
        cells = summary[str(rules.sqref)]
        self.assertEqual(summary.cell(cells[0][0].row - 1, cells[0][-1].column).value, "unreadable")
        self.assertEqual([cell.value for cell in (row[-1] for row in cells)], [2, 2])
        self.assertEqual([row[-2].value for row in cells], [3, 2])

    def test_every_language(self):
        self.made()
        for language, name in GROUPS.items():
            with self.subTest(language):
                again = self.place / language
                run = self.assert_done(self.report(self.out / "snapshot.sqlite", "--lang", language, out=again))
                self.assertRegex(run.out, rf"(?m)^{name} +4 ")
                page = (again / "summary.html").read_text(encoding="utf-8")
                self.assertRegex(page, rf">{name}</th>\s*<td[^>]*>4</td>")
                book = openpyxl.load_workbook(again / "contacts.xlsx")
                cells = [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]
                self.assertGreaterEqual(cells.count(name), 3, "tally, chart and heat table")
                self.assertEqual((again / "activity.csv").read_bytes(), (self.out / "activity.csv").read_bytes())

    def test_none_without_any(self):
        """No line for what is not there."""
        run = self.make(contacts_of([0, 1790000000, 1790000000000]))
        self.assertEqual(list(self.counts()), list(reckoning.activity([], 0)))
        for text in (run.out, (self.out / "summary.html").read_text(encoding="utf-8")):
            self.assertNotIn("unreadable", text)

    @unittest.skipUnless(SHARED.exists(), "../shared/cases is not there")
    def test_shared(self):
        contacts = [json.loads(line) for line in SHARED.read_text(encoding="utf-8").splitlines()]
        run = self.make(contacts)
        rows = {int(row["id"]): row for row in harness.read_table(self.out / "contacts.csv")}
        self.assertEqual({number: row["created_at"] for number, row in rows.items()},
                         {number: time or "" for number, time in CREATED.items()})
        self.assertEqual({number: row["last_activity_at"] for number, row in rows.items()},
                         {number: ACTIVE.get(number, "") for number in CREATED})
        unreadable = list(CREATED.values()).count(UNREADABLE)
        self.assertIn(f"warning: {unreadable} times that could not be read", run.err + run.out)
        self.assertIn("warning: 1 time was given in milliseconds", run.err + run.out)
        buckets = dict.fromkeys(reckoning.activity([], 0), 0)
        self.assertEqual(self.counts(), {**buckets, ">365d": 2, "never": 22})


if __name__ == "__main__":
    harness.main()
