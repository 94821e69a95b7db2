"""Cleans larger address books: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from book.contacts import dedupe


def person(name, email, phone=""):
    return {"name": name, "email": email, "phone": phone}


def names(*people):
    return [p["name"] + p["phone"] for p in dedupe(people)]

CASES = [
    ("names(person('A', 'A@X.ORG'), person('B', 'b@x.org'), person('C', 'a@x.org', '7'), person('D', ' B@x.org'))", ['A', 'B']),
    ("names(person('Ann', 'ann@x.org'), person('Ann', 'other@x.org'))", ['Ann', 'Ann']),
    ("names(person('Ann', 'ann@x.org'), person('ANN', 'ANN@x.org'))", ['Ann']),
    ("dedupe([person('Ann', 'Ann@X.org')])[0]['email']", 'Ann@X.org'),
    ("names(person('', 'x@x.org'), person('', 'y@x.org'))", ['', '']),
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
