"""Pages compared without the white space of their layout: how a template is laid out over lines is no part of what it says."""

import re


def flat(html: str) -> str:
    """The text of a page with no white space between tags, or between a tag and what stands beside it."""
    inside = re.sub(r"<[^<>]*>", lambda tag: re.sub(r"\s*(/?>)$", r"\1", " ".join(tag.group().split())), html)
    return re.sub(r"\s*(<[^<>]*>)\s*", r"\1", " ".join(inside.split()))
