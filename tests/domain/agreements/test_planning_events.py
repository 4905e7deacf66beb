"""Many event plans at once: proposed out of last year's, for each commune, with who would stand twice; drafted, sent, told."""

from dataclasses import replace
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.arranging import arrange
from phoihop.domain.agreements.actions.calendar import enter_events, name_event
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.actions.planning_events import draft_event_plans, open_signing_many, tell_results, tell_shifts
from phoihop.domain.agreements.actions.pledging import pledge
from phoihop.domain.agreements.queries.calendar import event_of
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.planning_events import Wanted, as_planned, clashes_of, own_people, proposals, shifts_to_tell, to_tell
from phoihop.domain.agreements.queries.plans import arrangement_in, compared
from phoihop.domain.agreements.queries.playbook import arrangement_draft
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.calendar import PublicEventDraft
from phoihop.domain.agreements.rules.carrying_out import ResultDraft
from phoihop.domain.agreements.rules.planning_events import ShiftDraft, Stand, ToldDraft, clashes
from phoihop.domain.agreements.rules.plans import Arrangement
from phoihop.domain.figures.queries.cells import cell
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.period import Period
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.duties import sign
from tests.domain.agreements.planned import a_flood_plan, an_event_plan, arranged, signed, the_posts, the_steps
from tests.world import NOON, at, person, songdat, unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
CLEARED = {"cleared_by": "Công an xã Sông", "cleared_on": TODAY}


def event(w, name, day, by=None, where=None):
    draft = PublicEventDraft(where or w.song, "lehoi", name, day, day)
    return enter_events(by=by or w.lan, drafts=[draft], at=NOON)[0]


def last_year(w):
    """The festival of 10 June with its plan, and the same of next year."""
    plan = an_event_plan(w, valid_from=date(2026, 6, 9), valid_until=date(2026, 6, 12))
    arranged(w, plan, the_posts(w))
    name_event(by=w.lan, agreement=plan, event=event(w, "Lễ hội sông", date(2026, 6, 10)), at=NOON)
    return plan, event(w, "Lễ hội sông", date(2027, 6, 12))


def test_last_years_plan_comes_again_on_this_years_days_with_its_strengths_as_a_proposal():
    w = songdat()
    plan, again = last_year(w)
    found = proposals(w.lan, Wanted([again], [w.song], **CLEARED), TODAY)
    assert [(p.former, p.without) for p in found] == [(plan, [])]
    proposed = found[0].plan
    assert (proposed.draft.title, proposed.draft.valid_from, proposed.draft.valid_until) == (
        "Kế hoạch bảo đảm an ninh, an toàn Lễ hội sông năm 2027, xã Sông", date(2027, 6, 11), date(2027, 6, 14),
    )  # fmt: skip
    assert [(p.place, p.unit, p.people, p.since.isoformat()) for p in proposed.laid.posts] == [
        ("Cổng bến phà", w.police_song, 4, "2027-06-12T10:00:00+00:00"), ("Dọc bờ kè", w.militia_song, 6, "2027-06-12T11:00:00+00:00"),
    ]  # fmt: skip
    assert [c.due_at.isoformat() for c in proposed.laid.checks] == ["2027-06-12T08:00:00+00:00"]


def test_a_result_is_told_while_a_new_version_is_written_and_what_is_suggested_for_it_is_what_was_agreed():
    w = songdat()
    plan = an_event_plan(w)
    arranged(w, plan, the_posts(w))
    plan = signed(w, plan)
    text = draft_of(current(plan))
    change_text(by=w.lan, agreement=plan, draft=replace(text, title="Kế hoạch lễ hội sông, bổ sung"), seen=digest_now(current(plan)), at=at(13, 8))
    m.Agreement.objects.filter(pk=plan.pk).update(valid_until=date(2026, 6, 30))
    assert [p.pk for p in to_tell(w.lan, date(2026, 7, 1))] == [plan.pk]
    tell_results(by=w.lan, told=[ToldDraft(plan, ResultDraft(date(2026, 6, 10), True, 1, 1))], at=at(13, 8))
    posts = [replace(p, people=p.people + 10) for p in arrangement_draft(current(plan)).posts]
    arrange(by=w.lan, agreement=plan, arrangement=Arrangement(posts=[*posts, replace(posts[0], place="Chợ xã")]), seen=digest_now(current(plan)), at=at(13, 9))
    found = as_planned(w.lan, plan, TODAY)
    assert (current(plan).number, found.fixed_posts, found.mobile_teams, found.planned_people) == (2, 1, 1, 10)
    assert (own_people(w.binh, plan), own_people(w.hai, plan), as_planned(w.binh, plan, TODAY)) == (6, None, None)
    assert [r.planned for r in shifts_to_tell(w.binh, TODAY)] == [6]


