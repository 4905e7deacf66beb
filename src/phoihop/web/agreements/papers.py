"""The files of an agreement: the finished document as .docx and PDF, what proves it, scans and signed files; and its text, version by version."""

from __future__ import annotations

import json

from django.http import Http404, HttpResponse
from django.utils import timezone

from phoihop.domain.agreements.actions.exporting import remember
from phoihop.domain.agreements.models import Agreement
from phoihop.domain.agreements.queries.agreement import file_of, party_lines, reservations_of, versions_of
from phoihop.domain.agreements.queries.bases import links_of
from phoihop.domain.agreements.queries.comparing import head_changes_of, redline_of
from phoihop.domain.agreements.queries.plans import arrangement_of
from phoihop.domain.agreements.queries.proof import proof_of
from phoihop.domain.agreements.queries.versions import clauses_of, digest_now, shown_to, versions_seen
from phoihop.domain.agreements.rules.plans import may_prove
from phoihop.kernel.period import local_day
from phoihop.reports.agreement_text import agreement_document

from ..base import Acting, acting, no_access, page
from ..paper.heads import in_vietnamese, is_demo
from ..paper.printing import printed
from ..saved import saved
from ..written import read_number
from .seeing import address, agreement_page


@acting("matter.view", time="none")
@agreement_page
def printed_text(request: Acting, a: Agreement) -> HttpResponse:
    """The document to look at, as .docx or as PDF (``?dang=``). A PDF of a text that was sent is remembered: it may come back signed."""
    now, version = timezone.now(), shown_to(request.post, a)
    lines, there = party_lines(a, version, now), arrangement_of(request.post, version, local_day(now))
    links = links_of(request.post, version, local_day(now))
    document = in_vietnamese(agreement_document)(a, version, lines, there, links, local_day(now), demo=is_demo())

    def handed_out(content: bytes) -> None:
        if not there.hidden:  # what lacks the posts is not the text that is signed
            remember(by=request.post, version=version, content=content, at=now)

    return printed(request, document, f"{a.matter.code} ban {version.number}", handed_out=handed_out, title=document.abstract, back=address(a))


@acting("matter.view", time="none")
@agreement_page
def proof(request: Acting, a: Agreement) -> HttpResponse:
    """What ``phoihop agreement verify`` reads, of the newest version that the reader may see."""
    version = shown_to(request.post, a)
    if not (verdict := may_prove(arrangement_of(request.post, version, local_day(timezone.now())).hidden)):
        return no_access(request, verdict)
    content = json.dumps(proof_of(version), ensure_ascii=False, indent=1)
    return saved(content, "application/json; charset=utf-8", f"{a.matter.code}.json")


@acting("matter.view", time="none")
@agreement_page
def kept_file(request: Acting, a: Agreement, pk: int) -> HttpResponse:
    """A scan, a signed PDF or the original."""
    found = file_of(request.post, a, pk, local_day(timezone.now()))
    if found is None or found.content is None:
        raise Http404
    return saved(bytes(found.content), found.media, found.name.text)


@acting("matter.view", time="none")
@agreement_page
def version_text(request: Acting, a: Agreement, number: int) -> HttpResponse:
    """The whole text of one version, with what changed since another (``?so=``; without it, since the one before)."""
    seen = versions_seen(request.post, a)
    version = seen.select_related("title", "change").filter(number=number).first()
    if version is None:
        raise Http404
    asked = read_number(request.GET.get("so", str(number - 1)), 4)
    before = seen.select_related("title").filter(number=asked).first() if asked not in (None, number) else None
    reserved = list(reservations_of(version))
    return page(
        request, "agreements/version.html", a=a, version=version, before=before, base=address(a), digest=digest_now(version), clauses=list(clauses_of(version)),
        changes=redline_of(before, version) if before else [], head_changes=head_changes_of(request.post, before, version, local_day(timezone.now())) if before else [], versions=versions_of(request.post, a), reservations=reserved,
    )  # fmt: skip
