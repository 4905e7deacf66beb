"""Every figure opens: the records a viewer may see, and of the others who leads them. The figure is the same for all."""

from __future__ import annotations

from datetime import date

import pytest

from phoihop.domain.figures.actions.entering import enter
from phoihop.domain.figures.actions.projection import roll
from phoihop.domain.figures.queries import cell, records
from phoihop.domain.figures.rules import EnteredValue
from phoihop.domain.figures.rules.calendars import period
from phoihop.domain.matters.actions.opening import Asked, Opening, open_matters
from phoihop.domain.matters.models import MatterKind
from phoihop.kernel.verdict import Refused
from tests.domain.figures.posting import JUNE, event, patrol, post, take_back
from tests.domain.figures.test_methods import a_task
from tests.world import NOON, songdat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 7, 1)


def a_matter(w, lead, *asked):
    return open_matters(kind=MatterKind.PATROL, openings=[Opening(lead=lead, area=w.song, asked=[Asked(u) for u in asked])], at=NOON)[0]


def three_patrols(w):
    """Two led by the police of Sông, one by the border station; the militia takes part in one of each."""
    led = [a_matter(w, w.police_song, w.militia_song), a_matter(w, w.police_song), a_matter(w, w.station, w.militia_song)]
    for n, (matter, forces) in enumerate(zip(led, (("CA", "DQ"), ("CA",), ("BP", "DQ")), strict=True), 1):
        patrol(w, w.song, date(2026, 6, n), *forces, matter=matter)
    return led


def opened(w, viewer, measure="TR.01", area=None, **more):
    return records(viewer, measure, area or w.song, JUNE, today=TODAY, **more)


def test_a_viewer_opens_what_it_may_and_is_told_who_leads_the_rest():
    w = songdat()
    led = three_patrols(w)
    found = opened(w, w.lan)
    assert (found.figure.value, found.may_open, found.hidden) == (3, 2, 1)
    assert [r.matter for r in found.records] == [led[1], led[0]]
    assert found.closed == ((w.station, 1),)
    assert sum(r.value for r in found.records) + found.hidden == found.figure.value


@pytest.mark.parametrize(("who", "may_open", "hidden"), [("binh", 2, 1), ("hai", 1, 2), ("dung", 2, 1), ("mai", 2, 1), ("tu", 0, 3), ("phuong", 0, 3)])
def test_the_figure_is_the_same_for_everybody(who, may_open, hidden):
    w = songdat()
    three_patrols(w)
    roll()
    found = opened(w, getattr(w, who), area=w.province)
    assert (found.figure.value, found.may_open, found.hidden) == (3, may_open, hidden)


def test_who_sees_no_figures_sees_none():
    w = songdat()
    for who in (w.quan, w.van):
        with pytest.raises(Refused) as refusal:
            opened(w, who)
        assert refusal.value.verdict.code == "not-your-role"


def test_the_parts_say_what_was_counted_twice():
    w = songdat()
    three_patrols(w)
    parts = opened(w, w.lan).parts
    assert parts is not None
    assert ({line.code: f.value for line, f in parts.lines if f.value}, parts.counted_twice) == ({"CA": 2, "BP": 1, "DQ": 2}, 2)


def test_a_line_opens_the_occasions_that_it_counts():
    w = songdat()
    led = three_patrols(w)
    found = opened(w, w.binh, line=w.lines["DQ"].pk)
    assert ([r.matter for r in found.records], found.figure.value, found.parts) == ([led[2], led[0]], 2, None)


def test_pages_follow_one_another():
    w = songdat()
    led = three_patrols(w)
    pages = [opened(w, w.binh, first=n, most=1) for n in (0, 1, 2)]
    assert [[r.matter for r in page.records] for page in pages] == [[led[2]], [led[0]], []]
    assert {page.may_open for page in pages} == {2}


def test_what_was_taken_back_does_not_stand_behind_a_figure_but_did_before():
    w = songdat()
    fact = patrol(w, w.song, date(2026, 6, 1), "CA", "DQ", matter=a_matter(w, w.police_song))
    seq = event(w).seq
    take_back(w, fact)
    assert [(len(found.records), found.figure.value) for found in (opened(w, w.lan), opened(w, w.lan, as_of=seq))] == [(0, None), (1, 1)]


def test_a_view_opens_only_its_items_and_a_chosen_item_too():
    w = songdat()
    for item in ("road", "road.armed", "sea"):
        patrol(w, w.song, date(2026, 6, 1), "CA", item=item, matter=a_matter(w, w.police_song))
    assert [opened(w, w.lan, c).may_open for c in ("TR.01", "TR.01.VT", "TR.05")] == [3, 1, 1]
    assert opened(w, w.lan, items=["sea"]).may_open == 1


def test_a_ratio_opens_both_its_figures():
    w = songdat()
    matter = a_matter(w, w.police_song)
    post(w, "TR.09.KH", w.song, date(2026, 6, 1), item="road", matter=matter)
    post(w, "TR.09.KH", w.song, date(2026, 6, 2), item="road", matter=matter)
    post(w, "TR.09.TH", w.song, date(2026, 6, 1), item="road", matter=matter)
    found = opened(w, w.lan, "TR.09")
    assert found.over is not None
    assert (found.figure.value, found.may_open, found.over.may_open) == (50, 1, 2)


def test_a_dated_figure_opens_the_tasks_that_it_counts():
    w = songdat()
    task = a_task(w, state="closed", answered_at=NOON, closed_at=NOON)
    a_task(w)
    found, elsewhere = (opened(w, who, "TR.10") for who in (w.lan, w.tu))
    assert ([r.task for r in found.records], found.figure.value, found.hidden) == ([task], 1, 0)
    assert (elsewhere.records, elsewhere.closed) == ((), ((w.police_song, 1),))


def test_registers_open_their_units_and_areas():
    w = songdat()
    communes = opened(w, w.lan, "HC.01.X", area=w.province)
    assert [r.place for r in communes.records] == [w.song, w.dat]
    assert opened(w, w.lan, "LL.01", area=w.province).records == ()


def test_entered_values_open_with_the_unit_that_entered_them():
    w = songdat()
    enter(by=w.lan, calendar="ND09", period="2026-Q1", values=[EnteredValue("LL.01.TV", w.song, 12)], at=NOON)
    found = records(w.tu, "LL.01.TV", w.song, period("ND09", "2026-Q1"), today=TODAY)
    assert [(r.unit, r.value) for r in found.records] == [(w.police_song, 12)]


def test_records_add_up_to_the_figure_of_a_sum():
    w = songdat()
    matter = a_matter(w, w.police_song)
    for n, people in enumerate((3, 4, 5), 1):
        post(w, "TR.03", w.song, date(2026, 6, n), people, unit=w.police_song, matter=matter)
    found = opened(w, w.lan, "TR.03", area=w.province)
    assert sum(r.value for r in found.records) == found.figure.value == cell("TR.03", w.song, JUNE).value == 12
