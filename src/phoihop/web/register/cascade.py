"""/ke-hoach/<mã>/so/cap-duoi/: what the units below made of a document, on the schematic map and in a table by commune."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.agreements.models import Adoption, AdoptionForm, Agreement
from phoihop.domain.agreements.queries.cascade import Cascade, CommuneLine, cascade_of
from phoihop.domain.agreements.queries.variations import Varied, varied
from phoihop.domain.agreements.rules.cascade import is_late
from phoihop.domain.people.rules import may
from phoihop.domain.territory.models import Level

from ..agreements.seeing import agreement_page
from ..base import Acting, acting, page
from ..lists import chosen, filter_links
from ..scope import province_of
from ..svg_map import Shade, province_map
from . import wording

FORM = "cach"
SHADES = {"late": "zero", AdoptionForm.WAITING: "s1", AdoptionForm.DECLINED: "s3", AdoptionForm.ADAPTED: "s5", AdoptionForm.AS_IS: "s4"}
WORDS = {
    "late": lazy("có đơn vị quá hạn"), AdoptionForm.WAITING: lazy("còn chờ"), AdoptionForm.DECLINED: lazy("có đơn vị không áp dụng"),
    AdoptionForm.ADAPTED: lazy("có văn bản riêng"), AdoptionForm.AS_IS: lazy("thực hiện nguyên văn"),
}  # fmt: skip
FILTERS = {
    "": lazy("Tất cả"), "qua-han": lazy("Quá hạn"), "cho": lazy("Chưa trả lời"), "rieng": lazy("Có văn bản riêng"), "nguyen-van": lazy("Nguyên văn"),
    "khong": lazy("Không áp dụng"),
}  # fmt: skip
_OF = {"cho": AdoptionForm.WAITING, "rieng": AdoptionForm.ADAPTED, "nguyen-van": AdoptionForm.AS_IS, "khong": AdoptionForm.DECLINED}


@acting("matter.view", time="none")
@agreement_page
def cascade(request: Acting, found: Agreement) -> HttpResponse:
    today = request.scope.today
    seen = cascade_of(request.post, found, today)
    form = chosen(request, FORM, FILTERS)
    differ = varied(request.post, found, today)
    rows = [_row(adoption, line, found.matter.code, today, differ) for line in seen.lines for adoption in line.adoptions if _wanted(adoption, form, today)]
    leads = found.matter.lead_id == request.post.unit_id
    return page(
        request,
        "register/cascade.html",
        part="found",
        agreement=found,
        title=wording.title_of(found),
        seen=seen,
        rows=rows,
        filters=filter_links(request, FORM, FILTERS, form),
        map=_map(request, seen, found.matter.code),
        legend=[(css, WORDS[key]) for key, css in SHADES.items()],
        may_ask=leads and may(request.post, "agreement.cascade"),
        waiting=seen.counts[AdoptionForm.WAITING],
        differ=differ,
        added=differ.added,
    )


def _wanted(adoption: Adoption, form: str, today: Any) -> bool:
    if form == "qua-han":
        return is_late(adoption, today)
    return not form or adoption.form == _OF[form]


def _row(adoption: Adoption, line: CommuneLine, code: str, today: Any, differ: Varied) -> dict[str, Any]:
    own = adoption.own
    return {
        "adoption": adoption, "area": line.area, "tag": wording.adoption_tag(adoption.form, is_late(adoption, today)),
        "own": wording.PAGE % own.matter.code if own else "", "own_code": own.matter.code if own else "",
        "difference": f"/ke-hoach/{code}/so/khac-biet/{own.matter.code}/" if own and adoption.pk in differ.count else "",
        "differs": differ.count.get(adoption.pk), "unsigned": own is not None and own.agreed_on is None,
    }  # fmt: skip


def _map(request: Acting, seen: Cascade, code: str) -> Any:
    """Communes in the shade of their worst answer; None where nothing is drawn, or nobody at commune level was asked."""
    lines = [line for line in seen.lines if line.area.level == Level.COMMUNE]
    province = province_of(lines[0].area, request.scope.today) if lines else None
    if province is None:
        return None
    shades = {
        line.area.pk: Shade(SHADES[line.worst], f"{line.area}: {_said(line)}", f"#xa-{line.area.code}", line.area.name if line.late else "") for line in lines
    }
    return province_map(province, request.scope.today, shades, title=_("Cấp dưới đã ban hành, thực hiện"), table="#bang")


def _said(line: CommuneLine) -> str:
    return str(WORDS[line.worst])
