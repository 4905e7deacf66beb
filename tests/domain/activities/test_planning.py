import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import cancel, change, plan, plan_many
from phoihop.domain.activities.actions.routes import draw_route, join_campaign, open_campaign
from phoihop.domain.activities.actions.under_way import start
from phoihop.domain.activities.rules import LegDraft, PartyDraft, RouteDraft
from phoihop.domain.matters.actions.parts import answer
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.period import local_day
from tests.domain.activities.steps import accepted, again, events, held, planned, refused, reported, standing, told, total
from tests.world import NOON, a_draft, at, songdat

pytestmark = pytest.mark.django_db


def parts(a):
    return {(name, role, state) for name, role, state in a.matter.parts.values_list("unit__force__code", "role", "state")}


def strengths(a):
    return [tuple(s) for s in a.strengths.order_by("pk").values_list("unit__force__code", "team", "planned_teams", "planned_people")]


def editing(w, a, version=None, **draft):
    return change(by=w.lan, activity=a, draft=a_draft(w, **draft), version=version or again(a).version, at=at(1, 13))


def test_a_plan_opens_a_matter_asks_the_parties_and_tells_the_followers():
    w = songdat()
    a = planned(w, followers=[w.front_song], title="Tuần tra đêm", armed=True)
    assert (a.matter.code, a.matter.lead, a.matter.area, a.matter.title.text) == ("TT-26-PH86-1-0", w.police_song, w.song, "Tuần tra đêm")
    assert parts(a) == {("DQ", "support", "asked"), ("MT", "inform", "informed")}
    assert (a.matter.waiting, a.matter.willing, a.day, a.version) == (1, 0, local_day(NOON), 1)
    assert strengths(a) == [("CA", 1, 1, 3), ("DQ", 1, 1, 4)]
    assert list(a.legs.values_list("n", "area", "planned_from", "planned_to")) == [(1, w.song.pk, at(1, 20), at(1, 22))]
    assert standing() == [("TR.09.KH", "road.armed", None, 1)]
    assert told("patrol.planned") == {
        "from": "2026-06-01T13:00:00+00:00",
        "to": "2026-06-01T15:00:00+00:00",
        "area": "29001",
        "kind": "road.armed",
        "parties": [[w.police_song.key, 1, 3], [w.militia_song.key, 1, 4]],
        "title": {"text": a.matter.title_id, "sha256": a.matter.title.digest},
    }
    assert list(verify()) == []


def test_legs_are_kept_in_order():
    w = songdat()
    a = planned(w, legs=[LegDraft(w.song, at(1, 20), at(1, 21)), LegDraft(w.dat, at(1, 21), at(1, 22))])
    assert list(a.legs.order_by("n").values_list("n", "area__code")) == [(1, "29001"), (2, "29002")]
    assert [code for code, _, _ in told("patrol.planned")["legs"]] == ["29001", "29002"]


def test_what_was_not_planned_beforehand_and_what_is_an_exercise_adds_no_plan():
    w = songdat()
    planned(w, planned=False)
    planned(w, exercise=True)
    assert standing() == []


@pytest.mark.parametrize(
    ("draft", "expected"),
    [({"end": at(1, 20)}, ("time-order", "end")), ({"route_kind": "sky"}, ("no-such-kind", "route_kind")), ({"parties": []}, ("alone", "parties"))],
)
def test_a_refused_plan_leaves_nothing(draft, expected):
    w = songdat()
    assert refused(lambda: planned(w, **draft)) == expected
    assert (m.Matter.objects.count(), m.Event.objects.count(), m.Body.objects.count()) == (0, 0, 0)


@pytest.mark.parametrize(("poster", "code"), [("thu", "not-your-role"), ("van", "not-your-role"), ("quan", "not-your-role")])
def test_who_may_not_plan_plans_nothing(poster, code):
    w = songdat()
    assert refused(lambda: plan(by=getattr(w, poster), draft=a_draft(w), at=NOON)) == (code, None)


def test_two_hundred_are_planned_at_once_with_an_event_each():
    w = songdat()
    drafts = [a_draft(w, start=at(2 + n % 28, 18), end=at(2 + n % 28, 20), title=f"Ca {n}") for n in range(200)]
    made = plan_many(by=w.lan, drafts=drafts, at=NOON)
    assert [len(made), m.Event.objects.filter(what="patrol.planned").count(), total("TR.09.KH")] == [200, 200, 200]
    assert [a.matter.title.text for a in made] == [f"Ca {n}" for n in range(200)]
    assert list(verify()) == []


def test_one_refusal_in_the_middle_of_two_hundred_leaves_none():
    w = songdat()
    drafts = [a_draft(w, title=f"Ca {n}", **({"end": at(1, 20)} if n == 117 else {})) for n in range(200)]
    assert refused(lambda: plan_many(by=w.lan, drafts=drafts, at=NOON)) == ("time-order", "drafts.117.end")
    counts = [model.objects.count() for model in (m.Matter, m.Activity, m.Strength, m.Leg, m.Fact, m.Event, m.Body, m.CodeCounter)]
    assert counts == [0] * 8


