"""Searching the register in full text: who may see what, both ways of typing, and nothing of what was erased."""

import io
from datetime import date, timedelta

import docx
import pytest

from phoihop.domain import models as m
from phoihop.domain.agreements.queries.listed import register
from phoihop.domain.matters.actions.erasing import agree_recall, ask_recall
from phoihop.domain.matters.actions.node import erase_due
from phoihop.domain.matters.actions.notes import attach
from phoihop.domain.matters.actions.parts import answer, ask
from phoihop.kernel.upload import Upload
from phoihop.search import index, keeping
from phoihop.search.asking import found, spots
from tests.domain.agreements.agreed import a_regulation, circulated, for_signing, heads, in_force, on_paper
from tests.domain.agreements.planned import an_event_plan, arranged, the_posts
from tests.domain.agreements.registered import holding
from tests.domain.agreements.signed_pdf import pdf
from tests.world import NOON, songdat

pytestmark = pytest.mark.django_db
TODAY = date(2026, 6, 1)


def caught_up():
    while keeping.catch_up():
        continue


def hits(post, typed):
    return list(found(register(post, TODAY), post, typed, TODAY))


def a_docx(*lines):
    document, content = docx.Document(), io.BytesIO()
    for line in lines:
        document.add_paragraph(line)
    document.save(content)
    return Upload("phu-luc.docx", content.getvalue())


@pytest.mark.parametrize(
    "typed", ["tuần tra chung", "tuan tra chung", "TUẦN TRA", "tuan tr", "“tuần tra chung”"], ids=["marks", "none", "capitals", "begun", "phrase"]
)
def test_a_clause_is_found_with_and_without_diacritics(typed):
    w = songdat()
    a = circulated(w)
    caught_up()
    assert hits(w.binh, typed) == [a]


@pytest.mark.parametrize("typed", ["QC-CAT", "05/qc", "quy che tinh song dat", "cong an tinh"], ids=["symbol", "number", "title", "issuer"])
def test_number_title_and_issuer_are_found(typed):
    w = songdat()
    a = holding(w)
    caught_up()
    assert hits(w.dung, typed) == [a]


def test_every_word_must_stand_there_and_a_phrase_side_by_side():
    w = songdat()
    circulated(w)
    caught_up()
    assert hits(w.binh, "tuần tra nghêu") == []
    assert hits(w.binh, "“tra tuần”") == []
    assert hits(w.binh, " . ") == []


def test_a_draft_is_found_by_nobody_but_its_lead():
    w = songdat()
    a = a_regulation(w)
    caught_up()
    assert hits(w.lan, "tuần tra") == [a]
    assert hits(w.binh, "tuần tra") == []
    assert hits(w.tu, "tuần tra") == []


def test_who_declined_finds_the_title_and_not_the_text():
    w = songdat()
    a = circulated(w)
    part = m.Participation.objects.get(matter=a.matter, unit=w.station)
    answer(by=w.hai, part=part, state="declined", reason="Không giáp biển.", at=NOON)
    caught_up()
    assert hits(w.hai, "an ninh") == [a]
    assert hits(w.hai, "bốn lần") == []


def test_words_of_an_attached_document_are_found_by_who_takes_part():
    w = songdat()
    a = in_force(w)
    ask(by=w.lan, matter=a.matter, unit=w.army, role="inform", at=NOON)
    attach(by=w.lan, matter=a.matter, upload=a_docx("Phụ lục: danh mục bãi nghêu Cồn Ngang"), at=NOON)
    caught_up()
    assert hits(w.binh, "bai ngheu") == [a]
    assert hits(w.dung, "bãi nghêu") == [a]


def test_words_of_the_signed_paper_of_a_plan_with_posts_are_found_by_who_takes_part():
    w = songdat()
    a = an_event_plan(w)
    arranged(w, a, the_posts(w))
    for_signing(w, a)
    on_paper(heads(w).station, a, scans=[Upload("ban-quet.pdf", pdf("Chốt số 2: bãi nghêu, 4 người"))])
    caught_up()
    assert [hits(by, "bãi nghêu") for by in (w.binh, w.thu)] == [[a], []]
    assert hits(w.thu, "lễ hội sông") == [a]


def test_a_recalled_text_and_an_erased_file_leave_the_index():
    w = songdat()
    a = in_force(w)
    attach(by=w.lan, matter=a.matter, upload=a_docx("Danh mục bãi nghêu"), at=NOON)
    caught_up()
    text = m.Clause.objects.get(version__agreement=a, label="Điều 2").text
    recall = ask_recall(by=w.lan, matter=a.matter, text=text, reason="Có số liệu không được phép.", at=NOON)
    head = m.Post.objects.get(unit=w.police_song, role="commander")
    agree_recall(by=head, recall=recall, at=NOON)
    caught_up()
    assert hits(w.lan, "bốn lần") == []
    assert hits(w.lan, "bãi nghêu") == [a]
    erase_due(by=w.node, at=NOON + timedelta(days=1900))
    caught_up()
    assert hits(w.lan, "bãi nghêu") == []


def test_the_place_is_shown_with_the_words_marked():
    w = songdat()
    circulated(w)
    caught_up()
    rows = hits(w.binh, "bon lan")
    spot = spots(rows, "bon lan")[rows[0].pk]
    assert spot.label == "Điều 2"
    assert [text for text, is_found in spot.pieces if is_found] == ["bốn", "lần"]


def test_after_a_restore_the_index_is_made_anew():
    w = songdat()
    a = circulated(w)
    caught_up()
    index.move_cursor(index.cursor_now()[0], "0" * 64)
    m.Event.objects.order_by("-seq").first()
    caught_up()
    assert hits(w.binh, "tuần tra") == [a]
    assert keeping.rebuild() == 1
    assert hits(w.binh, "tuần tra") == [a]


def test_a_file_is_read_once_and_not_with_every_event(monkeypatch):
    w = songdat()
    a = in_force(w)
    attach(by=w.lan, matter=a.matter, upload=a_docx("Danh mục bãi nghêu"), at=NOON)
    caught_up()
    monkeypatch.setattr("phoihop.search.reading.texts_in", lambda upload: pytest.fail("the file was read again"))
    ask(by=w.lan, matter=a.matter, unit=w.army, role="inform", at=NOON)
    caught_up()
    assert hits(w.dung, "bãi nghêu") == [a]
