#!/bin/bash
# Prints merged configuration files: show.sh BASE.json OVERRIDE.json
exec python3 -c 'import json, sys, merge; print(merge.merge(*(json.load(open(n)) for n in sys.argv[1:])))' "$@"
