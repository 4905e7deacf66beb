from datetime import date, timedelta

import pytest

from phoihop.domain.matters.rules import Sight
from phoihop.domain.models import Matter, Post, Task, TaskExtension, TaskSupport, Unit
from phoihop.domain.tasks import rules
from phoihop.domain.tasks.rules import TaskDraft
from tests.world import NOON, at

TODAY = date(2026, 6, 1)
GIVER, LEAD, HELPER = 1, 2, 3


def post(role="staff", unit=GIVER, **fields):
    return Post(pk=10 + unit, unit_id=unit, role=role, valid_from=date(2025, 7, 1), **fields)


def unit(pk, **fields):
    return Unit(pk=pk, name=f"Đơn vị {pk}", valid_from=date(2025, 7, 1), **fields)


def draft(**change):
    return TaskDraft(**{"matter": Matter(lead_id=GIVER), "what": "Sửa đèn cảnh báo", "lead": unit(LEAD), "due_at": at(3, 17)} | change)


def task(state="open", **fields):
    return Task(**{"matter_id": 7, "giver_id": GIVER, "lead_id": LEAD, "state": state, "due_at": at(3, 17)} | fields)


def said(verdict):
    return (verdict.code, verdict.field)


@pytest.mark.parametrize(
    ("by", "change", "seen", "expected"),
    [
        (post(), {}, Sight.WHOLE, ("", None)),
        (post("duty"), {}, Sight.WHOLE, ("", None)),
        (post("partner"), {}, Sight.WHOLE, ("not-your-role", None)),
        (post(valid_until=TODAY), {}, Sight.WHOLE, ("post-ended", None)),
        (post(), {}, Sight.SHARED, ("not-party", None)),
        (post(), {}, Sight.NOTHING, ("not-party", None)),
        (post(), {"matter": Matter(lead_id=GIVER, closed_at=NOON)}, Sight.WHOLE, ("", None)),
        (post(), {"what": " "}, Sight.WHOLE, ("text-missing", "what")),
        (post(), {"source": "rumour"}, Sight.WHOLE, ("no-such-source", "source")),
        (post(), {"due_at": NOON}, Sight.WHOLE, ("due-passed", "due_at")),
        (post(), {"due_at": NOON + timedelta(days=1100)}, Sight.WHOLE, ("", None)),
        (post(), {"due_at": NOON + timedelta(days=1100, seconds=1)}, Sight.WHOLE, ("due-too-far", "due_at")),
        (post(), {"supports": [unit(HELPER)]}, Sight.WHOLE, ("", None)),
        (post(), {"supports": [unit(LEAD)]}, Sight.WHOLE, ("lead-supports", "supports")),
        (post(), {"supports": [unit(HELPER), unit(HELPER)]}, Sight.WHOLE, ("party-twice", "supports")),
        (post(), {"lead": unit(LEAD, valid_until=TODAY)}, Sight.WHOLE, ("unit-not-then", "lead")),
        (post(), {"supports": [unit(HELPER), unit(4, valid_until=TODAY)]}, Sight.WHOLE, ("unit-not-then", "supports.1")),
    ],
)
def test_a_task_has_one_lead_other_supports_and_a_deadline_ahead(by, change, seen, expected):
    assert said(rules.may_give(by, draft(**change), seen, NOON, TODAY)) == expected


@pytest.mark.parametrize(
    ("by", "state", "accepts", "reason", "expected"),
    [
        (post("duty", LEAD), "asked", True, "", ("", None)),
        (post("partner", LEAD), "asked", False, "Không thuộc thẩm quyền", ("", None)),
        (post("duty", LEAD), "asked", False, " ", ("reason-missing", "reason")),
        (post("duty", LEAD), "open", True, "", ("not-asked", None)),
        (post("duty", LEAD), "declined", True, "", ("not-asked", None)),
        (post("duty", GIVER), "asked", True, "", ("not-lead", None)),
        (post("admin", LEAD), "asked", True, "", ("not-your-role", None)),
    ],
)
def test_who_was_asked_accepts_or_declines_with_a_reason(by, state, accepts, reason, expected):
    assert said(rules.may_answer_request(by, task(state), accepts, reason, TODAY)) == expected


