"""/tuan-tra/<code>/: everything about one patrol that its reader may see, and what to do next."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _

from phoihop.domain.activities.models import Claim, OutcomeKind, RouteKind
from phoihop.domain.activities.queries.detail import Record
from phoihop.domain.activities.rules import STATE_NAMES, State
from phoihop.domain.matters.models import JoinRequest, PartRole, PartState, Recall, Wish
from phoihop.domain.matters.rules import Facet, Sight, may_ask, opens
from phoihop.domain.people.models import Post
from phoihop.domain.people.rules import may

from ... import moments
from ...base import Acting, acting, page
from ...fresh import keep_on_phone
from .. import wording
from ..seeing import SeenPatrol, address, everything, now_and_today, of_patrol
from . import course, next_step, parties, story


@acting("matter.view", time="none")
@of_patrol
def patrol(request: Acting, a: SeenPatrol) -> HttpResponse:
    return keep_on_phone(request, page(request, "patrols/patrol.html", **shown(request, a)))


def shown(request: Acting, a: SeenPatrol, **more: Any) -> dict[str, Any]:
    """What patrols/patrol.html shows; a page of an act that was refused adds its form."""
    now, today = now_and_today()
    post, exact, seen = request.post, bool(a.exact), Sight(a.sight)
    found = everything(request, a)
    rows = parties.rows(post, a, found.record.parties, now)
    primary, others = next_step.steps(post, a, now, rows, found.mine)
    base = address(a.matter.code)
    first = next_step.as_entries([primary] if primary else [], base)
    return {
        "a": a, "base": base, "exact": exact, "now": now, "title": wording.name_of(a, exact), "state": State(a.state),
        "state_tag": wording.state_tag(State(a.state)), "about": _about(a, today),
        "primary": first[0] if first else None, "others": next_step.as_entries(others, base),
        "sentence": sentence(a, rows, now), "rows": rows, "parties_shown": opens(seen, Facet.PARTIES),
        "leads": a.matter.lead_id == post.unit_id, "times": _times(a) if exact else [], "facts": _facts(a, exact, rows),
        "decrees": parties.decrees(a, rows) if opens(seen, Facet.PARTIES) else [],
        "outcomes": outcomes(a, found.record) if exact else None, "course": course.course(post, a, found.record, now) if exact else None,
        "map": course.communes_map(a, found.record),
        "story": story.story(post, a, found), "may_note": opens(seen, Facet.WRITING) and may(post, "note.write"),
        "files": found.files, "requests": _requests(post, a, rows, found.requests, today), "grants": found.grants, "recalls": _recalls(post, found.recalls), "may_recall": may(post, "recall.ask"),
        "asked": found.asked, "word": next((row.party.word for row in rows if row.unit.pk == post.unit_id), None), **more,
    }  # fmt: skip


def _about(a: SeenPatrol, today: date) -> str:
    kind = [str(RouteKind(a.route_kind).label)] if a.exact else []
    return " · ".join([moments.long_day(a.day), str(a.matter.area), *kind])


def sentence(a: SeenPatrol, rows: list[parties.Row], now: datetime) -> str:
    """What the state means for this patrol, said as one would over a telephone."""
    state, silent = State(a.state), [row.unit.short for row in rows if row.silent]
    waiting = [row.unit.short for row in rows if row.party.part is not None and row.party.part.state == PartState.ASKED]
    if state is State.PLANNED and waiting:
        return _("Chờ %(units)s trả lời.") % {"units": ", ".join(waiting)}
    if state is State.LATE:
        return _("Đã quá giờ xuất phát %(span)s mà chưa ghi xuất phát.") % {"span": moments.span(now - a.planned_start)}
    if state is State.MISSING:
        return _("Đã hết giờ %(span)s mà chưa có kết quả.") % {"span": moments.span(now - a.planned_end)}
    if state in (State.WAITING, State.HELD) and silent:
        said = _("Đã xác nhận %(n)d, chờ %(units)s.") if a.confirmed else _("Chưa bên nào xác nhận; chờ %(units)s.")
        return said % {"n": a.confirmed, "units": ", ".join(silent)}
    if state is State.HELD:
        return _("Mọi bên có mặt đã xác nhận; cuộc này được tính.")
    if state is State.DISPUTED:
        return _("Có bên nói không đúng, nên chưa được tính. Chủ trì sửa kết quả, hoặc bên đó xem lại.")
    if state is State.CANCELLED and a.cancelled_at:
        return _("Hủy lúc %(at)s.") % {"at": moments.near(a.cancelled_at, now)}
    return ""


def _times(a: SeenPatrol) -> list[tuple[str, Any, Any]]:
    """Plan beside what was: label, planned, actual."""
    return [(_("Bắt đầu"), a.planned_start, a.started_at), (_("Kết thúc"), a.planned_end, a.ended_at)]


def _facts(a: SeenPatrol, exact: bool, rows: list[parties.Row]) -> list[tuple[str, Any]]:
    facts: list[tuple[str, Any]] = [(_("Tình trạng"), wording.title_case(STATE_NAMES[State(a.state)]))]
    if not opens(Sight(a.sight), Facet.PARTIES):
        return facts
    facts.append((_("Vũ trang"), _("có") if a.armed else _("không")))
    if exact:
        facts.append((_("Tuyến"), a.route.name if a.route else ""))
    facts.append((_("Có kế hoạch trước"), _("có") if a.planned else _("không, ghi sau khi đi")))
    means = [f"{row.unit.short}: {row.means}" for row in rows if row.means]
    if means:
        facts.append((_("Phương tiện"), "; ".join(means)))
    if a.campaign is not None and a.campaign.matter.title is not None:
        facts.append((_("Thuộc đợt"), a.campaign.matter.title.text))
    if a.why is not None:
        facts.append((_("Lý do"), a.why.text or _("(nội dung đã thu hồi hoặc hết hạn giữ)")))
    if a.note is not None:
        facts.append((_("Ghi chú kết quả"), a.note.text or _("(nội dung đã thu hồi hoặc hết hạn giữ)")))
    return facts


def outcomes(a: SeenPatrol, record: Record) -> list[tuple[str, int]] | None:
    """Counts of the closed list; an empty list: held and nothing to report; None: no result that says so."""
    if a.claim != Claim.HELD:
        return None
    order = {kind.value: n for n, kind in enumerate(OutcomeKind)}
    found = sorted(record.outcomes, key=lambda o: order[o.kind])
    return [(wording.title_case(OutcomeKind(o.kind).label), o.count) for o in found]


def _requests(post: Post, a: SeenPatrol, rows: list[parties.Row], found: Sequence[JoinRequest], today: date) -> list[dict[str, Any]]:
    """What other units ask, and which of it the reader may still give."""
    parts = [row.party.part for row in rows if row.party.part is not None]
    return [{"request": one, "part": one.wish == Wish.PART and bool(may_ask(post, a.matter, parts, one.unit, PartRole.SUPPORT, today))} for one in found]


def _recalls(post: Post, found: Sequence[Recall]) -> list[dict[str, Any]]:
    """Texts that somebody wants taken back, and whether this person may agree."""
    return [
        {"recall": one, "agrees": one.agreed_by_id is None and may(post, "recall.agree") and one.asked_by_id != post.pk, "own": one.asked_by_id == post.pk}
        for one in found
    ]
