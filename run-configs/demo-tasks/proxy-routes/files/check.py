"""Routes requests as the proxy does: run as `python3 check.py`."""

import _signal  # signal itself takes longer to import than the checks to run
import sys

sys.dont_write_bytecode, sys.pycache_prefix = True, "/dev/null"
_signal.setitimer(_signal.ITIMER_PROF, 0.5)  # ends an endless loop, by CPU time

def parse(text):
    """({upstream: port}, {path prefix: upstream}) of a proxy configuration."""
    upstreams, locations, block = {}, {}, []
    for line in text.splitlines():
        words = line.strip().rstrip(";").split()
        if not words:
            continue
        if words[-1] == "{":
            block.append(words[:-1])
        elif words == ["}"]:
            block.pop()
        elif words[0] == "server":
            upstreams[block[-1][1]] = int(words[1].rpartition(":")[2])
        elif words[0] == "proxy_pass":
            locations[block[-1][1]] = words[1]
    return upstreams, locations


def route(path):
    """Name of the service that answers a path; the longest prefix decides."""
    upstreams, locations = parse(open("proxy.conf").read())
    prefix = max((p for p in locations if path.startswith(p)), key=len)
    port = upstreams[locations[prefix]]
    services = dict(reversed(line.split()) for line in open("services.list"))
    return services.get(str(port), f"nothing on port {port}")

CASES = [
    ("route('/')", 'web'),
    ("route('/downloads/1')", 'files'),
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
