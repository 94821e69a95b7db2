#!/bin/bash
# Gives photos a lower-case extension: rename.sh DIRECTORY
# Prints the number of files renamed. Nothing is overwritten.
set -eu
cd "$1"
renamed=0
for photo in $(ls); do
    case $photo in
    *.JPG)
        target=${photo%.JPG}.jpg
        if [ ! -e $target ]; then
            mv $photo $target
            renamed=$((renamed + 1))
        fi
        ;;
    esac
done
echo "$renamed renamed"
