"""contacts.xlsx as two independent libraries read it: openpyxl and exceljs."""

import datetime
import json
import os
import shutil
import subprocess
import warnings

import openpyxl

import harness
import hostile
import ooxml

READER = harness.CASES / "exceljs.mjs"
SMALL_SHEETS = os.path.join(os.environ["ROLLCALL_BUILD"], "tests/cases/small_sheets")


def plain(value):
    """Resolves escapes: exceljs does not decode those of inline texts, openpyxl not all of the others."""
    if isinstance(value, str):
        return plain(ooxml.decoded(value)) if ooxml.decoded(value) != value else value
    return value


def told(cell, reckoned):
    """A cell of openpyxl in exceljs's form."""
    if isinstance(cell.value, datetime.datetime):
        return {"time": cell.value.isoformat(timespec="milliseconds") + "Z"}
    if cell.data_type == "f":
        return {"formula": cell.value, "result": reckoned.value}
    return plain(cell.value)


def as_openpyxl_has_it(sheet, reckoned):
    cells = {cell.coordinate: told(cell, reckoned[cell.coordinate]) for row in sheet.iter_rows() for cell in row
             if cell.value is not None}
    tables = [{"name": table.displayName, "ref": table.ref, "filter": table.autoFilter.ref,
               "totals": bool(table.totalsRowCount), "columns": [plain(column.name) for column in table.tableColumns]}
              for table in sheet.tables.values()]
    return {"name": sheet.title, "cells": cells, "tables": tables, "filter": sheet.auto_filter.ref,
            "merged": sorted(map(str, sheet.merged_cells.ranges)), "frozen": 1 if sheet.freeze_panes == "A2" else 0}


def differences(cells, others):
    """The cells in which the two differ, with both values; a boolean is not equal to a number here."""
    pairs = {place: (cells.get(place), others.get(place)) for place in {*cells, *others}}
    return {place: pair for place, pair in pairs.items()
            if pair[0] != pair[1] or isinstance(pair[0], bool) != isinstance(pair[1], bool)}


class Readers(harness.Case):
    def setUp(self):
        super().setUp()
        warnings.filterwarnings("ignore", "(Unknown|Conditional Formatting) extension", module="openpyxl")

    def as_exceljs_has_it(self, path):
        done = subprocess.run([shutil.which("node"), READER, path], env=harness.clean_environment(self.home),
                              stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8",
                              timeout=harness.HANG_S)
        self.assertEqual((done.returncode, done.stderr), (0, ""))
        sheets = json.loads(done.stdout)
        for sheet in sheets:
            sheet["cells"] = {place: plain(value) for place, value in sheet["cells"].items()}
            sheet["merged"].sort()
            for table in sheet["tables"]:
                table["columns"] = [plain(name) for name in table["columns"]]
        return sheets

    def check(self, path):
        """Checks that both read the same cells; returns them."""
        book, reckoned = openpyxl.load_workbook(path), openpyxl.load_workbook(path, data_only=True)
        sheets = self.as_exceljs_has_it(path)
        self.assertEqual([sheet["name"] for sheet in sheets], book.sheetnames)
        for sheet, other in zip(sheets, book, strict=True):
            with self.subTest(sheet["name"]):
                expected = as_openpyxl_has_it(other, reckoned[other.title])
                self.assertEqual(differences(sheet["cells"], expected["cells"]), {})
                self.assertEqual({**sheet, "cells": None}, {**expected, "cells": None})
        return sheets

    def test_hostile_texts(self):
        with harness.Server("--data", hostile.write_contacts(self.folder / "hostile.ndjson")) as server:
            self.assert_done(self.report(server))
        contacts = self.check(self.out / "contacts.xlsx")[5]
        self.assertEqual([table["name"] for table in contacts["tables"]], ["Contacts"])
        self.assertEqual(len(contacts["tables"][0]["columns"]), len(harness.read_csv(self.out / "contacts.csv")[0]))
        self.assertIn("👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿", contacts["cells"].values())

    def test_full_sheets(self):
        with harness.Server("--data", hostile.CONTACTS) as server, harness.snapshot_of(server) as snapshot:
            subprocess.run([SMALL_SHEETS, snapshot, self.out, "20"], env=harness.clean_environment(self.home),
                           check=True, timeout=harness.HANG_S)
        sheets = self.check(self.out / "contacts.xlsx")[5:-1]
        self.assertEqual([sheet["filter"][3:] for sheet in sheets], ["AR21", "AR21", "AR8"])


if __name__ == "__main__":
    harness.main()
