import pytest

from phoihop.domain import models as m
from phoihop.domain.matters.actions.notes import attach, keep_file, note
from phoihop.domain.matters.actions.parts import answer, ask, grant
from phoihop.domain.matters.queries.journal import event_naming, events_of
from phoihop.domain.matters.queries.notes import attachments_of, content_of, notes_of
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused
from tests.domain.matters.files import A_PDF, A_PNG
from tests.domain.matters.opened import another, opened
from tests.world import NOON, at

pytestmark = pytest.mark.django_db
TODAY = local_day(NOON)


def busy():
    """An incident of the police of Sông: militia accepted, the station declined, the Front follows, strangers may see."""
    w, matter = opened()
    for unit, role in ((w.militia_song, "support"), (w.station, "support"), (w.front_song, "inform")):
        ask(by=w.lan, matter=matter, unit=unit, role=role, at=NOON)
    answer(by=w.binh, part=matter.parts.get(unit=w.militia_song), state="accepted", at=NOON)
    answer(by=w.hai, part=matter.parts.get(unit=w.station), state="declined", reason="Trùng ca", at=NOON)
    grant(by=w.lan, matter=matter, unit=w.strangers, basis="Quy chế 01", at=NOON)
    return w, matter


def test_private_notes_are_seen_by_the_unit_that_wrote_them_and_by_nobody_else():
    w, matter = busy()
    shared = note(by=w.lan, matter=matter, text="Đã phong tỏa cầu phao", at=at(1, 13))
    police = note(by=w.lan, matter=matter, text="Phân công nội bộ", at=at(1, 14), private=True)
    militia = note(by=w.binh, matter=matter, text="Cần thêm áo phao", at=at(1, 15), private=True)
    seen = {name: list(notes_of(getattr(w, name), matter, TODAY)) for name in ("lan", "binh", "hai", "thu", "tu", "mai", "dung", "phuong", "van")}
    assert seen == {
        "lan": [shared, police],
        "binh": [shared, militia],
        "hai": [],
        "thu": [shared],
        "tu": [shared],
        "mai": [shared],
        "dung": [shared],
        "phuong": [],
        "van": [],
    }


def test_a_unit_that_left_keeps_its_own_notes():
    w, matter = busy()
    mine = note(by=w.binh, matter=matter, text="Tổ về lúc 21 giờ", at=at(1, 13), private=True)
    note(by=w.lan, matter=matter, text="Đã phong tỏa cầu phao", at=at(1, 14))
    answer(by=w.binh, part=matter.parts.get(unit=w.militia_song), state="declined", reason="Có lệnh khác", at=at(1, 15))
    assert list(notes_of(w.binh, matter, TODAY)) == [mine]


def test_files_go_to_who_takes_part_follows_or_directs_and_not_to_who_was_only_let_see():
    w, matter = busy()
    file = attach(by=w.binh, matter=matter, upload=A_PDF, at=NOON)
    seen = {name: list(attachments_of(getattr(w, name), matter, TODAY)) for name in ("lan", "binh", "hai", "thu", "tu", "mai", "dung", "phuong")}
    assert seen == {"lan": [file], "binh": [file], "hai": [], "thu": [file], "tu": [], "mai": [file], "dung": [file], "phuong": []}
    assert content_of(w.lan, matter, file.pk, TODAY) == A_PDF.content
    with pytest.raises(m.Attachment.DoesNotExist):
        content_of(w.tu, matter, file.pk, TODAY)


def test_a_file_is_no_part_of_another_matter():
    w, matter = busy()
    file = attach(by=w.binh, matter=matter, upload=A_PDF, at=NOON)
    with pytest.raises(m.Attachment.DoesNotExist):
        content_of(w.lan, another(w), file.pk, TODAY)


@pytest.mark.parametrize(
    ("poster", "code"),
    [("lan", ""), ("binh", ""), ("hai", "not-party"), ("thu", "not-party"), ("tu", "not-party"), ("mai", "not-party"), ("van", "not-your-role")],
)
def test_only_who_takes_part_writes(poster, code):
    w, matter = busy()
    by, before = getattr(w, poster), m.Event.objects.count()
    for write in (lambda: note(by=by, matter=matter, text="Đã đến nơi", at=NOON), lambda: attach(by=by, matter=matter, upload=A_PDF, at=NOON)):
        if code:
            with pytest.raises(Refused) as refused:
                write()
            assert refused.value.verdict.code == code
        else:
            write()
    assert m.Event.objects.count() == before + (0 if code else 2)


def test_an_empty_note_and_one_of_five_pages_are_refused():
    w, matter = busy()
    for text, expected in (("  ", ("text-missing", "text")), ("Nước lên. " * 450, ("text-too-long", None))):
        with pytest.raises(Refused) as refused:
            note(by=w.lan, matter=matter, text=text, at=NOON)
        assert (refused.value.verdict.code, refused.value.verdict.field) == expected


def whats(rows):
    return [e.what for e in rows]


def test_events_are_told_as_far_as_the_matter_is_seen():
    w, matter = busy()
    note(by=w.lan, matter=matter, text="Phân công nội bộ", at=at(1, 14), private=True)
    everything = ["matter.granted", "matter.answered", "matter.answered", "matter.informed", "matter.asked", "matter.asked"]
    seen = {name: whats(events_of(getattr(w, name), matter, TODAY)) for name in ("lan", "binh", "thu", "tu", "mai", "hai", "phuong", "van")}
    assert seen == {
        "lan": ["matter.noted_privately", *everything],
        "binh": everything,
        "thu": everything,
        "tu": everything,
        "mai": everything,
        "hai": ["matter.answered"],
        "phuong": [],
        "van": [],
    }


def test_what_an_event_says_in_numbers_goes_to_who_takes_part():
    w, matter = busy()
    told = {name: [e.told != "" for e in events_of(getattr(w, name), matter, TODAY)] for name in ("lan", "binh", "thu", "tu", "mai")}
    assert told == {"lan": [True] * 6, "binh": [True] * 6, "thu": [False] * 6, "tu": [False] * 6, "mai": [False] * 6}


def test_the_event_that_wrote_a_text_is_found_in_its_own_matter_only():
    w, matter = busy()
    made = note(by=w.lan, matter=matter, text="Đã phong tỏa cầu phao", at=at(1, 13))
    file = attach(by=w.lan, matter=matter, upload=A_PDF, at=at(1, 14))
    found = [event_naming(matter, thing).what for thing in (made.body, file, file.name)]
    assert (found, event_naming(another(w), made.body)) == (["matter.noted", "matter.attached", "matter.attached"], None)


@pytest.mark.parametrize(
    ("upload", "on_matter", "purpose", "kept"),
    [
        (A_PNG, True, "", ("photo", "2031-05-31")),
        (A_PNG, False, "", ("photo", "2026-08-30")),
        (A_PNG, False, "file", ("file", "2031-05-31")),
        (A_PDF, True, "", ("file", "2031-05-31")),
        (A_PDF, False, "import", ("import", "2027-06-01")),
    ],
)
def test_how_long_a_file_is_kept_follows_from_what_it_is_for(upload, on_matter, purpose, kept):
    w, matter = opened()
    file = keep_file(upload, unit=w.police_song, at=NOON, matter=matter if on_matter else None, purpose=purpose)
    assert (file.purpose, file.keep_until.isoformat()) == kept
