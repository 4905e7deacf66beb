"""Photographs: of things, not people, and without what a camera writes into them (ground rule 1)."""

from __future__ import annotations

import io

from PIL import Image, ImageOps, UnidentifiedImageError

from ..upload import Upload
from .media import JPEG, PICTURES, PNG, media_of
from .refusals import refuse

LONGEST_SIDE = 1600
_QUALITY = 85
_BROKEN = (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError)


def check_picture(upload: Upload, most_pixels: int) -> None:
    """Refuse what is no picture after all, or would fill the memory when opened. Only its head is read."""
    try:
        with Image.open(io.BytesIO(upload.content)) as picture:
            width, height = picture.size
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        refuse("file-bomb")
    except _BROKEN:
        refuse("file-unreadable")
    if width * height > most_pixels:
        refuse("file-bomb")


def without_traces(upload: Upload) -> Upload:
    """A picture drawn anew: upright, at most 1600 pixels long, and without place, time, camera, thumbnail or any other note in it.

    What is no picture comes back as it is. Raises Refused for a picture that cannot be drawn.
    """
    media = media_of(upload)
    if media not in PICTURES:
        return upload
    try:
        with Image.open(io.BytesIO(upload.content)) as picture:
            upright = ImageOps.exif_transpose(picture)
            upright.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
            see_through = upright.mode in ("RGBA", "LA", "PA") or "transparency" in upright.info
            drawn = upright.convert("RGB" if media == JPEG or not see_through else "RGBA")
            bare = Image.frombytes(drawn.mode, drawn.size, drawn.tobytes())
    except (*_BROKEN, Image.DecompressionBombError):
        refuse("file-unreadable", field="upload")
    kept = io.BytesIO()
    bare.save(kept, format=media.partition("/")[2].upper(), **({"optimize": True} if media == PNG else {"quality": _QUALITY}))
    return Upload(upload.name, kept.getvalue())
