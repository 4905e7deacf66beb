"""Units and communes as people type them: read for a day, with what may be meant where a name is unclear, and names to choose from."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Q
from django.forms import CharField, TextInput
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _

from phoihop.domain.activities.queries.log import Named, Names, unclear_area, unclear_unit
from phoihop.domain.activities.queries.log.names import exact
from phoihop.domain.activities.queries.own import companions
from phoihop.domain.activities.rules.log.cells import words
from phoihop.domain.activities.rules.log.forces import only_force
from phoihop.domain.activities.rules.log.means import Means
from phoihop.domain.forces.models import Unit
from phoihop.domain.forces.queries.units import chain_above, units_of
from phoihop.domain.people.models import Post
from phoihop.domain.territory.models import Area
from phoihop.domain.territory.queries import areas_below, exists_on
from phoihop.kernel.period import local_day
from phoihop.kernel.text import nfc

from ..forms import Unclear
from ..scope import province_of

UNITS, AREAS = "cac-don-vi", "cac-dia-ban"
_OFFERED = 160


class NameField(CharField):
    """A name with suggestions beneath it (``<datalist id="…">`` of patrols/names.html); the form reads it for the day it is about."""

    def __init__(self, listed: str, **kwargs: Any) -> None:
        super().__init__(max_length=160, widget=TextInput({"list": listed, "autocomplete": "off"}), **kwargs)


class Reader:
    """Reads the names that one post writes."""

    def __init__(self, post: Post) -> None:
        self.post = post
        self._names: Names | None = None

    @property
    def names(self) -> Names:
        if self._names is None:
            self._names = Names(self.post.unit, local_day(timezone.now()))
        return self._names

    def unit(self, text: str, day: date) -> Unit:
        """The unit of a day. Raises Unclear, with the units that may be meant."""
        said = nfc(text).strip()
        same = list(Unit.objects.filter(Q(name=said) | Q(short=said) | Q(key=said), exists_on(day)).select_related("force", "area")[:2])
        if len(same) == 1:
            return same[0]
        named = self.names.unit(Means.PARTIES, said, day)
        if named.one is not None and _is_then(named.one, day):
            return named.one
        if (key := exact(said)) and named.one is None:
            named = self.names.unit(Means.PARTIES, said[: said.rindex("[")].strip() or key, day)
            if named.one is not None:
                return named.one
        raise _unclear(_without_key(said), Named(choices=named.choices, former=named.former))

    def partner(self, text: str, area: Area | None, day: date) -> Unit:
        """The unit that goes along, as in an imported log: a force alone ("DQ", "CA xã") is its unit in ``area``. Raises Unclear."""
        force = only_force(words(text))
        if not force:
            return self.unit(text, day)
        named = self.names.party(Means.PARTIES, text, force, area, day)
        if named.one is not None:
            return named.one
        if area is None:
            raise Unclear(now_("“%(text)s” là lực lượng của xã nào? Ghi đúng tuyến hoặc xã trước.") % {"text": text}, code="area-first")
        raise _unclear(f"{text} · {area}", named)

    def area(self, text: str, day: date) -> Area:
        """The commune of a day. Raises Unclear: one that was no more offers what it became."""
        said = nfc(text).strip()
        named = self.names.area(Means.AREA, said, day)
        if named.one is None and exact(said):
            named = self.names.area(Means.AREA, _without_key(said), day)
        if named.one is not None:
            return named.one
        verdict = unclear_area(_without_key(said), named, day)
        raise Unclear(verdict.reason, _offers(named), code=verdict.code)


def _unclear(text: str, named: Named[Unit]) -> Unclear:
    verdict = unclear_unit(text, named)
    return Unclear(verdict.reason, _offers(named), code=verdict.code)


def _offers(named: Named[Any]) -> list[tuple[str, str]]:
    return [(one.value, one.label or one.value) for one in named.suggestions()[:6]]


def _without_key(text: str) -> str:
    return text[: text.rindex("[#")].strip() if exact(text) else text


def _is_then(unit: Unit, day: date) -> bool:
    return unit.valid_from <= day and (unit.valid_until is None or day < unit.valid_until)


def suggestions(post: Post, day: date) -> dict[str, Any]:
    """Names to choose from: units nearby, those the own unit went with before, those above it; communes of the province."""
    own = post.unit
    known = companions(post, day)
    near = units_of(own.area, day, deep=True)[:_OFFERED]
    found = {unit.pk: unit for unit in (*known, *near, *chain_above(own, day)) if unit.pk != own.pk}
    province = province_of(own.area, day)
    areas = list(areas_below(province, day)) if province else [own.area]
    return {"unit_names": list(dict.fromkeys(unit.name for unit in found.values()))[:_OFFERED], "area_names": [str(area) for area in areas]}


UNIT_HINT = _("Gõ vài chữ rồi chọn; tên cũ, tên tắt cũng hiểu.")


def missing(what: str) -> Unclear:
    return Unclear(now_("Hãy ghi tên %(what)s.") % {"what": what}, code="required")
