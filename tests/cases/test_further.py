"""Where country and company come from if the usual members say nothing: imports put them elsewhere."""

import contextlib
import json
import sqlite3

import openpyxl

import harness

LAND, FIRM = "custom.land. of birth", "custom.firm"


def contact(number, additional=None, **custom):
    return {"id": number, "email": f"{number}@x.org", "created_at": 1790000000 + number,
            "additional_attributes": additional or {}, "custom_attributes": custom}


CONTACTS = [
    contact(1, {"company_name": "Acme", "country_code": "DE"}, firm="Not this", **{"land. of birth": "FR"}),
    contact(2, {"company": "ACME "}, **{"land. of birth": "Deutschland"}),
    contact(3, {"company_name": " ", "company": "Acme", "country": ""}, **{"land. of birth": "jp"}),
    contact(4, {"company_name": ""}, firm="Third", **{"land. of birth": "Atlantis"}),
    contact(5, {}, firm=1234567890123456789012, **{"land. of birth": ["DE"]}),
    contact(6, {"company": None}, firm={"name": "x"}, land="DE"),
]


class Further(harness.Case):
    def setUp(self):
        super().setUp()
        data = self.folder / "contacts.ndjson"
        data.write_text("".join(json.dumps(item) + "\n" for item in CONTACTS), encoding="utf-8")
        self.server = self.enterContext(harness.Server("--data", data))

    def groups(self, folder=None):
        summary = harness.read_summary(folder or self.out)
        return ({row["name"]: row["contacts"] for row in summary["countries"]},
                {row["name"]: row["contacts"] for row in summary["companies"]})

    def columns(self, folder=None):
        return [(row["country_code"], row["country"], row["company_name"])
                for row in harness.read_table((folder or self.out) / "contacts.csv")]

    EXPECTED_GROUPS = ({"Germany": 2, "Japan": 1, "Atlantis": 1, None: 2},
                       {"Acme": 3, "Third": 1, "1234567890123456789012": 1, None: 1})
    EXPECTED_COLUMNS = [("DE", "Germany", "Acme"), ("DE", "Germany", "ACME "), ("JP", "Japan", "Acme"),
                        ("", "Atlantis", "Third"), ("", "", "1234567890123456789012"), ("", "", "")]

    def check(self, folder=None):
        self.assertEqual(self.groups(folder), self.EXPECTED_GROUPS)
        self.assertEqual(self.columns(folder), self.EXPECTED_COLUMNS)

    def test_company_of_an_import(self):
        """Without any option."""
        self.assert_done(self.report(self.server))
        self.assertEqual(self.groups(), ({"Germany": 1, None: 5}, {"Acme": 3, None: 3}))
        self.assertEqual([company for _, _, company in self.columns()], ["Acme", "ACME ", "Acme", "", "", ""])

    def test_every_way_to_say_it(self):
        options = ("--country-from", LAND, "--company-from", FIRM)
        run = self.assert_done(self.report(self.server, *options))
        self.assertEqual(run.err, "")
        self.check()
        definition = self.folder / "weekly.json"
        definition.write_text(json.dumps({"country_from": LAND, "company_from": FIRM}), encoding="utf-8")
        environment = {"ROLLCALL_COUNTRY_FROM": LAND, "ROLLCALL_COMPANY_FROM": FIRM}
        for name, arguments, more in (("line", options, {}), ("definition", [definition], {}),
                                      ("environment", [], {"environment": environment})):
            with self.subTest(name):
                again = self.place / name
                self.assert_done(self.report(self.out / "snapshot.sqlite", *arguments, out=again, **more))
                self.check(again)
                self.assertEqual((again / "snapshot.sqlite").read_bytes(), (self.out / "snapshot.sqlite").read_bytes())

    def test_the_snapshot_keeps_what_came(self):
        digests = set()
        for arguments in ((), ("--country-from", LAND, "--company-from", FIRM)):
            self.assert_done(self.report(self.server, *arguments))
            with contextlib.closing(sqlite3.connect(self.out / "snapshot.sqlite")) as database:
                digests.add(database.execute("SELECT contacts FROM digest").fetchone())
                self.assertEqual(database.execute("SELECT company_name, country FROM contact WHERE id = 2").fetchone(),
                                 (None, None))
        self.assertEqual(len(digests), 1, digests)

    def test_order(self):
        for column, ids in (("company_name", "513246"), ("country", "412356")):
            self.assert_done(self.report(self.server, "--country-from", LAND, "--company-from", FIRM, "--order-by",
                                         column))
            self.assertEqual("".join(row["id"] for row in harness.read_table(self.out / "contacts.csv")), ids)

    def test_outputs_say_so(self):
        self.assert_done(self.report(self.server, "--country-from", LAND, "--company-from", FIRM))
        source = harness.read_summary(self.out)["source"]
        self.assertEqual((source["country_from"], source["company_from"]), (LAND, FIRM))
        about = {row[0]: row[1] for row in openpyxl.load_workbook(self.out / "contacts.xlsx")["About"].values}
        self.assertEqual(about["Country, where empty, from"], LAND)
        self.assertEqual(about["Company, where empty, from"], FIRM)
        self.assert_done(self.report(self.server))
        self.assertNotIn("country_from", harness.read_summary(self.out)["source"])

    def test_an_attribute_that_nobody_has(self):
        run = self.assert_done(self.report(self.server, "--country-from", "custom.Land", "--company-from", FIRM))
        self.assertEqual(run.err, "note: --country-from has no effect: no contact has custom.Land\n")
        run = self.assert_done(self.report(self.server, "--country-from", "custom.Land", "--quiet"))
        self.assertEqual(run.err, "")

    def test_wrong_use(self):
        for value in ("land", "custom.", "country", "Custom.land"):
            self.assert_failed(self.report(self.server, "--country-from", value, out=self.place / "no"), 2,
                               "--country-from", "custom.KEY")
        run = self.rollcall("fetch", "--base-url", self.server.url, "-o", self.place / "f", "--company-from", FIRM)
        self.assert_failed(run, 2, "--company-from")
        self.assert_nothing_left()


if __name__ == "__main__":
    harness.main()
