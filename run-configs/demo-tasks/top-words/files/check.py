"""Tags of two posts: run as `python3 check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

from tags.cloud import cloud
from tags.words import top

CASES = [
    ("cloud('red fish red boat red fish')", ['red', 'fish', 'boat']),
    ("top('bbbaa', 1)", ['b']),
    ("top(open('posts/first.txt').read().lower().split(), 1)", ['red']),
    ("top('', 3)", []),
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
