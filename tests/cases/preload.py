"""The library that makes the program's calls fail, and records them; see tests/preload."""

import functools
import os
import subprocess

import harness

LIBRARY = os.environ["ROLLCALL_PRELOAD"]


@functools.cache
def sanitizers():
    """A program built with AddressSanitizer needs its library first."""
    needed = subprocess.run(["ldd", harness.PROGRAM], capture_output=True, text=True, check=True).stdout
    return [line.split()[2] for line in needed.splitlines() if "libasan" in line]


def environment(**settings):
    """The environment that preloads it."""
    return {"LD_PRELOAD": " ".join([*sanitizers(), LIBRARY]), **{name: str(value) for name, value in settings.items()}}
