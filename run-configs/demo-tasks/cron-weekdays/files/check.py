"""Reads the crontab as cron does: run as `python3 check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

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
    ('jobs(0, 6, 5, 5, 0)', ['fetch-mail']),
    ('jobs(0, 6, 6, 5, 1)', ['fetch-mail', 'price-list']),
    ('jobs(0, 6, 8, 5, 3)', ['fetch-mail', 'price-list']),
    ('jobs(30, 2, 8, 5, 3)', ['fetch-mail', 'backup']),
    ('jobs(45, 23, 11, 5, 6)', ['fetch-mail', 'vacuum']),
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
