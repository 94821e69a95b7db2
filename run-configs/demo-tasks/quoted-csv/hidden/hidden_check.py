"""Labels with quotes of all kinds: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from labels import labels, rows

CASES = [
    ('rows(\'name,street\\n"A, B","C, D"\')', [{'name': 'A, B', 'street': 'C, D'}]),
    ('rows(\'name\\n"say ""hi"""\')', [{'name': 'say "hi"'}]),
    ('rows(\'"first, name",b\\n1,2\')', [{'first, name': '1', 'b': '2'}]),
    ('labels(\'name,street,city\\n"X","",Y\')', []),
    ('rows(\'a,b\\n"two\\nlines",2\')', [{'a': 'two\nlines', 'b': '2'}]),
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
