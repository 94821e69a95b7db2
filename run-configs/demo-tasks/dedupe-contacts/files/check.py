"""Cleans small address books: run as `python3 check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

from book.contacts import dedupe


def person(name, email, phone=""):
    return {"name": name, "email": email, "phone": phone}


def names(*people):
    return [p["name"] + p["phone"] for p in dedupe(people)]

CASES = [
    ("names(person('Ann', 'Ann@Example.org'), person('Ann', 'ann@example.org'))", ['Ann']),
    ("names(person('Ann', 'ann@x.org'), person('Bob', 'bob@x.org'))", ['Ann', 'Bob']),
    ("names(person('Ann', 'ann@x.org'), person('Ann', ' ann@x.org ', '12'))", ['Ann']),
    ('names()', []),
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
