"""Build the front end into ``src/phoihop/web/static/vendor`` from the npm packages of package-lock.json.

``gather.py`` builds everything and needs ``npm ci`` before it; ``gather.py css`` only joins our own style sheets anew.
Other topics may add ``tools/gather_<name>.py`` with a function ``gather(packages, vendor)``: it is called too.
"""

from __future__ import annotations

import importlib
import re
import shutil
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tools.icons_used import icons_used, sprite

ROOT = Path(__file__).resolve().parent.parent
WEB = ROOT / "src/phoihop/web"
PACKAGES = ROOT / "node_modules"
VENDOR = WEB / "static/vendor"

# The order of the cascade. dark.css stays apart: base.html links it with a media condition.
SHEETS = (
    "tokens", "type", "frame", "menus", "frame-phone",
    "cards", "buttons", "marks", "lists", "signs", "steps", "dialogs", "parts-phone", "maps",
    "fields", "choices", "phone", "forms-phone", "print",
)  # fmt: skip
FONT_PARTS = ("latin", "latin-ext", "vietnamese")
TINOS_FACES = ("400-normal", "400-italic", "700-normal", "700-italic")


def copies() -> dict[str, str]:
    """Files taken over as they are: where they go, and where they come from."""
    inter = {f"inter-{part}.woff2": f"@fontsource-variable/inter/files/inter-{part}-wght-normal.woff2" for part in FONT_PARTS}
    tinos = {f"tinos-{part}-{face}.woff2": f"@fontsource/tinos/files/tinos-{part}-{face}.woff2" for part in FONT_PARTS for face in TINOS_FACES}
    return inter | tinos | {"htmx.min.js": "htmx.org/dist/htmx.min.js"}


def smaller(css: str) -> str:
    """A style sheet without comments and needless spaces; nothing in ours depends on either."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r"\s*([{};,>])\s*", r"\1", css)
    css = re.sub(r":\s+", ":", css).replace(";}", "}")
    css = re.sub(r"(?<![\w.])0(\.\d)", r"\1", css)
    return re.sub(r'\[([\w-]+[~^$*|]?=)"([a-zA-Z][\w-]*)"\]', r"[\1\2]", css).strip() + "\n"


def join_sheets(vendor: Path = VENDOR) -> None:
    """One base style sheet instead of nineteen: fewer requests, and a fifth smaller on the wire."""
    vendor.mkdir(parents=True, exist_ok=True)
    css = WEB / "static/css"
    joined = "".join((css / f"{name}.css").read_text(encoding="utf-8") for name in SHEETS)
    # Joined sheets lie one folder deeper than their sources name: both reach vendor/ by ../vendor/.
    (vendor / "base.css").write_text(smaller(joined), encoding="utf-8")
    (vendor / "dark.css").write_text(smaller((css / "dark.css").read_text(encoding="utf-8")), encoding="utf-8")


def gather() -> None:
    VENDOR.mkdir(parents=True, exist_ok=True)
    for name, source in copies().items():
        shutil.copyfile(PACKAGES / source, VENDOR / name)
    (VENDOR / "icons.svg").write_text(sprite(icons_used(WEB), PACKAGES / "@tabler/icons/icons"), encoding="utf-8")
    join_sheets()
    for other in sorted((ROOT / "tools").glob("gather_*.py")):
        importlib.import_module(f"tools.{other.stem}").gather(PACKAGES, VENDOR)


if __name__ == "__main__":
    if sys.argv[1:] == ["css"]:
        join_sheets()
    else:
        gather()
    size = sum(f.stat().st_size for f in VENDOR.rglob("*") if f.is_file())
    print(f"front end gathered: {len(list(VENDOR.rglob('*')))} files, {size // 1024} KB")
