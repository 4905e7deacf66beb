"""In which post a command acts, the days and files it is handed: what every command of an operator needs."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from django.utils import timezone
from django.utils.translation import gettext as _

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
        raise Wrong(_("Máy chủ chưa được thành lập. Chạy phoihop users first, hoặc phoihop demo.")) from None


def today() -> date:
    return local_day(timezone.now())


def day(text: str) -> date:
    """A day on a command line, 2025-07-01 or 1/7/2025. Raises ArgumentTypeError with a sentence."""
    parts = text.split("/")[::-1] if "/" in text else text.split("-")
    try:
        year, month, number = (int(part) for part in parts)
        return date(year, month, number)
    except ValueError:
        raise argparse.ArgumentTypeError(_("không có ngày %(text)s; viết 2025-07-01 hoặc 1/7/2025") % {"text": repr(text)}) from None


def content_of(path: str, most: int) -> bytes:
    """What a file holds, at most so many megabytes. Raises Wrong with a sentence."""
    file = Path(path)
    try:
        if file.stat().st_size > most * MEGABYTE:
            raise Wrong(_("%(path)s lớn hơn %(most)s MB, mức lớn nhất được nhận.") % {"path": path, "most": most})
        return file.read_bytes()
    except OSError as problem:
        raise Wrong(_("Không đọc được %(path)s: %(problem)s.") % {"path": path, "problem": problem.strerror}) from None
