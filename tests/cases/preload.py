"""The library that makes calls fail in the program, and notes them: tests/preload tells how."""

import functools
import os
import subprocess

import harness

LIBRARY = os.environ["ROLLCALL_PRELOAD"]


@functools.cache
def sanitizers():
    """A program built with AddressSanitizer wants its library first."""
    needed = subprocess.run(["ldd", harness.PROGRAM], capture_output=True, text=True, check=True).stdout
    return [line.split()[2] for line in needed.splitlines() if "libasan" in line]


def environment(**settings):
    """What preloads it."""
    return {"LD_PRELOAD": " ".join([*sanitizers(), LIBRARY]), **{name: str(value) for name, value in settings.items()}}
