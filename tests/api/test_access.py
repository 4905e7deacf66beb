"""Who may ask at all, and what a machine is told that may not."""

from __future__ import annotations

import uuid
from datetime import timedelta

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from phoihop.api.access import A_SECOND, AT_ONCE, Pace
from phoihop.api.problems import Halt
from phoihop.domain.models import ApiToken
from tests.domain.activities.steps import planned
from tests.world import NOON


def test_a_request_without_a_token_is_told_how_to_send_one(db):
    answer = Client().get("/api/v1/self")
    assert (answer.status_code, answer["Content-Type"], answer["WWW-Authenticate"]) == (401, "application/problem+json", "Bearer")
    assert (answer.json()["code"], answer.json()["title"]) == ("no-token", "Cần mã truy cập")


def test_the_token_tells_its_post_and_what_it_may_do(w, machine):
    told = machine(w.lan).get("/self").json()
    assert told["post"]["title"] == "lan"
    assert told["post"]["unit"]["id"] == w.police_song.key
    assert "patrol.plan" in told["permissions"] and "unit.manage" not in told["permissions"]


def test_a_request_asks_for_its_token_once(w, machine):
    a, lan = planned(w), machine(w.lan)
    note = {"text": "Đã tới cầu", "private": False}
    calls = [
        lambda: lan.get(f"/patrols/{a.matter.code}"),
        lambda: lan.get("/units", headers={"Accept-Language": "en"}),
        lambda: lan.post(f"/matters/{a.matter.code}/notes", note),
        lambda: lan.post(f"/matters/{a.matter.code}/notes", note, headers={"Idempotency-Key": str(uuid.uuid4())}),
        lambda: Client().get("/api/v1/units", headers={"Authorization": "Bearer phoihop_unknown"}),
    ]
    asked = []
    for call in calls:
        with CaptureQueriesContext(connection) as found:
            status = call().status_code
        asked.append((status, sum('FROM "phoihop_apitoken"' in query["sql"] for query in found)))
    assert asked == [(200, 1), (200, 1), (200, 1), (200, 1), (401, 1)]


def test_a_token_that_was_taken_back_ran_out_or_whose_post_ended_opens_nothing(w, machine, clock):
    lan, binh, mai = machine(w.lan), machine(w.binh), machine(w.mai)
    ApiToken.objects.filter(post=w.lan).update(revoked_at=NOON)
    ApiToken.objects.filter(post=w.binh).update(expires_at=NOON - timedelta(minutes=1))
    w.mai.valid_until = NOON.date()
    w.mai.save()
    assert [one.get("/self").status_code for one in (lan, binh, mai)] == [401, 401, 401]


def test_a_browser_that_is_signed_in_has_no_say_here(w):
    browser = Client()
    session = browser.session
    session["post"] = w.lan.pk
    session.save()
    assert browser.post("/api/v1/patrols", {}, content_type="application/json").status_code == 401


def test_sentences_come_in_the_language_asked_for_and_codes_stay(w, machine):
    missing = f"/tasks/{uuid.uuid4()}"
    answers = [machine(w.lan).get(missing, headers={"Accept-Language": language}) for language in ("vi", "en", "fr, en;q=0.5")]
    assert [a["Content-Language"] for a in answers] == ["vi", "en", "en"]
    assert {a.json()["code"] for a in answers} == {"no-such-task"}


def test_without_a_wish_the_holders_language_is_spoken(w, machine):
    w.lan.user.language = "en"
    w.lan.user.save()
    assert machine(w.lan).get("/self")["Content-Language"] == "en"


def test_who_asks_too_fast_waits_and_is_told_how_long():
    seconds = [0.0]
    pace = Pace(lambda: seconds[0])
    for _n in range(int(AT_ONCE)):
        pace.take(7)
    refused = None
    try:
        pace.take(7)
    except Halt as halt:
        refused = halt
    assert refused is not None and (refused.status, refused.more["retry"]) == (429, 1)
    pace.take(8)
    seconds[0] = 2 / A_SECOND
    pace.take(7)


def test_too_many_requests_are_answered_429_with_retry_after(w, machine, monkeypatch):
    monkeypatch.setattr("phoihop.api.access.AT_ONCE", 2.0)
    monkeypatch.setattr("phoihop.api.access.A_SECOND", 0.001)
    answers = [machine(w.lan).get("/self") for _n in range(4)]
    assert answers[-1].status_code == 429
    assert int(answers[-1]["Retry-After"]) >= 1


def test_an_answer_that_did_not_change_is_not_sent_again(w, machine):
    first = machine(w.lan).get("/areas/86")
    again = machine(w.lan).get("/areas/86", headers={"If-None-Match": first["ETag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_what_cannot_be_read_says_so(w, machine):
    lan = machine(w.lan)
    broken = lan.client.post("/api/v1/patrols", "{", content_type="application/json", headers=lan.headers)
    xml = lan.client.post("/api/v1/patrols", "<a/>", content_type="application/xml", headers=lan.headers)
    plain = lan.post("/imports", {})
    assert [(a.status_code, a.json()["code"]) for a in (broken, xml, plain)] == [(400, "unreadable"), (415, "media-type"), (415, "media-type")]


def test_a_body_larger_than_the_node_takes_is_refused_by_its_length(w, machine, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1000
    answer = machine(w.lan).post("/patrols", {"why": "x" * 2000})
    assert (answer.status_code, answer["Content-Type"], answer.json()["code"]) == (413, "application/problem+json", "too-large")


def test_an_address_or_a_method_that_is_not_there_is_a_problem_too(w, machine):
    lan = machine(w.lan)
    assert (lan.get("/nothing").json()["code"], lan.get("/nothing").status_code) == ("no-such-address", 404)
    wrong = lan.client.delete("/api/v1/self", headers=lan.headers)
    assert (wrong.status_code, wrong.json()["code"], wrong["Allow"]) == (405, "no-such-method", "GET")
