"""Whether what a plan lays down beside its clauses holds together: a truth table, no database."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest

from phoihop.domain.agreements.models import Agreement, Version
from phoihop.domain.agreements.rules.carrying_out import practised_lately
from phoihop.domain.agreements.rules.drafts import DutyRoleDraft
from phoihop.domain.agreements.rules.plans import Arrangement, CheckDraft, EventPostDraft, NeedDraft, PhaseDraft, StepDraft, fits_arrangement
from phoihop.domain.agreements.rules.preparing import Item, Match, matched
from phoihop.domain.agreements.rules.sending import may_close_appraisal, may_open_signing
from phoihop.domain.forces.models import Force, Unit
from phoihop.kernel.period import HOME

POLICE, MILITIA, STRANGER = Unit(pk=1, name="Công an xã"), Unit(pk=2, name="Ban CHQS xã"), Unit(pk=9, name="Người ngoài")
FRONT = Force(pk=5, code="MT")
FIVE, ELEVEN = datetime(2026, 6, 10, 17, tzinfo=HOME), datetime(2026, 6, 10, 23, tzinfo=HOME)
POST = EventPostDraft("chot", "Cổng bến phà", POLICE, 4, FIVE, ELEVEN)
CHECK = CheckDraft("Thử bộ đàm", MILITIA, FIVE)
STEP = StepDraft("Báo các ấp", 30, [DutyRoleDraft("lead", MILITIA), DutyRoleDraft("support", force=FRONT)])
NEED = NeedDraft("phuongtien", "xuong", 5)


def verdict_on(arrangement: Arrangement, kind: str = "sukien") -> tuple[str, str | None]:
    said = fits_arrangement(arrangement, kind, {1, 2})
    return said.code, said.field


def test_a_plan_may_lay_down_nothing_or_all_of_it():
    assert verdict_on(Arrangement()) == ("", None)
    assert verdict_on(Arrangement([POST], [CHECK], [PhaseDraft("Báo động", [STEP])], [NEED])) == ("", None)


@pytest.mark.parametrize(
    ("post", "expected"),
    [
        (replace(POST, kind="phao"), ("no-such-post", "posts.0.kind")),
        (replace(POST, place=" "), ("text-missing", "posts.0.place")),
        (replace(POST, unit=STRANGER), ("not-a-party", "posts.0.unit")),
        (replace(POST, people=0), ("people-out-of-range", "posts.0.people")),
        (replace(POST, people=1_000_000), ("people-out-of-range", "posts.0.people")),
        (replace(POST, until=FIVE), ("ends-before-start", "posts.0.until")),
    ],
)
def test_a_post_has_a_place_a_party_some_people_and_an_end_after_its_start(post: EventPostDraft, expected: tuple[str, str]):
    assert verdict_on(Arrangement([post])) == expected


def test_posts_stand_in_plans_for_events_only():
    assert verdict_on(Arrangement([POST]), "phuongan") == ("posts-of-event", "posts")


@pytest.mark.parametrize(
    ("check", "expected"),
    [
        (replace(CHECK, what=""), ("text-missing", "checks.0.what")),
        (replace(CHECK, unit=STRANGER), ("not-a-party", "checks.0.unit")),
    ],
)
def test_what_is_to_be_prepared_is_said_and_is_a_partys(check: CheckDraft, expected: tuple[str, str]):
    assert verdict_on(Arrangement(checks=[check])) == expected


@pytest.mark.parametrize(
    ("step", "code", "field"),
    [
        (replace(STEP, what=""), "text-missing", "what"),
        (replace(STEP, within_minutes=0), "step-minutes", "within_minutes"),
        (replace(STEP, within_minutes=86_401), "step-minutes", "within_minutes"),
        (replace(STEP, roles=[DutyRoleDraft("support", MILITIA)]), "no-lead", "roles"),
        (replace(STEP, roles=[DutyRoleDraft("lead", MILITIA), DutyRoleDraft("lead", POLICE)]), "two-leads", "roles"),
        (replace(STEP, roles=[DutyRoleDraft("lead", MILITIA), DutyRoleDraft("support", MILITIA)]), "role-twice", "roles.1"),
        (replace(STEP, roles=[DutyRoleDraft("lead", MILITIA), DutyRoleDraft("chief", POLICE)]), "no-such-role", "roles.1.role"),
        (replace(STEP, roles=[DutyRoleDraft("lead", MILITIA, FRONT)]), "role-of-one", "roles.0"),
        (replace(STEP, roles=[DutyRoleDraft("lead", STRANGER)]), "not-a-party", "roles.0"),
    ],
)
def test_a_step_says_what_by_when_and_has_one_lead(step: StepDraft, code: str, field: str):
    assert verdict_on(Arrangement(phases=[PhaseDraft("Báo động", [step])]), "phuongan") == (code, f"phases.0.steps.0.{field}")


@pytest.mark.parametrize(
    ("phase", "expected"),
    [
        (PhaseDraft("", [STEP]), ("text-missing", "phases.0.name")),
        (PhaseDraft("Báo động", []), ("phase-empty", "phases.0.steps")),
    ],
)
def test_a_phase_has_a_name_and_steps(phase: PhaseDraft, expected: tuple[str, str]):
    assert verdict_on(Arrangement(phases=[phase]), "phuongan") == expected


@pytest.mark.parametrize(
    ("needs", "expected"),
    [
        ([replace(NEED, kind="sung")], ("no-such-need", "needs.0.kind")),
        ([replace(NEED, spot="trentroi")], ("no-such-spot", "needs.0.spot")),
        ([replace(NEED, amount=0)], ("need-out-of-range", "needs.0.amount")),
        ([NEED, replace(NEED, spot="haucan")], ("need-twice", "needs.1.kind")),
    ],
)
def test_a_need_is_of_the_closed_list_once_and_of_some(needs: list[NeedDraft], expected: tuple[str, str]):
    assert verdict_on(Arrangement(needs=needs), "phuongan") == expected


@pytest.mark.parametrize(
    ("last", "months", "today", "lately"),
    [
        (None, 12, date(2026, 6, 1), False),
        (date(2025, 6, 1), 12, date(2026, 6, 1), True),
        (date(2025, 6, 1), 6, date(2026, 6, 1), False),
        (date(2025, 5, 31), 12, date(2026, 6, 1), False),
        (date(2027, 2, 28), 12, date(2028, 2, 29), True),
    ],
)
def test_a_plan_was_practised_lately_within_the_months_of_its_place(last: date | None, months: int, today: date, lately: bool):
    assert practised_lately(last, months, today) is lately


@pytest.mark.parametrize(
    ("kind", "stage", "waiting", "silent", "over", "code"),
    [
        ("thamdinh", "opinions", 0, [], False, ""),
        ("thamdinh", "opinions", 0, [MILITIA], True, ""),
        ("thamdinh", "opinions", 0, [MILITIA], False, "opinions-open"),
        ("thamdinh", "opinions", 1, [], True, "wishes-waiting"),
        ("thamdinh", "draft", 0, [], False, "not-asked-yet"),
        ("thamdinh", "ended", 0, [], False, "not-asked-yet"),
        ("quyche", "opinions", 0, [], False, "not-appraisal"),
    ],
)
def test_a_joint_appraisal_is_closed_when_everybody_was_heard(kind: str, stage: str, waiting: int, silent: list[Unit], over: bool, code: str):
    a, version = Agreement(kind=kind, stage=stage), Version(opinions_by=FIVE)
    now = ELEVEN if over else FIVE.replace(hour=9)
    assert may_close_appraisal(a, version, waiting, silent, now).code == code
    assert may_open_signing(a, version, waiting, [], silent, now).code == ("never-signed" if kind == "thamdinh" else "")


NINE, TEN = datetime(2026, 6, 10, 9, tzinfo=HOME), datetime(2026, 6, 10, 10, tzinfo=HOME)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ([], [Item("Thử bộ đàm", 1, NINE)], [Match(None)]),
        ([Item("Thử bộ đàm", 1, NINE)], [Item("Thử bộ đàm", 1, NINE)], [Match(0, True)]),
        ([Item("Thử bộ đàm", 1, NINE)], [Item("Thử bộ đàm", 1, TEN)], [Match(0)]),
        ([Item("Thử bộ đàm", 1, NINE)], [Item("Thử bộ đàm", 2, NINE)], [Match(0)]),
        ([Item("Thử bộ đàm", 1, NINE)], [Item("Thử bộ đàm và loa", 1, NINE)], [Match(0)]),
        ([Item("Thử bộ đàm", 1, NINE)], [Item("Lắp đèn", 1, TEN)], [Match(None)]),
        ([Item("Thử bộ đàm", 1, NINE)], [Item("Lắp đèn", 1, NINE), Item("Thử bộ đàm", 1, TEN)], [Match(None), Match(0)]),
        ([Item("Thử bộ đàm", 1, NINE), Item("Thử bộ đàm", 2, NINE)], [Item("Thử bộ đàm", 2, NINE), Item("Thử bộ đàm", 1, NINE)], [Match(1, True), Match(0, True)]),
        ([Item("Thử bộ đàm", 1, NINE)], [Item("Thử bộ đàm", 1, NINE), Item("Thử bộ đàm", 1, NINE)], [Match(0, True), Match(None)]),
    ],
)  # fmt: skip
def test_what_is_to_be_ready_is_known_again_by_its_words_or_else_by_its_unit_and_hour(before: list[Item], after: list[Item], expected: list[Match]):
    assert matched(before, after) == expected
