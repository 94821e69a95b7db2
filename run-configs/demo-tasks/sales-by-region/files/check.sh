#!/bin/bash
# Compares totals with the books: run as `bash check.sh`.
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

expect 'north in March' 'north 385' bash totals.sh data/march.csv north
expect 'west in March' 'west 316' bash totals.sh data/march.csv west
expect 'no sales' 'east 0' bash totals.sh data/empty.csv east

echo "$passed of $total checks passed"
[ "$passed" = "$total" ]
