"""Measures rollcall beside other ways to the same report. run.sh builds and installs what this needs."""

import argparse
import datetime
import json
import os
import pathlib
import platform
import signal
import subprocess
import sys

import measure
import pages
import servers
import tables
from measure import Contestant

HERE = pathlib.Path(__file__).resolve().parent
BUILD = HERE.parent.parent / "build"
FOLDER = BUILD / "bench"
ROLLCALL = BUILD / "release" / "rollcall"
SANDBOX = BUILD / "release" / "tests" / "sandbox" / "rollcall-sandbox"
CONNECTIONS = 8
LATENCY_MS = 100
LARGE = 1_000_000
REPORT = "rollcall"
FROM_SNAPSHOT = "rollcall report --from"

# What contacts.csv holds, as SQL: the rows that `report --from` reads.
DUMP = """SELECT id, name, email, phone_number, identifier, company_name, city, country, country_code,
availability_status, blocked, (SELECT group_concat(name, '; ') FROM contact_inbox JOIN inbox ON inbox.id = inbox_id
WHERE contact_id = contact.id), created_at, last_activity_at, telegram, description, github, twitter, facebook,
linkedin, instagram, thumbnail, custom FROM contact ORDER BY id"""


def read_arguments():
    parser = argparse.ArgumentParser(prog="tests/bench/run.sh", description=__doc__)
    parser.add_argument("--rounds", type=int, default=5, metavar="N", help="how often each program runs (%(default)s)")
    parser.add_argument("--contacts", type=int, default=100_000, metavar="N",
                        help="of the account that the programs are compared by (%(default)s)")
    parser.add_argument("--quick", action="store_true", help="10,000 contacts and one round, to try it")
    parser.add_argument("--large", action="store_true", help="the curve goes on to 1,000,000 contacts")
    parser.add_argument("--baseline", type=pathlib.Path, metavar="FILE",
                        help="tell the change since an earlier figures.json")
    arguments = parser.parse_args()
    if arguments.quick:
        arguments.contacts, arguments.rounds = 10_000, 1
    return arguments


def first_match(path, key):
    """What follows `key` and a separator in a file of such lines; "unknown" if nothing does."""
    for line in pathlib.Path(path).read_text(encoding="utf-8").splitlines():
        if line.startswith(key):
            return line[len(key):].strip(" \t:=\"")
    return "unknown"


def machine():
    return {
        "cpu": first_match("/proc/cpuinfo", "model name"),
        "cores": os.cpu_count(),
        "kernel": platform.release(),
        "system": first_match("/etc/os-release", "PRETTY_NAME"),
        "rollcall": subprocess.run([ROLLCALL, "--version"], check=True, capture_output=True, text=True).stdout.strip(),
    }


def report(name, *options, out="report"):
    folder = FOLDER / "out" / out
    return Contestant(name, [ROLLCALL, "report", "--quiet", "-o", folder, *options], folder)


def download(name, url, contacts, *options):
    """Nothing but the pages: the least that anything can take."""
    return Contestant(name, ["curl", "--no-progress-meter", "--fail", "--parallel", "--parallel-max", CONNECTIONS, *options,
                             "--output", os.devnull,
                             f"{url}/api/v2/accounts/contacts?page=[1-{pages.page_count(contacts)}]"])


def peer(name, *command, url):
    folder = FOLDER / "out" / "peer"
    return Contestant(name, [*command, url, folder], folder)


def compare(arguments):
    """rollcall, the mere download, and the peers."""
    data = pages.make_pages(SANDBOX, FOLDER, arguments.contacts)
    with servers.Nginx(FOLDER, data) as nginx:
        contestants = [
            report(REPORT, "--base-url", nginx.url, "--connections", CONNECTIONS),
            download("curl, pages only", nginx.url, arguments.contacts, "--http1.1"),
            peer("Python: requests, pandas, XlsxWriter", "/usr/bin/python3", HERE / "peers" / "peer.py", url=nginx.url),
            peer("Node.js: fetch, exceljs", "node", HERE / "peers" / "peer.mjs", url=nginx.url),
            report("rollcall, TLS and HTTP/2", "--base-url", nginx.tls_url, "--connections", CONNECTIONS,
                   "--cacert", nginx.certificate),
            download("curl, pages only, TLS and HTTP/2", nginx.tls_url, arguments.contacts, "--http2",
                     "--cacert", nginx.certificate),
        ]
        return measure.run_rounds(contestants, arguments.rounds, measure.SameWork(arguments.contacts))


def measure_sizes(arguments, compared):
    """Whole reports of accounts of several sizes; of the largest no more than three."""
    sizes = {1_000, 10_000, *([] if arguments.quick else [100_000]), *([LARGE] if arguments.large else [])}
    figures = {}
    for contacts in sorted(sizes):
        if contacts == arguments.contacts:
            figures[str(contacts)] = compared
            continue
        data = pages.make_pages(SANDBOX, FOLDER, contacts)
        with servers.Nginx(FOLDER, data) as nginx:
            contestant = report(f"{contacts:,} contacts", "--base-url", nginx.url, "--connections", CONNECTIONS)
            rounds = min(arguments.rounds, 3) if contacts == LARGE else arguments.rounds
            figures[str(contacts)] = measure.run_rounds([contestant], rounds)[contestant.name]
    return figures


