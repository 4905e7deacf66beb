"""The seven methods of a measure, each from facts or registers of the small world."""

from __future__ import annotations

from datetime import date, timedelta
from fractions import Fraction

import pytest

from phoihop.domain import models as m
from phoihop.domain.figures.actions import ledger
from phoihop.domain.figures.actions.definitions import lay
from phoihop.domain.figures.actions.projection import roll
from phoihop.domain.figures.queries import cell, series
from phoihop.domain.figures.queries.cells import NotInLines
from phoihop.domain.figures.rules import Posting
from phoihop.domain.figures.rules.calendars import period
from phoihop.domain.figures.rules.definitions import Definitions, IndicatorDefinition, MeasureDefinition
from phoihop.domain.matters.actions.opening import Opening, open_matters
from phoihop.domain.matters.models import MatterKind
from phoihop.kernel.period import Period
from tests.domain.figures.posting import JUNE, YEAR, event, patrol, post, take_back
from tests.world import NOON, area, at, songdat, unit

pytestmark = pytest.mark.django_db


def define(*measures: MeasureDefinition) -> None:
    lay(Definitions([], [IndicatorDefinition("XX.01", 1, date(2026, 1, 1), 90, "Số", "Number", "")], measures))


def measure(code: str, method: str, **more) -> MeasureDefinition:
    return MeasureDefinition("XX.01", 1, code, 1, method, "Số", "Number", "giờ", "hours", **more)


def values(code: str, area: m.Area, *periods: Period) -> list[Fraction | None]:
    return [f.value for f in series(code, area, periods)]


@pytest.fixture(params=[False, True], ids=["from facts", "from balances"])
def rolled(request):
    """Every sum is the same whether the balances have taken the facts or not."""
    return roll if request.param else lambda: 0


def test_a_flow_is_the_sum_of_a_period_and_all_areas_below(rolled):
    w = songdat()
    for day in (date(2026, 5, 31), date(2026, 6, 1), date(2026, 6, 30)):
        post(w, "TR.03", w.song, day, 4, unit=w.police_song)
    post(w, "TR.03", w.dat, date(2026, 6, 14), 3, unit=w.police_dat)
    rolled()
    assert values("TR.03", w.song, JUNE, YEAR) == [8, 12]
    assert values("TR.03", w.province, JUNE, YEAR) == [11, 15]
    assert values("TR.03", w.nation, JUNE, YEAR) == [11, 15]


def test_a_correction_takes_back_and_posts_anew(rolled):
    w = songdat()
    wrong = post(w, "TR.03", w.song, date(2026, 6, 1), 40, unit=w.police_song)
    rolled()
    take_back(w, wrong)
    rolled()
    post(w, "TR.03", w.song, date(2026, 6, 1), 4, unit=w.police_song)
    assert (cell("TR.03", w.province, JUNE).value, cell("TR.03", w.province, JUNE).count) == (4, 1)


def test_views_show_some_items_of_another_measure(rolled):
    w = songdat()
    for item in ("sea", "sea.armed", "border", "road", "road.armed", "road.armed"):
        patrol(w, w.song, date(2026, 6, 2), "CA", "DQ", item=item)
    rolled()
    assert [cell(code, w.province, JUNE).value for code in ("TR.01", "TR.01.VT", "TR.05")] == [6, 3, 3]
    assert cell("TR.01", w.province, JUNE, items=["road"]).value == 1


def test_hours_are_told_in_hours():
    w = songdat()
    post(w, "TR.04", w.song, date(2026, 6, 1), 192, item="road")
    assert cell("TR.04", w.song, JUNE).value == Fraction(192, 100)


def test_a_stock_is_what_stands_at_the_end(rolled):
    w = songdat()
    define(measure("XX.ST", "stock"))
    for day, value in ((date(2026, 1, 5), 10), (date(2026, 6, 20), -3), (date(2026, 7, 1), 1)):
        post(w, "XX.ST", w.song, day, value)
    rolled()
    periods = [period("THONGKE", c) for c in ("2025", "2026-T5", "2026-T6", "2026-T7")]
    assert values("XX.ST", w.song, *periods) == [None, 10, 7, 8]
    assert values("XX.ST", w.province, *periods) == [None, 10, 7, 8]


