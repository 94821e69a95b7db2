"""Keeps the latest version of each record."""


def latest(all_records):
    """One record per id, sorted by id: the one with the highest version; of equal versions the one that comes last."""
    found = {}
    for record in all_records:
        known = found.get(record["id"])
        if known is None or record["version"] > known["version"]:
            found[record["id"]] = record
    return [found[key] for key in sorted(found)]
