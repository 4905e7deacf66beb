"""How forces are called and coloured today: dated data (ForceFace), not code. Colours reach the page as a style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import get_language

from phoihop.domain.forces.models import ForceFace
from phoihop.kernel.period import local_day
from phoihop.kernel.text import digest, fold

from .memory import known


@dataclass(frozen=True, slots=True)
class Face:
    """A force as it is shown. ``css`` is the class that carries its colours."""

    code: str
    name_vi: str
    name_en: str
    monogram: str
    colour: str
    colour_dark: str

    @property
    def name(self) -> str:
        return self.name_en if get_language() == "en" else self.name_vi

    @property
    def css(self) -> str:
        return css_class(self.code)


def css_class(code: str) -> str:
    return f"fc-{fold(code)}"


def face(code: str, on: date | None = None) -> Face:
    """The face of a force today, or on a day. A force without one shows its code in grey."""
    return faces(on).get(code) or Face(code, code, code, code, "#54656f", "#9fb0ba")


def faces(on: date | None = None) -> dict[str, Face]:
    """Every force's face today, or on a day, in the order of the forces."""
    day = on or local_day(timezone.now())
    return known(("faces", day), lambda: {one.code: one for since, one in known("every face", _load) if since <= day})


def _load() -> list[tuple[date, Face]]:
    rows = ForceFace.objects.order_by("force__order", "valid_from").values_list(
        "valid_from", "force__code", "name", "name_en", "monogram", "colour", "colour_dark"
    )
    return [(since, Face(*rest)) for since, *rest in rows]


def style_sheet() -> tuple[str, str]:
    """Digest and text of the sheet with all colours of today: light as --fl, dark as --fd (static/css/tokens.css)."""
    return known(("force colours", local_day(timezone.now())), _write_sheet)


def _write_sheet() -> tuple[str, str]:
    lines = [f".{one.css}{{--fl:{one.colour};--fd:{one.colour_dark}}}" for one in faces().values()]
    css = "\n".join(sorted(lines)) + "\n"
    return digest(css.encode())[:12], css
