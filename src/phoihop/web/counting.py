"""The badges of the rail, asked for each minute: nothing travels while nothing changed."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import trigger_client_event

from .base import acting
from .fresh import polled
from .shell import Shell


def _state(request: HttpRequest) -> object:
    return sorted((path, badge.n, badge.over) for path, badge in Shell(request).badges.items())


@acting(time="none")
@polled(_state)
def counts(request: HttpRequest) -> HttpResponse:
    """Every badge for its place, and how many things are overdue for the title and the icon of the tab."""
    shell = Shell(request)
    response = render(request, "ui/badges.html", {"shell": shell})
    return trigger_client_event(response, "tt:overdue", {"n": shell.overdue})
