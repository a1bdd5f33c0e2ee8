"""contacts.xlsx, read by other programs: openpyxl, unzip and LibreOffice."""

import datetime
import json
import os
import subprocess
import time
import warnings
import xml.etree.ElementTree
import zipfile

import openpyxl

import harness

CONTACTS = harness.CASES / "golden" / "contacts.ndjson"
CELL_UNITS_MAX = 32767
LANGUAGES = ("en", "zh-Hans", "zh-Hant", "ja", "de", "fr", "es")
TABLES = ("Countries", "Companies", "Inboxes", "Activity")  # the names in formulas; sheets 2 to 5 in any language
SHEETS = ["Summary", "Countries", "Companies", "Inboxes", "Activity", "Contacts", "About"]


def texts_of(language):
    """The texts of one language, by key."""
    return json.loads((harness.SOURCE / "templates" / "lang" / f"{language}.json").read_text(encoding="utf-8"))


def data_rows(sheet):
    """The rows of a sheet's table between its headers and its sums."""
    (table,) = sheet.tables.values()
    return [tuple(cell.value for cell in row) for row in sheet[table.ref]][1:-1]


class Case(harness.Case):
    @classmethod
    def setUpClass(cls):
        cls.server = harness.Server("--data", CONTACTS)
        cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    def setUp(self):
        super().setUp()
        warnings.filterwarnings("ignore", "(Unknown|Conditional Formatting) extension", module="openpyxl")

    def make(self, *arguments):
        self.assert_done(self.report(self.server, *arguments))
        return self.out / "contacts.xlsx"

    def book(self, *arguments):
        return openpyxl.load_workbook(self.make(*arguments))


class Workbook(Case):
    def contacts(self, *arguments):
        """The cells of the sheet Contacts: by id, then by the CSV file's name of the column."""
        rows = list(self.book(*arguments)["Contacts"].iter_rows())
        header = harness.read_csv(self.out / "contacts.csv")[0]
        return {row[0].value: dict(zip(header, row, strict=True)) for row in rows[1:]}

    def test_sheets(self):
        book = openpyxl.load_workbook(self.make())
        self.assertEqual(book.sheetnames, SHEETS)
        for name in SHEETS[1:-1]:
            sheet = book[name]
            self.assertEqual(sheet.freeze_panes, "A2", name)
        contacts = book["Contacts"]
        self.assertEqual(contacts.dimensions, f"A1:{contacts.cell(1, contacts.max_column).column_letter}48")
        self.assertEqual([cell.value for cell in contacts[1]][:3], ["ID", "Name", "Email"])
        self.assertIn("seats (custom)", [cell.value for cell in contacts[1]])
        self.assertTrue(all(contacts.column_dimensions[column].width > 5 for column in "ABCDEF"))

    def test_formulas_are_sums_and_no_link_leads_out(self):
        path = self.make()
        book = openpyxl.load_workbook(path)
        for sheet in book:
            for row in sheet.iter_rows():
                for cell in row:
                    if cell.data_type == "f":
                        self.assertRegex(cell.value, rf"^=SUBTOTAL\(109,{sheet.title}\[(Contacts|Share)\]\)$")
                    self.assertIsNone(cell.hyperlink)
        with zipfile.ZipFile(path) as parts:
            self.assertFalse([name for name in parts.namelist() if "externalLink" in name or "vba" in name])
            for name in parts.namelist():
                self.assertNotIn('TargetMode="External"', parts.read(name).decode(), name)

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
        self.assertEqual(about["As of"], datetime.datetime(2026, 11, 1))
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
        for warning in ("1 cell was cut at 32,767 characters", "cells held control characters"):
            self.assertIn(warning, run.out)
            self.assertIn(warning, (self.out / "summary.html").read_text(encoding="utf-8"))
            self.assertIn(warning, about)

    def test_columns_and_order(self):
        book = openpyxl.load_workbook(self.make("--columns", "email,id,custom.seats", "--order-by", "email:desc"))
        rows = list(book["Contacts"].values)
        self.assertEqual(rows[0], ("Email", "ID", "seats (custom)"))
        self.assertEqual([str(row[0]) for row in rows[1:]],
                         [row[0] for row in harness.read_csv(self.out / "contacts.csv")[1:]])
        self.assertEqual(rows[1][0], "types@example.com")

    def test_is_sound_and_private(self):
        path = self.make()
        subprocess.run(["unzip", "-tqq", path], check=True, timeout=harness.HANG_S)
        with zipfile.ZipFile(path) as parts:
            self.assertIsNone(parts.testzip())
            self.assertEqual({part.date_time for part in parts.infolist()}, {(1980, 1, 1, 0, 0, 0)})
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
        """Converts the workbook with LibreOffice; returns the folder of the result."""
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
        path = self.make("--columns", "id,name,phone_number,created_at,description,blocked")
        folder = self.convert(path, "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,6")
        (made,) = folder.iterdir()
        rows = {row[0]: row for row in harness.read_csv(made)}
        self.assertEqual(rows["1206"][1], "_x0041_ and _x000D_")
        self.assertEqual(rows["1100"][1:3], ["=1+12", "=1+12"])
        self.assertEqual(rows["1001"][2:4], ["+4912345678", "2023-11-14 22:13:20"])
        self.assertEqual(rows["1234567890123456"][1], "sixteen digits")
        self.assertEqual({row[5] for id, row in rows.items() if id.isdigit()}, {"TRUE", "FALSE"})
        self.assertEqual(len(rows["1300"][4]), CELL_UNITS_MAX)
        pdf = self.convert(self.make("--columns", "id,name"), "pdf") / "contacts.pdf"
        self.assertTrue(pdf.read_bytes().startswith(b"%PDF-"))
        self.assertGreater(os.path.getsize(pdf), 10000)

    def test_about_says_where_from(self):
        about = self.book("--label", "vip", "--label", "two words")["About"]
        facts = {row[0]: row[1] for row in about.values if row[0]}
        self.assertEqual((facts["Source"], facts["Labels"]), (self.server.url, "vip, two words"))
        self.assertEqual(facts["As of"], datetime.datetime(2026, 11, 1))
        self.assertEqual((facts["Time zone"], facts["Doubled records"]), ("UTC", 0))
        self.assertGreater(facts["Passes"], 0)
        self.assertRegex(facts["Program version"], r"^rollcall \d")
        self.assertIn("7 days", facts["New"])


    def test_about_has_rows_that_excel_bears(self):
        labels = [f"label {i:040}" for i in range(60)]
        about = self.book(*(argument for label in labels for argument in ("--label", label)))["About"]
        self.assertIn(", ".join(labels), [row[1] for row in about.values])
        heights = [row.height for row in about.row_dimensions.values() if row.height]
        self.assertTrue(100 < max(heights) <= 409, heights)


