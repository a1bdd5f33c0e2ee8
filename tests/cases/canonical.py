"""A snapshot's canonical form and digest as docs/snapshot.md defines them, read with Python's sqlite3 instead of the
program's own reader."""

import hashlib
import json
import sqlite3

TEXTS = ("name", "email", "phone_number", "identifier", "thumbnail", "availability_status", "city", "country",
         "country_code", "company_name", "telegram", "description", "github", "twitter", "facebook", "linkedin", "instagram")
RECORD = ("fetch", "fetch_label", "fetch_pass", "ledger", "warning", "inbox", "custom_key")


def text(value):
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def members(pairs):
    """The object of the members with a value. Bytes are already JSON."""
    return "{" + ",".join(f'"{name}":{value.decode() if isinstance(value, bytes) else text(value)}'
                          for name, value in pairs if value is not None) + "}"


def as_json(value):
    return None if value is None else value.encode()


def inbox_of(row):
    return members([("id", row["inbox_id"]), ("name", row["name"]), ("channel_type", row["channel_type"]),
                    ("source_id", row["source_id"]), ("inbox_extra", as_json(row["inbox_extra"])),
                    ("extra", as_json(row["extra"]))])


def lines(database):
    database.row_factory = sqlite3.Row
    inboxes = {}
    for row in database.execute("SELECT contact_id, inbox_id, source_id, contact_inbox.extra AS extra, name, channel_type,"
                                " inbox.extra AS inbox_extra FROM contact_inbox LEFT JOIN inbox ON inbox.id = inbox_id"
                                " ORDER BY contact_id, position"):
        inboxes.setdefault(row["contact_id"], []).append(inbox_of(row))
    for row in database.execute("SELECT * FROM contact ORDER BY id"):
        own = inboxes.get(row["id"])
        yield members([("id", row["id"]), *((name, row[name]) for name in TEXTS), ("blocked", bool(row["blocked"])),
                       ("created_at", row["created_at"]), ("last_activity_at", row["last_activity_at"]),
                       ("custom_attributes", as_json(row["custom"])), ("extra", as_json(row["extra"])),
                       ("inboxes", f"[{','.join(own)}]".encode() if own else None)]) + "\n"


def digest(database):
    """The two sums, in hexadecimal digits."""
    contacts = hashlib.sha256("".join(lines(database)).encode())
    record = hashlib.sha256()
    for table in RECORD:
        order = {"fetch_label": "rowid", "fetch_pass": "pass", "warning": "name", "inbox": "id", "custom_key": "key"}.get(table)
        for row in database.execute(f"SELECT * FROM {table}" + (f" ORDER BY {order}" if order else "")):
            record.update(f"{text([table, *row])}\n".encode())
    return contacts.hexdigest(), record.hexdigest()


def store(database):
    """Stores the digest of what is in the file by now, as one could who means to deceive."""
    database.execute("UPDATE digest SET contacts = ?, record = ?", digest(database))
