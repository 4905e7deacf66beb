"""/tuan-tra/nhap/<n>/: an import at a glance, its doubtful cells to be mended in place, its rows a hundred on a page."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRefresh

from phoihop.domain.activities.models import ImportRow, ImportState, RowState
from phoihop.domain.activities.queries.importing import BUSY, DOUBTS_FIRST, Overview, doubt_groups, rows_of
from phoihop.domain.activities.rules.importing import may_work

from ..base import Acting, acting, page
from ..lists import Listing
from ..patrols.wording import title_case
from ..scope import changed
from .finding import address, of_import
from .telling import Refusal, spot_of_group, told
from .wording import PASSED, job, run_tag

STATE = "tt"
PER_PAGE = 100
_GROUPS = 12
SLUGS = {
    RowState.DOUBTFUL: "can-xem", RowState.WAITING: "cho-doc", RowState.READY: "san-sang", RowState.SAME: "da-co",
    RowState.SKIPPED: "bo-qua", RowState.DONE: "da-nhap", RowState.WITHDRAWN: "da-rut",
}  # fmt: skip
_STATES = {slug: state for state, slug in SLUGS.items()}


class Rows(Listing[ImportRow]):
    """In the order of the file."""

    def _order(self) -> list[str]:
        return ["sheet", "n"]


@never_cache
@acting("patrol.import", time="none")
@of_import
def preview(request: Acting, seen: Overview) -> HttpResponse:
    """What was read, what is doubtful and why, what is left out; and the two ways on: let it in, take it back."""
    return shown(request, seen)


def shown(request: Acting, seen: Overview, refusal: Refusal | None = None, problem: str = "") -> HttpResponse:
    """The page, or its working part for htmx; with what was refused at its cell."""
    context: dict[str, Any] = {
        "seen": seen,
        "run": seen.run,
        "state": run_tag(seen.run),
        "busy": seen.run.state in BUSY,
        "problem": problem,
        "refusal": refusal,
    }
    context |= _moving(seen) if context["busy"] else _still(request, seen, refusal)
    return page(request, "importing/preview.html", part="work", status=422 if refusal or problem else 200, **context)


@never_cache
@acting("patrol.import", time="none")
@of_import
def progress(request: Acting, seen: Overview) -> HttpResponse:
    """Asked every two seconds while the worker is at it; then the page is loaded anew."""
    if seen.run.state not in BUSY:
        return HttpResponseClientRefresh()
    return page(request, "importing/progress.html", **_moving(seen))


def _moving(seen: Overview) -> dict[str, Any]:
    return {
        "job": job(seen.run, address(seen.run.pk, "tien-do/"), timezone.now()),
        "counts": [(title_case(state.label), seen.counts.get(state, 0)) for state in _there(seen)],
    }


def _there(seen: Overview) -> list[RowState]:
    return [RowState(state) for state in DOUBTS_FIRST if seen.counts.get(state)]


def _still(request: Acting, seen: Overview, refusal: Refusal | None) -> dict[str, Any]:
    """``works``: lines may still be mended and let in. One that was taken back shows first what came of it."""
    works, states = bool(may_work(request.post, seen.run, request.scope.today)), _there(seen)
    chosen = _STATES.get(request.GET.get(STATE, "")) or (states[0 if works else -1] if states else RowState.READY)
    mending = works and chosen is RowState.DOUBTFUL
    groups = [group for group in doubt_groups(request.post, seen.run) if group.rows > 1] if mending else []
    alike = {(group.column, group.text): group.rows for group in groups}
    rows = rows_of(request.post, seen.run, [chosen])
    listing = Rows(request, rows, {"dong": "n"}, "dong", per=PER_PAGE, total=seen.counts.get(chosen, 0))
    return {
        "tabs": [
            {"label": title_case(state.label), "url": changed(request, **{STATE: SLUGS[state]}), "here": state is chosen, "n": seen.counts[state]}
            for state in states
        ],
        "chosen": chosen,
        "works": works,
        "mending": mending,
        "listing": listing,
        "rows": told(seen, listing.rows, alike, refusal),
        "groups": [spot_of_group(group, n, refusal) for n, group in enumerate(groups[:_GROUPS])],
        "more_groups": max(0, len(groups) - _GROUPS),
        "passed": [(s.layout.sheet, [(PASSED.get(kind, kind), rows) for kind, rows in s.passed.items() if rows]) for s in seen.sheets],
        "unmapped": any(not s.layout.found for s in seen.sheets),
        "ready": seen.counts.get(RowState.READY, 0) if works else 0,
        "done": seen.counts.get(RowState.DONE, 0),
        "nothing_new": bool(seen.rows) and seen.counts.get(RowState.SAME, 0) == seen.rows,
        "may_withdraw": seen.run.state in (ImportState.PREVIEW, ImportState.DONE),
        "pk_text": str(seen.run.pk),
        "query": f"?{request.GET.urlencode()}" if request.GET else "",
    }
