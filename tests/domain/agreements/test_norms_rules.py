"""What ships, how a value is read, what the law's minimum refuses, which value holds where and when, who may lay one down."""

from datetime import date

import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.rules import local_norms as setting
from phoihop.domain.agreements.rules.basis import BasisDraft
from phoihop.domain.agreements.rules.norms import SHIPPED, Holding, chain, fits_value, lasts, overlapping, weaker, words, written
from phoihop.kernel.period import FOREVER, Period

TODAY = date(2026, 6, 1)
COMMUNE, OTHER, PROVINCE = 1, 2, 10
MILITIA = "dq-trattu,dq-coso,dq-suco"
MILITIA_WORDS = (
    "Dân quân tự vệ: an ninh, trật tự, phòng chống tội phạm; Dân quân tự vệ: tuyên truyền, vận động, xây dựng cơ sở; "
    "Dân quân tự vệ: thảm họa, thiên tai, dịch bệnh, cháy nổ, cứu nạn"
)


def local(area=COMMUNE, value="quarter", first=date(2026, 1, 1), until=None, withdrawn=None, norm="brief-commune"):
    return m.LocalNorm(norm=norm, area_id=area, value=value, valid_from=first, valid_until=until, withdrawn_on=withdrawn)


def test_every_norm_ships_with_a_value_that_fits_it_and_its_law():
    assert set(SHIPPED) == set(m.Norm.values)
    assert {norm: fits_value(norm, one.value).code for norm, one in SHIPPED.items()} == dict.fromkeys(m.Norm.values, "")
    assert {norm: written(norm, one.value) for norm, one in SHIPPED.items()} == {norm: one.value for norm, one in SHIPPED.items()}
    assert [norm for norm, one in SHIPPED.items() if bool(one.least) != bool(one.article)] == []


@pytest.mark.parametrize(
    ("norm", "value", "code"),
    [
        ("brief-commune", "week", ""), ("brief-commune", "term", ""), ("brief-commune", "demand", "no-such-cadence"), ("brief-commune", "", "no-such-cadence"),
        ("drill-commune", "year", ""), ("drill-commune", "once", "no-such-cadence"),
        ("review-months", "1", ""), ("review-months", "60", ""), ("review-months", "0", "months"), ("review-months", "61", "months"), ("review-months", "một", "months"),
        ("opinion-days", "10", ""), ("opinion-days", "0", "workdays"), ("opinion-days", "61", "workdays"), ("opinion-days", "-3", "workdays"),
        ("report-days", "1", ""), ("report-days", "0", "weaker-than-law"), ("report-days", "x", "workdays"),
        ("need-contact", "0", ""), ("need-contact", "2", "no-such-choice"), ("need-lead", "0", "weaker-than-law"), ("need-deadline", "0", "weaker-than-law"),
        ("contents", MILITIA, ""), ("contents", f"thongtin,{MILITIA}", ""), ("contents", "thongtin", "weaker-than-law"), ("contents", "", "no-content"),
        ("contents", f"{MILITIA},khac", "no-such-content"), ("nothing", "1", "no-such-norm"),
    ],
)  # fmt: skip
def test_a_value_is_of_its_kind_within_bounds_and_not_weaker_than_the_law(norm, value, code):
    assert fits_value(norm, value).code == code


def test_what_is_weaker_than_the_law_is_refused_with_the_article():
    assert str(fits_value("need-lead", "0").reason) == (
        "Luật đặt mức thấp nhất: bắt buộc (NĐ 30/2020/NĐ-CP, Điều 24 khoản 2). Địa phương chỉ đặt bằng hoặc chặt hơn."
    )


@pytest.mark.parametrize(
    ("norm", "typed", "kept", "read"),
    [
        ("opinion-days", " 07 ", "7", "7 ngày làm việc"), ("review-months", "6", "6", "6 tháng"), ("brief-commune", "half", "half", "6 tháng"),
        ("contents", "dq-suco, dq-trattu,dq-coso,dq-suco", MILITIA, MILITIA_WORDS), ("need-contact", "0", "0", "không bắt buộc"),
    ],
)  # fmt: skip
def test_a_value_has_one_way_of_writing_and_one_of_reading(norm, typed, kept, read):
    assert (written(norm, typed), str(words(norm, kept))) == (kept, read)