def test_drafted_all_at_once_each_has_its_event_its_posts_and_its_own_journal_line():
    w = songdat()
    _plan, again = last_year(w)
    drafts = [p.plan for p in proposals(w.lan, Wanted([again], [w.song], **CLEARED), TODAY)]
    made = draft_event_plans(by=w.lan, drafts=drafts, at=NOON)[0]
    assert (made.matter.lead, event_of(made), len(arrangement_in(current(made)).posts), made.stage) == (w.police_song, again, 2, "draft")
    assert list(m.Event.objects.filter(matter=made.matter).order_by("seq").values_list("what", flat=True)) == [
        "agreement.drafted", "agreement.arranged", "agreement.event_named",
    ]  # fmt: skip
    assert list(verify()) == []


def test_one_template_for_two_communes_takes_the_units_of_each_place_and_says_who_has_no_counterpart():
    w = songdat()
    guard = unit(w.forces["DQ"], "xa", w.dat, "Ban CHQS phường Đất", w.army)
    planner = person("nga", w.police, "staff")
    holiday = event(w, "Hội chợ", date(2026, 7, 1), by=planner, where=w.province)
    template, _again = last_year(w)
    found = proposals(planner, Wanted([holiday], [w.song, w.dat], template=template, **CLEARED), TODAY)
    assert [[p.unit.short for p in one.plan.draft.parties] for one in found] == [
        ["Công an tỉnh Sông Đất", "Công an xã Sông", "Ban CHQS xã Sông", "Đồn Biên phòng Cửa Sông", "Ủy ban MTTQ xã Sông"],
        ["Công an tỉnh Sông Đất", "Công an phường Đất", "Ban CHQS phường Đất"],
    ]  # fmt: skip
    assert [(p.place, p.unit) for p in found[1].plan.laid.posts] == [("Cổng bến phà", w.police_dat), ("Dọc bờ kè", guard)]
    assert [one.without for one in found] == [[], [w.station, w.front_song]]
    assert len(draft_event_plans(by=planner, drafts=[one.plan for one in found], at=NOON)) == 2


def test_without_a_template_a_plan_begins_with_the_units_of_the_chosen_forces_there():
    w = songdat()
    holiday = event(w, "Hội chợ", date(2026, 7, 1))
    found = proposals(w.lan, Wanted([holiday], [w.song], again=False, forces=[w.forces["DQ"], w.forces["PC"]], **CLEARED), TODAY)
    assert [[(p.unit, p.role) for p in one.plan.draft.parties] for one in found] == [[(w.police_song, "lead"), (w.militia_song, "support")]]
    assert [one.lacking for one in found] == [[w.forces["PC"]]]


def test_the_military_of_a_commune_is_its_militias_command_and_comes_once():
    w = songdat()
    planner = person("nga", w.police, "staff")
    holiday = event(w, "Hội chợ", date(2026, 7, 1), by=planner, where=w.province)
    asked = Wanted([holiday], [w.song, w.dat], again=False, forces=[w.forces["QS"], w.forces["DQ"]], **CLEARED)
    found = proposals(planner, asked, TODAY)
    assert [[p.unit for p in one.plan.draft.parties] for one in found] == [[w.police, w.militia_song], [w.police]]
    assert [[f.code for f in one.lacking] for one in found] == [[], ["QS", "DQ"]]
    battalion = unit(w.forces["QS"], "don", w.song, "Tiểu đoàn đứng chân", w.army)
    assert proposals(planner, replace(asked, forces=[w.forces["QS"]]), TODAY)[0].plan.draft.parties[1].unit == battalion


def test_a_unit_in_two_plans_at_once_is_shown_also_where_the_other_plan_stands_already():
    w = songdat()
    plan, _again = last_year(w)
    same = event(w, "Hội chợ", date(2026, 6, 10))
    one = proposals(w.lan, Wanted([same], [w.song], template=plan, **CLEARED), TODAY)[0].plan
    found = clashes_of(w.lan, [("Hội chợ", one)], TODAY)
    assert [(c.one.unit, c.same_place, {c.one.plan, c.other.plan}) for c in found] == [
        (w.police_song, True, {0, plan.matter.code}), (w.militia_song, True, {0, plan.matter.code}),
    ]  # fmt: skip
    assert clashes_of(w.mai, [("Hội chợ", one)], TODAY) == []


