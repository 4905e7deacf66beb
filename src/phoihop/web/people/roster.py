"""/quan-tri/nhap-danh-sach/: accounts and posts from a list. Nothing is written before every doubtful cell is mended.

The list goes to and fro with the form, so that nothing half done lies about; the rules judge it anew each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from phoihop.domain.people.actions.roster import Entered, enter_roster
from phoihop.domain.people.models import Role
from phoihop.domain.people.queries.roster import preview
from phoihop.domain.people.rules.accounts import FIRST_CODE_LIVES
from phoihop.domain.people.rules.roster import AT_ONCE, LINE_FIELDS, LONGEST_LIST, Line, Settled, heading, is_a_list, line_of
from phoihop.kernel.period import local_day
from phoihop.kernel.text import fold
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused, Verdict

from ..base import Acting, acting, page
from ..forms import Form
from ..sheets import a_template, list_field, rows_in, sent_list
from ..written import read_number
from .fields import ROLES

_LABELS = (_("Họ và tên"), _("Tên đăng nhập"), _("Đơn vị"), _("Vai"), _("Chức trách"), _("Từ ngày"))
_LEAST_HEADINGS = 3


class Uploading(Form):
    upload = list_field(_("Tệp danh sách (.xlsx)"))


@never_cache
@acting("user.manage", time="none")
def importing(request: Acting) -> HttpResponse:
    """Upload, look through and mend, enter: one address, the form says how far one is."""
    if request.method == "POST" and "rows" in request.POST:
        return _look_through(request, _lines_of(request.POST), enter=request.POST.get("do") == "enter")
    form, lines = sent_list(request, Uploading, lines_in)
    return _look_through(request, lines) if lines is not None else page(request, "people/roster.html", form=form, labels=_LABELS)


@require_GET
@acting("user.manage", time="none")
def template(request: Acting) -> HttpResponse:
    """An empty list with its headings, the roles to choose from, and one example."""
    duty, today = str(Role.DUTY.label), f"{local_day(timezone.now()):%d/%m/%Y}"
    example = ["Nguyễn Văn Mẫu", "mau.nv", request.post.unit.name, duty, duty, today]
    roles = {3: [str(label) for _role, label in ROLES]}
    return a_template("danh-sach-tai-khoan.xlsx", _now("Danh sách"), [str(label) for label in _LABELS], example, roles, LONGEST_LIST)


def lines_in(upload: Upload) -> list[Line]:
    """The rows below the headings of the first sheet that has them. Raises Refused with a sentence for what is no such list."""
    lines = [line_of(n, texts) for n, texts in rows_in(upload, heading, _LEAST_HEADINGS, ("since",))]
    is_a_list(len(lines)).enforce()
    return lines


def _lines_of(sent: QueryDict) -> list[Line]:
    """The list as the form brings it back, cells mended or not."""
    columns = [sent.getlist(field)[:LONGEST_LIST] for field in LINE_FIELDS]
    numbers, others = sent.getlist("n"), set(sent.getlist("other_person"))
    rows = zip(numbers, *columns, strict=False)
    return [line_of(read_number(n) or 0, dict(zip(LINE_FIELDS, cells, strict=True)), n in others) for n, *cells in rows]


def _look_through(request: Acting, lines: list[Line], enter: bool = False) -> HttpResponse:
    settled = preview(request.post, lines, local_day(timezone.now()))
    doubtful = [one for one in settled if one.doubts]
    new = [one for one in settled if not one.doubts and not one.there]
    if enter and new and not doubtful:
        return _entered(request, [one.line for one in new])
    rows = [_row(one) for one in sorted(settled, key=lambda one: (not one.doubts, one.there, one.line.n))]
    counts = {"doubtful": len(doubtful), "new": len(new), "there": len([one for one in settled if one.there and not one.doubts]), "all": len(settled)}
    return page(request, "people/roster_preview.html", rows=rows, counts=counts, labels=_LABELS, roles=ROLES, status=422 if enter else 200)


def _entered(request: Acting, lines: Sequence[Line]) -> HttpResponse:
    """A hundred lines a transaction, so that others go on working. If a later one is refused, the codes of the earlier are shown all the same."""
    entered: list[Entered] = []
    held_back: Verdict | None = None
    for start in range(0, len(lines), AT_ONCE):
        try:
            entered += enter_roster(by=request.post, lines=lines[start : start + AT_ONCE], at=timezone.now())
        except Refused as refusal:
            held_back = refusal.verdict
            break
    slips = [{"full_name": e.user.full_name, "username": e.user.username, "code": e.code, "unit": e.post.unit.name} for e in entered if e.code]
    left, lives = len(lines) - len(entered), FIRST_CODE_LIVES.days
    return page(
        request, "people/slips.html", status=422 if held_back else 200, slips=slips, lives=lives, first=True, posts=len(entered), left=left, held_back=held_back
    )


def _row(one: Settled) -> dict[str, Any]:
    """A row of the preview: each cell with its text, the doubt about it and the value offered instead."""
    cells = []
    for field in LINE_FIELDS:
        verdict, text = one.cell(field), getattr(one.line, field)
        offer = verdict.offer if not verdict else None
        cells.append({"field": field, "text": text, "verdict": verdict, "offer": offer or ""})
    meant = one.unit.name if one.unit and fold(one.unit.name) != fold(one.line.unit) else ""
    same_person = one.cell("username").code == "same-person"
    return {
        "n": one.line.n,
        "cells": cells,
        "doubts": bool(one.doubts),
        "there": one.there,
        "units": one.choices,
        "meant": meant,
        "asks_person": same_person,
        "other": one.line.other_person,
    }