@pytest.mark.parametrize(
    ("norm", "value", "than", "expected"),
    [
        ("brief-commune", "quarter", "month", True), ("brief-commune", "month", "month", False), ("brief-commune", "week", "month", False),
        ("report-days", "1", "2", True), ("contents", "thongtin", MILITIA, True), ("contents", f"thongtin,{MILITIA}", MILITIA, False),
    ],
)  # fmt: skip
def test_less_often_for_less_or_in_fewer_days_is_weaker(norm, value, than, expected):
    assert weaker(norm, value, than) is expected


@pytest.mark.parametrize(
    ("one", "days"),
    [
        (local(), Period(date(2026, 1, 1), FOREVER)),
        (local(until=date(2026, 7, 1)), Period(date(2026, 1, 1), date(2026, 7, 1))),
        (local(until=date(2026, 7, 1), withdrawn=date(2026, 3, 1)), Period(date(2026, 1, 1), date(2026, 3, 1))),
        (local(until=date(2026, 2, 1), withdrawn=date(2026, 3, 1)), Period(date(2026, 1, 1), date(2026, 2, 1))),
        (local(first=date(2026, 9, 1), withdrawn=TODAY), Period(date(2026, 9, 1), date(2026, 9, 1))),
    ],
    ids=["open", "ends", "withdrawn", "over-before", "never-began"],
)
def test_a_value_lasts_until_its_end_or_until_it_is_withdrawn(one, days):
    assert lasts(one) == days


@pytest.mark.parametrize(
    ("stated", "values"),
    [
        ([], ["month"]),
        ([local(PROVINCE, "week")], ["month", "week"]),
        ([local(COMMUNE), local(PROVINCE, "week")], ["month", "week", "quarter"]),
        ([local(COMMUNE)], ["month", "quarter"]),
        ([local(OTHER)], ["month"]),
        ([local(norm="sum-up")], ["month"]),
        ([local(first=date(2026, 6, 2))], ["month"]),
        ([local(until=TODAY)], ["month"]),
        ([local(withdrawn=TODAY), local(PROVINCE, "week")], ["month", "week"]),
        ([local(value="half", until=TODAY), local(value="year", first=TODAY)], ["month", "year"]),
    ],
    ids=["shipped", "province", "both", "commune", "elsewhere", "another", "not-yet", "over", "withdrawn", "followed"],
)
def test_the_nearest_value_in_force_on_the_day_holds_and_the_way_down_to_it_is_told(stated, values):
    assert [step.value for step in chain("brief-commune", stated, [COMMUNE, PROVINCE, 99], TODAY)] == values


@pytest.mark.parametrize(
    ("first", "until", "other", "meets"),
    [
        (TODAY, None, local(), True),
        (TODAY, None, local(until=TODAY), False),
        (date(2025, 1, 1), date(2026, 1, 1), local(), False),
        (date(2025, 1, 1), date(2026, 1, 2), local(), True),
        (TODAY, None, local(withdrawn=date(2026, 2, 1)), False),
    ],
    ids=["both-open", "after", "before", "a-day", "withdrawn"],
)
def test_two_values_for_one_place_meet_on_the_days_that_they_share(first, until, other, meets):
    assert overlapping(first, until, [other]) is (other if meets else None)


def test_what_holds_is_read_as_numbers_words_and_wishes():
    here = Holding({"review-months": "6", "opinion-days": "10", "need-contact": "0", "contents": MILITIA})
    assert (here.review_months, here.number(m.Norm.OPINION_DAYS), here.asks(m.Norm.NEED_CONTACT), here.contents()) == (6, 10, False, MILITIA.split(","))
    shipped = Holding()
    assert (shipped.review_months, shipped.number(m.Norm.SIGN_DAYS), shipped.asks(m.Norm.NEED_CONTACT), len(shipped.contents())) == (12, 5, True, 15)
    assert Holding({"need-review": "0"}).review_months is None


def post(role="staff", kind="xa", area=COMMUNE, force="CA"):
    unit = m.Unit(pk=5, kind=kind, area_id=area, force=m.Force(code=force), name="Công an xã Sông")
    return m.Post(unit=unit, role=role, valid_from=date(2025, 7, 1))


SONG, RIVER = m.Area(pk=COMMUNE, level="commune"), m.Area(pk=PROVINCE, level="province")


