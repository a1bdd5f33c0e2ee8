"""Runs one program and writes what it took to descriptor 3. A process of its own, because the system counts to a program's
peak memory that of the process it was started from: here next to nothing.

Usage: launch.py PROGRAM [ARGUMENT…]
"""

import os
import sys
import time

RESULT = 3

started = time.monotonic()
child = os.fork()
if child == 0:
    os.close(RESULT)
    try:
        os.execvp(sys.argv[1], sys.argv[1:])
    except OSError as error:
        sys.stderr.write(f"{sys.argv[1]}: {error}\n")
        os._exit(127)
_, status, usage = os.wait4(child, 0)
wall = time.monotonic() - started
figures = (os.waitstatus_to_exitcode(status), wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss)
os.write(RESULT, " ".join(map(str, figures)).encode())
