"""Who may buy what at the box office."""

ADULT = 18
GROUP = 10


def may_buy(age):
    """Whether somebody of this age may buy a ticket."""
    return age > ADULT


def is_group(people):
    """Whether so many people get the price of groups."""
    return people >= GROUP
