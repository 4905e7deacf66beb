"""Search (Ctrl K) and the address that any spoken code resolves at. Topics add what they can find.

* ``@finder`` over a function of (post, text, day) that answers a list of :class:`Found`, best first, a handful; or :class:`Asked`, records that
  are asked for in one query with those of the other topics; or :class:`AskedFirst`, what it has to look at before it knows;
* ``matter_page("TT", "/tuan-tra/%s/")`` says where matters of a kind are shown;
* ``code_page("NV", "/nhiem-vu/%s/")`` where codes of a kind lead that are not only matters: that page judges for itself who may see it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from phoihop.domain.matters.actions.requests import request_to_join
from phoihop.domain.matters.models import Matter, Wish
from phoihop.domain.matters.queries.requests import matter_named
from phoihop.domain.matters.queries.sight import sight_of
from phoihop.domain.matters.rules import Sight
from phoihop.domain.people.models import Post
from phoihop.domain.territory.models import Area
from phoihop.domain.territory.queries.search import MOST, Hit, by_name, formerly, looked_for
from phoihop.kernel import spoken
from phoihop.kernel.at_once import at_once, first
from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.period import ONE_DAY, local_day
from phoihop.kernel.text import fold
from phoihop.kernel.verdict import Verdict

from .base import Acting, acting, no_access, page
from .moments import language
from .shell import RAIL, RECORD, exists, open_to
from .toasts import toast


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the answer. ``about``: what it is, in grey. ``forces``: codes for chips."""

    title: Any
    url: str
    icon: str
    about: Any = ""
    code: str = ""
    forces: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A handful of records (``kernel.at_once.first``), in their order, and the line that each of them is."""

    rows: QuerySet[Any]
    line: Callable[[Any], Found]


@dataclass(frozen=True, slots=True)
class AskedFirst:
    """What has to be looked at before one knows what is found: asked along with the rest, then told by ``lines`` from the records of each."""

    rows: tuple[QuerySet[Any], ...]
    lines: Callable[..., Iterable[Found]]


Finder = Callable[[Post, str, date], Iterable[Found] | Asked | AskedFirst]
FINDERS: list[Finder] = []
MATTER_PAGES: dict[str, str] = {}
CODE_PAGES: dict[str, str] = {}
_MOST, _FORMER = 12, 3


def finder(find: Finder) -> Finder:
    FINDERS.append(find)
    return find


def matter_page(kind: str, pattern: str) -> None:
    MATTER_PAGES[kind] = pattern


def code_page(kind: str, pattern: str) -> None:
    CODE_PAGES[kind] = pattern


def address_of(matter: Matter) -> str:
    """The page of a matter; "/m/…" while its kind has none."""
    pattern = MATTER_PAGES.get(matter.kind, "/m/%s/")
    return pattern % matter.code


@acting()
def search(request: Acting) -> HttpResponse:
    """Pages, records, whatever topics find; the whole page, or the lines for the palette."""
    text = request.GET.get("q", "").strip()[:100]
    day = local_day(timezone.now())
    by_page = {one.url: one for one in _found(request.post, text, day)} if text else {}  # two topics may find one page
    found = list(by_page.values())[:_MOST]
    return page(request, "search/found.html", part="lines", found=found, text=text, misheard=spoken.misheard(text))


def _found(post: Post, text: str, day: date) -> Iterable[Found]:
    """What all topics find, in their order."""
    answers = [find(post, text, day) for find in FINDERS]
    records = iter(at_once(*(rows for answer in answers for rows in _rows_of(answer))))
    for answer in answers:
        told = [next(records) for _rows in _rows_of(answer)]
        yield from map(answer.line, *told) if isinstance(answer, Asked) else answer.lines(*told) if isinstance(answer, AskedFirst) else answer


def _rows_of(answer: Iterable[Found] | Asked | AskedFirst) -> tuple[QuerySet[Any], ...]:
    return (answer.rows,) if isinstance(answer, Asked) else answer.rows if isinstance(answer, AskedFirst) else ()


@finder
def _by_code(post: Post, text: str, day: date) -> Iterable[Found]:
    matter = matter_named(post, text, day)
    if matter is None or matter.kind in CODE_PAGES:  # the topic of those finds them itself
        return []
    seen = sight_of(post, matter, day) >= Sight.TITLE
    shown = str(matter.title) if seen and matter.title else matter.get_kind_display()
    return [Found(shown, f"/m/{matter.code}/", icon="hash", about=_("Mã"), code=matter.code, forces=(matter.lead.force.code,))]


@finder
def _pages(post: Post, text: str, day: date) -> Iterable[Found]:
    wanted = fold(text)
    entries = open_to([*RECORD.values(), *RAIL.values()], post)
    return [Found(e.label, e.path, e.icon, _("Trang")) for e in entries if wanted in fold(str(e.label))]


@finder
def _areas(post: Post, text: str, day: date) -> AskedFirst:
    """Those of today, then those that bore just this name once."""
    asked = (first(looked_for(text, day).order_by("pk"), MOST), first(formerly(text, day).order_by("pk"), MOST))
    return AskedFirst(asked, lambda now, former: [*_places(by_name(text, on=day, limit=5, among=now)), *_ended(text, former)])


def _places(hits: Iterable[Hit]) -> Iterable[Found]:
    for hit in hits:
        page_of = f"/dia-ban/{hit.area.code}/"
        yield Found(str(hit.area), page_of if exists(page_of) else f"/?dv={hit.area.code}", icon="map-pin", about=hit.where, code=hit.area.code)


def _ended(text: str, former: Sequence[Area]) -> Iterable[Found]:
    """Each leads to its last day."""
    for hit in by_name(text, limit=_FORMER, among=former) if former else ():
        if hit.area.valid_until is None:
            continue
        last = hit.area.valid_until - ONE_DAY
        about = _("đến hết %(day)s") % {"day": day_text(last, language())}
        yield Found(
            str(hit.area), f"/dia-ban/{hit.area.code}/?ngay={last}", icon="map-pin", about=f"{hit.where} · {about}" if hit.where else about, code=hit.area.code
        )


@acting(time="none")
def by_code(request: Acting, code: str) -> HttpResponse:
    """Wherever a code was read: to its page, or to who leads it; one that was misheard to the search, which says so."""
    if spoken.misheard(code):
        return HttpResponseRedirect(f"/tim/?{urlencode({'q': code})}")
    said = spoken.parse(code)
    if said and said.kind in CODE_PAGES:
        return HttpResponseRedirect(CODE_PAGES[said.kind] % str(said))
    matter = _matter(request, code)
    if sight_of(request.post, matter, local_day(timezone.now())) < Sight.TITLE:
        return no_access(request, Verdict("not-shared"), matter)
    url = address_of(matter)
    if not exists(url) or url.startswith("/m/"):
        raise Http404
    return HttpResponseRedirect(url)


@require_POST
@acting(time="none")
def ask_to_join(request: Acting, code: str) -> HttpResponse:
    """Ask the lead of a matter one does not see to let one's unit take part, or see it."""
    matter, wish = _matter(request, code), request.POST.get("wish", Wish.PART.value)
    request_to_join(by=request.post, matter=matter, wish=wish, at=timezone.now())
    said = _("Đã gửi lời xin xem tới %(lead)s.") if wish == Wish.SEE else _("Đã gửi đề nghị tham gia tới %(lead)s.")
    toast(request, said % {"lead": matter.lead.name})
    return HttpResponseRedirect("/")


def _matter(request: Acting, code: str) -> Matter:
    matter = matter_named(request.post, code, local_day(timezone.now()))
    if matter is None:
        raise Http404
    return matter
