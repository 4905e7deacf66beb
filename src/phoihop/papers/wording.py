"""The set phrases of a legal document, written as Decree 30/2020/NĐ-CP, Annex I, part I, section II orders them."""

from __future__ import annotations

import re
from datetime import date

from phoihop.kernel.figures_text import Language, day

from .document import Capacity, Document, Issued, Issuer, Provenance, Signature
from .numbering import roman
from .widths import balanced, bold_width

NATION = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
BANNER: dict[Language, str] = {"vi": "DỮ LIỆU MINH HỌA", "en": "DEMONSTRATION DATA"}
DRAFT = "DỰ THẢO"
DOTS = "……"

# So much of the journal's hash is printed: enough to find the entry and to see that it is the one.
HASH_SHOWN = 12
_PROVENANCE: dict[Language, tuple[str, str, str]] = {
    "vi": ("Số liệu đến {}", "theo địa giới ngày {}", "nhật ký số {}, mã {}"),
    "en": ("Figures to {}", "boundaries of {}", "journal no. {}, hash {}"),
}

# A symbol that begins with letters and a slash is a Party committee's: 149-KH/ĐUCA, against 05/BC-UBND and 03/2019/NĐ-CP.
_PARTY = re.compile(r"[^\d/]+/")
# Before these a long name of a body is broken by preference.
_NAME_BREAKS = ("TỈNH", "THÀNH PHỐ", "KHU VỰC", "XÃ", "PHƯỜNG", "ĐẶC KHU")


def two_digits(n: int | None) -> str:
    """The number of a document, below 10 with a zero before it; dots where it is still to come."""
    return DOTS if n is None else f"{n:02}"


def number_and_symbol(number: int | None, symbol: str) -> str:
    """ "05/BC-UBND" (point 3); "149-KH/ĐUCA" for a Party committee."""
    return two_digits(number) + (("-" if _PARTY.match(symbol) else "/") + symbol if symbol else "")


def day_in_words(year: int | None, month: int | None, day: int | None) -> str:
    """ "ngày 05 tháng 01 năm 2026": days below 10 and the months 1 and 2 have a zero before them (point 4.b)."""
    written_month = DOTS if month is None else f"{month:02}" if month < 3 else str(month)
    return f"ngày {two_digits(day)} tháng {written_month} năm {year or DOTS}"


def place_and_day(issued: Issued) -> str:
    return f"{issued.place}, {day_in_words(issued.year, issued.month, issued.day)}"


def name_lines(name: str, size: float, room: float) -> list[str]:
    """A body's name in capitals, in lines that fit ``room`` millimetres, broken before the name of the area where that fits."""
    capitals = name.upper()
    if "\n" not in capitals and bold_width(capitals, size) > room:
        for word in _NAME_BREAKS:
            before, found, after = capitals.partition(f" {word} ")
            parts = [before, found.strip() + " " + after]
            if found and all(bold_width(part, size) <= room for part in parts):
                return parts
    return balanced(capitals, size, room)


def issuer_names(issuers: tuple[Issuer, ...]) -> list[str]:
    """The issuing bodies, the leading one first, joined by a dash when there are several."""
    return [issuer.name + (" -" if last else "") for issuer, last in zip(issuers, [True] * (len(issuers) - 1) + [False], strict=True)]


def addressee_lines(addressees: tuple[str, ...]) -> list[str]:
    """One body on the line of "Kính gửi", several each on its own line (point 9.d)."""
    if len(addressees) == 1:
        return [f"Kính gửi: {addressees[0]}"]
    return ["Kính gửi:", *_listed(addressees)] if addressees else []


def basis_lines(bases: tuple[str, ...]) -> list[str]:
    """Each legal basis ends with a semicolon, the last with a full stop (point 6.a)."""
    return [basis.rstrip(" ;.") + (";" if number < len(bases) else ".") for number, basis in enumerate(bases, 1)]


def recipient_lines(document: Document) -> list[str]:
    """ "- Như trên;" where there is a "Kính gửi", the others, and where it is filed (point 9.d)."""
    above = ("Như trên",) if document.addressees else ()
    filed = (f"Lưu: {document.archive}",) if document.archive else ()
    return _listed(above + document.recipients + filed)


def _listed(names: tuple[str, ...]) -> list[str]:
    return [f"- {name.rstrip(' ;.')}" + (";" if number < len(names) else ".") for number, name in enumerate(names, 1)]


def authority_lines(signature: Signature) -> list[str]:
    """On whose behalf, then the position, in capitals (points 7.b and 7.đ)."""
    lines = []
    position = signature.position.upper()
    for capacity, of in signature.on_behalf:
        if capacity is Capacity.ACTING:
            position = f"{capacity.value} {of or position}".upper()
        else:
            lines.append(f"{capacity.value} {of}".upper())
    return [*lines, position]


def signatory(signature: Signature) -> str:
    return f"{signature.rank} {signature.name}".strip()


def appendix_label(number: int, of: int) -> str:
    """Roman numerals where there are two or more (section III, point 1.a)."""
    return f"Phụ lục {roman(number)}" if of > 1 else "Phụ lục"


def sent_with(document: Document) -> str:
    """ "(Kèm theo Báo cáo số 05/BC-CAT ngày 05 tháng 01 năm 2026 của Công an tỉnh Vĩnh Long)" (section III, point 1.c)."""
    issued = document.issued or Issued("")
    numbered = number_and_symbol(document.number, document.symbol)
    by = " và ".join(" ".join(issuer.name.split()) for issuer in document.issuers)
    return f"(Kèm theo {document.kind or 'Công văn'} số {numbered} {day_in_words(issued.year, issued.month, issued.day)} của {by})"


def provenance_line(provenance: Provenance, language: Language = "vi") -> str:
    """From where the figures come; the head of the journal lets anyone prove it."""
    until, boundaries, journal = _PROVENANCE[language]
    told = [until.format(day(provenance.until, language))]
    if provenance.boundaries:
        told.append(boundaries.format(day(provenance.boundaries, language)))
    return " · ".join([*told, journal.format(provenance.sequence, provenance.head[:HASH_SHOWN])])


def closed(text: str) -> str:
    """The end of the text: "./." as the decree's forms have it (Annex III); a sentence that opens something stays open."""
    bare = text.rstrip(" .;")
    return text if bare.endswith((":", "./")) else f"{bare}./."


def banner(document: Document) -> str:
    """What stands at the head of every page of a document that is not to be taken for an issued one; empty otherwise."""
    return " · ".join([DRAFT] * document.draft + [BANNER["vi"]] * document.demo)


def stamp_day(document: Document) -> date:
    """The day the file is said to be of: of issue, else the day its figures run to; so that the same document is the same bytes."""
    if document.issued and document.issued.date:
        return document.issued.date
    return document.provenance.until if document.provenance else date(2000, 1, 1)
