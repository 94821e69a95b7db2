"""Every day of a week: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

def matches(field, value):
    """One field of a crontab: *, n, a-b, lists of these, and steps."""
    for part in field.split(","):
        span, _, step = part.partition("/")
        low, _, high = span.partition("-")
        low, high = (0, 59) if span == "*" else (int(low), int(high or low))
        if low <= value <= high and (value - low) % int(step or 1) == 0:
            return True
    return False


def jobs(minute, hour, day, month, weekday):
    """Names of the jobs that start at that minute."""
    started = []
    for line in open("crontab"):
        if line.strip() and not line.startswith("#"):
            *fields, command = line.split(None, 5)
            if all(map(matches, fields, (minute, hour, day, month, weekday))):
                started.append(command.strip().rpartition("/")[2])
    return started

CASES = [
    ("[w for w in range(7) if 'price-list' in jobs(0, 6, 9, 5, w)]", [1, 2, 3, 4, 5]),
    ("[h for h in range(24) if 'price-list' in jobs(0, h, 9, 5, 2)]", [6]),
    ("[m for m in range(60) if 'price-list' in jobs(m, 6, 9, 5, 2)]", [0]),
    ("[w for w in range(7) if 'backup' in jobs(30, 2, 9, 5, w)]", [0, 1, 2, 3, 4, 5, 6]),
    ("[m for m in range(60) if 'fetch-mail' in jobs(m, 4, 9, 5, 2)]", [0, 15, 30, 45]),
    ("[w for w in range(7) if 'vacuum' in jobs(45, 23, 9, 5, w)]", [6]),
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
