"""What the build makes of the front end: the sprite, the style sheets, the colours, the sentences."""

from __future__ import annotations

import gzip
import json
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.core.management import call_command
from django.test import override_settings

from phoihop.config import sentences
from phoihop.web import icons
from phoihop.web.static_files import joined
from phoihop.web.templatetags import face
from tools import gather, icons_used, translations

WEB = Path("src/phoihop/web").resolve()
CSS = WEB / "static/css"


def tokens(name):
    """The colours of a sheet by name."""
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})\b", (CSS / f"{name}.css").read_text(encoding="utf-8")))


LIGHT = tokens("tokens")
DARK = LIGHT | tokens("dark")
TEXT = [(ink, ground, 4.5) for ink in ("ink", "ink-2", "ink-3") for ground in ("bg", "surface", "surface-2", "hover", "selected")]
TEXT += [("ink-3", "sunken", 4.5), ("accent-ink", "accent", 4.5), ("accent-2", "accent-soft", 4.5), ("ink-2", "accent-soft", 4.5)]
TEXT += [("link", ground, 4.5) for ground in ("surface", "bg", "surface-2")] + [
    ("rail-ink", "rail", 4.5),
    ("rail-mut", "rail", 4.5),
    ("rail-ink", "rail-2", 4.5),
]
TEXT += [(kind, f"{kind}-soft", 4.5) for kind in ("danger", "warn", "ok", "info", "idle")] + [
    (kind, "surface", 4.5) for kind in ("danger", "warn", "ok", "info")
]
TEXT += [("ink", f"{kind}-soft", 4.5) for kind in ("danger", "warn", "ok", "info")]
CONTROLS = [("line-ctl", "surface", 3), ("line-ctl", "bg", 3), ("focus", "surface", 3), ("focus", "bg", 3), ("accent", "surface", 3)]
CONTROLS += [(kind, "surface", 3) for kind in ("danger-solid", "ok-solid", "info-solid")]


def contrast(a, b):
    def luminance(colour):
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.03928 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_every_pair_of_colours_can_be_read(theme):
    weak = [
        (ink, ground, round(contrast(theme[ink], theme[ground]), 2)) for ink, ground, least in TEXT + CONTROLS if contrast(theme[ink], theme[ground]) < least
    ]
    assert weak == []


def test_white_on_the_alarm_red_can_be_read():
    assert contrast("#ffffff", "#c9302c") >= 4.5


def test_dark_names_every_colour_that_has_another_face_in_the_dark():
    only_light = {"danger-fill", "rail-mark", "paper", "paper-ink"}
    assert set(LIGHT) - set(tokens("dark")) == only_light


def test_dark_sets_colours_and_shadows_and_nothing_that_has_a_size():
    """So that a page need not be measured by day and by night (``check_both`` in tests/web/browser.py)."""
    sheet = re.sub(r"/\*.*?\*/", "", (CSS / "dark.css").read_text(encoding="utf-8"), flags=re.DOTALL)
    colour = r"#[0-9a-f]{6}|dark|var\(--fd, var\(--idle-solid\)\)"
    other = {name: value for name, value in re.findall(r"([\w-]+):\s*([^;{}]+);", sheet) if not re.fullmatch(colour, value)}
    assert set(other) == {"--shadow", "--shadow-pop"}


def test_every_line_is_high_enough_for_two_marks():
    """Ặ and Ỗ touch the line above below 1.36; only single signs (a plus, a minus) may be lower."""
    low = []
    for sheet in CSS.rglob("*.css"):
        for size, high in re.findall(r"(\d+(?:\.\d+)?)(?:px|pt)/(\d+(?:\.\d+)?)(?:px|pt)", sheet.read_text(encoding="utf-8")):
            if float(high) / float(size) < 1.36:
                low.append((sheet.name, size, high))
    assert low == []


def test_no_sheet_needs_a_browser_newer_than_the_floor():
    """Chrome 109 and Firefox 115: no nesting, light-dark(), oklch(), anchors; :has() only where a script stands in for it."""
    for sheet in CSS.rglob("*.css"):
        text = sheet.read_text(encoding="utf-8")
        assert re.findall(r"light-dark\(|oklch\(|color-mix\(|anchor\(|@scope|@starting-style|\n\s*&", text) == [], sheet.name


def test_the_sheet_of_a_page_leaves_the_frame_as_it_is():
    """A rule for a bare element reaches the rail and the bar too: it names the page's part, or main."""
    reach = []
    for sheet in (CSS / "pages").glob("*.css"):
        rules = re.findall(r"([^{}]+)\{", re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL))
        bare = [one.strip() for rule in rules if "@" not in rule for one in rule.split(",") if not re.search(r"[.#\[:]|^main\b", one.strip())]
        reach += [(sheet.name, one) for one in bare]
    assert reach == []


