"""/ke-hoach/nhap-so/: a book of documents from a file. Nothing is written before every doubtful cell is mended.

The list goes to and fro with the form, as one text, so that nothing half done lies about; the rules judge it anew each time.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import HttpResponse, QueryDict
from django.utils import timezone
from django.utils.translation import gettext as now_
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from phoihop.domain.agreements.actions.registering import enter_book
from phoihop.domain.agreements.models import AgreementKind
from phoihop.domain.agreements.queries.book import preview
from phoihop.domain.agreements.rules.book import FIELDS, LONGEST_BOOK, BookLine, Cleared, Settled, fits_book, heading, line_of
from phoihop.domain.agreements.rules.register import AT_ONCE
from phoihop.kernel.action import answering
from phoihop.kernel.period import local_day
from phoihop.kernel.upload import Upload
from phoihop.kernel.verdict import Refused, Verdict

from ..base import Acting, acting, page
from ..forms import DateField, Form
from ..sheets import a_template, list_field, rows_in, sent_list
from ..toasts import toast

LABELS = (
    _("Số, ký hiệu"), _("Ngày ban hành"), _("Cơ quan ban hành"), _("Trích yếu"), _("Loại văn bản"), _("Hiệu lực"), _("Căn cứ"), _("Lực lượng tham gia"),
)  # fmt: skip
_DAYS = ("issued_on",)
_LEAST_HEADINGS = 3
_SHOWN = 400
_LONGEST_CELL = 2_000


class Uploading(Form):
    upload = list_field(_("Tệp sổ văn bản"))


class Clearing(Form):
    """For the plans of the book: who determined, and when, that they are on no list of state secrets."""

    cleared_by = forms.CharField(label=_("Kế hoạch, phương án: cơ quan xác định không thuộc danh mục bí mật"), required=False, max_length=120)
    cleared_on = DateField(label=_("Ngày xác định"), required=False)

    def cleared(self) -> Cleared:
        return Cleared(self.cleaned_data.get("cleared_by") or "", self.cleaned_data.get("cleared_on")) if self.is_valid() else Cleared()


@never_cache
@acting("agreement.register", time="none")
def importing(request: Acting) -> HttpResponse:
    """Upload, look through and mend, enter: one address, the form says how far one is."""
    if request.method == "POST" and "book" in request.POST:
        return _look_through(request, _mended(request.POST), enter=request.POST.get("do") == "enter")
    form, lines = sent_list(request, Uploading, lines_in)
    return _look_through(request, lines) if lines is not None else page(request, "register/import.html", form=form, labels=LABELS)


@require_GET
@acting("agreement.register", time="none")
def template(request: Acting) -> HttpResponse:
    """An empty book with its headings, the kinds to choose from, and one example."""
    own = request.post.unit
    example = [
        "05/QC-BCH",
        "10/01/2024",
        own.name,
        now_("Quy chế phối hợp giữ gìn an ninh, trật tự"),
        str(AgreementKind.REGULATION.label),
        "15/01/2024",
        "03/2019/NĐ-CP",
        "",
    ]
    return a_template(
        "so-van-ban.xlsx", now_("Sổ văn bản"), [str(label) for label in LABELS], example, {4: [str(kind.label) for kind in AgreementKind]}, LONGEST_BOOK
    )


def lines_in(upload: Upload) -> list[BookLine]:
    """The rows below the headings of the first sheet that has them. Raises Refused with a sentence for what is no such book."""
    found = [line_of(n, texts) for n, texts in rows_in(upload, heading, _LEAST_HEADINGS, _DAYS)]
    fits_book(len(found)).enforce()
    return found


def _mended(sent: QueryDict) -> list[BookLine]:
    """The book as the form brings it back, with the cells that were mended in place. What is no such text is an empty book."""
    try:
        rows = json.loads(sent.get("book", "[]"))[:LONGEST_BOOK]
        plain = [(int(n), dict(zip(FIELDS, (_text(cell) for cell in cells), strict=True))) for n, cells in rows]
    except (ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return []
    left_out = set(sent.getlist("skip"))
    for at, (n, cells) in enumerate(plain):
        plain[at] = (n, {name: _text(sent.get(f"c.{n}.{name}", text)) for name, text in cells.items()})
    return [line_of(n, cells) for n, cells in plain if str(n) not in left_out]


def _text(said: Any) -> str:
    """What no text of ours holds (a NUL, half a letter) is left out: nothing but a form's own fields would refuse it before the database does."""
    return str(said)[:_LONGEST_CELL].replace("\0", "").encode(errors="ignore").decode()


