"""Merges the files of the ticket: run as `python3 check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

import json

from merge import merge

BASE = json.load(open("config/base.json"))
PRODUCTION = json.load(open("config/production.json"))
QUIET = json.load(open("config/quiet.json"))

CASES = [
    ("merge(BASE, PRODUCTION)['workers']", 16),
    ("merge(BASE, PRODUCTION)['database']", {'host': 'db1.internal', 'port': 5432}),
    ("merge(BASE, QUIET)['cache']", None),
    ("merge({}, {'a': 1})", {'a': 1}),
]

passed = 0
for expression, expected in CASES:
    try:
        actual = eval(expression)
    except Exception as e:
        actual = f"{type(e).__name__}: {e}"
    if actual == expected:
        passed += 1
        print(f"PASS {expression}", flush=True)
    else:
        print(f"FAIL {expression}: expected {expected!r}, got {actual!r}", flush=True)
print(f"{passed} of {len(CASES)} checks passed")
sys.exit(passed < len(CASES))
