"""Looks for credentials, in every encoding, in every byte that a program has left."""

import base64
import html
import io
import json
import pathlib
import re
import sqlite3
import urllib.parse
import zipfile

PIECE = 7  # this many successive bytes of a key or secret are too many


def base64_cores(data):
    """The base64 characters that depend on `data` alone, for each position in a group of three bytes."""
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + data).decode()
        yield encoded[-(-before * 8 // 6):(before + len(data)) * 8 // 6]


def small_hex(text):
    """As libcurl encodes."""
    return re.sub("%[0-9A-F]{2}", lambda found: found[0].lower(), text)


def forms_of(text):
    """The text itself and its encodings in URLs, JSON, HTML and base64."""
    quoted = urllib.parse.quote(text, safe="")
    everything = "".join(f"%{byte:02X}" for byte in text.encode())
    forms = {text, quoted, everything, urllib.parse.quote_plus(text), urllib.parse.quote(quoted, safe=""),
             urllib.parse.quote(text), json.dumps(text)[1:-1], json.dumps(text, ensure_ascii=False)[1:-1],
             json.dumps(text)[1:-1].replace("/", "\\/"), html.escape(text),
             "".join(c for c in text if " " <= c <= "~")}
    forms |= {small_hex(form) for form in forms}
    for core in base64_cores(text.encode()):
        forms |= {core, core.replace("+", "-").replace("/", "_"), urllib.parse.quote(core, safe="")}
    return {form.encode() for form in forms}


def needles_of(key, secret):
    needles = forms_of(key) | forms_of(secret) | forms_of(f"{key}:{secret}")
    for text in (key.encode(), secret.encode()):
        for piece in (text[at:at + PIECE] for at in range(len(text) - PIECE + 1)):
            needles.add(piece)
            needles |= {core.encode() for core in base64_cores(piece)}
    return needles


def inside(name, data):
    """The data, and everything packed into it."""
    yield name, data
    if data.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for member in archive.infolist():
                yield from inside(f"{name}:{member.filename}", archive.read(member))
                yield f"{name}:{member.filename}'s name", member.filename.encode()


def rows_of(path):
    """Everything a reader of the database sees, including its write-ahead log."""
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return "\n".join(database.iterdump()).encode("utf-8", "surrogateescape")
    finally:
        database.close()


def all_in(folder):
    """Every file below the folder, its name, and everything packed into it."""
    files = [path for path in sorted(pathlib.Path(folder).rglob("*")) if path.is_file()]
    for path in files:
        yield f"{path}'s name", str(path).encode()
        yield from inside(str(path), path.read_bytes())
    for path in files:  # last, as reading a database may change the files beside it
        if path.exists() and path.read_bytes().startswith(b"SQLite format 3"):
            yield f"{path}'s rows", rows_of(path)


def found_in(pieces, needles):
    """The names of the pieces that hold any of the needles, and those needles."""
    return [(name, sorted(needle for needle in needles if needle in data)) for name, data in pieces
            if any(needle in data for needle in needles)]
