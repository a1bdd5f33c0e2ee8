"""contacts.xlsx, read by programs that are not ours: openpyxl, unzip and LibreOffice."""

import datetime
import os
import re
import subprocess
import zipfile

import openpyxl

import harness

CONTACTS = harness.CASES / "golden" / "contacts.ndjson"
CELL_UNITS_MAX = 32767
SHEETS = ["Summary", "Countries", "Companies", "Inboxes", "Activity", "Contacts", "About"]


class Workbook(harness.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = harness.Server("--data", CONTACTS)
        cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    def make(self, *arguments):
        self.assert_done(self.report(self.server, *arguments))
        return self.out / "contacts.xlsx"

    def contacts(self, *arguments):
        """The cells of the sheet Contacts: by id, then by column."""
        book = openpyxl.load_workbook(self.make(*arguments))
        rows = list(book["Contacts"].iter_rows())
        header = [cell.value for cell in rows[0]]
        return {row[0].value: dict(zip(header, row, strict=True)) for row in rows[1:]}

    def test_sheets(self):
        book = openpyxl.load_workbook(self.make())
        self.assertEqual(book.sheetnames, SHEETS)
        for name in SHEETS[1:-1]:
            sheet = book[name]
            self.assertEqual(sheet.freeze_panes, "A2", name)
            self.assertRegex(sheet.auto_filter.ref, r"^A1:[A-Z]+\d+$", name)
        contacts = book["Contacts"]
        self.assertEqual(contacts.auto_filter.ref, f"A1:{contacts.cell(1, contacts.max_column).column_letter}48")
        self.assertEqual([cell.value for cell in contacts[1]],
                         harness.read_csv(self.out / "contacts.csv")[0])
        self.assertTrue(all(contacts.column_dimensions[column].width > 5 for column in "ABCDEF"))

    def test_tallies(self):
        book = openpyxl.load_workbook(self.make("--top-companies", "2"))
        rows = list(book["Companies"].values)
        self.assertEqual(rows[0], ("Company", "Contacts", "Share"))
        self.assertEqual([row[:2] for row in rows[1:3]], [("no company", 22), ("Example GmbH", 4)])
        self.assertRegex(rows[3][0], "^19 others$")
        self.assertEqual(rows[3][1], 47 - 22 - 4)
        self.assertEqual(len(rows), 4)
        self.assertEqual([cell.number_format for cell in book["Companies"][2]], ["@", "#,##0", "0.0%"])
        notes = " ".join(str(value) for row in book["Inboxes"].values for value in row)
        self.assertIn("add up to more", notes)

    def test_no_cell_is_a_formula_and_no_link_leads_out(self):
        path = self.make()
        book = openpyxl.load_workbook(path)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    self.assertNotEqual(cell.data_type, "f", f"{sheet.title}!{cell.coordinate}")
                    self.assertIsNone(cell.hyperlink)
        with zipfile.ZipFile(path) as parts:
            self.assertFalse([name for name in parts.namelist() if "externalLink" in name or "vba" in name])
            for name in parts.namelist():
                text = parts.read(name).decode()
                self.assertNotIn("<f>", text, name)
                self.assertNotIn('TargetMode="External"', text, name)

    def test_types(self):
        contacts = self.contacts()
        ada = contacts["1001"]
        self.assertEqual((ada["phone_number"].value, ada["phone_number"].data_type), ("+4912345678", "s"))
        self.assertEqual(ada["id"].number_format, "@")
        self.assertEqual((ada["blocked"].value, ada["blocked"].data_type), (False, "b"))
        self.assertEqual((ada["custom.seats"].value, ada["custom.seats"].data_type), (25, "n"))
        self.assertEqual((ada["custom.ratio"].value, ada["custom.active"].value), (0.1, True))
        self.assertIsNone(ada["custom.nothing"].value)
        self.assertEqual((contacts["1002"]["custom.seats"].value, contacts["1002"]["identifier"].value), ("25", "4711"))
        long = contacts["1234567890123456"]
        self.assertEqual(long["identifier"].value, "9007199254740993")
        self.assertEqual((long["custom.huge"].value, long["custom.order"].value), ("9007199254740993", "00123"))
        self.assertIn("9223372036854775807", contacts)
        self.assertEqual(contacts["9223372036854775807"]["identifier"].value,
                         "340282366920938463463374607431768211456")

    def test_times_are_dates_of_the_zone(self):
        for zone, expected in (("UTC", datetime.datetime(2026, 10, 24, 23, 30)),
                               ("Europe/Berlin", datetime.datetime(2026, 10, 25, 1, 30)),
                               ("America/New_York", datetime.datetime(2026, 10, 24, 19, 30)),
                               ("Asia/Kathmandu", datetime.datetime(2026, 10, 25, 5, 15))):
            with self.subTest(zone):
                cell = self.contacts("--timezone", zone)["1003"]["created_at"]
                self.assertEqual(cell.data_type, "d")
                self.assertEqual(cell.value, expected)
        about = dict(row[:2] for row in openpyxl.load_workbook(self.out / "contacts.xlsx")["About"].values if row[0])
        self.assertEqual(about["Time zone"], "Asia/Kathmandu")

    def test_texts(self):
        contacts = self.contacts()
        texts = ["=1+12", "+4912345678", "-5", "@x", "\tTAB"]
        self.assertEqual([contacts[str(1100 + i)]["name"].value for i in range(5)], texts)
        self.assertEqual(contacts["1201"]["name"].value, "control \ufffd\ufffd\ufffd\ufffd\x7f end")
        self.assertEqual(contacts["1201"]["description"].value, "\ufffd\ufffd")
        self.assertEqual(contacts["1203"]["company_name"].value, "🏢 Tower")
        self.assertEqual(contacts["1204"]["name"].value, "محمد \u202eevil\u202c שלום")
        self.assertEqual(contacts["1200"]["description"].value.replace("_x000D_", "\r").count("\n"), 2)
        description = contacts["1300"]["description"].value
        self.assertEqual(description, ("0123456789" * 4000)[:CELL_UNITS_MAX])

    def test_warnings_are_told(self):
        run = self.assert_done(self.report(self.server))
        about = " ".join(str(value) for row in openpyxl.load_workbook(self.out / "contacts.xlsx")["About"].values
                         for value in row)
        for warning in ("1 cell was cut at 32,767 characters", "cells held control characters",
                        "2 contacts whose id is no number were left out"):
            self.assertIn(warning, run.out)
            self.assertIn(warning, (self.out / "summary.html").read_text(encoding="utf-8"))
            self.assertIn(warning, about)

    def test_columns_and_order(self):
        book = openpyxl.load_workbook(self.make("--columns", "email,id,custom.seats", "--order-by", "email:desc"))
        rows = list(book["Contacts"].values)
        self.assertEqual(rows[0], ("email", "id", "custom.seats"))
        self.assertEqual([str(row[0]) for row in rows],
                         [row[0] for row in harness.read_csv(self.out / "contacts.csv")])
        self.assertEqual(rows[1][0], "types@example.com")

    def test_is_sound_and_private(self):
        path = self.make()
        subprocess.run(["unzip", "-tqq", path], check=True, timeout=harness.HANG_S)
        self.assertEqual(oct(path.stat().st_mode & 0o7777), oct(0o600))
        with zipfile.ZipFile(path) as parts:
            for name in parts.namelist():
                self.assertNotIn(str(self.folder).encode(), parts.read(name), name)

    def test_nobody(self):
        path = self.make("--label", "nobody")
        book = openpyxl.load_workbook(path)
        self.assertEqual(book.sheetnames, SHEETS)
        self.assertEqual(book["Contacts"].max_row, 1)
        self.assertIn("No contact matches.", [row[0] for row in book["Summary"].values])
        self.convert(path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,6")

    def convert(self, path, to):
        """Lets LibreOffice open the workbook and save it as something else; returns the folder of what came out."""
        target = self.folder / "converted"
        done = subprocess.run(["soffice", f"-env:UserInstallation=file://{self.folder}/office", "--headless",
                               "--norestore", "--convert-to", to, "--outdir", target, path],
                              env=harness.clean_environment(self.home), capture_output=True, text=True,
                              stdin=subprocess.DEVNULL, timeout=harness.HANG_S)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertNotRegex(done.stdout + done.stderr, "(?i)error")
        return target

    def test_libreoffice_reads_it(self):
        """The sixth sheet as CSV, and the whole as PDF."""
        path = self.make("--columns", "id,name,phone_number,created_at,description")
        folder = self.convert(path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,6")
        (made,) = folder.iterdir()
        rows = {row[0]: row for row in harness.read_csv(made)}
        self.assertEqual(rows["1206"][1], "_x0041_ and _x000D_")
        self.assertEqual(rows["1100"][1:3], ["=1+12", "=1+12"])
        self.assertEqual(rows["1001"][2:4], ["+4912345678", "2023-11-14 22:13:20"])
        self.assertEqual(rows["1234567890123456"][1], "sixteen digits")
        self.assertEqual(len(rows["1300"][4]), CELL_UNITS_MAX)
        pdf = self.convert(self.make("--columns", "id,name"), "pdf") / "contacts.pdf"
        self.assertTrue(pdf.read_bytes().startswith(b"%PDF-"))
        self.assertGreater(os.path.getsize(pdf), 10000)

    def test_about_says_where_from(self):
        about = openpyxl.load_workbook(self.make("--label", "vip", "--label", "two words"))["About"]
        facts = {row[0]: row[1] for row in about.values if row[0]}
        self.assertEqual((facts["Source"], facts["Labels"]), (self.server.url, "vip, two words"))
        self.assertTrue(re.match(r"2026-11-01T00:00:00\+00:00$", facts["As of"]))


if __name__ == "__main__":
    harness.main()
