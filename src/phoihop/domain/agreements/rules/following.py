"""The first draft of next year's document: the same clauses, dates moved by a year, the number empty."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...forces.models import Unit
from ...matters.models import PartRole
from ...people.models import Post
from ...people.rules import allowed
from ..models import Agreement
from .drafts import AgreementDraft, ClauseDraft, DutyDraft, PartyDraft
from .register import was_taken_back

_STAGE = re.compile(r"(giai đoạn )(20\d\d)(\s*[-–]\s*)(20\d\d)", re.IGNORECASE)
# A day that belongs to another document (*Quy chế số 05/QC-BCH ngày 12 tháng 3 năm 2025*) is no day of this one.
_OTHERS = r"(?P<other>\bsố\s+[^\s,;]*\d[^\s,;]*(?:\s+ngày\s+\d{1,2}(?:/\d{1,2}/| tháng \d{1,2} năm )20\d\d)?)"
_YEARS = re.compile(rf"{_OTHERS}|(?P<before>\bnăm |\d{{1,2}}/\d{{1,2}}/)(?P<year>20\d\d)(?!\d|/)")


@dataclass(frozen=True, slots=True)
class FollowingDraft:
    """What the officer says of the new document. ``cleared_by``, ``cleared_on``: who found it to be no secret; that is said of each plan anew."""

    title: str
    valid_from: date | None = None
    valid_until: date | None = None
    cleared_by: str = ""
    cleared_on: date | None = None


def may_follow(post: Post, agreement: Agreement, parties: Sequence[int], on: date) -> Verdict:
    """A party of a document drafts the one that follows it, once it was agreed or stands in the register as issued on paper: nothing follows a draft."""
    return first_no(
        allowed(post, "agreement.draft", on),
        no_unless(post.unit_id in parties, "not-own-agreement", _("Đơn vị của bạn không có trong các bên của văn bản này.")),
        no_unless(
            agreement.agreed_on is not None or (agreement.on_paper and not was_taken_back(agreement)),
            "not-agreed",
            _("Văn bản này chưa đủ chữ ký. Văn bản kỳ sau soạn từ văn bản đã có hiệu lực."),
        ),
    )


def year_of(d: AgreementDraft) -> int | None:
    """The year that a document is of: in its title, else when it began."""
    said = re.search(r"\bnăm (20\d\d)\b", d.title)
    return int(said[1]) if said else d.valid_from.year if d.valid_from else None


def proposed(d: AgreementDraft) -> FollowingDraft:
    """Title and validity of what follows: a year later, or the stage after this one."""
    year = year_of(d)
    title = _STAGE.sub(_next_stage, d.title)
    return FollowingDraft(title if year is None else _moved(title, year), _later(d.valid_from), _later(d.valid_until))


def following(d: AgreementDraft, said: FollowingDraft, drafts: Unit) -> AgreementDraft:
    """The whole draft; ``drafts``: the unit that keeps the new record. What fell due on a day falls due a year later; so do the days in the text."""
    year = year_of(d)
    others = [replace(p, role=PartRole.SUPPORT) if p.role == PartRole.LEAD else p for p in d.parties if p.unit.pk != drafts.pk]
    return replace(
        d, title=said.title, valid_from=said.valid_from, valid_until=said.valid_until, cleared_by=said.cleared_by, cleared_on=said.cleared_on,
        original=None, parties=[PartyDraft(drafts, PartRole.LEAD), *others], clauses=[_clause(c, year) for c in d.clauses],
    )  # fmt: skip


def _clause(c: ClauseDraft, year: int | None) -> ClauseDraft:
    """A year is four letters before and after, so that the sentences stay in their places."""
    text = c.text if year is None else _moved(c.text, year)
    return replace(c, text=text, duties=[_duty(d) for d in c.duties])


def _duty(d: DutyDraft) -> DutyDraft:
    return replace(d, due_on=_later(d.due_on))


def _moved(text: str, year: int) -> str:
    """The text a year later: years from ``year`` on, but not those of other documents."""

    def later(m: re.Match[str]) -> str:
        if m["other"] or int(m["year"]) < year:
            return m[0]
        return f"{m['before']}{int(m['year']) + 1}"

    return _YEARS.sub(later, text)


def _next_stage(m: re.Match[str]) -> str:
    first, last = int(m[2]), int(m[4])
    return f"{m[1]}{last + 1}{m[3]}{last + 1 + last - first}"


def _later(day: date | None) -> date | None:
    if day is None:
        return None
    return day.replace(year=day.year + 1) if (day.month, day.day) != (2, 29) else date(day.year + 1, 2, 28)
