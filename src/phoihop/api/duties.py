"""Duties: who does what by an agreement, what falls due, how far it is met, what is not covered, which act met it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel

from phoihop.domain.agreements.actions.duties import lay_all_duties, lay_duties
from phoihop.domain.agreements.actions.meeting import link_act, unlink_act
from phoihop.domain.agreements.models import Agreement
from phoihop.domain.agreements.queries import occasions
from phoihop.domain.agreements.queries.compliance import BY_CONTENT, BY_DUTY, BY_MILITIA, compliance, occasions_in
from phoihop.domain.agreements.queries.covered import covered, wanted_in
from phoihop.domain.agreements.queries.matrix import Matrix, matrix, matrix_in_force
from phoihop.domain.agreements.queries.quality import lacks_of
from phoihop.domain.agreements.queries.versions import readable_on
from phoihop.domain.agreements.rules.coverage import gaps
from phoihop.domain.tasks.models import Task
from phoihop.domain.territory.models import Area
from phoihop.kernel.period import Period

from .acts import act
from .asking import Day, Text, look_up, one_of
from .problems import Halt
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import DUTY, OCCASION
from .telling import BRIEFLY

router = Router()


class DutyLine(BaseModel):
    """A duty with what its clause is about."""

    content: str
    duty: DUTY.shape


class Lack(BaseModel):
    """One thing that an agreement lacks. ``clause``: where it is mended, 0: its head."""

    about: str
    code: str
    reason: str
    clause: int


class DutyCount(BaseModel):
    """How often something fell due in an area, by how far it was met. A pair that is not told: no agreement lays anything down there."""

    area: BRIEFLY[Area].shape
    column: str
    done: int
    overdue: int
    waiting: int
    ahead: int


class Gap(BaseModel):
    """A content, and the communes without a regulation or joint programme in force for it."""

    content: str
    areas: list[BRIEFLY[Area].shape]


@reads(router, "/duties", list[DutyLine])
def in_force(request: HttpRequest) -> Any:
    """The duties of every text in force for the post's unit."""
    caller = caller_of(request)
    return _lines(matrix_in_force(caller.post, caller.today))


@reads(router, "/agreements/{agreement}/duties", list[DutyLine])
def of_agreement(request: HttpRequest, agreement: str) -> Any:
    """The duties of the text that holds today; before one does, of the one that is worked upon."""
    caller = caller_of(request)
    found = look_up(caller, [(Agreement, agreement, "")])[Agreement, agreement]
    return _lines(matrix(readable_on(caller.post, found, caller.today)))


@reads(router, "/agreements/{agreement}/lacks", list[Lack])
def lacks(request: HttpRequest, agreement: str) -> Any:
    """What an agreement lacks, each with its reason: parties, leads, contacts, deadlines, review, conflicts. Never a score."""
    caller = caller_of(request)
    found = look_up(caller, [(Agreement, agreement, "")])[Agreement, agreement]
    return [{"about": str(one.about), "code": one.code, "reason": str(one.reason), "clause": one.clause} for one in lacks_of(caller.post, found, caller.today)]


@reads(router, "/occasions", page_of(OCCASION))
def falling_due(request: HttpRequest, area: Text, first: Day, until: Day, after: After = None, limit: Limit = 100) -> Any:
    """What falls due in an area whose period ends in ``(first, until]``, as far as the post sees its tasks; without what was withdrawn."""
    caller = caller_of(request)
    where = look_up(caller, [(Area, area, "area")])[Area, area]
    rows = occasions.may_open(caller.post, occasions_in(where, Period(first, until), caller.today), caller.today)
    return page(occasions.shown(rows), OCCASION, after, limit, "until")


@reads(router, "/occasions/of/{task}", OCCASION.shape)
def one(request: HttpRequest, task: str) -> Any:
    """What fell due behind a task, with the acts that met it."""
    caller = caller_of(request)
    found = occasions.of_task(caller.post, look_up(caller, [(Task, task, "")])[Task, task], caller.today)
    if found is None:
        raise Halt(404, "no-such-duty", _("Nhiệm vụ này không do văn bản nào đặt ra."))
    return OCCASION.of(found)


@reads(router, "/compliance", list[DutyCount])
def counted(request: HttpRequest, area: Text, first: Day, until: Day, by: one_of([BY_CONTENT, BY_MILITIA, BY_DUTY]) = BY_CONTENT) -> Any:
    """How far duties are met in an area and below, by area and content of NĐ 03/2019 (or field of the militia law, or duty), for periods ending in ``(first, until]``."""
    caller = caller_of(request)
    where = look_up(caller, [(Area, area, "area")])[Area, area]
    found = compliance(caller.post, where, Period(first, until), caller.now, caller.today, by if by in (BY_MILITIA, BY_DUTY) else BY_CONTENT)
    rows = {row.pk: BRIEFLY[Area].of(row) for row in found.rows}
    return [
        {"area": rows[place], "column": str(of), "done": t.done, "overdue": t.overdue, "waiting": t.waiting, "ahead": t.ahead}
        for (place, of), t in sorted(found.cells.items(), key=lambda cell: (cell[0][0], str(cell[0][1])))
    ]


@reads(router, "/coverage", list[Gap])
def not_covered(request: HttpRequest, area: Text, on: Day | None = None) -> Any:
    """For each content the communes of an area without a regulation or joint programme in force on a day (today), where they have to have one."""
    caller = caller_of(request)
    where = look_up(caller, [(Area, area, "area")])[Area, area]
    day: date = on or caller.today
    communes, found = covered(caller.post, where, day)
    told = {c.pk: BRIEFLY[Area].of(c) for c in communes}
    return [{"content": content, "areas": [told[pk] for pk in missing]} for content, missing in gaps(found, wanted_in(communes, day)).items()]


def _lines(found: Matrix) -> list[dict[str, Any]]:
    return [{"content": line.content, "duty": DUTY.of(line.duty)} for line in found.lines]


act(router, "/agreements/{agreement}/duties", lay_duties)
act(router, "/agreements/{agreement}/all-duties", lay_all_duties)
act(router, "/occasions/{occasion}/acts", link_act)
act(router, "/occasion-acts/{act}/take-away", unlink_act)
