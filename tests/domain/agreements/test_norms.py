"""A province and a commune lay down what holds there: what then falls due, is asked for, is missing; withdrawn, in history, never edited."""

from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.queries.waiting import deadlines
from phoihop.domain.activities.rules import Grace
from phoihop.domain.agreements.actions.instruments import lay
from phoihop.domain.agreements.actions.norms import set_norm, withdraw_norm
from phoihop.domain.agreements.actions.reviewing import hold_review
from phoihop.domain.agreements.queries.covered import covered, wanted_in
from phoihop.domain.agreements.queries.needs import needs_of
from phoihop.domain.agreements.queries.norms import history, holding, holding_in, lines
from phoihop.domain.agreements.queries.quality import lacks_of
from phoihop.domain.agreements.rules.coverage import gaps
from phoihop.domain.agreements.rules.instruments import shipped
from phoihop.domain.agreements.rules.needs import Needs
from phoihop.domain.agreements.rules.norms import lasts
from phoihop.kernel import memo
from phoihop.kernel.verdict import Refused
from tests.domain.agreements.agreed import a_regulation, for_signing, heads, in_force, on_paper
from tests.domain.agreements.duties import agreed, meeting, open_all
from tests.domain.agreements.planned import a_flood_plan, arranged, signed, the_steps
from tests.world import NOON, at, person, songdat, unit

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)
WHY = "Xã đảo, đi lại khó khăn"


def world() -> SimpleNamespace:
    """With the people's committees of the province and of Sông, and the instruments that ship."""
    w = songdat()
    lay(*shipped())
    w.above = person("ủy ban tỉnh", unit(w.forces["UB"], "tinh", w.province, "UBND tỉnh Sông Đất"), "staff")
    w.here = person("ủy ban xã", unit(w.forces["UB"], "xa", w.song, "UBND xã Sông"), "staff")
    w.decree = m.Instrument.objects.get(code="nd-168-2018")
    return w


def laid(w: SimpleNamespace, **change: Any) -> m.LocalNorm:
    """The committee of Sông: a briefing every quarter, from June on, by the decree on defence work."""
    plain: dict[str, Any] = {
        "by": w.here, "norm": "brief-commune", "area": w.song, "value": "quarter", "why": WHY, "instrument": w.decree, "valid_from": TODAY, "at": NOON
    }  # fmt: skip
    return set_norm(**plain | change)


def test_the_nearest_value_holds_for_an_area_and_all_below_it():
    w = world()
    laid(w, by=w.above, area=w.province, value="week")
    laid(w)
    assert {a.name: holding(a.pk, TODAY).value(m.Norm.BRIEF_COMMUNE) for a in (w.nation, w.province, w.song, w.dat)} == {
        "Việt Nam": "month", "Sông Đất": "week", "Sông": "quarter", "Đất": "week",
    }  # fmt: skip
    assert holding_in(m.Norm.BRIEF_COMMUNE, [w.song.pk, w.dat.pk, w.elsewhere.pk], TODAY) == {w.song.pk: "quarter", w.dat.pk: "week", w.elsewhere.pk: "month"}
    assert holding(w.song.pk, date(2026, 5, 31)).value(m.Norm.BRIEF_COMMUNE) == "month"


def test_a_page_shows_the_way_down_and_who_differs_below():
    w = world()
    laid(w, by=w.above, area=w.province, value="week")
    one = laid(w)
    line = next(line for line in lines(w.province, TODAY) if line.norm == "brief-commune")
    assert ([step.value for step in line.steps], [(d.local, d.instead_of) for d in line.below]) == (["month", "week"], [(one, "week")])
    line = next(line for line in lines(w.song, TODAY) if line.norm == "brief-commune")
    assert ([step.value for step in line.steps], line.below) == (["month", "week", "quarter"], [])


