"""The weekly report as a Python programmer would write it: requests, pandas, XlsxWriter.

Usage: peer.py BASE_URL DIRECTORY
"""

import concurrent.futures
import datetime
import html
import json
import math
import pathlib
import sys

import pandas
import requests
import xlsxwriter

CONNECTIONS = 8
DAY_S = 86400
BOUNDS = [1, 7, 30, 90, 180, 365]
COLUMNS = ["id", "name", "email", "phone_number", "identifier", "company_name", "city", "country", "country_code",
           "availability_status", "blocked", "inboxes", "labels", "created_at", "last_activity_at", "telegram",
           "description", "github", "twitter", "facebook", "linkedin", "instagram", "thumbnail"]
TIMES = {"created_at", "last_activity_at"}
SOCIAL = ("github", "twitter", "facebook", "linkedin", "instagram")


def read_contacts(base_url):
    session = requests.Session()
    session.auth = ("sandbox-key", "sandbox-secret")
    session.mount("http://", requests.adapters.HTTPAdapter(pool_connections=1, pool_maxsize=CONNECTIONS))

    def read_page(number):
        answer = session.get(f"{base_url}/api/v2/accounts/contacts", timeout=60, params={
            "page": number, "sort": "created_at", "direction": "asc", "include_contact_inboxes": "true"})
        answer.raise_for_status()
        return answer.json()

    first = read_page(1)
    contacts = first["payload"]
    pages = math.ceil(first["meta"]["count"] / max(len(contacts), 1))
    with concurrent.futures.ThreadPoolExecutor(CONNECTIONS) as pool:
        for page in pool.map(read_page, range(2, pages + 1)):
            contacts += page["payload"]
    return contacts


def flatten(contact):
    """The contact as one row, with a list of its inboxes' ids beside it."""
    more = contact.get("additional_attributes") or {}
    social = more.get("social_profiles") or {}
    inboxes = {item["inbox"]["id"]: item["inbox"]["name"] for item in contact.get("contact_inboxes") or []}
    row = {key: contact.get(key) for key in ("id", "name", "email", "phone_number", "identifier",
                                             "availability_status", "blocked", "thumbnail", *TIMES)}
    row.update((key, more.get(key)) for key in ("company_name", "city", "country", "country_code", "telegram",
                                                "description"))
    row.update((key, social.get(key)) for key in SOCIAL)
    row["inboxes"] = "; ".join(inboxes.values())
    row["inbox_ids"] = list(inboxes)
    for key, value in (contact.get("custom_attributes") or {}).items():
        row[f"custom.{key}"] = json.dumps(value, ensure_ascii=False) if isinstance(value, (dict, list)) else value
    return row


def make_table(contacts):
    table = pandas.DataFrame([flatten(contact) for contact in contacts], dtype=object)
    table = table.drop_duplicates("id").sort_values("id")
    table["labels"] = None
    custom = sorted(column for column in table.columns if column.startswith("custom."))
    return table, COLUMNS + custom


def tally(table, inbox_names, as_of):
    """Each dimension's counts, by contacts and then by name; activity by age."""
    countries = table["country_code"].str.upper().fillna(table["country"]).replace("", None)
    companies = table["company_name"].str.strip().str.casefold().replace("", None)
    inboxes = table["inbox_ids"].explode().map(inbox_names)
    days = (as_of - pandas.to_numeric(table["last_activity_at"])) / DAY_S
    names = [f"<={bound}d" for bound in BOUNDS] + [f">{BOUNDS[-1]}d"]
    activity = pandas.cut(days, [-math.inf, *BOUNDS, math.inf], labels=names)
    activity = activity.cat.add_categories("never").fillna("never")
    return {
        "countries": countries.fillna("unknown").value_counts(),
        "companies": companies.fillna("no company").value_counts(),
        "inboxes": inboxes.fillna("no inbox").value_counts(),
        "activity": activity.value_counts(sort=False),
    }


def iso_time(seconds):
    return datetime.datetime.fromtimestamp(seconds, datetime.timezone.utc).isoformat() if seconds else None


def write_csv(folder, table, columns, tallies):
    rows = table[columns].copy()
    for column in TIMES:
        rows[column] = rows[column].map(iso_time, na_action="ignore")
    rows["blocked"] = rows["blocked"].map({True: "true", False: "false"})
    rows.to_csv(folder / "contacts.csv", index=False, lineterminator="\r\n")
    for name, counts in tallies.items():
        frame = pandas.DataFrame({"contacts": counts, "share": counts / max(len(table), 1)})
        frame.to_csv(folder / f"{name}.csv", index_label="name", lineterminator="\r\n")


def write_cell(sheet, row, column, name, value, time_format):
    if name in TIMES:
        day = datetime.datetime.utcfromtimestamp(value)
        sheet.write_datetime(row, column, day, time_format)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value)
    elif isinstance(value, (int, float)) and name != "id":
        sheet.write_number(row, column, value)
    else:
        sheet.write_string(row, column, str(value))


def write_workbook(folder, table, columns, tallies):
    # Rows go to the disk as they are written.
    workbook = xlsxwriter.Workbook(folder / "contacts.xlsx", {"constant_memory": True})
    bold = workbook.add_format({"bold": True})
    time_format = workbook.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"})
    for name, counts in tallies.items():
        sheet = workbook.add_worksheet(name.capitalize())
        sheet.write_row(0, 0, ["Name", "Contacts", "Share"], bold)
        for row, (group, contacts) in enumerate(counts.items(), 1):
            sheet.write_string(row, 0, str(group))
            sheet.write_number(row, 1, contacts)
            sheet.write_number(row, 2, contacts / max(len(table), 1))
    sheet = workbook.add_worksheet("Contacts")
    sheet.set_column(0, len(columns) - 1, 20)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, len(table), len(columns) - 1)
    sheet.write_row(0, 0, columns, bold)
    for row, values in enumerate(table[columns].itertuples(index=False, name=None), 1):
        for column, value in enumerate(values):
            if value is not None and value != "" and value == value:  # NaN is not itself
                write_cell(sheet, row, column, columns[column], value, time_format)
    workbook.close()


def write_page(folder, contacts, tallies):
    parts = [f"<!DOCTYPE html><meta charset=utf-8><title>Contacts</title><h1>{contacts:,} contacts</h1>"]
    for name, counts in tallies.items():
        shown = counts.head(20).rename("Contacts").to_frame()
        parts.append(f"<h2>{html.escape(name.capitalize())}</h2>{shown.to_html()}")
    (folder / "summary.html").write_text("\n".join(parts), encoding="utf-8")


def main():
    base_url, folder = sys.argv[1], pathlib.Path(sys.argv[2])
    folder.mkdir(parents=True)
    as_of = datetime.datetime.now().timestamp()
    contacts = read_contacts(base_url)
    inbox_names = {item["inbox"]["id"]: item["inbox"]["name"]
                   for contact in contacts for item in contact.get("contact_inboxes") or []}
    table, columns = make_table(contacts)
    tallies = tally(table, inbox_names, as_of)
    write_csv(folder, table, columns, tallies)
    write_workbook(folder, table, columns, tallies)
    write_page(folder, len(table), tallies)


main()
