import json
from contextlib import contextmanager
from datetime import date

import pytest
from django.db import connection

from phoihop.domain import models as m
from phoihop.domain.matters.actions.erasing import agree_recall, ask_recall
from phoihop.domain.matters.actions.node import sign_head
from phoihop.domain.matters.actions.notes import attach, note
from phoihop.domain.matters.queries import proof
from phoihop.domain.matters.queries.proof import Fault, verify
from phoihop.domain.matters.rules import chained
from phoihop.kernel import guards
from phoihop.kernel.text import digest
from tests.domain.matters.files import A_PDF
from tests.domain.matters.test_heads import founded, pair
from tests.world import at, person

pytestmark = pytest.mark.django_db


@contextmanager
def behind_its_back():
    """As somebody with the database in hand would do it: guards down, change, guards up again."""
    guards.take_down()
    yield
    guards.put_up()


def written():
    """A journal of some days: notes, a file, a signed head."""
    w, matter = founded()
    w.first = note(by=w.lan, matter=matter, text="Nước lên", at=at(1, 13))
    w.second = note(by=w.lan, matter=matter, text="Nước rút", at=at(1, 14))
    w.file = attach(by=w.lan, matter=matter, upload=A_PDF, at=at(1, 15))
    sign_head(by=w.node, day=date(2026, 6, 1), key=w.key, at=at(2, 1))
    w.third = note(by=w.lan, matter=matter, text="Bình thường", at=at(2, 8))
    assert [faults(), m.Event.objects.count()] == [[], 6]
    return w, matter


def faults():
    return [(fault.where, fault.what) for fault in verify()]


def rechain(after):
    """Compute all hashes after an event anew, as a careful forger would."""
    before = m.Event.objects.get(seq=after - 1).hash if after > 1 else ""
    for e in m.Event.objects.filter(seq__gte=after).order_by("seq").select_related("matter"):
        before = chained(before, e.seq, e.at, e.by_id, e.what, e.matter.code if e.matter else "", e.body)
        m.Event.objects.filter(seq=e.seq).update(hash=before)


def test_a_changed_event_is_found():
    w, _ = written()
    with behind_its_back():
        m.Event.objects.filter(seq=3).update(by=w.binh)
    assert faults() == [("event 3", "changed")]


@pytest.mark.parametrize("change", [{"what": "matter.attached"}, {"at": at(1, 12)}, {"matter": None}])
def test_every_part_of_an_event_is_covered(change):
    written()
    with behind_its_back():
        m.Event.objects.filter(seq=3).update(**change)
    assert faults() == [("event 3", "changed")]


def test_an_event_changed_with_its_hash_breaks_the_chain_behind_it():
    written()
    with behind_its_back():
        event = m.Event.objects.select_related("matter").get(seq=3)
        before = m.Event.objects.get(seq=2).hash
        m.Event.objects.filter(seq=3).update(at=at(1, 12), hash=chained(before, 3, at(1, 12), event.by_id, event.what, event.matter.code, event.body))
    assert faults() == [("event 4", "changed")]


def test_a_chain_forged_to_its_end_does_not_fit_the_signed_head():
    written()
    with behind_its_back():
        m.Event.objects.filter(seq=3).update(at=at(1, 12))
        rechain(3)
    assert faults() == [("head 2026-06-01", "not-this-journal")]


def test_a_removed_event_leaves_a_gap():
    written()
    with behind_its_back():
        m.Event.objects.filter(seq=2).delete()
    assert faults()[:2] == [("event 2", "missing"), ("event 3", "changed")]


def test_removed_last_events_are_found_by_the_head_that_signed_them():
    _w, _ = written()
    with behind_its_back():
        m.Event.objects.filter(seq__gte=4).delete()
    assert ("head 2026-06-01", "not-this-journal") in faults()


def test_a_forged_head_is_found():
    written()
    with behind_its_back():
        m.JournalHead.objects.update(signature="00" * 64)
    assert faults() == [("head 2026-06-01", "signature")]


def test_another_nodes_key_is_found():
    _w, _ = written()
    _, public = pair()
    m.Node.objects.update(public_key=public.public_bytes_raw().hex())
    assert faults() == [("node", "other-key"), ("head 2026-06-01", "signature")]


def test_heads_without_a_node_prove_nothing():
    written()
    m.Node.objects.all().delete()
    assert faults() == [("node", "unknown")]


def test_a_changed_text_is_found():
    w, _ = written()
    m.Body.objects.filter(pk=w.first.body_id).update(text="Nước chưa lên")
    assert faults() == [(f"text {w.first.body_id}", "changed")]


def test_a_changed_text_with_its_digest_is_found():
    w, _ = written()
    salt = "ab" * 16
    m.Body.objects.filter(pk=w.first.body_id).update(text="Nước chưa lên", salt=salt, digest=digest(bytes.fromhex(salt), "Nước chưa lên".encode()))
    assert faults() == [(f"text {w.first.body_id}", "other than in event 2")]


