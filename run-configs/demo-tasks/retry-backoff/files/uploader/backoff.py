"""When a failed upload is tried again."""

BASE_S = 1
FACTOR = 2
CAP_S = 30
ATTEMPTS = 10


def delay(attempt):
    """Seconds to wait after the given attempt (from 0): doubled each time, never more than CAP_S."""
    return max(CAP_S, BASE_S * FACTOR**attempt)


def schedule(attempts=ATTEMPTS):
    """Seconds after the first attempt at which each further attempt starts."""
    starts = []
    now = 0
    for attempt in range(attempts - 1):
        now += delay(attempt)
        starts.append(now)
    return starts


def gives_up(attempt, status):
    """Client errors are final, except for 408 and 429; everything else is tried ATTEMPTS times."""
    if 400 <= status < 500 and status not in (408, 429):
        return True
    return attempt + 1 >= ATTEMPTS
