"""A small demo on the real ground: three communes, ninety days, every state, from the same actions; the rest behind, also after a cut."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from types import SimpleNamespace

import pytest
from django.db import connection, transaction

from phoihop.demo import behind, hands
from phoihop.demo.behind import steps
from phoihop.demo.founding import LOGINS, found_node
from phoihop.demo.load import Loaded, live
from phoihop.demo.scale import Scale
from phoihop.domain import models as m
from phoihop.domain.activities.rules import state
from phoihop.domain.figures.actions import projection
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.people.queries import demo_logins
from phoihop.domain.people.queries.accounts import knock
from phoihop.domain.people.rules import DEMO_PASSWORD
from phoihop.kernel import memo
from phoihop.kernel.period import HOME
from phoihop.kernel.secret import Secret

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

NOW = datetime(2026, 11, 22, 8, 40, tzinfo=HOME)
SCALE = Scale(NOW.date(), held=240, days=90, near=20, ahead=8, communes=3)

EXPECTED = {
    "held": 48, "ready": 16, "planned": 11, "under-way": 4, "waiting": 4, "not-held": 3, "cancelled": 2, "missing": 2, "late": 2, "disputed": 1,
}  # fmt: skip
EXPECTED_BEHIND = 192


@pytest.fixture(scope="module", autouse=True)
def ground(django_db_setup: None, django_db_blocker: pytest.FixtureRequest) -> Iterator[SimpleNamespace]:
    """The province founded and its small demo loaded, once for the module. What a test adds is rolled back.

    What was loaded refers to what is there: that is looked at here, or each test would look at all of it again when it ends.
    """
    said: list[str] = []
    with django_db_blocker.unblock(), transaction.atomic():  # type: ignore[attr-defined]
        node = found_node("PH86", "Minh họa", "00" * 32, SCALE.founded, said.append)
        memo.forget_all()
        with transaction.atomic():
            first = _first_life(node)
            transaction.set_rollback(True)
        memo.forget_all()
        loaded = live(node, SCALE, NOW, said.append)
        connection.check_constraints()
        yield SimpleNamespace(node=node, said=said, loaded=loaded, first=first)
        transaction.set_rollback(True)
        memo.forget_all()


def _first_life(node: m.Post) -> tuple[Loaded, list[object]]:
    """A first time, rolled back again: the second must be the same."""
    loaded = live(node, SCALE, NOW, lambda sentence: None)
    return loaded, records()


def records() -> list[object]:
    """What was made, without codes, keys and salts."""
    columns = (
        "route__code", "matter__lead__key", "planned_start", "planned_end", "claim", "started_at", "ended_at", "confirmed", "disputed", "armed",
        "cancelled_at", "result_at", "matter__waiting", "matter__willing", "why__text",
    )  # fmt: skip
    rows = m.Activity.objects.order_by("planned_start", "matter__lead__key", "route__code", "pk")
    strengths = m.Strength.objects.order_by("activity__planned_start", "unit__key", "activity__route__code", "pk")
    return [
        *rows.values_list(*columns),
        *strengths.values_list("unit__key", "people", "teams", "own_people"),
        *m.Task.objects.order_by("given_at", "lead__key", "due_at", "what__text").values_list("lead__key", "state", "due_at", "what__text"),
        *m.User.objects.order_by("pk").values_list("username", "full_name"),
        *m.Event.objects.values("what").order_by("what").values_list("what"),
    ]


def states() -> Counter[str]:
    return Counter(str(state(a, NOW)) for a in m.Activity.objects.select_related("matter"))


def test_every_state_is_there_in_exact_numbers(ground):
    assert states() == EXPECTED
    assert ground.loaded == Loaded(sum(EXPECTED.values()), EXPECTED_BEHIND)


def test_the_same_seed_makes_the_same_records(ground):
    assert ground.first == (ground.loaded, records())


def test_all_tasks_states_requests_and_campaigns_come_of_it():
    assert m.Campaign.objects.count() == 2
    assert m.Contact.objects.count() == m.Contact.objects.filter(digits__startswith="0270000").count() > 6
    assert m.Task.objects.exists()
    assert m.ImportRun.objects.get().state == "preview"
    assert m.ImportDoubt.objects.exists()


def test_hau_giang_2023_is_stated_as_a_sourced_total():
    total = m.SourcedTotal.objects.get(measure__code="TR.01.VT")
    assert (total.area.name, total.first.year, total.value, total.qualifier) == ("Hậu Giang", 2023, 20_629, "=")


def test_one_login_for_each_kind_of_user_opens_with_the_common_password():
    assert [u.username for u in demo_logins(NOW.date())] == [login.username for login in LOGINS]
    assert knock("demo.truc-ban", Secret(DEMO_PASSWORD), NOW).right
    assert not m.User.objects.filter(username__startswith="demo.").exclude(totp_secret="").exists()


def test_staff_of_the_military_sit_in_the_provinces_command_not_in_a_defence_region_beside_it():
    assert [u.held[0].unit.key for u in demo_logins(NOW.date()) if u.username == "demo.tham-muu-qs"] == ["QS.tinh.86.20250701"]


def test_no_other_account_can_be_opened_and_none_bears_a_persons_name():
    others = m.User.objects.exclude(username__startswith="demo.")
    assert {user.full_name.split()[:2] == ["Cán", "bộ"] for user in others} == {True}
    assert {user.has_usable_password() for user in others} == {False}


def test_the_node_says_that_its_data_are_illustrative():
    assert m.Node.objects.get(own=True).demo


def test_times_never_run_backwards_in_the_first_part():
    moments = list(m.Event.objects.order_by("seq").values_list("at", flat=True))
    assert [n for n, (a, b) in enumerate(pairwise(moments)) if b < a] == []
    assert max(moments) <= NOW


def test_the_rest_ends_at_exactly_the_years_number_of_held_patrols(ground):
    told = list(steps(SCALE, ground.loaded.held_behind))
    assert [done for done, _, _ in told] == sorted(done for done, _, _ in told)
    assert told[-1][:2] == (told[-1][1], told[-1][1])
    assert held() == SCALE.held
    assert m.Fact.objects.filter(measure__code="TR.01", reverses=None, reversed_by=None).count() == SCALE.held
    assert list(verify()) == []
    projection.rebuild()
    assert projection.check() == []


def test_the_rest_goes_on_after_a_cut(ground, monkeypatch):
    part = steps(SCALE, ground.loaded.held_behind)
    cut_after = [next(part) for _ in range(3)][-1][0]
    part.close()
    assert earlier() == cut_after
    monkeypatch.setattr(hands, "confirm_many", _power_cut)
    reached = _until_the_cut(ground)
    monkeypatch.undo()
    assert earlier() == max(reached, cut_after)
    list(steps(SCALE, ground.loaded.held_behind))
    assert held() == SCALE.held
    doubles = Counter(m.Activity.objects.filter(day__lt=SCALE.recent.first).values_list("route", "planned_start"))
    assert [key for key, count in doubles.items() if count > 1] == []


def test_a_second_run_of_the_rest_adds_nothing(ground, monkeypatch):
    list(steps(SCALE, ground.loaded.held_behind))
    monkeypatch.setattr(behind, "_live", _power_cut)
    total = earlier()
    assert list(steps(SCALE, ground.loaded.held_behind)) == [(total, total, "")]


def earlier() -> int:
    return m.Activity.objects.filter(planned_start__date__lt=SCALE.recent.first).count()


def held() -> int:
    return m.Activity.objects.filter(claim="held", confirmed__gt=0, disputed=0, cancelled_at=None, day__gte=SCALE.whole.first).count()


def _until_the_cut(ground: SimpleNamespace) -> int:
    reached = 0
    try:
        for done, _, _ in steps(SCALE, ground.loaded.held_behind):
            reached = done
    except OSError:
        return reached
    raise AssertionError("nothing was cut")


def _power_cut(*_: object, **__: object) -> None:
    raise OSError("cut")


def test_two_regulations_are_in_force_and_their_duties_met_late_or_silent():
    assert m.Agreement.objects.filter(stage="agreed", on_paper=True, matter__title__text__endswith="(minh họa)").count() >= 2
    states = Counter(m.Task.objects.filter(source="duty").values_list("state", flat=True))
    assert states["closed"] + states["answered"] > 0
    assert states["open"] > states["closed"]
    assert m.OccasionAct.objects.filter(occasion__duty__act="patrol", matter__kind="TT").exists()


def test_a_festival_and_a_plan_for_high_water_wait_for_the_commune():
    festival, water = (m.Agreement.objects.get(kind=kind) for kind in ("sukien", "phuongan"))
    assert [(a.stage, a.on_paper) for a in (festival, water)] == [("agreed", True)] * 2
    checks = m.PlanCheck.objects.select_related("unit__force")
    assert sorted((check.unit.force.code, check.done_at is not None) for check in checks) == [("CA", False), ("DQ", False), ("UB", True)]
    assert list(m.Practice.objects.values_list("agreement", "met")) == [(water.pk, 4)]
    members = m.TaskTeamMember.objects.filter(team__agreement=water)
    assert sorted(members.values_list("unit__force__code", "accepted"), key=str) == [("CA", True), ("DQ", True), ("UB", None)]


def test_own_events_directives_teams_and_opinions_on_others_projects_are_there_in_several_states():
    events = m.PublicEvent.objects.exclude(unit=None)
    assert [(e.kind, (e.until - e.first_on).days, e.plans.count()) for e in events.order_by("first_on")] == [
        ("lehoi", 1, 1),
        ("vanhoa", 3, 0),
        ("hoicho", 2, 0),
    ]
    directives = m.IncomingDirective.objects.order_by("received_on")
    assert [(d.number, sorted(d.matter.tasks.values_list("state", flat=True))) for d in directives] == [
        ("09/CT-UBND", ["answered", "open"]), ("112/UBND-VX", ["open"]),
    ]  # fmt: skip
    teams = m.TaskTeam.objects.exclude(agreement__kind="phuongan").order_by("pk")
    assert [(t.ended_on is not None, Counter(t.members.values_list("accepted", flat=True))) for t in teams] == [
        (True, Counter([True, True, False])), (False, Counter([True, None])),
    ]  # fmt: skip
    asked = m.Agreement.objects.filter(kind="thamdinh").order_by("pk")
    assert [(a.stage, list(m.Opinion.objects.filter(version__agreement=a).values_list("taken", flat=True))) for a in asked] == [
        ("ended", ["partly"]), ("opinions", ["waiting"]),
    ]  # fmt: skip
    invented = [*events.values_list("name__text", flat=True), *asked.values_list("matter__title__text", flat=True)]
    assert [title for title in [*invented, *(d.matter.title.text for d in directives)] if not title.endswith("(minh họa)")] == []


def test_the_provinces_regulation_goes_down_is_made_known_and_a_place_differs():
    upper = m.Agreement.objects.get(kind="quyche", issuer__key__startswith="CA.tinh")
    assert Counter(upper.adoptions.values_list("form", flat=True)) == {"waiting": 1, "asis": 1, "adapted": 2}
    assert set(m.LocalNorm.objects.values_list("norm", "value", "area__level")) == {
        ("opinion-days", "7", "province"), ("brief-commune", "quarter", "province"), ("brief-commune", "month", "commune"),
    }  # fmt: skip
    (own,) = {a.own for a in upper.adoptions.filter(form="adapted")}
    assert (own.stage, list(m.Duty.objects.filter(clause__version__agreement=own).values_list("act", "cadence"))) == ("agreed", [("brief", "month")])
    assert [(d.received_at is None) for d in upper.deliveries.order_by("pk")] == [True, False, False]
    assert upper.disseminations.count() == 3
    assert list(upper.proposals.values_list("taken", flat=True)) == ["partly"]
    assert m.Agreement.objects.filter(next_review__lt=NOW.date(), stage="agreed").count() == 1
