"""Keeps the latest version of each record: python3 latest.py FILE.jsonl"""

import json
import sys


def records(lines):
    """The records of the lines; blank lines are left out."""
    return [json.loads(line) for line in lines if line.strip()]


def latest(all_records):
    """One record per id, sorted by id: the one with the highest version; of equal versions the one that comes last."""
    found = {}
    for record in all_records:
        known = found.get(record["id"])
        if known is None or record["version"] > known["version"]:
            found[record["id"]] = record
    return [found[key] for key in sorted(found)]


def alive(all_records):
    """The latest records without those that are marked as deleted."""
    return [record for record in latest(all_records) if not record.get("deleted", False)]


if __name__ == "__main__":
    with open(sys.argv[1]) as file:
        for record in alive(records(file)):
            print(json.dumps(record))
