"""The pages of made-up accounts as static files: what the sandbox would answer, cut from its dump."""

import math
import shutil
import subprocess

PAGE_SIZE = 15


def page_count(contacts):
    return math.ceil(contacts / PAGE_SIZE)


def without_labels(line):
    """A line of the dump as the API sends it: `_labels` is its last member."""
    return line[:line.rindex(b',"_labels":')] + b"}"


def body(contacts, number, records):
    meta = b'{"count":%d,"current_page":"%d"}' % (contacts, number)
    return b'{"meta":' + meta + b',"payload":[' + b",".join(records) + b"]}"


def write_pages(folder, contacts, lines):
    number = 0
    records = []
    for line in lines:
        records.append(without_labels(line))
        if len(records) == PAGE_SIZE:
            number += 1
            (folder / f"page-{number}.json").write_bytes(body(contacts, number, records))
            records = []
    if records:
        number += 1
        (folder / f"page-{number}.json").write_bytes(body(contacts, number, records))
    (folder / "empty.json").write_bytes(body(contacts, number + 1, []))
    if number != page_count(contacts):
        raise SystemExit(f"the sandbox dumped {number} pages, not {page_count(contacts)}")


def make_pages(sandbox, folder, contacts):
    """The folder with the pages of an account of that size; made unless it is there."""
    pages = folder / f"pages-{contacts}"
    if pages.is_dir():
        return pages
    print(f"making the pages of {contacts:,} contacts in {pages}", flush=True)
    unfinished = folder / f"pages-{contacts}.unfinished"
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    dump = subprocess.Popen([sandbox, "--contacts", str(contacts), "--seed", "1", "--dump"], stdout=subprocess.PIPE)
    write_pages(unfinished, contacts, dump.stdout)
    if dump.wait() != 0:
        raise SystemExit("the sandbox could not dump its contacts")
    unfinished.rename(pages)
    return pages
