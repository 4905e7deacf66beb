"""Lists of who took part: "3 CA, 4 DQ", "Công an xã: 03 đ/c; Ban CHQS: 02 đ/c", "CA xã (3) + DQ (4)", "CA:3 DQ:4", "CA, DQ phối hợp BĐBP"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from phoihop.kernel.text import fold

from .cells import words
from .counts import SPOKEN
from .forces import forces_in, only_force

_BETWEEN = re.compile(
    r"\s*(?:[;\n+&]|,(?!\s*(?:\d{3}|tr[ậa]t t[ựu])\b)|\s+(?:và|với|cùng|phối hợp(?: với)?|va|voi|cung|phoi hop(?: voi)?)\s+)\s*", re.IGNORECASE
)
_PEOPLE = r"(?:người|nguoi|đ/?\s?c|d/?\s?c|đồng chí|dong chi|cbcs|cán bộ|can bo|chiến sĩ|chien si|qn|ng)"
_BEFORE = re.compile(rf"^(\d{{1,4}})\s*(?:{_PEOPLE}\b\.?)?\s*(?=\D)(.*)$", re.IGNORECASE)
_SPOKEN = re.compile(rf"^({'|'.join(SPOKEN)})\s+(?:{_PEOPLE}\b\.?\s*)?(.*)$")
_BEHIND = re.compile(rf"^(.*?\D)([\s:(=\-–]*)(?<!\d)(\d{{1,4}})\s*({_PEOPLE}\.?)?\s*\)?\.?$", re.IGNORECASE)
_NUMBERED = re.compile(r"\b(?:phường|phuong|p|ấp|ap|khóm|khom|khu phố|khu pho|kp|tổ|to|đội|doi|quận|quan|số|so|thôn|thon)\.?$", re.IGNORECASE)
_BRACKETS = re.compile(rf"^(.*?)\(\s*(\d{{1,4}})\s*(?:{_PEOPLE}\.?)?\s*\)(.*)$", re.IGNORECASE)
_ROW = re.compile(r"([^\W\d]+)\s*[:=]?\s*(\d{1,4})(?:\s+|$)")
_LEADING = re.compile(r"^(?:phối hợp(?: với)?|phoi hop(?: voi)?|lực lượng|luc luong|gồm|gom|có|và|-|•|\*|–)\s*:?\s+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Crew:
    """A unit as a log names it, and how many of it were there (None: not said). ``force``: it is only a force's name."""

    text: str
    people: int | None = None
    force: str = ""


def crews_of(text: str) -> list[Crew]:
    """The units that a cell lists."""
    return [one for piece in _BETWEEN.split(text) for crew in _in_a_row(piece) or _crew(piece) for one in _apart(crew)]


def _in_a_row(piece: str) -> list[Crew]:
    """ "CA:3 DQ:4": forces each with its number and nothing between them; nothing if it is not that."""
    row = [Crew(name, int(number), only_force(words(name))) for name, number in _ROW.findall(piece.strip())]
    return row if len(row) > 1 and all(crew.force for crew in row) and not _ROW.sub("", piece.strip()) else []


def _crew(piece: str) -> list[Crew]:
    piece = _LEADING.sub("", piece.strip(" .,:-–•*")).strip()
    if not words(piece):
        return []
    name, people = _numbered(piece)
    name = _LEADING.sub("", name.strip(" .,:-–()=")).strip()
    return [Crew(name, people, only_force(words(name)))] if words(name) else []


def _numbered(piece: str) -> tuple[str, int | None]:
    """A name and the number before, behind or in brackets; the number of a ward ("Công an phường 1") is part of its name."""
    if found := _BRACKETS.match(piece):
        return f"{found.group(1)} {found.group(3)}", int(found.group(2))
    if found := _BEFORE.match(piece):
        return found.group(2), int(found.group(1))
    if (found := _SPOKEN.match(fold(piece))) and only_force(words(found.group(2))):
        return found.group(2), SPOKEN[found.group(1)]
    if found := _BEHIND.match(piece):
        name, between, number, counted = found.groups()
        if counted or set(between) & set(":(=-–") or not _NUMBERED.search(name.strip()):
            return name, int(number)
    return piece, None


def _apart(crew: Crew) -> Iterator[Crew]:
    """ "CA - DQ" and "CA/QS/DQ" name several forces at once, if they name nothing else."""
    pieces = re.split(r"\s*[-–/]\s*", crew.text)
    if crew.people is None and len(pieces) > 1 and all(only_force(words(p)) for p in pieces):
        yield from (Crew(p, None, only_force(words(p))) for p in pieces)
    elif (
        not crew.force
        and crew.people is None
        and len(list(forces_in(words(crew.text)))) > 1
        and len(words(crew.text).split()) <= 6
        and all(only_force(w) for w in words(crew.text).split())
    ):
        yield from (Crew(w, None, only_force(w)) for w in words(crew.text).split())
    else:
        yield crew
