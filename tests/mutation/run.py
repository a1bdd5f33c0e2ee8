#!/usr/bin/env python3
"""Changes the program for the worse, one change at a time, and tells which changes no test notices.

    tests/mutation/run.py [--all] [--list] [WORD…]

With words, only the mutations whose name has one of them. The mutations stand in mutations.py, each with the tests that
are to notice it; --all runs every other test as well where those notice nothing. Works in a copy of the tree, in
build/mutation, and keeps it for the next time. Exits with 1 if a mutation survives or does not fit the code any more.
"""

import argparse
import os
import pathlib
import re
import shutil
import subprocess
import sys

from mutations import MUTATIONS

SOURCE = pathlib.Path(__file__).resolve().parent.parent.parent
COPY = SOURCE / "build" / "mutation" / "rollcall"
JOBS = str(os.cpu_count())
LEFT_OUT = shutil.ignore_patterns(".git", "build", "out", "__pycache__")


def run(*command, timeout=3600):
    environment = {**os.environ, "CCACHE_BASEDIR": str(COPY), "CCACHE_NOHASHDIR": "1"}
    return subprocess.run(command, cwd=COPY, env=environment, stdin=subprocess.DEVNULL, capture_output=True,
                          encoding="utf-8", errors="replace", timeout=timeout)


def copy_tree():
    """What has not changed keeps its time, so that only the rest is built."""
    COPY.mkdir(parents=True, exist_ok=True)
    for name in ("CMakeLists.txt", "CMakePresets.json", "LICENSE", "README.md", "CHANGELOG.md", "cmake", "docs", "samples",
                 "src", "templates", "tests"):
        source, target = SOURCE / name, COPY / name
        if source.is_file():
            shutil.copy2(source, target)
        else:
            shutil.rmtree(target, ignore_errors=True)
            shutil.copytree(source, target, ignore=LEFT_OUT, symlinks=True)
    shared = COPY.parent / "shared"
    if (SOURCE.parent / "shared").is_dir() and not shared.exists():
        shared.symlink_to((SOURCE.parent / "shared").resolve())


def place_of(old, tree):
    """The only file with that text, and what is in it; or why there is none."""
    texts = {path: path.read_text(encoding="utf-8") for path in sorted((tree / "src").rglob("*.c"))}
    times = sum(text.count(old) for text in texts.values())
    if times != 1:
        return None, f"stale: its text stands {times} times in src"
    return next((path, text) for path, text in texts.items() if old in text)


def tests_of(regex):
    listed = run("ctest", "--preset", "asan", "-N", "-R", regex).stdout
    return re.findall(r"Test +#\d+: (\S+)", listed)


def targets_of(tests):
    """What has to be built to run them."""
    targets = {"test_" + name.removeprefix("unit.") for name in tests if name.startswith("unit.")}
    if any(name.startswith("case.") for name in tests):
        targets |= {"rollcall", "rollcall-sandbox", "rollcall-sandbox-fast", "fail_writes", "small_sheets"}
    return sorted(targets)


def build(tests):
    return run("cmake", "--build", "--preset", "asan", "-j", JOBS, "--target", *targets_of(tests))


def failing(regex):
    """The tests among those that do not pass; None if there are none of that name, or what they need does not build."""
    tests = tests_of(regex)
    if not tests or build(tests).returncode != 0:
        return None
    told = run("ctest", "--preset", "asan", "-j", JOBS, "-R", regex, "--stop-on-failure", "--timeout", "300").stdout
    return sorted(set(re.findall(r"Test +#\d+: (\S+) \.+ *\*\*\*", told)))


def judge(mutation, everything):
    path, text = place_of(mutation.old, COPY)
    if not path:
        return text
    path.write_text(text.replace(mutation.old, mutation.new), encoding="utf-8")
    try:
        for regex in [mutation.tests, *(["^unit", "^case"] if everything else [])]:
            failed = failing(regex)
            if failed is None:
                return f"stale: {mutation.tests} names no test, or it does not build"
            if failed:
                return "caught by " + ", ".join(failed)
        return "SURVIVED"
    finally:
        path.write_text(text, encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--all", action="store_true", help="every test, where those in the table notice nothing")
    parser.add_argument("--list", action="store_true", help="only look whether the mutations fit the code")
    parser.add_argument("words", nargs="*", metavar="WORD", help="part of a mutation's name")
    options = parser.parse_args()
    chosen = [m for m in MUTATIONS if not options.words or any(word in m.name for word in options.words)]
    if not options.list:
        copy_tree()
        if run("cmake", "--preset", "asan", "-DCMAKE_C_COMPILER_LAUNCHER=ccache").returncode != 0:
            sys.exit("cannot configure the copy")
    caught = 0
    for mutation in chosen:
        if options.list:
            path, text = place_of(mutation.old, SOURCE)
            outcome = str(path.relative_to(SOURCE)) if path else text
            caught += path is not None
        else:
            outcome = judge(mutation, options.all)
            caught += outcome.startswith("caught")
        print(f"{mutation.name}: {outcome}", flush=True)
    print(f"{caught} of {len(chosen)}")
    sys.exit(caught != len(chosen))


if __name__ == "__main__":
    main()
