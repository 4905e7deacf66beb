"""The guides of docs/guide as pages: the same text that stands in the repository."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from markdown_it import MarkdownIt
from markdown_it.token import Token

from .base import page
from .guide import chapter

GUIDES = Path(__file__).resolve().parents[3] / "docs" / "guide"
FILES = {"can-bo": ("officer.vi.md", "vi"), "quan-tri-nut": ("administrator.md", "en")}

chapter("/huong-dan/can-bo/", _("Hướng dẫn cán bộ"), _("Từ đăng nhập tới báo cáo in ra: từng việc, từng bước, trên máy tính và điện thoại."), icon="book")
chapter("/huong-dan/quan-tri-nut/", _("Hướng dẫn quản trị nút"), _("Cài đặt, tài khoản, sao lưu, kiểm tra nhật ký và số liệu (tiếng Anh)."), icon="tool")


def read(request: HttpRequest, name: str) -> HttpResponse:
    """One guide. Raises Http404 for a name that is none, or where the guides were not installed."""
    if name not in FILES or not (GUIDES / FILES[name][0]).is_file():
        raise Http404
    file, language = FILES[name]
    return page(request, "guide/read.html", text=_rendered(file), written_in=language)


@cache
def _rendered(file: str) -> SafeString:
    """Our own file, with raw HTML switched off in the renderer all the same. What it names of the repository beside it is no page: words, no link."""
    markdown = MarkdownIt("commonmark", {"html": False}).enable("table")
    parsed = markdown.parse((GUIDES / file).read_text(encoding="utf-8"))
    for block in parsed:
        block.children = _without_files(block.children) if block.children else block.children
    return mark_safe(markdown.renderer.render(parsed, markdown.options, {}))


def _without_files(inline: Sequence[Token]) -> list[Token]:
    """The parts of a line without the links that lead into the repository."""
    kept, dropped = [], False
    for token in inline:
        if token.type == "link_open" and str(token.attrGet("href")).startswith("."):
            dropped = True
        elif token.type == "link_close" and dropped:
            dropped = False
        else:
            kept.append(token)
    return kept
