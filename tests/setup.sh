#!/bin/bash
# Installs the Debian packages that are missing, and says which.
# Usage: tests/setup.sh demo | tests
set -euo pipefail

build=(gcc libc6-dev make cmake pkg-config libcurl4-openssl-dev libjson-c-dev libxlsxwriter-dev zlib1g-dev libcsv-dev
       libsqlite3-dev libicu-dev)
demo=(libmicrohttpd-dev)
tests=(libcmocka-dev unzip python3 python3-openpyxl sqlite3 chromium libreoffice-calc-nogui openssl)

case "${1-}" in
    demo) wanted=("${build[@]}" "${demo[@]}") ;;
    tests) wanted=("${build[@]}" "${demo[@]}" "${tests[@]}") ;;
    *) echo "usage: $0 demo | tests" >&2; exit 2 ;;
esac

missing=()
for package in "${wanted[@]}"; do
    status=$(dpkg-query -W -f '${Status}' "$package" 2>/dev/null || true)
    [ "$status" = "install ok installed" ] || missing+=("$package")
done
[ ${#missing[@]} -gt 0 ] || exit 0

echo "installing Debian packages: ${missing[*]}"
as_root=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "$0: this needs root, and there is no sudo; as root: apt-get install ${missing[*]}" >&2
        exit 1
    fi
    as_root=(sudo)
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
if ! { "${as_root[@]}" apt-get update &&
       "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive \
           apt-get install -y --no-install-recommends "${missing[@]}"; } </dev/null >"$log" 2>&1; then
    tail -n 20 "$log" >&2
    echo "$0: could not install: ${missing[*]}" >&2
    exit 1
fi
