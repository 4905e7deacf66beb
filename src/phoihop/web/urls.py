"""Addresses of the pages: those of the frame, and those of each topic.

A folder beside this file that has a ``urls.py`` is a topic's pages; it is found here, no list to keep.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.urls import include, path

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

urlpatterns: list[Any] = _FRAME + [path("", include(f"phoihop.web.{topic}.urls")) for topic in _TOPICS]
