"""/ke-hoach/moi/ and /ke-hoach/<mã>/sua/: drafting a text and changing it, clause by clause."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from phoihop.domain.agreements.actions.drafting import change_text, draft_agreement
from phoihop.domain.agreements.models import Agreement, AgreementKind
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.drafting import may_change
from phoihop.domain.agreements.rules.versions import is_sent
from phoihop.domain.people.models import Post
from phoihop.kernel.period import local_day

from ..base import Acting, acting, attempt, go, no_access, page
from ..patrols.named import suggestions
from ..toasts import toast
from .form import Drafting, initial_of, near_areas
from .seeing import address, agreement_page

_ADD = {"them-ben": "parties", "them-dieu": "clauses"}


@acting("agreement.draft", time="none")
def new(request: Acting) -> HttpResponse:
    post = request.post
    counts = _counts(request, parties=3, clauses=2)
    initial: dict[str, Any] = {"area": str(post.unit.area), "kind": AgreementKind.REGULATION, "parties.1.signs": True, "parties.2.signs": True}
    form = _form(request, counts, initial, post)
    if _sent(request) and (done := attempt(form, draft_agreement, by=post, at=timezone.now())):
        a: Agreement = done.result
        toast(request, _("Đã lập dự thảo %(code)s.") % {"code": a.matter.code})
        return go(request, address(a))
    return _page(request, form)


@acting("agreement.draft", time="none")
@agreement_page
def change(request: Acting, a: Agreement) -> HttpResponse:
    """A version that was sent stays as it is: what is saved here opens the next one."""
    if not (verdict := may_change(request.post, a, local_day(timezone.now()))):
        return no_access(request, verdict)
    version = current(a)
    counts = _counts(request, parties=max(3, a.parties.count() + 1), clauses=version.clauses.count() + 1)
    form = _form(request, counts, initial_of(version, digest_now(version)), request.post, former=version)
    if _sent(request) and attempt(form, change_text, by=request.post, agreement=a, at=timezone.now()):
        toast(request, _("Đã lưu nguyên văn."))
        return go(request, address(a))
    return _page(request, form, a=a, version=version, opens_new=is_sent(version))


def _form(request: Acting, counts: dict[str, int], initial: dict[str, Any], post: Post, **more: Any) -> Drafting:
    """Asked for another row, the form comes back as it was typed, unjudged."""
    rows: dict[str, Any] = dict(counts)
    if request.method == "POST" and not _sent(request):
        typed = {name: value for name, value in request.POST.items() if name not in ("do", "csrfmiddlewaretoken")}
        return Drafting(post=post, initial=typed | {name: name in typed for name in initial if name.endswith(".signs")}, **rows, **more)
    return Drafting(request.POST or None, post=post, initial=initial, **rows, **more)


def _sent(request: Acting) -> bool:
    return request.method == "POST" and request.POST.get("do") not in _ADD


def _counts(request: Acting, **least: int) -> dict[str, int]:
    """As many rows as were shown, and one more of the kind that was asked for."""
    shown = dict(least)
    for name in request.POST:
        kind, _dot, rest = name.partition(".")
        number = rest.partition(".")[0]
        if kind in shown and number.isdigit():
            shown[kind] = max(shown[kind], int(number) + 1)
    if (kind := _ADD.get(request.POST.get("do", ""), "")) in shown:
        shown[kind] += 2
    return shown


def _page(request: Acting, form: Drafting, **more: Any) -> HttpResponse:
    today = local_day(timezone.now())
    names = suggestions(request.post, today)
    names["area_names"] = list(dict.fromkeys([*(str(area) for area in near_areas(request.post, today)), *names["area_names"]]))
    back = address(more["a"]) if "a" in more else "/ke-hoach/"
    own = more["a"].matter.lead if "a" in more else request.post.unit
    return page(request, "agreements/draft.html", form=form, own=own, back=back, **names, **more)
