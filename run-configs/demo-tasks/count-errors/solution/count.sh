#!/bin/bash
# Number of errors in a log: count.sh LOG
# A line is: time LEVEL message. Old programs write Error or error for ERROR.
set -eu
grep -ci '^[^ ]* error ' "$1" || true