@pytest.mark.parametrize(("since", "until", "n"), [(18, 20, 1), (20, 22, 0), (17, 19, 1), (10, 18, 0)])
def test_times_clash_only_where_they_overlap_and_never_within_one_plan(since, until, n):
    w = songdat()
    first = Stand("a", "A", "Cổng", w.police_song, at(10, 18), at(10, 20), 4)
    other = Stand("b", "B", "Chợ", w.police_song, at(10, since), at(10, until), 2)
    assert len(clashes([first, other])) == n
    assert clashes([first, Stand("a", "A", "Chợ", w.police_song, at(10, since), at(10, until), 2)]) == []


def test_one_refused_plan_is_named_and_none_is_written():
    w = songdat()
    _plan, again = last_year(w)
    good = proposals(w.lan, Wanted([again], [w.song], **CLEARED), TODAY)[0].plan
    before = m.Agreement.objects.count()
    wrong = proposals(w.lan, Wanted([again], [w.song], cleared_by="", cleared_on=TODAY), TODAY)[0].plan
    with pytest.raises(Refused) as refused:
        draft_event_plans(by=w.lan, drafts=[good, wrong], at=NOON)
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("not-cleared", "drafts.1.cleared_by")
    assert m.Agreement.objects.count() == before


@pytest.mark.parametrize("count", [0, 201])
def test_between_one_and_two_hundred_plans_are_drafted_at_once(count):
    w = songdat()
    with pytest.raises(Refused) as refused:
        draft_event_plans(by=w.lan, drafts=[None] * count, at=NOON)
    assert refused.value.verdict.code == "too-many"


def test_many_are_laid_before_their_parties_and_told_in_one_go_and_count_once_each():
    w = songdat()
    plans = [an_event_plan(w, title=f"Kế hoạch lễ hội {n}") for n in (1, 2)]
    for plan in plans:
        arranged(w, plan, the_posts(w))
    open_signing_many(by=w.lan, agreements=plans[:1], workdays=3, at=at(1, 10))
    assert m.Agreement.objects.get(pk=plans[0].pk).stage == "signing"
    ready = [sign(an_event_plan(w, title=f"Kế hoạch hội chợ {n}"), date(2026, 6, 2)) for n in (3, 4)]
    results = tell_results(by=w.lan, told=[ToldDraft(a, ResultDraft(date(2026, 6, 10), True, 2, 1)) for a in ready], at=at(11, 8))
    tell_shifts(by=w.lan, shifts=[ShiftDraft(r, 12) for r in results], at=at(11, 9))
    june = Period(date(2026, 6, 1), date(2026, 7, 1))
    assert [cell(code, w.province, june).value for code in ("SK.01", "SK.02", "SK.03", "SK.04.CHOT", "SK.04.TO")] == [2, 2, 24, 4, 2]


def test_people_and_stores_are_compared_with_what_each_party_says_of_itself_and_silence_is_a_dash():
    w = songdat()
    plan = a_flood_plan(w)
    arranged(w, plan, the_steps(w))

    def by_kind(day):
        return {c.need.kind: (c.has, c.short) for c in compared(w.lan, current(plan), day)}

    assert by_kind(TODAY) == {"xuong": (None, None), "nguoi": (None, None)}
    signed(w, plan)
    pledge(by=w.lan, agreement=plan, kind="nguoi", amount=12, at=at(2, 8))
    pledge(by=w.lan, agreement=plan, kind="nguoi", amount=15, at=at(3, 8))
    pledge(by=person("Ba", w.militia_song, "staff"), agreement=plan, kind="nguoi", amount=20, at=at(3, 8))
    assert [by_kind(date(2026, 6, day))["nguoi"] for day in (2, 3)] == [(12, 28), (35, 5)]


@pytest.mark.parametrize(
    ("by", "kind", "amount", "code"),
    [("mai", "nguoi", 5, "not-party"), ("lan", "xuong", 5, "no-such-need"), ("lan", "sung", 5, "no-such-need"), ("lan", "nguoi", -1, "need-out-of-range")],
)
def test_a_party_speaks_for_itself_of_people_and_stores_alone(by, kind, amount, code):
    w = songdat()
    plan = a_flood_plan(w)
    with pytest.raises(Refused) as refused:
        pledge(by=getattr(w, by), agreement=plan, kind=kind, amount=amount, at=NOON)
    assert refused.value.verdict.code == code
