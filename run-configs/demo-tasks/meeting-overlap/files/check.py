"""Books the rooms of the ticket: run as `python3 check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

from rooms.booking import Booking, overlap
from rooms.calendar import book


def at(start, end, room="Oslo"):
    return Booking(room, start * 60, end * 60)

CASES = [
    ('overlap(at(10, 11), at(9, 10))', False),
    ('overlap(at(9, 10), at(10, 11))', False),
    ('overlap(at(9, 11), at(10, 12))', True),
    ('overlap(at(9, 12), at(10, 11))', True),
    ("overlap(at(9, 11), at(9, 11, room='Rome'))", False),
    ('len(book([at(9, 10)], at(10, 11)))', 2),
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
