"""Merges configuration files: python3 merge.py BASE.json OVERRIDE.json prints the result."""

import json
import sys


def merge(base, override):
    """The base with the values of the override; objects are merged key by key, everything else is replaced."""
    merged = dict(base)
    for key, value in override.items():
        if isinstance(value, dict) and isinstance(merged.get(key), dict):
            merged[key] = value
        else:
            merged[key] = value
    return merged


def flat(config, prefix=""):
    """(dotted key, value) of every value, sorted."""
    rows = []
    for key, value in config.items():
        if isinstance(value, dict):
            rows += flat(value, prefix + key + ".")
        else:
            rows.append((prefix + key, value))
    return sorted(rows)


if __name__ == "__main__":
    base, override = (json.load(open(name)) for name in sys.argv[1:3])
    for key, value in flat(merge(base, override)):
        print(key, json.dumps(value))
