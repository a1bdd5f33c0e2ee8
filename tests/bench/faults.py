"""How long a fetch takes when its server fails, and how many requests are refused. Each scenario has a bound that must be met.

Usage: faults.py [--only TEXT] [--rounds N]. Needs the release build with its sandbox:
cmake --preset release -DROLLCALL_SANDBOX=ON && cmake --build --preset release
"""

import argparse
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

BUILD = pathlib.Path(__file__).resolve().parent.parent.parent / "build" / "release"
ROLLCALL = os.environ.get("ROLLCALL_PROGRAM", BUILD / "rollcall")
SANDBOX = os.environ.get("ROLLCALL_SANDBOX", BUILD / "tests" / "sandbox" / "rollcall-sandbox")
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
ENVIRONMENT.update(ROLLCALL_API_KEY="sandbox-key", ROLLCALL_API_SECRET="sandbox-secret")
PAGE = 15  # contacts
REFUSALS = ("429", "503")
ONCE = ("status 500", "status 503 retry-after=1", "status 429 retry-after=date+2", "reset")


class Scenario:
    """A server, and what a fetch from it must keep to: seconds, and percent of the requests refused."""

    def __init__(self, what, pages, *options, seconds, refused=None, arguments=(), code=0):
        self.what = what
        self.pages = pages
        self.options = options
        self.seconds = seconds
        self.refused = refused
        self.arguments = arguments
        self.code = code


def rules(*faults):
    return [part for fault in faults for part in ("--fault", fault)]


def fail_once(pages, places):
    """Of each nine pages those at four places fail once, each in another way."""
    return rules(*(f"page={page} times=1: {ONCE[places.index(page % 9)]}"
                   for page in range(1, pages + 1) if page % 9 in places))


SCENARIOS = (
    Scenario("nothing fails", 200, seconds=2),
    Scenario("4 of 9 pages fail once, apart", 200, *fail_once(200, (1, 3, 5, 7)), seconds=20),
    Scenario("4 of 9 pages fail once, in a row", 200, *fail_once(200, (4, 5, 6, 7)), seconds=20),
    Scenario("5 % 503", 400, *rules("chance=5: status 503"), seconds=3),
    Scenario("5 % 503", 1000, *rules("chance=5: status 503"), seconds=8),
    Scenario("5 % 503, 100 ms", 400, "--latency", "100", *rules("chance=5: status 503"), seconds=9),
    Scenario("503 from second 1 to 31, 100 ms", 200, "--latency", "100",
             *rules("from-ms=1000 until-ms=31000: status 503"), seconds=40),
    Scenario("502 from the start to second 31, 100 ms", 200, "--latency", "100", *rules("until-ms=31000: status 502"),
             seconds=40),
    Scenario("never an answer, --timeout 5, --patience 12", 200, *rules("always: stall 600000"), seconds=17.5,
             arguments=("--timeout", "5", "--patience", "12"), code=4),
    Scenario("40/s, sliding window", 200, "--rate", "40", seconds=5.8, refused=5),
    Scenario("40/s, fixed window", 200, "--rate", "40", "--rate-window", "fixed", seconds=5.8, refused=5),
    Scenario("40/s and 5 % 503", 400, "--rate", "40", *rules("chance=5: status 503"), seconds=14, refused=10),
)


def read_once(scenario, seed, folder):
    """Seconds, requests, and how many of them were refused. The seed draws the requests that fail by chance."""
    log = folder / "log"
    options = [option.replace("chance=", f"seed={seed} chance=") for option in scenario.options]
    server = subprocess.Popen([SANDBOX, "--end-with-stdin", "--contacts", str(scenario.pages * PAGE), "--log", log,
                               *options], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    url = server.stdout.readline().strip()
    began = time.monotonic()
    run = subprocess.run([ROLLCALL, "fetch", "--base-url", url, "-o", folder / "snapshot.sqlite", "--quiet",
                          *scenario.arguments],
                         env=ENVIRONMENT, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    seconds = time.monotonic() - began
    server.terminate()
    server.wait()
    if run.returncode != scenario.code:
        print(run.stderr, end="", file=sys.stderr)
        return None
    answers = [line.split()[2] for line in log.read_text(encoding="utf-8").splitlines()]
    return seconds, len(answers), sum(answer in REFUSALS for answer in answers)


def judge(scenario, rounds):
    """Prints a row: the medians of the rounds. Whether they keep to the bounds."""
    runs = []
    for seed in range(1, rounds + 1):
        with tempfile.TemporaryDirectory(prefix="rollcall-faults-") as folder:
            measured = read_once(scenario, seed, pathlib.Path(folder))
        if measured is None:
            print(f"| {scenario.what} | {scenario.pages:,} | failed | |")
            return False
        runs.append(measured)
    seconds = statistics.median(run[0] for run in runs)
    requests = statistics.median_low(run[1] for run in runs)
    refused = statistics.median(100 * run[2] / run[1] for run in runs)
    bound = f"≤ {scenario.seconds} s" + (f", ≤ {scenario.refused} % refused" if scenario.refused else "")
    is_kept = seconds <= scenario.seconds and (scenario.refused is None or refused <= scenario.refused)
    print(f"| {scenario.what} | {scenario.pages:,} | {seconds:.1f} s, {refused:.1f} % of {requests:,} refused | "
          f"{bound}{'' if is_kept else ': **missed**'} |", flush=True)
    return is_kept


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", default="", metavar="TEXT", help="scenarios whose name holds this")
    parser.add_argument("--rounds", type=int, default=3, metavar="N", help="the median of so many (%(default)s)")
    arguments = parser.parse_args()
    print("| scenario | pages | measured | bound |\n| --- | ---: | ---: | ---: |")
    kept = [judge(scenario, arguments.rounds) for scenario in SCENARIOS if arguments.only in scenario.what]
    sys.exit(0 if kept and all(kept) else 1)


main()
