#!/bin/bash
# Deletes the oldest logs of an application so that KEEP of them remain: rotate.sh DIRECTORY KEEP
# Logs are called app-YYYY-MM-DD.log; other files stay.
set -eu
directory=$1
keep=$2

shopt -s nullglob
logs=("$directory"/app-*.log) # in alphabetical order

while [ "${#logs[@]}" -ne "$keep" ]; do
    rm "${logs[0]}"
    logs=("${logs[@]:1}")
done
