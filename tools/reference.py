"""docs/reference, made from the code: ``reference.py write`` makes it anew, ``reference.py check`` says what no longer agrees.

Sentences stand there as the code has them, in Vietnamese. The same table of mechanisms, fields and refusals is shown by the pages
under /gioi-han/ (``phoihop.web.limits``).
"""

from __future__ import annotations

import difflib
import os
import sys
from collections.abc import Callable
from pathlib import Path

import django

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "reference"
PAGES: dict[str, Callable[[], str]] = {}
HEAD = "<!-- Made from the code by tools/reference.py: `make docs` writes it anew. -->"


def page(name: str) -> Callable[[Callable[[], str]], Callable[[], str]]:
    """The function writes ``docs/reference/<name>.md``."""

    def named(function: Callable[[], str]) -> Callable[[], str]:
        PAGES[name] = function
        return function

    return named


def made() -> dict[str, str]:
    """Every file of the folder as it ought to be."""
    from django.utils import translation

    from tools import reference_pages, reference_states

    del reference_pages, reference_states  # read for the pages that they register
    with translation.override("vi"):
        return {f"{name}.md": f"{HEAD}\n\n{write().rstrip()}\n" for name, write in sorted(PAGES.items())}


def write() -> int:
    FOLDER.mkdir(parents=True, exist_ok=True)
    pages = made()
    for old in FOLDER.glob("*.md"):
        if old.name not in pages:
            old.unlink()
    for name, text in pages.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(pages)} pages in docs/reference")
    return 0


def check() -> int:
    """1 and the differences if a file of the folder is not what the code says."""
    pages, strays = made(), [p.name for p in FOLDER.glob("*.md")]
    stale = [name for name in sorted({*pages, *strays}) if pages.get(name, "") != _kept(name)]
    for name in stale:
        lines = difflib.unified_diff(_kept(name).splitlines(), pages.get(name, "").splitlines(), f"docs/reference/{name}", "the code", lineterm="", n=0)
        print("\n".join(list(lines)[:40]))
    if stale:
        print(f"docs/reference no longer says what the code does ({', '.join(stale)}): run make docs and commit what it writes.", file=sys.stderr)
        return 1
    print(f"docs/reference agrees with the code ({len(pages)} pages)")
    return 0


def _kept(name: str) -> str:
    file = FOLDER / name
    return file.read_text(encoding="utf-8") if file.exists() else ""


def main(argv: list[str]) -> int:
    verbs = {"write": write, "check": check}
    if len(argv) != 1 or argv[0] not in verbs:
        print("Say what to do: reference.py write, or reference.py check.", file=sys.stderr)
        return 2
    sys.path[:0] = [str(ROOT), str(ROOT / "src")]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "phoihop.config.settings")
    django.setup()
    # Run as a program this file is "__main__"; the pages register with the module of its name.
    from tools import reference

    return {"write": reference.write, "check": reference.check}[argv[0]]()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
