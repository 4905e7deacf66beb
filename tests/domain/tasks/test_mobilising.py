"""Militia are moved with two consents: what is asked for, who agrees, on screen or on paper, and when the task binds."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.tasks.actions import answer_consent, answer_request, enter_paper_consent, give
from phoihop.domain.tasks.queries.consents import consents_of, consents_seen
from phoihop.domain.tasks.queries.queue import waiting_for
from phoihop.domain.tasks.rules import MilitiaDraft, TaskDraft, fits_militia
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused
from tests.world import NOON, at, songdat, unit

pytestmark = pytest.mark.django_db
TODAY = local_day(NOON)
LATER = at(1, 15)


def asked(w, by=None, **change):
    """The police of Sông ask its militia for twenty people on the night of 10 June."""
    plain = {"what": "Giữ trật tự bến phà", "lead": w.militia_song, "due_at": at(10, 18), "militia": MilitiaDraft(20, at(10, 18), at(10, 23))}
    return give(by=by or w.lan, draft=TaskDraft(matter=None, **plain | change), at=NOON)


def code_of(act, **kwargs):
    with pytest.raises(Refused) as refused:
        act(**kwargs)
    return refused.value.verdict.code


def test_the_task_binds_only_when_the_committee_and_the_command_above_have_agreed():
    w = songdat()
    committee = unit(w.forces["UB"], "xa", w.song, "UBND xã Sông")
    task = asked(w)
    assert [(c.side, c.unit, c.agrees) for c in consents_of(task)] == [("ubnd", committee, None), ("chihuy", w.army, None)]
    assert code_of(answer_request, by=w.binh, task=task, accepts=True, at=LATER) == "consents-missing"
    government, command = consents_of(task)
    answer_consent(by=w.dung, consent=command, agrees=True, at=LATER)
    assert code_of(answer_request, by=w.binh, task=task, accepts=True, at=LATER) == "consents-missing"
    enter_paper_consent(by=w.binh, consent=government, number="12/UBND-NC", signed_on=date(2026, 6, 1), at=LATER)
    assert answer_request(by=w.binh, task=task, accepts=True, at=LATER).state == "open"
    told = list(m.Event.objects.filter(what__startswith="task.").order_by("seq").values_list("what", flat=True))
    assert told == ["task.requested", "task.consented", "task.consent_entered", "task.accepted"]
    assert list(verify()) == []


def test_who_asks_and_must_agree_has_agreed_and_a_chain_of_command_does_not_replace_the_other_consent():
    w = songdat()
    task = asked(w, by=w.dung)
    assert (task.mode, task.state) == ("assigned", "asked")
    assert [(c.side, c.unit, c.agrees) for c in consents_of(task)] == [("ubnd", None, None), ("chihuy", w.army, True)]
    assert code_of(answer_request, by=w.binh, task=task, accepts=True, at=LATER) == "consents-missing"


def test_a_consent_is_refused_with_a_reason_and_the_asked_unit_then_declines():
    w = songdat()
    task = asked(w)
    command = consents_of(task)[1]
    assert code_of(answer_consent, by=w.dung, consent=command, agrees=False, at=LATER) == "reason-missing"
    refused = answer_consent(by=w.dung, consent=command, agrees=False, reason="Đang trực bão", at=LATER)
    assert (refused.agrees, refused.reason.text) == (False, "Đang trực bão")
    assert code_of(answer_request, by=w.binh, task=task, accepts=True, at=LATER) == "consents-missing"
    assert answer_request(by=w.binh, task=task, accepts=False, reason="Cấp trên không đồng ý", at=LATER).state == "declined"


def test_nobody_agrees_for_another_or_twice():
    w = songdat()
    task = asked(w)
    command = consents_of(task)[1]
    assert code_of(answer_consent, by=w.lan, consent=command, agrees=True, at=LATER) == "not-asked"
    assert code_of(enter_paper_consent, by=w.lan, consent=command, number="1", signed_on=TODAY, at=LATER) == "not-lead"
    assert code_of(enter_paper_consent, by=w.binh, consent=command, number=" ", signed_on=TODAY, at=LATER) == "text-missing"
    assert code_of(enter_paper_consent, by=w.binh, consent=command, number="1/QĐ", signed_on=date(2026, 6, 2), at=LATER) == "day-ahead"
    answer_consent(by=w.dung, consent=command, agrees=True, at=LATER)
    assert code_of(answer_consent, by=w.dung, consent=command, agrees=True, at=LATER) == "answered"


def test_it_waits_for_whose_consent_it_takes_and_strangers_see_nothing():
    w = songdat()
    task = asked(w)
    assert [list(waiting_for(who, TODAY)) for who in (w.dung, w.binh, w.tu)] == [[task], [task], []]
    assert (consents_seen(w.dung, TODAY).count(), consents_seen(w.tu, TODAY).count()) == (2, 0)
    answer_consent(by=w.dung, consent=consents_of(task)[1], agrees=True, at=LATER)
    assert list(waiting_for(w.dung, TODAY)) == []


@pytest.mark.parametrize(
    ("of", "change", "code"),
    [
        ("militia_song", {}, ""), ("army", {}, ""), ("police_song", {}, "not-militia"), ("militia_song", {"people": 0}, "people-out-of-range"),
        ("militia_song", {"people": 10_001}, "people-out-of-range"), ("militia_song", {"until": at(10, 18)}, "ends-before-start"),
        ("militia_song", {"since": at(1, 1), "until": at(1, 12)}, "day-past"),
    ],
)  # fmt: skip
def test_militia_are_asked_of_their_commanders_in_numbers_and_for_a_time_ahead(of, change, code):
    w = songdat()
    plain = {"people": 20, "since": at(10, 18), "until": at(10, 23)}
    assert fits_militia(MilitiaDraft(**plain | change), getattr(w, of), NOON).code == code
