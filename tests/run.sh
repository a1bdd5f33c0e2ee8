#!/bin/bash
# Builds with AddressSanitizer and UBSan, warnings as errors, and runs every test; then, with ThreadSanitizer, those in
# which threads have work to do. Further arguments go to ctest, and then the second part is left out:
#     tests/run.sh -R golden --output-on-failure
set -euo pipefail
exec </dev/null
cd "$(dirname "$(readlink -f "$0")")/.."
tests/setup.sh tests

# A test that cannot find its tool would fail without saying which, so the tools are asked for here.
missing=0
for tool in gcc make cmake ctest pkg-config sqlite3 chromium soffice unzip openssl node npm /usr/bin/python3; do
    command -v "$tool" >/dev/null || { echo "$0: $tool is missing" >&2; missing=1; }
done
/usr/bin/python3 -c 'import openpyxl' || missing=1
[ "$missing" -eq 0 ] || exit 1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "building"
build() {
    if ! { cmake --preset "$1" && cmake --build --preset "$@" -j "$(nproc)"; } >"$log" 2>&1; then
        cat "$log"
        exit 1
    fi
}
build asan

# Many tests wait, for servers that are slow on purpose: more of them than processors run side by side.
status=0
ctest --preset asan -j "$(($(nproc) * 2))" --no-tests=error "$@" || status=$?

if [ $# -eq 0 ]; then
    echo "building for threads"
    build tsan --target rollcall rollcall-sandbox test_intake test_row_feed fail_writes
    ctest --preset tsan -j "$(($(nproc) * 2))" --no-tests=error -R '^(unit\.(intake|row_feed)|case\.(fetch|faults|golden|signals))$' || status=$?
fi

# What was skipped says why in the log.
if skipped=$(grep -aE '^skipped: |\[  SKIPPED \]' build/asan/Testing/Temporary/LastTest.log); then
    printf '\nskipped:\n%s\n' "$(sort -u <<<"$skipped")"
fi
exit "$status"
