"""Orders all kinds of releases: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from updates.page import page
from updates.releases import ordered

CASES = [
    ("ordered(['v1.9.0', 'v1.2.0'])", ['v1.2.0', 'v1.9.0']),
    ("ordered(['v2.0.0', 'v1.99.99', 'v1.100.0'])", ['v1.99.99', 'v1.100.0', 'v2.0.0']),
    ("ordered(['v10.0.0', 'v9.0.0'])", ['v9.0.0', 'v10.0.0']),
    ("ordered(['v1.0.10', 'v1.0.9', 'v1.0.2', 'v1.0.1'])", ['v1.0.1', 'v1.0.2', 'v1.0.9', 'v1.0.10']),
    ("page(['v1.2.0', 'v1.10.0', 'v1.3.0'])", ['v1.10.0', 'v1.3.0', 'v1.2.0']),
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