@pytest.mark.parametrize(
    ("who", "norm", "area", "code"),
    [
        (post(), "brief-commune", SONG, ""),
        (post(role="commander"), "brief-commune", SONG, ""),
        (post(role="duty"), "brief-commune", SONG, "not-your-role"),
        (post(area=OTHER), "brief-commune", SONG, "not-your-area"),
        (post(kind="tinh", area=PROVINCE), "brief-commune", RIVER, ""),
        (post(kind="tinh", area=PROVINCE), "brief-commune", SONG, "not-your-area"),
        (post(kind="phong", area=PROVINCE), "brief-commune", RIVER, "not-your-area"),
        (post(kind="don"), "brief-commune", SONG, "not-your-area"),
        (post(), "brief-province", SONG, "not-at-this-level"),
        (post(), "nothing", SONG, "no-such-norm"),
    ],
    ids=["staff", "commander", "duty", "elsewhere", "province", "province-for-commune", "department", "station", "level", "unknown"],
)
def test_an_authority_lays_down_for_its_own_area_at_a_level_that_may_differ(who, norm, area, code):
    assert setting.may_set(who, norm, area, TODAY).code == code


@pytest.mark.parametrize(
    ("first", "until", "code"),
    [
        (TODAY, None, ""), (date(2026, 1, 1), date(2026, 12, 31), ""), (TODAY, TODAY, "ends-before-start"), (date(2026, 7, 1), date(2026, 6, 15), "ends-before-start"),
        (date(2026, 1, 1), TODAY, "over-already"), (date(2036, 1, 1), None, "starts-far"),
    ],
)  # fmt: skip
def test_it_begins_before_it_ends_and_is_not_over_already(first, until, code):
    assert setting.fits_days(first, until, TODAY).code == code


DECREE, AGREED, DRAFT = m.Instrument(pk=1), m.Agreement(pk=2, agreed_on=TODAY), m.Agreement(pk=3)


@pytest.mark.parametrize(
    ("force", "basis", "signs", "here", "code"),
    [
        ("UB", (DECREE, None), False, False, ""),
        ("UB", (None, AGREED), False, True, ""),
        ("UB", (None, AGREED), True, False, "basis-elsewhere"),
        ("UB", (None, None), False, False, "no-basis"),
        ("UB", (DECREE, AGREED), True, True, "basis-of-one"),
        ("UB", (None, DRAFT), True, True, "basis-not-agreed"),
        ("CA", (None, AGREED), True, True, ""),
        ("CA", (None, AGREED), False, True, "basis-not-signed"),
        ("CA", (DECREE, None), False, False, "basis-not-signed"),
    ],
    ids=["decree", "agreement", "elsewhere", "none", "two", "draft", "signed", "others", "police-decree"],
)
def test_the_committee_stands_on_either_basis_others_on_what_they_signed(force, basis, signs, here, code):
    assert setting.fits_basis(post(force=force).unit, BasisDraft("implements", *basis), signs, here).code == code


@pytest.mark.parametrize(
    ("value", "why", "holder", "held", "code"),
    [
        ("quarter", "Xã ít dân", 0, "month", ""),
        ("quarter", " ", 0, "month", "text-missing"),
        ("quarter", "Xã ít dân", 5, "month", "norm-twice"),
        ("quarter", "Xã ít dân", 6, "month", "norm-of-another"),
        ("month", "Xã ít dân", 0, "month", "same-as-above"),
    ],
    ids=["whole", "no-words", "two-at-once", "another's", "same"],
)
def test_one_value_at_a_time_with_words_and_a_question_where_nothing_differs(value, why, holder, held, code):
    there = local() if holder else None
    if there is not None:
        there.unit = m.Unit(pk=holder, name="UBND xã Sông")
    verdict = setting.fits_norm(m.Unit(pk=5), "brief-commune", value, why, there, held)
    assert (verdict.code, verdict.asks) == (code, code == "same-as-above")


@pytest.mark.parametrize(
    ("who", "change", "code"),
    [
        (post(), {}, ""), (post(role="duty"), {}, "not-your-role"), (post(), {"unit_id": 6}, "not-yours"), (post(), {"withdrawn_on": TODAY}, "withdrawn-already"),
        (post(), {"valid_until": TODAY}, "over-already"),
    ],
    ids=["own", "duty", "others", "again", "over"],
)  # fmt: skip
def test_whoever_set_it_withdraws_it_once(who, change, code):
    one = local()
    one.unit = m.Unit(pk=change.pop("unit_id", 5), name="UBND xã Sông")
    for name, value in change.items():
        setattr(one, name, value)
    who.unit_id = 5
    assert setting.may_withdraw(who, one, TODAY).code == code
