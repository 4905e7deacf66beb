"""Many at once: how many, and which of them a refusal is about."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, no_unless, of_row

__all__ = ["AT_ONCE", "at_most", "beside_each_other", "each_once", "of_row"]

AT_ONCE = 200


def at_most(count: int) -> Verdict:
    return no_unless(0 < count <= AT_ONCE, "too-many", _("Mỗi lần từ 1 đến 200 cuộc."))


def each_once(keys: Sequence[int], name: str) -> Verdict:
    """The first of two that name the same patrol is right; the second is refused."""
    seen: set[int] = set()
    for n, key in enumerate(keys):
        if key in seen:
            return Verdict("named-twice", _("Cuộc này đã có ở một dòng trên."), f"{name}.{n}")
        seen.add(key)
    return Verdict()


def beside_each_other(drafts: Sequence[object], results: Sequence[object]) -> Verdict:
    return no_unless(len(drafts) == len(results), "not-beside", _("Mỗi kế hoạch cần đúng một kết quả."), "results")
