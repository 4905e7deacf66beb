"""What waits for a unit among the agreements: one query for each kind of waiting, and nowhere a second one.

The badge of the rail, the register's first group, the queue of the day and the API all read the rows of ``SOURCES``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias

from django.db.models import Case, CharField, DateField, DateTimeField, Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce

from phoihop.kernel.kept_queries import KeptQueries
from phoihop.kernel.memo import Memo
from phoihop.kernel.months import MonthsLater

from ...matters.models import PartRole
from ...people.models import Post
from ...people.rules import allowed, holds
from ...territory.models import AreaClosure
from ..models import (
    Adoption,
    AdoptionForm,
    Agreement,
    AgreementKind,
    AgreementParty,
    ChangeProposal,
    Delivery,
    Dissemination,
    EventResult,
    EventShift,
    Norm,
    Opinion,
    PlanCheck,
    Practice,
    Signature,
    Stage,
    TakenUp,
    TaskTeamMember,
    Version,
)  # fmt: skip
from ..rules.needs import AHEAD, ANSWERED_BY, PRACTISED_EVERY, Needs, due_of
from ..rules.reviewing import months_after
from .norms import stated_in
from .parties import owing_approval, owing_opinion, owing_signature
from .reviews import to_review
from .standing import in_force

Otherwise: TypeAlias = "tuple[tuple[int, tuple[int, ...]], ...]"
"""How often plans are practised where a place laid that down: months, and the places; the places closest to a plan first."""

_otherwise: Memo[Otherwise] = Memo("norm.set", "norm.withdrawn")

MOST = 500
REMINDED = "reminded"
_REMINDED = Case(When(reminded_at=None, then=Value("")), default=Value(REMINDED), output_field=CharField())


@dataclass(frozen=True, slots=True)
class Source:
    """Where one kind of waiting is found. ``rows``: of a unit on a day; ``to``: the way from a row to its agreement (empty: it is one).

    ``since``: until when it waits, or since when (``rules.needs.due_of``); ``said``: the way to its words, else the title of the agreement;
    ``asker``: the ways to the unit that waits for it and to its force, else those of the agreement's lead; ``reminds``: whether it may be reminded.
    """

    rows: Callable[[int, date], QuerySet[Any]]
    to: str
    since: Any
    said: str = ""
    asker: tuple[str, str] | None = None
    reminds: bool = False


def as_moment(name: str) -> Cast:
    """A day as the moment that all kinds have in common."""
    return Cast(name, DateTimeField())


def newest(field: str) -> Subquery:
    """A field of the newest text of the agreement that a row belongs to."""
    return Subquery(Version.objects.filter(agreement=OuterRef("agreement")).order_by("-number").values(field)[:1])


def _signed_at() -> Subquery:
    """When the last party signed."""
    return Subquery(Signature.objects.filter(version__agreement=OuterRef("agreement")).order_by("-at").values("at")[:1])


def _owing(condition: Callable[[], Q], **more: Any) -> Callable[[int, date], QuerySet[Any]]:
    return lambda me, _on: AgreementParty.objects.filter(condition(), unit=me, **more)


def _to_spread(me: int, _on: date) -> QuerySet[Delivery]:
    """Received, still holding, and not made known to one's own."""
    held = Dissemination.objects.filter(agreement=OuterRef("agreement"), unit=me)
    return Delivery.objects.filter(~Exists(held), unit=me, received_at__isnull=False, agreement__ended_on=None)


def _to_prepare(me: int, _on: date) -> QuerySet[PlanCheck]:
    """Of the plan as it was last agreed, also while a new version is written, until the event was held."""
    agreed = Version.objects.filter(agreement=OuterRef("version__agreement"), agreed_on__isnull=False).order_by("-number").values("pk")[:1]
    rows = PlanCheck.objects.filter(unit=me, done_at=None, version=Subquery(agreed), version__agreement__result=None)
    return rows.exclude(version__agreement__stage=Stage.ENDED)


def _into_teams(me: int, on: date) -> QuerySet[TaskTeamMember]:
    """Places that the unit was offered in teams that go on."""
    goes_on = Q(team__ended_on=None) | Q(team__ended_on__gt=on)
    return TaskTeamMember.objects.filter(goes_on, unit=me, accepted=None, team__valid_until__gt=on)


