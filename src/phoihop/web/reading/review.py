"""/ke-hoach/doc-tep/<n>/: left the document, right what was read of it; names first, then clause by clause: take, mend, drop."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django_htmx.http import HttpResponseClientRefresh

from phoihop.domain.agreements.models import AgreementKind, ReadingState
from phoihop.domain.agreements.queries.reading import Cited, Overview, cited, unit_names
from phoihop.domain.agreements.rules.numbering import written
from phoihop.domain.agreements.rules.reading import ClauseRead, HeadRead, Mark
from phoihop.domain.agreements.rules.reading.columns import is_lost_table
from phoihop.domain.agreements.rules.reading.plain import lines_of
from phoihop.domain.agreements.rules.reading.staged import Staged, is_doubtful, is_plain, print_of
from phoihop.jobs.reading import job_of
from phoihop.kernel.figures_text import day as day_text
from phoihop.kernel.period import local_day

from .. import moments
from ..base import Acting, acting, page
from ..node.work import shown as job_shown
from . import wording
from .found import address, of_reading
from .pieces import Stretch, stretches


@dataclass(frozen=True, slots=True)
class DutyShown:
    n: int
    lines: list[wording.Told]
    lacks: list[str]
    kept: bool


@dataclass(frozen=True, slots=True)
class ClauseShown:
    """A clause beside what was read of it. ``place``: what it stands in; ``seen``: its print; ``unread``: what could not be read, and its words."""

    n: int
    clause: ClauseRead
    place: str
    seen: str
    tag: SafeString
    stretches: list[Stretch]
    content: wording.Told | None
    duties: list[DutyShown]
    unread: list[wording.Told]


@dataclass(frozen=True, slots=True)
class Group:
    """Clauses that are looked through together. ``plain``: they lay nothing down."""

    title: str
    hint: str
    clauses: list[ClauseShown]
    plain: bool = False


@dataclass(frozen=True, slots=True)
class NameShown:
    """A written name, what it stands for, and what else it might."""

    name: str
    means: str
    said: str
    choices: tuple[tuple[str, str], ...]


@never_cache
@acting("agreement.draft", time="none")
@of_reading
def review(request: Acting, seen: Overview) -> HttpResponse:
    """The document and what was read of it; while it is being read, how far that is; afterwards, what came of it."""
    if seen.staged is None:
        job = job_of(seen.reading) if seen.reading.state == ReadingState.WAITING else None
        return page(request, "reading/waiting.html", reading=seen.reading, state=wording.state_tag(seen.reading), job=_job(request, seen, job) if job else None)
    return page(request, "reading/review.html", **context_of(request, seen))


@never_cache
@acting("agreement.draft", time="none")
@of_reading
def progress(request: Acting, seen: Overview) -> HttpResponse:
    """The bar of a long reading; when it is over, the page is fetched anew."""
    job = job_of(seen.reading)
    if job is None or job.ended or seen.reading.state != ReadingState.WAITING:
        return HttpResponseClientRefresh()
    return page(request, "ui/job.html", job=_job(request, seen, job))


def _job(request: Acting, seen: Overview, job: Any) -> dict[str, Any]:
    return job_shown(job, timezone.now()) | {"url": address(seen.reading.pk, "tien-do/"), "unit": _("trang, điều khoản")}


def context_of(request: Acting, seen: Overview) -> dict[str, Any]:
    assert seen.staged is not None
    today = local_day(timezone.now())
    units = unit_names(seen.staged, today)
    names = [name_shown(seen.staged, name, units) for name in seen.staged.names]
    count = len(seen.staged.proposal.clauses)
    shown = [clause_shown(seen.staged, n, units) for n in range(count)]
    in_order = request.GET.get("thu-tu") == "van-ban"
    return {
        "reading": seen.reading, "base": address(seen.reading.pk), "state": wording.state_tag(seen.reading),
        "facts": facts_of(seen.staged.proposal.head, cited(request.post, seen.staged, seen.reading.text, today)),
        "groups": [Group("", "", shown)] if in_order else groups_of(seen.staged, shown), "in_order": in_order, "unnamed": seen.staged.proposal.head.unnamed,
        "clauses": shown, "count": count, "decided": seen.decided, "left": count - seen.decided, "plain": len(seen.staged.plain),
        "unclear": [n for n in names if not n.means], "clear": [n for n in names if n.means],
        "lost_table": is_lost_table(list(lines_of(seen.reading.text))), "duties": sum(d.kept for c in seen.staged.proposal.clauses for d in c.duties),
    }  # fmt: skip


def groups_of(staged: Staged, shown: Sequence[ClauseShown]) -> list[Group]:
    """What a person must look at comes first, then what was read surely, last what lays nothing down; each in the order of the text."""
    doubtful = [c for c in shown if is_doubtful(c.clause, staged.names)]
    plain = [c for c in shown if is_plain(c.clause)]
    rest = [c for c in shown if not is_doubtful(c.clause, staged.names) and not is_plain(c.clause)]
    groups = [
        Group(_("Cần xem kỹ trước"), _("Máy chưa đọc được hết, hoặc chưa chắc: đối chiếu từng câu với nguyên văn."), doubtful),
        Group(_("Có phân công, đọc rõ"), _("Câu tô màu là câu đã dùng."), rest),
        Group(_("Không có phân công"), _("Tên chương, phạm vi, nguyên tắc…: giữ trong nguyên văn, không giao việc cho ai."), plain, plain=True),
    ]
    return [group for group in groups if group.clauses]


def clause_shown(staged: Staged, n: int, units: Mapping[str, str]) -> ClauseShown:
    c = staged.proposal.clauses[n]
    duties = [DutyShown(k, wording.told(d, staged.names, units), wording.lacking(d), d.kept) for k, d in enumerate(c.duties, 1)]
    unread = [wording.Told(wording.why(m), m.value, wording.left_out(m), False) for m in c.unread]
    return ClauseShown(n, c, place_of(staged, n), print_of(c), wording.clause_tag(c.state), stretches(c), wording.content_of(c.content), duties, unread)


def place_of(staged: Staged, n: int) -> str:
    """What a clause stands in: *Chương II, Điều 4*."""
    above: list[str] = []
    depth = staged.proposal.clauses[n].depth
    for c in reversed(staged.proposal.clauses[:n]):
        if c.depth < depth:
            above.append(c.label)
            depth = c.depth
        if depth == 0:
            break
    return ", ".join(reversed(above))


def name_shown(staged: Staged, name: str, units: Mapping[str, str]) -> NameShown:
    meaning = staged.names[name]
    return NameShown(name, meaning.means, wording.said(meaning, units), meaning.choices)


def facts_of(head: HeadRead, named: Sequence[Cited] = ()) -> list[wording.Told]:
    """What the first page says, each with its rule; what is not there is not listed. ``named``: the texts that it names, and what the register has of them."""
    number = written(int(head.number.value), head.symbol.value, head.style.value) if head.number and head.symbol and head.style else ""
    lines = [
        _fact(_("Loại văn bản"), head.kind, str(AgreementKind(head.kind.value).label) if head.kind else ""),
        _fact(_("Số, ký hiệu"), head.number, number),
        _fact(_("Ngày ban hành"), head.issued_on, _day(head.issued_on)),
        _fact(_("Trích yếu"), head.subject, head.subject.value if head.subject else ""),
        _several(_("Cơ quan ban hành"), head.issuers),
        _several(_("Các bên"), head.parties),
        _named(_("Căn cứ"), head.bases, named),
        _named(_("Thay thế"), head.replaces, named),
        _fact(_("Có hiệu lực từ"), head.valid_from, _day(head.valid_from)),
        _fact(_("Hết hiệu lực từ"), head.valid_until, _day(head.valid_until)),
        _several(_("Người ký"), head.signers),
    ]
    return [line for line in lines if line is not None]


def _fact(label: str, mark: Mark | None, value: str) -> wording.Told | None:
    return wording.Told(label, value, wording.why(mark), mark.sure) if mark else None


def _several(label: str, marks: Any) -> wording.Told | None:
    return wording.Told(label, "; ".join(m.value for m in marks), wording.why(marks[0]), all(m.sure for m in marks)) if marks else None


def _named(label: str, marks: Sequence[Mark], named: Sequence[Cited]) -> wording.Told | None:
    """Texts by number or name; those that the register has not are said, for they cannot be linked."""
    if not marks:
        return None
    there = {one.mark for one in named if one.known}
    values = [mark.value if mark in there else _("%(text)s (chưa có trong sổ)") % {"text": mark.value} for mark in marks]
    rules = ", ".join(dict.fromkeys(wording.why(mark) for mark in marks))
    return wording.Told(label, "; ".join(values), rules, all(mark.sure or mark in there for mark in marks))


def _day(mark: Mark | None) -> str:
    return day_text(date.fromisoformat(mark.value), moments.language()) if mark else ""
