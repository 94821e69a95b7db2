"""When a failed upload is tried again."""

CAP_S = 30


def delay(attempt):
    """Seconds to wait after the given attempt (from 0): one at first, doubled each time, never more than CAP_S."""
    return min(CAP_S, 2**attempt)
