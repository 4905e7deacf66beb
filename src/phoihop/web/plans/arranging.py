"""/ke-hoach/<mã>/bo-tri/: the lead lays down posts, preparations, steps and needs of a draft, row by row."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from phoihop.domain.agreements.actions.arranging import arrange
from phoihop.domain.agreements.models import Agreement, AgreementKind
from phoihop.domain.agreements.queries.heads import head_laid
from phoihop.domain.agreements.queries.plans import arrangement_in
from phoihop.domain.agreements.queries.playbook import arrangement_draft
from phoihop.domain.agreements.queries.versions import current, digest_now
from phoihop.domain.agreements.rules.drafting import may_change
from phoihop.domain.agreements.rules.plans import may_arrange
from phoihop.domain.agreements.rules.versions import is_sent
from phoihop.kernel.period import local_day

from .. import rows
from ..agreements.seeing import address, agreement_page
from ..base import Acting, acting, attempt, go, no_access, page
from ..conflict import CODE
from ..register.wording import title_of
from ..toasts import toast
from .form import FRESH, Arranging, tree_of
from .on_agreement import phases_shown

_KEPT = ("seen", "sure")


@acting("agreement.draft", time="none")
@agreement_page
def arranging(request: Acting, a: Agreement) -> HttpResponse:
    version = current(a)
    today = local_day(timezone.now())
    if not (verdict := may_arrange(request.post, a, head_laid(version), is_sent(version), today)):
        if not may_change(request.post, a, today):
            return no_access(request, verdict)
        toast(request, verdict.reason, "warn")  # who may change the text is told what comes first; it is no matter of access
        return go(request, address(a))
    if request.method != "POST":
        return _page(request, a, _fresh(a))
    wish = rows.asked(request.POST.get("do", ""))
    if wish is not None:
        tree = rows.changed(rows.read(request.POST), *wish, FRESH)
        return _page(request, a, Arranging(agreement=a, tree=tree, initial=rows.initial(tree) | {"seen": request.POST.get("seen", "")}))
    tree = rows.pruned(rows.read(request.POST))
    plain = {name: request.POST.getlist(name)[-1:] if name == "seen" else request.POST.getlist(name) for name in _KEPT}
    form = Arranging(rows.written(tree, plain), agreement=a, tree=tree)
    if attempt(form, arrange, by=request.post, agreement=a, at=timezone.now()):
        toast(request, _("Đã lưu phần bố trí."))
        return go(request, address(a))
    return _page(request, a, form)


def _fresh(a: Agreement) -> Arranging:
    """What is laid down now, and where nothing is yet a row to begin with."""
    version = current(a)
    tree = tree_of(arrangement_draft(version))
    first = "posts" if head_laid(version).kind == AgreementKind.EVENT else "phases"
    if not tree[first]:
        rows.changed(tree, rows.ADD, [first], FRESH)
    return Arranging(agreement=a, tree=tree, initial=rows.initial(tree) | {"seen": digest_now(version)})


def _page(request: Acting, a: Agreement, form: Arranging) -> HttpResponse:
    """Refused because somebody was faster, both stand on the page: what was typed in the form, and beside it what is kept."""
    version = current(a)
    changed = form.is_bound and form.verdict is not None and form.verdict.code == CODE
    kept: dict[str, Any] = {"kept": arrangement_in(version), "kept_phases": phases_shown(version), "digest": digest_now(version)} if changed else {}
    is_event = head_laid(version).kind == AgreementKind.EVENT
    return page(request, "plans/arrange.html", form=form, a=a, title=title_of(a), back=address(a), here=address(a, "bo-tri"), is_event=is_event, **kept)