@pytest.mark.parametrize(
    ("by", "state", "of", "accepts", "reason", "expected"),
    [
        (post("duty", HELPER), "asked", task(), True, "", ("", None)),
        (post("duty", HELPER), "asked", task(), False, "Không đủ quân số", ("", None)),
        (post("duty", HELPER), "asked", task(), False, "", ("reason-missing", "reason")),
        (post("duty", HELPER), "accepted", task(), True, "", ("not-asked", None)),
        (post("duty", HELPER), "asked", task("closed", closed_at=NOON), True, "", ("ended", None)),
        (post("duty", LEAD), "asked", task(), True, "", ("not-support", None)),
    ],
)
def test_who_was_asked_to_help_says_so_for_itself(by, state, of, accepts, reason, expected):
    support = TaskSupport(task=of, unit_id=HELPER, state=state)
    assert said(rules.may_answer_support(by, support, accepts, reason, TODAY)) == expected


@pytest.mark.parametrize(
    ("by", "state", "text", "evidence_on", "expected"),
    [
        (post("duty", LEAD), "open", "Đã sửa xong", [], ("", None)),
        (post("duty", LEAD), "open", "Đã sửa xong", [7, 7], ("", None)),
        (post("duty", LEAD), "open", "Đã sửa xong", [7, 8], ("evidence-elsewhere", "evidence")),
        (post("duty", LEAD), "open", "Đã sửa xong", [None], ("evidence-elsewhere", "evidence")),
        (post("duty", LEAD), "open", "", [], ("text-missing", "answer")),
        (post("duty", LEAD), "asked", "Đã sửa xong", [], ("not-open", None)),
        (post("duty", LEAD), "answered", "Đã sửa xong", [], ("not-open", None)),
        (post("duty", GIVER), "open", "Đã sửa xong", [], ("not-lead", None)),
    ],
)
def test_the_lead_answers_an_open_task_with_evidence_of_the_same_matter(by, state, text, evidence_on, expected):
    assert said(rules.may_answer(by, task(state), text, evidence_on, TODAY)) == expected


@pytest.mark.parametrize(
    ("by", "of", "code"),
    [
        (post("duty"), task("answered"), ""),
        (post("duty"), task("open"), "not-answered"),
        (post("duty"), task("open", lead_id=GIVER), ""),
        (post("duty"), task("asked", lead_id=GIVER), "not-answered"),
        (post("duty"), task("closed"), "not-answered"),
        (post("duty", LEAD), task("answered"), "not-giver"),
        (post("partner"), task("answered"), "not-your-role"),
    ],
)
def test_the_giver_closes_what_was_answered_and_a_unit_its_own(by, of, code):
    assert rules.may_close(by, of, TODAY).code == code


@pytest.mark.parametrize(
    ("by", "state", "reason", "expected"),
    [
        (post("duty"), "answered", "Chưa có ảnh", ("", None)),
        (post("duty"), "answered", "", ("reason-missing", "reason")),
        (post("duty"), "open", "x", ("not-answered", None)),
        (post("duty", LEAD), "answered", "x", ("not-giver", None)),
    ],
)
def test_the_giver_returns_an_answer_with_a_reason(by, state, reason, expected):
    assert said(rules.may_return(by, task(state), reason, TODAY)) == expected


@pytest.mark.parametrize(
    ("by", "closed_at", "reason", "expected"),
    [
        (post("duty"), None, "Không còn cần", ("", None)),
        (post("duty"), None, "", ("reason-missing", "reason")),
        (post("duty"), NOON, "x", ("ended", None)),
        (post("duty", LEAD), None, "x", ("not-giver", None)),
    ],
)
def test_the_giver_withdraws_what_has_not_ended(by, closed_at, reason, expected):
    assert said(rules.may_withdraw(by, task("open", closed_at=closed_at), reason, TODAY)) == expected


@pytest.mark.parametrize(
    ("state", "now", "late"),
    [
        ("open", at(3, 17), False),
        ("open", at(3, 17, 1), True),
        ("asked", at(3, 17, 1), True),
        ("answered", at(3, 17, 1), False),
        ("closed", at(3, 17, 1), False),
        ("declined", at(3, 17, 1), False),
        ("withdrawn", at(3, 17, 1), False),
    ],
)
def test_overdue_is_what_waits_for_its_lead_past_the_deadline(state, now, late):
    assert rules.is_overdue(task(state), now) is late