def test_a_stock_that_went_to_nothing_is_zero():
    w = songdat()
    define(measure("XX.ST", "stock"))
    post(w, "XX.ST", w.song, date(2026, 1, 5), 10)
    post(w, "XX.ST", w.song, date(2026, 2, 5), -10)
    assert cell("XX.ST", w.province, JUNE).value == 0


def test_distinct_counts_keys_once():
    w = songdat()
    define(measure("XX.KEY", "flow"), measure("XX.DI", "distinct", base="XX.KEY", question="keys"))
    for key in ("a", "b", "a"):
        post(w, "XX.KEY", w.song, date(2026, 6, 1), key=key)
    take_back(w, post(w, "XX.KEY", w.song, date(2026, 6, 1), key="c"))
    assert cell("XX.DI", w.province, JUNE).value == 2


def test_an_area_is_covered_once_however_often_and_also_when_only_passed_through():
    w = songdat()
    for _ in range(2):
        patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    assert cell("TR.08.DD", w.province, JUNE).value == 1
    crossing = patrol(w, w.song, date(2026, 6, 3), "CA", "DQ", touches=(w.dat,))
    assert [cell("TR.08.DD", a, JUNE).value for a in (w.province, w.song, w.dat)] == [2, 1, 1]
    take_back(w, crossing)
    assert cell("TR.08.DD", w.province, JUNE).value == 1


def test_coverage_is_of_the_areas_that_were_planned():
    w = songdat()
    post(w, "TR.09.KH", w.song, date(2026, 6, 1), item="road")
    patrol(w, w.dat, date(2026, 6, 1), "CA", "DQ")
    assert [cell(c, w.province, JUNE).value for c in ("TR.08.DD", "TR.08.DK", "TR.08.KH", "TR.08")] == [1, 0, 1, 0]
    patrol(w, w.song, date(2026, 6, 2), "CA", "DQ")
    assert [cell(c, w.province, JUNE).value for c in ("TR.08.DD", "TR.08.DK", "TR.08.KH", "TR.08")] == [2, 1, 1, 100]


def test_a_hamlet_counts_as_its_commune():
    w = songdat()
    hamlets = [area(f"ap{n}", f"Ấp {n}", "hamlet", "ap", w.song) for n in (1, 2)]
    for hamlet in hamlets:
        patrol(w, hamlet, date(2026, 6, 1), "CA", "DQ")
    assert (cell("TR.08.DD", w.province, JUNE).value, cell("TR.01", w.song, JUNE).value, cell("TR.01", hamlets[0], JUNE).value) == (1, 2, 1)


def test_a_ratio_divides_sums_and_never_averages():
    w = songdat()
    for n in range(3):
        post(w, "TR.09.KH", w.song, date(2026, 6, 1 + n), item="road")
    post(w, "TR.09.KH", w.dat, date(2026, 6, 1), item="road")
    for place in (w.song, w.dat):
        post(w, "TR.09.TH", place, date(2026, 6, 1), item="road")
    assert [cell("TR.09", a, JUNE).value for a in (w.song, w.dat, w.province)] == [Fraction(100, 3), 100, 50]
    assert (cell("TR.09", w.province, JUNE).part, cell("TR.09", w.province, JUNE).whole) == (2, 4)


def test_a_ratio_to_nothing_is_missing():
    w = songdat()
    patrol(w, w.song, date(2026, 6, 1), "CA", "DQ")
    assert cell("TR.09", w.song, JUNE).value is None


def test_the_median_is_of_the_records_that_stand():
    w = songdat()
    define(measure("XX.GI", "flow", scale=-2), measure("XX.TV", "median", base="XX.GI", scale=-2))
    facts = [post(w, "XX.GI", w.song, date(2026, 6, n), value) for n, value in enumerate((100, 250, 400, 9000), 1)]
    assert cell("XX.TV", w.province, JUNE).value == Fraction(325, 100)
    take_back(w, facts[3])
    assert cell("XX.TV", w.province, JUNE).value == Fraction(250, 100)
    assert cell("XX.TV", w.dat, JUNE).value is None


def a_task(w, **more) -> m.Task:
    matter = open_matters(kind=MatterKind.PATROL, openings=[Opening(lead=w.police_song, area=w.song)], at=NOON)[0]
    plain = {
        "matter": matter, "area": matter.area, "code": f"NV-{m.Task.objects.count()}", "giver": w.police_song, "lead": w.militia_song, "mode": "requested", "state": "open",
        "source": "patrol", "what": m.Body.objects.create(text="Sửa đèn", digest="0" * 64, purpose="note"), "given_at": at(2, 8), "due_at": at(10, 17),
    }  # fmt: skip
    return m.Task.objects.create(**plain | more)


