"""A request with an Idempotency-Key is done once; sent again, it is answered as it was the first time.

The key is kept in the same transaction as what was done. An answer names records and versions only, so that keeping it
keeps no text that must be erasable, and no secret.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from phoihop.kernel.action import one_writer
from phoihop.kernel.text import digest

from .access import Caller
from .models import DoneOnce
from .problems import Halt

HEADER = "Idempotency-Key"
KEPT = timedelta(days=14)
SECRET = "secret"


def once(request: HttpRequest, caller: Caller, act: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """The answer of ``act``; with a key that this post has sent before, the kept answer, without a secret it may have held.

    Raises Halt(422) for a key that is no UUID, or that came with another request.
    """
    key = _key(request)
    if key is None:
        return act()
    sent = digest(str(request.method).encode(), request.get_full_path().encode(), _content(request))
    with transaction.atomic():
        one_writer()
        before = DoneOnce.objects.filter(key=key, post=caller.post).first()
        if before is None:
            answer = act()
            kept = {name: value for name, value in answer.items() if name != SECRET}
            DoneOnce.objects.create(key=key, post=caller.post, request=sent, answer=kept, at=caller.now)
            return answer
    if before.request != sent:
        raise Halt(422, "key-reused", _("Khóa này đã dùng cho một yêu cầu khác. Mỗi yêu cầu một khóa."), field=HEADER)
    return dict(before.answer)


def forget_old() -> int:
    """Drop keys that no machine will send again."""
    dropped, _by_table = DoneOnce.objects.filter(at__lt=timezone.now() - KEPT).delete()
    return dropped


def _key(request: HttpRequest) -> UUID | None:
    text = request.headers.get(HEADER, "")
    if not text:
        return None
    try:
        return UUID(text)
    except ValueError as wrong:
        raise Halt(422, "no-key", _("Khóa của lần gửi phải là một UUID."), field=HEADER) from wrong


def _content(request: HttpRequest) -> bytes:
    """What was sent. A form's boundary differs each time, so of a form its fields and files are compared."""
    if not request.content_type or not request.content_type.startswith("multipart/"):
        return request.body
    parts = [f"{name}={value}".encode() for name, values in sorted(request.POST.lists()) for value in values]
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            file.seek(0)
            parts.append(name.encode() + digest(file.read()).encode())
            file.seek(0)
    return b"\n".join(parts)
