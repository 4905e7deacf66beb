"""Areas through time: the tree of a day, what became of what, the register's checks, and what changes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from ninja import Router
from pydantic import BaseModel, Field

from phoihop.domain.territory import queries
from phoihop.domain.territory.actions import changing, correcting, grouping, importing, mapping
from phoihop.domain.territory.models import Area, Level, Tree
from phoihop.domain.territory.queries import Branch
from phoihop.domain.territory.rules.boundaries import read_boundaries
from phoihop.domain.territory.rules.judging import GroupDraft
from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.figures_text import reader
from phoihop.kernel.upload import Upload

from .access import Caller
from .acts import act
from .asking import Day, Text, look_up, missing, one_of, taken, then_there
from .drafts import told
from .names import lives
from .problems import Halt
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import AREA, SUCCESSION
from .telling import BRIEFLY

router = Router()
BRIEF = BRIEFLY[Area]
LEVELS, TREES = one_of(Level), one_of(Tree)


class AreaLineage(BaseModel):
    """What an area is on a day, through every merge and split on the way."""

    areas: list[AREA.shape]
    steps: list[SUCCESSION.shape]
    whole: bool = Field(description="No unit was divided on the way: figures carry over without an estimate.")


class AreaBranch(BaseModel):
    area: BRIEF.shape
    children: list[AreaBranch]


class AreaPiece(BaseModel):
    area: BRIEF.shape
    first: Day
    until: Day
    share: int | None = Field(description="The declared part, in millionths; null: all of it.")


class AreaPieces(BaseModel):
    """What adds up to an area over a period."""

    exact: bool
    group: list[BRIEF.shape] = Field(description="The areas for which alone it can be said.")
    pieces: list[AreaPiece]


class AreaHit(BaseModel):
    area: BRIEF.shape
    where: str
    valid_until: Day | None
    rank: int


class AreaMeant(BaseModel):
    """An area that a written name may stand for, and why."""

    area: BRIEF.shape
    named: BRIEF.shape
    where: str
    why: str
    against: int


class CheckFinding(BaseModel):
    area: BRIEF.shape | None
    other: BRIEF.shape | None
    value: int | None
    day: Day | None


class CheckTold(BaseModel):
    """One check of the register and what it found."""

    check: str
    weight: str
    says: str
    count: int
    findings: list[CheckFinding] = Field(description="The first two hundred.")


@reads(router, "/areas", page_of(AREA))
def listed(request: HttpRequest, on: Day | None = None, within: Text | None = None, level: LEVELS = Level.COMMUNE.value, after: After = None, limit: Limit = 100) -> Any:  # fmt: skip
    """The areas of a level on a day, in the whole country or below an area, by code."""
    caller = caller_of(request)
    day = on or caller.today
    below = queries.areas_below(_area(caller, within, "within"), day, level) if within else None
    rows = below if below is not None else Area.objects.filter(queries.exists_on(day), level=level)
    return page(rows, AREA, after, limit, "code")


@reads(router, "/areas/search", list[AreaHit])
def search(request: HttpRequest, text: Text, on: Day | None = None, level: LEVELS | None = None, within: Text | None = None, limit: Limit = 20) -> Any:  # fmt: skip
    """Areas whose name or code answers, with and without diacritics, old and new; without a day those of every time."""
    caller = caller_of(request)
    hits = queries.by_name(text[:200], on, level, _area(caller, within, "within") if within else None, limit)
    return [{"area": BRIEF.of(h.area), "where": h.where, "valid_until": h.area.valid_until, "rank": h.rank} for h in hits]


@reads(router, "/areas/meant", list[AreaMeant])
def meant(request: HttpRequest, text: Text, on: Day | None = None, within: Text | None = None) -> Any:
    """Which areas of a day a written name may stand for, old names too, with the reasons for each."""
    caller = caller_of(request)
    found = queries.resolve_place(text[:200], on or caller.today, _area(caller, within, "within") if within else None)
    return [{"area": BRIEF.of(c.area), "named": BRIEF.of(c.named), "where": c.where, "why": c.why, "against": c.against} for c in found]


@reads(router, "/areas/checks", list[CheckTold])
def checks(request: HttpRequest) -> Any:
    """The register's checks: gaps and overlaps in time, doubled codes, splits without shares, orphans, misplaced heirs."""
    reports = queries.checks()
    shown = {pk for r in reports for f in r.findings[:200] for pk in (f.area, f.other) if pk is not None}
    areas = Area.objects.in_bulk(list(shown))
    return [
        {
            "check": r.check, "weight": str(r.weight), "says": str(r.says), "count": len(r.findings),
            "findings": [
                {"area": _brief(areas, f.area), "other": _brief(areas, f.other), "value": f.value, "day": f.day} for f in r.findings[:200]
            ],
        }
        for r in reports
    ]  # fmt: skip


@reads(router, "/areas/{area}", AREA.shape)
def one(request: HttpRequest, area: str) -> Any:
    """An area, by its code and day."""
    return AREA.of(_area(caller_of(request), area))