def test_more_than_two_hundred_and_none_are_refused():
    w = songdat()
    for drafts in ([], [a_draft(w)] * 201):
        assert refused(lambda drafts=drafts: plan_many(by=w.lan, drafts=drafts, at=NOON)) == ("too-many", None)


def test_a_plan_is_changed_and_its_figure_moves_with_it():
    w = songdat()
    a = accepted(w, planned(w, title="Tuần tra đêm"))
    a = editing(w, a, start=at(3, 18), end=at(3, 21), area=w.dat, route_kind="river", armed=True, title="Tuần tra sông")
    assert (a.planned_start, a.planned_end, a.day, a.matter.area, a.route_kind, a.armed, a.version) == (
        at(3, 18), at(3, 21), local_day(at(3, 18)), w.dat, "river", True, 2,
    )  # fmt: skip
    assert (a.matter.title.text, list(a.legs.values_list("area", flat=True))) == ("Tuần tra sông", [w.dat.pk])
    assert standing() == [("TR.09.KH", "river.armed", None, 1)]
    fact = m.Fact.objects.get(reverses=None, reversed_by=None)
    assert (fact.day, fact.area, total("TR.09.KH")) == (local_day(at(3, 18)), w.dat, 1)
    assert list(verify()) == []


def test_a_change_that_leaves_the_plan_figure_alone_posts_nothing():
    w = songdat()
    editing(w, planned(w), start=at(1, 19), end=at(1, 21))
    assert m.Fact.objects.count() == 1


def test_an_unchanged_title_is_not_written_again_and_an_emptied_one_goes():
    w = songdat()
    a = planned(w, title="Tuần tra đêm")
    kept = a.matter.title_id
    assert editing(w, a, title="Tuần tra đêm").matter.title_id == kept
    assert editing(w, a).matter.title is None


def test_what_was_planned_as_an_exercise_is_changed_as_one_and_never_made_to_count():
    w = songdat()
    a = planned(w, exercise=True)
    assert refused(lambda: editing(w, a, start=at(1, 19))) == ("exercise-fixed", "exercise")
    assert editing(w, a, start=at(1, 19), exercise=True).version == 2
    assert m.Fact.objects.count() == 0


@pytest.mark.parametrize(
    "draft",
    [{"start": at(1, 19)}, {"end": at(1, 23)}, {"route_kind": "sea"}, {"armed": True}],
    ids=str,
)
def test_who_agreed_to_another_patrol_is_asked_again(draft):
    w = songdat()
    a = editing(w, accepted(w, planned(w)), **draft)
    assert (parts(a), a.matter.waiting, a.matter.willing) == ({("DQ", "support", "asked")}, 1, 0)


@pytest.mark.parametrize("draft", [{}, {"title": "Tuần tra đêm"}])
def test_who_agreed_to_this_one_keeps_its_answer(draft):
    w = songdat()
    a = editing(w, accepted(w, planned(w)), **draft)
    assert (parts(a), a.matter.waiting, a.matter.willing) == ({("DQ", "support", "accepted")}, 0, 1)


def test_only_the_party_whose_own_strength_changes_is_asked_again():
    w = songdat()
    a = accepted(w, planned(w, "police_song", "militia_song", "station"), "militia_song", "station")
    parties = [PartyDraft(w.police_song, 3), PartyDraft(w.militia_song, 4), PartyDraft(w.station, 9)]
    a = editing(w, a, parties=parties)
    assert parts(a) == {("DQ", "support", "accepted"), ("BP", "support", "asked")}
    assert strengths(a) == [("CA", 1, 1, 3), ("DQ", 1, 1, 4), ("BP", 1, 1, 9)]


def test_parties_come_and_go_with_a_change():
    w = songdat()
    a = accepted(w, planned(w, followers=[w.front_song]))
    a = editing(w, a, parties=[PartyDraft(w.police_song, 3), PartyDraft(w.station, 5)])
    assert parts(a) == {("DQ", "support", "withdrawn"), ("BP", "support", "asked"), ("MT", "inform", "withdrawn")}
    assert strengths(a) == [("CA", 1, 1, 3), ("BP", 1, 1, 5)]
    a = editing(w, a, parties=[PartyDraft(w.police_song, 3), PartyDraft(w.militia_song, 4)], followers=[w.station])
    assert parts(a) == {("DQ", "support", "asked"), ("BP", "inform", "informed"), ("MT", "inform", "withdrawn")}


def test_a_follower_that_is_to_take_part_is_asked():
    w = songdat()
    a = planned(w, followers=[w.station])
    a = editing(w, a, parties=[PartyDraft(w.police_song, 3), PartyDraft(w.militia_song, 4), PartyDraft(w.station, 5)])
    assert parts(a) == {("DQ", "support", "asked"), ("BP", "support", "asked")}


