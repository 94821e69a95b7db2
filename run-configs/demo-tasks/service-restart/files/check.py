"""Plays the service manager: run as `python3 check.py`."""

import signal
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
signal.setitimer(signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

RESTARTED = {
    "no": set(),
    "always": {"clean", "failure", "timeout"},
    "on-success": {"clean"},
    "on-failure": {"failure", "timeout"},
    "on-abnormal": {"timeout"},
}


def unit(name):
    """{key: value} of a unit file."""
    pairs = (line.strip().partition("=") for line in open(f"units/{name}.service"))
    return {key: value for key, equals, value in pairs if equals}


def restarted(name, end):
    """Whether the service is started again after a clean end, a failure or a time-out."""
    policy = unit(name)["Restart"]
    return end in RESTARTED[policy]

CASES = [
    ("restarted('worker', 'failure')", True),
    ("restarted('worker', 'timeout')", True),
    ("restarted('web', 'clean')", True),
    ("unit('worker')['RestartSec']", '5'),
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
