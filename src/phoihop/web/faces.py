"""The faces of forces on the page: names in the reader's language, colours as a style sheet under its digest."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from phoihop.domain.forces.queries import Face
from phoihop.domain.forces.queries import faces as faces_of_day
from phoihop.kernel.period import local_day
from phoihop.kernel.text import digest, fold

from .memory import known

GREY = ("#54656f", "#9fb0ba")


def faces(on: date | None = None) -> dict[str, Face]:
    """Every force's face today, or on a day, in the order of the forces."""
    return faces_of_day(on or local_day(timezone.now()))


def face(code: str, on: date | None = None) -> Face:
    """The face of a force today, or on a day. A force without one shows its code in grey."""
    return faces(on).get(code) or Face(code, 0, code, code, code, *GREY)


def name_of(one: Face) -> str:
    return one.name_en if get_language() == "en" else one.name


def css_class(code: str) -> str:
    """The class that carries a force's colours."""
    return f"fc-{fold(code)}"


def style_sheet() -> tuple[str, str]:
    """Digest and text of the sheet with all colours of today: light as --fl, dark as --fd (static/css/tokens.css)."""
    return known(("force colours", local_day(timezone.now())), _write_sheet)


def _write_sheet() -> tuple[str, str]:
    lines = [f".{css_class(one.code)}{{--fl:{one.colour};--fd:{one.colour_dark}}}" for one in faces().values()]
    css = "\n".join(sorted(lines)) + "\n"
    return digest(css.encode())[:12], css
