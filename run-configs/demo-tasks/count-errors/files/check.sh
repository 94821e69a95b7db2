#!/bin/bash
# Counts the errors of the samples: run as `bash check.sh`.
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

expect 'worker' '2' bash count.sh logs/worker.log
expect 'empty log' '0' bash count.sh /dev/null

echo "$passed of $total checks passed"
[ "$passed" = "$total" ]
