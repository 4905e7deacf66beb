"""What changed from one version to another: above the clauses and beside them, and clause by clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from django.utils.translation import gettext as _

from ...forces.models import Unit
from ...matters.models import PartRole
from ...people.models import Post
from ...territory.models import Area
from ..models import AgreementKind, LinkKind, Version
from ..rules.canonical import Party, areas_in, kind_in, parties_in
from ..rules.drafting import SITUATIONS
from ..rules.labels import whole_labels
from ..rules.redline import Difference, HeadChange, HeadWritten, Line, head_changes, paired, redline
from .agreement import written_in
from .annex_lines import annex_lines
from .bases import links_of
from .versions import canonical_of, clauses_of


def redline_of(before: Version, after: Version) -> list[Difference]:
    """Clause by clause, each by its full name: *khoản 1 Điều 4*, as it stands alone on a page."""
    old, new = list(clauses_of(before)), list(clauses_of(after))
    was, now = (whole_labels((c.depth, c.label) for c in clauses) for clauses in (old, new))
    names = [now[j] if j is not None else was[i or 0] for i, j in paired([c.label for c in old], [c.label for c in new])]
    return [replace(one, label=name) for one, name in zip(redline(written_in(old), written_in(new)), names, strict=True)]


def head_changes_of(viewer: Post, before: Version, after: Version, on: date) -> list[HeadChange]:
    """What reads otherwise beside the clauses: kind and title, areas, parties with their roles, bases as far as the viewer sees them, validity, review;
    of a plan its posts, as far as the viewer sees them, preparations, steps and needs.
    """
    return head_changes(_head(viewer, before, on), _head(viewer, after, on))


def _head(viewer: Post, v: Version, on: date) -> HeadWritten:
    """As the text names it in the form that is signed; of a draft as it is now."""
    form = canonical_of(v)
    days = [f"{day:%d/%m/%Y}" if day else "" for day in (v.valid_from, v.valid_until)]
    return HeadWritten(
        kind=str(AgreementKind(kind_in(form)).label),
        title=v.title.text if v.title else "",
        areas=_areas(areas_in(form)),
        parties=_parties(parties_in(form)),
        bases=_bases(viewer, v, on),
        valid_from=days[0],
        valid_until=days[1],
        review_months=str(v.review_months or ""),
        **(annex_lines(viewer, v, on) if kind_in(form) in SITUATIONS else {}),
    )


def _areas(named: Sequence[tuple[str, str, str]]) -> list[Line]:
    there = {(a.tree, a.code, a.valid_from.isoformat()): str(a) for a in Area.objects.filter(code__in=[code for _tree, code, _start in named])}
    return [Line("/".join(key), there.get(key, key[1])) for key in named]


def _parties(named: Sequence[Party]) -> list[Line]:
    names = dict(Unit.objects.filter(key__in=[p.key for p in named]).values_list("key", "name"))
    return [Line(p.key, f"{names.get(p.key, p.key)}: {_part(p)}") for p in named]


def _part(p: Party) -> str:
    """Its role, and whether it signs."""
    if p.approves:
        return _("phê duyệt")
    return f"{str(PartRole(p.role).label).lower()}, {_('phải ký') if p.signs else _('không ký')}"


def _bases(viewer: Post, v: Version, on: date) -> list[Line]:
    links = links_of(viewer, v, on)
    return [Line(f"{one.basis.kind}/{one.code or one.name}", f"{LinkKind(one.basis.kind).label}: {one.name} {one.title}".strip()) for one in links]
