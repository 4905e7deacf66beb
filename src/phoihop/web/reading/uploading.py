"""/ke-hoach/doc-tep/: drop a regulation or plan, and the files of one's unit so far."""

from __future__ import annotations

from django import forms
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.actions import reading as actions
from phoihop.domain.agreements.models import Reading, ReadingState
from phoihop.domain.agreements.queries.reading import readings_of
from phoihop.jobs.reading import ask_to_read
from phoihop.kernel import gates
from phoihop.kernel.upload import Upload

from ..base import Acting, acting, attempt, go, page
from ..forms import Form
from ..lists import Listing
from ..uploads import upload_of
from .found import address
from .wording import state_tag


class Uploading(Form):
    upload = forms.FileField(
        label=_("Tệp quy chế, kế hoạch, chương trình, phương án"),
        help_text=_("Word (.docx), hoặc PDF có chữ, đến 20 MB. Bản quét không có chữ thì không đọc được: hãy dùng tệp gốc."),
        widget=forms.FileInput(
            {
                "accept": ".docx,.pdf",
                "data-most-bytes": gates.limits.upload,
                "data-too-big": _("Tệp quá lớn: chỉ nhận đến 20 MB. Nén ảnh trong tệp rồi gửi lại."),
            }
        ),
        error_messages={"required": _("Chọn tệp."), "empty": _("Tệp này rỗng. Chọn lại tệp."), "missing": _("Chọn tệp.")},
        max_length=200,
    )

    def arguments(self) -> dict[str, Upload]:
        return {"upload": upload_of(self.cleaned_data["upload"])}


@acting("agreement.draft", time="none")
def files(request: Acting) -> HttpResponse:
    """Send a file; what is refused says why at the field. A long one goes to the line of jobs. Below: earlier files."""
    form = Uploading(request.POST if request.method == "POST" else None, request.FILES or None)
    if request.method == "POST" and (done := attempt(form, actions.begin, by=request.post, at=timezone.now())):
        reading: Reading = done.result
        if reading.state == ReadingState.WAITING:
            ask_to_read(reading)
        return go(request, address(reading.pk))
    listing: Listing[Reading] = Listing(request, readings_of(request.post), {"luc": "at"}, "-luc", per=30)
    return page(request, "reading/list.html", form=form, listing=listing, rows=[(r, state_tag(r)) for r in listing.rows])