def measure_latency(arguments):
    """A fetch from a server that takes its time, beside curl that asks it for the same pages: what the wire takes."""
    contacts = 1_000 if arguments.quick else 30_000
    out = FOLDER / "out" / "latency"
    out.mkdir(parents=True, exist_ok=True)
    options = ("--contacts", contacts, "--seed", 1, "--page-size-mode", "ignore", "--latency", LATENCY_MS)
    with servers.sandbox(SANDBOX, *options) as url:
        fetch = Contestant("rollcall fetch", [ROLLCALL, "fetch", "--quiet", "--base-url", url, "--connections",
                                              CONNECTIONS, "-o", out / "snapshot.sqlite"])
        # These credentials are no secret: they are the sandbox's own.
        wire = download("curl, pages only", url, contacts, "--http1.1", "--user", "sandbox-key:sandbox-secret")
        figures = measure.run_rounds([fetch, wire], min(arguments.rounds, 3))
    return {"pages": pages.page_count(contacts), "latency_ms": LATENCY_MS, "connections": CONNECTIONS,
            "wire_s": figures[wire.name]["wall_s"]} | figures[fetch.name]


def measure_snapshot(contacts, rounds):
    """All outputs from a snapshot that is there, beside SQLite's own way of printing its rows."""
    snapshot = FOLDER / "out" / "snapshot.sqlite"
    data = pages.make_pages(SANDBOX, FOLDER, contacts)
    with servers.Nginx(FOLDER, data) as nginx:
        subprocess.run([ROLLCALL, "fetch", "--quiet", "--base-url", nginx.url, "-o", snapshot], check=True,
                       env=measure.ENVIRONMENT)
    return measure.run_rounds([
        report(FROM_SNAPSHOT, "--from", snapshot, out="again"),
        Contestant("sqlite3 -csv", ["sqlite3", "-csv", "-header", snapshot, DUMP], stdout=FOLDER / "out" / "dump.csv"),
    ], rounds)


def measure_snapshots(arguments):
    """By the number of contacts; of the largest once only."""
    sizes = {arguments.contacts: arguments.rounds}
    if arguments.large:
        sizes[LARGE] = 1
    return {str(contacts): measure_snapshot(contacts, rounds) for contacts, rounds in sizes.items()}


def tell(arguments, figures, baseline):
    about = figures["machine"]
    print(f"\n{figures['date']}; {about['cpu']}, {about['cores']} cores, Linux {about['kernel']}, {about['system']}; "
          f"{about['rollcall']}; medians of {arguments.rounds} rounds\n")
    print(f"### {arguments.contacts:,} contacts, {pages.page_count(arguments.contacts):,} pages, "
          f"{CONNECTIONS} connections\n")
    print(tables.comparison(figures["comparison"], REPORT))
    print("\n### Time and memory against size\n")
    print(tables.curve(figures["curve"]))
    print("\n### A server that takes its time\n")
    print(tables.latency(figures["latency"]))
    for contacts, measured in figures["snapshots"].items():
        print(f"\n### From a snapshot of {int(contacts):,} contacts\n")
        print(tables.comparison(measured, FROM_SNAPSHOT))
    if baseline:
        print(f"\n### Since {baseline['date']}\n")
        print(tables.against(baseline, figures))
    print(f"\nfigures: {FOLDER / 'figures.json'}, curve: {FOLDER / 'curve.svg'}")


def main():
    arguments = read_arguments()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the servers end with this program
    # Read first: it may be the file that is written at the end.
    baseline = json.loads(arguments.baseline.read_text(encoding="utf-8")) if arguments.baseline else None
    if baseline and baseline["contacts"] != arguments.contacts:
        sys.exit(f"{arguments.baseline}: of {baseline['contacts']:,} contacts, not {arguments.contacts:,}")
    (FOLDER / "out").mkdir(parents=True, exist_ok=True)
    figures = {"date": datetime.datetime.now().astimezone().isoformat(timespec="seconds"), "machine": machine(),
               "contacts": arguments.contacts, "rounds": arguments.rounds}
    figures["comparison"] = compare(arguments)
    figures["curve"] = measure_sizes(arguments, figures["comparison"][REPORT])
    figures["latency"] = measure_latency(arguments)
    figures["snapshots"] = measure_snapshots(arguments)
    (FOLDER / "figures.json").write_text(json.dumps(figures, indent=2) + "\n", encoding="utf-8")
    (FOLDER / "curve.svg").write_text(tables.drawing(figures["curve"]), encoding="utf-8")
    tell(arguments, figures, baseline)


main()
