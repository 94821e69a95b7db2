"""What stands below the results."""

from search.pages import links, page_count


def footer(items, number):
    before, after = links(items, number)
    parts = [f"page {number} of {page_count(items)}"]
    if before:
        parts.insert(0, f"< {before}")
    if after:
        parts.append(f"{after} >")
    return " ".join(parts)
