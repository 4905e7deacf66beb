import itertools
from datetime import timedelta

import pytest

from phoihop.domain import models as m
from phoihop.domain.activities import rules
from phoihop.domain.activities.queries.patrols import patrols, with_state
from phoihop.domain.activities.rules import STATE_NAMES, Grace, State, counts, exact, plan_counts, plan_day, state
from phoihop.domain.matters.actions.opening import Asked, Opening, open_matters
from phoihop.domain.matters.rules import Sight
from phoihop.kernel.period import local_day
from tests.world import NOON, at, songdat

START, END = at(1, 20), at(1, 22)
GRACE = Grace(late=timedelta(minutes=30), missing=timedelta(minutes=60))
ANY = None

# The clock, as the table reads it: before the patrol is late, late, after its result is missing.
EARLY, LATE, OVER = at(1, 20, 30), at(1, 20, 31), at(1, 23, 1)

#   cancelled claim disputed confirmed clock started ready → state; the first row that fits holds
TABLE = [
    (True, ANY, ANY, ANY, ANY, ANY, ANY, State.CANCELLED),
    (False, "not_held", True, ANY, ANY, ANY, ANY, State.DISPUTED),
    (False, "not_held", False, ANY, ANY, ANY, ANY, State.NOT_HELD),
    (False, "held", True, ANY, ANY, ANY, ANY, State.DISPUTED),
    (False, "held", False, True, ANY, ANY, ANY, State.HELD),
    (False, "held", False, False, ANY, ANY, ANY, State.WAITING),
    (False, "", ANY, ANY, OVER, ANY, ANY, State.MISSING),
    (False, "", ANY, ANY, EARLY, True, ANY, State.UNDER_WAY),
    (False, "", ANY, ANY, LATE, True, ANY, State.UNDER_WAY),
    (False, "", ANY, ANY, LATE, False, ANY, State.LATE),
    (False, "", ANY, ANY, EARLY, False, True, State.READY),
    (False, "", ANY, ANY, EARLY, False, False, State.PLANNED),
]
CASES = list(itertools.product((True, False), ("", "held", "not_held"), (True, False), (True, False), (EARLY, LATE, OVER), (True, False), (True, False)))


def expected(case):
    return next(row[-1] for row in TABLE if all(cell is ANY or cell == given for cell, given in zip(row, case, strict=False)))


def row_of(cancelled, claim, disputed, confirmed, started, recorder=1, **more):
    """A row of the table as a record; whether parties are ready stands on its matter."""
    times = {"started_at": START, "ended_at": END} if claim == "held" else {"started_at": START if started else None}
    result = {"result_at": END, "recorder_id": recorder} if claim else {}
    return m.Activity(
        route_kind="road", day=local_day(START), planned_start=START, planned_end=END, cancelled_at=END if cancelled else None, claim=claim,
        disputed=int(disputed), confirmed=int(confirmed), **times, **result, **more,
    )  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=lambda case: "-".join(str(cell) for cell in case))
def test_what_a_patrol_is_follows_from_its_row_and_the_clock(case):
    cancelled, claim, disputed, confirmed, now, started, ready = case
    a = row_of(cancelled, claim, disputed, confirmed, started, matter=m.Matter(willing=2 if ready else 0, waiting=0))
    assert state(a, now, GRACE) is expected(case)


@pytest.mark.parametrize(
    ("willing", "waiting", "found"),
    [(0, 0, State.PLANNED), (0, 1, State.PLANNED), (1, 1, State.PLANNED), (1, 0, State.READY), (3, 0, State.READY)],
)
def test_ready_is_when_somebody_comes_and_nobody_is_silent(willing, waiting, found):
    assert state(row_of(False, "", False, False, False, matter=m.Matter(willing=willing, waiting=waiting)), NOON) is found


def test_the_clock_alone_never_says_held():
    rows = [row_of(False, "", False, False, started, matter=m.Matter(willing=1, waiting=0)) for started in (True, False)]
    moments = [START + timedelta(minutes=n) for n in range(-600, 6000, 7)]
    assert {state(a, now, GRACE) for a in rows for now in moments} == {State.READY, State.LATE, State.UNDER_WAY, State.MISSING}


def test_every_state_has_a_name():
    assert set(STATE_NAMES) == set(State)


