"""Plays the log daemon for a month and more: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

def settings():
    """{section: {key: value}} of logd.ini."""
    sections = {}
    for line in open("logd.ini"):
        line = line.strip()
        if line.startswith("["):
            section = sections[line.strip("[]")] = {}
        elif line and line[0] not in ";#":
            key, _, value = line.partition("=")
            section[key.strip()] = value.strip()
    return sections


def files(section, hours):
    """Number of old files that the daemon holds after that many hours."""
    log = settings()[section]
    assert log["enabled"] in ("yes", "no") and log["compress"] in ("yes", "no"), "expected yes or no"
    return min(hours // int(log["every_hours"]), int(log["keep_files"])) if log["enabled"] == "yes" else 0

CASES = [
    ("files('rotation', 24 * 7)", 7),
    ("files('rotation', 24 * 40)", 7),
    ("files('rotation', 23)", 0),
    ("files('audit', 24 * 40)", 30),
    ("files('audit', 24 * 10)", 10),
    ("settings()['rotation']['compress']", 'no'),
    ("settings()['audit']['compress']", 'yes'),
    ("settings()['general']", {'directory': '/var/log/app', 'level': 'info'}),
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
