"""Compares waits with the old release: run as `python3 check.py`."""

import signal
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
signal.setitimer(signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

from uploader.backoff import delay, gives_up, schedule

CASES = [
    ('[delay(n) for n in range(5)]', [1, 2, 4, 8, 16]),
    ('schedule(1)', []),
    ('schedule(4)', [1, 3, 7]),
    ('gives_up(0, 404)', True),
    ('gives_up(0, 503)', False),
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
