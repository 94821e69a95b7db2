"""Merges deeper files: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from merge import merge

CASES = [
    ("merge({'d': {'host': 'a', 'port': 1}}, {'d': {'host': 'b'}})", {'d': {'host': 'b', 'port': 1}}),
    ("merge({'a': {'b': {'c': 1, 'd': 2}}}, {'a': {'b': {'c': 3}}})", {'a': {'b': {'c': 3, 'd': 2}}}),
    ("merge({'a': {'x': 1}}, {'a': 5})", {'a': 5}),
    ("merge({'a': 5}, {'a': {'x': 1}})", {'a': {'x': 1}}),
    ("merge({'a': [1, 2]}, {'a': [3]})", {'a': [3]}),
    ("merge({'a': {'x': 1}}, {'a': {}})", {'a': {'x': 1}}),
    ("merge({'a': {'x': 1}}, {'a': {'x': None}})", {'a': {'x': None}}),
    ("merge({'a': 1}, {})", {'a': 1}),
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
if passed == len(CASES):
    print("every hidden case holds")
else:
    sys.exit(1)
