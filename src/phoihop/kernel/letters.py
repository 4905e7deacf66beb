"""Text files from any machine: UTF-8 with or without its mark, UTF-16, Windows-1258, and the old TCVN3 of .VnTime fonts."""

from __future__ import annotations

import unicodedata

from .text import nfc

_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
# TCVN3 (TCVN 5712:1993, VN3): its bytes as Latin-1 letters, in the order of the Vietnamese alphabet with its tones.
_TCVN3_BYTES = "µ¸¶·¹¨»¾¼½Æ©ÇÊÈÉË®ÌÐÎÏÑªÒÕÓÔÖ×ÝØÜÞßãáâä«åèæçé¬êíëìîïóñòô\xadõøö÷ùúýûüþ¡¢§£¤¥¦"
_TCVN3_LETTERS = "àáảãạăằắẳẵặâầấẩẫậđèéẻẽẹêềếểễệìíỉĩịòóỏõọôồốổỗộơờớởỡợùúủũụưừứửữựỳýỷỹỵĂÂĐÊÔƠƯ"
_FROM_TCVN3 = str.maketrans(_TCVN3_BYTES, _TCVN3_LETTERS)
_COMMON = ("ngày", "tuần tra", "công an", "thời gian", "giờ", "xã", "lực lượng", "địa bàn", "quân", "số", "phối hợp", "kết quả", "phường", "đến")
_SAMPLE = 64 * 1024


def decoded(content: bytes) -> str:
    """The text of a file, whatever its encoding: where several would do, the one whose reading has the most everyday words of our work."""
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
