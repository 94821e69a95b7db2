#!/bin/bash
# Totals of other months: run as `bash hidden_check.sh`.
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

data=${TMPDIR:-/tmp}/data.txt
trap 'rm -f "$data"' EXIT
printf '%s\n' date,region,product,units,amount d,south,lamp,100,7 d,north,lamp,1,20 d,north,desk,1,-25 \
    d,west,a,1,1000000 d,west,a,9,2000000 >"$data"

expect 'north in March' 'north 385' bash totals.sh data/march.csv north
expect 'south in March' 'south 29' bash totals.sh data/march.csv south
expect 'first row counts' 'south 7' bash totals.sh "$data" south
expect 'returns are negative' 'north -5' bash totals.sh "$data" north
expect 'name is not a pattern' 'nor 0' bash totals.sh "$data" nor
expect 'header is no row' 'region 0' bash totals.sh "$data" region
expect 'large sum' 'west 3000000' bash totals.sh "$data" west

echo "$passed of $total checks passed"
[ "$passed" = "$total" ] && echo "every hidden case holds"
