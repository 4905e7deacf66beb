"""What falls due of an agreement and is not opened yet: for each duty its areas, its units, its periods."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from phoihop.kernel.period import FOREVER, Period
from phoihop.kernel.workdays import WorkingDays

from ...forces.models import Unit
from ...matters.models import PartRole
from ...tasks.models import TaskState
from ...territory.models import Area
from ..models import Agreement, Cadence, Duty, DutyAct, DutyRole, Norm, Occasion
from ..rules.recurring import AHEAD, RECURRING, Turn, has_deadline, turns
from ..rules.standing import Standing
from .bound import areas_at, units_there
from .in_force import standing_versions
from .norms import holding_in
from .standing import in_force, with_standing

HELPING = (PartRole.COCHAIR, PartRole.SUPPORT)
"""The parts that make a unit help with the task; who advises or follows sees the agreement."""


@dataclass(frozen=True, slots=True)
class Due:
    """A duty that falls due once in an area, with who leads and who helps there."""

    duty: Duty
    area: Area
    turn: Turn
    lead: Unit
    helpers: tuple[Unit, ...] = ()


@dataclass(slots=True)
class Share:
    """A duty with its places: in each area who leads and who helps."""

    duty: Duty
    places: Sequence[tuple[Area, Unit, tuple[Unit, ...]]] = field(default=())


def next_to_open(today: date) -> Agreement | None:
    """The next agreement in force of which something falls due within the year ahead and has not been opened.

    First the few texts with something unopened, then whether each holds today: asked of every agreement, that costs more than the opening.
    """
    unopened = Duty.objects.filter(_unopened(today), clause__version__agreed_on__lte=today, clause__version__agreement__ended_on=None)
    some = list(unopened.order_by().values_list("clause__version__agreement", flat=True).distinct())
    if not some:
        return None
    holding = standing_versions(in_force(today).filter(pk__in=some), today).values("pk")
    found = unopened.filter(clause__version__in=holding).order_by("clause__version__agreement").select_related("clause__version__agreement").first()
    return found.clause.version.agreement if found else None


def next_to_withdraw(today: date) -> Agreement | None:
    """The next agreement that was replaced or has lapsed and of which something is still asked for whose period is not over."""
    asked = still_asked(today).filter(duty__clause__version__agreement=OuterRef("pk"))
    over = with_standing(Agreement.objects.filter(Exists(asked)), today).filter(standing__in=(Standing.REPLACED, Standing.LAPSED))
    return over.order_by("pk").first()


def still_asked(today: date | None) -> QuerySet[Occasion]:
    """What nobody has answered yet; ``today``: only of periods that are not over."""
    rows = Occasion.objects.filter(task__state__in=(TaskState.ASKED, TaskState.OPEN))
    return rows if today is None else rows.filter(until__gt=today)


def _unopened(today: date) -> Q:
    until = today + AHEAD
    not_yet = Q(opened_until=None) | Q(opened_until__lt=until)
    end = "clause__version__agreement__valid_until"
    before_its_end = Q(opened_until=None) | Q(**{end: None}) | Q(opened_until__lt=F(end))
    recurring = Q(cadence__in=RECURRING) & not_yet & before_its_end
    return recurring | Q(cadence=Cadence.ONCE, opened_until=None, due_on__gte=today, due_on__lt=until)


def window_of(duty: Duty, agreement: Agreement, today: date) -> Period:
    """The days within which periods of a duty are still to be opened; no further than the agreement lasts."""
    until = min(today + AHEAD, agreement.valid_until or FOREVER, agreement.ended_on or FOREVER)
    first = duty.opened_until or today
    return Period(first, max(first, until))


def falling(agreement: Agreement, duties: Sequence[Duty], began: date, today: date, working: WorkingDays) -> Iterator[tuple[Duty, list[Due], date]]:
    """For each duty what is to be opened, in the order of its periods, without what is open already; and until when it then is."""
    there = set(Occasion.objects.filter(duty__in=duties, until__gt=today - timedelta(days=1)).values_list("duty", "area", "first"))
    spread = shares(agreement, duties, today)
    reports = _report_days(spread, today)
    for share in spread:
        window = window_of(share.duty, agreement, today)
        coming = {after: list(turns(share.duty, window, began, working, after)) for after in _after(share, reports)}
        found = [
            Due(share.duty, area, turn, lead, helpers)
            for after, places in _after(share, reports).items()
            for turn in coming[after]
            for area, lead, helpers in places
            if (share.duty.pk, area.pk, turn.days.first) not in there
        ]
        yield share.duty, found, max((turn.days.until for some in coming.values() for turn in some), default=window.until)


def _names_no_day(duty: Duty) -> bool:
    """A report whose text does not say when it is to be sent: the law and the place do."""
    return duty.act == DutyAct.REPORT and not has_deadline(duty)


def _report_days(spread: Sequence[Share], today: date) -> dict[int, str]:
    """By area, how long after a period such a report is due; empty where nothing asks for one."""
    places = {place[0].pk for share in spread if _names_no_day(share.duty) for place in share.places}
    return holding_in(Norm.REPORT_DAYS, places, today) if places else {}


def _after(share: Share, reports: dict[int, str]) -> dict[int, list[tuple[Area, Unit, tuple[Unit, ...]]]]:
    """The places of a duty by how many working days after a period it is due there: nought for all but such reports."""
    asked = _names_no_day(share.duty)
    found: dict[int, list[tuple[Area, Unit, tuple[Unit, ...]]]] = {}
    for place in share.places:
        found.setdefault(int(reports[place[0].pk]) if asked else 0, []).append(place)
    return found or {0: []}


def shares(agreement: Agreement, duties: Sequence[Duty], on: date) -> list[Share]:
    """Where each duty is to be done and by whom. A named lead does it in its own area, once; a force does it wherever the agreement holds."""
    roles: dict[int, list[DutyRole]] = {}
    for role in DutyRole.objects.filter(duty__in=duties).select_related("unit__area", "unit__force").order_by("pk"):
        roles.setdefault(role.duty_id, []).append(role)
    forces = {r.force_id for some in roles.values() for r in some if r.force_id}
    by_level: dict[str, tuple[list[Area], dict[tuple[int, int], Unit]]] = {}
    found = []
    for duty in duties:
        if duty.level not in by_level:
            areas = areas_at(agreement, duty.level, on)
            by_level[duty.level] = (areas, units_there(forces, areas, duty.level, on) if forces else {})
        found.append(Share(duty, _places(roles.get(duty.pk, []), *by_level[duty.level])))
    return found


def _places(roles: Sequence[DutyRole], areas: Sequence[Area], there: dict[tuple[int, int], Unit]) -> list[tuple[Area, Unit, tuple[Unit, ...]]]:
    leading = next((r for r in roles if r.role == PartRole.LEAD), None)
    if leading is None:
        return []
    if leading.unit is not None:
        return [(leading.unit.area, leading.unit, _helpers(roles, leading.unit, leading.unit.area, there))]
    leads = [(area, there[leading.force_id or 0, area.pk]) for area in areas if (leading.force_id or 0, area.pk) in there]
    return [(area, lead, _helpers(roles, lead, area, there)) for area, lead in leads]


def _helpers(roles: Sequence[DutyRole], lead: Unit, area: Area, there: dict[tuple[int, int], Unit]) -> tuple[Unit, ...]:
    units = [r.unit or there.get((r.force_id or 0, area.pk)) for r in roles if r.role in HELPING]
    return tuple({u.pk: u for u in units if u is not None and u.pk != lead.pk}.values())
