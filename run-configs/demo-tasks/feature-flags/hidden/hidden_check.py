"""Asks for the flags of all kinds of users: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

import json


def on(flag, **user):
    """Whether a flag is on for a user, as the shop decides it."""
    config = json.load(open("flags.json"))[flag]
    if config["match"] not in ("any", "all"):
        return "match must be any or all"
    hits = [user.get(rule["key"]) in rule["values"] for rule in config["rules"]]
    return any(hits) if config["match"] == "any" else all(hits)

CASES = [
    ("on('new-checkout', country='SE', group='beta')", True),
    ("on('new-checkout', country='NO', group='beta')", True),
    ("on('new-checkout', country='FR', group='beta')", False),
    ("on('new-checkout', country='SE', group='staff')", False),
    ("on('dark-mode', group='staff')", True),
    ("on('dark-mode')", False),
    ("on('dark-mode', group='all')", False),
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
