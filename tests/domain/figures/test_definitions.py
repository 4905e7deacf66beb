"""What is counted is defined once, as activities post it; a second time changes nothing, a changed meaning is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities.models import OutcomeKind, RouteKind
from phoihop.domain.figures.actions.definitions import define_indicators, lay
from phoihop.domain.figures.queries import catalogue
from phoihop.domain.figures.queries.questions import QUESTIONS
from phoihop.domain.figures.rules.definitions import Definitions, IndicatorDefinition, ItemDefinition, MeasureDefinition, hold_together, matches, packaged
from phoihop.kernel.verdict import Refused
from tests.world import NOON, songdat

PLAIN = MeasureDefinition("XX.01", 1, "XX.01", 1, "flow", "Số", "Number", "cuộc", "times")
INDICATOR = IndicatorDefinition("XX.01", 1, date(2026, 1, 1), 90, "Số", "Number", "")


def definitions(*measures: MeasureDefinition) -> Definitions:
    return Definitions([ItemDefinition("sea", "Biển", "Sea")], [INDICATOR], measures)


def test_the_packaged_definitions_hold_together():
    assert hold_together(packaged()).code == ""


def test_the_indicators_of_patrols_and_those_beside_them_are_all_there():
    codes = [i.code for i in packaged().indicators]
    assert codes == [f"TR.{n:02}" for n in range(1, 11)] + ["TR.KQ", "VB.10", "VB.11", "VB.12", "LL.01", "HC.01", "SK.03", "SK.04"] + [
        *(f"VB.{n:02}" for n in range(1, 10)), "SK.01", "SK.02", "SK.05", *(f"PA.{n:02}" for n in range(1, 5)), "VV.07",
    ]  # fmt: skip


def test_the_items_are_those_that_activities_post():
    posted = (
        {k for kind in RouteKind.values for k in (kind, f"{kind}.armed")} | {f"kq.{k}" for k in OutcomeKind.values} | {f"pt.{k}" for k in m.MeansKind.values}
    )
    assert {i.code for i in packaged().items} == posted


def test_every_dated_measure_asks_a_question_that_can_be_answered():
    asked = {d.question for d in packaged().measures if d.method == "dated"}
    assert asked == set(QUESTIONS)


@pytest.mark.parametrize(
    ("measures", "code"),
    [
        ([PLAIN], ""),
        ([replace(PLAIN, indicator="YY.01")], "no-indicator"),
        ([PLAIN, PLAIN], "measure-twice"),
        ([replace(PLAIN, base="XX.02")], "no-base"),
        ([replace(PLAIN, method="guess")], "no-such-method"),
        ([PLAIN, replace(PLAIN, code="XX.02", method="ratio", base="XX.01")], "ratio-of-two"),
        ([PLAIN, replace(PLAIN, code="XX.02", method="ratio", base="XX.01", over="XX.01")], ""),
        ([PLAIN, replace(PLAIN, code="XX.02", over="XX.01")], "ratio-of-two"),
        ([replace(PLAIN, method="dated")], "no-question"),
        ([replace(PLAIN, question="areas")], "no-question"),
        ([replace(PLAIN, method="distinct", question="keys")], ""),
        ([replace(PLAIN, items="sea,land.*")], "no-such-item"),
        ([replace(PLAIN, items="s*")], ""),
    ],
)
def test_a_definition_that_leads_nowhere_is_refused(measures, code):
    assert hold_together(definitions(*measures)).code == code


@pytest.mark.parametrize(
    ("patterns", "item", "yes"),
    [("", "sea", True), ("sea,border", "sea", True), ("sea", "sea.armed", False), ("*.armed", "sea.armed", True), ("kq.*", "pt.tau", False)],
)
def test_patterns_choose_items(patterns, item, yes):
    assert matches(patterns, item) is yes


@pytest.mark.django_db
def test_defining_again_changes_nothing_and_mends_a_name():
    w = songdat()
    assert define_indicators(by=w.node, at=NOON) == 0
    m.Measure.objects.filter(code="TR.01").update(name="Tuần tra")
    m.Indicator.objects.filter(code="TR.02").update(basis="cũ")
    m.Item.objects.filter(code="sea").update(name_en="By sea")
    assert define_indicators(by=w.node, at=NOON) == 3
    assert m.Measure.objects.get(code="TR.01").name == "Tuần tra chung"
    assert [e.what for e in m.Event.objects.order_by("seq")] == ["figure.defined", "figure.defined"]


@pytest.mark.django_db
@pytest.mark.parametrize("change", [{"method": "stock"}, {"counted_in": "lượt"}, {"scale": -1}, {"items": "sea"}])
def test_a_changed_meaning_takes_a_new_version(change):
    songdat()
    lay(definitions(PLAIN))
    with pytest.raises(Refused) as refusal:
        lay(definitions(replace(PLAIN, **change)))
    assert refusal.value.verdict.code == "meaning-changed"


@pytest.mark.django_db
def test_a_new_version_stands_beside_the_old_with_measures_of_its_own():
    songdat()
    lay(definitions(PLAIN))
    second = replace(INDICATOR, version=2, valid_from=date(2027, 1, 1))
    lay(Definitions([], [second], [replace(PLAIN, version=2, code="XX.01b", counted_in="lượt")]))
    assert list(m.Measure.objects.filter(indicator__code="XX.01").order_by("code").values_list("code", "indicator__version", "counted_in")) == [
        ("XX.01", 1, "cuộc"),
        ("XX.01b", 2, "lượt"),
    ]


@pytest.mark.django_db
def test_a_view_knows_whose_facts_it_shows_and_which_of_them():
    songdat()
    armed, whole = catalogue.measure("TR.01.VT"), catalogue.measure("TR.01")
    items = dict(m.Item.objects.values_list("pk", "code"))
    assert armed.source == whole.pk
    assert {items[pk] for pk in armed.items} == {f"{kind}.armed" for kind in RouteKind.values}


@pytest.mark.django_db
def test_only_the_node_or_its_administrator_defines():
    w = songdat()
    with pytest.raises(Refused) as refusal:
        define_indicators(by=w.mai, at=NOON)
    assert refusal.value.verdict.code == "not-your-role"
