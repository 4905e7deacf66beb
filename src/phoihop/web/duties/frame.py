"""What the pages of duties share: the tabs between them, and the agreement of an address."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.domain.agreements.models import Agreement
from phoihop.domain.agreements.queries.agreement import found
from phoihop.kernel import spoken
from phoihop.kernel.period import local_day

from ..base import Acting
from ..shell import exists

PAGES = {
    "/ke-hoach/phan-cong/": _("Phân công"), "/ke-hoach/thuc-hien/": _("Thực hiện"), "/ke-hoach/lich/": _("Lịch đến hạn"),
    "/ke-hoach/lich-su-kien/": _("Lịch sự kiện"), "/ke-hoach/do-phu/": _("Độ phủ"),
    "/ke-hoach/mau-chu-ky/": _("Mẫu và chu kỳ"),
}  # fmt: skip


def tabs(request: Acting, here: str) -> list[dict[str, Any]]:
    """The pages about duties, after the register where there is one."""
    pages = ({"/ke-hoach/": _("Sổ văn bản")} if exists("/ke-hoach/") else {}) | PAGES
    return [{"label": label, "url": f"{path}{request.scope.carry}", "here": path == here, "n": None} for path, label in pages.items()]


def agreement_of(request: Acting, code: str) -> Agreement:
    """The agreement of an address, as its reader may read it. Raises Http404."""
    said = spoken.parse(code)
    seen = found(request.post, str(said), local_day(timezone.now())) if said else None
    if seen is None:
        raise Http404
    return seen
