"""Who acts: the token's own post, accounts, posts, tokens, the table of roles."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from ninja import Router
from pydantic import AwareDatetime, BaseModel, Field

from phoihop.domain.people.actions import accounts, passwords, posts, roster, signing_in, tokens
from phoihop.domain.people.models import Post, Role, User
from phoihop.domain.people.queries import roster as lists
from phoihop.domain.people.queries.accounts import accounts_seen_by, search
from phoihop.domain.people.queries.posts import deputies_of, possible_deputies, posts_of
from phoihop.domain.people.queries.tokens import posts_for_tokens, tokens_seen_by
from phoihop.domain.people.rules import MAY, PERMISSION_NAMES
from phoihop.domain.people.rules.accounts import may_see_accounts
from phoihop.domain.people.rules.roster import Line, Settled

from .access import Caller
from .acts import act
from .asking import Text, built, look_up, missing, taken
from .problems import Wrong
from .reads import After, Limit, caller_of, page, page_of, reads
from .records import ACCOUNT, POST, TOKEN
from .telling import BRIEFLY

router = Router()


class Self(BaseModel):
    """In which post the token acts, what it may do, and what time it is here."""

    post: POST.shape
    permissions: list[str]
    now: AwareDatetime


class RoleTold(BaseModel):
    """A role and what it may do."""

    role: str
    name: str
    permissions: dict[str, str] = Field(description="Permission and what it means.")


class Doubted(Wrong):
    offer: str | None = Field(description="What may stand there instead.")


class RosterLineTold(BaseModel):
    """A line of a list of accounts: what it means, or what is doubtful about it."""

    n: int
    username: str
    full_name: str
    unit: BRIEFLY[Post.unit.field.related_model].shape | None
    role: str
    title: str
    there: bool = Field(description="Account and post exist already.")
    doubts: list[Doubted]


class Lines(BaseModel):
    lines: list[taken(Line)] = Field(max_length=2000)


@reads(router, "/self", Self)
def self(request: HttpRequest) -> Any:
    """The token's own post and what it may do."""
    caller = caller_of(request)
    return {"post": POST.of(caller.post), "permissions": sorted(MAY[caller.post.role]), "now": caller.now}


@reads(router, "/roles", list[RoleTold])
def roles(request: HttpRequest) -> Any:
    """The table of roles and permissions."""
    return [
        {"role": role.value, "name": str(role.label), "permissions": {p: str(PERMISSION_NAMES[p]) for p in sorted(MAY[role])}} for role in Role if role in MAY
    ]


@reads(router, "/accounts", page_of(ACCOUNT))
def accounts_seen(request: HttpRequest, text: Text = "", after: After = None, limit: Limit = 100) -> Any:
    """Accounts with the posts they hold, for who manages or audits them; with ``text`` those whose name, title or unit answers."""
    caller = caller_of(request)
    may_see_accounts(caller.post, caller.today).enforce()
    if text:
        return {"items": ACCOUNT.of_each(search(caller.post, text[:200], caller.today)[:limit]), "next": None}
    return page(accounts_seen_by(caller.post, caller.today), ACCOUNT, after, limit)


@reads(router, "/accounts/{user}/posts", list[POST.shape])
def posts_held(request: HttpRequest, user: int) -> Any:
    """Every post that a person held, holds or will hold, for who manages or audits accounts."""
    caller = caller_of(request)
    found = accounts_seen_by(caller.post, caller.today).filter(pk=user).first() if user < 2**63 else None
    if found is None:
        raise missing(User, user)
    return POST.of_each(posts_of(found))


@reads(router, "/posts/{post}/deputies", list[POST.shape])
def deputies(request: HttpRequest, post: int) -> Any:
    """Who stands in for a post of the own unit now or later."""
    caller = caller_of(request)
    found = _post(caller, post)
    return POST.of_each(Post.objects.filter(pk__in=[p.pk for p in deputies_of(found, caller.today)]).select_related("unit__force", "user"))


@reads(router, "/posts/{post}/possible-deputies", list[BRIEFLY[User].shape])
def deputies_possible(request: HttpRequest, post: int) -> Any:
    """Accounts that could stand in for a post."""
    caller = caller_of(request)
    return BRIEFLY[User].of_each(possible_deputies(caller.post, _post(caller, post), caller.today)[:200])


@reads(router, "/tokens", page_of(TOKEN))
def tokens_seen(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """Tokens of the own post, of the unit's posts for who issues them. What a machine must send is in none of them."""
    return page(tokens_seen_by(caller_of(request).post), TOKEN, after, limit)


@reads(router, "/tokens/possible-posts", page_of(POST))
def tokens_possible(request: HttpRequest, after: After = None, limit: Limit = 100) -> Any:
    """Posts for which the caller's post may issue a token."""
    caller = caller_of(request)
    return page(posts_for_tokens(caller.post, caller.today).select_related("unit__force", "user"), POST, after, limit)


@router.post(
    "/accounts/roster/preview", response=list[RosterLineTold], operation_id="people_preview_roster", summary="What a list of accounts and posts means."
)
def preview_roster(request: HttpRequest, body: Lines) -> Any:
    """Every line with what it means, or with what is doubtful about it. Writes nothing."""
    caller = caller_of(request)
    may_see_accounts(caller.post, caller.today).enforce()
    lines = [built(Line, line, {}, "") for line in body.lines]
    return [_settled(s) for s in lists.preview(caller.post, lines, caller.today)]


def _settled(s: Settled) -> dict[str, Any]:
    return {
        "n": s.line.n, "username": s.username, "full_name": s.full_name, "unit": BRIEFLY[type(s.unit)].of(s.unit) if s.unit else None,
        "role": s.role, "title": s.title, "there": s.there,
        "doubts": [{"field": field, "reason": str(v.reason), "offer": v.offer} for field, v in s.doubts.items()],
    }  # fmt: skip


def _post(caller: Caller, number: int) -> Post:
    """A post of the own unit, or any for who sees accounts."""
    found = look_up(caller, [(Post, number, "")])[Post, number] if number < 2**63 else None
    if found is None or (found.unit_id != caller.post.unit_id and not may_see_accounts(caller.post, caller.today)):
        raise missing(Post, number)
    return found


act(router, "/accounts", accounts.open_account, fixed={"password": None}, secret=True)
act(router, "/accounts/roster", roster.enter_roster)
act(router, "/accounts/{user}/close", accounts.close_account)
act(router, "/accounts/{user}/unlock", signing_in.unlock)
act(router, "/accounts/{user}/reset-code", passwords.issue_reset_code, secret=True)
act(router, "/posts", posts.appoint)
act(router, "/posts/{post}/end", posts.end_post)
act(router, "/posts/{post}/hand-over", posts.hand_over_post)
act(router, "/posts/{post}/deputies", posts.deputise)
act(router, "/tokens", tokens.issue_token, secret=True)
act(router, "/tokens/{token}/revoke", tokens.revoke_token)
