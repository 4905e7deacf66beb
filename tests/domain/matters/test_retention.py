from datetime import date, timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.matters.actions.node import erase_due
from phoihop.domain.matters.actions.notes import attach, note
from phoihop.domain.matters.actions.parts import close
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.matters.queries.retention import anything_due
from phoihop.kernel.verdict import Refused
from tests.domain.matters.files import A_PDF, A_PNG
from tests.domain.matters.opened import opened
from tests.domain.matters.test_parts import told
from tests.world import NOON, at

pytestmark = pytest.mark.django_db


def days(count):
    return NOON + timedelta(days=count)


def erased(*things):
    for thing in things:
        thing.refresh_from_db()
    return [thing.erased_at is not None for thing in things]


def test_what_is_due_goes_and_nothing_else_and_the_event_says_how_many():
    w, matter = opened()
    first = note(by=w.lan, matter=matter, text="Nước lên", at=NOON)
    second = note(by=w.lan, matter=matter, text="Nước rút", at=days(1))
    file = attach(by=w.lan, matter=matter, upload=A_PDF, at=NOON)
    assert not anything_due(days(1824))
    assert anything_due(days(1825))
    assert erase_due(by=w.node, at=days(1825)) == 3
    assert erased(first.body, second.body, file, file.name) == [True, False, True, True]
    assert told(m.Event.objects.order_by("seq").last()) == ("node.erased", {"counts": {"note": 1, "file": 1, "title": 1}})
    assert not anything_due(days(1825))
    assert list(verify()) == []


def test_photos_go_ninety_days_after_their_matter_closed():
    w, matter = opened()
    photo = attach(by=w.lan, matter=matter, upload=A_PNG, at=NOON)
    close(by=w.lan, matter=matter, at=days(10))
    assert not anything_due(days(100) - timedelta(seconds=1))
    assert erase_due(by=w.node, at=days(100)) == 2
    assert (erased(photo, photo.name), list(verify())) == ([True, True], [])


def test_a_photo_sent_after_closing_has_its_ninety_days_too():
    w, matter = opened()
    close(by=w.lan, matter=matter, at=NOON)
    attach(by=w.lan, matter=matter, upload=A_PNG, at=days(80))
    assert [anything_due(days(n)) for n in (90, 169, 170)] == [False, False, True]


def test_photos_of_a_matter_that_never_closes_go_when_files_go():
    w, matter = opened()
    attach(by=w.lan, matter=matter, upload=A_PNG, at=NOON)
    assert [anything_due(days(n)) for n in (1824, 1825)] == [False, True]


def test_much_that_is_due_goes_in_several_turns():
    w, matter = opened()
    for n in range(5):
        note(by=w.lan, matter=matter, text=f"Mực nước {n} phân", at=NOON)
    assert [erase_due(by=w.node, at=days(1825), limit=2) for _ in range(4)] == [2, 2, 1, 0]
    assert m.Body.objects.filter(erased_at=None).count() == 0


def test_only_who_manages_the_node_erases():
    w, _ = opened()
    with pytest.raises(Refused) as refused:
        erase_due(by=w.lan, at=NOON)
    assert refused.value.verdict.code == "not-your-role"


def test_a_recalled_text_is_not_erased_again():
    w, matter = opened()
    made = note(by=w.lan, matter=matter, text="Nước lên", at=NOON)
    m.Body.objects.filter(pk=made.body_id).update(text="", salt="", erased_at=at(1, 14))
    assert not anything_due(days(4000))
    assert made.body.keep_until == date(2031, 5, 31)
