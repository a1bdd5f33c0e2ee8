"""contacts.xlsx against its format's schema and the rules that no schema states; and that both find defects."""

import os
import platform
import re
import subprocess
import zipfile

import harness
import hostile
import ooxml
import ooxml_rules

SMALL_SHEETS = os.path.join(os.environ["ROLLCALL_BUILD"], "tests/cases/small_sheets")
LANGUAGES = ("zh-Hans", "zh-Hant", "ja", "de", "fr", "es")
BOUNDS = ",".join(str(day) for day in range(1, 21))
CONTACTS = "xl/worksheets/sheet6.xml"
TABLE = "xl/tables/table5.xml"
SUMMARY = "xl/worksheets/sheet1.xml"
BOOK = "xl/workbook.xml"
STYLES = "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"
CHART = "xl/charts/chart1.xml"

# Edits that break a rule: the part, the old and the new text, and words of the finding.
BROKEN = (
    ("xl/worksheets/_rels/sheet6.xml.rels", "table5", "table9", "leads to xl/tables/table9.xml, which is missing"),
    ("xl/worksheets/_rels/sheet6.xml.rels", "table5", "table4", "nothing leads to xl/tables/table5.xml"),
    ("xl/_rels/workbook.xml.rels", 'Id="rId10"', 'Id="rId9"', "has rId9 twice"),
    (ooxml.TYPES, "/xl/charts/chart1.xml", "/xl/charts/chart9.xml", "chart9.xml has a content type and is missing"),
    (ooxml.TYPES, "/xl/charts/chart1.xml", "/xl/charts/chart2.xml", "chart1.xml has no content type"),
    (ooxml.TYPES, "/xl/charts/chart1.xml", "/xl/charts/chart2.xml", "chart2.xml has two content types"),
    (CONTACTS, 'tablePart r:id="rId1"', 'tablePart r:id="rId7"', "rId7, which is no relationship"),
    (STYLES, r'<fonts count="\d+"', '<fonts count="1"', "fonts says 1 and has"),
    (TABLE, r'tableColumns count="\d+"', 'tableColumns count="1"', "tableColumns says 1 and has"),
    ("docProps/app.xml", r'size="\d+" baseType="lpstr"', 'size="1" baseType="lpstr"', "vector says 1 and has"),
    (CHART, r'ptCount val="\d+"', 'ptCount val="99"', "another number of points"),
    (STRINGS, r'uniqueCount="\d+"', 'uniqueCount="1"', "shared strings, not 1"),
    (STRINGS, r' count="\d+"', ' count="1"', "times, not 1"),
    (SUMMARY, r't="s"><v>\d+', 't="s"><v>9999', "no shared string 9999"),
    (STYLES, r'fontId="2"', 'fontId="99"', "no fontId 99"),
    (STYLES, r'<xf numFmtId="166"', '<xf numFmtId="266"', "no numFmtId 266"),
    (CONTACTS, r'B2" s="\d+"', 'B2" s="999"', "Contacts!B2 has style 999 of"),
    (BOOK, '<sheet name="Contacts"', '<sheet name="ABOUT"', "two sheets about"),
    (BOOK, '<sheet name="Contacts"', f'<sheet name="{"x" * 32}"', "is too long"),
    (BOOK, '<sheet name="Contacts"', '<sheet name="People"', "do not tell all sheets"),
    (BOOK, 'localSheetId="5"', 'localSheetId="50"', "Print_Titles is one of sheet 50"),
    (BOOK, 'localSheetId="5"', 'localSheetId="4"', "is defined twice"),
    (BOOK, ">Contacts!", ">Nobody!", "Nobody!$1:$1 names no sheet"),
    (BOOK, r"\$AB\$\d+", "$AB$99999", "is outside of the sheet"),
    (BOOK, "_xlnm.Print_Titles", "_xlnm._FilterDatabase", "not those of the filters"),
    (CONTACTS, '<row r="48"', '<row r="3"', "row 3 comes after row 47"),
    (CONTACTS, 'r="C2"', 'r="B2"', "Contacts!B2 stands where it must not"),
    (CONTACTS, 'dimension ref="A1:[A-Z]+', 'dimension ref="A1:C', "stands where it must not"),
    (CONTACTS, r"<v>45244\.\d+</v>", "<v>nan</v>", "holds the number nan"),
    (CONTACTS, r"<v>45244\.\d+</v>", "<v>1e999</v>", "holds the number 1e999"),
    (CONTACTS, 't="b"><v>0', 't="b"><v>2', "holds the truth 2"),
    (CONTACTS, "<t>the largest</t>", f"<t>{'😀' * 16384}</t>", "holds 32768 characters"),
    (SUMMARY, 'mergeCell ref="A5:D5"', 'mergeCell ref="A5:E5"', "Summary: (5, 5) is merged twice"),
    (TABLE, r' ref="A1:([A-Z]+)\d+" totals', r' ref="A1:\g<1>99" totals', "Contacts is outside of the sheet"),
    (TABLE, r' ref="A1:([A-Z]+)\d+" totals', r' ref="A1:\g<1>1" totals', "Contacts has no row of data"),
    (TABLE, r'autoFilter ref="A1:([A-Z]+)\d+', r'autoFilter ref="A1:\g<1>9', "Contacts has its filter elsewhere"),
    (TABLE, 'tableColumn id="2"', 'tableColumn id="1"', "the column 1 twice"),
    (TABLE, 'id="2" name="Name"', 'id="2" name="id"', "two columns id"),
    (TABLE, 'id="2" name="Name"', 'id="2" name="_x004E_ames"', "not what its headers say"),
    ("xl/tables/table1.xml", 'totalsRowLabel="Total"', 'totalsRowLabel="Sum"', "Countries's sums are not labelled"),
    (TABLE, 'table ([^>]*)id="5"', r'table \1id="1"', "two tables have the id 1"),
    (TABLE, 'displayName="Contacts"', 'displayName="COUNTRIES"', "two tables have the displayName countries"),
    (CONTACTS, "<tableParts.*</tableParts>", "", "Contacts has 0 tables"),
    (CONTACTS, "</sheetData>", '</sheetData><autoFilter ref="A1:C48"/>', "a table and a filter beside it"),
    ("xl/drawings/drawing1.xml", 'cNvPr id="3"', 'cNvPr id="2"', "two shapes 2"),
    (CHART, "<c:f>Summary!", "<c:f>Summery!", "names no sheet"),
)

