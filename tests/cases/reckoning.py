"""The numbers of a report, computed independently: from the contacts as the API returns them and the meanings in the
contract, with Python's own Unicode tables and none of the program's code."""

import collections
import re
import unicodedata

BLANKS = re.compile("[\t-\r \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")

# Only the countries that occur in the data: add a new one here by hand.
NAMES = {
    "AE": "United Arab Emirates", "AT": "Austria", "BR": "Brazil", "CH": "Switzerland", "CI": "Côte d’Ivoire",
    "CN": "China", "DE": "Germany", "EG": "Egypt", "ES": "Spain", "FR": "France", "GB": "United Kingdom",
    "HK": "Hong Kong SAR China", "IN": "India", "JP": "Japan", "KR": "South Korea", "MX": "Mexico", "PL": "Poland",
    "RU": "Russia", "SA": "Saudi Arabia", "SG": "Singapore", "TR": "Turkey", "TW": "Taiwan", "US": "United States",
    "VN": "Vietnam",
}

# Texts that mean one of them, in the report's languages: English, Chinese, Japanese, German, French, Spanish.
TEXTS = {
    "usa": "US", "us": "US", "united states": "US", "united states of america": "US", "美国": "US",
    "china": "CN", "中国": "CN", "cn": "CN", "prc": "CN", "germany": "DE", "deutschland": "DE", "de": "DE",
    "japan": "JP", "日本": "JP", "jp": "JP", "uk": "GB", "united kingdom": "GB", "great britain": "GB", "gb": "GB",
    "france": "FR", "fr": "FR", "india": "IN", "in": "IN", "brazil": "BR", "brasil": "BR", "br": "BR",
    "spain": "ES", "españa": "ES", "es": "ES", "singapore": "SG", "新加坡": "SG", "sg": "SG", "saudi arabia": "SA",
    "香港": "HK", "hong kong": "HK", "台灣": "TW", "taiwan": "TW", "méxico": "MX", "mexico": "MX", "schweiz": "CH",
    "österreich": "AT", "russia": "RU", "vietnam": "VN", "turkey": "TR", "türkiye": "TR", "egypt": "EG",
    "united arab emirates": "AE", "south korea": "KR", "poland": "PL", "switzerland": "CH", "austria": "AT",
    "대한민국": "KR", "ivory coast": "CI", "côte d'ivoire": "CI",
}


def spelling(text):
    return BLANKS.sub(" ", text or "").strip(" ")


def key(text):
    return unicodedata.normalize("NFKC", spelling(text)).casefold()


def attributes(contact):
    return contact.get("additional_attributes") or {}


def country_of(contact):
    """The code and name; a text without code; or neither."""
    told = attributes(contact)
    code = spelling(told.get("country_code")).upper()
    if code not in NAMES:
        code = TEXTS.get(key(told.get("country")))
    if code:
        return code, NAMES[code]
    return None, spelling(told.get("country")) or None


def tally_of_texts(texts):
    """Counts by key, each shown in its most frequent spelling, the smallest in byte order among equals."""
    spellings = collections.defaultdict(collections.Counter)
    for text in texts:
        spellings[key(text)][spelling(text)] += 1
    shown = {}
    for counts in spellings.values():
        best = min(counts, key=lambda text: (-counts[text], text.encode()))
        shown[best or None] = sum(counts.values())
    return shown


def countries(contacts):
    found = [country_of(contact) for contact in contacts]
    by_code = collections.Counter((code, name) for code, name in found if code)
    others = tally_of_texts(name or "" for code, name in found if not code)
    return {**by_code, **{(None, name): count for name, count in others.items()}}


def companies(contacts):
    return tally_of_texts(attributes(contact).get("company_name") or "" for contact in contacts)


def inboxes(contacts):
    counts = collections.Counter()
    for contact in contacts:
        told = {(item["inbox"]["id"], item["inbox"]["name"], item["inbox"]["channel_type"])
                for item in contact.get("contact_inboxes") or []}
        counts.update(told or {(None, None, None)})
    return dict(counts)


def activity(contacts, as_of, bounds=(1, 7, 30, 90, 180, 365)):
    names = [f"<={days}d" for days in bounds] + [f">{bounds[-1]}d", "never"]
    counts = dict.fromkeys(names, 0)
    for contact in contacts:
        last = int(contact.get("last_activity_at") or 0)
        place = sum(as_of - last > days * 86400 for days in bounds) if last else len(bounds) + 1
        counts[names[place]] += 1
    return counts


def totals(contacts):
    return {
        "contacts": len(contacts),
        "blocked": sum(str(contact.get("blocked")).lower() == "true" for contact in contacts),
        "with_email": sum(bool(spelling(contact.get("email"))) for contact in contacts),
        "with_phone": sum(bool(spelling(contact.get("phone_number"))) for contact in contacts),
    }


def custom_keys(contacts):
    return sorted({name for contact in contacts for name in contact.get("custom_attributes") or {}})


def guarded(text):
    """A text as a CSV file has it, guarded so that no spreadsheet reads it as a formula."""
    suspect = (text or "").startswith(("=", "+", "-", "@", "\t", "\r", "\n"))
    return "'" + text if suspect and not re.fullmatch(r"\+[1-9]\d{1,14}", text) else text or ""
