"""Rules between the parts of a workbook that no schema states: if one is broken, Excel mostly reports a damaged file.

Each finding is a line of text; a sound workbook has none.
"""

import math
import re

from ooxml import CHART, DRAWING, MAIN, OFFICE, PACKAGE, TYPES, Book, box, decoded, is_inside

CELL_UNITS_MAX = 32767
SHEET_NAME_UNITS_MAX = 31


def units(text):
    """The length as Excel counts it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def twice(values):
    """The items that occur more than once."""
    values = list(values)
    return sorted({value for value in values if values.count(value) > 1})


def check_archive(book):
    yield from (f"{name} is there twice" for name in twice(name.casefold() for name in book.names))
    types = book.xml(TYPES)
    overrides = [entry.get("PartName")[1:] for entry in types.iter(PACKAGE % "content-types" + "Override")]
    yield from (f"{name} has two content types" for name in twice(overrides))
    yield from (f"{name} has a content type and is missing" for name in set(overrides) - set(book.names))
    reached = {TYPES}
    for part in ("", *book.names):
        targets = book.relations(part).values()
        yield from (f"{part} leads to {target}, which is missing" for target in targets if target not in book.parts)
        reached.update(targets)
    for name in book.names:
        if not name.endswith(".rels") and name not in reached:
            yield f"nothing leads to {name}"
        if not name.endswith(".rels") and name != TYPES and name not in overrides:
            yield f"{name} has no content type"


def check_relationships(book):
    for name, root in book.roots.items():
        known = book.relations(name)
        used = [value for element in root.iter() for key, value in element.attrib.items()
                if key.startswith(OFFICE % "relationships")]
        yield from (f"{name} refers to {id}, which is no relationship of it" for id in used if id not in known)
        if name.endswith(".rels"):
            yield from (f"{name} has {id} twice" for id in twice(entry.get("Id") for entry in root))


def check_counts(book):
    """Checks elements that state how many children they have."""
    for name, root in book.roots.items():
        for element in root.iter():
            told = element.get("size" if name.startswith("docProps/") else "count")
            if told and element.tag != MAIN + "sst" and int(told) != len(element):
                yield f"{name}: {element.tag.split('}')[1]} says {told} and has {len(element)}"
    for cache in ("strCache", "numCache"):
        for name, element in ((name, e) for name, root in book.roots.items() for e in root.iter(CHART + cache)):
            if int(element.find(CHART + "ptCount").get("val")) != len(element.findall(CHART + "pt")):
                yield f"{name}: {cache} has another number of points than it says"


def check_strings(book):
    root = book.xml("xl/sharedStrings.xml")
    used = [int(cell.find(MAIN + "v").text) for sheet in book.sheets for cell in sheet.cells.values()
            if cell.get("t") == "s"]
    yield from (f"there is no shared string {index}" for index in set(used) if index >= len(book.strings))
    if int(root.get("uniqueCount")) != len(book.strings):
        yield f"there are {len(book.strings)} shared strings, not {root.get('uniqueCount')}"
    if int(root.get("count")) < len(used):  # a cell written twice counts twice
        yield f"shared strings are used {len(used)} times, not {root.get('count')}"


def check_styles(book):
    root = book.xml("xl/styles.xml")
    counts = {key: len(root.find(MAIN + name)) for key, name in
              {"fontId": "fonts", "fillId": "fills", "borderId": "borders", "xfId": "cellStyleXfs"}.items()}
    formats = {entry.get("numFmtId") for entry in root.iter(MAIN + "numFmt")}
    for style in root.iter(MAIN + "xf"):
        yield from (f"there is no {key} {style.get(key)}" for key, count in counts.items()
                    if int(style.get(key, 0)) >= count)
        if int(style.get("numFmtId")) >= 164 and style.get("numFmtId") not in formats:
            yield f"there is no numFmtId {style.get('numFmtId')}"
    styles = len(root.find(MAIN + "cellXfs"))
    for sheet in book.sheets:
        for element in (*sheet.root.iter(MAIN + "c"), *sheet.root.iter(MAIN + "row")):
            if int(element.get("s", 0)) >= styles:
                yield f"{sheet.name}!{element.get('r')} has style {element.get('s')} of {styles}"


def check_names(book):
    names = [sheet.name for sheet in book.sheets]
    yield from (f"there are two sheets {name}" for name in twice(name.casefold() for name in names))
    yield from (f"{name} is too long" for name in names if not 0 < units(name) <= SHEET_NAME_UNITS_MAX)
    titles = [title.text for title in book.xml("docProps/app.xml").iter(OFFICE % "docPropsVTypes" + "lpstr")]
    if not set(names) <= set(titles):
        yield "the properties do not tell all sheets"
    defined = list(book.xml("xl/workbook.xml").iter(MAIN + "definedName"))
    yield from (f"{key} is defined twice" for key in twice((name.get("name"), name.get("localSheetId", ""))
                                                           for name in defined))
    for name in defined:
        sheet = int(name.get("localSheetId", 0))
        if sheet >= len(names):
            yield f"{name.get('name')} is one of sheet {sheet}"
        elif wrong := book.outside(name.text):
            yield f"{name.get('name')}: {wrong}"
    filters = {name.text.split("!")[1].replace("$", "") + name.get("localSheetId") for name in defined
               if name.get("name") == "_xlnm._FilterDatabase"}
    if filters != {sheet.root.find(MAIN + "autoFilter").get("ref") + str(i) for i, sheet in enumerate(book.sheets)
                   if sheet.root.find(MAIN + "autoFilter") is not None}:
        yield "the filters' names are not those of the filters"


def check_value(book, cell):
    """What is wrong with a cell's value, or None."""
    value = cell.findtext(MAIN + "v")
    text = None if cell.get("t") == "s" and int(value) >= len(book.strings) else book.text_of(cell)
    if text is not None and units(text) > CELL_UNITS_MAX:
        return f"holds {units(text)} characters"
    if cell.get("t", "n") == "n" and value is not None:
        if not re.fullmatch(r"-?\d+(\.\d+)?([eE][-+]?\d+)?", value) or not math.isfinite(float(value)):
            return f"holds the number {value}"
    return f"holds the truth {value}" if cell.get("t") == "b" and value not in ("0", "1") else None


