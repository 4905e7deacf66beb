"""Which Tabler icons the pages name, and the sprite that holds just those.

An icon is named in a template by ``{% icon "home" %}`` (or ``icon="home"`` on another tag), in Python by ``icon_svg("home")``,
by an argument or a field ``icon="home"``, or inside a constant whose name ends with ICON or ICONS. Never by a computed
string: it would be missing from the sprite. A name may end with ``-filled``.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

_IN_TEMPLATE = re.compile(r"""(?:\{%\s*icon\s+|\sicon=)["']([a-z0-9-]+)["']""")
_NAME = re.compile(r"^[a-z0-9]+(-[a-z0-9]+)*$")


def icons_used(folder: Path) -> list[str]:
    found: set[str] = set()
    for template in folder.rglob("*.html"):
        found.update(_IN_TEMPLATE.findall(template.read_text(encoding="utf-8")))
    for module in folder.rglob("*.py"):
        found.update(_in_python(ast.parse(module.read_text(encoding="utf-8"))))
    return sorted(found)


def _in_python(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            named = [k.value for k in node.keywords if k.arg == "icon"]
            yield from _names([*named, *(node.args[:1] if called in ("icon", "icon_svg") else [])])
        elif isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            if any(getattr(t, "id", "").endswith(("ICON", "ICONS")) for t in targets):
                yield from _names([node.value.values] if isinstance(node.value, ast.Dict) else [node.value])


def _names(values: Iterable[ast.expr | list[ast.expr]]) -> Iterator[str]:
    for value in values:
        for node in value if isinstance(value, list) else ast.walk(value):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and _NAME.match(node.value):
                yield node.value


def sprite(names: Iterable[str], icons: Path) -> str:
    """One SVG with a symbol for each name. Raises FileNotFoundError for a name that Tabler does not have."""
    return '<svg xmlns="http://www.w3.org/2000/svg">' + "".join(_symbol(name, icons) for name in names) + "</svg>\n"


def _symbol(name: str, icons: Path) -> str:
    filled = name.endswith("-filled")
    file = icons / ("filled" if filled else "outline") / f"{name.removesuffix('-filled')}.svg"
    drawing = file.read_text(encoding="utf-8")
    paths = re.sub(r"\s+", " ", drawing[drawing.index(">") + 1 : drawing.rindex("</svg>")])
    paths = paths.replace('<path stroke="none" d="M0 0h24v24H0z" fill="none" />', "").replace(" />", "/>").replace("> <", "><").strip()
    colour = ' fill="currentColor" stroke="none"' if filled else ""
    return f'<symbol id="{name}" viewBox="0 0 24 24"{colour}>{paths}</symbol>'
