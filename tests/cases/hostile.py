"""Contacts with texts that a spreadsheet could misread, in every field that outputs show."""

import json

import harness

CONTACTS = harness.CASES / "golden" / "contacts.ndjson"

TEXTS = (
    "=1+1", "@SUM(A1)", "\u0000\u0001\u0008\u000b\u001f\u007f", "\ufffe\uffff", "\ud83d", "\udc00x", "_x0041_",
    "_x005F_x0041_", "_xD83D_", "_x000d", "\r", "line\r\nline\tTAB\n", " spaces ", "  ", "<b>&amp;\"'</b>", "]]>",
    "<![CDATA[", "&#1;", "\u202eevil\u202c \u05e9\u05dc\u05d5\u05dd \u0645\u062d\u0645\u062f", "Z\u0351\u0343a\u0489",
    "👩‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿", "\u2028\u2029\u0085\u00a0", "[a]#'@", "O'Brien!A1", "#REF!", "TRUE", "1e5", "00123", "1/2",
)
LONG = ("x" * 40000, "😀" * 20000, "a" + "😀" * 20000, "\u0001" * 40000, "_x0041_" * 8000, "\n" * 40000)


def contact_of(number, text):
    return {
        "id": number, "name": text, "email": f"{number}@example.com", "phone_number": text, "identifier": text,
        "additional_attributes": {"company_name": text, "city": text, "country": text, "description": text},
        "custom_attributes": {"text": text, text[:100]: text},
        "contact_inboxes": [{"source_id": text, "inbox": {"id": number, "name": text, "channel_type": text}}],
        "_labels": [text],
    }


def write_contacts(path):
    """The contacts of golden/, and these."""
    contacts = [contact_of(number, text) for number, text in enumerate(TEXTS, 5001)]
    contacts += [{"id": number, "name": "long", "email": text, "custom_attributes": {"text": text}}
                 for number, text in enumerate(LONG, 6001)]
    lines = [json.dumps(contact) for contact in contacts]
    path.write_text(CONTACTS.read_text(encoding="utf-8") + "\n".join(lines) + "\n", encoding="utf-8")
    return path
