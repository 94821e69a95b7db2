"""Plays the supervisor for every service and exit: run as `python3 hidden_check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 2)  # ends an endless loop, by CPU time

def services():
    """{service: {key: value}} of supervisor.ini."""
    found = {}
    for line in open("supervisor.ini"):
        line = line.strip()
        if line.startswith("["):
            service = found[line.strip("[]")] = {}
        elif line and line[0] not in ";#":
            key, _, value = line.partition("=")
            service[key.strip()] = value.strip()
    return found


def restarted(name, code):
    """Whether a service is started again after it returned a code. Return code 0 is a clean exit."""
    service = services()[name]
    value = service["restart_after_failure"] if code else service["restart_after_exit"]
    return {"yes": True, "no": False}[value]

CASES = [
    ('[(name, restarted(name, 0), restarted(name, 1)) for name in services()]', [('web', True, True), ('worker', False, True), ('mailer', False, True)]),
    ("[service['command'].split()[0] for service in services().values()]", ['/opt/shop/web', '/opt/orders/worker', '/opt/mail/mailer']),
    ("restarted('worker', 139)", True),
    ("restarted('worker', 0)", False),
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
