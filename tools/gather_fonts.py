"""Copies the typefaces the PDF is set in from the locked npm package into src/phoihop/papers/fonts/ (not committed).

Called by gather.py. Tinos has the widths of Times New Roman, which the decree on documents orders and which may not be
passed on; its own licence (SIL Open Font License 1.1) asks that the licence's text travels with it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

PACKAGE = "@expo-google-fonts/tinos"
FACES = {
    "400Regular/Tinos_400Regular.ttf": "Tinos-Regular.ttf",
    "400Regular_Italic/Tinos_400Regular_Italic.ttf": "Tinos-Italic.ttf",
    "700Bold/Tinos_700Bold.ttf": "Tinos-Bold.ttf",
    "700Bold_Italic/Tinos_700Bold_Italic.ttf": "Tinos-BoldItalic.ttf",
    "LICENSE_FONT": "LICENSE-Tinos.txt",
}
FONTS = Path(__file__).resolve().parent.parent / "src/phoihop/papers/fonts"


def gather(packages: Path, vendor: Path) -> None:
    """The four faces and their licence, from ``packages``. They are for the printer of PDF, so ``vendor`` gets nothing."""
    FONTS.mkdir(parents=True, exist_ok=True)
    for source, name in FACES.items():
        shutil.copyfile(packages / PACKAGE / source, FONTS / name)
