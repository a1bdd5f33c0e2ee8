#!/bin/sh
# Measures whole runs of `rollcall report` against the sandbox: wall time, CPU time and peak memory of the one process.
# Usage: tests/bench/measure.sh [CONTACTS…]      (default: 100000 1000000)
set -eu
cd "$(dirname "$0")/../.."
cmake --preset release -DROLLCALL_SANDBOX=ON >/dev/null
cmake --build --preset release -j "$(nproc)" >/dev/null
[ $# -gt 0 ] || set -- 100000 1000000
exec /usr/bin/python3 tests/bench/measure.py build/release "$@"
