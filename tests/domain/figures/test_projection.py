"""Balances follow the facts, event by event, and are nothing that could not be computed again."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from phoihop.domain import models as m
from phoihop.domain.figures.actions import projection
from phoihop.domain.figures.actions.projection import check, rebuild, roll
from phoihop.domain.figures.queries import amounts, cell
from phoihop.domain.figures.queries.balances import Drift, Key, behind, head
from tests.domain.figures.posting import JUNE, event, patrol, post, take_back
from tests.world import FOREVER, area, songdat

pytestmark = pytest.mark.django_db


def balances(w, code: str = "TR.01") -> set[tuple]:
    rows = m.Balance.objects.filter(measure__code=code)
    lines = {line.pk: name for name, line in w.lines.items()} | {0: ""}
    items = dict(m.Item.objects.values_list("pk", "code")) | {0: ""}
    return {(b.area.name, lines[b.line], b.granule.isoformat(), items[b.item], b.value, b.count) for b in rows.select_related("area")}


def test_a_step_adds_up_by_area_above_the_commune_line_granule_and_item():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", item="road")
    patrol(w, w.dat, date(2026, 6, 14), "CA", item="sea")
    roll()
    june = "2026-06-01"
    expected = set()
    for place in ("Sông Đất", "Việt Nam"):
        for line in ("", "CA", "BCA"):
            expected |= {(place, line, june, "", 2, 2), (place, line, june, "road", 1, 1), (place, line, june, "sea", 1, 1)}
    assert balances(w) == expected


def test_a_share_that_comes_later_brings_only_its_lines():
    w = songdat()
    fact = patrol(w, w.song, date(2026, 6, 1), "CA")
    roll()
    bits = 1 << w.lines["DQ"].pk
    m.Share.objects.create(seq=event(w), fact=fact, unit=w.militia_song, lines=bits)
    assert cell("TR.01", w.province, JUNE, line=w.lines["DQ"].pk).value == 1
    roll()
    assert ("Sông Đất", "DQ", "2026-06-01", "", 1, 1) in balances(w)
    assert ("Sông Đất", "", "2026-06-01", "", 1, 1) in balances(w)


def test_what_is_taken_back_leaves_nothing_in_any_line():
    w = songdat()
    fact = patrol(w, w.song, date(2026, 6, 1), "CA", "DQ", "BP")
    roll()
    take_back(w, fact)
    roll()
    assert {(value, count) for *_, value, count in balances(w)} == {(0, 0)}
    assert check() == []


def test_a_step_takes_about_as_many_facts_as_it_is_told_and_never_cuts_an_event():
    w = songdat()
    for n in range(1, 8):
        patrol(w, w.song, date(2026, 6, n), "CA", "DQ")
    heads = []
    while roll(limit=2):
        heads.append(head())
    assert heads == sorted(set(heads))
    assert len(heads) > 3
    assert (behind(), check(), cell("TR.01", w.province, JUNE).value) == (0, [], 7)


def test_idle_it_costs_two_look_ups_and_writes_nothing():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    roll()
    with CaptureQueriesContext(connection) as asked:
        assert roll() == 0
    assert [q["sql"].split()[0] for q in asked] == ["SELECT", "SELECT"]


def test_the_head_moves_over_events_without_facts():
    w = songdat()
    event(w)
    event(w)
    assert (roll(), head(), roll()) == (2, 2, 0)


def test_a_figure_is_right_wherever_the_head_stands():
    w = songdat()
    told = []
    for n in range(1, 6):
        patrol(w, w.song, date(2026, 6, n), "CA", "DQ")
        told.append((cell("TR.01", w.province, JUNE).value, cell("TR.01", w.province, JUNE, line=w.lines["ND03"].pk).value))
        if n % 2:
            roll()
    assert told == [(n, 0) for n in range(1, 6)]


def test_rebuilding_gives_the_same():
    w = songdat()
    for n in range(1, 10):
        patrol(w, (w.song, w.dat)[n % 2], date(2026, 6, n), "CA", "DQ", item=("road", "sea")[n % 2])
    roll()
    before = balances(w)
    assert rebuild() == m.Balance.objects.count() > 0
    assert balances(w) == before


def test_a_drift_is_found_and_told():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", item="road")
    roll()
    spoilt = m.Balance.objects.get(area=w.province, line=0, item=0)
    m.Balance.objects.filter(pk=spoilt.pk).update(value=9)
    gone = m.Balance.objects.filter(area=w.nation, line=0, item=0).first()
    m.Balance.objects.filter(pk=gone.pk).delete()
    found = {d.key.area: (d.stands, d.ought) for d in check()}
    assert found == {w.province.pk: ((9, 1), (1, 1)), w.nation.pk: ((0, 0), (1, 1))}
    assert str(Drift(Key(1, 2, 0, date(2026, 6, 1), 0), (9, 1), (1, 1))) == "số đo 1, địa bàn 2, hệ 0, 2026-06-01, mục 0: đang ghi 9 (1) bản ghi, phải là 1 (1)"
    rebuild()
    assert check() == []


def test_when_somebody_changes_who_stood_under_whom_the_balances_are_rolled_anew():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    roll()
    cluster = area("C1", "Cụm ven sông", "group", "cum")
    m.AreaClosure.objects.create(area=w.song, ancestor=cluster, depth=1, valid_from=date(2026, 1, 1), valid_until=FOREVER)
    event(w, "area.grouped")
    roll()
    assert cell("TR.01", cluster, JUNE).value == 1
    assert check() == []


def test_a_rename_of_an_area_rolls_nothing_anew():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    roll()
    keys = set(m.Balance.objects.values_list("pk", flat=True))
    event(w, "area.renamed")
    roll()
    assert set(m.Balance.objects.values_list("pk", flat=True)) == keys


def test_days_are_counted_to_the_area_of_that_day():
    """A commune that moved to another province on a day in the middle of a granule."""
    w = songdat()
    moved = area("29003", "Dời", "commune", "xa")
    m.AreaClosure.objects.create(area=moved, ancestor=w.province, depth=1, valid_from=date(2025, 7, 1), valid_until=date(2026, 6, 8))
    m.AreaClosure.objects.create(area=moved, ancestor=w.elsewhere, depth=1, valid_from=date(2026, 6, 8), valid_until=FOREVER)
    for day in (7, 8, 9):
        post(w, "TR.01", moved, date(2026, 6, day), item="road")
    for _ in range(2):
        assert [cell("TR.01", a, JUNE).value for a in (w.province, w.elsewhere, moved)] == [1, 2, 3]
        roll()
    assert check() == []


def test_a_worker_that_comes_second_counts_nothing_again(monkeypatch):
    """It saw that there was work, waited for the head, and found the work done."""
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    seen = behind()
    roll()
    monkeypatch.setattr(projection.balances, "behind", lambda: seen)
    assert roll() == 0
    assert (cell("TR.01", w.province, JUNE).value, check()) == (1, [])


def test_a_reader_that_knew_an_older_head_asks_again(monkeypatch):
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    roll()
    patrol(w, w.song, date(2026, 6, 2), "CA", "DQ")
    for remembered in (0, head(), head() + 1000):
        for expects_more in (False, True):
            monkeypatch.setattr(amounts, "_last_head", remembered)
            monkeypatch.setattr(amounts, "_last_fresh", expects_more)
            assert cell("TR.01", w.province, JUNE).value == 2
            assert cell("TR.01", w.province, JUNE, line=w.lines["DQ"].pk).value == 2