def _look_through(request: Acting, lines: list[BookLine], enter: bool = False) -> HttpResponse:
    form = Clearing(request.POST if "cleared_by" in request.POST else None)
    cleared = form.cleared()
    settled = preview(request.post, lines, cleared, local_day(timezone.now()))
    doubtful = [one for one in settled if one.doubts]
    again = request.POST.getlist("sure")
    new = [one for one in settled if _brought(one, again)]
    held_back = None
    if enter and new:
        entered, held_back = _entered(request, [one.line for one in new], cleared, again)
        if held_back is None and not doubtful:
            return page(request, "register/import_done.html", n=entered)
        settled = preview(request.post, lines, cleared, local_day(timezone.now()))
        new = [one for one in settled if _brought(one, again)]
    ranked = sorted(settled, key=lambda one: (not one.doubts, bool(one.elsewhere), bool(one.there), one.line.n))
    there = [one for one in settled if not one.doubts and not _brought(one, again)]
    counts = {"doubtful": len(doubtful), "new": len(new), "there": len(there), "asked": len([one for one in there if not one.elsewhere]), "all": len(settled)}
    book = json.dumps([[one.line.n, [getattr(one.line, name) for name in FIELDS]] for one in settled], ensure_ascii=False)
    return page(
        request, "register/import_preview.html", form=form, rows=[_row(one) for one in ranked[:_SHOWN]], more=max(0, len(ranked) - _SHOWN), counts=counts,
        labels=LABELS, book=book, again=again, held_back=held_back, status=422 if held_back else 200,
    )  # fmt: skip


def _brought(one: Settled, again: Sequence[str]) -> bool:
    """Whether a line goes in. ``again``: the codes of others' entries beside which the unit wants one of its own."""
    return not one.doubts and not one.there and (bool(one.elsewhere) or one.elsewhere.answer in again)


def _entered(request: Acting, lines: Sequence[BookLine], cleared: Cleared, again: Sequence[str]) -> tuple[int, Verdict | None]:
    """Twenty lines a transaction, so that others go on working; what went in before a refusal stays, and the same file brings the rest."""
    done = 0
    for start in range(0, len(lines), AT_ONCE):
        try:
            enter = answering(enter_book, again)
            done += len(enter(by=request.post, lines=lines[start : start + AT_ONCE], cleared=cleared, at=timezone.now()))
        except Refused as refusal:
            return done, refusal.verdict
    toast(request, now_("Đã ghi %(n)s văn bản vào sổ.") % {"n": done})
    return done, None


def _row(one: Settled) -> dict[str, Any]:
    """A row of the preview: each cell with its text, the doubt about it, its field's name and what would settle it."""
    cells = []
    for name in FIELDS:
        verdict = one.cell(name)
        offers = one.offers.get(name, []) if not verdict else []
        cells.append({"name": f"c.{one.line.n}.{name}", "text": getattr(one.line, name), "verdict": verdict, "offer": verdict.offer or "", "offers": offers})
    return {
        "n": one.line.n, "cells": cells, "doubts": bool(one.doubts), "there": one.there, "elsewhere": one.elsewhere, "kind": AgreementKind(one.kind).label if one.kind else "",
    }  # fmt: skip
