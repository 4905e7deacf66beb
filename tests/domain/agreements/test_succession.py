"""A unit ends: its heir takes its place in agreements, duties, plans; where the heir has one already, the stronger stays, once."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.cascade import ask_below
from phoihop.domain.agreements.actions.spreading import deliver
from phoihop.domain.agreements.actions.succession import hand_over_agreements
from phoihop.domain.agreements.rules.drafts import ClauseDraft, DutyDraft, DutyRoleDraft, PartyDraft
from phoihop.kernel.period import local_day
from tests.domain.agreements.agreed import a_regulation, a_text, for_signing
from tests.domain.agreements.planned import a_flood_plan, arranged, the_steps
from tests.domain.agreements.registered import holding
from tests.world import at, songdat

pytestmark = pytest.mark.django_db


@pytest.fixture
def w():
    return songdat()


def hand_over(w, old, new):
    return hand_over_agreements(by=w.node, old=old, new=new, day=local_day(at(2, 0)), at=at(2, 0))


def parties(a):
    return [(p.unit.name, p.role, p.signs, p.approves) for p in a.parties.select_related("unit").order_by("order", "pk")]


@pytest.mark.parametrize(
    ("old", "new", "kept"),
    [
        ("police_song", "militia_song", ("Ban CHQS xã Sông", "lead", True, False)),
        ("militia_song", "police_song", ("Công an xã Sông", "lead", True, False)),
        ("front_song", "militia_song", ("Ban CHQS xã Sông", "support", True, False)),
        ("station", "front_song", ("Ủy ban MTTQ xã Sông", "support", True, False)),
    ],
)
def test_an_heir_that_is_a_party_keeps_one_place_the_stronger_of_the_two(w, old, new, kept):
    a = a_regulation(w, parties=[*a_text(w).parties[:3], PartyDraft(w.front_song, "inform", signs=False, approves=True)])
    for_signing(w, a)
    hand_over(w, getattr(w, old), getattr(w, new))
    assert (len(parties(a)), [p for p in parties(a) if p[0] == kept[0]]) == (3, [kept])
    assert [p[1] for p in parties(a)].count("lead") == 1


def test_an_heir_from_outside_takes_the_place_as_it_is(w):
    a = a_regulation(w)
    assert hand_over(w, w.police_song, w.police_dat) == 2
    assert parties(a)[0] == ("Công an phường Đất", "lead", True, False)


def test_of_two_parts_in_one_duty_the_heir_keeps_the_lead(w):
    roles = [DutyRoleDraft("lead", w.police_song), DutyRoleDraft("support", w.militia_song), DutyRoleDraft("advise", w.station)]
    duty = DutyDraft("patrol", "commune", "month", roles=roles, due_workdays=3)
    a_regulation(w, clauses=[ClauseDraft("Điều 1", "Tuần tra chung.", duties=[duty])])
    hand_over(w, w.police_song, w.militia_song)
    hand_over(w, w.station, w.militia_song)
    assert list(m.DutyRole.objects.values_list("unit__name", "role")) == [("Ban CHQS xã Sông", "lead")]


def test_of_two_parts_in_one_step_the_heir_keeps_the_lead(w):
    plan = a_flood_plan(w)
    arranged(w, plan, the_steps(w))
    step = m.Step.objects.filter(roles__unit__isnull=False, roles__role="lead").first()
    old = step.roles.get(role="lead").unit
    m.StepRole.objects.filter(step=step).exclude(role="lead").delete()
    heir = w.militia_song if old != w.militia_song else w.police_song
    m.StepRole.objects.create(step=step, role="support", unit=heir)
    hand_over(w, old, heir)
    assert list(step.roles.values_list("unit", "role")) == [(heir.pk, "lead")]


def test_what_waits_for_both_waits_once(w):
    a = holding(w)
    units = [w.police_song, w.police_dat]
    ask_below(by=w.mai, agreement=a, units=units, due_on=date(2026, 7, 1), at=at(1, 12))
    deliver(by=w.mai, agreement=a, units=units, at=at(1, 12))
    hand_over(w, w.police_song, w.police_dat)
    assert [list(rows.values_list("unit", flat=True)) for rows in (m.Adoption.objects, m.Delivery.objects)] == [[w.police_dat.pk]] * 2


def test_a_place_in_a_team_that_the_heir_has_too_is_one_place(w):
    plan = a_flood_plan(w)
    name = m.Body.objects.create(purpose="title", text="Tổ cứu hộ", salt="00" * 16, digest="00" * 32)
    team = m.TaskTeam.objects.create(agreement=plan, name=name, mandate=name, valid_from=date(2026, 6, 1), valid_until=date(2027, 1, 1))
    for unit, role, people in ((w.police_song, "lead", 4), (w.militia_song, "support", 6)):
        m.TaskTeamMember.objects.create(team=team, unit=unit, role=role, people=people, accepted=True)
    hand_over(w, w.police_song, w.militia_song)
    assert list(team.members.values_list("unit", "role", "people")) == [(w.militia_song.pk, "lead", 10)]
