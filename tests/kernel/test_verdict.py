import pytest

from phoihop.kernel.verdict import SURE, YES, Refused, Verdict, first_no, no_unless

NO = Verdict("closed", "Việc này đã kết thúc.")
ASK = Verdict("person-name", "Có chữ giống tên người.", asks=True, answer="Nguyễn Văn An")


@pytest.fixture
def sure():
    token = SURE.set(frozenset({"Nguyễn Văn An"}))
    yield
    SURE.reset(token)


def test_yes_is_true_and_a_refusal_is_false():
    assert (bool(YES), bool(NO), bool(ASK)) == (True, False, False)


def test_a_condition_that_holds_is_yes():
    assert no_unless(1, "headcount", "Số người phải lớn hơn 0.", "people") is YES


def test_a_condition_that_fails_says_why_where_and_what_instead():
    said = no_unless([], "area-missing", "Chọn địa bàn.", "area", offer="29001")
    assert said == Verdict("area-missing", "Chọn địa bàn.", "area", "29001")


def test_a_refusal_is_raised_with_its_sentence():
    with pytest.raises(Refused) as refused:
        NO.enforce()
    assert (refused.value.verdict, str(refused.value)) == (NO, "Việc này đã kết thúc.")


def test_yes_is_never_raised():
    assert YES.enforce() is None


def test_the_first_refusal_is_given_before_any_question():
    assert first_no(YES, ASK, NO, Verdict("other")) == NO


def test_a_question_is_given_when_nothing_is_refused():
    assert first_no(YES, ASK) == ASK


def test_nothing_refused_and_nothing_asked_is_yes():
    assert first_no() is YES
    assert first_no(YES, YES) is YES


def test_a_question_stands_until_it_is_answered(sure):
    assert (ASK.stands, first_no(ASK)) == (False, YES)
    assert ASK.enforce() is None


def test_an_answer_opens_no_refusal(sure):
    refusal = Verdict("private-phone", "Có số điện thoại riêng.", answer="Nguyễn Văn An")
    with pytest.raises(Refused):
        refusal.enforce()


def test_the_same_answer_can_be_said_of_another_field():
    assert NO.at("drafts.3.title") == Verdict("closed", "Việc này đã kết thúc.", "drafts.3.title")
    assert NO.field is None
