"""Incoming directives: registered with the tasks that they ask for, read with how far these are, finished."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router

from phoihop.domain.tasks import actions
from phoihop.domain.tasks.models import IncomingDirective
from phoihop.domain.tasks.queries.directives import directives_seen, with_progress

from .access import Caller
from .acts import act
from .asking import look_up, named
from .names import matters
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import DIRECTIVE

router = Router()


class WithProgress(DIRECTIVE.shape):
    """A directive with how many tasks follow from it, how many are done and how many overdue; given up ones are left out."""

    tasks: int
    done: int
    late: int


def _named(caller: Caller, codes: set[str]) -> dict[str, IncomingDirective]:
    seen = matters(caller, codes)
    there = {d.matter_id: d for d in directives_seen(caller.post, caller.today).filter(matter__in=list(seen.values()))}
    return {code: there[matter.pk] for code, matter in seen.items() if matter.pk in there}


named(IncomingDirective, "directive", "The spoken code of an incoming directive.", _named, of=lambda d: d.matter.code, url="/api/v1/directives/{}")


@reads(router, "/directives", page_of(DIRECTIVE))
def listed(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """The book of incoming directives, by the day on which they came."""
    caller = caller_of(request)
    return page(directives_seen(caller.post, caller.today), DIRECTIVE, after, limit, "received_on")


@reads(router, "/directives/{directive}", WithProgress)
def one(request: HttpRequest, directive: str) -> Any:
    """A directive and how far what it asks for is; its tasks are those of its matter."""
    caller = caller_of(request)
    key = look_up(caller, [(IncomingDirective, directive, "")])[IncomingDirective, directive].pk
    found = with_progress(directives_seen(caller.post, caller.today), caller.now).get(pk=key)
    return DIRECTIVE.of(found) | {"tasks": found.tasks, "done": found.done, "late": found.late}


act(router, "/directives", actions.register_directive)
act(router, "/directives/{directive}/finish", actions.finish_directive)
