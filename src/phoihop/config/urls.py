"""Every address of the node: pages now, the API beside them. Errors have their pages too."""

from __future__ import annotations

from typing import Any

from django.urls import URLResolver, include, path
from django.urls.resolvers import RoutePattern
from django.utils.datastructures import MultiValueDict


class WhenAsked(URLResolver):
    """Addresses that are read when the first of them is asked for. No page names one of them, so none is needed to write links."""

    def _populate(self) -> None:
        pass

    @property
    def reverse_dict(self) -> MultiValueDict[str, Any]:
        return MultiValueDict()

    @property
    def namespace_dict(self) -> dict[str, tuple[str, URLResolver]]:
        return {}

    @property
    def app_dict(self) -> dict[str, list[str]]:
        return {}


# What three hundred operations take and answer is worked out when they are read, which takes as long as half of a node's start.
urlpatterns: list[Any] = [WhenAsked(RoutePattern("api/", is_endpoint=False), "phoihop.api.urls"), path("", include("phoihop.web.urls"))]

handler400 = "phoihop.web.errors.bad_request"
handler403 = "phoihop.web.errors.forbidden"
handler404 = "phoihop.web.errors.not_found"
handler500 = "phoihop.web.errors.failed"
