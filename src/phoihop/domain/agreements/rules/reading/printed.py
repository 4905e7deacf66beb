"""The text of a PDF: its lines joined to paragraphs again, page numbers left out, the two columns of the head taken apart, ruled tables row by row."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Sequence

from pypdf import PdfReader

from .plain import CELL, UPPER
from .ruled import text_of_page

_PAGE_NUMBER = re.compile(r"^\s*-?\s*\d{1,3}\s*-?\s*$")
_BEGINS = re.compile(
    rf"^(?:(?:Chương|CHƯƠNG|Mục|MỤC|Phần|PHẦN) [IVXLC\d]|Điều \d+|[IVX]{{1,5}}[.)]\s|\d{{1,2}}(?:\.\d{{1,2}})?[.)]\s|[a-zđ][.)]\s|[-+•*]\s|Căn cứ |Theo |Để |Nhằm |Thực hiện |Triển khai |Xét |-{{3,}}$|Số\s*:|Nơi nhận|(?:TM|KT|TL|TUQ|T/M)[.\s]|[{UPPER}][{UPPER} \-,]{{3,}}$)"
)
_BESIDE = re.compile(
    r"\s*(CỘNG H(?:ÒA|OÀ) XÃ HỘI CHỦ NGHĨA VIỆT NAM|ĐẢNG CỘNG SẢN VIỆT NAM|Độc lập\s*-\s*Tự do\s*-\s*Hạnh phúc|(?:(?<=\s)|^)[A-ZĐ][^\W\d]*(?: [A-ZĐ][^\W\d]*){0,4}, ngày \d)"
)
_ANNEX_NAME = re.compile(r"(?:Phụ lục|PHỤ LỤC)(?: (?:số )?(?:[IVX]+|\d+))?[.:]?")
_ENDS = (".", ";", ":", "/.")


def pages(content: bytes) -> Iterator[str]:
    """The text of each page; empty for one that is only a picture."""
    for page in PdfReader(io.BytesIO(content)).pages:
        yield text_of_page(page)


def page_count(content: bytes) -> int:
    return len(PdfReader(io.BytesIO(content)).pages)


def joined(texts: Sequence[str]) -> str:
    """The pages as one text: a line that was broken at the margin is joined to the one before it."""
    done: list[str] = []
    for line in (part for text in texts for row in text.split("\n") for part in _apart(row)):
        if CELL in line:
            done.append(line)
            continue
        clean = " ".join(line.split())
        if not clean or _PAGE_NUMBER.match(clean):
            continue
        if (done and clean == "VIỆT NAM" and done[-1].isupper()) or (
            done and CELL not in done[-1] and not _BEGINS.match(clean) and not done[-1].endswith(_ENDS) and not _stands_alone(done[-1], clean)
        ):
            done[-1] = f"{done[-1]} {clean}"
        else:
            done.append(clean)
    return "\n".join(done)


def _apart(row: str) -> list[str]:
    """Head lines whose two columns came out as one."""
    if CELL in row:
        return [row]
    return [part for part in _BESIDE.sub(r"\n\1", row).split("\n") if part.strip()]


def _stands_alone(before: str, line: str) -> bool:
    """A heading in capitals does not run into what follows, nor does a title into its subject."""
    return (
        before.isupper() != line.isupper()
        or bool(_ANNEX_NAME.fullmatch(before))
        or bool(re.match(r"Số\s*:", before))
        or (line[0].isupper() and bool(re.match(r"Điều \d+[.:] [^.,]{0,60}$", before)))
    )
