#!/bin/bash
# Renames a few photos: run as `bash check.sh`.
ulimit -t 1 # ends an endless loop, by CPU time
passed=0
total=0

# expect LABEL EXPECTED COMMAND...: compares what the command prints, its lines joined by |
expect() {
    local label=$1 expected=$2 actual
    shift 2
    actual=$("$@" 2>&1 </dev/null | head -c 2000 | paste -sd '|')
    total=$((total + 1))
    if [ "$actual" = "$expected" ]; then
        passed=$((passed + 1))
        echo "PASS $label"
    else
        echo "FAIL $label: expected '$expected', got '$actual'"
    fi
}

photos=${TMPDIR:-/tmp}/photos
rm -rf "$photos"
mkdir "$photos"
trap 'rm -rf "$photos"' EXIT

# renamed FILE...: what becomes of some photos
renamed() {
    rm -f "$photos"/*
    local file
    for file in "$@"; do
        echo "$file" >"$photos/$file"
    done
    bash rename.sh "$photos" && (cd "$photos" && grep -H . -- *)
}

expect 'plain name' '1 renamed|a.jpg:a.JPG' renamed a.JPG
expect 'a space' '1 renamed|Beach 1.jpg:Beach 1.JPG' renamed 'Beach 1.JPG'
expect 'nothing to do' '0 renamed|a.jpg:a.jpg' renamed a.jpg

echo "$passed of $total checks passed"
[ "$passed" = "$total" ]
