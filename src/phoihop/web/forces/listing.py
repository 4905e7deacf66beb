"""/luc-luong/: the units of the scope by force and level, with their duty numbers; the search finds them too."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils.translation import gettext_lazy as _

from phoihop.domain.forces.models import Contact, Unit, UnitKind
from phoihop.domain.forces.queries import contacts_of, find_units, units_of
from phoihop.domain.forces.queries.search import units_looked_for
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.kernel.text import nfc

from .. import faces
from ..base import Acting, acting, page
from ..finding import AskedFirst, Found, finder
from ..lists import Listing, chosen, filter_links

FORCE, KIND, SEARCH = "ll", "cap", "tim"
SORTS = {"ten": "name", "dia-ban": "area__folded"}
MOST_FOUND = 60


def address_of(unit: Unit) -> str:
    return f"/luc-luong/{unit.key}/"


@acting()
def units(request: Acting) -> HttpResponse:
    """Everything in the scope on its day; with ``tim=`` what answers the words."""
    scope, text = request.scope, nfc(request.GET.get(SEARCH, "")).strip()[:80]
    forces = {"": _("Mọi lực lượng"), **{one.code: one.monogram for one in faces.faces().values()}}
    kinds = {"": _("Mọi cấp"), **{kind.value: kind.label for kind in UnitKind}}
    force, kind = chosen(request, FORCE, forces), chosen(request, KIND, kinds)
    rows = _rows(request, text, force, kind)
    listing: Listing[Unit] = Listing(request, rows, SORTS, "ten")
    numbers = _numbers(listing.rows, scope.day)
    return page(
        request,
        "forces/units.html",
        part="found",
        listing=listing,
        rows=[(unit, numbers.get(unit.pk)) for unit in listing.rows],
        text=text,
        force_links=filter_links(request, FORCE, forces, force),
        kinds=kinds,
        kind=kind,
        kept=[(key, value) for key, value in request.GET.items() if key in ("dv", "ngay", FORCE)],
        manages=may(request.post, "unit.manage"),
    )


def _rows(request: Acting, text: str, force: str, kind: str) -> QuerySet[Unit]:
    scope = request.scope
    rows = Unit.objects.select_related("force", "area")
    if text:
        rows = rows.filter(pk__in=[unit.pk for unit in find_units(text, scope.day, limit=MOST_FOUND)])
    elif scope.area is not None:
        rows = units_of(scope.area, scope.day, deep=True)
    if force:
        rows = rows.filter(force__code=force)
    return rows.filter(kind=kind) if kind else rows


def _numbers(rows: Iterable[Unit], on: date) -> dict[int, Contact]:
    """One duty number of each unit: the one published first."""
    found: dict[int, Contact] = {}
    for contact in contacts_of(rows, on):
        found.setdefault(contact.unit_id, contact)
    return found


@finder
def _found(post: Post, text: str, day: date) -> AskedFirst:
    return AskedFirst(units_looked_for(text, day), lambda *among: _units(find_units(text, day, limit=5, among=among)))


def _units(found: Iterable[Unit]) -> Iterable[Found]:
    for unit in found:
        yield Found(unit.name, address_of(unit), icon="users-group", about=unit.get_kind_display(), forces=(unit.force.code,))
