"""How a clause is called where it stands alone: *khoản 2 Điều 5*, never *khoản 2* of nobody knows which article."""

from __future__ import annotations

from collections.abc import Iterable

_ARTICLE = "điều "


def whole_labels(clauses: Iterable[tuple[int, str]]) -> list[str]:
    """The full name of each clause of a text, given as depth and label in the order of the text.

    Articles are counted through a whole text, so the chapter is left out; a plan without articles names all that a point stands in.
    """
    found: list[str] = []
    above: dict[int, str] = {}
    for depth, label in clauses:
        above = {d: other for d, other in above.items() if d < depth} | {depth: label}
        found.append(_joined([above[d] for d in sorted(above, reverse=True)]))
    return found


def is_article(label: str) -> bool:
    """*Điều 5*: named by itself, whatever it stands in."""
    return label.lower().startswith(_ARTICLE)


def _joined(chain: list[str]) -> str:
    """From the innermost outwards, as far as an article."""
    said, *outer = chain
    for label in outer:
        if is_article(said) or f" {_ARTICLE}" in said.lower():
            break
        said = f"{said} {label}" if len(said) > 2 and said[:2].isalpha() else f"{said.rstrip('.')}, {label}"
    return said
