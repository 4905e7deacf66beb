import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from phoihop.domain import models as m
from phoihop.domain.activities.actions.confirming import confirm
from tests.domain.activities.steps import THREE, reported
from tests.papers.samples import a_letter
from tests.world import a_word, at

pytestmark = pytest.mark.django_db
LIST, JUNE = "/tuan-tra/danh-sach-ky/", "?ky=2026-T6"


def of(unit: m.Unit) -> str:
    return f"{LIST}{JUNE}&ben={unit.key}"


def scan() -> SimpleUploadedFile:
    from phoihop.papers.pdf import to_pdf

    return SimpleUploadedFile("ban-ky.pdf", to_pdf(a_letter()), "application/pdf")


def sent(browser, unit, **change):
    lines = [line for line, _ticked in browser.get(of(unit)).context["lines"]]
    fields = {"number": "05/DS", "signed_on": "30/6/2026", "scan": scan(), "words": [line.said for line in lines]}
    return browser.post(of(unit), fields | change)


def why(page, field):
    return list(page.context["form"].errors.get(field, []))


def test_the_list_is_for_who_may_enter_paper(w, as_post):
    assert [as_post(p).get(LIST).status_code for p in (w.lan, w.mai, w.thu)] == [200, 200, 403]


def test_the_page_says_whose_word_is_waited_for_and_prints_its_list(w, as_post):
    a, b, browser = reported(w, *THREE), reported(w), as_post(w.lan)
    page = browser.get(f"{LIST}{JUNE}")
    assert [(unit, n) for unit, n, _url, _here in page.context["parties"]] == [(w.militia_song, 2), (w.station, 1)]
    paper = browser.get(f"{LIST}in/{JUNE}&ben={w.militia_song.key}")
    grid = next(item for item in paper.context["sections"][0] if item.kind == "grid")
    assert [slots[2].text for slots in grid.rows] == [a.matter.code, b.matter.code]
    assert browser.get(f"{LIST}in/{JUNE}&ben=khong-co")["Location"] == f"{LIST}?ky=2026-T6"


def test_a_signed_list_confirms_all_its_patrols_at_once(w, as_post):
    a, _b = reported(w, *THREE), reported(w)
    browser = as_post(w.lan)
    assert sent(browser, w.militia_song)["Location"].startswith(LIST)
    assert list(m.Confirmation.objects.values_list("way", "unit", "paper__number")) == [("paper", w.militia_song.pk, "05/DS")] * 2
    assert [(unit, n) for unit, n, _url, _here in browser.get(f"{LIST}{JUNE}").context["parties"]] == [(w.station, 1)]
    told = browser.get(f"/tuan-tra/{a.matter.code}/").context["story"][0]
    assert (told.unit, told.says, told.more) == (w.militia_song, "xác nhận", "trên bản giấy, Công an xã Sông nhập")


def test_another_units_patrol_is_as_unknown_as_none_and_holds_all_back(w, as_post):
    a, others = reported(w), reported(w)
    m.Matter.objects.filter(pk=others.matter_id).update(lead=w.militia_song)
    answers = [sent(as_post(w.lan), w.militia_song, words=[f"{a.pk}:{a.digest}", f"{pk}:{others.digest}"]) for pk in (others.pk, 99_999_999_999)]
    said = ["Có dòng đã đánh dấu không còn trong danh sách này. Tải lại trang rồi đánh dấu lại."]
    assert [(answer.status_code, why(answer, "words")) for answer in answers] == [(422, said)] * 2
    assert m.Confirmation.objects.count() == 0


def test_one_that_was_not_signed_stays_out(w, as_post):
    a, _b = reported(w), reported(w)
    sent(as_post(w.lan), w.militia_song, words=[f"{a.pk}:{a.digest}"])
    assert list(m.Confirmation.objects.values_list("activity", flat=True)) == [a.pk]


@pytest.mark.parametrize(
    ("change", "field", "says"),
    [
        ({"number": ""}, "number", "Hãy điền “Số, ký hiệu của bản giấy”."),
        ({"number": "x" * 41}, "number", "40"),
        ({"signed_on": "31/2/2026"}, "signed_on", "Không có ngày này"),
        ({"signed_on": "1/1/2026"}, "signed_on", "trước ngày của một cuộc"),
        ({"signed_on": "1/1/2099"}, "signed_on", "sau hôm nay"),
        ({"scan": ""}, "scan", "bản đã ký"),
        ({"words": []}, "words", "ít nhất một cuộc"),
    ],
    ids=["no-number", "long", "no-such-day", "too-early", "ahead", "no-scan", "none"],
)
def test_what_is_refused_says_why_at_its_field_and_keeps_the_rest(w, as_post, change, field, says):
    reported(w)
    page = sent(as_post(w.lan), w.militia_song, **change)
    assert (page.status_code, m.PaperList.objects.count()) == (422, 0)
    assert says in " ".join(why(page, field))
    if field != "number":
        assert page.context["form"]["number"].value() == "05/DS"


def test_a_result_that_was_mended_after_printing_is_named(w, as_post):
    a, b, browser = reported(w), reported(w), as_post(w.lan)
    words = [f"{a.pk}:{a.digest}", f"{b.pk}:{'0' * 64}"]
    page = sent(browser, w.militia_song, words=words)
    assert (page.status_code, page.context["wrong"]) == (422, b.matter.code)
    assert m.Confirmation.objects.count() == 0


def test_a_party_that_has_spoken_meanwhile_is_no_longer_on_the_list(w, as_post):
    a = reported(w)
    confirm(by=w.binh, word=a_word(a), at=at(2, 7))
    assert as_post(w.lan).get(f"{LIST}{JUNE}").context["parties"] == []
