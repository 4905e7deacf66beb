import pytest

from phoihop.domain import models as m
from phoihop.domain.activities import rules
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.actions.holding import report, report_many
from phoihop.domain.activities.actions.planning import cancel, plan_many
from phoihop.domain.activities.actions.routes import draw_route
from phoihop.domain.activities.actions.under_way import start, tap
from phoihop.domain.activities.rules import Counted, LegDraft, PointDraft, RouteDraft
from phoihop.domain.matters.actions.parts import answer, ask
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.period import local_day
from tests.domain.activities.steps import THREE, accepted, again, events, held, planned, refused, reported, standing, told, total
from tests.laid import laid_upon
from tests.world import NOON, a_draft, a_result, a_word, at, songdat

pytestmark = pytest.mark.django_db


def test_the_lead_says_that_it_left():
    w = songdat()
    a = start(by=w.lan, activity=planned(w), started_at=at(1, 20, 5), at=at(1, 20, 6))
    assert (a.started_at, a.version, told("patrol.started")) == (at(1, 20, 5), 2, {"started": "2026-06-01T13:05:00+00:00"})
    assert rules.state(a, at(1, 20, 40)) == "under-way"
    assert refused(lambda: start(by=w.lan, activity=a, started_at=at(1, 20, 6), at=at(1, 20, 7))) == ("started", None)


def out(w):
    """A patrol that left, on a route with two check-points."""
    w.route = draw_route(
        by=w.lan, draft=RouteDraft("B1", "Đường đê", "road", w.song, points=[PointDraft("Cống số 2", w.song), PointDraft("Bến phà", w.dat)]), at=NOON
    )
    w.points = list(w.route.checkpoints.order_by("n"))
    return start(by=w.lan, activity=accepted(w, planned(w, route=w.route)), started_at=at(1, 20), at=at(1, 20))


def test_a_check_point_is_a_tapped_time_and_nothing_else():
    w = songdat()
    a = out(w)
    tapped = tap(by=w.binh, activity=a, checkpoint=w.points[0], tapped_at=at(1, 20, 40), at=at(1, 20, 41))
    assert (tapped.unit, tapped.at) == (w.militia_song, at(1, 20, 40))
    assert told("patrol.tapped") == {"point": w.points[0].pk, "tapped": "2026-06-01T13:40:00+00:00"}
    tap(by=w.lan, activity=a, checkpoint=w.points[0], tapped_at=at(1, 20, 50), at=at(1, 20, 51))
    assert list(m.CheckTap.objects.values_list("unit", "at")) == [(w.police_song.pk, at(1, 20, 50))]
    assert {f.name for f in m.CheckTap._meta.get_fields()} == {"id", "checkpoint", "activity", "unit", "at"}


def test_only_who_takes_part_taps_and_only_points_of_the_route():
    w = songdat()
    a = out(w)
    other = draw_route(by=w.lan, draft=RouteDraft("B2", "Đường bờ kè", "road", w.song, points=[PointDraft("Kè", w.song)]), at=NOON)
    taps = [(w.hai, w.points[0]), (w.mai, w.points[0]), (w.lan, other.checkpoints.get())]
    codes = [refused(lambda by=by, p=p: tap(by=by, activity=a, checkpoint=p, tapped_at=at(1, 20, 40), at=at(1, 20, 41)))[0] for by, p in taps]
    assert (codes, m.CheckTap.objects.count()) == (["not-party", "not-party", "not-on-route"], 0)


