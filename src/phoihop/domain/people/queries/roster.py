"""What a list of accounts and posts is compared with before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from django.db.models import Q

from phoihop.kernel.text import fold, nfc

from ...forces.models import Unit
from ..models import Post, User
from ..rules.roster import Known, Line, Settled, settle


def preview(by: Post, lines: Sequence[Line], on: date) -> list[Settled]:
    """Every line with what it means, or with what is doubtful about it. Writes nothing."""
    return settle(by, lines, known_for(lines, on))


def known_for(lines: Sequence[Line], on: date) -> Known:
    users = {u.username: u for u in User.objects.all()}
    posts: dict[int, list[Post]] = {}
    namesakes: dict[tuple[str, int], str] = {}
    names = {u.pk: u for u in users.values()}
    for post in Post.objects.filter(user__isnull=False):
        assert post.user_id is not None
        posts.setdefault(post.user_id, []).append(post)
        namesakes.setdefault((fold(names[post.user_id].full_name), post.unit_id), names[post.user_id].username)
    return Known(on, users, posts, namesakes, units_named({line.unit for line in lines}, on))


def units_named(texts: Iterable[str], on: date) -> dict[str, list[Unit]]:
    """Units that are there on a day, by key, name or short name, with or without diacritics."""
    asked = {text: fold(nfc(text)) for text in texts if text.strip()}
    there = Unit.objects.filter(Q(valid_until=None) | Q(valid_until__gt=on), valid_from__lte=on)
    by_name: dict[str, list[Unit]] = {}
    for unit in there:
        for name in {fold(unit.name), fold(unit.short), fold(unit.key)}:
            by_name.setdefault(name, []).append(unit)
    return {text: by_name.get(folded, []) for text, folded in asked.items()}
