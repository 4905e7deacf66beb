"""/gioi-han/: what the system keeps, refuses and forgets; /gioi-han/co-che/: what of the seeds is built. Public, and read from the code."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.gates import REFUSALS

from .. import guide
from ..base import page
from ..lists import chosen, filter_links
from ..shell import exists
from .kept import Kinds, Record, kinds, records, retention
from .mechanisms import Mechanism, mechanisms
from .names import TOPICS
from .refusals import refusals

_BLANK = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")

ANSWERS = {"": _("Tất cả"), "da-co": _("Đã có"), "cho": _("Chờ phần sau"), "ngoai": _("Ngoài phạm vi, từ chối")}
guide.chapter(
    "/gioi-han/co-che/",
    _("Cơ chế phối hợp đã có đến đâu"),
    _("126 cơ chế nêu trong các bài viết gốc: đã có ở trang nào, còn chờ phần nào, điều gì không làm."),
    icon="checkup-list",
)


@dataclass(frozen=True, slots=True)
class Part:
    """A topic with its tables and closed lists."""

    code: str
    title: Any
    records: tuple[Record, ...]
    kinds: tuple[Kinds, ...]


def limits(request: HttpRequest) -> HttpResponse:
    """Everything that is kept, refused and forgotten."""
    said = [(r.code, [readable(s) for s in r.sentences], [TOPICS[t] for t in r.topics]) for r in refusals()]
    tables = records()
    counts = {"tables": len(tables), "fields": sum(len(r.fields) for r in tables), "refusals": len(said), "gates": len(REFUSALS)}
    return page(request, "limits/limits.html", parts=parts(), gates=REFUSALS.values(), said=said, retention=retention(), counts=counts)


def coverage(request: HttpRequest) -> HttpResponse:
    """The mechanisms of the seeds, each with where it is, what it waits for, or why it is refused."""
    shown = chosen(request, "tra-loi", ANSWERS)
    rows = [m for m in mechanisms() if not shown or _answer(m) == shown]
    answers = [_answer(m) for m in mechanisms()]
    counts = {"all": len(answers), "built": answers.count("da-co"), "waiting": answers.count("cho"), "out": answers.count("ngoai")}
    links = filter_links(request, "tra-loi", ANSWERS, shown)
    return page(request, "limits/mechanisms.html", rows=[(m, exists(m.page)) for m in rows], counts=counts, links=links)


def parts() -> list[Part]:
    """By topic, in the order of the topics; those that keep nothing are left out."""
    found = [Part(t, title, tuple(r for r in records() if r.topic == t), tuple(k for k in kinds() if k.topic == t)) for t, title in TOPICS.items()]
    return [part for part in found if part.records]


def readable(sentence: str) -> str:
    """A sentence in the reader's language; what is filled in when it is said is a dash of dots."""
    return _BLANK.sub("…", gettext(sentence)).replace("%%", "%")


def _answer(m: Mechanism) -> str:
    if m.out:
        return "ngoai"
    return "da-co" if m.built else "cho"
