"""One truth of what waits: the badge of the rail, the tab and tags of the list and the queue of the day count the same, whatever it is."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from phoihop.domain import models as m
from phoihop.domain.activities.queries.waiting import waiting
from phoihop.domain.activities.rules import Grace
from phoihop.domain.activities.rules.waiting import WAIT_NAMES, Waits
from phoihop.domain.agreements.actions.carrying_out import tell_result
from phoihop.domain.agreements.actions.cascade import ask_below
from phoihop.domain.agreements.actions.opinions import opine
from phoihop.domain.agreements.actions.reviewing import propose_change
from phoihop.domain.agreements.actions.sending import circulate
from phoihop.domain.agreements.actions.spreading import deliver, receive
from phoihop.domain.agreements.actions.teams import form_team
from phoihop.domain.agreements.queries.needs import SOURCES, needs_of
from phoihop.domain.agreements.rules.carrying_out import ResultDraft
from phoihop.domain.agreements.rules.needs import ANSWERED_BY, NEED_NAMES, Needs
from phoihop.domain.agreements.rules.opinions import WishDraft
from phoihop.domain.agreements.rules.teams import MemberDraft, TeamDraft
from phoihop.domain.tasks.actions import answer, ask_extension, give
from phoihop.domain.tasks.rules import TaskDraft
from phoihop.kernel import memo
from phoihop.kernel.period import local_day
from phoihop.web import shell
from phoihop.web.waiting import ACTS, page_of
from tests.domain.agreements.agreed import a_regulation, approved_by_the_province, for_signing, heads, in_force
from tests.domain.agreements.duties import agreed, meeting, open_all
from tests.domain.agreements.planned import a_flood_plan, an_event_plan, arranged, signed, the_posts, the_steps
from tests.domain.agreements.registered import holding, registered
from tests.web.costs import queries
from tests.world import NOON

pytestmark = pytest.mark.django_db


def today():
    return local_day(timezone.now())


def sent_for_opinions(w, *wishes):
    a = a_regulation(w)
    circulate(by=w.lan, agreement=a, workdays=5, at=NOON)
    if wishes:
        opine(by=w.hai, agreement=a, wishes=[WishDraft(text) for text in wishes], at=NOON)
    return w.binh


def opened_for_signing(w):
    for_signing(w, a_regulation(w))
    return heads(w).militia


def all_signed(w):
    return approved_by_the_province(w)[1]


def on_paper(w):
    registered(w)
    return w.dung


def asked_below(w):
    ask_below(by=w.mai, agreement=holding(w), units=[w.police_song], due_on=date(2026, 7, 1), at=NOON)
    return w.lan


def delivered(w, received=False):
    (sent,) = deliver(by=w.mai, agreement=holding(w), units=[w.front_song], at=NOON)
    if received:
        receive(by=w.thu, delivery=sent, at=NOON)
    return w.thu


def festival(w):
    plan = an_event_plan(w)
    arranged(w, plan, the_posts(w))
    return signed(w, plan)


def held_festival(w):
    tell_result(by=w.lan, agreement=festival(w), result=ResultDraft(today(), True, 1, 1), at=timezone.now())
    return w.binh


def asked_into_a_team(w):
    members = [MemberDraft(w.police_song, "lead", 3), MemberDraft(w.station, "support", 2)]
    team = TeamDraft("Tổ liên ngành bến sông", "Kiểm tra bến bãi ban đêm", today(), today() + timedelta(days=90), members)
    form_team(by=w.lan, agreement=in_force(w), team=team, at=timezone.now())
    return w.hai


def proposed(w):
    now = timezone.now()
    propose_change(by=w.hai, agreement=in_force(w, now, valid_from=today()), source="briefing", text="Đi thêm tuyến sông chính", at=now)
    return w.lan


def due_for_review(w):
    holding(w, next_review=today() + timedelta(days=3), valid_from=date(2024, 1, 15))
    return w.mai


def due_for_practice(w):
    plan = a_flood_plan(w)
    arranged(w, plan, the_steps(w))
    signed(w, plan)
    long_ago = today() - timedelta(days=400)
    m.Agreement.objects.update(agreed_on=long_ago, valid_from=long_ago, next_review=None)
    return w.lan


def a_task(w, by, lead, supports=()):
    return give(by=by, draft=TaskDraft(None, "Sửa đèn ở bến", lead, timezone.now() + timedelta(days=2), supports=supports), at=timezone.now())


def task_to_grant(w):
    task = a_task(w, w.lan, w.militia_song)
    m.Task.objects.update(state="open")
    ask_extension(by=w.binh, task=m.Task.objects.get(pk=task.pk), due_at=task.due_at + timedelta(days=3), reason="Chờ vật tư", at=timezone.now())
    return w.lan


def task_to_close(w):
    task = a_task(w, w.lan, w.militia_song)
    m.Task.objects.update(state="open")
    answer(by=w.binh, task=m.Task.objects.get(pk=task.pk), answer="Đã sửa", at=timezone.now())
    return w.lan


def task_over(w):
    a_task(w, w.lan, w.militia_song)
    m.Task.objects.update(state="open", due_at=timezone.now() - timedelta(days=1))
    return w.binh


def task_raised(w):
    a_task(w, w.lan, w.militia_song)
    m.Task.objects.update(state="open", due_at=timezone.now() - timedelta(days=5), raised_on=today())
    return w.lan


def militia_asked_for(w):
    task = a_task(w, w.lan, w.militia_song)
    asked = m.Mobilisation.objects.create(task=task, people=5, since=task.due_at, until=task.due_at + timedelta(hours=6))
    m.Consent.objects.create(mobilisation=asked, side="chihuy", unit=w.army)
    return w.dung


def silent_duty(w):
    """A monthly briefing that fell due and that nobody met."""
    began = today() - timedelta(days=100)
    agreed(w, meeting(w), began=began)
    m.Agreement.objects.update(agreed_on=began)
    m.Version.objects.update(agreed_on=began)
    open_all(w, timezone.now() - timedelta(days=95))
    late = m.Task.objects.filter(lead=w.police_song).order_by("due_at").first()
    m.Task.objects.exclude(pk=late.pk).update(state="withdrawn", closed_at=timezone.now())
    return w.lan


CASES = {
    "opinion": (lambda w: sent_for_opinions(w), [Needs.OPINION]),
    "answer to two opinions": (lambda w: sent_for_opinions(w, "Thêm tuyến sông", "Bớt một cuộc họp") and w.lan, [Needs.WISHES]),
    "signature": (opened_for_signing, [Needs.SIGN]),
    "approval": (all_signed, [Needs.APPROVE]),
    "paper to acknowledge": (on_paper, [Needs.PAPER]),
    "adoption asked": (asked_below, [Needs.ADOPT]),
    "receipt": (delivered, [Needs.RECEIVE]),
    "dissemination": (lambda w: delivered(w, received=True), [Needs.SPREAD]),
    "preparation": (lambda w: festival(w) and w.binh, [Needs.PREPARE]),
    "place in a team": (asked_into_a_team, [Needs.TEAM]),
    "people at an event": (held_festival, [Needs.SHIFT]),
    "proposal of change": (proposed, [Needs.PROPOSAL]),
    "review": (due_for_review, [Needs.REVIEW]),
    "practice": (due_for_practice, [Needs.PRACTISE]),
    "task asked": (lambda w: a_task(w, w.lan, w.militia_song) and w.binh, [Waits.TASK_ASKED]),
    "task overdue": (task_over, [Waits.TASK_OPEN]),
    "help asked": (lambda w: a_task(w, w.lan, w.police_song, [w.station]) and w.hai, [Waits.TASK_HELP]),
    "answer to close": (task_to_close, [Waits.TASK_ANSWERED]),
    "more time asked": (task_to_grant, [Waits.TASK_EXTENSION]),
    "given, so late that it is raised": (task_raised, [Waits.TASK_LATE]),
    "consent to move militia": (militia_asked_for, [Waits.TASK_CONSENT]),
    "duty that is due and silent": (silent_duty, [Waits.TASK_OPEN]),
}


def on_the_list(client, kind):
    """How many the list's own tab counts, and how many it lists: tags of documents, or tasks."""
    if isinstance(kind, Needs):
        shown = client.get("/ke-hoach/").context
        tab = next(one["n"] for one in shown["states"] if one["url"].endswith("tt=can-toi"))
        only = client.get("/ke-hoach/?tt=can-toi").context
        return tab, sum(len(row["needs"]) for row in only["rows"]), [bool(row["needs"]) for row in shown["rows"]][: len(only["rows"])]
    found = client.get("/nhiem-vu/?vai=cho").context["listing"]
    return found.total, len(found.rows), [True] * len(found.rows)


