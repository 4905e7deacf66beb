"""A file on its way in. It is judged by its content (``gates``), never by its name."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Upload:
    name: str
    content: bytes

    @property
    def size(self) -> int:
        return len(self.content)
