"""A file on its way to be read: which kinds, what to say of those that cannot be, how long the reading will take."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.gates import media
from phoihop.kernel.verdict import Refused, Verdict, no_unless

from ..clauses import MOST_CLAUSES
from . import office, printed
from .plain import plain

LONGEST = 1_500_000
"""Characters: about 500 pages. Longer ones are books, not agreements."""
AT_ONCE_PAGES = 40
AT_ONCE_BYTES = 8 << 20
"""Up to so many pages of a PDF, so much of a document's XML, reading takes less than two seconds and is done at once; longer ones go to the line of jobs."""


def is_readable(kind: str) -> Verdict:
    """Whether files of this media type are read here."""
    if kind in (media.DOCX, media.PDF):
        return Verdict()
    if kind in media.PICTURES:
        return Verdict(
            "picture-no-text", _("Đây là ảnh, không có chữ để đọc. Hãy dùng tệp .docx gốc của văn bản, hoặc ghi văn bản vào sổ rồi đính kèm ảnh."), "upload"
        )
    return Verdict("no-document", _("Chỉ đọc được văn bản .docx và .pdf có chữ. Hãy mở tệp, lưu lại thành .docx rồi gửi."), "upload")


def takes_long(content: bytes, kind: str) -> bool:
    try:
        if kind == media.PDF:
            return printed.page_count(content) > AT_ONCE_PAGES
        with zipfile.ZipFile(BytesIO(content)) as packed:
            return packed.getinfo("word/document.xml").file_size > AT_ONCE_BYTES
    except Exception:  # a damaged file can make a parser raise anything; reading it will say so at once
        return False


def text_of(content: bytes, kind: str) -> str:
    """The text to read. Raises Refused for a scan, a damaged file, one without words or longer than a book."""
    *_others, text = steps(content, kind)
    assert isinstance(text, str)
    return text


def steps(content: bytes, kind: str) -> Iterator[tuple[int, int] | str]:
    """The same page by page, saying how many of how many are done; the text comes last."""
    try:
        if kind == media.PDF:
            count = printed.page_count(content)
            texts: list[str] = []
            for n, text in enumerate(printed.pages(content), 1):
                texts.append(text)
                yield n, count
            found = plain(printed.joined(texts))
        else:
            found = plain(office.of_docx(content))
    except Refused:
        raise
    except Exception:  # a damaged file can make a parser raise anything
        raise damaged() from None
    _has_words(found, kind).enforce()
    yield found


def fits_an_agreement(count: int) -> Verdict:
    """At the door, so that nobody looks through hundreds of clauses of which no agreement can be made."""
    return no_unless(
        count <= MOST_CLAUSES,
        "document-many-clauses",
        _("Tệp có %(n)s điều, khoản, điểm và dòng bảng; một văn bản có nhiều nhất %(most)s. Hãy tách phụ lục thành tệp riêng rồi gửi từng tệp.")
        % {"n": count, "most": MOST_CLAUSES},
        "upload",
    )


def damaged() -> Refused:
    return Refused(Verdict("document-damaged", _("Tệp hỏng, không đọc được chữ. Mở tệp bằng Word, lưu lại thành .docx rồi gửi."), "upload"))


def _has_words(text: str, kind: str) -> Verdict:
    if not any(c.isalpha() for c in text):
        if kind == media.PDF:
            return Verdict(
                "scan-no-text",
                _("Tệp PDF này là bản quét, không có chữ để đọc. Hãy dùng tệp .docx gốc, hoặc PDF lưu từ Word; nếu chỉ có bản giấy thì ghi văn bản vào sổ và đính kèm bản quét."),
                "upload",
            )  # fmt: skip
        return Verdict("document-empty", _("Văn bản này không có chữ nào. Hãy chọn lại tệp."), "upload")
    if len(text) > LONGEST:
        return Verdict("document-too-long", _("Văn bản dài quá 500 trang. Hãy tách phần quy chế, kế hoạch thành tệp riêng."), "upload")
    return Verdict()