def _to_tell(me: int, _on: date) -> QuerySet[EventResult]:
    """Events that were held, at which the unit is a party and has not said how many it put in."""
    bound = AgreementParty.objects.filter(unit=me).exclude(role=PartRole.INFORM).values("agreement")
    return EventResult.objects.filter(~Exists(EventShift.objects.filter(result=OuterRef("pk"), unit=me)), agreement__in=bound)


def _with_wishes(me: int, _on: date) -> QuerySet[Any]:
    """Texts that the unit leads with wishes that it has not answered: one line for each, since the oldest."""
    wishes = Opinion.objects.filter(version__agreement=OuterRef("pk"), text__isnull=False, taken=TakenUp.WAITING).order_by("at")
    rows = Agreement.objects.filter(matter__lead=me, stage__in=(Stage.DRAFT, Stage.OPINIONS))
    by, force = (Subquery(wishes.values(field)[:1]) for field in ("unit__short", "unit__force__code"))
    return rows.annotate(n_since=Subquery(wishes.values("at")[:1]), n_unit=by, n_force=force).filter(n_since__isnull=False)


def _to_practise(me: int, on: date) -> QuerySet[Any]:
    """Contingency plans in force whose last practice, or else their agreeing, is nearly so many months ago."""
    last = Practice.objects.filter(agreement=OuterRef("pk")).order_by().values("agreement").annotate(day=Max("held_on")).values("day")
    rows = in_force(on).filter(matter__lead=me, kind=AgreementKind.CONTINGENCY).annotate(n_held=Coalesce(Subquery(last), "agreed_on"))
    return rows.annotate(n_last=_counted(on)).filter(n_last__lte=months_after(on + AHEAD, -PRACTISED_EVERY))


def _counted(on: date) -> Any:
    """The day from which ``PRACTISED_EVERY`` leads to the next practice of a plan; a place that laid down other months has it moved.

    A part of the statement, that asks nothing itself: it is kept with marks in place of the unit (``kernel.kept_queries``), under ``laid_down``.
    """
    there = AreaClosure.objects.filter(area=OuterRef("matter__area"), valid_from__lte=on, valid_until__gt=on)
    moved = [When(Exists(there.filter(ancestor__in=places)), then=MonthsLater(F("n_held"), months - PRACTISED_EVERY)) for months, places in laid_down(on)]
    return Case(*moved, default=F("n_held"), output_field=DateField()) if moved else F("n_held")


def laid_down(on: date) -> Otherwise:
    """What the queries of ``SOURCES`` depend on besides unit, role and day. At hand until somebody lays down or withdraws a norm."""
    return _otherwise.get(on, lambda: _practised_otherwise(on))


def _practised_otherwise(on: date) -> Otherwise:
    stated = stated_in(Norm.PRACTICE_MONTHS, on)
    above = Counter(AreaClosure.objects.filter(area__in=stated, valid_from__lte=on, valid_until__gt=on).values_list("area", flat=True))
    groups: dict[tuple[int, int], list[int]] = {}
    for area, months in stated.items():
        groups.setdefault((above[area], int(months)), []).append(area)
    return tuple((months, tuple(groups[depth, months])) for depth, months in sorted(groups, reverse=True))


