from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import plan
from phoihop.domain.tasks.actions import give
from phoihop.domain.tasks.rules import TaskDraft
from tests.world import a_draft

pytestmark = pytest.mark.django_db


def planned(w, hours=2.0, long=2, **change):
    """A patrol of the police of Sông with its militia, some hours from now."""
    start = timezone.now() + timedelta(hours=hours)
    return plan(by=w.lan, draft=a_draft(w, start=start, end=start + timedelta(hours=long), **change), at=timezone.now() - timedelta(days=2))


def text(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", response.content.decode()))


def test_the_sentence_comes_first_and_its_numbers_open(w, as_post):
    planned(w)
    page = as_post(w.lan).get("/?dv=29001")
    assert page.status_code == 200
    body = page.content.decode()
    assert body.index('id="situation"') < body.index('id="hang-doi"')
    assert '<a class="" href="?dv=29001&amp;tt=tat-ca#bang">1 cuộc tuần tra chung</a>' in body


@pytest.mark.parametrize("n", [1, 100])
def test_a_board_costs_at_most_twelve_queries(w, as_post, n):
    for _ in range(n):
        a = planned(w)
        if n == 1 or _ % 3 == 0:
            give(by=w.lan, draft=TaskDraft(a.matter, "Sửa đèn", w.militia_song, timezone.now() + timedelta(days=1)), at=timezone.now())
    client = as_post(w.binh)
    client.get("/")
    with CaptureQueriesContext(connection) as caught:
        assert client.get("/").status_code == 200
    print(len(caught))
    for q in caught:
        print(q["sql"][:230])
    assert len(caught) <= 12
