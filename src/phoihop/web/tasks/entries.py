"""What tasks bring to the frame: where their codes lead, the entry of "Ghi nhận", and finding them by their words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.matters.models import MatterKind
from phoihop.domain.people.models import Post
from phoihop.domain.tasks.models import TaskState
from phoihop.domain.tasks.queries.queue import seen_by

from ..finding import Found, code_page, finder, matter_page
from ..shell import Entry, record
from .directives import PAGE as DIRECTIVE_PAGE

PAGE = "/nhiem-vu/%s/"

code_page(MatterKind.TASK, PAGE)
matter_page(MatterKind.TASK, PAGE)
matter_page(MatterKind.DIRECTIVE, DIRECTIVE_PAGE)
record(
    Entry("/nhiem-vu/van-ban-den/moi/", lazy("Ghi văn bản chỉ đạo đến"), icon="inbox", order=65, permission="task.give", hint=lazy("Số, ngày, việc được giao"))
)
record(Entry("/nhiem-vu/moi/", lazy("Giao, đề nghị nhiệm vụ"), icon="checklist", order=60, permission="task.give", hint=lazy("Có chủ trì và hạn")))

_FOUND = 4
_LEAST = 3


@finder
def _by_words(post: Post, text: str, day: date) -> Iterable[Found]:
    """Tasks in whose wording the typed words stand, the latest first."""
    if len(text) < _LEAST:
        return
    for task in seen_by(post, day).filter(what__text__icontains=text).order_by("-pk")[:_FOUND]:
        about = f"{TaskState(task.state).label} · {_('chủ trì')} {task.lead.short}"
        yield Found(task.what.text, PAGE % task.code, icon="checklist", about=about, code=task.code, forces=(task.lead.force.code,))
