"""The tool that keeps English beside Vietnamese finds every sentence, and writes a file that changes only where a sentence does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tools import translations

MODULE = """
from django.utils.translation import gettext as now_, gettext_lazy as _, ngettext, pgettext_lazy

NAMES = [_("tuyến"), pgettext_lazy("a stretch of border", "Tuyến")]


def said(n, what):
    return f"{now_('không có cuộc nào')}, {ngettext('%(n)s cuộc', '%(n)s cuộc', n)}, {now_(what)}"
"""
PAGE = '{% load i18n %}\n    {% translate "Lưu" %}\n  {% blocktranslate count n=n %}{{ n }} tổ{% plural %}{{ n }} tổ{% endblocktranslate %}{% translate "Việc" context "a row" %}'


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A package of one module and one page, with its own file of translations."""
    (tmp_path / "module.py").write_text(MODULE, encoding="utf-8")
    (tmp_path / "page.html").write_text(PAGE, encoding="utf-8")
    for name, path in (("ROOT", tmp_path), ("PACKAGE", tmp_path), ("PO", tmp_path / "en.po")):
        monkeypatch.setattr(translations, name, path)
    return tmp_path


def test_a_sentence_is_found_under_any_name_of_gettext_and_inside_an_f_string(package: Path):
    assert list(translations.found()) == [
        ("module.py", "tuyến", None),
        ("module.py", "Tuyến", "a stretch of border"),
        ("module.py", "không có cuộc nào", None),
        ("module.py", ("%(n)s cuộc", "%(n)s cuộc"), None),
        ("page.html", "Lưu", None),
        ("page.html", ("%(n)s tổ", "%(n)s tổ"), None),
        ("page.html", "Việc", "a row"),
    ]


def test_the_file_names_no_lines_and_no_day_so_that_it_changes_only_with_a_sentence(package: Path):
    translations.update()
    before = translations.PO.read_text(encoding="utf-8")
    (package / "module.py").write_text("# one line more\n" + MODULE, encoding="utf-8")
    translations.update()
    assert translations.PO.read_text(encoding="utf-8") == before
    assert "module.py:" not in before and "Date" not in before


def test_english_stays_with_its_sentence_and_goes_when_the_sentence_becomes_countable(package: Path):
    translations.update()
    kept = translations.PO.read_text(encoding="utf-8").replace('msgid "Lưu"\nmsgstr ""', 'msgid "Lưu"\nmsgstr "Save"')
    translations.PO.write_text(kept.replace('msgid "tuyến"\nmsgstr ""', 'msgid "tuyến"\nmsgstr "route"'), encoding="utf-8")
    (package / "module.py").write_text(MODULE.replace('_("tuyến")', 'ngettext("tuyến", "tuyến", 2)'), encoding="utf-8")
    translations.update()
    assert (translations.present().get("Lưu").string, translations.present().get("tuyến").string) == ("Save", ("", ""))


def test_a_placeholder_lost_in_one_form_of_a_plural_is_a_fault(package: Path):
    translations.update()
    text = translations.PO.read_text(encoding="utf-8")
    at = text.index('msgid "%(n)s tổ"')
    forms = 'msgstr[0] "one team"\nmsgstr[1] "%(n)s teams"'
    translations.PO.write_text(text[:at] + text[at:].replace('msgstr[0] ""\nmsgstr[1] ""', forms, 1), encoding="utf-8")
    assert [fault for fault in translations.faults() if fault.startswith("placeholders")] == ["placeholders differ: ('%(n)s tổ', '%(n)s tổ')"]
