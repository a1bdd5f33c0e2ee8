#!/bin/bash
# Counts the instructions of two small runs that are always the same, under callgrind, and compares them with
# instructions.txt: unlike times they do not depend on what else the machine does. Fails beyond 5 % more or less;
# --store keeps the new counts. They are those of Debian 12 on x86-64.
set -euo pipefail
exec </dev/null
cd "$(dirname "$(readlink -f "$0")")/../.."
stored=tests/bench/instructions.txt
room=5 # per cent
contacts=2000
case "${1-}" in
    "" | --store) ;;
    *) echo "usage: $0 [--store]" >&2; exit 2 ;;
esac
tests/setup.sh bench

out=build/bench/instructions
rm -rf "$out"
mkdir -p "$out"
echo "building (log: build/bench/build.log)"
if ! { cmake --preset release -DROLLCALL_SANDBOX=ON &&
       cmake --build --preset release -j "$(nproc)" --target rollcall rollcall-sandbox; } >build/bench/build.log 2>&1; then
    tail -n 20 build/bench/build.log >&2
    exit 1
fi

exec {sandbox}< <(exec build/release/tests/sandbox/rollcall-sandbox --contacts "$contacts" --seed 1 --page-size-mode ignore)
server=$!
trap 'kill "$server" 2>/dev/null || true' EXIT
read -r url <&"$sandbox"
export ROLLCALL_API_KEY=sandbox-key ROLLCALL_API_SECRET=sandbox-secret

# Prints the run's name and how many instructions it took.
count() {
    local name=$1 log=$out/$1.log instructions
    shift
    if ! valgrind --tool=callgrind --callgrind-out-file="$out/$name.callgrind" build/release/rollcall "$@" >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        exit 1
    fi
    instructions=$(sed -n 's/^.*Collected : //p' "$log")
    echo "$name $instructions"
}

# One connection: then what is waited for is always the same.
count fetch fetch --quiet --base-url "$url" --connections 1 -o "$out/snapshot.sqlite" >"$out/counts.txt"
count report report --quiet --from "$out/snapshot.sqlite" --as-of 2026-11-01 -o "$out/report" >>"$out/counts.txt"
if [ "${1-}" = --store ]; then
    cp "$out/counts.txt" "$stored"
    cat "$stored"
    exit
fi
# Both files have the same names in the same order.
paste -d ' ' "$stored" "$out/counts.txt" | awk -v room="$room" -v contacts="$contacts" '
    {
        change = ($4 / $2 - 1) * 100
        printf "%s: %d instructions, %.0f a contact, %+.1f %% against %d\n", $1, $4, $4 / contacts, change, $2
        if (change > room || change < -room)
            beyond = 1
    }
    END {
        if (beyond)
            print "more than " room " % away: if that is meant, keep the new counts with --store"
        exit beyond
    }'