def test_withdrawn_it_stays_in_the_history_with_its_reason_and_what_is_above_holds_again():
    w = world()
    one = laid(w)
    withdraw_norm(by=w.here, local=one, reason="Đã có cầu, đi lại thuận tiện", at=at(10, 9))
    assert [holding(w.song.pk, date(2026, 6, day)).value(m.Norm.BRIEF_COMMUNE) for day in (9, 10)] == ["quarter", "month"]
    laid(w, value="half", at=at(11, 9), valid_from=date(2026, 6, 11))
    told = history(w.lan, m.Norm.BRIEF_COMMUNE, w.song, date(2026, 6, 12))
    assert [(t.local.value, t.holds, t.local.withdrawal.text if t.local.withdrawal else "") for t in told] == [
        ("half", True, ""), ("quarter", False, "Đã có cầu, đi lại thuận tiện"),
    ]  # fmt: skip
    assert list(m.Event.objects.filter(what__startswith="norm.").order_by("seq").values_list("what", flat=True)) == ["norm.set", "norm.withdrawn", "norm.set"]


@pytest.mark.parametrize(
    ("change", "code", "field"),
    [
        ({"instrument": None}, "no-basis", "basis"),
        ({"valid_from": date(2026, 7, 1), "valid_until": date(2026, 6, 20)}, "ends-before-start", "valid_until"),
        ({"norm": "need-lead", "value": "0"}, "weaker-than-law", "value"),
        ({"norm": "brief-province"}, "not-at-this-level", "area"),
        ({"value": "ba tháng"}, "no-such-cadence", "value"),
        ({"why": ""}, "text-missing", "why"),
        ({"value": "month"}, "same-as-above", "value"),
    ],
)
def test_bad_input_is_refused_at_its_place(change, code, field):
    with pytest.raises(Refused) as refused:
        laid(world(), **change)
    assert (refused.value.verdict.code, refused.value.verdict.field) == (code, field)


def test_two_at_once_are_refused_and_one_after_the_other_is_not():
    w = world()
    laid(w, valid_until=date(2026, 7, 1))
    with pytest.raises(Refused, match="UBND xã Sông đã đặt mức riêng: hằng quý, từ 01/06/2026 đến trước 01/07/2026"):
        laid(w, value="half", valid_from=date(2026, 6, 30))
    assert laid(w, value="half", valid_from=date(2026, 7, 1)).value == "half"


def test_a_lapsed_basis_asks_first_and_names_its_successor():
    w = world()
    lapsed = m.Instrument.objects.get(code="nd-77-2010")
    with pytest.raises(Refused) as refused:
        laid(w, instrument=lapsed)
    assert (refused.value.verdict.code, refused.value.verdict.asks, refused.value.verdict.offer) == ("basis-lapsed", True, "03/2019/NĐ-CP")
    assert laid(w, instrument=lapsed, sure=[refused.value.verdict.answer]).instrument == lapsed


def test_whom_only_the_next_draft_names_has_signed_nothing_to_stand_on():
    w = world()
    regulation = in_force(w)
    m.AgreementParty.objects.filter(agreement=regulation, unit=w.militia_song).delete()
    m.AgreementParty.objects.filter(agreement=regulation, unit=w.front_song).update(role="support", signs=True)
    named, left_out = person("trưởng mặt trận", w.front_song, "commander"), m.Post.objects.get(unit=w.militia_song, role="commander")
    with pytest.raises(Refused) as refused:
        laid(w, by=named, instrument=None, agreement=regulation)
    assert refused.value.verdict.code == "basis-not-signed"
    assert laid(w, by=left_out, instrument=None, agreement=regulation).unit == w.militia_song


def test_police_stand_on_what_they_signed_and_withdraw_only_their_own():
    w = world()
    regulation = in_force(w)
    with pytest.raises(Refused) as refused:
        laid(w, by=w.lan)
    assert refused.value.verdict.code == "basis-not-signed"
    own = laid(w, by=w.lan, instrument=None, agreement=regulation)
    with pytest.raises(Refused) as refused:
        withdraw_norm(by=w.here, local=own, reason="Không hợp", at=NOON)
    assert refused.value.verdict.code == "not-yours"


def test_what_another_authority_of_the_place_laid_down_is_its_own_to_change():
    w = world()
    regulation = in_force(w)
    laid(w)
    with pytest.raises(Refused, match="Chỉ UBND xã Sông đổi hoặc rút được; hãy đề nghị đơn vị ấy") as refused:
        laid(w, by=w.lan, instrument=None, agreement=regulation, value="half")
    assert (refused.value.verdict.code, refused.value.verdict.field) == ("norm-of-another", "valid_from")


