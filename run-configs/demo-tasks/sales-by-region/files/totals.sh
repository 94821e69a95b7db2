#!/bin/bash
# Prints the turnover of one region: totals.sh FILE REGION
# FILE is CSV with a header line: date,region,product,units,amount
set -eu
file=$1
region=$2
awk -F, -v region="$region" '
    NR > 1 && $2 == region { sum += $4 }
    END { printf "%s %d\n", region, sum }
' "$file"
