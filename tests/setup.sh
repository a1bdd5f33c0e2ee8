#!/bin/bash
# Installs the Debian packages that are missing, and for tests and bench the npm packages of their package.json; says which.
# Usage: tests/setup.sh demo | tests | bench
set -euo pipefail

here=$(dirname "$(readlink -f "$0")")
build=(gcc libc6-dev make cmake pkg-config libcurl4-openssl-dev libssl-dev libjson-c-dev libxlsxwriter-dev zlib1g-dev libcsv-dev
       libsqlite3-dev libicu-dev)
# Faster than zlib and the C library's allocator, which the program does with where these are not to be had.
case "$(dpkg --print-architecture)" in amd64 | arm64) build+=(libisal-dev libmimalloc-dev) ;; esac
demo=(libmicrohttpd-dev)
tests=(libcmocka-dev unzip python3 python3-openpyxl sqlite3 chromium libreoffice-calc-nogui poppler-utils openssl
       clang-format clang-tidy cppcheck)
bench=(nginx curl openssl sqlite3 valgrind python3 python3-requests python3-pandas python3-xlsxwriter)
# npm may have come with a Node.js that is not Debian's, which Debian's npm would not go with.
command -v npm >/dev/null || { tests+=(npm); bench+=(npm); }
command -v node >/dev/null || { tests+=(nodejs); bench+=(nodejs); }

case "${1-}" in
    demo) wanted=("${build[@]}" "${demo[@]}") ;;
    tests) wanted=("${build[@]}" "${demo[@]}" "${tests[@]}") ;;
    bench) wanted=("${build[@]}" "${demo[@]}" "${bench[@]}") ;;
    *) echo "usage: $0 demo | tests | bench" >&2; exit 2 ;;
esac

log=$(mktemp)
trap 'rm -f "$log"' EXIT

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing+=("$package")
done

install_debian_packages() {
    local as_root=()
    echo "installing Debian packages: $*"
    if [ "$(id -u)" -ne 0 ]; then
        if ! command -v sudo >/dev/null; then
            echo "$0: this needs root, and there is no sudo; as root: apt-get install $*" >&2
            exit 1
        fi
        as_root=(sudo)
    fi
    if ! { "${as_root[@]}" apt-get update &&
           "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends "$@"; } \
           </dev/null >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "$0: could not install: $*" >&2
        exit 1
    fi
}

# npm notes in node_modules what it installed: older than the lock file, it is another state.
install_npm_packages() {
    local folder=$1 names=$2
    [ "$folder/node_modules/.package-lock.json" -nt "$folder/package-lock.json" ] && return
    echo "installing npm packages: $names"
    if ! npm ci --prefix "$folder" --ignore-scripts --no-audit --no-fund </dev/null >"$log" 2>&1; then
        tail -n 20 "$log" >&2
        echo "$0: could not install the npm packages of $folder/package.json" >&2
        exit 1
    fi
}

[ ${#missing[@]} -eq 0 ] || install_debian_packages "${missing[@]}"
case "$1" in
    tests) install_npm_packages "$here" "axe-core, exceljs, ooxml-validator" ;;
    bench) install_npm_packages "$here/bench/peers" exceljs ;;
esac
