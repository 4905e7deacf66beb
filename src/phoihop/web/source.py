"""The source of the version that runs here, for whoever uses the node (AGPL, section 13)."""

from __future__ import annotations

import io
import tarfile
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

import phoihop

from .guide import chapter

ROOT = Path(__file__).resolve().parents[3]
PARTS = ("src", "tests", "tools", "bench", "docs", "requirements", ".ci")
OF_THE_TOP = {"Makefile", "LICENSE", "phoihop", ".npmrc", ".gitignore"}
MADE = {"__pycache__", "vendor", "build", "fonts"}

chapter("/huong-dan/ma-nguon.tar.gz", _("Mã nguồn"), _("Toàn bộ mã nguồn của phiên bản đang chạy, theo giấy phép AGPL-3.0."), icon="file-code")


def download(request: HttpRequest) -> HttpResponse:
    """Everything the version is made of, without what is built or installed from locked packages."""
    name = f"phoihop-{phoihop.__version__}.tar.gz"
    return HttpResponse(_packed(), content_type="application/gzip", headers={"Content-Disposition": f'attachment; filename="{name}"'})


@cache
def _packed() -> bytes:
    """Packed at the first request and kept: it cannot change while it runs."""
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz", compresslevel=6) as tar:
        for path in _files():
            tar.add(path, arcname=f"phoihop/{path.relative_to(ROOT)}", recursive=False, filter=_anonymous)
    return packed.getvalue()


def _files() -> list[Path]:
    """Only what belongs to the project stands in these folders; of the top, the files that are no secrets or settings."""
    top = [f for f in ROOT.iterdir() if f.is_file() and (f.suffix in {".md", ".toml", ".json", ".py"} or f.name in OF_THE_TOP)]
    below = [
        f for part in PARTS for f in (ROOT / part).rglob("*") if f.is_file() and f.suffix not in {".pyc", ".mo"} and not MADE & set(f.relative_to(ROOT).parts)
    ]
    return sorted(top + below)


def _anonymous(info: tarfile.TarInfo) -> tarfile.TarInfo:
    info.uid = info.gid = 0
    info.uname = info.gname = ""
    return info