def test_dated_answers_come_from_the_dates_of_tasks():
    w = songdat()
    a_task(w, state="closed", answered_at=at(9, 9), closed_at=at(11, 9))  # done in time
    a_task(w, state="closed", answered_at=at(12, 9), closed_at=at(13, 9))  # done late
    a_task(w)  # overdue at the end of June
    a_task(w, state="withdrawn", closed_at=at(5, 9))
    a_task(w, source="matter", due_at=at(10, 17, month=8))
    found = {code: cell(code, w.province, JUNE).value for code in ("TR.10", "VB.10", "VB.10.TS", "VB.11", "VB.11.TS", "VB.12")}
    assert found == {"TR.10": 2, "VB.10": 100, "VB.10.TS": 4, "VB.11": Fraction(100, 3), "VB.11.TS": 3, "VB.12": 1}


def test_what_was_overdue_on_a_day_stays_so_when_it_is_done_later():
    w = songdat()
    task = a_task(w)
    july = Period(JUNE.until, JUNE.until + timedelta(days=31))
    assert values("VB.12", w.song, JUNE, july) == [1, 1]
    m.Task.objects.filter(pk=task.pk).update(state="closed", answered_at=at(3, 9, month=7), closed_at=at(3, 9, month=7))
    assert values("VB.12", w.song, JUNE, july) == [1, 0]


def test_tasks_of_an_exercise_count_nowhere():
    w = songdat()
    m.Matter.objects.filter(pk=a_task(w).matter_id).update(exercise=True)
    assert cell("VB.10.TS", w.song, JUNE).value is None


def test_registers_answer_as_of_the_last_day():
    w = songdat()
    teams = m.Force.objects.create(code="AN", order=9)
    unit(teams, "to", w.song, "Tổ 1")
    unit(teams, "to", w.song, "Tổ 2", start=date(2026, 7, 1))
    assert [cell("LL.01", a, p).value for a, p in ((w.song, JUNE), (w.province, YEAR), (w.dat, JUNE))] == [1, 2, 0]
    assert [cell("HC.01.X", a, JUNE).value for a in (w.province, w.nation, w.song)] == [2, 2, 1]
    assert [cell("HC.01.T", a, JUNE).value for a in (w.nation, w.province)] == [2, 1]
    assert cell("HC.01.X", w.province, Period(date(2025, 1, 1), date(2025, 2, 1))).value is None


def test_a_register_has_no_reporting_lines():
    w = songdat()
    with pytest.raises(NotInLines):
        cell("VB.12", w.song, JUNE, line=1)


def test_a_period_that_cuts_a_granule_is_added_up_to_the_day(rolled):
    w = songdat()
    for n in range(1, 29):
        post(w, "TR.03", w.song, date(2026, 6, n), n, unit=w.police_song)
    rolled()
    for first, last in ((2, 27), (3, 20), (5, 9), (1, 14), (14, 15)):
        asked = Period(date(2026, 6, first), date(2026, 6, last + 1))
        assert cell("TR.03", w.province, asked).value == sum(range(first, last + 1))


def test_a_figure_as_of_an_event_forgets_what_came_after(rolled):
    w = songdat()
    first = post(w, "TR.03", w.song, date(2026, 6, 1), 4, unit=w.police_song)
    seq = m.Event.objects.latest("seq").seq
    take_back(w, first)
    post(w, "TR.03", w.song, date(2026, 6, 1), 5, unit=w.police_song)
    rolled()
    assert [cell("TR.03", a, JUNE, as_of=seq).value for a in (w.song, w.province, w.nation)] == [4, 4, 4]
    assert [cell("TR.03", a, JUNE).value for a in (w.song, w.province, w.nation)] == [5, 5, 5]


def test_posting_an_unknown_measure_or_item_is_a_mistake():
    w = songdat()
    for wrong in ({"measure": "TR.99"}, {"item": "air"}):
        posting = Posting(**{"measure": "TR.01", "area": w.song, "day": date(2026, 6, 1), "value": 1} | wrong)
        with pytest.raises((m.Measure.DoesNotExist, m.Item.DoesNotExist)):
            ledger.post([(event(w), posting)])
