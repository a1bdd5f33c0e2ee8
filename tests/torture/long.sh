#!/bin/bash
# Makes every allocation of every command fail in turn, then every limit of open files and of the address space. Takes
# hours; of allocations only each N-th with: tests/torture/long.sh N
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/../.."
stride=${1:-1}
for preset in plain-test release-test; do # the C library's allocator, and mimalloc
    cmake --preset "$preset" >/dev/null
    cmake --build --preset "$preset" -j "$(nproc)" --target rollcall rollcall-torture rollcall-sandbox fail_alloc >/dev/null
done

status=0
torture() {
    local build=$PWD/build/$1
    echo "$3 ($1)"
    ROLLCALL_PROGRAM=$build/$2 ROLLCALL_SANDBOX=$build/tests/sandbox/rollcall-sandbox \
        ROLLCALL_FAIL_ALLOC=$build/tests/torture/libfail_alloc.so \
        nice /usr/bin/python3 -B tests/torture/run.py --stride "$stride" "$3" || status=$?
}
torture plain-test tests/torture/rollcall-torture memory
torture plain-test rollcall files
torture plain-test rollcall space
torture release-test rollcall space
exit "$status"
