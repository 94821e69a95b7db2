"""Bookings in every position to each other: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from rooms.booking import Booking, overlap
from rooms.calendar import book


def at(start, end, room="Oslo"):
    return Booking(room, start * 60, end * 60)

CASES = [
    ('overlap(at(10, 12), at(9, 11))', True),
    ('overlap(at(10, 11), at(9, 12))', True),
    ('overlap(at(9, 11), at(9, 11))', True),
    ('overlap(at(9, 10), at(12, 13))', False),
    ('overlap(at(12, 13), at(9, 10))', False),
    ('overlap(at(10, 11), at(9, 10))', False),
    ('overlap(at(9, 10), at(9, 11))', True),
    ('overlap(at(10, 11), at(9, 11))', True),
]

for a in range(8, 13):
    for b in range(a + 1, 14):
        for c in range(8, 13):
            for e in range(c + 1, 14):
                CASES.append((f"overlap(at({a}, {b}), at({c}, {e}))", max(a, c) < min(b, e)))

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
