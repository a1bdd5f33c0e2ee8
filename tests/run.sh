#!/bin/bash
# Builds with AddressSanitizer and UBSan, warnings as errors, and runs every test. Further arguments go to ctest:
#     tests/run.sh -R golden --output-on-failure
set -euo pipefail
exec </dev/null
cd "$(dirname "$(readlink -f "$0")")/.."
tests/setup.sh tests

# A test that cannot find its tool would fail without saying which, so the tools are asked for here.
missing=0
for tool in gcc make cmake ctest pkg-config sqlite3 chromium soffice unzip openssl npm /usr/bin/python3; do
    command -v "$tool" >/dev/null || { echo "$0: $tool is missing" >&2; missing=1; }
done
/usr/bin/python3 -c 'import openpyxl' || missing=1
[ "$missing" -eq 0 ] || exit 1

log=$(mktemp)
trap 'rm -f "$log"' EXIT
echo "building"
if ! { cmake --preset asan && cmake --build --preset asan -j "$(nproc)"; } >"$log" 2>&1; then
    cat "$log"
    exit 1
fi

# Many tests wait, for servers that are slow on purpose: more of them than processors run side by side.
status=0
ctest --preset asan -j "$(($(nproc) * 2))" --no-tests=error "$@" || status=$?

# What was skipped says why in the log.
if skipped=$(grep -aE '^skipped: |\[  SKIPPED \]' build/asan/Testing/Temporary/LastTest.log); then
    printf '\nskipped:\n%s\n' "$(sort -u <<<"$skipped")"
fi
exit "$status"
