"""Norms through the API: what holds where, laid down and withdrawn; a text drafted from the one above, and where it differs."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.cascade import ask_below
from phoihop.domain.agreements.actions.instruments import lay
from phoihop.domain.agreements.rules.instruments import shipped
from phoihop.kernel.period import local_day
from tests.domain.agreements.registered import holding
from tests.world import person, unit

SAID = {"norm": "brief-commune", "area": "29001", "value": "quarter", "why": "Xã đảo", "valid_from": "2026-01-01", "instrument": "nd-168-2018"}


def test_a_value_is_laid_down_read_and_withdrawn(w, machine):
    lay(*shipped())
    here = machine(person("ủy ban", unit(w.forces["UB"], "xa", w.song, "UBND xã Sông"), "staff"))
    weaker = here.post("/local-norms", SAID | {"norm": "need-lead", "value": "0"})
    assert (weaker.status_code, weaker.json()["code"]) == (422, "weaker-than-law")
    done = here.post("/local-norms", SAID)
    assert done.status_code == 200, done.content
    told = {one["norm"]: one for one in machine(w.mai).get("/norms", area="86").json()}["brief-commune"]
    assert (told["holds"], told["shipped"], [(b["area"]["name"], b["value"], b["instrument"]) for b in told["below"]]) == (
        "month", "month", [("Sông", "quarter", "nd-168-2018")],
    )  # fmt: skip
    assert {one["norm"]: one["holds"] for one in machine(w.lan).get("/norms", area="29001").json()}["brief-commune"] == "quarter"
    number = done.json()["records"][0]["id"]
    assert machine(w.lan).post(f"/local-norms/{number}/withdraw", {"reason": "Không hợp"}).status_code == 403
    assert here.post(f"/local-norms/{number}/withdraw", {"reason": "Đã có cầu"}).status_code == 200
    rows = machine(w.lan).get("/local-norms", area="86", norm="brief-commune").json()["items"]
    assert [(row["withdrawn_on"], row["withdrawal"]) for row in rows] == [(local_day(timezone.now()).isoformat(), "Đã có cầu")]


def test_a_text_is_drafted_from_the_one_above_and_read_where_it_differs(w, machine):
    upper = holding(w)
    (adoption,) = ask_below(by=w.mai, agreement=upper, units=[w.police_song], due_on=local_day(timezone.now()) + timedelta(days=9), at=timezone.now())
    draft = {"title": "Quy chế của xã Sông", "valid_from": date(2026, 7, 1).isoformat()}
    done = machine(w.lan).post(f"/adoptions/{adoption.pk}/draft", {"draft": draft})
    assert done.status_code == 200, done.content
    assert m.Adoption.objects.get(pk=adoption.pk).own.matter.code == done.json()["records"][0]["id"]
    assert machine(w.lan).get(f"/agreements/{upper.matter.code}/variations").json() == []
