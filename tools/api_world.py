"""The small node on which the API is tried: two communes, what happened there, and tokens of who acts."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from tests.world import NOON, a_draft, a_result, a_word, songdat

from phoihop.domain.activities.actions import confirming, holding, planning, routes
from phoihop.domain.activities.rules import PointDraft, RouteDraft
from phoihop.domain.matters.actions import notes, parts
from phoihop.domain.people.models import ApiToken
from phoihop.domain.people.queries.tokens import token_digest
from phoihop.domain.tasks import actions as tasks
from phoihop.domain.tasks.rules import TaskDraft

NOW = NOON + timedelta(days=2)


def world() -> tuple[dict[str, str], dict[str, list[Any]]]:
    """Tokens by who acts, and names of records by kind."""
    w = songdat()
    held, planned = planning.plan_many(by=w.lan, drafts=[a_draft(w), a_draft(w, start=NOW + timedelta(hours=1), end=NOW + timedelta(hours=3))], at=NOON)
    part = planned.matter.parts.get()
    parts.answer_many(by=w.binh, parts=[held.matter.parts.get()], state="accepted", at=NOON)
    held = holding.report(by=w.lan, result=a_result(w, held), at=NOW)
    confirming.confirm(by=w.binh, word=a_word(held), at=NOW)
    route = routes.draw_route(by=w.lan, draft=RouteDraft("T1", "Tuyến chợ", "road", w.song, points=[PointDraft("Cầu", w.song)]), at=NOON)
    campaign = routes.open_campaign(by=w.lan, name="Đợt cao điểm", area=w.song, first=NOON.date(), until=NOON.date() + timedelta(days=9), at=NOON)
    note = notes.note(by=w.lan, matter=planned.matter, text="Trời mưa.", at=NOON)
    task = tasks.give(by=w.lan, draft=TaskDraft(planned.matter, "Thay bóng đèn ở cầu.", w.militia_song, NOW + timedelta(days=3)), at=NOON)
    tokens = {name: f"phoihop_{name}" for name in ("lan", "binh", "mai", "quan", "tu")}
    for name, secret in tokens.items():
        ApiToken.objects.create(post=getattr(w, name), digest=token_digest(secret), label=name, expires_at=NOW + timedelta(days=9))
    known: dict[str, list[Any]] = {
        "area": ["29001", "86", "29002@2026-01-01"], "unit": [w.police_song.key, w.militia_song.key, w.army.key], "matter": [planned.matter.code, held.matter.code],
        "patrol": [planned.matter.code, held.matter.code], "campaign": [campaign.matter.code], "task": [task.code], "part": [part.pk], "text": [note.body_id],
        "route": [route.pk], "point": [route.checkpoints.get().pk], "account": [w.lan.user_id], "post": [w.lan.pk, w.binh.pk],
        "token": [ApiToken.objects.order_by("pk").first().pk], "relation": [1, 2],
    }  # fmt: skip
    return tokens, known