@pytest.mark.parametrize("case", CASES)
def test_badge_tab_and_queue_say_the_same_of_every_kind(w, as_post, case):
    laid, kinds = CASES[case]
    post = laid(w)
    memo.forget_all()
    client, place = as_post(post), page_of(kinds[0])
    queue = [one for one in client.get("/").context["board"].waiting if page_of(one.waits) == place]
    memo.forget_all()
    badge = client.get("/huong-dan/").context["shell"].badges[place]
    assert [one.waits for one in queue] == kinds
    assert on_the_list(client, kinds[0]) == (len(kinds), len(kinds), [True] * len(kinds))
    assert (badge.n, badge.over) == (len(kinds), sum(one.over(timezone.now()) for one in queue))


def test_two_things_about_one_text_are_two_everywhere(w, as_post):
    a = holding(w)
    ask_below(by=w.mai, agreement=a, units=[w.police_song], due_on=date(2026, 7, 1), at=NOON)
    deliver(by=w.mai, agreement=a, units=[w.police_song], at=NOON)
    client = as_post(w.lan)
    shown = client.get("/ke-hoach/").context
    assert [one["n"] for one in shown["states"] if one["url"].endswith("tt=can-toi")] == [2]
    assert [len(row["needs"]) for row in shown["rows"]] == [2]
    assert client.get("/ke-hoach/?tt=can-toi").context["listing"].total == 1
    assert shown["shell"].badges["/ke-hoach/"].n == len(client.get("/").context["board"].waiting) == 2


