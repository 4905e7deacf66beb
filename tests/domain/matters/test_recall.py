import pytest

from phoihop.domain import models as m
from phoihop.domain.matters.actions.erasing import agree_recall, ask_recall
from phoihop.domain.matters.actions.notes import attach, note
from phoihop.domain.matters.actions.parts import answer, ask
from phoihop.domain.matters.queries.proof import verify
from phoihop.domain.matters.rules import may_agree_recall, may_recall
from phoihop.kernel.period import local_day
from phoihop.kernel.verdict import Refused
from tests.domain.matters.files import A_PDF
from tests.domain.matters.opened import another, opened
from tests.world import NOON, at, person

pytestmark = pytest.mark.django_db
TODAY = local_day(NOON)
WHY = "Ghi nhầm nội dung"


def noted():
    """A note of the militia on a matter that the police leads; each of the two has a chief who may agree."""
    w, matter = opened()
    answer(by=w.binh, part=ask(by=w.lan, matter=matter, unit=w.militia_song, role="support", at=NOON), state="accepted", at=NOON)
    w.chief, w.captain = person("châu", w.police_song, "commander"), person("cường", w.militia_song, "commander")
    return w, matter, note(by=w.binh, matter=matter, text="Tổ tôi về lúc 21 giờ", at=NOON)


@pytest.mark.parametrize("agreeing", ["captain", "chief"])
def test_two_persons_recall_a_text_and_the_chain_stays_valid(agreeing):
    w, matter, made = noted()
    asked = ask_recall(by=w.binh, matter=matter, text=made.body, reason=WHY, at=at(1, 13))
    made.body.refresh_from_db()
    assert made.body.text == "Tổ tôi về lúc 21 giờ"
    agree_recall(by=getattr(w, agreeing), recall=asked, at=at(1, 14))
    made.body.refresh_from_db()
    assert (made.body.text, made.body.salt, made.body.erased_at, made.body.recalled) == ("", "", at(1, 14), True)
    assert [e.what for e in m.Event.objects.order_by("-seq")[:2]] == ["matter.recalled", "matter.recall_asked"]
    assert list(verify()) == []


def test_a_file_goes_with_its_name():
    w, matter, _ = noted()
    file = attach(by=w.binh, matter=matter, upload=A_PDF, at=NOON)
    agree_recall(by=w.chief, recall=ask_recall(by=w.lan, matter=matter, attachment=file, reason=WHY, at=at(1, 13)), at=at(1, 14))
    file.refresh_from_db()
    assert (file.content, file.salt, file.erased_at, file.name.text, file.name.recalled) == (None, "", at(1, 14), "", True)
    assert list(verify()) == []


def test_any_text_of_a_matter_can_be_recalled():
    w, matter, _ = noted()
    part = answer(by=w.binh, part=matter.parts.get(), state="declined", reason="Có lệnh khác", at=at(1, 13))
    agree_recall(by=w.captain, recall=ask_recall(by=w.binh, matter=matter, text=part.reason, reason=WHY, at=at(1, 14)), at=at(1, 15))
    part.reason.refresh_from_db()
    assert (part.reason.text, list(verify())) == ("", [])


def test_a_text_of_another_matter_is_nobodys_to_recall_here():
    w, _matter, made = noted()
    with pytest.raises(Refused) as refused:
        ask_recall(by=w.lan, matter=another(w), text=made.body, reason=WHY, at=at(1, 13))
    assert refused.value.verdict.code == "not-writer"


@pytest.mark.parametrize(
    ("poster", "reason", "code"),
    [("hai", WHY, "not-writer"), ("mai", WHY, "not-writer"), ("binh", " ", "text-missing"), ("van", WHY, "not-your-role")],
)
def test_only_writer_and_lead_ask_and_say_why(poster, reason, code):
    w, matter, made = noted()
    with pytest.raises(Refused) as refused:
        ask_recall(by=getattr(w, poster), matter=matter, text=made.body, reason=reason, at=at(1, 13))
    assert (refused.value.verdict.code, m.Recall.objects.count()) == (code, 0)


def test_one_request_at_a_time_and_none_for_what_is_gone():
    w, matter, made = noted()
    asked = ask_recall(by=w.binh, matter=matter, text=made.body, reason=WHY, at=at(1, 13))
    with pytest.raises(Refused) as twice:
        ask_recall(by=w.lan, matter=matter, text=made.body, reason=WHY, at=at(1, 13))
    agree_recall(by=w.captain, recall=asked, at=at(1, 14))
    with pytest.raises(Refused) as gone:
        ask_recall(by=w.lan, matter=matter, text=made.body, reason=WHY, at=at(1, 15))
    with pytest.raises(Refused) as again:
        agree_recall(by=w.captain, recall=asked, at=at(1, 15))
    assert [r.value.verdict.code for r in (twice, gone, again)] == ["already-asked", "already-erased", "already-recalled"]


def test_a_recall_is_of_one_thing():
    w, matter, made = noted()
    file = attach(by=w.binh, matter=matter, upload=A_PDF, at=NOON)
    for things in ({}, {"text": made.body, "attachment": file}):
        with pytest.raises(Refused) as refused:
            ask_recall(by=w.lan, matter=matter, reason=WHY, at=NOON, **things)
        assert refused.value.verdict.code == "one-thing"


@pytest.mark.parametrize(
    ("agreeing", "code"),
    [
        ({"pk": 2, "user_id": 2, "unit_id": 1}, ""),
        ({"pk": 1, "user_id": 1, "unit_id": 1}, "recall-takes-two"),
        ({"pk": 2, "user_id": 1, "unit_id": 1}, "recall-takes-two"),
        ({"pk": 2, "user_id": 2, "unit_id": 3}, "not-writer"),
        ({"pk": 2, "user_id": 2, "unit_id": 1, "role": "staff"}, "not-your-role"),
    ],
)
def test_it_takes_two_persons_of_the_units_concerned(agreeing, code):
    asked_by = m.Post(pk=1, user_id=1, unit_id=1, role="commander")
    post = m.Post(**{"role": "commander", "valid_from": TODAY} | agreeing)
    assert may_agree_recall(post, asked_by, {1, 4}, False, TODAY).code == code
    assert may_recall(m.Post(unit_id=4, role="duty", valid_from=TODAY), {1, 4}, False, False, WHY, TODAY).code == ""
