"""What may not enter: state secrets, private persons, files that run or hide. Every argument of every action passes here.

A formula or markup in a text (``=cmd|…``, ``<script>``) is no matter for a gate: it is kept as typed and shown as typed. Pages escape it,
workbooks write it as a string (never ``write`` but ``write_string``), and nothing of ours evaluates a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection
from dataclasses import replace
from typing import Any

from ..upload import Upload
from ..verdict import Refused
from .arguments import texts_in
from .files import MEGABYTE, Limits, check
from .judging import Reading, answered, judge, nobody
from .refusals import REFUSALS, Refusal, verdict

#: The registered duty numbers, as digits dialled at home or with +84. The domain sets it when the program starts.
known_numbers: Callable[[], Collection[str]] = nobody
#: How much is accepted. Set from the settings when the program starts.
limits = Limits()

# Arguments called so name a plan or an act: what is out of scope as a title is looked for in all of the text.
TITLES = frozenset({"title", "name"})
# Arguments called so hold the name of an official in an account or a post: they are themselves the answer to whose name it is. Only to that.
OFFICIALS = frozenset({"full_name"})
# What a digest is made of: nobody types it, and digits within it that look like a telephone number are chance.
_DIGEST = re.compile(r"[0-9a-f]{64}")

# A NUL, which PostgreSQL does not take, and half a letter of UTF-16, which nobody can write out.
_NO_TEXT = re.compile("[\0\ud800-\udfff]")


def inspect(arguments: dict[str, Any], sure: Collection[str] = frozenset()) -> None:
    """Raise Refused for the first text or upload that may not enter, with its place as field (``drafts.3.title``).

    ``sure`` holds the answers to what a gate asked; it never opens what a gate refuses. A text is judged whole, wherever it stands.
    """
    plainly = Reading(known_numbers)
    titled = replace(plainly, title=True)
    answers = answered(sure)
    for place, value in texts_in(arguments):
        last = place.rpartition(".")[2]
        if isinstance(value, Upload):
            said = check(value, answers, plainly, limits)
        elif _DIGEST.fullmatch(value):
            continue
        elif _NO_TEXT.search(value):
            said = verdict("text-not-plain")
        elif len(value) > limits.text:
            said = verdict("text-too-long", f"{limits.text:,}".replace(",", "."))
        else:
            own = answered([value]) if last in OFFICIALS else frozenset()
            said = judge(value, answers | own, titled if last in TITLES else plainly)
        if not said:
            raise Refused(said.at(place))


__all__ = ["MEGABYTE", "REFUSALS", "Limits", "Refusal", "inspect", "known_numbers", "limits"]
