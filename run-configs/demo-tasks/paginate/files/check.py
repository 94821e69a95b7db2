"""Pages of 25 hits: run as `python3 check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

from search.pages import links, page, page_count

HITS = list(range(1, 26))

CASES = [
    ('page(HITS, 1)', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]),
    ('page(HITS, 2)', [11, 12, 13, 14, 15, 16, 17, 18, 19, 20]),
    ('page(HITS, 3)', [21, 22, 23, 24, 25]),
    ('page_count(HITS)', 3),
    ('page_count([])', 1),
    ('links(HITS, 1)', (None, 2)),
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
