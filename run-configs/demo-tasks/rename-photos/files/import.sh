#!/bin/bash
# Copies photos from the camera and renames them: import.sh CAMERA LIBRARY
set -eu
cp -n "$1"/* "$2"
bash "$(dirname "$0")/rename.sh" "$2"
