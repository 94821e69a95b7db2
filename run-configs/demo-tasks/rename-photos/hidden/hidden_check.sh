#!/bin/bash
# Renames photos with all kinds of names: run as `bash hidden_check.sh`.
ulimit -t 4 # ends an endless loop, by CPU time
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

export LC_ALL=C
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

expect 'a space' '1 renamed|Beach 1.jpg:Beach 1.JPG' renamed 'Beach 1.JPG'
expect 'two spaces' '1 renamed|a  b.jpg:a  b.JPG' renamed 'a  b.JPG'
expect 'pattern characters' '1 renamed|[x]*.jpg:[x]*.JPG|x.txt:x.txt' renamed '[x]*.JPG' x.txt
expect 'nothing is overwritten' '0 renamed|a b.JPG:a b.JPG|a b.jpg:a b.jpg' renamed 'a b.JPG' 'a b.jpg'
expect 'several' '2 renamed|a b.jpg:a b.JPG|c d.jpg:c d.JPG' renamed 'a b.JPG' 'c d.JPG'

echo "$passed of $total checks passed"
[ "$passed" = "$total" ] && echo "every hidden case holds"
