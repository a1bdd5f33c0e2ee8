#!/bin/bash
# Builds rollcall, starts the sandbox server with 3,000 made-up contacts on a free port of this machine, and makes the
# support manager's weekly report of them in samples/out/.
set -euo pipefail
exec </dev/null
cd "$(dirname "$(readlink -f "$0")")/.."
tests/setup.sh demo

build=build/demo
out=samples/out
mkdir -p "$build"
echo "building (log: $build/build.log)"
if ! { cmake --preset release -B "$build" -DROLLCALL_SANDBOX=ON &&
       cmake --build "$build" -j "$(nproc)" --target rollcall rollcall-sandbox; } >"$build/build.log" 2>&1; then
    tail -n 20 "$build/build.log" >&2
    exit 1
fi

exec {sandbox}< <(exec "$build/tests/sandbox/rollcall-sandbox" --contacts 3000 --grown 3000 --seed 7)
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
read -r url <&"$sandbox"
echo "sandbox: 3,000 made-up contacts at $url"
echo

# What the sandbox expects; a real account's key and secret are given in the same way.
export ROLLCALL_API_KEY=sandbox-key ROLLCALL_API_SECRET=sandbox-secret
"$build/rollcall" report samples/weekly.json --base-url "$url" --as-of 2026-11-01 -o "$out"

ls "$PWD/$out"/*