def test_a_party_that_declined_is_asked_again_when_the_plan_changes():
    w = songdat()
    a = planned(w)
    answer(by=w.binh, part=a.matter.parts.get(), state="declined", reason="Trùng ca", at=NOON)
    assert parts(editing(w, a)) == {("DQ", "support", "declined")}
    assert parts(editing(w, a, start=at(1, 19))) == {("DQ", "support", "asked")}


def test_a_party_that_accepted_and_is_offered_the_lead_keeps_its_seat():
    w = songdat()
    a = accepted(w, planned(w))
    a = editing(w, a, parties=[PartyDraft(w.police_song, 3), PartyDraft(w.militia_song, 4, role="lead")])
    assert list(a.matter.parts.values_list("role", "state", "was")) == [("lead", "asked", "support")]
    answer(by=w.binh, part=a.matter.parts.get(), state="declined", reason="Không đủ cán bộ", at=at(1, 14))
    assert parts(a) == {("DQ", "support", "accepted")}


def test_two_editors_at_once_the_second_is_refused_and_nothing_of_it_is_kept():
    w = songdat()
    a = planned(w)
    editing(w, a, version=1, route_kind="river")
    before = m.Event.objects.count()
    assert refused(lambda: editing(w, a, version=1, route_kind="sea", title="Khác")) == ("changed-meanwhile", None)
    assert (again(a).route_kind, m.Event.objects.count()) == ("river", before)


def test_a_patrol_that_left_is_another_version_too():
    w = songdat()
    a = planned(w)
    start(by=w.lan, activity=a, started_at=at(1, 20), at=at(1, 20))
    assert refused(lambda: editing(w, a, version=1)) == ("changed-meanwhile", None)


def test_a_result_is_not_changed_by_way_of_the_plan():
    w = songdat()
    a = reported(w)
    assert refused(lambda: editing(w, a)) == ("has-result", None)


def test_a_patrol_that_moves_out_of_its_campaign_leaves_it():
    w = songdat()
    campaign = open_campaign(by=w.lan, name="Cao điểm hè", area=w.song, first=local_day(NOON), until=local_day(at(3, 0)), at=NOON)
    a = planned(w)
    join_campaign(by=w.lan, campaign=campaign, activities=[a], at=NOON)
    assert editing(w, a, start=at(2, 20), end=at(2, 22)).campaign == campaign
    assert (editing(w, a, start=at(3, 20), end=at(3, 22)).campaign, told("patrol.changed")["left_campaign"]) == (None, campaign.pk)


def test_a_route_is_only_taken_while_it_is_in_use():
    w = songdat()
    route = draw_route(by=w.lan, draft=RouteDraft("B1", "Đường đê", "road", w.song), at=NOON)
    assert planned(w, route=route).route == route
    m.Route.objects.update(valid_until=local_day(NOON))
    route.refresh_from_db()
    assert refused(lambda: planned(w, route=route)) == ("route-ended", "route")


def test_a_plan_cancelled_before_its_day_leaves_the_plan():
    w = songdat()
    a = planned(w, start=at(2, 20), end=at(2, 22))
    cancel(by=w.lan, activity=a, why="Bão", at=at(1, 23, 59))
    assert (standing(), total("TR.09.KH")) == ([], 0)


@pytest.mark.parametrize("when", [at(2, 0), at(2, 19), at(4, 8)])
def test_a_plan_cancelled_on_its_day_or_later_was_a_plan(when):
    w = songdat()
    a = planned(w, start=at(2, 20), end=at(2, 22))
    cancel(by=w.lan, activity=a, why="Bão", at=when)
    assert standing() == [("TR.09.KH", "road", None, 1)]


def test_cancelling_what_was_held_takes_its_figures_back_and_closes_it():
    w = songdat()
    a = cancel(by=w.lan, activity=held(w), why="Nhập nhầm cuộc", at=at(3, 8))
    assert cancel(by=w.lan, activity=planned(w, planned=False), why="Bão", at=at(3, 8)).matter.closed_at == at(3, 8)
    assert standing() == [("TR.09.KH", "road", None, 1)]
    assert [total(code) for code in ("TR.01", "TR.02", "TR.03", "TR.04", "TR.09.TH")] == [0] * 5
    assert (a.matter.closed_at, a.why.text, events()[-1]) == (at(2, 7), "Nhập nhầm cuộc", "patrol.cancelled")
    assert refused(lambda: cancel(by=w.lan, activity=a, why="Nữa", at=at(3, 9))) == ("cancelled", None)


def test_only_the_lead_cancels():
    w = songdat()
    a = planned(w)
    assert refused(lambda: cancel(by=w.binh, activity=a, why="Bão", at=NOON)) == ("not-lead", None)
