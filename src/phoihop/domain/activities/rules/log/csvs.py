"""CSV files from any machine: UTF-8 with or without its mark, UTF-16, Windows-1258, and the old TCVN3 of .VnTime fonts."""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from phoihop.kernel.text import nfc
from phoihop.kernel.verdict import Refused, Verdict

from .cells import Cell, plain

_DELIMITERS = ";\t,|"
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# TCVN3 (TCVN 5712:1993, VN3): its bytes as Latin-1 letters, in the order of the Vietnamese alphabet with its tones.
_TCVN3_BYTES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_FROM_TCVN3 = str.maketrans(_TCVN3_BYTES, _TCVN3_LETTERS)
_COMMON = ("ngày", "tuần tra", "công an", "thời gian", "giờ", "xã", "lực lượng", "địa bàn", "quân", "số", "phối hợp", "kết quả", "phường", "đến")
_SAMPLE = 64 * 1024
_LINE = re.compile(r"[^\n]*\n|[^\n]+$")


@dataclass(slots=True)
class CsvSheet:
    """A CSV file as a sheet; rows are split as they are asked for."""

    text: str
    delimiter: str
    height: int
    name: str = ""
    merged: Sequence[tuple[tuple[int, int], tuple[int, int]]] = ()

    def rows(self, first: int = 0) -> Iterator[tuple[int, list[Cell]]]:
        for n, row in enumerate(_split(self.text, self.delimiter)):
            if n >= first:
                yield n, [plain(value) for value in row]


def csv_sheet(content: bytes) -> CsvSheet:
    """The one sheet of a CSV file. Raises Refused when its quotes do not close."""
    text = decoded(content).replace("\r\n", "\n").replace("\r", "\n")
    first_line, _line_end, rest = text.partition("\n")
    if first_line.lower().startswith("sep=") and len(first_line) == 5:  # Excel's own note of the delimiter
        text, delimiter = rest, first_line[4]
    else:
        delimiter = delimiter_of(text[:_SAMPLE])
    try:
        height = sum(1 for row in _split(text, delimiter)) if text.strip() else 0
    except csv.Error as broken:
        raise Refused(
            Verdict("file-broken", _("Tệp CSV có dấu ngoặc kép không đóng. Hãy mở bằng phần mềm bảng tính, lưu lại dạng .xlsx rồi đưa vào."), "upload")
        ) from broken
    return CsvSheet(text, delimiter, height)


def _split(text: str, delimiter: str) -> Iterator[list[str]]:
    return csv.reader((line.group() for line in _LINE.finditer(text)), delimiter=delimiter)


def decoded(content: bytes) -> str:
    """The text of a CSV file, whatever its encoding: the one whose reading has the most everyday words of such a log."""
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return nfc(content.decode(encoding, errors="replace"))
    if content[:_SAMPLE].count(0) > len(content[:_SAMPLE]) // 4:
        return nfc(content.decode("utf-16-le" if content[1:2] == b"\x00" else "utf-16-be", errors="replace"))
    try:
        return nfc(content.decode("utf-8"))
    except UnicodeDecodeError:
        readings = (content.decode("cp1258", errors="replace"), from_old_letters(content.decode("latin-1")))
        return max((nfc(text) for text in readings), key=_vietnamese)


def from_old_letters(text: str) -> str:
    """A text typed in a .VnTime font, whose letters a modern program shows as "TuÇn tra", in today's letters."""
    return text.translate(_FROM_TCVN3)


def looks_old(sample: str) -> bool:
    """Whether a text reads as Vietnamese only in the old letters."""
    return _vietnamese(from_old_letters(sample)) > max(2, 2 * _vietnamese(sample))


def _vietnamese(text: str) -> int:
    """How many everyday words stand in the beginning of a text; letters that belong nowhere count against it."""
    low = unicodedata.normalize("NFC", text[:_SAMPLE]).lower()
    return sum(low.count(word) for word in _COMMON) - low.count("\ufffd")


def delimiter_of(sample: str) -> str:
    """The mark that splits most lines into the same number of cells, at least two."""
    best, most = ",", (0, 0)
    for delimiter in _DELIMITERS:
        widths = Counter(len(row) for row in _split(sample, delimiter) if any(cell.strip() for cell in row))
        widths.pop(1, None)
        if widths:
            width, lines = widths.most_common(1)[0]
            if (lines, width) > most:
                best, most = delimiter, (lines, width)
    return best