@pytest.mark.parametrize(
    ("cancelled", "claim", "disputed", "confirmed", "stands"),
    [
        (False, "held", False, True, True),
        (False, "held", False, False, False),
        (False, "held", True, True, False),
        (True, "held", False, True, False),
        (False, "not_held", False, True, False),
        (False, "", False, False, False),
    ],
)
def test_what_counts_is_claimed_by_the_lead_confirmed_by_another_and_disputed_by_none(cancelled, claim, disputed, confirmed, stands):
    assert counts(row_of(cancelled, claim, disputed, confirmed, True)) is stands


@pytest.mark.parametrize(
    ("planned", "cancelled_at", "stands"),
    [
        (True, None, True),
        (True, at(31, 23, 59, month=5), False),
        (True, at(1, 0, 0), True),
        (True, at(2, 8), True),
        (False, None, False),
    ],
)
def test_a_plan_counts_unless_it_was_cancelled_before_its_day(planned, cancelled_at, stands):
    a = row_of(False, "", False, False, False, planned=planned)
    a.cancelled_at = cancelled_at
    assert plan_counts(a) is stands


def test_the_day_of_a_plan_is_that_of_vietnam_and_does_not_move_with_the_start():
    a = row_of(False, "held", False, True, True)
    a.planned_start, a.started_at = at(1, 23, 50), at(2, 0, 10)
    assert plan_day(a) == local_day(at(1, 12))


UNDER_WAY = (State.PLANNED, State.READY, State.LATE, State.UNDER_WAY)


@pytest.mark.parametrize("now_is", list(State))
@pytest.mark.parametrize("seen", list(Sight))
def test_route_time_and_strength_stay_with_who_takes_part_until_it_is_over(now_is, seen):
    shown = {Sight.WHOLE: True, Sight.SHARED: now_is not in UNDER_WAY, Sight.GRANTED: now_is not in UNDER_WAY}
    assert exact(now_is, seen) is shown.get(seen, False)


MOMENTS = [
    NOON,
    START,
    START + GRACE.late,
    START + GRACE.late + timedelta(microseconds=1),
    END,
    END + GRACE.missing,
    END + GRACE.missing + timedelta(microseconds=1),
    END + timedelta(days=30),
]


def grid(w, lead, asked=()):
    """A patrol for every row that the database allows, led by a unit; whether parties are ready varies, too."""
    rows = list(itertools.product((True, False), ("", "held", "not_held"), (True, False), (True, False), (True, False), (0, 1), (0, 1)))
    openings = [Opening(lead, w.song, asked=asked) for _ in rows]
    matters = open_matters(kind="TT", openings=openings, at=NOON)
    for matter, (*_, willing, waiting) in zip(matters, rows, strict=True):
        matter.willing, matter.waiting = willing, waiting
    m.Matter.objects.bulk_update(matters, ["willing", "waiting"])
    made = [row_of(*row[:5], matter=matter, recorder=lead.pk) for matter, row in zip(matters, rows, strict=True)]
    return m.Activity.objects.bulk_create(made)


@pytest.mark.django_db
def test_the_query_says_what_the_rule_says_for_every_row_and_clock():
    w = songdat()
    rows = grid(w, w.police_song)
    for now in MOMENTS:
        found = dict(with_state(m.Activity.objects.all(), now, GRACE).values_list("pk", "state"))
        assert found == {a.pk: state(a, now, GRACE).value for a in rows}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("poster", "seen"),
    [("lan", Sight.WHOLE), ("binh", Sight.WHOLE), ("hai", Sight.TITLE), ("thu", Sight.SHARED), ("mai", Sight.SHARED), ("tu", Sight.GRANTED)],
)
def test_what_the_query_shows_exactly_is_what_the_rule_shows(poster, seen):
    w = songdat()
    rows = grid(w, w.police_song, [Asked(w.militia_song), Asked(w.front_song, "inform"), Asked(w.station)])
    m.Participation.objects.filter(unit=w.station).update(state="declined", answered_at=NOON)
    m.Grant.objects.bulk_create([m.Grant(matter_id=a.matter_id, unit=w.strangers, basis="QC 01") for a in rows])
    for now in MOMENTS:
        found = patrols(getattr(w, poster), now, GRACE, local_day(NOON)).values_list("pk", "sight", "exact")
        assert {pk: (sight, shown) for pk, sight, shown in found} == {a.pk: (int(seen), rules.exact(state(a, now, GRACE), seen)) for a in rows}


@pytest.mark.django_db
@pytest.mark.parametrize("poster", ["phuong", "van", "quan"])
def test_a_stranger_sees_no_patrol(poster):
    w = songdat()
    grid(w, w.police_song)
    assert list(patrols(getattr(w, poster), NOON, GRACE, local_day(NOON))) == []
