#!/bin/bash
# Looks at the sources without running them. Each is quiet, and exits with 0, if there is nothing to tell.
# Usage: tests/source.sh format | cppcheck | tidy BUILD [SHARE SHARES]
# BUILD is a directory with compile_commands.json; share 2 of 5 is every fifth file from the second on.
set -euo pipefail
cd "$(dirname "$(readlink -f "$0")")/.."
jobs=$(nproc)
chosen=$(mktemp)
trap 'rm -f "$chosen"' EXIT

sources() {
    find src docs tests -name node_modules -prune -o -name '*.[ch]' -print0
}

case "${1-}" in
    format)
        sources | xargs -0 clang-format --dry-run --Werror
        ;;
    cppcheck)
        cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability -j "$jobs" \
            --suppressions-list=tests/cppcheck.txt -I src src
        ;;
    tidy)
        # What is not compiled in this build has no command to be looked at by. .clang-tidy says what is looked for.
        grep '"file": ' "$2/compile_commands.json" | cut -d'"' -f4 | grep -F "$PWD/src/" | sort -u |
            awk -v share="${3-1}" -v shares="${4-1}" 'NR % shares == share % shares' >"$chosen"
        [ -s "$chosen" ] || { echo "$0: there is no such share" >&2; exit 1; }
        xargs clang-tidy --quiet -p "$2" <"$chosen" 2> >(grep -v 'warnings\? generated\|^Suppressed\|^Use -header' >&2)
        ;;
    *)
        echo "usage: $0 format | cppcheck | tidy BUILD [SHARE SHARES]" >&2
        exit 2
        ;;
esac