@pytest.mark.parametrize(
    ("by", "state", "due_at", "reason", "now", "expected"),
    [
        (post(), "open", at(5, 17), "Chờ vật tư", NOON, ("", None)),
        (post(), "asked", at(5, 17), "Chờ vật tư", at(3, 17), ("", None)),
        (post("partner"), "open", at(5, 17), "Chờ vật tư", NOON, ("not-your-role", None)),
        (post(unit=LEAD), "open", at(5, 17), "Chờ vật tư", NOON, ("not-giver", None)),
        (post(), "answered", at(5, 17), "Chờ vật tư", NOON, ("not-open", None)),
        (post(), "open", at(5, 17), "Chờ vật tư", at(3, 17, 1), ("overdue-stays", None)),
        (post(), "open", at(3, 17), "Chờ vật tư", NOON, ("not-later", "due_at")),
        (post(), "open", NOON + timedelta(days=1101), "Chờ vật tư", NOON, ("due-too-far", "due_at")),
        (post(), "open", at(5, 17), " ", NOON, ("reason-missing", "reason")),
    ],
)
def test_a_deadline_is_put_off_by_the_giver_before_it_has_passed_and_with_a_reason(by, state, due_at, reason, now, expected):
    assert said(rules.may_extend(by, task(state), due_at, reason, now, TODAY)) == expected


@pytest.mark.parametrize(
    ("by", "of", "due", "reason", "asked", "now", "expected"),
    [
        (post(unit=LEAD), task(), at(5, 17), "Chờ vật tư", False, NOON, ("", None)),
        (post("duty", unit=LEAD), task(), at(5, 17), "Chờ vật tư", False, at(3, 17), ("", None)),
        (post("auditor", unit=LEAD), task(), at(5, 17), "Chờ vật tư", False, NOON, ("not-your-role", None)),
        (post(), task(), at(5, 17), "Chờ vật tư", False, NOON, ("not-lead", None)),
        (post(unit=LEAD), task(giver_id=LEAD), at(5, 17), "Chờ vật tư", False, NOON, ("own-task", None)),
        (post(unit=LEAD), task("asked"), at(5, 17), "Chờ vật tư", False, NOON, ("not-open", None)),
        (post(unit=LEAD), task("answered"), at(5, 17), "Chờ vật tư", False, NOON, ("not-open", None)),
        (post(unit=LEAD), task(), at(5, 17), "Chờ vật tư", True, NOON, ("extension-waits", None)),
        (post(unit=LEAD), task(), at(5, 17), "Chờ vật tư", False, at(3, 17, 1), ("overdue-stays", None)),
        (post(unit=LEAD), task(), at(3, 17), "Chờ vật tư", False, NOON, ("not-later", "due_at")),
        (post(unit=LEAD), task(), NOON + timedelta(days=1101), "Chờ vật tư", False, NOON, ("due-too-far", "due_at")),
        (post(unit=LEAD), task(), at(5, 17), " ", False, NOON, ("reason-missing", "reason")),
    ],
)
def test_more_time_is_asked_for_by_the_lead_before_the_deadline(by, of, due, reason, asked, now, expected):
    assert said(rules.may_ask_extension(by, of, due, reason, asked, now, TODAY)) == expected


@pytest.mark.parametrize(
    ("by", "of", "state", "grants", "reason", "now", "expected"),
    [
        (post(), task(), "asked", True, "", NOON, ("", None)),
        (post(), task(), "asked", False, "Không cần", NOON, ("", None)),
        (post(), task(), "asked", True, "", at(4, 8), ("", None)),
        (post("partner"), task(), "asked", True, "", NOON, ("not-your-role", None)),
        (post(unit=LEAD), task(), "asked", True, "", NOON, ("not-giver", None)),
        (post(), task(), "granted", True, "", NOON, ("already-answered", None)),
        (post(), task("answered"), "asked", True, "", NOON, ("not-open", None)),
        (post(), task(), "asked", True, "", at(5, 17), ("due-passed", None)),
        (post(), task(), "asked", False, "", NOON, ("reason-missing", "reason")),
    ],
)
def test_the_giver_grants_more_time_or_says_why_not(by, of, state, grants, reason, now, expected):
    asked = TaskExtension(task=of, state=state, due_at=at(5, 17))
    assert said(rules.may_answer_extension(by, asked, grants, reason, now, TODAY)) == expected


@pytest.mark.parametrize(("count", "code"), [(0, "too-many"), (1, ""), (50, ""), (51, "too-many")])
def test_up_to_fifty_tasks_are_given_at_once(count, code):
    assert rules.fits_many([draft()] * count).code == code
