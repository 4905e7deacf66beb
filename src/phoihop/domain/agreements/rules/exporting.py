"""Of which text a PDF may be remembered."""

from __future__ import annotations

from datetime import date

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...people.models import Post
from ...people.rules import allowed


def may_export(post: Post, sent: bool, on: date) -> Verdict:
    """Whoever may look at matters gets the document; a text that nobody was sent is not fixed yet, so no file of it can be held to it."""
    return first_no(allowed(post, "matter.view", on), no_unless(sent, "not-sent", _("Bản này chưa gửi ai nên còn sửa được; chưa xuất tệp để ký.")))
