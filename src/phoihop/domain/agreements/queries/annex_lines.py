"""What a version lays down beside its clauses, line by line as it reads, to be compared with another version."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime

from django.utils.translation import gettext as _

from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.figures_text import grouped, reader
from phoihop.kernel.period import HOME, local_day

from ...forces.queries.faces import faces
from ...matters.models import Body, PartRole
from ...people.models import Post
from ..models import Phase, Step, StepRole, Version
from ..rules.redline import Line
from .plans import Arranged, arrangement_of


def annex_lines(viewer: Post, version: Version, on: date) -> dict[str, list[Line]]:
    """By the name that ``HeadWritten`` has for them: posts, as far as the viewer sees them (ground rule 5), preparations, steps, needs."""
    there = arrangement_of(viewer, version, on)
    return {"posts": _posts(there), "checks": _checks(there), "steps": _steps(there, on), "needs": _needs(there)}


def _posts(there: Arranged) -> list[Line]:
    said = _("%(place)s (%(kind)s): %(unit)s, %(people)s người, %(since)s – %(until)s")
    return _lines(
        (f"{p.kind}/{_key(p.place)}", said % {
            "place": _words(p.place), "kind": p.get_kind_display(), "unit": p.unit.name, "people": grouped(p.people, language=reader()),
            "since": _moment(p.since), "until": _moment(p.until),
        })
        for p in there.posts
    )  # fmt: skip


def _checks(there: Arranged) -> list[Line]:
    said = _("%(what)s: %(unit)s, xong trước %(due)s")
    return _lines((_key(c.what), said % {"what": _words(c.what), "unit": c.unit.name, "due": _moment(c.due_at)}) for c in there.checks)


def _steps(there: Arranged, on: date) -> list[Line]:
    """A step is known again by its words, in whichever phase it stands."""
    return _lines((_key(s.what), _step(phase, s, on)) for phase in there.phases for s in sorted(phase.steps.all(), key=lambda s: s.order))


def _step(phase: Phase, s: Step, on: date) -> str:
    roles = sorted(s.roles.all(), key=lambda r: (r.role != PartRole.LEAD, r.pk))
    who = ", ".join(f"{str(PartRole(r.role).label).lower()} {_who(r, on)}" for r in roles)
    said = _("%(phase)s: %(what)s, trong %(minutes)d phút; %(who)s")
    return said % {"phase": _words(phase.name), "what": _words(s.what), "minutes": s.within_minutes, "who": who}


def _who(role: StepRole, on: date) -> str:
    """A named unit, or a force wherever the plan is opened."""
    if role.unit is not None or role.force is None:
        return role.unit.name if role.unit else ""
    face = faces(on).get(role.force.code)
    return (face.name if reader() == "vi" else face.name_en) if face else role.force.code


def _needs(there: Arranged) -> list[Line]:
    return [
        Line(n.kind, f"{n.get_kind_display()}: {grouped(n.amount, language=reader())} ({n.get_spot_display()})") for n in there.needs
    ]  # fmt: skip


def _lines(said: Iterable[tuple[str, str]]) -> list[Line]:
    """Those of one key are told apart by which of them they are."""
    met: Counter[str] = Counter()
    found = []
    for key, words in said:
        met[key] += 1
        found.append(Line(f"{key}/{met[key]}", words))
    return found


def _key(body: Body) -> str:
    """Words that were recalled are still known again: a text that was not changed keeps its body."""
    return body.text or f"#{body.pk}"


def _words(body: Body) -> str:
    return body.text or _("(nội dung đã xóa)")


def _moment(at: datetime) -> str:
    return f"{at.astimezone(HOME):%H:%M} {day_text(local_day(at), reader())}"
