"""What the register of agreements answers: in force, agreed, overdue for review, asked below, made known, practised."""

from datetime import date
from fractions import Fraction

import pytest

from phoihop.domain import models as m
from phoihop.domain.figures.queries import records
from phoihop.domain.figures.queries.cells import cell
from phoihop.kernel.period import Period
from tests.domain.agreements.duties import agreed, meeting
from tests.domain.agreements.test_norms import laid, world
from tests.world import NOON, songdat

pytestmark = pytest.mark.django_db
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))
JUNE = Period(date(2026, 6, 1), date(2026, 7, 1))


def of(w, kind, **change):
    """Another kind of text: what it is called says how it is counted."""
    made = agreed(w, meeting(w))
    m.Agreement.objects.filter(pk=made.pk).update(kind=kind, **change)
    return made


def values(w, *codes, days=YEAR):
    return [cell(code, w.province, days).value for code in codes]


def test_nothing_is_known_where_there_is_no_agreement():
    assert values(songdat(), "VB.01", "VB.02", "VB.05", "SK.01", "PA.01", "PA.04") == [None] * 6


@pytest.mark.parametrize(
    ("kind", "codes"),
    [
        ("chithi", ["VB.01"]), ("nghiquyet", ["VB.01"]), ("quyche", ["VB.02", "VB.03"]), ("nam", ["VB.05.KH"]), ("chuyende", ["VB.06"]),
        ("lientich", ["VB.07"]), ("sukien", ["SK.01"]), ("phuongan", ["PA.01", "PA.02"]),
    ],
)  # fmt: skip
def test_each_kind_of_text_counts_in_its_own_indicator(kind, codes):
    w = songdat()
    of(w, kind)
    every = ["VB.01", "VB.02", "VB.03", "VB.05.KH", "VB.06", "VB.07", "SK.01", "PA.01", "PA.02"]
    assert [code for code in every if cell(code, w.province, YEAR).value] == codes


def test_what_has_ended_is_no_longer_in_force_but_was_agreed():
    w = songdat()
    of(w, "quyche", ended_on=date(2026, 10, 1))
    assert (values(w, "VB.02", "VB.03"), values(w, "VB.02", days=JUNE)) == ([0, 1], [1])


def test_a_review_that_was_due_before_the_end_is_overdue():
    w = songdat()
    of(w, "quyche", next_review=date(2026, 6, 30))
    of(w, "quyche", next_review=date(2026, 7, 1))
    assert values(w, "VB.04", days=JUNE) == [1]


def test_units_that_were_asked_for_theirs_and_those_that_issued_it():
    w = songdat()
    above = of(w, "nam")
    for unit, form in ((w.police_song, "asis"), (w.militia_song, "waiting")):
        m.Adoption.objects.create(agreement=above, unit=unit, asked_at=NOON, due_on=date(2026, 9, 1), form=form, answered_at=NOON)
    assert values(w, "VB.05.TS", "VB.05.DU", "VB.05") == [2, 1, 50]


def test_sessions_and_attendances_that_made_a_text_known_open_their_records():
    w = songdat()
    made = of(w, "quyche")
    for day, people in ((date(2026, 6, 5), 40), (date(2026, 6, 6), 25)):
        m.Dissemination.objects.create(agreement=made, unit=w.police_song, held_on=day, attendance=people)
    assert values(w, "VB.08", "VB.09", days=JUNE) == [2, 65]
    opened = records(w.lan, "VB.09", w.province, JUNE, today=date(2026, 7, 1))
    assert [(r.day, r.value, r.matter, r.unit) for r in opened.records] == [
        (date(2026, 6, 6), Fraction(25), made.matter, w.police_song),
        (date(2026, 6, 5), Fraction(40), made.matter, w.police_song),
    ]
    hidden = records(w.tu, "VB.09", w.province, JUNE, today=date(2026, 7, 1))
    assert ([r.day for r in hidden.records], hidden.closed) == ([], ((w.police_song, 2),))


