"""/ke-hoach/moi/ and /ke-hoach/<mã>/sua/: drafting a text and changing it, clause by clause."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from phoihop.domain.agreements.actions.drafting import change_text, draft_agreement
from phoihop.domain.agreements.models import Agreement, AgreementKind
from phoihop.domain.agreements.queries.agreement import written
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.drafting import may_change
from phoihop.domain.agreements.rules.redline import changed, redline
from phoihop.domain.agreements.rules.versions import is_sent
from phoihop.kernel.period import local_day

from .. import rows
from ..base import Acting, acting, attempt, go, no_access, page
from ..conflict import CODE
from ..patrols.named import suggestions
from ..toasts import toast
from .above import text_above
from .form import FRESH, PLAIN, Drafting, head_of, near_areas, tree_of
from .seeing import address, agreement_page

_COMPARE = "so"


@acting("agreement.draft", time="none")
def new(request: Acting) -> HttpResponse:
    post = request.post
    if request.method != "POST":
        tree: rows.Row = {}
        for kind in ("parties", "parties", "clauses", "clauses"):
            rows.changed(tree, rows.ADD, [kind], FRESH)
        initial = rows.initial(_numbered(tree)) | {"area": str(post.unit.area), "kind": AgreementKind.REGULATION}
        return _page(request, Drafting(post=post, tree=tree, initial=initial))
    form = _form(request)
    if form.is_bound and (done := attempt(form, draft_agreement, by=post, at=timezone.now())):
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
    about: dict[str, Any] = {"former": version, "above": text_above(request.post, a, local_day(timezone.now()))}
    if request.method == "POST":
        form = _form(request, **about)
        if form.is_bound and attempt(form, change_text, by=request.post, agreement=a, at=timezone.now()):
            toast(request, _("Đã lưu nguyên văn."))
            return go(request, address(a))
    else:
        tree = tree_of(version)
        form = Drafting(post=request.post, tree=tree, initial=rows.initial(_numbered(tree)) | head_of(version, digest_now(version)), **about)
    return _page(request, form, a=a, version=version, opens_new=is_sent(version), **_meanwhile(a, form))


def _form(request: Acting, **about: Any) -> Drafting:
    """Asked for a row more or fewer, or what differs, the form comes back as it was typed, unjudged; else what was typed, without empty rows."""
    tree, asked = rows.read(request.POST), request.POST.get("do", "")
    plain = {name: request.POST.getlist(name) for name in PLAIN if name in request.POST}
    wish = rows.asked(asked)
    if wish is None and asked != _COMPARE:
        tree = rows.pruned(tree)
        data = rows.written(_numbered(tree), plain | {"seen": plain.get("seen", [])[-1:]})
        return Drafting(data, post=request.post, tree=tree, **about)
    if wish is not None:
        tree = rows.changed(_numbered(tree), *wish, FRESH)
    initial = rows.initial(_numbered(tree)) | {name: said[-1] for name, said in plain.items() if said}
    return Drafting(post=request.post, tree=tree, initial=initial, **about)


def _numbered(tree: rows.Row) -> rows.Row:
    """With the drafting unit as the first party, as the form numbers them."""
    return Drafting.whole(tree)


def _meanwhile(a: Agreement, form: Drafting) -> dict[str, Any]:
    """Refused because somebody was faster: what is kept now against what was typed, clause by clause; the writer chooses."""
    if not (form.is_bound and form.verdict is not None and form.verdict.code == CODE and form.draft is not None):
        return {}
    kept = current(a)
    return {"digest": digest_now(kept), "kept": kept, "differences": changed(redline(written(kept), form.typed))}


def _page(request: Acting, form: Drafting, **more: Any) -> HttpResponse:
    today = local_day(timezone.now())
    names = suggestions(request.post, today)
    names["area_names"] = list(dict.fromkeys([*(str(area) for area in near_areas(request.post, today)), *names["area_names"]]))
    back = address(more["a"]) if "a" in more else "/ke-hoach/"
    here = address(more["a"], "sua") if "a" in more else "/ke-hoach/moi/"
    own = more["a"].matter.lead if "a" in more else request.post.unit
    return page(request, "agreements/draft.html", form=form, own=own, back=back, here=here, **names, **more)
