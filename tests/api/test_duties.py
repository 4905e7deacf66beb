"""Duties through the API: the matrix, what an agreement lacks, what falls due, the act that met it, compliance, coverage, more time."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.agreements.actions.opening import open_due
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.matters.actions.opening import Opening, open_matters
from phoihop.kernel.period import local_day
from tests.domain.agreements.agreed import a_regulation
from tests.domain.agreements.duties import agreed, meeting

BEGAN = local_day(timezone.now()).replace(day=1, month=1)
YEAR = {"area": "86", "first": BEGAN.isoformat(), "until": date(BEGAN.year + 1, 1, 1).isoformat()}


@pytest.fixture
def falling(w):
    made = agreed(w, meeting(w), began=BEGAN)
    while open_due(by=w.node, at=timezone.now()):
        pass
    return made


def test_the_duties_in_force_and_those_of_one_text_and_what_it_lacks(w, machine, falling):
    code = falling.matter.code
    for address in ("/duties", f"/agreements/{code}/duties"):
        lines = machine(w.lan).get(address).json()
        assert [(line["content"], line["duty"]["act"], [r["role"] for r in line["duty"]["roles"]]) for line in lines] == [
            ("trattu", "brief", ["lead", "support"])
        ]
    assert "no-contact" in {one["code"] for one in machine(w.lan).get(f"/agreements/{code}/lacks").json()}


def test_what_falls_due_is_met_by_an_act_that_is_shown_and_taken_away(w, machine, falling):
    lan = machine(w.lan)
    found = lan.get("/occasions", **YEAR).json()["items"][0]
    held = open_matters(kind="GB", openings=[Opening(w.police_song, w.song)], at=timezone.now())[0]
    done = lan.post(f"/occasions/{found['id']}/acts", {"matter": held.code})
    assert done.status_code == 200, done.content
    met = lan.get(f"/occasions/of/{found['task']['id']}").json()
    assert (met["state"], [a["matter"]["id"] for a in met["acts"]]) == ("closed", [held.code])
    assert lan.post(f"/occasion-acts/{met['acts'][0]['id']}/take-away", {}).status_code == 200
    assert machine(w.tu).get(f"/occasions/of/{found['task']['id']}").status_code == 404


def test_compliance_and_coverage_are_counted(w, machine, falling):
    cells = machine(w.mai).get("/compliance", **YEAR).json()
    assert [(c["area"]["name"], c["column"]) for c in cells] == [("Sông", "trattu")]
    assert cells[0]["waiting"] + cells[0]["ahead"] + cells[0]["overdue"] + cells[0]["done"] == m.Occasion.objects.filter(until__lte=YEAR["until"]).count()
    gaps = {g["content"]: [a["name"] for a in g["areas"]] for g in machine(w.mai).get("/coverage", area="86").json()}
    assert (gaps["trattu"], gaps["thongtin"]) == (["Đất"], ["Sông", "Đất"])


def test_a_clause_is_laid_down(w, machine):
    made = a_regulation(w, timezone.now())
    duty = {"act": "drill", "level": "commune", "cadence": "quarter", "roles": [{"role": "lead", "force": "CA"}]}
    body = {"clause": 1, "duties": [duty], "seen": digest_now(current(made))}
    address = f"/agreements/{made.matter.code}/duties"
    done = machine(w.lan).post(address, body)
    assert done.status_code == 200, done.content
    assert [line["duty"]["act"] for line in machine(w.lan).get(address).json()] == ["drill", "patrol"]
    again = body | {"duties": [duty | {"roles": []}], "seen": digest_now(current(made))}
    assert (machine(w.lan).post(address, again).json()["code"], machine(w.lan).post(address, again).status_code) == ("no-lead", 422)


def test_several_tasks_are_given_at_once_and_more_time_is_asked_for_and_refused(w, machine):
    due = (timezone.now() + timedelta(days=3)).isoformat()
    drafts = [{"matter": None, "what": f"Rà soát bến đò {n}", "lead": w.police_song.key, "due_at": due, "source": "directive"} for n in (1, 2)]
    codes = [r["id"] for r in machine(w.mai).post("/tasks/many", {"drafts": drafts}).json()["records"]]
    later = (timezone.now() + timedelta(days=5)).isoformat()
    asked = machine(w.lan).post(f"/tasks/{codes[0]}/ask-extension", {"due_at": later, "reason": "Chờ nước rút"})
    assert asked.status_code == 200, asked.content
    number = machine(w.mai).get(f"/tasks/{codes[0]}").json()["extensions"][0]["id"]
    assert machine(w.mai).post(f"/extensions/{number}/answer", {"grants": False, "reason": "Việc gấp"}).status_code == 200
    assert machine(w.lan).get(f"/tasks/{codes[0]}").json()["extensions"][0]["answer"] == "Việc gấp"
