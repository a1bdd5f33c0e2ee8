"""Runs the program again and again without what it needs, at one point after the other. Each run has to do its work as
ever, or to end with one message and leave nothing.

    run.py [--sample | --stride N] [--only COMMAND] memory|files|space

memory: one allocation fails (fail_alloc.c); every one in turn, or each N-th.
files:  the limit of open files grows from 3, in steps of 1.
space:  the limit of the address space grows, in steps of 2 MB: whatever the allocator is.

With --sample a few points of each. The programs are named by ROLLCALL_PROGRAM, ROLLCALL_SANDBOX and, for memory,
ROLLCALL_FAIL_ALLOC; memory needs rollcall-torture for the program. long.sh runs it all.
"""

import argparse
import collections
import contextlib
import os
import pathlib
import re
import resource
import sqlite3
import subprocess
import sys
import tempfile
import zipfile

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "cases"))
import harness  # noqa: E402

OUT_OF_MEMORY = "rollcall: out of memory\n"
CONTACTS = 300
FILES = range(3, 41)
FILES_SAMPLE = range(4, 13, 2)
SPACE_MB = range(30, 400, 2)
SPACE_MB_SAMPLE = range(64, 160, 24)


class Command:
    """One way to call the program."""

    def __init__(self, name, *arguments, may_keep=None):
        self.name = name
        self.arguments = arguments
        self.may_keep = may_keep  # a file that may stay behind, with those of SQLite: the same command goes on with it

    def run(self, place, limits=None, **environment):
        arguments = [str(argument).replace("PLACE", str(place)) for argument in self.arguments]
        environment = harness.clean_environment(
            place, ROLLCALL_API_KEY=harness.KEY, ROLLCALL_API_SECRET=harness.SECRET, **environment)
        # A limit of the address space is none of a sanitizer's; a limit of files is.
        return subprocess.run([harness.PROGRAM, *arguments], env=environment, cwd=place, preexec_fn=limits, text=True,
                              capture_output=True, stdin=subprocess.DEVNULL, timeout=harness.HANG_S)


def read_snapshot(path):
    """All but when and how it was fetched."""
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as database:
        return [line for line in database.iterdump()
                if not re.match('INSERT INTO "(fetch|fetch_pass|ledger|digest)"', line)]


def read_workbook(path):
    """The last sheet tells when it was made."""
    with zipfile.ZipFile(path) as book:
        sheets = [part.filename for part in book.infolist() if part.filename.startswith("xl/worksheets/sheet")]
        return {part.filename: part.CRC for part in book.infolist() if part.filename != max(sheets)}


def read_page(path):
    """Without times of day."""
    return re.sub(r"\d\d:\d\d", "", path.read_text(encoding="utf-8"))


def read_summary(path):
    """Neither the time, nor how often a request was made again."""
    return re.sub(r'"(generated_at|requests)": .*', "", path.read_text(encoding="utf-8"))


READERS = {".sqlite": read_snapshot, ".xlsx": read_workbook, ".html": read_page, ".json": read_summary}


def comparable(folder):
    """All files, but for what differs from run to run."""
    return {str(path.relative_to(folder)): READERS.get(path.suffix, pathlib.Path.read_bytes)(path)
            for path in folder.rglob("*") if path.is_file()}


def differing(found, reference):
    names = [name for name in sorted({*found, *reference}) if found.get(name) != reference.get(name)]
    return f"these differ: {names}" if names else None


class Torture:
    def __init__(self):
        self.runs = 0
        self.ended = collections.Counter()
        self.wrong = []

    def fault_of_what_is_left(self, command, place, reference):
        names = sorted(str(path.relative_to(place)) for path in place.rglob("*"))
        if not names:
            return None
        if not command.may_keep or any(not name.startswith(command.may_keep) for name in names):
            return f"it left {names}"
        self.ended[command.name, "kept"] += 1
        run = command.run(place)
        if run.returncode != 0:
            return f"with what it left the next one ends in {run.returncode}: {run.stderr!r}"
        return differing(comparable(place), reference)

    def judge(self, command, point, run, place, reference, may_fail_with):
        self.ended[command.name, f"exit code {run.returncode}"] += 1
        if run.returncode == 0:
            fault = differing(comparable(place), reference) or ("it says something" if run.stderr else None)
        else:
            fault = self.fault_of_what_is_left(command, place, reference) or may_fail_with(run)
        if fault:
            self.wrong.append(f"{command.name} at {point}: exit code {run.returncode}: {fault}: {run.stderr!r}")

    def at(self, command, points, reference, may_fail_with, **options):
        for point in points:
            with tempfile.TemporaryDirectory(prefix="rollcall-torture-") as folder:
                place = pathlib.Path(folder).resolve()
                how = {name: make(point) for name, make in options.items()}
                self.runs += 1
                try:
                    run = command.run(place, **how)
                except subprocess.TimeoutExpired:
                    self.wrong.append(f"{command.name} at {point}: hangs")
                    continue
                self.judge(command, point, run, place, reference, may_fail_with)


