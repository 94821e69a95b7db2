"""Cleans the address book. A contact is a dictionary with name, email and phone."""


def identity(contact):
    """What two entries of one person have in common: the e-mail address, whatever its case and the spaces around it."""
    return contact["email"].strip().lower()


def merge(first, second):
    """The first contact, with what it lacks taken from the second."""
    return {key: first[key] or second[key] for key in first}


def dedupe(contacts):
    """One entry per person, in the order of their first entries."""
    found = {}
    for contact in contacts:
        key = identity(contact)
        found[key] = merge(found[key], contact) if key in found else contact
    return list(found.values())
