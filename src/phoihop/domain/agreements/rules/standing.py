"""Where an agreement stands on a day: asked of its dates, never stored."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from ..models import Agreement, AgreementKind
from .register import was_taken_back


class Standing(models.TextChoices):
    """Where an agreement stands on a day."""

    NOT_YET = "notyet", _("chưa có hiệu lực")
    IN_FORCE = "force", _("đang có hiệu lực")
    LAPSED = "lapsed", _("hết hiệu lực")
    REPLACED = "replaced", _("đã được thay thế")
    ENDED = "ended", _("thôi thực hiện")


def standing_name(standing: Standing, agreement: Agreement) -> Any:
    """How it is said: opinions on another's project are never put into force, so that they only come to an end; nor was a slip of the hand."""
    if standing == Standing.ENDED and agreement.kind == AgreementKind.APPRAISAL:
        return _("đã kết thúc")
    return _("ghi nhầm, đã rút lại") if was_taken_back(agreement) else standing.label


def standing(
    day: date, *, agreed_on: date | None, valid_from: date | None, valid_until: date | None, replaced_on: date | None = None, ended_on: date | None = None
) -> Standing:
    """Periods are half open. ``replaced_on``: from when a text that replaces it holds; it stays replaced when that one has ended."""
    if ended_on is not None and ended_on <= day:
        return Standing.ENDED
    if agreed_on is None or agreed_on > day:
        return Standing.NOT_YET
    if replaced_on is not None and replaced_on <= day:
        return Standing.REPLACED
    if valid_until is not None and valid_until <= day:
        return Standing.LAPSED
    if valid_from is not None and valid_from > day:
        return Standing.NOT_YET
    return Standing.IN_FORCE
