"""Plans for events and situations: laid down, signed with the text, carried out, practised, told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.arranging import arrange
from phoihop.domain.agreements.actions.carrying_out import lay_out, practise, state_spot, tell_result, tell_shift, tick
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.actions.sending import circulate
from phoihop.domain.agreements.actions.teams import answer_team, end_team, form_team
from phoihop.domain.agreements.queries.agreement import file_of
from phoihop.domain.agreements.queries.comparing import head_changes_of
from phoihop.domain.agreements.queries.drafted import draft_of
from phoihop.domain.agreements.queries.needs import needs_of
from phoihop.domain.agreements.queries.plan_records import checks_seen
from phoihop.domain.agreements.queries.plans import (
    arrangement_in,
    arrangement_of,
    compared,
    last_practised,
    practices_of,
    spots_of,
    strength_of,
    teams_of,
)
from phoihop.domain.agreements.queries.preparing import preparing
from phoihop.domain.agreements.queries.versions import canonical_of, current, digest_now
from phoihop.domain.agreements.rules.carrying_out import PracticeDraft, ResultDraft
from phoihop.domain.agreements.rules.drafts import ClauseDraft, DutyRoleDraft
from phoihop.domain.agreements.rules.plans import Arrangement, CheckDraft, EventPostDraft, NeedDraft, PhaseDraft, StepDraft
from phoihop.domain.agreements.rules.redline import Change, HeadChange
from phoihop.domain.agreements.rules.teams import MemberDraft, TeamDraft
from phoihop.domain.figures.queries.cells import cell
from phoihop.domain.forces.actions.keeping import record_means
from phoihop.kernel.period import Period
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.agreed import a_regulation, a_text
from tests.domain.agreements.planned import CLEARED, a_flood_plan, an_event_plan, arranged, signed, signed_again, the_posts, the_steps
from tests.domain.agreements.signed_pdf import pdf
from tests.world import at, songdat

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 20)
LATER = at(20, 8)


@pytest.fixture
def w() -> SimpleNamespace:
    return songdat()


def test_posts_and_preparations_are_part_of_the_text_that_is_signed(w: SimpleNamespace):
    plan = an_event_plan(w)
    before = digest_now(current(plan))
    version = arranged(w, plan, the_posts(w))
    assert digest_now(version) != before
    assert '"annex":{"checks":[["' in canonical_of(version)
    assert m.Event.objects.filter(what="agreement.arranged").count() == 1


def test_laying_down_again_replaces_what_was_there(w: SimpleNamespace):
    plan = an_event_plan(w)
    arranged(w, plan, the_posts(w))
    version = arranged(w, plan, Arrangement(posts=the_posts(w).posts[:1]))
    assert [(p.kind, p.people) for p in arrangement_in(version).posts] == [("chot", 4)]
    assert arrangement_in(version).checks == []


def test_a_plan_that_somebody_changed_a_second_ago_is_not_overwritten(w: SimpleNamespace):
    plan = an_event_plan(w)
    seen = digest_now(current(plan))
    arranged(w, plan, the_posts(w))
    with pytest.raises(Refused) as refused:
        arrange(by=w.lan, agreement=plan, arrangement=Arrangement(), seen=seen, at=at(1, 9))
    assert refused.value.verdict.code == "changed-meanwhile"


@pytest.mark.parametrize(("kind", "situation", "code"), [("quyche", "", "not-a-plan"), ("sukien", "", "situation-not-kept")])
def test_only_plans_of_the_closed_list_keep_a_body(w: SimpleNamespace, kind: str, situation: str, code: str):
    plan = a_regulation(w, kind=kind, situation=situation, clauses=[] if kind == "sukien" else a_text(w).clauses)
    with pytest.raises(Refused) as refused:
        arranged(w, plan, Arrangement())
    assert refused.value.verdict.code == code


def test_who_does_not_lead_lays_nothing_down(w: SimpleNamespace):
    plan = an_event_plan(w)
    officer = m.Post.objects.create(user=w.binh.user, unit=w.militia_song, role="staff", title="Tham mưu", valid_from=date(2025, 7, 1))
    with pytest.raises(Refused) as refused:
        arrange(by=officer, agreement=plan, arrangement=the_posts(w), seen=digest_now(current(plan)), at=at(1, 9))
    assert refused.value.verdict.code == "not-lead"


def test_what_was_sent_stands_and_a_new_version_begins_with_it(w: SimpleNamespace):
    plan = an_event_plan(w)
    version = arranged(w, plan, the_posts(w))
    circulate(by=w.lan, agreement=plan, workdays=3, at=at(1, 10))
    with pytest.raises(Refused) as refused:
        arranged(w, plan, Arrangement())
    assert refused.value.verdict.code == "version-sent"
    changed = a_text(w, kind="sukien", title="Kế hoạch bảo đảm an toàn lễ hội sông, bổ sung", situation="sukien", **CLEARED)
    fresh = change_text(by=w.lan, agreement=plan, draft=changed, seen=digest_now(version), at=at(1, 11))
    assert fresh.number == 2
    assert [(p.kind, p.place.text, p.unit, p.people) for p in arrangement_in(fresh).posts] == [
        ("chot", "Cổng bến phà", w.police_song, 4),
        ("to", "Dọc bờ kè", w.militia_song, 6),
    ]
    assert len(arrangement_in(version).posts) == 2


def test_a_new_version_of_a_contingency_plan_begins_with_its_steps(w: SimpleNamespace):
    plan = a_flood_plan(w)
    version = arranged(w, plan, the_steps(w))
    circulate(by=w.lan, agreement=plan, workdays=3, at=at(1, 10))
    changed = a_text(w, kind="phuongan", title="Phương án ứng phó triều cường, bổ sung", situation="thientai", **CLEARED)
    fresh = change_text(by=w.lan, agreement=plan, draft=changed, seen=digest_now(version), at=at(1, 11))

    def told(v: m.Version) -> list[tuple[str, str, int, list[str]]]:
        return [
            (phase.name.text, step.what.text, step.within_minutes, sorted(r.role for r in step.roles.all()))
            for phase in arrangement_in(v).phases
            for step in phase.steps.all()
        ]

    assert told(fresh) == told(version) != []
    assert sorted((n.kind, n.amount) for n in arrangement_in(fresh).needs) == [("nguoi", 40), ("xuong", 5)]


def told(changes: list[HeadChange]) -> dict[str, list[str]]:
    """What changed, as a reader of plain text would write it: [-gone-], {+come+}."""
    marks = {Change.SAME: "{}", Change.REMOVED: "[-{}-]", Change.ADDED: "{{+{}+}}"}
    return {str(one.name): ["".join(marks[p.change].format(p.words) for p in line) for line in one.lines] for one in changes}


def next_version(w: SimpleNamespace, plan: m.Agreement, was: m.Version, arrangement: Arrangement) -> m.Version:
    title = was.title.text if was.title else ""
    text = a_text(w, kind=plan.kind, title=title, situation=plan.situation, **CLEARED)
    changed = replace(text, clauses=[*text.clauses, ClauseDraft("Điều 9", "Các bên thử liên lạc trước một ngày.")])
    fresh = change_text(by=w.lan, agreement=plan, draft=changed, seen=digest_now(was), at=at(1, 11))
    return arrange(by=w.lan, agreement=plan, arrangement=arrangement, seen=digest_now(fresh), at=at(1, 12))


def test_two_versions_are_compared_post_by_post_as_far_as_the_reader_sees_posts(w: SimpleNamespace):
    plan = an_event_plan(w)
    before = arranged(w, plan, the_posts(w))
    circulate(by=w.lan, agreement=plan, workdays=3, at=at(1, 10))
    gate, quay = the_posts(w).posts
    after = next_version(w, plan, before, Arrangement([replace(gate, people=8), EventPostDraft("chot", "Cổng bến phà", w.station, 2, quay.since, quay.until)]))
    circulate(by=w.lan, agreement=plan, workdays=3, at=at(1, 13))
    before, after = m.Version.objects.filter(pk__in=(before.pk, after.pk)).order_by("number")
    expected = {
        "Chốt, tổ": [
            "Cổng bến phà (chốt): Công an xã Sông, [-4-]{+8+} người, 17:00 10/06/2026 – 23:00 10/06/2026",
            "{+Cổng bến phà (chốt): Đồn Biên phòng Cửa Sông, 2 người, 18:00 10/06/2026 – 23:00 10/06/2026+}",
            "[-Dọc bờ kè (tổ cơ động): Ban CHQS xã Sông, 6 người, 18:00 10/06/2026 – 23:00 10/06/2026-]",
        ],
        "Chuẩn bị": ["[-Thử bộ đàm các chốt: Ban CHQS xã Sông, xong trước 15:00 10/06/2026-]"],
    }
    assert told(head_changes_of(w.lan, before, after, DAY)) == told(head_changes_of(w.binh, before, after, DAY)) == expected
    assert list(told(head_changes_of(w.mai, before, after, DAY))) == ["Chuẩn bị"]


def test_two_versions_are_compared_step_by_step_and_need_by_need(w: SimpleNamespace):
    plan = a_flood_plan(w)
    before = arranged(w, plan, the_steps(w))
    circulate(by=w.lan, agreement=plan, workdays=3, at=at(1, 10))
    first, second = the_steps(w).phases
    later = replace(second, steps=[replace(second.steps[0], within_minutes=120)])
    needs = [NeedDraft("phuongtien", "xuong", 8), NeedDraft("haucan", "luongthuc", 1200)]
    after = next_version(w, plan, before, Arrangement(phases=[first, later], needs=needs))
    assert told(head_changes_of(w.lan, before, after, DAY)) == {
        "Các bước xử lý": ["Sơ tán: Đưa dân về trường học, trong [-180-]{+120+} phút; chủ trì CA, phối hợp Ban CHQS xã Sông"],
        "Nhu cầu": [
            "{+lương thực (suất): 1.200 (hậu cần tại chỗ)+}",
            "xuồng, ca nô: [-5-]{+8+} (phương tiện, vật tư tại chỗ)",
            "[-người: 40 (lực lượng tại chỗ)-]",
        ],
    }


def test_posts_are_shown_to_who_takes_part_and_counted_for_who_directs(w: SimpleNamespace):
    plan = an_event_plan(w)
    version = arranged(w, plan, the_posts(w))
    circulate(by=w.lan, agreement=plan, workdays=3, at=at(1, 10))
    seen = {name: arrangement_of(getattr(w, name), version, date(2026, 6, 2)) for name in ("binh", "mai", "tu")}
    assert {name: (len(a.posts), a.hidden, len(a.checks)) for name, a in seen.items()} == {"binh": (2, 0, 1), "mai": (0, 2, 1), "tu": (0, 0, 0)}
    assert strength_of(version).people == 10


def test_needs_stand_beside_the_means_of_the_parties_and_missing_is_not_nought(w: SimpleNamespace):
    plan = a_flood_plan(w)
    version = arranged(w, plan, the_steps(w))
    record_means(by=w.dung, unit=w.militia_song, counts={"xuong": 3}, day=date(2026, 6, 1), at=at(1, 8))
    record_means(by=w.dung, unit=w.militia_song, counts={"xuong": 2}, day=date(2026, 6, 2), at=at(2, 8))
    assert {c.need.kind: (c.has, c.short) for c in compared(w.lan, version, DAY)} == {"xuong": (2, 3), "nguoi": (None, None)}


def test_a_plan_in_force_is_laid_out_as_tasks_of_each_force(w: SimpleNamespace):
    plan = a_flood_plan(w)
    arranged(w, plan, the_steps(w))
    plan = signed(w, plan)
    tasks = lay_out(by=w.lan, agreement=plan, at=LATER)
    assert [(t.what.text, t.lead, t.due_at, [s.unit for s in t.supports.all()]) for t in tasks] == [
        ("Báo các ấp ven sông", w.militia_song, at(20, 8, 30), [w.police_song]),
        ("Đưa dân về trường học", w.police_song, at(20, 11), [w.militia_song]),
    ]
    assert {t.matter_id for t in tasks} == {plan.matter_id}


def test_a_step_of_the_military_falls_to_the_command_of_the_commune_where_the_plan_is_opened(w: SimpleNamespace):
    plan = a_flood_plan(w)
    roles = [DutyRoleDraft("lead", force=w.forces["QS"]), DutyRoleDraft("support", force=w.forces["CA"])]
    arranged(w, plan, Arrangement(phases=[PhaseDraft("Báo động", [StepDraft("Báo các ấp ven sông", 30, roles)])]))
    tasks = lay_out(by=w.lan, agreement=signed(w, plan), at=LATER)
    assert [(t.lead, [s.unit for s in t.supports.all()]) for t in tasks] == [(w.militia_song, [w.police_song])]


def test_a_plan_that_is_not_in_force_is_not_laid_out(w: SimpleNamespace):
    plan = a_flood_plan(w)
    arranged(w, plan, the_steps(w))
    with pytest.raises(Refused) as refused:
        lay_out(by=w.lan, agreement=plan, at=LATER)
    assert refused.value.verdict.code == "not-in-force"


def test_only_the_unit_that_prepares_says_that_it_is_ready(w: SimpleNamespace):
    plan = an_event_plan(w)
    arranged(w, plan, the_posts(w))
    plan = signed(w, plan)
    check = arrangement_in(current(plan)).checks[0]
    with pytest.raises(Refused) as refused:
        tick(by=w.lan, check=check, at=at(2, 8))
    assert refused.value.verdict.code == "not-yours"
    assert tick(by=w.binh, check=check, at=at(2, 9)).done_at == at(2, 9)
    with pytest.raises(Refused) as refused:
        tick(by=w.binh, check=check, at=at(2, 10))
    assert refused.value.verdict.code == "already-done"


def anew(w: SimpleNamespace, plan: m.Agreement, arrangement: Arrangement) -> m.Version:
    """The agreed plan is written anew, with what is laid down changed to this."""
    text = replace(draft_of(current(plan)), title="Kế hoạch bảo đảm an toàn lễ hội sông, bổ sung")
    change_text(by=w.lan, agreement=plan, draft=text, seen=digest_now(current(plan)), at=at(3, 8))
    return arrange(by=w.lan, agreement=plan, arrangement=arrangement, seen=digest_now(current(plan)), at=at(3, 9))


def test_what_is_ready_is_said_while_a_new_version_is_written_and_stays_said_where_that_changes_nothing(w: SimpleNamespace):
    plan = an_event_plan(w)
    there = the_posts(w)
    radios = there.checks[0]
    lights, boats = CheckDraft("Lắp đèn bờ kè", w.militia_song, at(10, 12)), CheckDraft("Kiểm tra xuồng", w.militia_song, at(10, 9))
    arranged(w, plan, replace(there, checks=[radios, lights, boats]))
    plan = signed(w, plan)
    moved, fresh = replace(lights, due_at=at(9, 12)), CheckDraft("Dọn bến phà", w.police_song, at(10, 8))
    v1 = current(plan)
    v2 = anew(w, plan, replace(there, checks=[moved, radios, fresh]))
    with pytest.raises(Refused) as refused:
        tick(by=w.binh, check=v2.checks.get(order=2), at=at(4, 8))
    assert refused.value.verdict.code == "other-version"
    assert [n.need for n in needs_of(w.binh, at(4, 8).date())].count("prepare") == 3
    for check in v1.checks.filter(order__lte=2):
        tick(by=w.binh, check=check, at=at(4, 8))
    found = preparing(w.lan, plan, at(4, 9).date())
    assert [(p.check.what.text, p.check.done_at) for p in found.now] == [(radios.what, at(4, 8)), (lights.what, at(4, 8)), (boats.what, None)]
    assert [(p.check.what.text, p.was.done_at if p.was else None, p.fresh) for p in found.coming] == [(lights.what, at(4, 8), False), (fresh.what, None, True)]
    assert [c.what.text for c in found.going] == [boats.what]
    assert preparing(w.binh, plan, at(4, 9).date()).next is None, "what is being written is the lead's"
    assert [checks_seen(by, DAY).filter(version=v2).count() for by in (w.lan, w.binh)] == [3, 0]
    signed_again(w, plan, at(4, 10))
    assert list(v2.checks.order_by("order").values_list("what__text", "unit", "done_at")) == [
        (moved.what, w.militia_song.pk, None), (radios.what, w.militia_song.pk, at(4, 8)), (fresh.what, w.police_song.pk, None),
    ]  # fmt: skip
    found = preparing(w.binh, plan, at(5, 8).date())
    assert [(p.check.what.text, p.was.due_at if p.was else None) for p in found.now] == [(moved.what, at(10, 12)), (radios.what, None), (fresh.what, None)]
    with pytest.raises(Refused) as refused:
        tick(by=w.binh, check=v1.checks.get(order=3), at=at(5, 8))
    assert refused.value.verdict.code == "other-version"


def test_the_lead_tells_how_it_went_and_each_party_its_own_people(w: SimpleNamespace):
    plan = an_event_plan(w)
    arranged(w, plan, the_posts(w))
    plan = signed(w, plan)
    result = tell_result(by=w.lan, agreement=plan, result=ResultDraft(date(2026, 6, 18), True, 1, 1), at=LATER)
    tell_shift(by=w.lan, result=result, people=4, at=LATER)
    tell_shift(by=w.binh, result=result, people=7, at=LATER)
    with pytest.raises(Refused) as refused:
        tell_shift(by=w.binh, result=result, people=8, at=LATER)
    assert refused.value.verdict.code == "told-already"
    facts = m.Fact.objects.filter(matter=plan.matter).values_list("measure__code", "unit", "value").order_by("pk")
    assert list(facts) == [("SK.04.CHOT", None, 1), ("SK.04.TO", None, 1), ("SK.03", w.police_song.pk, 4), ("SK.03", w.militia_song.pk, 7)]


@pytest.mark.parametrize(("held_on", "posts", "code"), [(date(2026, 6, 21), 1, "day-ahead"), (date(2026, 6, 18), -1, "count-out-of-range")])
def test_a_result_is_of_a_day_that_has_come_and_of_counts(w: SimpleNamespace, held_on: date, posts: int, code: str):
    plan = an_event_plan(w)
    plan = signed(w, plan)
    with pytest.raises(Refused) as refused:
        tell_result(by=w.lan, agreement=plan, result=ResultDraft(held_on, True, posts, 0), at=LATER)
    assert refused.value.verdict.code == code


def test_a_stranger_adds_no_people(w: SimpleNamespace):
    plan = an_event_plan(w)
    plan = signed(w, plan)
    result = tell_result(by=w.lan, agreement=plan, result=ResultDraft(date(2026, 6, 18), True, 1, 0), at=LATER)
    with pytest.raises(Refused) as refused:
        tell_shift(by=w.phuong, result=result, people=3, at=LATER)
    assert refused.value.verdict.code == "not-a-party"


def test_a_practice_is_told_once_a_day_with_goals_met(w: SimpleNamespace):
    plan = a_flood_plan(w)
    arranged(w, plan, the_steps(w))
    plan = signed(w, plan)
    practise(by=w.lan, agreement=plan, practice=PracticeDraft(date(2026, 6, 18), 60, 4, 3, "Loa ấp 2 không nghe rõ"), at=LATER)
    for goals, met, day, code in ((3, 4, 19, "met-of-goals"), (4, 4, 18, "practised-that-day"), (4, 4, 22, "day-ahead")):
        with pytest.raises(Refused) as refused:
            practise(by=w.lan, agreement=plan, practice=PracticeDraft(date(2026, 6, day), 60, goals, met), at=LATER)
        assert refused.value.verdict.code == code
    assert [(p.met, p.goals) for p in practices_of(w.binh, plan, DAY)] == [(3, 4)]
    assert last_practised([plan]) == {plan.pk: date(2026, 6, 18)}
    assert list(practices_of(w.tu, plan, DAY)) == []


def test_a_practice_shows_its_proof_to_who_takes_part(w: SimpleNamespace):
    plan = signed(w, a_flood_plan(w))
    told = PracticeDraft(date(2026, 6, 18), 60, 4, 3)
    with pytest.raises(Refused) as refused:
        practise(by=w.lan, agreement=plan, practice=told, at=LATER, proofs=[Upload("1.pdf", pdf("Biên bản")), Upload("2.pdf", pdf("Ảnh"))])
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("one-proof", "proofs")
    made = practise(by=w.lan, agreement=plan, practice=told, at=LATER, proofs=[Upload("bien-ban.pdf", pdf("Biên bản luyện tập"))])
    assert (made.proof.name.text, made.proof.matter) == ("bien-ban.pdf", plan.matter)
    assert [file_of(by, plan, made.proof.pk, DAY) for by in (w.binh, w.tu)] == [made.proof, None]


def test_each_commune_speaks_for_its_own_four_on_the_spot(w: SimpleNamespace):
    plan = a_flood_plan(w)
    plan = signed(w, plan)
    state_spot(by=w.binh, agreement=plan, area=w.song, spot="lucluong", ready=False, day=date(2026, 6, 18), at=LATER)
    state_spot(by=w.binh, agreement=plan, area=w.song, spot="lucluong", ready=True, day=DAY, at=LATER)
    with pytest.raises(Refused) as refused:
        state_spot(by=w.binh, agreement=plan, area=w.dat, spot="lucluong", ready=True, day=DAY, at=LATER)
    assert refused.value.verdict.code == "other-commune"
    with pytest.raises(Refused) as refused:
        state_spot(by=w.binh, agreement=plan, area=w.song, spot="lucluong", ready=False, day=date(2026, 6, 21), at=LATER)
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("day-ahead", "day")
    assert [(line.area, line.said) for line in spots_of(w.lan, plan, DAY)] == [(w.song, (None, True, None, None))]


def a_team(w: SimpleNamespace, **change: object) -> TeamDraft:
    plain = {
        "name": "Tổ liên ngành ven sông", "mandate": "Kiểm tra bến đò mỗi tuần", "valid_from": date(2026, 6, 15), "valid_until": date(2026, 12, 31),
        "members": [MemberDraft(w.police_song, "lead", 3), MemberDraft(w.militia_song, "support", 4)],
    }  # fmt: skip
    return TeamDraft(**plain | change)


def test_a_team_is_formed_answered_and_ended(w: SimpleNamespace):
    plan = a_flood_plan(w)
    plan = signed(w, plan)
    team = form_team(by=w.lan, agreement=plan, team=a_team(w), at=at(15, 8))
    own, asked = team.members.order_by("pk")
    assert (own.accepted, asked.accepted) == (True, None)
    with pytest.raises(Refused) as refused:
        answer_team(by=w.binh, member=asked, accepts=False, at=at(15, 9))
    assert refused.value.verdict.code == "reason-missing"
    assert answer_team(by=w.binh, member=asked, accepts=True, at=at(15, 9)).accepted is True
    assert end_team(by=w.lan, team=team, day=date(2026, 6, 30), at=LATER).ended_on == date(2026, 6, 30)
    assert [t.name.text for t in teams_of(w.hai, plan, DAY)] == ["Tổ liên ngành ven sông"]
    formed = cell("VV.07", w.province, Period(date(2026, 6, 1), date(2026, 7, 1)))
    assert formed.value == 1


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"mandate": ""}, "text-missing", "mandate"),
        ({"valid_until": date(2026, 6, 15)}, "ends-before-start", "valid_until"),
        ({"valid_until": date(2032, 1, 1)}, "team-too-long", "valid_until"),
        ({"members": "one"}, "team-of-one", "members"),
        ({"members": "no lead"}, "no-lead", "members.0.role"),
        ({"members": "two leads"}, "two-leads", "members.1.role"),
        ({"members": "twice"}, "party-twice", "members.2.unit"),
        ({"members": "stranger"}, "not-a-party", "members.1.unit"),
    ],
)
def test_a_team_has_a_mandate_an_end_one_lead_and_parties_for_members(w: SimpleNamespace, change: dict, code: str, field: str):
    plan = a_flood_plan(w)
    plan = signed(w, plan)
    lead, other = MemberDraft(w.police_song, "lead", 3), MemberDraft(w.militia_song, "support", 4)
    members = {
        "one": [lead], "no lead": [other, MemberDraft(w.station, "support", 1)], "two leads": [lead, MemberDraft(w.militia_song, "lead", 1)],
        "twice": [lead, other, other], "stranger": [lead, MemberDraft(w.strangers, "support", 1)],
    }  # fmt: skip
    if "members" in change:
        change = {"members": members[change["members"]]}
    with pytest.raises(Refused) as refused:
        form_team(by=w.lan, agreement=plan, team=a_team(w, **change), at=at(15, 8))
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, field)
