"""Tables with many returns: run as `python3 hidden_check.py`."""

import signal
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
signal.setitimer(signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

from totals import lines, totals


def row(date, group, units, price):
    return {"date": date, "group": group, "units": str(units), "price": str(price)}


def table(*rows):
    return list(lines(totals([row(*r) for r in rows])))

CASES = [
    ("table(('2024-01-01', 'a', -2, 5))", ['month,a', '2024-01,-10']),
    ("table(('2024-01-01', 'a', 2, 5), ('2024-02-01', 'a', -2, 5))", ['month,a', '2024-01,10', '2024-02,-10']),
    ("table(('2024-01-01', 'b', 1, 7), ('2024-01-09', 'b', -1, 7), ('2024-01-09', 'a', 0, 7))", ['month,a,b', '2024-01,0,0']),
    ("table(('2024-12-01', 'a', 1, 1), ('2023-12-01', 'b', 1, 1))", ['month,a,b', '2023-12,0,1', '2024-12,1,0']),
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