def test_a_result_is_recorded_as_the_lead_counted_it():
    w = songdat()
    parties = [Counted(w.police_song, 3), Counted(w.militia_song, 4, 2, {"xuong": 1, "oto": 0})]
    a = reported(w, parties=parties, outcomes={"nhac-nho": 2, "vp.cat": 0}, note="Nước lên")
    assert (a.claim, a.started_at, a.ended_at, a.result_at, a.recorder, a.version) == ("held", at(1, 20, 5), at(1, 22), at(1, 23), w.police_song, 2)
    assert list(a.strengths.order_by("pk").values_list("unit", "teams", "people", "own_people")) == [
        (w.police_song.pk, 1, 3, None), (w.militia_song.pk, 2, 4, None),
    ]  # fmt: skip
    assert list(m.StrengthMeans.objects.values_list("strength__unit", "kind", "count")) == [(w.militia_song.pk, "xuong", 1)]
    assert list(a.outcomes.values_list("kind", "count")) == [("nhac-nho", 2)]
    assert (rules.state(again(a), at(2, 8)), standing()) == ("waiting", [("TR.09.KH", "road", None, 1)])
    assert told("patrol.reported") == {
        "claim": "held",
        "started": "2026-06-01T13:05:00+00:00",
        "ended": "2026-06-01T15:00:00+00:00",
        "digest": a.digest,
        "parties": sorted([[w.police_song.key, 1, 3, {}], [w.militia_song.key, 2, 4, {"xuong": 1}]]),
        "outcomes": {"nhac-nho": 2},
        "note": {"text": a.note_id, "sha256": a.note.digest},
    }
    assert list(verify()) == []


def test_a_patrol_that_was_not_held_says_why_and_counts_only_as_planned():
    w = songdat()
    a = reported(w, held=False, why="Mưa lớn, sóng cấp 6", started_at=None, ended_at=None, parties=[])
    assert (rules.state(again(a), at(2, 8)), a.why.text, a.started_at, a.recorder) == ("not-held", "Mưa lớn, sóng cấp 6", None, w.police_song)
    assert standing() == [("TR.09.KH", "road", None, 1)]


def test_a_party_that_says_it_was_held_all_the_same_disputes():
    w = songdat()
    a = reported(w, held=False, why="Mưa lớn")
    a = confirm(by=w.binh, word=a_word(a, agrees=False, note="Tổ tôi vẫn đi"), at=at(2, 7))
    assert (rules.state(a, at(2, 8)), standing()) == ("disputed", [("TR.09.KH", "road", None, 1)])


def test_the_day_of_a_patrol_is_the_day_on_which_it_left_and_the_plan_keeps_its_own():
    w = songdat()
    a = planned(w, start=at(1, 23, 50), end=at(2, 1))
    a = reported(w, a=a, started_at=at(2, 0, 10), ended_at=at(2, 1), when=at(2, 2))
    assert a.day == local_day(at(2, 0))
    confirm(by=w.binh, word=a_word(a), at=at(2, 7))
    days = m.Fact.objects.filter(reverses=None).values_list("measure__code", "day")
    second, first = local_day(at(2, 0)), local_day(NOON)
    assert dict(days) == {"TR.09.KH": first, "TR.09.TH": first, "TR.01": second, "TR.04": second, "TR.02": second, "TR.03": second}
    a = reported(w, a=again(a), held=False, why="Nhập nhầm", when=at(2, 8))
    assert a.day == first


def test_a_correction_asks_again_and_reverses_what_stood():
    w = songdat()
    a = held(w)
    a = reported(w, a=a, ended_at=at(1, 23), when=at(2, 8))
    assert (rules.state(again(a), at(2, 9)), standing()) == ("waiting", [("TR.09.KH", "road", None, 1)])
    assert list(a.confirmations.values_list("live", flat=True)) == [False]
    assert refused(lambda: confirm(by=w.binh, word=a_word(a, digest="0" * 64), at=at(2, 9))) == ("digest", None)
    a = confirm(by=w.binh, word=a_word(a), at=at(2, 9))
    assert (rules.state(a, at(2, 10)), total("TR.04"), total("TR.01")) == ("held", 292, 1)
    assert events()[-3:] == ["patrol.confirmed", "patrol.corrected", "patrol.confirmed"]
    assert list(verify()) == []


