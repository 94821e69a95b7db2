"""Grades at each bound, with half points: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from exam.grades import letter
from exam.letters import notice

CASES = [
    ("''.join(letter(p) for p in (0, 59, 59.5, 60, 69.5, 70, 79.5, 80, 89.5, 90, 100))", 'FFFDDCCBBAA'),
    ('letter(89)', 'B'),
    ('letter(89.5)', 'B'),
    ("notice('Kim', 70)", 'Kim: C'),
    ('letter(90.5)', 'A'),
    ('letter(-1)', 'F'),
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