def test_the_base_style_sheet_is_small(tmp_path):
    gather.join_sheets(tmp_path)
    size = sum(len(gzip.compress((tmp_path / name).read_bytes(), 9)) for name in ("base.css", "dark.css"))
    assert size <= 11 * 1024


def test_a_smaller_sheet_says_the_same():
    css = '/* why */\n.a > .b,\n.c { width: calc(100vh - 48px); }\n\n@media (max-width: 560px) { .d::before { content: "/" } }\n'
    assert gather.smaller(css) == '.a>.b,.c{width:calc(100vh - 48px)}@media (max-width:560px){.d::before{content:"/"}}\n'


def test_icons_are_found_where_they_are_named(tmp_path):
    (tmp_path / "a.html").write_text('{% icon "home" %} {% icon \'chevron-left\' "s" %} {% tag text "ok" icon="zoom-check" %} {% icon e.icon "l" %}')
    (tmp_path / "b.py").write_text(
        'Entry("/", "x", icon="route")\nicon_svg("clock", "s")\nTAG_ICONS = {"ok": "circle-check", "": "circle-dashed"}\nOTHER = "not-an-icon"\nA_ICON = "sun"\n'
    )
    assert icons_used.icons_used(tmp_path) == ["chevron-left", "circle-check", "circle-dashed", "clock", "home", "route", "sun", "zoom-check"]


def test_a_symbol_keeps_the_lines_of_its_icon(tmp_path):
    drawing = '<svg\n  xmlns="http://www.w3.org/2000/svg"\n  class="icon"\n>\n  <path stroke="none" d="M0 0h24v24H0z" fill="none" />\n  <path d="M5 12l-2 0" />\n</svg>'
    (tmp_path / "outline").mkdir()
    (tmp_path / "outline/home.svg").write_text(drawing)
    assert (
        icons_used.sprite(["home"], tmp_path)
        == '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="home" viewBox="0 0 24 24"><path d="M5 12l-2 0"/></symbol></svg>\n'
    )
    with pytest.raises(FileNotFoundError):
        icons_used.sprite(["no-such-icon"], tmp_path)


def test_every_icon_that_is_named_exists():
    assert len(icons_used.sprite(icons_used.icons_used(WEB), gather.PACKAGES / "@tabler/icons/icons")) > 5000


@pytest.fixture
def catalogue(tmp_path, monkeypatch):
    """A tree with two sentences of code, one of a template, and its English."""
    package = tmp_path / "src/phoihop"
    package.mkdir(parents=True)
    (package / "a.py").write_text(
        'from django.utils.translation import gettext as _, ngettext\n_("Đã ghi %(n)s cuộc")\nngettext("%(n)s xã", "%(n)s xã", n)\n', encoding="utf-8"
    )
    (package / "b.html").write_text('{% load i18n %}{% translate "Hôm nay" %}{% blocktranslate with a=b %}Từ {{ a }}{% endblocktranslate %}', encoding="utf-8")
    po = tmp_path / "locale/django.po"
    monkeypatch.setattr(translations, "ROOT", tmp_path)
    monkeypatch.setattr(translations, "PACKAGE", package)
    monkeypatch.setattr(translations, "PO", po)
    return po


def test_sentences_are_taken_from_code_and_templates(catalogue):
    assert sorted(str(m.id) for m in translations.template() if m.id) == ["('%(n)s xã', '%(n)s xã')", "Hôm nay", "Từ %(a)s", "Đã ghi %(n)s cuộc"]


