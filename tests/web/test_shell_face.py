"""What a page writes a hundred times: chips, tags, figures, moments, bars; quick, escaped, never a zero for nothing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.template import Context, Template
from django.utils import translation

from phoihop.domain import models as m
from phoihop.kernel.period import HOME
from phoihop.web import faces
from phoihop.web.templatetags.face import signed

NOW = datetime(2026, 11, 21, 19, 42, tzinfo=HOME)


def render(text, **context):
    return Template(text).render(Context({"now": NOW} | context))


@pytest.fixture
def police(w):
    m.ForceFace.objects.create(
        force=w.forces["CA"], valid_from=date(2000, 1, 1), name="Công an", name_en="Police", monogram="CA", colour="#a03348", colour_dark="#e0798d"
    )
    m.ForceFace.objects.create(
        force=w.forces["CA"], valid_from=date(2099, 1, 1), name="Tên sau", name_en="Later", monogram="XX", colour="#000000", colour_dark="#ffffff"
    )
    return w


def test_a_force_is_a_square_and_a_monogram_with_its_name_behind(police):
    assert render('{% force "CA" %}') == '<span class="force fc-ca" title="Công an">CA</span>'
    lead = render('{% force "CA" True %}')
    assert 'class="force fc-ca lead"' in lead
    assert '<span class="vh"> (chủ trì)</span>' in lead
    with translation.override("en"):
        assert render('{% force_name "CA" %}') == '<span class="force fc-ca named" title="Police">Police</span>'


def test_the_leading_force_comes_first(police):
    html = render('{% forces "BP CA QS"|split "CA" %}')
    assert html.index("fc-ca") < html.index("fc-bp") < html.index("fc-qs")


def test_a_unit_is_its_name_behind_the_square_of_its_force(police):
    assert render("{% unit u %}", u=police.police_song) == '<span class="force fc-ca named" title="Công an">Công an xã Sông</span>'


def test_a_force_without_a_face_shows_its_code(w):
    assert render('{% force "QS" %}') == '<span class="force fc-qs" title="QS">QS</span>'


def test_colours_are_those_of_today_under_their_digest(police, client):
    digest, css = faces.style_sheet()
    assert css == ".fc-ca{--fl:#a03348;--fd:#e0798d}\n"
    answer = client.get(f"/mau-luc-luong/{digest}.css")
    assert (answer.content.decode(), answer["Cache-Control"]) == (css, "public, max-age=31536000, immutable")
    assert client.get("/mau-luc-luong/old.css")["Location"] == f"/mau-luc-luong/{digest}.css"


def test_a_face_of_a_day_is_the_one_that_held_then(police):
    assert faces.face("CA", date(2100, 1, 1)).monogram == "XX"
    assert faces.face("CA", date(1990, 1, 1)).monogram == "CA"
    assert faces.face("CA", date(1990, 1, 1)).name == "CA"


def test_a_status_is_an_icon_and_a_word(db):
    html = render('{% tag "Quá hạn <b>" "danger" %}')
    assert html.startswith('<span class="tag danger"><svg class="i" aria-hidden="true"')
    assert "#alert-triangle" in html
    assert html.endswith("Quá hạn &lt;b&gt;</span>")


def test_a_deadline_keeps_its_exact_time_beside_the_words(db):
    html = render("{% due d %}", d=NOW - timedelta(minutes=42))
    assert 'class="due over" datetime="2026-11-21T19:00+07:00" title="19:00, 21/11/2026" data-due' in html
    assert "<span>quá hạn 42 phút</span>" in html
    assert render("{% due d %}", d=None) == '<span class="due later">–</span>'


def test_missing_is_a_dash_and_zero_is_zero(db):
    text = "{{ none|grouped }} {{ zero|grouped }} {{ n|grouped }} {{ tenth|grouped:1 }} {{ tenth|percent:1 }} {{ none|percent }} {{ none|dash }} {{ zero|dash }} {{ none|day }} {{ none|clock }}"
    assert render(text, none=None, zero=0, n=20629, tenth=978) == "– 0 20.629 97,8 97,8% – – 0 – –"


def test_figures_of_an_english_reader(db):
    with translation.override("en"):
        assert (
            render("{{ n|grouped }} {{ tenth|grouped:1 }} {{ d|day }}", n=20629, tenth=978, d=date(2026, 4, 3))
            == '20,629 97.8 <time datetime="2026-04-03">3 Apr 2026</time>'
        )


def test_a_code_is_a_link_that_resolves_or_a_button_that_copies(db):
    assert render('{% code "TT-26-QS86-1-2" %}') == '<a class="code" href="/m/TT-26-QS86-1-2/">TT-26-QS86-1-2</a>'
    assert 'data-copy="TT-26-QS86-1-2"' in render('{% code "TT-26-QS86-1-2" copy=True %}')


def test_a_bar_says_what_it_measures_and_is_never_longer_than_full(db):
    assert render("{% bar 86 124 %}") == (
        '<svg class="bar" viewBox="0 0 100 1" preserveAspectRatio="none" role="img" aria-label="86 trên 124"><rect class="" x="0.00" width="69.35" height="1"/></svg>'
    )
    assert 'width="100.00"' in render("{% bar 200 124 %}")
    assert 'width="0.00"' in render("{% bar none 0 %}", none=None)


def test_a_missing_day_of_a_spark_is_a_gap_not_a_zero(db):
    html = render("{% spark values %}", values=[5, None, 10])
    assert html.count("<rect") == 3
    assert html.count('class="gap"') == 1
    assert 'class="hi"' in html
    assert render("{% spark values %}", values=[None, None]) == ""


def test_a_hundred_chips_ask_the_database_nothing_new(police, django_assert_num_queries):
    render('{% force "CA" %}')
    with django_assert_num_queries(0):
        render('{% for n in "x"|ljust:100 %}{% force "CA" True %}{% tag "Xong" "ok" %}{% endfor %}')


@pytest.mark.parametrize(
    ("text", "signs", "written"),
    [
        ("Tuyến 1: Ngã ba", "", "Tuyến 1: Ngã ba"),
        ("Tuyến 1: Ngã ba", "<i></i>", 'Tuyến 1: Ngã <span class="nw">ba<i></i></span>'),
        ("Chợ", "<i></i>", '<span class="nw">Chợ<i></i></span>'),
        ("A <b", "<i></i>", 'A <span class="nw">&lt;b<i></i></span>'),
    ],
)
def test_signs_after_a_text_never_stand_alone_on_a_line(text, signs, written):
    assert signed(text, signs) == written