@pytest.mark.parametrize(
    "change",
    [
        {"started_at": at(1, 20, 6)},
        {"ended_at": at(1, 22, 1)},
        {"outcomes": {"nhac-nho": 1}},
        {"held": False, "why": "Nhập nhầm"},
    ],
    ids=str,
)
def test_whatever_a_confirmation_covers_is_asked_again_when_it_changes(change):
    w = songdat()
    a = reported(w, a=held(w), when=at(2, 8), **change)
    assert (a.confirmed, a.disputed, a.confirmations.filter(live=True).count()) == (0, 0, 0)


def test_a_correction_of_numbers_drops_the_numbers_that_answered_them():
    w = songdat()
    a = confirm(by=w.binh, word=a_word(reported(w), people=6), at=at(2, 7))
    a = reported(w, a=a, parties=[Counted(w.police_song, 3), Counted(w.militia_song, 5)], when=at(2, 8))
    assert list(a.strengths.order_by("pk").values_list("people", "own_people")) == [(3, None), (5, None)]


def test_a_new_note_alone_asks_nobody():
    w = songdat()
    a = reported(w, a=held(w), note="Nước lên", when=at(2, 8))
    assert (rules.state(again(a), at(2, 9)), a.note.text, a.confirmations.filter(live=True).count()) == ("held", "Nước lên", 1)
    assert standing() == [
        ("TR.09.KH", "road", None, 1), ("TR.01", "road", None, 1), ("TR.04", "road", None, 192), ("TR.09.TH", "road", None, 1),
        ("TR.02", None, "CA", 1), ("TR.03", None, "CA", 3), ("TR.02", None, "DQ", 1), ("TR.03", None, "DQ", 4),
    ]  # fmt: skip
    assert m.Fact.objects.count() == 8


def test_a_disputed_result_is_mended_by_a_correction():
    w = songdat()
    a = confirm(by=w.binh, word=a_word(reported(w), agrees=False, note="Về lúc 21 giờ"), at=at(2, 7))
    a = confirm(by=w.binh, word=a_word(reported(w, a=a, ended_at=at(1, 21), when=at(2, 8))), at=at(2, 9))
    assert (rules.state(a, at(2, 10)), total("TR.04")) == ("held", 92)


def test_two_who_record_at_once_the_second_is_refused():
    w = songdat()
    a = planned(w)
    report(by=w.lan, result=a_result(w, a), at=at(1, 23))
    assert refused(lambda: report(by=w.lan, result=a_result(w, a, ended_at=at(1, 21)), at=at(1, 23))) == ("changed-meanwhile", None)
    assert again(a).ended_at == at(1, 22)


def test_a_cancelled_patrol_has_no_result():
    w = songdat()
    a = cancel(by=w.lan, activity=planned(w), why="Bão", at=at(1, 13))
    assert refused(lambda: reported(w, a=a)) == ("cancelled", None)


def test_units_that_were_planned_and_did_not_come_are_absent_not_zero():
    w = songdat()
    a = reported(w, a=planned(w, *THREE))
    assert list(a.strengths.order_by("pk").values_list("people", flat=True)) == [3, 4, None]


def test_legs_are_walked_in_their_own_times():
    w = songdat()
    legs = [LegDraft(w.song, at(1, 20), at(1, 21)), LegDraft(w.dat, at(1, 21), at(1, 22))]
    a = reported(w, a=planned(w, legs=legs), legs={1: (at(1, 20, 5), at(1, 22))})
    assert list(a.legs.order_by("n").values_list("actual_from", "actual_to")) == [(at(1, 20, 5), at(1, 22)), (None, None)]
    assert told("patrol.reported")["legs"] == [[1, "2026-06-01T13:05:00+00:00", "2026-06-01T15:00:00+00:00"]]
    a = reported(w, a=a, when=at(2, 8))
    assert list(a.legs.order_by("n").values_list("actual_from", flat=True)) == [None, None]
    assert refused(lambda: reported(w, a=a, legs={3: (at(1, 20, 5), at(1, 22))}, when=at(2, 8))) == ("no-such-leg", "legs.3")


