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

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "src"))

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract, extract_python
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

from phoihop.config.sentences import PO, compile_sentences

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "src/phoihop"
FUNCTIONS = {
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}
_PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]|%[sd]|\{(\w*)\}")
_HEADER = "# English sentences of Phối Hợp. The Vietnamese in the code is what they translate.\n"


def found() -> Iterator[tuple[str, int, object, str | None]]:
    """Every sentence of the code and the templates: file, line, message (a pair when it has a plural), context."""
    for file in sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob("*.html")]):
        if "migrations" in file.parts:
            continue
        text = file.read_text(encoding="utf-8")
        if file.suffix == ".html":
            text = templatize(text, origin=str(file))
        keywords = {"_": None, **FUNCTIONS} if file.suffix == ".html" else {**FUNCTIONS, **_called(text)}
        for line, message, _comments, context in extract(extract_python, BytesIO(text.encode()), keywords, options={"encoding": "utf-8"}):
            yield str(file.relative_to(ROOT)), line, message, context


def _called(source: str) -> dict[str, object]:
    """What a module calls Django's functions: ``from django.utils.translation import gettext as now_``."""
    imports = [node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ImportFrom) and node.module == "django.utils.translation"]
    return {name.asname or name.name: FUNCTIONS[name.name] for node in imports for name in node.names if name.name in FUNCTIONS}


def template() -> Catalog:
    """All sentences, in the order of their files, without English."""
    catalog = Catalog(locale="en", project="phoihop", charset="utf-8", header_comment=_HEADER)
    for file, _line, message, context in found():
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
    said = message.string if isinstance(message.string, tuple) else (message.string,)
    return all(said)


def _same_places(message: Message) -> bool:
    asked = message.id if isinstance(message.id, tuple | list) else (message.id,)
    said = message.string if isinstance(message.string, tuple) else (message.string,)
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
