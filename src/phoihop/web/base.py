"""What every page stands on: show a page or a part of it, let an action try, ask who acts.

@acting("patrol.plan")
def plan(request):
    form = Planning(request.POST or None)
    if request.method == "POST" and (done := attempt(form, actions.plan, by=request.post, at=timezone.now())):
        toast(request, _("Đã lên lịch."))
        return redirect("patrol", code=done.result.matter.code)
    return page(request, "patrols/plan.html", part="form", form=form)
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Any, ParamSpec
from urllib.parse import quote

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django_htmx.http import HttpResponseClientRedirect

from phoihop.domain.forces.models import Unit
from phoihop.domain.matters.models import Matter
from phoihop.domain.matters.queries.requests import wishes
from phoihop.domain.people.models import Post
from phoihop.domain.people.queries.posts import posts_with
from phoihop.domain.people.rules import PERMISSION_NAMES, allowed, roles_with
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused, Verdict

from . import errors, icons, kept
from .forms import Form
from .scope import Scope
from .shell import exists, scope_of
from .when import When

P = ParamSpec("P")
View = Callable[..., HttpResponse]

SIGN_IN = "/dang-nhap/"
CHOOSE_POST = "/chuc-trach/"
NO_ACCESS = "errors/no_access.html"


class Acting(HttpRequest):
    """A request behind ``@acting``: a post acts, and the address says where and when it looks."""

    post: Post
    scope: Scope
    when: When
    htmx: Any


def page(request: HttpRequest, template: str, *, part: str | Sequence[str] = (), status: int = 200, **context: Any) -> HttpResponse:
    """The whole page to a browser, a part of it to htmx.

    ``part`` names the ``{% partialdef %}`` that moves; of several, htmx gets the one whose name is the id of its target.
    A refused form answers 422, which js/htmx-ways.js swaps in like any other answer.
    """
    parts = [part] if isinstance(part, str) else list(part)
    htmx: Any = getattr(request, "htmx", None)
    fetched = bool(htmx) and not htmx.boosted and not htmx.history_restore_request
    wanted = ""
    if fetched and parts:
        wanted = f"#{htmx.target if htmx.target in parts else parts[0]}"
    form = context.get("form")
    if status == 200 and isinstance(form, forms.BaseForm) and form.is_bound and not form.is_valid():
        status = 422
    response = render(request, template + wanted, context, status=status)
    if not fetched:
        response.content = icons.drawn_within(response.content.decode())
    patch_vary_headers(response, ["HX-Request"])
    return response


@dataclass(frozen=True, slots=True)
class Done:
    """An action that went through, and what it answered. Always true, whatever the answer."""

    result: Any


def attempt(form: Form, action: Callable[..., Any], **kwargs: Any) -> Done | None:
    """Run an action with what the form holds; None if the form or the rules refuse, with the reason at its field.

    The form's cleaned data are arguments of the action, unless the form has a method ``arguments()`` that builds them.
    A verdict's ``offer`` becomes a button at the field, a question (``asks``) a tick that resubmits with the answer.
    """
    if not form.is_valid():
        return None
    fields = form.arguments() if hasattr(form, "arguments") else form.cleaned_data
    sure: Collection[str] = form.data.getlist("sure") if hasattr(form.data, "getlist") else ()
    try:
        return Done(action(**fields, **kwargs, sure=frozenset(sure)))
    except Refused as refusal:
        refuse(form, refusal.verdict)
        return None


def refuse(form: Form, verdict: Verdict) -> None:
    """Put a refusal where it belongs: at the field of its name, else above the form; keep its offer and its question.

    A form may be about a part of what the action takes: "draft.parties.1.people" is its field "parties.1.people". It may have one field for
    what the action takes as several: "steps.0.roles.1" is its field "steps.0.roles"; ``form.stands_for`` says which it calls otherwise.
    """
    parts = (verdict.field or "").split(".")
    tails = [".".join(parts[n:]) for n in range(len(parts))]
    heads = [".".join(parts[:n]) for n in range(len(parts) - 1, 0, -1)]
    field = next((name for name in (form.stands_for.get(name, name) for name in (*tails, *heads)) if name in form.fields), None)
    form.add_error(field, forms.ValidationError(str(verdict.reason), code=verdict.code))
    form.verdict = verdict.at(field) if field else verdict


def acting(permission: str = "", *, time: str = "day") -> Callable[[View], View]:
    """A view for whoever acts in a post that carries the permission; ``request.post``, ``request.scope`` and ``request.when`` are set.

    Nobody signed in: to the sign-in page and back, and what was typed is kept. No post chosen: to the choice of posts.
    Not permitted: a page that says why. What no person can type is no request. ``time``: what the top bar lets one choose: day, term, none.
    """

    def decorate(view: View) -> View:
        @wraps(view)
        def inner(request: Acting, *args: Any, **kwargs: Any) -> HttpResponse:
            if (refused := stopped(request, permission)) is not None:
                return refused
            if _sends_nul(request):
                return errors.bad_request(request)
            request.scope = scope_of(request)
            if time == "term":
                request.when = When.of_term(request, request.scope)
            return view(request, *args, **kwargs)

        return inner

    return decorate


def _sends_nul(request: HttpRequest) -> bool:
    """No text here holds a NUL, and PostgreSQL takes none into a question; not every view reads what was sent by a form, which would refuse it."""
    return request.method == "POST" and any("\0" in value for values in dict(request.POST.lists()).values() for value in values)


def stopped(request: HttpRequest, permission: str = "") -> HttpResponse | None:
    """The answer to somebody who may not go on; None if all is well."""
    if not request.user.is_authenticated:
        return to_sign_in(request)
    post: Post | None = getattr(request, "post", None)
    if post is None:
        return go(request, f"{CHOOSE_POST}?next={quote(back_to(request))}") if exists(CHOOSE_POST) else no_access(request, Verdict("no-post"))
    if permission and not (verdict := allowed(post, permission, local_day(timezone.now()))):
        return no_access(request, verdict)
    return None


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Off to the sign-in page and back. What was typed meanwhile is kept for its writer (kept.py)."""
    if request.method == "POST":
        kept.keep(request)
    return go(request, f"{SIGN_IN}?next={quote(back_to(request))}")


