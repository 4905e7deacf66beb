"""How the pages look to one reader: theme and language, kept with the account, or in the browser while nobody is signed in."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from phoihop.domain.people.actions import accounts
from phoihop.domain.people.models import User
from phoihop.domain.people.queries import node_post

from . import kept
from .back import own_address
from .middleware import LANGUAGE

THEMES = ("auto", "light", "dark")
_A_YEAR = 365 * 86_400


@require_POST
def looks(request: HttpRequest) -> HttpResponse:
    """Take over ``nen`` (theme) or ``tieng`` (language), and go back."""
    response = HttpResponseRedirect(own_address(request, request.POST.get("ve")))
    theme = request.POST.get("nen") if request.POST.get("nen") in THEMES else None
    language = request.POST.get("tieng") if request.POST.get("tieng") in dict(settings.LANGUAGES) else None
    if request.user.is_authenticated:
        _keep_with_account(request, theme, language)
    elif language:
        request.session[LANGUAGE] = language
    elif theme:
        response.set_cookie("theme", theme, max_age=_A_YEAR, secure=settings.SESSION_COOKIE_SECURE, httponly=True, samesite="Strict")
    return response


def take_over(request: HttpRequest, user: User) -> None:
    """A language chosen before the sign-in goes on after it: it becomes the account's."""
    language = request.session.pop(LANGUAGE, None)
    if language and language != user.language:
        accounts.set_preferences(by=node_post(), user=user, language=language, theme=user.theme, shortcuts=user.shortcuts, at=timezone.now())


def _keep_with_account(request: HttpRequest, theme: str | None, language: str | None) -> None:
    user = cast(User, request.user)
    by = getattr(request, "post", None) or node_post()
    accounts.set_preferences(by=by, user=user, language=language or user.language, theme=theme or user.theme, shortcuts=user.shortcuts, at=timezone.now())


@require_POST
def drop_kept(request: HttpRequest) -> HttpResponse:
    """The writer does not want the kept text any more."""
    kept.drop(request)
    return HttpResponseRedirect(own_address(request, request.POST.get("ve")))
