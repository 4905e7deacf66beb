"""Sentences that are said before Django is ready, as about a setting that cannot be read: in the language of the command all the same."""

from __future__ import annotations

import gettext
import os
from functools import cache

from .sentences import MO, compile_sentences


def said(sentence: str, **values: object) -> str:
    """A sentence with its values. Django's own functions ask the settings that are only being read. Whatever is no language of ours is Vietnamese."""
    there = _english().gettext(sentence) if os.environ.get("PHOIHOP_LANGUAGE") == "en" else sentence
    return there % values


@cache
def _english() -> gettext.NullTranslations:
    compile_sentences()
    return gettext.translation("django", MO.parents[2], ["en"], fallback=True)
