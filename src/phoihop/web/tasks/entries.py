"""What tasks bring to the frame: where their codes lead, the entry of "Ghi nhận", and finding them by their words."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Case, IntegerField, Value, When
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from phoihop.domain.matters.models import MatterKind
from phoihop.domain.people.models import Post
from phoihop.domain.tasks.models import Task, TaskState
from phoihop.domain.tasks.queries.queue import behind, seen_by
from phoihop.domain.tasks.rules import WAITS_ON_LEAD
from phoihop.kernel import spoken
from phoihop.kernel.at_once import first
from phoihop.kernel.period import local_day
from phoihop.search import tasks as asking

from ..finding import Asked, Found, code_page, finder, matter_page
from ..shell import Entry, record
from . import wording
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
def _by_code(post: Post, text: str, day: date) -> Iterable[Found]:
    """The task of a code; of one that is not shown only who leads it."""
    said = spoken.parse(text)
    if said is None or said.kind != MatterKind.TASK:
        return
    task = seen_by(post, day).filter(code=str(said)).first()
    if task is not None:
        yield _line(task)
    elif (hidden := behind(post, str(said), day)) is not None:
        yield Found(MatterKind.TASK.label, PAGE % str(said), icon="checklist", about=hidden.lead.short, code=str(said), forces=(hidden.lead.force.code,))


@finder
def _by_words(post: Post, text: str, day: date) -> Iterable[Found] | Asked:
    """Tasks in whose wording the words stand, what still waits for its lead first and by deadline. Many have one wording: unit, place and deadline tell them apart."""
    if len(text) < _LEAST:
        return ()
    waits = Case(When(state__in=WAITS_ON_LEAD, then=Value(0)), When(closed_at=None, then=Value(1)), default=Value(2), output_field=IntegerField())
    few = first(asking.found(post, text, day).order_by(waits, "due_at", "pk"), _FOUND)
    return Asked(few.annotate(waits=waits).order_by("waits", "due_at", "pk"), _line)


def _line(task: Task) -> Found:
    due = f"{local_day(task.due_at):%d/%m/%Y}"
    said = [task.lead.short, wording.place_of(task), str(TaskState(task.state).label), _("hạn %(due)s") % {"due": due}]
    about = " · ".join(filter(None, said))
    return Found(task.what.text or _("(nội dung đã xóa)"), PAGE % task.code, icon="checklist", about=about, code=task.code, forces=(task.lead.force.code,))
