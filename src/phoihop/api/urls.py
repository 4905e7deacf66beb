"""Addresses of the API: the operations, their description, and a page that people can read."""

from __future__ import annotations

from typing import Any

from django.urls import path

from . import handbook
from .house import api

urlpatterns: list[Any] = [path("", handbook.handbook), path("v1/", api.urls)]
