"""/ke-hoach/do-phu/: which communes have no regulation or joint programme in force for which content."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _

from phoihop.domain.agreements.models import ContentArea
from phoihop.domain.agreements.queries.covered import covered, wanted_in
from phoihop.domain.agreements.rules.coverage import gaps

from ..base import Acting, acting, page
from ..svg_map import Shade, province_map
from .frame import tabs


@acting("figure.view")
def coverage(request: Acting) -> HttpResponse:
    """Each content with the communes it lacks, and the map of how many contents each commune has."""
    area, day = request.scope.area, request.scope.day
    assert area is not None
    communes, found = covered(request.post, area, day)
    by_pk = {c.pk: c for c in communes}
    missing = gaps(found, wanted_in(communes, day))
    rows = [
        {
            "name": content.label, "has": (has := sum(bool(there.get(content)) for there in found.values())),
            "missing": [by_pk[pk] for pk in missing[content]], "free": len(communes) - has - len(missing[content]),
        }
        for content in ContentArea
    ]  # fmt: skip
    province = request.scope.province()
    shades = {
        pk: Shade(f"s{min(5, len(there))}" if there else "zero", _("%(area)s: %(n)s nội dung có văn bản") % {"area": by_pk[pk], "n": len(there)})
        for pk, there in found.items()
    }
    return page(
        request,
        "duties/coverage.html",
        tabs=tabs(request, "/ke-hoach/do-phu/"),
        rows=rows,
        communes=communes,
        bare=[by_pk[pk] for pk, there in found.items() if not there],
        map=province_map(province, day, shades, title=_("Số nội dung có văn bản theo xã, phường")) if province and len(communes) > 1 else None,
        legend=[("zero", _("chưa có")), ("s1", _("một nội dung")), ("s3", _("ba nội dung")), ("s5", _("từ năm nội dung"))],
    )