def test_new_sentences_are_added_and_english_is_kept(catalogue):
    translations.update()
    assert translations.counts() == (4, 0)
    catalogue.write_text(catalogue.read_text(encoding="utf-8").replace('msgid "Hôm nay"\nmsgstr ""', 'msgid "Hôm nay"\nmsgstr "Today"'), encoding="utf-8")
    translations.update()
    assert translations.counts() == (4, 1)
    assert "POT-Creation-Date" not in catalogue.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("entry", "fault"),
    [
        ('msgid "Hôm nay"\nmsgstr ""\n', "no English: Hôm nay"),
        ('#, fuzzy\nmsgid "Hôm nay"\nmsgstr "Today"\n', "doubtful: Hôm nay"),
        ('msgid "Đã bỏ"\nmsgstr "Gone"\n', "gone from the code: Đã bỏ"),
        ('msgid "Từ %(a)s"\nmsgstr "From"\n', "placeholders differ: Từ %(a)s"),
    ],
)
def test_every_fault_of_the_english_is_named(catalogue, entry, fault):
    catalogue.parent.mkdir()
    catalogue.write_text(f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\n{entry}', encoding="utf-8")
    assert fault in translations.faults()


def test_placeholders_stand_in_every_form_of_a_plural():
    right = Message(("%(n)s xã", "%(n)s xã"), ("%(n)s commune", "%(n)s communes"))
    wrong = Message(("%(n)s xã", "%(n)s xã"), ("one commune", "%(n)s communes"))
    assert [translations._same_places(m) for m in (right, wrong)] == [True, False]


def test_sentences_are_compiled_when_they_are_newer(tmp_path, monkeypatch):
    po, mo = tmp_path / "django.po", tmp_path / "django.mo"
    monkeypatch.setattr(sentences, "PO", po)
    monkeypatch.setattr(sentences, "MO", mo)
    assert sentences.compile_sentences() is False
    po.write_text('msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Hôm nay"\nmsgstr "Today"\n', encoding="utf-8")
    assert sentences.compile_sentences() is True
    assert b"Today" in mo.read_bytes()
    assert sentences.compile_sentences() is False


SERVED = {"main": ["outbox", "shared"], "shared": [], "outbox": ["shared"], "patrol-month": ["grid", "shared"]}
"""What modules still fetch where every page's are joined."""


def test_served_files_find_one_another_under_their_digests(tmp_path):
    """As `phoihop prepare` does it: every import of a module and every font of a sheet leads to a file that is there."""
    storages = {"staticfiles": {"BACKEND": "phoihop.web.static_files.Storage"}}
    with override_settings(STATIC_ROOT=tmp_path, STORAGES=storages):
        call_command("collectstatic", verbosity=0, interactive=False)
    files = json.loads((tmp_path / "staticfiles.json").read_text(encoding="utf-8"))["paths"]
    imported = {name: re.findall(r'(?:from |import\()"\./([\w-]+)(\.[0-9a-f]{12}\.js)"', (tmp_path / files[f"js/{name}.js"]).read_text()) for name in SERVED}
    assert {name: sorted(part for part, _ in found) for name, found in imported.items()} == SERVED
    assert [part for found in imported.values() for part, digest in found if not (tmp_path / "js" / f"{part}{digest}").exists()] == []
    fonts = re.findall(r'url\("([^"]+)"\)', (tmp_path / files["vendor/base.css"]).read_text(encoding="utf-8"))
    assert [name for name in fonts if not (tmp_path / "vendor" / name).resolve().exists()] == []
    assert len(fonts) == 3


def of(**modules):
    return lambda name: modules[name]


def test_joined_modules_stand_behind_those_they_import_and_are_there_once():
    text = joined(
        "main",
        of(
            main='import "./shared.js";\nimport "./keys.js";\nimport "./menus.js";\ngo();\n',
            keys='import { open } from "./menus.js";\nimport { say } from "./shared.js";\nsay(open());\n',
            menus="export function open() {}\n",
        ),
    )
    rooms = [
        "const of_menus = (() => {\nfunction open() {}\nreturn { open };\n})();",
        "const of_keys = (() => {\nconst { open } = of_menus;\nsay(open());\nreturn {  };\n})();",
    ]
    assert text == "\n".join(['import { say } from "./shared.js";', *rooms, "go();", ""])


def test_what_joined_modules_share_goes_out_again():
    text = joined("shared", of(shared='export { say } from "./words.js";\n', words="export const say = 1;\n"))
    assert text == "const of_words = (() => {\nconst say = 1;\nreturn { say };\n})();\nexport const { say } = of_words;\n"


@pytest.mark.parametrize("line", ['import all from "./words.js";', 'import { a as b } from "./words.js";', "export default 1;"])
def test_a_module_that_cannot_be_joined_is_named(line):
    with pytest.raises(ValueError, match=re.escape(line)):
        joined("main", of(main='import "./keys.js";\n', keys=f"{line}\n", words=""))


def test_a_page_brings_the_drawings_of_its_icons_once_and_no_others():
    page = f"<body>{icons.PLACE}{face.icon('home')}{face.icon('home', 's')}{face.icon('no-such-icon')}</body>"
    shown = icons.drawn_within(page)
    assert re.findall(r'<symbol id="([^"]+)"', shown) == ["i-home"]
    assert re.findall(r'<use href="([^"]+)"', shown) == ["#i-home", "#i-home", icons.address("no-such-icon")]


def test_a_part_keeps_the_address_of_its_icons():
    assert icons.drawn_within(f"<li>{face.icon('home')}</li>") == f"<li>{face.icon('home')}</li>"
