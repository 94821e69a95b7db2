#!/bin/bash
# Counts errors in all spellings: run as `bash hidden_check.sh`.
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

log=${TMPDIR:-/tmp}/log.txt
trap 'rm -f "$log"' EXIT
printf '%s\n' '1 Error a' '2 error b' '3 ERROR c' '4 INFO an error happened' '5 ERRORS d' '6 Warn error' >"$log"

expect 'worker' '2' bash count.sh logs/worker.log
expect 'legacy' '1' bash count.sh logs/legacy.log
expect 'mixed case' '3' bash count.sh "$log"
expect 'empty log' '0' bash count.sh /dev/null

echo "$passed of $total checks passed"
[ "$passed" = "$total" ] && echo "every hidden case holds"
