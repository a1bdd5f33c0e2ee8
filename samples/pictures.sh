#!/bin/bash
# Makes the README's pictures, docs/page.png and docs/workbook.png, of the demonstration's report (samples/demo.sh).
set -euo pipefail
exec </dev/null
cd "$(dirname "$(readlink -f "$0")")/.."

limit=150000 # bytes of a picture
for tool in chromium soffice pdftoppm; do
    if ! command -v "$tool" >/dev/null; then
        echo "$0: $tool is missing: tests/setup.sh tests installs it" >&2
        exit 1
    fi
done
samples/demo.sh
out=samples/out
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Without what a user has set up, and without a window; what the tool says is shown when it fails.
quietly() {
    if ! HOME=$work "$@" >"$work/log" 2>&1; then
        cat "$work/log" >&2
        echo "$0: $1 failed" >&2
        exit 1
    fi
}

# The page down to where its first card ends.
quietly chromium --headless --no-sandbox --disable-gpu --hide-scrollbars --user-data-dir="$work/browser" \
    --window-size=1100,962 --screenshot="$work/page.png" "file://$PWD/$out/summary.html"

# The Summary is the first page; the paper below its tables and charts is left out.
quietly soffice --headless --convert-to pdf --outdir "$work" "$out/contacts.xlsx"
quietly pdftoppm -png -r 110 -x 30 -y 30 -W 1226 -H 666 -f 1 -l 1 -singlefile "$work/contacts.pdf" "$work/workbook"

for picture in page workbook; do
    bytes=$(stat -c %s "$work/$picture.png")
    if [ "$bytes" -gt "$limit" ]; then
        echo "$0: docs/$picture.png would have $bytes bytes, more than $limit" >&2
        exit 1
    fi
    mv "$work/$picture.png" "docs/$picture.png"
    echo "docs/$picture.png: $bytes bytes"
done
