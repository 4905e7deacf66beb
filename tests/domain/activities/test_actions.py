import pytest

from phoihop.domain import models as m
from phoihop.domain.activities import rules
from phoihop.domain.activities.actions.confirming import confirm
from phoihop.domain.activities.actions.holding import report
from phoihop.domain.activities.actions.planning import cancel, plan
from phoihop.domain.matters.actions.parts import answer
from phoihop.domain.matters.queries.proof import verify
from tests.world import NOON, a_draft, a_result, a_word, at, songdat

pytestmark = pytest.mark.django_db


def ledger():
    rows = m.Fact.objects.values_list("measure__code", "item__code", "unit__force__code", "value").order_by("pk")
    return list(rows)


def standing():
    return list(m.Fact.objects.filter(reverses=None, reversed_by=None).values_list("measure__code", "value").order_by("pk"))


def held(w):
    a = plan(by=w.lan, draft=a_draft(w), at=NOON)
    answer(by=w.binh, part=a.matter.parts.get(unit=w.militia_song), state="accepted", at=NOON)
    a = report(by=w.lan, result=a_result(w, a), at=at(1, 23))
    return confirm(by=w.binh, word=a_word(a), at=at(2, 7))


def test_a_patrol_is_planned_held_confirmed_and_counted_once():
    w = songdat()
    a = held(w)
    assert rules.state(a, at(2, 8)) == "held"
    assert ledger() == [
        ("TR.09.KH", "road", None, 1),
        ("TR.01", "road", None, 1),
        ("TR.04", "road", None, 192),
        ("TR.09.TH", "road", None, 1),
        ("TR.02", None, "CA", 1),
        ("TR.03", None, "CA", 3),
        ("TR.02", None, "DQ", 1),
        ("TR.03", None, "DQ", 4),
    ]
    shares = m.Share.objects.order_by("pk").values_list("unit__force__code", "lines")
    bit = {code: 1 << line.pk for code, line in w.lines.items()}
    assert list(shares) == [("CA", bit["CA"] | bit["BCA"]), ("DQ", bit["DQ"] | bit["BQP"] | bit["ND03"] | bit["ND02"])]
    assert [e.what for e in m.Event.objects.order_by("seq")] == ["patrol.planned", "matter.answered", "patrol.reported", "patrol.confirmed"]


def test_a_dispute_takes_the_figures_back_and_an_agreement_brings_them_again():
    w = songdat()
    a = held(w)
    a = confirm(by=w.binh, word=a_word(a, agrees=False, note="Tổ tôi về lúc 21 giờ"), at=at(2, 8))
    assert rules.state(a, at(2, 9)) == "disputed"
    assert standing() == [("TR.09.KH", 1)]
    a = confirm(by=w.binh, word=a_word(a), at=at(2, 9))
    assert [c for c, _ in standing()] == ["TR.09.KH", "TR.01", "TR.04", "TR.09.TH", "TR.02", "TR.03", "TR.02", "TR.03"]


def test_cancelling_a_held_patrol_leaves_only_the_plan():
    w = songdat()
    cancel(by=w.lan, activity=held(w), why="Nhập nhầm cuộc", at=at(3, 8))
    assert standing() == [("TR.09.KH", 1)]
    assert sum(m.Fact.objects.filter(measure__code="TR.01").values_list("value", flat=True)) == 0


def test_the_journal_of_it_is_whole(settings):
    w = songdat()
    held(w)
    m.Node.objects.all().delete()
    assert list(verify()) == []
