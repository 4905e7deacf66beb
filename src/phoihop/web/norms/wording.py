"""How norms are said: their values, what stands behind them, how they stand today."""

from __future__ import annotations

from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from phoihop.domain.agreements.models import ContentArea, LocalNorm, Norm
from phoihop.domain.agreements.queries.norms import Told
from phoihop.domain.agreements.queries.numbers import name_of
from phoihop.domain.agreements.rules.norms import SHIPPED, Kind, Step, words

from ..templatetags.face import tag

PAGE = "/ke-hoach/mau-chu-ky/"


def left_out(norm: str, value: str) -> str:
    """Of content areas those that are not among them, by name; empty for every other kind of value."""
    if SHIPPED[norm].kind != Kind.CONTENTS:
        return ""
    given = value.split(",")
    return ", ".join(str(c.label) for c in ContentArea if c.value not in given)


def basis(local: LocalNorm, opens: bool) -> tuple[str, str]:
    """What it stands on, and where that is read; without an address for who may not open it."""
    if local.instrument is not None:
        return local.instrument.number, f"/van-ban/{local.instrument.code}/"
    assert local.agreement is not None
    code = local.agreement.matter.code
    return (name_of(local.agreement), f"/ke-hoach/{code}/") if opens else (code, "")


def stands(told: Told) -> SafeString:
    if told.local.withdrawn_on is not None:
        return tag(_("đã rút"), "")
    if told.ended:
        return tag(_("hết áp dụng"), "")
    return tag(_("chưa áp dụng"), "line") if told.ahead else tag(_("đang áp dụng"), "ok")


def step(one: Step, norm: Norm) -> dict[str, Any]:
    """One value on the way down to a place: the shipped one has no place of its own."""
    return {"value": words(norm, one.value), "left_out": left_out(norm, one.value), "local": one.stated}
