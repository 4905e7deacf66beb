"""Every refusal with its sentence, read off the source: ``Verdict("code", _("…"))`` and ``no_unless(condition, "code", _("…"))``.

What the gates hold back stands in a table of its own (``kernel.gates.REFUSALS``) and is not repeated here.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import phoihop

SOURCE = Path(phoihop.__file__).parent
CODE_AT = {"Verdict": 0, "no_unless": 1}
TRANSLATES = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext", "now_"}
PARTS_OF_NGETTEXT = 2


@dataclass(frozen=True, slots=True)
class Said:
    """A refusal: its code, its sentences (msgids: one code may be said in several ways) and the rings and topics that say it."""

    code: str
    sentences: tuple[str, ...]
    topics: tuple[str, ...]


@cache
def refusals() -> tuple[Said, ...]:
    """All refusals by code."""
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for path in sorted(SOURCE.rglob("*.py")):
        if "migrations" in path.parts or path.name == "guide.py":  # the style guide shows a sample
            continue
        text, topic = path.read_text(encoding="utf-8"), _topic(path)
        if not any(f"{name}(" in text for name in CODE_AT):
            continue
        for code, sentences in _verdicts(ast.parse(text)):
            kept, topics = found.setdefault(code, ({}, {}))
            kept.update(dict.fromkeys(sentences))
            topics[topic] = None
    return tuple(Said(code, tuple(said), tuple(topics)) for code, (said, topics) in sorted(found.items()))


def _topic(path: Path) -> str:
    """The topic of the domain, else the ring: ``activities``, ``web``."""
    parts = path.relative_to(SOURCE).with_suffix("").parts
    return parts[1] if parts[0] == "domain" and len(parts) > 1 else parts[0]


def _verdicts(tree: ast.Module) -> Iterator[tuple[str, list[str]]]:
    """Refusals of one file, in the order in which they stand there."""
    for scope in [tree, *(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef))]:
        for call in _own_calls(scope):
            name = call.func.id if isinstance(call.func, ast.Name) else ""
            at = CODE_AT.get(name)
            code = call.args[at] if at is not None and len(call.args) > at + 1 else None
            if at is not None and isinstance(code, ast.Constant):
                yield str(code.value), _sentences(call.args[at + 1], scope)


def _own_calls(scope: ast.AST) -> Iterator[ast.Call]:
    """Calls in a function's (or the file's) own lines, not in functions within."""
    for node in ast.iter_child_nodes(scope):
        if isinstance(node, ast.FunctionDef):
            continue
        if isinstance(node, ast.Call):
            yield node
        yield from _own_calls(node)


def _sentences(reason: ast.AST, scope: ast.AST) -> list[str]:
    """The translated texts in an expression; of a bare name, those it was given in the same function."""
    names = {n.id for n in ast.walk(reason) if isinstance(n, ast.Name)}
    given = [n.value for n in ast.walk(scope) if isinstance(n, ast.Assign) and any(isinstance(t, ast.Name) and t.id in names for t in n.targets)]
    return [text for expression in (reason, *given) for text in _texts(expression)]


def _texts(expression: ast.AST) -> Iterator[str]:
    for node in ast.walk(expression):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in TRANSLATES:
            for said in node.args[:PARTS_OF_NGETTEXT]:
                if isinstance(said, ast.Constant) and isinstance(said.value, str):
                    yield said.value
