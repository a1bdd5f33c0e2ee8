"""Runs programs and notes what each run took."""

import csv
import os
import pathlib
import shutil
import statistics
import subprocess
import sys

LAUNCH = pathlib.Path(__file__).resolve().parent / "launch.py"
# Without proxies: the servers are on this machine.
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
ENVIRONMENT.update(ROLLCALL_API_KEY="sandbox-key", ROLLCALL_API_SECRET="sandbox-secret")


class Contestant:
    """A program to be measured: its name, its command, and the folder that a run of it makes, if any."""

    def __init__(self, name, command, out=None, stdout=None):
        self.name = name
        self.command = [str(part) for part in command]
        self.out = out
        self.stdout = stdout


def run_once(contestant):
    """Wall seconds, CPU seconds and peak resident KiB of one run."""
    if contestant.out:
        shutil.rmtree(contestant.out, ignore_errors=True)
    command = ["sh", "-c", 'exec "$@" 3>&1 1>"$0"', contestant.stdout or os.devnull,
               "/usr/bin/python3", "-IS", LAUNCH, *contestant.command]
    told = subprocess.run(command, env=ENVIRONMENT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True).stdout
    code, wall, cpu, peak = told.split()
    if int(code) != 0:
        sys.exit(f"{contestant.name} ended with {int(code)}: {' '.join(contestant.command)}")
    return {"wall_s": float(wall), "cpu_s": float(cpu), "peak_kib": int(peak)}


def medians(runs):
    return {key: statistics.median(run[key] for run in runs) for key in runs[0]} | {"runs": runs}


def run_rounds(contestants, rounds, check=None):
    """All of them in turn, round by round, so that what else the machine does meets each alike."""
    runs = {contestant.name: [] for contestant in contestants}
    for number in range(1, rounds + 1):
        for contestant in contestants:
            run = run_once(contestant)
            runs[contestant.name].append(run)
            print(f"round {number} of {rounds}: {contestant.name}: {run['wall_s']:.2f} s", file=sys.stderr, flush=True)
            if check and number == 1:
                check(contestant)
    return {name: medians(of_one) for name, of_one in runs.items()}


def read_contacts_csv(folder):
    """Its header and the ids in it."""
    with open(folder / "contacts.csv", encoding="utf-8", newline="") as file:
        rows = csv.reader(file)
        return next(rows), [row[0] for row in rows]


class SameWork:
    """Ends the run unless all that write contacts.csv write the same contacts in the same columns."""

    def __init__(self, contacts):
        self.contacts = contacts
        self.first = None

    def __call__(self, contestant):
        if not contestant.out:
            return
        found = read_contacts_csv(contestant.out)
        if len(found[1]) != self.contacts:
            sys.exit(f"{contestant.name} wrote {len(found[1])} contacts, not {self.contacts}")
        self.first = self.first or found
        if found != self.first:
            sys.exit(f"{contestant.name} wrote other columns or contacts than those before it")