@laid_upon
def many(w, count):
    return plan_many(by=w.lan, drafts=[a_draft(w) for _ in range(count)], at=NOON)


def test_two_hundred_results_at_once_have_an_event_each():
    w = songdat()
    made = many(w, 200)
    done = report_many(by=w.lan, results=[a_result(w, a, outcomes={"nhac-nho": n}) for n, a in enumerate(made)], at=at(1, 23))
    assert [a.pk for a in done] == [a.pk for a in made]
    assert m.Event.objects.filter(what="patrol.reported").count() == 200
    assert m.Activity.objects.filter(claim="held", recorder=w.police_song).count() == 200
    assert m.Outcome.objects.count() == 199


def test_one_refusal_in_the_middle_of_two_hundred_results_leaves_none():
    w = songdat()
    made = many(w, 200)
    results = [a_result(w, a, note=f"Ca {n}", **({"ended_at": at(1, 20)} if n == 117 else {})) for n, a in enumerate(made)]
    before = m.Event.objects.count()
    assert refused(lambda: report_many(by=w.lan, results=results, at=at(1, 23))) == ("time-order", "results.117.ended_at")
    assert (m.Activity.objects.exclude(claim="").count(), m.Event.objects.count(), m.Body.objects.count()) == (0, before, 0)
    assert m.Strength.objects.exclude(people=None).count() == 0


def test_a_result_twice_in_one_batch_is_refused():
    w = songdat()
    a, b = many(w, 2)
    results = [a_result(w, a), a_result(w, b), a_result(w, a)]
    assert refused(lambda: report_many(by=w.lan, results=results, at=at(1, 23))) == ("named-twice", "results.2")


def test_a_batch_mixes_first_results_and_corrections():
    w = songdat()
    a, b = held(w), planned(w)
    done = report_many(by=w.lan, results=[a_result(w, a, ended_at=at(1, 21)), a_result(w, b)], at=at(2, 8))
    assert [(d.confirmed, d.claim) for d in done] == [(0, "held"), (0, "held")]
    assert events()[-2:] == ["patrol.corrected", "patrol.reported"]


def test_after_the_lead_passed_the_new_lead_corrects_and_the_old_one_is_asked():
    w = songdat()
    a = held(w, *THREE, a=accepted(w, planned(w, *THREE)))
    answer(by=w.binh, part=ask(by=w.lan, matter=a.matter, unit=w.militia_song, role="lead", at=at(2, 8)), state="accepted", at=at(2, 9))
    a = again(a)
    assert (a.matter.lead, a.recorder, rules.state(a, at(2, 10))) == (w.militia_song, w.police_song, "held")
    assert refused(lambda: reported(w, a=a, when=at(2, 10))) == ("not-lead", None)
    result = a_result(w, a, parties=[Counted(w.police_song, 3), Counted(w.militia_song, 5)])
    a = report(by=w.binh, result=result, at=at(2, 10))
    assert (a.recorder, a.confirmed) == (w.militia_song, 0)
    assert refused(lambda: confirm(by=w.binh, word=a_word(a), at=at(2, 11))) == ("lead-confirms", None)
    a = confirm(by=w.lan, word=a_word(a), at=at(2, 11))
    assert (rules.state(a, at(2, 12)), total("TR.03")) == ("held", 8)


def test_the_word_of_a_party_that_came_to_lead_still_counts_for_what_another_recorded():
    w = songdat()
    a = held(w, *THREE, a=accepted(w, planned(w, *THREE)))
    answer(by=w.binh, part=ask(by=w.lan, matter=a.matter, unit=w.militia_song, role="lead", at=at(2, 8)), state="accepted", at=at(2, 9))
    confirm(by=w.hai, word=a_word(again(a)), at=at(2, 10))
    assert (total("TR.01"), total("TR.03"), m.Fact.objects.exclude(reverses=None).count()) == (1, 12, 0)
