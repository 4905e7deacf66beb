from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.forces.actions import keeping
from phoihop.domain.forces.queries import contacts_of, known_numbers, letterhead_of, means_of
from phoihop.domain.forces.rules.judging import HeadDraft
from phoihop.kernel import gates
from phoihop.kernel.duty_number import DutyNumber
from phoihop.kernel.verdict import Refused
from tests.world import NOON, at, songdat

pytestmark = pytest.mark.django_db

TODAY = NOON.date()
NUMBER = DutyNumber("0912 345 678")
HEAD = HeadDraft(issuer="Công an xã Sông", symbol="CAX", place="Sông", signer="Trưởng Công an xã", superior="Công an tỉnh Sông Đất")


def publish(w, by=None, unit=None, **change):
    given = {"label": "Trực chỉ huy", "number": NUMBER, "day": TODAY, "at": NOON} | change
    return keeping.publish_contact(by=by or w.quan, unit=unit or w.police_song, **given)


def refusal(act, **arguments):
    with pytest.raises(Refused) as refused:
        act(**arguments)
    return refused.value.verdict.code


def test_a_published_number_may_stand_in_texts_and_an_unknown_one_may_not():
    w = songdat()
    assert gates.known_numbers() == frozenset()
    publish(w)
    assert gates.known_numbers() == known_numbers() == {"0912345678"}
    gates.inspect({"note": "Gọi trực chỉ huy 0912 345 678 khi cần."})
    with pytest.raises(Refused):
        gates.inspect({"note": "Gọi 0987 654 321 khi cần."})


def test_an_ended_number_is_no_longer_offered_but_old_texts_keep_it():
    w = songdat()
    contact = publish(w)
    keeping.end_contact(by=w.lan, contact=contact, day=date(2026, 7, 1), at=NOON)
    assert [list(contacts_of([w.police_song], day)) for day in (TODAY, date(2026, 7, 1))] == [[contact], []]
    assert known_numbers() == {"0912345678"}


def test_a_duty_post_tries_a_number_and_the_last_try_counts():
    w = songdat()
    contact = publish(w)
    keeping.test_contact(by=w.binh, contact=contact, passed=True, at=at(1, 8))
    keeping.test_contact(by=w.binh, contact=contact, passed=False, at=at(1, 9))
    (shown,) = contacts_of([w.police_song], TODAY)
    assert (shown.passed, shown.tested_at) == (False, at(1, 9))
    assert list(m.ContactTest.objects.order_by("pk").values_list("by", "passed")) == [(w.binh.pk, True), (w.binh.pk, False)]
    assert [e.what for e in m.Event.objects.filter(what__startswith="contact.").order_by("seq")] == ["contact.published", "contact.tested", "contact.tested"]


@pytest.mark.parametrize(("by", "unit", "code"), [
    ("lan", "police_song", ""), ("mai", "police_song", ""), ("quan", "militia_song", ""),
    ("lan", "police_dat", "not-yours"), ("lan", "militia_song", "not-yours"), ("dung", "police_song", "not-yours"), ("binh", "militia_song", "not-your-role"),
])  # fmt: skip
def test_contacts_are_kept_by_the_unit_its_commander_or_the_administrator(by, unit, code):
    w = songdat()
    try:
        publish(w, getattr(w, by), getattr(w, unit))
        found = ""
    except Refused as refused:
        found = refused.verdict.code
    assert found == code


def test_contacts_that_do_not_hold_together_are_refused():
    w = songdat()
    contact = publish(w)
    assert [
        refusal(publish, w=w),
        refusal(publish, w=w, label=" ", number=DutyNumber("113")),
        refusal(publish, w=w, number=DutyNumber("113"), day=date(2020, 1, 1)),
        refusal(keeping.end_contact, by=w.lan, contact=contact, day=TODAY, at=NOON),
        refusal(keeping.test_contact, by=w.binh, contact=contact, passed=True, at=at(1, 9, month=5)),
        refusal(keeping.test_contact, by=w.van, contact=contact, passed=True, at=NOON),
    ] == ["contact-there", "label-missing", "unit-not-then", "before-start", "contact-ended", "not-your-role"]


def test_means_are_counted_as_of_a_day_and_a_later_count_replaces():
    w = songdat()
    keeping.record_means(by=w.lan, unit=w.police_song, counts={"xuong": 2, "xemay": 5}, day=date(2026, 1, 1), at=NOON)
    keeping.record_means(by=w.lan, unit=w.police_song, counts={"xuong": 3}, day=TODAY, at=NOON)
    keeping.record_means(by=w.lan, unit=w.police_song, counts={"xuong": 4}, day=TODAY, at=NOON)
    assert [(row.kind, row.count) for row in means_of([w.police_song], TODAY)] == [("xemay", 5), ("xuong", 4)]
    assert [(row.kind, row.count) for row in means_of([w.police_song], date(2026, 5, 31))] == [("xemay", 5), ("xuong", 2)]


@pytest.mark.parametrize(("counts", "code"), [({}, "nothing-counted"), ({"sung": 1}, "no-such-means"), ({"xuong": -1}, "count"), ({"xuong": 10**6}, "count")])
def test_means_that_cannot_be_are_refused(counts, code):
    w = songdat()
    assert refusal(keeping.record_means, by=w.lan, unit=w.police_song, counts=counts, day=TODAY, at=NOON) == code


def test_a_letterhead_holds_from_its_day():
    w = songdat()
    keeping.set_letterhead(by=w.lan, unit=w.police_song, head=HEAD, day=date(2026, 1, 1), at=NOON)
    keeping.set_letterhead(by=w.mai, unit=w.police_song, head=HeadDraft("Công an xã Sông Mới", "CAX", "Sông Mới", "Trưởng Công an xã"), day=TODAY, at=NOON)
    assert [letterhead_of(w.police_song, day).issuer for day in (date(2026, 5, 31), TODAY)] == ["Công an xã Sông", "Công an xã Sông Mới"]
    assert letterhead_of(w.police_song, date(2025, 12, 31)) is None


@pytest.mark.parametrize(("head", "by", "code"), [
    (HeadDraft("", "CAX", "Sông", "Trưởng"), "lan", "head-incomplete"),
    (HeadDraft("x" * 121, "CAX", "Sông", "Trưởng"), "lan", "too-long"),
    (HEAD, "dung", "not-yours"),
    (HEAD, "binh", "not-your-role"),
])  # fmt: skip
def test_a_letterhead_that_cannot_be_is_refused(head, by, code):
    w = songdat()
    assert refusal(keeping.set_letterhead, by=getattr(w, by), unit=w.police_song, head=head, day=TODAY, at=NOON) == code
