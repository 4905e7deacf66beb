"""Forces as logs name them. The codes are those of ``forces``; which unit of a force was meant follows from the place."""

from __future__ import annotations

import re
from collections.abc import Iterator

# Longest first within a force; folded, as whole words. "Bộ" before the command is the province's, which no place tells.
_NAMES: tuple[tuple[str, str], ...] = (
    ("PC", "pccc(?: va)?(?: cnch)?|pc07|canh sat pccc|canh sat phong chay(?: chua chay)?|phong chay(?: chua chay)?|chua chay"),
    (
        "AN",
        "(?:luc luong )?(?:to )?(?:bao ve )?(?:an ninh,? trat tu|antt|an ninh trat tu)(?: (?:o )?co so)?|to bv ?antt|bv ?antt|bvantt|tbv|to bao ve|bao ve dan pho|antt co so|to antt",
    ),
    ("BP", "bdbp|bp|bien phong|bo doi bien phong|don bien phong|don bp|tram bien phong|tram kiem soat bien phong"),
    ("DQ", "dqtv|dan quan (?:tu ve|co dong|thuong truc|tai cho)|dan quan|dqcd|dan quan co dong|dan quan thuong truc|dqtt|dq"),
    ("QS", "(?:ban )?(?:chqs|ch quan su|chi huy quan su)|bch ?qs|bchqs|bchq?s|quan su|qs|quan doi|bo doi dia phuong"),
    ("CA", "cong an|ca ?(?:x|p)|ca|canh sat|csgt|cskv|cscd|cs113"),
    ("MT", "(?:ubnd )?mat tran(?: to quoc)?(?: viet nam)?|ubmttq|mttq|mt"),
    ("LD", "lien doan lao dong|ldld|cong doan"),
    ("UB", "uy ban nhan dan|ubnd|ub"),
)
_PATTERNS = tuple((code, re.compile(rf"(?<!\w)(?:{names})(?!\w)")) for code, names in _NAMES)
_FILLER = re.compile(r"\b(?:luc luong|don vi|nguoi|so|quan so|dong chi|dc|d c|cbcs|cac|to|doi|tuan tra|co so|xa|phuong|thi tran|dac khu|dia phuong|so tai)\b")


def forces_in(folded: str) -> Iterator[str]:
    """Codes of the forces named in a folded text, each once, in the order of the text."""
    found: list[tuple[int, str]] = []
    rest = folded
    for code, pattern in _PATTERNS:
        for match in pattern.finditer(rest):
            found.append((match.start(), code))
        rest = pattern.sub(lambda m: " " * len(m.group()), rest)
    seen = set()
    for _, code in sorted(found):
        if code not in seen:
            seen.add(code)
            yield code


def force_and_rest(folded: str) -> tuple[str, str]:
    """The one force that a unit's name tells, and the place behind it: "bch qs xa song" is QS of "xa song". Empty if it tells none or several."""
    codes = list(forces_in(folded))
    if len(codes) != 1:
        return "", folded
    pattern = next(p for c, p in _PATTERNS if c == codes[0])
    return codes[0], " ".join(pattern.sub(" ", folded).split())


def only_force(folded: str) -> str:
    """The force that a text names and nothing more ("CA xã", "Lực lượng DQTV"): its unit follows from the place. Else empty.

    A level above the commune names a unit of its own: "CA tỉnh" is not the police of the commune where they went.
    """
    codes = list(forces_in(folded))
    if len(codes) != 1:
        return ""
    pattern = next(p for c, p in _PATTERNS if c == codes[0])
    rest = _FILLER.sub(" ", pattern.sub(" ", folded))
    return "" if re.search(r"\w", rest) else codes[0]