# Likewise, edits that break the schema.
AGAINST_SCHEMA = (
    (CONTACTS, "(<pageMargins[^>]*>)(<pageSetup[^>]*>)", r"\2\1", "unexpected child element"),
    (CONTACTS, 't="inlineStr"', 't="inlinestr"', "'inlinestr'"),
    (CHART, "<c:barDir", "<c:barDirection", "barDirection"),
    (STYLES, "<cellXfs", "<cellXfsX", "cellXfs"),
)


class Case(harness.Case):
    def validate(self, path, version=ooxml.VERSIONS[-1]):
        if not ooxml.VALIDATOR.exists() and platform.machine() != "x86_64":
            self.skipTest("there is no validator for this processor")
        return ooxml.validate(path, version, harness.clean_environment(self.home))


class Valid(Case):
    @classmethod
    def setUpClass(cls):
        cls.server = harness.Server("--data", hostile.CONTACTS)
        cls.server.__enter__()
        cls.addClassCleanup(cls.server.__exit__)

    def check(self, path):
        self.assertEqual(ooxml_rules.findings(path), [])
        self.assertEqual(self.validate(path), [])

    def check_report(self, source, *arguments):
        out = self.folder / "out"
        self.assert_done(self.report(source, *arguments, out=out))
        self.check(out / "contacts.xlsx")

    def test_plain(self):
        self.check_report(self.server)
        self.assertEqual(self.validate(self.folder / "out/contacts.xlsx", ooxml.VERSIONS[0]), [])

    def test_nobody(self):
        """A filter that matches no contact, and an account without contacts."""
        self.check_report(self.server, "--label", "nobody")
        empty = self.folder / "empty.ndjson"
        empty.touch()
        with harness.Server("--data", empty) as server:
            self.check_report(server)

    def test_hostile_texts(self):
        with harness.Server("--data", hostile.write_contacts(self.folder / "hostile.ndjson")) as server:
            self.check_report(server)
            labels = [text for text in hostile.TEXTS if "\0" not in text and text.isprintable()]
            self.check_report(server, *(argument for label in labels for argument in ("--label", label)))

    def test_header_too_long_for_a_table(self):
        contacts = self.folder / "one.ndjson"
        contacts.write_text('{"id": 1, "custom_attributes": {"%s": "a"}}\n' % ("k" * 250), encoding="utf-8")
        with harness.Server("--data", contacts) as server:
            self.check_report(server)

    def test_languages(self):
        with harness.snapshot_of(self.server) as snapshot:
            for language in LANGUAGES:
                out = self.place / language
                with self.subTest(language):
                    self.assert_done(self.report(snapshot, "--lang", language, out=out))
                    self.assertEqual(ooxml_rules.findings(out / "contacts.xlsx"), [])
            self.assertEqual(self.validate(self.place / LANGUAGES[0] / "contacts.xlsx"), [])

    def test_options(self):
        with harness.snapshot_of(self.server) as snapshot:
            for arguments in (("--columns", "custom.seats,email,id", "--order-by", "email:desc"),
                              ("--top-companies", "1", "--activity-bounds", BOUNDS, "--timezone", "Asia/Kathmandu")):
                with self.subTest(arguments):
                    self.check_report(snapshot, *arguments)

    def test_unproven(self):
        with harness.Server("--contacts", "60", "--fault", "always: count stale 90") as server:
            self.check_report(server, "--allow-unproven", "--no-inboxes")

    def test_full_sheets(self):
        """Contacts on more than one sheet, and the last of them full."""
        with harness.snapshot_of(self.server) as snapshot:
            out = self.folder / "small"
            subprocess.run([SMALL_SHEETS, snapshot, out, "16"], env=harness.clean_environment(self.home), check=True,
                           timeout=harness.HANG_S)
            self.check(out / "contacts.xlsx")
        names = [sheet.name for sheet in ooxml.Book(out / "contacts.xlsx").sheets]
        self.assertEqual(names[5:], ["Contacts", "Contacts (2)", "Contacts (3)", "About"])


class Broken(Case):
    """The rules and the validator do find broken workbooks."""

    def setUp(self):
        super().setUp()
        with harness.Server("--data", hostile.CONTACTS) as server:
            self.assert_done(self.report(server))
        with zipfile.ZipFile(self.out / "contacts.xlsx") as archive:
            self.parts = {name: archive.read(name).decode() for name in archive.namelist()}

    def broken(self, part, pattern, replacement):
        """The workbook with one place of that part changed."""
        text, count = re.subn(pattern, replacement, self.parts[part], count=1)
        self.assertEqual(count, 1, "the workbook has no such place")
        path = self.folder / "broken.xlsx"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in {**self.parts, part: text}.items():
                archive.writestr(name, content)
        return path

    def test_rules(self):
        for part, pattern, replacement, finding in BROKEN:
            with self.subTest(finding):
                self.assertIn(finding, "\n".join(ooxml_rules.findings(self.broken(part, pattern, replacement))))

    def test_schema(self):
        for part, pattern, replacement, finding in AGAINST_SCHEMA:
            with self.subTest(finding):
                self.assertIn(finding, "\n".join(self.validate(self.broken(part, pattern, replacement))))


if __name__ == "__main__":
    harness.main()
