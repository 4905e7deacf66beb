"""What a list of accounts and posts is compared with before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from phoihop.kernel.text import fold, nfc

from ...forces.models import Unit
from ...forces.queries import resolve_unit
from ...territory.queries import exists_on
from ..models import Post, User
from ..rules.roster import CLEAR, Known, Line, Named, Settled, settle


def preview(by: Post, lines: Sequence[Line], on: date) -> list[Settled]:
    """Every line with what it means, or with what is doubtful about it. Writes nothing."""
    return settle(by, lines, known_for(by, lines, on))


def known_for(by: Post, lines: Sequence[Line], on: date) -> Known:
    users = {u.username: u for u in User.objects.all()}
    posts: dict[int, list[Post]] = {}
    namesakes: dict[tuple[str, int], str] = {}
    names = {u.pk: u for u in users.values()}
    for post in Post.objects.filter(user__isnull=False):
        assert post.user_id is not None
        posts.setdefault(post.user_id, []).append(post)
        namesakes.setdefault((fold(names[post.user_id].full_name), post.unit_id), names[post.user_id].username)
    return Known(on, users, posts, namesakes, units_named({line.unit for line in lines}, on, by.unit.home))


def units_named(texts: Iterable[str], on: date, home: str) -> dict[str, Named]:
    """What each text may stand for on a day: units at home on this node before others. Most are their own key or name."""
    there = list(Unit.objects.filter(exists_on(on)))
    by_name: dict[str, list[Unit]] = {}
    for unit in there:
        for name in {fold(unit.name), fold(unit.short), fold(unit.key)}:
            by_name.setdefault(name, []).append(unit)
    return {text: _named(text, by_name.get(fold(nfc(text)), []), on, home) for text in texts if text.strip()}


def _named(text: str, same: list[Unit], on: date, home: str) -> Named:
    found = _at_home(same, home)
    if len(found) == 1:
        return Named(found[0], tuple(found))
    candidates = [] if found else resolve_unit(text, on)
    chosen = found or _at_home([c.unit for c in candidates], home)
    ranked = [c for c in candidates if c.unit in chosen]
    clear = ranked and ranked[0].against <= CLEAR and (len(ranked) == 1 or ranked[1].against > ranked[0].against)
    return Named(ranked[0].unit if clear else None, tuple(chosen))


def _at_home(units: list[Unit], home: str) -> list[Unit]:
    return [u for u in units if u.home == home] or units
