"""Codes are minted without gaps or doubles and the journal stays one chain, however many write at once: with real connections."""

import threading

import pytest
from django.db import connection

from phoihop.domain import models as m
from phoihop.domain.activities.actions.planning import plan
from phoihop.domain.matters.actions.opening import mint
from phoihop.domain.matters.queries.proof import verify
from phoihop.kernel.spoken import Spoken, parse, uid_of
from tests.world import NOON, a_draft, at, songdat

THREADS, EACH = 2, 8


@pytest.mark.django_db
def test_codes_count_up_within_kind_and_year():
    songdat()
    assert mint("TT", NOON, 2) + mint("VV", NOON) + mint("TT", NOON) == [
        str(Spoken(kind, 2026, "PH86", n)) for kind, n in (("TT", 1), ("TT", 2), ("VV", 1), ("TT", 3))
    ]


@pytest.mark.django_db
def test_the_year_of_a_code_is_that_of_vietnam():
    songdat()
    assert [parse(code).year for code in mint("TT", at(31, 23, 59, month=12)) + mint("TT", at(31, 23, 59, month=12).replace(hour=0))] == [2026, 2026]


@pytest.mark.django_db
def test_the_identity_of_a_matter_follows_from_its_code():
    w = songdat()
    matter = plan(by=w.lan, draft=a_draft(w), at=NOON).matter
    assert (matter.uid, matter.home) == (uid_of(matter.code), "PH86")


def at_once(work):
    """Run ``work(n)`` in threads with a connection each, all starting together; what it raised, if anything."""
    start, problems = threading.Barrier(THREADS), []

    def run(n):
        try:
            start.wait()
            work(n)
        except Exception as problem:
            problems.append(problem)
        finally:
            connection.close()

    running = [threading.Thread(target=run, args=[n]) for n in range(THREADS)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return problems


def test_two_who_write_at_once_get_codes_without_gaps_and_one_chain(transactional_db):
    w = songdat()

    def work(n):
        for _ in range(EACH):
            plan(by=(w.lan, w.mai)[n], draft=a_draft(w, parties=draft_parties(w, n)), at=NOON)

    assert at_once(work) == []
    numbers = range(1, THREADS * EACH + 1)
    assert list(m.Matter.objects.order_by("pk").values_list("code", flat=True)) == [str(Spoken("TT", 2026, "PH86", n)) for n in numbers]
    assert list(m.Event.objects.order_by("seq").values_list("seq", flat=True)) == list(numbers)
    assert list(verify()) == []


def draft_parties(w, n):
    first = (w.police_song, w.police)[n]
    return [type(p)(first if i == 0 else p.unit, p.people) for i, p in enumerate(a_draft(w).parties)]
