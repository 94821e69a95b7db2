#!/bin/bash
# The paths with the most requests: top.sh LOG [N], N lines "count path", the most requested first
# LOG is in the common format: host - user [time zone] "method path protocol" status bytes
set -eu
log=$1
n=${2:-3}

cut -d ' ' -f 7 "$log" |
    sort |
    uniq -c |
    sort -rn |
    head -n "$n" |
    awk '{ print $1, $2 }'
