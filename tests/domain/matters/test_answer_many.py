import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.domain import models as m
from phoihop.domain.matters.actions.parts import answer_many, ask
from tests.domain.activities.steps import refused
from tests.domain.matters.opened import another, opened
from tests.world import NOON, at

pytestmark = pytest.mark.django_db


def asked(count, role="support"):
    """The militia of Sông is asked to take part in so many matters of the police."""
    w, first = opened()
    matters = [first] + [another(w) for _ in range(count - 1)]
    return w, [ask(by=w.lan, matter=matter, unit=w.militia_song, role=role, at=NOON) for matter in matters]


def counts():
    return list(m.Matter.objects.order_by("pk").values_list("waiting", "willing"))


def answers():
    return list(m.Participation.objects.order_by("pk").values_list("state", "answered_at", "reason__text"))


def test_a_unit_answers_many_requests_at_once_leaving_an_event_for_each():
    w, parts = asked(3)
    done = answer_many(by=w.binh, parts=parts, state="accepted", at=at(1, 13))
    assert [p.pk for p in done] == [p.pk for p in parts]
    assert answers() == [("accepted", at(1, 13), None)] * 3
    assert counts() == [(0, 1)] * 3
    events = m.Event.objects.filter(what="matter.answered").order_by("seq")
    assert [(e.by, e.matter) for e in events] == [(w.binh, p.matter) for p in parts]


def test_one_reason_stands_for_all_that_are_declined():
    w, parts = asked(2)
    answer_many(by=w.binh, parts=parts, state="declined", reason="Trùng đợt huấn luyện", at=at(1, 13))
    assert answers() == [("declined", at(1, 13), "Trùng đợt huấn luyện")] * 2
    assert counts() == [(0, 0)] * 2


def test_an_offered_lead_passes_within_many():
    w, parts = asked(2, role="lead")
    answer_many(by=w.binh, parts=parts, state="accepted", at=at(1, 13))
    assert list(m.Matter.objects.values_list("lead", flat=True)) == [w.militia_song.pk] * 2
    assert counts() == [(0, 1)] * 2


def test_if_one_is_refused_none_is_answered_and_the_refusal_says_which():
    w, parts = asked(2)
    other = ask(by=w.lan, matter=parts[0].matter, unit=w.station, role="support", at=NOON)
    assert refused(lambda: answer_many(by=w.binh, parts=[parts[0], other], state="accepted", at=at(1, 13))) == ("not-asked", "parts.1")
    assert [state for state, _, _ in answers()] == ["asked"] * 3


@pytest.mark.parametrize(
    ("state", "reason", "expected"),
    [
        ("declined", " ", ("reason-missing", "reason")),
        ("informed", "", ("no-such-answer", "state")),
    ],
)
def test_the_answer_itself_must_hold(state, reason, expected):
    w, parts = asked(2)
    assert refused(lambda: answer_many(by=w.binh, parts=parts, state=state, reason=reason, at=at(1, 13))) == expected


def test_two_hundred_at_most_and_each_once():
    w, parts = asked(1)
    for many, code in (([], "too-many"), (parts * 201, "too-many"), (parts * 2, "named-twice")):
        assert refused(lambda many=many: answer_many(by=w.binh, parts=many, state="accepted", at=at(1, 13)))[0] == code


def test_two_take_as_many_queries_as_eight():
    w, parts = asked(10)
    taken = []
    for some in (parts[:2], parts[2:]):
        with CaptureQueriesContext(connection) as queries:
            answer_many(by=w.binh, parts=some, state="accepted", at=at(1, 13))
        taken.append(len(queries))
    assert taken[0] == taken[1]