class Tables(Case):
    """The sheets of the dimensions."""

    def test_groups(self):
        sheet = self.book("--top-companies", "2")["Companies"]
        self.assertEqual([cell.value for cell in sheet[1]], ["Company", "Contacts", "Share"])
        rows = data_rows(sheet)
        self.assertEqual([row[:2] for row in rows],
                         [("no company", 22), ("Example GmbH", 4), ("19 others", 47 - 22 - 4)])
        self.assertEqual([cell.number_format for cell in sheet[2]], ["@", "#,##0", "0.0%"])

    def test_notes(self):
        for arguments, note in (((), "add up to more"), (("--no-inboxes",), "not asked for")):
            with self.subTest(note), harness.Server("--data", CONTACTS) as server:
                self.assert_done(self.report(server, *arguments))
                sheet = openpyxl.load_workbook(self.out / "contacts.xlsx")["Inboxes"]
                self.assertIn(note, " ".join(str(row[0]) for row in sheet.values))

    def test_tables_hold_in_all_languages(self):
        """Only Excel checks this: a table's headers are different texts, the same as in its cells."""
        with harness.snapshot_of(self.server) as snapshot:
            for language in LANGUAGES:
                with self.subTest(language):
                    self.assert_done(self.report(snapshot, "--lang", language, out=self.place / language))
                    book = openpyxl.load_workbook(self.place / language / "contacts.xlsx")
                    self.check_tables(book, texts_of(language))

    def check_tables(self, book, texts):
        names = [texts[f"sheet.{name.lower()}"] for name in SHEETS]
        self.assertEqual(book.sheetnames, names)
        for name, sheet in zip(TABLES, book.worksheets[1:5], strict=True):
            self.assertEqual(list(sheet.tables), [name])
            table = sheet.tables[name]
            cells = sheet[table.ref]
            headers = [cell.value for cell in cells[0]]
            self.assertEqual([column.name for column in table.tableColumns], headers)
            self.assertEqual(len({header.casefold() for header in headers}), len(headers))
            self.assertFalse([header for header in headers if set(header) & set("[]#'\n")])
            self.assertEqual(table.totalsRowCount, 1)
            self.assertEqual(table.tableColumns[0].totalsRowLabel, cells[-1][0].value)
            self.assertEqual(cells[-1][0].value, texts["heading.total"])
            self.assertTrue(table.tableStyleInfo.showRowStripes)
            self.assertEqual(cells[-1][-2].value, f"=SUBTOTAL(109,{name}[{headers[-2]}])")
            self.assertEqual(table.autoFilter.ref, f"A1:{cells[-2][-1].coordinate}")

    def test_sums_are_there_without_reckoning(self):
        book = openpyxl.load_workbook(self.make(), data_only=True)
        for name in TABLES:
            (table,) = book[name].tables.values()
            sums = [cell.value for cell in book[name][table.ref][-1]]
            rows = data_rows(book[name])
            self.assertEqual(sums[-2], sum(row[-2] for row in rows), name)
            if name == "Inboxes":
                self.assertIsNone(sums[-1])
            else:
                self.assertEqual(sums[-2], 47)
                self.assertAlmostEqual(sums[-1], 1)

    def test_bars_go_from_nothing_to_all(self):
        book = self.book()
        for name in TABLES:
            (rules,) = book[name].conditional_formatting
            (rule,) = rules.rules
            self.assertEqual(rule.type, "dataBar")
            self.assertEqual([(bound.type, bound.val) for bound in rule.dataBar.cfvo], [("num", 0), ("num", 1)])
            self.assertEqual(str(rules.sqref).split(":")[0][1:], "2", name)
            self.assertEqual(len(data_rows(book[name])), rules.sqref.ranges[0].size["rows"], name)

    def test_nobody(self):
        """A table has at least one row of data, even if it is empty."""
        book = self.book("--label", "nobody")
        for name in ("Countries", "Companies", "Inboxes"):
            self.assertEqual([set(row) for row in data_rows(book[name])], [{None}], name)
        self.assertEqual(sum(row[1] for row in data_rows(book["Activity"])), 0)
        self.assertEqual(len(book["Summary"]._charts), 4)

    def test_widths_fit(self):
        sheet = self.book()["Companies"]
        widest = max(len(str(row[0])) for row in data_rows(sheet))
        self.assertGreaterEqual(sheet.column_dimensions["A"].width, min(widest, 60))