def test_a_text_slipped_in_is_found():
    w, _ = written()
    salt = "ab" * 16
    forged = m.Body.objects.create(text="Nước chưa lên", salt=salt, digest=digest(bytes.fromhex(salt), "Nước chưa lên".encode()), purpose="note")
    m.Note.objects.filter(pk=w.first.pk).update(body=forged)
    assert faults() == [(f"text {forged.pk}", "in no event")]


def test_what_others_write_while_it_is_proved_is_no_fault(monkeypatch):
    """A note and a file written after the chain was read are not told to be in no event."""
    w, matter = written()
    heads = proof._heads

    def busy():
        note(by=w.lan, matter=matter, text="Ghi trong lúc kiểm tra", at=at(2, 9))
        attach(by=w.lan, matter=matter, upload=A_PDF, at=at(2, 10))
        yield from heads()

    monkeypatch.setattr(proof, "_heads", busy)
    assert faults() == []
    monkeypatch.undo()
    assert faults() == []


def test_a_text_that_is_gone_is_found():
    w, _ = written()
    gone = w.first.body_id
    w.first.delete()
    m.Body.objects.filter(pk=gone).delete()
    assert faults() == [(f"text {gone}", "gone, named by event 2")]


@pytest.mark.parametrize("recalled", [False, True])
def test_a_text_erased_without_leave_is_found(recalled):
    w, _ = written()
    m.Body.objects.filter(pk=w.first.body_id).update(text="", salt="", erased_at=at(3, 8), recalled=recalled)
    assert faults() == [(f"text {w.first.body_id}", "erased without leave")]


def test_a_request_to_recall_is_no_leave_yet():
    w, matter = written()
    asked = ask_recall(by=w.lan, matter=matter, text=w.first.body, reason="Ghi nhầm", at=at(3, 8))
    m.Body.objects.filter(pk=w.first.body_id).update(text="", salt="", erased_at=at(3, 9), recalled=True)
    assert faults() == [(f"text {w.first.body_id}", "erased without leave")]
    m.Body.objects.filter(pk=w.first.body_id).update(text="", salt="", erased_at=None, recalled=False)
    agree_recall(by=person("châu", w.police_song, "commander"), recall=asked, at=at(3, 10))
    assert faults() == []


def test_a_changed_file_is_found():
    w, _ = written()
    m.Attachment.objects.filter(pk=w.file.pk).update(content=b"%PDF-1.4 khac")
    assert faults() == [(f"file {w.file.pk}", "changed")]


def test_a_changed_file_with_its_digest_is_found():
    w, _ = written()
    m.Attachment.objects.filter(pk=w.file.pk).update(content=b"khac", salt="ab", digest=digest(b"\xab", b"khac"))
    assert faults() == [(f"file {w.file.pk}", "other than in event 4")]


def test_a_file_erased_without_leave_is_found_with_its_name_left():
    w, _ = written()
    m.Attachment.objects.filter(pk=w.file.pk).update(content=None, salt="", erased_at=at(3, 8))
    assert faults() == [(f"file {w.file.pk}", "erased without leave")]


WAYS_TO_DISARM = {
    "sqlite": ["DROP TRIGGER {table}_no_update", "DROP TRIGGER {table}_no_delete"],
    "postgresql": [
        "DROP TRIGGER {table}_no_update ON {table}",
        "DROP TRIGGER {table}_no_delete ON {table}",
        "DROP TRIGGER {table}_no_truncate ON {table}",
        "ALTER TABLE {table} DISABLE TRIGGER USER",
    ],
}


@pytest.mark.parametrize("table", ["phoihop_event", "phoihop_fact", "phoihop_leadterm", "phoihop_journalhead"])
@pytest.mark.parametrize("way", WAYS_TO_DISARM[connection.vendor])
def test_a_dropped_guard_is_found(table, way):
    written()
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(way.format(table=table))
    assert faults() == [(f"table {table}", "unguarded")]


def test_a_lead_without_a_term_is_found():
    w, matter = written()
    m.Matter.objects.filter(pk=matter.pk).update(lead=w.militia_song)
    assert faults() == [(f"matter {matter.code}", "lead-without-term")]


def test_a_lead_that_is_not_the_last_terms_is_found():
    w, matter = written()
    m.LeadTerm.objects.create(matter=matter, unit=w.militia_song, since=at(2, 12))
    assert faults() == [(f"matter {matter.code}", "lead-without-term")]


def test_a_matter_without_its_first_term_is_found():
    _w, matter = written()
    with behind_its_back():
        m.LeadTerm.objects.filter(matter=matter).update(since=at(1, 13))
    assert faults() == [(f"matter {matter.code}", "lead-without-term")]


def test_a_fault_says_where_and_what():
    _w, _ = written()
    with behind_its_back():
        m.Event.objects.filter(seq=2).update(body=json.dumps({}))
    assert next(iter(verify())) == Fault("event 2", "changed")
