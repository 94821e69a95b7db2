#!/bin/bash
# Verifies damaged backups: run as `bash hidden_check.sh`.
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

backup=${TMPDIR:-/tmp}/backup
rm -rf "$backup"
mkdir "$backup"
trap 'rm -rf "$backup"' EXIT
echo one >"$backup/a"
echo two >"$backup/b"
(cd "$backup" && sha256sum a b >SHA256SUMS)

# verified FILE [TEXT]: what is said when a file of the backup holds another text
verified() {
    (
        copy=${TMPDIR:-/tmp}/copy
        rm -rf "$copy"
        mkdir "$copy"
        cp "$backup"/* "$copy"
        [ $# -lt 2 ] || echo "$2" >"$copy/$1"
        bash verify.sh "$copy"
        echo "returns $?"
        rm -rf "$copy"
    )
}

expect 'untouched' 'fine|returns 0' verified a
expect 'first file damaged' 'damaged|returns 1' verified a 1
expect 'last file damaged' 'damaged|returns 1' verified b 2
expect 'same text written again' 'fine|returns 0' verified b two

echo "$passed of $total checks passed"
[ "$passed" = "$total" ] && echo "every hidden case holds"
