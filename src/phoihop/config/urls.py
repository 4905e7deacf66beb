"""Every address of the node: pages now, the API beside them. Errors have their pages too."""

from __future__ import annotations

from typing import Any

from django.urls import include, path

urlpatterns: list[Any] = [path("", include("phoihop.api.urls")), path("", include("phoihop.web.urls"))]

handler400 = "phoihop.web.errors.bad_request"
handler403 = "phoihop.web.errors.forbidden"
handler404 = "phoihop.web.errors.not_found"
handler500 = "phoihop.web.errors.failed"
