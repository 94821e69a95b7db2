"""Uploads one file over a transport, which returns HTTP status codes."""

from uploader.backoff import delay

ATTEMPTS = 10


def upload(transport, sleep, data):
    """Number of attempts that it took; ConnectionError when it did not work out."""
    attempt = 0
    while True:
        status = transport(data)
        if status < 400:
            return attempt + 1
        if attempt + 1 == ATTEMPTS:
            raise ConnectionError(f"status {status} after {attempt + 1} attempts")
        sleep(delay(attempt))
        attempt += 1
