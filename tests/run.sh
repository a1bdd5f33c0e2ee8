#!/bin/bash
# Builds with AddressSanitizer and UBSan, warnings as errors, runs every test and has the sources looked at by
# clang-format, clang-tidy and cppcheck; then, with ThreadSanitizer, the tests in which threads have work to do; then the
# end-to-end cases with the program as users have it, once with ISA-L and mimalloc and once with zlib and the C library's
# allocator. Further arguments go to ctest, and then only the first part runs:
#     tests/run.sh -R golden --output-on-failure
set -euo pipefail
exec </dev/null
cd "$(dirname "$(readlink -f "$0")")/.."
tests/setup.sh tests

# A test that cannot find its tool would fail without saying which, so the tools are asked for here.
missing=0
for tool in gcc make cmake ctest pkg-config sqlite3 chromium soffice unzip openssl node npm clang-format clang-tidy cppcheck \
    /usr/bin/python3; do
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

# Runs some of the tests in another build; further arguments are what to build for them.
run_some() {
    local preset=$1 tests=$2
    shift 2
    echo "building $preset"
    build "$preset" --target rollcall rollcall-sandbox fail_writes "$@"
    ctest --preset "$preset" -j "$(($(nproc) * 2))" --no-tests=error -R "^($tests)\$" || status=$?
}

if [ $# -eq 0 ]; then
    run_some tsan 'unit\.(intake|row_feed)|case\.(fetch|faults|golden|signals)' test_intake test_row_feed \
        rollcall-sandbox-fast
    # These two have one build: only what differs is built for the second.
    cases='core-dump|fetch|golden|numbers|workbook'
    run_some release-test "case\.($cases|paging|resume)|torture\.(space|hardened)|unit.hardening" test_hardening
    run_some plain-test "case\.($cases)|torture\..*" rollcall-torture fail_alloc
fi

# What was skipped says why in the log.
if skipped=$(grep -aE '^skipped: |\[  SKIPPED \]' build/asan/Testing/Temporary/LastTest.log); then
    printf '\nskipped:\n%s\n' "$(sort -u <<<"$skipped")"
fi
exit "$status"
