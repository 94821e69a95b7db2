#!/bin/bash
# Number of errors by log: count.sh LOG..., one line "file: number" each, and the sum at the end
# A line is: time LEVEL message. Old programs write Error or error for ERROR.
set -eu
sum=0
for log in "$@"; do
    errors=$(grep -c '^[^ ]* error ' "$log" || true)
    echo "$(basename "$log"): $errors"
    sum=$((sum + errors))
done
echo "sum: $sum"
