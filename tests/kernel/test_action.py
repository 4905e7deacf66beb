from dataclasses import dataclass

import pytest
from django.db import connection, transaction

from phoihop.domain import models as m
from phoihop.kernel import action as kernel_action
from phoihop.kernel.action import Silent, action, locked, note
from phoihop.kernel.secret import Secret
from phoihop.kernel.verdict import SURE, Refused, Verdict

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_registry(monkeypatch):
    monkeypatch.setattr(kernel_action, "ACTIONS", {})


def kept():
    return list(m.CodeCounter.objects.order_by("year").values_list("year", flat=True))


@action
def keep(*, year, note_it=True, text="", verdict=None):
    m.CodeCounter.objects.create(kind="TT", year=year)
    if verdict is not None:
        verdict.enforce()
    if note_it:
        note(f"kept {year}")
    return year


del kernel_action.ACTIONS["tests.keep"]  # made for these tests: no action of the node


# -- how an action is written ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "function",
    [
        lambda by: None,
        lambda by, *, text: None,
        lambda *texts: None,
        lambda *, by, **rest: None,
        lambda by=1: None,
    ],
)
def test_an_action_takes_keyword_only_arguments(function):
    with pytest.raises(TypeError, match="keyword-only"):
        action(function)


def test_the_answers_belong_to_the_frame_of_an_action():
    with pytest.raises(TypeError, match="'sure' belongs to @action"):

        @action
        def plan(*, by, sure): ...


def test_an_action_is_registered_under_its_topic_and_name():
    def plan(*, by): ...

    plan.__module__ = "phoihop.domain.activities.actions.planning"
    made = action(plan)
    assert {"activities.plan": made} == kernel_action.ACTIONS


def test_an_action_keeps_its_name_and_what_it_returns():
    assert keep.__name__ == "keep"
    assert keep(year=2026) == 2026


def test_positional_arguments_are_an_error():
    with pytest.raises(TypeError):
        keep(2026)


# -- whole or not at all, and never silent ---------------------------------------------------------------------------


def test_what_an_action_did_stays_when_it_left_an_event():
    keep(year=2026)
    assert kept() == [2026]


def test_an_action_without_an_event_is_an_error_and_changes_nothing():
    with pytest.raises(Silent, match="keep"):
        keep(year=2026, note_it=False)
    assert kept() == []


def test_a_refusal_in_the_middle_changes_nothing():
    with pytest.raises(Refused):
        keep(year=2026, verdict=Verdict("closed", "Việc này đã kết thúc."))
    assert kept() == []


def test_an_error_after_the_event_changes_nothing():
    @action
    def stumble(*, year):
        keep(year=year)
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        stumble(year=2026)
    assert kept() == []


def test_an_action_may_call_another_whose_event_is_its_own_too():
    @action
    def keep_two(*, first):
        keep(year=first)
        keep(year=first + 1)

    keep_two(first=2026)
    assert kept() == [2026, 2027]


def test_a_silent_action_inside_another_is_noticed_whatever_the_outer_one_notes():
    @action
    def outer(*, year):
        note("outer")
        keep(year=year, note_it=False)

    with pytest.raises(Silent, match="keep"):
        outer(year=2026)
    assert kept() == []


def test_the_event_of_one_action_does_not_excuse_the_next():
    keep(year=2026)
    with pytest.raises(Silent):
        keep(year=2027, note_it=False)
    assert kept() == [2026]


def test_an_inner_refusal_that_is_caught_takes_back_only_the_inner_act():
    @action
    def keep_what_goes(*, first):
        keep(year=first)
        with pytest.raises(Refused):
            keep(year=first + 1, verdict=Verdict("closed", "Không được."))

    keep_what_goes(first=2026)
    assert kept() == [2026]


def test_a_note_outside_any_action_is_heard_by_nobody():
    assert note("nothing") is None


def test_a_record_is_locked_as_it_is_now():
    stale = m.CodeCounter.objects.create(kind="TT", year=2026)
    m.CodeCounter.objects.update(next=9)
    with transaction.atomic():
        assert (stale.next, locked(stale).next) == (1, 9)


def test_only_one_writer_runs_at_a_time_on_postgresql(django_assert_num_queries):
    locks = [q for q in _queries(lambda: keep(year=2026)) if "pg_advisory_xact_lock" in q]
    assert len(locks) == (1 if connection.vendor == "postgresql" else 0)


def _queries(act):
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        act()
    return [q["sql"] for q in seen]


# -- the gates ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Part:
    people: int
    note: str = ""


def refusal(**arguments):
    with pytest.raises(Refused) as refused:
        keep(year=2026, **arguments)
    assert kept() == []
    return refused.value.verdict


def test_a_text_that_a_gate_refuses_never_reaches_the_action():
    said = refusal(text="gọi 0912 345 678")
    assert (said.code, said.field, said.offer) == ("private-phone", "text", "gọi …")


@pytest.mark.parametrize(
    ("value", "field"),
    [
        (["đủ quân số", "gọi 0912 345 678"], "text.1"),
        ({"ghi chú": "gọi 0912 345 678"}, "text.ghi chú"),
        ((Part(3), Part(4, "gọi 0912 345 678")), "text.1.note"),
        ([{"parties": [Part(3, "gọi 0912 345 678")]}], "text.0.parties.0.note"),
    ],
)
def test_the_field_of_a_refusal_is_the_dotted_place_of_the_text(value, field):
    assert refusal(text=value).field == field


def test_a_secret_is_not_a_text():
    assert keep(year=2026, text=Secret("0912345678")) == 2026


def test_a_likely_name_asks_and_the_answer_lets_it_through():
    said = refusal(text="bà Trần Thị Bảy báo mất xuồng")
    assert (said.code, said.asks, said.answer) == ("person-name", True, "Trần Thị Bảy")
    assert keep(year=2026, text="bà Trần Thị Bảy báo mất xuồng", sure=[said.answer]) == 2026


def test_being_sure_opens_no_refusal():
    for sure in (["0912345678"], ["0912 345 678"], ["private-phone"], ["*"]):
        assert refusal(text="gọi 0912 345 678", sure=sure).code == "private-phone"


def test_answers_hold_for_the_actions_called_inside_and_no_longer():
    @action
    def outer(*, year, text):
        keep(year=year, text=text)

    outer(year=2026, text="bà Trần Thị Bảy", sure=["Trần Thị Bảy"])
    assert kept() == [2026]
    assert SURE.get() == frozenset()
    with pytest.raises(Refused):
        outer(year=2027, text="bà Trần Thị Bảy")


def test_a_rule_may_ask_too_and_is_answered_in_the_same_way():
    question = Verdict("clash", "Tổ này đang có cuộc khác. Vẫn lên lịch?", asks=True, answer="clash:12")
    assert refusal(verdict=question) == question
    assert keep(year=2026, verdict=question, sure=["clash:12"]) == 2026


def test_an_argument_the_gates_cannot_look_into_is_a_programming_error():
    with pytest.raises(TypeError, match="cannot look into"):
        keep(year=2026, text=(t for t in ["gọi 0912 345 678"]))
