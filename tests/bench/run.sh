#!/bin/bash
# Measures whole runs of rollcall beside curl that only downloads the pages, and beside a Python and a Node.js program that
# make the same report. Installs what is missing, and says what. Takes a while; try it with --quick. Options: --help.
set -euo pipefail
exec </dev/null
cd "$(dirname "$(readlink -f "$0")")/../.."
tests/setup.sh bench

mkdir -p build/bench
echo "building (log: build/bench/build.log)"
if ! { cmake --preset release -DROLLCALL_SANDBOX=ON &&
       cmake --build --preset release -j "$(nproc)" --target rollcall rollcall-sandbox; } >build/bench/build.log 2>&1; then
    tail -n 20 build/bench/build.log >&2
    exit 1
fi
exec /usr/bin/python3 tests/bench/run.py "$@"