def test_a_contingency_plan_is_practised_as_often_as_holds_where_it_is_kept():
    w = world()
    plan = a_flood_plan(w)
    arranged(w, plan, the_steps(w))
    signed(w, plan)
    m.Agreement.objects.update(agreed_on=date(2026, 1, 1), valid_from=date(2026, 1, 1), next_review=None)

    def waits():
        """Of the register's first group, and of the badge and the queue of the day, which keep their statement."""
        memo.forget_all()  # as if a second had passed
        counted = [(d.waits, d.due) for d in deadlines(w.lan, NOON, Grace(), TODAY) if d.waits == Needs.PRACTISE]
        return [(n.need, n.due) for n in needs_of(w.lan, TODAY)], counted

    due = [(Needs.PRACTISE, at(2, 0).replace(month=7))]
    assert waits() == ([], [])
    own = laid(w, norm="practice-every", value="6")
    assert waits() == (due, due)
    laid(w, norm="practice-every", value="24", area=w.province, by=w.above)
    assert waits() == (due, due)
    withdraw_norm(by=w.here, local=own, reason="Theo mức của tỉnh", at=NOON)
    assert waits() == ([], [])


def test_a_text_that_names_no_months_is_reviewed_after_those_of_its_place():
    w = world()
    laid(w, norm="review-months", value="6")
    a = a_regulation(w, review_months=None)
    for_signing(w, a)
    for by in vars(heads(w)).values():
        on_paper(by, a)
    a.refresh_from_db()
    assert a.next_review == date(2026, 12, 15)  # six months after 15 June, from when it holds
    hold_review(by=w.lan, agreement=a, held_on=date(2026, 12, 10), outcome="keep", at=at(10, 9, month=12))
    a.refresh_from_db()
    assert a.next_review == date(2027, 6, 10)


def test_a_report_without_a_day_is_due_after_the_working_days_of_its_place():
    w = world()
    agreed(w, meeting(w, act="report"), areas=[w.province])
    laid(w, norm="report-days", value="5", valid_from=date(2026, 5, 1))
    open_all(w, NOON)
    due = {(t.area.name, t.due_at.date().isoformat()) for t in m.Task.objects.filter(occasion__first=date(2026, 6, 15))}
    assert due == {("Sông", "2026-07-21"), ("Đất", "2026-07-16")}  # the period ends on 14 July: five and two working days later


def test_the_check_of_quality_asks_what_the_place_asks():
    w = world()
    made = agreed(w, meeting(w, "quarter"))
    m.Agreement.objects.filter(pk=made.pk).update(next_review=date(2027, 1, 1))
    made.refresh_from_db()
    codes = [lack.code for lack in lacks_of(w.lan, made, TODAY) if lack.about in ("cadences", "contacts")]
    assert codes == ["no-contact", "no-contact", "no-contact", "too-seldom"]
    laid(w)
    laid(w, norm="need-contact", value="0")
    assert [lack.code for lack in lacks_of(w.lan, made, TODAY) if lack.about in ("cadences", "contacts")] == []


def test_an_inland_commune_need_not_cover_the_border():
    w = world()
    inland = "thongtin,vandong,toipham,mang,trattu,sukien,muctieu,dientap,thientai,xaydung,dq-trattu,dq-coso,dq-suco"
    laid(w, norm="contents", value=inland)
    communes, found = covered(w.lan, w.province, TODAY)
    missing = gaps(found, wanted_in(communes, TODAY))
    assert (missing["biengioi"], missing["trattu"]) == ([w.dat.pk], [w.song.pk, w.dat.pk])


def test_the_query_and_the_rule_agree_on_when_a_value_lasts():
    w = world()
    one = laid(w, valid_until=date(2026, 7, 1))
    withdraw_norm(by=w.here, local=one, reason="Rút", at=at(20, 9))
    one.refresh_from_db()
    days = [date(2026, 5, 31), TODAY, date(2026, 6, 19), date(2026, 6, 20), date(2026, 7, 1)]
    assert [holding(w.song.pk, day).value(m.Norm.BRIEF_COMMUNE) == "quarter" for day in days] == [day in lasts(one) for day in days]
