"""A matter to act on: an incident of the police of Sông, opened as topics of a later day will open theirs."""

from __future__ import annotations

from datetime import datetime
from types import SimpleNamespace
from typing import Any

from phoihop.domain import models as m
from phoihop.domain.matters.actions.opening import Opening, open_matters
from tests.world import NOON, songdat


def opened(at: datetime = NOON, **fields: Any) -> tuple[SimpleNamespace, m.Matter]:
    w = songdat()
    return w, another(w, at, **fields)


def another(w: SimpleNamespace, at: datetime = NOON, lead: m.Unit | None = None, **fields: Any) -> m.Matter:
    return open_matters(kind="VV", openings=[Opening(lead or w.police_song, w.song, **fields)], at=at)[0]
