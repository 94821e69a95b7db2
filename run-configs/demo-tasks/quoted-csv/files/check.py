"""Labels of the sample: run as `python3 check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

from labels import labels, rows

SAMPLE = open("data/members.csv").read()

CASES = [
    ('labels(SAMPLE)[0]', 'Berg, Ida\nMain St 4\nOslo'),
    ('labels(SAMPLE)[1]', 'Otto Holm\nHigh St 1\nBergen'),
    ('len(labels(SAMPLE))', 2),
    ("rows('a,b')", []),
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
