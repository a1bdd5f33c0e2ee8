"""Runs `rollcall report` on made-up accounts of the sizes given and prints what each run took."""

import os
import subprocess
import sys
import tempfile
import time

HEADER = "| contacts | wall | CPU | peak memory |\n| ---: | ---: | ---: | ---: |"


def start_sandbox(build, contacts):
    server = subprocess.Popen(
        [f"{build}/tests/sandbox/rollcall-sandbox", "--contacts", str(contacts), "--seed", "1"],
        stdout=subprocess.PIPE,
        text=True,
    )
    return server, server.stdout.readline().strip()


def measure(build, url, folder):
    """Wall seconds, CPU seconds and peak resident KiB of one run."""
    environment = {
        **os.environ,
        "ROLLCALL_API_KEY": "sandbox-key",
        "ROLLCALL_API_SECRET": "sandbox-secret",
    }
    command = [f"{build}/rollcall", "report", "--quiet", "--base-url", url, "-o", f"{folder}/out"]
    started = time.monotonic()
    process = subprocess.Popen(command, env=environment)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit(f"rollcall ended with {process.returncode}")
    return time.monotonic() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss


def main():
    build, sizes = sys.argv[1], [int(size) for size in sys.argv[2:]]
    print(HEADER)
    for contacts in sizes:
        server, url = start_sandbox(build, contacts)
        try:
            with tempfile.TemporaryDirectory() as folder:
                wall, cpu, peak = measure(build, url, folder)
        finally:
            server.terminate()
            server.wait()
        print(f"| {contacts:,} | {wall:.1f} s | {cpu:.1f} s | {peak / 1024:.0f} MiB |", flush=True)


main()
