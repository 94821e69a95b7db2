#!/bin/bash
# Rotates folders of any size: run as `bash hidden_check.sh`.
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
expect 'fewer than it keeps' 'app-2024-05-02.log|notes.txt' rotated 3 02
expect 'no log at all' 'notes.txt' rotated 2
expect 'keeps none' 'notes.txt' rotated 0 01 02
expect 'order of time' 'app-2024-05-30.log|notes.txt' rotated 1 30 12 29
expect 'keeps 7 of 7' 'app-2024-05-11.log|app-2024-05-12.log|app-2024-05-13.log|app-2024-05-14.log|app-2024-05-15.log|app-2024-05-16.log|app-2024-05-17.log|notes.txt' rotated 7 11 12 13 14 15 16 17

echo "$passed of $total checks passed"
[ "$passed" = "$total" ] && echo "every hidden case holds"
