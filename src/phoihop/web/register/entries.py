"""What the register brings to the frame: its places in the rail, finding by words (Ctrl K)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.agreements.queries.instruments import instruments
from phoihop.domain.agreements.queries.listed import register
from phoihop.domain.agreements.queries.numbers import name_of
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.kernel.at_once import first
from phoihop.search import asking

from ..finding import Asked, Found, finder
from ..shell import MONTHLY, Entry, rail, record
from . import wording

rail(Entry("/ke-hoach/", lazy("Kế hoạch phối hợp"), icon="file-certificate", rhythm=MONTHLY, order=10, permission="matter.view", key="K"))
record(
    Entry("/ke-hoach/ghi-so/", lazy("Ghi văn bản đã ký vào sổ"), icon="book-2", order=75, permission="agreement.register", hint=lazy("Bản giấy, có bản quét"))
)
_FOUND = 4
_LEAST = 3


@finder
def _by_words(post: Post, text: str, day: date) -> Iterable[Found] | Asked:
    """Documents in which the words stand, with or without diacritics, the latest first."""
    if len(text) < _LEAST or not may(post, "matter.view"):
        return ()
    rows = asking.found(register(post, day), post, text, day).select_related("matter__title", "matter__lead__force")
    return Asked(first(rows.order_by("-pk"), _FOUND).order_by("-pk"), _document)


def _document(a: Any) -> Found:
    about = f"{a.get_kind_display()} · {_('chủ trì')} {a.matter.lead.short}"
    return Found(wording.title_of(a), wording.PAGE % a.matter.code, icon="file-certificate", about=about, code=name_of(a), forces=(a.matter.lead.force.code,))


@finder
def _instruments(post: Post, text: str, day: date) -> Iterable[Found] | Asked:
    """Legal instruments by number, title or issuer."""
    if len(text) < _LEAST or not may(post, "matter.view"):
        return ()
    return Asked(first(instruments(text, on=day).order_by("-pk"), _FOUND).order_by("-pk"), _instrument)


def _instrument(one: Any) -> Found:
    return Found(one.title, f"/van-ban/{one.code}/", icon="gavel", about=one.get_kind_display(), code=one.number)