SOURCES: dict[Needs, Source] = {
    Needs.OPINION: Source(_owing(owing_opinion), "agreement", newest("opinions_by"), reminds=True),
    Needs.SIGN: Source(_owing(owing_signature, agreement__on_paper=False), "agreement", newest("signing_by"), reminds=True),
    Needs.APPROVE: Source(_owing(owing_approval), "agreement", _signed_at()),
    Needs.PAPER: Source(_owing(owing_signature, agreement__on_paper=True), "agreement", newest("signing_by"), reminds=True),
    Needs.ADOPT: Source(
        lambda me, _on: Adoption.objects.filter(unit=me, form=AdoptionForm.WAITING, agreement__ended_on=None), "agreement", as_moment("due_on"), reminds=True
    ),
    Needs.RECEIVE: Source(lambda me, _on: Delivery.objects.filter(unit=me, received_at=None), "agreement", F("sent_at")),
    Needs.SPREAD: Source(_to_spread, "agreement", F("received_at")),
    Needs.PREPARE: Source(_to_prepare, "version__agreement", F("due_at"), said="what__text"),
    Needs.TEAM: Source(_into_teams, "team__agreement", as_moment("team__valid_from"), said="team__name__text"),
    Needs.SHIFT: Source(_to_tell, "agreement", as_moment("held_on")),
    Needs.WISHES: Source(_with_wishes, "", F("n_since"), asker=("n_unit", "n_force")),
    Needs.PROPOSAL: Source(
        lambda me, _on: ChangeProposal.objects.filter(agreement__matter__lead=me, taken=TakenUp.WAITING), "agreement", F("at"),
        asker=("unit__short", "unit__force__code"),
    ),
    Needs.REVIEW: Source(lambda me, on: to_review(on).filter(matter__lead=me), "", as_moment("next_review")),
    Needs.PRACTISE: Source(_to_practise, "", as_moment("n_last")),
}  # fmt: skip

Part: TypeAlias = "tuple[QuerySet[Any], dict[str, Any]]"
"""Rows of one kind, and where each column stands in them: waits, key, agreement, code, said, place, unit, force, since, mark."""


def waiting_rows(need: Needs, viewer: Post, on: date) -> QuerySet[Any]:
    """The records of one kind that wait for the viewer's unit; none where its role may not answer."""
    if not any(allowed(viewer, permission, on) for permission in ANSWERED_BY[need]):
        return AgreementParty.objects.none()
    return SOURCES[need].rows(viewer.unit_id, on)


def parts(viewer: Post, on: date) -> Iterator[Part]:
    """What waits for the viewer's unit and its role may answer: a part for each kind."""
    for need, source in SOURCES.items():
        if any(allowed(viewer, permission, on) for permission in ANSWERED_BY[need]):
            yield source.rows(viewer.unit_id, on), _columns(need, source)


def _columns(need: Needs, source: Source) -> dict[str, Any]:
    to = f"{source.to}__" if source.to else ""
    matter = f"{to}matter__"
    unit, force = source.asker or (f"{matter}lead__short", f"{matter}lead__force__code")
    mark = _REMINDED if source.reminds else Value("")
    return {
        "waits": Value(need.value), "key": F("pk"), "agreement": F(source.to or "pk"), "code": F(f"{matter}code"), "said": F(source.said or f"{matter}title__text"),
        "place": F(f"{matter}area__name"), "unit": F(unit), "force": F(force), "since": source.since, "mark": mark,
    }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Need:
    """``agreement``: its key; ``due``: by when."""

    agreement: int
    need: Needs
    due: datetime

    def over(self, now: datetime) -> bool:
        return self.due < now


_kept = KeptQueries()
_UNIT = -7_202_513
"""A mark (``kernel.kept_queries``) for the viewer's unit."""


def needs_of(viewer: Post, on: date) -> list[Need]:
    """Everything that waits for the viewer's unit among the agreements, the most pressing first; one of them may need several things. One query."""
    anybody = Post(unit_id=_UNIT, role=viewer.role, valid_from=viewer.valid_from, valid_until=viewer.valid_until)
    key = (viewer.role, holds(viewer, on), on, laid_down(on))
    rows = _kept.rows(key, lambda: _together([columns_of(part, ("agreement", "waits", "since")) for part in parts(anybody, on)]), {_UNIT: viewer.unit_id})
    found = [Need(agreement, Needs(waits), due_of(Needs(waits), since)) for agreement, waits, since in rows]
    return sorted(found, key=lambda n: (n.due, list(Needs).index(n.need), n.agreement))


def _together(told: Sequence[QuerySet[Any]]) -> QuerySet[Any] | None:
    return told[0].union(*told[1:], all=True).order_by("w_since")[:MOST] if told else None


def columns_of(part: Part, names: tuple[str, ...]) -> QuerySet[Any]:
    """Of one kind the columns asked for, under the same names, whatever the record is."""
    rows, places = part
    values = {f"w_{name}": places[name] for name in names}
    named = {name: Value(value.value, CharField()) if isinstance(value, Value) else value for name, value in values.items()}
    return rows.order_by().annotate(**named).values_list(*named)
