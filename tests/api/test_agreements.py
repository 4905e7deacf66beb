"""Agreements through the API, as machines of several units would use it."""

from __future__ import annotations

import json
from dataclasses import replace
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.drafting import change_text
from phoihop.domain.agreements.actions.registering import register_on_paper
from phoihop.domain.agreements.queries.versions import current
from phoihop.domain.agreements.rules.drafts import PartyDraft
from tests.domain.agreements.agreed import PIN, a_key, a_text, circulated, heads
from tests.domain.agreements.registered import a_paper
from tests.domain.agreements.signed_pdf import pdf, signed
from tests.world import NOON, at


@pytest.fixture
def w(w):
    w.heads = heads(w)
    return w


def a_body(w, **change):
    duty = {
        "act": "patrol",
        "level": "commune",
        "cadence": "month",
        "due_workdays": 3,
        "roles": [{"role": "lead", "unit": w.police_song.key}, {"role": "support", "force": "DQ"}],
    }
    plain = {
        "kind": "quyche", "title": "Quy chế phối hợp bảo vệ bến cá", "areas": ["29001"],
        "parties": [{"unit": w.police_song.key, "role": "lead"}, {"unit": w.militia_song.key, "role": "support"}],
        "clauses": [{"label": "Điều 1", "text": "Tuần tra chung mỗi tháng bốn lần.", "content": "trattu", "duties": [duty]}],
    }  # fmt: skip
    return {"draft": plain | change}


@pytest.fixture
def code(w, machine):
    answer = machine(w.lan).post("/agreements", a_body(w))
    assert answer.status_code == 200, answer.content
    return answer.json()["records"][0]["id"]


def test_what_the_lead_is_still_writing_is_nobody_elses_to_read(w, machine):
    a = circulated(w, NOON)
    draft = a_text(w, title="Quy chế chưa gửi ai")
    fresh = replace(draft, parties=[*draft.parties, PartyDraft(w.police_dat, "support")])
    change_text(by=w.lan, agreement=a, draft=fresh, seen=current(a).digest, at=NOON)
    for post, numbers in ((w.lan, [2, 1]), (w.binh, [1])):
        api, told = machine(post), f"/agreements/{a.matter.code}"
        assert (api.get(told).json()["version"]["number"], [v["number"] for v in api.get(f"{told}/versions").json()]) == (numbers[0], numbers)
        assert (w.police_dat.key in api.get(told).content.decode()) == (2 in numbers)
        redline = api.get(f"{told}/redline?old=1&new=2")
        assert redline.status_code == (200 if 2 in numbers else 404)
        if 2 in numbers:
            assert [(one["label"], one["text"][-1]["words"]) for one in redline.json() if one["above"]] == [
                ("Trích yếu", "chưa gửi ai"), ("Các bên", f"{w.police_dat.name}: phối hợp, phải ký"),
            ]  # fmt: skip


def test_a_text_from_draft_to_in_force(w, machine, code, clock):
    lan, binh = machine(w.lan), machine(w.binh)
    assert binh.get(f"/agreements/{code}").status_code == 403
    assert lan.post(f"/agreements/{code}/circulate", {"workdays": 3}).status_code == 200
    seen = binh.get(f"/agreements/{code}").json()
    assert (seen["stage"], seen["standing"], [p["state"] for p in seen["parties"]]) == ("opinions", "notyet", ["gathers", "asked"])
    wish = {"text": "Thêm giao ban hằng tuần", "clause": seen["clauses"][0]["id"]}
    said = binh.post(f"/agreements/{code}/opine", {"wishes": [wish]})
    assert said.status_code == 200, said.content
    opinion = lan.get(f"/agreements/{code}/opinions").json()[0]["id"]
    assert lan.post(f"/opinions/{opinion}/answer", {"taken": "not"}).json()["code"] == "reason-missing"
    assert lan.post(f"/opinions/{opinion}/answer", {"taken": "taken"}).status_code == 200
    draft = lan.get(f"/agreements/{code}").json()["draft"]
    draft["clauses"][0]["text"] = "Tuần tra chung mỗi tháng bốn lần; giao ban hằng tuần."
    draft["clauses"][0]["duties"][0]["sentence"] = None
    assert lan.post(f"/agreements/{code}/change-text", {"draft": draft, "seen": seen["version"]["digest"]}).status_code == 200
    assert [v["number"] for v in lan.get(f"/agreements/{code}/versions").json()] == [2, 1]
    words = lan.get(f"/agreements/{code}/redline", old=1, new=2).json()[0]["text"]
    assert [p["words"] for p in words if p["change"] == "added"] == ["; giao ban hằng tuần"]
    assert lan.post(f"/agreements/{code}/open-signing", {"workdays": 3}).status_code == 200
    assert lan.post(f"/agreements/{code}/remind", {"unit": w.militia_song.key}).status_code == 200
    digest = lan.get(f"/agreements/{code}").json()["version"]["digest"]
    paper = {"data": json.dumps({"digest": digest, "paper": {"signed_on": "2026-05-31", "number": "5/QC", "signers": "Trưởng Công an xã"}})}
    assert lan.send(f"/agreements/{code}/acknowledge-paper", paper).status_code == 200
    upload = SimpleUploadedFile("a.pdf", signed(pdf("Quy chế", digest)))
    sent = machine(w.heads.militia).send(f"/agreements/{code}/sign-in-file", {"upload": upload, "data": json.dumps({"digest": digest})})
    assert sent.status_code == 200, sent.content
    seen = binh.get(f"/agreements/{code}").json()
    assert (seen["stage"], seen["standing"], seen["on_paper"], [p["state"] for p in seen["parties"]]) == ("agreed", "force", True, ["on-paper", "in-file"])
    assert binh.get(f"/agreements/{code}/proof").json()["digest"] == digest
    assert [a["id"] for a in binh.get("/agreements", text="ben ca", stage="agreed").json()["items"]] == [code]
    assert machine(w.tu).get("/agreements").json()["items"] == []