class ContactsTable(Case):
    """The contacts as a table, if they fit on one sheet."""

    def table(self, *arguments):
        sheet = self.book(*arguments)["Contacts"]
        (table,) = sheet.tables.values()
        self.assertEqual((table.name, table.totalsRowCount), ("Contacts", None))
        self.assertEqual(table.ref, sheet.dimensions)
        self.assertEqual(table.autoFilter.ref, table.ref)
        self.assertTrue(table.tableStyleInfo.showRowStripes)
        headers = [cell.value for cell in sheet[1]]
        self.assertEqual([column.name for column in table.tableColumns], headers)
        self.assertEqual(len({header.casefold() for header in headers}), len(headers))
        return sheet, headers

    def sheet_of(self, custom):
        """The sheet of one contact with those attributes."""
        contacts = self.folder / "one.ndjson"
        contacts.write_text(json.dumps({"id": 1, "email": "a@example.com", "custom_attributes": custom}) + "\n",
                            encoding="utf-8")
        with harness.Server("--data", contacts) as server:
            self.assert_done(self.report(server))
        return openpyxl.load_workbook(self.out / "contacts.xlsx")["Contacts"]

    def test_table(self):
        sheet, headers = self.table()
        self.assertEqual(sheet.max_row, 48)
        self.assertEqual(len(headers), len(harness.read_csv(self.out / "contacts.csv")[0]))

    def test_ids_of_tables_differ(self):
        with zipfile.ZipFile(self.make()) as parts:
            tables = [xml.etree.ElementTree.fromstring(parts.read(name)) for name in parts.namelist()
                      if name.startswith("xl/tables/")]
        self.assertEqual(sorted(table.get("id") for table in tables), ["1", "2", "3", "4", "5"])
        self.assertEqual(sorted(table.get("name") for table in tables), sorted((*TABLES, "Contacts")))

    def test_headers_alike(self):
        sheet = self.sheet_of({"plan": "a", "Plan": "b", "PLAN": "c", "x _x0041_\n]'[#": "d"})
        (table,) = sheet.tables.values()
        headers = [cell.value for cell in sheet[1]]
        self.assertEqual(headers[-4:], ["PLAN (custom)", "Plan (custom) 2", "plan (custom) 3",
                                        "x _x0041_ ]'[# (custom)"])
        names = [column.name.replace("_x005F_", "_") for column in table.tableColumns]  # openpyxl does not decode it
        self.assertEqual(names, headers)

    def test_nobody(self):
        sheet = self.book("--label", "nobody")["Contacts"]
        self.assertEqual((len(sheet.tables), sheet.auto_filter.ref), (0, None))

    def test_long_header(self):
        """A table's header has a lower limit than a cell."""
        sheet = self.sheet_of({"k" * 250: "a"})
        self.assertEqual(len(sheet.tables), 0)
        self.assertEqual(sheet.auto_filter.ref, sheet.dimensions)
        self.assertEqual(sheet.cell(1, sheet.max_column).value, "k" * 250 + " (custom)")


