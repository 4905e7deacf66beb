"""What argparse itself says of how a command is called, in the language of everything else that the command says."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.utils.translation import gettext_lazy as _

SAID: dict[str, Any] = {
    "usage: ": _("cách gọi: "),
    "positional arguments": _("phải ghi"),
    "options": _("tùy chọn"),
    "show this help message and exit": _("cho biết cách gọi"),
    "%(prog)s: error: %(message)s\n": _("%(prog)s: lỗi: %(message)s\n"),
    "argument %(argument_name)s: %(message)s": _("%(argument_name)s: %(message)s"),
    "the following arguments are required: %s": _("còn thiếu: %s"),
    "one of the arguments %s is required": _("phải ghi một trong: %s"),
    "not allowed with argument %s": _("không ghi cùng với %s"),
    "unrecognized arguments: %s": _("không hiểu: %s"),
    "expected one argument": _("phải ghi một giá trị"),
    "expected at most one argument": _("chỉ ghi nhiều nhất một giá trị"),
    "expected at least one argument": _("phải ghi ít nhất một giá trị"),
    "ignored explicit argument %r": _("không nhận giá trị %r"),
    "ambiguous option: %(option)s could match %(matches)s": _("%(option)s có thể là %(matches)s; hãy ghi đủ chữ"),
    "invalid choice: %(value)r (choose from %(choices)s)": _("không có %(value)r; chọn một trong %(choices)s"),
    "invalid %(type)s value: %(value)r": _("%(value)r không phải giá trị ghi được ở đây"),
}


@contextmanager
def in_words() -> Iterator[None]:
    """While a call is read, argparse looks its sentences up here. It asks the ``gettext`` that its module holds, and nothing else can be given to it."""
    names = vars(argparse)
    before = names["_"]
    names["_"] = lambda sentence: str(SAID[sentence]) if sentence in SAID else sentence
    try:
        yield
    finally:
        names["_"] = before
