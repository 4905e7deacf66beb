"""/ke-hoach/phan-cong/ and /ke-hoach/<mã>/phan-cong/: content × force × level, each line opening its clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone

from phoihop.domain.agreements.models import Agreement, DutyRole, Version
from phoihop.domain.agreements.queries.bound import stands_for
from phoihop.domain.agreements.queries.matrix import Matrix, matrix, matrix_in_force
from phoihop.domain.agreements.queries.quality import lacks_of
from phoihop.domain.agreements.queries.versions import clauses_of, current, names_of, shown_to, version_on
from phoihop.domain.agreements.rules.drafting import may_change
from phoihop.domain.agreements.rules.quality import ABOUT_NAMES
from phoihop.domain.matters.models import PartRole
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may
from phoihop.domain.territory.models import Level
from phoihop.kernel.period import local_day

from ..base import Acting, acting, page
from . import wording
from .frame import agreement_of, tabs


@acting("matter.view", time="none")
def in_force(request: Acting) -> HttpResponse:
    """All duties of what is in force for my unit."""
    today = local_day(timezone.now())
    own = own_forces(request.post, today)
    found = own_first(matrix_in_force(request.post, today), own)
    return page(
        request, "duties/matrix.html", tabs=tabs(request, "/ke-hoach/phan-cong/"), groups=groups(found), forces=found.forces, own=own, count=len(found.lines)
    )


@acting("matter.view", time="none")
def of_agreement(request: Acting, code: str) -> HttpResponse:
    """The duties of one text, what it lacks, and its clauses to lay down more."""
    agreement = agreement_of(request, code)
    today = local_day(timezone.now())
    version = shown_version(request.post, agreement, today)
    own = own_forces(request.post, today)
    found = own_first(matrix(version), own)
    leads = agreement.matter.lead_id == request.post.unit_id and may(request.post, "agreement.draft") and agreement.stage != "ended"
    clauses = list(clauses_of(current(agreement))) if leads else []
    return page(
        request,
        "duties/of_agreement_page.html",
        agreement=agreement,
        groups=groups(found),
        forces=found.forces,
        own=own,
        count=len(found.lines),
        lacks=lacks(request.post, agreement, today),
        clauses=[(n, c, len(c.duties.all())) for n, c in enumerate(clauses, 1)],
        leads=leads,
        version=version,
    )


def shown_version(post: Post, agreement: Agreement, today: date) -> Version:
    return version_on(agreement, today) or shown_to(post, agreement)


def own_first(found: Matrix, own: Sequence[int]) -> Matrix:
    """The reader's own force before the others, then the one for which its command stands: on a phone it is the one that stands beside the duties."""
    return replace(found, forces=sorted(found.forces, key=lambda f: own.index(f.pk) if f.pk in own else len(own)))


def own_forces(post: Post, on: date) -> list[int]:
    """The force of the reader's unit; for a commune's command, militia and military."""
    return [post.unit.force_id, *stands_for(post.unit, on)]


def groups(found: Matrix) -> list[dict[str, Any]]:
    """The lines by content, as rows of the table: a cell for each force."""
    made: list[dict[str, Any]] = []
    names = names_of([line.duty.clause for line in found.lines])
    for line in found.lines:
        if not made or made[-1]["code"] != line.content:
            made.append({"code": line.content, "name": wording.content(line.content), "rows": []})
        clause = line.duty.clause
        code = clause.version.agreement.matter.code
        made[-1]["rows"].append(
            {
                "act": wording.act(line.duty), "level": Level(line.duty.level).label, "cadence": wording.cadence(line.duty), "clause": names[clause.pk], "code": code,
                "url": f"/ke-hoach/{code}/#dieu-{clause.order}",
                "cells": [(force, _parts(line.parts.get(force.code, ()), line.duty.level)) for force in found.forces],
            }
        )  # fmt: skip
    return made


def _parts(roles: Sequence[DutyRole], level: str) -> list[dict[str, Any]]:
    return [
        {"role": wording.role(r.role), "lead": r.role == PartRole.LEAD, "unit": r.unit.short if r.unit else wording.of_force(r.force, level)} for r in roles
    ]


def lacks(viewer: Post, agreement: Any, today: Any) -> list[dict[str, Any]]:
    """What the agreement lacks, by what it is about; each line leads who may mend it to the clause where it is mended."""
    code, mends = agreement.matter.code, bool(may_change(viewer, agreement, today))
    return [
        {"about": ABOUT_NAMES[lack.about], "reason": lack.reason, "url": f"/ke-hoach/{code}/phan-cong/{lack.clause}/" if lack.clause and mends else ""}
        for lack in lacks_of(viewer, agreement, today)
    ]
