#!/bin/bash
# Reports on larger logs: run as `bash hidden_check.sh`.
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
for path in a a a b b b b b b b b b b b b d d a a a a a e c a c c; do
    echo "10.0.0.1 - - [05/May/2024:10:00:00 +0000] \"GET /$path HTTP/1.1\" 200 512"
done >"$log"

expect 'sample' '4 /|2 /cart|1 /about' bash top.sh logs/access.log
expect 'counts of two digits' '12 /b|9 /a' bash top.sh "$log" 2
expect 'three by default' '12 /b|9 /a|3 /c' bash top.sh "$log"
expect 'all of them' '12 /b|9 /a|3 /c|2 /d|1 /e' bash top.sh "$log" 9
expect 'no requests' '' bash top.sh /dev/null

echo "$passed of $total checks passed"
[ "$passed" = "$total" ] && echo "every hidden case holds"
