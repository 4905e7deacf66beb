"""English beside Vietnamese: ``translations.py extract | update | compile | check | count``.

Vietnamese sentences in the code are the message ids. English stands in src/phoihop/locale/en/LC_MESSAGES/django.po.
``update`` adds what is new and drops what is gone, ``compile`` writes django.mo when it is older than django.po,
``check`` fails for a sentence without English, a doubtful one, one that is gone, or one whose placeholders differ.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from phoihop.config.sentences import PO, compile_sentences

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/phoihop"
FUNCTIONS: dict[str, Any] = {
    "gettext": (1,),
    "gettext_lazy": (1,),
    "gettext_noop": (1,),
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
"""Which arguments of Django's functions are sentences, counted from one; "c" marks a context (as Babel writes it)."""
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
_EARLY: dict[str, Any] = {"said": (1,)}
_ASKED = {"django.utils.translation": FUNCTIONS, "early": _EARLY}  # a module that imports neither (config/early.py) says nothing
_HEADER = "# English sentences of Phối Hợp. The Vietnamese in the code is what they translate.\n"


def found() -> Iterator[tuple[str, Any, str | None]]:
    """Every sentence of the code and the templates: file, message (a pair when it has a plural), context."""
    for file in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]):
        if "migrations" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".py" and not any(f"{module} import" in text for module in _ASKED):
            continue
        for message, context in _of_page(templatize(text, origin=str(file))) if file.suffix == ".html" else _of_code(ast.parse(text)):
            yield str(file.relative_to(ROOT)), message, context


def _of_page(calls: str) -> Iterator[tuple[Any, str | None]]:
    calls = "\n".join(line.lstrip() for line in calls.split("\n"))  # a page's indents are none of Python's
    for _line, message, _comments, context in extract("python", BytesIO(calls.encode()), {"_": None, **FUNCTIONS}, options={"encoding": "utf-8"}):
        yield message, context


def _of_code(tree: ast.Module) -> Iterator[tuple[Any, str | None]]:
    """Calls under whatever name the module gives Django's functions (``gettext as now_``), also inside f-strings."""
    imports = [(node, _ASKED[node.module]) for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and node.module in _ASKED]
    called = {name.asname or name.name: known[name.name] for node, known in imports for name in node.names if name.name in known}
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in called]
    for call in sorted(calls, key=lambda node: (node.lineno, node.col_offset)):
        spec = called[ast.unparse(call.func)]
        said = [_written(call, place[0] if isinstance(place, tuple) else place) for place in spec]
        if None not in said:
            context, said = (said[0], said[1:]) if isinstance(spec[0], tuple) else (None, said)
            yield said[0] if len(said) == 1 else tuple(said), context


def _written(call: ast.Call, place: int) -> str | None:
    """The literal at a place of a call, or None when it is worked out."""
    argument = call.args[place - 1] if len(call.args) >= place else None
    return argument.value if isinstance(argument, ast.Constant) and isinstance(argument.value, str) else None


def template() -> Catalog:
    """All sentences, in the order of their files, without English."""
    catalog = Catalog(locale="en", project="phoihop", charset="utf-8", header_comment=_HEADER)
    for file, message, context in found():
        catalog.add(message, locations=[(file, 1)], context=context)
    catalog.fuzzy = False
    return catalog


def present() -> Catalog:
    if not PO.exists():
        return Catalog(locale="en", charset="utf-8")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def update() -> None:
    """English as it is, for the sentences as they are now."""
    catalog, had = template(), present()
    for message in catalog:
        old = had.get(message.id, message.context) if message.id else None
        # A sentence that has become countable (or no longer is) wants new English.
        if old is not None and message.id and old.pluralizable == message.pluralizable:
            message.string, message.flags = old.string, old.flags
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, catalog, width=0, omit_header=False, include_lineno=False, sort_by_file=True)
    # The header's dates and names would differ each time: they say nothing.
    kept = re.sub(
        r'^"(Project-Id-Version|Report-Msgid-Bugs-To|POT-Creation-Date|PO-Revision-Date|Generated-By|Last-Translator|Language-Team): .*\n',
        "",
        PO.read_text(encoding="utf-8"),
        flags=re.M,
    )
    PO.write_text(kept, encoding="utf-8")


def faults() -> list[str]:
    """What is wrong with the English, one sentence each."""
    had = present()
    wanted = {(str(m.id), m.context): m for m in template() if m.id}
    there = {(str(m.id), m.context): m for m in had if m.id}
    wrong = [f"no English: {key[0]}" for key in wanted if key not in there or not _whole(there[key])]
    wrong += [f"doubtful: {key[0]}" for key, m in there.items() if m.fuzzy]
    wrong += [f"gone from the code: {key[0]}" for key in there if key not in wanted]
    return wrong + [f"placeholders differ: {key[0]}" for key, m in there.items() if key in wanted and _whole(m) and not _same_places(m)]


def _whole(message: Message) -> bool:
    said: Any = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(said)


def _same_places(message: Message) -> bool:
    asked: Any = message.id if isinstance(message.id, tuple | list) else (message.id,)
    said: Any = message.string if isinstance(message.string, tuple) else (message.string,)
    return len(asked) == len(said) and all(_places(a) == _places(b) for a, b in zip(asked, said, strict=True))


def _places(text: str) -> list[str]:
    return sorted(m.group(0) for m in _PLACEHOLDER.finditer(text))


def counts() -> tuple[int, int]:
    """How many sentences there are, and how many have English."""
    had = {(str(m.id), m.context) for m in present() if m.id and _whole(m)}
    wanted = {(str(m.id), m.context) for m in template() if m.id}
    return len(wanted), len(wanted & had)


def main(command: str) -> int:
    if command == "extract":
        write_po(sys.stdout.buffer, template(), width=0, include_lineno=False)
    elif command == "update":
        update()
    elif command == "compile":
        compile_sentences()
        return 0
    elif command == "check":
        wrong = faults()
        print("\n".join(wrong[:40]) + ("" if len(wrong) <= 40 else f"\n… and {len(wrong) - 40} more"), end="\n" if wrong else "")
        total, done = counts()
        print(f"{done} of {total} sentences have English")
        return 1 if wrong else 0
    else:
        print(__doc__)
        return 2
    total, done = counts()
    print(f"{done} of {total} sentences have English", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) == 2 else ""))
