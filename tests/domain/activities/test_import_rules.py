"""Who may do what with an import, and how big a step is: no database."""

from datetime import date

import pytest

from phoihop.domain.activities.models import ImportRow, ImportRun
from phoihop.domain.activities.rules import importing as rules
from phoihop.domain.activities.rules.importing import next_batch as real_next_batch
from phoihop.domain.people.models import Post

TODAY = date(2026, 6, 1)


def post(role="staff", unit=1, until=None):
    return Post(pk=7, unit_id=unit, role=role, valid_from=date(2025, 7, 1), valid_until=until)


def run(state="preview", **change):
    return ImportRun(**({"pk": 3, "by_id": 7, "lead_id": 1, "state": state} | change))


@pytest.mark.parametrize(
    ("who", "code"),
    [
        (post(), ""),
        (post("commander"), ""),
        (post("duty"), "not-your-role"),
        (post("partner"), "not-your-role"),
        (post("admin"), "not-your-role"),
        (post("auditor"), "not-your-role"),
        (post(unit=2), "not-own-log"),
        (post(until=date(2026, 6, 1)), "post-ended"),
    ],
)
def test_staff_and_commanders_import_the_log_of_their_own_unit(who, code):
    assert rules.may_import(who, 1, TODAY).code == code


@pytest.mark.parametrize(
    ("state", "works", "withdraws"),
    [
        ("reading", "import-busy", "import-busy"),
        ("preview", "", ""),
        ("running", "import-busy", ""),
        ("done", "", ""),
        ("undoing", "import-busy", "import-busy"),
        ("undone", "import-withdrawn", "import-withdrawn"),
    ],
)
def test_an_import_is_worked_on_between_the_workers_turns(state, works, withdraws):
    assert rules.may_work(post(), run(state), TODAY).code == works
    assert rules.may_withdraw_import(post(), run(state), 5, "nhầm", TODAY).code == withdraws


@pytest.mark.parametrize(
    ("state", "code"), [("ready", ""), ("doubtful", ""), ("same", ""), ("skipped", ""), ("done", "row-done"), ("undone", "row-done"), ("wait", "row-done")]
)
def test_a_line_is_mended_until_it_is_imported(state, code):
    assert rules.may_mend(post(), ImportRow(run=run(), state=state), TODAY).code == code


def test_an_erased_import_is_not_worked_on():
    assert rules.may_work(post(), run(erased_at="2026-05-01"), TODAY).code == "import-erased"


@pytest.mark.parametrize(("lines", "code"), [(0, "no-lines"), (1, ""), (50_000, ""), (50_001, "too-many-lines")])
def test_a_log_has_lines_but_not_too_many(lines, code):
    assert rules.fits_log(lines).code == code


@pytest.mark.parametrize(("imported", "code"), [(0, ""), (1, "import-begun")])
def test_columns_are_mapped_before_anything_is_imported(imported, code):
    assert rules.may_map(post(), run(), imported, TODAY).code == code


@pytest.mark.parametrize(
    ("batch", "seconds", "then"),
    [(200, 0.2, 200), (200, 0.5, 160), (200, 1.0, 100), (15, 5.0, 10), (100, 0.05, 200), (150, 0.05, 200), (50, 0.3, 66), (50, 0.4, 50), (10, 0.0, 20)],
)
def test_a_step_takes_as_many_rows_as_fit_a_fair_turn(batch, seconds, then):
    assert real_next_batch(batch, seconds) == then