def test_every_kind_has_a_name_an_act_a_source_and_who_may_answer():
    assert list(ACTS) == list(WAIT_NAMES) == [*Waits, *Needs]
    assert list(NEED_NAMES) == list(ANSWERED_BY) == list(SOURCES) == list(Needs)
    assert not {str(one) for one in Waits} & {str(one) for one in Needs}
    assert {need: ACTS[need].permissions for need in Needs} == ANSWERED_BY


@pytest.mark.parametrize("case", [case for case, (_laid, kinds) in CASES.items() if isinstance(kinds[0], Needs)])
def test_what_is_done_about_it_is_on_a_page_that_opens(w, as_post, case):
    laid, _kinds = CASES[case]
    client = as_post(laid(w))
    (row,) = client.get("/").context["board"].rows
    page, _hash, place = row.do.url.partition("#")
    if row.do.post:
        assert client.post(page, {"ve": "/"}).headers["Location"] == "/"
        return
    shown = client.get(page)
    assert (shown.status_code, not place or f'id="{place}"' in shown.content.decode()) == (200, True)


def test_the_list_costs_at_most_twelve_queries_however_much_waits(w, as_post):
    client = as_post(w.dung)
    registered(w, number="01/QC-CAT")
    one = queries(client, "/ke-hoach/")
    for n in range(2, 8):
        registered(w, number=f"{n:02}/QC-CAT")
    assert (queries(client, "/ke-hoach/"), [need.need for need in needs_of(w.dung, today())]) == (one, [Needs.PAPER] * 7)
    assert one <= 12


def test_the_queue_of_the_machine_is_the_same(w):
    asked_below(w)
    seen = waiting(w.lan, timezone.now(), Grace(), today())
    assert [(one.waits, one.due) for one in seen] == [(one.need, one.due) for one in needs_of(w.lan, today())]
    assert shell.counted(w.lan, timezone.now())["/ke-hoach/"].n == 1
