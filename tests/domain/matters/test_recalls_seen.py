from datetime import datetime

import pytest

from phoihop.domain.matters.actions.erasing import agree_recall, ask_recall
from phoihop.domain.matters.actions.notes import note
from phoihop.domain.matters.actions.parts import answer, ask
from phoihop.domain.matters.queries.journal import events_between
from phoihop.domain.matters.queries.recalls import recalls_of
from phoihop.kernel.period import HOME, local_day
from tests.domain.matters.opened import another, opened
from tests.world import NOON, at, person

pytestmark = pytest.mark.django_db
TODAY = local_day(NOON)


def test_a_recall_is_seen_by_the_lead_and_by_who_wrote_the_text():
    w, matter = opened()
    for unit, post in ((w.militia_song, w.binh), (w.station, w.hai)):
        answer(by=post, part=ask(by=w.lan, matter=matter, unit=unit, role="support", at=NOON), state="accepted", at=NOON)
    written = note(by=w.binh, matter=matter, text="Đã có mặt", at=NOON)
    asked = ask_recall(by=w.binh, matter=matter, text=written.body, reason="Ghi nhầm việc", at=NOON)
    assert [list(recalls_of(v, matter, TODAY)) == [asked] for v in (w.lan, w.binh, w.hai, w.tu)] == [True, True, False, False]
    agree_recall(by=person("tâm", w.militia_song, "commander"), recall=asked, at=at(1, 13))
    assert recalls_of(w.binh, matter, TODAY)[0].agreed_at == at(1, 13)


def test_a_duty_book_holds_what_happened_on_own_matters_in_order_without_private_notes_of_others():
    w, matter = opened()
    another(w, lead=w.station)
    part = ask(by=w.lan, matter=matter, unit=w.militia_song, role="support", at=NOON)
    answer(by=w.binh, part=part, state="accepted", at=at(1, 13))
    note(by=w.lan, matter=matter, text="Của riêng chúng tôi", private=True, at=at(1, 14))
    note(by=w.binh, matter=matter, text="Đã có mặt", at=at(1, 15))

    def told(viewer, first=at(1, 0), until=at(2, 0)):
        return [(e.what, e.at) for e in events_between(viewer, first, until, TODAY)]

    shared = [("matter.asked", NOON), ("matter.answered", at(1, 13)), ("matter.noted", at(1, 15))]
    assert told(w.binh) == shared
    assert told(w.lan) == [*shared[:2], ("matter.noted_privately", at(1, 14)), shared[2]]
    assert told(w.lan, at(1, 13), at(1, 14)) == [("matter.answered", at(1, 13))]
    assert told(w.mai) == told(w.tu) == told(w.van) == []
    assert events_between(w.binh, at(1, 0), datetime(2026, 6, 2, tzinfo=HOME), TODAY)[0].told.startswith("{")
