"""Day and night: a roster is read by shifts, and who goes at night is counted by itself."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.period import HOME


class Shift(StrEnum):
    NIGHT = "night"
    DAY = "day"


SHIFT_NAMES = {Shift.NIGHT: _("ca đêm"), Shift.DAY: _("ca ngày")}
NIGHT_FROM, NIGHT_UNTIL = 18, 6
"""Hours of the clock in Vietnam between which a patrol that sets out is one of the night."""


def shift_of(start: datetime) -> Shift:
    hour = start.astimezone(HOME).hour
    return Shift.NIGHT if hour >= NIGHT_FROM or hour < NIGHT_UNTIL else Shift.DAY
