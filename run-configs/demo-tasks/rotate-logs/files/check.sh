#!/bin/bash
# Rotates a folder of logs: run as `bash check.sh`.
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

logs=${TMPDIR:-/tmp}/logs
rm -rf "$logs"
mkdir "$logs"
trap 'rm -rf "$logs"' EXIT

# rotated KEEP DAY...: what is left of the logs of some days
rotated() {
    local keep=$1 day
    shift
    rm -f "$logs"/*
    touch "$logs/notes.txt"
    for day in "$@"; do
        touch "$logs/app-2024-05-$day.log"
    done
    bash rotate.sh "$logs" "$keep" && ls "$logs"
}

expect 'keeps 3 of 5' 'app-2024-05-03.log|app-2024-05-04.log|app-2024-05-05.log|notes.txt' rotated 3 01 02 03 04 05
expect 'keeps 1 of 2' 'app-2024-05-09.log|notes.txt' rotated 1 08 09
expect 'keeps 2 of 2' 'app-2024-05-08.log|app-2024-05-09.log|notes.txt' rotated 2 08 09

echo "$passed of $total checks passed"
[ "$passed" = "$total" ]
