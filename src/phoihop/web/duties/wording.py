"""How duties are said: how far one is met, how often, by when, whose part is which."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from phoihop.domain.agreements.models import Cadence, ContentArea, Duty, DutyAct
from phoihop.domain.agreements.queries.compliance import Tally
from phoihop.domain.agreements.rules.duties import MET_NAMES, Met
from phoihop.domain.forces.rules.communal import with_other_name
from phoihop.domain.matters.models import PartRole
from phoihop.kernel.figures_text import day as day_text

from .. import moments
from ..templatetags.face import tag

KINDS = {Met.DONE: "ok", Met.OVERDUE: "danger", Met.WAITING: "warn", Met.AHEAD: ""}
NO_CONTENT = "khac"
"""In addresses: of a clause that is about none of the content areas."""


def met_tag(met: Met) -> SafeString:
    return tag(MET_NAMES[met], KINDS[met])


def act(duty: Any) -> str:
    said = str(DutyAct(duty.act).label)
    return said[:1].upper() + said[1:]


def content(code: str) -> str:
    return str(ContentArea(code).label) if code else _("Nội dung khác")


def cadence(duty: Any) -> str:
    """*hằng tháng, trong 3 ngày làm việc sau kỳ*: how often, and by when."""
    how = str(Cadence(duty.cadence).label)
    by = deadline(duty)
    late = ngettext("quá hạn %(n)s ngày làm việc thì báo đơn vị giao", "quá hạn %(n)s ngày làm việc thì báo đơn vị giao", duty.grace_workdays or 0)
    said = [how, by, late % {"n": duty.grace_workdays} if duty.grace_workdays else ""]
    return ", ".join(part for part in said if part)


def deadline(duty: Any) -> str:
    if duty.due_workdays is not None:
        n = duty.due_workdays
        return ngettext("chậm nhất %(n)s ngày làm việc sau khi hết kỳ", "chậm nhất %(n)s ngày làm việc sau khi hết kỳ", n) % {"n": n}
    if duty.due_day is not None:
        return _("chậm nhất hết ngày %(n)s của tháng cuối kỳ") % {"n": duty.due_day}
    if duty.due_on is not None:
        if duty.cadence == Cadence.YEAR:
            return _("chậm nhất hết ngày %(day)s") % {"day": f"{duty.due_on:%d/%m}"}
        return _("chậm nhất hết ngày %(day)s") % {"day": day_text(duty.due_on, moments.language())}
    if duty.within_minutes is not None:
        return _("trong %(span)s") % {"span": _span(duty.within_minutes)}
    return ""


def _span(minutes: int) -> str:
    if minutes % 1440 == 0:
        return ngettext("%(n)s ngày", "%(n)s ngày", minutes // 1440) % {"n": minutes // 1440}
    if minutes % 60 == 0:
        return ngettext("%(n)s giờ", "%(n)s giờ", minutes // 60) % {"n": minutes // 60}
    return ngettext("%(n)s phút", "%(n)s phút", minutes) % {"n": minutes}


def role(code: str) -> str:
    said = str(PartRole(code).label)
    return said[:1].lower() + said[1:]


def of_force(force: Any, level: str) -> str:
    """Who is meant where a force's own name does not say it: military and militia of a commune are one command."""
    return _("Ban CHQS xã") if force is not None and with_other_name([force.code], level) != {force.code} else ""


def period(first: date, until: date) -> str:
    """The days of a period, its last day included."""
    language = moments.language()
    last = date.fromordinal(until.toordinal() - 1)
    return f"{day_text(first, language)} – {day_text(last, language)}"


def cell(t: Tally) -> str:
    """What a cell of the compliance table says: the worst first, and how many."""
    match t.worst:
        case Met.OVERDUE:
            return _("quá hạn %(n)s") % {"n": t.overdue}
        case Met.WAITING:
            return _("%(done)s/%(all)s, đang chờ") % {"done": t.done, "all": t.total}
        case Met.DONE:
            return _("%(done)s/%(all)s, đã làm") % {"done": t.done, "all": t.total}
    return _("chưa đến kỳ")


def told(t: Tally) -> str:
    """A tally in full: for a title, and the sentence above the table."""
    parts = ((t.done, Met.DONE), (t.overdue, Met.OVERDUE), (t.waiting, Met.WAITING), (t.ahead, Met.AHEAD))
    return ", ".join(f"{MET_NAMES[met]} {n}" for n, met in parts if n)


def head(duty: Duty, clause: str) -> str:
    """A duty as the head of a column: what, where it stands."""
    return f"{act(duty)} · {clause}, {duty.clause.version.agreement.matter.code}"
