"""Pages of search results. The first page is page 1."""

SIZE = 10


def page_count(items, size=SIZE):
    """Number of pages; an empty result has one, which is empty."""
    return max(1, -(-len(items) // size))


def page(items, number, size=SIZE):
    """The items of one page. IndexError for a page that does not exist."""
    if not 1 <= number <= page_count(items, size):
        raise IndexError(f"page {number} of {page_count(items, size)}")
    start = (number - 1) * size
    return items[start : start + size]


def links(items, number, size=SIZE):
    """Numbers of the pages before and after, None at the ends."""
    last = page_count(items, size)
    return (number - 1 if number > 1 else None, number + 1 if number < last else None)
