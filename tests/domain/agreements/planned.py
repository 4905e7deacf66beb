"""Plans of the small test world: one for a public event, one for a flood."""

from __future__ import annotations

from datetime import date, datetime
from types import SimpleNamespace
from typing import Any

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.arranging import arrange
from phoihop.domain.agreements.actions.drafting import draft_agreement
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.drafts import DutyRoleDraft
from phoihop.domain.agreements.rules.plans import Arrangement, CheckDraft, EventPostDraft, NeedDraft, PhaseDraft, StepDraft
from tests.domain.agreements.agreed import MORNING, a_text, for_signing, heads, on_paper
from tests.laid import laid_upon
from tests.world import at

CLEARED = {"cleared_by": "Công an xã Sông", "cleared_on": date(2026, 5, 20)}


@laid_upon
def an_event_plan(w: SimpleNamespace, **change: Any) -> m.Agreement:
    """A draft of Lan's for the festival of 10 June."""
    plain = {"kind": "sukien", "title": "Kế hoạch bảo đảm an toàn lễ hội sông", "situation": "sukien"} | CLEARED
    text = a_text(w, **plain | change)
    return draft_agreement(by=w.lan, draft=text, at=MORNING)


@laid_upon
def a_flood_plan(w: SimpleNamespace, **change: Any) -> m.Agreement:
    text = a_text(w, kind="phuongan", title="Phương án ứng phó triều cường xã Sông", situation="thientai", **CLEARED, **change)
    return draft_agreement(by=w.lan, draft=text, at=MORNING)


def the_posts(w: SimpleNamespace) -> Arrangement:
    return Arrangement(
        posts=[
            EventPostDraft("chot", "Cổng bến phà", w.police_song, 4, at(10, 17), at(10, 23)),
            EventPostDraft("to", "Dọc bờ kè", w.militia_song, 6, at(10, 18), at(10, 23)),
        ],
        checks=[CheckDraft("Thử bộ đàm các chốt", w.militia_song, at(10, 15))],
    )


def the_steps(w: SimpleNamespace) -> Arrangement:
    lead, help_ = DutyRoleDraft("lead", w.militia_song), DutyRoleDraft("support", force=w.forces["CA"])
    return Arrangement(
        phases=[
            PhaseDraft("Báo động", [StepDraft("Báo các ấp ven sông", 30, [lead, help_])]),
            PhaseDraft(
                "Sơ tán", [StepDraft("Đưa dân về trường học", 180, [DutyRoleDraft("lead", force=w.forces["CA"]), DutyRoleDraft("support", w.militia_song)])]
            ),
        ],
        needs=[NeedDraft("phuongtien", "xuong", 5), NeedDraft("lucluong", "nguoi", 40)],
    )


def arranged(w: SimpleNamespace, plan: m.Agreement, arrangement: Arrangement) -> m.Version:
    return arrange(by=w.lan, agreement=plan, arrangement=arrangement, seen=digest_now(current(plan)), at=at(1, 9))


def signed(w: SimpleNamespace, plan: m.Agreement) -> m.Agreement:
    """Signed by all three on paper."""
    for_signing(w, plan, at(1, 10))
    for by in vars(heads(w)).values():
        on_paper(by, plan, at(1, 11))
    return m.Agreement.objects.select_related("matter").get(pk=plan.pk)


def signed_again(w: SimpleNamespace, plan: m.Agreement, when: datetime) -> None:
    """Its next version, on paper, by those who signed the one before."""
    for_signing(w, plan, when)
    for by in m.Post.objects.filter(pk__in=m.Signature.objects.filter(version__agreement=plan).values("by")).select_related("user", "unit"):
        on_paper(by, plan, when)
