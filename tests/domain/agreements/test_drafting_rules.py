"""What a draft must be to be kept: a truth table, no database."""

from datetime import date

import pytest

from phoihop.domain.agreements.rules.drafting import fits_draft, keeps_who_signed
from phoihop.domain.agreements.rules.drafts import AgreementDraft, ClauseDraft, DutyDraft, DutyRoleDraft, PartyDraft
from phoihop.domain.forces.models import Force, Unit
from phoihop.domain.territory.models import Area

DAY = date(2026, 6, 1)
SONG = Area(pk=1, name="Sông", valid_from=date(2025, 7, 1))
GONE = Area(pk=2, name="Cũ", valid_from=date(2000, 1, 1), valid_until=date(2025, 7, 1))
POLICE, MILITIA = (Unit(pk=n, name=name, short=name, valid_from=date(2025, 7, 1)) for n, name in ((1, "Công an"), (2, "Dân quân")))
OLD = Unit(pk=3, name="Huyện", short="Huyện", valid_from=date(2000, 1, 1), valid_until=date(2025, 7, 1))
FORCE = Force(pk=1, code="DQ", order=1)
LEAD, SUPPORT = PartyDraft(POLICE, "lead"), PartyDraft(MILITIA, "support")
FIRST = ClauseDraft("Điều 1", "Các bên trao đổi thông tin.", content="thongtin")


def draft(**change):
    plain = {"kind": "quyche", "title": "Quy chế phối hợp", "areas": [SONG], "parties": [LEAD, SUPPORT], "clauses": [FIRST]}
    return AgreementDraft(**plain | change)


def duty(**change):
    return [ClauseDraft("Điều 1", "Hai mươi chữ cái đây.", duties=[DutyDraft(**{"act": "brief", "level": "commune", "cadence": "month"} | change)])]


def plan(**change):
    return draft(**{"kind": "sukien", "parties": [LEAD], "situation": "sukien", "cleared_by": "Văn phòng UBND tỉnh", "cleared_on": DAY} | change)


ROWS = {
    "fits": (draft(), "", None),
    "no such kind": (draft(kind="lạ"), "no-such-kind", "kind"),
    "no title": (draft(title=" "), "text-missing", "title"),
    "no area": (draft(areas=[]), "area-missing", "areas"),
    "an area twice": (draft(areas=[SONG, SONG]), "area-twice", "areas.1"),
    "an area of another day": (draft(areas=[SONG, GONE]), "area-not-then", "areas.1"),
    "nobody": (draft(parties=[]), "parties-missing", "parties"),
    "a party twice": (draft(parties=[LEAD, SUPPORT, SUPPORT]), "party-twice", "parties.2.unit"),
    "no lead": (draft(parties=[PartyDraft(POLICE, "support"), SUPPORT]), "no-lead", "parties"),
    "two leads": (draft(parties=[LEAD, PartyDraft(MILITIA, "lead")]), "two-leads", "parties.1.role"),
    "another's lead": (draft(parties=[PartyDraft(POLICE, "support"), PartyDraft(MILITIA, "lead")]), "lead-drafts", "parties"),
    "one signs a regulation though another could": (draft(parties=[LEAD, PartyDraft(MILITIA, "support", signs=False)]), "too-few-sign", "parties.1.signs"),
    "one signs a regulation": (draft(parties=[LEAD, PartyDraft(MILITIA, "inform", signs=False)]), "too-few-sign", "parties"),
    "one signs a directive": (draft(kind="chithi", parties=[LEAD]), "", None),
    "a follower signs": (draft(parties=[LEAD, PartyDraft(MILITIA, "inform")]), "follower-signs", "parties.1.signs"),
    "the lead does not sign": (draft(parties=[PartyDraft(POLICE, "lead", signs=False), SUPPORT]), "lead-signs", "parties.0.signs"),
    "an appraisal that nobody signs": (draft(kind="thamdinh", parties=[PartyDraft(POLICE, "lead", signs=False), PartyDraft(MILITIA, "support", signs=False)]), "", None),
    "an appraisal that its lead signs": (draft(kind="thamdinh", parties=[LEAD]), "appraisal-signed", "parties.0.signs"),
    "an appraisal that another signs": (draft(kind="thamdinh", parties=[PartyDraft(POLICE, "lead", signs=False), SUPPORT]), "appraisal-signed", "parties.1.signs"),
    "a unit of another day": (draft(parties=[LEAD, PartyDraft(OLD, "support")]), "unit-not-then", "parties.1.unit"),
    "ends before it begins": (draft(valid_from=DAY, valid_until=date(2026, 5, 1)), "ends-before-start", "valid_until"),
    "ends as it begins": (draft(valid_from=DAY, valid_until=DAY), "ends-before-start", "valid_until"),
    "reviewed never": (draft(review_months=0), "review-months", "review_months"),
    "a clause without a number": (draft(clauses=[ClauseDraft(" ", "Nội dung")]), "label-missing", "clauses.0.label"),
    "a clause without a word": (draft(clauses=[FIRST, ClauseDraft("Điều 2")]), "clause-empty", "clauses.1.text"),
    "a content area of no list": (draft(clauses=[ClauseDraft("Điều 1", "x", content="tôn giáo")]), "no-such-content", "clauses.0.content"),
    "a duty": (draft(clauses=duty(due_workdays=1)), "", None),
    "a deadline of no days": (draft(clauses=duty(due_workdays=0)), "deadline-zero", "clauses.0.duties.0.due_workdays"),
    "a deadline of no minutes": (draft(clauses=duty(within_minutes=0)), "deadline-zero", "clauses.0.duties.0.within_minutes"),
    "once, nobody knows when": (draft(clauses=duty(cadence="once")), "due-on-missing", "clauses.0.duties.0.due_on"),
    "a duty with two leads": (
        draft(clauses=duty(roles=[DutyRoleDraft("lead", POLICE), DutyRoleDraft("lead", force=FORCE)])), "two-leads", "clauses.0.duties.0.roles",
    ),
    "a role of nobody": (draft(clauses=duty(roles=[DutyRoleDraft("lead")])), "role-of-one", "clauses.0.duties.0.roles.0"),
    "a sentence beyond the clause": (draft(clauses=duty(sentence=(0, 90))), "sentence", "clauses.0.duties.0.sentence"),
    "an event plan": (plan(), "", None),
    "a plan of a kind that is not kept": (plan(situation=""), "situation-not-kept", "situation"),
    "of such a plan only the name": (plan(situation="", clauses=[]), "", None),
    "a plan that nobody cleared": (plan(cleared_by=""), "not-cleared", "cleared_by"),
    "a plan cleared on no day": (plan(cleared_on=None), "not-cleared", "cleared_on"),
}  # fmt: skip


@pytest.mark.parametrize("name", ROWS)
def test_a_draft_holds_together_or_says_what_does_not(name):
    given, code, field = ROWS[name]
    verdict = fits_draft(given, POLICE, DAY)
    assert (verdict.code, verdict.field) == (code, field)


@pytest.mark.parametrize(("left_out", "code"), [((), ""), (("Đồn A",), "leaves-out-signatory"), (("Đồn A", "Ban B"), "leaves-out-signatory")])
def test_nobody_who_signed_is_left_out_of_the_next_version(left_out, code):
    verdict = keeps_who_signed([Unit(short=name) for name in left_out])
    assert (verdict.code, str(verdict.reason).startswith(f"{', '.join(left_out)} đã ký")) == (code, bool(left_out))
