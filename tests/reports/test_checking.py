"""What must be looked at before signing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest

from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.figures.rules.figure import Figure
from phoihop.papers.plain import to_text
from phoihop.reports.checking import Check, findings, is_far
from phoihop.reports.legal import document
from phoihop.reports.lines import ROW
from tests.domain.activities.steps import held, planned, reported
from tests.domain.figures.posting import patrol
from tests.reports.province import TODAY, on_paper, province, told
from tests.world import a_word, at


def of(report, check):
    return [(f.mend, f.n, f.of, [line.name for line in f.lines]) for f in findings(report) if f.check == check]


@pytest.mark.django_db
def test_silent_communes_are_named_and_the_sums_are_proven():
    found = told(province())
    assert of(found, Check.UNFILED) == [(True, 1, 3, ["Đặc khu Lặng"])]
    assert of(found, Check.SUMS) == [(False, 8, 8, [])]
    assert of(found, Check.WAITING) == [(False, 0, 7, [])]
    assert next(f.check for f in findings(found)) == Check.UNFILED


@pytest.mark.django_db
def test_communes_that_can_only_be_told_together_are_counted_one_by_one():
    w = province()
    found = told(w)
    two = replace(found, lines=tuple(replace(line, areas=(w.song, w.dat)) if line.is_missing and line.kind == ROW else line for line in found.lines))
    assert of(two, Check.UNFILED) == [(True, 2, 4, ["Đặc khu Lặng"])]


@pytest.mark.parametrize(
    ("now", "then", "far"), [(21, 10, True), (20, 10, False), (10, 21, True), (9, 4, False), (0, 12, True), (12, 0, True), (None, 30, False), (30, None, False)]
)
def test_what_is_far_from_last_year(now, then, far):
    made = [Figure("TR.01", None if n is None else Fraction(n)) for n in (now, then)]
    assert is_far(*made) is far


@pytest.mark.django_db
def test_a_commune_far_from_last_year_is_asked_for_an_explanation_on_page_and_paper():
    w = province()
    for day in range(10, 17):
        patrol(w, w.song, date(2026, 8, day), "CA", "DQ")
    assert of(told(w), Check.OUTLIER) == [(True, 1, 0, ["Xã Sông"])]
    text = to_text(document(on_paper(w), w.police, TODAY, demo=False))
    assert "- Xã Sông: tuần tra chung 11 cuộc, cùng kỳ năm trước 2 cuộc. Giải trình: ……" in text


@pytest.mark.django_db
def test_what_is_not_settled_is_counted_beside_and_stands_in_no_figure():
    w = province()
    held(w)
    reported(w)
    planned(w)
    disputed = reported(w)
    confirm(by=w.binh, word=a_word(disputed, agrees=False, note="Đêm đó không đi"), at=at(2, 8))
    found = told(w, code="2026-T6")
    assert (of(found, Check.WAITING), of(found, Check.MISSING), of(found, Check.DISPUTED)) == ([(True, 1, 1, [])], [(True, 1, 0, [])], [(True, 1, 0, [])])
    assert found.of("TR.01").shown.text() == "1"
    assert found.unsettled is not None
    assert {area: (n.waiting, n.missing, n.disputed) for area, n in found.unsettled.items()} == {w.song.pk: (1, 1, 1)}
