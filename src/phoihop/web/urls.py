"""Addresses of the pages: those of the frame, and those of each topic.

A folder beside this file that has a ``urls.py`` is a topic's pages; it is found here, no list to keep.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from typing import Any

from django.urls import path

from . import counting, files, finding, guide, looks, manual, phone, places, source, svg_map

_FRAME: list[Any] = [
    path("giao-dien/", looks.looks),
    path("bo-noi-dung-da-giu/", looks.drop_kept),
    path("mau-luc-luong/<slug:digest>.css", files.force_colours),
    path("manifest.webmanifest", files.manifest),
    path("sw.js", files.service_worker),
    path("phien/", files.sign_in_state),
    path("dem/", counting.counts),
    path("hang-doi/", phone.queue),
    path("chon-dia-ban/", places.choose_area),
    path("ban-do/<str:code>/<str:since>/<slug:digest>.svg", svg_map.map_file),
    path("tim/", finding.search),
    path("m/<str:code>/", finding.by_code),
    path("m/<str:code>/tham-gia/", finding.ask_to_join),
    path("huong-dan/", guide.index),
    path("huong-dan/giao-dien/", guide.style),
    path("huong-dan/ma-nguon.tar.gz", source.download),
    path("huong-dan/<slug:name>/", manual.read),
]
_TOPICS = sorted(file.parent.name for file in Path(__file__).parent.glob("*/urls.py"))


def _spelled_out(pattern: Any) -> int:
    """How far an address is spelled out before its first part to fill in."""
    return len(str(pattern.pattern).partition("<")[0])


# The more of an address is spelled out, the earlier it is tried: /tuan-tra/tuyen/ before /tuan-tra/<code>/, whichever topic has it.
_OF_TOPICS = [pattern for topic in _TOPICS for pattern in import_module(f"phoihop.web.{topic}.urls").urlpatterns]
urlpatterns: list[Any] = _FRAME + sorted(_OF_TOPICS, key=_spelled_out, reverse=True)
