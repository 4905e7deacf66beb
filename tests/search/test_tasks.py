"""Tasks by their words: who may see one finds it, both ways of typing, one row for a wording however many tasks have it, nothing of what was erased."""

from datetime import date, timedelta

import pytest
from django.db import connection

from phoihop.domain import models as m
from phoihop.domain.matters.actions.erasing import agree_recall, ask_recall
from phoihop.domain.matters.actions.node import erase_due
from phoihop.domain.tasks.actions import give
from phoihop.domain.tasks.models import Task
from phoihop.domain.tasks.queries.queue import own, seen_by, waiting_for
from phoihop.domain.tasks.rules import MilitiaDraft, TaskDraft
from phoihop.search import keeping, tasks
from tests.domain.activities.steps import planned
from tests.domain.agreements.duties import agreed, meeting, open_all
from tests.world import NOON, at, person, songdat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def caught_up():
    while keeping.catch_up():
        continue


def given(w, by=None, **change):
    plain = {"matter": None, "what": "Cắm biển cảnh báo ở bến Cồn Ngang", "lead": w.militia_song, "due_at": at(9, 17)}
    return give(by=by or w.lan, draft=TaskDraft(**plain | change), at=NOON)


def hits(post, typed, on=TODAY):
    return list(tasks.found(post, typed, on).order_by("pk"))


def rows():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM search_tasks")
        return cursor.fetchone()[0]


@pytest.mark.parametrize(
    "typed", ["biển cảnh báo", "bien canh bao", "CẢNH BÁO", "canh ba", "“biển cảnh báo”"], ids=["marks", "none", "capitals", "begun", "phrase"]
)
def test_a_task_is_found_with_and_without_diacritics(typed):
    w = songdat()
    task = given(w)
    caught_up()
    assert hits(w.binh, typed) == [task]
    assert hits(w.binh, f"{typed} nghêu") == []


def test_who_gave_it_leads_it_helps_or_must_consent_finds_it_and_nobody_else():
    w = songdat()
    militia = MilitiaDraft(20, at(8, 18), at(8, 23))
    task = given(w, supports=[w.station], militia=militia)
    caught_up()
    found = {name: hits(getattr(w, name), "cảnh báo") for name in ("lan", "binh", "hai", "dung", "mai", "phuong", "thu", "tu", "quan")}
    assert {name for name, tasks_ in found.items() if tasks_ == [task]} == {"lan", "binh", "hai", "dung", "mai"}
    assert [name for name, tasks_ in found.items() if tasks_ not in ([], [task])] == []


def test_the_search_finds_exactly_what_is_seen():
    w = songdat()
    patrol = planned(w)
    given(w, matter=patrol.matter, lead=w.police_dat)
    given(w, by=w.mai, lead=w.police_dat)
    given(w, by=w.dung, lead=w.militia_song)
    given(w, by=w.tu, lead=w.strangers)
    caught_up()
    for post in (w.lan, w.binh, w.hai, w.mai, w.dung, w.phuong, w.thu, w.tu, w.quan, w.van):
        assert hits(post, "canh bao") == list(seen_by(post, TODAY).order_by("pk")), post


def test_among_tasks_that_are_seen_anyway_the_words_alone_are_asked_for():
    w = songdat()
    patrol = planned(w)
    given(w, matter=patrol.matter, lead=w.police_dat)
    given(w, by=w.mai, lead=w.police_dat, what="Báo cáo cảnh giới")
    given(w, supports=[w.station])
    caught_up()
    for post in (w.lan, w.binh, w.hai, w.mai, w.dung, w.thu, w.tu):
        for seen in (own(post, TODAY), waiting_for(post, TODAY)):
            both = set(hits(post, "canh bao")) & set(seen)
            assert set(tasks.among(seen, "canh bao")) == both, post
    asked = str(tasks.among(own(w.mai, TODAY), "canh").query)
    assert (tasks.among(own(w.mai, TODAY), " ").count(), asked.count("FROM search_tasks"), "participation" in asked) == (0, 1, False)


def test_what_is_laid_down_for_every_commune_is_one_row_and_found_by_each_with_its_own():
    w = songdat()
    agreed(w, meeting(w))
    open_all(w, NOON)
    caught_up()
    wordings = Task.objects.values("what").distinct().count()
    assert (rows(), Task.objects.count() >= wordings > 1) == (wordings, True)
    assert set(hits(w.lan, "giao ban")) == set(seen_by(w.lan, TODAY))


def test_a_recalled_wording_leaves_the_index():
    w = songdat()
    task = given(w)
    caught_up()
    recall = ask_recall(by=w.lan, matter=task.matter, text=task.what, reason="Có số liệu không được phép.", at=NOON)
    agree_recall(by=person("trưởng", w.police_song, "commander"), recall=recall, at=NOON)
    caught_up()
    assert (hits(w.lan, "cảnh báo"), rows()) == ([], 0)


def test_what_the_node_erased_leaves_the_index_and_the_rest_stays():
    w = songdat()
    given(w)
    kept = given(w, what="Cảnh báo sạt lở")
    m.Body.objects.filter(pk=kept.what_id).update(keep_until=None)
    caught_up()
    erase_due(by=w.node, at=NOON + timedelta(days=1900))
    caught_up()
    assert hits(w.lan, "cảnh báo") == [kept]


def test_it_is_made_anew_from_the_journal():
    w = songdat()
    task = given(w)
    agreed(w, meeting(w))
    open_all(w, NOON)
    caught_up()
    before = rows()
    tasks.clear()
    assert hits(w.lan, "cảnh báo") == []
    keeping.rebuild()
    assert (rows(), hits(w.lan, "cảnh báo")) == (before, [task])
