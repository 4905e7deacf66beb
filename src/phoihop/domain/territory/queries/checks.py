"""The integrity of the register, as data: every check by name with what it found."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from ..rules.checking import CHECKS, Finding, Weight
from ..rules.register import Register
from .register import register


@dataclass(frozen=True)
class Report:
    """One check: its code, how much a finding weighs, what a finding means, and what was found."""

    check: str
    weight: Weight
    says: Any
    findings: tuple[Finding, ...]
    register: Register

    def told(self, finding: Finding) -> str:
        """A finding as a line for a list: which area (code, name), beside which other, the number, the day."""
        parts = [self._name(finding.area), "→" if finding.other is not None else "", self._name(finding.other)]
        parts += [str(finding.value) if finding.value is not None else "", f"{finding.day:%d/%m/%Y}" if finding.day else ""]
        return " ".join(part for part in parts if part)

    def _name(self, area: int | None) -> str:
        if area is None:
            return ""
        place = self.register.places[area]
        return f"{place.code} {place.name}"


def checks(only: Collection[str] = ()) -> list[Report]:
    """Run the checks of the register (all, or those named) over what is in the database now."""
    loaded = register()
    return [Report(code, weight, says, tuple(look(loaded)), loaded) for code, (weight, says, look) in CHECKS.items() if not only or code in only]
