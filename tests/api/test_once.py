"""A request that arrives twice is done once."""

from __future__ import annotations

from datetime import timedelta

from django.core.files.uploadedfile import SimpleUploadedFile

from phoihop.api.models import DoneOnce
from phoihop.api.once import KEPT, forget_old
from phoihop.domain.matters.models import Attachment, Note
from tests.api.test_patrols import a_plan

KEY = {"Idempotency-Key": "0f0e5f77-9c2d-4b1f-8c3f-2a1000000001"}


def a_patrol(w, machine):
    return machine(w.lan).post("/patrols", a_plan(w)).json()["records"][0]["id"]


def test_the_same_request_again_is_answered_and_not_done_again(w, machine):
    code = a_patrol(w, machine)
    answers = [machine(w.lan).post(f"/matters/{code}/notes", {"text": "Trời mưa."}, headers=KEY) for _n in range(2)]
    assert answers[0].json() == answers[1].json()
    assert Note.objects.count() == 1


def test_another_request_under_the_same_key_is_refused(w, machine):
    code = a_patrol(w, machine)
    machine(w.lan).post(f"/matters/{code}/notes", {"text": "Trời mưa."}, headers=KEY)
    answer = machine(w.lan).post(f"/matters/{code}/notes", {"text": "Trời tạnh."}, headers=KEY)
    assert (answer.status_code, answer.json()["code"], Note.objects.count()) == (422, "key-reused", 1)


def test_a_key_belongs_to_its_post(w, machine):
    code = a_patrol(w, machine)
    answers = [machine(post).post(f"/matters/{code}/notes", {"text": "Trời mưa."}, headers=KEY) for post in (w.lan, w.binh)]
    assert ([a.status_code for a in answers], Note.objects.count()) == ([200, 200], 2)


def test_a_refused_request_may_be_mended_and_sent_under_its_key(w, machine):
    code = a_patrol(w, machine)
    answers = [machine(w.lan).post(f"/matters/{code}/notes", {"text": text}, headers=KEY).status_code for text in ("", "Trời mưa.")]
    assert (answers, Note.objects.count()) == ([422, 200], 1)


def test_what_is_kept_of_an_answer_holds_no_text(w, machine):
    code = a_patrol(w, machine)
    machine(w.lan).post(f"/matters/{code}/notes", {"text": "Trời mưa."}, headers=KEY)
    kept = DoneOnce.objects.get()
    assert "Trời mưa" not in str(kept.answer) + kept.request
    assert [r["kind"] for r in kept.answer["records"]] == ["note"]


def test_a_file_sent_twice_is_attached_once(w, machine):
    code = a_patrol(w, machine)
    sent = [SimpleUploadedFile("bien-ban.csv", b"a,b\n1,2\n", "text/csv") for _n in range(2)]
    answers = [machine(w.lan).send(f"/matters/{code}/files", {"upload": file}, headers=KEY) for file in sent]
    assert ([a.status_code for a in answers], Attachment.objects.count()) == ([200, 200], 1)


def test_a_key_that_is_no_uuid_is_refused(w, machine):
    answer = machine(w.lan).post("/patrols", a_plan(w), headers={"Idempotency-Key": "mot-hai"})
    assert (answer.status_code, answer.json()["code"]) == (422, "no-key")


def test_old_keys_are_forgotten(w, machine, clock):
    code = a_patrol(w, machine)
    machine(w.lan).post(f"/matters/{code}/notes", {"text": "Trời mưa."}, headers=KEY)
    assert forget_old() == 0
    clock.now += KEPT + timedelta(seconds=1)
    assert (forget_old(), DoneOnce.objects.count()) == (1, 0)