def back_to(request: HttpRequest) -> str:
    """Where somebody was: the page itself, or the page whose form was sent or whose part was fetched."""
    htmx: Any = getattr(request, "htmx", None)
    if htmx and htmx.current_url_abs_path:
        return str(htmx.current_url_abs_path)
    return request.get_full_path() if request.method in ("GET", "HEAD") else kept.page_of(request)


def go(request: HttpRequest, url: str) -> HttpResponse:
    """A redirect that htmx follows too."""
    return HttpResponseClientRedirect(url) if getattr(request, "htmx", False) else HttpResponseRedirect(url)


def no_access(request: HttpRequest, verdict: Verdict, matter: Matter | None = None, lead: Unit | None = None) -> HttpResponse:
    """Not allowed, never bare: why, and for a matter who leads it and what may be asked of it now. ``lead``: of a task, who leads that."""
    post: Post | None = getattr(request, "post", None)
    may_ask = wishes(post, matter, local_day(timezone.now())) if matter is not None and post is not None else {}
    wish = next((wish for wish, verdict in may_ask.items() if verdict), "")
    join = f"/m/{matter.code}/tham-gia/" if matter is not None and wish else ""
    waits = next((verdict.reason for verdict in may_ask.values() if verdict.code == "already-requested"), "")
    leads = lead or (matter.lead if matter is not None else None)
    asked = matter.lead if matter is not None and matter.lead != leads else None
    who = _who_may(request, verdict.permission) if verdict.permission and matter is None else {}
    return page(
        request, NO_ACCESS, part="answer", status=403, verdict=verdict, matter=matter, lead=leads, asked=asked, join=join, wish=wish, waits=waits, **who
    )


def _who_may(request: HttpRequest, permission: str) -> dict[str, Any]:
    """What the role lacks, which roles have it, and which posts of the own unit: posts, never persons."""
    post: Post | None = getattr(request, "post", None)
    titles = [one.title for one in posts_with(permission, post.unit_id, local_day(timezone.now()))] if post else []
    return {
        "needed": PERMISSION_NAMES[permission],
        "roles": [role.label for role in roles_with(permission)],
        "posts": list(dict.fromkeys(titles)),
        "own_role": post,
    }