def test_an_entry_says_which_others_say_the_same_document_and_a_second_asks(w, machine):
    theirs = register_on_paper(by=w.dung, draft=a_paper(w, parties=[PartyDraft(w.army, "lead"), PartyDraft(w.police, "support")]), at=NOON).matter.code
    entry = {
        "issuer": w.police.key, "number": "05/QC-CAT", "issued_on": "2024-01-10", "signers": "Giám đốc Công an tỉnh",
        "draft": a_body(w, areas=["86"], parties=[{"unit": w.police.key, "role": "lead"}, {"unit": w.border.key, "role": "support"}], clauses=[])["draft"],
    }  # fmt: skip
    api = machine(w.mai)
    asked = api.post("/agreements/on-paper/many", {"drafts": [entry]})
    assert (asked.json()["code"], asked.json()["answer"]) == ("entered-by-another", theirs)
    own = api.post("/agreements/on-paper/many", {"drafts": [entry], "sure": [theirs]}).json()["records"][0]["id"]
    assert [one["id"] for one in api.get(f"/agreements/{own}/same-document").json()] == [theirs]
    assert [one["id"] for one in api.get(f"/agreements/{theirs}/same-document").json()] == [own]


def test_a_wrong_pin_stays_counted_also_under_a_key_of_the_request(w, machine, code):
    machine(w.lan).post(f"/agreements/{code}/open-signing", {"workdays": 3})
    a_key(w.heads.militia, NOON)
    head = machine(w.heads.militia)
    refused = machine(w.binh).post(f"/agreements/{code}/sign-with-key", {"digest": "0" * 64, "pin": PIN})
    assert refused.json()["code"] == "not-your-role", "who may not sign is not told to make a key"
    digest = head.get(f"/agreements/{code}").json()["version"]["digest"]
    for _n in range(2):
        wrong = head.post(f"/agreements/{code}/sign-with-key", {"digest": digest, "pin": "00000000"}, headers={"Idempotency-Key": str(uuid4())})
        assert (wrong.status_code, wrong.json()["code"], wrong.json()["field"]) == (422, "pin-wrong", "pin")
    assert m.PostKey.objects.get().misses == 2
    key = {"Idempotency-Key": str(uuid4())}
    for _n in range(2):
        assert head.post(f"/agreements/{code}/sign-with-key", {"digest": digest, "pin": PIN}, headers=key).status_code == 200
    assert (m.Signature.objects.count(), m.PostKey.objects.get().misses) == (1, 0)


def test_a_stale_digest_and_a_superior_are_refused(w, machine, code):
    machine(w.lan).post(f"/agreements/{code}/open-signing", {"workdays": 3})
    declined = {"digest": "0" * 64, "reason": "Chưa thống nhất"}
    assert machine(w.heads.militia).post(f"/agreements/{code}/decline", declined).json()["code"] == "text-changed"
    digest = machine(w.lan).get(f"/agreements/{code}").json()["version"]["digest"]
    assert machine(w.mai).post(f"/agreements/{code}/decline", declined | {"digest": digest}).json()["code"] == "not-party"
    assert machine(w.heads.militia).post(f"/agreements/{code}/decline", declined | {"digest": digest}).status_code == 200


def test_the_own_keys_are_listed_and_revoked(w, machine):
    a_key(w.heads.police, at(1, 8))
    head = machine(w.heads.police)
    found = head.get("/keys").json()["items"]
    assert ([k["post"]["title"] for k in found], "wrapped" in found[0]) == (["trưởng police"], False)
    assert machine(w.heads.militia).get("/keys").json()["items"] == []
    assert head.post(f"/keys/{found[0]['id']}/revoke").status_code == 200
    assert m.PostKey.objects.get().revoked_at == NOON