def test_plans_that_nobody_reviewed_for_a_year_and_those_that_were_practised():
    w = songdat()
    old, fresh = of(w, "phuongan", agreed_on=date(2025, 5, 1), valid_from=date(2025, 7, 2)), of(w, "phuongan")
    m.Agreement.objects.filter(pk=old.pk).update(agreed_on=date(2025, 7, 2))
    m.Practice.objects.create(agreement=fresh, held_on=date(2026, 8, 1), people=30, goals=3, met=3)
    assert values(w, "PA.01", "PA.03", "PA.04.DL", "PA.04") == [2, 1, 1, 50]
    m.Review.objects.create(agreement=old, held_on=date(2026, 3, 1), outcome="keep")
    assert values(w, "PA.03") == [0]


@pytest.mark.parametrize(
    ("of_province", "of_song", "late"),
    [(None, None, []), ("6", None, ["29002", "29001"]), ("6", "12", ["29002"]), (None, "6", ["29001"]), ("6", "18", ["29002"])],
)
def test_a_plan_is_late_for_review_by_the_months_that_hold_where_it_lies_and_opens_its_record(of_province, of_song, late):
    w = world()
    in_song, in_dat = of(w, "phuongan"), of(w, "phuongan")
    m.Agreement.objects.filter(pk__in=(in_song.pk, in_dat.pk)).update(agreed_on=date(2026, 1, 20))
    m.Matter.objects.filter(pk=in_dat.matter_id).update(area=w.dat)
    for by, area, months in ((w.above, w.province, of_province), (w.here, w.song, of_song)):
        if months:
            laid(w, by=by, area=area, norm="review-months", value=months)
    whole = Period(date(2026, 1, 1), date(2026, 12, 1))
    assert values(w, "PA.03", days=whole) == [len(late)]
    assert [r.matter.area.code for r in records(w.mai, "PA.03", w.province, whole, today=date(2026, 12, 1)).records] == late


def test_the_months_are_those_of_the_last_day_of_the_period():
    w = world()
    made = of(w, "phuongan")
    m.Agreement.objects.filter(pk=made.pk).update(agreed_on=date(2026, 1, 20))
    laid(w, norm="review-months", value="6", valid_from=date(2026, 12, 1))
    assert [values(w, "PA.03", days=Period(date(2026, 1, 1), until)) for until in (date(2026, 12, 1), date(2026, 12, 2))] == [[0], [1]]


def test_a_text_about_a_site_counts_as_a_site_with_a_joint_plan_and_a_safe_event_as_such():
    w = songdat()
    made = of(w, "phuongan")
    m.Clause.objects.filter(version__agreement=made).update(content="muctieu")
    event = of(w, "sukien")
    m.EventResult.objects.create(agreement=event, held_on=date(2026, 6, 20), safe=True, posts=3, teams=2)
    assert values(w, "SK.05", "SK.02") == [1, 1]


def test_a_document_that_two_units_wrote_down_counts_once_by_the_issuers_entry():
    w = songdat()
    copy, own, other = of(w, "quyche"), of(w, "quyche"), of(w, "quyche")
    same = {"issuer": w.police, "number": 5, "symbol": "QC-CAT", "issued_on": date(2026, 1, 10)}
    m.Agreement.objects.filter(pk=copy.pk).update(**same | {"symbol": "qc-cat"})
    m.Matter.objects.filter(pk=copy.matter_id).update(lead=w.army)
    m.Agreement.objects.filter(pk=own.pk).update(**same)
    m.Matter.objects.filter(pk=own.matter_id).update(lead=w.police)
    m.Agreement.objects.filter(pk=other.pk).update(**same | {"issued_on": date(2025, 12, 10)})
    assert values(w, "VB.02", "VB.03", days=YEAR) == [2, 2]
    assert {r.matter for r in records(w.mai, "VB.02", w.province, YEAR, today=date(2026, 12, 31)).records} == {own.matter, other.matter}
    m.Matter.objects.filter(pk=own.matter_id).update(lead=w.border)
    assert {r.matter for r in records(w.dung, "VB.02", w.province, YEAR, today=date(2026, 12, 31)).records} == {copy.matter}
