"""/tuan-tra/nhap/: take a log in, and the imports of one's unit so far."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.activities.actions import importing
from phoihop.domain.activities.models import ImportRun
from phoihop.domain.activities.queries.importing import runs_of
from phoihop.kernel import gates
from phoihop.kernel.verdict import Refused

from ..base import Acting, acting, page, refuse
from ..forms import Form
from ..lists import Listing
from ..uploads import upload_of
from .finding import address
from .wording import run_tag


class Uploading(Form):
    upload = forms.FileField(
        label=_("Tệp sổ tuần tra"),
        help_text=_("Excel (.xlsx, .xls), LibreOffice (.ods) hoặc .csv, đến 20 MB, đến 50.000 dòng. Cột và cách ghi ngày, giờ, tên xã thế nào cũng được."),
        widget=forms.FileInput(
            {
                "accept": ".xlsx,.xls,.ods,.csv",
                "data-most-bytes": gates.limits.upload,
                "data-too-big": _("Tệp quá lớn: chỉ nhận đến 20 MB. Hãy tách sổ thành nhiều tệp, mỗi tệp một quý."),
            }
        ),
        error_messages={"required": _("Chọn tệp sổ tuần tra."), "empty": _("Tệp này rỗng. Chọn lại tệp."), "missing": _("Chọn tệp sổ tuần tra.")},
        max_length=200,
    )


@acting("patrol.import", time="none")
def imports(request: Acting) -> HttpResponse:
    """Upload a log; what is refused says why at the field. Below: earlier imports."""
    form = Uploading(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (run := _taken_in(request, form)) is not None:
        return HttpResponseRedirect(address(run.pk))
    listing: Listing[ImportRun] = Listing(request, runs_of(request.post), {"luc": "at"}, "-luc", per=30)
    rows = [(run, run_tag(run)) for run in listing.rows]
    return page(request, "importing/list.html", form=form, listing=listing, rows=rows)


def _taken_in(request: Acting, form: Uploading) -> ImportRun | None:
    try:
        return importing.begin(by=request.post, lead=request.post.unit, upload=upload_of(form.cleaned_data["upload"]), at=timezone.now())
    except Refused as refusal:
        refuse(form, refusal.verdict.at("upload"))
        return None
