"""What parties say to a draft, and the answer that each wish gets."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.verdict import Verdict, first_no, no_unless

from ...matters.rules import has_text, leads
from ...people.models import Post
from ...people.rules import allowed
from ..models import AgreementParty, Clause, Opinion, Stage, TakenUp, Version
from .sending import asked_for_opinion

MOST_WISHES = 100


@dataclass(frozen=True, slots=True)
class WishDraft:
    """What a party would have otherwise: on a clause, or (None) on the whole."""

    text: str
    clause: Clause | None = None


def may_opine(post: Post, version: Version, party: AgreementParty | None, on: date) -> Verdict:
    """A party says what it thinks for itself, while opinions are asked; late is better than never."""
    return first_no(
        allowed(post, "agreement.opine", on),
        no_unless(
            party is not None and party.unit_id == post.unit_id and asked_for_opinion(party),
            "not-asked",
            _("Chỉ các bên được lấy ý kiến góp ý được, mỗi đơn vị cho mình."),
        ),
        no_unless(version.agreement.stage == Stage.OPINIONS, "not-asking", _("Văn bản này hiện không lấy ý kiến.")),
    )


def fits_wishes(wishes: Sequence[WishDraft], clauses: Collection[int], said: Sequence[Opinion]) -> Verdict:
    """None: the party agrees to the whole. ``clauses``: keys of the version's; ``said``: what the party said to it before."""
    return first_no(
        no_unless(wishes or not said, "said-already", _("Đơn vị của bạn đã góp ý bản này rồi.")),
        no_unless(len(wishes) <= MOST_WISHES, "too-many", _("Mỗi lần nhiều nhất 100 góp ý."), "wishes"),
        *(has_text(w.text, f"wishes.{n}.text") for n, w in enumerate(wishes)),
        *(
            no_unless(w.clause is None or w.clause.pk in clauses, "clause-elsewhere", _("Điều, khoản này không thuộc bản đang góp ý."), f"wishes.{n}.clause")
            for n, w in enumerate(wishes)
        ),
    )


def may_answer_wish(post: Post, opinion: Opinion, on: date) -> Verdict:
    """The lead answers each wish; its answer may be bettered until the text is for signing."""
    a = opinion.version.agreement
    return first_no(
        allowed(post, "agreement.draft", on),
        leads(post, a.matter),
        no_unless(opinion.text_id is not None, "nothing-wished", _("Đơn vị này nhất trí toàn văn, không có góp ý cần trả lời.")),
        no_unless(a.stage != Stage.ENDED, "ended", _("Đợt lấy ý kiến đã kết thúc; câu trả lời đã gửi giữ nguyên.")),
        no_unless(a.stage in (Stage.DRAFT, Stage.OPINIONS), "not-before-signing", _("Văn bản này đã trình ký.")),
    )


def is_visible(was: str, now: str, clause: int | None) -> bool:
    """Whether something changed where a wish was made. ``was``, ``now``: canonical forms of the text that it was made on, and of the text now;
    ``clause``: which one (its order), None: the whole. A clause that only moved, or got another number, says the same as before.
    """
    before, after = json.loads(was), json.loads(now)
    if clause is None:
        return _without(before, "version") != _without(after, "version")
    wished = _without(before["clauses"][clause - 1], "label")
    return wished not in [_without(one, "label") for one in after["clauses"]]


def _without(said: Mapping[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in said.items() if key != name}


def fits_answer(taken: str, answer: str) -> Verdict:
    return first_no(
        no_unless(
            taken in (TakenUp.TAKEN, TakenUp.PARTLY, TakenUp.NOT), "no-such-answer", _("Chọn một trong: tiếp thu, tiếp thu một phần, không tiếp thu."), "taken"
        ),
        no_unless(taken == TakenUp.TAKEN or answer.strip(), "reason-missing", _("Không tiếp thu, hoặc chỉ tiếp thu một phần, thì cần nêu lý do."), "answer"),
    )
