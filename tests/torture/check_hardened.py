"""Whether a release build is hardened, as readelf and nm tell: check_hardened.py PROGRAM"""

import re
import subprocess
import sys


def tool(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def main(program):
    header = tool("readelf", "--wide", "--file-header", program)
    segments = tool("readelf", "--wide", "--program-headers", program)
    dynamic = tool("readelf", "--wide", "--dynamic", program)
    imported = re.findall(r"^ +U (\w+)", tool("nm", "--dynamic", "--undefined-only", program), re.MULTILINE)
    stack = re.search(r"GNU_STACK\s+(?:0x\w+\s+){5}([RWE ]+?)\s+0x", segments)
    found = {
        "position-independent": "DYN (Position-Independent Executable" in header or "Flags: PIE" in dynamic,
        "relocations read-only": "GNU_RELRO" in segments,
        "all symbols bound at start": re.search(r"\(FLAGS_1\).*\bNOW\b|BIND_NOW", dynamic) is not None,
        "stack not executable": stack is not None and "E" not in stack[1],
        "stack protector": "__stack_chk_fail" in imported,
        "checked copies (_FORTIFY_SOURCE)": any(re.fullmatch(r"__\w+_chk", name) for name in imported),
    }
    for what, is_there in found.items():
        print(f"{'yes' if is_there else 'NO '} {what}")
    return 0 if all(found.values()) else 1


sys.exit(main(*sys.argv[1:]))