def check_cells(book):
    for sheet in book.sheets:
        last_row = 0
        for row in sheet.root.iter(MAIN + "row"):
            if int(row.get("r")) <= last_row:
                yield f"{sheet.name}: row {row.get('r')} comes after row {last_row}"
            last_row, last_column = int(row.get("r")), 0
            for cell in row:
                column, number = box(cell.get("r"))[:2]
                if column <= last_column or number != last_row or not is_inside(box(cell.get("r")), sheet.box):
                    yield f"{sheet.name}!{cell.get('r')} stands where it must not"
                last_column = column
                if wrong := check_value(book, cell):
                    yield f"{sheet.name}!{cell.get('r')} {wrong}"


def check_merged(book):
    for sheet in book.sheets:
        boxes = [box(cell.get("ref")) for cell in sheet.root.iter(MAIN + "mergeCell")]
        taken = [(column, row) for first, top, last, bottom in boxes
                 for column in range(first, last + 1) for row in range(top, bottom + 1)]
        yield from (f"{sheet.name}: {place} is merged twice" for place in twice(taken))


def check_table(book, sheet, table):
    name = table.get("displayName")
    first, top, last, bottom = box(table.get("ref"))
    if not is_inside((first, top, last, bottom), sheet.box):
        yield f"{name} is outside of the sheet"
    if (sums := int(table.get("totalsRowCount", 0))) + 1 >= bottom - top + 1:
        yield f"{name} has no row of data"
    if box(table.find(MAIN + "autoFilter").get("ref")) != (first, top, last, bottom - sums):
        yield f"{name} has its filter elsewhere"
    columns = list(table.iter(MAIN + "tableColumn"))
    names = [decoded(column.get("name")) for column in columns]
    yield from (f"{name} has the column {id} twice" for id in twice(column.get("id") for column in columns))
    yield from (f"{name} has two columns {text}" for text in twice(text.casefold() for text in names))
    if names != [sheet.text(book, column, top) for column in range(first, last + 1)]:
        yield f"{name}'s columns are not what its headers say"
    for number, column in enumerate(columns, first):
        label = column.get("totalsRowLabel")
        if label is not None and decoded(label) != sheet.text(book, number, bottom):
            yield f"{name}'s sums are not labelled as they say"


def check_tables(book):
    tables = list(book.tables())
    for key in ("id", "displayName"):
        yield from (f"two tables have the {key} {value}" for value in twice(table.get(key).casefold()
                                                                            for _, table in tables))
    for sheet, table in tables:
        yield from check_table(book, sheet, table)
    for sheet in book.sheets:
        parts = len(list(sheet.root.iter(MAIN + "tablePart")))
        if parts != len([table for of, table in tables if of is sheet]):
            yield f"{sheet.name} has {parts} tables, and other relationships"
        if parts and sheet.root.find(MAIN + "autoFilter") is not None:
            yield f"{sheet.name} has a table and a filter beside it"


def check_drawings(book):
    for name, root in book.roots.items():
        yield from (f"{name} has two shapes {id}" for id in twice(shape.get("id") for shape in
                                                                  root.iter(DRAWING + "cNvPr")))
        yield from (f"{name}: {wrong}" for formula in root.iter(CHART + "f") if (wrong := book.outside(formula.text)))


RULES = (check_archive, check_relationships, check_counts, check_strings, check_styles, check_names, check_cells,
         check_merged, check_tables, check_drawings)


def findings(path):
    """What breaks a rule."""
    book = Book(path)
    return [finding for rule in RULES for finding in rule(book)]