@reads(router, "/areas/{area}/tree", AreaBranch)
def tree(request: HttpRequest, area: str, on: Day | None = None, groups: TREES | None = None) -> Any:
    """Everything below an area on a day; with ``groups``, communes below their cluster, defence region or border stretch."""
    caller = caller_of(request)
    day, root = on or caller.today, _area(caller, area)
    if not lives(root, day):
        said = _("%(area)s không tồn tại vào ngày %(day)s.") % {"area": root, "day": day_text(day, reader())}
        raise Halt(422, "area-not-then", said, field="on", **then_there({"on": root}, "on", day))
    return _branch(queries.tree(root, day, groups or ""))


@reads(router, "/areas/{area}/above", list[BRIEF.shape])
def above(request: HttpRequest, area: str, on: Day | None = None) -> Any:
    """Everything above an area on a day, nearest first."""
    caller = caller_of(request)
    return BRIEF.of_each(queries.above(_area(caller, area), on or caller.today))


@reads(router, "/areas/{area}/became", AreaLineage)
def became(request: HttpRequest, area: str, on: Day | None = None) -> Any:
    """What an area is on a later day."""
    caller = caller_of(request)
    return _lineage(queries.became(_area(caller, area), on or caller.today))


@reads(router, "/areas/{area}/made-of", AreaLineage)
def made_of(request: HttpRequest, area: str, on: Day) -> Any:
    """What an area was on an earlier day."""
    return _lineage(queries.made_of(_area(caller_of(request), area), on))


@reads(router, "/areas/{area}/pieces", AreaPieces)
def pieces(request: HttpRequest, area: str, first: Day, until: Day, on: Day | None = None, shares: bool = True) -> Any:
    """What adds up to an area over a period: as recorded, or on the areas of a day."""
    found = queries.pieces(_area(caller_of(request), area), first, until, on, shares=shares)
    areas = Area.objects.in_bulk({p.area for p in found.pieces} | set(found.group))
    told_pieces = [{"area": BRIEF.of(areas[p.area]), "first": p.first, "until": p.until, "share": p.share} for p in found.pieces]
    return {"exact": found.exact, "group": BRIEF.of_each(areas[pk] for pk in sorted(found.group)), "pieces": told_pieces}


@reads(router, "/areas/{area}/proposed-clusters", list[taken(GroupDraft)])
def proposed_clusters(request: HttpRequest, area: str, on: Day | None = None) -> Any:
    """Clusters for a province that has none, after its former districts: to be looked through and drawn."""
    return _proposed(caller_of(request), queries.propose_clusters, area, on)


@reads(router, "/areas/{area}/proposed-regions", list[taken(GroupDraft)])
def proposed_regions(request: HttpRequest, area: str, on: Day | None = None) -> Any:
    """Defence regions for a province, of twenty to fifty communes: to be looked through and drawn."""
    return _proposed(caller_of(request), queries.propose_regions, area, on)


def _proposed(caller: Caller, propose: Callable[..., Any], area: str, on: Any) -> Any:
    found = _area(caller, area)
    if found.level != Level.PROVINCE:
        raise missing(Area, area, "area")
    return [told(draft) for draft in propose(found, on or caller.today)]


def _area(caller: Caller, name: str, at: str = "") -> Area:
    return look_up(caller, [(Area, name, at)])[Area, name]


def _branch(branch: Branch) -> dict[str, Any]:
    return {"area": BRIEF.of(branch.area), "children": [_branch(one) for one in branch.children]}


def _lineage(found: queries.Became) -> dict[str, Any]:
    return {"areas": AREA.of_each(found.areas), "steps": SUCCESSION.of_each(found.steps), "whole": found.whole}


def _brief(areas: Mapping[int, Area], pk: int | None) -> dict[str, Any] | None:
    return BRIEF.of(areas[pk]) if pk is not None and pk in areas else None


def _by_id(shares: Mapping[Area, int]) -> dict[int, int]:
    return {area.pk: share for area, share in shares.items()}


act(router, "/areas/merge", changing.merge)
act(router, "/areas/import", importing.import_file)
act(router, "/areas/import-packaged", importing.import_lists)
act(router, "/areas/boundaries", mapping.import_boundaries, turned={"boundaries": (Upload, lambda upload: read_boundaries(upload.content))})
act(router, "/areas/{area}/split", changing.split)
act(router, "/areas/{area}/move", changing.move)
act(router, "/areas/{area}/rename", changing.rename)
act(router, "/areas/{area}/correct", correcting.correct)
act(router, "/areas/{old}/heirs", correcting.correct_heirs)
act(router, "/areas/{old}/shares", correcting.declare_share, turned={"shares": (dict[Area, int], _by_id)})
act(router, "/areas/{province}/groups", grouping.draw_groups)
act(router, "/areas/{province}/schematic", mapping.draw_schematic)
act(router, "/successions/{succession}/settle", correcting.settle)
