"""Plans and teams through the API, as a machine of a unit would use it."""

from __future__ import annotations

import json

from django.core.files.uploadedfile import SimpleUploadedFile

from phoihop.domain import models as m
from phoihop.domain.agreements.queries.versions import current, digest_now
from tests.domain.agreements.planned import a_flood_plan, an_event_plan, arranged, signed, the_posts, the_steps
from tests.domain.agreements.signed_pdf import pdf
from tests.world import at as day


def test_a_plan_is_arranged_and_read_again(w, machine):
    plan = a_flood_plan(w)
    step = {"what": "Báo các ấp", "within_minutes": 30, "roles": [{"role": "lead", "unit": w.militia_song.key}, {"role": "support", "force": "CA"}]}
    laid = {"phases": [{"name": "Báo động", "steps": [step]}], "needs": [{"spot": "phuongtien", "kind": "xuong", "amount": 5}]}
    lan = machine(w.lan)
    at = f"/agreements/{plan.matter.code}"
    wrong = lan.post(f"{at}/arrange", {"arrangement": laid, "seen": "0" * 64})
    assert (wrong.status_code, wrong.json()["code"]) == (409, "changed-meanwhile")
    done = lan.post(f"{at}/arrange", {"arrangement": laid, "seen": digest_now(current(plan))})
    assert done.status_code == 200, done.content
    there = lan.get(f"{at}/arrangement").json()
    assert [(s["what"], s["within_minutes"], [(r["role"], r["force"]) for r in s["roles"]]) for s in there["phases"][0]["steps"]] == [
        ("Báo các ấp", 30, [("lead", None), ("support", "CA")])
    ]
    assert there["needs"] == [{"spot": "phuongtien", "kind": "xuong", "amount": 5, "has": None, "short": None}]


def test_posts_are_told_to_who_takes_part_only(w, machine):
    plan = an_event_plan(w)
    arranged(w, plan, the_posts(w))
    plan = signed(w, plan)
    at = f"/agreements/{plan.matter.code}/arrangement"
    whole, follows = machine(w.binh).get(at).json(), machine(w.thu).get(at).json()
    assert (len(whole["posts"]), len(follows["posts"]), follows["hidden"], follows["people"]) == (2, 0, 2, 10)
    proofs = [machine(by).get(f"/agreements/{plan.matter.code}/proof") for by in (w.binh, w.thu)]
    assert [(told.status_code, told.json().get("code")) for told in proofs] == [(200, plan.matter.code), (422, "posts-hidden")]
    check = whole["checks"][0]["id"]
    assert machine(w.binh).post(f"/checks/{check}/tick", {}).status_code == 200
    assert machine(w.binh).get(at).json()["checks"][0]["done_at"] is not None
    assert machine(w.tu).post(f"/checks/{check}/tick", {}).status_code == 404


def test_a_team_a_practice_and_the_plan_opened(w, machine, clock):
    plan = a_flood_plan(w)
    arranged(w, plan, the_steps(w))
    plan = signed(w, plan)
    at = f"/agreements/{plan.matter.code}"
    members = [{"unit": w.police_song.key, "role": "lead", "people": 3}, {"unit": w.militia_song.key, "role": "support", "people": 2}]
    team = {"name": "Tổ kè", "mandate": "Tuần kè", "valid_from": "2026-06-01", "valid_until": "2027-06-01", "members": members}
    formed = machine(w.lan).post(f"{at}/teams", {"team": team})
    assert formed.status_code == 200, formed.content
    place = m.TaskTeamMember.objects.get(unit=w.militia_song)
    refused = machine(w.binh).post(f"/members/{place.pk}/answer", {"accepts": False})
    assert (refused.json()["code"], refused.json()["field"]) == ("reason-missing", "reason")
    assert machine(w.binh).post(f"/members/{place.pk}/answer", {"accepts": True}).status_code == 200
    assert [[p["accepted"] for p in t["members"]] for t in machine(w.lan).get(f"{at}/teams").json()] == [[True, True]]
    told = {"data": json.dumps({"practice": {"held_on": "2026-06-01", "people": 60, "goals": 4, "met": 3}})}
    held = machine(w.lan).send(f"{at}/practise", told | {"proofs": SimpleUploadedFile("bien-ban.pdf", pdf("Biên bản luyện tập"))})
    assert held.status_code == 200, held.content
    assert [(p["met"], p["note"], p["proof"]["name"]) for p in machine(w.lan).get(f"{at}/practices").json()] == [(3, None, "bien-ban.pdf")]
    assert machine(w.lan).get(f"{at}/laid-out").json() == [], "it is in force from 15 June"
    clock.now = day(20, 8)
    assert [(one["what"], one["lead"]["id"]) for one in machine(w.lan).get(f"{at}/laid-out").json()] == [
        ("Báo các ấp ven sông", w.militia_song.key),
        ("Đưa dân về trường học", w.police_song.key),
    ]
    opened = machine(w.lan).post(f"{at}/lay-out", {})
    assert [one["kind"] for one in opened.json()["records"]] == ["task", "task"]
