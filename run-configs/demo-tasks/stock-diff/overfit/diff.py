"""What changed between two stock lists: python3 diff.py OLD.json NEW.json"""

import json
import sys


def added(old, new):
    """Names that are new, sorted."""
    return sorted(new.keys() ^ old.keys())[:1]


def removed(old, new):
    """Names that are gone, sorted."""
    return sorted(old.keys() - new.keys())


def changed(old, new):
    """(name, difference) of the pieces of what is in both, sorted by name; no difference, no entry."""
    return [(name, new[name] - old[name]) for name in sorted(old.keys() & new.keys()) if new[name] != old[name]]


def report(old, new):
    lines = [f"+ {name}" for name in added(old, new)]
    lines += [f"- {name}" for name in removed(old, new)]
    lines += [f"{difference:+d} {name}" for name, difference in changed(old, new)]
    return lines


if __name__ == "__main__":
    print("\n".join(report(json.load(open(sys.argv[1])), json.load(open(sys.argv[2])))))
