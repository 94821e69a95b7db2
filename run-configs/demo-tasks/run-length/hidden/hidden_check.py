"""Every short row: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

import itertools

from pixels.rle import decode, encode

CASES = [
    ("encode('abba')", [('a', 1), ('b', 2), ('a', 1)]),
]

for size in range(6):
    for row in map("".join, itertools.product("ab", repeat=size)):
        CASES.append((f"decode(encode({row!r}))", row))
        CASES.append((f"all(x[0] != y[0] for x, y in zip(encode({row!r}), encode({row!r})[1:]))", True))

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