def only_out_of_memory(run):
    return None if run.returncode == 1 and run.stderr == OUT_OF_MEMORY else "not the one message"


def one_message(run):
    """A line of what failed, and perhaps one of what helps."""
    lines = run.stderr.splitlines()
    well = (run.returncode in (1, 4, 6) and len(lines) in (1, 2) and lines[0].startswith("rollcall: ")
            and all(line.startswith("hint: ") for line in lines[1:]))
    return None if well else "not one message"


def before_the_program(run):
    """The loader itself needs files and memory, and says so."""
    return run.returncode == 127 and "error while loading shared libraries" in run.stderr


def unless_not_loaded(judge):
    return lambda run: None if before_the_program(run) else judge(run)


def limit(kind, value):
    return lambda: resource.setrlimit(kind, (value, value))


def count_allocations(command):
    with tempfile.TemporaryDirectory(prefix="rollcall-torture-") as folder:
        place = pathlib.Path(folder).resolve()
        counted = place.parent / (place.name + ".count")
        command.run(place, LD_PRELOAD=os.environ["ROLLCALL_FAIL_ALLOC"], FAIL_ALLOC_COUNT=str(counted))
        count = int(counted.read_text())
        counted.unlink()
        return count


def points_of_memory(command, arguments):
    count = count_allocations(command)
    if count < 1000:
        raise RuntimeError(f"{command.name}: only {count} allocations were counted")
    if not arguments.sample:
        return range(1, count + 1, arguments.stride)
    # From all over, and more of the last, where the outputs are put in place, and of those that make the file that is kept.
    first = range(1000, 2500, 100) if command.may_keep else ()
    return sorted({*range(1, count + 1, count // 12), *first, *range(count - 60, count + 1, 8)})


def torture(kind, command, reference, arguments, torture_):
    if kind == "memory":
        library = os.environ["ROLLCALL_FAIL_ALLOC"]
        torture_.at(command, points_of_memory(command, arguments), reference, only_out_of_memory,
                    LD_PRELOAD=lambda _: library, FAIL_ALLOC=str)
    elif kind == "files":
        torture_.at(command, FILES_SAMPLE if arguments.sample else FILES, reference, unless_not_loaded(one_message),
                    limits=lambda point: limit(resource.RLIMIT_NOFILE, point))
    else:
        torture_.at(command, SPACE_MB_SAMPLE if arguments.sample else SPACE_MB, reference, unless_not_loaded(one_message),
                    limits=lambda point: limit(resource.RLIMIT_AS, point << 20))


def commands(url, snapshot):
    api = ("--base-url", url, "--quiet", "--patience", "0")
    return [
        Command("report", "report", *api, "-o", "PLACE/new/out", "--as-of", harness.AS_OF),
        Command("report --from", "report", "--from", snapshot, "--quiet", "-o", "PLACE/new/out", "--as-of",
                harness.AS_OF),
        Command("fetch", "fetch", *api, "-o", "PLACE/out.sqlite"),
        Command("fetch --resume", "fetch", *api, "-o", "PLACE/out.sqlite", "--resume",
                may_keep="out.sqlite.partial"),
        Command("check", "check", "--base-url", url),
    ]


def reference_of(command):
    with tempfile.TemporaryDirectory(prefix="rollcall-torture-") as folder:
        place = pathlib.Path(folder).resolve()
        run = command.run(place)
        if run.returncode != 0:
            raise RuntimeError(f"{command.name} fails by itself: {run.stderr}")
        return comparable(place)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("kind", choices=("memory", "files", "space"))
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--stride", type=int, default=1)
    parser.add_argument("--only", help="one command")
    arguments = parser.parse_args()
    torture_ = Torture()
    with harness.Server("--contacts", CONTACTS) as server, harness.snapshot_of(server) as snapshot:
        for command in commands(server.url, snapshot):
            if arguments.only in (None, command.name):
                torture(arguments.kind, command, reference_of(command), arguments, torture_)
    for (name, how), times in sorted(torture_.ended.items()):
        print(f"{name}: {how}: {times} times")
    print(*torture_.wrong, sep="\n")
    print(f"{torture_.runs} runs, {len(torture_.wrong)} of them wrong")
    return 1 if torture_.wrong or torture_.runs == 0 else 0


sys.exit(main())
