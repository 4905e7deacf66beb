"""The first part of the demo, before a page opens: the node, its people, the last sixty days, today, and the month ahead."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from django.db import transaction

from phoihop.domain.people.models import Post
from phoihop.kernel.period import ONE_DAY, Period

from .agenda import Agenda
from .around import count_means, leave_an_import, publish_numbers, state_totals
from .beside import Beside
from .cascading import Cascaded
from .drafting import Between
from .duties import Regulated
from .founding import fill_posts, found_node, open_logins
from .ground import Ground, draw_routes, ground_of, posts_of
from .hands import Hands
from .months import arrange_closing, arrange_plans
from .plans import Planned
from .recent import held_by, month_ahead, shares, single_days
from .scale import Scale
from .tasks import Follow
from .year import year

Say = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Own:
    """What the node is called and signs with."""

    tag: str
    name: str
    public_key: str


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was made, and how many held patrols are left for the work behind."""

    patrols: int
    held_behind: int


def load(scale: Scale, own: Own, now: datetime, say: Say) -> Loaded:
    """All or nothing, in one transaction: whoever breaks it off finds the node as it was.

    No savepoint for the whole of it: SQLite keeps the former page of everything changed within one, and walks them after each statement.
    """
    with transaction.atomic(savepoint=False):
        node = found_node(own.tag, own.name, own.public_key, scale.founded, say)
        return live(node, scale, now, say)


def live(node: Post, scale: Scale, now: datetime, say: Say) -> Loaded:
    """What happens on the ground that was founded, up to this moment."""
    with transaction.atomic(savepoint=False):
        ground = ground_of(scale)
        _settle_down(node, ground, scale, say)
        lately = single_days(ground.ways, scale, now)
        held_recent, held_earlier = shares(scale, held_by(lately, now))
        recent = year(ground.ways, scale.recent, held_recent, scale.seed)
        ahead = month_ahead(ground.ways, scale)
        hands = Hands(ground, Agenda(), scale.seed)
        arrange_plans(hands, [*recent, *lately, *ahead], scale.recent, scale)
        arrange_closing(hands, recent, scale.recent)
        hands.follow(lately)
        follow = Follow(hands, scale)
        follow.tasks_of(recent)
        follow.talk(lately)
        for name, days in _campaigns(scale):
            follow.campaign(name, days, [*recent, *lately, *ahead])
        Regulated(hands, scale, node).arrange()
        Cascaded(hands, scale).arrange()
        Planned(hands, scale).arrange()
        Between(hands, scale).arrange()
        Beside(hands, scale).arrange()
        hands.agenda.add(now - timedelta(minutes=20), partial(leave_an_import, ground, scale))
        _run(hands.agenda, now, scale.recent, say)
        return Loaded(len(hands.made), held_earlier)


def _settle_down(node: Post, ground: Ground, scale: Scale, say: Say) -> None:
    """People, routes, duty numbers, means, and totals of before."""
    at = scale.founded
    say("Lập tài khoản, chức trách (cán bộ không tên, không ai đăng nhập được)")
    open_logins(node, ground.units, at + timedelta(minutes=10))
    fill_posts(node, ground.units, at + timedelta(minutes=20))
    ground.posts = posts_of(ground.units.values())
    say("Lập tuyến tuần tra")
    draw_routes(ground, at + timedelta(days=1))
    say("Công bố số trực, phương tiện, số liệu kỳ trước có nguồn")
    publish_numbers(ground, at + timedelta(days=2))
    count_means(ground, scale, at + timedelta(days=3))
    state_totals(node, ground, scale, at + timedelta(days=4))


def _campaigns(scale: Scale) -> list[tuple[str, Period]]:
    over = scale.recent.first + 12 * ONE_DAY
    return [
        ("Đợt cao điểm bảo vệ an ninh tuyến biển (minh họa)", Period(over, over + 21 * ONE_DAY)),
        ("Đợt cao điểm cuối năm (minh họa)", Period(scale.today - 6 * ONE_DAY, scale.today + 40 * ONE_DAY)),
    ]


def _run(agenda: Agenda, now: datetime, days: Period, say: Say) -> None:
    """Live through the days, saying each Monday how far it is."""
    said = days.first
    for at in agenda.run(now):
        if (at.date() - said).days >= 7:
            said = at.date()
            say(f"Tuần tra đến ngày {said:%d/%m/%Y}")
