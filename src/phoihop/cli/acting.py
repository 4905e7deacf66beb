"""In which post a command acts, the days and files it is handed: what every command of an operator needs."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from django.utils import timezone

from phoihop.domain.people.models import Post
from phoihop.domain.people.queries import node_post
from phoihop.kernel.period import local_day

from .wrong import Wrong

MEGABYTE = 1024 * 1024


def post_of_node() -> Post:
    """The node's own post. Raises Wrong with a sentence while the node has not been founded."""
    try:
        return node_post()
    except Post.DoesNotExist:
        raise Wrong("this node has not been founded yet; run phoihop users first, or phoihop demo.") from None


def today() -> date:
    return local_day(timezone.now())


def day(text: str) -> date:
    """A day on a command line, 2025-07-01 or 1/7/2025. Raises ArgumentTypeError with a sentence."""
    parts = text.split("/")[::-1] if "/" in text else text.split("-")
    try:
        year, month, number = (int(part) for part in parts)
        return date(year, month, number)
    except ValueError:
        raise argparse.ArgumentTypeError(f"there is no day {text!r}; write 2025-07-01 or 1/7/2025") from None


def content_of(path: str, most: int) -> bytes:
    """What a file holds, at most so many megabytes. Raises Wrong with a sentence."""
    file = Path(path)
    try:
        if file.stat().st_size > most * MEGABYTE:
            raise Wrong(f"{path} is larger than {most} MB, the most that is accepted.")
        return file.read_bytes()
    except OSError as problem:
        raise Wrong(f"{path} cannot be read: {problem.strerror}.") from None
