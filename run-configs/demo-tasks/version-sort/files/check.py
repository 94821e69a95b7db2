"""Orders the releases of the ticket: run as `python3 check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

from updates.page import page
from updates.releases import ordered, parse

CASES = [
    ("ordered(['v1.10.0', 'v1.2.0', 'v1.9.0'])", ['v1.2.0', 'v1.9.0', 'v1.10.0']),
    ("page(['v1.9.0', 'v1.10.0'])", ['v1.10.0', 'v1.9.0']),
    ("parse('v1.10.0') > parse('v1.9.0')", True),
    ('ordered([])', []),
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