class Summary(Case):
    def test_tiles(self):
        book = self.book()
        summary = book["Summary"]
        totals = harness.read_summary(self.out)["totals"]
        labels = [cell.value for cell in summary[5] if cell.value]
        counts = [cell.value for cell in summary[6] if cell.value is not None]
        self.assertEqual(labels, ["Contacts", "New in the last 7 days", "Active in the last 30 days", "Never active",
                                  "Blocked", "Reachable by email", "Reachable by phone"])
        self.assertEqual((counts[0], *counts[4:]), (totals["contacts"], totals["blocked"], totals["with_email"],
                                                    totals["with_phone"]))
        never = [row["contacts"] for row in harness.read_summary(self.out)["activity"] if row["bucket"] == "never"]
        self.assertEqual([counts[3]], never)
        self.assertEqual(len([cell for cell in summary[7] if cell.value is not None]), 6)

    def test_verdict(self):
        for arguments, needles in (((), ("Complete: 60 at the start",)),
                                   (("--fault", "always: count stale 90"), ("Unproven: 90 at the start", "with care"))):
            with self.subTest(needles), harness.Server("--contacts", "60", *arguments) as server:
                self.assert_done(self.report(server, "--allow-unproven"))
                summary = openpyxl.load_workbook(self.out / "contacts.xlsx")["Summary"]
                for needle in needles:
                    self.assertIn(needle, summary["A3"].value)
                self.assertEqual("A3:U3" in map(str, summary.merged_cells.ranges), len(needles) > 1)

    def test_charts(self):
        book = self.book("--as-of", "2023-11-20")
        charts = book["Summary"]._charts
        self.assertEqual([type(chart).__name__ for chart in charts], ["BarChart", "BarChart", "BarChart", "LineChart"])
        self.assertEqual([chart.type for chart in charts[:3]], ["bar", "col", "bar"])
        told = []
        for chart in charts:
            (series,) = chart.series
            names, counts = (book["Summary"][ref.split("!")[1].replace("$", "")]
                             for ref in (series.cat.strRef.f, series.val.numRef.f))
            told.append([(name[0].value, count[0].value) for name, count in zip(names, counts, strict=True)])
            self.assertEqual([point.v for point in series.val.numRef.numCache.pt],
                             [count for _, count in told[-1]], "what readers show that do not reckon")
        self.check_groups(told)
        weeks = told[3]
        self.assertEqual(len(weeks), 26)
        self.assertEqual([week for week in weeks if week[1]][0][0], "Nov 13, 2023")

    def check_groups(self, told):
        summary = harness.read_summary(self.out)
        countries = [row["contacts"] for row in summary["countries"]]
        others = [sum(countries[10:])] if len(countries) > 10 else []
        self.assertEqual([count for _, count in told[0]], countries[:10] + others)
        self.assertEqual([count for _, count in told[1]], [row["contacts"] for row in summary["activity"]])
        self.assertEqual([count for _, count in told[2]][:10], [row["contacts"] for row in summary["inboxes"]][:10])

    def test_charts_lie_apart(self):
        path = self.make()
        with zipfile.ZipFile(path) as parts:
            drawing = xml.etree.ElementTree.fromstring(parts.read("xl/drawings/drawing1.xml"))
        space = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
        boxes = []
        for anchor in drawing.iter(space + "twoCellAnchor"):
            ends = [[(int(anchor.find(f"{space}{end}/{space}{axis}").text),
                      int(anchor.find(f"{space}{end}/{space}{axis}Off").text)) for axis in ("col", "row")]
                    for end in ("from", "to")]
            boxes.append(ends)
            self.assertTrue(anchor.find(f".//{space}cNvPr").get("descr"))
        self.assertEqual(len(boxes), 4)
        for i, (start, end) in enumerate(boxes):
            self.assertTrue(all(a < b for a, b in zip(start, end, strict=True)))
            for other_start, other_end in boxes[:i]:
                self.assertFalse(all(a < d and c < b for a, b, c, d in
                                     zip(start, end, other_start, other_end, strict=True)))

    def test_countries_by_activity(self):
        book = self.book("--activity-bounds", "30,365")
        sheet = book["Summary"]
        (rules,) = sheet.conditional_formatting
        self.assertEqual([color.rgb for color in rules.rules[0].colorScale.color],
                         ["FFFFFFFF", "FFD3E3F4", "FF7FB0E0"])
        cells = sheet[str(rules.sqref)]
        self.assertEqual(len(cells[0]), 5)
        totals = [sheet.cell(row[-1].row, row[-1].column + 1).value for row in cells]
        self.assertEqual([sum(cell.value for cell in row) for row in cells], totals)
        self.assertEqual(sum(totals), 47)
        sums = [sheet.cell(cells[-1][0].row + 1, cell.column).value for cell in cells[0]]
        self.assertEqual(sums, [sum(row[i].value for row in cells) for i in range(5)])
        self.assertEqual(sums, [row["contacts"] for row in harness.read_summary(self.out)["activity"]])

    def test_as_many_buckets_as_can_be(self):
        bounds = ",".join(str(day) for day in range(1, 21))
        book = self.book("--activity-bounds", bounds)
        (rules,) = book["Summary"].conditional_formatting
        self.assertEqual(len(book["Summary"][str(rules.sqref)][0]), 23)

    def test_print(self):
        book = self.book()
        summary = book["Summary"]
        self.assertEqual((summary.page_setup.paperSize, summary.page_setup.orientation), (9, "landscape"))
        self.assertTrue(summary.sheet_properties.pageSetUpPr.fitToPage)
        self.assertIn(summary.page_setup.fitToHeight, (None, 1))
        self.assertIn("$A$1:$AB$39", summary.print_area)
        self.assertFalse(summary.sheet_view.showGridLines)
        for sheet in book:
            self.assertEqual(sheet.page_setup.paperSize, 9, sheet.title)
            self.assertEqual(sheet.oddFooter.left.text, "Contact report", sheet.title)
            self.assertIn("Nov 1, 2026", sheet.oddFooter.center.text, sheet.title)
        for sheet in book.worksheets[1:-1]:
            self.assertEqual(sheet.print_title_rows, "$1:$1", sheet.title)

    def test_says_nobody(self):
        self.assertIn("No contact matches.", [row[0] for row in self.book("--label", "nobody")["Summary"].values])


class File(Case):
    def test_properties(self):
        properties = self.book().properties
        self.assertEqual((properties.title, properties.subject), ("Contact report", "As of Nov 1, 2026, 00:00 (UTC)"))
        self.assertRegex(properties.description, r"^Made by rollcall \d")
        self.assertEqual(properties.created, datetime.datetime(2026, 11, 1))
        self.assertEqual(properties.modified, properties.created)

    def test_the_same_numbers_make_the_same_file(self):
        with harness.snapshot_of(self.server) as snapshot:
            files = []
            for name in ("first", "second"):
                self.assert_done(self.report(snapshot, "--lang", "ja", out=self.place / name))
                files.append((self.place / name / "contacts.xlsx").read_bytes())
                time.sleep(1.1)
        self.assertEqual(*files)


if __name__ == "__main__":
    harness.main()
