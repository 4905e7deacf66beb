"""Codes that can be read out over a telephone: ``TT-26-QS86-18371-7``.

Kind, year, tag of the node that minted it, number, check digit. The tag keeps the numbers of two nodes apart; the check
digit (Damm's quasigroup over the digits, a letter counting as two) catches every digit heard wrongly and every two swapped.
"""

from __future__ import annotations

import re
import uuid
from typing import NamedTuple

from stdnum import damm

_SHAPE = re.compile(r"^([A-Z]{2})-?(\d{2})-?([A-Z]{2,3}\d{2})-?([1-9]\d{0,8})-(\d)$")
_NAMESPACE = uuid.UUID("6f0c9a52-0f0e-5f77-9c2d-8b1f1c3f2a10")


class Spoken(NamedTuple):
    kind: str
    year: int
    tag: str
    number: int

    def __str__(self) -> str:
        body = f"{self.kind}-{self.year % 100:02d}-{self.tag}-{self.number}"
        return f"{body}-{damm.calc_check_digit(_digits(body))}"


def parse(text: str) -> Spoken | None:
    """The code in ``text``, however it was typed; None if it is none, or a digit was heard wrongly."""
    code, digit = _read(text)
    return code if code and str(code)[-1] == digit else None


def misheard(text: str) -> bool:
    """Whether the text has the shape of a code whose last digit does not fit the rest."""
    code, digit = _read(text)
    return code is not None and str(code)[-1] != digit


def _read(text: str) -> tuple[Spoken | None, str]:
    found = _SHAPE.match(re.sub(r"[\s.–—_-]+", "-", text.strip().upper().replace("Đ", "D")))
    if not found:
        return None, ""
    kind, year, tag, number, digit = found.groups()
    return Spoken(kind, 2000 + int(year), tag, int(number)), digit


def uid_of(code: str) -> uuid.UUID:
    """The identity of what bears this code: the same on every node, whoever computes it."""
    return uuid.uuid5(_NAMESPACE, code)


def _digits(body: str) -> str:
    return "".join(str(int(c, 36)) for c in body if c.isalnum())
