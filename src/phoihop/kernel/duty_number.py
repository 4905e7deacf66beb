"""The telephone number of a duty, not of a person. It is how a contact is registered: no free text can hold a mobile number before."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DutyNumber:
    """A number and nothing else, as dialled within the country: ``02703822345``, ``0912345678``, ``113``. Spaces, dots and +84 are understood.

    Raises ValueError for anything that is no telephone number, so that no other text can hide in one.
    """

    number: str

    def __post_init__(self) -> None:
        if set(self.number) - set("0123456789 .-()+") or not 3 <= len(self.digits) <= 11:
            raise ValueError("a telephone number has 3 to 11 digits, spaces, dots and hyphens")

    @property
    def digits(self) -> str:
        return dialled(self.number)

    def __str__(self) -> str:
        return self.number


def dialled(number: str) -> str:
    """The digits as dialled at home: +84 912 345 678 and 0084912345678 are 0912345678."""
    digits = "".join(c for c in number if c.isdecimal())
    if digits.startswith("0084"):
        digits = digits[2:]
    return "0" + digits[2:] if digits.startswith("84") and len(digits) >= 11 else digits
