"""Waits, the cap and the client: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from uploader.backoff import delay
from uploader.client import upload


def waits(failures):
    replies = iter([503] * failures + [200])
    slept = []
    upload(lambda data: next(replies), slept.append, b"x")
    return slept

CASES = [
    ('[delay(n) for n in range(5)]', [1, 2, 4, 8, 16]),
    ('delay(5)', 30),
    ('delay(9)', 30),
    ('waits(0)', []),
    ('waits(3)', [1, 2, 4]),
    ('waits(8)', [1, 2, 4, 8, 16, 30, 30, 30]),
    ('waits(10)', 'ConnectionError: status 503 after 10 attempts'),
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
