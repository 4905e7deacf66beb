"""A unit's own regulation through the API: sent, read, mended, made an agreement; next year's draft."""

from __future__ import annotations

from django.core.files.uploadedfile import SimpleUploadedFile

from phoihop.domain import models as m
from tests.domain.agreements.reading.files import a_docx, text_of


def sent(machine_of, name: str = "quy-che-ba-luc-luong", **change: str) -> int:
    upload = a_docx(text_of(name), **change)
    answer = machine_of.send("/readings", {"upload": SimpleUploadedFile(upload.name, upload.content)})
    assert answer.status_code == 200, answer.content
    return answer.json()["records"][0]["id"]


def test_a_file_is_read_looked_through_and_made_an_agreement(w, machine):
    mai = machine(w.mai)
    number = sent(mai)
    found = mai.get(f"/readings/{number}").json()
    assert (found["state"], found["undecided"], found["head"]["symbol"]["value"], found["file"]) == ("ready", 52, "QC-CA-QS-BP", "quy-che.docx")
    clause = next(c for c in found["clauses"] if c["label"] == "khoản 1" and c["duties"])
    assert clause["duties"][0]["roles"][0] == {"role": "lead", "body": {"value": "Công an tỉnh"} | clause["duties"][0]["roles"][0]["body"]}
    assert {n["name"]: n["means"] for n in found["names"]}["Công an tỉnh"] == f"unit {w.police.key}"
    early = mai.post(f"/readings/{number}/confirm", {"terms": found["terms"]})
    assert (early.status_code, early.json()["code"]) == (422, "clauses-undecided")
    assert mai.post(f"/readings/{number}/name", {"name": "các sở, ngành liên quan", "means": "none", "seen": ""}).status_code == 200
    decided = {"clauses": [0], "state": "dropped", "seen": [found["clauses"][0]["seen"]]}
    assert mai.post(f"/readings/{number}/decide", decided).status_code == 200
    late = mai.post(f"/readings/{number}/decide", decided | {"state": "taken"})
    assert (late.status_code, late.json()["code"], late.json()["current"]["clauses"][0]["state"]) == (409, "changed-meanwhile", "dropped")
    assert mai.post(f"/readings/{number}/take-plain").status_code == 200
    assert mai.post(f"/readings/{number}/take-rest").status_code == 200
    done = mai.post(f"/readings/{number}/confirm", {"terms": found["terms"]})
    assert done.status_code == 200, done.content
    code = done.json()["records"][0]["id"]
    assert mai.get(f"/readings/{number}").json()["agreement"] == code == m.Agreement.objects.get().matter.code
    follows = mai.post(f"/agreements/{code}/following", {"draft": {"title": "Quy chế phối hợp năm sau"}})
    assert follows.status_code == 200, follows.content
    assert m.Agreement.objects.count() == 2


def test_a_clause_is_mended(w, machine):
    mai = machine(w.mai)
    number = sent(mai)
    clauses = mai.get(f"/readings/{number}").json()["clauses"]
    n = next(n for n, c in enumerate(clauses) if len(c["duties"]) == 1 and c["duties"][0]["roles"])
    duty = {
        "act": "train",
        "cadence": "month",
        "level": "commune",
        "days": "12",
        "roles": [{"role": "support", "name": clauses[n]["duties"][0]["roles"][0]["body"]["value"]}],
    }
    assert mai.post(f"/readings/{number}/mend", {"clause": n, "mend": {"content": "vandong", "duties": [duty]}, "seen": clauses[n]["seen"]}).status_code == 200
    mended = mai.get(f"/readings/{number}").json()["clauses"][n]
    assert (mended["state"], mended["content"]["value"], mended["duties"][0]["days"]["value"]) == ("taken", "vandong", "12")


def test_another_unit_sees_no_file_and_what_is_refused_says_why(w, machine):
    mai, dung = machine(w.mai), machine(w.dung)
    number = sent(mai)
    assert (dung.get("/readings").json()["items"], dung.get(f"/readings/{number}").status_code) == ([], 404)
    assert dung.post(f"/readings/{number}/drop").status_code in (404, 422)
    upload = a_docx("Điều 1. Một\nHai", footer="MẬT")
    refused = mai.send("/readings", {"upload": SimpleUploadedFile(upload.name, upload.content)})
    assert (refused.status_code, refused.json()["code"]) == (422, "secret-mark")
    assert mai.post(f"/readings/{number}/drop").status_code == 200
    assert mai.get(f"/readings/{number}").json()["clauses"] == []
